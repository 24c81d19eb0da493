//! The audit log: its chain, and how it is read.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::harness::{Desk, Run, Running, events, members, until};

/// No sequence number.
const NONE: [u64; 0] = [];

/// The lower-case hex SHA-256 of bytes.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The `previous_hash` of the next line.
pub(crate) fn head_hash(lines: &[String]) -> String {
    lines.last().map_or_else(|| "0".repeat(64), |line| sha256(line.as_bytes()))
}

/// Asserts that the lines are numbered from 1 without gaps and that each contains the hash of the one before.
pub(crate) fn assert_chain(lines: &[String]) {
    let mut previous_hash = head_hash(&[]);
    for (sequence, line) in (1..).zip(lines) {
        assert!(line.ends_with('\n'), "{line:?}");
        let event: Value = serde_json::from_str(line).unwrap();
        let members = members(&event);
        assert_eq!(members, ["sequence", "event_id", "event_type", "occurred_at", "data", "previous_hash"]);
        assert_eq!(event["sequence"], sequence);
        assert_eq!(event["previous_hash"], previous_hash, "line {sequence}");
        previous_hash = sha256(line.as_bytes());
        // Compact: parsed and written again, it is the same.
        assert_eq!(format!("{event}\n"), *line);
    }
}

fn history() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["buy", "BOLT", "1", "30", "--date", "2024-01-02", "--note", "Ω"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    desk.ok(["sell", "ACME", "10", "110", "--date", "2024-01-03"]);
    desk.ok(["add-portfolio", "pension"]);
    desk
}

/// The sequence numbers of what `audit` prints.
fn sequences(desk: &Desk, args: &[&str]) -> Vec<u64> {
    let printed = desk.ok(["audit"].iter().chain(args));
    events(&printed).iter().map(|event| event["sequence"].as_u64().unwrap()).collect()
}

#[test]
fn the_log_and_what_audit_prints_are_the_same_bytes() {
    let desk = history();
    let log = fs::read(desk.log()).unwrap();
    assert_eq!(desk.run(["audit"]).exits(0).silently().stdout, log);
    assert_eq!(desk.run(["audit", "-O", "json"]).exits(0).silently().stdout, log);
}

#[test]
fn every_line_is_chained_to_the_one_before() {
    let desk = history();
    let lines = desk.log_lines();
    assert_eq!(lines.len(), 9);
    assert_chain(&lines);
    // The next event will refer to the head that a shell computes.
    let script = "tail -n 1 book.db.audit.jsonl | sha256sum | cut -d' ' -f1";
    let head = desk.shell(script).exits(0).out();
    assert_eq!(head.trim(), head_hash(&lines));
    desk.ok(["add-portfolio", "next"]);
    assert_eq!(desk.audit_lines()[9]["previous_hash"], head.trim());
}

#[test]
fn the_first_lines_are_the_book_and_its_main_portfolio() {
    let desk = history();
    let lines = desk.audit_lines();
    assert_eq!(
        (&lines[0]["event_type"], &lines[1]["event_type"]),
        (&"BookCreatedEvent".into(), &"PortfolioCreatedEvent".into())
    );
    assert_eq!(lines[0]["previous_hash"], "0".repeat(64));
    assert_eq!((&lines[1]["data"]["name"], &lines[1]["data"]["cost_basis_method"]), (&"main".into(), &"fifo".into()));
}

#[test]
fn the_data_of_every_event_has_the_contract_s_members_in_order() {
    let desk = history();
    let _tidy = desk.tidy();
    let lines = desk.audit_lines();
    let shown: Vec<_> =
        [0, 1, 2, 4, 6, 7].map(|at: usize| format!("{} {}", lines[at]["event_type"], lines[at]["data"])).into();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    "BookCreatedEvent" {"book_id":"[uuid]","format_version":1}
    "PortfolioCreatedEvent" {"portfolio_id":"[uuid]","name":"main","cost_basis_method":"fifo"}
    "StockCreatedEvent" {"stock_id":"[uuid]","symbol":"ACME","company_name":"Acme Corporation","sector":"Industrials","industry":"Anvils","currency":"USD"}
    "TransactionExecutedEvent" {"transaction_id":"[uuid]","portfolio_id":"[uuid]","stock_id":"[uuid]","portfolio":"main","symbol":"ACME","transaction_type":"BUY","trade_date":"2024-01-02","quantity":"10","price":"100","fee":"0","total_amount":"1000","currency":"USD","note":null}
    "StockPriceUpdatedEvent" {"stock_id":"[uuid]","symbol":"ACME","price_date":"2024-01-03","old_price":null,"new_price":"120","change_percentage":null,"basis_date":"2024-01-03"}
    "TransactionExecutedEvent" {"transaction_id":"[uuid]","portfolio_id":"[uuid]","stock_id":"[uuid]","portfolio":"main","symbol":"ACME","transaction_type":"SELL","trade_date":"2024-01-03","quantity":"10","price":"110","fee":"0","total_amount":"1100","currency":"USD","note":null}
    "#);
}

#[test]
fn filters_choose_lines_and_leave_them_as_they_are() {
    let desk = history();
    assert_eq!(sequences(&desk, &["--type", "TransactionExecutedEvent"]), [5, 6, 8]);
    assert_eq!(sequences(&desk, &["--symbol", "acme"]), [3, 5, 7, 8]);
    assert_eq!(sequences(&desk, &["--symbol", "ACME", "--type", "TransactionExecutedEvent"]), [5, 8]);
    assert_eq!(sequences(&desk, &["--symbol", "BOLT", "--type", "StockPriceUpdatedEvent"]), NONE);
    assert!(desk.refused(2, ["audit", "--type", "NoSuchEvent"]).contains("NoSuchEvent"));
    let lines = desk.log_lines();
    assert_eq!(desk.ok(["audit", "--type", "TransactionExecutedEvent", "--symbol", "BOLT"]), lines[5]);
}

#[test]
fn a_cursor_reads_what_is_new() {
    let desk = history();
    assert_eq!(sequences(&desk, &["--since-sequence", "7"]), [8, 9]);
    assert_eq!(sequences(&desk, &["--since-sequence", "0"]).len(), 9);
    assert_eq!(sequences(&desk, &["--since-sequence", "9"]), NONE);
    assert_eq!(sequences(&desk, &["--since-sequence", "1000"]), NONE);
    assert_eq!(sequences(&desk, &["--since-sequence", "5", "--symbol", "ACME"]), [7, 8]);
}

#[test]
fn the_tail_is_of_what_the_filters_leave() {
    let desk = history();
    assert_eq!(sequences(&desk, &["--tail", "2"]), [8, 9]);
    assert_eq!(sequences(&desk, &["--tail", "0"]), NONE);
    assert_eq!(sequences(&desk, &["--tail", "100"]).len(), 9);
    assert_eq!(sequences(&desk, &["--tail", "2", "--symbol", "ACME"]), [7, 8]);
    assert_eq!(sequences(&desk, &["--tail", "5", "--since-sequence", "7"]), [8, 9]);
}

#[test]
fn instants_and_days_bound_the_time_of_recording() {
    let desk = history();
    let lines = desk.audit_lines();
    let at = |line: usize| lines[line]["occurred_at"].as_str().unwrap().to_owned();
    // The events of one command share an instant; `since` includes it, `until` excludes it.
    assert_eq!(sequences(&desk, &["--since", &at(7)]), [8, 9]);
    assert_eq!(sequences(&desk, &["--until", &at(4)]), [1, 2, 3, 4]);
    assert_eq!(sequences(&desk, &["--since", &at(4), "--until", &at(7)]), [5, 6, 7]);
    assert_eq!(sequences(&desk, &["--since", "today", "--until", "today"]).len(), 9);
    assert_eq!(sequences(&desk, &["--until", "yesterday"]), NONE);
    assert_eq!(sequences(&desk, &["--since", "2020-01-01"]).len(), 9);
    assert_eq!(desk.error(2, ["audit", "--since", "2020-01-01T00:00"])["code"], "invalid_instant");
    assert_eq!(desk.error(2, ["audit", "--since", "2020-13-01"])["code"], "invalid_date");
}

#[test]
fn for_eyes_and_spreadsheets_it_is_a_table_or_csv() {
    let desk = history();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["audit", "-O", "table", "--tail", "2"]), @"
    SEQUENCE  RECORDED          EVENT                WHAT
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
           8  [minute]  TransactionExecuted  portfolio main, symbol ACME, transaction_type SELL, trade_date 2024-01-03, quantity 10, price 110, fee 0, total_amount 1100, currency USD
           9  [minute]  PortfolioCreated     name pension, cost_basis_method fifo
    ");
    insta::assert_snapshot!(desk.ok(["audit", "-O", "csv", "--tail", "1"]), @r#"
    sequence,event_id,event_type,occurred_at,data,previous_hash
    9,[uuid],PortfolioCreatedEvent,[instant],"{""portfolio_id"":""[uuid]"",""name"":""pension"",""cost_basis_method"":""fifo""}",[hash]
    "#);
    assert_eq!(desk.ok(["audit", "-O", "csv"]).lines().count(), 10);
}

#[test]
fn an_unfinished_last_line_of_a_lagging_log_is_not_printed() {
    let desk = history();
    let whole = fs::read(desk.log()).unwrap();
    fs::write(desk.log(), &whole[..whole.len() - 5]).unwrap();
    assert_eq!(desk.ok(["audit"]).into_bytes(), whole);
}

#[test]
fn whoever_follows_sees_each_event_as_it_is_recorded() {
    let desk = history();
    let mut command = desk.command(["audit", "--follow", "--since-sequence", "8"]);
    command.stdout(Stdio::piped());
    let mut following = Running::start(command);
    let mut lines = BufReader::new(following.child().stdout.take().unwrap()).lines();
    let mut next = || {
        let line = lines.next().unwrap().unwrap();
        serde_json::from_str::<Value>(&line).unwrap()
    };
    assert_eq!(next()["sequence"], 9);
    for (sequence, name) in [(10, "one"), (11, "two")] {
        desk.ok(["add-portfolio", name]);
        let event = next();
        assert_eq!((&event["sequence"], &event["data"]["name"]), (&sequence.into(), &name.into()));
    }
    // It blocks nobody, and ends when it is told to.
    following.signal("INT");
    following.ends();
}

#[test]
fn following_takes_filters_and_csv_but_no_table() {
    let desk = history();
    let mut command =
        desk.command(["audit", "--follow", "--tail", "1", "--type", "PortfolioCreatedEvent", "-O", "csv"]);
    command.stdout(Stdio::piped());
    let mut following = Running::start(command);
    let mut lines = BufReader::new(following.child().stdout.take().unwrap()).lines();
    let mut next = || lines.next().unwrap().unwrap();
    assert!(next().starts_with("sequence,"));
    assert!(next().starts_with("9,"));
    desk.ok(["buy", "ACME", "1", "1"]);
    desk.ok(["add-portfolio", "other"]);
    assert!(next().starts_with("11,"));
    assert!(desk.refused(2, ["audit", "--follow", "-O", "table"]).contains("--follow"));
}

#[test]
fn the_log_is_for_its_owner_alone_also_when_it_is_written_anew() {
    let desk = history();
    let mode = || fs::metadata(desk.log()).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(), 0o600);
    fs::remove_file(desk.log()).unwrap();
    desk.shell("umask 000; exec \"$0\" stocks").exits(0);
    assert_eq!(mode(), 0o600);
}

#[test]
fn event_ids_are_random_and_instants_have_microseconds() {
    let desk = history();
    let lines = desk.audit_lines();
    let mut ids: Vec<_> = lines.iter().map(|event| event["event_id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), lines.len());
    assert!(ids.iter().all(|id| &id[14..15] == "4"));
    for event in &lines {
        let instant = event["occurred_at"].as_str().unwrap();
        assert_eq!((instant.len(), &instant[26..]), (27, "Z"), "{instant}");
    }
}

/// Something else in place of the log is neither followed nor waited for.
#[test]
fn a_log_that_is_no_regular_file_is_not_read() {
    let desk = Desk::with_stocks();
    let whole = fs::read(desk.log()).unwrap();
    let elsewhere = desk.file("elsewhere", &whole);
    let refused = |desk: &Desk| {
        for args in [&["audit"][..], &["audit", "--tail", "1"]] {
            // The shell's `timeout`, so that a program that waits for ever fails the test instead of hanging
            // it.
            let mut command = desk.program("timeout");
            command.args(["10", env!("CARGO_BIN_EXE_stockbook")]).args(args);
            let run = Run::of(command).exits(1);
            assert!(run.stdout.is_empty(), "{run}");
            assert!(run.err().contains("not a regular file"), "{run}");
        }
    };
    fs::remove_file(desk.log()).unwrap();
    symlink(&elsewhere, desk.log()).unwrap();
    refused(&desk);
    fs::remove_file(desk.log()).unwrap();
    symlink(desk.path("nowhere"), desk.log()).unwrap();
    refused(&desk);
    fs::remove_file(desk.log()).unwrap();
    fs::create_dir(desk.log()).unwrap();
    refused(&desk);
    fs::remove_dir(desk.log()).unwrap();
    assert!(desk.program("mkfifo").arg(desk.log()).status().unwrap().success());
    refused(&desk);
    fs::remove_file(desk.log()).unwrap();
    desk.ok(["audit"]);
    assert_eq!(fs::read(desk.log()).unwrap(), whole);
    assert_eq!(fs::read(elsewhere).unwrap(), whole);
}

#[test]
fn whoever_follows_goes_on_in_a_log_that_was_written_anew() {
    let desk = Desk::with_stocks();
    let mut command = desk.command(["audit", "--follow", "--tail", "0"]);
    command.stdout(Stdio::piped());
    let mut following = Running::start(command);
    let mut lines = BufReader::new(following.child().stdout.take().unwrap()).lines();
    thread::sleep(Duration::from_millis(300));
    fs::remove_file(desk.log()).unwrap();
    for note in ["first", "second"] {
        desk.run(["buy", "ACME", "1", "1", "--date", "2024-01-02", "--note", note]).exits(0);
        assert!(lines.next().unwrap().unwrap().contains(&format!(r#""note":"{note}""#)));
    }
    following.signal("INT");
    following.ends();
}

#[test]
fn a_cursor_beyond_the_end_waits_for_what_comes_after_it() {
    let desk = Desk::with_stocks();
    let count = desk.log_lines().len();
    let mut command = desk.command(["audit", "--follow", "--since-sequence", &(count + 1).to_string()]);
    command.stdout(Stdio::piped());
    let mut following = Running::start(command);
    let mut lines = BufReader::new(following.child().stdout.take().unwrap()).lines();
    thread::sleep(Duration::from_millis(300));
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02", "--note", "before"]);
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02", "--note", "after"]);
    assert!(lines.next().unwrap().unwrap().contains(r#""note":"after""#));
    following.signal("INT");
    following.ends();
}

#[test]
fn a_portfolio_s_events_are_its_own_and_an_unknown_one_is_refused() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "2", "1", "--date", "2024-01-02", "-p", "pension"]);
    let shown = desk.ok(["audit", "-p", "pension"]);
    let types: Vec<_> = shown.lines().map(|line| line.split('"').nth(9).unwrap_or_default()).collect();
    assert_eq!(types, ["PortfolioCreatedEvent", "TransactionExecutedEvent"]);
    desk.run(["audit", "-p", "nope"]).exits(3);
    desk.run(["audit", "--symbol", "NOPE"]).exits(3);
}

/// The types of the events that `audit` prints.
fn types(desk: &Desk, args: &[&str]) -> Vec<String> {
    let printed = events(&desk.ok(["audit"].iter().chain(args)));
    printed.iter().map(|event| event["event_type"].as_str().unwrap().replace("Event", "")).collect()
}

#[test]
fn what_was_voided_of_a_stock_or_portfolio_is_in_its_audit_trail() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "acme"]);
    desk.ok(["buy", "BOLT", "10", "100", "--date", "2024-01-02", "--id", "bolt"]);
    desk.ok(["transfer", "ACME", "5", "--to", "pension", "--date", "2024-01-03", "--id", "moved"]);
    desk.ok(["split", "BOLT", "2:1", "--date", "2024-01-03", "--id", "split"]);
    for id in ["moved", "acme", "bolt", "split"] {
        desk.ok(["void", id]);
    }
    let voids = |args: &[&str]| types(&desk, args).iter().filter(|kind| *kind == "TransactionVoided").count();
    // Both sides of the transfer and the purchase; then the purchase and the split.
    assert_eq!(voids(&["--symbol", "ACME"]), 3);
    assert_eq!(voids(&["--symbol", "BOLT"]), 2);
    assert_eq!(voids(&["-p", "pension"]), 1);
    // A split belongs to no portfolio.
    assert_eq!(voids(&["-p", "main"]), 3);
    assert_eq!(voids(&["-p", "pension", "--symbol", "BOLT"]), 0);
    assert_eq!(voids(&["--symbol", "ACME", "--type", "TransactionVoidedEvent", "--tail", "1"]), 1);
    assert_eq!(voids(&[]), 5);
}

#[test]
fn a_follower_of_a_stock_hears_of_its_voids() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "acme"]);
    desk.ok(["buy", "BOLT", "10", "100", "--date", "2024-01-02", "--id", "bolt"]);
    let heard = desk.path("heard");
    let mut command = desk.command(["audit", "--symbol", "ACME", "--follow"]);
    command.stdout(fs::File::create(&heard).unwrap());
    let _follower = Running::start(command);
    let count = || fs::read_to_string(&heard).unwrap().lines().count();
    until("the follower has begun", || count() == 2);
    desk.ok(["void", "bolt"]);
    desk.ok(["void", "acme"]);
    until("the void is heard", || count() == 3);
    let last = fs::read_to_string(&heard).unwrap();
    assert!(last.lines().last().unwrap().contains("TransactionVoidedEvent"), "{last}");
}
