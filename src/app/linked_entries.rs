//! The entries that positions of a stock follow from.

use std::collections::{HashMap, HashSet};

use crate::domain::{
    DomainError, Entry, EntryKind, Portfolio, Position, Sequence, Stock, TransactionId, count_openings, rebuild_watched,
};
use crate::store::{Reader, SplitRow, StoreError};

/// The entries of a stock in portfolios that transfers of its lots link.
pub(super) struct LinkedEntries {
    /// The portfolios.
    pub(super) portfolios: Vec<Portfolio>,
    /// Their entries, and the stock's splits.
    pub(super) entries: Vec<Entry>,
    /// Sales by the events that recorded them.
    pub(super) sales: HashMap<TransactionId, Sequence>,
}

impl LinkedEntries {
    /// Gathers the entries of a stock in some portfolios, and in those that gave lots to them or
    /// got lots from them.
    pub(super) fn gather(reader: Reader<'_>, stock: &Stock, seeds: &[Portfolio]) -> Result<Self, StoreError> {
        let splits = reader.splits().of_stock(stock)?;
        let entries = splits.iter().map(SplitRow::entry).collect();
        let mut gathered = Self { portfolios: Vec::new(), entries, sales: HashMap::new() };
        let mut waiting = seeds.to_vec();
        let mut seen = HashSet::new();
        while let Some(portfolio) = waiting.pop() {
            if !seen.insert(portfolio.id()) {
                continue;
            }
            for stored in reader.entries().of_position(portfolio.id(), stock)? {
                match stored.entry.kind {
                    EntryKind::TransferOut { .. } | EntryKind::TransferIn { .. } => {
                        waiting.extend(reader.portfolios().of_transfer(stored.entry.id)?);
                    }
                    EntryKind::Sale { .. } => {
                        gathered.sales.insert(stored.entry.id, stored.sequence);
                    }
                    EntryKind::Purchase { .. } | EntryKind::Dividend { .. } | EntryKind::Split(_) => {}
                }
                gathered.entries.push(stored.entry);
            }
            gathered.portfolios.push(portfolio);
        }
        count_openings(&mut gathered.entries)?;
        Ok(gathered)
    }

    /// The positions in these portfolios before any entry.
    pub(super) fn blanks(&self, stock: &Stock) -> Vec<Position> {
        let blank = |portfolio: &Portfolio| Position::new(stock.position_in(portfolio), portfolio.cost_basis_method());
        self.portfolios.iter().map(blank).collect()
    }

    /// The positions that the entries of interest make.
    ///
    /// # Errors
    /// If an entry cannot be carried out, as only in a damaged book.
    pub(super) fn replay(
        self,
        stock: &Stock,
        is_wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Vec<Position>, DomainError> {
        let mut positions = self.blanks(stock);
        let entries = self.entries.into_iter().filter(|entry| is_wanted(entry)).collect();
        rebuild_watched(&mut positions, entries, &mut |_, _| {})?;
        Ok(positions)
    }

    /// As [`Self::replay`], the position in one of these portfolios.
    pub(super) fn replay_one(
        self,
        stock: &Stock,
        portfolio: &Portfolio,
        is_wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Option<Position>, DomainError> {
        let positions = self.replay(stock, is_wanted)?;
        Ok(positions.into_iter().find(|position| position.key().portfolio_id == portfolio.id()))
    }
}
