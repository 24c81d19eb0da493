//! Creating a book.
//!
//! A new book is written under a private name next to its path and renamed once it is complete. So nobody
//! ever sees half a book, a first command that is refused leaves none behind, and if two processes create the
//! same book, one wins and the other finds it there.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;

use rusqlite::Connection;
use uuid::Uuid;

use super::beside::check_before_creating;
use super::{Access, Book, Identity, StoreError, UnitOfWork, pending, schema, statements};
use crate::files::pending::{PendingFile, clear_leftovers};
use crate::files::sync_folder;
use crate::log::{NewLog, PreparedLog};

/// A book that is not at its path yet. Dropping it leaves nothing behind.
pub struct NewBook {
    book: Book,
    target: PathBuf,
    pending: Option<PendingFile>,
    log: Option<NewLog>,
    made_folders: Vec<PathBuf>,
}

impl NewBook {
    /// Creates a book that [`Self::publish`] can put in place, and its folder if necessary.
    ///
    /// # Errors
    /// [`StoreError::Leftover`] if a file beside the path would become part of the book,
    /// [`StoreError::BegunElsewhere`] if there is a book by now, or if the folder or the file cannot be
    /// created.
    pub fn begin(target: &Path, unique: Uuid) -> Result<Self, StoreError> {
        Self::refuse_leftovers(target)?;
        let made_folders = make_folders(target)?;
        clear_leftovers(target);
        let begun = || {
            let place = PendingFile::create(target, unique).map_err(|error| cannot_make(target, &error))?;
            Ok((pending::connect(&place)?, place))
        };
        match begun() {
            Ok((connection, place)) => {
                let book = Book::with(connection, target, Access::ReadWrite);
                let log = NewLog::of(target, unique);
                let new_book =
                    Self { book, target: target.to_owned(), pending: Some(place), log: Some(log), made_folders };
                new_book.prepare()?;
                Ok(new_book)
            }
            Err(error) => {
                remove_folders(&made_folders);
                Err(error)
            }
        }
    }

    /// Creates a book that is never put in place, for a dry run.
    ///
    /// # Errors
    /// As [`Self::begin`], or if SQLite has no room for temporary data.
    pub fn rehearse(target: &Path) -> Result<Self, StoreError> {
        Self::refuse_leftovers(target)?;
        let book = Book::with(Connection::open("")?, target, Access::ReadWrite);
        let new_book = Self { book, target: target.to_owned(), pending: None, log: None, made_folders: Vec::new() };
        new_book.prepare()?;
        Ok(new_book)
    }

    fn refuse_leftovers(target: &Path) -> Result<(), StoreError> {
        check_before_creating(target).map_err(|error| match target.symlink_metadata() {
            // What is beside it belongs to that book.
            Ok(_) => StoreError::BegunElsewhere(target.to_owned()),
            Err(_) => error,
        })
    }

    /// The new book.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Begins the first unit of work of the book.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn begin_unit(&self, identity: Identity) -> Result<UnitOfWork<'_>, StoreError> {
        let mut unit = self.book.begin(identity)?;
        unit.appender.log = self.log.as_ref();
        Ok(unit)
    }

    /// Puts the book in place, durably. Returns its log, if that was written along with it.
    ///
    /// # Errors
    /// [`StoreError::BegunElsewhere`] if there is a book by now; or if the disk fails, in which case the
    /// book may be in place all the same.
    pub fn publish(mut self) -> Result<Option<PreparedLog>, StoreError> {
        let Some(pending) = self.pending.take() else { return Ok(None) };
        let end = self.book.events().head()?.map_or(0, |head| head.end_offset);
        self.index(&pending)?;
        let mode: String = self.book.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(StoreError::Unwritable(format!("SQLite keeps the journal mode {mode}, not wal")));
        }
        let connection = std::mem::replace(&mut self.book.connection, Connection::open_in_memory()?);
        connection.close().map_err(|(_, error)| error)?;
        match pending.publish(&self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(StoreError::BegunElsewhere(self.target.clone()));
            }
            Err(error) => return Err(error.into()),
        }
        let made_folders = std::mem::take(&mut self.made_folders);
        for folder in made_folders.iter().filter_map(|folder| folder.parent()).chain(self.target.parent()) {
            sync_folder(folder)?;
        }
        Ok(self.log.take().and_then(|log| log.into_prepared(end)))
    }

    /// Creates the indexes, while the disk writes what a large unit of work has produced so far.
    fn index(&self, pending: &PendingFile) -> Result<(), StoreError> {
        let connection = &self.book.connection;
        // Sorting uses as much memory as the cache may have: no more with many rows than with few.
        connection.pragma_update(None, "cache_size", -8000)?;
        // Rows are sorted in a thread of SQLite's own while the next ones are read.
        connection.pragma_update(None, "threads", 1)?;
        let Some((new_log, log)) = self.log.as_ref().and_then(|new_log| Some((new_log, new_log.file()?))) else {
            return schema::index(connection);
        };
        let sync = move || (pending.file().sync_data(), log.sync_data());
        let (indexed, synced) = thread::scope(|scope| {
            let syncing = thread::Builder::new().spawn_scoped(scope, sync);
            (schema::index(connection), syncing.map(thread::ScopedJoinHandle::join))
        });
        indexed?;
        // If the system cannot start a thread, everything is left to the sync that follows.
        let Ok(synced) = synced else { return Ok(()) };
        // The system reports a failed write once: a later sync would seem to succeed.
        let (of_book, of_log) = synced.map_err(|_| StoreError::Io("the thread that syncs has ended".to_owned()))?;
        if of_log.is_err() {
            new_log.discard();
        }
        Ok(of_book?)
    }

    /// A new book is discarded if anything fails, so it needs no journal on disk.
    fn prepare(&self) -> Result<(), StoreError> {
        let connection = &self.book.connection;
        statements::keep(connection)?;
        connection.pragma_update(None, "page_size", schema::PAGE_SIZE)?;
        connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
        connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        connection
            .execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4000;")?;
        schema::create(connection)
    }
}

impl Drop for NewBook {
    fn drop(&mut self) {
        (self.pending, self.log) = (None, None);
        remove_folders(&self.made_folders);
    }
}

fn remove_folders(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// Creates the missing folders above `target`, for their owner alone, and returns them, the outermost
/// first.
fn make_folders(target: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let missing: Vec<PathBuf> = target
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_owned)
        .collect();
    let mut made = Vec::new();
    for folder in missing.into_iter().rev() {
        match make_folder(&folder) {
            Ok(()) => made.push(folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                remove_folders(&made);
                return Err(cannot_make(&folder, &error));
            }
        }
    }
    Ok(made)
}

fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    // Regardless of the umask.
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

fn cannot_make(path: &Path, error: &std::io::Error) -> StoreError {
    if error.kind() == ErrorKind::StorageFull {
        return StoreError::DiskFull;
    }
    StoreError::Unwritable(format!("cannot make {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_that_are_begun_at_once_one_is_the_book() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made").join("book.db");
        let [one, other, late] = [1, 2, 3].map(|it| NewBook::begin(&path, Uuid::from_u128(it)).unwrap());
        one.publish().unwrap();
        let taken = fs::read(&path).unwrap();
        assert!(matches!(other.publish(), Err(StoreError::BegunElsewhere(at)) if at == path));
        assert_eq!(fs::read(&path).unwrap(), taken);
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
        assert!(matches!(late.publish(), Err(StoreError::Io(_))));
    }
}
