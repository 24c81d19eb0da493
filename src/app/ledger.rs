//! All that positions of a stock follow from.

use std::collections::{HashMap, HashSet};

use crate::domain::{
    DomainError, Entry, EntryKind, Portfolio, Position, Sequence, Stock, TransactionId, count_openings, rebuild_watched,
};
use crate::store::{Facts, SplitRow, StoreError, UnitOfWork};

/// The entries of a stock in portfolios that share its lots by transfers.
pub(super) struct Ledger {
    /// The portfolios.
    pub(super) portfolios: Vec<Portfolio>,
    /// Their entries, and the stock's splits.
    pub(super) entries: Vec<Entry>,
    /// Sales by the events that recorded them.
    pub(super) sales: HashMap<TransactionId, Sequence>,
}

impl Ledger {
    /// Gathers the entries of a stock in some portfolios, and in those that gave lots to them or
    /// got lots from them.
    pub(super) fn gather(facts: Facts<'_>, stock: &Stock, seeds: &[Portfolio]) -> Result<Self, StoreError> {
        let splits = facts.splits(stock)?;
        let entries = splits.iter().map(SplitRow::entry).collect();
        let mut ledger = Self { portfolios: Vec::new(), entries, sales: HashMap::new() };
        let mut waiting = seeds.to_vec();
        let mut seen = HashSet::new();
        while let Some(portfolio) = waiting.pop() {
            if !seen.insert(portfolio.id()) {
                continue;
            }
            for stored in facts.entries(portfolio.id(), stock)? {
                match stored.entry.kind {
                    EntryKind::TransferOut { .. } | EntryKind::TransferIn { .. } => {
                        waiting.extend(facts.portfolios_of(stored.entry.id)?);
                    }
                    EntryKind::Sale { .. } => {
                        ledger.sales.insert(stored.entry.id, stored.sequence);
                    }
                    EntryKind::Purchase { .. } | EntryKind::Dividend { .. } | EntryKind::Split(_) => {}
                }
                ledger.entries.push(stored.entry);
            }
            ledger.portfolios.push(portfolio);
        }
        count_openings(&mut ledger.entries)?;
        Ok(ledger)
    }

    /// The ledger's portfolios as positions without entries.
    pub(super) fn blanks(&self, stock: &Stock) -> Vec<Position> {
        let blank = |portfolio: &Portfolio| Position::new(stock.position_in(portfolio), portfolio.cost_basis_method());
        self.portfolios.iter().map(blank).collect()
    }

    /// Makes positions anew from the entries that are of interest; one blank position for each
    /// portfolio.
    ///
    /// # Errors
    /// If an entry cannot be carried out, as only in a damaged book.
    pub(super) fn replay(
        self,
        mut positions: Vec<Position>,
        is_wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Vec<Position>, DomainError> {
        let entries = self.entries.into_iter().filter(|entry| is_wanted(entry)).collect();
        rebuild_watched(&mut positions, entries, &mut |_, _| {})?;
        Ok(positions)
    }

    /// The position of a portfolio after the entries that are of interest.
    pub(super) fn position_after(
        self,
        unit: &mut UnitOfWork<'_>,
        portfolio: &Portfolio,
        stock: &Stock,
        is_wanted: impl Fn(&Entry) -> bool,
    ) -> anyhow::Result<Option<Position>> {
        let blank = |portfolio| unit.blank_position(portfolio, stock);
        let blanks = self.portfolios.iter().map(blank).collect::<Result<_, StoreError>>()?;
        let positions = self.replay(blanks, is_wanted)?;
        Ok(positions.into_iter().find(|position| position.key().portfolio_id == portfolio.id()))
    }
}
