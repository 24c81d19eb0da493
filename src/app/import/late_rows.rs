//! Rows that come late.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::refusal::{Fault, Refusal};
use crate::app::rematch::{Cause, ReorderedDay, explained, stale_positions, try_rematch};
use crate::app::{AppError, known_stock};
use crate::domain::{Day, Symbol, TransactionId};
use crate::store::UnitOfWork;

/// Rows that come before what their positions have already, or after such ones: those positions are
/// to be made anew when all rows are there.
#[derive(Default)]
pub(super) struct LateRows(BTreeMap<Symbol, OfStock>);

struct OfStock {
    cause: Cause,
    /// Their files and lines, by transaction.
    places: HashMap<TransactionId, (u64, u64)>,
    /// Their days.
    days: BTreeSet<Day>,
}

/// What came of late rows.
#[derive(Default)]
pub(super) struct Rematch {
    /// The rows that cannot stand, by file and line.
    pub(super) faults: Vec<(u64, u64, Fault)>,
    /// Days of rows on which purchases go before the sales that need them.
    pub(super) reordered: Vec<ReorderedDay>,
}

impl LateRows {
    /// Remembers a row and its place.
    pub(super) fn note(&mut self, symbol: &Symbol, day: Day, id: TransactionId, place: (u64, u64)) {
        let first = || OfStock { cause: Cause::transaction(id, day), places: HashMap::new(), days: BTreeSet::new() };
        let of_stock = self.0.entry(symbol.clone()).or_insert_with(first);
        of_stock.places.insert(id, place);
        of_stock.days.insert(day);
    }

    /// Makes the positions anew.
    pub(super) fn rematch(self, unit: &mut UnitOfWork<'_>) -> Result<Rematch, AppError> {
        let Rematch { mut faults, mut reordered } = Rematch::default();
        for (symbol, OfStock { cause, places, days }) in self.0 {
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
                let Some((file, line)) = places.get(&refusal.entry.id).copied() else {
                    // What was recorded before and cannot stand any more has no row to be told by.
                    return Err(explained(refusal, &[], cause).into());
                };
                match Refusal::from(refusal.error) {
                    Refusal::Row(fault) => faults.push((file, line, fault)),
                    Refusal::All(error) => return Err(error),
                }
            }
        }
        Ok(Rematch { faults, reordered })
    }
}
