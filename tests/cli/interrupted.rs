//! Long commands can be interrupted at any point, and then record nothing. A debug build logs its SQLite
//! statements, which shows when it is at work.
#![cfg(debug_assertions)]
#![expect(clippy::arithmetic_side_effects, reason = "counts of what is in memory; an overflow fails the test")]

use std::fmt::Write as _;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{ExitStatus, Stdio};

use crate::harness::{Desk, Running, until};

/// The number of trades of the position; each of the commands reads all of them.
const TRADES: usize = 3000;

const COMMANDS: [&str; 8] = [
    "set-cost-basis main lifo",
    "void first",
    "amend first --price 11",
    "undo",
    "split ACME 2:1 --date 2000-01-02",
    "sell ACME 1 12 --date 2000-01-04",
    "check --repair",
    "check --repair --dry-run",
];

fn desk() -> Desk {
    let desk = Desk::new();
    let mut rows = "date,action,symbol,quantity,price,id\n2000-01-01,buy,ACME,1,10,first\n".to_owned();
    for n in 0..TRADES {
        let action = if n % 2 == 0 { "buy" } else { "sell" };
        writeln!(rows, "20{:02}-{:02}-03,{action},ACME,1,{n}.5,", n / 250 + 1, n / 21 % 12 + 1).unwrap();
    }
    desk.file("trades.csv", rows);
    desk.ok(["-q", "import", "--add-stocks", "trades.csv"]);
    // So that there is something to repair.
    desk.edit("UPDATE positions SET realized_gain = '1'");
    desk
}

/// On a busy machine, a command may finish before the signal arrives. Then it is tried again.
const ATTEMPTS: usize = 10;

/// The exit code of a command that is interrupted at work. If it finished earlier, the book is as it was.
fn interrupted(desk: &Desk, command: &str) -> Option<i32> {
    let files = [desk.book().to_owned(), desk.log()];
    let before = files.each_ref().map(|file| fs::read(file).unwrap());
    let trace = desk.path("trace.jsonl");
    let mut started = desk.command(command.split(' '));
    started.env("STOCKBOOK_TRACE", &trace).stdout(Stdio::null()).stderr(Stdio::null());
    let mut running = Running::start(started);
    until(&format!("`{command}` is at work"), || {
        fs::read_to_string(&trace).is_ok_and(|traced| traced.contains("FROM events e CROSS JOIN"))
    });
    running.signal("INT");
    let code = running.ends().code();
    fs::remove_file(&trace).unwrap();
    if code == Some(0) {
        files.iter().zip(before).for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
    }
    code
}

#[test]
fn an_interruption_is_heeded_and_nothing_is_recorded() {
    let desk = desk();
    let (events, held) = (desk.number("SELECT count(*) FROM events"), desk.ok(["holdings", "--as-of", "2024-01-01"]));
    for command in COMMANDS {
        let code = (0..ATTEMPTS).map(|_| interrupted(&desk, command)).find(|code| *code != Some(0)).flatten();
        assert_eq!(code, Some(130), "{command}");
        assert_eq!(desk.number("SELECT count(*) FROM events"), events, "{command}");
        assert_eq!(desk.ok(["holdings", "--as-of", "2024-01-01"]), held, "{command}");
    }
    desk.ok(["check", "--repair"]);
    desk.ok(["check"]);
}

/// Commands that read and have more output than a pipe holds.
const READERS: [&str; 11] = [
    "transactions",
    "transactions -O csv",
    "transactions -O json",
    "gains -O csv",
    "gains --by lot -O json",
    "returns --flows -O json",
    "audit",
    "audit -O table",
    "export csv",
    "export json",
    "export beancount",
];

#[test]
fn a_command_whose_reader_has_stopped_reading_is_ended_by_an_interruption() {
    let desk = desk();
    for command in READERS {
        let mut started = desk.command(command.split(' '));
        started.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Running::start(started);
        until(&format!("`{command}` has filled the pipe"), || {
            let out = running.child().stdout.as_ref().unwrap();
            rustix::io::ioctl_fionread(out).unwrap() >= 0xF000
        });
        running.signal("INT");
        assert!(is_interrupted(running.ends()), "{command}");
    }
    desk.ok(["check", "--repair"]);
}

#[test]
fn a_check_is_ended_by_an_interruption() {
    let desk = desk();
    let trace = desk.path("trace.jsonl");
    for command in ["check", "audit verify"] {
        let mut started = desk.command(command.split(' '));
        started.env("STOCKBOOK_TRACE", &trace).stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Running::start(started);
        until(&format!("`{command}` is at work"), || {
            fs::read_to_string(&trace).is_ok_and(|traced| traced.contains("FROM events"))
        });
        running.signal("INT");
        assert!(is_interrupted(running.ends()), "{command}");
        fs::remove_file(&trace).unwrap();
    }
    desk.ok(["check", "--repair"]);
}

/// Whether a shell would say 130 of it.
fn is_interrupted(status: ExitStatus) -> bool {
    status.signal() == Some(2) || status.code() == Some(130)
}
