//! A file to which a report is written: as a whole, or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::backup::is_of_book;
use crate::domain::make_folder;
use crate::files::pending::{PendingFile, clear_leftovers};
use crate::files::{folder_of, is_without_folder, other_than_file, sync_folder};

/// A file that is being written under a private name next to its path. Dropping it removes it.
pub struct OutputFile {
    path: PathBuf,
    pending: PendingFile,
    existing: Existing,
}

/// What happens to an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It is kept, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
}

/// A file that was not written. Whatever was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
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
    /// There is no folder for the file.
    #[error("cannot write {}: there is no folder {}", path.display(), folder_of(path).display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written for another reason.
    #[error("cannot write {}: {cause}", path.display())]
    Unwritable {
        /// The path.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl OutputFile {
    /// Refuses a path to which the file cannot be written.
    ///
    /// # Errors
    /// If the name is taken or is one of the book's.
    pub fn check(path: &Path, existing: Existing, book: &Path) -> Result<(), OutputError> {
        if is_of_book(path, book) {
            return Err(OutputError::IsBook(path.to_owned()));
        }
        let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
        match (other_than_file(&metadata), existing) {
            (Some(what), _) => Err(OutputError::NotAFile { path: path.to_owned(), what }),
            (None, Existing::Keep) => Err(OutputError::Exists(path.to_owned())),
            (None, Existing::Replace) => Ok(()),
        }
    }

    /// Begins the file at `path`.
    ///
    /// # Errors
    /// As [`Self::check`], or if nothing can be written there.
    pub fn begin(path: &Path, existing: Existing, book: &Path, unique: Uuid) -> Result<Self, OutputError> {
        Self::check(path, existing, book)?;
        clear_leftovers(path);
        let pending = PendingFile::create(path, unique).map_err(|cause| unwritable(path, cause))?;
        Ok(Self { path: path.to_owned(), pending, existing })
    }

    /// The file, for writing.
    #[must_use]
    pub fn file(&self) -> &File {
        self.pending.file()
    }

    /// Makes what was written durable, and gives the file its name.
    ///
    /// # Errors
    /// If that fails, or if somebody has taken the name meanwhile.
    pub fn publish(self) -> Result<(), OutputError> {
        let Self { path, pending, existing } = &self;
        let placed = match existing {
            Existing::Keep => pending.publish(path),
            Existing::Replace => pending.replace(path),
        };
        placed.and_then(|()| sync_folder(folder_of(path))).map_err(|cause| unwritable(path, cause))
    }
}

fn unwritable(path: &Path, cause: io::Error) -> OutputError {
    let path = path.to_owned();
    if cause.kind() == io::ErrorKind::AlreadyExists {
        OutputError::Exists(path)
    } else if is_without_folder(&path, &cause) {
        OutputError::NoFolder { path }
    } else {
        OutputError::Unwritable { path, cause }
    }
}

impl OutputError {
    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Exists(_) => "file_exists",
            Self::IsBook(_) => "output_onto_book",
            Self::NotAFile { .. } => "not_a_file",
            Self::NoFolder { .. } | Self::Unwritable { .. } => "unwritable_file",
        }
    }

    /// A way out.
    #[must_use]
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Exists(_) => "--force replaces it; or choose another name",
            Self::IsBook(_) => "choose another name",
            Self::NotAFile { .. } => "name a file, or redirect standard output",
            Self::NoFolder { path } => return make_folder(folder_of(path).to_str()),
            Self::Unwritable { .. } => "check the folder, its permissions and the room on the disk",
        };
        hint.to_owned()
    }
}
