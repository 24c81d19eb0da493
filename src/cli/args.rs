//! What can be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

use super::audit::AuditArgs;
use super::dates::DateArg;
use crate::app::import::file::{ColumnMapping, DateFormat};
use crate::domain::{
    CompanyName, CostBasisMethod, Currency, ExternalId, Fee, Industry, Money, Note, PortfolioName, Price, Quantity,
    Sector, Symbol, TransactionType,
};

/// Keep your stocks, trades and prices in one local file, exactly and durably.
///
/// Trades are matched to lots first in, first out. Every change is an event in a tamper-evident
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
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
    /// No sentence on success, no progress
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// How long to wait while another process writes to the book
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(..=86400))]
    pub(super) wait: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For eyes
    Table,
    /// For programs: numbers are strings, exact
    Json,
    /// For spreadsheets: a header line, then a line per row
    Csv,
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
    /// Record the price of a stock on a day, replacing the one that the day may have
    #[command(after_help = "Example:\n  stockbook update-price AAPL 180.5 --date 2024-03-28")]
    UpdatePrice(UpdatePriceArgs),
    /// Record a purchase
    #[command(after_help = "Examples:\n  stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02\n  \
                            stockbook buy AAPL 0.6655 --amount 100 --id savings-plan-2024-01")]
    Buy(TradeArgs),
    /// Record a sale; the oldest lots leave first
    #[command(after_help = "Examples:\n  stockbook sell AAPL 4 180 --fee 1\n  \
                            stockbook sell AAPL 4 180 --dry-run")]
    Sell(TradeArgs),
    /// Add a portfolio
    #[command(after_help = "Example:\n  stockbook add-portfolio retirement\n  stockbook -p retirement buy AAPL 1 150")]
    AddPortfolio(AddPortfolioArgs),
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
        after_help = "Examples:\n  stockbook holdings\n  stockbook holdings -O json | jq -r '.[] | [.symbol, .market_value] | @tsv'"
    )]
    Holdings(HoldingsArgs),
    /// List the stocks with their latest prices
    #[command(after_help = "Example:\n  stockbook stocks -O csv")]
    Stocks,
    /// List the transactions by trade date
    #[command(after_help = "Example:\n  stockbook transactions --symbol AAPL --from 2024-01-01 --type sell")]
    Transactions(TransactionsArgs),
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
    /// Copy the book and its audit log to a file, verified, while others may go on writing
    ///
    /// The log goes beside the file: book.db.audit.jsonl beside book.db. To restore a backup, copy
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
}

const IMPORT: &str = "\
Import trades and prices from CSV files, all or nothing.

The first line names the columns, in any order and case, parted by comma, semicolon or tab.
Trades: date, action (buy or sell), symbol, quantity, price; optionally fee, portfolio, note, id,
currency, and amount (the total before fees) in place of price. Prices: date, symbol, price; or with
--symbol one stock's file with date and close.

All files are one unit of work, applied in the order of their dates; if a row is refused, every bad
row is listed and nothing is recorded. Importing a file again records only what is new: a row with
an id is known by it, one without by its content.";

#[derive(Debug, Args)]
pub(super) struct AddStockArgs {
    /// The symbol: A-Z 0-9 . - _ ^ = :, in any case
    pub(super) symbol: Symbol,
    /// The name of the company
    pub(super) company_name: CompanyName,
    /// The company's sector
    #[arg(long)]
    pub(super) sector: Option<Sector>,
    /// The company's industry, within its sector
    #[arg(long, requires = "sector")]
    pub(super) industry: Option<Industry>,
    /// The currency of prices and trades, an ISO 4217 code [default: USD]
    #[arg(long, value_name = "CODE")]
    pub(super) currency: Option<Currency>,
}

#[derive(Debug, Args)]
pub(super) struct UpdatePriceArgs {
    /// The stock
    pub(super) symbol: Symbol,
    /// The price per share
    #[arg(allow_negative_numbers = true)]
    pub(super) price: Price,
    /// The day: YYYY-MM-DD, today or yesterday
    #[arg(long, default_value = "today")]
    pub(super) date: DateArg,
}

#[derive(Debug, Args)]
pub(super) struct TradeArgs {
    /// The stock
    pub(super) symbol: Symbol,
    /// How many shares; fractions are welcome
    #[arg(allow_negative_numbers = true)]
    pub(super) quantity: Quantity,
    /// The price per share, unless --amount is given
    #[arg(allow_negative_numbers = true, required_unless_present = "amount", conflicts_with = "amount")]
    pub(super) price: Option<Price>,
    /// The total before fees, instead of the price; it is kept exactly
    #[arg(long, value_name = "TOTAL", allow_negative_numbers = true, value_parser = Money::entered)]
    pub(super) amount: Option<Money>,
    /// The broker's fee [default: 0]
    #[arg(long, allow_negative_numbers = true)]
    pub(super) fee: Option<Fee>,
    /// The day of the trade: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(super) date: Option<DateArg>,
    /// A note
    #[arg(long)]
    pub(super) note: Option<Note>,
    /// Your own id, a UUID or any text: repeating the command with it records nothing twice
    #[arg(long)]
    pub(super) id: Option<ExternalId>,
}

#[derive(Debug, Args)]
pub(super) struct AddPortfolioArgs {
    /// The name
    pub(super) name: PortfolioName,
    /// How sales are matched to lots [default: fifo]
    #[arg(long, value_name = "METHOD")]
    pub(super) cost_basis: Option<CostBasisMethod>,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// CSV files of trades or prices; - is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// Add unknown symbols as stocks named like their symbol
    #[arg(long)]
    pub(super) add_stocks: bool,
    /// The stock that files without a symbol column are of
    #[arg(long)]
    pub(super) symbol: Option<Symbol>,
    /// The header under which a file has one of our columns: price=Kurs
    #[arg(long, value_name = "COLUMN=HEADER")]
    pub(super) map: Vec<ColumnMapping>,
    /// How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime
    #[arg(long, value_name = "FORMAT")]
    pub(super) date_format: Option<DateFormat>,
}

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The file that the book is copied to
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// Replace a backup that is there
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Rebuild what is derived and wrong, unless facts are wrong too
    #[arg(long)]
    pub(super) repair: bool,
    /// Tell what was looked at, also if all is well
    #[arg(short, long)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct HoldingsArgs {
    /// Closed positions too
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct TransactionsArgs {
    /// Only of this stock
    #[arg(long)]
    pub(super) symbol: Option<Symbol>,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<DateArg>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<DateArg>,
    /// Only of this type: buy or sell
    #[arg(long, value_name = "TYPE")]
    pub(super) r#type: Option<TransactionType>,
    /// Only the last N
    #[arg(long, value_name = "N")]
    pub(super) tail: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct PricesArgs {
    /// The stock
    pub(super) symbol: Symbol,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<DateArg>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<DateArg>,
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
