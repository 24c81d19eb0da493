//! Changes positions within a unit of work.

use super::events::StreamKey;
use super::{RealizedBy, StoreError, UnitOfWork, disposals};
use crate::domain::{Lot, LotsNeeded, Portfolio, Position, PositionTotals, Sequence, Stock, Stream};

impl UnitOfWork<'_> {
    /// Has `decide` change a position, and saves the result: its events and what its sale realized now, the
    /// position's totals and lots at the commit. `decide` is passed the place in the order of recording that
    /// its event will have.
    ///
    /// A position is loaded once in a unit of work. A unit of work that changes the same position more than
    /// once must therefore request all of its lots.
    ///
    /// # Errors
    /// Whatever error `decide` returns, with nothing saved; or if the book cannot be read or written.
    pub fn with_position<T, E: From<StoreError>>(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        lots: LotsNeeded,
        decide: impl FnOnce(&mut Position, Sequence) -> Result<T, E>,
    ) -> Result<T, E> {
        let key = self.appender.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        let mut position = match self.positions.take(key) {
            Some(position) => position,
            None => self.load_position(portfolio, stock, key, self.positions.stored.lots(key, lots)?)?.into(),
        };
        let next = self.appender.next();
        let decided = decide(&mut position, next);
        let saved = if decided.is_ok() { self.save_decision(key, &mut position) } else { Ok(()) };
        self.positions.put(key, position);
        let decided = decided?;
        saved?;
        Ok(decided)
    }

    /// A position as it is stored, with those of its lots that are `needed`.
    pub(super) fn load_position(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        key: StreamKey,
        lots: Vec<Lot>,
    ) -> Result<Position, StoreError> {
        self.note_loaded(key);
        let version = self.appender.version(key)?;
        let totals = self.positions.stored.totals(key)?;
        let method = portfolio.cost_basis_method();
        let splits = self.reader().splits().seen(stock)?;
        Ok(Position::restore(stock.position_in(portfolio), method, totals, version, lots, splits))
    }

    /// An empty position, to be rebuilt from its entries.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn blank_position(&mut self, portfolio: &Portfolio, stock: &Stock) -> Result<Position, StoreError> {
        let key = self.appender.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        self.note_loaded(key);
        let (version, method) = (self.appender.version(key)?, portfolio.cost_basis_method());
        Ok(Position::restore(stock.position_in(portfolio), method, PositionTotals::default(), version, [], Vec::new()))
    }

    /// The portfolios in which this unit of work has made the position of a stock stale.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stale_portfolios(&mut self, stock: &Stock) -> Result<Vec<Portfolio>, StoreError> {
        let (_, key) = self.appender.stream_key(Stream::Stock(stock.id()))?;
        let loaded = self.appender.unwritten.positions.get(&key).into_iter().flatten();
        let loaded = loaded.filter_map(|portfolio| self.positions.get((*portfolio, key)));
        let stale = loaded.filter(|position| position.is_stale());
        stale.filter_map(|position| self.reader().portfolios().find(&position.key().portfolio).transpose()).collect()
    }

    fn note_loaded(&mut self, (portfolio, stock): StreamKey) {
        self.appender.unwritten.positions.entry(stock).or_default().insert(portfolio);
    }

    /// The totals of a position, as of now in this unit of work.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn current_totals(&mut self, portfolio: &Portfolio, stock: &Stock) -> Result<PositionTotals, StoreError> {
        let key = self.appender.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        match self.positions.get(key) {
            Some(position) => Ok(position.totals().clone()),
            None => self.positions.stored.totals(key),
        }
    }

    fn save_decision(&mut self, key: StreamKey, position: &mut Position) -> Result<(), StoreError> {
        let disposals = position.pull_disposals();
        self.save(position)?;
        // A decision makes at most one sale, so the last event is the sale that realized them.
        let by = RealizedBy::Transaction(self.appender.last());
        disposals::write(&mut self.statements, key, by, &disposals)?;
        self.positions.gains.add(&mut self.statements, key, &disposals)
    }
}
