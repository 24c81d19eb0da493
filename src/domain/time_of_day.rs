//! Times of day.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::ValueError;
use super::plain::Plain;
use super::text::deserialize_by_text;

/// A time of day as given on a statement, to the second: `09:30:00`. It orders the trades of a day and
/// has no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
}

impl TimeOfDay {
    /// The time with these parts; a leap second becomes the second before it.
    #[must_use]
    pub fn of(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let is_one = hour < 24 && minute < 60 && second <= 60;
        is_one.then_some(Self { hour, minute, second: second.min(59) })
    }

    /// The time as displayed, without an allocation.
    #[must_use]
    pub fn plain(self) -> Plain {
        Plain::of_time(self.hour, self.minute, self.second)
    }
}

impl FromStr for TimeOfDay {
    type Err = ValueError;

    /// Parses `HH:MM` or `HH:MM:SS`; the hour may have one digit, and fractions of a second are discarded.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let read = || {
            let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
            let mut parts = clock.split(':');
            let hour = parts.next().and_then(|hour| digits(hour, 1..=2))?;
            let mut next = || parts.next().map(|part| digits(part, 2..=2));
            let (minute, second) = (next()??, next());
            // Only seconds can have fractions.
            if parts.next().is_some() || (second.is_none() && clock.len() != text.len()) {
                return None;
            }
            let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
            Self::of(hour, minute, second.unwrap_or(Some(0))?).filter(|_| is_fraction)
        };
        read().ok_or_else(|| ValueError {
            hint: Some("write it like 09:30 or 15:31:07".to_owned()),
            ..ValueError::new("time", "invalid_time", text, "is not a time of day of the form HH:MM or HH:MM:SS")
        })
    }
}

fn digits(part: &str, count: RangeInclusive<usize>) -> Option<u8> {
    let is_number = count.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { part.parse().ok() } else { None }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.plain().as_str())
    }
}

impl serde::Serialize for TimeOfDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.plain().as_str())
    }
}

deserialize_by_text!(TimeOfDay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_hours_and_minutes_and_perhaps_seconds_whose_fractions_are_cut() {
        for (text, shown) in [
            ("09:30", "09:30:00"),
            ("9:30", "09:30:00"),
            ("9:30:07", "09:30:07"),
            ("15:31:07", "15:31:07"),
            ("23:59:59.999999", "23:59:59"),
            ("23:59:60", "23:59:59"),
            ("00:00", "00:00:00"),
        ] {
            assert_eq!(text.parse::<TimeOfDay>().unwrap().to_string(), shown);
        }
        for bad in [
            "",
            "9:3",
            "009:30",
            ":30",
            "24:00",
            "12:60",
            "12:30:61",
            "12",
            "12:30:00:00",
            "12:30.5",
            "12:30:",
            "12:30:00.",
            "-1:30",
            "１2:30",
        ] {
            assert_eq!(bad.parse::<TimeOfDay>().unwrap_err().code, "invalid_time", "{bad}");
        }
    }

    #[test]
    fn times_are_in_the_order_of_the_clock() {
        let times = ["09:05:59", "09:31", "15:00", "15:00:01"].map(|text| text.parse::<TimeOfDay>().unwrap());
        assert!(times.is_sorted());
    }
}
