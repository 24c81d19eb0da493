//! Voiding and amending what was recorded. Nothing is ever edited: a mistake is voided, and entered
//! again.

mod amended;
mod amending;

use std::collections::BTreeMap;

use super::AppError;
use super::lookup::{known_portfolio, known_record, known_stock};
use super::record::BookRecord;
use super::rematch::{Cause, mark_stale, rematch_stale};
use super::splits::fractions_sold;
use crate::domain::{
    ExternalId, LotsNeeded, Note, Portfolio, PortfolioName, RematchedSale, Stock, Symbol, TransactionId,
    TransactionVoidedEvent,
};
use crate::store::{StoreError, TransactionRow, UnitOfWork};
pub use amended::Amendment;
pub(super) use amending::bring_back;
pub use amending::{AmendReceipt, amend};

/// The result of voiding a record.
#[derive(Debug, Clone)]
pub struct VoidReceipt {
    /// The records as they were.
    pub records: Vec<BookRecord>,
    /// The transaction that the voided one had replaced, if it was entered again.
    pub entered: Option<TransactionRow>,
    /// The replacement of a record that was voided already because it had been amended.
    pub replacement: Option<TransactionId>,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Voids a transaction, split or conversion. If it is voided already, nothing changes.
///
/// # Errors
/// If the id is unknown, if a later entry would no longer be possible, or if the book cannot be read or
/// written.
pub fn void_record(
    unit: &mut UnitOfWork<'_>,
    id: &ExternalId,
    portfolio: Option<&Portfolio>,
    reason: Option<&Note>,
) -> Result<VoidReceipt, AppError> {
    let record = BookRecord::find(unit.reader(), known_record(unit.reader(), id, portfolio)?)?;
    if record.is_voided() {
        let current = unit.reader().records().current(record.id())?;
        let stands = current != record.id() && !BookRecord::find(unit.reader(), current)?.is_voided();
        let replacement = stands.then_some(current);
        return Ok(VoidReceipt { records: vec![record], entered: None, replacement, rematched: Vec::new() });
    }
    let mut records = vec![record];
    // The sales of fractions are voided together with the split that left them.
    if let Some(BookRecord::Split(split)) = records.first() {
        let stock = known_stock(unit.reader(), &split.symbol)?;
        let sold = fractions_sold(unit, &stock, split.effective_date)?;
        records.extend(sold.into_iter().map(BookRecord::Transaction));
    }
    void_all(unit, records, reason)
}

fn void_all(
    unit: &mut UnitOfWork<'_>,
    records: Vec<BookRecord>,
    reason: Option<&Note>,
) -> Result<VoidReceipt, AppError> {
    revert(unit, &records, LotsNeeded::None)?;
    let mut stocks: Vec<(Stock, Cause)> = Vec::new();
    for record in &records {
        let stock = void(unit, record, reason)?;
        let cause = Cause::transaction(record.id(), record.date());
        let other = match record {
            BookRecord::Conversion(row) => Some(known_stock(unit.reader(), &row.new_stock.1)?),
            BookRecord::Transaction(_) | BookRecord::Split(_) => None,
        };
        for stock in std::iter::once(stock).chain(other) {
            match stocks.iter_mut().find(|(known, _)| known.id() == stock.id()) {
                Some((_, known)) => known.from_date = known.from_date.min(cause.from_date),
                None => stocks.push((stock, cause)),
            }
        }
    }
    let mut rematched = Vec::new();
    for (stock, cause) in stocks {
        rematched.extend(rematch_stale(unit, &stock, cause)?.sales);
    }
    Ok(VoidReceipt { records, entered: None, replacement: None, rematched })
}

/// Reverts transactions that are about to be voided in their positions; a position in which something comes
/// after them becomes stale. `needed` are the lots that their replacements can affect.
fn revert(unit: &mut UnitOfWork<'_>, records: &[BookRecord], needed: LotsNeeded) -> Result<(), AppError> {
    let mut by_position: BTreeMap<(&Symbol, PortfolioName), Vec<TransactionId>> = BTreeMap::new();
    for record in records {
        let BookRecord::Transaction(transaction) = record else { continue };
        for portfolio in unit.flushed()?.portfolios().of_transfer(transaction.transaction_id)? {
            let position = (&transaction.symbol, portfolio.name().clone());
            by_position.entry(position).or_default().push(transaction.transaction_id);
        }
    }
    for ((symbol, portfolio), ids) in by_position {
        let (stock, portfolio) = (known_stock(unit.reader(), symbol)?, known_portfolio(unit.reader(), &portfolio)?);
        unit.revert(&portfolio, &stock, &ids, needed)?;
    }
    Ok(())
}

/// Records that something is void. A transaction must have been [reverted](revert) before; the positions that
/// a split affected become stale.
fn void(unit: &mut UnitOfWork<'_>, record: &BookRecord, reason: Option<&Note>) -> Result<Stock, AppError> {
    let voided = TransactionVoidedEvent { transaction_id: record.id(), reason: reason.cloned() };
    match record {
        BookRecord::Transaction(transaction) => {
            let stock = known_stock(unit.reader(), &transaction.symbol)?;
            for portfolio in unit.flushed()?.portfolios().of_transfer(transaction.transaction_id)? {
                unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, _| {
                    position.void(voided.clone());
                    Ok::<_, StoreError>(())
                })?;
            }
            Ok(stock)
        }
        BookRecord::Split(split) => {
            let mut stock = known_stock(unit.reader(), &split.symbol)?;
            stock.void(voided);
            unit.save(&mut stock)?;
            mark_stale(unit, &stock)?;
            Ok(stock)
        }
        BookRecord::Conversion(row) => {
            let mut stock = known_stock(unit.reader(), &row.stock.1)?;
            let new_stock = known_stock(unit.reader(), &row.new_stock.1)?;
            stock.void(voided);
            unit.save(&mut stock)?;
            mark_stale(unit, &stock)?;
            mark_stale(unit, &new_stock)?;
            Ok(stock)
        }
    }
}
