//! Writes the lines of the history, each with the hash of the one before. A large unit of work does this
//! in a thread of its own.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::StoreError;
use super::events::NewEvent;
use crate::bus::StoredEvent;
use crate::log::{EventHash, LogCopy, RecordedEvent};

/// The end of the history, to which the next line is appended.
#[derive(Clone, Copy)]
pub(super) struct Tail {
    end_offset: u64,
    hash: EventHash,
}

impl Tail {
    /// The end of a history whose last event is `last`.
    pub(super) fn after(last: Option<&StoredEvent>) -> Self {
        let hash = last.map_or(EventHash::NONE, |last| EventHash::of(&last.line));
        Self { end_offset: last.map_or(0, |last| last.end_offset), hash }
    }

    /// Appends the next line to `lines`; returns the offset where it ends in the audit log.
    pub(super) fn write(&mut self, new: &mut NewEvent, lines: &mut Vec<u8>) -> Result<u64, StoreError> {
        let start = lines.len();
        new.event.previous_hash = self.hash;
        new.event.write_line(lines).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let line = lines.get(start..).unwrap_or_default();
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        *self = Self { end_offset: self.end_offset.saturating_add(length), hash: EventHash::of(line) };
        Ok(self.end_offset)
    }
}

/// The lines and rows of some events, in order, ready to be stored.
pub(super) struct WrittenLines {
    rows: Vec<WrittenRow>,
    /// Their lines, concatenated, because a string for each would be allocated in one thread and freed in the
    /// other.
    lines: Vec<u8>,
}

/// The row of an event, ready to be stored.
pub(super) struct WrittenRow {
    pub(super) new: NewEvent,
    pub(super) end_offset: u64,
    line_end: usize,
}

impl WrittenLines {
    /// Each row and its line.
    pub(super) fn each(&self) -> impl Iterator<Item = (&WrittenRow, &[u8])> {
        self.rows.iter().scan(0, |start, row| {
            let line = self.lines.get(*start..row.line_end);
            *start = row.line_end;
            Some((row, line.unwrap_or_default()))
        })
    }
}

/// Writes and hashes the lines of a large unit of work in a thread of its own, while SQLite stores rows.
pub(super) struct LineWriter {
    batch: Vec<NewEvent>,
    /// Batches sent to the thread and not yet received.
    pending: usize,
    events: SyncSender<Vec<NewEvent>>,
    written: Receiver<Result<WrittenLines, StoreError>>,
}

/// The state of the thread.
struct Worker {
    tail: Tail,
    /// A second destination of the lines, as long as writing to it succeeds.
    copy: Option<LogCopy>,
}

impl LineWriter {
    /// Events that are sent at a time: enough that waiting is rare, and few enough to stay in the processor's
    /// cache.
    const BATCH: usize = 256;
    /// Batches that may be pending: enough to keep three threads on two processors busy.
    const PENDING: usize = 8;

    /// Starts the thread; `None` if the system cannot start one. The lines are also appended to `copy`.
    pub(super) fn start(tail: Tail, copy: Option<LogCopy>) -> Option<Self> {
        let (events, to_do) = sync_channel::<Vec<NewEvent>>(Self::PENDING);
        let (done, written) = sync_channel(Self::PENDING);
        let mut worker = Worker { tail, copy };
        let work = move || {
            for batch in to_do {
                if done.send(worker.write(batch)).is_err() {
                    break; // Nobody waits for it any more: the unit of work was given up.
                }
            }
        };
        thread::Builder::new().name("lines".to_owned()).spawn(work).ok()?;
        Some(Self { batch: Vec::new(), pending: 0, events, written })
    }

    /// Sends an event, and returns those of the earlier ones that are ready, in order.
    pub(super) fn push(&mut self, event: NewEvent) -> Result<Option<WrittenLines>, StoreError> {
        self.batch.push(event);
        if self.batch.len() < Self::BATCH {
            return Ok(None);
        }
        self.hand_over()?;
        if self.pending <= Self::PENDING { Ok(None) } else { self.next().map(Some) }
    }

    /// Waits for all events so far, and returns those that had not been returned yet, in order.
    pub(super) fn catch_up(&mut self) -> Result<Vec<WrittenLines>, StoreError> {
        if !self.batch.is_empty() {
            self.hand_over()?;
        }
        let mut rest = Vec::new();
        while self.pending > 0 {
            rest.push(self.next()?);
        }
        Ok(rest)
    }

    fn hand_over(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(Self::BATCH));
        self.pending = self.pending.saturating_add(1);
        self.events.send(batch).map_err(|_| ended())
    }

    fn next(&mut self) -> Result<WrittenLines, StoreError> {
        self.pending = self.pending.saturating_sub(1);
        self.written.recv().map_err(|_| ended())?
    }
}

impl Worker {
    fn write(&mut self, events: Vec<NewEvent>) -> Result<WrittenLines, StoreError> {
        let mut lines = Vec::with_capacity(events.len().saturating_mul(RecordedEvent::ROOM));
        let mut rows = Vec::with_capacity(events.len());
        for mut new in events {
            let end_offset = self.tail.write(&mut new, &mut lines)?;
            rows.push(WrittenRow { new, end_offset, line_end: lines.len() });
        }
        if let Some(mut copy) = self.copy.take() {
            match copy.append(&lines) {
                Ok(()) => self.copy = Some(copy),
                Err(_) => copy.give_up(),
            }
        }
        Ok(WrittenLines { rows, lines })
    }
}

fn ended() -> StoreError {
    StoreError::Io("a thread of this unit of work has ended".to_owned())
}
