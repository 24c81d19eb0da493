//! Rates that a report needs and a book does not have.

use std::fmt;

use crate::domain::{Currency, Day};

/// The rates that a report lacks, of at least one currency.
#[derive(Debug)]
pub struct MissingRates {
    /// The currency of the report.
    pub into: Currency,
    /// Days that a rate may be old.
    pub max_rate_age: u16,
    /// What is missing of the first currency.
    pub first: MissingRate,
    /// What is missing of others.
    pub others: Vec<MissingRate>,
    /// The last day before for which the first currency has a rate that is too old.
    pub latest: Option<Day>,
}

/// The rates that a report lacks of a currency.
#[derive(Debug, Clone, Copy)]
pub struct MissingRate {
    /// The currency to be converted.
    pub from: Currency,
    /// The first day for which there is none.
    pub day: Day,
    /// How many figures need one that is missing.
    pub figures: u64,
}

impl MissingRates {
    /// The ways out.
    pub(super) fn hint(&self) -> String {
        let Self { into, max_rate_age, first: MissingRate { from, day, .. }, .. } = self;
        let older = match self.latest {
            Some(latest) => {
                format!("the latest before is of {latest}, which --max-rate-age {} takes", day.days_since(latest))
            }
            None => format!("a rate may be {max_rate_age} days old (--max-rate-age)"),
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
