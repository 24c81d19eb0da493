//! What sales realized, lot by lot.
//!
//! A sale is written and read as a whole, so it is a single row with its disposals as a JSON array. A row for
//! each disposal would slow down imports, which spend most of their time on rows.

use std::fmt::Write as _;

use rusqlite::Row;
use rusqlite::types::Type;
use serde::Deserialize;

use super::StoreError;
use super::events::StreamKey;
use super::statements::Statements;
use super::values::{integer, parsed};

use crate::domain::{Bought, Day, Disposal, Lot, LotKey, Money, Sequence, TransactionId};

/// What realized a gain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RealizedBy {
    /// A transaction of the position, by its event.
    Transaction(Sequence),
    /// A conversion, by its event: it can realize gains in several positions.
    Conversion(Sequence),
}

/// A disposal as stored in the column: the lot, its acquisition day, quantity, proceeds and cost basis; then,
/// if the part of the lot does not follow from these, its moment, place and exact quantity, and the shares
/// and cost of the whole lot as bought.
#[derive(Deserialize)]
struct StoredDisposal<'j>(&'j str, &'j str, &'j str, &'j str, &'j str, #[serde(borrow, default)] Option<[&'j str; 5]>);

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

/// The disposals of a sale, or of a conversion, whose JSON is in a column of a row.
pub(super) fn parts(
    row: &Row<'_>,
    (sale_id, sold_on): (TransactionId, Day),
    column: usize,
) -> rusqlite::Result<Vec<Disposal>> {
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
    };
    let parts: Vec<StoredDisposal<'_>> =
        serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| unreadable(error.into()))?;
    let disposal =
        |StoredDisposal(lot_id, acquired_on, quantity, proceeds, cost_basis, stated_part): StoredDisposal<'_>| {
            let (proceeds, cost_basis): (Money, Money) = (parsed(column, proceeds)?, parsed(column, cost_basis)?);
            let (lot_id, acquired_on) = (parsed(column, lot_id)?, parsed(column, acquired_on)?);
            let part = |[moment, place, quantity, shares, cost]: [&str; 5]| {
                let key = LotKey { acquired_on, moment: parsed(column, moment)?, place: parsed(column, place)? };
                let bought = Bought { shares: parsed(column, shares)?, cost: parsed(column, cost)? };
                let quantity = parsed(column, quantity)?;
                Ok::<_, rusqlite::Error>(Box::new(Lot { key, lot_id, quantity, cost_basis, bought }))
            };
            Ok(Disposal {
                sale_id,
                lot_id,
                acquired_on,
                sold_on,
                quantity: parsed(column, quantity)?,
                proceeds,
                cost_basis,
                gain: proceeds.minus(cost_basis).map_err(|error| unreadable(error.into()))?,
                part: stated_part.map(part).transpose()?,
            })
        };
    parts.into_iter().map(disposal).collect()
}

/// The disposals as JSON. None of their values needs escaping.
fn json(disposals: &[Disposal]) -> String {
    let mut text = String::new();
    let mut before = "[[\"";
    for disposal in disposals {
        let Disposal { lot_id, acquired_on, quantity, proceeds, cost_basis, part, .. } = disposal;
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
        if let Some(part) = part {
            let Lot { key: LotKey { moment, place, .. }, quantity, bought: Bought { shares, cost }, .. } = &**part;
            let (quantity, shares) = (quantity.exact(), shares.exact());
            let _ = write!(text, "\",[\"{moment}\",\"{place}\",\"{quantity}\",\"{shares}\",\"{cost}");
            before = "\"]],[\"";
        }
    }
    text.push_str(before.trim_end_matches(",[\""));
    text.push(']');
    text
}
