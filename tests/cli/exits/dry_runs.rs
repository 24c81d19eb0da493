//! `--dry-run` does everything except recording.

use serde_json::json;

use crate::harness::Desk;

#[test]
fn a_dry_run_changes_not_a_byte() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let file = desk.file("new.csv", "date,action,symbol,quantity,price\n2024-01-03,buy,NEW,1,1\n");
    let before = desk.everything();
    for args in [
        vec!["add-stock".as_ref(), "NEW".as_ref(), "New".as_ref()],
        vec!["update-price".as_ref(), "ACME".as_ref(), "1".as_ref()],
        vec!["buy".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["sell".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["add-portfolio".as_ref(), "pension".as_ref()],
        vec!["import".as_ref(), "--add-stocks".as_ref(), file.as_os_str()],
    ] {
        let mut args = args;
        args.push("--dry-run".as_ref());
        let said = desk.json(&args);
        assert_eq!((&said["recorded"], &said["dry_run"]), (&json!(false), &json!(true)), "{said}");
        desk.ok(&args);
        assert_eq!(desk.everything(), before, "{args:?}");
    }
}

#[test]
fn a_dry_run_shows_what_would_be_recorded() {
    let desk = Desk::with_stocks();
    let sale = ["sell", "ACME", "4", "110", "--date", "2024-01-03"];
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let tried = desk.json(sale.iter().chain(&["-n"]));
    let done = desk.json(sale);
    for member in ["realized_gain", "position", "quantity", "total_amount"] {
        assert_eq!(tried[member], done[member], "{member}");
    }
    assert_eq!(tried["events"][0]["sequence"], done["events"][0]["sequence"]);
    // What is refused is refused just the same.
    assert_eq!(desk.error(3, ["-n", "sell", "ACME", "7", "110"])["code"], "insufficient_quantity");
}

#[test]
fn a_dry_run_of_a_first_command_leaves_nothing() {
    let desk = Desk::new();
    let said = desk.json(["-n", "--book", "far/away/book.db", "add-stock", "ACME", "Acme"]);
    assert_eq!(said["dry_run"], true);
    let types: Vec<_> = said["events"].as_array().unwrap().iter().map(|event| event["event_type"].clone()).collect();
    assert_eq!(types, ["BookCreatedEvent", "PortfolioCreatedEvent", "StockCreatedEvent"]);
    assert!(desk.everything().is_empty());
}
