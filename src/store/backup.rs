//! A copy of the book and its log, made while others may be writing.
//!
//! The copy shows one moment: it has the pages as one read transaction sees them, and the log's lines as
//! those pages hold them. Both files are written under private names, read back and verified, and only then
//! renamed.

mod error;
mod target;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use uuid::Uuid;

use super::integrity::{dangling_references, page_faults};
use super::opening::open_at_rest;
use super::{Book, StoreError, pending};
use crate::bus::StoredEvent;
use crate::domain::{Sequence, make_folder};
use crate::files::folder_of;
use crate::files::pending::PendingFile;
use crate::log::{EventHash, LogError, LogFile, read_log};
pub use error::BackupError;
use target::Target;
pub(super) use target::is_of_book;

/// A request for a backup.
#[derive(Clone, Copy)]
pub struct BackupOrder<'a> {
    /// The file that the book is copied to; its log goes beside it.
    pub file: &'a Path,
    /// Whether existing files may be replaced.
    pub replaces: bool,
    /// The source of the copy's log.
    pub log: LogSource,
    /// Makes the private names unique.
    pub unique: Uuid,
    /// Whether the user has asked to stop.
    pub is_interrupted: &'a dyn Fn() -> bool,
}

/// The source of a copy's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogSource {
    /// The events of the copy, from which the log is written anew.
    Events,
    /// The book's log, whatever it contains.
    Log,
}

/// A backup that was made, or that would be in a dry run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReceipt {
    /// The copy of the book.
    pub file: PathBuf,
    /// The copy's audit log.
    pub log_file: PathBuf,
    /// The size of the copy in bytes.
    pub bytes: u64,
    /// The size of its log in bytes.
    pub log_bytes: u64,
    /// The number of its last event, which is the number of its events.
    pub head_sequence: Sequence,
    /// The hash of that event's line: the head of the chain.
    pub head_hash: EventHash,
}

/// Pages that are copied between two checks for an interruption.
const PAGES: i32 = 1000;
/// Events whose lines are in memory at a time.
const BATCH: usize = 1000;

/// Refuses a path to which a backup cannot be written.
///
/// # Errors
/// If it is taken or is the book's own.
pub fn check_backup(book: &Book, order: &BackupOrder<'_>) -> Result<(), BackupError> {
    Target::at(order.file).check(book.path(), order.replaces)
}

/// Copies the book and writes the copy's log beside it. Others can read and write meanwhile.
///
/// # Errors
/// If a name is taken or is the book's own, if the files cannot be written, or if verification shows
/// that what was written is not what the book holds.
pub fn back_up(book: &Book, order: &BackupOrder<'_>) -> Result<BackupReceipt, BackupError> {
    let target = Target::at(order.file);
    target.check(book.path(), order.replaces)?;
    let (file, log) = target.create_files(order.unique)?;
    let head = copy_to(book, &file, order.is_interrupted)?;
    let copy = open_at_rest(file.path())?;
    if copy.events().head()?.as_ref() != Some(&head) {
        return Err(BackupError::Unsound("its last event is not the book's".to_owned()));
    }
    verify_pages(&copy)?;
    let write = |cause| BackupError::Unwritable { path: target.log.clone(), cause };
    let log_bytes = match order.log {
        LogSource::Events => write_log(&copy, &log, order.is_interrupted, &write)?,
        LogSource::Log => copy_log(book.log(), &log).map_err(write)?,
    };
    if order.log == LogSource::Events && log_bytes != head.end_offset {
        return Err(BackupError::Unsound("its events are not all there".to_owned()));
    }
    drop(copy);
    let bytes = file.file().metadata().map_err(StoreError::from)?.len();
    target.publish(&file, &log, order.replaces)?;
    Ok(receipt(target, (bytes, log_bytes), &head))
}

/// What [`back_up`] would do; writes nothing.
///
/// # Errors
/// As [`back_up`], as far as they can be predicted.
pub fn rehearse_backup(book: &Book, order: &BackupOrder<'_>) -> Result<BackupReceipt, BackupError> {
    let target = Target::at(order.file);
    target.check(book.path(), order.replaces)?;
    let _snapshot = book.connection.unchecked_transaction()?;
    let head = head_of(book)?;
    verify_pages(book)?;
    let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let bytes: i64 = book.connection.query_row(sql, [], |row| row.get(0))?;
    let log_bytes = match order.log {
        LogSource::Events => head.end_offset,
        LogSource::Log => read_log(book.log().path())
            .and_then(|log| log.metadata().map_err(|cause| LogError::failed("read", book.path(), cause)))
            .map_or(0, |metadata| metadata.len()),
    };
    Ok(receipt(target, (bytes.unsigned_abs(), log_bytes), &head))
}

/// Copies all pages and returns the last event in the copy.
fn copy_to(book: &Book, place: &PendingFile, is_interrupted: &dyn Fn() -> bool) -> Result<StoredEvent, BackupError> {
    // While it is open, all pages are those of one moment.
    let _snapshot = book.connection.unchecked_transaction()?;
    let head = head_of(book)?;
    let mut copy = pending::connect(place)?;
    // The copy is discarded if anything fails, and synced at the end if nothing does.
    copy.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    copy.execute_batch("PRAGMA synchronous = OFF")?;
    let backup = Backup::new(&book.connection, &mut copy)?;
    let mut step = StepResult::More;
    while step == StepResult::More {
        if is_interrupted() {
            return Err(BackupError::Interrupted);
        }
        step = backup.step(PAGES)?;
    }
    if step != StepResult::Done {
        return Err(StoreError::Busy.into());
    }
    drop(backup);
    copy.close().map_err(|(_, error)| error)?;
    Ok(head)
}

fn head_of(book: &Book) -> Result<StoredEvent, StoreError> {
    book.events().head()?.ok_or_else(|| StoreError::Damaged("it has no events".to_owned()))
}

fn verify_pages(book: &Book) -> Result<(), BackupError> {
    let mut faults = page_faults(&book.connection, "main")?;
    faults.extend(dangling_references(&book.connection, "main")?.into_iter().map(|fault| fault.what));
    faults.into_iter().next().map_or(Ok(()), |fault| Err(BackupError::Unsound(fault)))
}

/// Writes the lines of all events; returns their length in bytes.
fn write_log(
    book: &Book,
    place: &PendingFile,
    is_interrupted: &dyn Fn() -> bool,
    cannot_write: &dyn Fn(io::Error) -> BackupError,
) -> Result<u64, BackupError> {
    let mut log = BufWriter::new(place.file());
    let (mut sequence, mut bytes) = (0, 0_u64);
    loop {
        let events = book.events().load_since(sequence, BATCH)?;
        let Some(last) = events.last() else { break };
        if is_interrupted() {
            return Err(BackupError::Interrupted);
        }
        sequence = last.sequence;
        for event in &events {
            log.write_all(event.line.as_bytes()).map_err(cannot_write)?;
            bytes = bytes.saturating_add(u64::try_from(event.line.len()).unwrap_or(u64::MAX));
        }
    }
    log.flush().map_err(cannot_write)?;
    Ok(bytes)
}

impl BackupError {
    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Exists(_) => "file_exists",
            Self::IsBook(_) => "backup_onto_book",
            Self::NotAFile { .. } => "not_a_file",
            Self::InUse(_) | Self::LeftOpen { .. } => "file_in_use",
            Self::NoFolder { .. } | Self::Unwritable { .. } => "unwritable_backup",
            Self::Unsound(_) => "damaged_book",
            Self::Altered(_) => "altered_book",
            Self::Interrupted => "interrupted",
            Self::Book(error) => error.code(),
        }
    }

    /// A way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Exists(_) => Some("--force replaces it; or choose another name"),
            Self::IsBook(_) => Some("choose another name"),
            Self::InUse(_) => Some("try again when no command has it open, or choose another name"),
            Self::LeftOpen { .. } => Some("remove that once nothing has the file open, or choose another name"),
            Self::NotAFile { .. } => Some("name the file to write the backup to"),
            Self::NoFolder { path } => return Some(make_folder(folder_of(path).to_str())),
            Self::Unwritable { .. } => Some("check the folder, its permissions and the room on the disk"),
            Self::Unsound(_) => Some("no backup was made; `stockbook check` shows what is wrong with the book"),
            Self::Altered(_) => Some(
                "no backup was made; `stockbook audit verify` shows all of it, and --force copies both as they are",
            ),
            Self::Interrupted => None,
            Self::Book(error) => error.hint(),
        };
        hint.map(str::to_owned)
    }
}

/// Copies the log of a book as it is; returns its size in bytes. If there is none that can be read, the
/// copy gets an empty one.
fn copy_log(source: &LogFile, place: &PendingFile) -> io::Result<u64> {
    match read_log(source.path()) {
        Ok(mut log) => io::copy(&mut log, &mut place.file()),
        Err(_) => Ok(0),
    }
}

fn receipt(target: Target, (bytes, log_bytes): (u64, u64), head: &StoredEvent) -> BackupReceipt {
    BackupReceipt {
        file: target.file,
        log_file: target.log,
        bytes,
        log_bytes,
        head_sequence: head.sequence,
        head_hash: EventHash::of(&head.line),
    }
}
