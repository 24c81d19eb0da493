//! What can be typed.

mod audit;
mod importing;
mod recording;
mod reporting;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

pub(super) use audit::*;
pub(super) use importing::*;
pub(super) use recording::*;
pub(super) use reporting::*;

use super::output::Format;
use crate::domain::PortfolioName;

/// Keep your stocks, trades and prices in one local file, exactly and durably.
///
/// Sales are matched to lots by the method that you choose. Every change is an event in a tamper-evident
/// audit log beside the book. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(
    name = "stockbook",
    version,
    after_help = "Begin with:\n  stockbook add-stock AAPL 'Apple Inc.'\n  stockbook buy AAPL 10 150.25 --fee 1\n  \
                  stockbook update-price AAPL 180\n  stockbook holdings"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// The book, an SQLite file [default: stockbook/book.db in the user's data directory]
    #[arg(long, global = true, value_name = "FILE", env = "STOCKBOOK_BOOK", hide_env_values = true, value_hint = ValueHint::FilePath)]
    pub(super) book: Option<PathBuf>,
    /// The portfolio: where to record [default: main], what to show [default: all]
    #[arg(short, long, global = true, value_name = "NAME", env = "STOCKBOOK_PORTFOLIO", hide_env_values = true)]
    pub(super) portfolio: Option<PortfolioName>,
    /// How to print results [default: table]
    #[arg(
        short = 'O',
        long,
        global = true,
        value_name = "FORMAT",
        env = "STOCKBOOK_OUTPUT_FORMAT",
        hide_env_values = true
    )]
    pub(super) output_format: Option<Format>,
    /// Do everything but record it: show what would be recorded, write nothing
    #[arg(short = 'n', long, global = true)]
    pub(super) dry_run: bool,
    /// When to use colours [default: auto]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(super) color: Option<ColorChoice>,
    /// No sentence on success, no progress
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// How long to wait while another process writes to the book
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(..=86400))]
    pub(super) wait: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also into a pipe or a file
    Always,
    /// Not even on a terminal
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a stock
    #[command(
        after_help = "Example:\n  stockbook add-stock AAPL 'Apple Inc.' --sector Technology --industry 'Consumer Electronics'"
    )]
    AddStock(AddStockArgs),
    /// Correct what is known of a stock
    ///
    /// With another symbol its history stays, and the old symbol finds it too, until another stock takes it.
    #[command(after_help = "Examples:\n  stockbook edit-stock FB --symbol META --name 'Meta Platforms Inc.'\n  \
                            stockbook edit-stock SAP --currency EUR --isin DE0007164600")]
    EditStock(EditStockArgs),
    /// Record the price of a stock on a day, replacing the one that the day may have
    #[command(after_help = "Example:\n  stockbook update-price AAPL 180.5 --date 2024-03-28")]
    UpdatePrice(UpdatePriceArgs),
    /// Take recorded prices of a stock back
    #[command(after_help = "Examples:\n  stockbook remove-price AAPL 2024-03-28\n  \
                            stockbook remove-price AAPL 2024-03-01 --to 2024-03-31 --dry-run")]
    RemovePrice(RemovePriceArgs),
    /// Say as of which day recorded prices of a stock count shares
    ///
    /// Most sources give histories that are adjusted for splits: a price of before a split is divided
    /// by its ratio. Unless that is said, a price is taken to be what was paid on its day.
    #[command(after_help = "Examples:\n  stockbook rebase-prices AAPL\n  \
                            stockbook rebase-prices AAPL --as-of 2020-12-31 --to 2020-08-30")]
    RebasePrices(RebasePricesArgs),
    /// Record a purchase
    #[command(after_help = "Examples:\n  stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02\n  \
                            stockbook buy AAPL 0.6655 --amount 100 --id savings-plan-2024-01")]
    Buy(TradeArgs),
    /// Record a sale; lots leave by the portfolio's cost basis method, or as you pick them
    ///
    /// A dry run shows the lots that would be taken, and the gain under every method.
    #[command(after_help = "Examples:\n  stockbook sell AAPL 4 180 --fee 1\n  \
                            stockbook sell AAPL 4 180 --dry-run\n  \
                            stockbook sell AAPL 4 180 --lot 6ba7b810:3 --lot 7d444840:1")]
    Sell(SellArgs),
    /// Record a dividend, in all or per share
    ///
    /// Per share counts the shares that were held before the ex-date; a split on that day comes
    /// first, so that they are new shares.
    #[command(after_help = "Examples:\n  stockbook dividend AAPL 24 --withholding 3.6 --date 2024-02-15\n  \
                            stockbook dividend AAPL 0.24 --per-share --ex-date 2024-02-09 --date 2024-02-15")]
    Dividend(DividendArgs),
    /// Record a split of a stock, effective before the trades of its day
    ///
    /// Quantities of all portfolios are multiplied, exactly, and costs stay as they are. Prices
    /// recorded for earlier days are shown and valued adjusted. A broker that keeps whole shares only
    /// sells the fraction: that is a sale of its own, right after the split, in the portfolio that
    /// --portfolio names or that alone has one. Given again for a known split, it records another
    /// portfolio's; to void the split voids these sales.
    #[command(after_help = "Examples:\n  stockbook split AAPL 4:1 --date 2020-08-31\n  \
                            stockbook split GE 1:8 --date 2021-08-02\n  \
                            stockbook split GE 1:8 --date 2021-08-02 --round down --cash-in-lieu 51.20")]
    Split(SplitArgs),
    /// Move shares to another portfolio, with the dates and cost of their lots, or out of the book
    #[command(after_help = "Examples:\n  stockbook -p main transfer AAPL 5 --to retirement --date 2024-03-01\n  \
                            stockbook transfer AAPL 5 --out --date 2024-03-01")]
    Transfer(TransferArgs),
    /// Take back a transaction, dividend, split or transfer
    ///
    /// It stays in the book, voided. Sales after it are matched to lots anew.
    #[command(after_help = "Example:\n  stockbook void 6ba7b810 --reason 'entered twice'")]
    Void(VoidArgs),
    /// Correct a trade or dividend: void it and enter it again, in its place
    #[command(
        after_help = "Examples:\n  stockbook amend 6ba7b810 --price 150.52\n  stockbook amend 6ba7b810 --symbol ACME\n  stockbook amend 0a3d51c2 --lot 6ba7b810:3 --lot 9f2c41aa:2"
    )]
    Amend(AmendArgs),
    /// Take back what the last command recorded, whatever it was, or an import
    #[command(after_help = "Examples:\n  stockbook undo --dry-run\n  stockbook undo\n  stockbook undo 3f2a9c1e")]
    Undo(UndoArgs),
    /// List the imports: when, which files, and what they recorded
    #[command(after_help = "Example:\n  stockbook imports -O json | jq '.[].files[].sha256'")]
    Imports,
    /// Add a portfolio
    #[command(after_help = "Example:\n  stockbook add-portfolio retirement\n  stockbook -p retirement buy AAPL 1 150")]
    AddPortfolio(AddPortfolioArgs),
    /// Give a portfolio another name
    #[command(after_help = "Example:\n  stockbook edit-portfolio retirement --name pension")]
    EditPortfolio(EditPortfolioArgs),
    /// List the portfolios
    #[command(after_help = "Example:\n  stockbook portfolios -O csv")]
    Portfolios,
    /// Change how a portfolio matches its sales to lots, through its whole history
    #[command(after_help = "Example:\n  stockbook set-cost-basis main hifo --dry-run")]
    SetCostBasis(SetCostBasisArgs),
    /// Import trades and prices from CSV files, all or nothing
    #[command(
        long_about = IMPORT,
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
    /// Amounts in different currencies are never added up. Short-term is what was held for one year
    /// or less.
    #[command(after_help = "Examples:\n  stockbook gains --year 2024\n  \
                            stockbook gains --by symbol --from 2024-01-01\n  \
                            stockbook gains --year 2024 --by lot -O csv")]
    Gains(GainsArgs),
    /// Show what the money put in has earned: money-weighted and time-weighted rates of return
    ///
    /// Money moves through purchases, sales and dividends. The money-weighted rate is annual, as
    /// spreadsheets' XIRR has it (a year of 365 days); the time-weighted one leaves out when money
    /// came and went: each trade moves at its own price, and by the year it counts the time from the
    /// first to the last day on which something was held. What was held before --from counts as paid
    /// in on that day, and what is held at the end as taken out on the last.
    #[command(after_help = "Examples:\n  stockbook returns\n  \
                            stockbook returns --from 2024-01-01 --to 2024-12-31 --symbol AAPL --flows")]
    Returns(ReturnsArgs),
    /// List the stocks with their latest prices
    #[command(after_help = "Example:\n  stockbook stocks -O csv")]
    Stocks,
    /// List the transactions by trade date
    #[command(after_help = "Example:\n  stockbook transactions --symbol AAPL --from 2024-01-01 --type sell")]
    Transactions(TransactionsArgs),
    /// Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio
    ///
    /// When a record was made, what replaced it or was replaced by it, when and why it was voided,
    /// and which sales realize another gain because of it; of a sale, also what changed its own.
    /// Of a stock, what was corrected and everything that was recorded of it, in one portfolio or in
    /// all; of a portfolio, its names and methods. Removed ones are found too.
    #[command(after_help = "Examples:\n  stockbook history 6ba7b810\n  stockbook history AAPL")]
    History(HistoryArgs),
    /// Show the arithmetic of a figure line by line, to be checked by hand
    #[command(after_help = "Examples:\n  stockbook explain gain 6ba7b810\n  stockbook explain holding AAPL")]
    Explain(ExplainArgs),
    /// List the prices of a stock
    #[command(after_help = "Example:\n  stockbook prices AAPL --from 2024-01-01")]
    Prices(PricesArgs),
    /// Print the audit log's lines, as they stand in the file
    ///
    /// One JSON line per event; -O table shows them to eyes, -O csv to a spreadsheet. A log that is
    /// missing or cut short is first completed from the book.
    #[command(after_help = "Examples:\n  stockbook audit --tail 1 | jq .\n  \
                            stockbook audit --type TransactionExecutedEvent --symbol AAPL | jq -r '.data.total_amount'\n  \
                            stockbook audit --since-sequence 42 --follow")]
    Audit(AuditArgs),
    /// Write the book's data for a spreadsheet, a program, or another accounting program
    ///
    /// `csv` is the transactions, and `import` reads them back into an equal book. `json` is everything: portfolios,
    /// stocks, transactions, gains, open lots, prices and imports. `ledger`, `hledger` and `beancount` are journals
    /// of double entry, with lots, gains, fees, dividends, splits and prices; a journal of a period begins with
    /// what was held before it.
    #[command(after_help = "Examples:\n  stockbook export csv -o book.csv\n  \
                            stockbook export beancount --to 2024-12-31 -o book.beancount\n  \
                            stockbook export json | jq '.transactions | length'\n  \
                            stockbook --book new.db import --add-stocks --add-portfolios book.csv")]
    Export(ExportArgs),
    /// Copy the book and its audit log to a file, verified, while others may go on writing
    ///
    /// The log goes beside the file: book.db.audit.jsonl beside book.db. Where an event or a line of
    /// the log was altered there is no backup, unless --force copies both as they are. To restore a backup, copy
    /// both back when no command runs.
    #[command(after_help = "Examples:\n  stockbook backup /mnt/usb/book.db\n  \
                            stockbook backup --force ~/backups/book-$(date +%A).db")]
    Backup(BackupArgs),
    /// Look whether the book is sound: its file, its events, and all that follows from them
    ///
    /// The events are replayed into a second, temporary book, and both are compared: rows, lots,
    /// totals, summaries and the audit log. Silent if all is well, unless on a terminal or with -v;
    /// exit code 4 if not. What is derived can be rebuilt with --repair; facts are never touched.
    #[command(after_help = "Examples:\n  stockbook check -v\n  stockbook check --repair --dry-run")]
    Check(CheckArgs),
    /// List the formats of files that are read, or print the table of one
    ///
    /// A format is a table: which columns a file is known by, what its rows are, and how their figures belong
    /// together. Copy one, change it, and use it with `import --mapping`, or put it in the folder `formats` beside
    /// the configuration file.
    #[command(after_help = "Examples:\n  stockbook formats\n  stockbook formats degiro-transactions > mine.toml")]
    Formats(FormatsArgs),
    /// Show the settings that hold, and where each comes from
    ///
    /// What is typed goes before the environment, and that before the configuration file, `stockbook/config.toml` in
    /// the user's configuration directory. It may set `book` (a path from its own folder, or from ~), `portfolio`,
    /// `new_stock_currency` (USD unless set), `output_format` and `color`, each as `name = "value"`.
    #[command(
        after_help = "Example:\n  echo 'new_stock_currency = \"EUR\"' >> ~/.config/stockbook/config.toml && stockbook config"
    )]
    Config,
}

const IMPORT: &str = "\
Import trades and prices from CSV files, all or nothing.

The first line names the columns, in any order and case, parted by comma, semicolon or tab.
Trades: date, action, symbol, quantity, price; optionally fee, portfolio, note, id, currency, lot, as_of,
and amount (the total before fees) in place of price. The action is buy, sell, opening (a lot held
from before, at its own date and cost; as_of: the day on which it had this quantity), dividend (its
total before taxes in amount) or split (its ratio in quantity, as 4:1). The lot of a sale names the purchases that it takes, as ID:QUANTITY, parted by
blanks. Prices: date, symbol, price; or with --symbol one stock's file with date and close.

All files are one unit of work, applied in the order of their dates; if a row is refused, every bad
row is listed and nothing is recorded. Importing a file again records only what is new: a row with
an id is known by it, one without by its content.";

/// What can be typed, in this environment: a variable that is empty counts as not set.
pub(super) fn definition() -> clap::Command {
    let is_empty = |arg: &clap::Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    let command = Cli::command();
    let empty: Vec<_> = command.get_arguments().filter(|arg| is_empty(arg)).map(|arg| arg.get_id().clone()).collect();
    empty.into_iter().fold(command, |command, id| command.mut_arg(id, |arg| arg.env(None::<&'static str>)))
}

/// Whether the arguments ask for JSON, for errors that come before they are understood.
pub(super) fn wants_json(arguments: &[OsString]) -> bool {
    let mut asked = std::env::var("STOCKBOOK_OUTPUT_FORMAT").unwrap_or_default();
    let mut rest = arguments.iter().map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = rest.next() {
        let value = match argument.as_str() {
            "--" => break,
            "--output-format" => Some(String::new()),
            long if long.starts_with("--") => long.strip_prefix("--output-format=").map(str::to_owned),
            short => short.strip_prefix('-').and_then(|letters| {
                // -O may follow other letters: -nO json, -qOjson.
                let value = letters.trim_start_matches(['n', 'q']).strip_prefix('O')?;
                Some(value.trim_start_matches('=').to_owned())
            }),
        };
        asked = match value {
            Some(empty) if empty.is_empty() => rest.next().unwrap_or_default(),
            Some(value) => value,
            None => asked,
        };
    }
    asked == "json"
}

/// The subcommand among the arguments, for errors that come before they are understood.
pub(super) fn typed_command(arguments: &[OsString]) -> Option<String> {
    let known = Cli::command();
    let name = |argument: &OsString| known.find_subcommand(argument).map(|command| command.get_name().to_owned());
    arguments.iter().skip(1).find_map(name)
}
