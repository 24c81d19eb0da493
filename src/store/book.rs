//! Opening a book.

use std::cell::Cell;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant as Moment};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::beside::{admit, refuse_strangers};
use super::guard::guard;
use super::interruption::Interruption;
use super::private_copy::open_copy;
use super::schema::{APPLICATION_ID, FORMAT};
use super::wal_index::{Opened, WalIndex, has_no_room_for_files};
use super::{EventStore, Identity, Reader, StoreError, Summaries, schema, statements, structure};
use crate::files::pending::clear_leftovers;
use crate::files::{is_for_want_of_files, other_than_file, same_file, second_name, uri};
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
    /// Opens the book at `path`, waiting for others with that much patience.
    ///
    /// # Errors
    /// If there is none, if the file is not a book or a newer one, if its tables are not those of a
    /// book, or if it cannot be read.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let book = Self::open_to_examine(path, patience)?;
        structure::check(&book.connection, book.format)?;
        Ok(book)
    }

    /// Opens what bears the marks of a book, whatever tables there are.
    ///
    /// # Errors
    /// If there is none, if the file is not a book or a newer one, or if it cannot be read.
    pub fn open_to_examine(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let started = Moment::now();
        loop {
            match open_once(path, patience) {
                Err(StoreError::Busy) if started.elapsed() < patience => thread::sleep(Self::PAUSE),
                opened => return opened,
            }
        }
    }

    /// How long to wait for another process that keeps others out for a moment.
    const PAUSE: Duration = Duration::from_millis(5);

    /// Opens a book that nobody else has open or ever changes, for reading, without a lock and with
    /// nothing beside it.
    pub(super) fn open_at_rest(path: &Path) -> Result<Self, StoreError> {
        let mut book = Self::with(connect(path, Access::ReadOnly)?, path, Access::ReadOnly);
        book.check_marks(|| true)?;
        structure::check(&book.connection, book.format)?;
        configure(&book.connection, book.access)?;
        Ok(book)
    }

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

    /// Leaves a log that was written beside the book to whoever keeps the log.
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

    /// Gives a book that an earlier version made the tables of this one, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book; or if it cannot be read or written.
    pub fn upgrade(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        // Dropped before it is committed, it is rolled back.
        let mut unit = self.unit(Identity::NONE);
        unit.upgrade()?;
        self.connection.execute_batch("COMMIT")?;
        drop(unit);
        self.format = FORMAT;
        Ok(())
    }
}

fn open_once(path: &Path, patience: Duration) -> Result<Book, StoreError> {
    let metadata = check_path(path)?;
    if !is_writable(path) {
        refuse_strangers(path)?;
        return open_copy(path, patience);
    }
    clear_leftovers(path);
    admit(path)?;
    let index = WalIndex::of(path);
    index.await_others(path, patience)?;
    let connection = connect(path, Access::ReadWrite)?;
    connection.busy_timeout(patience)?;
    index.prepare(&connection)?;
    let opened = Some(Opened::now());
    let mut book = Book { index, _opened: opened, ..Book::with(connection, path, Access::ReadWrite) };
    keep_wal(&book.connection, true)?;
    let is_in_place = || path.symlink_metadata().is_ok_and(|there| same_file(&metadata, &there));
    let checked = book.check_marks(|| !cfg!(unix) || is_in_place()).and_then(|()| index.reserve(path));
    checked.and_then(|()| configure(&book.connection, Access::ReadWrite)).map_err(|error| {
        // SQLite does not say why it could not make one of its files; what else it has to say of a
        // file that it just opened is of the schema.
        if matches!(error, StoreError::Unwritable(_)) && has_no_room_for_files(path) {
            StoreError::DiskFull
        } else if let StoreError::Sqlite(error) = error {
            StoreError::Damaged(error.to_string())
        } else {
            error
        }
    })?;
    Ok(book)
}

/// Whether the WAL stays when the last connection closes. SQLite removes it even where it could
/// not read it, as when there was no room for its index, and with it what is committed there
/// and nowhere else: so it stays until something has been read.
fn keep_wal(connection: &Connection, keep: bool) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)?;
    Ok(())
}

fn configure(connection: &Connection, access: Access) -> Result<(), StoreError> {
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

fn check_path(path: &Path) -> Result<fs::Metadata, StoreError> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(StoreError::NoBook(path.to_owned()));
        }
        Err(error) => return Err(StoreError::Io(format!("cannot look at {}: {error}", path.display()))),
    };
    let what = if let Some(what) = other_than_file(&metadata) {
        what
    } else if metadata.len() == 0 {
        return Err(StoreError::NotABook { path: path.to_owned(), why: "it is empty" });
    } else {
        // A first use that is killed where a file can only be renamed in two steps leaves two names.
        if second_name(path, &metadata).is_some() {
            clear_leftovers(path);
        }
        match path.symlink_metadata().ok().and_then(|metadata| second_name(path, &metadata)) {
            // SQLite names a file's journal after the file: under a second name it would not see what
            // the first name's journal holds.
            Some(what) => what,
            None => return Ok(metadata),
        }
    };
    Err(StoreError::NotAFile { path: path.to_owned(), what })
}

fn is_writable(path: &Path) -> bool {
    #[cfg(unix)]
    let writable = |path: &Path| rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(unix))]
    let writable = |path: &Path| fs::metadata(path).is_ok_and(|metadata| !metadata.permissions().readonly());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    writable(path) && writable(folder)
}

fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let common = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let (mode, query) = match access {
        Access::ReadWrite => (OpenFlags::SQLITE_OPEN_READ_WRITE, ""),
        // A file that nobody changes.
        Access::ReadOnly => (OpenFlags::SQLITE_OPEN_READ_ONLY, "?immutable=1"),
    };
    let connection = Connection::open_with_flags(uri(path, query), mode | common).map_err(|error| {
        // SQLite does not say why.
        match fs::File::open(path) {
            Ok(_) => StoreError::Io(format!("cannot open {}: {error}", path.display())),
            Err(cause) if is_for_want_of_files(&cause) => StoreError::TooManyFiles,
            Err(cause) => StoreError::Io(format!("cannot open {}: {cause}", path.display())),
        }
    })?;
    guard(&connection)?;
    #[cfg(debug_assertions)]
    let connection = super::trace::watched(connection)?;
    Ok(connection)
}
