//! Long commands that record something heed an interruption, wherever it finds them, and then nothing is
//! recorded. A debug build writes down what it asks of SQLite: that tells when it is at work.
#![cfg(debug_assertions)]
#![expect(clippy::arithmetic_side_effects, reason = "counts of what is in memory; an overflow fails the test")]

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use crate::harness::{Desk, Running, until};

/// Trades of the position, of which each of the commands looks at all.
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

#[test]
fn an_interruption_is_heeded_and_nothing_is_recorded() {
    let desk = desk();
    let (events, held) = (desk.number("SELECT count(*) FROM events"), desk.ok(["holdings", "--as-of", "2024-01-01"]));
    let trace = desk.path("trace.jsonl");
    for command in COMMANDS {
        let mut started = desk.command(command.split(' '));
        started.env("STOCKBOOK_TRACE", &trace).stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Running::start(started);
        until(&format!("`{command}` is at work"), || {
            fs::read_to_string(&trace).is_ok_and(|traced| traced.contains("FROM events e CROSS JOIN"))
        });
        running.signal("INT");
        assert_eq!(running.ends().code(), Some(130), "{command}");
        fs::remove_file(&trace).unwrap();
        assert_eq!(desk.number("SELECT count(*) FROM events"), events, "{command}");
        assert_eq!(desk.ok(["holdings", "--as-of", "2024-01-01"]), held, "{command}");
    }
    desk.ok(["check", "--repair"]);
    desk.ok(["check"]);
}
