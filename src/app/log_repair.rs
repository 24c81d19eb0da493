//! Repairing the audit log of a book.

use std::path::PathBuf;

use super::session::LockWait;
use super::{AppError, LogReport, Mode, Notice, Outcome, Recorded, Session, verify_log};
use crate::bus::{Backlog, Delivery};
use crate::domain::Instant;
use crate::log::{LogError, LogIdentity, LogState, move_log_aside};
use crate::store::Book;

/// What was found, and what was done.
#[derive(Debug)]
pub struct LogRepair {
    /// What was found before the repair.
    pub report: LogReport,
    /// Where the log was moved because it was not the book's; `None` if it was not moved.
    pub moved_to: Option<PathBuf>,
}

impl Session<'_> {
    /// Restores the log of the book: a log that is not the book's is moved aside, and delivery writes a new
    /// one. Other processes can record while the log is being read.
    ///
    /// After every step, any command can continue: once the old log is moved aside there is none, and a
    /// missing log is written by the next delivery.
    ///
    /// # Errors
    /// If there is no book, if the book or the log cannot be read or written, or if another process
    /// holds the book for too long.
    pub fn repair_log(&self, mode: Mode) -> Result<Recorded<LogRepair>, AppError> {
        let stamp = stamp((self.now)());
        let mut wait = LockWait::of(self);
        let (value, delivery) = match mode {
            Mode::Record => {
                let book = wait.open_to_repair()?;
                let value = self.clear_the_way(&book, &mut wait, &stamp)?;
                (value, self.follow_up(&book, &mut wait)?)
            }
            Mode::DryRun => {
                let report = self.log_report(&wait.open_to_read()?, &mut wait)?;
                (LogRepair { report, moved_to: None }, Delivery::default())
            }
        };
        for lag in delivery.lagging {
            if !lag.cause.is::<LogError>() {
                (self.notify)(Notice::Lagging(&lag, Outcome::Unchanged));
                continue;
            }
            if let Some(moved_to) = &value.moved_to {
                (self.notify)(Notice::Repaired(&format!("what was there is now {}", moved_to.display())));
            }
            return Err(AppError::of_handler(lag.cause));
        }
        let state = value.report.verdict.log_state();
        let outcome = if state == LogState::Sound { Outcome::Unchanged } else { Outcome::New };
        Ok(Recorded { value, mode, outcome, events: Vec::new() })
    }

    fn log_report(&self, book: &Book, wait: &mut LockWait<'_, '_>) -> Result<LogReport, AppError> {
        wait.retry_on(book, &mut || verify_log(book, &[], &|| self.pause()))
    }

    /// Verifies the log, and moves it aside if it is not the book's.
    fn clear_the_way(&self, book: &Book, wait: &mut LockWait<'_, '_>, stamp: &str) -> Result<LogRepair, AppError> {
        loop {
            let judged = LogIdentity::of(book.log());
            let report = self.log_report(book, wait)?;
            if report.verdict.log_state() != LogState::Foreign {
                return Ok(LogRepair { report, moved_to: None });
            }
            let mut moved_to = None;
            wait.retry_on(book, &mut || {
                book.exclusively(&mut || {
                    // Another repair may have written the right one meanwhile.
                    if LogIdentity::of(book.log()) == judged {
                        moved_to = move_log_aside(&report.log_file, stamp)?;
                    }
                    Ok(())
                })
                .map_err(AppError::of_handler)
            })?;
            if moved_to.is_some() {
                return Ok(LogRepair { report, moved_to });
            }
        }
    }
}

/// An instant as part of a file name: `20260131T093000Z`.
fn stamp(now: Instant) -> String {
    let text = now.to_string();
    let seconds = text.split('.').next().unwrap_or_default();
    seconds.chars().filter(char::is_ascii_alphanumeric).chain(['Z']).collect()
}
