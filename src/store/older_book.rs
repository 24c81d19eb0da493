//! Books that an earlier version made.

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::guard::guard;
use super::recomputed::{rank_lots, remake_positions};
use super::schema::{self, FORMAT};
use super::{Access, Book, Identity, StoreError, UnitOfWork};

impl UnitOfWork<'_> {
    /// Upgrades a book of an earlier version inside this unit of work.
    pub(super) fn upgrade(&mut self) -> Result<(), StoreError> {
        if schema::upgrade(self.connection)? {
            remake_positions(self)?;
            rank_lots(self)?;
        }
        Ok(())
    }
}

impl Book {
    /// Upgrades the tables of a book of an earlier version to those of this one, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book; or if it cannot be read or written.
    pub fn upgrade(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        // Unless it is committed, dropping it rolls everything back.
        let mut unit = self.unit(Identity::NONE);
        unit.upgrade()?;
        self.connection.execute_batch("COMMIT")?;
        drop(unit);
        self.format = FORMAT;
        Ok(())
    }

    /// The book with the tables of this version. If it is of an earlier version, it stays unchanged, and the
    /// result is a private, read-only copy with these tables.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book; or if it cannot be read, or if there
    /// is no room for temporary data.
    pub fn as_of_this_version(self) -> Result<Self, StoreError> {
        if !self.is_older() {
            return Ok(self);
        }
        let mut copy = Connection::open("")?;
        guard(&copy)?;
        copy_pages(&self.connection, &mut copy, "main")?;
        let copy = Self::with(copy, self.path(), Access::ReadWrite);
        copy.unit(Identity::NONE).upgrade()?;
        self.with_copy(copy.connection)
    }
}

/// Copies a whole database, as it is at this moment, into a private one.
pub(super) fn copy_pages(from: &Connection, to: &mut Connection, name: &str) -> Result<(), StoreError> {
    let backup = Backup::new_with_names(from, "main", to, name)?;
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        StepResult::More | StepResult::Busy | StepResult::Locked => Err(StoreError::Busy),
        _ => Err(StoreError::Io("the book could not be copied".to_owned())),
    }
}
