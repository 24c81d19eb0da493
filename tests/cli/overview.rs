//! The overview, which is shown without a command.

use chrono::{Local, Months, NaiveDate};
use serde_json::json;

use crate::harness::Desk;

/// The program's current date in these tests.
fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// A book in two currencies and two portfolios, one of whose stocks has no price.
fn book() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-stock", "COAL", "Coal plc"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["-p", "ira", "buy", "ACME", "5", "120", "--date", "2024-01-03"]);
    desk.ok(["sell", "ACME", "2", "130", "--date", "2024-02-01"]);
    desk.ok(["buy", "BOLT", "4", "50", "--date", "2024-01-02"]);
    desk.ok(["buy", "COAL", "1", "7", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-31"]);
    desk.ok(["update-price", "ACME", "126", "--date", "2024-03-01"]);
    desk.ok(["update-price", "BOLT", "45", "--date", "2024-03-01"]);
    desk.ok(["dividend", "ACME", "8", "--withholding", "2", "--date", "2024-03-05"]);
    desk
}

#[test]
fn everything_is_seen_at_a_glance() {
    let desk = book();
    // ACME: 8 bought for 800 and 5 for 600 at 126 are 1,638; before at 120 they were 1,560. In total 238 of
    // unrealized gain, 2 × 30 realized and 8 of dividends, more than twelve months ago.
    insta::assert_snapshot!(desk.ok::<&str>([]), @"
                           EUR         USD
    ──────────────────────────────────────
    value              180.00    1,638.00
    cost basis         200.00    1,400.00
    cost, unpriced                   7.00
    gain               -20.00     +238.00
                       -10.00%     +17.00%
    day's change                   +78.00
                                    +5.00%
      on            2024-03-01  2024-03-01
      since                     2024-01-31
    realized gain                  +60.00
    dividends            0.00        8.00
      of 12 months       0.00        0.00
    total return       -20.00     +306.00

    best   ACME  +238.00 USD  +17.00%  weight 100.00%
    worst  BOLT   -20.00 EUR  -10.00%  weight 100.00%

    no price, so not counted: COAL
      record one: stockbook update-price COAL PRICE
    old prices, the oldest of 2024-03-01: ACME, BOLT
      record one: stockbook update-price ACME PRICE
    ");
    let shown = desk.json(["-q"]);
    assert_eq!(
        shown["currencies"][1],
        json!({
            "currency": "USD", "positions": 3, "unpriced": 1, "cost_basis": "1400", "market_value": "1638",
            "unrealized_gain": "238", "unrealized_gain_percentage": "17", "realized_gain": "60", "dividends": "8",
            "dividends_twelve_months": "0", "total_return": "306", "day": "2024-03-01", "day_change": "78",
            "day_change_percentage": "5", "day_change_since": "2024-01-31", "unpriced_cost_basis": "7"
        })
    );
    assert_eq!(shown["best"]["symbol"], "ACME");
    assert_eq!(shown["worst"]["unrealized_gain_percentage"], "-10");
    let reasons: Vec<_> = shown["outdated"].as_array().unwrap().iter().map(|one| one["reason"].clone()).collect();
    assert_eq!(reasons, ["old", "old", "missing"]);
    let csv = desk.ok(["-O", "csv"]);
    assert!(csv.lines().nth(2).unwrap().starts_with("USD,3,1,1400,1638,238,17,60,8,0,306,"), "{csv}");
}

#[test]
fn what_was_paid_is_seen_before_there_are_prices() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["sell", "ACME", "2", "130", "--date", "2024-02-01"]);
    insta::assert_snapshot!(desk.ok::<&str>([]), @"
                       USD
    ──────────────────────
    cost, unpriced  800.00
    realized gain   +60.00
    dividends         0.00
      of 12 months    0.00

    no price, so not counted: ACME
      record one: stockbook update-price ACME PRICE
    ");
    let shown = desk.ok(["allocation"]);
    assert_eq!(shown.matches("update-price").count(), 1, "{shown}");
}

#[test]
fn the_overview_of_a_portfolio_is_of_it_alone() {
    let desk = book();
    let usd = &desk.json(["-p", "ira"])["currencies"];
    // 5 × 126, of 5 × 120.
    assert_eq!((&usd[0]["market_value"], &usd[0]["day_change"]), (&json!("630"), &json!("30")));
    assert!(usd[1].is_null());
    assert_eq!(desk.error(3, ["-p", "nope"])["code"], "unknown_portfolio");
}

#[test]
fn dividends_of_twelve_months_end_today() {
    let desk = book();
    let day = |months| (today() - Months::new(months)).to_string();
    desk.ok(["dividend", "ACME", "16", "--date", &day(12)]);
    assert_eq!(desk.json(["-q"])["currencies"][1]["dividends_twelve_months"], "0");
    desk.ok(["dividend", "ACME", "32", "--withholding", "3", "--date", &day(11)]);
    let last = desk.json(["dividend", "ACME", "64", "--date", "today"]);
    assert_eq!(desk.json(["-q"])["currencies"][1]["dividends_twelve_months"], "96");
    desk.ok(["void", last["transaction_id"].as_str().unwrap()]);
    assert_eq!(desk.json(["-q"])["currencies"][1]["dividends_twelve_months"], "32");
}

#[test]
fn a_split_between_two_prices_is_no_change() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "100", "--date", "2024-01-02"]);
    desk.ok(["split", "ACME", "4:1", "--date", "2024-01-03"]);
    desk.ok(["update-price", "ACME", "26", "--date", "2024-01-03"]);
    // 40 × 26 − 10 × 100
    assert_eq!(desk.json(["-q"])["currencies"][0]["day_change"], "40");
}

#[test]
fn a_price_is_outdated_after_a_fortnight_or_by_a_trade() {
    let desk = Desk::with_stocks();
    let day = |days| (today() - chrono::Days::new(days)).to_string();
    let reason = || desk.json(["-q"])["outdated"][0]["reason"].clone();
    desk.ok(["buy", "ACME", "10", "100", "--date", &day(20)]);
    desk.ok(["update-price", "ACME", "100", "--date", &day(15)]);
    assert_eq!(reason(), "old");
    desk.ok(["update-price", "ACME", "100", "--date", &day(14)]);
    assert_eq!(reason(), json!(null));
    desk.ok(["buy", "ACME", "10", "100", "--date", &day(13)]);
    assert_eq!(reason(), "before_last_trade");
    desk.ok(["sell", "ACME", "20", "100", "--date", "today"]);
    assert_eq!(reason(), json!(null));
}

#[test]
fn many_currencies_stand_under_each_other_where_they_have_no_room() {
    let desk = Desk::new();
    for currency in ["EUR", "GBP", "CHF", "JPY", "USD"] {
        desk.ok(["add-stock", &format!("A{currency}"), "A", "--currency", currency]);
        desk.ok(["buy", &format!("A{currency}"), "1", "1000000", "--date", "2024-01-02"]);
        desk.ok(["update-price", &format!("A{currency}"), "1234567", "--date", "2024-01-02"]);
    }
    let shown = desk.ok::<&str>([]);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let headings: Vec<_> = shown.lines().filter(|line| line.starts_with("   ") && !line.contains('%')).collect();
    let words: Vec<_> = headings.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(words, ["CHF EUR GBP", "JPY USD"], "{shown}");
}

#[test]
fn without_a_book_the_commands_are_shown_that_begin_one() {
    let desk = Desk::new();
    let _tidy = desk.tidy();
    let shown = desk.ok::<&str>([]);
    insta::assert_snapshot!(shown, @"
    There is no book yet at [folder]/book.db.
    These commands begin one:

      stockbook add-stock AAPL 'Apple Inc.'
      stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02
      stockbook update-price AAPL 180

    To begin with the file of a broker: `stockbook import --add-stocks FILE`;
    `stockbook formats` lists what it reads.
    ");
    assert_eq!(desk.json(["-q"])["currencies"], json!([]));
    assert!(desk.everything().is_empty());
    for line in shown.lines().filter_map(|line| line.strip_prefix("  stockbook ")) {
        desk.shell(&format!("\"$0\" {line}")).exits(0);
    }
    insta::assert_snapshot!(desk.ok(["holdings", "-O", "csv"]).lines().count(), @"2");
}

#[test]
fn a_book_that_holds_nothing_says_what_comes_next() {
    let desk = Desk::with_stocks();
    insta::assert_snapshot!(desk.ok::<&str>([]), @"
    Nothing is held yet: `stockbook buy` records a purchase,
    `stockbook import` reads a broker's file.
    ");
}
