//! Dates as exports write them.
//!
//! A form in which day and month could be mistaken for each other is read only if the user says
//! which is which. Of a timestamp the date as written counts, whatever its time zone.

use chrono::NaiveDate;

use super::date_format::DateFormat;
use crate::domain::{Day, ValueError, excerpt};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that a cell names.
pub(super) fn read(cell: &str, format: Option<&DateFormat>) -> Result<Day, ValueError> {
    if let Some(date) = format.and_then(|format| format.read(cell)) {
        return Day::try_from(date);
    }
    if let Some((date, rest)) = iso(cell)
        && (rest.is_empty() || is_time_of_day(rest))
    {
        return date.parse();
    }
    let (year, month, day) = spelled(cell).ok_or_else(|| unknown_form(cell, format))?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    Day::try_from(date.ok_or_else(|| refuse(cell, "is not in the calendar", None))?)
}

/// Parts `2024-01-31` from what follows.
fn iso(cell: &str) -> Option<(&str, &str)> {
    let (date, rest) = cell.split_at_checked(10)?;
    let shaped = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shaped.then_some((date, rest))
}

/// Whether this is `T14:30`, with or without seconds, fractions and a time zone.
fn is_time_of_day(rest: &str) -> bool {
    let time = rest.strip_prefix(['T', 't', ' ']).unwrap_or_default();
    let (clock, zone) = time.split_at(time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len()));
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let mut next = |most| parts.next().map(|part| two_digits(part, most));
    let in_range = next(23) == Some(true) && next(59) == Some(true) && next(60) != Some(false);
    in_range && parts.next().is_none() && is_digits(fraction) && is_zone(zone.trim_start())
}

fn is_zone(zone: &str) -> bool {
    let Some(offset) = zone.strip_prefix(['+', '-']) else {
        return zone.is_empty() || zone.eq_ignore_ascii_case("z") || zone == "UTC";
    };
    let (hours, minutes) = offset.split_at_checked(2).unwrap_or((offset, ""));
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    two_digits(hours, 23) && (minutes.is_empty() || two_digits(minutes, 59))
}

fn two_digits(part: &str, most: u8) -> bool {
    part.len() == 2 && is_digits(part) && part.parse().is_ok_and(|number: u8| number <= most)
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Year, month and day of `Jan 31, 2024` or `31 January 2024`, which the calendar may not have.
fn spelled(cell: &str) -> Option<(i32, u32, u32)> {
    let mut parts = cell.split([' ', ',', '-']).filter(|part| !part.is_empty());
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (month, day) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    if parts.next().is_some() || year.len() != 4 || !is_digits(year) || day.len() > 2 || !is_digits(day) {
        return None;
    }
    Some((year.parse().ok()?, month, day.parse().ok()?))
}

fn month(name: &str) -> Option<u32> {
    let named = |month: &str| {
        name.eq_ignore_ascii_case(month) || month.get(..3).is_some_and(|short| name.eq_ignore_ascii_case(short))
    };
    MONTHS.iter().zip(1..).find_map(|(month, number)| named(month).then_some(number))
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
            assert_eq!(read(cell, None).unwrap().to_string(), "2024-01-31", "{cell}");
        }
        assert_eq!(read("Jan 1 2000", None).unwrap().to_string(), "2000-01-01");
        assert_eq!(read("may 3 2000", None).unwrap().to_string(), "2000-05-03");
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
            assert_eq!(read(cell, None).unwrap_err().code, "invalid_date", "{cell}");
        }
    }

    #[test]
    fn the_told_form_goes_first_and_the_unambiguous_ones_still_work() {
        let format: DateFormat = "DD/MM/YYYY".parse().unwrap();
        let read = |cell| read(cell, Some(&format)).map(|day| day.to_string());
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
