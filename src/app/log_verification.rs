//! Verifying the audit log of a book.

use std::path::PathBuf;

use super::session::LockWait;
use super::{AppError, Session};
use crate::bus::Backlog;
use crate::log::{Head, LogSnapshot, Verdict, verify};
use crate::store::{Access, Book};

/// The path of a log, and what was found in it.
#[derive(Debug)]
pub struct LogReport {
    /// The log, which may be missing.
    pub log_file: PathBuf,
    /// What was found.
    pub verdict: Verdict,
}

impl Session<'_> {
    /// Verifies the log of the session's book, as [`verify_log`] does.
    ///
    /// # Errors
    /// If there is no book, or as in [`verify_log`].
    pub fn verify_log(&self, heads: &[Head]) -> Result<LogReport, AppError> {
        let mut wait = LockWait::of(self);
        let book = wait.open()?;
        wait.retry_on(&book, &mut || verify_log(&book, heads, &|| self.pause()))
    }
}

/// Called every now and then; an error ends the work.
type Pause<'p> = &'p dyn Fn() -> Result<(), AppError>;

/// Verifies the log of a book: its chain of hashes, its lines against the book's events, and both against
/// heads that were noted elsewhere. Delivers, repairs and writes nothing.
///
/// # Errors
/// If the book or the log cannot be read, or if another process holds the book for too long while the
/// log is shorter or longer than it should be; or whatever error `pause` returns.
pub fn verify_log(book: &Book, heads: &[Head], pause: Pause<'_>) -> Result<LogReport, AppError> {
    let mut extent = LogSnapshot::of(book, book.log()).map_err(AppError::of_handler)?;
    // Another process may be recording, or repairing the log, at this moment.
    if !extent.is_plausible() && book.access() == Access::ReadWrite {
        book.exclusively(&mut || {
            extent = LogSnapshot::of(book, book.log())?;
            Ok(())
        })
        .map_err(AppError::of_handler)?;
    }
    judge(book, extent, heads, pause)
}

/// Like [`verify_log`], for a caller that keeps others from delivering.
///
/// # Errors
/// If the book or the log cannot be read.
pub(super) fn verify_held_log(book: &Book, pause: Pause<'_>) -> Result<LogReport, AppError> {
    judge(book, LogSnapshot::of(book, book.log()).map_err(AppError::of_handler)?, &[], pause)
}

fn judge(book: &Book, extent: LogSnapshot, heads: &[Head], pause: Pause<'_>) -> Result<LogReport, AppError> {
    let verdict = verify(extent, book, heads, &mut || Ok(pause()?)).map_err(AppError::of_handler)?;
    Ok(LogReport { log_file: book.log().path().to_owned(), verdict })
}
