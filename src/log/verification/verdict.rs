//! The result of verifying a log.

use super::{Problem, ProblemKind};
use crate::log::Head;

/// The result of verifying a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many events the book holds.
    pub events: u64,
    /// The last one.
    pub head: Option<Head>,
    /// How many of its last events are not in the log because they have not been delivered yet.
    pub pending: u64,
    /// What is wrong, in the order of the events.
    pub problems: Vec<Problem>,
    /// How many further problems were found and not kept.
    pub left_off: u64,
}

/// A log compared with what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogState {
    /// The book's log, byte for byte.
    Sound,
    /// The beginning of the book's log: delivery completes it.
    Incomplete,
    /// Something else, at least in part.
    Foreign,
}

impl Verdict {
    /// The state of the log. The book may have problems of its own.
    #[must_use]
    pub fn log_state(&self) -> LogState {
        let mut of_log = self.problems.iter().filter(|problem| problem.kind.differs());
        if self.left_off > 0 || of_log.clone().any(|problem| !self.is_incomplete_end(problem)) {
            LogState::Foreign
        } else if of_log.next().is_some() || self.pending > 0 {
            LogState::Incomplete
        } else {
            LogState::Sound
        }
    }

    /// Whether a problem is only that the log's end is missing or incomplete.
    fn is_incomplete_end(&self, problem: &Problem) -> bool {
        let delivered = self.head.map_or(0, |head| head.sequence).saturating_sub(self.pending);
        let reaches_end = problem.sequence.saturating_add(problem.count) > delivered;
        problem.kind == ProblemKind::Torn || problem.kind == ProblemKind::Missing && reaches_end
    }

    /// The verdict on something that is not a regular file.
    pub(super) fn not_a_file(mut self) -> Self {
        self.problems.retain(|problem| !problem.kind.differs());
        let count = self.events;
        self.problems.insert(0, Problem { kind: ProblemKind::NotAFile, sequence: 1, line: None, count });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(pending: u64, left_off: u64, kinds: &[ProblemKind]) -> Verdict {
        let problems = kinds.iter().map(|kind| Problem { kind: *kind, sequence: 2, line: None, count: 1 }).collect();
        Verdict { events: 9, head: None, pending, problems, left_off }
    }

    #[test]
    fn a_log_is_sound_if_nothing_is_left_to_deliver_and_only_the_book_has_problems() {
        for (pending, left_off, kinds, state) in [
            (0, 0, &[][..], LogState::Sound),
            (0, 0, &[ProblemKind::BrokenChain, ProblemKind::HeadMissing], LogState::Sound),
            (1, 0, &[ProblemKind::BrokenChain], LogState::Incomplete),
            (0, 0, &[ProblemKind::Torn], LogState::Incomplete),
            (0, 0, &[ProblemKind::BookAltered], LogState::Foreign),
            // It is not known what those are that were left off.
            (0, 1, &[ProblemKind::BrokenChain], LogState::Foreign),
        ] {
            assert_eq!(verdict(pending, left_off, kinds).log_state(), state, "{pending} {left_off} {kinds:?}");
        }
    }

    #[test]
    fn of_what_is_not_a_file_only_the_problems_of_the_book_are_told() {
        let verdict = verdict(0, 0, &[ProblemKind::Missing, ProblemKind::BrokenChain]).not_a_file();
        let kinds: Vec<_> = verdict.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::NotAFile, ProblemKind::BrokenChain]);
    }
}
