//! `audit repair`: a log that does not belong to the book is moved aside, and a new one is written.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::audit::assert_chain;
use crate::harness::{Desk, members};

fn small() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "Grüße"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    desk
}

/// The names of the files that were moved aside.
fn set_aside(desk: &Desk) -> Vec<PathBuf> {
    let paths = fs::read_dir(desk.folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut aside: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().contains(".bad-")).collect();
    aside.sort();
    aside
}

fn repaired(desk: &Desk) -> Value {
    let run = desk.run(["-O", "json", "audit", "repair"]).exits(0).silently();
    let receipt: Value = serde_json::from_slice(&run.stdout).unwrap();
    let expected = ["log_file", "moved_to", "problems", "rematched", "recorded", "dry_run", "events"];
    assert_eq!(members(&receipt), expected);
    assert_eq!(
        (&receipt["rematched"], &receipt["events"], &receipt["dry_run"]),
        (&json!([]), &json!([]), &json!(false))
    );
    receipt
}

/// Forged logs, none of which delivery would repair.
fn forgeries(whole: &str) -> Vec<String> {
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    vec![
        whole.replace("Acme Corp", "Acme corp"),
        whole.replace("\"new_price\":\"120\"", "\"new_price\":\"121\""),
        [&lines[..2], &lines[3..]].concat().concat(),
        [&lines[..3], &lines[4..5], &lines[3..4], &lines[5..]].concat().concat(),
        [&lines[..3], &lines[..1], &lines[3..]].concat().concat(),
        whole.to_owned() + "x",
        whole.replace('\n', "\r\n"),
        whole.replacen("Bolt SE", "Volt SE", 1).trim_end().to_owned(),
        "not ours\n".to_owned(),
        whole.replace(|_: char| true, "\0\0"),
    ]
}

#[test]
fn a_log_that_is_not_the_book_s_is_kept_aside_and_written_anew_byte_for_byte() {
    let desk = small();
    let whole = fs::read_to_string(desk.log()).unwrap();
    let book = fs::read(desk.book()).unwrap();
    for forged in forgeries(&whole) {
        fs::write(desk.log(), &forged).unwrap();
        let receipt = repaired(&desk);
        assert_eq!(receipt["recorded"], true, "{forged:?}");
        assert_ne!(receipt["problems"], json!([]));
        let aside = set_aside(&desk);
        assert_eq!(receipt["moved_to"], aside[0].to_str().unwrap());
        assert_eq!(fs::read_to_string(&aside[0]).unwrap(), forged);
        let name = aside[0].file_name().unwrap().to_str().unwrap().replace(|c: char| c.is_ascii_digit(), "0");
        assert_eq!(name, "book.db.audit.jsonl.bad-00000000T000000Z");
        assert_eq!(fs::read_to_string(desk.log()).unwrap(), whole);
        assert_eq!(fs::metadata(desk.log()).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_file(&aside[0]).unwrap();
        desk.run(["audit", "verify"]).exits(0);
    }
    assert_eq!(fs::read(desk.book()).unwrap(), book);
    desk.run(["buy", "ACME", "1", "130"]).exits(0).silently();
    assert_chain(&desk.log_lines());
}

#[test]
fn a_sound_log_is_left_alone() {
    let desk = small();
    let before = desk.everything();
    let receipt = repaired(&desk);
    assert_eq!((&receipt["recorded"], &receipt["moved_to"]), (&json!(false), &Value::Null));
    assert_eq!(receipt["problems"], json!([]));
    assert_eq!(desk.ok(["audit", "repair"]), "book.db.audit.jsonl is the book's: nothing to repair\n");
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_log_that_only_lacks_something_is_completed_in_its_place() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let zeros = [&whole[..whole.len() - 40], &[0; 40]].concat();
    for lacking in [&whole[..0], &whole[..100], &whole[..whole.len() - 1], &zeros] {
        fs::write(desk.log(), lacking).unwrap();
        let receipt = repaired(&desk);
        assert_eq!((&receipt["recorded"], &receipt["moved_to"]), (&json!(true), &Value::Null));
        assert_eq!(fs::read(desk.log()).unwrap(), whole);
    }
    fs::remove_file(desk.log()).unwrap();
    assert_eq!(desk.ok(["audit", "repair"]), "completed book.db.audit.jsonl from the book: 6 events\n");
    assert_eq!(fs::read(desk.log()).unwrap(), whole);
    assert_eq!(set_aside(&desk), Vec::<PathBuf>::new());
}

#[test]
fn a_dry_run_tells_and_touches_nothing() {
    let desk = small();
    fs::write(desk.log(), "not ours\n").unwrap();
    let before = desk.everything();
    let told = desk.run(["audit", "repair", "-n"]).exits(0).silently().out();
    assert!(told.starts_with("dry run") && told.contains("would move") && told.contains("would write"), "{told}");
    let receipt = desk.json(["audit", "repair", "--dry-run"]);
    assert_eq!(
        (&receipt["recorded"], &receipt["dry_run"], &receipt["moved_to"]),
        (&json!(false), &json!(true), &Value::Null)
    );
    assert_eq!(receipt["problems"][0]["code"], "edited");
    assert_eq!(desk.everything(), before);
    assert_eq!(desk.ok(["audit", "repair", "-q"]), "");
}

#[test]
fn what_is_no_file_makes_way_as_well_and_is_not_looked_into() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let secret = desk.file("secret", "precious\n");
    let stand_ins: [&dyn Fn(); 3] =
        [&|| symlink(&secret, desk.log()).unwrap(), &|| fs::create_dir(desk.log()).unwrap(), &|| {
            assert!(desk.program("mkfifo").arg(desk.log()).status().unwrap().success());
        }];
    for (done, stand_in) in (1..).zip(stand_ins) {
        fs::remove_file(desk.log()).unwrap();
        stand_in();
        let problems = desk.run(["audit", "verify", "-O", "csv"]).exits(4).out();
        assert!(problems.contains("\nnot_a_file,1,,"), "{problems}");
        assert_eq!(repaired(&desk)["recorded"], true);
        assert_eq!(fs::read(desk.log()).unwrap(), whole);
        assert!(fs::symlink_metadata(desk.log()).unwrap().is_file());
        assert_eq!(set_aside(&desk).len(), done, "each under a name of its own");
    }
    assert_eq!(fs::read_to_string(&secret).unwrap(), "precious\n");
}

/// The states that it leaves if it is killed after each of its steps.
#[test]
fn what_a_killed_repair_left_is_completed_by_the_next_command_or_repair() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    let commands =
        [&["holdings"][..], &["audit", "repair"], &["audit"], &["update-price", "ACME", "120", "--date", "2024-01-03"]];
    for args in commands {
        // The old log has been moved aside, and there is no new one yet.
        fs::remove_file(desk.log()).unwrap();
        desk.run(args).exits(0);
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "{args:?}");
        // Part of the new one is there.
        for written in (0..whole.len()).step_by(97) {
            fs::write(desk.log(), &whole[..written]).unwrap();
            desk.run(args).exits(0);
            assert_eq!(fs::read(desk.log()).unwrap(), whole, "{args:?} after {written} bytes");
        }
    }
}

#[test]
fn it_waits_its_turn_and_changes_nothing_if_that_does_not_come() {
    let desk = small();
    fs::write(desk.log(), "not ours\n").unwrap();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(desk.error(5, ["audit", "repair", "--wait", "0"])["code"], "busy");
    assert_eq!(fs::read_to_string(desk.log()).unwrap(), "not ours\n");
    drop(other);
    desk.run(["audit", "repair"]).exits(0);
}

#[test]
fn two_at_once_move_the_log_aside_once() {
    let desk = small();
    let whole = fs::read(desk.log()).unwrap();
    fs::write(desk.log(), "not ours\n").unwrap();
    desk.shell("for n in 1 2 3 4 5 6; do \"$0\" audit repair & done; wait").exits(0);
    assert_eq!(fs::read(desk.log()).unwrap(), whole);
    assert_eq!(set_aside(&desk).len(), 1);
}

#[test]
fn an_altered_book_is_told_of() {
    let desk = small();
    desk.edit("UPDATE events SET line = replace(line, '\"10\"', '\"11\"') WHERE sequence = 5");
    let run = desk.run(["audit", "repair"]).exits(0);
    assert!(run.err().contains("the book itself is not sound"), "{run}");
    // The old one is kept.
    assert!(fs::read_to_string(&set_aside(&desk)[0]).unwrap().contains("\"quantity\":\"10\""));
    let problems = desk.run(["audit", "verify", "-O", "csv"]).exits(4).out();
    assert!(problems.contains("\nbroken_chain,6,6,"), "{problems}");
}

#[test]
fn without_a_book_there_is_nothing_to_repair_it_from() {
    let desk = Desk::new();
    fs::write(desk.log(), "another book's\n").unwrap();
    let before = desk.everything();
    assert_eq!(desk.error(1, ["audit", "repair"])["code"], "no_book");
    let error = desk.error(1, ["add-stock", "ACME", "Acme"]);
    assert_eq!(error["code"], "foreign_audit_log");
    assert!(error["hint"].as_str().unwrap().contains("there is no book beside it"), "{error}");
    assert_eq!(desk.everything(), before);
}
