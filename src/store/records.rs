//! Finding what was recorded by its id, or the beginning of one.

use std::collections::BTreeSet;

use rusqlite::Connection;
use uuid::Uuid;

use super::values::{halves, id, integer, natural, shown, text};
use super::{Book, EventStore, StoreError, UnitOfWork};
use crate::domain::{PortfolioName, Sequence, Symbol, TransactionId};

impl UnitOfWork<'_> {
    /// The ids of transactions and splits from one UUID to another.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn ids_between(&self, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError> {
        self.index_transactions()?;
        ids_between(self.connection, first, last)
    }
}

impl UnitOfWork<'_> {
    /// What the last command recorded, by the ids of its transactions and splits.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn last_recorded(&self) -> Result<Vec<TransactionId>, StoreError> {
        EventStore::on(self.connection).last_recorded()
    }
}

impl Book {
    /// As [`UnitOfWork::ids_between`].
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn ids_between(&self, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError> {
        ids_between(&self.connection, first, last)
    }
}

impl Book {
    /// The events after `known` that voided something: of this stock or in this portfolio, where
    /// they are given. A split is of no portfolio.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn voids_since(
        &self,
        known: Sequence,
        symbol: Option<&Symbol>,
        portfolio: Option<&PortfolioName>,
    ) -> Result<Vec<Sequence>, StoreError> {
        let sql = "SELECT voided_at FROM transactions WHERE voided_at > ?1
                AND (?2 IS NULL OR stock = (SELECT stock FROM stocks WHERE listed_as = ?2))
                AND (?3 IS NULL OR portfolio = (SELECT portfolio FROM portfolios WHERE listed_as = ?3))
            UNION ALL
            SELECT voided_at FROM splits WHERE voided_at > ?1 AND ?3 IS NULL
                AND (?2 IS NULL OR stock = (SELECT stock FROM stocks WHERE listed_as = ?2))";
        let mut statement = self.connection.prepare_cached(sql)?;
        let voids = statement.query_map((integer(known), shown(symbol), shown(portfolio)), |row| natural(row, 0))?;
        Ok(voids.collect::<Result<_, _>>()?)
    }
}

/// Ids that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdsFound {
    /// The first of them, as many as can be told in a sentence.
    pub ids: Vec<TransactionId>,
    /// How many there are.
    pub count: u64,
}

impl IdsFound {
    const TOLD: usize = 5;

    /// These, each once.
    #[must_use]
    pub fn few(ids: BTreeSet<TransactionId>) -> Self {
        let count = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        Self { ids: ids.into_iter().take(Self::TOLD).collect(), count }
    }
}

fn ids_between(connection: &Connection, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError> {
    let (first, last) = (TransactionId::new(first), TransactionId::new(last));
    let mut transactions = connection.prepare_cached(
        "SELECT DISTINCT id_high, id_low FROM transactions
         WHERE (id_high, id_low) >= (?1, ?2) AND (id_high, id_low) <= (?3, ?4)",
    )?;
    let mut splits = connection.prepare_cached("SELECT split_id FROM splits WHERE split_id BETWEEN ?1 AND ?2")?;
    let (from, to) = (halves(first), halves(last));
    let transactions = transactions.query_map((from.0, from.1, to.0, to.1), |row| id(row, [0, 1]))?;
    let splits = splits.query_map((first.plain(), last.plain()), |row| text(row, 0))?;
    Ok(IdsFound::few(transactions.chain(splits).collect::<Result<_, _>>()?))
}
