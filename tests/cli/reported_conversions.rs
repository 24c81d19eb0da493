//! Rows that report an exchange or a spin-off that the book has, and rows near one that report something
//! else.

use serde_json::Value;

use crate::harness::{Desk, pick};

const SCHWAB: &str =
    "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees & Comm\",\"Amount\"\n";

/// Rows, whose cells are separated by bars.
fn schwab(rows: &[&str]) -> String {
    let row = |row: &&str| format!("\"{}\"\n", row.replace('|', "\",\""));
    format!("{SCHWAB}{}", rows.iter().map(row).collect::<String>())
}

/// This many shares of OLD, with a corporate action on 2 October.
fn book(held: &str, company: &str) -> Desk {
    let desk = Desk::new();
    desk.all_ok(&["add-stock OLD Old", "add-stock NEW New", "add-stock THIRD Third"]);
    desk.ok(["buy", "OLD", held, "10", "--date", "2023-01-03"]);
    desk.ok(format!("{company} --date 2023-10-02").split(' '));
    desk
}

fn is_known(desk: &Desk, rows: &[&str]) -> bool {
    let before = desk.everything();
    let run = desk.fed(&schwab(rows), ["import", "-", "-O", "json"]);
    if run.status.code() == Some(0) {
        let said: Value = serde_json::from_str(&run.out()).unwrap();
        assert_eq!(pick(&said, &["imported", "recorded"]), "0 false", "{rows:?}");
        return true;
    }
    let refused = run.exits(3).json_error()["details"][0]["message"].as_str().unwrap().to_owned();
    assert!(
        refused.contains(" on 2023-10-02 that the book has, it would be other shares or cash; enter "),
        "{refused}"
    );
    assert!(desk.changed_since(&before).is_empty());
    false
}

#[test]
fn shares_near_an_exchange_are_known_only_if_they_are_its_own() {
    let paid = "exchange OLD NEW 1:2 --round down --cash-in-lieu 20";
    for (held, company, stock, shares, expected) in [
        ("100", "exchange OLD NEW 1:2", "OLD", "-100", true),
        ("100", "exchange OLD NEW 1:2", "NEW", "50", true),
        ("101", paid, "NEW", "50", true),
        ("101", paid, "OLD", "-101", true),
        ("100", "exchange OLD NEW 1:2", "OLD", "-90", false),
        ("100", "exchange OLD NEW 1:2", "OLD", "100", false),
        ("100", "exchange OLD NEW 1:2", "NEW", "40", false),
        ("100", "exchange OLD NEW 1:2", "NEW", "-50", false),
        ("101", paid, "NEW", "52", false),
        ("100", "spin-off OLD NEW 1:5 --cost-share 20", "NEW", "20", true),
        ("100", "spin-off OLD NEW 1:5 --cost-share 20", "NEW", "25", false),
        ("100", "spin-off OLD NEW 1:5 --cost-share 20", "OLD", "-100", false),
    ] {
        let row = format!("10/04/2023|Spin-off|{stock}|{stock} CORP|{shares}|||");
        assert_eq!(is_known(&book(held, company), &[&row]), expected, "{held} {company}: {shares} {stock}");
    }
}

#[test]
fn a_merger_for_shares_and_cash_is_known_by_both() {
    let company = "exchange OLD NEW 1:2 --cash 1.5 --value 30 --rule boot";
    for (new, came, cash, expected) in [
        ("NEW", "50", "150.00", true),
        ("NEW", "50", "150.01", true),
        ("NEW", "50", "999.00", false),
        ("NEW", "60", "150.00", false),
        ("THIRD", "50", "150.00", false),
    ] {
        let rows = [
            format!("10/02/2023|Cash/Stock Merger|{new}|{new} CORP|{came}|||"),
            format!("10/02/2023|Cash/Stock Merger|OLD|OLD CORP||||${cash}"),
            "10/02/2023|Cash/Stock Merger|OLD|OLD CORP|-100|||".to_owned(),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert_eq!(is_known(&book("100", company), &rows), expected, "{came} {new} and {cash}");
    }
}

#[test]
fn a_merger_for_shares_is_taken_for_the_one_that_the_book_has_and_other_shares_are_told() {
    for (came, left, warned) in [("50", "100", false), ("60", "100", true), ("45", "90", true)] {
        let rows = [
            format!("10/04/2023|Stock Merger|NEW|NEW CORP|{came}|||"),
            format!("10/04/2023|Stock Merger|OLD|OLD CORP|-{left}|||"),
        ];
        let desk = book("100", "exchange OLD NEW 1:2");
        let run = desk.fed(&schwab(&[&rows[0], &rows[1]]), ["import", "-", "-O", "json"]).exits(0);
        let said: Value = serde_json::from_str(&run.out()).unwrap();
        assert_eq!(pick(&said, &["imported", "recorded"]), "0 false");
        let told =
            format!("{came} NEW for {left} OLD on 2023-10-04 are taken for what the book has; by the exchange of");
        assert_eq!(said["warnings"].to_string().contains(&told), warned, "{said}");
    }
}
