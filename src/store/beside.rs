//! What stands beside a book: the files that SQLite and StockBook name after it.
//!
//! SQLite takes whatever has the right name for the book's own. So it is checked first, and what
//! cannot be the book's is refused by name. A WAL may be all that is left of a command that said it
//! was done: it is used where it belongs to the book as it is, and never cleared away.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::guard::guard;
use super::wal::{self, Content};
use super::wal_index::Opened;
use super::{StoreError, schema};
use crate::files::{
    ANOTHER_USERS_FILE, SUFFIXES, WAL, belongs_to_another_user, beside, is_open_to_others, no_follow_options,
    open_regular, other_than_file, second_name, uri,
};

/// Refuses what stands beside a book and is not the book's.
pub(super) fn admit(book: &Path) -> Result<(), StoreError> {
    refuse_strangers(book)?;
    let wal = beside(book, WAL);
    if fs::symlink_metadata(&wal).is_ok_and(|metadata| metadata.len() > 0) { admit_wal(book) } else { Ok(()) }
}

/// Refuses what stands beside the name of a book to be, and would become a part of it.
pub(super) fn admit_new(book: &Path) -> Result<(), StoreError> {
    refuse_strangers(book)?;
    let path = beside(book, WAL);
    let Ok(file) = open_regular(no_follow_options().read(true), &path) else { return Ok(()) };
    match wal::read(&file, &mut |_, _| ())? {
        Content::Nothing => Ok(()),
        Content::Strange => Err(foreign(path, "a file that is not a WAL")),
        Content::Commits => Err(foreign(path, "the WAL of a book that is not there")),
    }
}

/// Refuses what stands beside a book, by its kind, owner and permissions.
pub(super) fn refuse_strangers(book: &Path) -> Result<(), StoreError> {
    let owner = fs::symlink_metadata(book).ok();
    for suffix in SUFFIXES.into_iter().filter(|suffix| !suffix.is_empty()) {
        let path = beside(book, suffix);
        let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
        if let Some(what) = fault(&path, &metadata, owner.as_ref()) {
            return Err(foreign(path, what));
        }
        // It would be rolled back into the book.
        if suffix == "-journal" {
            return Err(foreign(path, "a journal, which StockBook never leaves"));
        }
    }
    Ok(())
}

fn foreign(file: PathBuf, what: &'static str) -> StoreError {
    StoreError::Leftover { file, what }
}

/// Why a file is not one that StockBook may write into.
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

/// Who else has a book open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// No process, and none can open it as long as the file is open that this was asked with.
    None,
    /// Somebody.
    Some,
    /// Somebody who does not let others in at the moment.
    Barred,
}

/// Asks who has a book open that was opened for reading and writing. What SQLite has locked in this
/// process is unlocked when the file is closed: so no connection to it may be open here.
#[cfg(unix)]
pub(super) fn company(book: &File) -> Company {
    use rustix::fs::FlockOperation::{NonBlockingLockExclusive, NonBlockingLockShared};
    use rustix::fs::fcntl_lock;
    use rustix::io::Errno;
    let is_taken = |locked| matches!(locked, Err(Errno::AGAIN | Errno::ACCESS));
    // Where there are no locks, SQLite has none either.
    if !is_taken(fcntl_lock(book, NonBlockingLockExclusive)) {
        Company::None
    } else if is_taken(fcntl_lock(book, NonBlockingLockShared)) {
        Company::Barred
    } else {
        Company::Some
    }
}

#[cfg(not(unix))]
pub(super) fn company(_book: &File) -> Company {
    Company::Some
}

/// Refuses a WAL that somebody left and that does not go on from the book as it is.
fn admit_wal(book: &Path) -> Result<(), StoreError> {
    // Closing the file here would end the locks that SQLite has on it elsewhere in this process, which
    // has looked.
    if Opened::is_any() {
        return Ok(());
    }
    let held = open_regular(no_follow_options().read(true).write(true), book)?;
    match company(&held) {
        // Whoever came first has looked.
        Company::Some => Ok(()),
        Company::Barred => Err(StoreError::Busy),
        Company::None => judge(book, book),
    }
}

/// Refuses a WAL that does not go on from the book as it is, while nobody changes either. The book is
/// read in `file`, which may be a copy.
pub(super) fn judge(file: &Path, book: &Path) -> Result<(), StoreError> {
    let path = beside(book, WAL);
    // It may be gone by now.
    let Ok(log) = open_regular(no_follow_options().read(true), &beside(file, WAL)) else { return Ok(()) };
    let not_a_book = || StoreError::NotABook { path: book.to_owned(), why: "it is not an SQLite file" };
    // Both are open until the end: closing one would unlock the book.
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
        // A book that an earlier version made has no such mark; nor can it be read where a checkpoint
        // was cut off in the middle of the tables becoming others.
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

/// What distinguishes a book at one moment from all others, and the page that it is on. A power cut in a checkpoint
/// may leave that page in part as it was, in part as it was to be, and zeros where it was neither; both the
/// mark before and the one after are in the WAL then, so each half that is whole is in it too.
struct Mark {
    page: u32,
    halves: [[u8; 8]; 2],
}

impl Mark {
    /// None if a half of it was lost.
    fn of(page: u32, mark: [u8; 16]) -> Option<Self> {
        let (halves, _) = mark.as_chunks::<8>();
        let halves = [*halves.first()?, *halves.last()?];
        (!halves.contains(&[0; 8])).then_some(Self { page, halves })
    }

    fn is_in(&self, page: &[u8]) -> bool {
        page.windows(8).any(|bytes| self.halves.iter().any(|half| half == bytes))
    }
}

/// Whether a file begins like an SQLite file of which a power cut left zeros.
fn has_torn_header(mut file: &File) -> Result<bool, StoreError> {
    let mut header = [0; schema::HEADER.len()];
    let size = wal::fill(&mut file, &mut header)?;
    Ok(size == header.len() && header.iter().zip(schema::HEADER).all(|(found, wanted)| [0, *wanted].contains(found)))
}

/// The book's file by itself, without a lock and without what a WAL adds.
fn without_wal(book: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri(book, "?immutable=1"), flags)?;
    guard(&connection)?;
    Ok(connection)
}
