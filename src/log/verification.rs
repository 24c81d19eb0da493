//! Verifies an audit log: its chain of hashes, its lines against the book's history, and both against
//! heads that were noted elsewhere.
//!
//! The events of the history and the lines of the log are read in parallel. As long as the next line is that
//! of the event that is due, both advance. Lines that are not the book's are set aside until one of the
//! book's lines is in place again. The gap between two lines in place is explained independently, so that one
//! edited line is one problem, not one for every line after it. One of the book's lines is in place if it
//! directly follows the one before, if as many lines were set aside as there are events in between, or if the
//! next of the book's lines is a later event.
//!
//! The chain shows which side was altered: the next line that both have contains the hash of the line
//! before it, and only one of the two has that line.

mod chain;
mod comparison;
mod link;
mod problem;
mod verdict;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

use anyhow::Context;

use super::file::{LogFile, is_remnant, read_log};
use super::{AuditLog, Head, LONGEST_LINE, LogError};
use crate::bus::{Backlog, History, Progress, StoredEvent};
use crate::domain::Sequence;
use chain::{Chain, byte_length};
use comparison::Comparison;
pub use problem::{Problem, ProblemKind, Witness};
pub use verdict::{LogState, Verdict};

/// A log and its book at one moment. Both may grow meanwhile; what is appended later is ignored.
pub struct LogSnapshot {
    path: PathBuf,
    log: Option<File>,
    /// Whether something other than a regular file is at the log's path.
    is_not_a_file: bool,
    size: u64,
    progress: Progress,
}

impl LogSnapshot {
    /// Takes the snapshot.
    ///
    /// # Errors
    /// If the book or the log cannot be read.
    pub fn of(book: &dyn Backlog, file: &LogFile) -> anyhow::Result<Self> {
        // Read before the log, so that the log holds at least what was delivered.
        let progress = book.progress(AuditLog::NAME)?;
        let (log, is_not_a_file, size) = match read_log(file.path()) {
            Ok(log) => {
                let size = file.counted(log.metadata()?.len(), end_of(progress.head.as_ref()));
                (Some(log), false, size)
            }
            Err(LogError::NotAFile { .. } | LogError::NotOwn { .. }) => (None, true, 0),
            Err(error) if error.is_missing() => (None, false, 0),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { path: file.path().to_owned(), log, is_not_a_file, size, progress })
    }

    /// Whether the log's size is possible: it ends no earlier than what was delivered, and no later than
    /// what was recorded.
    #[must_use]
    pub fn is_plausible(&self) -> bool {
        let Progress { reached, head } = &self.progress;
        (end_of(reached.as_ref())..=end_of(head.as_ref())).contains(&self.size)
    }
}

fn end_of(event: Option<&StoredEvent>) -> u64 {
    event.map_or(0, |event| event.end_offset)
}

/// Verifies a log: its chain, its lines against the book's events, and both against heads that were
/// noted elsewhere. `pause` is called for every line.
///
/// # Errors
/// If the history or the log cannot be read, or whatever error `pause` returns.
pub fn verify(
    extent: LogSnapshot,
    history: &dyn History,
    heads: &[Head],
    pause: &mut dyn FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<Verdict> {
    let LogSnapshot { path, log, is_not_a_file, size, progress } = extent;
    let verdict = match log {
        Some(mut log) => compare(&mut log, size, history, &progress, heads, pause),
        None => compare(&mut io::empty(), 0, history, &progress, heads, pause),
    };
    let verdict = verdict.with_context(|| format!("cannot read {}", path.display()))?;
    Ok(if is_not_a_file { verdict.not_a_file() } else { verdict })
}

/// Compares the first `size` bytes of a log with a history that has been delivered up to
/// `progress.reached`.
///
/// # Errors
/// As [`verify`].
pub fn compare(
    log: &mut (impl Read + Seek),
    size: u64,
    history: &dyn History,
    progress: &Progress,
    heads: &[Head],
    pause: &mut dyn FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<Verdict> {
    let (reached, head) = (progress.reached.as_ref(), progress.head.as_ref());
    let delivered = reached.map_or(0, |event| event.sequence);
    let end = head.map_or(0, |event| event.sequence);
    // A line that a crash cut off while it was being written is not a problem.
    let unfinished = Remainder { size, offset: end_of(reached), after: delivered, end };
    let size = unfinished.whole_lines(log, history)?.map_or(size, |whole| whole.min(size));
    let mut comparison = Comparison::new(Chain::new(history, end, heads)?, delivered, end_of(head));
    log.seek(SeekFrom::Start(0))?;
    each_line(log.by_ref().take(size), |line| {
        pause()?;
        comparison.add_line(line)
    })?;
    comparison.finish(|offset, after| {
        let remainder = Remainder { size, offset, after, end };
        Ok(remainder.whole_lines(log, history)?.is_some())
    })
}

/// The bytes of a log from `offset` to its end, where the lines of the events after `after` belong.
struct Remainder {
    size: u64,
    offset: u64,
    after: Sequence,
    end: Sequence,
}

impl Remainder {
    /// Events that are in memory at a time.
    const BATCH: usize = 500;

    /// The offset up to which its first lines are complete, or `None` if a crash cannot have left this.
    fn whole_lines(&self, log: &mut (impl Read + Seek), history: &dyn History) -> anyhow::Result<Option<u64>> {
        let (mut at, mut whole, mut after) = (self.offset, self.offset, self.after);
        log.seek(SeekFrom::Start(at))?;
        while at < self.size {
            let mut events = history.load_since(after, Self::BATCH)?;
            events.retain(|event| event.sequence <= self.end);
            let Some(last) = events.last() else { return Ok(None) };
            after = last.sequence;
            for event in &events {
                let length = byte_length(event.line.as_bytes());
                let mut bytes = Vec::new();
                log.take(length.min(self.size.saturating_sub(at))).read_to_end(&mut bytes)?;
                if !is_remnant(&bytes, &event.line) {
                    return Ok(None);
                }
                if whole == at && bytes == event.line.as_bytes() {
                    whole = whole.saturating_add(length);
                }
                at = at.saturating_add(length);
            }
        }
        Ok(Some(whole))
    }
}

/// Passes a log's lines to `each`, with their line feeds; a line longer than any event comes in pieces.
fn each_line(log: impl Read, mut each: impl FnMut(&[u8]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    const BUFFER: usize = 1 << 18;
    let mut reader = BufReader::with_capacity(BUFFER, log);
    let mut line = Vec::new();
    while reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? > 0 {
        each(&line)?;
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests;
