//! Rows that come late.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::refusal::{Refusal, RowRefusal};
use crate::app::rematch::{Cause, ReorderedDay, explained, stale_positions, try_rematch};
use crate::app::{AppError, known_stock};
use crate::domain::{Day, Symbol, TransactionId};
use crate::store::UnitOfWork;

/// Rows that come before what their positions have already, or after such ones: those positions are
/// to be rebuilt when all rows are there.
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

/// What came of late rows.
#[derive(Default)]
pub(super) struct Rematch {
    /// The rows that cannot stand, by file and line.
    pub(super) faults: Vec<(u64, u64, RowRefusal)>,
    /// Days of rows on which purchases go before the sales that need them.
    pub(super) reordered: Vec<ReorderedDay>,
}

impl LateRows {
    /// Remembers a row and its place.
    pub(super) fn note(&mut self, symbol: &Symbol, day: Day, id: TransactionId, place: (u64, u64)) {
        let first = || OfStock { cause: Cause::transaction(id, day), days: BTreeSet::new() };
        self.stocks.entry(symbol.clone()).or_insert_with(first).days.insert(day);
        self.places.insert(id, place);
    }

    /// Makes the positions anew.
    pub(super) fn rematch(mut self, unit: &mut UnitOfWork<'_>) -> Result<Rematch, AppError> {
        let Rematch { mut faults, mut reordered } = Rematch::default();
        let mut told = HashSet::new();
        for (symbol, OfStock { cause, days }) in std::mem::take(&mut self.stocks) {
            let stock = known_stock(unit.reader(), &symbol)?;
            let stale = stale_positions(unit, std::slice::from_ref(&stock))?;
            let refused = match try_rematch(unit, &stale, cause)? {
                Ok(rematched) => {
                    reordered.extend(rematched.reordered.into_iter().filter(|it| days.contains(&it.day)));
                    continue;
                }
                Err(refused) => refused,
            };
            for refusal in std::iter::once(*refused.first).chain(refused.others) {
                let Some((file, line)) = self.places.get(&refusal.entry.id).copied() else {
                    // What was recorded before and cannot stand any more has no row to be told by.
                    return Err(explained(refusal, &[], cause).into());
                };
                // What conversions link is rebuilt with each of its stocks.
                if !told.insert(refusal.entry.id) {
                    continue;
                }
                match Refusal::from(refusal.error) {
                    Refusal::Row(fault) => faults.push((file, line, fault)),
                    Refusal::All(error) => return Err(error),
                }
            }
        }
        Ok(Rematch { faults, reordered })
    }
}
