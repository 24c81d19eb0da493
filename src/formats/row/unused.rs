//! Refuses rows with information that their kind cannot use, which would otherwise be lost.

use super::cells::{Cells, Unread};
use crate::domain::excerpt;
use crate::formats::fault::Fault;
use crate::formats::table::{Field, Is, NotRecorded};

impl Cells<'_> {
    /// Refuses a row about money that also moves shares of a stock: its action does not describe all of it. One that
    /// names a stock must not have more cells than the header, either.
    pub(super) fn refuse_moved_shares(&mut self, kind: NotRecorded) -> Result<(), Unread> {
        let Some(stock) = self.text(Field::Symbol).or(self.text(Field::Isin)).filter(|_| kind.is_money()) else {
            return Ok(());
        };
        // Its cells may be shifted by one column.
        self.refuse_more_cells()?;
        let Some(shares) = self.shares()? else { return Ok(()) };
        let (column, action) = self.bound.action(&self.row.cells).unwrap_or(("action", ""));
        let action = format!("{} \"{}\"", excerpt(&column.to_lowercase()), excerpt(action));
        let message = format!("{action} is about money, but the row names {shares} of {}", excerpt(stock));
        let hint = "say what it is, for example --map-action 'WORD=buy', or leave such rows out with --skip-unknown";
        Err(Fault::new("unknown_action", message).with_hint(hint).into())
    }

    /// Refuses cells beyond the last column: an unquoted thousands separator splits a number in two.
    fn refuse_more_cells(&self) -> Result<(), Fault> {
        let (found, named) = (self.row.cells.len(), self.bound.header().len());
        if self.row.cells.iter().skip(named).all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let fault = Fault::new("ragged_row", format!("the row has {found} fields, the header {named}"));
        Err(fault.with_hint("a value that contains the delimiter must be in quotes"))
    }

    /// Refuses a lot, an `as_of` day or a fee where the kind cannot have one, and cells beyond the last column.
    pub(super) fn refuse_unused(&mut self, is: Is) -> Result<(), Unread> {
        if !self.part.is_own {
            return Ok(());
        }
        self.refuse_more_cells()?;
        let unused = |message: &str, hint| Err(Fault::new("unexpected_value", message).with_hint(hint).into());
        if self.text(Field::Lot).is_some() && !matches!(is, Is::Sell | Is::TransferOut) {
            let hint = "leave the lot empty; a purchase is a lot of its own, named by its id";
            return unused("only a sale or a transfer takes lots", hint);
        }
        if let Some(as_of) = self.text(Field::AsOf) {
            // The sale of a fraction left by a split names the day of the split.
            let is_of_its_day = is == Is::Sell && self.text(Field::Date) == Some(as_of);
            if is != Is::Opening && !is_of_its_day {
                return unused("only an opening counts shares as of another day", "leave as_of empty");
            }
        }
        let has_fee = matches!(is, Is::Buy | Is::Sell | Is::Opening);
        if !has_fee && self.number(Field::Fee)?.is_some_and(|fee| !fee.value.is_zero()) {
            let hint = "leave the fee empty; tax that was withheld from a dividend stands in the column withholding";
            return unused("only a purchase or a sale has a fee", hint);
        }
        if matches!(is, Is::Buy | Is::Opening | Is::TransferIn) {
            self.refuse_less_than_nothing(Field::Quantity, "quantity", "invalid_quantity")?;
        }
        self.refuse_less_than_nothing(Field::Price, "price", "invalid_price")
    }

    /// Refuses a sign that contradicts the action.
    fn refuse_less_than_nothing(&mut self, field: Field, name: &str, code: &'static str) -> Result<(), Unread> {
        if self.number(field)?.is_none_or(|number| !number.value.is_negative()) {
            return Ok(());
        }
        let message = format!("{name} `{}` must not be negative", excerpt(self.text(field).unwrap_or_default()));
        Err(Fault::new(code, message).with_hint("leave the sign out: the action says which way it goes").into())
    }
}
