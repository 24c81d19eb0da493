//! Backups are complete, consistent and private, whatever else happens, and restored by copying them back.

mod cut_off;
mod overwriting;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::audit::{assert_chain, head_hash};
use crate::harness::{Desk, Run, Running, members};

/// A book with a few events of all kinds.
pub(crate) fn small() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "Grüße"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    desk
}

pub(crate) const NOTHING: [PathBuf; 0] = [];

fn log_of(book: &Path) -> PathBuf {
    PathBuf::from(format!("{}.audit.jsonl", book.display()))
}

/// Runs the program on another book than the desk's.
fn on(desk: &Desk, book: &Path, args: &[&str]) -> Run {
    let mut command = desk.command(args);
    command.env("STOCKBOOK_BOOK", book);
    Run::of(command)
}

/// Asserts that a backup is sound: SQLite's pages, and a log that is the chain of its events.
pub(crate) fn assert_sound(backup: &Path) {
    let book = rusqlite::Connection::open(backup).unwrap();
    let integrity: String = book.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
    let mut lines = book.prepare("SELECT line FROM events ORDER BY sequence").unwrap();
    let lines: Vec<String> = lines.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(fs::read_to_string(log_of(backup)).unwrap(), lines.concat());
    assert_chain(&lines);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_the_book_and_its_log_for_the_owner_alone() {
    let desk = small();
    fs::create_dir(desk.path("safe")).unwrap();
    for (mask, name) in [("000", "open.db"), ("077", "shut.db"), ("777", "none.db")] {
        let backup = desk.path(&format!("safe/{name}"));
        desk.shell(&format!("umask {mask}; exec \"$0\" backup safe/{name}")).exits(0).silently();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(&backup), mode(&log_of(&backup))), (0o600, 0o600), "umask {mask}");
        assert_eq!(fs::read(log_of(&backup)).unwrap(), fs::read(desk.log()).unwrap());
        assert_sound(&backup);
        for args in [&["holdings", "-O", "json"][..], &["transactions", "-O", "json"], &["audit"]] {
            assert_eq!(on(&desk, &backup, args).exits(0).silently().out(), desk.ok(args), "{args:?}");
        }
    }
    let all = ["none.db", "none.db.audit.jsonl", "open.db", "open.db.audit.jsonl", "shut.db", "shut.db.audit.jsonl"];
    assert_eq!(names(&desk.path("safe")), all);
}

#[test]
fn a_backup_says_what_it_holds() {
    let desk = small();
    let said = desk.json(["backup", "copy.db"]);
    let all = [
        "file",
        "log_file",
        "bytes",
        "log_bytes",
        "head_sequence",
        "head_hash",
        "problems",
        "rematched",
        "recorded",
        "dry_run",
        "events",
    ];
    assert_eq!(members(&said), all);
    let copy = desk.path("copy.db");
    assert_eq!((said["file"].as_str(), said["log_file"].as_str()), (copy.to_str(), log_of(&copy).to_str()));
    assert_eq!(said["bytes"], json!(fs::metadata(&copy).unwrap().len()));
    assert_eq!(said["log_bytes"], json!(fs::metadata(log_of(&copy)).unwrap().len()));
    assert_eq!((&said["head_sequence"], &said["head_hash"]), (&json!(6), &json!(head_hash(&desk.log_lines()))));
    assert_eq!((&said["recorded"], &said["dry_run"], &said["events"]), (&json!(true), &json!(false), &json!([])));
    let _tidy = desk.tidy();
    let said = desk.ok(["backup", "other.db"]);
    let (first, head) = said.split_once('\n').unwrap();
    assert!(first.starts_with("backed up 6 events to other.db, ") && first.ends_with(" bytes"), "{said}");
    insta::assert_snapshot!(head, @"head 6 [hash]");
    assert_eq!(desk.ok(["backup", "third.db", "-q"]), "");
}

#[test]
fn a_dry_run_of_a_backup_tells_the_same_and_writes_nothing() {
    let desk = small();
    fs::remove_file(desk.log()).unwrap();
    let before = desk.everything();
    let tried = desk.json(["backup", "copy.db", "-n"]);
    assert_eq!(desk.changed_since(&before), NOTHING);
    let done = desk.json(["backup", "copy.db"]);
    for member in ["file", "log_file", "bytes", "log_bytes", "head_sequence", "head_hash"] {
        assert_eq!(tried[member], done[member], "{member}");
    }
    assert_eq!((&tried["recorded"], &tried["dry_run"]), (&json!(false), &json!(true)));
    assert_eq!(desk.error(1, ["backup", "copy.db", "-n"])["code"], "file_exists");
}

#[test]
fn restoring_is_copying_back() {
    let desk = small();
    desk.ok(["backup", "copy.db"]);
    let (held, log) = (desk.json(["holdings"]), desk.log_lines());
    let copy_back = || {
        fs::copy(desk.path("copy.db"), desk.book()).unwrap();
        fs::copy(log_of(&desk.path("copy.db")), desk.log()).unwrap();
    };
    let ruin: [&dyn Fn(); 4] = [
        &|| drop(desk.ok(["buy", "ACME", "1", "130"])),
        &|| fs::remove_file(desk.book()).unwrap(),
        &|| fs::remove_file(desk.log()).unwrap(),
        &|| drop((desk.file("book.db", "noise"), desk.file("book.db.audit.jsonl", "more noise"))),
    ];
    for ruin in ruin {
        ruin();
        copy_back();
        assert_eq!(Run::of(desk.command(["holdings", "-O", "json"])).exits(0).silently().out(), {
            let rows: Vec<_> = held.as_array().unwrap().iter().map(ToString::to_string).collect();
            format!("[\n{}\n]\n", rows.join(",\n"))
        });
        assert_eq!(desk.log_lines(), log);
    }
    desk.run(["buy", "ACME", "1", "130"]).exits(0).silently();
    assert_chain(&desk.log_lines());
    assert_eq!(desk.log_lines().len(), log.len() + 1);
    // Only the log can be rebuilt from the book.
    fs::copy(desk.path("copy.db"), desk.book()).unwrap();
    fs::remove_file(desk.log()).unwrap();
    desk.ok(["holdings"]);
    assert_eq!(desk.log_lines(), log);
}

#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let desk = small();
    let script = "i=0; while [ $i -lt 400 ]; do i=$((i + 1)); \"$0\" buy ACME 1 1 -q --date 2024-02-01 || exit 1; done";
    let mut command = desk.program("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_stockbook")]);
    let mut writing = Running::start(command);
    let mut counts = Vec::new();
    for round in 0..15 {
        let backup = desk.path(&format!("copy-{round}.db"));
        desk.run(["backup".as_ref(), backup.as_os_str()]).exits(0).silently();
        assert_sound(&backup);
        let rows = on(&desk, &backup, &["transactions", "-O", "csv"]).exits(0).silently().out().lines().count() - 1;
        let held: serde_json::Value =
            serde_json::from_str(&on(&desk, &backup, &["holdings", "-O", "json"]).exits(0).out()).unwrap();
        assert_eq!(held[0]["quantity"], (9 + rows).to_string());
        assert_eq!(fs::read_to_string(log_of(&backup)).unwrap().lines().count(), 5 + rows);
        counts.push(rows);
    }
    assert!(counts.is_sorted() && counts.first() < counts.last(), "nothing was written meanwhile: {counts:?}");
    assert!(writing.child().try_wait().unwrap().is_none(), "it has written all that it wanted before the end");
}

#[test]
fn a_damaged_book_gives_no_backup() {
    let desk = small();
    let mut book = fs::read(desk.book()).unwrap();
    // Two pages in the middle change places.
    let page = 8192;
    let (one, other) = book[3 * page..5 * page].split_at_mut(page);
    one.swap_with_slice(other);
    fs::write(desk.book(), book).unwrap();
    let before = desk.everything();
    let error = desk.error(1, ["backup", "copy.db"]);
    assert_eq!(error["code"], "damaged_book", "{error}");
    assert_eq!(desk.changed_since(&before), NOTHING);
}

#[test]
fn what_the_log_lacks_a_backup_gets_from_the_book() {
    let desk = small();
    let log = fs::read(desk.log()).unwrap();
    for (name, length) in [("one.db", 0), ("two.db", 100), ("three.db", log.len() - 1)] {
        fs::write(desk.log(), &log[..length]).unwrap();
        desk.run(["backup", name]).exits(0);
        assert_eq!(fs::read(log_of(&desk.path(name))).unwrap(), log);
        assert_sound(&desk.path(name));
    }
}

/// A backup of an altered book would confirm the alteration.
#[test]
fn what_was_altered_is_copied_only_on_demand_and_then_as_it_is() {
    let desk = small();
    desk.ok(["backup", "old.db"]);
    let (book, log) = (fs::read(desk.book()).unwrap(), fs::read_to_string(desk.log()).unwrap());
    let edited = log.replacen("Acme Corp", "Acme corp", 1);
    let alter = "UPDATE events SET line = replace(line, '\"price\":\"100\"', '\"price\":\"900\"')";
    let late = "UPDATE events SET end_offset = end_offset + 1";
    for (sql, foreign, what) in [
        ("", &*edited, "edited"),
        ("", &*(log.clone() + "and more\n"), "foreign_tail"),
        (alter, &*log, "book_altered"),
        (late, &*log, "wrong_offset"),
    ] {
        fs::write(desk.book(), &book).unwrap();
        if !sql.is_empty() {
            desk.edit(sql);
        }
        fs::write(desk.log(), foreign).unwrap();
        let before = desk.everything();
        for more in [&[][..], &["--dry-run"]] {
            let run = desk.run(["-O", "json", "backup", "copy.db"].iter().chain(more)).exits(1);
            let error: Value = serde_json::from_str(run.err().lines().last().unwrap()).unwrap();
            assert_eq!(error["error"]["code"], "altered_book", "{run}");
            assert_eq!(desk.changed_since(&before), NOTHING, "{run}");
        }
        let run = desk.run(["backup", "old.db", "--force", "-O", "json"]).exits(0);
        assert!(run.err().contains("and both were copied as they are\n"), "{run}");
        let receipt: Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(receipt["problems"][0]["code"], what);
        assert_eq!(fs::read_to_string(log_of(&desk.path("old.db"))).unwrap(), foreign);
        assert_eq!(receipt["log_bytes"], foreign.len());
    }
}
