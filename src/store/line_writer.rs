//! Lines of the history, written one after the other: each names the hash of the one before.

use std::fs::File;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::StoreError;
use super::events::{EventRow, NewEvent};
use crate::domain::{EventHash, RecordedEvent, StoredEvent};

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

    /// Writes the next line.
    pub(super) fn write(&mut self, event: NewEvent) -> Result<EventRow, StoreError> {
        let NewEvent { key, follows, sequence, event_id, occurred_at, data } = event;
        let recorded = RecordedEvent { sequence, event_id, occurred_at, data, previous_hash: self.hash };
        let line = recorded.to_line().map_err(|error| StoreError::Damaged(error.to_string()))?;
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        let end_offset = self.end_offset.saturating_add(length);
        *self = Self { end_offset, hash: EventHash::of(&line) };
        let event_type = recorded.data.event_type();
        Ok(EventRow { key, follows, sequence, event_type, end_offset, line })
    }
}

/// Writes the lines of a large unit of work in a thread of its own, beside what SQLite does.
pub(super) struct LineWriter {
    batch: Vec<NewEvent>,
    /// Batches that are on their way.
    pending: usize,
    events: SyncSender<Vec<NewEvent>>,
    rows: Receiver<Result<Vec<EventRow>, StoreError>>,
}

impl LineWriter {
    /// Events that are handed over at once: enough to make waiting rare, and few enough to stay
    /// in the cache.
    const BATCH: usize = 256;
    /// Batches that may be on their way, so that the thread has the next at hand.
    const PENDING: usize = 2;

    /// Starts the thread; `None` where the system has no thread to spare. The lines also go to the
    /// end of `copy`, as long as that can be written.
    pub(super) fn start(mut tail: Tail, mut copy: Option<File>) -> Option<Self> {
        let (events, to_write) = sync_channel::<Vec<NewEvent>>(Self::PENDING);
        let (written, rows) = sync_channel(Self::PENDING);
        let write_all = move || {
            for batch in to_write {
                let rows: Result<Vec<_>, _> = batch.into_iter().map(|event| tail.write(event)).collect();
                if let (Some(file), Ok(rows)) = (&mut copy, &rows)
                    && write_lines(file, rows.iter().map(|row| row.line.as_str())).is_err()
                {
                    // Half of it is of no use, and the book may need the room.
                    let _ = file.set_len(0);
                    copy = None;
                }
                if written.send(rows).is_err() {
                    return; // Nobody waits for them any more: the unit of work was given up.
                }
            }
        };
        thread::Builder::new().name("lines".to_owned()).spawn(write_all).ok()?;
        Some(Self { batch: Vec::new(), pending: 0, events, rows })
    }

    /// Takes an event, and hands back the rows that are ready, in order.
    pub(super) fn push(&mut self, event: NewEvent) -> Result<Vec<EventRow>, StoreError> {
        self.batch.push(event);
        if self.batch.len() < Self::BATCH {
            return Ok(Vec::new());
        }
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(Self::BATCH));
        self.events.send(batch).map_err(|_| ended())?;
        if self.pending < Self::PENDING {
            self.pending = self.pending.saturating_add(1);
            return Ok(Vec::new());
        }
        self.rows.recv().map_err(|_| ended())?
    }

    /// The rows of all events that are left, in order.
    pub(super) fn finish(self) -> Result<Vec<EventRow>, StoreError> {
        let Self { batch, events, rows, .. } = self;
        events.send(batch).map_err(|_| ended())?;
        drop(events);
        let rest: Vec<_> = rows.iter().collect::<Result<_, _>>()?;
        Ok(rest.into_iter().flatten().collect())
    }
}

/// Writes lines at once to where a file has come.
pub(super) fn write_lines<'l>(mut file: &File, lines: impl Iterator<Item = &'l str>) -> io::Result<()> {
    file.write_all(lines.collect::<String>().as_bytes())
}

fn ended() -> StoreError {
    StoreError::Io("the thread that writes lines has ended".to_owned())
}
