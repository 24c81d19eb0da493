//! A glance at a book, for the completion of a command line.

use std::fs;
use std::path::Path;

use super::opening::open_at_rest;
use super::{Book, StoreError};
use crate::files::other_than_file;

/// Bytes of a book of an earlier version that are few enough to be brought to this one's tables, in memory.
const SMALL: u64 = 4 << 20;

/// Opens the file of a book as it lies there: without a lock, without waiting, and without making or changing
/// any file. What another process has recorded and not yet moved into the file is not seen, and what is read
/// while it does so may be wrong: this is for suggestions, never for what is recorded or reported.
///
/// # Errors
/// If there is no book, or if it cannot be read like this.
pub fn glance(path: &Path) -> Result<Book, StoreError> {
    let look = |error| StoreError::Io(format!("cannot look at {}: {error}", path.display()));
    let metadata = fs::symlink_metadata(path).map_err(look)?;
    if let Some(what) = other_than_file(&metadata) {
        return Err(StoreError::NotAFile { path: path.to_owned(), what });
    }
    let book = open_at_rest(path)?;
    if book.is_older() && metadata.len() > SMALL {
        return Err(StoreError::Io(format!("{} is of an earlier version, and large", path.display())));
    }
    book.as_of_this_version()
}
