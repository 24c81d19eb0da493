//! The work that commands require of SQLite grows at most linearly with the book: with twice as many days,
//! positions, portfolios, splits or sales, it takes at most about twice as many steps. And no statement scans
//! a table for each row of another.
#![cfg(debug_assertions)]
#![expect(clippy::arithmetic_side_effects, reason = "counts of what is in memory; an overflow fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rusqlite::Connection;

use crate::effort::traced;
use crate::harness::Desk;

/// A book begun from rows of `date,action,symbol,quantity,price,id,portfolio`.
fn book(rows: impl IntoIterator<Item = String>, portfolios: usize) -> Desk {
    let desk = Desk::new();
    (1..portfolios).for_each(|n| drop(desk.ok(["-q", "add-portfolio", &portfolio(n)])));
    let rows = rows.into_iter().fold(String::new(), |mut text, row| {
        writeln!(text, "{row}").unwrap();
        text
    });
    desk.file("trades.csv", format!("date,action,symbol,quantity,price,id,portfolio\n{rows}"));
    desk.ok(["-q", "import", "--add-stocks", "trades.csv"]);
    desk.ok(["-q", "update-price", "S0", "12", "--date", "2024-01-02"]);
    desk
}

fn portfolio(n: usize) -> String {
    if n == 0 { "main".to_owned() } else { format!("p{n}") }
}

/// The n-th day of many.
fn day(n: usize) -> String {
    format!("{}-{:02}-{:02}", 1990 + n / 336, n / 28 % 12 + 1, n % 28 + 1)
}

fn trade(n: usize, action: &str, stock: usize, owner: usize) -> String {
    format!("{},{action},S{stock},{},10.5,t{n},{}", day(n), if action == "sell" { 1 } else { 3 }, portfolio(owner))
}

fn with_days(n: usize) -> Desk {
    book((0..n).map(|at| trade(at, if at % 5 == 4 { "sell" } else { "buy" }, at % 5 % 4, 0)), 1)
}

fn with_positions(n: usize) -> Desk {
    book((0..2 * n).map(|at| trade(at, if at < n { "buy" } else { "sell" }, at % n, 0)), 1)
}

fn with_portfolios(n: usize) -> Desk {
    book((0..4 * n).map(|at| trade(at, if at < 2 * n { "buy" } else { "sell" }, at % 2, at / 2 % n)), n)
}

fn with_splits(n: usize) -> Desk {
    let split =
        |at: usize| format!("{},split,S0,{},,,", day(4 * at + 3), if at.is_multiple_of(2) { "2:1" } else { "1:2" });
    let rows = (0..n).flat_map(|at| [trade(4 * at, "buy", 0, 0), trade(4 * at + 2, "sell", 0, 0), split(at)]);
    book(rows, 1)
}

fn with_sales(n: usize) -> Desk {
    let row = |at: usize| {
        let (action, quantity) = if at == 0 { ("buy", n) } else { ("sell", 1) };
        format!("{},{action},S0,{quantity},10.5,t{at},", day(at.min(1)))
    };
    book((0..n).map(row), 1)
}

/// Every command that may read more than one entry. Those that record something run with `--dry-run`.
const COMMANDS: [&[&str]; 59] = [
    &["holdings"],
    &["holdings", "--all", "-p", "main"],
    &["holdings", "--as-of", "2001-01-01"],
    &["holdings", "--known-on", "NOW"],
    &["stocks"],
    &["prices", "S0"],
    &["transactions"],
    &["transactions", "--all"],
    &["transactions", "--type", "sell"],
    &["transactions", "--type", "split"],
    &["transactions", "--symbol", "S0"],
    &["transactions", "--from", "1990-02-01", "--to", "1990-03-01"],
    &["transactions", "-p", "main", "--type", "buy", "--tail", "3"],
    &["transactions", "--symbol", "S0", "--tail", "3"],
    &["gains"],
    &["gains", "--by", "lot"],
    &["gains", "--by", "symbol"],
    &["gains", "--by", "year", "--symbol", "S0"],
    &["gains", "--year", "1990"],
    &["gains", "--from", "1990-02-01", "--by", "symbol"],
    &["gains", "--symbol", "S0"],
    &["gains", "-p", "main", "--by", "lot", "--symbol", "S0"],
    &["gains", "--known-on", "NOW"],
    &["returns"],
    &["returns", "--from", "1990-02-01", "--flows"],
    &["returns", "--symbol", "S0", "-p", "main"],
    &["-q"],
    &["dividends"],
    &["dividends", "--by", "quarter"],
    &["allocation"],
    &["allocation", "--by", "portfolio", "--as-of", "2001-01-01"],
    &["performance"],
    &["performance", "--by", "quarter", "--symbol", "S0"],
    &["chart"],
    &["chart", "--by", "month", "-p", "main"],
    &["report", "--html", "-"],
    &["explain", "holding", "S0"],
    &["history", "t0"],
    &["audit"],
    &["audit", "--symbol", "S0", "--tail", "3"],
    &["audit", "verify"],
    &["check"],
    &["check", "--repair", "--dry-run"],
    &["backup", "--force", "copy.db"],
    &["set-cost-basis", "main", "lifo", "--dry-run"],
    &["set-cost-basis", "main", "average", "--dry-run"],
    &["buy", "S0", "1", "12", "--date", "1989-01-01", "--dry-run"],
    &["sell", "S0", "1", "12", "--dry-run"],
    &["dividend", "S0", "5", "--date", "1991-01-01", "--dry-run"],
    &["split", "S0", "2:1", "--date", "1989-09-01", "--dry-run"],
    &["transfer", "S0", "1", "--to", "other", "--date", "1990-06-01", "--dry-run"],
    &["update-price", "S0", "13", "--date", "1990-06-01", "--dry-run"],
    &["void", "first", "--dry-run"],
    &["amend", "first", "--price", "11", "--dry-run"],
    &["undo", "--dry-run"],
    &["import", "trades.csv", "--dry-run"],
    &["import", "late.csv", "--dry-run"],
    &["add-stock", "NEW", "New Inc.", "--dry-run"],
    &["add-portfolio", "new", "--dry-run"],
];

/// Asserts that with twice as many of something, no command takes much more than twice as many steps.
fn assert_linear(make: fn(usize) -> Desk, few: usize) {
    let desks = [few, 2 * few].map(make);
    for desk in &desks {
        desk.ok(["-q", "add-portfolio", "other"]);
        desk.ok(["-q", "buy", "S0", "100", "9", "--date", "1989-06-01", "--id", "first"]);
        desk.file("late.csv", "date,action,symbol,quantity,price\n1989-01-01,buy,S0,1,1\n1989-01-02,buy,S0,2,1\n");
    }
    let (mut faults, mut ran) = (Vec::new(), 0);
    let now = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for command in COMMANDS {
        let command: Vec<&str> = command.iter().map(|word| if *word == "NOW" { &now } else { *word }).collect();
        let [short, long] = [0, 1].map(|at: usize| traced(&desks[at], &command));
        let sum = |steps: &BTreeMap<String, u64>| steps.values().sum::<u64>();
        let (with_few, with_many) = (sum(&short), sum(&long));
        // The steps that a command takes in any case, two fifths of them: only the others may double.
        if with_many > with_few * 22 / 10 + 500 {
            let worst =
                long.iter().max_by_key(|(sql, steps)| **steps - short.get(*sql).copied().unwrap_or(0).min(**steps));
            faults.push(format!("{command:?}: {with_few} steps, then {with_many}, most for {worst:?}"));
        }
        ran += long.len();
        let book = desks[1].sqlite();
        faults.extend(long.keys().flat_map(|sql| nested(&book, sql)).map(|scan| format!("{command:?}: {scan}")));
    }
    assert!(ran > 500, "{ran} statements");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Where a statement would go through a table for each row of another, or make an index of its own, by
/// SQLite's plan.
fn nested(book: &Connection, sql: &str) -> Vec<String> {
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| sql.starts_with(verb)) {
        return Vec::new();
    }
    let _ = book.execute("ATTACH ?1 AS original", [book.path()]);
    book.pragma_update(None, "automatic_index", true).unwrap();
    let mut plan = match book.prepare(&format!("EXPLAIN QUERY PLAN {sql}")) {
        Ok(plan) => plan,
        // Of a temporary database that no longer exists.
        Err(error) => {
            assert!(error.to_string().contains("no such table"), "{error}: {sql}");
            return Vec::new();
        }
    };
    let unbound = vec![rusqlite::types::Null; plan.parameter_count()];
    let step = |row: &rusqlite::Row<'_>| Ok((row.get("id")?, row.get("parent")?, row.get("detail")?));
    let steps = plan.query_map(rusqlite::params_from_iter(unbound), step).unwrap();
    let steps: Vec<(i64, i64, String)> = steps.collect::<Result<_, _>>().unwrap();
    let is_loop = |detail: &str| detail.starts_with("SCAN ") || detail.starts_with("SEARCH ");
    // The versions of an entry, each found by its key, are as few as its amendments.
    let is_bounded = |detail: &str| detail.contains("VIRTUAL TABLE") || detail == "SCAN versions";
    let is_scan = |detail: &str| detail.starts_with("SCAN ") && !is_bounded(detail);
    let is_repeated = |parent: i64| {
        let mut above = parent;
        while let Some((_, next, detail)) = steps.iter().find(|(id, ..)| *id == above) {
            if detail.starts_with("CORRELATED") {
                return true;
            }
            above = *next;
        }
        false
    };
    let mut faults = Vec::new();
    for (at, (_, parent, detail)) in steps.iter().enumerate() {
        let is_inner = steps[..at].iter().any(|(_, other, before)| other == parent && is_loop(before));
        if detail.contains("AUTOMATIC") || (is_scan(detail) && (is_inner || is_repeated(*parent))) {
            faults.push(format!("{detail}: {sql}"));
        }
    }
    faults
}

#[test]
fn with_twice_the_days_of_trading() {
    assert_linear(with_days, 200);
}

#[test]
fn with_twice_the_positions() {
    assert_linear(with_positions, 80);
}

#[test]
fn with_twice_the_portfolios() {
    assert_linear(with_portfolios, 30);
}

#[test]
fn with_twice_the_splits() {
    assert_linear(with_splits, 50);
}

#[test]
fn with_twice_the_sales() {
    assert_linear(with_sales, 200);
}

#[test]
fn a_table_that_is_gone_through_for_each_row_of_another_is_noticed() {
    let desk = with_days(10);
    let book = desk.sqlite();
    for sql in [
        "SELECT t.note FROM stocks s JOIN transactions t ON t.note = s.company_name",
        "SELECT t.note FROM stocks s CROSS JOIN transactions t",
        "SELECT (SELECT count(*) FROM transactions t WHERE t.note > s.company_name) FROM stocks s",
    ] {
        assert!(!nested(&book, sql).is_empty(), "{sql}");
    }
    for sql in [
        "SELECT * FROM transactions ORDER BY trade_date",
        "SELECT t.note FROM disposals d CROSS JOIN transactions t ON t.sequence = d.sale",
    ] {
        assert_eq!(nested(&book, sql), Vec::<String>::new());
    }
}
