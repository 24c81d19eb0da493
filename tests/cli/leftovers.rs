//! Files beside a book: left by a killed command, belonging to another book or to this one at another time,
//! put there by somebody else, or not files of that kind at all. Those of the book are used, and nothing else
//! becomes a part of it.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::harness::{Desk, Run};

const NOBODY: u32 = 65534;

const NOTHING: [PathBuf; 0] = [];

/// A book of one stock with two purchases, the last of which is only in the WAL, as a killed command leaves
/// it; and the log with both.
struct Killed {
    book: Vec<u8>,
    wal: Vec<u8>,
    log: Vec<u8>,
    /// The book before that command, and after it.
    before: Vec<u8>,
    held: String,
}

fn killed(symbol: &str) -> Killed {
    let desk = Desk::new();
    desk.ok(["add-stock", symbol, "A company"]);
    desk.ok(["buy", symbol, "1", "100", "--date", "2024-01-02"]);
    let before = fs::read(desk.book()).unwrap();
    // As long as a process has the book open, others cannot empty the WAL.
    let other = desk.sqlite();
    let count = |other: &Connection| other.query_row("SELECT count(*) FROM events", [], |row| row.get::<_, i64>(0));
    count(&other).unwrap();
    desk.ok(["buy", symbol, "2", "110", "--date", "2024-01-03"]);
    let (book, wal) = (fs::read(desk.book()).unwrap(), fs::read(desk.path("book.db-wal")).unwrap());
    assert!(wal.len() > 8192 && book == before, "it is in the WAL alone");
    let held = desk.ok(["holdings", "-O", "json"]);
    drop(other);
    Killed { book, wal, log: fs::read(desk.log()).unwrap(), before, held }
}

impl Killed {
    /// A folder with everything that such a command leaves.
    fn desk(&self) -> Desk {
        let desk = Desk::new();
        desk.file("book.db", &self.book);
        desk.file("book.db-wal", &self.wal);
        desk.file("book.db-shm", vec![0xA5; 32768]);
        desk.file("book.db.audit.jsonl", &self.log);
        desk.make_private();
        desk
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}

const READING: [&[&str]; 3] = [&["holdings"], &["audit", "verify"], &["check"]];
const WRITING: [&[&str]; 5] = [
    &["add-stock", "NEW", "New Inc."],
    &["add-stock", "NEW", "New Inc.", "--dry-run"],
    &["audit", "repair"],
    &["check", "--repair"],
    &["backup", "copy.db"],
];

/// Asserts that every command is refused, names the file and the remedy, and changes nothing.
fn is_refused(desk: &Desk, file: &Path, what: &str) {
    let before = desk.everything();
    for args in READING.iter().chain(&WRITING) {
        let error = desk.error(1, *args);
        assert_eq!(error["code"], "foreign_leftover", "{args:?} beside {what}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(file.to_str().unwrap()), "{error}");
        assert!(error["hint"].as_str().unwrap().contains("move this file away"), "{error}");
        assert_eq!(desk.changed_since(&before), NOTHING, "{args:?} beside {what}");
    }
}

#[test]
fn what_a_killed_command_left_of_this_book_is_recovered() {
    let killed = killed("ACME");
    for args in READING.iter().chain(&WRITING) {
        let desk = killed.desk();
        desk.run(*args).exits(0);
        assert_eq!(desk.ok(["holdings", "-O", "json"]), killed.held, "{args:?}");
        desk.run(["check"]).exits(0).silently();
        assert!(!desk.path("book.db-wal").exists() && !desk.path("book.db-shm").exists());
    }
}

/// An interrupted checkpoint leaves some pages of the WAL in the book, and others not.
#[test]
fn a_wal_that_was_emptied_in_part_is_recovered() {
    let killed = killed("ACME");
    let desk = killed.desk();
    desk.ok(["stocks"]);
    let after = fs::read(desk.book()).unwrap();
    let pages = after.len() / 8192;
    assert_eq!(killed.before.len(), after.len());
    for done in 0..=pages {
        let mixed = [&after[..done * 8192], &killed.before[done * 8192..]].concat();
        desk.file("book.db", mixed);
        desk.file("book.db-wal", &killed.wal);
        assert_eq!(desk.ok(["holdings", "-O", "json"]), killed.held, "{done} pages");
        desk.run(["check"]).exits(0).silently();
    }
}

#[test]
fn a_wal_of_another_book_or_another_time_is_refused() {
    let (killed, other) = (killed("ACME"), killed("BOLT"));
    let desk = killed.desk();
    // An older copy was put back while the WAL was there.
    let older = Desk::new();
    older.ok(["add-stock", "ACME", "A company"]);
    older.ok(["backup", "copy.db"]);
    let copy = fs::read(older.path("copy.db")).unwrap();
    older.ok(["buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    let hold = older.sqlite();
    hold.query_row("SELECT count(*) FROM events", [], |_| Ok(())).unwrap();
    older.ok(["buy", "ACME", "2", "110", "--date", "2024-01-03"]);
    let wal = fs::read(older.path("book.db-wal")).unwrap();
    drop(hold);
    let page = |bytes: &[u8]| bytes.len() - 32;
    assert!(page(&wal) > 8192);
    for (book, wal, what) in [
        (&killed.book, &other.wal, "another book's"),
        (&other.book, &killed.wal, "another book's"),
        (&copy, &wal, "a later one"),
        (&fs::read(older.book()).unwrap(), &wal, "an earlier one"),
    ] {
        fs::write(desk.book(), book).unwrap();
        fs::write(desk.path("book.db-wal"), wal).unwrap();
        fs::remove_file(desk.log()).ok();
        if what == "an earlier one" {
            // Everything in it is in the book: it leads from the book's former state to the present one.
            desk.ok(["holdings"]);
            continue;
        }
        is_refused(&desk, &desk.path("book.db-wal"), what);
        fs::remove_file(desk.path("book.db-wal")).unwrap();
        desk.run(["check"]).exits(0);
    }
}

/// What is in the place of a file.
type StandIn = fn(&Desk, &Path);

const STAND_INS: [(&str, StandIn); 5] = [
    ("a link", |desk, path| symlink(desk.file("precious", "precious"), path).unwrap()),
    ("a link to nowhere", |desk, path| symlink(desk.path("nowhere"), path).unwrap()),
    ("a second name", |desk, path| fs::hard_link(desk.file("precious", vec![0; 32768]), path).unwrap()),
    ("a folder", |_, path| fs::create_dir(path).unwrap()),
    ("a pipe", |desk, path| assert!(desk.program("mkfifo").arg(path).status().unwrap().success())),
];

/// Files of the right kind that are not the book's.
const STRANGE: [(&str, StandIn); 3] = [
    ("open to all", |_, path| {
        fs::write(path, "").unwrap();
        mode(path, 0o666);
    }),
    ("somebody else's", |_, path| {
        fs::write(path, "").unwrap();
        mode(path, 0o600);
        std::os::unix::fs::chown(path, Some(NOBODY), None).unwrap();
    }),
    ("somebody else's and open to all", |_, path| {
        fs::write(path, "").unwrap();
        mode(path, 0o666);
        std::os::unix::fs::chown(path, Some(NOBODY), None).unwrap();
    }),
];

#[test]
fn what_is_not_the_owner_s_own_file_is_refused_beside_a_book_and_beside_its_place() {
    for (what, stand_in) in STAND_INS.into_iter().chain(STRANGE) {
        if what.starts_with("somebody") && !is_root() {
            eprintln!("skipped, for want of another user: {what}");
            continue;
        }
        for suffix in ["-wal", "-shm", "-journal"] {
            let desk = Desk::with_stocks();
            let path = desk.path(&format!("book.db{suffix}"));
            stand_in(&desk, &path);
            is_refused(&desk, &path, &format!("{what}, {suffix}"));
            fs::remove_file(desk.book()).unwrap();
            fs::remove_file(desk.log()).unwrap();
            let before = desk.everything();
            let error = desk.error(1, ["add-stock", "NEW", "New Inc."]);
            assert_eq!(error["code"], "foreign_leftover", "{what}, {suffix}: {error}");
            assert_eq!(desk.changed_since(&before), NOTHING, "{what}, {suffix}");
        }
    }
}

#[test]
fn a_journal_is_refused_whatever_it_holds() {
    for content in ["", "garbage", "\u{0}\u{0}\u{0}\u{0}"] {
        let desk = Desk::with_stocks();
        let journal = desk.file("book.db-journal", content);
        mode(&journal, 0o600);
        is_refused(&desk, &journal, content);
        fs::remove_file(journal).unwrap();
        desk.run(["check"]).exits(0).silently();
    }
}

#[test]
fn a_wal_without_a_transaction_takes_nothing_from_anybody_and_garbage_is_named() {
    let whole = killed("ACME").wal;
    for (content, is_ours) in [
        (Vec::new(), true),
        (vec![0; 50_000], true),
        (whole[..31].to_vec(), true),
        (whole[..5000].to_vec(), true),
        (b"garbage".to_vec(), false),
        (vec![0xA5; 50_000], false),
    ] {
        for begin in [true, false] {
            let desk = if begin { Desk::new() } else { Desk::with_stocks() };
            let wal = desk.file("book.db-wal", &content);
            mode(&wal, 0o600);
            if is_ours {
                desk.ok(["add-stock", "NEW", "New Inc."]);
                desk.run(["check"]).exits(0).silently();
            } else {
                assert_eq!(desk.error(1, ["add-stock", "NEW", "New Inc."])["code"], "foreign_leftover");
                assert_eq!(fs::read(wal).unwrap(), content);
            }
        }
    }
}

#[test]
fn a_book_is_not_begun_beside_the_wal_of_one_that_is_gone() {
    let desk = killed("ACME").desk();
    fs::remove_file(desk.book()).unwrap();
    fs::remove_file(desk.log()).unwrap();
    let before = desk.everything();
    for args in [&["add-stock", "NEW", "New Inc."][..], &["add-stock", "NEW", "New Inc.", "-n"]] {
        let error = desk.error(1, args);
        assert_eq!(error["code"], "foreign_leftover", "{error}");
        assert!(error["message"].as_str().unwrap().contains("a book that is not there"), "{error}");
        assert_eq!(desk.changed_since(&before), NOTHING);
    }
    fs::remove_file(desk.path("book.db-wal")).unwrap();
    desk.ok(["add-stock", "NEW", "New Inc."]);
    desk.run(["check"]).exits(0).silently();
}

#[test]
fn a_backup_gets_no_name_beside_which_something_was_left() {
    let desk = Desk::with_stocks();
    for (_, stand_in) in STAND_INS {
        for suffix in ["-wal", "-shm", "-journal"] {
            let path = desk.path(&format!("copy.db{suffix}"));
            stand_in(&desk, &path);
            let before = desk.everything();
            for force in [&[][..], &["--force"]] {
                let args = [&["backup", "copy.db"][..], force].concat();
                assert_eq!(desk.error(1, args)["code"], "file_in_use");
                assert_eq!(desk.changed_since(&before), NOTHING);
            }
            desk.program("rm").arg("-r").arg(path).status().unwrap();
        }
    }
}

#[test]
fn a_backup_does_not_take_the_place_of_a_book_that_somebody_has_open() {
    let desk = Desk::with_stocks();
    desk.ok(["backup", "copy.db"]);
    let copy = fs::read(desk.path("copy.db")).unwrap();
    let open = Connection::open(desk.path("copy.db")).unwrap();
    // As a book that has just been opened and has nothing beside it yet.
    open.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(())).unwrap();
    open.query_row("SELECT count(*) FROM events", [], |_| Ok(())).unwrap();
    fs::remove_file(desk.path("copy.db-wal")).ok();
    let error = desk.error(1, ["backup", "copy.db", "--force"]);
    assert_eq!(error["code"], "file_in_use", "{error}");
    drop(open);
    assert_eq!(fs::read(desk.path("copy.db")).unwrap(), copy);
    desk.ok(["backup", "copy.db", "--force"]);
}

#[test]
fn a_log_of_somebody_else_or_under_two_names_is_not_written_to() {
    let stand_ins = STAND_INS.into_iter().chain(STRANGE).filter(|(what, _)| *what != "open to all");
    for (what, stand_in) in stand_ins {
        if what.starts_with("somebody") && !is_root() {
            eprintln!("skipped, for want of another user: {what}");
            continue;
        }
        // A first command is refused.
        let desk = Desk::new();
        stand_in(&desk, &desk.log());
        let before = desk.everything();
        for args in [&["add-stock", "NEW", "New Inc."][..], &["add-stock", "NEW", "New Inc.", "-n"]] {
            let error = desk.error(1, args);
            assert_eq!(error["code"], "foreign_audit_log", "{what}: {error}");
            assert_eq!(desk.changed_since(&before), NOTHING, "{what}");
        }
        // Beside a book, the log is moved aside and created again.
        let desk = Desk::with_stocks();
        let whole = fs::read(desk.log()).unwrap();
        fs::remove_file(desk.log()).unwrap();
        stand_in(&desk, &desk.log());
        if what == "a second name" || what.starts_with("somebody") {
            let before = desk.everything();
            assert_eq!(desk.error(1, ["buy", "ACME", "1", "1"])["code"], "foreign_audit_log", "{what}");
            assert!(desk.run(["holdings"]).exits(0).err().starts_with("warning: "), "{what}");
            desk.run(["audit", "verify"]).exits(4);
            assert_eq!(desk.changed_since(&before), NOTHING, "{what}");
        }
        desk.ok(["audit", "repair"]);
        assert_eq!(fs::read(desk.log()).unwrap(), whole, "{what}");
        assert_eq!(fs::metadata(desk.log()).unwrap().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_log_is_no_more_open_to_others_than_its_book() {
    for (of_book, of_log, after) in
        [(0o600, 0o666, 0o600), (0o600, 0o644, 0o600), (0o644, 0o666, 0o644), (0o660, 0o664, 0o660)]
    {
        let desk = Desk::with_stocks();
        mode(desk.book(), of_book);
        mode(&desk.log(), of_log);
        desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02"]);
        assert_eq!(fs::metadata(desk.log()).unwrap().mode() & 0o777, after, "{of_book:o} {of_log:o}");
        assert_eq!(fs::metadata(desk.book()).unwrap().mode() & 0o777, of_book);
    }
    let desk = Desk::new();
    mode(&desk.file("book.db.audit.jsonl", ""), 0o666);
    desk.ok(["add-stock", "ACME", "Acme"]);
    assert_eq!(fs::metadata(desk.log()).unwrap().mode() & 0o777, 0o600);
}

/// A draft that its process can no longer delete is deleted by any other command.
#[test]
fn a_killed_first_use_is_cleared_away_once_there_is_a_book() {
    const LEFT: &str = ".book.db.00000000-0000-4000-8000-000000000001.new";
    for args in WRITING.iter().chain(&READING).filter(|args| !args.contains(&"--dry-run")) {
        let desk = Desk::with_stocks();
        for name in [LEFT, ".book.db.audit.jsonl.00000000-0000-4000-8000-000000000001.new"] {
            desk.file(name, "trades");
        }
        desk.run(*args).exits(0);
        let names = desk.everything().into_keys().filter(|path| path.to_str().unwrap().contains(".new"));
        assert_eq!(names.count(), 0, "{args:?}");
    }
}

/// One file under two names, only one of which has the WAL and the log.
#[test]
fn a_book_that_is_mounted_under_a_second_name_is_refused_there() {
    let desk = Desk::with_stocks();
    let second = desk.path("second");
    fs::create_dir(&second).unwrap();
    let second = second.join("book.db");
    fs::write(&second, "").unwrap();
    let mounted = Run::of({
        let mut mount = desk.program("mount");
        mount.arg("--bind").arg(desk.book()).arg(&second);
        mount
    });
    if !mounted.status.success() {
        eprintln!("skipped, because nothing can be mounted here: {}", mounted.err());
        return;
    }
    let refused = ["holdings", "undo", "check"].map(|command| {
        let mut run = desk.command([command, "-O", "json"]);
        run.env("STOCKBOOK_BOOK", &second);
        Run::of(run)
    });
    assert!(desk.program("umount").arg(&second).status().unwrap().success());
    for run in refused {
        let error = run.exits(1).json_error();
        assert_eq!(error["code"], "not_a_book", "{error}");
        assert!(error["message"].as_str().unwrap().contains("mount its folder instead"), "{error}");
    }
    desk.run(["buy", "ACME", "1", "1"]).exits(0);
}
