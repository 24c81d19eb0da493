//! The names of stocks and portfolios, and changing them.

use serde_json::Value;

use crate::harness::{Desk, column, pick};

/// The data of the last event.
fn last_event(desk: &Desk) -> Value {
    desk.audit_lines().pop().unwrap()
}

#[test]
fn a_new_ticker_keeps_the_history_and_the_old_one_still_finds_it() {
    let desk = Desk::new();
    desk.ok(["add-stock", "FB", "Facebook Inc."]);
    desk.ok(["buy", "FB", "10", "100", "--date", "2021-01-04", "--id", "first"]);
    desk.ok(["edit-stock", "FB", "--symbol", "META", "--name", "Meta Platforms Inc."]);
    desk.ok(["sell", "FB", "4", "150", "--date", "2022-07-01"]);
    desk.file("more.csv", "date,action,symbol,quantity,price\n2022-07-05,buy,FB,1,160\n");
    desk.ok(["import", "more.csv"]);
    let held = &desk.json(["holdings"])[0];
    assert_eq!(pick(held, &["symbol", "company_name", "quantity", "realized_gain"]), "META Meta Platforms Inc. 7 200");
    for symbol in ["FB", "META"] {
        assert_eq!(column(&desk.json(["transactions", "--symbol", symbol]), "type"), ["BUY", "SELL", "BUY"]);
        assert_eq!(desk.json(["gains", "--symbol", symbol])[0]["gain"], "200"); // 4 × (150 − 100)
        assert_eq!(desk.json(["explain", "holding", symbol])["symbol"], "META");
        let of_stock = desk.ok(["audit", "--symbol", symbol]);
        assert_eq!(of_stock.lines().count(), 5, "{of_stock}");
    }
    desk.run(["check"]).exits(0);
}

#[test]
fn a_stock_that_takes_an_old_symbol_has_it() {
    let desk = Desk::new();
    desk.ok(["add-stock", "FB", "Facebook Inc."]);
    desk.ok(["buy", "FB", "10", "100", "--date", "2021-01-04"]);
    desk.ok(["edit-stock", "FB", "--symbol", "META"]);
    desk.ok(["add-stock", "FB", "ProShares S&P 500 Dynamic Buffer"]);
    desk.ok(["buy", "FB", "1", "40", "--date", "2025-07-01"]);
    assert_eq!(column(&desk.json(["holdings"]), "symbol"), ["FB", "META"]);
    assert_eq!(desk.ok(["audit", "--symbol", "META"]).lines().count(), 3);
    desk.run(["check"]).exits(0);
}

#[test]
fn an_edit_is_an_event_and_repeated_it_records_nothing() {
    let desk = Desk::with_stocks();
    let edit = ["edit-stock", "BOLT", "--symbol", "BLT", "--isin", "us0378331005", "--sector", "Tools"];
    let said = desk.json(edit);
    assert_eq!(pick(&said, &["symbol", "isin", "sector", "recorded"]), "BLT US0378331005 Tools true");
    let event = last_event(&desk);
    assert_eq!(event["event_type"], "StockEditedEvent");
    let members = ["symbol", "company_name", "sector", "industry", "currency", "isin", "old_symbol"];
    assert_eq!(pick(&event["data"], &members), "BLT Bolt SE Tools null EUR US0378331005 BOLT");
    assert_eq!(desk.json(edit)["recorded"], false);
    assert_eq!(desk.json(["stocks"])[1]["isin"], "US0378331005");
    let dry = desk.json(["edit-stock", "BLT", "--name", "Other", "--dry-run"]);
    assert_eq!(pick(&dry, &["company_name", "recorded", "dry_run"]), "Other false true");
    assert_eq!(desk.json(["stocks"])[1]["company_name"], "Bolt SE");
}

#[test]
fn a_currency_is_corrected_while_nothing_that_counts_is_in_it() {
    let desk = Desk::new();
    desk.ok(["add-stock", "SAP", "SAP SE"]);
    desk.ok(["buy", "SAP", "1", "100", "--date", "2024-01-02", "--id", "one"]);
    desk.ok(["update-price", "SAP", "101", "--date", "2024-01-03"]);
    let error = desk.error(3, ["edit-stock", "SAP", "--currency", "EUR"]);
    assert_eq!(error["code"], "currency_in_use");
    insta::assert_snapshot!(error["message"].as_str().unwrap(), @"SAP has 1 transaction and 1 recorded price in USD, which would not be the same in another currency");
    desk.ok(["void", "one"]);
    desk.ok(["remove-price", "SAP", "2024-01-03"]);
    desk.ok(["edit-stock", "SAP", "--currency", "EUR"]);
    desk.ok(["buy", "SAP", "1", "90", "--date", "2024-01-02"]);
    assert_eq!(desk.json(["holdings"])[0]["currency"], "EUR");
    desk.run(["check"]).exits(0);
}

#[test]
fn what_cannot_be_is_refused() {
    let desk = Desk::with_stocks();
    assert_eq!(desk.error(3, ["edit-stock", "BOLT", "--symbol", "ACME"])["code"], "symbol_exists");
    assert_eq!(desk.error(3, ["edit-stock", "BOLT", "--industry", "Nuts"])["code"], "industry_without_sector");
    assert_eq!(desk.error(3, ["edit-stock", "NONE", "--name", "None"])["code"], "unknown_symbol");
    assert_eq!(desk.error(2, ["edit-stock", "BOLT", "--isin", "US0378331004"])["code"], "invalid_isin");
    desk.refused(2, ["edit-stock", "BOLT"]);
    desk.ok(["add-portfolio", "pension"]);
    assert_eq!(desk.error(3, ["edit-portfolio", "pension", "--name", "main"])["code"], "portfolio_exists");
    assert_eq!(desk.error(3, ["edit-portfolio", "none", "--name", "some"])["code"], "unknown_portfolio");
    assert_eq!(desk.error(3, ["edit-portfolio", "none", "--name", "pension"])["code"], "unknown_portfolio");
    assert_eq!(
        desk.error(3, ["add-stock", "ACME", "Acme Corporation", "--isin", "US0378331005"])["code"],
        "symbol_exists"
    );
}

#[test]
fn a_portfolio_is_renamed_with_all_that_is_in_it() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "retirment", "--cost-basis", "lifo"]);
    desk.ok(["-p", "retirment", "buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let said = desk.json(["edit-portfolio", "retirment", "--name", "retirement"]);
    assert_eq!(pick(&said, &["name", "cost_basis_method", "recorded"]), "retirement lifo true");
    assert_eq!(last_event(&desk)["event_type"], "PortfolioEditedEvent");
    assert_eq!(desk.json(["edit-portfolio", "retirment", "--name", "retirement"])["recorded"], false);
    assert_eq!(column(&desk.json(["holdings"]), "portfolio"), ["retirement"]);
    assert_eq!(column(&desk.json(["portfolios"]), "name"), ["main", "retirement"]);
    assert_eq!(desk.ok(["-p", "retirement", "audit"]).lines().count(), 3);
    assert_eq!(desk.error(3, ["-p", "retirment", "holdings"])["code"], "unknown_portfolio");
    desk.run(["check"]).exits(0);
}
