//! Calendar days.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

use super::ValueError;
use super::plain::Plain;
use super::text::deserialize_by_text;

/// A calendar day, written `YYYY-MM-DD`, from 1900-01-01 to 9999-12-31.
///
/// A trade date has no time zone: a trade belongs to the day that its statement gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    const FIRST_YEAR: i32 = 1900;
    const LAST_YEAR: i32 = 9999;

    /// 1900-01-01.
    pub const FIRST: Self = match NaiveDate::from_ymd_opt(Self::FIRST_YEAR, 1, 1) {
        Some(date) => Self(date),
        None => Self(NaiveDate::MIN),
    };

    /// 9999-12-31.
    pub const LAST: Self = match NaiveDate::from_ymd_opt(Self::LAST_YEAR, 12, 31) {
        Some(date) => Self(date),
        None => Self(NaiveDate::MAX),
    };

    pub(super) const CODE: &'static str = "invalid_date";

    /// The day with this date; the first or last possible day for one out of range.
    #[must_use]
    pub fn nearest(date: NaiveDate) -> Self {
        Self(date).clamp(Self::FIRST, Self::LAST)
    }

    /// The day before; 1900-01-01 has none.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.0.pred_opt().and_then(|date| Self::try_from(date).ok())
    }

    /// The day after; 9999-12-31 has none.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.0.succ_opt().and_then(|date| Self::try_from(date).ok())
    }

    /// The same day a number of months earlier, or the last day of that month if it is shorter;
    /// 1900-01-01 at the earliest.
    #[must_use]
    pub fn months_before(self, months: u32) -> Self {
        self.0.checked_sub_months(Months::new(months)).map_or(Self::FIRST, Self::nearest)
    }

    /// The day a number of days earlier; 1900-01-01 at the earliest.
    #[must_use]
    pub fn days_before(self, days: u16) -> Self {
        self.0.checked_sub_days(chrono::Days::new(days.into())).map_or(Self::FIRST, Self::nearest)
    }

    /// Refuses a day that is after `today`.
    ///
    /// # Errors
    /// If the day is in the future.
    pub fn not_after(self, today: Self) -> Result<Self, ValueError> {
        if self <= today {
            return Ok(self);
        }
        let rule = format!("is in the future; today is {today}");
        Err(ValueError::new("date", Self::CODE, &self.to_string(), rule))
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The day as the date type of the `chrono` library.
    #[must_use]
    pub fn calendar(self) -> NaiveDate {
        self.0
    }

    /// Days from an earlier day to this one; negative if that day is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// The day as displayed, without an allocation.
    #[must_use]
    pub fn plain(self) -> Plain {
        Plain::of_day(self.0.year(), self.0.month(), self.0.day())
    }
}

/// A calendar year within the range of [`Day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(i32);

impl Year {
    /// Its number.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Day {
        NaiveDate::from_ymd_opt(self.0, 1, 1).map_or(Day::LAST, Day)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        NaiveDate::from_ymd_opt(self.0, 12, 31).map_or(Day::LAST, Day)
    }
}

impl FromStr for Year {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let rule = format!("is not a year from {} to {}", Day::FIRST_YEAR, Day::LAST_YEAR);
        let day: Result<Day, ValueError> = format!("{text}-01-01").parse();
        day.map(|day| Self(day.year())).map_err(|_| ValueError::new("year", "invalid_year", text, rule))
    }
}

impl TryFrom<NaiveDate> for Day {
    type Error = ValueError;

    fn try_from(date: NaiveDate) -> Result<Self, ValueError> {
        if (Self::FIRST_YEAR..=Self::LAST_YEAR).contains(&date.year()) {
            return Ok(Self(date));
        }
        let rule = format!("is outside the years {} to {}", Self::FIRST_YEAR, Self::LAST_YEAR);
        Err(ValueError::new("date", Self::CODE, &date.to_string(), rule))
    }
}

impl FromStr for Day {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| ValueError::new("date", Self::CODE, text, rule);
        let number = |digits: &[u8]| {
            let digit = |byte: &u8| char::from(*byte).to_digit(10);
            digits.iter().try_fold(0_u32, |number, byte| Some(number.saturating_mul(10).saturating_add(digit(byte)?)))
        };
        let (year, month, day) = match text.as_bytes() {
            [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 => {
                (number(y), number(&[*m1, *m2]), number(&[*d1, *d2]))
            }
            _ => (None, None, None),
        };
        let (Some(year), Some(month), Some(day)) = (year, month, day) else {
            return Err(refuse("is not of the form YYYY-MM-DD"));
        };
        let year = i32::try_from(year).map_err(|_| refuse("is not in the calendar"))?;
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| refuse("is not in the calendar"))?;
        Self::try_from(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.plain().as_str())
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.plain().as_str())
    }
}

deserialize_by_text!(Day);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_the_iso_form_are_days() {
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
        for bad in [
            "2024-02-30",
            "2023-02-29",
            "0000-01-01",
            "1899-12-31",
            "2024-2-3",
            "03/04/2024",
            "24-01-01",
            "02024-01-01",
            "2024-01-01T00:00",
            "２024-01-01",
            "",
        ] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_date_out_of_range_is_nearest_to_the_first_or_the_last_day() {
        let nearest = |year| NaiveDate::from_ymd_opt(year, 7, 1).map(|date| Day::nearest(date).to_string()).unwrap();
        assert_eq!(
            [-5, 1899, 1969, 9999, 10_000].map(nearest),
            ["1900-01-01", "1900-01-01", "1969-07-01", "9999-07-01", "9999-12-31"]
        );
    }

    #[test]
    fn months_before_a_day_are_those_of_the_calendar() {
        let before = |day: &str, months| day.parse::<Day>().unwrap().months_before(months).to_string();
        assert_eq!(before("2024-03-31", 1), "2024-02-29");
        assert_eq!(before("2024-02-29", 12), "2023-02-28");
        assert_eq!(before("1900-05-01", 12), "1900-01-01");
    }

    #[test]
    fn tomorrow_is_refused_by_name() {
        let (today, tomorrow): (Day, Day) = ("2024-01-31".parse().unwrap(), "2024-02-01".parse().unwrap());
        assert_eq!(tomorrow.previous(), Some(today));
        assert_eq!(today.not_after(today), Ok(today));
        let error = tomorrow.not_after(today).unwrap_err();
        assert_eq!(error.to_string(), "date `2024-02-01` is in the future; today is 2024-01-31");
    }

    #[test]
    fn a_year_has_four_digits_and_goes_from_its_first_day_to_its_last() {
        let year: Year = "2024".parse().unwrap();
        assert_eq!([year.first_day(), year.last_day()].map(|day| day.to_string()), ["2024-01-01", "2024-12-31"]);
        for text in ["24", "1899", "20244", "+204", "abcd", ""] {
            assert_eq!(text.parse::<Year>().unwrap_err().code, "invalid_year", "{text}");
        }
    }
}
