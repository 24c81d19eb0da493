//! Finding what was recorded by its id, or the beginning of one.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::values::{halves, id, integer, natural, shown, text};
use super::{Book, StoreError, UnitOfWork};
use crate::domain::{PortfolioName, Sequence, Symbol, TransactionId};

impl UnitOfWork<'_> {
    /// What an id stands for: itself, or what was entered in place of something that had it and was
    /// taken back.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn known_under(&mut self, id: TransactionId) -> Result<TransactionId, StoreError> {
        static SQL: &str = "SELECT known_high, known_low FROM identities WHERE id_high = ?1 AND id_low = ?2";
        let known = self.statements.get(SQL)?.query_row(halves(id), |row| self::id(row, [0, 1]));
        Ok(known.optional()?.unwrap_or(id))
    }

    /// Whether what was voided by this event was taken back by `undo`: then it may be entered again.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_undone(&mut self, voided_at: Option<Sequence>) -> Result<bool, StoreError> {
        static SQL: &str = "SELECT undoes IS NOT NULL FROM commands WHERE first_sequence <= ?1
            ORDER BY first_sequence DESC LIMIT 1";
        let Some(event) = voided_at else { return Ok(false) };
        let found = self.statements.get(SQL)?.query_row([integer(event)], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(false))
    }

    /// Whether a transaction or split is known under an id.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn standing(&mut self, id: TransactionId) -> Result<Standing, StoreError> {
        static SQL: &str = "SELECT sequence, voided_at FROM transactions WHERE id_high = ?1 AND id_low = ?2";
        let id = self.known_under(id)?;
        self.index_transactions()?;
        let events = |row: &Row<'_>| Ok((natural(row, 0)?, row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs)));
        let found = match self.statements.get(SQL)?.query_row(halves(id), events).optional()? {
            Some(events) => Some(events),
            None => self.split(id)?.map(|split| (split.sequence, split.voided_at)),
        };
        Ok(match found {
            Some((_, voided_at)) if self.is_undone(voided_at)? => Standing::Undone,
            Some((sequence, _)) => Standing::Recorded(sequence),
            None => Standing::Free,
        })
    }

    /// The ids of transactions and splits from one UUID to another.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn ids_between(&self, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError> {
        self.index_transactions()?;
        ids_between(self.connection, first, last)
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

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing has it.
    Free,
    /// What this event recorded has it, voided or not.
    Recorded(Sequence),
    /// Something had it that was taken back by `undo`.
    Undone,
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
    let mut identities = connection.prepare_cached(
        "SELECT id_high, id_low, known_high, known_low FROM identities
         WHERE (id_high, id_low) >= (?1, ?2) AND (id_high, id_low) <= (?3, ?4)",
    )?;
    let ((high, low), (last_high, last_low)) = (halves(first), halves(last));
    let between = (high, low, last_high, last_low);
    let transactions = transactions.query_map(between, |row| id(row, [0, 1]))?;
    let splits = splits.query_map((first.plain(), last.plain()), |row| text(row, 0))?;
    let mut found = transactions.chain(splits).collect::<Result<BTreeSet<TransactionId>, _>>()?;
    // What was entered again is meant, not what was taken back.
    for pair in identities.query_map(between, |row| Ok((id(row, [0, 1])?, id(row, [2, 3])?)))? {
        let (identity, known) = pair?;
        found.remove(&identity);
        found.insert(known);
    }
    Ok(IdsFound::few(found))
}
