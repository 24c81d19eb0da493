//! The cells of a row as text, numbers, dates and names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::StringRecord;

use crate::domain::{CostShare, Figure, Quantity, SplitTerms, excerpt};
use crate::formats::bound::{BoundPart, Places};
use crate::formats::column::BoundTake;
use crate::formats::dates::{self, DayOrder, Manner, When};
use crate::formats::fault::Fault;
use crate::formats::fold::one_line;
use crate::formats::format::Part;
use crate::formats::formula::restored;
use crate::formats::numbers::{self, DecimalMark, Written};
use crate::formats::options::ReadOptions;
use crate::formats::table::Field;

/// A row of a file.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The line on which it begins, counted from 1.
    pub(crate) line: u64,
    pub(crate) cells: StringRecord,
}

/// How the file writes numbers and dates, as far as it is known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Conventions {
    pub(crate) decimal: Option<DecimalMark>,
    pub(crate) order: Option<DayOrder>,
}

/// Why a row could not be interpreted.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It depends on how the file writes numbers or dates, which is not known yet.
    Later(Ambiguity),
    Fault(Fault),
}

/// A text with two readings.
#[derive(Debug)]
pub(crate) enum Ambiguity {
    Number(String),
    Date(String),
}

impl Ambiguity {
    /// The refusal, if nothing in the file decides between the readings.
    pub(crate) fn fault(&self) -> Fault {
        match self {
            Self::Number(cell) => numbers::ambiguous(cell),
            Self::Date(cell) => dates::ambiguous(cell),
        }
    }
}

impl<T: Into<Fault>> From<T> for Unread {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

/// A row with everything that is known about its file.
pub(super) struct Cells<'r> {
    pub(super) row: &'r Row,
    pub(super) bound: &'r BoundPart,
    pub(super) part: &'r Part,
    pub(super) places: &'r Places,
    pub(super) conventions: &'r mut Conventions,
    /// Values from lines before the header.
    pub(super) preamble: &'r BTreeMap<Field, String>,
    pub(super) options: &'r ReadOptions,
}

impl<'r> Cells<'r> {
    pub(super) fn text(&self, field: Field) -> Option<&'r str> {
        let text = self.places.text(field, &self.row.cells);
        if self.part.is_own { text.map(restored) } else { text }
    }

    /// The text of a column, with line breaks replaced.
    pub(super) fn words(&self, field: Field) -> Option<Cow<'r, str>> {
        self.text(field).map(one_line)
    }

    /// The day, and the time if the row has one.
    pub(super) fn when(&mut self) -> Result<Option<When>, Unread> {
        let Some(date) = self.text(Field::Date) else { return Ok(None) };
        let mut manner = Manner {
            format: self.options.date_format.as_ref(),
            order: self.conventions.order,
            short_years: self.part.short_years,
        };
        let later = |cell: &str, unread| match unread {
            dates::Unread::Ambiguous => Unread::Later(Ambiguity::Date(cell.to_owned())),
            dates::Unread::Fault(fault) => Unread::Fault(fault),
        };
        let mut written = manner.read(date).map_err(|unread| later(date, unread))?;
        if let Some(cell) = self.places.text(Field::Time, &self.row.cells).filter(|cell| *cell != date)
            && let Some(time) = manner.read_time(cell).map_err(|unread| later(cell, unread))?
        {
            written = written.at(time);
        }
        self.conventions.order = manner.order;
        let written = if self.part.midnight { written } else { written.without_midnight() };
        let when = written.seen_from(self.options.time_zone.as_ref())?;
        when.day.not_after(self.options.today)?;
        Ok(Some(when))
    }

    /// A number in a cell.
    pub(super) fn number_in(&mut self, take: &BoundTake, cell: &str) -> Result<Option<Written>, Unread> {
        let mut read = numbers::read_in(take.take.decimal, cell, &mut self.conventions.decimal);
        if matches!(read, Err(numbers::Unread::Ambiguous)) && self.finds_decimal_mark() {
            read = numbers::read_in(take.take.decimal, cell, &mut self.conventions.decimal);
        }
        let read = read.map_err(|unread| match unread {
            numbers::Unread::Ambiguous => Unread::Later(Ambiguity::Number(cell.to_owned())),
            numbers::Unread::Fault(fault) => Unread::Fault(fault),
        })?;
        Ok(read.map(|written| if take.take.negative { written.made_negative() } else { written }))
    }

    /// Whether a number of the row has only one reading, which decides the convention of the file.
    fn finds_decimal_mark(&mut self) -> bool {
        const NUMBERS: [Field; 9] = [
            Field::Quantity,
            Field::Price,
            Field::Amount,
            Field::Gross,
            Field::Fee,
            Field::Dividend,
            Field::Withholding,
            Field::Settled,
            Field::Cost,
        ];
        let found = NUMBERS.iter().filter_map(|field| self.places.get(*field)?.first(&self.row.cells));
        for (_, cell) in found.filter(|(take, _)| take.take.decimal.is_none()) {
            // A fault in it is reported when it is read.
            let _ = numbers::read(cell, &mut self.conventions.decimal);
        }
        self.conventions.decimal.is_some()
    }

    pub(super) fn number(&mut self, field: Field) -> Result<Option<Written>, Unread> {
        let places = self.places;
        match places.get(field).and_then(|bound| bound.first(&self.row.cells)) {
            Some((take, cell)) => self.number_in(take, cell),
            None => Ok(None),
        }
    }

    pub(super) fn required_number(&mut self, field: Field) -> Result<Written, Unread> {
        self.number(field)?.ok_or_else(|| missing(&format!("{field:?}").to_lowercase()).into())
    }

    /// The number of shares without its sign.
    pub(super) fn quantity(&mut self) -> Result<Quantity, Unread> {
        let written = self.required_number(Field::Quantity)?;
        Ok(written.value.abs().try_into()?)
    }

    pub(super) fn unknown_action(&self) -> Fault {
        let (column, action) = self.bound.action(&self.row.cells).unwrap_or(("action", ""));
        let message = format!("unknown {} \"{}\"", excerpt(&column.to_lowercase()), excerpt(action));
        if let Some(status) = self.text(Field::Status) {
            // What the action means in general says nothing of a row whose status is unknown.
            let message = format!("{message} with the status \"{}\"", excerpt(status));
            let hint = "enter by hand what became of it, and leave such rows out with --skip-unknown";
            return Fault::new("unknown_action", message).with_hint(hint);
        }
        Fault::new("unknown_action", message).with_hint(
            "say what it is, for example --map-action 'WORD=buy', or leave such rows out with --skip-unknown",
        )
    }

    /// The number of shares, if the row has one.
    pub(super) fn shares(&mut self) -> Result<Option<Figure>, Unread> {
        match self.number(Field::Quantity) {
            Ok(number) => Ok(number.map(|number| number.value).filter(|shares| !shares.is_zero())),
            Err(Unread::Fault(_)) => Ok(None),
            Err(later @ Unread::Later(_)) => Err(later),
        }
    }

    /// The ratio of a split: `10:1`, `10-for-1`, `10 for 1`, or a single number for `N:1`.
    pub(super) fn terms(&mut self) -> Result<Option<SplitTerms>, Unread> {
        let Some(cell) = self.text(Field::Ratio) else { return Ok(None) };
        if self.part.is_own {
            // In a column of quantities, a single number could be a number of shares.
            return Ok(Some(cell.parse()?));
        }
        let mut terms = cell.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|term| !term.is_empty());
        let parts = (terms.next(), terms.next(), terms.next());
        let (Some(new), old, None) = parts else {
            return Err(Fault::new("invalid_ratio", format!("`{}` is not a split ratio", excerpt(cell))).into());
        };
        Ok(Some(format!("{new}:{}", old.unwrap_or("1")).parse()?))
    }

    /// A percentage with or without `%`.
    pub(super) fn cost_share(&mut self) -> Result<Option<CostShare>, Unread> {
        let places = self.places;
        let Some((take, cell)) = places.get(Field::CostShare).and_then(|bound| bound.first(&self.row.cells)) else {
            return Ok(None);
        };
        let number = self.number_in(take, cell.trim_end_matches('%').trim_end())?;
        Ok(number.map(|number| number.value.to_string().parse()).transpose()?)
    }
}

pub(super) fn missing(what: &str) -> Fault {
    Fault::new("missing_value", format!("the {what} is empty"))
}
