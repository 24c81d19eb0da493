//! The days of a report, as they are typed.

use clap::Args;

use crate::app::AppError;
use crate::cli::dates::{DateArg, PeriodArg, SpanArg};
use crate::domain::Day;

// The first and the last day, or a period, for reports that can be limited to some days.
#[derive(Debug, Clone, Copy, Args)]
pub(in crate::cli) struct RangeArgs {
    /// Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024
    #[arg(short = 'b', long, visible_alias = "begin", value_name = "DATE")]
    from: Option<SpanArg>,
    /// Only up to this day, or to the last day of a month, quarter or year
    #[arg(long, value_name = "DATE")]
    to: Option<SpanArg>,
    /// Only before this day, as in hledger
    #[arg(short = 'e', long, value_name = "DATE", conflicts_with = "to")]
    end: Option<SpanArg>,
    /// Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["from", "to", "end"])]
    period: Option<PeriodArg>,
}

/// The first and the last day of a report; `None` does not restrict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct Range {
    pub(in crate::cli) from: Option<Day>,
    pub(in crate::cli) to: Option<Day>,
}

impl RangeArgs {
    /// The days.
    ///
    /// # Errors
    /// If the first is after the last, or if a period has not begun yet.
    pub(in crate::cli) fn resolve(&self, today: Day) -> Result<Range, AppError> {
        if let Some(PeriodArg(span)) = self.period {
            let (from, to) = span.days(today);
            return Ok(Range { from: Some(from.not_after(today).map_err(AppError::Value)?), to: Some(to.min(today)) });
        }
        let from = self.from.map(|span| span.days(today).0);
        let to = self.to.map(|span| span.days(today).1);
        let end = self.end.map(|span| span.days(today).0);
        if let Some((first, end)) = from.zip(end).filter(|(first, end)| first >= end) {
            return Err(misplaced(format!("--from {first} is not before --end {end}")));
        }
        if let Some((first, last)) = from.zip(to).filter(|(first, last)| first > last) {
            return Err(misplaced(format!("--from {first} is after --to {last}")));
        }
        // Nothing happens before the first day that there is, nor on it.
        Ok(Range { from, to: to.or(end.map(|end| end.previous().unwrap_or(end))) })
    }
}

/// The first and the last day of what is to be removed: a single day, or all days up to another.
///
/// # Errors
/// If a day is in the future, or if the first is after the last.
pub(in crate::cli) fn past_days(date: DateArg, to: Option<DateArg>, today: Day) -> Result<[Day; 2], AppError> {
    let first = date.past_day(today)?;
    let last = to.map_or(Ok(first), |to| to.past_day(today))?;
    if last < first { Err(misplaced(format!("{first} is after --to {last}"))) } else { Ok([first, last]) }
}

fn misplaced(message: String) -> AppError {
    AppError::Usage { code: "invalid_range", message, hint: "swap the two".to_owned() }
}
