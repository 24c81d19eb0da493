//! Lines of the history, written one after the other: each names the hash of the one before. A large
//! unit of work has a thread for that.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::StoreError;
use super::events::NewEvent;
use crate::bus::StoredEvent;
use crate::log::{EventHash, LogCopy, RecordedEvent};

/// The end of the history, on which the next line follows.
#[derive(Clone, Copy)]
pub(super) struct Tail {
    end_offset: u64,
    hash: EventHash,
}

impl Tail {
    /// What follows on the last event that is there.
    pub(super) fn after(last: Option<&StoredEvent>) -> Self {
        let hash = last.map_or(EventHash::NONE, |last| EventHash::of(&last.line));
        Self { end_offset: last.map_or(0, |last| last.end_offset), hash }
    }

    /// Puts the next line at the end of a text; where it ends in the audit log.
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

/// What is to be written of some events, in order.
pub(super) struct Written {
    rows: Vec<WrittenRow>,
    /// Their lines, one after the other: a text for each would be made in one thread and dropped in
    /// the other.
    lines: Vec<u8>,
}

/// What is to be written of an event.
pub(super) struct WrittenRow {
    pub(super) new: NewEvent,
    pub(super) end_offset: u64,
    line_end: usize,
}

impl Written {
    /// Each row and its line.
    pub(super) fn each(&self) -> impl Iterator<Item = (&WrittenRow, &[u8])> {
        self.rows.iter().scan(0, |start, row| {
            let line = self.lines.get(*start..row.line_end);
            *start = row.line_end;
            Some((row, line.unwrap_or_default()))
        })
    }
}

/// Writes and hashes the lines of a large unit of work beside what SQLite does, in a thread of its own.
pub(super) struct LineWriter {
    batch: Vec<NewEvent>,
    /// Batches that are on their way.
    pending: usize,
    events: SyncSender<Vec<NewEvent>>,
    written: Receiver<Result<Written, StoreError>>,
}

/// What the thread works with.
struct Worker {
    tail: Tail,
    /// Where the lines go too, as long as that can be written.
    copy: Option<LogCopy>,
}

impl LineWriter {
    /// Events that are handed over at once: enough to make waiting rare, and few enough to stay
    /// in the cache.
    const BATCH: usize = 256;
    /// Batches that may be on their way: as many as three threads on two processors need to have
    /// the next at hand.
    const PENDING: usize = 8;

    /// Starts the thread; `None` where the system has no thread to spare. The lines also go to the
    /// end of `copy`.
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

    /// Takes an event, and hands back what is ready of those before, in order.
    pub(super) fn push(&mut self, event: NewEvent) -> Result<Option<Written>, StoreError> {
        self.batch.push(event);
        if self.batch.len() < Self::BATCH {
            return Ok(None);
        }
        self.hand_over()?;
        if self.pending <= Self::PENDING { Ok(None) } else { self.next().map(Some) }
    }

    /// What is left of all events so far, in order.
    pub(super) fn catch_up(&mut self) -> Result<Vec<Written>, StoreError> {
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

    fn next(&mut self) -> Result<Written, StoreError> {
        self.pending = self.pending.saturating_sub(1);
        self.written.recv().map_err(|_| ended())?
    }
}

impl Worker {
    fn write(&mut self, events: Vec<NewEvent>) -> Result<Written, StoreError> {
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
        Ok(Written { rows, lines })
    }
}

fn ended() -> StoreError {
    StoreError::Io("a thread of this unit of work has ended".to_owned())
}
