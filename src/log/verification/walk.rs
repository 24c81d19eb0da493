//! The book's events in their order, and whether they are a chain.

use super::link::Link;
use super::{Fault, Head, History, Problem, Witness};
use crate::bus::StoredEvent;
use crate::domain::Sequence;
use crate::log::EventHash;

/// Goes through a history, one event after the other.
pub(super) struct Walk<H> {
    history: H,
    due: Option<StoredEvent>,
    last: Option<Head>,
    count: u64,
    /// Bytes of the lines so far, and where the book says that the last one ends.
    length: u64,
    said_end: u64,
    heads: Vec<HeadCheck>,
}

/// An event that was gone by.
pub(super) struct Passed {
    pub(super) sequence: Sequence,
    /// The number that follows on the event before.
    due: Sequence,
    /// Bytes of its line.
    pub(super) length: u64,
    /// Whether it names its own number and the hash of the event before.
    pub(super) is_linked: bool,
    /// Whether its place in the log follows on that of the event before.
    is_placed: bool,
    /// What it names as the hash of the event before.
    pub(super) previous_hash: Option<EventHash>,
}

impl Passed {
    /// What is wrong with it, wherever it stands in the log.
    pub(super) fn problems(&self, line: Option<u64>) -> impl Iterator<Item = Problem> {
        let faults = [(Fault::BrokenChain, !self.is_linked), (Fault::WrongOffset, !self.is_placed)];
        let sequence = self.due;
        let found = faults.into_iter().filter(|(_, is_found)| *is_found);
        found.map(move |(fault, _)| Problem { fault, sequence, line, count: 1 })
    }
}

/// A noted head, and who has its event; `None` for what has not been seen.
struct HeadCheck {
    head: Head,
    in_book: Option<bool>,
    in_log: Option<bool>,
}

impl<H: History> Walk<H> {
    pub(super) fn new(mut history: H, heads: &[Head]) -> Result<Self, H::Error> {
        let due = history.next_event()?;
        let heads = heads.iter().map(|head| HeadCheck { head: *head, in_book: None, in_log: None }).collect();
        Ok(Self { history, due, last: None, count: 0, length: 0, said_end: 0, heads })
    }

    /// The event that comes next.
    pub(super) fn due(&self) -> Option<&StoredEvent> {
        self.due.as_ref()
    }

    /// Its number; after the last event, the number that the next one would have.
    pub(super) fn next(&self) -> Sequence {
        self.due.as_ref().map_or_else(|| self.follows(), |due| due.sequence)
    }

    /// The number that follows on the last event gone by: the next one's, unless the book has a gap.
    pub(super) fn follows(&self) -> Sequence {
        self.last.map_or(1, |last| last.sequence.saturating_add(1))
    }

    /// The line of any event.
    pub(super) fn line(&mut self, sequence: Sequence) -> Result<Option<String>, H::Error> {
        match &self.due {
            Some(due) if due.sequence == sequence => Ok(Some(due.line.clone())),
            Some(_) | None => self.history.line(sequence),
        }
    }

    /// Goes by the next event.
    pub(super) fn pass(&mut self) -> Result<Option<Passed>, H::Error> {
        let Some(event) = self.due.take() else { return Ok(None) };
        self.due = self.history.next_event()?;
        let StoredEvent { sequence, line, end_offset, .. } = event;
        let (link, hash) = (Link::of(line.as_bytes()), EventHash::of(&line));
        let follows_on = self.last.map_or(EventHash::NONE, |last| last.hash);
        let due = self.follows();
        let is_linked = due == sequence && link == Link { sequence: Some(sequence), previous_hash: Some(follows_on) };
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        let is_placed = self.said_end.checked_add(length) == Some(end_offset);
        self.length = self.length.saturating_add(length);
        self.said_end = end_offset;
        self.last = Some(Head { sequence, hash });
        self.count = self.count.saturating_add(1);
        for check in self.heads.iter_mut().filter(|check| check.head.sequence == sequence) {
            check.in_book = Some(check.head.hash == hash);
        }
        Ok(Some(Passed { sequence, due, length, is_linked, is_placed, previous_hash: link.previous_hash }))
    }

    /// Takes note of a line of the log that claims to be an event and is not the book's.
    pub(super) fn note_stranger(&mut self, sequence: Sequence, hash: EventHash) {
        for check in self.heads.iter_mut().filter(|check| check.head.sequence == sequence) {
            check.in_log = Some(check.in_log == Some(true) || check.head.hash == hash);
        }
    }

    /// The last event gone by.
    pub(super) fn last(&self) -> Option<Head> {
        self.last
    }

    /// Events gone by.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Bytes of the log that holds the events gone by.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Noted heads that do not hold, and who still has their event; `None` if nobody can, because
    /// the history ends before.
    pub(super) fn refuted_heads(&self) -> impl Iterator<Item = (Head, Option<Witness>)> {
        self.heads.iter().filter_map(|check| match (check.in_book, check.in_log) {
            (None | Some(false), Some(true)) => Some((check.head, Some(Witness::Log))),
            (None, Some(false) | None) => Some((check.head, None)),
            (Some(true), Some(true) | None) => None,
            (Some(true), Some(false)) => Some((check.head, Some(Witness::Book))),
            (Some(false), Some(false) | None) => Some((check.head, Some(Witness::Neither))),
        })
    }
}
