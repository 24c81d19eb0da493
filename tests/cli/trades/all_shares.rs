//! `all` as the quantity of a sale or a transfer.

use serde_json::json;

use super::{BUY_1, two_lots};
use crate::harness::{Desk, pick};

#[test]
fn all_means_the_shares_held_on_the_day() {
    let desk = two_lots();
    // Of the second lot nothing is there yet.
    let early = desk.json(["sell", "ACME", "all", "130", "--date", "2024-01-15", "--id", "out", "-n"]);
    assert_eq!(pick(&early, &["quantity", "realized_gain"]), "10 295");
    let sold = desk.json(["sell", "acme", "ALL", "130", "--date", "2024-03-01", "--id", "out"]);
    // 20 × 130 − (1005 + 1200)
    assert_eq!(pick(&sold, &["quantity", "total_amount", "realized_gain"]), "20 2600 395");
    assert_eq!(pick(&sold["position"], &["quantity", "cost_basis"]), "0 0");
    let again = desk.json(["sell", "ACME", "all", "130", "--date", "2024-03-01", "--id", "out"]);
    assert_eq!(pick(&again, &["quantity", "recorded"]), "20 false");
    let error = desk.error(3, ["sell", "ACME", "all", "131", "--id", "out"]);
    assert_eq!(error["code"], "id_conflict");
    let error = desk.error(3, ["sell", "ACME", "all", "130", "--date", "2024-03-02"]);
    assert_eq!(error["message"], "no ACME is held in portfolio main on 2024-03-02");
    let error = desk.error(3, ["sell", "ACME", "all", "130", "--id", BUY_1]);
    assert_eq!(error["code"], "id_conflict");
}

#[test]
fn all_means_the_shares_held_at_the_time() {
    let desk = Desk::with_stocks();
    for (quantity, time) in [("10", "09:30"), ("5", "15:30")] {
        desk.ok(["buy", "ACME", quantity, "100", "--date", "2024-01-02", "--time", time]);
    }
    let noon = desk.json(["sell", "ACME", "all", "110", "--date", "2024-01-02", "--time", "12:00", "-n"]);
    assert_eq!(noon["quantity"], "10");
    let late = desk.json(["sell", "ACME", "all", "110", "--date", "2024-01-02", "-n"]);
    assert_eq!(late["quantity"], "15");
}

#[test]
fn all_closes_a_position_of_fractions() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "9", "--date", "2024-01-02"]);
    desk.ok(["split", "ACME", "1:3", "--date", "2024-01-03"]);
    let sold = desk.json(["sell", "ACME", "all", "--amount", "10", "--date", "2024-01-04"]);
    assert_eq!(pick(&sold, &["quantity", "realized_gain"]), "0.3333333333 1");
    assert_eq!(sold["position"], json!({"quantity": "0", "cost_basis": "0", "average_cost": null}));
}

#[test]
fn all_moves_to_another_portfolio() {
    let desk = two_lots();
    desk.ok(["add-portfolio", "ira"]);
    for recorded in [true, false] {
        let moved = desk.json(["transfer", "ACME", "all", "--to", "ira", "--date", "2024-03-01", "--id", "move"]);
        assert_eq!(pick(&moved["to_position"], &["quantity", "cost_basis"]), "20 2205");
        assert_eq!(moved["recorded"], recorded);
    }
}

#[test]
fn all_is_nothing_that_could_be_bought() {
    let desk = two_lots();
    let error = desk.error(2, ["buy", "ACME", "all", "130"]);
    assert_eq!(error["message"], "`all` is what a sale takes, not how many shares are bought");
}
