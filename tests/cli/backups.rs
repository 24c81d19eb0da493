//! Backups: whole, sound and private, whatever else happens; restored by copying them back.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

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

/// Insists that a backup is sound: SQLite's pages, and a log that is the chain of its events.
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
    // The log alone can be made anew from the book.
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

/// The backup is refused under this code, and nothing has changed.
fn is_refused(desk: &Desk, code: &str, args: &[&str]) {
    let before = desk.everything();
    let error = desk.error(1, std::iter::once(&"backup").chain(args));
    assert_eq!(error["code"], code, "{args:?}: {error}");
    assert_eq!(desk.changed_since(&before), NOTHING, "{args:?}");
}

#[test]
fn what_is_there_is_not_overwritten_unasked() {
    let desk = small();
    desk.file("taken.db", "precious");
    is_refused(&desk, "file_exists", &["taken.db"]);
    desk.file("half.db.audit.jsonl", "precious");
    is_refused(&desk, "file_exists", &["half.db"]);
    desk.ok(["backup", "taken.db", "--force"]);
    desk.ok(["backup", "half.db", "--force"]);
    assert_sound(&desk.path("taken.db"));
    assert_sound(&desk.path("half.db"));
    // Also in place of another book's backup, and of its log.
    let other = small();
    fs::copy(other.book(), desk.path("taken.db")).unwrap();
    fs::copy(other.log(), log_of(&desk.path("taken.db"))).unwrap();
    desk.ok(["backup", "taken.db", "--force"]);
    assert_sound(&desk.path("taken.db"));
    assert_eq!(on(&desk, &desk.path("taken.db"), &["audit"]).exits(0).silently().out(), desk.ok(["audit"]));
}

#[test]
fn the_book_is_never_overwritten_by_its_backup() {
    let desk = small();
    fs::create_dir(desk.path("sub")).unwrap();
    symlink(desk.folder(), desk.path("there")).unwrap();
    let own = ["book.db", "book.db-wal", "book.db-shm", "book.db-journal", "book.db.audit.jsonl"];
    for name in own {
        for path in [name.to_owned(), format!("sub/../{name}"), format!("there/{name}")] {
            is_refused(&desk, "backup_onto_book", &[&path]);
            is_refused(&desk, "backup_onto_book", &[&path, "--force"]);
        }
    }
    // A second name of the log, too.
    fs::hard_link(desk.log(), desk.path("second.jsonl")).unwrap();
    is_refused(&desk, "backup_onto_book", &["second.jsonl", "--force"]);
    // A book whose name is that of the other's log.
    let odd = desk.path("odd.audit.jsonl");
    on(&desk, &odd, &["add-stock", "ACME", "Acme"]).exits(0);
    let before = desk.everything();
    let run = on(&desk, &odd, &["backup", "odd", "--force", "-O", "json"]).exits(1);
    assert_eq!(run.json_error()["code"], "backup_onto_book");
    assert_eq!(desk.changed_since(&before), NOTHING);
}

#[test]
fn what_is_no_plain_file_is_neither_followed_nor_replaced() {
    let desk = small();
    desk.file("precious", "precious");
    symlink(desk.path("precious"), desk.path("link.db")).unwrap();
    symlink(desk.path("nowhere"), desk.path("dangling.db")).unwrap();
    symlink(desk.book(), desk.path("book-link.db")).unwrap();
    fs::create_dir_all(desk.path("folder.db")).unwrap();
    fs::create_dir_all(desk.path("odd.db.audit.jsonl")).unwrap();
    for name in ["link.db", "dangling.db", "book-link.db", "folder.db", "odd.db"] {
        is_refused(&desk, "not_a_file", &[name]);
        is_refused(&desk, "not_a_file", &[name, "--force"]);
    }
    is_refused(&desk, "not_a_file", &["/dev/null", "--force"]);
    is_refused(&desk, "unwritable_backup", &["missing/copy.db"]);
    for name in ["", ".", "/"] {
        assert_eq!(desk.error(2, ["backup", name])["code"], "usage");
    }
}

#[test]
fn a_book_that_is_open_or_was_left_open_is_not_replaced() {
    let desk = small();
    desk.ok(["backup", "copy.db"]);
    for journal in ["copy.db-wal", "copy.db-shm", "copy.db-journal"] {
        let journal = desk.file(journal, "someone's trades");
        is_refused(&desk, "file_in_use", &["copy.db", "--force"]);
        fs::remove_file(journal).unwrap();
    }
    let open = rusqlite::Connection::open(desk.path("copy.db")).unwrap();
    open.execute_batch("BEGIN IMMEDIATE").unwrap();
    is_refused(&desk, "file_in_use", &["copy.db", "--force"]);
}

#[test]
fn whenever_a_backup_is_cut_off_what_is_there_is_sound() {
    let desk = small();
    desk.ok(["backup", "old.db"]);
    desk.ok(["buy", "ACME", "1", "130", "--date", "2024-02-01"]);
    desk.ok(["backup", "new.db"]);
    // The states that its steps leave: the log not there yet, or not any more.
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
fn no_room_for_a_backup_leaves_nothing_of_it() {
    let desk = small();
    let before = desk.everything();
    let size = fs::metadata(desk.book()).unwrap().len() / 512;
    // From where there is room for what SQLite needs to read the book.
    for blocks in [64, 100, size - 1] {
        let run = desk.shell(&format!("ulimit -f {blocks}; exec \"$0\" backup copy.db -O json"));
        let error = run.exits(1).json_error();
        assert!(error["code"] == "io_error" || error["code"] == "unwritable_backup", "{error}");
        assert_eq!(desk.changed_since(&before), NOTHING, "{blocks} blocks");
    }
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

/// A backup of what was altered would bear witness to the alteration.
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
    // It may have been done by then; it is never half of one.
    if status.code() == Some(0) {
        assert_sound(&desk.path("copy.db"));
    } else {
        assert_eq!(status.code(), Some(130));
        thread::sleep(Duration::from_millis(10));
        assert_eq!(desk.everything().into_keys().collect::<Vec<_>>(), before.into_keys().collect::<Vec<_>>());
    }
}

/// Others find the book as it was before or as it is after, whenever they come.
#[test]
fn a_book_that_is_replaced_again_and_again_is_always_whole() {
    let desk = small();
    desk.ok(["backup", "copy.db"]);
    thread::scope(|scope| {
        let using = scope.spawn(|| {
            for _ in 0..40 {
                for args in [&["buy", "ACME", "1", "2", "--date", "2024-01-09"][..], &["check", "-q"]] {
                    let run = desk.run(["--book", "copy.db"].iter().chain(args));
                    assert!([Some(0), Some(5)].contains(&run.status.code()), "{run}");
                }
            }
        });
        while !using.is_finished() {
            let run = desk.run(["backup", "copy.db", "--force", "-O", "json"]);
            assert!(run.status.success() || run.json_error()["code"] == "file_in_use");
        }
        using.join().unwrap();
    });
    assert_sound(&desk.path("copy.db"));
}
