//! Positions: totals and open lots.

use rusqlite::{OptionalExtension, Row};

use super::events::StreamKey;
use super::values::{integer, natural, optional, text, uuid};
use super::{StoreError, UnitOfWork};
use crate::domain::{
    AggregateRoot, Day, Disposal, Lot, Portfolio, Position, PositionKey, PositionTotals, Quantity, Shares, Stock,
    Stream, TransactionId, Version,
};

/// Which open lots a decision can touch. A position that a unit of work has loaded is not loaded
/// again, so a unit of work that decides more than once about a position asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotsNeeded {
    /// None: a purchase.
    None,
    /// As many of the oldest as hold this quantity: one sale.
    Oldest(Quantity),
    /// All of them.
    All,
}

impl UnitOfWork<'_> {
    /// Lets `decide` change a position and saves what it did: the events into the history, what
    /// was realized beside its sale, and at the commit the position's totals and lots.
    ///
    /// # Errors
    /// As `decide` fails, with nothing changed; or if the book cannot be read or written.
    pub fn with_position<T, E: From<StoreError>>(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        lots: LotsNeeded,
        decide: impl FnOnce(&mut Position) -> Result<T, E>,
    ) -> Result<T, E> {
        let key = self.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        let mut position = match self.positions.remove(&key) {
            Some(position) => position,
            None => self.load_position(portfolio, stock, key, lots)?,
        };
        let decided = decide(&mut position);
        let saved = self.save_decision(key, &mut position);
        self.positions.insert(key, position);
        let decided = decided?;
        saved?;
        Ok(decided)
    }

    /// The totals of a position as they are stored.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn position_totals(&mut self, portfolio: &Portfolio, stock: &Stock) -> Result<PositionTotals, StoreError> {
        let (portfolio, stock) = self.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        let sql = "SELECT quantity, cost_basis, realized_gain, last_trade_date FROM positions
                   WHERE portfolio = ?1 AND stock = ?2";
        let found = self.connection.prepare_cached(sql)?.query_row((portfolio, stock), totals).optional()?;
        Ok(found.unwrap_or_default())
    }

    fn load_position(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        key: StreamKey,
        needed: LotsNeeded,
    ) -> Result<Position, StoreError> {
        let version = self.version(key)?;
        let totals = self.position_totals(portfolio, stock)?;
        let lots = self.open_lots(key, needed)?;
        let key = PositionKey {
            portfolio_id: portfolio.id(),
            portfolio: portfolio.name().clone(),
            stock_id: stock.id(),
            symbol: stock.profile().symbol.clone(),
            currency: stock.profile().currency,
        };
        Ok(Position::restore(key, totals, version, lots))
    }

    fn open_lots(&self, (portfolio, stock): StreamKey, needed: LotsNeeded) -> Result<Vec<Lot>, StoreError> {
        let mut missing = match needed {
            LotsNeeded::None => return Ok(Vec::new()),
            LotsNeeded::Oldest(quantity) => Some(Shares::from(quantity)),
            LotsNeeded::All => None,
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT lot_id, acquired_on, opened_at, quantity, cost_basis FROM open_lots
             WHERE portfolio = ?1 AND stock = ?2 ORDER BY acquired_on, opened_at",
        )?;
        let mut lots = Vec::new();
        for lot in statement.query_map((portfolio, stock), lot)? {
            let lot = lot?;
            let quantity = lot.quantity;
            lots.push(lot);
            match missing {
                Some(left) if left <= quantity => break,
                Some(left) => missing = left.minus(quantity).ok(),
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
        let sale = integer(self.last_sequence());
        for (part, disposal) in (0_i64..).zip(&disposals) {
            self.write_disposal(sale, part, disposal)?;
        }
        Ok(())
    }

    pub(super) fn write_disposal(&mut self, sale: i64, part: i64, disposal: &Disposal) -> Result<(), StoreError> {
        static SQL: &str =
            "INSERT INTO disposals (sale, part, lot_id, acquired_on, quantity, proceeds, cost_basis, gain)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.statements.get(SQL)?.execute((
            sale,
            part,
            disposal.lot_id.uuid().as_bytes(),
            disposal.acquired_on.plain(),
            disposal.quantity.plain(),
            disposal.proceeds.plain(),
            disposal.cost_basis.plain(),
            disposal.gain.plain(),
        ))?;
        Ok(())
    }

    /// Writes the totals of a position and those of its lots that have changed.
    pub(super) fn write_position(&mut self, key: StreamKey, position: &Position) -> Result<(), StoreError> {
        static SQL: &str = "INSERT INTO positions
                (portfolio, stock, quantity, cost_basis, realized_gain, last_trade_date)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (portfolio, stock) DO UPDATE SET quantity = excluded.quantity,
                cost_basis = excluded.cost_basis, realized_gain = excluded.realized_gain,
                last_trade_date = excluded.last_trade_date";
        let (portfolio, stock) = key;
        let totals = position.totals();
        self.statements.get(SQL)?.execute((
            portfolio,
            stock,
            totals.quantity.plain(),
            totals.cost_basis.plain(),
            totals.realized_gain.plain(),
            totals.last_trade_date.map(Day::plain),
        ))?;
        for ((acquired_on, opened_at), left) in position.lots().touched() {
            self.rewrite_lot(key, acquired_on, opened_at, left)?;
        }
        position.lots().opened().try_for_each(|lot| self.insert_lot(key, lot))
    }

    fn insert_lot(&mut self, (portfolio, stock): StreamKey, lot: &Lot) -> Result<(), StoreError> {
        static SQL: &str =
            "INSERT INTO open_lots (portfolio, stock, acquired_on, opened_at, lot_id, quantity, cost_basis)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.statements.get(SQL)?.execute((
            portfolio,
            stock,
            lot.acquired_on.plain(),
            integer(lot.opened_at),
            lot.lot_id.uuid().as_bytes(),
            lot.quantity.plain(),
            lot.cost_basis.plain(),
        ))?;
        Ok(())
    }

    /// Writes what is left of a lot that was there before.
    fn rewrite_lot(
        &mut self,
        (portfolio, stock): StreamKey,
        acquired_on: Day,
        opened_at: Version,
        left: Option<&Lot>,
    ) -> Result<(), StoreError> {
        static SHRINK: &str = "UPDATE open_lots SET quantity = ?5, cost_basis = ?6
            WHERE portfolio = ?1 AND stock = ?2 AND acquired_on = ?3 AND opened_at = ?4";
        static DELETE: &str = "DELETE FROM open_lots
            WHERE portfolio = ?1 AND stock = ?2 AND acquired_on = ?3 AND opened_at = ?4";
        let (acquired_on, opened_at) = (acquired_on.plain(), integer(opened_at));
        if let Some(lot) = left {
            let (quantity, cost_basis) = (lot.quantity.plain(), lot.cost_basis.plain());
            let shrunk = (portfolio, stock, acquired_on, opened_at, quantity, cost_basis);
            self.statements.get(SHRINK)?.execute(shrunk)?;
        } else {
            self.statements.get(DELETE)?.execute((portfolio, stock, acquired_on, opened_at))?;
        }
        Ok(())
    }
}

fn totals(row: &Row<'_>) -> rusqlite::Result<PositionTotals> {
    Ok(PositionTotals {
        quantity: text(row, 0)?,
        cost_basis: text(row, 1)?,
        realized_gain: text(row, 2)?,
        last_trade_date: optional(row, 3)?,
    })
}

fn lot(row: &Row<'_>) -> rusqlite::Result<Lot> {
    Ok(Lot {
        lot_id: TransactionId::new(uuid(row, 0)?),
        acquired_on: text(row, 1)?,
        opened_at: natural(row, 2)?,
        quantity: text(row, 3)?,
        cost_basis: text(row, 4)?,
    })
}
