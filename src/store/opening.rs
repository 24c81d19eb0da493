//! Opening a book.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant as Moment};

use rusqlite::{Connection, OpenFlags};

use super::beside::{check_files_beside, refuse_foreign_files};
use super::book::{configure, keep_wal};
use super::guard::guard;
use super::private_copy::open_copy;
use super::wal_index::{WalIndex, has_no_room_for_files};
use super::{Access, Book, StoreError, structure};
use crate::files::pending::clear_leftovers;
use crate::files::{is_for_want_of_files, other_than_file, same_file, second_name, uri};

impl Book {
    /// Opens the book at `path`, waiting for other processes for at most `patience`.
    ///
    /// # Errors
    /// If there is none, if the file is not a book or was made by a newer version, if its tables are not
    /// those of a book, or if it cannot be read.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let book = Self::open_to_examine(path, patience)?;
        structure::check(&book.connection, book.format)?;
        Ok(book)
    }

    /// Opens a file that is marked as a book, whatever its tables.
    ///
    /// # Errors
    /// If there is none, if the file is not a book or was made by a newer version, or if it cannot be
    /// read.
    pub fn open_to_examine(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let started = Moment::now();
        loop {
            match open_once(path, patience) {
                Err(StoreError::Busy) if started.elapsed() < patience => thread::sleep(Self::PAUSE),
                opened => return opened,
            }
        }
    }

    /// How long to pause while another process briefly keeps others out.
    const PAUSE: Duration = Duration::from_millis(5);
}

/// Opens a book that no other process has open or will change, for reading, without a lock and without
/// creating any file beside it.
pub(super) fn open_at_rest(path: &Path) -> Result<Book, StoreError> {
    let mut book = Book::with(connect(path, Access::ReadOnly)?, path, Access::ReadOnly);
    book.check_marks(|| true)?;
    structure::check(&book.connection, book.format)?;
    configure(&book.connection, book.access())?;
    Ok(book)
}

fn open_once(path: &Path, patience: Duration) -> Result<Book, StoreError> {
    let metadata = check_path(path)?;
    if !is_writable(path) {
        refuse_foreign_files(path)?;
        return open_copy(path, patience);
    }
    clear_leftovers(path);
    check_files_beside(path)?;
    let index = WalIndex::of(path);
    index.await_others(path, patience)?;
    let connection = connect(path, Access::ReadWrite)?;
    connection.busy_timeout(patience)?;
    index.prepare(&connection)?;
    let mut book = Book::with(connection, path, Access::ReadWrite).opened(index);
    keep_wal(&book.connection, true)?;
    let is_in_place = || path.symlink_metadata().is_ok_and(|there| same_file(&metadata, &there));
    let checked = book.check_marks(|| !cfg!(unix) || is_in_place()).and_then(|()| index.reserve(path));
    checked.and_then(|()| configure(&book.connection, Access::ReadWrite)).map_err(|error| {
        // SQLite does not say why it could not create one of its files. Any other such error on a file that
        // it has just opened is about the schema.
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
        // A first command that is killed on a file system that can only rename in two steps leaves two
        // names.
        if second_name(path, &metadata).is_some() {
            clear_leftovers(path);
        }
        match path.symlink_metadata().ok().and_then(|metadata| second_name(path, &metadata)) {
            // SQLite names a file's journal after the file, so under a second name it would not see the
            // journal of the first.
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
        // A file that no process can change.
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
