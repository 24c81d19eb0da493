//! Finding what was recorded by its id, or the beginning of one.

use rusqlite::Connection;
use uuid::Uuid;

use super::values::text;
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

fn ids_between(connection: &Connection, first: Uuid, last: Uuid) -> Result<Vec<TransactionId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT transaction_id FROM transactions WHERE transaction_id BETWEEN ?1 AND ?2
         UNION SELECT split_id FROM splits WHERE split_id BETWEEN ?1 AND ?2 ORDER BY 1 LIMIT 5",
    )?;
    let ids = statement
        .query_map((TransactionId::new(first).plain(), TransactionId::new(last).plain()), |row| text(row, 0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
