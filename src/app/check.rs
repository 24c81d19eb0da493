//! Whether a book is sound: its file, its events, and everything that follows from them.
//!
//! The events are replayed into a second book, and both are compared. What is derived can be
//! rebuilt from the events; facts are never touched.

mod examination;
mod report;

use super::log_verification::verify_held_log;
use super::session::{LockWait, refuse_read_only};
use super::{AppError, Mode, Outcome, Recorded, Session, verify_log};
use crate::store::{Book, Identity, Intent, Replay, StructureFault};
use examination::Examination;
pub use report::{Check, CheckProblem, CheckReport};

/// Examines everything. Other processes can record meanwhile.
///
/// # Errors
/// If there is no book or it cannot be read.
pub fn check(session: &Session<'_>) -> Result<CheckReport, AppError> {
    let book = LockWait::of(session).open_to_examine()?;
    let faults = book.structure_faults()?;
    if let Some(report) = beyond_examination(&book, &faults) {
        return Ok(report);
    }
    // Other commands refuse to open such a book, so nothing is delivered either.
    if !faults.is_empty() {
        return compare(session, &book);
    }
    // When the disk is full, a book can be opened only once.
    drop(book);
    session.read(|book| compare(session, book))
}

/// The report on a book whose tables are not ours, so that nothing can be said about its rows.
fn beyond_examination(book: &Book, faults: &[StructureFault]) -> Option<CheckReport> {
    let can_be_repaired = !book.is_older() && faults.iter().all(StructureFault::can_be_repaired);
    (!faults.is_empty() && !can_be_repaired).then(|| CheckReport::of_other_tables(faults))
}

fn compare(session: &Session<'_>, book: &Book) -> Result<CheckReport, AppError> {
    let mut replay = Replay::beside(book, Intent::Compare)?;
    replay.watch(session.interrupted)?;
    let replay = &replay;
    let mut examination = replay.book().interruptible(|| {
        let replayed = LockWait::of(session).retry_on(replay.book(), &mut || Ok(replay.begin(identity(session))?))?;
        Examination::of(replayed, book.log(), session, Intent::Compare)
    })?;
    examination.log(|| LockWait::of(session).retry_on(book, &mut || verify_log(book, &[], &|| session.pause())))?;
    Ok(examination.into_report())
}

/// Examines everything and rebuilds derived data that is wrong: first in the book, in one unit of work, then
/// the audit log. If facts are wrong, nothing is changed. The book is locked only if there is something to
/// rebuild, and what is wrong is then determined again.
///
/// # Errors
/// If there is no book, if it cannot be read or written, or if the user stops it.
pub fn repair(session: &Session<'_>, mode: Mode) -> Result<Recorded<CheckReport>, AppError> {
    let book = LockWait::of(session).open_to_examine()?;
    let faults = book.structure_faults()?;
    if mode == Mode::Record {
        refuse_read_only(&book)?;
    }
    let is_upgraded = book.is_older() && mode == Mode::Record;
    let value = match beyond_examination(&book, &faults) {
        Some(report) => report,
        None if is_upgraded => {
            drop(book);
            rebuild(session, mode)?
        }
        None => {
            let report = compare(session, &book.as_of_this_version()?)?;
            if report.problems.is_empty() { report } else { rebuild(session, mode)? }
        }
    };
    if mode == Mode::Record && value.is_sound() {
        // What is recorded and not yet delivered can follow now; if it cannot, the next command takes
        // care of it.
        let _ = session.read(|_| Ok(()));
    }
    let outcome = if value.repairs.is_empty() { Outcome::Unchanged } else { Outcome::New };
    Ok(Recorded { value, mode, outcome, events: Vec::new() })
}

fn rebuild(session: &Session<'_>, mode: Mode) -> Result<CheckReport, AppError> {
    let mut value = rebuild_book(session, mode)?;
    if value.is_repaired && value.problems.iter().any(|problem| problem.check == Check::AUDIT_LOG) {
        match repair_log(session, mode) {
            Ok(repaired) => value.repairs.push(repaired),
            // What was rebuilt in the book has been committed nevertheless.
            Err(error) => value.leave_log(&error),
        }
    }
    Ok(value)
}

/// Examines everything, and rebuilds derived data in the book.
fn rebuild_book(session: &Session<'_>, mode: Mode) -> Result<CheckReport, AppError> {
    let mut wait = LockWait::of(session);
    let book = match mode {
        Mode::Record => {
            let book = wait.open_to_examine()?;
            wait.upgrade_if_older(book)?
        }
        Mode::DryRun => wait.open_to_examine()?.as_of_this_version()?,
    };
    let mut replay = Replay::beside(&book, Intent::Rebuild)?;
    replay.watch(session.interrupted)?;
    let replay = &replay;
    let mut examination = replay.book().interruptible(|| {
        let replayed = wait.retry_on(replay.book(), &mut || Ok(replay.begin(identity(session))?))?;
        Examination::of(replayed, book.log(), session, Intent::Rebuild)
    })?;
    examination.log(|| verify_held_log(&book, &|| session.pause()))?;
    Ok(if examination.can_be_repaired() { examination.repair(mode)? } else { examination.into_report() })
}

fn repair_log(session: &Session<'_>, mode: Mode) -> Result<String, AppError> {
    let moved_to = session.repair_log(mode)?.value.moved_to;
    let moved = moved_to.map(|path| format!(", what was there is now {}", path.display())).unwrap_or_default();
    Ok(format!("{}: rebuilt from the book{moved}", Check::AUDIT_LOG))
}

fn identity(session: &Session<'_>) -> Identity {
    Identity { command_id: (session.new_id)(), now: session.now, new_id: session.new_id }
}
