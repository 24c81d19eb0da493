//! The definition of the command line.

mod audit;
mod companies;
mod conversion;
mod definition;
mod fee;
mod following;
mod fraction;
mod globals;
mod importing;
mod picturing;
mod range;
mod rates;
mod recording;
mod relevance;
mod reporting;
mod shares;
mod whole;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

pub(super) use audit::*;
pub(super) use companies::*;
pub(super) use conversion::*;
pub(super) use definition::*;
pub(super) use fee::FeeArg;
pub(super) use following::*;
pub(super) use fraction::FractionArgs;
pub(super) use globals::*;
pub(super) use importing::*;
pub(super) use picturing::*;
pub(super) use range::*;
pub(super) use rates::*;
pub(super) use recording::*;
pub(super) use relevance::{Paging, Typed, TypedOptions, named_in_passing, paging, refuse_what_cannot_matter};
pub(super) use reporting::*;
pub(super) use shares::SharesArg;

/// Keep your stocks, trades and prices in one local file, exactly and durably.
///
/// Without a command it shows an overview: value, the latest change, gain and dividends, and which prices are missing
/// or old. Sales are matched to lots by the method that you choose. Every change is an event in a tamper-evident
/// audit log beside the book. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(
    name = "stockbook",
    version,
    after_long_help = LONG_END,
    after_help = "Begin with:\n  stockbook add-stock AAPL 'Apple Inc.'\n  stockbook buy AAPL 10 150.25 --fee 1\n  \
                  stockbook update-price AAPL 180\n  stockbook holdings"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(flatten)]
    pub(super) conversion: ConversionArgs,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

// The help of a command is here and not with its arguments, which clap defines only once the command is
// named: the doc comment of a struct of arguments would replace the command's own.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Add a stock
    #[command(
        after_help = "Example:\n  stockbook add-stock AAPL 'Apple Inc.' --sector Technology --industry 'Consumer Electronics'"
    )]
    AddStock(AddStockArgs),
    /// Correct the description of a stock
    ///
    /// A stock that gets a new symbol keeps its history. The old symbol still finds it, until another stock takes it.
    #[command(after_help = "Examples:\n  stockbook edit-stock FB --symbol META --name 'Meta Platforms Inc.'\n  \
                            stockbook edit-stock SAP --currency EUR --isin DE0007164600")]
    EditStock(EditStockArgs),
    /// Record the price of a stock on a day, replacing any price it has for that day
    ///
    /// From standard input it takes the prices of many stocks, all or none.
    #[command(after_help = "Examples:\n  stockbook update-price AAPL 180.5 --date 2024-03-28\n  \
                            printf 'AAPL 180.5\\nMSFT 420.1\\n' | stockbook update-price -")]
    UpdatePrice(UpdatePriceArgs),
    /// Remove recorded prices of a stock
    #[command(after_help = "Examples:\n  stockbook remove-price AAPL 2024-03-28\n  \
                            stockbook remove-price AAPL 2024-03-01 --to 2024-03-31 --dry-run")]
    RemovePrice(RemovePriceArgs),
    /// Set the day up to which recorded prices of a stock are adjusted for splits
    ///
    /// Most sources publish adjusted histories: a price from before a split is divided by the split's
    /// ratio. Unless you say so, a price is taken to be what was paid on its day.
    #[command(after_help = "Examples:\n  stockbook rebase-prices AAPL\n  \
                            stockbook rebase-prices AAPL --as-of 2020-12-31 --to 2020-08-30")]
    RebasePrices(RebasePricesArgs),
    /// Record the rate of two currencies on a day, replacing any rate of that day
    #[command(after_help = "Example:\n  stockbook update-rate EUR USD 1.0956 --date 2024-01-02")]
    UpdateRate(UpdateRateArgs),
    /// Remove recorded rates of two currencies
    #[command(after_help = "Example:\n  stockbook remove-rate EUR USD 2024-01-02 --to 2024-01-31 --dry-run")]
    RemoveRate(RemoveRateArgs),
    /// Record a purchase
    #[command(after_help = "Examples:\n  stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02\n  \
                            stockbook buy AAPL 0.6655 --amount 100 --id savings-plan-2024-01")]
    Buy(TradeArgs),
    /// Record a sale, from lots chosen by the portfolio's cost basis method or by you
    ///
    /// A dry run shows which lots would be sold, and the gain under each method.
    #[command(after_help = "Examples:\n  stockbook sell AAPL 4 180 --fee 1\n  \
                            stockbook sell AAPL 4 180 --dry-run\n  \
                            stockbook sell AAPL 4 180 --lot 6ba7b810:3 --lot 7d444840:1")]
    Sell(SellArgs),
    /// Record a dividend, as a total or per share
    ///
    /// An amount per share is multiplied by the shares held before the ex-dividend date, counted after any
    /// split on that day.
    #[command(after_help = "Examples:\n  stockbook dividend AAPL 24 --withholding 3.6 --date 2024-02-15\n  \
                            stockbook dividend VOD 10 --currency USD --rate 0.79 --settled '7.85 GBP'\n  \
                            stockbook dividend AAPL 0.24 --per-share --ex-date 2024-02-09 --date 2024-02-15")]
    Dividend(DividendArgs),
    /// Record a stock split, which takes effect before the trades of its day; a stock dividend is a split,
    /// too
    ///
    /// Quantities in all portfolios are multiplied exactly, and costs stay the same. Prices recorded for
    /// earlier days are adjusted when they are shown or used. If your broker keeps whole shares only, --round
    /// down with --cash-in-lieu records the sale of the fraction, right after the split, in the portfolio
    /// that --portfolio names or in the only one that has a fraction. Repeat it with another --portfolio for
    /// the fraction there.
    #[command(after_help = "Examples:\n  stockbook split AAPL 4:1 --date 2020-08-31\n  \
                            stockbook split GE 1:8 --date 2021-08-02\n  \
                            stockbook split GE 1:8 --date 2021-08-02 --round down --cash-in-lieu 51.20")]
    Split(SplitArgs),
    #[command(flatten)]
    Company(CompanyCommand),
    /// Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book
    #[command(after_help = "Examples:\n  stockbook -p main transfer AAPL 5 --to retirement --date 2024-03-01\n  \
                            stockbook transfer AAPL 5 --out --date 2024-03-01")]
    Transfer(TransferArgs),
    /// Void a transaction, dividend, split or transfer
    ///
    /// It stays in the book, marked as void. Later sales are matched to lots again.
    #[command(after_help = "Example:\n  stockbook void 6ba7b810 --reason 'entered twice'")]
    Void(VoidArgs),
    /// Correct a trade or dividend: void it, and enter it again in its place
    #[command(
        after_help = "Examples:\n  stockbook amend 6ba7b810 --price 150.52\n  stockbook amend 6ba7b810 --symbol ACME\n  stockbook amend 0a3d51c2 --lot 6ba7b810:3 --lot 9f2c41aa:2"
    )]
    Amend(AmendArgs),
    /// Undo whatever the last command recorded, or an import
    #[command(after_help = "Examples:\n  stockbook undo --dry-run\n  stockbook undo\n  stockbook undo 3f2a9c1e")]
    Undo(UndoArgs),
    /// List the imports: when, which files, and what they recorded
    #[command(after_help = "Example:\n  stockbook imports -O json | jq '.[].files[].sha256'")]
    Imports,
    /// Add a portfolio
    #[command(after_help = "Example:\n  stockbook add-portfolio retirement\n  stockbook -p retirement buy AAPL 1 150")]
    AddPortfolio(AddPortfolioArgs),
    /// Rename a portfolio
    #[command(after_help = "Example:\n  stockbook edit-portfolio retirement --name pension")]
    EditPortfolio(EditPortfolioArgs),
    /// List the portfolios
    #[command(after_help = "Example:\n  stockbook portfolios -O csv")]
    Portfolios,
    /// Change how a portfolio matches its sales to lots, for its whole history
    #[command(after_help = "Example:\n  stockbook set-cost-basis main hifo --dry-run")]
    SetCostBasis(SetCostBasisArgs),
    /// Import trades and prices from files, all or nothing
    #[command(
        long_about = importing::IMPORT,
        after_help = "Examples:\n  stockbook import --add-stocks prices.csv trades.csv\n  \
                      stockbook import --symbol AAPL AAPL.csv\n  \
                      stockbook import --date-format DD.MM.YYYY --map price=Kurs --map quantity=Anzahl trades.csv"
    )]
    Import(ImportArgs),
    /// Show what you hold, what it cost and what it is worth
    #[command(
        visible_alias = "summary",
        after_help = "Examples:\n  stockbook holdings\n  stockbook holdings --as-of 2024-12-31\n  stockbook holdings -O json | jq -r '.[] | [.symbol, .market_value] | @tsv'"
    )]
    Holdings(HoldingsArgs),
    /// Show what sales realized, short-term and long-term
    ///
    /// Amounts in different currencies are never added up. Gains on shares held for one year or less are
    /// short-term.
    #[command(after_help = "Examples:\n  stockbook gains --year 2024\n  \
                            stockbook gains --by symbol --from 2024-01-01\n  \
                            stockbook gains --year 2024 --by lot -O csv")]
    Gains(GainsArgs),
    /// Show what your money has earned: money-weighted and time-weighted rates of return
    ///
    /// Money moves through purchases, sales and dividends. The money-weighted rate is an annual rate, like
    /// XIRR in a spreadsheet, with a year of 365 days. The time-weighted rate does not depend on when money
    /// came and went; each trade counts at its own price, and the annual figure covers the time from the
    /// first to the last day on which something was held. What was held before --from counts as paid in on
    /// that day, and what is held at the end as taken out on the last day.
    #[command(after_help = "Examples:\n  stockbook returns\n  \
                            stockbook returns --from 2024-01-01 --to 2024-12-31 --symbol AAPL --flows")]
    Returns(ReturnsArgs),
    /// Show what your money earned, year by year, quarter by quarter or month by month
    ///
    /// The opening value plus what was paid in plus the gain less dividends is the closing value. The return by time is
    /// the time-weighted return of the period, as in `returns`, not annualized.
    #[command(after_help = "Examples:\n  stockbook performance\n  stockbook performance --by quarter --period 1y\n  \
                            stockbook performance --by month --symbol AAPL -O csv")]
    Performance(PerformanceArgs),
    /// Draw the value of your holdings and their cost, over time
    ///
    /// The chart is as wide as the terminal, up to 200 columns, with the figures below. JSON and CSV have the
    /// figures of the days that --by names.
    #[command(after_help = "Examples:\n  stockbook chart\n  stockbook chart --symbol AAPL --period 5y\n  \
                            stockbook chart --by day --period 1y -O csv")]
    Chart(ChartArgs),
    /// Write a page for a browser: everything at a glance, in one file without scripts or network access
    ///
    /// It shows the figures of the other reports, with charts: value over time, holdings, allocation,
    /// performance, gains by term, dividends, missing or old prices, and the head of the audit log. It
    /// follows the browser's light or dark mode, fits a phone, and can be printed.
    #[command(after_help = "Examples:\n  stockbook report --html report.html\n  \
                            stockbook report --html 2024.html --period 2024 --force")]
    Report(ReportArgs),
    /// Show the dividends received, and their yields
    ///
    /// The yields are gross amounts in percent of the cost of the shares held and of their value. A payment
    /// is compared with the shares at the end of its day, a period with those at its end, and what a stock
    /// paid in twelve months with those held today.
    #[command(after_help = "Examples:\n  stockbook dividends --period 1y\n  stockbook dividends --by year\n  \
                            stockbook dividends --by symbol -O csv")]
    Dividends(DividendsArgs),
    /// Show how your holdings are divided
    ///
    /// Amounts in different currencies are only added up with --in; otherwise percentages are of the holdings
    /// in the same currency. With targets, the drift is how far each part is from its target, in percentage
    /// points and in money.
    #[command(after_help = "Examples:\n  stockbook allocation\n  stockbook allocation --by sector\n  \
                            stockbook allocation --target AAPL=40 --target MSFT=60")]
    Allocation(AllocationArgs),
    /// List the stocks with their latest prices
    #[command(after_help = "Example:\n  stockbook stocks -O csv")]
    Stocks,
    /// List the transactions by trade date
    #[command(after_help = "Example:\n  stockbook transactions --symbol AAPL --from 2024-01-01 --type sell")]
    Transactions(TransactionsArgs),
    /// Show the history of a record, a stock or a portfolio
    ///
    /// For a transaction, dividend, split or transfer: when it was recorded, what it replaced or was replaced
    /// by, when and why it was voided, and which sales realize a different gain because of it; for a sale,
    /// also what changed its own gain. For a stock: how it was corrected, and everything recorded for it, in
    /// one portfolio or in all. For a portfolio: its names and methods. Removed ones are found too.
    #[command(after_help = "Examples:\n  stockbook history 6ba7b810\n  stockbook history AAPL")]
    History(HistoryArgs),
    /// Show the arithmetic behind a figure, line by line
    #[command(after_help = "Examples:\n  stockbook explain gain 6ba7b810\n  stockbook explain holding AAPL")]
    Explain(ExplainArgs),
    /// List the prices of a stock
    #[command(after_help = "Example:\n  stockbook prices AAPL --from 2024-01-01")]
    Prices(PricesArgs),
    /// List the rates of two currencies, or the last rate of each pair
    #[command(after_help = "Examples:\n  stockbook rates\n  stockbook rates EUR USD --from 2024-01-01")]
    Rates(RatesArgs),
    /// Print the lines of the audit log, exactly as they are in the file
    ///
    /// One line of JSON per event; -O table prints an aligned table, -O csv one for spreadsheets. A log that
    /// is missing or cut short is completed from the book first.
    #[command(after_help = "Examples:\n  stockbook audit --tail 1 | jq .\n  \
                            stockbook audit --type TransactionExecutedEvent --symbol AAPL | jq -r '.data.total_amount'\n  \
                            stockbook audit --since-sequence 42 --follow")]
    Audit(AuditArgs),
    /// Compare the positions that a broker reports with the book, and suggest what may explain a difference
    ///
    /// The file lists positions (Schwab, Fidelity, or a table with the columns symbol and quantity, and
    /// optionally cost basis and portfolio), or is a statement that contains them (Vanguard, Interactive
    /// Brokers, OFX). Each difference comes with possible explanations, the most likely first, and the
    /// commands that would record them; dates and amounts in these commands are guesses. The exit code is 4
    /// if anything differs.
    #[command(after_help = "Examples:\n  stockbook reconcile Positions.csv\n  \
                            stockbook -p retirement reconcile Positions.csv --date 2024-12-31\n  \
                            stockbook reconcile Positions.csv -O json | jq -r '.[].suggestions[0].commands[]?'")]
    Reconcile(ReconcileArgs),
    /// Write the book's data for a spreadsheet, a program, or another accounting program
    ///
    /// `csv` contains the transactions, from which `import` reproduces the book. `json` contains everything:
    /// portfolios, stocks, transactions, gains, open lots, prices and imports. `ledger`, `hledger` and
    /// `beancount` are double-entry journals with lots, gains, fees, dividends, splits and prices; a journal
    /// of a period begins with what was held before it.
    #[command(after_help = "Examples:\n  stockbook export csv -o book.csv\n  \
                            stockbook export beancount --to 2024-12-31 -o book.beancount\n  \
                            stockbook export json | jq '.transactions | length'\n  \
                            stockbook --book new.db import --add-stocks --add-portfolios book.csv")]
    Export(ExportArgs),
    /// Pass the events to a program of yours as they are recorded
    ///
    /// The program gets the audit log's lines on its standard input, a batch at a time, and accepts a batch
    /// by ending with exit code 0. The follower's place in the history then advances, durably, and it
    /// continues there the next time it is run under the same name. Every event arrives, in order; after a
    /// crash some may arrive again, with the same `event_id`. A program that fails is tried again after a
    /// pause, which doubles each time, up to a minute. The program is run without a shell.
    #[command(after_help = "Examples:\n  stockbook follow mail --type TransactionExecutedEvent -- \\\n    \
                            sh -c 'jq -r .data.symbol | mail -s Trades me@example.org'\n  \
                            stockbook follow copy --from now --once -- tee -a events.jsonl")]
    Follow(FollowArgs),
    /// Publish the events to a message broker, such as RabbitMQ
    ///
    /// Publishes from its place in the history to the end, or keeps running with --follow. Each event is a
    /// persistent message to a durable topic exchange, with the event's type as its routing key and its line
    /// in the audit log as its body. The place advances, durably, once the broker has confirmed the messages:
    /// every event arrives, in order; after a crash some may arrive again, with the same `message_id`. The
    /// login is read from `STOCKBOOK_AMQP_USER` and `STOCKBOOK_AMQP_PASSWORD`, or from a file.
    #[cfg(feature = "amqp")]
    #[command(after_help = "Examples:\n  stockbook relay --to amqp://localhost\n  \
                            stockbook relay --to amqps://books@broker.example.org/books \\\n    \
                            --credentials ~/.config/stockbook/broker --follow")]
    Relay(RelayArgs),
    /// List what reacts to events: handlers and followers, and how far each has come
    #[command(after_help = "Example:\n  stockbook handlers -O json | jq '.[] | select(.lag > 0)'")]
    Handlers(HandlersArgs),
    /// Make a verified copy of the book and its audit log, even while others write to it
    ///
    /// The copy of the log goes beside the copy of the book: book.db.audit.jsonl beside book.db. If an event or a line
    /// of the log was altered, no backup is made, unless --force copies both as they are. To restore a
    /// backup, copy both files back while no command is running.
    #[command(after_help = "Examples:\n  stockbook backup /mnt/usb/book.db\n  \
                            stockbook backup --force ~/backups/book-$(date +%A).db")]
    Backup(BackupArgs),
    /// Check that the book is sound: its file, its events, and everything derived from them
    ///
    /// The events are replayed into a temporary book, and the two are compared: rows, lots, totals, summaries
    /// and the audit log. If all is well, it says so in one line or, on a terminal or with -v, lists what was
    /// checked; if not, the exit code is 4. --repair rebuilds what is derived; facts are never changed.
    #[command(after_help = "Examples:\n  stockbook check -v\n  stockbook check --repair --dry-run")]
    Check(CheckArgs),
    /// List the file formats that `import` reads, or print the table of one
    ///
    /// A format is a table that defines by which columns a file is recognized, what its rows mean, and how
    /// their figures are related. Copy one, change it, and use it with `import --mapping`, or put it into the
    /// folder `formats` beside the configuration file.
    #[command(after_help = "Examples:\n  stockbook formats\n  stockbook formats degiro-transactions > mine.toml")]
    Formats(FormatsArgs),
    /// Show the settings in force, and where each comes from
    ///
    /// The command line takes precedence over the environment, and that over the configuration file,
    /// `stockbook/config.toml` in the user's configuration directory. The file may set `book` (a path,
    /// relative to the file's folder or to ~), `portfolio`, `currency` (for the total of a table in several
    /// currencies), `new_stock_currency` (USD unless set), `output_format`, `color`, `numbers` (of JSON: text
    /// or json), `thousands` (comma, apostrophe, space or none) and `dates` (iso or words) of tables, and
    /// `pager` (a command; "" is none), each as `name = "value"`.
    #[command(
        after_help = "Example:\n  echo 'new_stock_currency = \"EUR\"' >> ~/.config/stockbook/config.toml && stockbook config"
    )]
    Config,
    /// The candidates at the end of a command line, for the shells' completions.
    #[command(hide = true)]
    Complete {
        /// The words after the program's name, up to the cursor
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<OsString>,
    },
}

const LONG_END: &str = "\
Begin with:
  stockbook add-stock AAPL 'Apple Inc.'
  stockbook buy AAPL 10 150.25 --fee 1
  stockbook update-price AAPL 180
  stockbook holdings

The manual is printed page by page:
  stockbook help tutorial    the first hour, and a year of a book
  stockbook help concepts    lots, cost basis, corrections, the files of a book
  stockbook help import      the files that are imported; also formats, export
  stockbook help output      JSON, CSV and exit codes; also events, followers";
