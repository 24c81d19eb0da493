//! Collects the entries from which positions follow.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::{
    Day, DomainError, Entry, EntryKind, Moment, Portfolio, Position, PositionKey, Sequence, Stock, StockId,
    TransactionId, count_openings, rebuild, rebuild_watched,
};
use crate::store::{ConversionRow, Reader, RealizedBy, SplitRow, StoreError};

/// The entries of positions that are linked by transfers of their lots, or by conversions.
pub(super) struct LinkedEntries {
    /// The positions, by portfolio and stock.
    pub(super) places: Vec<(Portfolio, Stock)>,
    /// Their entries, with the splits and conversions of their stocks.
    pub(super) entries: Vec<Entry>,
    /// What may realize a gain, by the id of its record.
    pub(super) realizing: HashMap<TransactionId, RealizedBy>,
}

/// The stocks that were encountered.
struct Stocks<'b> {
    reader: Reader<'b>,
    conversions: HashMap<StockId, Vec<ConversionRow>>,
    entries: Vec<Entry>,
    converted: BTreeMap<Sequence, Entry>,
}

impl Stocks<'_> {
    /// The conversions of a stock; its splits are added to the entries.
    fn conversions_of(&mut self, stock: &Stock) -> Result<Vec<ConversionRow>, StoreError> {
        if let Some(known) = self.conversions.get(&stock.id()) {
            return Ok(known.clone());
        }
        let splits = self.reader.splits().of_stock(stock)?;
        self.entries.extend(splits.iter().map(|split: &SplitRow| split.entry(stock.id())));
        let conversions = self.reader.conversions().of_stock(stock)?;
        self.converted.extend(conversions.iter().map(|row| (row.sequence, row.entry())));
        self.conversions.insert(stock.id(), conversions.clone());
        Ok(conversions)
    }
}

impl LinkedEntries {
    /// Collects the entries of a stock in some portfolios, and those of all positions that gave lots to these
    /// or received lots from them.
    pub(super) fn gather(reader: Reader<'_>, stock: &Stock, seeds: &[Portfolio]) -> Result<Self, StoreError> {
        let seeds = seeds.iter().map(|portfolio| (portfolio.clone(), stock.clone()));
        Self::gather_all(reader, seeds.collect())
    }

    /// Like [`Self::gather`], for positions in any stocks.
    pub(super) fn gather_all(reader: Reader<'_>, seeds: Vec<(Portfolio, Stock)>) -> Result<Self, StoreError> {
        let mut stocks =
            Stocks { reader, conversions: HashMap::new(), entries: Vec::new(), converted: BTreeMap::new() };
        let mut gathered = Self { places: Vec::new(), entries: Vec::new(), realizing: HashMap::new() };
        let mut waiting = seeds;
        let mut seen = HashSet::new();
        while let Some((portfolio, stock)) = waiting.pop() {
            if !seen.insert((portfolio.id(), stock.id())) {
                continue;
            }
            for row in stocks.conversions_of(&stock)? {
                let is_covered = row.portfolio.as_ref().is_none_or(|(only, _)| *only == portfolio.id());
                let ends = [row.stock.0, row.new_stock.0];
                for other in ends.into_iter().filter(|other| is_covered && *other != stock.id()) {
                    let other = reader.stocks().by_id(other)?;
                    waiting.extend(other.map(|other| (portfolio.clone(), other)));
                }
                gathered.realizing.insert(row.conversion_id, RealizedBy::Conversion(row.sequence));
            }
            for stored in reader.entries().of_position(portfolio.id(), &stock)? {
                match stored.entry.kind {
                    EntryKind::TransferOut { .. } | EntryKind::TransferIn { .. } => {
                        let ends = reader.portfolios().of_transfer(stored.entry.id)?;
                        waiting.extend(ends.into_iter().map(|end| (end, stock.clone())));
                    }
                    EntryKind::Sale { .. } | EntryKind::CostAdjustment { .. } => {
                        gathered.realizing.insert(stored.entry.id, RealizedBy::Transaction(stored.sequence));
                    }
                    EntryKind::Purchase { .. }
                    | EntryKind::Dividend { .. }
                    | EntryKind::Split(_)
                    | EntryKind::Conversion(_) => {}
                }
                gathered.entries.push(stored.entry);
            }
            gathered.places.push((portfolio, stock));
        }
        gathered.entries.extend(stocks.entries);
        gathered.entries.extend(stocks.converted.into_values());
        count_openings(&mut gathered.entries)?;
        Ok(gathered)
    }

    /// The positions before any entry.
    pub(super) fn blanks(&self) -> Vec<Position> {
        let blank = |(portfolio, stock): &(Portfolio, Stock)| {
            Position::new(stock.position_in(portfolio), portfolio.cost_basis_method())
        };
        self.places.iter().map(blank).collect()
    }

    /// The first day.
    pub(super) fn first_day(&self) -> Option<Day> {
        self.entries.iter().map(|entry| entry.date).min()
    }

    /// Replays the entries that `is_wanted` selects.
    ///
    /// # Errors
    /// If an entry cannot be applied, which happens only in a damaged book.
    pub(super) fn replay(self, is_wanted: impl Fn(&Entry) -> bool) -> Result<Vec<Position>, DomainError> {
        let mut positions = self.blanks();
        let entries = self.entries.into_iter().filter(|entry| is_wanted(entry)).collect();
        rebuild_watched(&mut positions, entries, &mut |_, _| {})?;
        Ok(positions)
    }

    /// One of these positions at a moment of a day. Shares that arrive by then may have reached the sender at
    /// any time of the day, so for all other positions the whole day is replayed.
    ///
    /// # Errors
    /// As [`Self::replay`].
    pub(super) fn replay_until(
        mut self,
        stock: &Stock,
        portfolio: &Portfolio,
        (day, moment): (Day, Moment),
    ) -> Result<Option<Position>, DomainError> {
        let key: PositionKey = stock.position_in(portfolio);
        let is_by_then = |entry: &Entry| entry.moment <= moment || !key.is_changed_by(entry);
        self.entries.retain(|entry| entry.date < day || entry.date == day && is_by_then(entry));
        let mut positions = self.blanks();
        let refused = rebuild(&mut positions, self.entries).refusals;
        // On the day itself, other positions may lack shares that this one sends later.
        if let Some(refused) = refused.into_iter().find(|refused| refused.entry.date < day) {
            return Err(refused.error);
        }
        Ok(positions.into_iter().find(|position| *position.key() == key))
    }
}
