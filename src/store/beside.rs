//! The files beside a book: those that SQLite and StockBook name after it.
//!
//! SQLite takes any file with the right name for the book's own. So each is checked first, and one that
//! cannot be the book's is refused by name. A WAL may contain the only copy of what a command has committed,
//! so it is used if it continues this book as it is, and never deleted.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::guard::guard;
use super::wal::{self, Content};
use super::wal_index::OpenGuard;
use super::{StoreError, schema};
use crate::files::{
    ANOTHER_USERS_FILE, SUFFIXES, WAL, belongs_to_another_user, beside, is_open_to_others, no_follow_options,
    open_regular, other_than_file, second_name, uri,
};

/// Refuses files beside a book that are not the book's.
pub(super) fn check_files_beside(book: &Path) -> Result<(), StoreError> {
    refuse_foreign_files(book)?;
    let wal = beside(book, WAL);
    if fs::symlink_metadata(&wal).is_ok_and(|metadata| metadata.len() > 0) {
        check_wal_unless_in_use(book)
    } else {
        Ok(())
    }
}

/// Refuses files beside the path of a new book that would become part of it.
pub(super) fn check_before_creating(book: &Path) -> Result<(), StoreError> {
    refuse_foreign_files(book)?;
    let path = beside(book, WAL);
    let Ok(file) = open_regular(no_follow_options().read(true), &path) else { return Ok(()) };
    match wal::read(&file, &mut |_, _| ())? {
        Content::Nothing => Ok(()),
        Content::Strange => Err(foreign(path, "a file that is not a WAL")),
        Content::Commits => Err(foreign(path, "the WAL of a book that is not there")),
    }
}

/// Refuses files beside a book by their kind, owner and permissions.
pub(super) fn refuse_foreign_files(book: &Path) -> Result<(), StoreError> {
    let owner = fs::symlink_metadata(book).ok();
    for suffix in SUFFIXES.into_iter().filter(|suffix| !suffix.is_empty()) {
        let path = beside(book, suffix);
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if let Some(what) = fault(&path, &metadata, owner.as_ref()) {
            return Err(foreign(path, what));
        }
        // SQLite would roll it back into the book.
        if suffix == "-journal" {
            return Err(foreign(path, "a journal, which StockBook never leaves"));
        }
    }
    Ok(())
}

fn foreign(file: PathBuf, what: &'static str) -> StoreError {
    StoreError::Leftover { file, what }
}

/// Why StockBook may not write to a file, if it may not.
fn fault(path: &Path, metadata: &Metadata, book: Option<&Metadata>) -> Option<&'static str> {
    if let Some(what) = other_than_file(metadata) {
        Some(what)
    } else if let Some(what) = second_name(path, metadata) {
        Some(what)
    } else if belongs_to_another_user(metadata, book) {
        Some(ANOTHER_USERS_FILE)
    } else if is_open_to_others(metadata, book) {
        Some("a file that others can write to, unlike the book")
    } else {
        None
    }
}

/// Whether other processes have a book open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherProcesses {
    /// None, and none can open it before the file passed to [`other_processes`] is closed.
    None,
    /// At least one.
    Some,
    /// At least one, which currently keeps others out.
    Exclusive,
}

/// Whether other processes have a book open. `book` must be open for reading and writing. Closing it releases
/// all locks that SQLite holds on the book in this process, so this process may not have a connection to it.
#[cfg(unix)]
pub(super) fn other_processes(book: &File) -> OtherProcesses {
    use rustix::fs::FlockOperation::{NonBlockingLockExclusive, NonBlockingLockShared};
    use rustix::fs::fcntl_lock;
    use rustix::io::Errno;
    let is_taken = |locked| matches!(locked, Err(Errno::AGAIN | Errno::ACCESS));
    // Without support for locks, SQLite has none either.
    if !is_taken(fcntl_lock(book, NonBlockingLockExclusive)) {
        OtherProcesses::None
    } else if is_taken(fcntl_lock(book, NonBlockingLockShared)) {
        OtherProcesses::Exclusive
    } else {
        OtherProcesses::Some
    }
}

#[cfg(not(unix))]
pub(super) fn other_processes(_book: &File) -> OtherProcesses {
    OtherProcesses::Some
}

/// Refuses a WAL left behind that does not continue the book as it is.
fn check_wal_unless_in_use(book: &Path) -> Result<(), StoreError> {
    // Closing the file here would release the locks that SQLite holds on it elsewhere in this process,
    // which has checked already.
    if OpenGuard::is_any_open() {
        return Ok(());
    }
    let held = open_regular(no_follow_options().read(true).write(true), book)?;
    match other_processes(&held) {
        // The process that opened it first has checked.
        OtherProcesses::Some => Ok(()),
        OtherProcesses::Exclusive => Err(StoreError::Busy),
        OtherProcesses::None => check_wal(book, book),
    }
}

/// Refuses a WAL that does not continue the book as it is. No other process may change either meanwhile. The
/// book is read from `file`, which may be a copy.
pub(super) fn check_wal(file: &Path, book: &Path) -> Result<(), StoreError> {
    let path = beside(book, WAL);
    // It may be gone by now.
    let Ok(log) = open_regular(no_follow_options().read(true), &beside(file, WAL)) else { return Ok(()) };
    let not_a_book = || StoreError::NotABook { path: book.to_owned(), why: "it is not an SQLite file" };
    // Both stay open until the end: closing one would unlock the book.
    let (bytes, alone) = (File::open(file)?, without_wal(file)?);
    let moment = alone.query_row(schema::MOMENT, [], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, [u8; 16]>(1)?)));
    let (mark, is_headless) = match moment {
        Ok((root, mark)) => (Mark::of(root, mark), false),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            if !has_torn_header(&bytes)? {
                return Err(not_a_book());
            }
            (None, true)
        }
        // A book of an earlier version has no mark. Nor can one be read if a checkpoint was cut off during an
        // upgrade of the tables.
        Err(_) => (None, false),
    };
    let (mut is_marked, mut goes_on, mut has_header) = (false, false, false);
    let content = wal::read(&log, &mut |number, page| {
        if let Some(mark) = mark.as_ref().filter(|mark| mark.page == number) {
            is_marked = true;
            goes_on = goes_on || mark.is_in(page);
        }
        has_header = has_header || number == 1 && schema::is_first_page(page);
    })?;
    match content {
        Content::Strange => Err(foreign(path, "a file that is not a WAL")),
        Content::Commits if is_marked && !goes_on => {
            Err(foreign(path, "the WAL of another book, or of this one at another time"))
        }
        Content::Nothing if is_headless => Err(not_a_book()),
        Content::Commits if is_headless && !has_header => Err(not_a_book()),
        Content::Nothing | Content::Commits => Ok(()),
    }
}

/// The random mark that distinguishes the state of a book from all others, and the page that contains it. A
/// power cut during a checkpoint may leave the page partly old, partly new and partly zero. The WAL then
/// contains both the old and the new mark, and with them each half that is intact.
struct Mark {
    page: u32,
    halves: [[u8; 8]; 2],
}

impl Mark {
    /// `None` if one of its halves was lost.
    fn of(page: u32, mark: [u8; 16]) -> Option<Self> {
        let (halves, _) = mark.as_chunks::<8>();
        let halves = [*halves.first()?, *halves.last()?];
        (!halves.contains(&[0; 8])).then_some(Self { page, halves })
    }

    fn is_in(&self, page: &[u8]) -> bool {
        page.windows(8).any(|bytes| self.halves.iter().any(|half| half == bytes))
    }
}

/// Whether a file begins as an SQLite file does in which a power cut left zeros.
fn has_torn_header(mut file: &File) -> Result<bool, StoreError> {
    let mut header = [0; schema::HEADER.len()];
    let size = wal::fill(&mut file, &mut header)?;
    Ok(size == header.len() && header.iter().zip(schema::HEADER).all(|(found, wanted)| [0, *wanted].contains(found)))
}

/// Opens the book's file by itself, without locks and without its WAL.
fn without_wal(book: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri(book, "?immutable=1"), flags)?;
    guard(&connection)?;
    Ok(connection)
}
