//! What came of judging a log.

use super::{Problem, ProblemKind};
use crate::log::Head;

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
        let mut of_log = self.problems.iter().filter(|problem| problem.kind.differs());
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
        let delivered = self.head.map_or(0, |head| head.sequence).saturating_sub(self.pending);
        let reaches_end = problem.sequence.saturating_add(problem.count) > delivered;
        problem.kind == ProblemKind::Torn || problem.kind == ProblemKind::Missing && reaches_end
    }

    /// The verdict on something that is no file at all.
    pub(super) fn of_no_file(mut self) -> Self {
        self.problems.retain(|problem| !problem.kind.differs());
        let count = self.events;
        self.problems.insert(0, Problem { kind: ProblemKind::NotAFile, sequence: 1, line: None, count });
        self
    }
}
