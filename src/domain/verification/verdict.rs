//! What came of judging a log.

use super::{Fault, Head, Problem};

/// What came of judging a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Events of the book.
    pub events: u64,
    /// The last one.
    pub head: Option<Head>,
    /// What is wrong, by event.
    pub problems: Vec<Problem>,
    /// Problems beyond those that are kept.
    pub left_off: u64,
}

/// What a log is, compared with what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogState {
    /// The book's, byte for byte.
    Sound,
    /// The book's as far as it goes: delivery completes it.
    Incomplete,
    /// Something else, in part at least.
    Foreign,
}

impl Verdict {
    /// What the log is. The book may have problems of its own.
    #[must_use]
    pub fn log_state(&self) -> LogState {
        let head = self.head.map_or(0, |head| head.sequence);
        let reaches_end = |problem: &Problem| problem.sequence.saturating_add(problem.count) > head;
        let is_lack = |problem: &&Problem| {
            problem.fault == Fault::Torn || problem.fault == Fault::Missing && reaches_end(problem)
        };
        let mut of_log = self.problems.iter().filter(|problem| problem.fault.differs());
        if self.left_off > 0 || of_log.clone().any(|problem| !is_lack(&problem)) {
            LogState::Foreign
        } else if of_log.next().is_some() {
            LogState::Incomplete
        } else {
            LogState::Sound
        }
    }

    /// The verdict on something that is no file at all.
    #[must_use]
    pub fn of_no_file(mut self) -> Self {
        self.problems.retain(|problem| !problem.fault.differs());
        let count = self.events;
        self.problems.insert(0, Problem { fault: Fault::NotAFile, sequence: 1, line: None, count });
        self
    }
}
