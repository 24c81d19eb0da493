//! Many processes at once on one book, some of them killed at any moment and tried again.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::powercut::Chance;
use crate::stage::{place, program};
use crate::witness::{Examined, examine};
use rust_decimal::Decimal;
use serde_json::Value;

/// How many processes, what each does, and how much of that is killed.
struct Crowd {
    processes: usize,
    commands: usize,
    killed_percent: usize,
}

/// What came of it.
#[derive(Debug, Default)]
struct Tally {
    runs: usize,
    kills: usize,
    refused: usize,
    acknowledged: BTreeSet<String>,
}

/// The stock that all of them trade.
const SHARED: &str = "SHARED";

impl Crowd {
    /// Lets all of them loose on a new book.
    fn run(&self) -> Tally {
        let folder = tempfile::tempdir_in(place()).unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        prepare(folder.path());
        let folder = folder.path();
        let tally = thread::scope(|scope| {
            let start = |process| scope.spawn(move || self.work(folder, process));
            let workers: Vec<_> = (0..self.processes).map(start).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).fold(Tally::default(), Tally::with)
        });
        tally.is_what_the_book_says(folder);
        tally
    }

    /// Buys and sells by turns, each under an id of its own, until each is acknowledged or refused.
    fn work(&self, folder: &Path, process: usize) -> Tally {
        let mut tally = Tally::default();
        let mut chance = Chance(process as u64);
        let said = (folder.join(format!("out {process}")), folder.join(format!("err {process}")));
        for number in 0..self.commands {
            let id = format!("{process}-{number}");
            // More is sold of the shared stock than there may be at that moment.
            let (action, quantity) = if number % 2 == 0 { ("buy", "2") } else { ("sell", "3") };
            let args =
                [action, SHARED, quantity, "10", "--date", "2024-01-02", "--id", &id, "--wait", "120", "-O", "json"];
            loop {
                tally.runs += 1;
                let mut command = program(folder, &args);
                command.stdout(File::create(&said.0).unwrap()).stderr(File::create(&said.1).unwrap());
                let mut child = command.spawn().unwrap();
                if chance.below(100) < self.killed_percent {
                    tally.kills += 1;
                    thread::sleep(Duration::from_micros(chance.below(12_000) as u64));
                    let _ = child.kill();
                }
                let status = child.wait().unwrap();
                let (out, err) = (fs::read_to_string(&said.0).unwrap(), fs::read_to_string(&said.1).unwrap());
                // Whoever was told may go, also if the process was killed right after.
                if let Ok(answer) = serde_json::from_str::<Value>(&out) {
                    tally.acknowledged.insert(answer["transaction_id"].to_string());
                    break;
                }
                match status.code() {
                    None => {}
                    Some(3) => {
                        assert!(err.contains("insufficient_quantity"), "{err}");
                        tally.refused += 1;
                        break;
                    }
                    other => panic!("{args:?} ends with {other:?}: {err}{out}"),
                }
            }
            let err = fs::read_to_string(&said.1).unwrap();
            assert!(!err.contains("locked") && !err.contains("warning") && !err.contains("note"), "{err}");
        }
        tally
    }
}

fn prepare(folder: &Path) {
    for args in [&["add-stock", SHARED, "Shared Inc."][..], &["buy", SHARED, "20", "10", "--date", "2024-01-02"]] {
        assert!(program(folder, args).stdout(Stdio::null()).status().unwrap().success());
    }
}

impl Tally {
    fn with(mut self, other: Self) -> Self {
        self.acknowledged.extend(other.acknowledged);
        Self {
            runs: self.runs + other.runs,
            kills: self.kills + other.kills,
            refused: self.refused + other.refused,
            acknowledged: self.acknowledged,
        }
    }

    /// What was acknowledged is recorded once, what was refused is not, and no more was sold than
    /// was held at any time.
    fn is_what_the_book_says(&self, folder: &Path) {
        let json = |args: &[&str]| {
            let output = program(folder, args).output().unwrap();
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
            serde_json::from_slice::<Value>(&output.stdout).unwrap()
        };
        let holdings = json(&["holdings", "-O", "json"]);
        let lines = examine(&folder.join("data").join("book.db")).and_then(Examined::sound).unwrap();
        let trades: Vec<Value> = lines
            .iter()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|event| event["event_type"] == "TransactionExecutedEvent")
            .map(|event| event["data"].clone())
            .collect();
        // The first one was there before.
        let ids: BTreeSet<_> = trades[1..].iter().map(|trade| trade["transaction_id"].to_string()).collect();
        assert_eq!(ids, self.acknowledged);
        assert_eq!(ids.len(), trades.len() - 1, "a trade is there twice");
        let mut held = Decimal::ZERO;
        for trade in &trades {
            let quantity: Decimal = trade["quantity"].as_str().unwrap().parse().unwrap();
            held += if trade["transaction_type"] == "SELL" { -quantity } else { quantity };
            assert!(held >= Decimal::ZERO, "more was sold than was held");
        }
        // A position that is closed is not shown.
        assert_eq!(holdings[0]["quantity"].as_str().unwrap_or("0"), held.to_string());
    }
}

/// Before that, a WAL that several processes wrote to could be damaged when it began anew.
#[test]
fn sqlite_is_one_that_several_can_write_with() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn several_processes_lose_and_duplicate_nothing() {
    Crowd { processes: 4, commands: 10, killed_percent: 40 }.run();
}

#[test]
#[ignore = "takes a minute"]
fn many_processes_lose_and_duplicate_nothing() {
    let crowd = Crowd { processes: 16, commands: 50, killed_percent: 40 };
    let Tally { runs, kills, refused, acknowledged } = crowd.run();
    println!(
        "16 processes, 50 trades each: {runs} runs, {kills} of them killed, {} trades acknowledged, {refused} refused",
        acknowledged.len()
    );
}
