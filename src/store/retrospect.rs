//! What the book knew earlier.

use rusqlite::OptionalExtension;

use super::entries::Facts;
use super::events::{StreamKeys, type_number};
use super::prices::price_at;
use super::values::{integer, natural, text};
use super::{Book, StoreError};
use crate::domain::{
    CostBasisMethod, Day, EventType, Instant, Portfolio, PortfolioId, Position, PriceInForce, Sequence, Stock, Stream,
};

impl Book {
    /// The last event that was recorded up to an instant; 0 if none was.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn known_on(&self, instant: Instant) -> Result<Sequence, StoreError> {
        // All events of a command have its instant, so the first one tells it.
        let sql = "SELECT last_sequence FROM commands JOIN events ON sequence = first_sequence
            WHERE json_extract(line, '$.occurred_at') <= ?1 ORDER BY first_sequence DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row([instant.to_string()], |row| natural(row, 0)).optional()?;
        Ok(found.unwrap_or(0))
    }

    /// Lets `read` see the book as it is at one moment, whoever writes to it meanwhile.
    ///
    /// # Errors
    /// As `read` fails, or if the book cannot be read.
    pub fn at_one_moment<T, E: From<StoreError>>(&self, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let execute = |sql: &str| self.connection.execute_batch(sql).map_err(StoreError::from);
        execute("BEGIN")?;
        let value = read();
        execute("ROLLBACK")?;
        value
    }
}

impl Facts<'_> {
    /// A position without trades that matches sales to lots as its portfolio did then.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn blank_position(self, portfolio: &Portfolio, stock: &Stock) -> Result<Position, StoreError> {
        let method = self.method(portfolio.id())?.unwrap_or(portfolio.cost_basis_method());
        Ok(Position::new(stock.position_in(portfolio), method))
    }

    /// How a portfolio matched sales to lots; none of one that was not there.
    fn method(self, portfolio: PortfolioId) -> Result<Option<CostBasisMethod>, StoreError> {
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, Stream::Portfolio(portfolio))? else {
            return Ok(None);
        };
        let sql =
            "SELECT coalesce(json_extract(line, '$.data.new_method'), json_extract(line, '$.data.cost_basis_method'))
            FROM events WHERE portfolio = ?1 AND stock = ?2 AND sequence <= ?3
                AND coalesce(json_extract(line, '$.data.new_method'), json_extract(line, '$.data.cost_basis_method')) IS NOT NULL
            ORDER BY sequence DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let method = statement.query_row((portfolio, stock, integer(self.known)), |row| text(row, 0));
        Ok(method.optional()?)
    }

    /// The latest price of a stock up to a day, as it was recorded, before any split.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_price(self, stock: &Stock, day: Day) -> Result<Option<PriceInForce>, StoreError> {
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, Stream::Stock(stock.id()))? else {
            return Ok(None);
        };
        // The table has the last price of each day; one that was replaced is told by its event alone.
        let sql = if self.known == Sequence::MAX {
            "SELECT price_date, price, basis_date FROM prices
             WHERE ?1 = 0 AND stock = ?2 AND ?3 > 0 AND price_date <= ?4 ORDER BY price_date DESC LIMIT 1"
                .to_owned()
        } else {
            let (updated, removed) = (EventType::StockPriceUpdated, EventType::StockPriceRemoved);
            let (updated, removed) = (type_number(updated), type_number(removed));
            // What goes with the largest number of a day is its last event's; a removal has no price.
            format!(
                "SELECT json_extract(line, '$.data.price_date') day, json_extract(line, '$.data.new_price') price,
                    json_extract(line, '$.data.basis_date'), max(sequence)
                FROM events WHERE portfolio = ?1 AND stock = ?2 AND sequence <= ?3
                    AND event_type IN ({updated}, {removed}) AND day <= ?4
                GROUP BY day HAVING price IS NOT NULL ORDER BY day DESC LIMIT 1"
            )
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let params = (portfolio, stock, integer(self.known), day.to_string());
        Ok(statement.query_row(params, |row| price_at(row, 0)).optional()?)
    }
}
