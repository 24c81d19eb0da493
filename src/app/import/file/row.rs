//! The cells of a row, and what trades and prices have in common.

use csv::StringRecord;

use super::ReadOptions;
use super::column::Column;
use super::date::{self, When};
use super::header::Header;
use super::number;
use super::records::check_lengths;
use crate::domain::{Day, Symbol, ValueError, excerpt};
use crate::formats::CurrencyMark;
use crate::formats::{Fault, restored};

/// The cells of a row, with the options of its file.
pub(super) struct Row<'r> {
    fields: &'r StringRecord,
    options: &'r ReadOptions,
}

impl<'r> Row<'r> {
    /// Refuses a row with fewer or more fields than the header.
    pub(super) fn new(fields: &'r StringRecord, header: &Header, options: &'r ReadOptions) -> Result<Self, Fault> {
        check_lengths(fields)?;
        let extra = fields.iter().skip(header.fields()).any(|field| !field.trim().is_empty());
        if extra || fields.len() < header.named_fields() {
            let (found, named) = (fields.len(), header.fields());
            let fault = Fault::new("ragged_row", format!("the row has {found} fields, the header {named}"));
            return Err(fault.with_hint("a value that contains the delimiter must be in quotes"));
        }
        Ok(Self { fields, options })
    }

    /// The text of a cell; `None` if empty or missing.
    pub(super) fn optional(&self, at: Option<usize>) -> Option<&'r str> {
        let cell = self.fields.get(at?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The text of a cell, validated.
    pub(super) fn words(&self, at: Option<usize>) -> Option<&'r str> {
        self.optional(at).map(restored)
    }

    /// The text of a cell that must not be empty.
    pub(super) fn required(&self, at: usize, column: Column) -> Result<&'r str, Fault> {
        self.optional(Some(at)).ok_or_else(|| empty(column))
    }

    /// A date that is not in the future, if the cell has one.
    pub(super) fn optional_day(&self, at: Option<usize>) -> Result<Option<Day>, Fault> {
        at.filter(|_| self.optional(at).is_some()).map(|at| Ok(self.when(at, None)?.day)).transpose()
    }

    /// A date that is not in the future, with the time beside it or in a cell of its own.
    pub(super) fn when(&self, date: usize, time: Option<usize>) -> Result<When, Fault> {
        let ReadOptions { date_format, time_zone, today, .. } = self.options;
        let written = date::read(self.required(date, Column::Date)?, date_format.as_ref())?;
        let written = match self.optional(time) {
            Some(cell) => written.at(date::read_time(cell)?).ok_or_else(|| {
                let message = format!("the date has another time than `{}`", excerpt(cell));
                Fault::new("conflicting_time", message).with_hint("leave one of them empty")
            })?,
            None => written,
        };
        let when = written.seen_from(time_zone.as_ref())?;
        when.day.not_after(*today)?;
        Ok(when)
    }

    /// The row's symbol, or else that of the whole file.
    pub(super) fn symbol(&self, at: Option<usize>) -> Result<Symbol, Fault> {
        match (self.words(at), &self.options.symbol) {
            (None, None) => Err(empty(Column::Symbol)),
            (None, Some(of_file)) => Ok(of_file.clone()),
            (Some(cell), None) => Ok(cell.parse()?),
            (Some(cell), Some(of_file)) if cell.eq_ignore_ascii_case(of_file.as_str()) => Ok(of_file.clone()),
            (Some(cell), Some(of_file)) => {
                let message = format!("the row is of {}, not of {of_file} as --symbol says", excerpt(cell));
                Err(Fault::new("symbol_mismatch", message).with_hint("leave --symbol out to import all its stocks"))
            }
        }
    }

    /// The row's currency, by its code.
    pub(super) fn currency(&self, at: Option<usize>) -> Result<Option<CurrencyMark>, Fault> {
        let Some(cell) = self.optional(at) else { return Ok(None) };
        let upper = cell.bytes().filter(u8::is_ascii_uppercase).count();
        if cell.len() == 3 && upper != 0 && upper != 3 {
            return Err(Fault::from(ValueError {
                what: "currency",
                code: "invalid_currency",
                value: excerpt(cell),
                rule: "is not an ISO 4217 code; codes in mixed case stand for pence and the like".to_owned(),
                hint: Some("convert the amounts to the currency itself, and write its code in capitals".to_owned()),
            }));
        }
        Ok(Some(CurrencyMark::Code(cell.parse()?)))
    }
}

/// An amount, and the row's currency if the amount bears a currency mark.
pub(super) fn money<T>(
    cell: &str,
    currency: &mut Option<CurrencyMark>,
    read: impl FnOnce(&str) -> Result<T, ValueError>,
) -> Result<T, Fault> {
    let (value, marked) = number::money(cell, read)?;
    if let Some(marked) = marked {
        let known = currency.unwrap_or(marked);
        *currency = Some(known.and(marked).ok_or_else(|| {
            let message = format!("`{}` is in {marked}, the row in {known}", excerpt(cell));
            Fault::new("currency_mismatch", message).with_hint("give all amounts of a row in one currency")
        })?);
    }
    Ok(value)
}

fn empty(column: Column) -> Fault {
    Fault::new("missing_value", format!("the {} is empty", column.name()))
}
