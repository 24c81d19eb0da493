//! What is said of several things that are wrong at one place.

use super::*;

/// The lines of these events, those with a minus altered.
fn log(lines: &[String], numbers: &[i64]) -> Vec<u8> {
    let line = |number: &i64| {
        let line = (1..).zip(lines).find(|(event, _)| *event == number.unsigned_abs()).unwrap().1;
        if *number < 0 { line.replace("happened", "HAPPENED!") } else { line.clone() }
    };
    numbers.iter().flat_map(|number| line(number).into_bytes()).collect()
}

#[test]
fn lines_and_events_are_paired() {
    let lines = history(9);
    for (numbers, expected) in [
        // A line stands for the event that it claims to be, or else for the first one in its place.
        (&[1, -3, 5, 6, 7, 8, 9][..], &[("missing", 2, 3, 1), ("edited", 3, 2, 1), ("missing", 4, 3, 1)][..]),
        (&[1, -5, 5, 6, 7, 8, 9], &[("edited", 2, 2, 1), ("missing", 3, 3, 2)]),
        // Of two missing events, one comes after all.
        (&[1, 3, 5, 6, 4, 7, 8, 9], &[("missing", 2, 2, 1), ("reordered", 4, 3, 1)]),
        // A line that is repeated, after one that is not the book's; one that comes too early, more than once.
        (&[1, -9, 2, 2, 3, 4, 5, 6, 7, 8, 9], &[("inserted", 2, 2, 1), ("inserted", 3, 4, 1)]),
        (&[1, 2, 5, 5, 3, 4, 6, 7, 8, 9], &[("reordered", 3, 3, 1), ("inserted", 3, 4, 1)]),
        (&[1, 2, 5, 5, 5, 3, 4, 6, 7, 8, 9], &[("reordered", 3, 3, 1), ("inserted", 3, 4, 2)]),
    ] {
        assert_eq!(found(&log(&lines, numbers), &lines), expected, "{numbers:?}");
    }
}
