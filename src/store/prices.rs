//! Prices.

use rusqlite::{OptionalExtension, Row};

use super::splits;
use super::values::{optional, text};
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{Day, DomainError, Price, PriceInForce, Sequence, SplitHistory, Stock};

/// A recorded price, and what it and the one before it are in shares of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPrice {
    /// The price as it was recorded.
    pub recorded: PriceInForce,
    /// The price in shares of today; unknown where it has more digits than a book can hold.
    pub current: Option<Price>,
    /// The price before, in shares of today.
    pub previous: Option<Price>,
}

const COLUMNS: &str = "SELECT price_date, price, basis_date FROM prices
    WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1)";

impl UnitOfWork<'_> {
    /// The price of a stock in force on a day: the latest up to and including it, in shares as
    /// counted on `basis`.
    ///
    /// # Errors
    /// If the book cannot be read, or if the price has too many digits then.
    pub fn price_in_force(&mut self, stock: &Stock, day: Day, basis: Day) -> Result<Option<PriceInForce>, StoreError> {
        static SQL: &str = "SELECT price_date, price, basis_date FROM prices
                           WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date <= ?2
                           ORDER BY price_date DESC LIMIT 1";
        let params = (stock.id().uuid().into_bytes(), day.plain());
        let Some(found) = self.statements.get(SQL)?.query_row(params, price).optional()? else { return Ok(None) };
        if found.basis_date == basis || !self.has_splits()? {
            return Ok(Some(PriceInForce { basis_date: basis, ..found }));
        }
        let adjusted = self.split_history(stock)?.price_on(found, basis);
        let too_large = |_| DomainError::PriceTooLarge { symbol: stock.profile().symbol.clone(), date: found.date };
        adjusted.map(Some).map_err(|error| StoreError::Refused(too_large(error)))
    }

    /// The prices of a stock from one day to another as they were recorded, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_prices(
        &self,
        stock: &Stock,
        from: Option<Day>,
        to: Option<Day>,
    ) -> Result<Vec<PriceInForce>, StoreError> {
        recorded(self.connection, stock, from, to)
    }

    /// The splits of a stock that count.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn split_history(&self, stock: &Stock) -> Result<SplitHistory, StoreError> {
        splits::history(self.connection, stock, Sequence::MAX)
    }
}

impl Book {
    /// The latest price of a stock, as it was recorded.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn latest_price(&self, stock: &Stock) -> Result<Option<PriceInForce>, StoreError> {
        let sql = format!("{COLUMNS} ORDER BY price_date DESC LIMIT 1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([stock.id().uuid().as_bytes()], price).optional()?)
    }

    /// The prices of a stock from one day to another, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn prices(&self, stock: &Stock, from: Option<Day>, to: Option<Day>) -> Result<Vec<DayPrice>, StoreError> {
        let splits = splits::history(&self.connection, stock, Sequence::MAX)?;
        let mut prices = Vec::new();
        let mut previous = None;
        for recorded in recorded(&self.connection, stock, None, to)? {
            let current = splits.price_on(recorded, Day::LAST).ok().map(|current| current.price);
            if from.is_none_or(|from| from <= recorded.date) {
                prices.push(DayPrice { recorded, current, previous });
            }
            previous = current;
        }
        Ok(prices)
    }

    /// All prices of a stock as they were recorded, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_prices(&self, stock: &Stock) -> Result<Vec<PriceInForce>, StoreError> {
        recorded(&self.connection, stock, None, None)
    }
}

fn recorded(
    connection: &rusqlite::Connection,
    stock: &Stock,
    from: Option<Day>,
    to: Option<Day>,
) -> Result<Vec<PriceInForce>, StoreError> {
    let sql = format!("{COLUMNS} AND price_date BETWEEN ?2 AND ?3 ORDER BY price_date");
    let mut statement = connection.prepare_cached(&sql)?;
    let (first, last) = (from.unwrap_or(Day::FIRST), to.unwrap_or(Day::LAST));
    let prices = statement.query_map((stock.id().uuid().as_bytes(), first.plain(), last.plain()), price)?;
    Ok(prices.collect::<Result<_, _>>()?)
}

fn price(row: &Row<'_>) -> rusqlite::Result<PriceInForce> {
    price_at(row, 0)
}

/// The price in a row's columns from this one on: its day, the price, and the day as of which it counts
/// shares where that is another.
pub(super) fn price_at(row: &Row<'_>, first: usize) -> rusqlite::Result<PriceInForce> {
    let at = |offset: usize| first.saturating_add(offset);
    let date = text(row, first)?;
    Ok(PriceInForce { date, price: text(row, at(1))?, basis_date: optional(row, at(2))?.unwrap_or(date) })
}
