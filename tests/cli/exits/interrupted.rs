//! Busy books, closed pipes and streams, and signals.

use std::fs::File;
use std::io::Write as _;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Desk, Running};

#[test]
fn a_busy_book_is_waited_for_and_then_given_up() {
    let desk = Desk::with_stocks();
    let before = desk.log_lines();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for (wait, at_least) in [("0", 0), ("1", 1)] {
        let started = Instant::now();
        let error = desk.error(5, ["buy", "ACME", "1", "1", "--wait", wait]);
        assert_eq!(error["code"], "busy");
        assert!(started.elapsed() >= Duration::from_secs(at_least), "{:?}", started.elapsed());
        assert!(started.elapsed() < Duration::from_secs(at_least + 3), "{:?}", started.elapsed());
    }
    // Reading does not wait.
    let started = Instant::now();
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 2);
    assert!(started.elapsed() < Duration::from_secs(3));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.log_lines(), before);
    desk.ok(["buy", "ACME", "1", "1", "--wait", "0"]);
}

#[test]
fn a_busy_book_is_waited_for_until_it_is_free() {
    let desk = Desk::with_stocks();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut waiting = Running::start(desk.command(["buy", "ACME", "1", "1", "-q"]));
    thread::sleep(Duration::from_millis(400));
    assert!(waiting.child().try_wait().unwrap().is_none());
    other.execute_batch("ROLLBACK").unwrap();
    assert!(waiting.ends().success());
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "1");
}

#[test]
fn waiting_for_a_busy_book_can_be_interrupted() {
    let desk = Desk::with_stocks();
    let before = desk.log_lines();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut command = desk.command(["buy", "ACME", "1", "1", "-q"]);
    command.stderr(Stdio::null());
    let mut waiting = Running::start(command);
    thread::sleep(Duration::from_millis(400));
    waiting.signal("INT");
    let started = Instant::now();
    assert_eq!(waiting.ends().code(), Some(130));
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.log_lines(), before);
    assert_eq!(desk.json(["transactions"]), json!([]));
}

#[test]
fn writers_at_the_same_time_all_get_their_turn() {
    let desk = Desk::new();
    let mut started: Vec<_> = (0..8)
        .map(|number| {
            let mut command = desk.command(["add-stock", &format!("S{number}"), "Stock", "-q"]);
            command.stderr(Stdio::inherit());
            Running::start(command)
        })
        .collect();
    assert!(started.iter_mut().all(|running| running.ends().success()));
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 8);
    let sequences: Vec<_> = desk.audit_lines().iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequences, (1..=10).collect::<Vec<_>>());
}

/// An import that reads from a pipe that stays open.
fn import_from_pipe(desk: &Desk) -> (Running, File) {
    assert!(desk.program("mkfifo").arg("pipe").status().unwrap().success());
    let mut command = desk.command(["import", "--add-stocks", "pipe"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let running = Running::start(command);
    // Opening blocks until the import opens the other end; if it has died, for ever.
    let (sender, opened) = mpsc::channel();
    let path = desk.path("pipe");
    thread::spawn(move || sender.send(File::options().write(true).open(path)));
    let mut pipe = opened.recv_timeout(Duration::from_secs(10)).unwrap().unwrap();
    pipe.write_all(b"date,symbol,price\n2024-01-02,NEW,1\n").unwrap();
    (running, pipe)
}

fn is_interrupted(desk: &Desk, running: &mut Running) {
    let status = running.ends();
    let said = std::io::read_to_string(running.child().stderr.take().unwrap()).unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(130), "error: interrupted; nothing was recorded\n"));
    let shown = std::io::read_to_string(running.child().stdout.take().unwrap()).unwrap();
    assert_eq!(shown, "");
    assert!(!desk.book().exists() && !desk.log().exists());
}

#[test]
fn an_interrupted_import_records_nothing() {
    for signal in ["INT", "TERM", "HUP"] {
        let desk = Desk::new();
        let (mut running, mut pipe) = import_from_pipe(&desk);
        thread::sleep(Duration::from_millis(100));
        running.signal(signal);
        thread::sleep(Duration::from_millis(100));
        // Rows keep coming; the import may have ended by now.
        let _ = pipe.write_all(b"2024-01-03,NEW,1\n2024-01-04,NEW,1\n");
        is_interrupted(&desk, &mut running);
    }
}

#[test]
fn a_pipe_that_is_closed_early_is_no_error() {
    let desk = Desk::new();
    let rows: Vec<_> = (0..3000).map(|row| format!("2024-01-02,buy,ACME,1,{row}.5\n")).collect();
    let rows = rows.concat();
    desk.fed(&format!("date,action,symbol,quantity,price\n{rows}"), ["import", "--add-stocks", "-", "-q"]).exits(0);
    for command in
        ["audit", "transactions", "transactions -O json", "transactions -O csv", "audit -O csv", "audit -O table"]
    {
        let status = format!("{{ \"$0\" {command}; echo \"exit $?\" >&2; }} | head -1 >/dev/null");
        assert_eq!(desk.shell(&status).exits(0).err(), "exit 0\n", "{command}");
    }
    // The work is done, whether anybody reads the output or not.
    let run = desk.shell("{ sleep 0.2; \"$0\" buy ACME 1 1; echo \"exit $?\" >&2; } | true");
    assert_eq!(run.exits(0).err(), "exit 0\n");
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "3001");
}

#[test]
fn a_full_disk_behind_standard_output_fails_a_read_but_not_what_is_recorded() {
    let desk = Desk::with_stocks();
    for command in ["stocks", "transactions -O csv", "audit", "audit -O csv"] {
        let run = desk.shell(&format!("exec \"$0\" {command} >/dev/full")).exits(1);
        assert!(run.err().starts_with("error: "), "{run}");
    }
    let run = desk.shell("exec \"$0\" stocks -O json >/dev/full").exits(1);
    assert_eq!(run.json_error()["code"], "io_error");
    for command in ["buy ACME 1 1", "buy ACME 1 1 -O json", "update-price ACME 3 -O csv"] {
        let run = desk.shell(&format!("exec \"$0\" {command} >/dev/full")).exits(0);
        assert!(run.err().starts_with("warning: "), "{run}");
    }
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "2");
}

#[test]
fn closed_standard_streams_do_no_harm() {
    let desk = Desk::with_stocks();
    desk.shell("exec \"$0\" buy ACME 1 1 <&- >&- 2>&-").exits(0);
    desk.shell("exec \"$0\" holdings 2>&-").exits(0);
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "1");
    assert_eq!(desk.shell("exec \"$0\" sell ACME 9 1 2>&-").exits(3).out(), "");
    // Without a standard output, a careless program would open the book in its place.
    assert_eq!(desk.audit_lines().len(), 5);
}

#[test]
fn an_import_that_waits_for_its_input_can_be_interrupted() {
    let desk = Desk::new();
    let (mut running, pipe) = import_from_pipe(&desk);
    thread::sleep(Duration::from_millis(200));
    running.signal("INT");
    is_interrupted(&desk, &mut running);
    drop(pipe);
}
