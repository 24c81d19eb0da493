//! Whether an audit log is what the book's history says: the log against the chain, the log
//! against the history, and both against heads that were noted elsewhere.
//!
//! The history is gone through in order, and the log's lines beside it. As long as the next line is
//! the event that is due, both go on. Where it is not, lines are gathered until there are enough of
//! them to tell what happened: as many of the book's own lines as are in the book's order stay in
//! place, and what lies between two of them is explained by itself, so that one edited line is one
//! problem and not one for every line after it.
//!
//! Which side was changed is told by the chain: the next line that both have names the hash of
//! the line before, and only one of the two has such a line.

mod alignment;
mod link;
mod problem;
mod verdict;
mod walk;

use std::collections::BTreeMap;

pub use problem::{Fault, Problem, Witness};
pub use verdict::{LogState, Verdict};

use crate::bus::StoredEvent;
use crate::domain::Sequence;
use crate::log::{EventHash, Head};
use alignment::{Events, Seen, Stretch, in_place};
use link::Link;
use problem::Problems;
use walk::{Passed, Walk};

/// The history that a log should hold.
pub trait History {
    /// Why it cannot be read.
    type Error;

    /// The event after the one that was given last, beginning with the first.
    ///
    /// # Errors
    /// If it cannot be read.
    fn next_event(&mut self) -> Result<Option<StoredEvent>, Self::Error>;

    /// The line of the event with this number, if there is one.
    ///
    /// # Errors
    /// If it cannot be read.
    fn line(&mut self, sequence: Sequence) -> Result<Option<String>, Self::Error>;
}

/// Judges a log that is handed over line by line. It keeps some hundred lines in mind, however
/// many there are.
pub struct LogJudge<H> {
    walk: Walk<H>,
    /// Lines handed over so far, and their bytes.
    number: u64,
    offset: u64,
    /// The hash of the last line that is accounted for.
    log_hash: EventHash,
    /// Lines that are not accounted for yet.
    gathered: Vec<Seen>,
    overlay: Option<Overlay>,
    /// Events that came before their turn, and where.
    early: BTreeMap<Sequence, Place>,
    /// Events that did not come when it was their turn, by the first of a row: the last, and where.
    absent: BTreeMap<Sequence, (Sequence, u64)>,
    problems: Problems,
    /// The last event whose line is known to have been in the log.
    delivered: Sequence,
}

/// A line of the log, and the event that was due there.
#[derive(Debug, Clone, Copy)]
struct Place {
    due: Sequence,
    line: u64,
}

/// The bytes that belong where the gathered lines are: where the next of them stands.
struct Overlay {
    event: Sequence,
    within: usize,
}

impl<H: History> LogJudge<H> {
    /// Lines that are gathered to tell what happened.
    const GATHERED: usize = 1000;

    /// A judge of the log that should hold this history. Lines after that of the event `delivered`
    /// need not be there yet, or not whole.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn new(history: H, delivered: Sequence, heads: &[Head]) -> Result<Self, H::Error> {
        Ok(Self {
            walk: Walk::new(history, heads)?,
            number: 0,
            offset: 0,
            log_hash: EventHash::NONE,
            gathered: Vec::new(),
            overlay: None,
            early: BTreeMap::new(),
            absent: BTreeMap::new(),
            problems: Problems::default(),
            delivered,
        })
    }

    /// Takes the next line, its line feed included; the last one may lack it.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn take(&mut self, line: &[u8]) -> Result<(), H::Error> {
        self.number = self.number.saturating_add(1);
        if self.gathered.is_empty() && self.walk.due().is_some_and(|due| due.line.as_bytes() == line) {
            self.pass_in_place(self.number)?;
        } else {
            let seen = self.look_at(line)?;
            self.gathered.push(seen);
            if self.gathered.len() >= Self::GATHERED {
                self.account(false)?;
            }
        }
        self.offset = self.offset.saturating_add(bytes(line));
        Ok(())
    }

    /// Ends the log and pronounces.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn finish(mut self) -> Result<Verdict, H::Error> {
        self.account(true)?;
        let absent = self.absent.into_iter().map(|(first, (last, line))| {
            Problem::at(Fault::Missing, first, line, last.saturating_sub(first).saturating_add(1))
        });
        let refuted = self.walk.refuted_heads().map(|(head, witness)| {
            let fault = witness.map_or(Fault::HeadMissing, Fault::HeadMismatch);
            Problem { fault, sequence: head.sequence, line: None, count: 1 }
        });
        let (problems, left_off) = self.problems.into_sorted_with(absent.chain(refuted));
        let verdict = Verdict { events: self.walk.count(), head: self.walk.last(), pending: 0, problems, left_off };
        Ok(verdict.with_delivered(self.delivered))
    }

    fn look_at(&mut self, line: &[u8]) -> Result<Seen, H::Error> {
        if self.gathered.is_empty() && self.offset == self.walk.length() {
            self.overlay = Some(Overlay { event: self.walk.next(), within: 0 });
        }
        let claims = Link::of(line).sequence;
        let is_genuine = match claims {
            Some(sequence) => self.walk.line(sequence)?.is_some_and(|own| own.as_bytes() == line),
            None => false,
        };
        let is_remnant = self.lay_over(line)?;
        Ok(Seen { number: self.number, length: bytes(line), hash: EventHash::of(line), claims, is_genuine, is_remnant })
    }

    /// Whether bytes can be what a crash left of those that belong there: ours or zero.
    fn lay_over(&mut self, mut line: &[u8]) -> Result<bool, H::Error> {
        while let (Some(overlay), false) = (&mut self.overlay, line.is_empty()) {
            let own = self.walk.line(overlay.event)?.unwrap_or_default();
            let own = own.as_bytes().get(overlay.within..).unwrap_or_default();
            let (piece, rest) = line.split_at(line.len().min(own.len()));
            if own.is_empty() || piece.iter().zip(own).any(|(there, ours)| there != ours && *there != 0) {
                self.overlay = None;
            } else if piece.len() == own.len() {
                *overlay = Overlay { event: overlay.event.saturating_add(1), within: 0 };
            } else {
                overlay.within = overlay.within.saturating_add(piece.len());
            }
            line = rest;
        }
        Ok(self.overlay.is_some())
    }

    /// Accounts for the gathered lines, as far as that can be done before the next ones come.
    fn account(&mut self, is_end: bool) -> Result<(), H::Error> {
        let gathered = std::mem::take(&mut self.gathered);
        let mut rest = gathered.as_slice();
        for anchor in in_place(&gathered, self.walk.next()) {
            let done = gathered.len().saturating_sub(rest.len());
            let (before, from) = rest.split_at(anchor.saturating_sub(done));
            let Some((anchor, after)) = from.split_first() else { break };
            self.explain_up_to(anchor, before)?;
            rest = after;
        }
        if is_end {
            return self.explain_end(rest);
        }
        if rest.len() == gathered.len() {
            let (half, after) = rest.split_at(gathered.len() / 2);
            let explained = self.explain(half, Some(self.claimed_up_to(half)), after.first())?;
            self.report(explained);
            rest = after;
        }
        self.gathered = rest.to_vec();
        Ok(())
    }

    /// Where nothing is in place: the event up to which lines may go, by what they claim to be or,
    /// where they claim nothing that is near, by their number.
    fn claimed_up_to(&self, lines: &[Seen]) -> Sequence {
        let next = self.walk.next();
        let lines_end = next.saturating_add(count(lines.len()));
        let reach = lines_end.saturating_add(count(Self::GATHERED));
        let claims = lines.iter().filter_map(|seen| seen.claims).filter(|claim| (next..reach).contains(claim));
        claims.max().map_or(lines_end, |last| last.saturating_add(1))
    }

    /// Explains the lines before one that is in place, and passes that.
    fn explain_up_to(&mut self, anchor: &Seen, lines: &[Seen]) -> Result<(), H::Error> {
        let due = self.walk.next();
        let mut explained = self.explain(lines, anchor.claims, Some(anchor))?;
        if due > self.delivered {
            explained.forgive_remnants(due, lines);
        }
        let before = lines.last().map_or(self.log_hash, |last| last.hash);
        let Some(mut passed) = self.walk.pass()? else { return Ok(()) };
        let is_log_linked = passed.previous_hash == Some(before) && !explained.problems.is_empty();
        if is_log_linked && !passed.is_linked {
            explained.blame_the_book();
            passed.is_linked = true;
        }
        self.report(explained);
        self.note(&passed, anchor.number);
        self.log_hash = anchor.hash;
        Ok(())
    }

    /// Explains the lines after the last one that is in place.
    fn explain_end(&mut self, lines: &[Seen]) -> Result<(), H::Error> {
        let due = self.walk.due().map(|due| due.sequence);
        let mut explained = self.explain(lines, None, None)?;
        if let Some(due) = due {
            explained.forgive_remnants(due, lines);
        }
        self.report(explained);
        Ok(())
    }

    /// Explains lines that stand where the events from the next one to `until` should, and passes
    /// those. `then` is the line after them.
    fn explain(&mut self, lines: &[Seen], until: Option<Sequence>, then: Option<&Seen>) -> Result<Explained, H::Error> {
        let due = self.walk.follows();
        let put_in = if self.walk.due().is_some() { Fault::Inserted } else { Fault::ForeignTail };
        let (mut strangers, mut problems) = (Vec::new(), Vec::new());
        for seen in lines {
            match seen.claims {
                Some(claim) if seen.is_genuine => {
                    problems.extend(self.displace(claim, Place { due, line: seen.number }, put_in));
                }
                Some(claim) if !seen.is_remnant => self.walk.note_stranger(claim, seen.hash),
                Some(_) | None => {}
            }
            strangers.extend((!seen.is_genuine).then_some(seen));
        }
        let room = lines.iter().fold(0_u64, |room, seen| room.saturating_add(seen.length));
        let (mut needed, mut events, mut in_book) = (0_u64, Events::default(), Problems::default());
        while until.is_none_or(|until| self.walk.next() < until) {
            let Some(passed) = self.walk.pass()? else { break };
            needed = needed.saturating_add(passed.length);
            match self.early.remove(&passed.sequence) {
                Some(place) => self.problems.add(Problem::at(Fault::Reordered, place.due, place.line, 1)),
                None => events.push(passed.sequence),
            }
            passed.problems(None).for_each(|problem| in_book.add(problem));
        }
        let stretch = Stretch {
            is_same_room: room == needed && strangers.len() == lines.len(),
            strangers,
            events,
            next_line: then.map_or(self.number.saturating_add(1), |then| then.number),
            next_event: self.walk.follows(),
            is_last: self.walk.due().is_none(),
        };
        self.log_hash = lines.last().map_or(self.log_hash, |last| last.hash);
        problems.extend(stretch.explain());
        Ok(Explained { problems, in_book })
    }

    fn report(&mut self, explained: Explained) {
        let Explained { problems, in_book } = explained;
        for problem in problems {
            match problem {
                // It may come yet.
                Problem { fault: Fault::Missing, sequence, line: Some(line), count } if self.has_room() => {
                    let last = sequence.saturating_add(count).saturating_sub(1);
                    self.absent.insert(sequence, (last, line));
                }
                problem => self.problems.add(problem),
            }
        }
        self.problems.append(in_book);
    }

    /// Takes note of one of the book's lines that is not in its place. `None` if it is not yet
    /// known whether it stands in its place as well; `put_in` if it does.
    fn displace(&mut self, event: Sequence, place: Place, put_in: Fault) -> Option<Problem> {
        if event >= place.due && self.has_room() && !self.early.contains_key(&event) {
            self.early.insert(event, place);
            return None;
        }
        let missed = if event < place.due { self.take_absent(event) } else { None };
        Some(match missed {
            Some(line) => Problem::at(Fault::Reordered, event, line, 1),
            None => Problem::at(put_in, place.due, place.line, 1),
        })
    }

    /// Whether more events can be kept in mind that are not in their place.
    fn has_room(&self) -> bool {
        self.early.len().saturating_add(self.absent.len()) < Problems::LIMIT
    }

    /// Where an event was missed that comes now.
    fn take_absent(&mut self, event: Sequence) -> Option<u64> {
        let (first, (last, line)) = self.absent.range(..=event).next_back().map(|(first, row)| (*first, *row))?;
        if event > last {
            return None;
        }
        self.absent.remove(&first);
        if first < event {
            self.absent.insert(first, (event.saturating_sub(1), line));
        }
        if event < last {
            self.absent.insert(event.saturating_add(1), (last, line));
        }
        Some(line)
    }

    /// Passes the event that is due and whose line this is.
    fn pass_in_place(&mut self, line: u64) -> Result<(), H::Error> {
        if let Some(passed) = self.walk.pass()? {
            self.note(&passed, line);
        }
        self.log_hash = self.walk.last().map_or(EventHash::NONE, |last| last.hash);
        Ok(())
    }

    /// Takes note of an event that is in its place.
    fn note(&mut self, passed: &Passed, line: u64) {
        if let Some(place) = self.early.remove(&passed.sequence) {
            self.problems.add(Problem::at(Fault::Inserted, place.due, place.line, 1));
        }
        passed.problems(Some(line)).for_each(|problem| self.problems.add(problem));
    }
}

/// What is wrong in a stretch of the log, and with the events that it stands for.
struct Explained {
    problems: Vec<Problem>,
    in_book: Problems,
}

impl Explained {
    /// If the lines are what a crash can have left of those from the event `due` on, that is all
    /// there is to say.
    fn forgive_remnants(&mut self, due: Sequence, lines: &[Seen]) {
        let is_remnant = lines.iter().all(|seen| seen.is_remnant && !seen.is_genuine);
        if let (Some(first), true) = (lines.first(), is_remnant) {
            self.problems = vec![Problem::at(Fault::Torn, due, first.number, 1)];
        }
    }

    /// It is not the log that was changed.
    fn blame_the_book(&mut self) {
        let Some(first) = self.problems.first() else { return };
        let end = |problem: &Problem| problem.sequence.saturating_add(problem.count);
        let last = self.problems.iter().map(end).max().unwrap_or_default();
        let count = last.saturating_sub(first.sequence);
        self.problems = vec![Problem { fault: Fault::BookAltered, count, ..first.clone() }];
        self.in_book = Problems::default();
    }
}

fn bytes(line: &[u8]) -> u64 {
    count(line.len())
}

fn count(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
