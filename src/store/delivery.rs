//! Implements what the bus needs from the store.

use rusqlite::Connection;

use super::values::integer;
use super::{Access, Book, StoreError, schema};
use crate::bus::{Backlog, History, Progress, StoredEvent};
use crate::domain::Sequence;

impl History for Book {
    fn load_since(&self, sequence: Sequence, limit: usize) -> anyhow::Result<Vec<StoredEvent>> {
        Ok(self.events().load_since(sequence, limit)?)
    }
}

impl Backlog for Book {
    fn progress(&self, handler: &str) -> anyhow::Result<Progress> {
        let events = self.events();
        Ok(Progress { reached: events.reached_by(handler)?, head: events.head()? })
    }

    fn save_checkpoint(&self, handler: &str, sequence: Sequence) -> anyhow::Result<()> {
        let sql = "INSERT INTO checkpoints (handler, sequence) VALUES (?1, ?2)
                   ON CONFLICT (handler) DO UPDATE SET sequence = excluded.sequence WHERE sequence <> excluded.sequence";
        let saved = self.connection.prepare_cached(sql).and_then(|mut it| it.execute((handler, integer(sequence))));
        saved.map_err(StoreError::from)?;
        Ok(())
    }

    /// If this transaction is lost in a power cut, the events are delivered again, so it does not wait for
    /// the disk.
    fn exclusively(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        if self.access() == Access::ReadOnly {
            anyhow::bail!("the book cannot be written");
        }
        let set = |pragma: &str| self.connection.execute_batch(pragma).map_err(StoreError::from);
        set("PRAGMA synchronous = NORMAL")?;
        let done = enclosed(&self.connection, "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", &mut || {
            let before = self.connection.total_changes();
            work()?;
            if self.connection.total_changes() > before {
                self.connection.execute(schema::MARK, []).map_err(StoreError::from)?;
            }
            Ok(())
        });
        set("PRAGMA synchronous = FULL")?;
        done
    }

    fn attempt(&self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        enclosed(&self.connection, "SAVEPOINT handler", "RELEASE handler", "ROLLBACK TO handler; RELEASE handler", work)
    }
}

/// Runs `work` in a transaction or savepoint of its own.
fn enclosed(
    connection: &Connection,
    begin: &str,
    end: &str,
    undo: &str,
    work: &mut dyn FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    connection.execute_batch(begin).map_err(StoreError::from)?;
    let done = work().and_then(|()| Ok(connection.execute_batch(end).map_err(StoreError::from)?));
    // SQLite may have rolled back by itself, for example when the disk is full.
    if done.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch(undo);
    }
    done
}
