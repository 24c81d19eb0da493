//! Finding what was recorded by its id, or the beginning of one.

use std::collections::BTreeSet;

use rusqlite::Connection;
use uuid::Uuid;

use super::values::{halves, id, text};
use super::{Book, EventStore, StoreError, UnitOfWork};
use crate::domain::TransactionId;

impl UnitOfWork<'_> {
    /// The ids of transactions and splits from one UUID to another, a few of them at most.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn ids_between(&self, first: Uuid, last: Uuid) -> Result<Vec<TransactionId>, StoreError> {
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
    pub fn ids_between(&self, first: Uuid, last: Uuid) -> Result<Vec<TransactionId>, StoreError> {
        ids_between(&self.connection, first, last)
    }
}

/// Ids that are looked up, and told, of a beginning that several have.
const FEW: u32 = 5;

fn ids_between(connection: &Connection, first: Uuid, last: Uuid) -> Result<Vec<TransactionId>, StoreError> {
    let (first, last) = (TransactionId::new(first), TransactionId::new(last));
    let mut transactions = connection.prepare_cached(
        "SELECT DISTINCT id_high, id_low FROM transactions
         WHERE (id_high, id_low) >= (?1, ?2) AND (id_high, id_low) <= (?3, ?4) ORDER BY id_high, id_low LIMIT ?5",
    )?;
    let mut splits = connection
        .prepare_cached("SELECT split_id FROM splits WHERE split_id BETWEEN ?1 AND ?2 ORDER BY 1 LIMIT ?3")?;
    let (from, to) = (halves(first), halves(last));
    let transactions = transactions.query_map((from.0, from.1, to.0, to.1, FEW), |row| id(row, [0, 1]))?;
    let splits = splits.query_map((first.plain(), last.plain(), FEW), |row| text(row, 0))?;
    let ids = transactions.chain(splits).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(ids.into_iter().zip(0..FEW).map(|(id, _)| id).collect())
}
