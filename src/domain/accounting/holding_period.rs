//! How long shares were held.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::domain::Day;

/// Whether a gain is short-term or long-term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Held for one year or less.
    Short,
    /// Held for more than one year.
    Long,
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Short => "short",
            Self::Long => "long",
        })
    }
}

/// The time from the day of acquisition to the day of sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldingPeriod {
    /// The day of acquisition.
    pub acquired_on: Day,
    /// The day of sale.
    pub sold_on: Day,
}

impl HoldingPeriod {
    /// The number of days from the acquisition to the sale.
    #[must_use]
    pub fn days(self) -> i64 {
        self.sold_on.calendar().signed_duration_since(self.acquired_on.calendar()).num_days()
    }

    /// Long-term if held for more than one year, counted from the day after the acquisition, the
    /// day of the sale included (IRS Publication 550, "Holding Period").
    #[must_use]
    pub fn term(self) -> Term {
        let is_long = self.first_long_day().is_some_and(|first| self.sold_on.calendar() >= first);
        if is_long { Term::Long } else { Term::Short }
    }

    /// Days from the sale to the first on which its gain would be long-term; `None` if it is.
    #[must_use]
    pub fn days_until_long_term(self) -> Option<i64> {
        let days = self.first_long_day()?.signed_duration_since(self.sold_on.calendar()).num_days();
        (days > 0).then_some(days)
    }

    fn first_long_day(self) -> Option<NaiveDate> {
        let first = self.acquired_on.next().unwrap_or(Day::LAST).calendar();
        let year = first.year().saturating_add(1);
        // After a period that begins on 29 February, the next one begins on 1 March.
        first.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(acquired_on: &str, sold_on: &str) -> Term {
        HoldingPeriod { acquired_on: acquired_on.parse().unwrap(), sold_on: sold_on.parse().unwrap() }.term()
    }

    #[test]
    fn a_year_to_the_day_is_short_and_a_day_more_is_long() {
        // Publication 550: bought February 5, sold February 5 a year later: not more than one year.
        assert_eq!(term("2023-02-05", "2024-02-05"), Term::Short);
        assert_eq!(term("2023-02-05", "2024-02-06"), Term::Long);
    }

    #[test]
    fn leap_days_neither_add_nor_take_a_day() {
        for (acquired_on, last_short_day, first_long_day) in [
            ("2019-02-28", "2020-02-29", "2020-03-01"),
            ("2020-02-28", "2021-02-28", "2021-03-01"),
            ("2020-02-29", "2021-02-28", "2021-03-01"),
            ("2023-12-31", "2024-12-31", "2025-01-01"),
        ] {
            assert_eq!(term(acquired_on, last_short_day), Term::Short, "{acquired_on}");
            assert_eq!(term(acquired_on, first_long_day), Term::Long, "{acquired_on}");
        }
    }

    #[test]
    fn the_days_that_are_missing_to_a_long_term_are_counted() {
        let period = |acquired_on: &str, sold_on: &str| HoldingPeriod {
            acquired_on: acquired_on.parse().unwrap(),
            sold_on: sold_on.parse().unwrap(),
        };
        assert_eq!(period("2023-02-05", "2024-02-05").days_until_long_term(), Some(1));
        assert_eq!(period("2023-02-05", "2024-02-06").days_until_long_term(), None);
    }

    #[test]
    fn days_are_counted_between_the_dates() {
        let period =
            HoldingPeriod { acquired_on: "2024-02-28".parse().unwrap(), sold_on: "2024-03-01".parse().unwrap() };
        assert_eq!(period.days(), 2);
    }
}
