//! The second part of a replay: what follows from the rows that the events say.

use rusqlite::Row;

use super::super::events::{STREAM, StreamKey};
use super::super::values::{integer, natural, optional, text, uuid};
use super::super::{StoreError, Summaries};
use super::Replayed;
use crate::domain::{
    AggregateRoot, Consideration, Fee, Money, PortfolioId, Position, PositionKey, Sequence, Side, StockId,
    StreamNumber, Trade, TransactionId,
};

impl Replayed<'_> {
    /// Computes lots, totals, what sales realized, and the summaries.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if what the events say cannot have been; or if the book cannot be
    /// read.
    pub fn recompute(&mut self) -> Result<(), StoreError> {
        let keys = self.positions()?;
        for &key in &keys {
            let position = self.recompute_position(key)?;
            self.unit.write_position(key, &position)?;
        }
        let summaries = Summaries::on(self.unit.connection);
        keys.iter().try_for_each(|&(portfolio, stock)| summaries.refresh(StreamNumber { portfolio, stock }))
    }

    fn positions(&self) -> Result<Vec<StreamKey>, StoreError> {
        let sql = "SELECT DISTINCT portfolio, stock FROM main.transactions ORDER BY portfolio, stock";
        let mut statement = self.unit.connection.prepare(sql)?;
        let keys = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    fn recompute_position(&mut self, key: StreamKey) -> Result<Position, StoreError> {
        let connection = self.unit.connection;
        let sql = "SELECT f.portfolio_id, f.name, s.stock_id, s.symbol, s.currency
                   FROM main.portfolios f, main.stocks s WHERE f.portfolio = ?1 AND s.stock = ?2";
        let mut position = Position::new(connection.prepare_cached(sql)?.query_row(key, position_key)?);
        let sql = "SELECT t.sequence, t.transaction_id, t.type, t.trade_date, t.quantity, t.total_amount, t.fee, t.note
                   FROM stream JOIN main.transactions t ON t.sequence = event ORDER BY event";
        let mut statement = connection.prepare_cached(&[STREAM, sql].concat())?;
        let mut rows = statement.query(key)?;
        while let Some(row) = rows.next()? {
            let (sequence, trade) = trade(row)?;
            let damaged = |why: String| StoreError::Damaged(format!("event {sequence} cannot have been: {why}"));
            position.execute(&trade).map_err(|error| damaged(error.to_string()))?;
            // They are recorded already.
            let _ = position.pull_events();
            for (part, disposal) in (0_i64..).zip(position.pull_disposals()) {
                self.unit.write_disposal(integer(sequence), part, &disposal)?;
            }
        }
        Ok(position)
    }
}

fn position_key(row: &Row<'_>) -> rusqlite::Result<PositionKey> {
    Ok(PositionKey {
        portfolio_id: PortfolioId::new(uuid(row, 0)?),
        portfolio: text(row, 1)?,
        stock_id: StockId::new(uuid(row, 2)?),
        symbol: text(row, 3)?,
        currency: text(row, 4)?,
    })
}

fn trade(row: &Row<'_>) -> Result<(Sequence, Trade), StoreError> {
    let (side, total, fee): (Side, Money, Fee) = (text(row, 2)?, text(row, 5)?, text(row, 6)?);
    let amount = match side {
        Side::Buy => total.minus(fee.into()),
        Side::Sell => total.plus(fee.into()),
    };
    let amount = amount.map_err(|error| StoreError::Damaged(error.to_string()))?;
    let trade = Trade {
        id: TransactionId::new(uuid(row, 1)?),
        side,
        date: text(row, 3)?,
        quantity: text(row, 4)?,
        consideration: Consideration::Amount(amount),
        fee,
        note: optional(row, 7)?,
    };
    Ok((natural(row, 0)?, trade))
}
