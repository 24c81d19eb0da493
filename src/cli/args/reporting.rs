//! What can be typed to see something.

use clap::{Args, ValueEnum};

use crate::cli::dates::DateArg;
use crate::domain::{Symbol, TransactionType, Year};

#[derive(Debug, Args)]
pub(in crate::cli) struct HoldingsArgs {
    /// Closed positions too
    #[arg(long)]
    pub(in crate::cli) all: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TransactionsArgs {
    /// Only of this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) from: Option<DateArg>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
    /// Only of this type: buy, sell, dividend, split, transfer-in or transfer-out
    #[arg(long, value_name = "TYPE")]
    pub(in crate::cli) r#type: Option<TransactionType>,
    /// Only the last N
    #[arg(long, value_name = "N")]
    pub(in crate::cli) tail: Option<u64>,
    /// Voided ones too
    #[arg(long)]
    pub(in crate::cli) all: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct GainsArgs {
    /// Only of sales in this calendar year
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub(in crate::cli) year: Option<Year>,
    /// Only of sales from this day on
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) from: Option<DateArg>,
    /// Only of sales up to this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
    /// Only of this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// What a line is
    #[arg(long, value_name = "WHAT", default_value = "sale")]
    pub(in crate::cli) by: GainsLine,
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
pub(in crate::cli) struct PricesArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) from: Option<DateArg>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Rebuild what is derived and wrong, unless facts are wrong too
    #[arg(long)]
    pub(in crate::cli) repair: bool,
    /// Tell what was looked at, also if all is well
    #[arg(short, long)]
    pub(in crate::cli) verbose: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReturnsArgs {
    /// The first day of the period [default: that of the first money that moved]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) from: Option<DateArg>,
    /// The last day of the period [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
    /// Only of this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// The cash flows that the rates are of
    #[arg(long)]
    pub(in crate::cli) flows: bool,
}
