//! Stocks.

use rusqlite::{Connection, OptionalExtension, Row};

use super::events::{StreamKey, StreamKeys};
use super::splits;
use super::values::{integer, optional, text, uuid};
use super::{Book, Facts, StoreError, UnitOfWork};
use crate::domain::{Day, Isin, Price, Stock, StockId, StockProfile, Symbol, Version};

/// A stock with its latest price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStock {
    /// Its id.
    pub stock_id: StockId,
    /// What is known of it.
    pub profile: StockProfile,
    /// The day of its latest price.
    pub price_date: Option<Day>,
    /// That price, as it is after all splits; unknown where it has more digits than a book can hold.
    pub price: Option<Price>,
}

impl UnitOfWork<'_> {
    /// The stock with this symbol, or which had it before and no other has it now.
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

    /// The symbols of the stocks whose ISINs are known.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn isins(&self) -> Result<Vec<(Isin, Symbol)>, StoreError> {
        let sql = "SELECT isin, symbol FROM stocks WHERE isin IS NOT NULL AND removed_at IS NULL ORDER BY stock";
        let mut statement = self.connection.prepare_cached(sql)?;
        let isins = statement.query_map([], |row| Ok((text(row, 0)?, text(row, 1)?)))?;
        Ok(isins.collect::<Result<_, _>>()?)
    }

    /// What counts and is recorded in the currency of a stock, with its number: `3 transactions`.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_in_currency(&self, stock: &Stock) -> Result<Option<String>, StoreError> {
        let of_stock = "stock = (SELECT stock FROM stocks WHERE stock_id = ?1)";
        let count = |rows: &str| {
            let sql = format!("SELECT count(*) FROM {rows}");
            self.connection.prepare(&sql)?.query_row([stock.id().uuid().as_bytes()], |row| row.get::<_, i64>(0))
        };
        let positions = format!(
            "positions p CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
             CROSS JOIN transactions t ON t.sequence = e.sequence WHERE p.{of_stock} AND t.voided_at IS NULL"
        );
        let (transactions, prices) = (count(&positions)?, count(&format!("prices WHERE {of_stock}"))?);
        let told = |number: i64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        Ok(match (transactions, prices) {
            (0, 0) => None,
            (0, prices) => Some(told(prices, "recorded price")),
            (transactions, 0) => Some(told(transactions, "transaction")),
            (transactions, prices) => {
                Some(format!("{} and {}", told(transactions, "transaction"), told(prices, "recorded price")))
            }
        })
    }
}

impl Book {
    /// The stock with this symbol, or which had it before and no other has it now.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stock(&self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        find(&self.connection, symbol, |key| StreamKeys::version(&self.connection, key))
    }

    /// As [`Self::stock`], or else the last one with this symbol that was removed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stock_ever(&self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        if let Some(stock) = self.stock(symbol)? {
            return Ok(Some(stock));
        }
        let sql = format!("{COLUMNS} symbol = ?1 ORDER BY removed_at DESC LIMIT 1");
        let found = self.connection.prepare_cached(&sql)?.query_row([symbol.as_str()], restored).optional()?;
        let version = |key| StreamKeys::version(&self.connection, (0, key));
        found.map(|(key, id, profile)| Ok(Stock::restore(id, profile, version(key)?))).transpose()
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
            "SELECT stock_id, symbol, company_name, sector, industry, currency, isin, price_date, price, {ratios}
             FROM stocks LEFT JOIN prices ON prices.stock = stocks.stock AND price_date =
                 (SELECT max(price_date) FROM prices WHERE prices.stock = stocks.stock)
             WHERE removed_at IS NULL ORDER BY symbol"
        ))?;
        let stocks = statement.query_map([], |row| {
            let (recorded, splits): (Option<Price>, _) = (optional(row, 8)?, splits::ratio(row, 9)?);
            Ok(ListedStock {
                stock_id: StockId::new(uuid(row, 0)?),
                profile: profile(row, 1)?,
                price_date: optional(row, 7)?,
                price: recorded.and_then(|price| price.adjusted(&splits).ok()),
            })
        })?;
        Ok(stocks.collect::<Result<_, _>>()?)
    }
}

impl Facts<'_> {
    /// The stocks that were not removed then, by their symbols of today.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stocks(self) -> Result<Vec<Stock>, StoreError> {
        let sql = format!("{COLUMNS} removed_at IS NULL OR removed_at > ?1 ORDER BY symbol, stock");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let stocks = statement.query_map([integer(self.known)], restored)?.collect::<Result<Vec<_>, _>>()?;
        let version = |key| StreamKeys::version(self.connection, (0, key));
        stocks.into_iter().map(|(key, id, profile)| Ok(Stock::restore(id, profile, version(key)?))).collect()
    }

    /// The stock that has this symbol and was not removed then, or which had it before and no other has it now.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stock(self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        let version = |key| StreamKeys::version(self.connection, key);
        // What held the symbol then and was removed since comes before what has it now.
        let sql = format!("{COLUMNS} symbol = ?1 AND removed_at > ?2 ORDER BY removed_at LIMIT 1");
        let params = (symbol.as_str(), integer(self.known));
        match self.connection.prepare_cached(&sql)?.query_row(params, restored).optional()? {
            Some((key, id, profile)) => Ok(Some(Stock::restore(id, profile, version((0, key))?))),
            None => find(self.connection, symbol, version),
        }
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
        isin: optional(row, at(5))?,
    })
}

const COLUMNS: &str =
    "SELECT stock, stock_id, symbol, company_name, sector, industry, currency, isin FROM stocks WHERE";

fn find(
    connection: &Connection,
    symbol: &Symbol,
    version: impl FnOnce(StreamKey) -> Result<Version, StoreError>,
) -> Result<Option<Stock>, StoreError> {
    let listed = format!("{COLUMNS} listed_as = ?1");
    let alias = format!("{COLUMNS} stock = (SELECT stock FROM aliases WHERE symbol = ?1 ORDER BY since DESC LIMIT 1)");
    for sql in [listed, alias] {
        let found = connection.prepare_cached(&sql)?.query_row([symbol.as_str()], restored).optional()?;
        if let Some((key, id, profile)) = found {
            return Ok(Some(Stock::restore(id, profile, version((0, key))?)));
        }
    }
    Ok(None)
}

/// The stock with this row number, removed or not.
pub(super) fn at(
    connection: &Connection,
    key: i64,
    version: impl FnOnce(StreamKey) -> Result<Version, StoreError>,
) -> Result<Option<Stock>, StoreError> {
    let sql = format!("{COLUMNS} stock = ?1");
    let found = connection.prepare_cached(&sql)?.query_row([key], restored).optional()?;
    let Some((key, id, profile)) = found else { return Ok(None) };
    Ok(Some(Stock::restore(id, profile, version((0, key))?)))
}

fn restored(row: &Row<'_>) -> rusqlite::Result<(i64, StockId, StockProfile)> {
    Ok((row.get(0)?, StockId::new(uuid(row, 1)?), profile(row, 2)?))
}

fn symbols(connection: &Connection) -> Result<Vec<Symbol>, StoreError> {
    let sql = "SELECT symbol FROM stocks WHERE removed_at IS NULL ORDER BY symbol";
    let mut statement = connection.prepare_cached(sql)?;
    let symbols = statement.query_map([], |row| text(row, 0))?;
    Ok(symbols.collect::<Result<_, _>>()?)
}
