//! Which lines of the log stand for which events of the book.

use std::ops::RangeInclusive;

use super::problem::{Fault, Problem};
use crate::domain::Sequence;
use crate::log::EventHash;

/// A line of the log that is not simply the event that was due.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Counted from 1.
    pub(super) number: u64,
    /// In bytes, the line feed included.
    pub(super) length: u64,
    pub(super) hash: EventHash,
    /// The event that it says it is.
    pub(super) claims: Option<Sequence>,
    /// Whether it is that event, byte for byte.
    pub(super) is_genuine: bool,
    /// Whether a crash can have left it of what belongs at this place of the file.
    pub(super) is_remnant: bool,
}

/// The lines that stay in place: of those that are the book's own from event `next` on, as many as
/// are in the book's order. The other lines are explained by where they stand between these.
pub(super) fn in_place(lines: &[Seen], next: Sequence) -> Vec<usize> {
    let genuine = lines.iter().enumerate().filter(|(_, seen)| seen.is_genuine);
    let genuine = genuine.filter_map(|(at, seen)| Some((at, seen.claims.filter(|claim| *claim >= next)?)));
    longest_rise(&genuine.collect::<Vec<_>>())
}

/// The longest part of `(place, number)` pairs, in order of place, whose numbers rise; the places.
fn longest_rise(pairs: &[(usize, Sequence)]) -> Vec<usize> {
    // For each length, where the rise of that length ends that ends lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let number = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, (_, this)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| number(*end) < *this);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut places = Vec::with_capacity(ends.len());
    let mut last = ends.last().copied();
    while let Some(at) = last {
        places.extend(pairs.get(at).map(|pair| pair.0));
        last = before.get(at).copied().flatten();
    }
    places.reverse();
    places
}

/// Events that no line of the log is known to be, in order.
#[derive(Debug, Default)]
pub(super) struct Events {
    ranges: Vec<RangeInclusive<Sequence>>,
}

impl Events {
    /// Adds an event after all the others.
    pub(super) fn push(&mut self, sequence: Sequence) {
        match self.ranges.last_mut() {
            Some(last) if last.end().checked_add(1) == Some(sequence) => *last = *last.start()..=sequence,
            Some(_) | None => self.ranges.push(sequence..=sequence),
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.ranges.iter().fold(0, |count, range| count.saturating_add(length(range)))
    }

    pub(super) fn first(&self) -> Option<Sequence> {
        self.ranges.first().map(|range| *range.start())
    }

    fn contains(&self, sequence: Sequence) -> bool {
        self.ranges.iter().any(|range| range.contains(&sequence))
    }

    /// Takes away the events before this one.
    fn take_before(&mut self, sequence: Sequence) -> Self {
        let mut taken = Self::default();
        let mut kept = Vec::new();
        for range in self.ranges.drain(..) {
            let (start, end) = range.into_inner();
            if start < sequence {
                taken.ranges.push(start..=end.min(sequence.saturating_sub(1)));
            }
            if end >= sequence {
                kept.push(start.max(sequence)..=end);
            }
        }
        self.ranges = kept;
        taken
    }

    fn take_first(&mut self) -> Option<Sequence> {
        let first = self.first()?;
        self.take_before(first.saturating_add(1));
        Some(first)
    }
}

fn length(range: &RangeInclusive<Sequence>) -> u64 {
    range.end().saturating_sub(*range.start()).saturating_add(1)
}

/// A stretch of the log between two lines that are in place, or after the last of them.
pub(super) struct Stretch<'l> {
    /// Lines that are not the book's.
    pub(super) strangers: Vec<&'l Seen>,
    /// Events that should stand here.
    pub(super) events: Events,
    /// Whether lines and events take the same room in the file, so that nothing was moved.
    pub(super) is_same_room: bool,
    /// The line after, and its event.
    pub(super) next_line: u64,
    pub(super) next_event: Sequence,
    /// Whether nothing that is the book's follows.
    pub(super) is_last: bool,
}

impl Stretch<'_> {
    /// What became of the events, and where the lines come from.
    pub(super) fn explain(mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let lines = std::mem::take(&mut self.strangers);
        let mut events = std::mem::take(&mut self.events);
        let is_one_for_one = self.is_same_room || u64::try_from(lines.len()).ok() == Some(events.count());
        if let (Some(first), true) = (lines.first(), is_one_for_one && events.count() > 0) {
            // Overwritten in place, perhaps with line feeds more or less.
            for range in events.ranges {
                problems.push(Problem::at(Fault::Edited, *range.start(), first.number, length(&range)));
            }
            return problems;
        }
        let mut unclaimed = Vec::new();
        for line in lines {
            let claimed = line.claims.filter(|claim| events.contains(*claim));
            let Some(claim) = claimed else {
                unclaimed.push(line);
                continue;
            };
            let before = events.take_before(claim);
            self.pair(&std::mem::take(&mut unclaimed), before, line.number, claim, &mut problems);
            problems.push(Problem::at(Fault::Edited, claim, line.number, 1));
            events.take_first();
        }
        self.pair(&unclaimed, events, self.next_line, self.next_event, &mut problems);
        problems
    }

    /// Lines that do not say which events they are, one for each event as far as there are any.
    fn pair(
        &self,
        lines: &[&Seen],
        mut events: Events,
        next_line: u64,
        next_event: Sequence,
        problems: &mut Vec<Problem>,
    ) {
        let mut surplus = lines.iter();
        while let Some((line, event)) = surplus.as_slice().first().zip(events.first()) {
            problems.push(Problem::at(Fault::Edited, event, line.number, 1));
            events.take_first();
            surplus.next();
        }
        if let Some(line) = surplus.as_slice().first() {
            let is_tail = self.is_last && next_line == self.next_line;
            let fault = if is_tail { Fault::ForeignTail } else { Fault::Inserted };
            let count = u64::try_from(surplus.len()).unwrap_or(u64::MAX);
            problems.push(Problem::at(fault, next_event, line.number, count));
        }
        for range in events.ranges {
            problems.push(Problem::at(Fault::Missing, *range.start(), next_line, length(&range)));
        }
    }
}
