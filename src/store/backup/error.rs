//! Why a backup was not made.

use std::io;
use std::path::PathBuf;

use crate::files::folder_of;
use crate::store::StoreError;

/// A backup that was not made. Whatever was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of that name exists.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The name is the book's own, or that of a file that belongs to the book.
    #[error("{} is the book itself, or a name that belongs to it", .0.display())]
    IsBook(PathBuf),
    /// Something other than a regular file has that name.
    #[error("{} is {what}, not a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// Another process has the file open.
    #[error("{} is in use", .0.display())]
    InUse(PathBuf),
    /// There is a journal beside the file, which SQLite would take for the copy's.
    #[error("{} is in use, or was left open: {} exists", file.display(), journal.display())]
    LeftOpen {
        /// The file.
        file: PathBuf,
        /// The journal.
        journal: PathBuf,
    },
    /// There is no folder for the files.
    #[error("cannot write {}: there is no folder {}", path.display(), folder_of(path).display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written for another reason.
    #[error("cannot write {}: {cause}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The copy was discarded because verification failed.
    #[error("the copy failed verification: {0}")]
    Unsound(String),
    /// The book or its log has been altered; the text is the first problem found.
    #[error("the book or its log was altered: {0}")]
    Altered(String),
    /// The user stopped it.
    #[error("interrupted; no backup was made")]
    Interrupted,
    /// The book cannot be read.
    #[error(transparent)]
    Book(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Book(error.into())
    }
}
