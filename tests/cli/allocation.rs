//! `allocation`.

use serde_json::{Value, json};

use crate::harness::{Desk, Run, column};

/// 300 of ACME in two portfolios, 100 of COAL, and BOLT without a price.
fn book() -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme Corporation", "--sector", "Industrials", "--industry", "Anvils"]);
    desk.ok(["add-stock", "COAL", "Coal plc", "--sector", "Energy"]);
    desk.ok(["add-stock", "BOLT", "Bolt Inc."]);
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["buy", "ACME", "2", "90", "--date", "2024-01-02"]);
    desk.ok(["-p", "ira", "buy", "ACME", "1", "90", "--date", "2024-01-02"]);
    desk.ok(["buy", "COAL", "10", "9", "--date", "2024-01-02"]);
    desk.ok(["buy", "BOLT", "1", "1", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "100", "--date", "2024-01-31"]);
    desk.ok(["update-price", "COAL", "10", "--date", "2024-01-31"]);
    desk
}

/// A run on a screen of 80 columns, as far as the program knows.
fn shown(desk: &Desk, args: &[&str]) -> String {
    Run::of(desk.command(args)).exits(0).out()
}

#[test]
fn the_parts_stand_with_their_shares_and_bars() {
    let desk = book();
    insta::assert_snapshot!(shown(&desk, &["allocation"]), @"
    STOCK       VALUE   SHARE
    ────────────────────────────────────────────────
    ACME       300.00  75.00%  █████████████████████
    COAL       100.00  25.00%  ███████
    ────────────────────────────────────────────────
    total USD  400.00

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE
    warning: old prices, the oldest of 2024-01-31: ACME, COAL; record one: stockbook update-price ACME PRICE
    ");
    let mut ascii = desk.command(["allocation", "--by", "portfolio"]);
    ascii.env("LC_ALL", "C");
    insta::assert_snapshot!(Run::of(ascii).exits(0).out(), @"
    PORTFOLIO   VALUE   SHARE
    ------------------------------------------------
    main       300.00  75.00%  #####################
    ira        100.00  25.00%  #######
    ------------------------------------------------
    total USD  400.00

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE
    warning: old prices, the oldest of 2024-01-31: ACME, COAL; record one: stockbook update-price ACME PRICE
    ");
}

#[test]
fn parts_are_stocks_sectors_industries_currencies_or_portfolios() {
    let desk = book();
    for (by, names) in [
        ("stock", vec![json!("ACME"), json!("COAL")]),
        ("sector", vec![json!("Industrials"), json!("Energy")]),
        ("industry", vec![json!("Anvils"), Value::Null]),
        ("currency", vec![json!("USD")]),
        ("portfolio", vec![json!("main"), json!("ira")]),
    ] {
        let rows = desk.json(["allocation", "--by", by]);
        let found: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
        assert_eq!(found, names, "{by}");
        assert_eq!(rows[0]["by"], by);
    }
    let in_ira = desk.json(["-p", "ira", "allocation"]);
    assert_eq!((&in_ira[0]["market_value"], &in_ira[0]["percentage"]), (&json!("100"), &json!("100")));
    assert_eq!(desk.json(["allocation", "--as-of", "2024-01-30"]), json!([]));
}

#[test]
fn a_target_tells_the_drift() {
    let desk = book();
    // 60 % of 400 are 240, and 5 % are 20.
    let rows = desk.json(["allocation", "--target", "ACME=60", "--target", "GOLD=5%"]);
    assert_eq!(column(&rows, "name"), ["ACME", "COAL", "GOLD"]);
    let drift = |at: usize| [&rows[at]["target_percentage"], &rows[at]["drift_percentage"], &rows[at]["drift_amount"]];
    assert_eq!(drift(0), [&json!("60"), &json!("15"), &json!("60")]);
    assert_eq!(drift(1), [&Value::Null; 3]);
    assert_eq!(drift(2), [&json!("5"), &json!("-5"), &json!("-20")]);
    insta::assert_snapshot!(shown(&desk, &["allocation", "--target", "ACME=60", "--target", "COAL=40"]), @"
    STOCK       VALUE   SHARE  TARGET    DRIFT  IN MONEY
    ───────────────────────────────────────────────────────────────────────────
    ACME       300.00  75.00%  60.00%  +15.00%    +60.00  █████████████████████
    COAL       100.00  25.00%  40.00%  -15.00%    -60.00  ███████
    ───────────────────────────────────────────────────────────────────────────
    total USD  400.00

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE
    warning: old prices, the oldest of 2024-01-31: ACME, COAL; record one: stockbook update-price ACME PRICE
    ");
}

#[test]
fn a_target_may_name_a_stock_by_its_former_symbol() {
    let desk = book();
    desk.ok(["edit-stock", "ACME", "--symbol", "PEAK"]);
    let parts = desk.json(["allocation", "--target", "ACME=60", "--target", "coal=40"]);
    assert_eq!(column(&parts, "name"), ["PEAK", "COAL"]);
    assert_eq!(column(&parts, "drift_amount"), ["60", "-60"]);
    let twice = desk.error(3, ["allocation", "--target", "ACME=60", "--target", "PEAK=40"]);
    assert_eq!(twice["message"], "--target names PEAK twice, by two of its symbols");
    desk.ok(["dividend", "PEAK", "5", "--date", "2024-02-01"]);
    assert_eq!(desk.json(["dividends", "--by", "year", "--symbol", "ACME"])[0]["symbol"], "PEAK");
}

#[test]
fn targets_that_make_no_sense_are_refused() {
    let desk = book();
    for targets in [
        &["ACME"][..],
        &["=5"],
        &["ACME=x"],
        &["ACME=-1"],
        &["ACME=101"],
        &["ACME=60", "COAL=41"],
        &["ACME=1", "ACME=2"],
        &["ACME=1", "acme=2"],
    ] {
        let args: Vec<&str> =
            ["allocation"].into_iter().chain(targets.iter().flat_map(|it| ["--target", it])).collect();
        assert_eq!(desk.error(2, &args)["code"], "invalid_target", "{targets:?}");
    }
    desk.ok(["add-stock", "EUROS", "Euros SE", "--currency", "EUR"]);
    desk.ok(["buy", "EUROS", "1", "10"]);
    desk.ok(["update-price", "EUROS", "10"]);
    let error = desk.error(3, ["allocation", "--target", "ACME=50"]);
    assert_eq!(error["code"], "several_currencies");
    assert!(error["hint"].as_str().unwrap().contains("with --in"), "{error}");
    assert!(error["message"].as_str().unwrap().ends_with("EUR, USD"), "{error}");
}

#[test]
fn currencies_are_not_added_up() {
    let desk = book();
    desk.ok(["add-stock", "EUROS", "Euros SE", "--currency", "EUR"]);
    desk.ok(["buy", "EUROS", "1", "10"]);
    desk.ok(["update-price", "EUROS", "10"]);
    let rows = desk.json(["allocation"]);
    assert_eq!(column(&rows, "percentage"), ["100", "75", "25"]);
    assert_eq!(column(&rows, "currency"), ["EUR", "USD", "USD"]);
    let rows = desk.json(["allocation", "--by", "currency"]);
    assert!(rows.as_array().unwrap().iter().all(|row| row["percentage"].is_null()), "{rows}");
}
