//! Existing files at the target of a backup.

use std::fs;
use std::os::unix::fs::symlink;
use std::thread;

use super::{NOTHING, assert_sound, log_of, on, small};
use crate::harness::Desk;

/// Asserts that the backup is refused with this code and changes nothing.
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
    // A second name of the log as well.
    fs::hard_link(desk.log(), desk.path("second.jsonl")).unwrap();
    is_refused(&desk, "backup_onto_book", &["second.jsonl", "--force"]);
    // A book with the name of the other's log.
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

/// Other processes see the book as it was before or as it is after, at any time.
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
