//! Several days by one name: a year, a quarter, the last thirty days.

use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use super::DateArg;
use crate::domain::{Day, ValueError};

/// A day, or the days of a period, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum SpanArg {
    Day(DateArg),
    /// A number of months from the first day of one: a month, a quarter, a year.
    Months {
        first: Day,
        count: u32,
    },
    /// From the first day of this year until today.
    YearToDate,
    /// The days or months that end today.
    Last(SpanLength),
}

/// How far a period that ends today goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum SpanLength {
    Days(u64),
    Months(u32),
}

impl SpanArg {
    /// The first and the last day.
    pub(in crate::cli) fn days(self, today: Day) -> (Day, Day) {
        let last_before = |next: Option<NaiveDate>| next.map_or(Day::LAST, |next| before(Day::nearest(next)));
        let first_after =
            |last: Option<NaiveDate>| last.and_then(|last| last.succ_opt()).map_or(Day::FIRST, Day::nearest);
        match self {
            Self::Day(date) => (date.day(today), date.day(today)),
            Self::Months { first, count } => {
                let next = first.calendar().checked_add_months(Months::new(count));
                // The last possible period has no day after it.
                let is_cut = next.is_none_or(|next| next > Day::LAST.calendar());
                (first, if is_cut { Day::LAST } else { last_before(next) })
            }
            Self::YearToDate => (first_of(today.year(), 1).unwrap_or(today), today),
            Self::Last(SpanLength::Days(count)) => {
                (first_after(today.calendar().checked_sub_days(Days::new(count))), today)
            }
            Self::Last(SpanLength::Months(count)) => {
                (first_after(today.calendar().checked_sub_months(Months::new(count))), today)
            }
        }
    }

    /// A year, quarter, month or relative period; `None` if it is not one.
    fn period(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("ytd") {
            return Some(Self::YearToDate);
        }
        if let Some(back) = SpanLength::read(text) {
            return Some(Self::Last(back));
        }
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year = year.parse().ok()?;
        let months = |month: u32, count: u32| Some(Self::Months { first: first_of(year, month)?, count });
        match part {
            None => months(1, 12),
            Some("q1" | "Q1") => months(1, 3),
            Some("q2" | "Q2") => months(4, 3),
            Some("q3" | "Q3") => months(7, 3),
            Some("q4" | "Q4") => months(10, 3),
            Some(month) if month.len() == 2 => months(month.parse().ok()?, 1),
            Some(_) => None,
        }
    }
}

impl SpanLength {
    fn read(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let digits = text.strip_suffix(unit)?;
        let count: u32 = digits.parse().ok().filter(|count| *count > 0 && !digits.starts_with('+'))?;
        match unit.to_ascii_lowercase() {
            'd' => Some(Self::Days(u64::from(count))),
            'w' => Some(Self::Days(u64::from(count).saturating_mul(7))),
            'm' => Some(Self::Months(count)),
            'y' => Some(Self::Months(count.checked_mul(12)?)),
            _ => None,
        }
    }
}

fn first_of(year: i32, month: u32) -> Option<Day> {
    NaiveDate::from_ymd_opt(year, month, 1).and_then(|date| Day::try_from(date).ok())
}

fn before(day: Day) -> Day {
    day.previous().unwrap_or(day)
}

const FORMS: &str = "a year, quarter or month as 2024, 2024-q1, 2024-03; ytd, 1y, 6m, 2w or 30d";

impl FromStr for SpanArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if let Some(period) = Self::period(text) {
            return Ok(period);
        }
        let hint = || Some(format!("write it like 2024-01-31, today or yesterday; or {FORMS}"));
        text.parse().map(Self::Day).map_err(|error: ValueError| ValueError { hint: hint(), ..error })
    }
}

/// The days of a period, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct PeriodArg(pub(in crate::cli) SpanArg);

impl FromStr for PeriodArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let no_period = |error: ValueError| ValueError {
            what: "period",
            code: "invalid_period",
            rule: "is no period".to_owned(),
            hint: Some(format!("write {FORMS}, or a day")),
            ..error
        };
        text.parse().map(Self).map_err(no_period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        let (first, last) = text.parse::<SpanArg>().unwrap().days("2024-02-29".parse().unwrap());
        format!("{first} {last}")
    }

    #[test]
    fn a_period_has_a_first_and_a_last_day() {
        for (text, meant) in [
            ("2023", "2023-01-01 2023-12-31"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2023-q1", "2023-01-01 2023-03-31"),
            ("2023-Q4", "2023-10-01 2023-12-31"),
            ("9999", "9999-01-01 9999-12-31"),
            ("ytd", "2024-01-01 2024-02-29"),
            ("1d", "2024-02-29 2024-02-29"),
            ("30d", "2024-01-31 2024-02-29"), // 30 days, the last one included
            ("2w", "2024-02-16 2024-02-29"),
            ("1m", "2024-01-30 2024-02-29"),
            ("1y", "2023-03-01 2024-02-29"), // a year before is 28 February
            ("4000y", "1900-01-01 2024-02-29"),
            ("yesterday", "2024-02-28 2024-02-28"),
            ("2024-01-31", "2024-01-31 2024-01-31"),
        ] {
            assert_eq!(days(text), meant, "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused_by_name() {
        for text in ["2024-13", "2024-q5", "0d", "-1d", "1x", "1899", "24", "", "d", "2024-", "+1y", "99999999999y"] {
            let error = text.parse::<PeriodArg>().unwrap_err();
            assert_eq!((error.code, error.to_string()), ("invalid_period", format!("period `{text}` is no period")));
        }
        let error = "2024-13".parse::<SpanArg>().unwrap_err();
        assert_eq!(error.code, "invalid_date");
    }
}
