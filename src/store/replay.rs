//! Rebuilds a book from its events, next to the book itself, for comparison.
//!
//! The second book is temporary. Both are in one connection and one transaction, so that the book is seen at
//! one moment and a repair is made completely or not at all.

mod events;
mod positions;
mod structure;
mod tables;

pub use events::{EventFault, ReplayedEvents};
pub use tables::{Comparison, Table};

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;

use super::guard::guard;
use super::integrity::{DanglingReference, dangling_references, page_faults};
use super::older_book::copy_pages;
use super::{Access, Book, Identity, StoreError, UnitOfWork, schema, statements};

/// What the replay is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// A comparison; other processes can write meanwhile.
    Compare,
    /// A repair of derived data; no other process can write meanwhile.
    Rebuild,
}

/// The two books, before they are compared.
pub struct Replay {
    /// The rebuilt one; the book itself is attached as [`ORIGINAL`].
    rebuilt: Book,
}

/// The name by which SQL refers to the book itself.
const ORIGINAL: &str = "original";

impl Replay {
    /// Prepares a second book beside `book`.
    ///
    /// # Errors
    /// If the book cannot be opened a second time, or if there is no room for temporary data.
    pub fn beside(book: &Book, intent: Intent) -> Result<Self, StoreError> {
        let connection = Connection::open("")?;
        #[cfg(debug_assertions)]
        let connection = super::trace::watched(connection)?;
        let mut connection = connection;
        guard(&connection)?;
        statements::keep(&connection)?;
        // Only the temporary book may go without a journal and without syncing.
        connection.pragma_update(Some("main"), "page_size", schema::PAGE_SIZE)?;
        connection.query_row("PRAGMA main.journal_mode = MEMORY", [], |_| Ok(()))?;
        connection.execute_batch(
            "PRAGMA main.synchronous = OFF;
             PRAGMA foreign_keys = OFF;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;
             PRAGMA main.cache_size = -32000;",
        )?;
        schema::create(&connection)?;
        if book.is_alone() && intent == Intent::Rebuild {
            return Err(StoreError::DiskFull);
        }
        if book.is_copy || book.is_alone() {
            connection.execute("ATTACH '' AS original", [])?;
            copy_pages(&book.connection, &mut connection, ORIGINAL)?;
        } else {
            let access = if intent == Intent::Compare { Access::ReadOnly } else { Access::ReadWrite };
            connection.execute("ATTACH ?1 AS original", [book.uri(access).to_string_lossy()])?;
        }
        connection.execute_batch(
            "PRAGMA original.synchronous = FULL;
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;
             PRAGMA original.cache_size = -8000;",
        )?;
        Ok(Self { rebuilt: Book::with(connection, Path::new(""), Access::ReadWrite) })
    }

    /// Like [`Book::watch`].
    ///
    /// # Errors
    /// If SQLite refuses.
    pub fn watch(&mut self, interrupted: &Arc<AtomicBool>) -> Result<(), StoreError> {
        self.rebuilt.watch(interrupted)
    }

    /// The rebuilt book; its connection has the other one attached.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.rebuilt
    }

    /// Begins the transaction: from here on the book is seen as it is at this moment.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book for longer than the patience that was set;
    /// or if it cannot be read.
    pub fn begin(&self, identity: Identity) -> Result<Replayed<'_>, StoreError> {
        let unit = self.rebuilt.begin(identity)?;
        // An attached database takes part in the transaction only once it is read.
        unit.connection.query_row("SELECT count(*) FROM original.sqlite_schema", [], |_| Ok(()))?;
        Ok(Replayed { unit })
    }
}

/// The two books, in one transaction. Dropping it rolls everything back.
pub struct Replayed<'r> {
    /// On the rebuilt book. It is never committed as a unit of work: it records nothing.
    unit: UnitOfWork<'r>,
}

impl Replayed<'_> {
    /// What is wrong with the book's pages, records and indexes, in SQLite's words.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn page_faults(&self) -> Result<Vec<String>, StoreError> {
        page_faults(self.unit.connection, ORIGINAL)
    }

    /// Rows of the book that refer to rows that do not exist.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn dangling_references(&self) -> Result<Vec<DanglingReference>, StoreError> {
        dangling_references(self.unit.connection, ORIGINAL)
    }

    /// Commits what was rebuilt in the book.
    ///
    /// # Errors
    /// If the disk fails: the changes are then there as a whole, or not at all.
    pub fn commit(self) -> Result<(), StoreError> {
        self.unit.connection.execute_batch(&schema::MARK.replace("moments", "original.moments"))?;
        Ok(self.unit.connection.execute_batch("COMMIT")?)
    }
}
