//! What sales realized, lot by lot.
//!
//! A sale is written and read as a whole, so it is one row, with its disposals as a JSON array: one row
//! each would slow down imports, whose time goes mostly into rows.

use rusqlite::Row;
use rusqlite::types::Type;
use serde::Deserialize;

use super::StoreError;
use super::events::StreamKey;
use super::statements::Statements;
use super::values::{id, integer, parsed, text};

use crate::domain::{Day, Disposal, Money, Sequence, TransactionId};

/// What realized a gain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RealizedBy {
    /// A transaction of the position, by its event.
    Transaction(Sequence),
    /// A conversion, by its event: it can realize gains in several positions.
    Conversion(Sequence),
}

/// A disposal as stored in the column: the lot, its acquisition day, quantity, proceeds and cost basis.
#[derive(Deserialize)]
struct StoredDisposal<'j>(#[serde(borrow)] [&'j str; 5]);

/// Writes what was realized in a position.
pub(super) fn write(
    statements: &mut Statements<'_>,
    (portfolio, stock): StreamKey,
    by: RealizedBy,
    disposals: &[Disposal],
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO disposals (sale, parts) VALUES (?1, ?2)";
    static CONVERSION: &str =
        "INSERT INTO conversion_gains (conversion, portfolio, stock, parts) VALUES (?1, ?2, ?3, ?4)";
    if disposals.is_empty() {
        return Ok(());
    }
    match by {
        RealizedBy::Transaction(sale) => statements.get(SQL)?.execute((integer(sale), json(disposals)))?,
        RealizedBy::Conversion(conversion) => {
            statements.get(CONVERSION)?.execute((integer(conversion), portfolio, stock, json(disposals)))?
        }
    };
    Ok(())
}

/// Deletes what was realized in a position and no longer counts.
pub(super) fn delete(
    statements: &mut Statements<'_>,
    (portfolio, stock): StreamKey,
    by: RealizedBy,
) -> Result<(), StoreError> {
    static SQL: &str = "DELETE FROM disposals WHERE sale = ?1";
    static CONVERSION: &str = "DELETE FROM conversion_gains WHERE conversion = ?1 AND portfolio = ?2 AND stock = ?3";
    match by {
        RealizedBy::Transaction(sale) => statements.get(SQL)?.execute([integer(sale)])?,
        RealizedBy::Conversion(conversion) => {
            statements.get(CONVERSION)?.execute((integer(conversion), portfolio, stock))?
        }
    };
    Ok(())
}

/// The disposals of a sale whose id, day and JSON are in four columns of a row.
pub(super) fn of_row(row: &Row<'_>, first: usize) -> rusqlite::Result<Vec<Disposal>> {
    let column = |n: usize| first.saturating_add(n);
    parts(row, (id(row, [column(0), column(1)])?, text(row, column(2))?), column(3))
}

/// The disposals of a conversion whose id, day and JSON are in three columns of a row.
pub(super) fn of_conversion(row: &Row<'_>, first: usize) -> rusqlite::Result<Vec<Disposal>> {
    let column = |n: usize| first.saturating_add(n);
    parts(row, (text(row, first)?, text(row, column(1))?), column(2))
}

fn parts(row: &Row<'_>, (sale_id, sold_on): (TransactionId, Day), column: usize) -> rusqlite::Result<Vec<Disposal>> {
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
    };
    let parts: Vec<StoredDisposal<'_>> =
        serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| unreadable(error.into()))?;
    let disposal = |StoredDisposal([lot_id, acquired_on, quantity, proceeds, cost_basis]): StoredDisposal<'_>| {
        let (proceeds, cost_basis): (Money, Money) = (parsed(column, proceeds)?, parsed(column, cost_basis)?);
        Ok(Disposal {
            sale_id,
            lot_id: parsed(column, lot_id)?,
            acquired_on: parsed(column, acquired_on)?,
            sold_on,
            quantity: parsed(column, quantity)?,
            proceeds,
            cost_basis,
            gain: proceeds.minus(cost_basis).map_err(|error| unreadable(error.into()))?,
        })
    };
    parts.into_iter().map(disposal).collect()
}

/// The disposals as JSON. None of their values needs escaping.
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
