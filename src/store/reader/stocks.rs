//! Stocks.

use rusqlite::{OptionalExtension, Params, Row};

use super::{Reader, splits};
use crate::domain::{CompanyName, Currency, Day, Isin, Portfolio, Price, Stock, StockId, StockProfile, Symbol};
use crate::store::StoreError;
use crate::store::values::{integer, optional, text, uuid};

/// The stocks of a book.
#[derive(Clone, Copy)]
pub struct Stocks<'b> {
    reader: Reader<'b>,
}

/// A stock with its latest price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStock {
    /// Its id.
    pub stock_id: StockId,
    /// Its profile.
    pub profile: StockProfile,
    /// The day of its latest price.
    pub price_date: Option<Day>,
    /// That price, adjusted for all splits; `None` if it has more digits than a book can hold.
    pub price: Option<Price>,
}

/// A row of a stock.
type StoredStock = (i64, StockId, StockProfile);

impl<'b> Stocks<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The stock that has this symbol, or formerly had it, if no other has it now.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find(self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        if !self.reader.is_current() {
            // A stock that had the symbol then and was removed since comes before the one that has it
            // now.
            let removed = "symbol = ?1 AND removed_at > ?2 ORDER BY removed_at LIMIT 1";
            if let Some(stock) = self.one(removed, (symbol.as_str(), integer(self.reader.known)))? {
                return Ok(Some(stock));
            }
        }
        if let Some(stock) = self.one("listed_as = ?1", [symbol.as_str()])? {
            return Ok(Some(stock));
        }
        let alias = "stock = (SELECT stock FROM aliases WHERE symbol = ?1 ORDER BY since DESC LIMIT 1)";
        self.one(alias, [symbol.as_str()])
    }

    /// Like [`Self::find`], or else the last removed stock with this symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find_ever(self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
        match self.find(symbol)? {
            Some(stock) => Ok(Some(stock)),
            None => self.one("symbol = ?1 ORDER BY removed_at DESC LIMIT 1", [symbol.as_str()]),
        }
    }

    /// The stock with this id, unless it was removed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn by_id(self, id: StockId) -> Result<Option<Stock>, StoreError> {
        let there = "stock_id = ?1 AND (removed_at IS NULL OR removed_at > ?2)";
        self.one(there, (id.uuid().as_bytes(), integer(self.reader.known)))
    }

    /// All stocks, by symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn all(self) -> Result<Vec<Stock>, StoreError> {
        let there = "removed_at IS NULL OR removed_at > ?1 ORDER BY symbol, stock";
        self.each(there, [integer(self.reader.known)])
    }

    /// All symbols, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn symbols(self) -> Result<Vec<Symbol>, StoreError> {
        let sql = "SELECT symbol FROM stocks WHERE removed_at IS NULL ORDER BY symbol";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let symbols = statement.query_map([], |row| text(row, 0))?;
        Ok(symbols.collect::<Result<_, _>>()?)
    }

    /// All symbols with their company names, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn names(self) -> Result<Vec<(Symbol, CompanyName)>, StoreError> {
        let sql = "SELECT symbol, company_name FROM stocks WHERE removed_at IS NULL ORDER BY symbol";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let names = statement.query_map([], |row| Ok((text(row, 0)?, text(row, 1)?)))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The currencies of the stocks, each once.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn currencies(self) -> Result<Vec<Currency>, StoreError> {
        let sql = "SELECT DISTINCT currency FROM stocks WHERE removed_at IS NULL ORDER BY currency";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let currencies = statement.query_map([], |row| text(row, 0))?;
        Ok(currencies.collect::<Result<_, _>>()?)
    }

    /// The ISINs that are known, with the symbols of their stocks.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn isins(self) -> Result<Vec<(Isin, Symbol)>, StoreError> {
        let sql = "SELECT isin, symbol FROM stocks WHERE isin IS NOT NULL AND removed_at IS NULL ORDER BY stock";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let isins = statement.query_map([], |row| Ok((text(row, 0)?, text(row, 1)?)))?;
        Ok(isins.collect::<Result<_, _>>()?)
    }

    /// All stocks with their latest prices, adjusted for all splits, by symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn listed(self) -> Result<Vec<ListedStock>, StoreError> {
        let ratios = splits::ratios_between("stocks.stock", "coalesce(basis_date, price_date)", "'9999-12-31'");
        let mut statement = self.reader.connection.prepare_cached(&format!(
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

    /// The stocks in which a portfolio has a position, including closed ones, by symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn held_in(self, portfolio: &Portfolio) -> Result<Vec<Stock>, StoreError> {
        let held = "removed_at IS NULL AND stock IN (SELECT p.stock FROM positions p
                WHERE p.portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?1)) ORDER BY symbol";
        self.each(held, [portfolio.id().uuid().as_bytes()])
    }

    /// Whether anything that counts refers to a stock: a transaction, a split, a conversion, a price.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_used(self, stock: &Stock) -> Result<bool, StoreError> {
        let sql = "WITH own AS (SELECT stock FROM stocks WHERE stock_id = ?1)
            SELECT 1 FROM prices WHERE stock = (SELECT stock FROM own)
            UNION ALL SELECT 1 FROM splits WHERE stock = (SELECT stock FROM own) AND voided_at IS NULL
            UNION ALL SELECT 1 FROM conversions
                WHERE (SELECT stock FROM own) IN (stock, new_stock) AND voided_at IS NULL
            UNION ALL SELECT 1 FROM positions p CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
                CROSS JOIN transactions t ON t.sequence = e.sequence
                WHERE p.stock = (SELECT stock FROM own) AND t.voided_at IS NULL
            LIMIT 1";
        Ok(self.reader.connection.prepare_cached(sql)?.exists([stock.id().uuid().as_bytes()])?)
    }

    /// What is recorded in the currency of a stock and counts, as text: `3 transactions`.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_in_currency(self, stock: &Stock) -> Result<Option<String>, StoreError> {
        let of_stock = "stock = (SELECT stock FROM stocks WHERE stock_id = ?1)";
        let count = |rows: &str| {
            let sql = format!("SELECT count(*) FROM {rows}");
            let mut statement = self.reader.connection.prepare(&sql)?;
            statement.query_row([stock.id().uuid().as_bytes()], |row| row.get::<_, i64>(0))
        };
        let positions = format!(
            "positions p CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
             CROSS JOIN transactions t ON t.sequence = e.sequence WHERE p.{of_stock} AND t.voided_at IS NULL"
        );
        let conversions = "conversions
             WHERE (SELECT stock FROM stocks WHERE stock_id = ?1) IN (stock, new_stock) AND voided_at IS NULL";
        let transactions = count(&positions)?.saturating_add(count(conversions)?);
        let prices = count(&format!("prices WHERE {of_stock}"))?;
        let counted = |number: i64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        Ok(match (transactions, prices) {
            (0, 0) => None,
            (0, prices) => Some(counted(prices, "recorded price")),
            (transactions, 0) => Some(counted(transactions, "transaction")),
            (transactions, prices) => {
                Some(format!("{} and {}", counted(transactions, "transaction"), counted(prices, "recorded price")))
            }
        })
    }

    /// The stock with this row number, removed or not.
    pub(in crate::store) fn at(self, key: i64) -> Result<Option<Stock>, StoreError> {
        self.one("stock = ?1", [key])
    }

    fn one(self, condition: &str, params: impl Params) -> Result<Option<Stock>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(&[COLUMNS, condition].concat())?;
        statement.query_row(params, stored).optional()?.map(|stored| self.restored(stored)).transpose()
    }

    fn each(self, condition: &str, params: impl Params) -> Result<Vec<Stock>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(&[COLUMNS, condition].concat())?;
        let stocks = statement.query_map(params, stored)?;
        stocks.map(|stored| self.restored(stored?)).collect()
    }

    fn restored(self, (key, id, profile): StoredStock) -> Result<Stock, StoreError> {
        Ok(Stock::restore(id, profile, self.reader.version((0, key))?))
    }
}

const COLUMNS: &str =
    "SELECT stock, stock_id, symbol, company_name, sector, industry, currency, isin FROM stocks WHERE ";

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredStock> {
    Ok((row.get(0)?, StockId::new(uuid(row, 1)?), profile(row, 2)?))
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
