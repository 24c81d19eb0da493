//! Rates of return. The worked cases hold them against published figures.

use serde_json::Value;

use crate::harness::{Desk, pick};

const MEMBERS: [&str; 15] = [
    "scope",
    "portfolio",
    "symbol",
    "currency",
    "from",
    "to",
    "invested",
    "withdrawn",
    "dividends",
    "market_value",
    "gain",
    "money_weighted_return_percentage",
    "time_weighted_return_percentage",
    "time_weighted_return_annualized_percentage",
    "reason",
];

fn returns(desk: &Desk, args: &[&str]) -> Vec<Value> {
    desk.json(["returns"].iter().chain(args)).as_array().unwrap().clone()
}

/// Ten ACME bought for 1,000 on the first day of 2023 and worth 1,200 a year of 365 days later, a
/// dividend of 50 halfway, of which 10 was withheld.
fn a_year() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["dividend", "ACME", "50", "--withholding", "10", "--date", "2023-07-01"]);
    desk.ok(["update-price", "ACME", "110", "--date", "2023-07-01"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-01"]);
    desk
}

#[test]
fn a_position_its_portfolio_and_the_total_have_a_row_each_with_all_members() {
    let desk = a_year();
    let rows = returns(&desk, &["--to", "2024-01-01"]);
    let scopes: Vec<_> = rows.iter().map(|row| pick(row, &["scope", "portfolio", "symbol"])).collect();
    assert_eq!(scopes, ["position main ACME", "portfolio main null", "total null null"]);
    for row in &rows {
        assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), MEMBERS);
        let money = ["from", "to", "invested", "withdrawn", "dividends", "market_value", "gain"];
        assert_eq!(pick(row, &money), "2023-01-01 2024-01-01 1000 0 40 1200 240");
        // By time: (1100 + 40) ÷ 1000 × 1200 ÷ 1100 = 1.2436363…, of 365 days the same by the year.
        assert_eq!(pick(row, &MEMBERS[12..]), "24.363636 24.363636 null");
        // XIRR of -1000 on 2023-01-01, 40 on 2023-07-01, 1200 on 2024-01-01: by bisection in Python, 24.46659970.
        assert_eq!(row["money_weighted_return_percentage"], "24.4666");
    }
    let csv = desk.ok(["returns", "-O", "csv"]);
    assert_eq!(csv.lines().next().unwrap(), MEMBERS.join(","));
}

#[test]
fn a_period_begins_and_ends_with_what_was_held() {
    let desk = a_year();
    let row = &returns(&desk, &["--from", "2023-07-02", "--to", "2024-01-01", "--flows"])[0];
    assert_eq!(pick(row, &["invested", "dividends", "market_value", "gain"]), "1100 0 1200 100");
    assert_eq!(pick(row, &["time_weighted_return_percentage"]), "9.090909");
    assert_eq!(row["time_weighted_return_annualized_percentage"], Value::Null);
    assert_eq!(row["reason"], "a return over less than a year is not annualized");
    let flow = |flow: &Value| pick(flow, &["date", "type", "amount"]);
    let flows: Vec<_> = row["flows"].as_array().unwrap().iter().map(flow).collect();
    assert_eq!(flows, ["2023-07-02 OPENING_VALUE -1100", "2024-01-01 CLOSING_VALUE 1200"]);
}

#[test]
fn where_a_rate_is_not_known_the_reason_is_said() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    let row = &returns(&desk, &["--to", "2023-06-01"])[0];
    assert_eq!(pick(row, &["market_value", "gain", "money_weighted_return_percentage"]), "null null null");
    assert_eq!(row["reason"], "the value on 2023-06-01 is not known: record a price of that day or before");
    let row = &returns(&desk, &["--to", "2023-01-01"])[0];
    assert_eq!(row["reason"], "the value on 2023-01-01 is not known: record a price of that day or before");
    desk.ok(["sell", "ACME", "10", "0", "--date", "2024-06-01"]);
    let row = &returns(&desk, &[])[0];
    assert_eq!(pick(row, &["gain", "time_weighted_return_percentage"]), "-1000 -100");
    assert!(row["reason"].as_str().unwrap().contains("nothing has come back"), "{row}");
}

#[test]
fn shares_that_move_between_portfolios_are_flows_of_these_and_not_of_the_total() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["update-price", "ACME", "130", "--date", "2023-06-01"]);
    desk.ok(["transfer", "ACME", "4", "--to", "pension", "--date", "2023-06-01"]);
    desk.ok(["update-price", "ACME", "150", "--date", "2024-01-01"]);
    let rows = returns(&desk, &["--to", "2024-01-01"]);
    let line = |row: &Value| pick(row, &["scope", "portfolio", "invested", "withdrawn", "market_value", "gain"]);
    let lines: Vec<_> = rows.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "position main 1000 520 900 420",
            "position pension 520 0 600 80",
            "portfolio main 1000 520 900 420",
            "portfolio pension 520 0 600 80",
            "total null 1000 0 1500 500",
        ]
    );
    assert_eq!(rows[4]["time_weighted_return_percentage"], "50");
}

#[test]
fn a_period_that_cannot_be_is_wrong_usage() {
    let desk = a_year();
    assert_eq!(desk.error(2, ["returns", "--to", "2999-01-01"])["code"], "invalid_date");
    desk.refused(2, ["returns", "--from", "2024-01-02", "--to", "2024-01-01"]);
    assert_eq!(desk.error(3, ["returns", "--symbol", "NOPE"])["code"], "unknown_symbol");
    assert_eq!(desk.ok(["returns", "--symbol", "BOLT", "-O", "json"]), "[]\n");
}
