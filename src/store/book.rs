//! An open book.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::interruption::Interruption;
use super::schema::{APPLICATION_ID, FORMAT};
use super::wal_index::{OpenGuard, WalIndex};
use super::{EventStore, Reader, StoreError, Summaries, schema, statements};
use crate::files::uri;
use crate::log::{LogFile, PreparedLog};

/// An open book.
pub struct Book {
    pub(super) connection: Connection,
    path: PathBuf,
    access: Access,
    index: WalIndex,
    /// Counts the open books; `None` unless [`Self::open`] opened it.
    _guard: Option<OpenGuard>,
    /// The format of its tables.
    pub(super) format: i64,
    /// Whether it reads a private copy of the file.
    pub(super) is_copy: bool,
    pub(super) log: LogFile,
    prepared_log: Cell<Option<PreparedLog>>,
    pub(super) interruption: Interruption,
}

/// Whether an open book can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing.
    ReadWrite,
    /// Reading only: the file or its folder is not writable.
    ReadOnly,
}

impl Book {
    /// This book, reading from a private copy.
    pub(super) fn with_copy(self, connection: Connection) -> Result<Self, StoreError> {
        let format = schema::format(&connection)?;
        let of_copy = Self::with(connection, &self.path, Access::ReadOnly);
        let copy = Self { is_copy: true, format, log: self.log, ..of_copy };
        configure(&copy.connection, copy.access)?;
        Ok(copy)
    }

    pub(super) fn with(connection: Connection, path: &Path, access: Access) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            access,
            index: WalIndex::Shared,
            _guard: None,
            format: FORMAT,
            is_copy: false,
            log: LogFile::of(path),
            prepared_log: Cell::new(None),
            interruption: Interruption::default(),
        }
    }

    /// This book, just opened with its WAL's index there.
    pub(super) fn opened(self, index: WalIndex) -> Self {
        Self { index, _guard: Some(OpenGuard::now()), ..self }
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be written.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }

    /// Its audit log.
    #[must_use]
    pub fn log(&self) -> &LogFile {
        &self.log
    }

    /// Keeps a log that was written beside the book, for the log's handler.
    pub fn prepare_log(&self, log: Option<PreparedLog>) {
        self.prepared_log.set(log);
    }

    /// Takes the log that was written beside the book, if there is one.
    #[must_use]
    pub fn take_prepared_log(&self) -> Option<PreparedLog> {
        self.prepared_log.take()
    }

    /// A reader of the book as it is now.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::on(&self.connection)
    }

    /// The history.
    #[must_use]
    pub fn events(&self) -> EventStore<'_> {
        EventStore::on(&self.connection)
    }

    /// The summary cache.
    #[must_use]
    pub fn summaries(&self) -> Summaries<'_> {
        Summaries::on(&self.connection)
    }

    /// Whether no other connection can open the file meanwhile.
    pub(super) fn is_alone(&self) -> bool {
        self.index == WalIndex::Private
    }

    /// The URI for another connection to the same file.
    pub(super) fn uri(&self, access: Access) -> PathBuf {
        let query = match access {
            Access::ReadOnly => "?mode=ro",
            Access::ReadWrite => "?mode=rw",
        };
        uri(&self.path, query)
    }

    /// Sets how long to wait for another process that is writing.
    ///
    /// # Errors
    /// If SQLite refuses the setting.
    pub fn set_patience(&self, patience: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Sets the flag that says that the user has asked to stop.
    ///
    /// # Errors
    /// If SQLite refuses.
    pub fn watch(&mut self, interrupted: &Arc<AtomicBool>) -> Result<(), StoreError> {
        self.interruption.watch(&mut self.connection, interrupted)
    }

    /// Runs `work`, which may be interrupted: a long statement fails with [`StoreError::Interrupted`]
    /// once the [flag](Self::watch) is set. `work` may neither continue after an error nor commit.
    pub fn interruptible<T>(&self, work: impl FnOnce() -> T) -> T {
        self.interruption.heeded(work)
    }

    /// Refuses files that are not books, or that a newer version made. `is_in_place` is whether the open file
    /// is still the one at the path.
    pub(super) fn check_marks(&mut self, is_in_place: impl FnOnce() -> bool) -> Result<(), StoreError> {
        let path = || self.path.clone();
        let not_a_book = |why| StoreError::NotABook { path: path(), why };
        let application_id = self.connection.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0));
        // The error, too, may be due to a file beside the one that is now at the path.
        if !is_in_place() {
            return Err(StoreError::Busy);
        }
        let application_id = application_id.map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => not_a_book("it is not an SQLite file"),
            _ => error.into(),
        })?;
        keep_wal(&self.connection, false)?;
        if application_id != APPLICATION_ID {
            return Err(not_a_book("it is another application's SQLite file"));
        }
        self.format = match schema::format(&self.connection)? {
            found if found > FORMAT => return Err(StoreError::NewerBook { path: path(), found, known: FORMAT }),
            found if found < 1 => return Err(StoreError::Damaged("it has no format number".to_owned())),
            found => found,
        };
        Ok(())
    }

    /// Whether its tables are those of an earlier version: nothing has been recorded by this version, and it
    /// has not been [upgraded](Self::upgrade).
    #[must_use]
    pub fn is_older(&self) -> bool {
        self.format < FORMAT
    }
}

/// Sets whether the WAL stays when the last connection closes. SQLite removes it even if it could not read
/// it, for example because there was no room for its index, and with it transactions that are nowhere else.
/// So it is kept until something has been read.
pub(super) fn keep_wal(connection: &Connection, keep: bool) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)?;
    Ok(())
}

/// Configures the book's connection for as long as it is open.
pub(super) fn configure(connection: &Connection, access: Access) -> Result<(), StoreError> {
    if access == Access::ReadWrite {
        let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(StoreError::Unwritable(format!("SQLite keeps the journal mode {mode}, not wal")));
        }
    }
    statements::keep(connection)?;
    connection.execute_batch(
        // FULL: with NORMAL, a power cut could lose a trade whose audit line is on disk.
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA cache_size = -32000;
         PRAGMA mmap_size = 0;",
    )?;
    Ok(())
}
