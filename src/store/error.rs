//! Errors of the book's file.

use crate::files::is_for_want_of_files;
use std::fs::File;
use std::io::ErrorKind;
use std::path::PathBuf;

use rusqlite::{ErrorCode, ffi};

use crate::domain::{DomainError, TooLarge};

/// A unit of work that could not be committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Nothing was recorded.
    #[error(transparent)]
    NotCommitted(#[from] StoreError),
    /// SQLite failed while committing: the work may have been committed or not.
    #[error("the commit failed: {0}")]
    Unknown(rusqlite::Error),
}

/// A book that cannot be opened, read or written. Nothing was recorded, unless the error says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no book yet.
    #[error("no book at {}", .0.display())]
    NoBook(PathBuf),
    /// The path names something that is not a regular file.
    #[error("{} is {what}, not a book", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// The file is not an SQLite database, or that of another application.
    #[error("{} is not a StockBook book: {why}", path.display())]
    NotABook {
        /// The path.
        path: PathBuf,
        /// Why it is not a book.
        why: &'static str,
    },
    /// A file beside the book, or beside the path of a new one, is not the book's.
    #[error("{} is in the way: it is {what}", file.display())]
    Leftover {
        /// The file.
        file: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A later version made the book.
    #[error("{} was made by a newer StockBook (format {found}, this one knows {known})", path.display())]
    NewerBook {
        /// The path.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The format of this program.
        known: i64,
    },
    /// Stored data is contradictory or cannot be read.
    #[error("the book is damaged: {0}")]
    Damaged(String),
    /// The file or its folder may not be written.
    #[error("the book cannot be written: {0}")]
    Unwritable(String),
    /// Another process held the book for too long.
    #[error("the book is busy: another process has held it for longer than --wait allows")]
    Busy,
    /// Another process created the book in the meantime.
    #[error("the book {} was created by another process", .0.display())]
    BegunElsewhere(PathBuf),
    /// The stream has grown since the aggregate was loaded.
    #[error("the record has changed since it was read (version {expected} expected, {found} found)")]
    VersionConflict {
        /// The number of events that the aggregate was loaded with.
        expected: u64,
        /// The number of events in the stream.
        found: u64,
    },
    /// A total has more digits than a book can hold.
    #[error("a total of the book: {0}")]
    TooLarge(TooLarge),
    /// Refused by the domain: a figure that a reader asks for.
    #[error(transparent)]
    Refused(DomainError),
    /// The user stopped it.
    #[error("interrupted; nothing was recorded")]
    Interrupted,
    /// There is no room for what must be written, even temporarily.
    #[error("the disk is full: that of the book, or that of temporary files")]
    DiskFull,
    /// There is not enough memory.
    #[error("there is not enough memory")]
    OutOfMemory,
    /// Too many files are open.
    #[error("too many files are open")]
    TooManyFiles,
    /// The file system failed.
    #[error("{0}")]
    Io(String),
    /// SQLite failed otherwise.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoBook(_) => "no_book",
            Self::NotAFile { .. } | Self::NotABook { .. } => "not_a_book",
            Self::Leftover { .. } => "foreign_leftover",
            Self::NewerBook { .. } => "newer_book",
            Self::Damaged(_) => "damaged_book",
            Self::Unwritable(_) => "unwritable_book",
            Self::Busy => "busy",
            Self::BegunElsewhere(_) => "begun_elsewhere",
            Self::VersionConflict { .. } => "version_conflict",
            Self::TooLarge(_) => "too_large",
            Self::Refused(error) => error.code(),
            Self::DiskFull | Self::TooManyFiles | Self::Io(_) => "io_error",
            Self::OutOfMemory => "out_of_memory",
            Self::Interrupted => "interrupted",
            Self::Sqlite(_) => "store_error",
        }
    }

    /// A way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoBook(_) => Some(
                "the first command that records something makes it, such as `stockbook add-stock AAPL 'Apple Inc.'`; or \
                 name another with --book",
            ),
            Self::NotAFile { .. } | Self::NotABook { .. } => Some("name the book with --book or STOCKBOOK_BOOK"),
            Self::Leftover { .. } => Some(
                "nothing was changed; if the book that it belongs to was moved or replaced, put that back, \
                 else move this file away and try again",
            ),
            Self::NewerBook { .. } => Some("update stockbook"),
            Self::Damaged(_) => Some("`stockbook check` shows what is wrong; restoring a backup puts it right"),
            Self::Unwritable(_) => Some("check the permissions of the file and its folder"),
            Self::Busy => Some("nothing was recorded; try again, or wait longer with --wait SECONDS"),
            Self::BegunElsewhere(_) | Self::VersionConflict { .. } => Some("try again"),
            Self::TooLarge(_) => Some("split the trade, or use fewer decimal places"),
            Self::DiskFull => Some("nothing was recorded; make room, and try again"),
            Self::OutOfMemory => Some("nothing was recorded; allow for more memory (`ulimit -v`), and try again"),
            Self::TooManyFiles => Some("nothing was recorded; allow for more open files (`ulimit -n`), and try again"),
            Self::Io(_) => Some("nothing was recorded; check the disk and the permissions, and try again"),
            Self::Refused(_) | Self::Interrupted | Self::Sqlite(_) => None,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            // `FileLockingProtocolFailed` means that another process has been creating the WAL's index for
            // ten seconds.
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
                Self::Busy
            }
            // These include a missing table and a violated constraint, which our own statements do not cause.
            Some(
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch
                | ErrorCode::Unknown,
            ) => Self::Damaged(text),
            // SQLite does not say why it could not open a file.
            Some(ErrorCode::CannotOpen) if File::open("/").is_err_and(|cause| is_for_want_of_files(&cause)) => {
                Self::TooManyFiles
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unwritable(detail(&error).map_or(text, str::to_owned))
            }
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::OutOfMemory) => Self::OutOfMemory,
            Some(ErrorCode::SystemIoFailure) if is_for_want_of_memory(&error) => Self::OutOfMemory,
            Some(ErrorCode::SystemIoFailure | ErrorCode::NoLargeFileSupport) => {
                Self::Io(detail(&error).map_or(text, str::to_owned))
            }
            Some(ErrorCode::TooBig) => Self::Damaged("a value is longer than any that is recorded".to_owned()),
            // A missing column.
            None if let rusqlite::Error::SqlInputError { msg, .. } = &error => Self::Damaged(msg.clone()),
            // A stored value that its type refuses.
            None if let rusqlite::Error::FromSqlConversionFailure(_, _, why) = &error => Self::Damaged(why.to_string()),
            None if matches!(
                error,
                rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                Self::Damaged(text)
            }
            Some(_) | None => Self::Sqlite(error),
        }
    }
}

fn extended_code(error: &rusqlite::Error) -> i32 {
    error.sqlite_error().map_or(ffi::SQLITE_OK, |error| error.extended_code)
}

fn is_for_want_of_memory(error: &rusqlite::Error) -> bool {
    extended_code(error) == ffi::SQLITE_IOERR_NOMEM
}

/// What failed, if SQLite's own message ("disk I/O error") does not say.
fn detail(error: &rusqlite::Error) -> Option<&'static str> {
    let detail = match extended_code(error) {
        ffi::SQLITE_IOERR_READ | ffi::SQLITE_IOERR_SHORT_READ => "the disk failed while the book was read",
        ffi::SQLITE_IOERR_WRITE => "the book could not be written: the disk failed, or a quota or a limit is reached",
        ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC => "the disk failed while saving what was written",
        ffi::SQLITE_IOERR_SHMOPEN
        | ffi::SQLITE_IOERR_SHMSIZE
        | ffi::SQLITE_IOERR_SHMMAP
        | ffi::SQLITE_IOERR_SHMLOCK => {
            "the index of the WAL could not be made: the disk is full or failed, or a quota or a limit is reached"
        }
        ffi::SQLITE_IOERR_LOCK | ffi::SQLITE_IOERR_RDLOCK | ffi::SQLITE_IOERR_UNLOCK => {
            "the book could not be locked: its file system does not allow for it, or has failed"
        }
        ffi::SQLITE_IOERR_DELETE | ffi::SQLITE_IOERR_DELETE_NOENT | ffi::SQLITE_IOERR_TRUNCATE => {
            "what was left of the WAL could not be cleared away"
        }
        ffi::SQLITE_IOERR_GETTEMPPATH | ffi::SQLITE_CANTOPEN_NOTEMPDIR => "there is no folder for temporary files",
        ffi::SQLITE_READONLY_DBMOVED => "its file was moved or deleted meanwhile",
        _ => return None,
    };
    Some(detail)
}

impl From<TooLarge> for StoreError {
    fn from(error: TooLarge) -> Self {
        Self::TooLarge(error)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        let kind = error.kind();
        if [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem].contains(&kind) {
            return Self::Unwritable(error.to_string());
        }
        if is_for_want_of_files(&error) {
            return Self::TooManyFiles;
        }
        if kind == ErrorKind::StorageFull { Self::DiskFull } else { Self::Io(error.to_string()) }
    }
}

impl From<CommitError> for StoreError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::NotCommitted(error) => error,
            CommitError::Unknown(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_said_as_far_as_sqlite_knows_it() {
        let failed = |code| StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        for (codes, code, says) in [
            (&[ffi::SQLITE_IOERR][..], "io_error", "disk I/O error"),
            (&[ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR_SHORT_READ], "io_error", "while the book was read"),
            (&[ffi::SQLITE_IOERR_WRITE], "io_error", "could not be written"),
            (&[ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC], "io_error", "while saving"),
            (&[ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_SHMMAP], "io_error", "the index of the WAL"),
            (&[ffi::SQLITE_IOERR_LOCK, ffi::SQLITE_IOERR_UNLOCK], "io_error", "could not be locked"),
            (&[ffi::SQLITE_IOERR_DELETE, ffi::SQLITE_IOERR_TRUNCATE], "io_error", "cleared away"),
            (&[ffi::SQLITE_IOERR_GETTEMPPATH], "io_error", "no folder for temporary files"),
            (&[ffi::SQLITE_IOERR_NOMEM], "out_of_memory", "not enough memory"),
            (&[ffi::SQLITE_CANTOPEN], "unwritable_book", "unable to open database file"),
            (&[ffi::SQLITE_CANTOPEN_NOTEMPDIR], "unwritable_book", "no folder for temporary files"),
            (&[ffi::SQLITE_READONLY_DBMOVED], "unwritable_book", "moved or deleted"),
        ] {
            for error in codes.iter().map(|code| failed(*code)) {
                assert_eq!(error.code(), code, "{error}");
                assert!(error.to_string().contains(says), "{error}: {says}");
            }
        }
    }

    #[test]
    fn a_value_that_no_book_holds_is_blamed_on_the_book_and_a_wrong_call_is_not() {
        let code = |error| StoreError::from(error).code();
        let of_value = rusqlite::Error::InvalidColumnType(0, "price".to_owned(), rusqlite::types::Type::Blob);
        assert_eq!(code(of_value), "damaged_book");
        assert_eq!(code(rusqlite::Error::IntegralValueOutOfRange(0, -1)), "damaged_book");
        assert_eq!(code(rusqlite::Error::InvalidQuery), "store_error");
    }
}
