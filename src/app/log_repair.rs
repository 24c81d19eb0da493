//! Repairing the audit log of a book.

use std::path::PathBuf;

use super::log_verification::{verify_held_log, verify_log};
use super::{LogReport, Mode, News, Outcome, Recorded, Session};
use crate::domain::{Instant, LogState};
use crate::store::{Book, LogError, set_log_aside};

/// What was found, and what was done about it.
#[derive(Debug)]
pub struct LogRepair {
    /// What was found before.
    pub report: LogReport,
    /// Where the log went that was not the book's; `None` if none was moved.
    pub moved_to: Option<PathBuf>,
}

impl Session<'_> {
    /// Makes the log the book's again: one that is not is moved aside, and delivery writes it anew.
    ///
    /// Each step leaves what every command can go on from: once the old log is out of the way there
    /// is none, and a missing log is written by whoever delivers next.
    ///
    /// # Errors
    /// If there is no book, if the book or the log cannot be read or written, or if another process
    /// holds the book for too long.
    pub fn repair_log(&self, mode: Mode) -> anyhow::Result<Recorded<LogRepair>> {
        let stamp = stamp((self.now)());
        let (value, delivery) = self.mend(mode, |book| clear_the_way(book, mode, &stamp))?;
        for lag in delivery.lagging {
            if !lag.cause.is::<LogError>() {
                (self.tell)(News::Lagging(&lag, Outcome::Unchanged));
                continue;
            }
            if let Some(moved_to) = &value.moved_to {
                (self.tell)(News::Mended(&format!("what was there is now {}", moved_to.display())));
            }
            return Err(lag.cause);
        }
        let state = value.report.verdict.log_state();
        let outcome = if state == LogState::Sound { Outcome::Unchanged } else { Outcome::New };
        Ok(Recorded { value, mode, outcome, events: Vec::new() })
    }
}

/// Judges the log, and moves it aside if it is not the book's.
fn clear_the_way(book: &Book, mode: Mode, stamp: &str) -> anyhow::Result<LogRepair> {
    let report = match mode {
        Mode::Record => verify_held_log(book)?,
        Mode::DryRun => verify_log(book, &[])?,
    };
    let moved_to = match (report.verdict.log_state(), mode) {
        (LogState::Sound | LogState::Incomplete, _) | (LogState::Foreign, Mode::DryRun) => None,
        (LogState::Foreign, Mode::Record) => set_log_aside(&report.log_file, stamp)?,
    };
    Ok(LogRepair { report, moved_to })
}

/// An instant as a part of a file's name: `20260131T093000Z`.
fn stamp(now: Instant) -> String {
    let text = now.to_string();
    let seconds = text.split('.').next().unwrap_or_default();
    seconds.chars().filter(char::is_ascii_alphanumeric).chain(['Z']).collect()
}
