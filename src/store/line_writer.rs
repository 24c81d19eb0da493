//! Lines of the history, written one after the other: each names the hash of the one before. A large
//! unit of work has a thread for that, which also makes the decisions that were put off.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::StoreError;
use super::decider::{Decider, PutOff};
use super::events::{NewEvent, StreamKey};
use crate::bus::StoredEvent;
use crate::domain::Position;
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

/// What the thread is asked to do, in the order of the history.
pub(super) enum Step {
    /// To write the line of an event.
    Event(Box<NewEvent>),
    /// To take over a position that decisions are put off about.
    Position(StreamKey, Box<Position>),
    /// To make a decision, and to write its event's line.
    Decision(PutOff),
}

/// What is to be written of some events, in order.
pub(super) struct Written {
    rows: Vec<WrittenRow>,
    /// Their lines, one after the other: a text for each would be made in one thread and dropped in
    /// the other.
    lines: Vec<u8>,
    /// What sales realized, as [`super::disposals::put_json`] has it, one after the other.
    parts: Vec<u8>,
}

/// What is to be written of an event.
pub(super) struct WrittenRow {
    pub(super) new: NewEvent,
    pub(super) end_offset: u64,
    /// Whether it came of a decision that was put off, so that nothing is written of it so far.
    pub(super) is_decided: bool,
    line_end: usize,
    parts_end: usize,
}

impl Written {
    /// Each row, its line, and what its sale realized.
    pub(super) fn each(&self) -> impl Iterator<Item = (&WrittenRow, &[u8], &[u8])> {
        self.rows.iter().scan((0, 0), |(line, parts), row| {
            let texts = (self.lines.get(*line..row.line_end), self.parts.get(*parts..row.parts_end));
            (*line, *parts) = (row.line_end, row.parts_end);
            Some((row, texts.0.unwrap_or_default(), texts.1.unwrap_or_default()))
        })
    }
}

/// Does what is left to do for a large unit of work beside what SQLite does, in a thread of its own.
pub(super) struct LineWriter {
    batch: Vec<Step>,
    /// Batches that are on their way.
    pending: usize,
    steps: SyncSender<Vec<Step>>,
    written: Receiver<Result<Written, StoreError>>,
    thread: JoinHandle<Worker>,
}

/// What the thread works with.
pub(super) struct Worker {
    pub(super) tail: Tail,
    /// Where the lines go too, as long as that can be written.
    pub(super) copy: Option<LogCopy>,
    pub(super) decider: Decider,
}

impl LineWriter {
    /// Steps that are handed over at once: enough to make waiting rare, and few enough to stay
    /// in the cache.
    const BATCH: usize = 256;
    /// Batches that may be on their way: as many as three threads on two processors need to have
    /// the next at hand.
    const PENDING: usize = 8;

    /// Starts the thread; `None` where the system has no thread to spare. The lines also go to the
    /// end of `copy`.
    pub(super) fn start(tail: Tail, copy: Option<LogCopy>) -> Option<Self> {
        let (steps, to_do) = sync_channel::<Vec<Step>>(Self::PENDING);
        let (done, written) = sync_channel(Self::PENDING);
        let mut worker = Worker { tail, copy, decider: Decider::default() };
        let work = move || {
            for batch in to_do {
                if done.send(worker.carry_out(batch)).is_err() {
                    break; // Nobody waits for it any more: the unit of work was given up.
                }
            }
            worker
        };
        let thread = thread::Builder::new().name("lines".to_owned()).spawn(work).ok()?;
        Some(Self { batch: Vec::new(), pending: 0, steps, written, thread })
    }

    /// Takes a step, and hands back what is ready of those before, in order.
    pub(super) fn push(&mut self, step: Step) -> Result<Option<Written>, StoreError> {
        self.batch.push(step);
        if self.batch.len() < Self::BATCH {
            return Ok(None);
        }
        self.hand_over()?;
        if self.pending <= Self::PENDING { Ok(None) } else { self.next().map(Some) }
    }

    /// What is left of all steps so far, in order.
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

    /// Ends the thread, once all is handed back; what it worked with.
    pub(super) fn finish(self) -> Result<Worker, StoreError> {
        drop(self.steps);
        self.thread.join().map_err(|_| ended())
    }

    fn hand_over(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(Self::BATCH));
        self.pending = self.pending.saturating_add(1);
        self.steps.send(batch).map_err(|_| ended())
    }

    fn next(&mut self) -> Result<Written, StoreError> {
        self.pending = self.pending.saturating_sub(1);
        self.written.recv().map_err(|_| ended())?
    }
}

impl Worker {
    fn carry_out(&mut self, batch: Vec<Step>) -> Result<Written, StoreError> {
        let mut lines = Vec::with_capacity(batch.len().saturating_mul(RecordedEvent::ROOM));
        let (mut rows, mut parts) = (Vec::with_capacity(batch.len()), Vec::new());
        for step in batch {
            let (mut new, is_decided) = match step {
                Step::Event(new) => (*new, false),
                Step::Decision(put_off) => (self.decider.decide(put_off, &mut parts)?, true),
                Step::Position(key, position) => {
                    self.decider.positions.insert(key, *position);
                    continue;
                }
            };
            let end_offset = self.tail.write(&mut new, &mut lines)?;
            let (line_end, parts_end) = (lines.len(), parts.len());
            rows.push(WrittenRow { new, end_offset, is_decided, line_end, parts_end });
        }
        if let Some(mut copy) = self.copy.take() {
            match copy.append(&lines) {
                Ok(()) => self.copy = Some(copy),
                Err(_) => copy.give_up(),
            }
        }
        Ok(Written { rows, lines, parts })
    }
}

fn ended() -> StoreError {
    StoreError::Io("a thread of this unit of work has ended".to_owned())
}
