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
use super::wal_index::{Opened, WalIndex};
use super::{EventStore, Reader, StoreError, Summaries, schema, statements};
use crate::files::uri;
use crate::log::{LogFile, PreparedLog};

/// An open book.
pub struct Book {
    pub(super) connection: Connection,
    path: PathBuf,
    access: Access,
    index: WalIndex,
    /// If it is one that [`Self::open`] opened.
    _opened: Option<Opened>,
    /// The format of its tables.
    pub(super) format: i64,
    /// Whether what is read is a private copy of the file.
    pub(super) is_copy: bool,
    pub(super) log: LogFile,
    prepared_log: Cell<Option<PreparedLog>>,
    pub(super) interruption: Interruption,
}

/// What may be done with an open book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    ReadWrite,
    /// The file or its folder cannot be written: reading only.
    ReadOnly,
}

impl Book {
    /// This book, read from a private copy.
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
            _opened: None,
            format: FORMAT,
            is_copy: false,
            log: LogFile::of(path),
            prepared_log: Cell::new(None),
            interruption: Interruption::default(),
        }
    }

    /// This book, which was just opened with that index of its WAL.
    pub(super) fn opened(self, index: WalIndex) -> Self {
        Self { index, _opened: Some(Opened::now()), ..self }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What may be done with it.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }

    /// Its audit log.
    #[must_use]
    pub fn log(&self) -> &LogFile {
        &self.log
    }

    /// Leaves a log that was written beside the book to the log's handler.
    pub fn prepare_log(&self, log: Option<PreparedLog>) {
        self.prepared_log.set(log);
    }

    /// The log that was written beside the book, if there is one; asked once.
    #[must_use]
    pub fn take_prepared_log(&self) -> Option<PreparedLog> {
        self.prepared_log.take()
    }

    /// What it says now.
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

    /// The URI under which another connection opens the same file.
    pub(super) fn uri(&self, access: Access) -> PathBuf {
        let query = match access {
            Access::ReadOnly => "?mode=ro",
            Access::ReadWrite => "?mode=rw",
        };
        uri(&self.path, query)
    }

    /// How long to wait for another process that writes.
    ///
    /// # Errors
    /// If SQLite refuses the setting.
    pub fn set_patience(&self, patience: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Says by which flag one learns that the user wants to stop.
    ///
    /// # Errors
    /// If SQLite refuses it.
    pub fn watch(&mut self, interrupted: &Arc<AtomicBool>) -> Result<(), StoreError> {
        self.interruption.watch(&mut self.connection, interrupted)
    }

    /// Carries out what may end early: a statement that takes long fails with [`StoreError::Interrupted`] once
    /// the [flag](Self::watch) is up. Nothing in it may go on after an error, nor commit.
    pub fn heeding<T>(&self, work: impl FnOnce() -> T) -> T {
        self.interruption.heeded(work)
    }

    /// Refuses files that are not ours, or of a newer program. Once the file was looked into, nobody
    /// puts another one in its place; whether somebody had done so by then is asked.
    pub(super) fn check_marks(&mut self, is_in_place: impl FnOnce() -> bool) -> Result<(), StoreError> {
        let path = || self.path.clone();
        let not_a_book = |why| StoreError::NotABook { path: path(), why };
        let application_id = self.connection.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0));
        // An error too may come of what is beside the other file by now.
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

    /// Whether an earlier version made it, and nothing has been recorded in it since: its tables
    /// are those of that version until a [unit of work](Self::begin) is committed, or until it is
    /// [upgraded](Self::upgrade).
    #[must_use]
    pub fn is_older(&self) -> bool {
        self.format < FORMAT
    }
}

/// Whether the WAL stays when the last connection closes. SQLite removes it even where it could
/// not read it, as when there was no room for its index, and with it what is committed there
/// and nowhere else: so it stays until something has been read.
pub(super) fn keep_wal(connection: &Connection, keep: bool) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)?;
    Ok(())
}

/// Sets what holds for the book's connection as long as it is open.
pub(super) fn configure(connection: &Connection, access: Access) -> Result<(), StoreError> {
    if access == Access::ReadWrite {
        let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(StoreError::Unwritable(format!("SQLite keeps the journal mode {mode}, not wal")));
        }
    }
    statements::keep(connection)?;
    connection.execute_batch(
        // FULL: with NORMAL a power cut could take back a trade whose audit line is on disk.
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA cache_size = -32000;
         PRAGMA mmap_size = 0;",
    )?;
    Ok(())
}
