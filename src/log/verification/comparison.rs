//! The log's lines beside the book's events.

use std::collections::BTreeMap;

use super::chain::{Chain, Passed, count, length};
use super::link::Link;
use super::problem::{Problem, ProblemKind, Problems};
use super::verdict::Verdict;
use crate::domain::Sequence;
use crate::log::EventHash;

/// Compares a log, line by line, with the history that it should hold. However many lines there are, it
/// keeps some hundred in mind.
pub(super) struct Comparison<'h> {
    chain: Chain<'h>,
    /// The last event that has been delivered: later ones need not be in the log.
    delivered: Sequence,
    /// Where the log of the whole history ends.
    history_end: u64,
    /// Lines so far, their bytes, and the hash of the last one.
    number: u64,
    offset: u64,
    last_hash: EventHash,
    /// Where what is explained ends.
    explained_end: u64,
    /// Lines since then that are not the book's.
    strangers: Vec<Line>,
    /// One of the book's lines since then that is in its place if the next one is a later event.
    candidate: Option<Candidate>,
    /// Events whose lines came before their turn, and the problem that these are if they come again.
    early: BTreeMap<Sequence, Problem>,
    problems: Problems,
    /// Events that the log lacks because they have not been delivered to it.
    pending: u64,
}

/// A line of the log that is not simply the event that was due.
#[derive(Clone)]
struct Line {
    /// Counted from 1.
    number: u64,
    /// In bytes, the line feed included, and where it ends.
    length: u64,
    end: u64,
    /// The hash of the line before.
    previous_hash: EventHash,
    /// The event that it says it is.
    claims: Option<Sequence>,
}

/// A line that is the book's, and where the book has it.
struct Own {
    event: Sequence,
    start_offset: u64,
    line: Line,
}

struct Candidate {
    own: Own,
    /// Strangers before it.
    strangers: usize,
}

/// A row of events, some of which may not be in the log.
enum Stretch<'l> {
    /// Those before one whose line is in its place.
    Before(&'l Own),
    /// All that are left.
    Rest,
    /// All that are left, where the log breaks off.
    Torn,
}

impl<'h> Comparison<'h> {
    /// Strangers that are kept in mind, and lines that are not in their place.
    const LIMIT: usize = 1000;

    pub(super) fn new(chain: Chain<'h>, delivered: Sequence, history_end: u64) -> Self {
        Self {
            chain,
            delivered,
            history_end,
            number: 0,
            offset: 0,
            last_hash: EventHash::NONE,
            explained_end: 0,
            strangers: Vec::new(),
            candidate: None,
            early: BTreeMap::new(),
            problems: Problems::default(),
            pending: 0,
        }
    }

    /// Takes the next line, its line feed included; the last one may lack it.
    pub(super) fn take(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.number = self.number.saturating_add(1);
        self.offset = self.offset.saturating_add(length(bytes));
        let is_in_step = self.strangers.is_empty() && self.candidate.is_none();
        if is_in_step && self.chain.due.as_ref().is_some_and(|due| due.line.as_bytes() == bytes) {
            self.pass_in_place()
        } else {
            self.take_other(bytes)
        }
    }

    fn pass_in_place(&mut self) -> anyhow::Result<()> {
        if let Some(passed) = self.chain.pass()? {
            self.last_hash = passed.hash;
            self.explained_end = self.offset;
            self.note_in_place(&passed, self.number);
        }
        Ok(())
    }

    /// Takes a line that is not the event that is due, or comes after some that are not.
    fn take_other(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let hash = EventHash::of(bytes);
        let previous_hash = std::mem::replace(&mut self.last_hash, hash);
        let claims = Link::of(bytes).sequence;
        let line = Line { number: self.number, length: length(bytes), end: self.offset, previous_hash, claims };
        let Some(event) = claims else { return self.take_stranger(line) };
        match self.chain.load(event)?.filter(|own| own.line.as_bytes() == bytes) {
            Some(_) if event < self.chain.next() => self.take_late(event),
            Some(own) => self.take_own(Own { event, start_offset: own.start_offset(), line })?,
            None => {
                self.chain.note_stranger(event, hash);
                self.take_stranger(line)?;
            }
        }
        Ok(())
    }

    fn take_stranger(&mut self, line: Line) -> anyhow::Result<()> {
        self.strangers.push(line);
        if self.strangers.len() < Self::LIMIT {
            return Ok(());
        }
        if let Some(candidate) = self.candidate.take() {
            return self.accept(&candidate);
        }
        // Nothing of the book's for so long: each line stands for an event, as long as there are any.
        let first = self.strangers.drain(..Self::LIMIT / 2).collect::<Vec<_>>();
        let event = self.chain.next().saturating_add(count(first.len())).min(self.chain.end());
        if let Some(line) = first.last().cloned() {
            self.explained_end = line.end;
            let found = self.explain(&first, &Stretch::Before(&Own { event, start_offset: 0, line }))?;
            self.problems.append(found);
        }
        Ok(())
    }

    /// Takes one of the book's lines whose event was due before.
    fn take_late(&mut self, event: Sequence) {
        let problem = match self.problems.take_missing(event) {
            Some(line) => Problem::at(ProblemKind::Reordered, event, line, 1),
            None => Problem::at(self.surplus(), self.chain.follows(), self.number, 1),
        };
        self.problems.add(problem);
    }

    /// What a line is that is one too many.
    fn surplus(&self) -> ProblemKind {
        if self.chain.due.is_some() { ProblemKind::Inserted } else { ProblemKind::ForeignTail }
    }

    /// Takes one of the book's lines whose event is due or will be.
    fn take_own(&mut self, own: Own) -> anyhow::Result<()> {
        if let Some(candidate) = self.candidate.take() {
            if candidate.own.event < own.event {
                self.accept(&candidate)?;
            } else {
                self.note_early(&candidate.own);
            }
        }
        let next = self.chain.next();
        if own.event == next || self.events_between(next, own.event) == count(self.strangers.len()) {
            let strangers = std::mem::take(&mut self.strangers);
            self.anchor(&own, &strangers)
        } else {
            self.candidate = Some(Candidate { own, strangers: self.strangers.len() });
            Ok(())
        }
    }

    /// Events from `next` on, and before `until`, whose lines have not come yet.
    fn events_between(&self, next: Sequence, until: Sequence) -> u64 {
        until.saturating_sub(next).saturating_sub(count(self.early.range(next..until.max(next)).count()))
    }

    /// A candidate is in its place.
    fn accept(&mut self, candidate: &Candidate) -> anyhow::Result<()> {
        let strangers = self.strangers.drain(..candidate.strangers).collect::<Vec<_>>();
        self.anchor(&candidate.own, &strangers)
    }

    /// Explains the lines before one that is in its place, and passes that.
    fn anchor(&mut self, own: &Own, strangers: &[Line]) -> anyhow::Result<()> {
        let mut found = self.explain(strangers, &Stretch::Before(own))?;
        let Some(mut passed) = self.chain.pass()? else { return Ok(()) };
        let is_log_linked = passed.previous_hash == Some(own.line.previous_hash);
        if !passed.is_linked && is_log_linked && found.blame_the_book() {
            passed.is_linked = true;
        }
        self.problems.append(found);
        self.note_in_place(&passed, own.line.number);
        self.explained_end = own.line.end;
        Ok(())
    }

    fn note_in_place(&mut self, passed: &Passed, line: u64) {
        self.early.remove(&passed.sequence).into_iter().for_each(|problem| self.problems.add(problem));
        passed.problems(Some(line)).for_each(|problem| self.problems.add(problem));
    }

    /// One of the book's lines came before its turn. Whether it is in its place as well will be seen.
    fn note_early(&mut self, own: &Own) {
        let problem = Problem::at(ProblemKind::Inserted, self.chain.follows(), own.line.number, 1);
        if self.early.len() < Self::LIMIT && !self.early.contains_key(&own.event) {
            self.early.insert(own.event, problem);
        } else {
            self.problems.add(problem);
        }
    }

    /// Passes the events of a stretch, and says what became of them and of the strangers in their place.
    fn explain(&mut self, strangers: &[Line], stretch: &Stretch<'_>) -> anyhow::Result<Problems> {
        let next_line = self.number.saturating_add(1);
        let (until, end_offset, next_line) = match stretch {
            Stretch::Before(own) => (own.event, own.start_offset, own.line.number),
            Stretch::Rest | Stretch::Torn => (self.chain.end(), self.history_end, next_line),
        };
        let room = strangers.iter().fold(0_u64, |room, line| room.saturating_add(line.length));
        // Overwritten in place, perhaps with line feeds more or less.
        let is_one_for_one = count(strangers.len()) == self.events_between(self.chain.next(), until)
            || self.chain.offset.saturating_add(room) == end_offset;
        let (mut found, mut lines, mut line) = (Problems::default(), strangers.iter().peekable(), None);
        while self.chain.next() < until {
            let Some(passed) = self.chain.pass()? else { break };
            let event = passed.sequence;
            passed.problems(None).for_each(|problem| found.add(problem));
            if let Some(early) = self.early.remove(&event) {
                found.add(Problem { kind: ProblemKind::Reordered, ..early });
                continue;
            }
            line = if is_one_for_one {
                lines.next().or(line)
            } else {
                lines.next_if(|line| line.claims.is_none_or(|claim| claim <= event || claim >= until))
            };
            match (line, stretch) {
                (Some(line), _) => found.add(Problem::at(ProblemKind::Edited, event, line.number, 1)),
                (None, Stretch::Rest | Stretch::Torn) if event > self.delivered => {
                    self.pending = self.pending.saturating_add(1);
                }
                (None, Stretch::Torn) => {}
                (None, Stretch::Before(_) | Stretch::Rest) => {
                    found.add(Problem::at(ProblemKind::Missing, event, next_line, 1));
                }
            }
        }
        if let (Some(first), false) = (lines.next(), is_one_for_one) {
            let many = count(lines.count()).saturating_add(1);
            found.add(Problem::at(self.surplus(), self.chain.follows(), first.number, many));
        }
        Ok(found)
    }

    /// Ends the log and pronounces. `is_torn` says whether what the log holds from an offset on can be
    /// what a crash left of the events after one: then that is all there is to say of its end.
    pub(super) fn finish(
        mut self,
        is_torn: impl FnOnce(u64, Sequence) -> anyhow::Result<bool>,
    ) -> anyhow::Result<Verdict> {
        if let Some(candidate) = self.candidate.take() {
            self.accept(&candidate)?;
        }
        let strangers = std::mem::take(&mut self.strangers);
        let found = match (strangers.first(), self.chain.due.as_ref().map(|due| due.sequence)) {
            (Some(first), Some(due)) if is_torn(self.explained_end, self.chain.follows().saturating_sub(1))? => {
                self.problems.add(Problem::at(ProblemKind::Torn, due, first.number, 1));
                self.explain(&[], &Stretch::Torn)?
            }
            _ => self.explain(&strangers, &Stretch::Rest)?,
        };
        self.problems.append(found);
        self.chain.refuted_heads().for_each(|problem| self.problems.add(problem));
        let (problems, left_off) = self.problems.into_sorted();
        let Chain { last: head, count: events, .. } = self.chain;
        Ok(Verdict { events, head, pending: self.pending, problems, left_off })
    }
}
