//! Dividends received and their yields.

use chrono::{Local, Months};
use serde_json::{Value, json};

use crate::harness::{Desk, column};

/// ACME: ten for 1,000 in 2022, ten more for 2,000 in 2023, in two portfolios; at 150, then at 200.
fn book() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "150", "--date", "2022-06-30"]);
    desk.ok(["-p", "ira", "buy", "ACME", "10", "200", "--date", "2023-01-03"]);
    desk.ok(["update-price", "ACME", "200", "--date", "2023-06-30"]);
    desk.ok(["dividend", "ACME", "30", "--withholding", "4.50", "--date", "2022-08-15", "--ex-date", "2022-08-01"]);
    desk.ok(["dividend", "ACME", "40", "--date", "2023-02-15"]);
    desk.ok(["-p", "ira", "dividend", "ACME", "60", "--date", "2023-08-15"]);
    desk
}

/// The yields of the rows, on cost and on value.
fn yields(rows: &Value) -> Vec<(&str, &str)> {
    column(rows, "yield_on_cost_percentage").into_iter().zip(column(rows, "yield_on_value_percentage")).collect()
}

#[test]
fn each_payment_yields_what_its_position_held() {
    let desk = book();
    let rows = desk.json(["dividends"]);
    // 30 ÷ 1,000 and ÷ 1,500; 40 ÷ 1,000 and ÷ 1,500; 60 ÷ 2,000 and ÷ 2,000
    assert_eq!(yields(&rows), [("3", "2"), ("4", "2.666667"), ("3", "3")]);
    let first = &rows[0];
    let told = ["date", "ex_date", "portfolio", "amount", "withholding", "net_amount"].map(|member| &first[member]);
    assert_eq!(told, ["2022-08-15", "2022-08-01", "main", "30", "4.5", "25.5"]);
    let table = desk.ok(["dividends"]);
    let line =
        format!("2022-08-15  ACME    main        30.00      4.50   25.50    3.00%     2.00%  {}", first_id(first));
    assert_eq!(table.lines().nth(2), Some(line.as_str()), "{table}");
}

/// The beginning of a payment's id.
fn first_id(row: &Value) -> &str {
    &row["transaction_id"].as_str().unwrap()[..8]
}

#[test]
fn periods_yield_what_was_held_at_their_end() {
    let desk = book();
    // 30 ÷ 1,000 and ÷ 1,500; 100 ÷ 3,000 and ÷ 4,000
    insta::assert_snapshot!(desk.ok(["dividends", "--by", "year"]), @"
    PERIOD     PAYMENTS  AMOUNT  WITHHELD     NET  ON COST  ON VALUE
    ────────────────────────────────────────────────────────────────
    2022              1   30.00      4.50   25.50    3.00%     2.00%
    2023              2  100.00      0.00  100.00    3.33%     2.50%
    ────────────────────────────────────────────────────────────────
    total USD         3  130.00      4.50  125.50
    ");
    assert_eq!(column(&desk.json(["dividends", "--by", "quarter"]), "period"), ["2022-q3", "2023-q1", "2023-q3"]);
    let months = desk.json(["dividends", "--by", "month", "--period", "2023"]);
    // 40 ÷ 3,000 and ÷ (20 × 150)
    assert_eq!((column(&months, "period"), yields(&months)[0]), (vec!["2023-02", "2023-08"], ("1.333333", "1.333333")));
    assert_eq!(desk.json(["-p", "ira", "dividends", "--by", "year"])[0]["amount"], "60");
}

#[test]
fn a_stock_yields_what_it_paid_in_twelve_months() {
    let desk = book();
    let rows = desk.json(["dividends", "--by", "symbol", "--to", "2023-12-31"]);
    // 40 + 60 on 3,000 and on 4,000; all payments are added up.
    assert_eq!((&rows[0]["amount"], &rows[0]["yield_amount"]), (&json!("130"), &json!("100")));
    assert_eq!(yields(&rows), [("3.333333", "2.5")]);
    let last = (Local::now().date_naive() - Months::new(3)).to_string();
    desk.ok(["dividend", "ACME", "20", "--date", &last]);
    let shown = desk.ok(["dividends", "--by", "symbol", "--to", "2023-12-31"]);
    let of = "\non cost, on value: what was paid from 2023-01-01 to 2023-12-31, on what is held on that day\n";
    assert!(shown.ends_with(of), "{shown}");
    let rows = desk.json(["dividends", "--by", "symbol", "--from", "2022-01-01"]);
    assert_eq!((&rows[0]["amount"], &rows[0]["yield_amount"]), (&json!("150"), &json!("20")));
    // Payments that count for the yield may be earlier than those listed.
    assert_eq!(desk.json(["dividends", "--by", "symbol", "--from", "today"]), json!([]));
}

#[test]
fn what_is_not_known_is_null() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["sell", "ACME", "10", "100", "--date", "2022-02-03"]);
    desk.ok(["dividend", "ACME", "30", "--date", "2022-03-15"]);
    desk.ok(["buy", "BOLT", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["dividend", "BOLT", "30", "--date", "2022-03-15"]);
    let rows = desk.json(["dividends"]);
    assert_eq!(
        (&rows[0]["yield_on_cost_percentage"], &rows[0]["yield_on_value_percentage"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        (&rows[1]["yield_on_cost_percentage"], &rows[1]["yield_on_value_percentage"]),
        (&json!("3"), &Value::Null)
    );
    assert_eq!(desk.error(3, ["dividends", "--symbol", "NOPE"])["code"], "unknown_symbol");
    assert_eq!(desk.json(["dividends", "--symbol", "BOLT", "--by", "year"])[0]["symbol"], "BOLT");
}

#[test]
fn a_voided_dividend_is_none_and_a_split_changes_no_cost() {
    let desk = book();
    desk.ok(["split", "ACME", "2:1", "--date", "2023-03-01"]);
    desk.ok(["update-price", "ACME", "100", "--date", "2023-06-30"]);
    let id = desk.json(["dividends"])[0]["transaction_id"].as_str().unwrap().to_owned();
    desk.ok(["void", &id]);
    let rows = desk.json(["dividends"]);
    assert_eq!(yields(&rows), [("4", "2.666667"), ("3", "3")]);
}
