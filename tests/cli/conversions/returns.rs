//! Conversions in returns and reports of the past.

use serde_json::Value;

use super::{MERGER, SPIN_OFF, desk, held, held_with, sound, with};
use crate::harness::{Desk, events, pick};

#[test]
fn a_report_as_known_earlier_is_unchanged() {
    let desk = desk();
    desk.ok(MERGER);
    let instant = events(&desk.ok(["audit"])).last().unwrap()["occurred_at"].as_str().unwrap().to_owned();
    desk.ok(["void", "second"]);
    assert_eq!(held(&desk), ["NEW 50 10000 0", "OLD 0 0 0"]);
    assert_eq!(held_with(&desk, &["--known-on", &instant]), ["NEW 75 16500 0", "OLD 0 0 0"]);
    sound(&desk);
}

#[test]
fn returns_count_nothing_but_the_cash() {
    let desk = desk();
    for (day, price) in [("2016-12-30", "120"), ("2020-05-29", "150"), ("2021-12-30", "10")] {
        desk.ok(["update-price", "OLD", price, "--date", day]);
    }
    for (day, price) in [("2020-06-01", "250"), ("2021-12-30", "300")] {
        desk.ok(["update-price", "NEW", price, "--date", day]);
    }
    desk.ok(with(&MERGER, &["--cash", "25", "--value", "250", "--rule", "taxable"]));
    let returns = desk.json(["returns", "--to", "2021-12-30", "--flows"]);
    let of_scope = |scope: &str| {
        let row = returns.as_array().unwrap().iter().find(|row| row["scope"] == scope).unwrap().clone();
        let flows = row["flows"].as_array().unwrap().clone();
        flows.iter().map(|flow| pick(flow, &["type", "date", "amount"])).collect::<Vec<_>>()
    };
    // 150 × 25 in cash, and 75 × 300 in the end.
    let expected = [
        "BUY 2015-03-02 -10000",
        "BUY 2016-03-02 -6500",
        "CONVERSION 2020-06-01 3750",
        "CLOSING_VALUE 2021-12-30 22500",
    ];
    assert_eq!(of_scope("total"), expected);
    let figures = |rows: &Value, scope: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["scope"] == scope).unwrap().clone();
        pick(&row, &["invested", "withdrawn", "market_value", "gain"])
    };
    assert_eq!(figures(&returns, "total"), "16500 3750 22500 9750");
    // For each stock alone, the value of the new shares is a cash flow.
    let alone = desk.json(["returns", "--to", "2021-12-30", "--symbol", "NEW"]);
    assert_eq!(figures(&alone, "position"), "18750 0 22500 3750");
}

/// A share of OLD is worth 150, and then 140 with a fifth of a share of NEW at 50; and two of NEXT are worth as much.
#[test]
fn a_conversion_at_equal_value_is_no_return() {
    let desk = desk();
    for (symbol, price, day) in [
        ("OLD", "150", "2019-12-31"),
        ("OLD", "140", "2020-06-01"),
        ("NEW", "50", "2020-06-01"),
        ("NEXT", "70", "2021-06-01"),
        ("NEW", "50", "2021-12-31"),
    ] {
        desk.ok(["update-price", symbol, price, "--date", day]);
    }
    desk.ok(SPIN_OFF);
    desk.ok(["exchange", "OLD", "NEXT", "2:1", "--date", "2021-06-01"]);
    let periods = desk.json(["performance", "--by", "month", "--from", "2020-01-01", "--to", "2021-12-31"]);
    assert_eq!(periods.as_array().unwrap().len(), 24);
    let members = ["opening_value", "paid_in", "taken_out", "gain", "market_value", "time_weighted_return_percentage"];
    for period in periods.as_array().unwrap() {
        // 150 × 150 = 150 × 140 + 30 × 50 = 300 × 70 + 30 × 50.
        assert_eq!(pick(period, &members), "22500 0 0 0 22500 0", "{period}");
    }
}

/// A right is worth 5 and a share 10: twenty rights and 100 in cash give twenty shares, which are worth 200.
#[test]
fn rights_that_are_exercised_at_what_they_are_worth_are_no_return_of_either_stock() {
    let desk = Desk::new();
    for symbol in ["X", "X.RT"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    desk.ok(["buy", "X", "100", "11", "--date", "2020-01-02"]);
    desk.ok(["spin-off", "X", "X.RT", "1:5", "--values", "5:10", "--date", "2020-03-10"]);
    desk.ok(["exchange", "X.RT", "X", "1:1", "--pay", "5", "--date", "2020-04-15"]);
    for (symbol, price) in [("X", "10"), ("X.RT", "5")] {
        for day in ["2020-03-10", "2020-04-15"] {
            desk.ok(["update-price", symbol, price, "--date", day]);
        }
    }
    let returns = desk.json(["returns", "--to", "2020-04-30", "--by", "symbol"]);
    let members = ["symbol", "invested", "withdrawn", "market_value", "gain"];
    let rows: Vec<String> = returns.as_array().unwrap().iter().map(|row| pick(row, &members)).collect();
    // 1100, and 100 of rights with 100 in cash, of which rights for 100 left before.
    assert_eq!(rows[..2], ["X 1300 100 1200 0", "X.RT 100 100 0 0"]);
    // In all 1100 and 100 were paid.
    let total = desk.json(["returns", "--to", "2020-04-30", "--by", "total"]);
    assert_eq!(pick(&total[0], &members[1..]), "1200 0 1200 0");
}
