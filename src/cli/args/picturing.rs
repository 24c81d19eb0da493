//! What can be typed to see how something is divided, or how it developed.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum, ValueHint};

use super::{ConversionArgs, RangeArgs};
use crate::cli::dates::DateArg;
use crate::domain::{Percentage, Symbol, ValueError};
use crate::formats::typed;

#[derive(Debug, Args)]
pub(in crate::cli) struct DividendsArgs {
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    /// Only this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// What each row represents
    #[arg(long, value_name = "WHAT", default_value = "payment")]
    pub(in crate::cli) by: DividendsLine,
    /// Add a total for each currency after the rows (JSON and CSV; a table always has it)
    #[arg(long)]
    pub(in crate::cli) totals: bool,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// What a line of the dividends is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DividendsLine {
    /// A payment
    Payment,
    /// A stock
    Symbol,
    /// A calendar year
    Year,
    /// A quarter
    Quarter,
    /// A month
    Month,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AllocationArgs {
    /// What to divide by
    #[arg(long, value_name = "WHAT", default_value = "stock")]
    pub(in crate::cli) by: AllocationParts,
    /// Add a total for each currency after the rows (JSON and CSV; a table always has it)
    #[arg(long)]
    pub(in crate::cli) totals: bool,
    /// The percentage that a part should have; may be repeated
    #[arg(long, value_name = "NAME=PERCENT", value_hint = ValueHint::Other)]
    pub(in crate::cli) target: Vec<TargetArg>,
    /// As of the end of this day, at the latest price on or before it
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<DateArg>,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// What a part of the whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AllocationParts {
    /// A stock, in all portfolios
    Stock,
    /// A sector
    Sector,
    /// An industry
    Industry,
    /// A currency
    Currency,
    /// A portfolio
    Portfolio,
}

/// A name and a percentage, as `Technology=40`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct TargetArg {
    pub(in crate::cli) name: String,
    pub(in crate::cli) percentage: Percentage,
}

impl FromStr for TargetArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| ValueError {
            hint: Some("write it like Technology=40".to_owned()),
            ..ValueError::new("target", "invalid_target", text, rule)
        };
        let (name, percent) = text.rsplit_once('=').ok_or_else(|| refuse("is not of the form NAME=PERCENT"))?;
        let percentage = typed::percentage(percent.trim()).map_err(|error| match error.hint {
            None => refuse("has no plain number after the ="),
            hint => ValueError { hint, ..ValueError::new("target", "invalid_target", text, error.rule) },
        })?;
        let hundred: Percentage = "100".parse()?;
        if name.trim().is_empty() || percentage.is_negative() || percentage > hundred {
            return Err(refuse("is not a name with a share from 0 to 100"));
        }
        Ok(Self { name: name.trim().to_owned(), percentage })
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PerformanceArgs {
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    /// Only this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// What each row represents
    #[arg(long, value_name = "WHAT", default_value = "year")]
    pub(in crate::cli) by: CalendarUnitArg,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CalendarUnitArg {
    /// A calendar year
    Year,
    /// A quarter
    Quarter,
    /// A month
    Month,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ChartArgs {
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    /// Only this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// Which days have figures: the first, the last and each of these [default: chosen so that there are
    /// about twelve]
    #[arg(long, value_name = "WHAT")]
    pub(in crate::cli) by: Option<ChartStep>,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}

/// Which days have figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChartStep {
    /// The last day of each year
    Year,
    /// The last day of each quarter
    Quarter,
    /// The last day of each month
    Month,
    /// Each day
    Day,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArgs {
    /// The file to write, as a whole or not at all; - is standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) html: PathBuf,
    /// Replace an existing file
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
    #[command(flatten)]
    pub(in crate::cli) conversion: ConversionArgs,
}
