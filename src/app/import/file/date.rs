//! Dates as exports write them.
//!
//! A date in which day and month could be confused is read only if the user states the format. A timestamp counts with
//! the date and time as written, unless the user names a time zone.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike, Utc};

use crate::domain::{Day, Instant, TimeOfDay, ValueError, excerpt};
use crate::formats::{DateFormat, TimeZone, english_month};

/// A date as written, with the time beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    date: NaiveDate,
    time: Option<WrittenTime>,
}

/// A time of day as written, with its offset from UTC if stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenTime {
    time: TimeOfDay,
    offset: Option<FixedOffset>,
}

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) day: Day,
    /// The time of day, if stated.
    pub(super) time: Option<TimeOfDay>,
    /// The instant, if the offset from UTC is stated.
    pub(super) instant: Option<Instant>,
}

impl Written {
    /// Adds the time from a cell of its own; `None` if the date already has one.
    pub(super) fn at(self, time: WrittenTime) -> Option<Self> {
        let is_same = self.time.is_none_or(|own| own == time);
        is_same.then_some(Self { time: Some(time), ..self })
    }

    /// The day and time: in the given time zone for an instant, otherwise as written.
    pub(super) fn seen_from(self, zone: Option<&TimeZone>) -> Result<When, ValueError> {
        let instant = self.instant();
        let local = instant.zip(zone).map(|(instant, zone)| zone.local(instant));
        let time = match local {
            Some(local) => of_clock(local.time()),
            None => self.time.map(|written| written.time),
        };
        let day = Day::try_from(local.map_or(self.date, |local| local.date()))?;
        Ok(When { day, time, instant: instant.map(Instant::from) })
    }

    fn instant(self) -> Option<DateTime<Utc>> {
        let WrittenTime { time, offset } = self.time?;
        let clock: NaiveTime = time.plain().as_str().parse().ok()?;
        let local = self.date.and_time(clock).and_local_timezone(offset?).single()?;
        Some(local.with_timezone(&Utc))
    }
}

fn of_clock(time: NaiveTime) -> Option<TimeOfDay> {
    let part = |number: u32| u8::try_from(number).ok();
    TimeOfDay::of(part(time.hour())?, part(time.minute())?, part(time.second())?)
}

/// The date in a cell, with the time that follows it.
pub(super) fn read(cell: &str, format: Option<&DateFormat>) -> Result<Written, ValueError> {
    if let Some((date, time, offset)) = format.and_then(|format| format.read(cell)) {
        let time = time.and_then(of_clock).map(|time| WrittenTime { time, offset });
        return Ok(Written { date, time });
    }
    if let Some((date, rest)) = iso(cell) {
        let time = rest.strip_prefix(['T', 't', ' ']).and_then(time_of_day);
        if rest.is_empty() || time.is_some() {
            return Ok(Written { date: date.parse::<Day>()?.calendar(), time });
        }
    }
    let (year, month, day) = spelled(cell).ok_or_else(|| unknown_form(cell, format))?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    Ok(Written { date: date.ok_or_else(|| refuse(cell, "is not in the calendar", None))?, time: None })
}

/// The time of day in a cell, with the offset from UTC that follows it.
pub(super) fn read_time(cell: &str) -> Result<WrittenTime, ValueError> {
    time_of_day(cell).ok_or_else(|| ValueError {
        what: "time",
        code: "invalid_time",
        value: excerpt(cell),
        rule: "is not a time of day of the form HH:MM or HH:MM:SS".to_owned(),
        hint: None,
    })
}

/// Splits `2024-01-31` from the rest of the text.
fn iso(cell: &str) -> Option<(&str, &str)> {
    let (date, rest) = cell.split_at_checked(10)?;
    let shaped = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shaped.then_some((date, rest))
}

/// Reads `14:30`, with or without seconds, fractions and a time zone.
fn time_of_day(text: &str) -> Option<WrittenTime> {
    let (clock, zone) = text.split_at(text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len()));
    let zone = zone.trim_start();
    let offset = if zone.is_empty() { None } else { Some(offset(zone)?) };
    Some(WrittenTime { time: clock.parse().ok()?, offset })
}

/// The offset from UTC of `Z` or `+02:00`.
fn offset(zone: &str) -> Option<FixedOffset> {
    if zone.eq_ignore_ascii_case("z") || zone == "UTC" {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let minutes = if minutes.is_empty() { 0 } else { two_digits(minutes, 59)? };
    let seconds = two_digits(hours, 23)?.checked_mul(60)?.checked_add(minutes)?.checked_mul(60)?;
    match sign {
        "+" => FixedOffset::east_opt(seconds),
        "-" => FixedOffset::west_opt(seconds),
        _ => None,
    }
}

fn two_digits(part: &str, most: i32) -> Option<i32> {
    let is_number = part.len() == 2 && is_digits(part);
    part.parse().ok().filter(|number| is_number && *number <= most)
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Year, month and day of `Jan 31, 2024` or `31 January 2024`; the date may not exist.
fn spelled(cell: &str) -> Option<(i32, u32, u32)> {
    let mut parts = cell.split([' ', ',', '-']).filter(|part| !part.is_empty());
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (month, day) = match english_month(first) {
        Some(month) => (month, second),
        None => (english_month(second)?, first),
    };
    if parts.next().is_some() || year.len() != 4 || !is_digits(year) || day.len() > 2 || !is_digits(day) {
        return None;
    }
    Some((year.parse().ok()?, month, day.parse().ok()?))
}

fn unknown_form(cell: &str, format: Option<&DateFormat>) -> ValueError {
    if let Some(format) = format {
        return refuse(cell, &format!("is not of the form {format}, nor YYYY-MM-DD"), None);
    }
    let form = "is not of the form YYYY-MM-DD";
    let parts: Vec<_> = cell.split(['/', '.', '-']).collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    let separator = cell.chars().find(|character| !character.is_ascii_digit()).unwrap_or('/');
    let year = if lengths.last() == Some(&2) { "%y" } else { "%Y" };
    match lengths.as_slice() {
        _ if !parts.iter().all(|part| is_digits(part)) => {
            refuse(cell, form, Some("name another form with --date-format, for example %d/%m/%Y".to_owned()))
        }
        [4, _, _] if separator != '-' => {
            refuse(cell, form, Some(format!("--date-format %Y{separator}%m{separator}%d")))
        }
        [1 | 2, 1 | 2, 2 | 4] => {
            let [day_first, month_first] = [("%d", "%m"), ("%m", "%d")]
                .map(|(one, two)| format!("--date-format {one}{separator}{two}{separator}{year}"));
            refuse(cell, "is ambiguous: is the day or the month first?", Some(format!("{day_first} or {month_first}")))
        }
        [8] => refuse(cell, form, Some("--date-format %Y%m%d".to_owned())),
        _ => refuse(cell, form, None),
    }
}

fn refuse(cell: &str, rule: &str, hint: Option<String>) -> ValueError {
    ValueError { what: "date", code: "invalid_date", value: excerpt(cell), rule: rule.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(cell: &str) -> Result<Day, ValueError> {
        read(cell, None)?.seen_from(None).map(|when| when.day)
    }

    #[test]
    fn a_time_is_kept_and_a_point_in_time_falls_on_the_day_of_the_zone() {
        let seen = |cell, zone: Option<&str>| {
            let When { day, time, instant } =
                read(cell, None).unwrap().seen_from(zone.map(|zone| zone.parse().unwrap()).as_ref()).unwrap();
            let shown = |it: Option<String>| it.unwrap_or_default();
            [day.to_string(), shown(time.map(|value| value.to_string())), shown(instant.map(|value| value.to_string()))]
        };
        assert_eq!(seen("2024-01-31", Some("Asia/Tokyo")), ["2024-01-31", "", ""]);
        assert_eq!(seen("2024-01-31 23:30", Some("Asia/Tokyo")), ["2024-01-31", "23:30:00", ""]);
        assert_eq!(seen("2024-01-31T23:30:01.5Z", None), ["2024-01-31", "23:30:01", "2024-01-31T23:30:01.000000Z"]);
        let in_tokyo = seen("2024-01-31T18:30:00-05:00", Some("Asia/Tokyo"));
        assert_eq!(in_tokyo, ["2024-02-01", "08:30:00", "2024-01-31T23:30:00.000000Z"]);
    }

    #[test]
    fn a_time_in_a_cell_of_its_own_goes_with_the_date() {
        let [date, stamp] = ["2024-01-31", "2024-01-31T09:30"].map(|cell| read(cell, None).unwrap());
        let time = read_time("09:30:00").unwrap();
        assert_eq!(date.at(time), stamp.at(time));
        assert_eq!(stamp.at(read_time("09:31").unwrap()), None);
        assert_eq!(read_time("half past nine").unwrap_err().code, "invalid_time");
    }

    #[test]
    fn unambiguous_forms_are_read() {
        for cell in [
            "2024-01-31",
            "2024-01-31T14:30:00Z",
            "2024-01-31T23:59:60+02:00",
            "2024-01-31T14:30:00.123456-0500",
            "2024-01-31 14:30:00",
            "2024-01-31 14:30:00 UTC",
            "2024-01-31T14:30",
            "Jan 31 2024",
            "Jan 31, 2024",
            "january 31 2024",
            "31 Jan 2024",
            "31 January 2024",
            "31-JAN-2024",
        ] {
            assert_eq!(day(cell).unwrap().to_string(), "2024-01-31", "{cell}");
        }
        assert_eq!(day("Jan 1 2000").unwrap().to_string(), "2000-01-01");
        assert_eq!(day("may 3 2000").unwrap().to_string(), "2000-05-03");
    }

    #[test]
    fn an_ambiguous_date_is_refused_with_both_ways_to_read_it() {
        let error = read("01/02/2024", None).unwrap_err();
        assert_eq!(error.to_string(), "date `01/02/2024` is ambiguous: is the day or the month first?");
        assert_eq!(error.hint.as_deref(), Some("--date-format %d/%m/%Y or --date-format %m/%d/%Y"));
        let hints = [
            ("1.2.24", Some("--date-format %d.%m.%y or --date-format %m.%d.%y")),
            ("13/02/2024", Some("--date-format %d/%m/%Y or --date-format %m/%d/%Y")),
            ("2024/01/31", Some("--date-format %Y/%m/%d")),
            ("20240131", Some("--date-format %Y%m%d")),
            ("01/02/2024 14:30", Some("name another form with --date-format, for example %d/%m/%Y")),
            ("2024-2-3", None),
        ];
        for (cell, hint) in hints {
            assert_eq!(read(cell, None).unwrap_err().hint.as_deref(), hint, "{cell}");
        }
    }

    #[test]
    fn days_that_the_calendar_lacks_and_broken_times_are_refused() {
        for cell in [
            "2024-02-30",
            "2023-02-29T10:00",
            "Feb 30 2024",
            "32 Jan 2024",
            "2024-01-31T25:00",
            "2024-01-31T10",
            "2024-01-31T10:00:00:00",
            "2024-01-31x",
            "2024-01-31T10:00+2",
            "2024-01-31T10:00:00.",
            "Jan 1 24",
            "Jan 2000",
            "Ja 1 2000",
            "1 1 2000",
            "31 Jan 2024 x",
            "Dec 31 1899",
            "",
            "today",
            "null",
            "２024-01-01",
        ] {
            assert_eq!(day(cell).unwrap_err().code, "invalid_date", "{cell}");
        }
    }

    #[test]
    fn the_given_format_goes_first_and_the_unambiguous_ones_still_work() {
        let format: DateFormat = "DD/MM/YYYY".parse().unwrap();
        let read = |cell| {
            read(cell, Some(&format)).and_then(|written| written.seen_from(None)).map(|when| when.day.to_string())
        };
        assert_eq!(read("01/02/2024").unwrap(), "2024-02-01");
        assert_eq!(read("2024-02-01T10:00:00Z").unwrap(), "2024-02-01");
        let error = read("02/13/2024").unwrap_err();
        assert_eq!(error.rule, "is not of the form %d/%m/%Y, nor YYYY-MM-DD");
        assert!(read("01/02/1024").unwrap_err().rule.starts_with("is outside"));
    }

    proptest! {
        #[test]
        fn no_text_and_no_format_makes_it_panic(cell in "\\PC{0,24}", stamp in "[0-9TZ:+. /-]{0,26}", format in "%[a-zA-Z0-9:#.+-]{1,3}/%d%m%Y\\PC?") {
            let format = format.parse::<DateFormat>().ok();
            for cell in [cell, stamp] {
                let _ = read(&cell, None);
                let _ = read(&cell, format.as_ref());
            }
        }
    }
}
