//! Books that an earlier version made, for readers.

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::guard::guard;
use super::{Access, Book, Identity, StoreError};

impl Book {
    /// The book with the tables of this version. One that an earlier version made is left as it is:
    /// what is read, and nothing else, is a private copy of it that has them.
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

/// Copies a whole database, as it is at this moment, into one that is private.
pub(super) fn copy_pages(from: &Connection, to: &mut Connection, name: &str) -> Result<(), StoreError> {
    let backup = Backup::new_with_names(from, "main", to, name)?;
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        StepResult::More | StepResult::Busy | StepResult::Locked => Err(StoreError::Busy),
        _ => Err(StoreError::Io("the book could not be copied".to_owned())),
    }
}
