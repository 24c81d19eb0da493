//! How records are named: by ids, beginnings of ids, and the caller's own references.

use serde_json::json;
use stockbook::domain::{PortfolioId, TransactionId};

use crate::harness::Desk;

const ID: &str = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const DIGITS: &str = "6ba7b8109dad41d180b400c04fd430c8";

#[test]
fn a_uuid_without_dashes_is_that_uuid() {
    let desk = Desk::with_stocks();
    let bought = desk.json(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", DIGITS]);
    assert_eq!(bought["transaction_id"], ID);
    for same in [ID, DIGITS, &DIGITS.to_uppercase()] {
        assert_eq!(desk.json(["buy", "ACME", "10", "100", "--id", same])["recorded"], false, "{same}");
        assert_eq!(desk.json(["history", same])[0]["transaction_id"], ID, "{same}");
    }
    let file =
        desk.file("rows.csv", format!("date,action,symbol,quantity,price,id\n2024-01-02,buy,ACME,10,100,{DIGITS}\n"));
    assert_eq!(desk.json(["import".as_ref(), file.as_os_str()])["skipped_duplicates"], 1);
}

#[test]
fn digits_that_were_once_taken_for_a_reference_still_find_their_record() {
    let desk = Desk::with_stocks();
    let portfolio = desk.audit_lines()[1]["data"]["portfolio_id"].as_str().unwrap().parse().unwrap();
    let id = TransactionId::named(PortfolioId::new(portfolio), DIGITS).to_string();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", &id]);
    let again = desk.json(["buy", "ACME", "10", "100", "--id", DIGITS]);
    assert_eq!((&again["recorded"], &again["transaction_id"]), (&json!(false), &json!(id)));
    let row = format!("date,action,symbol,quantity,price,id\n2024-01-02,buy,ACME,10,100,{DIGITS}\n");
    let file = desk.file("rows.csv", row);
    assert_eq!(desk.json(["import".as_ref(), file.as_os_str()])["skipped_duplicates"], 1);
    assert_eq!(desk.json(["void", DIGITS])["transaction_id"], json!(id));
}

#[test]
fn the_beginning_of_many_ids_lists_some_and_counts_the_others() {
    let desk = Desk::with_stocks();
    for number in 0..8 {
        desk.ok(["buy", "ACME", "1", "1", "--id", &format!("abcdef00-0000-4000-8000-00000000000{number}")]);
    }
    desk.ok(["split", "ACME", "2:1", "--id", "abcdef00-0000-4000-8000-000000000009"]);
    let error = desk.error(3, ["void", "abcdef"]);
    assert_eq!(error["code"], "ambiguous_id");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("000000000004 and 4 more"), "{message}");
    assert!(!message.contains("000000000005"), "{message}");
    // A complete list needs no count.
    let message = desk.error(3, ["void", "abcdef"])["message"].as_str().unwrap().to_owned();
    assert_eq!(message.matches("abcdef00").count(), 5, "{message}");
}

#[test]
fn a_lot_that_was_transferred_is_named_by_its_reference() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["add-portfolio", "savings"]);
    let bought = desk.json(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "order 1"]);
    desk.ok(["buy", "ACME", "10", "90", "--date", "2024-01-01"]);
    desk.ok(["transfer", "ACME", "20", "--to", "pension", "--date", "2024-01-03"]);
    let sell = ["sell", "ACME", "2", "110", "--date", "2024-01-04", "-p", "pension", "--lot", "order 1"];
    let sold = desk.json(sell);
    assert_eq!(sold["disposals"][0]["lot_id"], bought["transaction_id"]);
    // And in the next step: 2 × 110 − 2 × 100 = 20.
    assert_eq!(sold["realized_gain"], "20");
    desk.ok(["transfer", "ACME", "3", "--to", "savings", "-p", "pension", "--date", "2024-01-05", "--lot", "order 1"]);
    let sell = ["sell", "ACME", "3", "110", "--date", "2024-01-06", "-p", "savings", "--lot", "order 1"];
    assert_eq!(desk.json(sell)["disposals"][0]["lot_id"], bought["transaction_id"]);
    // The portfolio's own purchase with that reference takes precedence.
    let own = desk.json(["buy", "ACME", "1", "100", "--date", "2024-01-07", "-p", "pension", "--id", "order 1"]);
    let sell = ["sell", "ACME", "1", "110", "--date", "2024-01-08", "-p", "pension", "--lot", "order 1"];
    assert_eq!(desk.json(sell)["disposals"][0]["lot_id"], own["transaction_id"]);
    // Records other than lots are named as strictly as before.
    assert_eq!(desk.error(3, ["void", "order 1", "-p", "savings"])["code"], "unknown_id");
}

#[test]
fn lots_of_more_shares_than_a_book_can_hold_are_refused() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", ID]);
    let lot = format!("{ID}:999999999999999999");
    let error = desk.error(3, ["sell", "ACME", "5", "110", "--lot", &lot, "--lot", &lot]);
    assert_eq!(error["code"], "too_large");
    assert_ne!(error["hint"], json!(null));
    let other = desk.json(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let other = format!("{}:999999999999999999", other["transaction_id"].as_str().unwrap());
    let error = desk.error(3, ["sell", "ACME", "5", "110", "--lot", &lot, "--lot", &other]);
    assert_eq!(error["code"], "too_large");
}

#[test]
fn the_sum_of_picked_lots_is_reported() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "3", "100", "--date", "2024-01-02", "--id", "lot"]);
    let error = desk.error(3, ["sell", "ACME", "2", "110", "--lot", "lot:1"]);
    assert_eq!(error["message"], "the lots picked in portfolio main add up to 1, not to 2");
}
