//! What can be typed to see reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::whole::whole;
use super::{ConversionArgs, RangeArgs};
use crate::cli::dates::{DateArg, MomentArg};
use crate::domain::{ExternalId, Symbol, TransactionType, Year};

#[derive(Debug, Args)]
pub(in crate::cli) struct HoldingsArgs {
    /// Only these stocks
    #[arg(value_name = "SYMBOL")]
    pub(in crate::cli) symbols: Vec<Symbol>,
    /// What each row represents
    #[arg(long, value_name = "WHAT", default_value = "position")]
    pub(in crate::cli) by: HoldingsLine,
    /// Sort by this column: words from A to Z, figures from the largest, prices from the oldest
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) sort: Option<HoldingsColumn>,
    /// Only these columns, in this order: symbol,quantity,value
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(in crate::cli) columns: Vec<HoldingsColumn>,
    /// Add a total for each currency after the rows (JSON and CSV; a table always has it)
    #[arg(long)]
    pub(in crate::cli) totals: bool,
    /// Include closed positions
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// As of the end of this day, at the latest price on or before it
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<DateArg>,
    /// As known at this instant (2024-01-31T09:30:00Z, or the end of a day), without later entries and
    /// corrections
    #[arg(long, value_name = "INSTANT")]
    pub(in crate::cli) known_on: Option<MomentArg>,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// What a line of the holdings is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HoldingsLine {
    /// A stock in a portfolio
    Position,
    /// A stock, in all portfolios
    Symbol,
}

/// A column of the holdings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HoldingsColumn {
    Symbol,
    Portfolio,
    Company,
    Sector,
    Industry,
    Quantity,
    AverageCost,
    CostBasis,
    Price,
    Priced,
    Value,
    Gain,
    GainPercentage,
    Weight,
    Realized,
    Dividends,
    Currency,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TransactionsArgs {
    /// Only this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    /// Only this type: buy, sell, dividend, split, transfer-in or transfer-out
    #[arg(long, value_name = "TYPE")]
    pub(in crate::cli) r#type: Option<TransactionType>,
    /// Only the last N
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u64>("number of rows", 0, u64::MAX))]
    pub(in crate::cli) tail: Option<u64>,
    /// Include voided transactions
    #[arg(long)]
    pub(in crate::cli) all: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct GainsArgs {
    /// Only sales in this calendar year
    #[arg(long, conflicts_with_all = ["from", "to", "end", "period"])]
    pub(in crate::cli) year: Option<Year>,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    /// Only this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// What each row represents
    #[arg(long, value_name = "WHAT", default_value = "sale")]
    pub(in crate::cli) by: GainsLine,
    /// Add a total for each currency after the rows (JSON and CSV; a table always has it)
    #[arg(long)]
    pub(in crate::cli) totals: bool,
    /// As known at this instant (2024-01-31T09:30:00Z, or the end of a day), without later entries and
    /// corrections
    #[arg(long, value_name = "INSTANT")]
    pub(in crate::cli) known_on: Option<MomentArg>,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// What a line of the gains is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GainsLine {
    /// A lot, or a part of one, and its sale
    Lot,
    /// A sale
    Sale,
    /// A stock
    Symbol,
    /// A calendar year
    Year,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct HistoryArgs {
    /// A record's id, 6 or more of its first characters, or your own reference; or the symbol of a stock; or the name
    /// of a portfolio
    #[arg(value_name = "ID|SYMBOL|PORTFOLIO")]
    pub(in crate::cli) name: String,
}

#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(in crate::cli) struct ExplainArgs {
    #[command(subcommand)]
    pub(in crate::cli) what: Explained,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum Explained {
    /// The realized gain of a sale: its proceeds, and where the lots that it sold came from
    ///
    /// Also explains the gain of an exchange by its rule, of a fraction of a share that was paid out, and of
    /// a return of capital that exceeded the cost: everything that `gains` lists, by the id in `sale_id`, in
    /// every portfolio or in the one that --portfolio names.
    #[command(after_help = "Examples:\n  stockbook explain gain 6ba7b810\n  stockbook explain gain 6ba7b810 --in EUR")]
    Gain {
        /// The id of the sale, or of whatever realized the gain: 6 or more of its first characters, or your
        /// own reference
        id: ExternalId,
        #[command(flatten)]
        conversion: ConversionArgs,
    },
    /// What you hold of a stock: every entry, the open lots, and their value
    #[command(after_help = "Examples:\n  stockbook explain holding AAPL\n  \
                            stockbook explain holding AAPL -O csv")]
    Holding {
        /// The stock
        symbol: Symbol,
        #[command(flatten)]
        conversion: ConversionArgs,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PricesArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Rebuild derived data that is wrong, unless facts are wrong too
    #[arg(long)]
    pub(in crate::cli) repair: bool,
    /// List what was checked, even if all is well
    #[arg(short, long)]
    pub(in crate::cli) verbose: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReturnsArgs {
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    /// Only this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// What each row represents [default: every position, portfolio and the total]
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) by: Option<ReturnsLine>,
    /// Compare with a stock that has prices, such as an index fund: the change of its price over the same days
    #[arg(long, value_name = "SYMBOL")]
    pub(in crate::cli) versus: Option<Symbol>,
    /// Show the cash flows that the rates are computed from
    #[arg(long)]
    pub(in crate::cli) flows: bool,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// What a row of the returns is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReturnsLine {
    /// A stock in a portfolio
    Position,
    /// A stock, in all portfolios
    Symbol,
    /// A portfolio
    Portfolio,
    /// Everything together
    Total,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// The format to write
    pub(in crate::cli) format: ExportedAs,
    /// The file to write, as a whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
}

/// What reads the exported data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportedAs {
    /// For a spreadsheet, or another book
    Csv,
    /// For programs
    Json,
    /// For Ledger
    Ledger,
    /// For hledger
    Hledger,
    /// For Beancount
    Beancount,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FormatsArgs {
    /// The format whose table to print
    pub(in crate::cli) name: Option<String>,
}
