//! The date format given by the user.

use std::fmt;
use std::str::FromStr;

use chrono::format::{Fixed, Item, Numeric, Parsed, StrftimeItems};
use chrono::{FixedOffset, NaiveDate, NaiveTime};

use crate::domain::{ValueError, excerpt};

/// A date format: `%d/%m/%Y`, or `DD/MM/YYYY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    pattern: String,
    items: Vec<Item<'static>>,
}

impl DateFormat {
    /// Parses a text of this format: the day, with the time and offset from UTC if the format has them.
    pub(crate) fn read(&self, text: &str) -> Option<(NaiveDate, Option<NaiveTime>, Option<FixedOffset>)> {
        let mut parsed = Parsed::new();
        chrono::format::parse(&mut parsed, text, self.items.iter()).ok()?;
        Some((parsed.to_naive_date().ok()?, parsed.to_naive_time().ok(), parsed.to_fixed_offset().ok()))
    }

    fn names_a_day(&self) -> bool {
        let has = |wanted: fn(&Item<'_>) -> bool| self.items.iter().any(wanted);
        has(|item| matches!(item, Item::Numeric(Numeric::Day, _)))
            && has(|item| matches!(item, Item::Numeric(Numeric::Year | Numeric::YearMod100, _)))
            && has(|item| {
                matches!(
                    item,
                    Item::Numeric(Numeric::Month, _) | Item::Fixed(Fixed::ShortMonthName | Fixed::LongMonthName)
                )
            })
    }
}

impl FromStr for DateFormat {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| ValueError {
            what: "date format",
            code: "invalid_date_format",
            value: excerpt(text),
            rule: rule.to_owned(),
            hint: Some("write it like %d/%m/%Y or DD/MM/YYYY".to_owned()),
        };
        let pattern = if text.contains('%') { text.to_owned() } else { spelled_out(text) };
        let items = StrftimeItems::new(&pattern).parse_to_owned();
        let format = Self { items: items.map_err(|_| refuse("has a `%` field that is not known"))?, pattern };
        if format.names_a_day() { Ok(format) } else { Err(refuse("must have a day, a month and a year")) }
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&excerpt(&self.pattern))
    }
}

/// Turns `DD/MM/YYYY` into `%d/%m/%Y`; a text not made of such letters has no fields.
fn spelled_out(text: &str) -> String {
    let letters = [("YYYY", "%Y"), ("YY", "%y"), ("MMM", "%b"), ("MM", "%m"), ("M", "%m"), ("DD", "%d"), ("D", "%d")];
    let upper = text.to_ascii_uppercase();
    if upper.bytes().any(|byte| byte.is_ascii_alphanumeric() && !b"DMY".contains(&byte)) {
        return upper;
    }
    letters.iter().fold(upper, |pattern, (letters, field)| pattern.replace(letters, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Option<String> {
        format.parse::<DateFormat>().unwrap().read(text).map(|(date, ..)| date.to_string())
    }

    #[test]
    fn a_date_is_read_in_the_form_that_the_user_tells() {
        for (format, text) in [
            ("%d/%m/%Y", "31/01/2024"),
            ("DD/MM/YYYY", "31/01/2024"),
            ("mm/dd/yyyy", "1/31/2024"),
            ("DD.MM.YYYY", "31.01.2024"),
            ("DD-MMM-YYYY", "31-Jan-2024"),
            ("D.M.YY", "31.1.24"),
            ("YYYYMMDD", "20240131"),
            ("%Y/%m/%d", "2024/01/31"),
            ("%D", "01/31/24"),
            ("%d/%m/%Y %H:%M", "31/01/2024 14:30"),
            ("%d %B %Y", "31 January 2024"),
        ] {
            assert_eq!(read(format, text).as_deref(), Some("2024-01-31"), "{format}");
        }
        for text in ["01/31/2024", "30/02/2024", "31/01/2024x", "x", "", "٣١/01/2024", "31/01/99999", "31/é"] {
            assert_eq!(read("%d/%m/%Y", text), None, "{text}");
        }
    }

    #[test]
    fn a_form_without_day_month_or_year_is_refused() {
        for bad in
            ["", "%", "%Q", "%d/%m", "%Y-%m", "%H:%M", "YYYY", "DD/MM", "DD/MM/YYYY HH:MM", "dmy?", "%d/%m/%Y %", "%é"]
        {
            let error = bad.parse::<DateFormat>().unwrap_err();
            assert_eq!(error.code, "invalid_date_format", "{bad}");
            assert!(error.hint.is_some());
        }
    }
}
