//! Large files, whose rows are recorded while they are read if all goes well: nobody must be able
//! to tell. What comes through a pipe is read to its end first, and says what is right.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::harness::{Desk, Run};

/// So many rows of trades by date, each with a note so long that few rows make a large file.
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

/// All that can be seen of an import, but for ids and times.
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
        let mut said: Value = serde_json::from_str(&(import.out() + &import.err())).unwrap_or_default();
        if let Some(said) = said.as_object_mut() {
            said.remove("batch_id");
        }
        let without_ids = |table: String| {
            let rest = table.lines().map(|line| line.split_once(',').map_or(line, |(_, rest)| rest).to_owned());
            rest.collect::<Vec<_>>().join("\n")
        };
        let ask = |args: &[&str]| desk.run(args.iter().chain(&["-O", "csv"])).out();
        Self {
            said: format!("{} {said}", import.status).replace("standard input", "one.csv"),
            transactions: without_ids(ask(&["transactions"])),
            stocks: without_ids(ask(&["stocks"])),
            prices: ask(&["prices", "ACME"]),
            holdings: ask(&["holdings", "--all"]),
        }
    }
}

/// Imports two files by their names, and with the first of them through a pipe, and insists that
/// it comes to the same.
fn import_both_ways(one: &str, other: &str) -> Seen {
    let [named, piped] = [Desk::new(), Desk::new()];
    for desk in [&named, &piped] {
        desk.file("one.csv", one);
        desk.file("other.csv", other);
    }
    let options = ["-O", "json", "import", "--add-stocks"];
    let by_name = named.run(options.iter().chain(&["one.csv", "other.csv"]));
    let by_pipe = piped.fed(one, options.iter().chain(&["-", "other.csv"]));
    let seen = Seen::of(&named, &by_name);
    assert_eq!(seen, Seen::of(&piped, &by_pipe));
    if by_name.status.success() {
        assert_eq!(named.log_lines().len(), piped.log_lines().len());
        // Once more: there is nothing new in it.
        let again = named.json(["import", "one.csv", "other.csv"]);
        assert_eq!((&again["imported"], &again["prices"]), (&Value::from(0), &Value::from(0)));
    }
    seen
}

const PRICES: &str = "date,symbol,price\n2010-01-05,ACME,11\n2010-02-01,ACME,12\n2011-05-05,BOLT,13\n";

#[test]
fn rows_in_order_are_recorded_as_they_come() {
    let seen = import_both_ways(&file(&trades(700)), PRICES);
    assert!(
        seen.said.contains("\"imported\":700,\"skipped_duplicates\":0,\"stocks_added\":3,\"prices\":3"),
        "{seen:?}"
    );
}

#[test]
fn identical_rows_of_one_file_are_two_trades_and_of_two_files_one() {
    let mut rows = trades(600);
    rows.insert(300, rows[300].clone());
    let other = file(&rows[250..350]);
    let seen = import_both_ways(&file(&rows), &other);
    assert!(seen.said.contains("\"imported\":601,\"skipped_duplicates\":100"), "{}", seen.said);
}

#[test]
fn a_row_out_of_order_is_put_in_its_place() {
    let mut rows = trades(600);
    rows.swap(598, 599);
    rows.insert(590, rows[3].replace("-04,buy,ACME", "-05,buy,ACME"));
    let seen = import_both_ways(&file(&rows), PRICES);
    assert!(seen.said.contains("\"imported\":601"), "{}", seen.said);
}

#[test]
fn a_file_that_runs_backwards_is_read_bottom_up() {
    let mut rows = trades(600);
    rows.reverse();
    import_both_ways(&file(&rows), PRICES);
}

#[test]
fn every_bad_row_is_told() {
    let mut rows = trades(600);
    rows[21] = rows[21].replace(",buy,", ",boy,");
    rows[400] = rows[400].replace("2011", "2o11");
    let seen = import_both_ways(&file(&rows), "date,symbol,price\n2010-01-05,ACME,x\n");
    assert!(seen.said.contains("unsupported_action") && seen.said.contains("invalid_date"), "{}", seen.said);
    assert!(seen.said.contains("invalid_price"), "{}", seen.said);
    let mut rows = trades(600);
    rows[577] = "2011-09-18,sell,BOLT,5000000,1,1,,,".to_owned();
    let seen = import_both_ways(&file(&rows), PRICES);
    assert!(seen.said.contains("insufficient_quantity"), "{}", seen.said);
}

#[test]
fn a_currency_that_is_named_late_is_that_of_the_earlier_rows() {
    let mut rows = trades(600);
    rows[582] = rows[582].replace(",,", ",EUR,");
    let seen = import_both_ways(&file(&rows), PRICES);
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
    let seen = import_both_ways(&file(&rows), PRICES);
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
    assert_eq!(desk.log_lines().len(), 2505); // the book, its portfolio, three stocks
    desk.run(["audit", "verify", "-q"]).exits(0).silently();
    desk.run(["check"]).exits(0).silently();
}
