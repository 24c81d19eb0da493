//! Walks the book's events in order, and checks whether they form a chain.

use std::vec;

use super::link::Link;
use super::problem::{Problem, ProblemKind, Witness};
use crate::bus::{History, StoredEvent};
use crate::domain::Sequence;
use crate::log::{EventHash, Head};

/// Walks a history up to its end, event by event.
pub(super) struct Chain<'h> {
    history: &'h dyn History,
    /// The number of the last event to walk.
    end: Sequence,
    batch: vec::IntoIter<StoredEvent>,
    /// The event that comes next.
    pub(super) due: Option<StoredEvent>,
    /// The last event passed, and how many have been.
    pub(super) last: Option<Head>,
    pub(super) count: u64,
    /// The offset at which the line of that event ends in the log, according to the book.
    pub(super) offset: u64,
    heads: Vec<HeadCheck>,
}

/// An event that has been passed.
pub(super) struct PassedEvent {
    pub(super) sequence: Sequence,
    /// The number after that of the event before.
    due: Sequence,
    /// The hash of its line.
    pub(super) hash: EventHash,
    /// Whether its line contains its own number and the hash of the event before.
    pub(super) is_linked: bool,
    /// Whether its offset in the log is where the event before ends.
    is_placed: bool,
    /// The hash of the event before, according to its line.
    pub(super) previous_hash: Option<EventHash>,
}

impl PassedEvent {
    /// What is wrong with it, independent of the log; `line` is its line there.
    pub(super) fn problems(&self, line: Option<u64>) -> impl Iterator<Item = Problem> {
        let kinds = [(ProblemKind::BrokenChain, !self.is_linked), (ProblemKind::WrongOffset, !self.is_placed)];
        let sequence = self.due;
        let found = kinds.into_iter().filter(|(_, is_found)| *is_found);
        found.map(move |(kind, _)| Problem { kind, sequence, line, count: 1 })
    }
}

/// A noted head, and whether book and log have its event; `None` while that has not been seen.
struct HeadCheck {
    head: Head,
    in_book: Option<bool>,
    in_log: Option<bool>,
}

impl<'h> Chain<'h> {
    /// Events that are in memory at a time.
    const BATCH: usize = 500;

    pub(super) fn new(history: &'h dyn History, end: Sequence, heads: &[Head]) -> anyhow::Result<Self> {
        let heads = heads.iter().map(|head| HeadCheck { head: *head, in_book: None, in_log: None }).collect();
        let batch = Vec::new().into_iter();
        let mut chain = Self { history, end, batch, due: None, last: None, count: 0, offset: 0, heads };
        chain.advance(0)?;
        Ok(chain)
    }

    fn advance(&mut self, after: Sequence) -> anyhow::Result<()> {
        if self.batch.as_slice().is_empty() {
            self.batch = self.history.load_since(after, Self::BATCH)?.into_iter();
        }
        self.due = self.batch.next().filter(|event| event.sequence <= self.end);
        Ok(())
    }

    /// The number of the event that comes next; after the last one, the number that it would have.
    pub(super) fn next(&self) -> Sequence {
        self.due.as_ref().map_or_else(|| self.follows(), |due| due.sequence)
    }

    /// The number after that of the last event passed: the next event's, unless the book has a gap.
    pub(super) fn follows(&self) -> Sequence {
        self.last.map_or(1, |last| last.sequence.saturating_add(1))
    }

    /// The number after the last event's.
    pub(super) fn end(&self) -> Sequence {
        self.end.saturating_add(1)
    }

    /// The event with this number, which may be anywhere in the history.
    pub(super) fn load(&self, sequence: Sequence) -> anyhow::Result<Option<StoredEvent>> {
        match &self.due {
            Some(due) if due.sequence == sequence => Ok(Some(due.clone())),
            Some(_) | None => match sequence.checked_sub(1).filter(|_| sequence <= self.end) {
                Some(before) => {
                    Ok(self.history.load_since(before, 1)?.pop().filter(|event| event.sequence == sequence))
                }
                None => Ok(None),
            },
        }
    }

    /// Passes the next event.
    pub(super) fn pass(&mut self) -> anyhow::Result<Option<PassedEvent>> {
        let Some(StoredEvent { sequence, line, end_offset, .. }) = self.due.take() else { return Ok(None) };
        self.advance(sequence)?;
        let (link, hash) = (Link::of(line.as_bytes()), EventHash::of(&line));
        let follows_on = self.last.map_or(EventHash::NONE, |last| last.hash);
        let due = self.follows();
        let is_linked = due == sequence && link == Link { sequence: Some(sequence), previous_hash: Some(follows_on) };
        let is_placed = self.offset.checked_add(byte_length(line.as_bytes())) == Some(end_offset);
        self.offset = end_offset;
        self.last = Some(Head { sequence, hash });
        self.count = self.count.saturating_add(1);
        for check in self.heads.iter_mut().filter(|check| check.head.sequence == sequence) {
            check.in_book = Some(check.head.hash == hash);
        }
        Ok(Some(PassedEvent { sequence, due, hash, is_linked, is_placed, previous_hash: link.previous_hash }))
    }

    /// Notes a line of the log that claims to be this event but is not the book's.
    pub(super) fn note_foreign(&mut self, sequence: Sequence, hash: EventHash) {
        for check in self.heads.iter_mut().filter(|check| check.head.sequence == sequence) {
            check.in_log = Some(check.in_log == Some(true) || check.head.hash == hash);
        }
    }

    /// The noted heads that only one side confirms, or neither.
    pub(super) fn refuted_heads(&self) -> impl Iterator<Item = Problem> {
        self.heads.iter().filter_map(|check| {
            let kind = match (check.in_book, check.in_log) {
                (Some(true), Some(true) | None) => return None,
                (None, Some(false) | None) => ProblemKind::HeadMissing,
                (None | Some(false), Some(true)) => ProblemKind::HeadMismatch(Witness::Log),
                (Some(true), Some(false)) => ProblemKind::HeadMismatch(Witness::Book),
                (Some(false), Some(false) | None) => ProblemKind::HeadMismatch(Witness::Neither),
            };
            Some(Problem { kind, sequence: check.head.sequence, line: None, count: 1 })
        })
    }
}

/// The length of a line in bytes.
pub(super) fn byte_length(line: &[u8]) -> u64 {
    count(line.len())
}

pub(super) fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}
