//! Prices.

use rusqlite::{OptionalExtension, Row};

use super::values::text;
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{Day, PriceInForce, Stock};

/// A recorded price and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPrice {
    /// The day and its price.
    pub current: PriceInForce,
    /// The price before.
    pub previous: Option<PriceInForce>,
}

impl UnitOfWork<'_> {
    /// The price of a stock in force on a day: the latest up to and including it.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn price_in_force(&mut self, stock: &Stock, day: Day) -> Result<Option<PriceInForce>, StoreError> {
        static SQL: &str = "SELECT price_date, price FROM prices
                           WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date <= ?2
                           ORDER BY price_date DESC LIMIT 1";
        let params = (stock.id().uuid().into_bytes(), day.to_string());
        Ok(self.statements.get(SQL)?.query_row(params, price).optional()?)
    }
}

impl Book {
    /// The prices of a stock from one day to another, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn prices(&self, stock: &Stock, from: Option<Day>, to: Option<Day>) -> Result<Vec<DayPrice>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT price_date, price FROM prices
             WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date <= ?2
             ORDER BY price_date",
        )?;
        let last = to.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
        let rows = statement.query_map((stock.id().uuid().into_bytes(), last), price)?;
        let mut prices = Vec::new();
        let mut previous = None;
        for row in rows {
            let current = row?;
            if from.is_none_or(|from| from <= current.date) {
                prices.push(DayPrice { current, previous });
            }
            previous = Some(current);
        }
        Ok(prices)
    }
}

fn price(row: &Row<'_>) -> rusqlite::Result<PriceInForce> {
    Ok(PriceInForce { date: text(row, 0)?, price: text(row, 1)? })
}
