//! Portfolios.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Params, Row};

use super::Reader;
use crate::domain::{CostBasisMethod, EventType, Portfolio, PortfolioId, PortfolioName, Stock, Stream, TransactionId};
use crate::store::StoreError;
use crate::store::events::read_line;
use crate::store::values::{halves, integer, text, uuid};

/// The portfolios of a book. A reader of an earlier state returns them with the cost basis methods of that
/// time.
#[derive(Clone, Copy)]
pub struct Portfolios<'b> {
    reader: Reader<'b>,
}

/// A row of a portfolio.
type StoredPortfolio = (i64, PortfolioId, PortfolioName, CostBasisMethod);

impl<'b> Portfolios<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The portfolio with this name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find(self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
        if !self.reader.is_current() {
            // A portfolio that had the name then and was removed since comes before the one that has it
            // now.
            let removed = "name = ?1 AND removed_at > ?2 ORDER BY removed_at LIMIT 1";
            if let Some(portfolio) = self.one(removed, (name.as_str(), integer(self.reader.known)))? {
                return Ok(Some(portfolio));
            }
        }
        self.one("listed_as = ?1", [name.as_str()])
    }

    /// Like [`Self::find`], or else the last removed portfolio with this name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find_ever(self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
        match self.find(name)? {
            Some(portfolio) => Ok(Some(portfolio)),
            None => self.one("name = ?1 ORDER BY removed_at DESC LIMIT 1", [name.as_str()]),
        }
    }

    /// The portfolio with this id, unless it was removed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn by_id(self, id: PortfolioId) -> Result<Option<Portfolio>, StoreError> {
        let there = "portfolio_id = ?1 AND (removed_at IS NULL OR removed_at > ?2)";
        self.one(there, (id.uuid().as_bytes(), integer(self.reader.known)))
    }

    /// The portfolio that was created first: with the book, as `main`, whatever its name is now.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn first(self) -> Result<Option<Portfolio>, StoreError> {
        self.one("removed_at IS NULL ORDER BY portfolio LIMIT 1", [])
    }

    /// All portfolios, by name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn all(self) -> Result<Vec<Portfolio>, StoreError> {
        let there = "removed_at IS NULL OR removed_at > ?1 ORDER BY name, portfolio";
        self.each(there, [integer(self.reader.known)])
    }

    /// The names of all portfolios, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn names(self) -> Result<Vec<PortfolioName>, StoreError> {
        let sql = "SELECT name FROM portfolios WHERE removed_at IS NULL ORDER BY name";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let names = statement.query_map([], |row| text(row, 0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The portfolios that have a position in a stock, including closed ones, by name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn holding(self, stock: &Stock) -> Result<Vec<Portfolio>, StoreError> {
        let Some((_, stock)) = self.reader.key(Stream::Stock(stock.id()))? else { return Ok(Vec::new()) };
        let mut statement =
            self.reader.connection.prepare_cached("SELECT portfolio FROM positions WHERE stock = ?1")?;
        let written = statement.query_map([stock], |row| row.get(0))?;
        let mut keys = written.collect::<Result<BTreeSet<i64>, _>>()?;
        keys.extend(self.reader.unwritten.and_then(|unwritten| unwritten.positions.get(&stock)).into_iter().flatten());
        let there = "portfolio = ?1 AND (removed_at IS NULL OR removed_at > ?2)";
        let found = keys.iter().filter_map(|key| self.one(there, (key, integer(self.reader.known))).transpose());
        let mut portfolios = found.collect::<Result<Vec<_>, _>>()?;
        portfolios.sort_by(|one, other| one.name().as_str().cmp(other.name().as_str()));
        Ok(portfolios)
    }

    /// The portfolios on both sides of a transfer, first the one that the shares leave.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn of_transfer(self, transfer: TransactionId) -> Result<Vec<Portfolio>, StoreError> {
        let sql = "SELECT portfolio FROM transactions WHERE id_high = ?1 AND id_low = ?2 ORDER BY sequence";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let keys = statement.query_map(halves(transfer), |row| row.get(0))?;
        let keys = keys.collect::<Result<Vec<i64>, _>>()?;
        keys.into_iter().filter_map(|key| self.at(key).transpose()).collect()
    }

    /// Whether a portfolio has a transaction that counts.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_used(self, portfolio: &Portfolio) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM positions p CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
                CROSS JOIN transactions t ON t.sequence = e.sequence
            WHERE p.portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?1) AND t.voided_at IS NULL
            UNION ALL SELECT 1 FROM conversions
                WHERE portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?1) AND voided_at IS NULL
            LIMIT 1";
        Ok(self.reader.connection.prepare_cached(sql)?.exists([portfolio.id().uuid().as_bytes()])?)
    }

    /// Whether this is a former name of a portfolio.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn had_name(self, portfolio: &Portfolio, name: &PortfolioName) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM events
                   WHERE portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?1) AND stock = 0
                       AND json_extract(line, '$.data.name') = ?2";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        Ok(statement.exists((portfolio.id().uuid().as_bytes(), name.as_str()))?)
    }

    /// The portfolio with this row number, removed or not.
    pub(in crate::store) fn at(self, key: i64) -> Result<Option<Portfolio>, StoreError> {
        self.one("portfolio = ?1", [key])
    }

    fn one(self, condition: &str, params: impl Params) -> Result<Option<Portfolio>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(&[COLUMNS, condition].concat())?;
        statement.query_row(params, stored).optional()?.map(|stored| self.restored(stored)).transpose()
    }

    fn each(self, condition: &str, params: impl Params) -> Result<Vec<Portfolio>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(&[COLUMNS, condition].concat())?;
        let portfolios = statement.query_map(params, stored)?;
        portfolios.map(|stored| self.restored(stored?)).collect()
    }

    fn restored(self, (key, id, name, method): StoredPortfolio) -> Result<Portfolio, StoreError> {
        let method = if self.reader.is_current() { method } else { self.method_then(id)?.unwrap_or(method) };
        Ok(Portfolio::restore(id, name, method, self.reader.version((key, 0))?))
    }

    /// The cost basis method of a portfolio at the time; `None` if it did not exist.
    fn method_then(self, id: PortfolioId) -> Result<Option<CostBasisMethod>, StoreError> {
        let mut method = None;
        for event_type in [EventType::PortfolioCreated, EventType::CostBasisMethodChanged] {
            for stored in self.reader.events().load_stream_of(Stream::Portfolio(id), event_type)? {
                if stored.sequence <= self.reader.known {
                    method = read_line(&stored.line)?.data.cost_basis_method().or(method);
                }
            }
        }
        Ok(method)
    }
}

const COLUMNS: &str = "SELECT portfolio, portfolio_id, name, cost_basis_method FROM portfolios WHERE ";

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredPortfolio> {
    Ok((row.get(0)?, PortfolioId::new(uuid(row, 1)?), text(row, 2)?, text(row, 3)?))
}
