//! Interrupted backups and what they leave.

use std::fs;
use std::thread;
use std::time::Duration;

use super::{NOTHING, assert_sound, log_of, names, on, small};
use crate::harness::{Desk, Running};

#[test]
fn whenever_a_backup_is_cut_off_what_is_there_is_sound() {
    let desk = small();
    desk.ok(["backup", "old.db"]);
    desk.ok(["buy", "ACME", "1", "130", "--date", "2024-02-01"]);
    desk.ok(["backup", "new.db"]);
    // The states that its steps leave: the log is not there yet, or no longer.
    for state in ["old.db", "new.db"] {
        let copy = desk.path("copy.db");
        fs::copy(desk.path(state), &copy).unwrap();
        let run = on(&desk, &copy, &["buy", "ACME", "1", "131"]).exits(0);
        assert!(run.err().starts_with("note: "), "{run}");
        assert_sound(&copy);
        fs::remove_file(log_of(&copy)).unwrap();
    }
}

#[test]
fn what_a_killed_backup_left_is_cleared_away_by_the_next() {
    let desk = small();
    let id = "00000000-0000-4000-8000-000000000001";
    for name in [format!(".copy.db.{id}.new"), format!(".copy.db.audit.jsonl.{id}.new")] {
        desk.file(&name, "half a backup");
    }
    desk.ok(["backup", "copy.db"]);
    assert_eq!(names(desk.folder()), ["book.db", "book.db.audit.jsonl", "copy.db", "copy.db.audit.jsonl"]);
}

#[test]
fn no_room_for_a_backup_leaves_nothing_of_it() {
    let desk = small();
    let before = desk.everything();
    let size = fs::metadata(desk.book()).unwrap().len() / 512;
    // From the limit on at which SQLite has enough room to read the book.
    for blocks in [64, 100, size - 1] {
        let run = desk.shell(&format!("ulimit -f {blocks}; exec \"$0\" backup copy.db -O json"));
        let error = run.exits(1).json_error();
        assert!(error["code"] == "io_error" || error["code"] == "unwritable_backup", "{error}");
        assert_eq!(desk.changed_since(&before), NOTHING, "{blocks} blocks");
    }
}

#[test]
fn an_interrupted_backup_leaves_nothing() {
    let desk = Desk::new();
    let rows: Vec<_> = (0..40_000).map(|row| format!("2024-01-02,buy,ACME,1,{row}\n")).collect();
    let trades = desk.file("trades.csv", format!("date,action,symbol,quantity,price\n{}", rows.concat()));
    desk.ok(["import".as_ref(), "--add-stocks".as_ref(), trades.as_os_str(), "-q".as_ref()]);
    let before = desk.everything();
    let mut command = desk.command(["backup", "copy.db"]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut running = Running::start(command);
    crate::harness::until("the backup is begun", || names(desk.folder()).iter().any(|name| name.contains(".new")));
    running.signal("INT");
    let status = running.ends();
    // It may have finished by then; it is never half done.
    if status.code() == Some(0) {
        assert_sound(&desk.path("copy.db"));
    } else {
        assert_eq!(status.code(), Some(130));
        thread::sleep(Duration::from_millis(10));
        assert_eq!(desk.everything().into_keys().collect::<Vec<_>>(), before.into_keys().collect::<Vec<_>>());
    }
}
