//! `check` finds everything that is not as it was recorded; `check --repair` rebuilds derived data and
//! changes nothing else.

mod at_once;
mod history;
mod log;
mod pages;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::delivery::buy_and_die;
use crate::harness::{Desk, Run, members, repository};

const NOTHING: [PathBuf; 0] = [];

const DERIVED: [&str; 7] =
    ["streams", "positions", "open_lots", "disposals", "conversion_gains", "gain_totals", "summaries"];

/// A book with one of everything.
fn varied() -> Desk {
    let desk = Desk::with_stocks();
    for command in [
        "add-portfolio pension --cost-basis lifo",
        "add-portfolio pool --cost-basis average",
        "buy ACME 10 100.25 --fee 1 --date 2024-01-01",
        "buy ACME 5 110 --note Grüße --date 2024-01-03 --id one",
        "sell ACME 12 120 --fee 2 --date 2024-01-05",
        "buy ACME 3 90 --date 2024-01-02",
        "split ACME 3:2 --date 2024-01-06",
        "dividend ACME 12.5 --withholding 2 --date 2024-01-07",
        "transfer ACME 4 --to pension --date 2024-01-08",
        "amend one --fee 3",
        "buy BOLT 3 --amount 100 --date 2024-01-04 -p pool",
        "sell BOLT 1 40 --date 2024-01-05 -p pool --id two",
        "void two --reason mistake",
        "buy BOLT 2 45 --date 2024-01-06 -p pool",
        "sell BOLT 1 40 --date 2024-01-07 -p pool",
        "set-cost-basis main hifo",
        "update-price ACME 125 --date 2024-01-07",
        "update-price BOLT 41.5 --date 2024-01-08",
        "edit-stock BOLT --symbol BLT",
        "buy BLT 1 42 --date 2024-01-09 --id gone",
        "undo",
        "buy BLT 1 42 --date 2024-01-09 --id gone",
        "update-rate EUR USD 1.1 --date 2024-01-08",
        "update-rate EUR CHF 0.95 --date 2024-01-08",
        "add-stock COYOTE Coyote",
        "add-stock EUREKA Eureka --currency EUR",
        "exchange BLT EUREKA 1:2 --cash 2 --value 90 --rule boot --date 2024-01-10",
        "spin-off ACME COYOTE 1:3 --cost-share 10 --date 2024-01-10 -p main --round down --cash-in-lieu 3",
    ] {
        desk.ok(command.split(' ').chain(["-q"]));
    }
    desk.ok(["buy", "BLT", "1", "42", "--date", "2024-01-10", "--settled", "46.20 CHF", "-q"]);
    desk
}

/// The names of the tables that contain recorded or derived data.
fn tables(desk: &Desk) -> Vec<String> {
    let book = desk.sqlite();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'moments' ORDER BY name";
    let mut names = book.prepare(sql).unwrap();
    names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// A report and its exit code.
fn check(desk: &Desk, args: &[&str]) -> (Option<i32>, Value) {
    let run = desk.run(["check", "-O", "json"].iter().chain(args));
    assert!(!run.err().contains("panicked"), "{run}");
    let report = serde_json::from_slice(&run.stdout).unwrap_or(Value::Null);
    (run.status.code(), report)
}

fn is_sound(desk: &Desk) {
    desk.run(["check"]).exits(0).silently();
}

/// The names of the checks that found a problem.
fn failed(report: &Value) -> Vec<&str> {
    let checks = report["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["ok"] == json!(false)).map(|check| check["name"].as_str().unwrap()).collect()
}

fn can_be_repaired(report: &Value) -> bool {
    let problems = report["problems"].as_array().unwrap();
    assert!(!problems.is_empty(), "{report}");
    problems.iter().all(|problem| problem["can_be_repaired"] == json!(true))
}

/// All rows of the book, table by table, as text.
fn dump(desk: &Desk) -> String {
    let book = desk.sqlite();
    let mut lines = Vec::new();
    for name in tables(desk) {
        let mut rows = book.prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<_> = (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap())).collect();
            lines.push(format!("{name} {}\n", values.join(", ")));
        }
    }
    lines.concat()
}

/// The columns of a table.
fn columns(desk: &Desk, table: &str) -> Vec<String> {
    let book = desk.sqlite();
    let mut names = book.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid").unwrap();
    names.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Statements that change a table: each column of one row, a row deleted, a row added.
fn changes(desk: &Desk, table: &str) -> Vec<String> {
    let columns = columns(desk, table);
    let (first, rest) = columns.split_first().unwrap();
    let mut changes = vec![
        format!("DELETE FROM {table} WHERE {first} = (SELECT max({first}) FROM {table})"),
        format!("INSERT INTO {table} SELECT 99, {} FROM {table} LIMIT 1", rest.join(", ")),
    ];
    for column in &columns {
        let other = format!(
            "CASE typeof({column}) WHEN 'integer' THEN {column} + 50 WHEN 'blob' THEN randomblob(16)
                 WHEN 'text' THEN {column} || '1' ELSE 'x' END"
        );
        let one_row = format!("{first} = (SELECT max({first}) FROM {table})");
        changes.push(format!("UPDATE {table} SET {column} = {other} WHERE {one_row}"));
    }
    changes
}

/// Makes a change behind the program's back, unless SQLite refuses it.
fn tamper(desk: &Desk, sql: &str) -> bool {
    let book = desk.sqlite();
    book.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    book.execute_batch(sql).is_ok()
}

#[test]
fn a_sound_book_is_passed_in_silence() {
    let desk = varied();
    is_sound(&desk);
    let before = desk.everything();
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, members(&report), &report["problems"]), (Some(0), vec!["checks", "problems"], &json!([])));
    assert!(report["checks"].as_array().unwrap().iter().all(|check| check["ok"] == json!(true)), "{report}");
    assert_eq!(members(&report["checks"][0]), ["name", "ok", "detail"]);
    assert_eq!(desk.ok(["check", "-q", "-v"]), "");
    assert_eq!(desk.ok(["check", "-O", "csv"]).lines().next(), Some("name,ok,detail"));
    insta::assert_snapshot!(desk.ok(["check", "-v"]), @"
    CHECK             RESULT  DETAIL
    ───────────────────────────────────────────────────────────────────────────
    pages             ok      SQLite finds nothing wrong
    references        ok      every row refers to one that exists
    events            ok      39 events, each follows the one before
    structure         ok      tables and indexes are as this program makes them
    commands          ok      every event belongs to one command
    recomputation     ok      lots and totals follow from the events
    book              ok      1 row, as the events say
    streams           ok      13 rows, as recomputed
    portfolios        ok      3 rows, as the events say
    stocks            ok      4 rows, as the events say
    prices            ok      2 rows, as the events say
    transactions      ok      15 rows, as the events say
    splits            ok      1 row, as the events say
    positions         ok      7 rows, as recomputed
    disposals         ok      2 rows, as recomputed
    gain_totals       ok      4 rows, as recomputed
    summaries         ok      7 rows, as recomputed
    aliases           ok      1 row, as the events say
    identities        ok      1 row, as the events say
    open_lots         ok      8 rows, as recomputed
    rates             ok      2 rows, as the events say
    conversions       ok      2 rows, as the events say
    conversion_gains  ok      3 rows, as recomputed
    checkpoints       ok      checkpoints are at events that exist
    audit_log         ok      the log's 39 lines are the events
    ");
    assert_eq!(desk.changed_since(&before), NOTHING);
    assert_eq!(check(&desk, &["--repair"]).1["repairs"], json!([]));
    assert_eq!(desk.changed_since(&before), NOTHING);
}

#[test]
fn an_imported_book_is_sound() {
    let desk = Desk::new();
    let files = ["examples/prices.csv", "examples/trades.csv"].map(repository);
    let args = ["import".as_ref(), "--add-stocks".as_ref(), files[0].as_os_str(), files[1].as_os_str(), "-q".as_ref()];
    desk.ok(args);
    is_sound(&desk);
    desk.ok(["sell", "AAPL", "53.7035", "250", "-q"]);
    desk.ok(["import".as_ref(), files[0].as_os_str(), "-q".as_ref()]);
    is_sound(&desk);
}

#[test]
fn any_change_to_derived_data_is_found_and_rebuilt_to_the_same_bytes() {
    let desk = varied();
    let (sound, wanted) = (fs::read(desk.book()).unwrap(), dump(&desk));
    for table in DERIVED {
        let mut made = 0;
        for change in changes(&desk, table) {
            fs::write(desk.book(), &sound).unwrap();
            if !tamper(&desk, &change) {
                continue;
            }
            made += 1;
            let (code, report) = check(&desk, &[]);
            assert_eq!((code, failed(&report).last()), (Some(4), Some(&table)), "{change}\n{report}");
            assert!(can_be_repaired(&report), "{change}\n{report}");
            let before = desk.everything();
            let (code, tried) = check(&desk, &["--repair", "-n"]);
            assert_eq!(
                (code, &tried["recorded"], &tried["dry_run"]),
                (Some(0), &json!(false), &json!(true)),
                "{tried}"
            );
            assert_eq!(desk.changed_since(&before), NOTHING);
            let (code, done) = check(&desk, &["--repair"]);
            assert_eq!((code, &done["recorded"], &done["dry_run"]), (Some(0), &json!(true), &json!(false)), "{done}");
            assert_eq!((&done["repairs"], &done["problems"]), (&tried["repairs"], &report["problems"]), "{change}");
            assert_eq!(dump(&desk), wanted, "{change}");
            is_sound(&desk);
        }
        assert!(made >= 4, "{table}: {made}");
    }
}

#[test]
fn whatever_is_changed_of_the_facts_is_seen_and_left_alone() {
    let desk = varied();
    let sound = fs::read(desk.book()).unwrap();
    let is_fact = |table: &&String| !DERIVED.contains(&table.as_str()) && *table != "checkpoints";
    for table in tables(&desk).iter().filter(is_fact) {
        let mut made = 0;
        for change in changes(&desk, table) {
            fs::write(desk.book(), &sound).unwrap();
            if !tamper(&desk, &change) {
                continue;
            }
            made += 1;
            // Other commands repair what they can; here the log is not affected.
            let (code, report) = check(&desk, &[]);
            // Only the command ids are in no event: there is nothing to compare them with.
            if change.starts_with("UPDATE commands SET command_id") {
                assert_eq!(code, Some(0), "{change}\n{report}");
                continue;
            }
            assert_eq!(code, Some(4), "{change}\n{report}");
            assert!(!can_be_repaired(&report), "{change}\n{report}");
            let before = desk.everything();
            let (code, refused) = check(&desk, &["--repair"]);
            assert_eq!((code, &refused["repairs"]), (Some(4), &json!([])), "{change}\n{refused}");
            assert_eq!(desk.changed_since(&before), NOTHING, "{change}");
        }
        assert!(made > 1, "{table}: {made}");
    }
}

#[test]
fn derived_rows_are_left_alone_too_where_facts_are_wrong() {
    let desk = varied();
    desk.edit("UPDATE transactions SET note = 'another' WHERE sequence = 8; DELETE FROM open_lots WHERE place = 19");
    let before = desk.everything();
    let run = desk.run(["check", "--repair"]).exits(4);
    let _tidy = desk.tidy();
    insta::assert_snapshot!(run.out() + &run.err(), @"
    CHECK         PROBLEM      WHAT
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    transactions  row_differs  the row of sequence 8: note is `another`, and should be `Grüße`
    open_lots     row_differs  the row of portfolio 6, stock 36, acquired_on `2024-01-04`, moment `3`, place 19 is missing
    error: 2 problems found in [folder]/book.db
    hint: facts are not as they were recorded, and nothing can rebuild them: restore a backup of the book and its log
    ");
    assert_eq!(desk.changed_since(&before), NOTHING);
}

#[test]
fn a_problem_is_reported_with_its_place() {
    let desk = varied();
    desk.edit("UPDATE open_lots SET quantity = '7' WHERE portfolio = 5; DELETE FROM disposals WHERE sale = 9");
    let run = desk.run(["check"]).exits(4);
    let _tidy = desk.tidy();
    insta::assert_snapshot!(run.out() + &run.err(), @"
    CHECK      PROBLEM      WHAT
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    disposals  row_differs  the row of sale 9 is missing
    open_lots  row_differs  the row of portfolio 5, stock 3, acquired_on `2024-01-01`, moment `3`, place 7: quantity is `7`, and should be `4`
    error: 2 problems found in [folder]/book.db
    hint: `stockbook check --repair` rebuilds what is wrong from what is sound
    ");
    insta::assert_snapshot!(desk.run(["check", "--repair"]).exits(0).silently().out(), @"
    CHECK      PROBLEM      WHAT
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    disposals  row_differs  the row of sale 9 is missing
    open_lots  row_differs  the row of portfolio 5, stock 3, acquired_on `2024-01-01`, moment `3`, place 7: quantity is `7`, and should be `4`
    disposals: rebuilt from the events
    open_lots: rebuilt from the events
    ");
}

#[test]
fn a_checkpoint_that_names_no_event_is_taken_back() {
    let desk = varied();
    let wanted = dump(&desk);
    // One of them is of a follower, whom nothing else would start over.
    desk.edit(
        "UPDATE checkpoints SET sequence = 999; INSERT INTO checkpoints (handler, sequence) VALUES ('mine', 999)",
    );
    // Another command would repair it as well.
    let (code, report) = check(&desk, &["--repair"]);
    assert_eq!((code, failed(&report)), (Some(0), vec!["checkpoints"]), "{report}");
    is_sound(&desk);
    assert_eq!(dump(&desk), wanted);
}

#[test]
fn a_cache_that_is_behind_is_not_judged() {
    let desk = varied();
    let held = desk.ok(["holdings"]);
    desk.edit("UPDATE checkpoints SET sequence = 5; DELETE FROM summaries");
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, &report["problems"]), (Some(0), &json!([])), "{report}");
    let checks = report["checks"].as_array().unwrap();
    let summaries = checks.iter().find(|check| check["name"] == "summaries").unwrap();
    assert_eq!(summaries["ok"], Value::Null);
    assert_eq!(desk.run(["holdings"]).exits(0).out(), held);
    other.execute_batch("ROLLBACK").unwrap();
    is_sound(&desk);
}

#[test]
fn a_repair_delivers_undelivered_events() {
    let desk = varied();
    for (id, wrong) in [(77, "UPDATE positions SET quantity = '77'"), (78, "SELECT 1")] {
        buy_and_die(&desk, id);
        desk.edit(wrong);
        assert_eq!(check(&desk, &["--repair"]).0, Some(0));
        assert!(desk.log_lines().last().unwrap().contains(&Uuid::from_u128(id).to_string()), "{wrong}");
        is_sound(&desk);
    }
}

#[test]
fn checking_needs_a_book_and_repairing_one_that_can_be_written() {
    let desk = Desk::new();
    for args in [&["check"][..], &["check", "--repair"], &["check", "--repair", "-n"]] {
        assert_eq!(desk.error(1, args)["code"], "no_book");
    }
    assert_eq!(desk.changed_since(&Desk::new().everything()), NOTHING);
    let _ = Run::of(desk.command(["check", "--help"])).exits(0);
}

#[test]
fn a_sound_book_is_said_to_be_so_into_a_pipe() {
    let desk = Desk::with_stocks();
    let said = desk.ok(["check"]);
    assert!(said.lines().count() == 1 && said.starts_with(&format!("{} is sound: ", desk.book().display())), "{said}");
    assert_eq!(desk.ok(["check", "-q"]), "");
}
