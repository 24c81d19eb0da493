//! How numbers and dates are written in tables, if a user prefers another style.

use std::borrow::Cow;

use chrono::NaiveDate;
use clap::ValueEnum;

use super::table::{Kind, Table};
use super::{Cell, Row, Rows};

/// How tables write numbers and dates. Output for programs never changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// The separator of thousands.
    pub thousands: Thousands,
    /// How a day is written.
    pub dates: Dates,
}

/// The separator of thousands. The decimal mark is a point, which is none of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Thousands {
    /// `1,234.50`
    #[default]
    Comma,
    /// `1'234.50`
    Apostrophe,
    /// `1 234.50`
    Space,
    /// `1234.50`
    None,
}

/// How a day is written: in a form that can also be typed, and is unambiguous.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    /// `2024-03-28`
    #[default]
    Iso,
    /// `28 Mar 2024`
    Words,
}

impl Style {
    /// A number with its thousands grouped by commas, in this style.
    fn number(self, text: &str) -> Cow<'_, str> {
        match self.thousands {
            Thousands::Comma => Cow::Borrowed(text),
            Thousands::Apostrophe => Cow::Owned(text.replace(',', "'")),
            Thousands::Space => Cow::Owned(text.replace(',', " ")),
            Thousands::None => Cow::Owned(text.replace(',', "")),
        }
    }

    /// A cell that may be a date, in this style.
    fn date(self, text: &str) -> Cow<'_, str> {
        match (self.dates, NaiveDate::parse_from_str(text, "%Y-%m-%d")) {
            (Dates::Words, Ok(day)) if text.len() == ISO => Cow::Owned(day.format("%d %b %Y").to_string()),
            (Dates::Iso | Dates::Words, _) => Cow::Borrowed(text),
        }
    }
}

/// Characters of a date.
const ISO: usize = 10;

impl Table {
    /// The table with its numbers and dates in a style. Prose is not changed.
    #[must_use]
    pub fn styled(&self, style: Style) -> Cow<'_, Self> {
        if style == Style::default() {
            return Cow::Borrowed(self);
        }
        let mut rows = Rows::default();
        for line in self.rows.lines(self.columns.len()) {
            let cell = |(column, (text, tone)): (&super::Column, (&str, super::Tone))| {
                let text = match column.kind {
                    Kind::Number => match style.date(text) {
                        Cow::Owned(day) => Cow::Owned(day),
                        Cow::Borrowed(number) => style.number(number),
                    },
                    Kind::Key | Kind::KeyIfAny | Kind::Distinguishing => style.date(text),
                    Kind::Text | Kind::Prose => Cow::Borrowed(text),
                };
                Cell::new(text, tone)
            };
            let cells = self.columns.iter().zip(line.cells).map(cell).collect();
            rows.push(&if line.part.is_total() { Row::Total(cells) } else { Row::Data(cells) });
        }
        Cow::Owned(Self { columns: self.columns.clone(), rows })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Screen};
    use super::*;

    fn shown(style: Style) -> String {
        let columns = vec![
            Column::key("symbol", 100),
            Column::text("company", 50),
            Column::key("priced", 90),
            Column::number("value", 90),
        ];
        let row = |cells: [&str; 4]| cells.map(Cell::plain).to_vec();
        let rows = [
            Row::Data(row(["ACME", "2024-03-05", "2024-03-05", "1,234,567.5"])),
            Row::Data(row(["BOLT", "1,000 Bolts", "2024-12-31", "-1,000.25"])),
            Row::Data(row(["COAL", "", "", "2024-06-01"])),
            Row::Total(row(["total", "", "", "99.75"])),
        ];
        let table = Table { columns, rows: rows.into_iter().collect() };
        table.styled(style).render(Screen { width: None, color: false, unicode: false }).text
    }

    #[test]
    fn numbers_and_dates_are_written_as_wanted_and_stay_aligned() {
        let style = Style { thousands: Thousands::Apostrophe, dates: Dates::Words };
        insta::assert_snapshot!(shown(style), @"
        SYMBOL  COMPANY      PRICED              VALUE
        ----------------------------------------------
        ACME    2024-03-05   05 Mar 2024  1'234'567.5
        BOLT    1,000 Bolts  31 Dec 2024     -1'000.25
        COAL                               01 Jun 2024
        ----------------------------------------------
        total                                    99.75
        ");
        let style = Style { thousands: Thousands::None, dates: Dates::Iso };
        assert!(
            shown(style).lines().any(|line| line == "BOLT    1,000 Bolts  2024-12-31    -1000.25"),
            "{}",
            shown(style)
        );
        let spaced = shown(Style { thousands: Thousands::Space, dates: Dates::Iso });
        assert_eq!(
            spaced.replace("1 2", "1,2").replace("4 5", "4,5").replace("1 000.", "1,000."),
            shown(Style::default())
        );
    }
}
