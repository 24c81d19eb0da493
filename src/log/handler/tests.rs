//! A log that may only be appended to (the handler is given one that is already open, because not every file
//! system and user can create one), and a log that was written along with its book.

use std::fs::{self, OpenOptions};

use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::bus::StreamNumber;
use crate::log::{NewLog, log_path};

const LINES: [&str; 3] = ["{\"first\":1}\n", "{\"second\":\"ü\"}\n", "{\"third\":3}\n"];

fn history() -> Vec<StoredEvent> {
    let mut end_offset = 0_u64;
    let stored = |(sequence, line): (u64, &str)| {
        end_offset = end_offset.saturating_add(u64::try_from(line.len()).unwrap());
        let (stream, event_type) = (StreamNumber::default(), EventType::BookCreated);
        StoredEvent { sequence, stream, event_type, line: line.to_owned(), end_offset }
    };
    (1..).zip(LINES).map(stored).collect()
}

/// The result of passing events to the handler of this log, and the log afterwards.
fn handed(log: &[u8], batches: &[&[StoredEvent]]) -> (anyhow::Result<()>, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    let path = log_path(&folder.path().join("book"));
    fs::write(&path, log).unwrap();
    let file = OpenOptions::new().read(true).append(true).open(&path).unwrap();
    let mut handler = AuditLog {
        log: Some(OpenLog::AppendOnly(file)),
        ..AuditLog::new(LogFile::of(&folder.path().join("book")), None)
    };
    let done = batches.iter().try_for_each(|events| handler.handle(events)).and_then(|()| handler.flush());
    (done, fs::read(&path).unwrap())
}

#[test]
fn one_that_ends_anywhere_gets_what_it_lacks_once() {
    let (events, whole) = (history(), LINES.concat().into_bytes());
    for end in 0..=whole.len() {
        for batch in 1..=events.len() {
            let batches: Vec<_> = events.chunks(batch).collect();
            let (done, log) = handed(&whole[..end], &batches);
            done.unwrap();
            assert_eq!(log, whole, "{end} bytes, {batch} at a time");
        }
    }
}

#[test]
fn events_that_come_again_are_not_written_again() {
    let (events, whole) = (history(), LINES.concat().into_bytes());
    for from in 0..events.len() {
        let (done, log) = handed(&whole, &[&events[from..]]);
        done.unwrap();
        assert_eq!(log, whole, "from {from}");
    }
}

#[test]
fn one_that_only_overwriting_could_mend_is_left_as_it_is() {
    let (events, whole) = (history(), LINES.concat().into_bytes());
    for at in 0..whole.len() {
        for end in [at.saturating_add(1), whole.len()] {
            let mut damaged = whole[..end].to_vec();
            damaged[at] = 0;
            let (done, log) = handed(&damaged, &[&events]);
            let error = done.unwrap_err();
            assert!(matches!(error.downcast_ref(), Some(LogError::AppendOnly(_))), "{error}");
            assert_eq!(log, damaged);
        }
    }
}

#[test]
fn one_that_ends_before_the_first_event_s_place_is_left_as_it_is() {
    let (events, whole) = (history(), LINES.concat().into_bytes());
    let (done, log) = handed(&whole[..3], &[&events[1..]]);
    assert!(done.is_err());
    assert_eq!(log, whole[..3]);
}

#[test]
fn a_log_that_was_written_with_the_book_is_used_only_if_it_ends_where_the_history_does() {
    let events = history();
    for lines in 1..=events.len() {
        let folder = TempDir::new().unwrap();
        let book = folder.path().join("book");
        let prepared = NewLog::of(&book, Uuid::nil());
        prepared.begin(&events[..lines]).unwrap();
        let prepared = prepared.into_prepared(events[lines - 1].end_offset).unwrap();
        let mut handler = AuditLog::new(LogFile::of(&book), Some(prepared));
        let condition = handler.inspect(&Progress { reached: None, head: events.last().cloned() }).unwrap();
        let is_whole = lines == events.len();
        assert_eq!(condition, if is_whole { Condition::Ahead { through: 3 } } else { Condition::Sound });
        if !is_whole {
            handler.handle(&events).unwrap();
        }
        handler.flush().unwrap();
        assert_eq!(fs::read_to_string(log_path(&book)).unwrap(), LINES.concat());
    }
}
