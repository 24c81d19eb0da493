//! Points in time.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};

use super::plain::Plain;
use super::text::serde_by_text;
use super::{Day, ValueError};

/// A point in time, in UTC with microseconds: `2026-01-31T09:30:00.123456Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// Later than every event.
    pub const LAST: Self = Self(DateTime::<Utc>::MAX_UTC);

    /// The last instant before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        self.0.checked_sub_signed(TimeDelta::microseconds(1)).map_or(self, Self)
    }

    /// The instant as the type of the `chrono` library.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Its day in UTC; `None` if a book cannot hold that day.
    #[must_use]
    pub fn utc_day(self) -> Option<Day> {
        Day::try_from(self.0.date_naive()).ok()
    }

    /// The instant as displayed, without an allocation; `None` in the unusual cases of
    /// [`Plain::of_instant`].
    pub(crate) fn plain(self) -> Option<Plain> {
        Plain::of_instant(self.0)
    }

    /// Refuses an instant that is after `now`.
    ///
    /// # Errors
    /// If the instant is in the future.
    pub fn not_after(self, now: Self) -> Result<Self, ValueError> {
        if self <= now {
            return Ok(self);
        }
        let rule = format!("is in the future; it is {now}");
        Err(ValueError::new("instant", "invalid_instant", &self.to_string(), rule))
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.trunc_subsecs(6))
    }
}

impl FromStr for Instant {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        DateTime::parse_from_rfc3339(text)
            .map(|time| time.with_timezone(&Utc).into())
            .map_err(|_| ValueError::new("instant", "invalid_instant", text, "is not of the form 2026-01-31T09:30:00Z"))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.plain() {
            Some(text) => f.pad(text.as_str()),
            None => f.pad(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true)),
        }
    }
}

serde_by_text!(Instant);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_in_utc_with_microseconds() {
        let instant: Instant = "2026-01-31T10:30:00.5+01:00".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-01-31T09:30:00.500000Z");
        let leap: Instant = "2016-12-31T23:59:60.25Z".parse().unwrap();
        assert_eq!(leap.to_string(), "2016-12-31T23:59:60.250000Z");
        let leap: Instant = "2016-12-31T23:59:60Z".parse().unwrap();
        assert_eq!(leap.to_string(), "2016-12-31T23:59:60.000000Z");
        assert!("2026-01-31 10:30".parse::<Instant>().is_err());
    }

    #[test]
    fn now_is_not_in_the_future_and_a_microsecond_later_is() {
        let now: Instant = "2026-01-31T23:30:00-01:00".parse().unwrap();
        assert_eq!(now.utc_day(), "2026-02-01".parse().ok());
        assert_eq!(now.not_after(now), Ok(now));
        let refused = now.not_after(now.previous()).unwrap_err();
        assert_eq!(refused.rule, "is in the future; it is 2026-02-01T00:29:59.999999Z");
    }

    #[test]
    fn an_instant_before_1970_is_read_as_it_is_written() {
        for (seconds, nanoseconds, text) in [
            (-1, 999_999_999, "1969-12-31T23:59:59.999999Z"),
            (-86_400, 0, "1969-12-31T00:00:00.000000Z"),
            (-62_135_596_800, 1000, "0001-01-01T00:00:00.000001Z"),
        ] {
            let instant = Instant::from(DateTime::from_timestamp(seconds, nanoseconds).unwrap());
            assert_eq!(instant.to_string(), text);
            assert_eq!(text.parse(), Ok(instant));
        }
    }
}
