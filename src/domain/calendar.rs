//! Years, quarters and months.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

use super::Day;

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalendarUnit {
    /// Twelve months, from January.
    Year,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A month.
    Month,
}

/// A year, quarter or month: written `2024`, `2024-q1` or `2024-03`, as it can be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarPeriod {
    /// Its first day.
    first: Day,
    /// Its unit.
    unit: CalendarUnit,
}

impl CalendarUnit {
    fn months(self) -> u32 {
        match self {
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month => 1,
        }
    }
}

impl CalendarPeriod {
    /// The period that contains a day.
    #[must_use]
    pub fn of(day: Day, unit: CalendarUnit) -> Self {
        let date = day.calendar();
        let into = date.month0().checked_rem(unit.months()).unwrap_or_default();
        let month = date.month().saturating_sub(into);
        let first = NaiveDate::from_ymd_opt(date.year(), month, 1).map_or(day, Day::nearest);
        Self { first, unit }
    }

    /// The next period; `None` after the last day.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let next = self.last().next()?;
        Some(Self { first: next, unit: self.unit })
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Day {
        let months = chrono::Months::new(self.unit.months());
        let next = self.first.calendar().checked_add_months(months);
        next.and_then(|next| next.pred_opt()).map_or(Day::LAST, Day::nearest)
    }
}

impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first.calendar();
        let text = match self.unit {
            CalendarUnit::Year => format!("{:04}", date.year()),
            CalendarUnit::Quarter => format!("{:04}-q{}", date.year(), date.quarter()),
            CalendarUnit::Month => format!("{:04}-{:02}", date.year(), date.month()),
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(day: &str, unit: CalendarUnit) -> CalendarPeriod {
        CalendarPeriod::of(day.parse().unwrap(), unit)
    }

    #[test]
    fn a_day_is_in_one_period_of_each_kind() {
        let described = |period: CalendarPeriod| format!("{period} {} {}", period.first(), period.last());
        assert_eq!(described(of("2024-02-29", CalendarUnit::Year)), "2024 2024-01-01 2024-12-31");
        assert_eq!(described(of("2024-06-30", CalendarUnit::Quarter)), "2024-q2 2024-04-01 2024-06-30");
        assert_eq!(described(of("2024-02-01", CalendarUnit::Month)), "2024-02 2024-02-01 2024-02-29");
    }

    #[test]
    fn periods_follow_on_each_other_up_to_the_last_day() {
        let next = |day: &str, unit| of(day, unit).next().map(|period| period.to_string());
        assert_eq!(next("2024-12-31", CalendarUnit::Month).unwrap(), "2025-01");
        assert_eq!(next("2024-11-01", CalendarUnit::Quarter).unwrap(), "2025-q1");
        assert_eq!(next("2023-07-01", CalendarUnit::Year).unwrap(), "2024");
        assert_eq!(next("9999-12-01", CalendarUnit::Month), None);
        assert_eq!(of("9999-12-01", CalendarUnit::Year).last(), Day::LAST);
    }
}
