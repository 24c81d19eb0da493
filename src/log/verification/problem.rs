//! What can be wrong with a log and its chain.

use std::fmt;

use crate::domain::Sequence;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Events are in their place in the log, but not as the book holds them.
    Edited,
    /// Events are not in the log.
    Missing,
    /// Events are in the log, but out of order.
    Reordered,
    /// Lines between events are not the book's, or are repeated.
    Inserted,
    /// The log continues after the last event.
    ForeignTail,
    /// The log ends as a crash can leave it: cut off within a line, or in zeros.
    Torn,
    /// Something other than a file is at the log's path.
    NotAFile,
    /// The log is consistent with the chain of hashes, and the book is not.
    BookAltered,
    /// Events lack their own number or the hash of the event before, and the log does not show what they
    /// were.
    BrokenChain,
    /// The book has wrong offsets in the log for events.
    WrongOffset,
    /// A noted head does not match its event.
    HeadMismatch(Witness),
    /// The history ends before the event of a noted head.
    HeadMissing,
}

/// Which side still has the event of a noted head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// The book alone.
    Book,
    /// The log alone.
    Log,
    /// Neither of them.
    Neither,
}

impl ProblemKind {
    /// Every kind there is.
    pub const ALL: [Self; 12] = [
        Self::Edited,
        Self::Missing,
        Self::Reordered,
        Self::Inserted,
        Self::ForeignTail,
        Self::Torn,
        Self::NotAFile,
        Self::BookAltered,
        Self::BrokenChain,
        Self::WrongOffset,
        Self::HeadMismatch(Witness::Neither),
        Self::HeadMissing,
    ];

    /// The stable code for scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Missing => "missing",
            Self::Reordered => "reordered",
            Self::Inserted => "inserted",
            Self::ForeignTail => "foreign_tail",
            Self::Torn => "torn",
            Self::NotAFile => "not_a_file",
            Self::BookAltered => "book_altered",
            Self::BrokenChain => "broken_chain",
            Self::WrongOffset => "wrong_offset",
            Self::HeadMismatch(_) => "head_mismatch",
            Self::HeadMissing => "head_missing",
        }
    }

    /// Whether only the log was changed, so that it can be rebuilt from the book.
    #[must_use]
    pub fn is_of_log(self) -> bool {
        match self {
            Self::Edited
            | Self::Missing
            | Self::Reordered
            | Self::Inserted
            | Self::ForeignTail
            | Self::Torn
            | Self::NotAFile => true,
            Self::BookAltered | Self::BrokenChain | Self::WrongOffset | Self::HeadMismatch(_) | Self::HeadMissing => {
                false
            }
        }
    }

    /// Whether log and book differ, whichever of them was changed.
    pub(super) fn differs(self) -> bool {
        self.is_of_log() || self == Self::BookAltered
    }
}

/// Something that is wrong; displayed for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// The first event that it concerns.
    pub sequence: Sequence,
    /// The line of the log at which it shows, counted from 1; `None` if it is not in the log.
    pub line: Option<u64>,
    /// How many consecutive events, or lines, it concerns.
    pub count: u64,
}

impl Problem {
    pub(super) fn at(kind: ProblemKind, sequence: Sequence, line: u64, count: u64) -> Self {
        Self { kind, sequence, line: Some(line), count }
    }

    /// The number after that of the last event.
    fn end(&self) -> Sequence {
        self.sequence.saturating_add(self.count)
    }

    /// Merges a problem of the same kind that follows directly, if it does.
    fn join(&mut self, next: &Self) -> bool {
        let (is_next, count) = match self.kind {
            ProblemKind::Edited
            | ProblemKind::Missing
            | ProblemKind::Reordered
            | ProblemKind::BookAltered
            | ProblemKind::BrokenChain
            | ProblemKind::WrongOffset => (
                (self.sequence..=self.end()).contains(&next.sequence),
                next.end().max(self.end()).saturating_sub(self.sequence),
            ),
            ProblemKind::Inserted | ProblemKind::ForeignTail => (
                self.line.map(|line| line.saturating_add(self.count)) == next.line,
                self.count.saturating_add(next.count),
            ),
            ProblemKind::Torn | ProblemKind::NotAFile | ProblemKind::HeadMismatch(_) | ProblemKind::HeadMissing => {
                (false, self.count)
            }
        };
        if is_next && self.kind == next.kind {
            (self.count, self.line) = (count, self.line.min(next.line).or(self.line));
        }
        is_next && self.kind == next.kind
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, count) = (self.sequence, self.count);
        let last = first.saturating_add(count).saturating_sub(1);
        let is_one = count <= 1;
        let subject = if is_one { format!("event {first}") } else { format!("events {first} to {last}") };
        match self.kind {
            ProblemKind::Edited if is_one => write!(f, "{subject} is not as the book holds it"),
            ProblemKind::Edited => write!(f, "{subject} are not as the book holds them"),
            ProblemKind::Missing if is_one => write!(f, "{subject} is not in the log"),
            ProblemKind::Missing => write!(f, "{subject} are not in the log"),
            ProblemKind::Reordered if is_one => write!(f, "{subject} is not in its place"),
            ProblemKind::Reordered => write!(f, "{subject} are not in their places"),
            ProblemKind::Inserted if is_one => {
                write!(f, "a line that does not belong here stands before event {first}")
            }
            ProblemKind::Inserted => write!(f, "{count} lines that do not belong here stand before event {first}"),
            ProblemKind::ForeignTail => write!(f, "the log continues after the book's last event"),
            ProblemKind::Torn => write!(f, "the log breaks off in event {first}, as after a crash"),
            ProblemKind::NotAFile => write!(f, "what is at the log's path is not a file"),
            ProblemKind::BookAltered => {
                write!(f, "the log follows the chain at {subject}, and the book does not: the book was altered")
            }
            ProblemKind::BrokenChain if !is_one => {
                write!(f, "the chain is broken in the book: {subject} do not have the hashes of those before them")
            }
            ProblemKind::BrokenChain => {
                write!(f, "the chain is broken in the book: {subject} does not have the hash of the one before")
            }
            ProblemKind::WrongOffset => write!(f, "the book has a wrong place in the log for {subject}"),
            ProblemKind::HeadMismatch(Witness::Book) => {
                write!(f, "the log's {subject} is not the one whose head was noted, the book's is")
            }
            ProblemKind::HeadMismatch(Witness::Log) => {
                write!(f, "the book's {subject} is not the one whose head was noted, the log's is")
            }
            ProblemKind::HeadMismatch(Witness::Neither) => {
                write!(f, "{subject} is not the one whose head was noted: the history up to it is not what it was")
            }
            ProblemKind::HeadMissing => write!(f, "the history ends before {subject}, whose head was noted"),
        }
    }
}

/// Problems as they are found, consecutive ones of a kind merged; of very many, not all are kept.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
    left_off: u64,
}

impl Problems {
    const LIMIT: usize = 1000;

    pub(super) fn add(&mut self, problem: Problem) {
        let last = self.found.iter_mut().rev().find(|last| last.kind == problem.kind);
        if last.is_some_and(|last| last.join(&problem)) {
            return;
        }
        if self.found.len() < Self::LIMIT {
            self.found.push(problem);
        } else {
            self.left_off = self.left_off.saturating_add(1);
        }
    }

    pub(super) fn append(&mut self, others: Self) {
        others.found.into_iter().for_each(|problem| self.add(problem));
        self.left_off = self.left_off.saturating_add(others.left_off);
    }

    /// Removes an event from those reported missing; returns the line at which it was missed.
    pub(super) fn take_missing(&mut self, event: Sequence) -> Option<u64> {
        let has_it = |it: &Problem| it.kind == ProblemKind::Missing && (it.sequence..it.end()).contains(&event);
        let Problem { kind, sequence, line, count } = self.found.remove(self.found.iter().position(has_it)?);
        let before = event.saturating_sub(sequence);
        let after = count.saturating_sub(before).saturating_sub(1);
        for (sequence, count) in [(sequence, before), (event.saturating_add(1), after)] {
            if count > 0 {
                self.add(Problem { kind, sequence, line, count });
            }
        }
        line
    }

    /// Blames the book for what was blamed on the log; false if there is nothing of that kind.
    pub(super) fn blame_the_book(&mut self) -> bool {
        let Some(first) = self.found.first().cloned() else { return false };
        let end = self.found.iter().map(Problem::end).max().unwrap_or_default();
        let count = end.saturating_sub(first.sequence);
        self.found = vec![Problem { kind: ProblemKind::BookAltered, count, ..first }];
        true
    }

    /// All of them by event and line, and the number of those that were not kept.
    pub(super) fn into_sorted(mut self) -> (Vec<Problem>, u64) {
        self.found.sort_by_key(|problem| (problem.sequence, problem.line, problem.kind));
        let mut sorted = Self { found: Vec::new(), left_off: self.left_off };
        self.found.into_iter().for_each(|problem| sorted.add(problem));
        (sorted.found, sorted.left_off)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_several_events_is_said_in_the_plural() {
        for (kind, one, several) in [
            (ProblemKind::Edited, "event 3 is not", "events 3 to 5 are not"),
            (ProblemKind::Missing, "event 3 is not", "events 3 to 5 are not"),
            (ProblemKind::Reordered, "event 3 is not", "events 3 to 5 are not"),
            (ProblemKind::Inserted, "a line that does not belong here stands", "3 lines that do not belong here stand"),
            (ProblemKind::BrokenChain, "event 3 does not have the hash", "events 3 to 5 do not have the hashes"),
        ] {
            for (count, said) in [(1, one), (3, several)] {
                let problem = Problem::at(kind, 3, 3, count).to_string();
                assert!(problem.contains(said), "{problem}");
            }
        }
    }
}
