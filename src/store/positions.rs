//! Positions: totals, open lots and what sales realized.

use rusqlite::{OptionalExtension, Row};

use super::events::StreamKey;
use super::values::{halves, id, integer, natural, optional, text};
use super::{StoreError, UnitOfWork};
use crate::domain::{
    AggregateRoot, Bought, CostRank, Day, Lot, LotChange, LotKey, LotsNeeded, Moment, Money, Portfolio, Position,
    PositionTotals, Sequence, Shares, Stock, Stream,
};

impl UnitOfWork<'_> {
    /// Lets `decide` change a position and saves what it did: the events into the history, what
    /// was realized beside its sale, and at the commit the position's totals and lots. It is told
    /// the place in the order of recording that its event will have.
    ///
    /// A position that a unit of work has loaded is not loaded again, so a unit of work that
    /// decides more than once about a position asks for all of its lots.
    ///
    /// # Errors
    /// As `decide` fails, with nothing saved; or if the book cannot be read or written.
    pub fn with_position<T, E: From<StoreError>>(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        lots: LotsNeeded,
        decide: impl FnOnce(&mut Position, Sequence) -> Result<T, E>,
    ) -> Result<T, E> {
        let key = self.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        let mut position = match self.positions.remove(&key) {
            Some(position) => position,
            None => self.load_position(portfolio, stock, key, self.open_lots(key, lots)?)?,
        };
        let next = self.last_sequence().saturating_add(1);
        let decided = decide(&mut position, next);
        let saved = if decided.is_ok() { self.save_decision(key, &mut position) } else { Ok(()) };
        self.positions.insert(key, position);
        let decided = decided?;
        saved?;
        Ok(decided)
    }

    /// The totals of a position as they are stored. Those of one that is not there know of the
    /// stock's splits, before which a first trade would come too late to be merely added.
    pub(super) fn stored_totals(&self, (portfolio, stock): StreamKey) -> Result<PositionTotals, StoreError> {
        let sql =
            "SELECT quantity, cost_basis, realized_gain, dividends, first_trade_date, last_trade_date, last_moment,
                       reordered_on FROM positions WHERE portfolio = ?1 AND stock = ?2";
        let found = self.connection.prepare_cached(sql)?.query_row((portfolio, stock), totals).optional()?;
        if let Some(totals) = found {
            return Ok(totals);
        }
        let sql = "SELECT max(effective_date) FROM splits WHERE stock = ?1";
        let last: Option<Day> = self.connection.prepare_cached(sql)?.query_row([stock], |row| optional(row, 0))?;
        let last_entry = last.map(|day| (day, Moment::Split));
        Ok(PositionTotals { last_entry, ..PositionTotals::default() })
    }

    /// A position as it is stored, with these of its lots.
    pub(super) fn load_position(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        key: StreamKey,
        lots: Vec<Lot>,
    ) -> Result<Position, StoreError> {
        self.note_loaded(key);
        let version = self.version(key)?;
        let totals = self.stored_totals(key)?;
        let method = portfolio.cost_basis_method();
        let splits = if self.has_splits()? { self.reader().splits().seen(stock)? } else { Vec::new() };
        Ok(Position::restore(stock.position_in(portfolio), method, totals, version, lots, splits))
    }

    /// Whether any stock was ever split: most were not, and an import loads many positions.
    fn has_splits(&mut self) -> Result<bool, StoreError> {
        if let Some(known) = self.has_splits {
            return Ok(known);
        }
        let found = self.connection.prepare_cached("SELECT 1 FROM splits LIMIT 1")?.exists([])?;
        self.has_splits = Some(found);
        Ok(found)
    }

    /// A position as if nothing had been recorded of it, to be made anew from its entries.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn blank_position(&mut self, portfolio: &Portfolio, stock: &Stock) -> Result<Position, StoreError> {
        let key = self.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        self.note_loaded(key);
        let (version, method) = (self.version(key)?, portfolio.cost_basis_method());
        Ok(Position::restore(stock.position_in(portfolio), method, PositionTotals::default(), version, [], Vec::new()))
    }

    /// The portfolios whose positions of a stock this unit of work has made stale.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stale_portfolios(&mut self, stock: &Stock) -> Result<Vec<Portfolio>, StoreError> {
        let (_, key) = self.stream_key(Stream::Stock(stock.id()))?;
        let stale = self.loaded_positions(key).filter(|position| position.is_stale());
        stale.filter_map(|position| self.reader().portfolios().find(&position.key().portfolio).transpose()).collect()
    }

    /// The positions of a stock that this unit of work has.
    fn loaded_positions(&self, stock: i64) -> impl Iterator<Item = &Position> {
        let (positions, portfolios) = (&self.positions, self.unwritten.positions.get(&stock));
        portfolios.into_iter().flatten().filter_map(move |portfolio| positions.get(&(*portfolio, stock)))
    }

    fn note_loaded(&mut self, (portfolio, stock): StreamKey) {
        self.unwritten.positions.entry(stock).or_default().insert(portfolio);
    }

    /// What a position comes to, in this unit of work.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn current_totals(&mut self, portfolio: &Portfolio, stock: &Stock) -> Result<PositionTotals, StoreError> {
        let key = self.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        self.positions.get(&key).map_or_else(|| self.stored_totals(key), |position| Ok(position.totals().clone()))
    }

    pub(super) fn open_lots(&self, key: StreamKey, needed: LotsNeeded) -> Result<Vec<Lot>, StoreError> {
        let (mut missing, direction) = match needed {
            LotsNeeded::None => return Ok(Vec::new()),
            LotsNeeded::Oldest(quantity) => (Some(Shares::from(quantity)), "ASC"),
            LotsNeeded::Newest(quantity) => (Some(Shares::from(quantity)), "DESC"),
            LotsNeeded::Dearest(quantity) => return self.dearest_lots(key, quantity),
            LotsNeeded::All => (None, "ASC"),
        };
        let sql = format!(
            "{LOT} WHERE portfolio = ?1 AND stock = ?2
            ORDER BY acquired_on {direction}, moment {direction}, place {direction}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut lots = Vec::new();
        for lot in statement.query_map(key, lot)? {
            let lot = lot?;
            let quantity = lot.quantity.clone();
            lots.push(lot);
            match missing {
                // What is shown of the last lot can be a trifle more or less than there is of it.
                Some(left) if left < quantity => break,
                Some(left) => missing = Some(left.minus(&quantity).unwrap_or_default()),
                None => {}
            }
        }
        Ok(lots)
    }

    fn save_decision(&mut self, key: StreamKey, position: &mut Position) -> Result<(), StoreError> {
        let disposals = position.pull_disposals();
        let (follows, events) = position.pull_events();
        self.append_to(key, follows, events)?;
        // One decision is one sale at most, so the last event is the sale that realized them.
        self.write_disposals(self.last_sequence(), &disposals)?;
        self.add_gains(key, &disposals)
    }

    /// Writes the totals of a position and those of its lots that have changed.
    pub(super) fn write_position(&mut self, key: StreamKey, position: &Position) -> Result<(), StoreError> {
        static SQL: &str = "INSERT OR REPLACE INTO positions
                (portfolio, stock, quantity, cost_basis, realized_gain, dividends, first_trade_date, last_trade_date,
                last_moment, reordered_on)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        if position.is_stale() {
            return Err(StoreError::Damaged(format!("the position of {} was left stale", position.key().symbol)));
        }
        let (portfolio, stock) = key;
        let totals = position.totals();
        self.statements.get(SQL)?.execute((
            portfolio,
            stock,
            totals.quantity.exact(),
            totals.cost_basis.plain(),
            totals.realized_gain.plain(),
            totals.dividends.plain(),
            totals.first_trade_date.map(Day::plain),
            totals.last_entry.map(|(day, _)| day.plain()),
            totals.last_entry.map(|(_, moment)| moment),
            totals.reordered_on.map(Day::plain),
        ))?;
        position.lots().changes().try_for_each(|change| self.write_lot(key, position, change))
    }

    pub(super) fn write_lot(
        &mut self,
        (portfolio, stock): StreamKey,
        position: &Position,
        change: LotChange<'_>,
    ) -> Result<(), StoreError> {
        static WRITE: &str =
            "INSERT OR REPLACE INTO open_lots (portfolio, stock, acquired_on, moment, place, lot_high, lot_low,
                 quantity, cost_basis, bought_shares, bought_cost, cost_rank)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        static DELETE: &str = "DELETE FROM open_lots
            WHERE portfolio = ?1 AND stock = ?2 AND acquired_on = ?3 AND moment = ?4 AND place = ?5";
        match change {
            LotChange::Opened(lot) | LotChange::Changed(lot) => {
                let (high, low) = halves(lot.lot_id);
                self.statements.get(WRITE)?.execute((
                    portfolio,
                    stock,
                    lot.key.acquired_on.plain(),
                    lot.key.moment,
                    integer(lot.key.place),
                    high,
                    low,
                    lot.quantity.exact(),
                    lot.cost_basis.plain(),
                    Some(&lot.bought.shares).filter(|shares| **shares != lot.quantity).map(Shares::exact),
                    Some(lot.bought.cost).filter(|cost| *cost != lot.cost_basis).map(Money::plain),
                    position.cost_rank(lot).map(CostRank::number),
                ))?;
            }
            LotChange::Closed(LotKey { acquired_on, moment, place }) => {
                let key = (portfolio, stock, acquired_on.plain(), moment, integer(place));
                self.statements.get(DELETE)?.execute(key)?;
            }
        }
        Ok(())
    }
}

fn totals(row: &Row<'_>) -> rusqlite::Result<PositionTotals> {
    Ok(PositionTotals {
        quantity: text(row, 0)?,
        cost_basis: text(row, 1)?,
        realized_gain: text(row, 2)?,
        dividends: text(row, 3)?,
        first_trade_date: optional(row, 4)?,
        last_entry: optional(row, 5)?.zip(optional(row, 6)?),
        reordered_on: optional(row, 7)?,
    })
}

/// Selects what [`lot`] reads, and the rank by cost.
pub(super) const LOT: &str = "SELECT lot_high, lot_low, acquired_on, moment, place, quantity, cost_basis,
    coalesce(bought_shares, quantity), coalesce(bought_cost, cost_basis), cost_rank FROM open_lots";

pub(super) fn lot(row: &Row<'_>) -> rusqlite::Result<Lot> {
    Ok(Lot {
        lot_id: id(row, [0, 1])?,
        key: LotKey { acquired_on: text(row, 2)?, moment: text(row, 3)?, place: natural(row, 4)? },
        quantity: text(row, 5)?,
        cost_basis: text(row, 6)?,
        bought: Bought { shares: text(row, 7)?, cost: text(row, 8)? },
    })
}
