//! Trades that are amended, voided, undone or matched by another method.

use serde_json::Value;

use super::two_lots;
use crate::harness::{Desk, column, pick};

#[test]
fn an_amended_trade_keeps_its_place_within_its_day() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "purchase"]);
    desk.ok(["sell", "ACME", "10", "110", "--date", "2024-01-02", "--id", "sale"]);
    let said = desk.json(["amend", "purchase", "--price", "101", "--fee", "2"]);
    assert_eq!(pick(&said, &["quantity", "price", "fee", "total_amount"]), "10 101 2 1012");
    assert_eq!(pick(&said["rematched"][0], &["gain_before", "gain_after"]), "100 88"); // 1100 − 1012
    let events = |said: &Value| {
        let types = said["events"].as_array().unwrap().iter().map(|event| event["event_type"].clone());
        types.map(|it| it.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(events(&said), ["TransactionVoidedEvent", "TransactionExecutedEvent", "LotsRematchedEvent"]);
    assert_eq!(desk.error(3, ["amend", "purchase", "--price", "102"])["code"], "not_amendable");
    desk.ok(["check"]);
}

#[test]
fn a_voided_record_stays_and_its_id_is_not_reused() {
    let desk = two_lots();
    desk.ok(["sell", "ACME", "10", "110", "--date", "2024-03-01", "--id", "sale"]);
    let voided = desk.json(["void", "sale", "--reason", "another account"]);
    assert_eq!(voided["recorded"], true);
    assert_eq!(voided["events"][0]["data"]["reason"], "another account");
    assert_eq!(desk.json(["void", "sale"])["recorded"], false);
    assert_eq!(pick(&desk.json(["holdings"])[0], &["quantity", "realized_gain"]), "20 0");
    let listed = |args: &[&str]| desk.json(args).as_array().unwrap().len();
    assert_eq!((listed(&["transactions"]), listed(&["transactions", "--all"])), (2, 3));
    let again = ["sell", "ACME", "10", "110", "--date", "2024-03-01", "--id", "sale"];
    assert_eq!(desk.json(again)["recorded"], false);
    assert!(desk.ok(again).contains("it was voided since"), "{}", desk.ok(again));
}

#[test]
fn undo_reverses_exactly_the_last_command() {
    let desk = two_lots();
    desk.file("two.csv", "date,action,symbol,quantity,price\n2024-02-02,buy,ACME,1,1\n2024-02-03,sell,ACME,1,2\n");
    desk.ok(["import", "two.csv"]);
    let undone = desk.json(["undo"]);
    assert_eq!(undone["voided"].as_array().unwrap().len(), 2);
    assert_eq!(pick(&desk.json(["holdings"])[0], &["quantity", "realized_gain"]), "20 0");
    // What was undone may be imported again; what was voided remains known.
    assert_eq!(pick(&desk.json(["import", "two.csv"]), &["imported", "skipped_duplicates"]), "2 0");
    let sale = desk.json(["transactions", "--type", "sell"])[0]["transaction_id"].as_str().unwrap().to_owned();
    desk.ok(["void", &sale]);
    assert_eq!(pick(&desk.json(["import", "two.csv"]), &["imported", "skipped_duplicates"]), "0 2");
}

#[test]
fn another_method_matches_the_whole_history_anew() {
    let desk = two_lots();
    desk.ok(["sell", "ACME", "10", "130", "--date", "2024-03-01"]);
    let before = desk.everything();
    let tried = desk.json(["set-cost-basis", "main", "lifo", "-n"]);
    assert_eq!(desk.everything(), before);
    // 1300 − 1005 under first in, first out; 1300 − 1200 under last in, first out.
    assert_eq!(pick(&tried["rematched"][0], &["gain_before", "gain_after"]), "295 100");
    let said = desk.json(["set-cost-basis", "main", "average"]);
    assert_eq!(pick(&said, &["old_method", "cost_basis_method"]), "fifo average");
    // 1300 − 2205 ÷ 2
    assert_eq!(pick(&said["rematched"][0], &["gain_before", "gain_after"]), "295 197.5");
    assert_eq!(said["events"][0]["event_type"], "CostBasisMethodChangedEvent");
    assert_eq!(desk.json(["set-cost-basis", "main", "average"])["recorded"], false);
    desk.ok(["check"]);
}

#[test]
fn a_method_that_sends_other_lots_to_another_portfolio_shows_in_both() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "3", "2", "--date", "2024-01-03"]);
    desk.ok(["transfer", "ACME", "1", "--to", "pension", "--date", "2024-01-04"]);
    assert_eq!(column(&desk.json(["holdings"]), "cost_basis"), ["6", "1"]);
    desk.ok(["set-cost-basis", "main", "lifo"]);
    // One of the shares that had cost 2 was sold, not the one that had cost 1.
    assert_eq!(column(&desk.json(["holdings"]), "cost_basis"), ["5", "2"]);
    desk.run(["check"]).exits(0);
}
