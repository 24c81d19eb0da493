//! Prices.

use rusqlite::{OptionalExtension, Row};

use super::splits::{self, SplitRow};
use super::values::text;
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{Day, PriceInForce, Sequence, SplitRatio, Stock};

/// A recorded price and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPrice {
    /// The day and its price.
    pub current: PriceInForce,
    /// The price before.
    pub previous: Option<PriceInForce>,
}

impl UnitOfWork<'_> {
    /// The price of a stock in force on a day: the latest up to and including it, as that day sees
    /// it after the splits in between.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn price_in_force(&mut self, stock: &Stock, day: Day) -> Result<Option<PriceInForce>, StoreError> {
        static SQL: &str = "SELECT price_date, price FROM prices
                           WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date <= ?2
                           ORDER BY price_date DESC LIMIT 1";
        let params = (stock.id().uuid().into_bytes(), day.plain());
        let Some(found) = self.statements.get(SQL)?.query_row(params, price).optional()? else { return Ok(None) };
        if found.date == day || !self.has_splits()? {
            return Ok(Some(found));
        }
        let splits = splits::of_stock(self.connection, stock, Sequence::MAX)?;
        let since = splits.iter().filter(|split| found.date < split.effective_date && split.effective_date <= day);
        Ok(after_splits(found, since))
    }
}

impl Book {
    /// The latest price of a stock, as it was recorded.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn latest_price(&self, stock: &Stock) -> Result<Option<PriceInForce>, StoreError> {
        let sql = "SELECT price_date, price FROM prices
                   WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) ORDER BY price_date DESC LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.query_row([stock.id().uuid().as_bytes()], price).optional()?)
    }

    /// The prices of a stock from one day to another, in order, as today sees them after all splits.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn prices(&self, stock: &Stock, from: Option<Day>, to: Option<Day>) -> Result<Vec<DayPrice>, StoreError> {
        let splits = splits::of_stock(&self.connection, stock, Sequence::MAX)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT price_date, price FROM prices
             WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date <= ?2
             ORDER BY price_date",
        )?;
        let last = to.unwrap_or(Day::LAST);
        let rows = statement.query_map((stock.id().uuid().into_bytes(), last.plain()), price)?;
        let mut prices = Vec::new();
        let mut previous = None;
        for row in rows {
            let recorded = row?;
            let since = splits.iter().filter(|split| recorded.date < split.effective_date);
            let Some(current) = after_splits(recorded, since) else { continue };
            if from.is_none_or(|from| from <= current.date) {
                prices.push(DayPrice { current, previous });
            }
            previous = Some(current);
        }
        Ok(prices)
    }
}

impl Book {
    /// The prices of a stock as they were recorded, before any split, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_prices(&self, stock: &Stock) -> Result<Vec<PriceInForce>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT price_date, price FROM prices WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1)
             ORDER BY price_date",
        )?;
        let prices = statement.query_map([stock.id().uuid().as_bytes()], price)?;
        Ok(prices.collect::<Result<_, _>>()?)
    }
}

/// A price after splits; none where it gets too large.
fn after_splits<'s>(recorded: PriceInForce, splits: impl Iterator<Item = &'s SplitRow>) -> Option<PriceInForce> {
    let mut ratios = splits.map(|split| split.terms.ratio());
    let ratio = ratios.try_fold(SplitRatio::NONE, |ratio, next| next.and_then(|next| ratio.then(next))).ok()?;
    splits::adjusted(recorded.price, ratio).map(|price| PriceInForce { price, ..recorded })
}

fn price(row: &Row<'_>) -> rusqlite::Result<PriceInForce> {
    Ok(PriceInForce { date: text(row, 0)?, price: text(row, 1)? })
}
