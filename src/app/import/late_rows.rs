//! Rows that are recorded out of order.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::refusal::{Refusal, RowRefusal};
use crate::app::rematch::{Cause, ReorderedDay, explained, stale_positions, try_rematch};
use crate::app::{AppError, known_stock};
use crate::domain::{Day, Entry, Symbol, TransactionId, TransactionType};
use crate::store::{StoreError, TransactionFilter, UnitOfWork};

/// Rows that come before entries of their positions, and rows of the same positions that follow them. The
/// positions are rebuilt once all rows are recorded.
#[derive(Default)]
pub(super) struct LateRows {
    stocks: BTreeMap<Symbol, OfStock>,
    /// The files and lines of the rows, by transaction.
    places: HashMap<TransactionId, (u64, u64)>,
}

struct OfStock {
    cause: Cause,
    /// The days of the rows.
    days: BTreeSet<Day>,
}

/// Rows that are invalid, by file and line.
pub(super) type LateFaults = Vec<(u64, u64, RowRefusal)>;

/// The result of rebuilding.
#[derive(Default)]
pub(super) struct Rematch {
    /// The rows that are invalid in the rebuilt history, by file and line.
    pub(super) faults: LateFaults,
    /// The rows that leave an entry of the book invalid, which may follow from other faults.
    pub(super) uncovering: LateFaults,
    /// The days on which purchases were moved before sales that need them.
    pub(super) reordered: Vec<ReorderedDay>,
}

impl LateRows {
    /// Adds a row and its place.
    pub(super) fn note(&mut self, symbol: &Symbol, day: Day, id: TransactionId, place: (u64, u64)) {
        let first = || OfStock { cause: Cause::transaction(id, day), days: BTreeSet::new() };
        self.stocks.entry(symbol.clone()).or_insert_with(first).days.insert(day);
        self.note_place(id, place);
    }

    /// Adds the place of a row that may turn out to be invalid once others are recorded.
    pub(super) fn note_place(&mut self, id: TransactionId, place: (u64, u64)) {
        self.places.insert(id, place);
    }

    /// The file and line of a row that was added.
    pub(super) fn place(&self, id: TransactionId) -> Option<(u64, u64)> {
        self.places.get(&id).copied()
    }

    /// Rebuilds the positions.
    pub(super) fn rematch(&mut self, unit: &mut UnitOfWork<'_>) -> Result<Rematch, AppError> {
        let Rematch { mut faults, mut uncovering, mut reordered } = Rematch::default();
        let mut reported = HashSet::new();
        for (symbol, OfStock { cause, days }) in std::mem::take(&mut self.stocks) {
            let stock = known_stock(unit.reader(), &symbol)?;
            let stale = stale_positions(unit, std::slice::from_ref(&stock))?;
            let refused = match try_rematch(unit, &stale, cause)? {
                Ok(rematched) => {
                    reordered.extend(rematched.reordered.into_iter().filter(|sale| days.contains(&sale.day)));
                    continue;
                }
                Err(refused) => refused,
            };
            for refusal in std::iter::once(*refused.first).chain(refused.others) {
                let Some((file, line)) = self.place(refusal.entry.id) else {
                    let Some((file, line)) = self.row_before(unit, &symbol, &refusal.entry)? else {
                        return Err(explained(refusal, &[], cause).into());
                    };
                    match Refusal::from(explained(refusal, &[], cause)) {
                        Refusal::Row(fault) | Refusal::Uncovers(_, fault) => uncovering.push((file, line, fault)),
                        Refusal::All(error) => return Err(error),
                    }
                    continue;
                };
                // Positions linked by conversions are rebuilt with each of their stocks.
                if !reported.insert(refusal.entry.id) {
                    continue;
                }
                match Refusal::from(refusal.error) {
                    Refusal::Row(fault) | Refusal::Uncovers(_, fault) => faults.push((file, line, fault)),
                    Refusal::All(error) => return Err(error),
                }
            }
        }
        Ok(Rematch { faults, uncovering, reordered })
    }

    /// The last row before an entry of the book in which shares left.
    fn row_before(
        &self,
        unit: &mut UnitOfWork<'_>,
        symbol: &Symbol,
        entry: &Entry,
    ) -> Result<Option<(u64, u64)>, StoreError> {
        let (symbol, to) = (Some(symbol.clone()), Some(entry.date));
        let filter = TransactionFilter { symbol, to, ..TransactionFilter::default() };
        let mut last = None;
        unit.flushed()?.transactions().for_each::<StoreError>(&filter, &mut |row| {
            let is_receipt = matches!(row.transaction_type, TransactionType::Buy | TransactionType::TransferIn);
            last = self.place(row.transaction_id).filter(|_| !is_receipt).or(last);
            Ok(())
        })?;
        Ok(last)
    }
}
