//! Files of many rows, in order and out of order.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::harness::{Desk, Run};

/// This many rows of trades by date, each with a note so long that a few rows make a large file.
fn trades(rows: usize) -> Vec<String> {
    let note = "n".repeat(900);
    let months = (2010..2020).flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}")));
    let days = months.flat_map(|month| (1..=28).map(move |day| format!("{month}-{day:02}")));
    let stocks = ["ACME", "BOLT", "COAL"].iter().cycle();
    let sides = ["buy", "buy", "buy", "buy", "buy", "buy", "sell"].iter().cycle();
    let numbers = (1..=5).cycle().zip((10..100).cycle());
    let rows = days.zip(stocks).zip(sides).zip(numbers).take(rows);
    rows.map(|(((date, stock), side), (shares, price))| format!("{date},{side},{stock},{shares},{price}.25,1,{note},,"))
        .collect()
}

const HEADER: &str = "date,action,symbol,quantity,price,fee,note,currency,id";

fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

/// Everything visible of an import, except ids and times.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    said: String,
    transactions: String,
    stocks: String,
    prices: String,
    holdings: String,
}

impl Seen {
    fn of(desk: &Desk, import: &Run) -> Self {
        let mut said: Value = serde_json::from_str(&(import.out() + &without_notes(&import.err()))).unwrap_or_default();
        if let Some(said) = said.as_object_mut() {
            said.remove("batch_id");
        }
        let without_ids = |table: String| {
            let rest = table.lines().map(|line| line.split_once(',').map_or(line, |(_, rest)| rest).to_owned());
            rest.collect::<Vec<_>>().join("\n")
        };
        let ask = |args: &[&str]| desk.run(args.iter().chain(&["-O", "csv"])).out();
        Self {
            said: format!("{} {said}", import.status),
            transactions: without_ids(ask(&["transactions"])),
            stocks: without_ids(ask(&["stocks"])),
            prices: ask(&["prices", "ACME"]),
            holdings: ask(&["holdings", "--all"]),
        }
    }
}

/// The output on standard error, without notes, which JSON has too.
fn without_notes(said: &str) -> String {
    said.split_inclusive('\n').filter(|line| !line.starts_with("note: ")).collect()
}

/// Imports two files and returns the outcome.
fn imported(one: &str, other: &str) -> Seen {
    let desk = Desk::new();
    desk.file("one.csv", one);
    desk.file("other.csv", other);
    let import = desk.run(["-O", "json", "import", "--add-stocks", "one.csv", "other.csv"]);
    let seen = Seen::of(&desk, &import);
    if import.status.success() {
        desk.run(["check"]).exits(0).silently();
        // Again: there is nothing new in it.
        let again = desk.json(["import", "one.csv", "other.csv"]);
        assert_eq!((&again["imported"], &again["prices"]), (&Value::from(0), &Value::from(0)));
    }
    seen
}

/// The shares that rows leave of each stock, as in `holdings`: the sum of the purchases less the sales.
fn left(rows: &[String]) -> Vec<(String, i64)> {
    let mut left = BTreeMap::<String, i64>::new();
    for row in rows {
        let [_, side, stock, shares, ..] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let shares: i64 = shares.parse().unwrap();
        let of_stock = left.entry(stock.to_owned()).or_default();
        *of_stock = of_stock.saturating_add(if side == "buy" { shares } else { shares.saturating_neg() });
    }
    left.into_iter().collect()
}

fn held(seen: &Seen) -> Vec<(String, i64)> {
    let rows = seen.holdings.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|row| (row[1].to_owned(), row[6].parse().unwrap())).collect()
}

/// So many trades that their lines are written in another thread, in a file that may also contain dividends
/// and lots.
fn many_trades() -> Vec<String> {
    trades(2600).into_iter().map(|row| row + ",,").collect()
}

fn wide_file(rows: &[String]) -> String {
    format!("{HEADER},amount,lot\n{}\n", rows.join("\n"))
}

fn day(row: &str) -> &str {
    &row[..10]
}

const PRICES: &str = "date,symbol,price\n2010-01-05,ACME,11\n2010-02-01,ACME,12\n2011-05-05,BOLT,13\n";

#[test]
fn rows_in_order_come_to_their_sum() {
    let rows = trades(700);
    let seen = imported(&file(&rows), PRICES);
    assert!(
        seen.said.contains("\"imported\":700,\"skipped_duplicates\":0,\"similar\":0,\"stocks_added\":3"),
        "{seen:?}"
    );
    assert_eq!(held(&seen), left(&rows));
}

#[test]
fn identical_rows_of_one_file_are_two_trades_and_of_two_files_one() {
    let mut rows = trades(600);
    rows.insert(300, rows[300].clone());
    let other = file(&rows[250..350]);
    let seen = imported(&file(&rows), &other);
    assert!(seen.said.contains("\"imported\":601,\"skipped_duplicates\":100"), "{}", seen.said);
}

#[test]
fn rows_out_of_order_are_put_in_their_places() {
    let mut rows = trades(600);
    let in_order = imported(&file(&rows), PRICES);
    rows.swap(598, 599);
    rows.swap(3, 590);
    rows.swap(7, 301);
    // Not compared by `assert_eq`, which would show thousands of rows.
    assert!(imported(&file(&rows), PRICES) == in_order);
}

#[test]
fn a_file_that_runs_backwards_is_read_bottom_up() {
    let mut rows = trades(600);
    // Two of the same day: the lower one comes first.
    rows.push(rows[599].replace(",buy,", ",sell,"));
    let in_order = imported(&file(&rows), PRICES);
    rows.reverse();
    assert!(imported(&file(&rows), PRICES) == in_order);
}

#[test]
fn every_bad_row_is_told() {
    let mut rows = trades(600);
    rows[21] = rows[21].replace(",buy,", ",boy,");
    rows[400] = rows[400].replace("2011", "2o11");
    let seen = imported(&file(&rows), "date,symbol,price\n2010-01-05,ACME,x\n");
    assert!(seen.said.contains("unsupported_action") && seen.said.contains("invalid_date"), "{}", seen.said);
    assert!(seen.said.contains("invalid_price"), "{}", seen.said);
    let mut rows = trades(600);
    rows[577] = "2011-09-18,sell,BOLT,5000000,1,1,,,".to_owned();
    let seen = imported(&file(&rows), PRICES);
    assert!(seen.said.contains("insufficient_quantity"), "{}", seen.said);
}

#[test]
fn a_currency_that_is_named_late_is_that_of_the_earlier_rows() {
    let mut rows = trades(600);
    rows[582] = rows[582].replace(",,", ",EUR,");
    let seen = imported(&file(&rows), PRICES);
    assert!(seen.stocks.contains("ACME,,,EUR"), "{}", seen.stocks);
}

#[test]
fn a_file_without_rows_is_said_to_have_none() {
    let desk = Desk::new();
    desk.file("trades.csv", file(&trades(400)));
    desk.file("none.csv", "date,symbol,price,colour\n");
    let run = desk.run(["import", "--add-stocks", "trades.csv", "none.csv"]).exits(0);
    assert!(run.err().contains("none.csv: 0 rows"), "{run}");
}

#[test]
fn a_given_id_is_found_again_within_a_file() {
    let mut rows = trades(600);
    rows[10].push_str("order-1");
    let again = rows[10].clone();
    rows.insert(11, again);
    let seen = imported(&file(&rows), PRICES);
    assert!(seen.said.contains("\"imported\":600,\"skipped_duplicates\":1"), "{}", seen.said);
}

#[test]
fn a_large_first_import_leaves_the_book_and_its_whole_log_and_nothing_else() {
    let desk = Desk::new();
    desk.file("many.csv", file(&trades(2500)));
    let before = desk.everything();
    desk.ok(["import", "--add-stocks", "many.csv"]);
    assert_eq!(desk.changed_since(&before), [desk.book().to_owned(), desk.log()]);
    assert_eq!(desk.log().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(desk.log_lines().len(), 2506); // the book, its portfolio, three stocks, the import
    desk.run(["audit", "verify", "-q"]).exits(0).silently();
    desk.run(["check"]).exits(0).silently();
}

#[test]
fn dividends_and_picked_lots_are_recorded_among_many_trades() {
    let mut rows = many_trades();
    for at in (1500..2600).step_by(50) {
        rows[at] = format!("{},dividend,ACME,,,,,,,12.5,", day(&rows[at]));
    }
    let seen = imported(&wide_file(&rows), PRICES);
    assert!(seen.said.contains("\"imported\":2600"), "{}", seen.said);
    rows[1802] = format!("{},buy,ACME,5,10,1,,,lot-1,,", day(&rows[1802]));
    rows[2203] = format!("{},sell,ACME,4,50,1,,,,,lot-1:4", day(&rows[2203]));
    let seen = imported(&wide_file(&rows), PRICES);
    assert!(seen.said.contains("\"imported\":2600"), "{}", seen.said);
}

#[test]
fn what_is_refused_among_many_trades_is_told_by_its_row() {
    for at in [1400, 2400, 2599] {
        let mut rows = many_trades();
        rows[at] = format!("{},sell,BOLT,5000000,1,1,,,,,", day(&rows[at]));
        let seen = imported(&wide_file(&rows), PRICES);
        assert!(seen.said.contains("insufficient_quantity"), "{}", seen.said);
        assert!(seen.said.contains(&format!("\"line\":{}", at + 2)), "{}", seen.said);
        assert_eq!(seen.transactions, "");
    }
}

#[test]
fn an_id_is_found_again_among_many_trades() {
    let mut rows = many_trades();
    rows[1800] = format!("{},buy,ACME,5,10,1,,,order-1,,", day(&rows[1800]));
    rows.insert(1801, rows[1800].clone());
    let seen = imported(&wide_file(&rows), PRICES);
    assert!(seen.said.contains("\"imported\":2600,\"skipped_duplicates\":1"), "{}", seen.said);
    rows[1801] = rows[1801].replace(",5,10,", ",6,10,");
    let seen = imported(&wide_file(&rows), PRICES);
    assert!(seen.said.contains("id_conflict"), "{}", seen.said);
}

#[test]
fn a_book_that_has_trades_already_is_gone_on_with() {
    let mut rows = many_trades();
    // Some of the second file's rows are known, and one of each kind comes before the known ones.
    let mut later = rows[900..].to_vec();
    for (at, side) in [(0, "sell"), (1, "buy")] {
        later.insert(0, format!("{},{side},COAL,2,3,0,late,,,,", day(&rows[700 + at])));
    }
    later.sort_by_key(|row| day(row).to_owned());
    let desk = Desk::new();
    desk.file("first.csv", wide_file(&rows[..1000]));
    desk.file("one.csv", wide_file(&later));
    desk.ok(["import", "--add-stocks", "first.csv"]);
    let import = desk.run(["-O", "json", "import", "one.csv"]);
    let seen = Seen::of(&desk, &import);
    assert!(seen.said.contains("\"imported\":1602,\"skipped_duplicates\":100"), "{}", seen.said);
    rows.extend(later.into_iter().filter(|row| row.contains(",late,")));
    assert_eq!(held(&seen), left(&rows));
    desk.run(["check"]).exits(0).silently();
}

#[test]
fn where_more_rows_than_fit_in_memory_cannot_go_the_folder_is_named() {
    let desk = Desk::with_stocks();
    let rows = "2024-01-02,buy,ACME,1,1\n".repeat(140_000);
    desk.file("many.csv", format!("date,action,symbol,quantity,price\n{rows}"));
    let mut command = desk.command(["import", "many.csv"]);
    command.env("TMPDIR", "/nowhere");
    let run = Run::of(command).exits(1);
    assert!(run.err().contains("cannot make a temporary file in /nowhere (TMPDIR)"), "{run}");
}
