//! Portfolios.

use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::events::{StreamKey, StreamKeys};
use super::values::{text, uuid};
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{Portfolio, PortfolioId, PortfolioName, Stock, Version};

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
        let mut statement = self.connection.prepare_cached(
            "SELECT f.name FROM positions p JOIN portfolios f ON f.portfolio = p.portfolio
             WHERE p.stock = (SELECT stock FROM stocks WHERE stock_id = ?1) ORDER BY f.name",
        )?;
        let names = statement.query_map([stock.id().uuid().as_bytes()], |row| text(row, 0))?;
        let names = names.collect::<Result<Vec<PortfolioName>, _>>()?;
        names.iter().filter_map(|name| self.portfolio(name).transpose()).collect()
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
