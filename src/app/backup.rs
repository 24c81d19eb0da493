//! Backing up the book.

use std::path::PathBuf;

use uuid::Uuid;

use super::{Mode, Outcome, Recorded, SessionError};
use crate::store::{BackupError, BackupOrder, BackupReceipt, Book};

/// A backup to be made.
#[derive(Debug, Clone)]
pub struct BackUp {
    /// The file that the book is copied to; its log goes beside it.
    pub file: PathBuf,
    /// Whether it may take the place of files that are there.
    pub replaces: bool,
    /// An id that nothing else has.
    pub fresh_id: Uuid,
}

/// Copies the book and its log, verified; in a dry run, only tells what would be done.
///
/// # Errors
/// If the file is there already or is the book's own, if the copy cannot be written or is not
/// sound, or if the user stops it. There is no new backup then.
pub fn back_up(
    book: &Book,
    request: &BackUp,
    mode: Mode,
    is_interrupted: &dyn Fn() -> bool,
) -> anyhow::Result<Recorded<BackupReceipt>> {
    let BackUp { file, replaces, fresh_id } = request;
    let order = BackupOrder { file, replaces: *replaces, unique: *fresh_id, is_interrupted };
    let done = match mode {
        Mode::Record => book.back_up(&order),
        Mode::DryRun => book.rehearse_backup(&order),
    };
    if matches!(done, Err(BackupError::Interrupted)) {
        return Err(SessionError::Interrupted.into());
    }
    let value = done?;
    Ok(Recorded { value, mode, outcome: Outcome::New, events: Vec::new() })
}
