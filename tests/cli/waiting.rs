//! A command that finds the book busy waits, prints a message after a second, and gives up after `--wait`
//! without having done anything. No message ever mentions a locked database.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::audit::assert_chain;
use crate::harness::{Desk, Run, Running};

const WAITING: &str = "note: waiting for another process that is writing to the book\n";

const NOTHING: [PathBuf; 0] = [];

/// The lock of another process on the book.
struct Hold(Connection);

impl Hold {
    /// Others can read, but not write.
    fn on(desk: &Desk) -> Self {
        let other = desk.sqlite();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        Self(other)
    }

    /// Others can neither read nor write.
    fn alone_on(desk: &Desk) -> Self {
        let other = desk.sqlite();
        other.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(())).unwrap();
        other.execute_batch("BEGIN IMMEDIATE; UPDATE checkpoints SET sequence = sequence; COMMIT").unwrap();
        Self(other)
    }

    /// Releases it after a while.
    fn for_a_while(self, milliseconds: u64) -> thread::JoinHandle<()> {
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(milliseconds));
            drop(self.0);
        })
    }
}

/// Runs a command and measures how long it takes.
fn timed(desk: &Desk, args: &[&str]) -> (Run, Duration) {
    let started = Instant::now();
    (desk.run(args), started.elapsed())
}

#[test]
fn a_writer_waits_its_turn_and_says_so_once() {
    let desk = Desk::with_stocks();
    let hold = Hold::on(&desk).for_a_while(2500);
    let (run, took) = timed(&desk, &["buy", "ACME", "1", "1"]);
    assert_eq!(run.exits(0).err(), WAITING);
    assert!(took > Duration::from_secs(2), "{took:?}");
    hold.join().unwrap();
    let hold = Hold::on(&desk).for_a_while(1500);
    assert_eq!(desk.run(["buy", "ACME", "1", "1", "-q"]).exits(0).err(), "");
    hold.join().unwrap();
    // A short wait is not reported.
    let hold = Hold::on(&desk).for_a_while(300);
    assert_eq!(desk.run(["buy", "ACME", "1", "1"]).exits(0).err(), "");
    hold.join().unwrap();
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "3");
}

#[test]
fn who_looks_at_a_log_that_someone_may_be_mending_waits_their_turn_too() {
    let desk = Desk::with_stocks();
    let whole = fs::read(desk.log()).unwrap();
    for args in [&["audit", "verify"][..], &["check", "-v"], &["audit", "repair", "--dry-run"]] {
        fs::write(desk.log(), &whole[..whole.len() - 9]).unwrap();
        let hold = Hold::on(&desk).for_a_while(1500);
        let run = desk.run(args);
        assert!(run.err().starts_with(WAITING), "{run}");
        hold.join().unwrap();
    }
}

#[test]
fn whatever_needs_a_book_that_cannot_even_be_read_gives_up_alike() {
    let desk = Desk::with_stocks();
    let trades = desk.file("trades.csv", "date,action,symbol,quantity,price\n2024-02-01,buy,ACME,1,1\n");
    let trades = trades.to_str().unwrap();
    let log = desk.log_lines();
    // While it holds the book, this process must not open the file otherwise: closing it again would
    // end the hold.
    let hold = Hold::alone_on(&desk);
    for args in [
        &["holdings"][..],
        &["stocks"],
        &["transactions"],
        &["prices", "ACME"],
        &["audit"],
        &["audit", "verify"],
        &["audit", "head"],
        &["audit", "repair"],
        &["check"],
        &["check", "--repair"],
        &["backup", "copy.db"],
        &["backup", "copy.db", "-n"],
        &["add-stock", "NEW", "New"],
        &["buy", "ACME", "1", "1"],
        &["buy", "ACME", "1", "1", "-n"],
        &["import", trades],
    ] {
        let (run, took) = timed(&desk, &[args, &["--wait", "0", "-O", "json"]].concat());
        let error = run.exits(5).json_error();
        assert_eq!(error["code"], "busy", "{args:?}");
        assert!(!error.to_string().contains("locked"), "{args:?}: {error}");
        assert!(took < Duration::from_secs(2), "{args:?}: {took:?}");
    }
    for args in [&["holdings", "--wait", "2"][..], &["buy", "ACME", "1", "1", "--wait", "2"]] {
        let (run, took) = timed(&desk, args);
        assert!(run.err().starts_with(WAITING) && run.err().contains("error: the book is busy"), "{run}");
        run.exits(5);
        assert!((2..4).contains(&took.as_secs()), "{args:?}: {took:?}");
    }
    let release = hold.for_a_while(1500);
    assert_eq!(desk.run(["stocks", "-O", "csv"]).exits(0).err(), WAITING);
    release.join().unwrap();
    assert_eq!((desk.log_lines(), desk.number("SELECT count(*) FROM transactions")), (log, 0));
    assert!(!desk.path("copy.db").exists());
}

#[test]
fn waiting_for_a_book_that_cannot_even_be_read_can_be_interrupted() {
    let desk = Desk::with_stocks();
    let _hold = Hold::alone_on(&desk);
    for args in [&["buy", "ACME", "1", "1", "-q"][..], &["check", "--repair", "-q"], &["backup", "copy.db", "-q"]] {
        let mut command = desk.command(args);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut waiting = Running::start(command);
        thread::sleep(Duration::from_millis(400));
        waiting.signal("INT");
        let started = Instant::now();
        assert_eq!(waiting.ends().code(), Some(130), "{args:?}");
        assert!(started.elapsed() < Duration::from_secs(3), "{args:?}: {:?}", started.elapsed());
        let mut said = String::new();
        waiting.child().stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(said, "error: interrupted; nothing was recorded\n", "{args:?}");
    }
    assert!(!desk.path("copy.db").exists());
}

/// The first use of a book cannot be blocked, but its delivery can: once the book is visible, another process
/// may lock it before its first events are delivered.
#[test]
fn a_delivery_that_others_hold_up_waits_its_turn_too() {
    for attempt in 0.. {
        let desk = Desk::new();
        let book = desk.book().to_owned();
        let holder = thread::spawn(move || {
            while !book.exists() {
                thread::yield_now();
            }
            let other = Connection::open(&book).unwrap();
            other.busy_timeout(Duration::from_secs(5)).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let is_delivered = other.query_row("SELECT count(*) FROM checkpoints", [], |row| row.get::<_, i64>(0));
            let is_delivered = is_delivered.unwrap() > 0;
            thread::sleep(Duration::from_millis(if is_delivered { 0 } else { 2500 }));
            is_delivered
        });
        let (run, took) = timed(&desk, &["add-stock", "ACME", "Acme"]);
        let came_too_late = holder.join().unwrap();
        assert_chain(&desk.log_lines());
        if came_too_late {
            assert!(attempt < 50, "the delivery was never held up");
            continue;
        }
        assert_eq!(run.exits(0).err(), WAITING);
        assert!(took > Duration::from_secs(2), "{took:?}");
        return;
    }
}

#[test]
fn what_is_recorded_is_recorded_even_if_its_delivery_is_held_up_for_too_long() {
    for attempt in 0.. {
        let desk = Desk::new();
        let book = desk.book().to_owned();
        let is_done = &AtomicBool::new(false);
        let held = thread::scope(|scope| {
            let holder = scope.spawn(move || {
                while !book.exists() {
                    thread::yield_now();
                }
                let other = Connection::open(&book).unwrap();
                other.busy_timeout(Duration::from_secs(5)).unwrap();
                other.execute_batch("BEGIN IMMEDIATE").unwrap();
                let checkpoints = other.query_row("SELECT count(*) FROM checkpoints", [], |row| row.get::<_, i64>(0));
                let is_held = checkpoints.unwrap() == 0;
                while is_held && !is_done.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(10));
                }
                is_held
            });
            let run = desk.run(["add-stock", "ACME", "Acme", "--wait", "0"]).exits(0);
            is_done.store(true, Ordering::Relaxed);
            let held = holder.join().unwrap();
            assert!(!held || run.err().starts_with("warning: recorded, but "), "{run}");
            held
        });
        desk.run(["stocks"]).exits(0).silently();
        assert_chain(&desk.log_lines());
        if held {
            return;
        }
        assert!(attempt < 50, "the delivery was never held up");
    }
}

#[test]
fn readers_writers_checks_and_backups_at_once_all_get_their_turn() {
    let desk = Desk::with_stocks();
    let failures = thread::scope(|scope| {
        let desk = &desk;
        let workers: Vec<_> = (0..6)
            .map(|worker| {
                scope.spawn(move || {
                    let mut failures = Vec::new();
                    for round in 0..12 {
                        let backup = format!("copy-{worker}-{round}.db");
                        let args: &[&str] = match worker {
                            0 => &["check"],
                            1 => &["backup", &backup, "-q"],
                            2 => &["holdings", "-q"],
                            _ => &["buy", "ACME", "1", "1", "--date", "2024-02-01", "-q"],
                        };
                        let run = desk.run(args.iter().chain(&["--wait", "60"]));
                        if run.status.code() != Some(0) || !run.stderr.is_empty() {
                            failures.push(run.to_string());
                        }
                    }
                    failures
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "36");
    assert_chain(&desk.log_lines());
    desk.run(["check"]).exits(0).silently();
}

#[test]
fn a_process_that_is_stopped_while_it_writes_holds_up_others_no_longer_than_they_wait() {
    let desk = Desk::with_stocks();
    let rows: Vec<_> = (0..40_000).map(|row| format!("2024-01-02,buy,ACME,1,{row}\n")).collect();
    let trades = desk.file("trades.csv", format!("date,action,symbol,quantity,price\n{}", rows.concat()));
    let mut command = desk.command(["import".as_ref(), trades.as_os_str(), "-q".as_ref()]);
    command.stdout(Stdio::null());
    let mut import = Running::start(command);
    crate::harness::until("the import writes", || {
        // Its transaction has outgrown the memory, or it has been committed.
        fs::metadata(desk.path("book.db-wal")).is_ok_and(|wal| wal.len() > 1_000_000)
    });
    import.signal("STOP");
    let (run, took) = timed(&desk, &["buy", "ACME", "1", "1", "--wait", "1", "-q"]);
    assert!([Some(0), Some(5)].contains(&run.status.code()) && !run.err().contains("locked"), "{run}");
    assert!(took < Duration::from_secs(4), "{took:?}");
    assert_eq!(desk.run(["stocks"]).exits(0).stdout, desk.ok(["stocks"]).into_bytes());
    import.signal("CONT");
    assert!(import.ends().success());
    desk.run(["check"]).exits(0);
}

/// Only a repair requires that nobody else records.
#[test]
fn a_repair_of_what_is_sound_waits_for_nobody() {
    let desk = Desk::with_stocks();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE; INSERT INTO checkpoints VALUES ('another', 0)").unwrap();
    for command in ["audit repair", "audit verify", "check", "check --repair", "check --repair --dry-run"] {
        desk.run(command.split(' ').chain(["--wait", "0"])).exits(0);
    }
}

#[test]
fn an_import_is_interrupted_at_any_moment_without_a_trace_or_is_done() {
    let desk = Desk::with_stocks();
    let rows: Vec<_> = (0..6_000).map(|row| format!("2024-01-02,buy,ACME,1,{row}\n")).collect();
    let trades = desk.file("trades.csv", format!("date,action,symbol,quantity,price\n{}", rows.concat()));
    let before = desk.everything();
    let mut codes = Vec::new();
    for round in 0..16_u64 {
        let mut command = desk.command(["import".as_ref(), trades.as_os_str()]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut import = Running::start(command);
        thread::sleep(Duration::from_millis(round * 25));
        import.signal(["INT", "TERM", "HUP"][usize::try_from(round).unwrap() % 3]);
        let code = import.ends().code();
        let mut said = String::new();
        import.child().stderr.take().unwrap().read_to_string(&mut said).unwrap();
        match code {
            Some(130) => {
                assert_eq!(said, "error: interrupted; nothing was recorded\n");
                assert_eq!(desk.changed_since(&before), NOTHING);
            }
            // The signal arrived when it had hardly begun, or had already ended.
            None => assert_eq!(desk.changed_since(&before), NOTHING),
            Some(0) => {
                assert_eq!(desk.json(["transactions"]).as_array().unwrap().len(), 6_000);
                desk.run(["check"]).exits(0).silently();
                return;
            }
            Some(other) => panic!("{other}: {said}"),
        }
        codes.push(code);
    }
    assert!(codes.contains(&Some(130)), "{codes:?}");
}
