//! Dates and times as files write them.
//!
//! The order of day and month comes from the table, the user, or a date of the file that has only one reading. Until
//! one of them decides, `02/03/2024` is not read.

mod months;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike as _, Utc};

pub(crate) use months::english_month;
use months::month;

use super::fault::Fault;
use super::{DateFormat, TimeZone};
use crate::domain::{Day, Instant, TimeOfDay, excerpt};

/// Whether the day or the month comes first in dates that do not begin with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub(crate) enum DayOrder {
    /// `31/01/2024`
    #[serde(rename = "day first")]
    DayFirst,
    /// `01/31/2024`
    #[serde(rename = "month first")]
    MonthFirst,
}

/// How years of two digits are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShortYears {
    /// As years of this century, as the table states.
    Known,
    /// They are refused.
    Refused,
}

/// A date as written, with the time beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    date: NaiveDate,
    time: Option<WrittenTime>,
}

/// A time of day as written, with its offset from UTC if stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrittenTime {
    time: TimeOfDay,
    offset: Option<FixedOffset>,
    /// The date beside a time, if it differs from that of the row.
    date: Option<NaiveDate>,
}

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub day: Day,
    /// The time of day, if stated.
    pub time: Option<TimeOfDay>,
    /// The instant, if the offset from UTC is stated.
    pub instant: Option<Instant>,
}

/// Why a date could not be read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// Day and month could be confused, and nothing has decided the order yet.
    Ambiguous,
    /// It is not a date.
    Fault(Fault),
}

impl From<Fault> for Unread {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// How the dates of a file are written.
#[derive(Debug)]
pub(crate) struct Manner<'m> {
    /// The user's format.
    pub(crate) format: Option<&'m DateFormat>,
    /// The order of day and month, once known.
    pub(crate) order: Option<DayOrder>,
    pub(crate) short_years: ShortYears,
}

impl Manner<'_> {
    /// Reads a date and the time that may follow it.
    pub(crate) fn read(&mut self, cell: &str) -> Result<Written, Unread> {
        if let Some(written) = self.format.and_then(|format| of_form(format, cell)) {
            return Ok(written);
        }
        let (parts, rest) = Parts::of(cell).ok_or_else(|| unknown_form(cell))?;
        let (year, month, day) = match parts {
            Parts::Numbers { year, month, day } => (self.full_year(year, cell)?, month, day),
            Parts::Either { first, second, year } => {
                let year = self.full_year(year, cell)?;
                let order = match (first > 12, second > 12) {
                    (true, false) => Some(DayOrder::DayFirst),
                    (false, true) => Some(DayOrder::MonthFirst),
                    (false, false) | (true, true) => None,
                };
                if order.is_some() && self.order.is_none() {
                    self.order = order;
                }
                match self.order {
                    Some(DayOrder::DayFirst) => (year, second, first),
                    Some(DayOrder::MonthFirst) => (year, first, second),
                    None if first == second => (year, first, second),
                    None => return Err(Unread::Ambiguous),
                }
            }
        };
        let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
        let date = date.ok_or_else(|| refuse(cell, "is not in the calendar"))?;
        let time = clock(rest).ok_or_else(|| unknown_form(cell))?;
        let time = time.map(|(time, offset)| WrittenTime { time, offset, date: None });
        Ok(Written { date, time })
    }

    /// Reads a time, which may have a date of its own.
    pub(crate) fn read_time(&mut self, cell: &str) -> Result<Option<WrittenTime>, Unread> {
        if let Some((time, offset)) = clock(cell).flatten() {
            return Ok(Some(WrittenTime { time, offset, date: None }));
        }
        let Written { date, time } = self.read(cell)?;
        Ok(time.map(|time| WrittenTime { date: Some(date), ..time }))
    }

    fn full_year(&self, (year, digits): (u32, usize), cell: &str) -> Result<u32, Fault> {
        match (digits, self.short_years) {
            (4, _) => Ok(year),
            (_, ShortYears::Known) => Ok(year.saturating_add(2000)),
            (_, ShortYears::Refused) => Err(refuse(cell, "has a year of two digits").with_hint(
                "name the form of the dates with --date-format, for example %d/%m/%y; years are not guessed",
            )),
        }
    }
}

/// The refusal of a date that is still ambiguous at the end of the file.
pub(crate) fn ambiguous(cell: &str) -> Fault {
    let mark = cell.chars().find(|c| !c.is_ascii_digit()).unwrap_or('/');
    refuse(cell, "is ambiguous: is the day or the month first?")
        .with_hint(format!("--date-format %d{mark}%m{mark}%Y or --date-format %m{mark}%d{mark}%Y"))
}

impl Written {
    /// Adds the time from a cell of its own.
    pub(crate) fn at(self, time: WrittenTime) -> Self {
        Self { time: Some(time), ..self }
    }

    /// Without a time of midnight, which many programs write when they do not know it.
    pub(crate) fn without_midnight(self) -> Self {
        let is_midnight = |time: &WrittenTime| TimeOfDay::of(0, 0, 0) == Some(time.time);
        Self { time: self.time.filter(|time| !is_midnight(time)), ..self }
    }

    /// The day and time: in the given time zone for an instant, otherwise as written.
    pub(crate) fn seen_from(self, zone: Option<&TimeZone>) -> Result<When, Fault> {
        let instant = self.instant();
        let local = instant.zip(zone).map(|(instant, zone)| zone.local(instant));
        let time = match local {
            Some(local) => of_clock(local.time()),
            None => self.time.map(|written| written.time),
        };
        // The date column holds the day of the statement; an instant that carries another date is converted with that
        // date.
        let is_apart = self.time.is_some_and(|time| time.date.is_some());
        let date = local.map_or(self.date, |local| if is_apart { self.date } else { local.date() });
        Ok(When { day: Day::try_from(date)?, time, instant: instant.map(Instant::from) })
    }

    fn instant(self) -> Option<DateTime<Utc>> {
        let WrittenTime { time, offset, date } = self.time?;
        let clock: NaiveTime = time.plain().as_str().parse().ok()?;
        let local = date.unwrap_or(self.date).and_time(clock).and_local_timezone(offset?).single()?;
        Some(local.with_timezone(&Utc))
    }
}

fn of_clock(time: NaiveTime) -> Option<TimeOfDay> {
    let part = |number: u32| u8::try_from(number).ok();
    TimeOfDay::of(part(time.hour())?, part(time.minute())?, part(time.second())?)
}

/// The parts of a date that may not exist; the year comes with its number of digits.
#[derive(Clone, Copy)]
enum Parts {
    Numbers { year: (u32, usize), month: u32, day: u32 },
    Either { first: u32, second: u32, year: (u32, usize) },
}

impl Parts {
    /// Splits a date from the text after it.
    fn of(cell: &str) -> Option<(Self, &str)> {
        let (first, rest) = word(cell);
        if let Some(month) = month(first) {
            let (day, rest) = number(rest.trim_start())?;
            let (year, rest) = number(rest.trim_start_matches([',', ' ']))?;
            return Some((Self::Numbers { year: years(year)?, month, day: day.parse().ok()? }, rest));
        }
        let (first, rest) = number(cell)?;
        if first.len() >= 8 {
            // 20240131, also followed by the time as in 20240131093015.
            let (date, _) = first.split_at_checked(8)?;
            let part = |range: std::ops::Range<usize>| date.get(range)?.parse().ok();
            let parts = Self::Numbers { year: (part(0..4)?, 4), month: part(4..6)?, day: part(6..8)? };
            return Some((parts, cell.get(8..)?));
        }
        let mark = rest.chars().next().filter(|mark| matches!(mark, '-' | '/' | '.' | ' '))?;
        let rest = rest.strip_prefix(mark)?.trim_start();
        let (name, after) = word(rest);
        if let Some(month) = month(name) {
            let (year, rest) = number(after.trim_start_matches([mark, ',', ' ', '.', '-']))?;
            return Some((Self::Numbers { year: years(year)?, month, day: first.parse().ok()? }, rest));
        }
        let (second, rest) = number(rest)?;
        let (third, rest) = number(rest.strip_prefix(mark)?.trim_start())?;
        if first.len() == 4 {
            let parts = Self::Numbers { year: years(first)?, month: second.parse().ok()?, day: third.parse().ok()? };
            return (second.len() <= 2 && third.len() <= 2).then_some((parts, rest));
        }
        let [one, two] = [first, second].map(|part| part.parse().ok().filter(|_| part.len() <= 2));
        Some((Self::Either { first: one?, second: two?, year: years(third)? }, rest))
    }
}

fn years(digits: &str) -> Option<(u32, usize)> {
    matches!(digits.len(), 2 | 4).then(|| Some((digits.parse().ok()?, digits.len())))?
}

/// The leading digits of a text, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())
}

/// The leading letters of a text, and the rest.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Parses a cell in the user's format; a time may be part of the format or follow the date.
fn of_form(format: &DateFormat, cell: &str) -> Option<Written> {
    if let Some((date, time, offset)) = format.read(cell) {
        let time = time.and_then(of_clock).map(|time| WrittenTime { time, offset, date: None });
        return Some(Written { date, time });
    }
    cell.match_indices([' ', 'T', ',']).find_map(|(at, _)| {
        let (day, rest) = cell.split_at_checked(at)?;
        let (date, None, None) = format.read(day)? else { return None };
        let (time, offset) = clock(rest)??;
        Some(Written { date, time: Some(WrittenTime { time, offset, date: None }) })
    })
}

/// The time of day of a text, with its offset from UTC. An empty text has no time; `None` if it is not a time.
#[expect(clippy::option_option, reason = "a text is a time, empty, or something else")]
fn clock(text: &str) -> Option<Option<(TimeOfDay, Option<FixedOffset>)>> {
    let text = text.trim_start_matches(['T', 't', ' ', ',', ';']).trim_end();
    if text.is_empty() {
        return Some(None);
    }
    let (hour, rest) = number(text)?;
    let (hour, minute, second, rest) = match (hour.len(), rest.strip_prefix(':')) {
        (1 | 2, Some(rest)) => {
            let (minute, rest) = number(rest).filter(|(minute, _)| minute.len() == 2)?;
            match rest.strip_prefix(':').map(number) {
                Some(second) => {
                    let (second, rest) = second.filter(|(second, _)| second.len() == 2)?;
                    (hour, minute, second, rest)
                }
                None => (hour, minute, "0", rest),
            }
        }
        (6, _) => (hour.get(..2)?, hour.get(2..4)?, hour.get(4..)?, rest),
        _ => return None,
    };
    let rest = rest.strip_prefix(['.', ',']).map_or(Some(rest), |fraction| number(fraction).map(|(_, rest)| rest))?;
    let (half, rest) = half_of_day(rest.trim_start());
    let hour: u8 = hour.parse().ok()?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => (hour % 12).checked_add(half)?,
        Some(_) => return None,
        None => hour,
    };
    let time = TimeOfDay::of(hour, minute.parse().ok()?, second.parse().ok()?)?;
    Some(Some((time, offset(rest.trim())?)))
}

/// The hours that `AM` or `PM` adds.
fn half_of_day(text: &str) -> (Option<u8>, &str) {
    let (name, rest) = word(text);
    if name.eq_ignore_ascii_case("am") {
        (Some(0), rest)
    } else if name.eq_ignore_ascii_case("pm") {
        (Some(12), rest)
    } else {
        (None, text)
    }
}

/// The offset from UTC of `Z`, `+02:00` or `[-5:EST]`. It is unknown for an empty text or a name such as `EDT`; `None`
/// if it is not a time zone.
#[expect(clippy::option_option, reason = "a text tells an offset, none, or something else")]
fn offset(zone: &str) -> Option<Option<FixedOffset>> {
    let zone = zone.strip_prefix('[').and_then(|zone| zone.strip_suffix(']')).unwrap_or(zone);
    let zone = zone
        .split_once(':')
        .filter(|(_, name)| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map_or(zone, |(hours, _)| hours);
    if zone.is_empty() {
        return Some(None);
    }
    if ["z", "utc", "gmt"].iter().any(|name| name.eq_ignore_ascii_case(zone)) {
        return Some(FixedOffset::east_opt(0));
    }
    if zone.len() <= 5 && zone.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(None);
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let part = |digits: &str, most: i32| {
        let is_number = matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|number: &i32| is_number && *number <= most)
    };
    let seconds = part(hours, 23)?.checked_mul(60)?.checked_add(part(minutes, 59)?)?.checked_mul(60)?;
    match sign {
        "+" => FixedOffset::east_opt(seconds).map(Some),
        "-" | "\u{2212}" => FixedOffset::west_opt(seconds).map(Some),
        _ => None,
    }
}

fn unknown_form(cell: &str) -> Fault {
    refuse(cell, "is not a date in a known form").with_hint("name its form with --date-format, for example %d/%m/%Y")
}

fn refuse(cell: &str, rule: &str) -> Fault {
    Fault::new("invalid_date", format!("date `{}` {rule}", excerpt(cell)))
}

#[cfg(test)]
mod tests;
