//! Stocks.

use rusqlite::{Connection, OptionalExtension, Row};

use super::events::{StreamKey, StreamKeys};
use super::splits;
use super::values::{optional, text, uuid};
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{Day, PriceInForce, Stock, StockId, StockProfile, Symbol, Version};

/// A stock with its latest price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStock {
    /// Its id.
    pub stock_id: StockId,
    /// What is known of it.
    pub profile: StockProfile,
    /// Its latest price.
    pub price: Option<PriceInForce>,
}

impl UnitOfWork<'_> {
    /// The stock with this symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stock(&self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        find(self.connection, symbol, |key| self.version(key))
    }

    /// All symbols, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn symbols(&self) -> Result<Vec<Symbol>, StoreError> {
        symbols(self.connection)
    }
}

impl Book {
    /// The stock with this symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stock(&self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        find(&self.connection, symbol, |key| StreamKeys::version(&self.connection, key))
    }

    /// All symbols, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn symbols(&self) -> Result<Vec<Symbol>, StoreError> {
        symbols(&self.connection)
    }

    /// All stocks with their latest prices, as they are after all splits, by symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stocks(&self) -> Result<Vec<ListedStock>, StoreError> {
        let ratios = splits::ratios_between("stocks.stock", "coalesce(basis_date, price_date)", "'9999-12-31'");
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT stock_id, symbol, company_name, sector, industry, currency, price_date, price, {ratios}
             FROM stocks LEFT JOIN prices ON prices.stock = stocks.stock AND price_date =
                 (SELECT max(price_date) FROM prices WHERE prices.stock = stocks.stock)
             ORDER BY symbol"
        ))?;
        let stocks = statement.query_map([], |row| {
            let (date, splits) = (optional(row, 6)?, splits::ratio(row, 8)?);
            let price = optional(row, 7)?.and_then(|price| splits::adjusted(price, splits));
            let price = date.zip(price).map(|(date, price)| PriceInForce { date, price, basis_date: Day::LAST });
            Ok(ListedStock { stock_id: StockId::new(uuid(row, 0)?), profile: profile(row, 1)?, price })
        })?;
        Ok(stocks.collect::<Result<_, _>>()?)
    }
}

fn profile(row: &Row<'_>, first: usize) -> rusqlite::Result<StockProfile> {
    let at = |offset: usize| first.saturating_add(offset);
    Ok(StockProfile {
        symbol: text(row, first)?,
        company_name: text(row, at(1))?,
        sector: optional(row, at(2))?,
        industry: optional(row, at(3))?,
        currency: text(row, at(4))?,
    })
}

fn find(
    connection: &Connection,
    symbol: &Symbol,
    version: impl FnOnce(StreamKey) -> Result<Version, StoreError>,
) -> Result<Option<Stock>, StoreError> {
    let sql = "SELECT stock, stock_id, symbol, company_name, sector, industry, currency FROM stocks WHERE symbol = ?1";
    let restored = |row: &Row<'_>| {
        let key: i64 = row.get(0)?;
        Ok((key, StockId::new(uuid(row, 1)?), profile(row, 2)?))
    };
    let found = connection.prepare_cached(sql)?.query_row([symbol.as_str()], restored).optional()?;
    let Some((key, id, profile)) = found else { return Ok(None) };
    Ok(Some(Stock::restore(id, profile, version((0, key))?)))
}

fn symbols(connection: &Connection) -> Result<Vec<Symbol>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT symbol FROM stocks ORDER BY symbol")?;
    let symbols = statement.query_map([], |row| text(row, 0))?;
    Ok(symbols.collect::<Result<_, _>>()?)
}
