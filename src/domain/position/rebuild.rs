//! Positions made anew from their entries.

use std::collections::HashMap;

use super::{Position, Transit};
use crate::domain::{DomainError, Entry, PortfolioId};

/// An entry that cannot be carried out where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The entry.
    pub entry: Entry,
    /// Why.
    pub error: DomainError,
}

/// Carries out all entries of a stock, in their order, on positions without trades: one for every
/// portfolio that the entries are about. What the positions then are depends on the entries alone,
/// not on the order in which they are given.
///
/// The entries that could not be carried out are left out, and returned.
#[must_use = "what was left out is missing from the positions"]
pub fn rebuild(positions: &mut [Position], entries: Vec<Entry>) -> Vec<Refusal> {
    carry_out(positions, entries, &mut |_, _| {})
}

/// As [`rebuild`], of entries that stood when they were recorded, with every one and the positions
/// right after it shown to `watch`.
///
/// # Errors
/// If an entry cannot be carried out, as only in a damaged book.
pub fn rebuild_watched(
    positions: &mut [Position],
    entries: Vec<Entry>,
    watch: &mut dyn FnMut(&Entry, &[Position]),
) -> Result<(), DomainError> {
    match carry_out(positions, entries, watch).into_iter().next() {
        Some(refusal) => Err(refusal.error),
        None => Ok(()),
    }
}

fn carry_out(
    positions: &mut [Position],
    mut entries: Vec<Entry>,
    watch: &mut dyn FnMut(&Entry, &[Position]),
) -> Vec<Refusal> {
    entries.sort_by_key(Entry::order);
    let by_portfolio: HashMap<PortfolioId, usize> =
        positions.iter().enumerate().map(|(at, position)| (position.key.portfolio_id, at)).collect();
    let mut transit = Transit::new();
    let mut refusals = Vec::new();
    for entry in entries {
        let result = match entry.portfolio() {
            None => positions.iter_mut().try_for_each(|position| position.apply(&entry, &mut transit)),
            Some(portfolio) => match by_portfolio.get(&portfolio).and_then(|at| positions.get_mut(*at)) {
                Some(position) => position.apply(&entry, &mut transit),
                None => Ok(()),
            },
        };
        match result {
            Ok(()) => watch(&entry, positions),
            Err(error) => refusals.push(Refusal { entry, error }),
        }
    }
    refusals
}
