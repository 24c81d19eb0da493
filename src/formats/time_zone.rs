//! Time zones.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::domain::{ValueError, excerpt};

/// A time zone by its name in the IANA database: `America/New_York`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeZone(Tz);

impl TimeZone {
    /// What calendar and clock show there.
    pub(crate) fn local(self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.0).naive_local()
    }
}

impl FromStr for TimeZone {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(text));
        found.map(|zone| Self(*zone)).ok_or_else(|| ValueError {
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
        f.pad(self.0.name())
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
        // Daylight saving time had begun the day before: four hours behind.
        assert_eq!(zone.local(instant).to_string(), "2024-03-10 22:30:00");
        for bad in ["", "Mars/Olympus", "+02:00", "EDT4"] {
            assert_eq!(bad.parse::<TimeZone>().unwrap_err().code, "invalid_time_zone", "{bad}");
        }
    }
}
