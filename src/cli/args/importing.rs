//! What can be typed to import files.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum, ValueHint};

use crate::app::import::Similar;
use crate::app::import::file::{ColumnMapping, DateFormat, TimeZone};
use crate::cli::dates::DateArg;
use crate::domain::{Currency, Figure, Symbol, ValueError};
use crate::formats::typed;
use crate::formats::{DecimalMark, MapAction, MapColumn, MapSymbol};

/// The long help of `import`.
pub(super) const IMPORT: &str = "\
Import trades and prices from files, all or nothing.

The exports of many brokers and programs are read as they are; `stockbook formats` lists them. StockBook's own tables
are CSV files whose first line names the columns, in any order and any case, separated by commas, semicolons or tabs.

Trades: date, action, symbol, quantity, price; optionally time, fee, portfolio, note, id, currency, lot, as_of, and
amount (the total before fees) instead of price. The action is buy, sell, opening (a lot held from before, at its own
date and cost; as_of is the day on which it had this quantity), dividend (the total before taxes is in amount) or
split (the ratio is in quantity, as 4:1). The lot of a sale names the purchases to sell from, as ID:QUANTITY,
separated by blanks.

Prices: date, symbol, price; or, with --symbol, one stock's file with date and close.

All files are recorded together, in the order of their dates; if a row is refused, every bad row is listed and
nothing is recorded. Importing a file again records only what is new: a row with an id is recognized by it, a row
without one by its content. See stockbook-import(5).";

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// Files to import; - is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) additions: AdditionArgs,
    /// The stock, for price files that have no symbol column
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    #[command(flatten)]
    pub(in crate::cli) format: FormatArgs,
    /// How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime
    #[arg(long, value_name = "FORMAT")]
    pub(in crate::cli) date_format: Option<DateFormat>,
    /// The prices are adjusted for all splits up to this day [default: today]
    #[arg(long, value_name = "DATE", num_args = 0..=1, require_equals = true, default_missing_value = "today", conflicts_with = "unadjusted")]
    pub(in crate::cli) adjusted: Option<DateArg>,
    /// The prices are those paid on their days, not adjusted for later splits
    #[arg(long)]
    pub(in crate::cli) unadjusted: bool,
    /// Record equal rows of several files as separate transactions
    #[arg(long)]
    pub(in crate::cli) distinct: bool,
    /// What to do with rows similar to a transaction in the book: skip them as the same, or record them too
    /// [default: refuse them]
    #[arg(long, value_name = "skip|record", hide_possible_values = true)]
    pub(in crate::cli) similar: Option<SimilarArg>,
    /// The time zone, such as Europe/Berlin, to which times with an offset from UTC are converted [default:
    /// as they are written]
    #[arg(long, value_name = "ZONE")]
    pub(in crate::cli) time_zone: Option<TimeZone>,
}

// The format of a file, and the meaning of its words.
#[derive(Debug, Args)]
pub(in crate::cli) struct FormatArgs {
    /// The format of the files, instead of recognizing it; `stockbook formats` lists them
    #[arg(long, value_name = "NAME", conflicts_with = "mapping")]
    pub(in crate::cli) format: Option<String>,
    /// A file that describes the format, like the ones `stockbook formats <NAME>` prints
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) mapping: Option<PathBuf>,
    /// The header that the file uses for one of our columns, such as price=Kurs
    #[arg(long, value_name = "COLUMN=HEADER")]
    pub(in crate::cli) map: Vec<ColumnMap>,
    /// The action that a word of the file stands for, such as Kauf=buy
    #[arg(long, value_name = "WORD=ACTION")]
    pub(in crate::cli) map_action: Vec<MapAction>,
    /// The symbol of a stock that the file names differently, such as US0378331005=AAPL
    #[arg(long, value_name = "NAME=SYMBOL")]
    pub(in crate::cli) map_symbol: Vec<MapSymbol>,
    /// The decimal mark of the file, if its numbers leave that open
    #[arg(long, value_name = ".|,", hide_possible_values = true)]
    pub(in crate::cli) decimal: Option<DecimalArg>,
    /// Leave out rows that are unknown to the format, and list them
    #[arg(long)]
    pub(in crate::cli) skip_unknown: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReconcileArgs {
    /// The file; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: PathBuf,
    /// Compare with the book as of the end of this day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<DateArg>,
    /// The number of shares by which they may differ
    #[arg(long, value_name = "SHARES", default_value = "0.0005", allow_negative_numbers = true, value_parser = typed::tolerance)]
    pub(in crate::cli) tolerance: Figure,
    /// Record the file's prices as those of that day
    #[arg(long)]
    pub(in crate::cli) prices: bool,
    /// The symbol of a stock that the file names differently, such as US0378331005=AAPL
    #[arg(long, value_name = "NAME=SYMBOL")]
    pub(in crate::cli) map_symbol: Vec<MapSymbol>,
}

/// The name of one of our columns in a file.
#[derive(Debug, Clone)]
pub(in crate::cli) struct ColumnMap {
    pub(in crate::cli) column: MapColumn,
    /// The same mapping for our own tables, if these have the column.
    pub(in crate::cli) own: Option<ColumnMapping>,
}

impl FromStr for ColumnMap {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Ok(Self { column: text.parse()?, own: text.parse().ok() })
    }
}

/// The decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DecimalArg {
    /// 1,234.5
    #[value(name = ".")]
    Point,
    /// 1.234,5
    #[value(name = ",")]
    Comma,
}

impl From<DecimalArg> for DecimalMark {
    fn from(arg: DecimalArg) -> Self {
        match arg {
            DecimalArg::Point => Self::Point,
            DecimalArg::Comma => Self::Comma,
        }
    }
}

// What an import is allowed to add.
#[derive(Debug, Args)]
pub(in crate::cli) struct AdditionArgs {
    /// Add unknown symbols as stocks, named like their symbol if the file has no names
    #[arg(long)]
    pub(in crate::cli) add_stocks: bool,
    /// Add unknown portfolios
    #[arg(long)]
    pub(in crate::cli) add_portfolios: bool,
    /// Record each trade's price as the price of its day, if the book has none
    #[arg(long)]
    pub(in crate::cli) trade_prices: bool,
    /// Add the opening lots that are missing, according to a file of what is held now: symbol, quantity and,
    /// if known, the cost basis
    #[arg(long, value_name = "POSITIONS", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) opening: Option<PathBuf>,
    /// The currency of new stocks, if the file does not state it [default: USD, but none for brokers' files]
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) currency: Option<Currency>,
}

/// What to do with similar rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SimilarArg {
    /// They are what the book has
    Skip,
    /// They are recorded
    Record,
}

impl From<SimilarArg> for Similar {
    fn from(arg: SimilarArg) -> Self {
        match arg {
            SimilarArg::Skip => Self::Skip,
            SimilarArg::Record => Self::Record,
        }
    }
}
