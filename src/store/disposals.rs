//! What sales realized, lot by lot.
//!
//! A sale is written and read as a whole, so it is one row, with its parts as a JSON array: nothing
//! else would take as many rows in an import, and rows are what an import's time goes to.

use rusqlite::Row;
use rusqlite::types::Type;
use serde::Deserialize;

use super::StoreError;
use super::statements::Statements;
use super::values::{id, integer, parsed, text};

use crate::domain::{Disposal, Money, Sequence};

/// A part as the column has it: its lot, that lot's day, quantity, proceeds and cost basis.
#[derive(Deserialize)]
struct Part<'j>(#[serde(borrow)] [&'j str; 5]);

/// Writes what a sale realized.
pub(super) fn write(statements: &mut Statements<'_>, sale: Sequence, disposals: &[Disposal]) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO disposals (sale, parts) VALUES (?1, ?2)";
    if disposals.is_empty() {
        return Ok(());
    }
    statements.get(SQL)?.execute((integer(sale), json(disposals)))?;
    Ok(())
}

/// Deletes what a sale realized that does not count any more.
pub(super) fn delete(statements: &mut Statements<'_>, sale: Sequence) -> Result<(), StoreError> {
    static SQL: &str = "DELETE FROM disposals WHERE sale = ?1";
    statements.get(SQL)?.execute([integer(sale)])?;
    Ok(())
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

/// The parts of a sale. None of what they say needs escaping.
fn json(disposals: &[Disposal]) -> String {
    let mut text = String::new();
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
            text.push_str(before);
            text.push_str(value.as_str());
        }
        before = "\"],[\"";
    }
    text.push_str("\"]]");
    text
}
