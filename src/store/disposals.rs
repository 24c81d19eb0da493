//! What sales realized, lot by lot.
//!
//! A sale is written and read as a whole, so it is one row, with its parts as a JSON array: nothing
//! else would take as many rows in an import, and rows are what an import's time goes to.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row};
use serde::Deserialize;

use super::values::{Utf8, halves, id, integer, parsed, text};
use super::{StoreError, UnitOfWork};
use crate::domain::{Disposal, Money, Sequence, TransactionId};

/// A part as the column has it: its lot, that lot's day, quantity, proceeds and cost basis.
#[derive(Deserialize)]
struct Part<'j>(#[serde(borrow)] [&'j str; 5]);

impl UnitOfWork<'_> {
    /// What a sale realized, lot by lot.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn disposals(&mut self, sale: TransactionId) -> Result<Vec<Disposal>, StoreError> {
        self.await_transaction(sale)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id_high, t.id_low, t.trade_date, d.parts
             FROM transactions t JOIN disposals d ON d.sale = t.sequence WHERE t.id_high = ?1 AND t.id_low = ?2",
        )?;
        let found = statement.query_row(halves(sale), |row| of_row(row, 0)).optional()?;
        Ok(found.unwrap_or_default())
    }

    pub(super) fn write_disposals(&mut self, sale: Sequence, disposals: &[Disposal]) -> Result<(), StoreError> {
        if disposals.is_empty() {
            return Ok(());
        }
        let mut parts = Vec::new();
        put_json(disposals, &mut parts);
        self.write_parts(sale, &parts)
    }

    /// Writes what a sale realized, as [`put_json`] has it.
    pub(super) fn write_parts(&mut self, sale: Sequence, parts: &[u8]) -> Result<(), StoreError> {
        static SQL: &str = "INSERT INTO disposals (sale, parts) VALUES (?1, ?2)";
        self.statements.get(SQL)?.execute((integer(sale), Utf8(parts)))?;
        Ok(())
    }

    pub(super) fn delete_disposals(&mut self, sale: Sequence) -> Result<(), StoreError> {
        static SQL: &str = "DELETE FROM disposals WHERE sale = ?1";
        self.statements.get(SQL)?.execute([integer(sale)])?;
        Ok(())
    }
}

/// The disposals of the sale whose id, day and parts stand in four columns of a row.
pub(super) fn of_row(row: &Row<'_>, first: usize) -> rusqlite::Result<Vec<Disposal>> {
    let column = |n: usize| first.saturating_add(n);
    let (sale_id, sold_on) = (id(row, [column(0), column(1)])?, text(row, column(2))?);
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column(3), Type::Text, error)
    };
    let parts: Vec<Part<'_>> =
        serde_json::from_str(row.get_ref(column(3))?.as_str()?).map_err(|error| unreadable(error.into()))?;
    let disposal = |Part([lot_id, acquired_on, quantity, proceeds, cost_basis]): Part<'_>| {
        let (proceeds, cost_basis): (Money, Money) = (parsed(column(3), proceeds)?, parsed(column(3), cost_basis)?);
        Ok(Disposal {
            sale_id,
            lot_id: parsed(column(3), lot_id)?,
            acquired_on: parsed(column(3), acquired_on)?,
            sold_on,
            quantity: parsed(column(3), quantity)?,
            proceeds,
            cost_basis,
            gain: proceeds.minus(cost_basis).map_err(|error| unreadable(error.into()))?,
        })
    };
    parts.into_iter().map(disposal).collect()
}

/// Puts the parts of a sale at the end of a text in UTF-8. None of what they say needs escaping.
pub(super) fn put_json(disposals: &[Disposal], text: &mut Vec<u8>) {
    let mut before = "[[\"";
    for disposal in disposals {
        let Disposal { lot_id, acquired_on, quantity, proceeds, cost_basis, .. } = disposal;
        for (before, value) in [
            (before, lot_id.plain()),
            ("\",\"", acquired_on.plain()),
            ("\",\"", quantity.plain()),
            ("\",\"", proceeds.plain()),
            ("\",\"", cost_basis.plain()),
        ] {
            text.extend_from_slice(before.as_bytes());
            text.extend_from_slice(value.as_bytes());
        }
        before = "\"],[\"";
    }
    text.extend_from_slice(b"\"]]");
}
