//! What came of judging a log.

use super::{Fault, Head, Problem};
use crate::domain::Sequence;

/// What came of judging a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Events of the book.
    pub events: u64,
    /// The last one.
    pub head: Option<Head>,
    /// The last of them that the log lacks, because they have not been delivered to it yet.
    pub pending: u64,
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
        let mut of_log = self.problems.iter().filter(|problem| problem.fault.differs());
        if self.left_off > 0 || of_log.clone().any(|problem| !self.is_lack(problem)) {
            LogState::Foreign
        } else if of_log.next().is_some() || self.pending > 0 {
            LogState::Incomplete
        } else {
            LogState::Sound
        }
    }

    /// Whether it is the log's end that is not there, or not whole.
    fn is_lack(&self, problem: &Problem) -> bool {
        let head = self.head.map_or(0, |head| head.sequence);
        let reaches_end = problem.sequence.saturating_add(problem.count) > head;
        problem.fault == Fault::Torn || problem.fault == Fault::Missing && reaches_end
    }

    /// The verdict on a log to which the events up to `delivered` have been delivered: it is no
    /// problem that it lacks later ones.
    pub(super) fn with_delivered(mut self, delivered: Sequence) -> Self {
        let due = delivered.saturating_add(1);
        let (mut problems, mut pending) = (std::mem::take(&mut self.problems), 0);
        problems.retain_mut(|problem| {
            if !self.is_lack(problem) {
                return true;
            }
            let head = self.head.map_or(0, |head| head.sequence);
            pending = pending.max(head.saturating_sub(delivered.max(problem.sequence.saturating_sub(1))));
            problem.count = problem.count.min(due.saturating_sub(problem.sequence));
            problem.count > 0
        });
        Self { pending, problems, ..self }
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
