//! Rates that a report needs and the book does not have.

use std::fmt;

use crate::domain::{Currency, Day};

/// The rates that a report lacks, of at least one currency.
#[derive(Debug)]
pub struct MissingRates {
    /// The currency of the report.
    pub into: Currency,
    /// The maximum age of a rate, in days.
    pub max_rate_age: u16,
    /// What is missing for the first currency.
    pub first: MissingRate,
    /// What is missing for other currencies.
    pub others: Vec<MissingRate>,
    /// The last earlier day for which the first currency has a rate; that one is too old.
    pub latest: Option<Day>,
}

/// The rates that a report lacks for one currency.
#[derive(Debug, Clone, Copy)]
pub struct MissingRate {
    /// The currency to be converted.
    pub from: Currency,
    /// The first day for which there is no rate.
    pub day: Day,
    /// How many figures need a rate that is missing.
    pub figures: u64,
}

impl MissingRates {
    /// How to record the missing rates.
    pub(super) fn hint(&self) -> String {
        let Self { into, max_rate_age, first: MissingRate { from, day, .. }, .. } = self;
        let older = match self.latest {
            Some(latest) => {
                format!("the latest before is of {latest}, which --max-rate-age {} takes", day.days_since(latest))
            }
            None => format!("a rate may be at most {max_rate_age} days old (--max-rate-age)"),
        };
        format!(
            "record one: stockbook update-rate {from} {into} RATE --date {day}; or a file of them with `stockbook \
             import` (the European Central Bank's eurofxref-hist.csv); {older}"
        )
    }
}

impl fmt::Display for MissingRates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rate of {}", self.first.of(self.into))?;
        if self.first.figures > 1 {
            f.write_str(" figures that need one")?;
        }
        self.others.iter().try_for_each(|other| write!(f, "; nor of {}", other.of(self.into)))
    }
}

impl std::error::Error for MissingRates {}

impl MissingRate {
    fn of(&self, into: Currency) -> String {
        let Self { from, day, figures } = self;
        match figures {
            1 => format!("{from}/{into} for {day}"),
            _ => format!("{from}/{into} for {day}, the first of {figures}"),
        }
    }
}
