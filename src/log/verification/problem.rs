//! What can be wrong with a log and its chain.

use std::fmt;

use crate::domain::Sequence;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Events stand in their place in the log, but not as the book holds them.
    Edited,
    /// Events are not in the log.
    Missing,
    /// Events are in the log, but not in their place.
    Reordered,
    /// Lines stand between events that are not the book's, or are there a second time.
    Inserted,
    /// The log goes on after the last event.
    ForeignTail,
    /// The log's end is as a crash can leave it: cut off within a line, or zeros.
    Torn,
    /// Something else than a file is in the log's place.
    NotAFile,
    /// The log follows the chain where the book does not.
    BookAltered,
    /// Events do not name the hash of the event before, or not their own number, and the log is
    /// no witness of what they were.
    BrokenChain,
    /// The book has a wrong place for events in the log.
    WrongOffset,
    /// The event of a head that was noted is another one.
    HeadMismatch(Witness),
    /// The history ends before the event of a head that was noted.
    HeadMissing,
}

/// Who still has the event whose head was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// The book alone.
    Book,
    /// The log alone.
    Log,
    /// Neither of them.
    Neither,
}

impl Fault {
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

    /// The stable word for scripts.
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

    /// Whether it is only the log that is not as it was, so that it can be made anew from the book.
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

    /// Whether log and book are not the same, whichever of them was changed.
    pub(super) fn differs(self) -> bool {
        self.is_of_log() || self == Self::BookAltered
    }
}

/// Something that is wrong; its text is for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of thing.
    pub fault: Fault,
    /// The first event at which file and book, or the chain, part.
    pub sequence: Sequence,
    /// The line of the log where that is, counted from 1; `None` if it is not in the log.
    pub line: Option<u64>,
    /// Events, or lines, that are concerned in a row.
    pub count: u64,
}

impl Problem {
    pub(super) fn at(fault: Fault, sequence: Sequence, line: u64, count: u64) -> Self {
        Self { fault, sequence, line: Some(line), count }
    }

    /// Takes in a problem of the same kind that follows directly.
    fn join(&mut self, next: &Self) -> bool {
        let end = self.sequence.saturating_add(self.count);
        let (joins, count) = match self.fault {
            Fault::Edited
            | Fault::Missing
            | Fault::Reordered
            | Fault::BookAltered
            | Fault::BrokenChain
            | Fault::WrongOffset => {
                let joint = next.sequence.saturating_add(next.count).max(end).saturating_sub(self.sequence);
                ((self.sequence..=end).contains(&next.sequence), joint)
            }
            Fault::Inserted | Fault::ForeignTail => {
                let follows = self.line.map(|line| line.saturating_add(self.count)) == next.line;
                (follows, self.count.saturating_add(next.count))
            }
            Fault::Torn | Fault::NotAFile | Fault::HeadMismatch(_) | Fault::HeadMissing => (false, self.count),
        };
        let is_joined = joins && self.fault == next.fault;
        if is_joined {
            self.count = count;
            self.line = self.line.min(next.line).or(self.line);
        }
        is_joined
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, count) = (self.sequence, self.count);
        let last = first.saturating_add(count).saturating_sub(1);
        let is_one = count <= 1;
        let subject = if is_one { format!("event {first}") } else { format!("events {first} to {last}") };
        match self.fault {
            Fault::Edited if is_one => write!(f, "{subject} is not as the book holds it"),
            Fault::Edited => write!(f, "{subject} are not as the book holds them"),
            Fault::Missing if is_one => write!(f, "{subject} is not in the log"),
            Fault::Missing => write!(f, "{subject} are not in the log"),
            Fault::Reordered if is_one => write!(f, "{subject} is not in its place"),
            Fault::Reordered => write!(f, "{subject} are not in their places"),
            Fault::Inserted if is_one => write!(f, "a line that does not belong here stands before event {first}"),
            Fault::Inserted => write!(f, "{count} lines that do not belong here stand before event {first}"),
            Fault::ForeignTail => write!(f, "the log goes on where the book's events end"),
            Fault::Torn => write!(f, "the log breaks off in event {first}, as after a crash"),
            Fault::NotAFile => write!(f, "what is in the log's place is not a file"),
            Fault::BookAltered => {
                write!(f, "the log follows the chain at {subject}, and the book does not: the book was altered")
            }
            Fault::BrokenChain if !is_one => {
                write!(f, "the chain is broken in the book: {subject} do not name the hashes of those before them")
            }
            Fault::BrokenChain => {
                write!(f, "the chain is broken in the book: {subject} does not name the hash of the one before")
            }
            Fault::WrongOffset => write!(f, "the book has a wrong place in the log for {subject}"),
            Fault::HeadMismatch(Witness::Book) => {
                write!(f, "the log's {subject} is not the one whose head was noted, the book's is")
            }
            Fault::HeadMismatch(Witness::Log) => {
                write!(f, "the book's {subject} is not the one whose head was noted, the log's is")
            }
            Fault::HeadMismatch(Witness::Neither) => {
                write!(f, "{subject} is not the one whose head was noted: the history up to it is not what it was")
            }
            Fault::HeadMissing => write!(f, "the history ends before {subject}, whose head was noted"),
        }
    }
}

/// Problems as they are found; of very many not all are kept.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
    left_off: u64,
}

impl Problems {
    /// Problems that are kept.
    pub(super) const LIMIT: usize = 1000;

    pub(super) fn add(&mut self, problem: Problem) {
        if self.found.last_mut().is_some_and(|last| last.join(&problem)) {
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

    /// These and some more by event and line, each row of like ones as one, and the number of those
    /// that were not kept.
    pub(super) fn into_sorted_with(self, more: impl IntoIterator<Item = Problem>) -> (Vec<Problem>, u64) {
        let Self { mut found, left_off } = self;
        found.extend(more);
        found.sort_by_key(|problem| (problem.sequence, problem.line, problem.fault));
        found.dedup_by(|next, last| last.join(next));
        let too_many = found.split_off(found.len().min(Self::LIMIT));
        (found, left_off.saturating_add(u64::try_from(too_many.len()).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_several_events_is_said_in_the_plural() {
        for (fault, one, several) in [
            (Fault::Edited, "event 3 is not", "events 3 to 5 are not"),
            (Fault::Missing, "event 3 is not", "events 3 to 5 are not"),
            (Fault::Reordered, "event 3 is not", "events 3 to 5 are not"),
            (Fault::BrokenChain, "event 3 does not name the hash", "events 3 to 5 do not name the hashes"),
        ] {
            for (count, said) in [(1, one), (3, several)] {
                let problem = Problem::at(fault, 3, 3, count).to_string();
                assert!(problem.contains(said), "{problem}");
            }
        }
    }
}
