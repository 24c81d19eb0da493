//! What can be typed to see something.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use crate::cli::dates::{DateArg, MomentArg};
use crate::domain::{ExternalId, Symbol, TransactionType, Year};

#[derive(Debug, Args)]
pub(in crate::cli) struct HoldingsArgs {
    /// Closed positions too
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// As things stood at the end of this day, with the price known on it
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<DateArg>,
    /// What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later
    /// entries and corrections
    #[arg(long, value_name = "INSTANT")]
    pub(in crate::cli) known_on: Option<MomentArg>,
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
    /// What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later
    /// entries and corrections
    #[arg(long, value_name = "INSTANT")]
    pub(in crate::cli) known_on: Option<MomentArg>,
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
    /// A record's id, 6 or more of its first characters, or the reference that you gave; or a stock's symbol; or a
    /// portfolio's name
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
pub(in crate::cli) enum Explained {
    /// The realized gain of a sale: its proceeds, and the lots with what had become of them before
    #[command(after_help = "Example:\n  stockbook explain gain 6ba7b810")]
    Gain {
        /// The sale's id, 6 or more of its first characters, or the reference that you gave
        id: ExternalId,
    },
    /// What is held of a stock: every entry, the open lots, and what they are worth
    #[command(after_help = "Examples:\n  stockbook explain holding AAPL\n  \
                            stockbook explain holding AAPL -O csv")]
    Holding {
        /// The stock
        symbol: Symbol,
    },
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

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// Who is to read it
    pub(in crate::cli) format: ExportedAs,
    /// Into this file, which is there as a whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// In place of the file that is there
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) from: Option<DateArg>,
    /// Only up to this day
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
}

/// Who reads what is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportedAs {
    /// A spreadsheet, or another book
    Csv,
    /// A program
    Json,
    /// Ledger
    Ledger,
    /// hledger
    Hledger,
    /// Beancount
    Beancount,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FormatsArgs {
    /// The format whose table is printed
    pub(in crate::cli) name: Option<String>,
}
