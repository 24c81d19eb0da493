//! Shares transferred out of the book.

use crate::harness::{Desk, column, pick};

fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "first"]);
    desk.ok(["buy", "ACME", "10", "130", "--date", "2024-01-03"]);
    desk
}

fn held(desk: &Desk) -> String {
    let rows = desk.json(["holdings", "--all"]);
    pick(&rows[0], &["quantity", "cost_basis", "realized_gain"])
}

#[test]
fn shares_that_leave_the_book_take_their_cost_along_and_realize_nothing() {
    let desk = desk();
    let leave = ["transfer", "ACME", "12", "--out", "--date", "2024-02-01", "--id", "gift"];
    let said = desk.ok(leave);
    assert!(said.contains("moved 12 ACME from portfolio main out of the book on 2024-02-01"), "{said}");
    // 10 of 100 and 2 of 130 are gone: 8 × 130.
    assert_eq!(held(&desk), "8 1040 0");
    assert_eq!(column(&desk.json(["transactions"]), "type"), ["BUY", "BUY", "TRANSFER_OUT"]);
    let again = desk.json(leave);
    assert_eq!((&again["recorded"], &again["to_portfolio"]), (&false.into(), &serde_json::Value::Null));
    desk.ok(["update-price", "ACME", "150", "--date", "2024-02-02"]);
    // Shares that left count at their value: 12 × 130, at the latest purchase.
    let returns = desk.json(["returns"]);
    let total = returns.as_array().unwrap().iter().find(|row| row["scope"] == "total").unwrap();
    assert_eq!(total["withdrawn"], "1560", "{returns}");
    desk.run(["check"]).exits(0);
    desk.run(["audit", "verify"]).exits(0);

    // Moving them to a portfolio under the same id is a different transfer.
    desk.ok(["add-portfolio", "pension"]);
    let error = desk.error(3, ["transfer", "ACME", "12", "--to", "pension", "--date", "2024-02-01", "--id", "gift"]);
    assert_eq!(error["code"], "id_conflict", "{error}");
    desk.ok(["void", "gift"]);
    assert_eq!(held(&desk), "20 2300 0");
    desk.ok(["undo"]);
    assert_eq!(held(&desk), "8 1040 0");
    desk.run(["check"]).exits(0);
}

#[test]
fn an_earlier_purchase_and_a_voided_one_are_matched_with_what_left() {
    let desk = desk();
    desk.ok(["transfer", "ACME", "5", "--out", "--date", "2024-02-01"]);
    desk.ok(["buy", "ACME", "5", "80", "--date", "2024-01-01"]);
    // First in, first out: the 5 of 80 leave now.
    assert_eq!(held(&desk), "20 2300 0");
    desk.ok(["void", "first"]);
    assert_eq!(held(&desk), "10 1300 0");
    let refused = desk.refused(3, ["transfer", "ACME", "11", "--out", "--date", "2024-03-01"]);
    assert!(refused.contains("cannot move 11 ACME: 10 held"), "{refused}");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_transfer_has_exactly_one_destination() {
    let desk = desk();
    let neither = desk.refused(2, ["transfer", "ACME", "1"]);
    assert!(neither.contains("--to"), "{neither}");
    desk.refused(2, ["transfer", "ACME", "1", "--out", "--to", "pension"]);
}

#[test]
fn a_row_of_a_transfer_without_a_portfolio_to_go_to_leaves_the_book() {
    let desk = desk();
    let rows = "date,action,symbol,quantity,portfolio,to\n2024-02-01,transfer,ACME,12,main,\n";
    desk.file("gone.csv", rows);
    desk.ok(["import", "gone.csv"]);
    assert_eq!(held(&desk), "8 1040 0");
    assert_eq!(desk.json(["import", "gone.csv"])["skipped_duplicates"], 1);
    desk.ok(["undo"]);
    assert_eq!(held(&desk), "20 2300 0");
}
