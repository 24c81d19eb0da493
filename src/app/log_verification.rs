//! Verifying the audit log of a book.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::vec;

use anyhow::Context;

use super::session::Turn;
use super::{Session, SessionError};
use crate::bus::StoredEvent;
use crate::bus::{Backlog, Progress};
use crate::domain::Sequence;
use crate::log::{AuditLog, Head, History, LogError, LogJudge, Verdict, read_log};
use crate::store::{Access, Book, EventStore, StoreError};

/// Where a log is, and what was found in it.
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
    /// If there is no book, or as [`verify_log`] fails.
    pub fn verify_log(&self, heads: &[Head]) -> anyhow::Result<LogReport> {
        let mut turn = Turn::of(self);
        let book = turn.open()?;
        turn.take_on(&book, &mut || verify_log(&book, heads, &|| self.pause()))
    }
}

/// What is asked now and then on the way, and may end it.
type Pause<'p> = &'p dyn Fn() -> Result<(), SessionError>;

/// Judges the log of a book: against the chain, against the book's events, and both against heads
/// that were noted elsewhere. Nothing is delivered, mended or written.
///
/// # Errors
/// If the book or the log cannot be read, or if another process holds the book for too long while
/// the log is shorter or longer than it should be; or as `pause` fails.
pub fn verify_log(book: &Book, heads: &[Head], pause: Pause<'_>) -> anyhow::Result<LogReport> {
    judge(book, Extent::of(book)?, heads, pause)
}

/// As [`verify_log`], by someone who keeps others from delivering.
///
/// # Errors
/// If the book or the log cannot be read.
pub(super) fn verify_held_log(book: &Book, pause: Pause<'_>) -> anyhow::Result<LogReport> {
    judge(book, Extent::look(book)?.0, &[], pause)
}

fn judge(book: &Book, extent: Extent, heads: &[Head], pause: Pause<'_>) -> anyhow::Result<LogReport> {
    let log_file = book.log().path().to_owned();
    let events = RecordedEvents::up_to(extent.head, book.events());
    let mut judge = LogJudge::new(events, extent.delivered, heads)?;
    if let Some(log) = extent.log {
        each_line(log.take(extent.size), pause, |line| Ok(judge.take(line)?))
            .with_context(|| format!("cannot read {}", log_file.display()))?;
    }
    let verdict = judge.finish()?;
    let verdict = if extent.is_taken { verdict.of_no_file() } else { verdict };
    Ok(LogReport { log_file, verdict })
}

/// How much there is to compare. Both sides may grow meanwhile; what comes later is left out.
struct Extent {
    log: Option<File>,
    /// Whether something else than a file is in the log's place.
    is_taken: bool,
    size: u64,
    /// The last event that has been delivered to the log, and the last one there is.
    delivered: Sequence,
    head: Sequence,
}

impl Extent {
    fn of(book: &Book) -> anyhow::Result<Self> {
        let (extent, is_within) = Self::look(book)?;
        if is_within || book.access() == Access::ReadOnly {
            return Ok(extent);
        }
        // Someone may record, or mend the log, at this moment.
        let mut looked = Ok((extent, is_within));
        book.exclusively(&mut || {
            looked = Self::look(book);
            Ok(())
        })?;
        Ok(looked?.0)
    }

    /// What there is, and whether the log ends where it may: not before what was delivered, and not
    /// after what was recorded.
    fn look(book: &Book) -> anyhow::Result<(Self, bool)> {
        // Before the log, so that it holds at least what was delivered.
        let Progress { reached, head } = book.progress(AuditLog::NAME)?;
        let (log, is_taken) = match read_log(book.log().path()) {
            Ok(file) => (Some(file), false),
            Err(LogError::NotAFile { .. } | LogError::NotOwn { .. }) => (None, true),
            Err(error) if error.is_missing() => (None, false),
            Err(error) => return Err(error.into()),
        };
        let size = log.as_ref().map_or(Ok(0), |log| log.metadata().map(|metadata| metadata.len()))?;
        let end = |event: &Option<StoredEvent>| event.as_ref().map_or(0, |event| event.end_offset);
        let number = |event: Option<StoredEvent>| event.map_or(0, |event| event.sequence);
        let size = book.log().counted(size, end(&head));
        let is_within = (end(&reached)..=end(&head)).contains(&size);
        Ok((Self { log, is_taken, size, delivered: number(reached), head: number(head) }, is_within))
    }
}

/// Hands over a log's lines with their line feeds. A line that no event could fill comes in pieces.
fn each_line(
    log: impl Read,
    pause: Pause<'_>,
    mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    const BUFFER: usize = 1 << 18;
    const LONGEST: u64 = 1 << 24;
    let mut reader = BufReader::with_capacity(BUFFER, log);
    let mut line = Vec::new();
    while reader.by_ref().take(LONGEST).read_until(b'\n', &mut line)? > 0 {
        pause()?;
        take(&line)?;
        line.clear();
    }
    Ok(())
}

/// A book's events up to one of them, read batch by batch.
struct RecordedEvents<'b> {
    events: EventStore<'b>,
    batch: vec::IntoIter<StoredEvent>,
    last: Sequence,
    end: Sequence,
}

impl<'b> RecordedEvents<'b> {
    /// Events that are in memory at once.
    const BATCH: usize = 500;

    fn up_to(end: Sequence, events: EventStore<'b>) -> Self {
        Self { events, batch: Vec::new().into_iter(), last: 0, end }
    }
}

impl History for RecordedEvents<'_> {
    type Error = StoreError;

    fn next_event(&mut self) -> Result<Option<StoredEvent>, StoreError> {
        if self.batch.as_slice().is_empty() {
            self.batch = self.events.load_since(self.last, Self::BATCH)?.into_iter();
        }
        let next = self.batch.next().filter(|event| event.sequence <= self.end);
        self.last = next.as_ref().map_or(self.last, |event| event.sequence);
        Ok(next)
    }

    fn line(&mut self, sequence: Sequence) -> Result<Option<String>, StoreError> {
        let event = if sequence <= self.end { self.events.load(sequence)? } else { None };
        Ok(event.map(|event| event.line))
    }
}
