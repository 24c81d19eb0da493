//! Makes a private copy of a book that may be read but not written.
//!
//! To read a book while others record, SQLite must write files beside it. A process that may not do so reads
//! a copy of the file and its WAL, as both were at one moment.

use std::fs::File;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, process, thread};

use rusqlite::Connection;
use uuid::Uuid;

use super::beside;
use super::guard::guard;
use super::older_book::copy_pages;
use super::{Access, Book, StoreError, pending, wal};
use crate::files::pending::{PendingFile, clear_leftovers};
use crate::files::{WAL, beside, create, no_follow_options, open_regular, same_file};
use crate::log::LogFile;

/// Opens a book that this process may not write, by way of a private copy of it as it was at one moment.
///
/// # Errors
/// [`StoreError::Busy`] if the book kept changing for longer than `patience`; if it cannot be read, or
/// is not a book; or if there is no room for temporary data.
pub(super) fn open_copy(path: &Path, patience: Duration) -> Result<Book, StoreError> {
    // The events of all lines that the log contains now will be in the copy.
    let log = LogFile::of(path).before_copy();
    let place = copied(path, patience).map_err(|error| {
        if error.kind() == ErrorKind::WouldBlock {
            return StoreError::Busy;
        }
        let folder = std::env::temp_dir();
        StoreError::Io(format!("cannot copy {} to {} to read it: {error}", path.display(), folder.display()))
    })?;
    beside::check_wal(place.path(), path)?;
    let connection = pending::connect(&place)?;
    guard(&connection)?;
    // With exclusive locking, SQLite keeps the WAL's index in memory.
    connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
    let mut found = Book::with(connection, path, Access::ReadOnly);
    found.check_marks(|| true)?;
    // A database without a name is removed however the process ends.
    let mut copy = Connection::open("")?;
    copy_pages(&found.connection, &mut copy, "main")?;
    guard(&copy)?;
    let mut copy = found.with_copy(copy)?;
    copy.log = log;
    Ok(copy)
}

/// The number of bytes that are copied at a time.
const STRETCH: usize = 1 << 20;
/// How long to pause while the book is changing.
const PAUSE: Duration = Duration::from_millis(5);

/// Copies a book and its WAL.
///
/// Both are read repeatedly until they are unchanged since the previous pass. So there was a moment between
/// the two passes at which the book was exactly like this, and the WAL began like this.
fn copied(path: &Path, patience: Duration) -> io::Result<PendingFile> {
    let started = Instant::now();
    let (place, wal) = create_copy(&env::temp_dir().join("stockbook-copy"))?;
    let source = open_regular(no_follow_options().read(true), path)?;
    copy_changes(&source, place.file())?;
    copy_wal_changes(path, &wal)?;
    loop {
        let stood_still = !copy_changes(&source, place.file())?;
        if !copy_wal_changes(path, &wal)? && stood_still && is_still_at(&source, path)? {
            return Ok(place);
        }
        if started.elapsed() >= patience {
            return Err(ErrorKind::WouldBlock.into());
        }
        // If other processes keep opening and closing the book, this lock keeps them from moving the WAL into
        // it.
        #[cfg(unix)]
        let _ = rustix::fs::fcntl_lock(&source, rustix::fs::FlockOperation::NonBlockingLockShared);
        thread::sleep(PAUSE);
    }
}

/// Creates the two files of a copy, under a private name.
fn create_copy(target: &Path) -> io::Result<(PendingFile, File)> {
    clear_leftovers(target);
    let mut attempt = 0_u64;
    loop {
        attempt = attempt.wrapping_add(1);
        let place = PendingFile::create(target, Uuid::from_u64_pair(u64::from(process::id()), attempt));
        match place.and_then(|place| Ok((create(&beside(place.path(), WAL))?, place))) {
            Ok((wal, place)) => return Ok((place, wal)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Makes the copy of a WAL equal to it; returns whether they differed. What has been appended to the WAL
/// meanwhile does not count as a difference.
fn copy_wal_changes(book: &Path, copy: &File) -> io::Result<bool> {
    let source = match open_regular(no_follow_options().read(true), &beside(book, WAL)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let had_any = copy.metadata()?.len() > 0;
            copy.set_len(0)?;
            return Ok(had_any);
        }
        Err(error) => return Err(error),
    };
    let before = copy.metadata()?.len();
    if before > 0 && is_prefix(copy, &source)? { Ok(false) } else { copy_changes(&source, copy) }
}

/// Makes a copy equal to a file; returns whether they differed.
fn copy_changes(mut from: &File, mut to: &File) -> io::Result<bool> {
    let (mut here, mut there) = (vec![0; STRETCH], vec![0; STRETCH]);
    let (mut at, mut has_changed) = (0_u64, false);
    loop {
        from.seek(SeekFrom::Start(at))?;
        to.seek(SeekFrom::Start(at))?;
        let read = wal::fill(&mut from, &mut here)?;
        let known = wal::fill(&mut to, &mut there)?;
        let bytes = here.get(..read).unwrap_or_default();
        if there.get(..known) != Some(bytes) {
            has_changed = true;
            to.seek(SeekFrom::Start(at))?;
            to.write_all(bytes)?;
        }
        at = at.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if read < STRETCH {
            to.set_len(at)?;
            return Ok(has_changed);
        }
    }
}

/// Whether a file begins with everything that another one contains.
fn is_prefix(mut of: &File, mut in_file: &File) -> io::Result<bool> {
    let (mut here, mut there) = (vec![0; STRETCH], vec![0; STRETCH]);
    of.seek(SeekFrom::Start(0))?;
    in_file.seek(SeekFrom::Start(0))?;
    loop {
        let length = wal::fill(&mut of, &mut here)?;
        wal::fill(&mut in_file, there.get_mut(..length).unwrap_or_default())?;
        if here.get(..length) != there.get(..length) {
            return Ok(false);
        }
        if length < STRETCH {
            return Ok(true);
        }
    }
}

/// Whether a file still has the name under which it was opened.
fn is_still_at(file: &File, path: &Path) -> io::Result<bool> {
    Ok(same_file(&file.metadata()?, &path.symlink_metadata()?))
}
