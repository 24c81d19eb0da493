//! Days, periods and instants as they are typed.

mod span;

use std::str::FromStr;

use chrono::{Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::app::AppError;
use crate::domain::{Day, Instant, ValueError, excerpt};

pub(super) use span::{PeriodArg, SpanArg};

/// A day as typed: `today`, `yesterday`, `YYYY-MM-DD`, or another unambiguous form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateArg {
    Today,
    Yesterday,
    On(Day),
}

impl FromStr for DateArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "today" => Ok(Self::Today),
            "yesterday" => Ok(Self::Yesterday),
            other => {
                let usual = || "write it like 2024-01-31, or today or yesterday".to_owned();
                let hint = || Some(readings(other).unwrap_or_else(usual));
                let day = other.parse().or_else(|error: ValueError| loosely(other).unwrap_or(Err(error)));
                day.map(Self::On).map_err(|error| ValueError { hint: hint(), value: excerpt(other), ..error })
            }
        }
    }
}

/// A day in another unambiguous form: `2024-1-2`, `2024/01/02`, `20240102`, `2 Jan 2024`.
fn loosely(text: &str) -> Option<Result<Day, ValueError>> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let formats: &[&str] = match text.len() {
        8 if is_digits(text) => &["%Y%m%d"],
        _ if is_digits(text) => &[],
        _ if text.get(..4).is_some_and(is_digits) => &["%Y-%m-%d", "%Y/%m/%d"],
        _ => &["%d %B %Y", "%d-%B-%Y"],
    };
    let dates = formats.iter().filter_map(|format| NaiveDate::parse_from_str(text, format).ok());
    dates.map(Day::try_from).next()
}

/// How to write a date whose year comes last: as each of the days that it can mean.
fn readings(text: &str) -> Option<String> {
    let parts = text.replace(['.', '-'], "/");
    // With dots, the day always comes first.
    let formats: &[&str] = if text.contains('.') { &["%d/%m/%Y"] } else { &["%m/%d/%Y", "%d/%m/%Y"] };
    let read = |format: &&str| Day::try_from(NaiveDate::parse_from_str(&parts, format).ok()?).ok();
    let mut days: Vec<String> = formats.iter().filter_map(read).map(|day| day.to_string()).collect();
    days.dedup();
    (!days.is_empty()).then(|| format!("write it as {}", days.join(" or ")))
}

impl DateArg {
    /// The day.
    pub(super) fn day(self, today: Day) -> Day {
        match self {
            Self::Today => today,
            Self::Yesterday => today.previous().unwrap_or(today),
            Self::On(day) => day,
        }
    }

    /// The day, which must not be in the future.
    pub(super) fn past_day(self, today: Day) -> Result<Day, AppError> {
        self.day(today).not_after(today).map_err(AppError::Value)
    }
}

/// The day, if given, which must not be in the future.
pub(super) fn past_day(date: Option<DateArg>, today: Day) -> Result<Option<Day>, AppError> {
    date.map(|date| date.past_day(today)).transpose()
}

/// An instant, or a day that represents its beginning or its end in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MomentArg {
    At(Instant),
    Day(DateArg),
}

impl FromStr for MomentArg {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if text.contains(':') { text.parse().map(Self::At) } else { text.parse().map(Self::Day) }
    }
}

impl MomentArg {
    /// The day, or that of the instant in UTC.
    pub(super) fn day(self, today: Day) -> Day {
        match self {
            Self::At(instant) => instant.utc_day().unwrap_or(today),
            Self::Day(date) => date.day(today),
        }
    }

    /// The instant from which events count.
    pub(super) fn beginning(self, today: Day) -> Instant {
        match self {
            Self::At(instant) => instant,
            Self::Day(date) => midnight(date.day(today)),
        }
    }

    /// The instant before which events count.
    pub(super) fn end(self, today: Day) -> Instant {
        match self {
            Self::At(instant) => instant,
            Self::Day(date) => date.day(today).next().map_or(Instant::LAST, midnight),
        }
    }
}

/// The last instant, which must not be in the future; for a day, its end.
pub(super) fn past_moment(moment: Option<MomentArg>, today: Day, now: Instant) -> Result<Option<Instant>, AppError> {
    let Some(moment) = moment else { return Ok(None) };
    let last = match moment {
        MomentArg::At(instant) => instant.not_after(now).map_err(AppError::Value)?,
        MomentArg::Day(date) => {
            date.past_day(today)?;
            moment.end(today).previous()
        }
    };
    Ok(Some(last))
}

/// The local clock.
#[derive(Clone, Copy)]
pub(super) struct Clock(pub(super) fn(Instant) -> NaiveDateTime);

impl Clock {
    /// The local time at an instant, to the minute: `2026-01-31 09:30`.
    pub(super) fn minute(self, instant: Instant) -> String {
        (self.0)(instant).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// The beginning of a day in local time; where clocks are put forward at midnight, an hour later.
fn midnight(day: Day) -> Instant {
    let midnight = day.calendar().and_time(NaiveTime::MIN);
    let local = Local.from_local_datetime(&midnight).earliest();
    Instant::from(local.map_or_else(|| Utc.from_utc_datetime(&midnight), |time| time.with_timezone(&Utc)))
}
