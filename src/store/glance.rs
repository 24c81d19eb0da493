//! Opens a book without side effects, for command line completion.

use std::fs;
use std::path::Path;

use super::opening::open_at_rest;
use super::{Book, StoreError};
use crate::files::other_than_file;

/// The size in bytes up to which a book of an earlier version is upgraded in memory.
const SMALL: u64 = 4 << 20;

/// Opens a book's file as it is: without a lock, without waiting, and without creating or changing any file.
/// It does not see what another process has recorded but not yet moved into the file, and may read something
/// wrong while that is done. Use it for suggestions, never for anything that is recorded or reported.
///
/// # Errors
/// If there is no book, or if it cannot be read in this way.
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
