//! Backing up the book.

use std::path::PathBuf;

use uuid::Uuid;

use super::{AppError, Mode, Outcome, Recorded, verify_log};
use crate::log::{LogState, Problem, Verdict};
use crate::store::{self, BackupError, BackupOrder, BackupReceipt, Book, LogSource};

/// A request for a backup.
#[derive(Debug, Clone)]
pub struct BackUp {
    /// The file that the book is copied to; its log goes beside it.
    pub file: PathBuf,
    /// Whether existing files may be replaced.
    pub replaces: bool,
    /// An unused id.
    pub fresh_id: Uuid,
}

/// A backup that was made, or would be in a dry run.
#[derive(Debug)]
pub struct BackedUp {
    /// The backup.
    pub receipt: BackupReceipt,
    /// What is wrong with the book or its log; both were copied as they are.
    pub problems: Vec<Problem>,
}

/// Copies the book and its log, and verifies the copy; in a dry run, only reports what would be done. A
/// book or log that was altered is only copied if existing files may be replaced.
///
/// # Errors
/// If a file exists already or is the book's own, if the book or its log was altered, if the copy cannot
/// be written or verified, or if the user stops it. No new backup exists then.
pub fn back_up(
    book: &Book,
    request: &BackUp,
    mode: Mode,
    is_interrupted: &dyn Fn() -> bool,
) -> Result<Recorded<BackedUp>, AppError> {
    let BackUp { file, replaces, fresh_id } = request;
    let log = LogSource::Events;
    let mut order = BackupOrder { file, replaces: *replaces, log, unique: *fresh_id, is_interrupted };
    store::check_backup(book, &order)?;
    let pause = || if is_interrupted() { Err(AppError::Interrupted) } else { Ok(()) };
    let Verdict { problems, .. } = altered(verify_log(book, &[], &pause)?.verdict);
    if let Some(problem) = problems.first() {
        if !replaces {
            return Err(BackupError::Altered(problem.to_string()).into());
        }
        order.log = LogSource::Log;
    }
    let done = match mode {
        Mode::Record => store::back_up(book, &order),
        Mode::DryRun => store::rehearse_backup(book, &order),
    };
    if matches!(done, Err(BackupError::Interrupted)) {
        return Err(AppError::Interrupted);
    }
    let value = BackedUp { receipt: done?, problems };
    Ok(Recorded { value, mode, outcome: Outcome::New, events: Vec::new() })
}

/// The problems other than missing lines, which a copy gets from the events.
fn altered(mut verdict: Verdict) -> Verdict {
    if verdict.log_state() != LogState::Foreign {
        verdict.problems.retain(|problem| !problem.kind.is_of_log());
    }
    verdict
}
