//! Portfolios.

use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::events::{StreamKey, StreamKeys};
use super::values::{integer, text, uuid};
use super::{Book, Facts, StoreError, UnitOfWork};
use crate::domain::{Portfolio, PortfolioId, PortfolioName, Sequence, Stock, Version};

impl UnitOfWork<'_> {
    /// The portfolio of this name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio(&self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
        find(self.connection, name, |key| self.version(key))
    }

    /// The names of all portfolios, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio_names(&self) -> Result<Vec<PortfolioName>, StoreError> {
        names(self.connection)
    }

    /// Whether a portfolio had a name before.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn had_name(&self, portfolio: &Portfolio, name: &PortfolioName) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM events
                   WHERE portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?1) AND stock = 0
                       AND json_extract(line, '$.data.name') = ?2";
        Ok(self.connection.prepare_cached(sql)?.exists((portfolio.id().uuid().as_bytes(), name.as_str()))?)
    }
}

impl Book {
    /// The portfolio of this name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio(&self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
        find(&self.connection, name, |key| StreamKeys::version(&self.connection, key))
    }

    /// As [`Self::portfolio`], or else the last one of this name that was removed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio_ever(&self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
        if let Some(portfolio) = self.portfolio(name)? {
            return Ok(Some(portfolio));
        }
        let condition = "name = ?1 ORDER BY removed_at DESC LIMIT 1";
        one(&self.connection, condition, name.as_str(), |key| StreamKeys::version(&self.connection, key))
    }

    /// The names of all portfolios, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio_names(&self) -> Result<Vec<PortfolioName>, StoreError> {
        names(&self.connection)
    }

    /// All portfolios, by name.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolios(&self) -> Result<Vec<Portfolio>, StoreError> {
        self.portfolio_names()?.iter().filter_map(|name| self.portfolio(name).transpose()).collect()
    }

    /// The portfolios that have a position of a stock, closed ones too.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolios_with(&self, stock: &Stock) -> Result<Vec<Portfolio>, StoreError> {
        self.facts(Sequence::MAX).portfolios_with(stock)
    }
}

impl Facts<'_> {
    /// The portfolios that have a position of a stock, closed ones too, by their names of today.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolios_with(self, stock: &Stock) -> Result<Vec<Portfolio>, StoreError> {
        let sql = "SELECT f.portfolio FROM positions p CROSS JOIN portfolios f ON f.portfolio = p.portfolio
            WHERE p.stock = (SELECT stock FROM stocks WHERE stock_id = ?1)
                AND (f.removed_at IS NULL OR f.removed_at > ?2) ORDER BY f.name, f.portfolio";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (stock, known) = (stock.id().uuid(), integer(self.known));
        let keys =
            statement.query_map((stock.as_bytes(), known), |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let version = |key| StreamKeys::version(self.connection, key);
        keys.into_iter().filter_map(|key| at(self.connection, key, version).transpose()).collect()
    }

    /// The portfolio that has this name and was not removed then.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio(self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
        let version = |key| StreamKeys::version(self.connection, key);
        // What held the name then and was removed since comes before what has it now.
        let sql = "SELECT portfolio FROM portfolios WHERE name = ?1 AND removed_at > ?2 ORDER BY removed_at LIMIT 1";
        let removed =
            self.connection.prepare_cached(sql)?.query_row((name.as_str(), integer(self.known)), |row| row.get(0));
        match removed.optional()? {
            Some(key) => at(self.connection, key, version),
            None => find(self.connection, name, version),
        }
    }
}

pub(super) fn find(
    connection: &Connection,
    name: &PortfolioName,
    version: impl FnOnce(StreamKey) -> Result<Version, StoreError>,
) -> Result<Option<Portfolio>, StoreError> {
    one(connection, "listed_as = ?1", name.as_str(), version)
}

/// The portfolio with this row number, removed or not.
pub(super) fn at(
    connection: &Connection,
    key: i64,
    version: impl FnOnce(StreamKey) -> Result<Version, StoreError>,
) -> Result<Option<Portfolio>, StoreError> {
    one(connection, "portfolio = ?1", key, version)
}

fn one(
    connection: &Connection,
    condition: &str,
    of: impl ToSql,
    version: impl FnOnce(StreamKey) -> Result<Version, StoreError>,
) -> Result<Option<Portfolio>, StoreError> {
    let sql = format!("SELECT portfolio, portfolio_id, name, cost_basis_method FROM portfolios WHERE {condition}");
    let restored = |row: &Row<'_>| {
        let key: i64 = row.get(0)?;
        Ok((key, PortfolioId::new(uuid(row, 1)?), text(row, 2)?, text(row, 3)?))
    };
    let found = connection.prepare_cached(&sql)?.query_row([of], restored).optional()?;
    let Some((key, id, name, method)) = found else { return Ok(None) };
    let version = version((key, 0))?;
    Ok(Some(Portfolio::restore(id, name, method, version)))
}

fn names(connection: &Connection) -> Result<Vec<PortfolioName>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name FROM portfolios WHERE removed_at IS NULL ORDER BY name")?;
    let names = statement.query_map([], |row| text(row, 0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
