//! Forgeries, and what they are reported as.

use std::io::Cursor;

use proptest::prelude::*;

use super::chain::count;
use super::link::Link;
use super::*;
use crate::bus::StreamNumber;
use crate::domain::EventType;
use crate::log::EventHash;

mod precise;

/// A book's history in memory.
struct Lines(Vec<StoredEvent>);

impl History for Lines {
    fn load_since(&self, sequence: Sequence, limit: usize) -> anyhow::Result<Vec<StoredEvent>> {
        let from = self.0.partition_point(|event| event.sequence <= sequence);
        Ok(self.0[from..].iter().take(limit).cloned().collect())
    }
}

/// Lines with these contents, chained.
fn chained<C: AsRef<str>>(contents: impl IntoIterator<Item = C>) -> Vec<String> {
    let mut previous_hash = EventHash::NONE;
    let line = |(sequence, content): (u64, C)| {
        let content = content.as_ref();
        let line =
            format!("{{\"sequence\":{sequence},\"data\":\"{content}\",\"previous_hash\":\"{previous_hash}\"}}\n");
        previous_hash = EventHash::of(&line);
        line
    };
    (1..).zip(contents).map(line).collect()
}

fn history(many: u64) -> Vec<String> {
    chained((1..=many).map(|n| format!("what happened as number {n}")))
}

/// The book that holds these lines.
fn book(lines: &[String]) -> Lines {
    let mut end_offset = 0_u64;
    let stored = |line: &String| {
        end_offset = end_offset.saturating_add(byte_length(line.as_bytes()));
        let sequence = Link::of(line.as_bytes()).sequence.unwrap();
        let (stream, event_type, line) = (StreamNumber::default(), EventType::BookCreated, line.clone());
        StoredEvent { sequence, stream, event_type, line, end_offset }
    };
    Lines(lines.iter().map(stored).collect())
}

fn judged(log: &[u8], book: &Lines, heads: &[Head]) -> Verdict {
    let progress = Progress { reached: book.0.last().cloned(), head: book.0.last().cloned() };
    compare(&mut Cursor::new(log), count(log.len()), book, &progress, heads, &mut || Ok(())).unwrap()
}

/// What is found in a log that should hold these lines: code, event, line and count.
fn found(log: &[u8], lines: &[String]) -> Vec<(&'static str, u64, u64, u64)> {
    let brief = |problem: &Problem| (problem.kind.code(), problem.sequence, problem.line.unwrap_or(0), problem.count);
    judged(log, &book(lines), &[]).problems.iter().map(brief).collect()
}

fn bytes_of<L: AsRef<str>>(lines: &[L]) -> Vec<u8> {
    lines.iter().flat_map(|line| line.as_ref().bytes()).collect()
}

fn head(lines: &[String], sequence: u64) -> Head {
    let line = lines.iter().zip(1..).find(|(_, number)| *number == sequence).unwrap().0;
    Head { sequence, hash: EventHash::of(line) }
}

/// The event that a byte of the log belongs to, whose line has the same number.
fn event_at(log: &[u8], at: usize) -> u64 {
    count(log[..at].split(|byte| *byte == b'\n').count())
}

#[test]
fn a_sound_log_has_no_problem_and_its_head_is_the_last_line_s() {
    for many in [0, 1, 2, 9, 3000] {
        let lines = history(many);
        let verdict = judged(&bytes_of(&lines), &book(&lines), &[]);
        let expected = (many > 0).then(|| head(&lines, many));
        assert_eq!(verdict, Verdict { events: many, head: expected, pending: 0, problems: vec![], left_off: 0 });
    }
}

#[test]
fn a_bit_that_is_flipped_anywhere_is_one_edited_event() {
    let lines = history(5);
    let whole = bytes_of(&lines);
    for at in 0..whole.len() {
        let event = event_at(&whole, at);
        for bit in 0..8 {
            let mut log = whole.clone();
            log[at] ^= 1 << bit;
            // A line feed that is lost takes the next line along; a zero at the end may be a crash's.
            let lost = if whole[at] == b'\n' && event < 5 { 2 } else { 1 };
            let code = if log[at] == 0 && event == 5 { "torn" } else { "edited" };
            assert_eq!(found(&log, &lines), [(code, event, event, lost)], "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn a_cut_anywhere_is_told_from_an_edit() {
    let lines = history(5);
    let whole = bytes_of(&lines);
    for length in 0..whole.len() {
        let event = event_at(&whole, length);
        let is_between = length == 0 || whole[length - 1] == b'\n';
        let expected = if is_between { ("missing", event, event, 6 - event) } else { ("torn", event, event, 1) };
        assert_eq!(found(&whole[..length], &lines), [expected], "{length} bytes");
    }
}

#[test]
fn zeros_at_the_end_are_a_crash_s_and_elsewhere_an_edit() {
    let lines = history(5);
    let whole = bytes_of(&lines);
    for from in 0..whole.len() {
        let event = event_at(&whole, from);
        let mut log = whole.clone();
        log[from..].fill(0);
        assert_eq!(found(&log, &lines), [("torn", event, event, 1)], "from {from}");
        // Shorter as well.
        log.truncate(from + (whole.len() - from).div_ceil(2));
        assert_eq!(found(&log, &lines), [("torn", event, event, 1)], "from {from}, and cut");
    }
    let mut log = whole.clone();
    let second = lines[0].len();
    log[second + 5..second + lines[1].len() + 5].fill(0);
    assert_eq!(found(&log, &lines), [("edited", 2, 2, 2)]);
}

#[test]
fn lines_that_are_taken_away_are_missing() {
    let lines = history(9);
    for first in 0..9 {
        for many in 1..=9 - first {
            let log = [&lines[..first], &lines[first + many..]].concat();
            let place = count(first + 1);
            assert_eq!(found(&bytes_of(&log), &lines), [("missing", place, place, count(many))]);
        }
    }
}

#[test]
fn lines_that_are_put_in_are_inserted() {
    let lines = history(9);
    let strange = "{\"sequence\":4,\"data\":\"never happened\",\"previous_hash\":\"\"}\n".to_owned();
    for at in 0..9 {
        for put_in in [strange.clone(), "\n".to_owned(), "not JSON\n".to_owned(), lines[2].clone(), lines[8].clone()] {
            let mut log = lines.clone();
            log.insert(at, put_in.clone());
            let place = count(at + 1);
            let found = found(&bytes_of(&log), &lines);
            // Of two equal lines side by side the second may be the one too many.
            let is_twin = lines[at] == put_in || at > 0 && lines[at - 1] == put_in;
            if is_twin {
                let code = if at == 8 { "foreign_tail" } else { "inserted" };
                assert_eq!(found.iter().map(|problem| problem.0).collect::<Vec<_>>(), [code]);
            } else {
                assert_eq!(found, [("inserted", place, place, 1)], "{put_in:?} at {at}");
            }
        }
    }
}

#[test]
fn lines_that_change_places_are_reordered_and_nothing_else() {
    let lines = history(9);
    for one in 0..9 {
        for other in one + 1..9 {
            let mut log = lines.clone();
            log.swap(one, other);
            let place = count(one + 1);
            let found = found(&bytes_of(&log), &lines);
            assert!(found.iter().all(|problem| problem.0 == "reordered"), "{found:?}");
            assert_eq!((found[0].1, found[0].2), (place, place), "{one} and {other}: {found:?}");
        }
        let mut moved = lines.clone();
        let line = moved.remove(one);
        moved.push(line);
        if one < 8 {
            let place = count(one + 1);
            assert_eq!(found(&bytes_of(&moved), &lines), [("reordered", place, place, 1)]);
        }
    }
}

#[test]
fn what_comes_after_the_last_event_is_a_foreign_tail() {
    let lines = history(3);
    for tail in ["\n", "x", "\0", "{\"sequence\":4}\n", "two\nlines\n", &lines[2]] {
        let log = [&bytes_of(&lines), tail.as_bytes()].concat();
        let found = found(&log, &lines);
        let many = count(tail.split_inclusive('\n').count());
        assert_eq!(found, [("foreign_tail", 4, 4, many)], "{tail:?}");
    }
}

#[test]
fn other_line_ends_are_edits_of_every_event() {
    let lines = history(5);
    let log: Vec<String> = lines.iter().map(|line| line.replace('\n', "\r\n")).collect();
    assert_eq!(found(&bytes_of(&log), &lines), [("edited", 1, 1, 5)]);
}

#[test]
fn several_forgeries_are_told_one_by_one() {
    let lines = history(40);
    let mut log = lines.clone();
    log[29] = lines[29].replace("happened", "happens");
    log.insert(20, "never\n".to_owned());
    log.swap(14, 15);
    log.remove(9);
    log[4] = lines[4].replace("happened", "HAPPENED");
    let found = found(&bytes_of(&log), &lines);
    assert_eq!(
        found,
        [
            ("edited", 5, 5, 1),
            ("missing", 10, 10, 1),
            ("reordered", 15, 14, 1),
            ("inserted", 21, 20, 1),
            ("edited", 30, 30, 1)
        ]
    );
}

#[test]
fn a_chain_forged_anew_is_seen_against_the_book_from_where_it_was_forged() {
    let contents = |forged: &'static str| (1..=3000).map(move |n| if n == 5 { forged } else { "honest" });
    let (lines, forged) = (chained(contents("honest")), chained(contents("forged")));
    assert_eq!(found(&bytes_of(&forged), &lines), [("edited", 5, 5, 2996)]);

    // The book alone does not show which side was altered; a head does.
    let faults = |log, own, noted: &[String]| -> Vec<_> {
        let verdict = judged(&bytes_of(log), &book(own), &[head(noted, 4), head(noted, 2000)]);
        verdict.problems.iter().map(|problem| (problem.kind, problem.sequence)).collect()
    };
    let edited = (ProblemKind::Edited, 5);
    assert_eq!(faults(&forged, &lines, &lines), [edited, (ProblemKind::HeadMismatch(Witness::Book), 2000)]);
    assert_eq!(faults(&lines, &forged, &lines), [edited, (ProblemKind::HeadMismatch(Witness::Log), 2000)]);
    assert_eq!(faults(&forged, &forged, &lines), [(ProblemKind::HeadMismatch(Witness::Neither), 2000)]);
    assert_eq!(faults(&forged, &forged, &forged), []);
}

#[test]
fn a_history_that_ends_before_a_noted_head_is_told() {
    let lines = history(9);
    let verdict = judged(&bytes_of(&lines[..6]), &book(&lines[..6]), &[head(&lines, 6), head(&lines, 7)]);
    assert_eq!(verdict.problems, [Problem { kind: ProblemKind::HeadMissing, sequence: 7, line: None, count: 1 }]);
    // The log may still have it: an old copy of the book was restored.
    let verdict = judged(&bytes_of(&lines), &book(&lines[..6]), &[]);
    assert_eq!(verdict.problems, [Problem::at(ProblemKind::ForeignTail, 7, 7, 3)]);
}

#[test]
fn a_book_that_was_altered_is_told_by_the_chain() {
    let lines = history(9);
    for event in 1..=9 {
        let mut altered = lines.clone();
        altered[event - 1] = altered[event - 1].replace("happened", "befell");
        let place = count(event);
        // Nothing follows the last event that would prove it.
        let code = if event == 9 { "edited" } else { "book_altered" };
        assert_eq!(found(&bytes_of(&lines), &altered), [(code, place, place, 1)]);
        // In the log as well.
        let broken = [("broken_chain", place + 1, place + 1, 1)];
        assert_eq!(found(&bytes_of(&altered), &altered), broken[..usize::from(event < 9)]);
        // A log without it proves nothing.
        let log: Vec<_> = lines.iter().filter(|line| **line != lines[event - 1]).cloned().collect();
        assert_eq!(found(&bytes_of(&log), &altered)[0], ("missing", place, place, 1));
    }
}

#[test]
fn an_event_that_was_taken_out_of_the_book_is_told() {
    let lines = history(9);
    for event in 1..9 {
        let mut rest = lines.clone();
        rest.remove(event - 1);
        let place = count(event);
        let problems = judged(&bytes_of(&lines), &book(&rest), &[]).problems;
        assert_eq!((problems[0].kind, problems[0].sequence), (ProblemKind::BookAltered, place), "{problems:?}");
        let problems = judged(&bytes_of(&rest), &book(&rest), &[]).problems;
        assert_eq!((problems[0].kind, problems[0].sequence), (ProblemKind::BrokenChain, place), "{problems:?}");
    }
}

#[test]
fn more_than_is_gathered_at_once_is_followed_all_the_same() {
    let lines = history(5000);
    let found = |log: &[String]| found(&bytes_of(log), &lines);
    assert_eq!(found(&[&lines[..10], &lines[4000..]].concat()), [("missing", 11, 11, 3990)]);
    let swapped = [&lines[..10], &lines[3000..4000], &lines[10..3000], &lines[4000..]].concat();
    let moved = found(&swapped);
    assert!(moved.iter().all(|problem| problem.0 == "reordered"), "{moved:?}");
    assert_eq!((moved[0].1, moved[0].2), (11, 11));
    let strange: Vec<String> = (0..2500).map(|n| format!("strange {n}\n")).collect();
    let put_in = found(&[&lines[..10], &strange, &lines[10..]].concat());
    assert_eq!((put_in[0].1, put_in[0].2), (11, 11));
    assert_eq!(found(&strange)[0].0, "edited");
}

#[test]
fn a_tail_is_a_tail_however_long_it_is() {
    let lines = history(10);
    let strange: Vec<String> = (0..2500).map(|n| format!("strange {n}\n")).collect();
    assert_eq!(found(&bytes_of(&[&lines[..], &strange].concat()), &lines), [("foreign_tail", 11, 11, 2500)]);
    let again: Vec<String> = lines.iter().cycle().take(2500).cloned().collect();
    assert_eq!(found(&bytes_of(&again), &lines), [("foreign_tail", 11, 11, 2490)]);
}

#[test]
fn of_very_many_problems_some_are_left_off() {
    let lines = history(5000);
    let every_other: Vec<_> = lines.iter().step_by(2).cloned().collect();
    let verdict = judged(&bytes_of(&every_other), &book(&lines), &[]);
    assert_eq!(count(verdict.problems.len()) + verdict.left_off, 2500);
    assert_eq!(verdict.problems[0], Problem::at(ProblemKind::Missing, 2, 2, 1));
}

#[test]
fn what_was_not_delivered_is_pending_as_far_as_a_crash_left_it() {
    let lines = history(9);
    let whole = bytes_of(&lines);
    let (edited, own) = (whole.clone(), book(&lines));
    let edited = String::from_utf8(edited).unwrap().replacen("number 3", "number 4", 1).into_bytes();
    let progress = Progress { reached: own.0.get(5).cloned(), head: own.0.last().cloned() };
    let [settled, seventh, eighth] = [5, 6, 7].map(|at: usize| usize::try_from(own.0[at].end_offset).unwrap());
    for (log, problems) in [(&whole, vec![]), (&edited, vec![Problem::at(ProblemKind::Edited, 3, 3, 1)])] {
        let verdict_on = |log: &[u8]| {
            compare(&mut Cursor::new(log), count(log.len()), &own, &progress, &[], &mut || Ok(())).unwrap()
        };
        for length in settled..=log.len() {
            let mut holed = log[..length].to_vec();
            holed.iter_mut().skip(settled + 4).take(9).for_each(|byte| *byte = 0);
            let whole_lines = own.0.iter().filter(|event| event.end_offset <= count(length)).count();
            let (cut, holed) = (verdict_on(&log[..length]), verdict_on(&holed));
            assert_eq!((cut.problems, cut.pending), (problems.clone(), count(9 - whole_lines)), "{length} bytes");
            let pending = if length <= settled + 4 { 9 - whole_lines } else { 3 };
            assert_eq!((holed.problems, holed.pending), (problems.clone(), count(pending)), "{length} bytes");
        }
        // What no crash can have left is reported.
        let strange = [&log[..seventh], b"x\n", &log[eighth..]].concat();
        assert_eq!(verdict_on(&strange).problems.last(), Some(&Problem::at(ProblemKind::Edited, 8, 8, 1)));
    }
}

/// A forgery of a log: what is done, and where.
fn forgery() -> impl Strategy<Value = (u8, usize, usize)> {
    (0..7_u8, 0..12_usize, 0..12_usize)
}

proptest! {
    #[test]
    fn a_log_is_sound_only_if_it_is_the_book_s(forgeries in prop::collection::vec(forgery(), 0..5)) {
        let lines = history(10);
        let mut log = lines.clone();
        for (what, at, other) in forgeries {
            let (at, other) = (at.min(log.len()), other.min(log.len().saturating_sub(1)));
            match what {
                0 if at < log.len() => drop(log.remove(at)),
                1 => log.insert(at, "{\"sequence\":5}\n".to_owned()),
                2 if at < log.len() => log.swap(at, other),
                3 if at < log.len() => log[at] = log[at].replace("happened", "HAPPENED"),
                4 => log.insert(at, lines[other.min(9)].clone()),
                5 if at < log.len() => log[at] = log[at].replace('\n', ""),
                6 => drop(log.last_mut().map(|last| last.truncate(last.len() / 2))),
                _ => {}
            }
        }
        let verdict = judged(&bytes_of(&log), &book(&lines), &[]);
        // Delivery can complete what it is said to complete.
        if verdict.log_state() == LogState::Incomplete {
            prop_assert!(is_remnant(&bytes_of(&log), &lines.concat()), "{:?}", verdict);
        }
        let problems = verdict.problems;
        prop_assert_eq!(problems.is_empty(), bytes_of(&log) == bytes_of(&lines), "{:?}", problems);
        // Everything before the first problem is the same.
        if let Some(first) = problems.first() {
            let before = usize::try_from(first.sequence.saturating_sub(1)).unwrap();
            prop_assert_eq!(&log[..before.min(log.len())], &lines[..before]);
        }
    }
}
