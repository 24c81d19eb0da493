//! Compares the log's lines with the book's events.

use std::collections::BTreeMap;

use super::chain::{Chain, PassedEvent, byte_length, count};
use super::link::Link;
use super::problem::{Problem, ProblemKind, Problems};
use super::verdict::Verdict;
use crate::domain::Sequence;
use crate::log::EventHash;

/// Compares a log, line by line, with the history that it should hold. Keeps a bounded number of lines
/// in memory, however many there are.
pub(super) struct Comparison<'h> {
    chain: Chain<'h>,
    /// The last event that was delivered: later ones need not be in the log.
    delivered: Sequence,
    /// Where the log of the whole history ends.
    history_end: u64,
    /// The number of lines read, their length in bytes, and the hash of the last one.
    number: u64,
    offset: u64,
    last_hash: EventHash,
    /// Where the part of the log that has been explained ends.
    explained_end: u64,
    /// Lines after it that are not the book's.
    foreign: Vec<LogLine>,
    /// One of the book's lines after it, which is in place if the next one is a later event.
    candidate: Option<Candidate>,
    /// Events whose lines came too early, each with the problem to report if its line comes again.
    early: BTreeMap<Sequence, Problem>,
    problems: Problems,
    /// Events missing from the log because they have not been delivered to it.
    pending: u64,
}

/// A line of the log that is not simply the event that was due.
#[derive(Clone)]
struct LogLine {
    /// Counted from 1.
    number: u64,
    /// Its length in bytes, line feed included, and the offset of its end.
    length: u64,
    end: u64,
    /// The hash of the line before.
    previous_hash: EventHash,
    /// The number of the event that it claims to be.
    claims: Option<Sequence>,
}

/// One of the book's lines, and where it belongs according to the book.
struct BookLine {
    event: Sequence,
    start_offset: u64,
    line: LogLine,
}

struct Candidate {
    book_line: BookLine,
    /// How many foreign lines come before it.
    foreign: usize,
}

/// A run of events, some of which may not be in the log.
enum Run<'l> {
    /// Those before one whose line is in place.
    Before(&'l BookLine),
    /// All remaining ones.
    Rest,
    /// All remaining ones, where the log is torn.
    Torn,
}

impl<'h> Comparison<'h> {
    /// How many foreign lines, and how many early ones, are kept in memory.
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
            foreign: Vec::new(),
            candidate: None,
            early: BTreeMap::new(),
            problems: Problems::default(),
            pending: 0,
        }
    }

    /// Reads the next line, its line feed included; the last one may lack it.
    pub(super) fn add_line(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.number = self.number.saturating_add(1);
        self.offset = self.offset.saturating_add(byte_length(bytes));
        let is_aligned = self.foreign.is_empty() && self.candidate.is_none();
        if is_aligned && self.chain.due.as_ref().is_some_and(|due| due.line.as_bytes() == bytes) {
            self.pass_in_place()
        } else {
            self.add_out_of_step(bytes)
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

    /// Reads a line that is not the event that is due, or that follows lines which are not.
    fn add_out_of_step(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let hash = EventHash::of(bytes);
        let previous_hash = std::mem::replace(&mut self.last_hash, hash);
        let claims = Link::of(bytes).sequence;
        let line = LogLine { number: self.number, length: byte_length(bytes), end: self.offset, previous_hash, claims };
        let Some(event) = claims else { return self.add_foreign(line) };
        match self.chain.load(event)?.filter(|book_line| book_line.line.as_bytes() == bytes) {
            Some(_) if event < self.chain.next() => self.add_late(event),
            Some(book_line) => self.add_book_line(BookLine { event, start_offset: book_line.start_offset(), line })?,
            None => {
                self.chain.note_foreign(event, hash);
                self.add_foreign(line)?;
            }
        }
        Ok(())
    }

    fn add_foreign(&mut self, line: LogLine) -> anyhow::Result<()> {
        self.foreign.push(line);
        if self.foreign.len() < Self::LIMIT {
            return Ok(());
        }
        if let Some(candidate) = self.candidate.take() {
            return self.accept(&candidate);
        }
        // After so many lines that are not the book's, pair each with an event as long as there are any.
        let first = self.foreign.drain(..Self::LIMIT / 2).collect::<Vec<_>>();
        let event = self.chain.next().saturating_add(count(first.len())).min(self.chain.end());
        if let Some(line) = first.last().cloned() {
            self.explained_end = line.end;
            let found = self.explain(&first, &Run::Before(&BookLine { event, start_offset: 0, line }))?;
            self.problems.append(found);
        }
        Ok(())
    }

    /// Handles one of the book's lines whose event was due earlier.
    fn add_late(&mut self, event: Sequence) {
        let problem = match self.problems.take_missing(event) {
            Some(line) => Problem::at(ProblemKind::Reordered, event, line, 1),
            None => Problem::at(self.surplus(), self.chain.follows(), self.number, 1),
        };
        self.problems.add(problem);
    }

    /// The kind of problem for a superfluous line.
    fn surplus(&self) -> ProblemKind {
        if self.chain.due.is_some() { ProblemKind::Inserted } else { ProblemKind::ForeignTail }
    }

    /// Handles one of the book's lines whose event is due now or later.
    fn add_book_line(&mut self, book_line: BookLine) -> anyhow::Result<()> {
        if let Some(candidate) = self.candidate.take() {
            if candidate.book_line.event < book_line.event {
                self.accept(&candidate)?;
            } else {
                self.note_early(&candidate.book_line);
            }
        }
        let next = self.chain.next();
        if book_line.event == next || self.events_between(next, book_line.event) == count(self.foreign.len()) {
            let foreign = std::mem::take(&mut self.foreign);
            self.anchor(&book_line, &foreign)
        } else {
            self.candidate = Some(Candidate { book_line, foreign: self.foreign.len() });
            Ok(())
        }
    }

    /// How many events from `next` up to, but not including, `until` are still without a line.
    fn events_between(&self, next: Sequence, until: Sequence) -> u64 {
        until.saturating_sub(next).saturating_sub(count(self.early.range(next..until.max(next)).count()))
    }

    /// Accepts that a candidate is in place.
    fn accept(&mut self, candidate: &Candidate) -> anyhow::Result<()> {
        let foreign = self.foreign.drain(..candidate.foreign).collect::<Vec<_>>();
        self.anchor(&candidate.book_line, &foreign)
    }

    /// Explains the lines before one that is in place, and passes its event.
    fn anchor(&mut self, book_line: &BookLine, foreign: &[LogLine]) -> anyhow::Result<()> {
        let mut found = self.explain(foreign, &Run::Before(book_line))?;
        let Some(mut passed) = self.chain.pass()? else { return Ok(()) };
        let is_log_linked = passed.previous_hash == Some(book_line.line.previous_hash);
        if !passed.is_linked && is_log_linked && found.blame_the_book() {
            passed.is_linked = true;
        }
        self.problems.append(found);
        self.note_in_place(&passed, book_line.line.number);
        self.explained_end = book_line.line.end;
        Ok(())
    }

    fn note_in_place(&mut self, passed: &PassedEvent, line: u64) {
        self.early.remove(&passed.sequence).into_iter().for_each(|problem| self.problems.add(problem));
        passed.problems(Some(line)).for_each(|problem| self.problems.add(problem));
    }

    /// Notes one of the book's lines that came too early; whether it is in place after all is not known yet.
    fn note_early(&mut self, book_line: &BookLine) {
        let problem = Problem::at(ProblemKind::Inserted, self.chain.follows(), book_line.line.number, 1);
        if self.early.len() < Self::LIMIT && !self.early.contains_key(&book_line.event) {
            self.early.insert(book_line.event, problem);
        } else {
            self.problems.add(problem);
        }
    }

    /// Passes a run of events and reports what happened to each, and to the foreign lines in its place.
    fn explain(&mut self, foreign: &[LogLine], run: &Run<'_>) -> anyhow::Result<Problems> {
        let next_line = self.number.saturating_add(1);
        let (until, end_offset, next_line) = match run {
            Run::Before(book_line) => (book_line.event, book_line.start_offset, book_line.line.number),
            Run::Rest | Run::Torn => (self.chain.end(), self.history_end, next_line),
        };
        let room = foreign.iter().fold(0_u64, |room, line| room.saturating_add(line.length));
        // Overwritten in place, perhaps with more or fewer line feeds.
        let is_one_for_one = count(foreign.len()) == self.events_between(self.chain.next(), until)
            || self.chain.offset.saturating_add(room) == end_offset;
        let (mut found, mut lines, mut line) = (Problems::default(), foreign.iter().peekable(), None);
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
            match (line, run) {
                (Some(line), _) => found.add(Problem::at(ProblemKind::Edited, event, line.number, 1)),
                (None, Run::Rest | Run::Torn) if event > self.delivered => {
                    self.pending = self.pending.saturating_add(1);
                }
                (None, Run::Torn) => {}
                (None, Run::Before(_) | Run::Rest) => {
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

    /// Ends the comparison. `is_torn` tells whether the bytes from an offset on can be what a crash left of
    /// the events after a given one; if so, nothing else is reported about the end of the log.
    pub(super) fn finish(
        mut self,
        is_torn: impl FnOnce(u64, Sequence) -> anyhow::Result<bool>,
    ) -> anyhow::Result<Verdict> {
        if let Some(candidate) = self.candidate.take() {
            self.accept(&candidate)?;
        }
        let foreign = std::mem::take(&mut self.foreign);
        let found = match (foreign.first(), self.chain.due.as_ref().map(|due| due.sequence)) {
            (Some(first), Some(due)) if is_torn(self.explained_end, self.chain.follows().saturating_sub(1))? => {
                self.problems.add(Problem::at(ProblemKind::Torn, due, first.number, 1));
                self.explain(&[], &Run::Torn)?
            }
            _ => self.explain(&foreign, &Run::Rest)?,
        };
        self.problems.append(found);
        self.chain.refuted_heads().for_each(|problem| self.problems.add(problem));
        let (problems, left_off) = self.problems.into_sorted();
        let Chain { last: head, count: events, .. } = self.chain;
        Ok(Verdict { events, head, pending: self.pending, problems, left_off })
    }
}
