//! `audit verify` and `audit head`: every change to the log or the book is reported.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use stockbook::app::verify_log;
use stockbook::log::{LogState, ProblemKind};
use stockbook::store::Book;

use crate::audit::head_hash;
use crate::delivery::buy_and_die;
use crate::harness::{Desk, Running, members, repository};

/// A book of six events.
fn small() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "Grüße"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    desk
}

/// What `audit verify` finds, with the matching exit code and without changing anything.
fn verified(desk: &Desk, args: &[&str]) -> Value {
    let before = desk.everything();
    let run = desk.run(["-O", "json", "audit", "verify"].iter().chain(args));
    let report: Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|error| panic!("not JSON: {error}\n{run}"));
    if report["problems"] == json!([]) {
        run.exits(0).silently();
    } else {
        let run = run.exits(4);
        assert_eq!(run.json_error()["code"], "problems_found", "{run}");
    }
    assert_eq!(desk.everything(), before);
    report
}

/// The problems: code, event and line.
fn problems(desk: &Desk, args: &[&str]) -> Vec<(String, Value, Value)> {
    let report = verified(desk, args);
    let problem = |problem: &Value| {
        assert_eq!(members(problem), ["code", "sequence", "line", "message"]);
        assert!(!problem["message"].as_str().unwrap().is_empty());
        (problem["code"].as_str().unwrap().to_owned(), problem["sequence"].clone(), problem["line"].clone())
    };
    report["problems"].as_array().unwrap().iter().map(problem).collect()
}

fn one(code: &str, sequence: u64, line: impl Into<Value>) -> Vec<(String, Value, Value)> {
    vec![(code.to_owned(), sequence.into(), line.into())]
}

#[test]
fn every_kind_of_problem_is_explained_in_the_manual() {
    let page = fs::read_to_string(repository("man/stockbook-events.5.md")).unwrap();
    for kind in ProblemKind::ALL {
        let code = kind.code();
        assert!(page.contains(&format!("\n| `{code}` | ")), "{code}");
    }
}

#[test]
fn a_sound_log_is_told_by_its_members_a_sentence_or_nothing() {
    let desk = small();
    let report = verified(&desk, &[]);
    assert_eq!(
        members(&report),
        ["events", "head_sequence", "head_hash", "log_file", "problems", "problems_left_off", "pending"]
    );
    assert_eq!((&report["events"], &report["head_sequence"]), (&6.into(), &6.into()));
    assert_eq!(report["head_hash"], head_hash(&desk.log_lines()));
    assert_eq!(report["log_file"], desk.log().to_str().unwrap());

    let told = desk.run(["audit", "verify"]).exits(0).silently().out();
    assert!(told.starts_with("6 events: the chain holds, log and book agree\nhead 6 "), "{told}");
    assert_eq!(desk.ok(["audit", "verify", "-q"]), "");
    assert_eq!(desk.ok(["audit", "verify", "-O", "csv"]), "code,sequence,line,message\n");
}

#[test]
fn the_head_is_that_of_the_last_line_in_every_format() {
    let desk = small();
    let hash = head_hash(&desk.log_lines());
    assert_eq!(desk.ok(["audit", "head"]), format!("6 {hash}\n"));
    assert_eq!(desk.json(["audit", "head"]), json!({"sequence": 6, "hash": hash}));
    assert_eq!(desk.ok(["audit", "head", "-O", "csv"]), format!("sequence,hash\n6,{hash}\n"));
    // As `audit` does, it completes the log first, and refuses one that is not the book's.
    fs::remove_file(desk.log()).unwrap();
    assert!(desk.run(["audit", "head"]).exits(0).err().contains("was missing"));
    fs::write(desk.log(), "not ours\n".repeat(1000)).unwrap();
    assert_eq!(desk.error(1, ["audit", "head"])["code"], "foreign_audit_log");
}

#[test]
fn what_was_done_to_the_log_is_told() {
    let desk = small();
    let lines = desk.log_lines();
    let told = |log: String| {
        fs::write(desk.log(), log).unwrap();
        problems(&desk, &[])
    };
    let whole = lines.concat();
    assert_eq!(told(whole.replace("Acme Corp", "Acme corp")), one("edited", 3, 3));
    assert_eq!(told([&lines[..2], &lines[3..]].concat().concat()), one("missing", 3, 3));
    assert_eq!(told([&lines[..3], &lines[4..5], &lines[3..4], &lines[5..]].concat().concat()), one("reordered", 4, 4));
    assert_eq!(told([&lines[..3], &lines[..1], &lines[3..]].concat().concat()), one("inserted", 4, 4));
    assert_eq!(told(whole.clone() + "{}\n"), one("foreign_tail", 7, 7));
    assert_eq!(told(whole.trim_end().to_owned()), one("torn", 6, 6));
    assert_eq!(told(lines[..4].concat()), one("missing", 5, 5));
    assert_eq!(told(String::new()), one("missing", 1, 1));
    assert_eq!(told(whole.replace('\n', "\r\n")), one("edited", 1, 1));
    fs::remove_file(desk.log()).unwrap();
    assert_eq!(problems(&desk, &[]), one("missing", 1, 1));
    assert_eq!(told(whole), []);
}

/// The number of the line that contains a byte.
fn line_at(log: &[u8], at: usize) -> u64 {
    log[..at].split(|byte| *byte == b'\n').count().try_into().unwrap()
}

#[test]
fn a_flipped_bit_anywhere_is_one_edited_event() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let book = Book::open(desk.book(), Duration::ZERO).unwrap();
    for at in 0..whole.len() {
        let mut log = whole.clone();
        log[at] ^= 1 << (at % 8);
        fs::write(desk.log(), &log).unwrap();
        let found = verify_log(&book, &[], &|| Ok(())).unwrap().verdict.problems;
        let event = line_at(&whole, at);
        let expected = if log[at] == 0 && event == 6 { ProblemKind::Torn } else { ProblemKind::Edited };
        let told: Vec<_> = found.iter().map(|problem| (problem.kind, problem.sequence, problem.line)).collect();
        assert_eq!(told, [(expected, event, Some(event))], "byte {at}");
    }
}

#[test]
fn a_cut_at_any_length_is_told_from_an_edit() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let book = Book::open(desk.book(), Duration::ZERO).unwrap();
    for length in 0..whole.len() {
        fs::write(desk.log(), &whole[..length]).unwrap();
        let verdict = verify_log(&book, &[], &|| Ok(())).unwrap().verdict;
        let event = line_at(&whole, length);
        let is_between = length == 0 || whole[length - 1] == b'\n';
        let expected = if is_between { ProblemKind::Missing } else { ProblemKind::Torn };
        let told: Vec<_> = verdict.problems.iter().map(|it| (it.kind, it.sequence, it.line)).collect();
        assert_eq!(told, [(expected, event, Some(event))], "{length} bytes");
        assert_eq!(verdict.log_state(), LogState::Incomplete);
    }
}

#[test]
fn what_was_done_to_the_book_is_told() {
    let desk = small();
    desk.edit("UPDATE events SET line = replace(line, '\"10\"', '\"11\"') WHERE sequence = 5");
    assert_eq!(problems(&desk, &[]), one("book_altered", 5, 5));
    // In the log as well, as somebody would who does not know about the chain.
    let log = fs::read_to_string(desk.log()).unwrap();
    fs::write(desk.log(), log.replace("\"10\"", "\"11\"")).unwrap();
    assert_eq!(problems(&desk, &[]), one("broken_chain", 6, 6));
}

/// Rewrites an event and recomputes all hashes after it, in the log and, if asked to, in the book.
fn forge(desk: &Desk, what: &str, with: &str, in_book: bool) {
    let mut previous = head_hash(&[]);
    let mut log = String::new();
    for (sequence, line) in (1..).zip(desk.log_lines()) {
        let (before, _) = line.rsplit_once("\"previous_hash\"").unwrap();
        let line = format!("{before}\"previous_hash\":\"{previous}\"}}\n").replace(what, with);
        previous = head_hash(std::slice::from_ref(&line));
        if in_book {
            let sql = "UPDATE events SET line = ?1 WHERE sequence = ?2";
            desk.sqlite().execute(sql, (&line, sequence)).unwrap();
        }
        log += &line;
    }
    fs::write(desk.log(), log).unwrap();
}

#[test]
fn a_chain_forged_anew_is_seen_against_the_book_and_one_forged_in_both_only_against_a_noted_head() {
    let desk = small();
    let noted = desk.ok(["audit", "head"]).trim().replace(' ', ":");
    assert_eq!(problems(&desk, &["--head", &noted]), []);
    let told = desk.ok(["audit", "verify", "--head", &noted, "--head", &noted]);
    assert!(told.contains("the 2 noted heads belong to this history"), "{told}");

    forge(&desk, "\"quantity\":\"10\"", "\"quantity\":\"90\"", false);
    assert_eq!(problems(&desk, &[]), one("edited", 5, 5));
    let both = problems(&desk, &["--head", &noted]);
    assert_eq!(both, [one("edited", 5, 5), one("head_mismatch", 6, Value::Null)].concat());

    forge(&desk, "\"quantity\":\"90\"", "\"quantity\":\"80\"", true);
    assert_eq!(problems(&desk, &[]), []);
    assert_eq!(problems(&desk, &["--head", &noted]), one("head_mismatch", 6, Value::Null));
    let forged = desk.ok(["audit", "head"]).trim().replace(' ', ":");
    assert_eq!(problems(&desk, &["--head", &forged]), []);
}

#[test]
fn events_that_are_gone_from_both_are_missed_by_a_noted_head() {
    let desk = small();
    let (book, log) = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
    desk.ok(["buy", "ACME", "1", "130"]);
    let noted = desk.ok(["audit", "head"]);
    fs::write(desk.book(), book).unwrap();
    assert_eq!(problems(&desk, &[]), one("foreign_tail", 7, 7));
    fs::write(desk.log(), log).unwrap();
    assert_eq!(problems(&desk, &[]), []);
    assert_eq!(problems(&desk, &["--head", noted.trim()]), one("head_missing", 7, Value::Null));
}

#[test]
fn problems_are_a_table_for_reading_with_the_way_out() {
    let desk = small();
    let _tidy = desk.tidy();
    let log = fs::read_to_string(desk.log()).unwrap();
    fs::write(desk.log(), log.replace("Acme Corp", "Acme corp") + "x").unwrap();
    let run = desk.run(["audit", "verify"]).exits(4);
    insta::assert_snapshot!(run.out(), @"
    SEQUENCE  LINE  PROBLEM       WHAT
    ───────────────────────────────────────────────────────────────────────────
           3     3  edited        event 3 is not as the book holds it
           7     7  foreign_tail  the log continues after the book's last event
    ");
    insta::assert_snapshot!(run.err(), @"
    error: 2 problems found in book.db.audit.jsonl
    hint: `stockbook audit repair` moves the log aside and rebuilds it from the book
    ");
}

#[test]
fn it_waits_for_an_event_that_is_on_its_way_to_the_log() {
    let desk = small();
    let log = fs::read(desk.log()).unwrap();
    fs::write(desk.log(), &log[..log.len() - 10]).unwrap();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(desk.error(5, ["audit", "verify", "--wait", "0"])["code"], "busy");
    fs::write(desk.log(), &log).unwrap();
    desk.run(["audit", "verify", "--wait", "0"]).exits(0).silently();
    drop(other);
}

#[test]
fn what_is_recorded_and_not_yet_delivered_is_pending_and_not_missing() {
    let desk = small();
    let log = fs::read(desk.log()).unwrap();
    for id in [71, 72, 73] {
        buy_and_die(&desk, id);
    }
    let read = |sql: &str| desk.sqlite().query_row(sql, [], |row| row.get::<_, String>(0)).unwrap().into_bytes();
    let [seventh, eighth, ninth] =
        [7, 8, 9].map(|event| read(&format!("SELECT line FROM events WHERE sequence = {event}")));
    // Whatever a crash has left of an unfinished delivery.
    for (left, pending) in [
        (vec![], 3),
        (seventh.clone(), 2),
        ([&seventh[..], &eighth[..50]].concat(), 2),
        ([&seventh[..], &vec![0; eighth.len()], &ninth[..9]].concat(), 2),
        ([&vec![0; seventh.len() + 30], &eighth[30..], &ninth[..]].concat(), 3),
        ([&seventh[..], &eighth[..], &ninth[..]].concat(), 0),
    ] {
        fs::write(desk.log(), [&log[..], &left].concat()).unwrap();
        let report = verified(&desk, &[]);
        assert_eq!((&report["problems"], &report["pending"]), (&json!([]), &pending.into()));
        assert_eq!((&report["events"], &report["head_sequence"]), (&9.into(), &9.into()));
    }
    fs::write(desk.log(), &log).unwrap();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let told = desk.run(["audit", "verify", "--wait", "0"]).exits(0).silently().out();
    assert!(told.contains("agree, except for 3 events not yet delivered to the log\n"), "{told}");
    drop(other);
    // Lines that had been delivered are still missing, and lines that are not the book's are reported.
    fs::write(desk.log(), &log[..log.len() - 9]).unwrap();
    assert_eq!(problems(&desk, &[]), one("torn", 6, 6));
    fs::write(desk.log(), desk.log_lines()[..4].concat()).unwrap();
    assert_eq!(problems(&desk, &[]), one("missing", 5, 5));
    assert_eq!(verified(&desk, &[])["problems"][0]["message"], "events 5 to 6 are not in the log");
    fs::write(desk.log(), [&log[..], b"{}\n"].concat()).unwrap();
    assert_eq!(problems(&desk, &[]), one("edited", 7, 7));
    // The next command delivers.
    fs::write(desk.log(), &log).unwrap();
    desk.run(["holdings"]).exits(0).silently();
    assert_eq!(verified(&desk, &[])["pending"], 0);
}

#[test]
fn while_others_record_it_finds_nothing_wrong() {
    let desk = small();
    let mut recording = desk.program("sh");
    let script = "for n in 1 2 3 4 5 6 7 8; do \"$0\" buy ACME 1 $n -q; done";
    recording.args(["-c", script, env!("CARGO_BIN_EXE_stockbook")]);
    let mut recording = Running::start(recording);
    while recording.child().try_wait().unwrap().is_none() {
        desk.run(["audit", "verify"]).exits(0).silently();
    }
    assert_eq!(verified(&desk, &[])["events"], 14);
}

#[test]
fn wrong_usage_is_told_and_global_options_may_stand_anywhere() {
    let desk = small();
    for head in ["6", "6:", "6:abc", "x:y", "", "0:0000000000000000000000000000000000000000000000000000000000000000"] {
        assert_eq!(desk.error(2, ["audit", "verify", "--head", head])["code"], "invalid_head", "{head}");
    }
    desk.refused(2, ["audit", "--tail", "1", "verify"]);
    desk.refused(2, ["audit", "nonsense"]);
    let json = desk.ok(["-O", "json", "audit", "verify"]);
    assert_eq!(desk.ok(["audit", "-O", "json", "verify"]), json);
    assert_eq!(desk.ok(["audit", "verify", "-O", "json"]), json);
    assert_eq!(Desk::new().error(1, ["audit", "verify"])["code"], "no_book");
}
