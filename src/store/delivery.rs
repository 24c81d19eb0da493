//! What the bus needs of the store.

use rusqlite::OptionalExtension;

use super::events::stored_event;
use super::values::integer;
use super::{Access, Book, StoreError};
use crate::bus::{Backlog, Progress};
use crate::domain::{Sequence, StoredEvent};

impl Backlog for Book {
    fn progress(&self, handler: &str) -> anyhow::Result<Progress> {
        let reached = self
            .connection
            .prepare_cached(
                "SELECT sequence, event_type, line, end_offset, portfolio, stock FROM checkpoints JOIN events USING (sequence)
                 WHERE handler = ?1",
            )?
            .query_row([handler], stored_event)
            .optional()?;
        Ok(Progress { reached, head: self.events().head()? })
    }

    fn load_since(&self, sequence: Sequence, limit: usize) -> anyhow::Result<Vec<StoredEvent>> {
        Ok(self.events().load_since(sequence, limit)?)
    }

    fn save_checkpoint(&self, handler: &str, sequence: Sequence) -> anyhow::Result<()> {
        let sql = "INSERT INTO checkpoints (handler, sequence) VALUES (?1, ?2)
                   ON CONFLICT (handler) DO UPDATE SET sequence = excluded.sequence";
        self.connection.prepare_cached(sql)?.execute((handler, integer(sequence)))?;
        Ok(())
    }

    /// Losing this transaction in a power cut only means delivering again, so it does not wait
    /// for the disk.
    fn exclusively(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        if self.access() == Access::ReadOnly {
            anyhow::bail!("the book cannot be written");
        }
        self.connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        let done = self.enclosed("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", work);
        self.connection.execute_batch("PRAGMA synchronous = FULL")?;
        done
    }

    fn attempt(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        self.enclosed("SAVEPOINT handler", "RELEASE handler", "ROLLBACK TO handler; RELEASE handler", work)
    }
}

impl Book {
    fn enclosed(
        &self,
        begin: &str,
        end: &str,
        undo: &str,
        work: &mut dyn FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.connection.execute_batch(begin).map_err(StoreError::from)?;
        let done = work().and_then(|()| Ok(self.connection.execute_batch(end).map_err(StoreError::from)?));
        // SQLite may have rolled back by itself, after a full disk for one.
        if done.is_err() && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch(undo);
        }
        done
    }
}
