//! The receipts of commands that record something.

use serde_json::{Value, json};

use super::{LOT_GAINS, assert_decimals_are_strings, filled};
use crate::harness::{Desk, members};

const TRADE: [&str; 22] = [
    "transaction_id",
    "portfolio",
    "symbol",
    "type",
    "trade_date",
    "quantity",
    "price",
    "fee",
    "total_amount",
    "currency",
    "trade_time",
    "settlement_amount",
    "settlement_currency",
    "realized_gain",
    "disposals",
    "position",
    "charged_fee",
    "charged_currency",
    "rematched",
    "recorded",
    "dry_run",
    "events",
];

#[test]
fn a_trade_tells_all_that_followed_from_it() {
    let desk = filled();
    for args in [&["buy", "ACME", "1", "1"][..], &["sell", "ACME", "1", "1"]] {
        let said = desk.json(args);
        assert_eq!(members(&said), TRADE);
        assert_decimals_are_strings(&said);
        assert_eq!(members(&said["position"]), ["quantity", "cost_basis", "average_cost"]);
        assert_eq!((&said["recorded"], &said["dry_run"]), (&json!(true), &json!(false)));
        // The events are the log's lines, whole.
        let last = desk.log_lines().last().cloned().unwrap();
        assert_eq!(format!("{}\n", said["events"][0]), last);
        for disposal in said["disposals"].as_array().unwrap() {
            assert_eq!(members(disposal), LOT_GAINS);
        }
    }
    let tried = desk.json(["sell", "ACME", "1", "1", "-n"]);
    assert_eq!(members(&tried), [&TRADE[..], &["previews"]].concat());
    let methods: Vec<_> = tried["previews"].as_array().unwrap().iter().map(|it| it["method"].clone()).collect();
    assert_eq!(methods, ["fifo", "lifo", "hifo", "average"]);
    for preview in tried["previews"].as_array().unwrap() {
        let names = ["method", "realized_gain", "short_term_gain", "long_term_gain", "disposals"];
        assert_eq!(members(preview), names);
        assert_eq!(members(&preview["disposals"][0]), LOT_GAINS);
    }
    assert_eq!((&tried["recorded"], &tried["dry_run"]), (&json!(false), &json!(true)));
}

#[test]
fn every_other_writing_command_prints_one_object_too() {
    let desk = filled();
    for args in [
        &["add-stock", "NEW", "New", "--sector", "S", "--industry", "I"][..],
        &["update-price", "ACME", "1", "--date", "2024-03-05"],
        &["add-portfolio", "pension"],
    ] {
        let said = desk.json(args);
        assert_decimals_are_strings(&said);
        assert_eq!(members(&said).split_last_chunk::<4>().unwrap().1, &["rematched", "recorded", "dry_run", "events"]);
        assert_eq!(said["events"].as_array().unwrap().len(), 1);
        assert_eq!(said["rematched"], json!([]));
    }
}

#[test]
fn an_import_prints_its_counts() {
    let desk = Desk::new();
    let file = "date,action,symbol,quantity,price\n2024-01-02,buy,ACME,1,1\n2024-01-02,buy,BOLT,1,1\n";
    let run = desk.fed(file, ["import", "--add-stocks", "-", "-O", "json"]).exits(0).silently();
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    let names = [
        "batch_id",
        "format",
        "rows",
        "imported",
        "skipped_duplicates",
        "similar",
        "stocks_added",
        "portfolios_added",
        "prices",
        "prices_replaced",
        "not_recorded",
        "warnings",
        "openings",
        "kinds",
        "splits",
        "rates",
        "rates_replaced",
        "dry_run",
        "recorded",
    ];
    assert_eq!(members(&said), names);
    assert_eq!((&said["dry_run"], &said["recorded"]), (&json!(false), &json!(true)));
    let counts = ["rows", "imported", "skipped_duplicates", "stocks_added", "prices"].map(|name| said[name].as_u64());
    assert_eq!(counts, [2, 2, 0, 2, 0].map(Some));
}

#[test]
fn what_a_writing_command_says_for_eyes() {
    let desk = filled();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["add-stock", "new", "Néw & Co"]), @"stock NEW, Néw & Co, in USD");
    insta::assert_snapshot!(desk.ok(["update-price", "ACME", "180", "--date", "2024-03-05"]), @"ACME at 180.00 USD on 2024-03-05 (+4.97%)");
    insta::assert_snapshot!(desk.ok(["buy", "ACME", "10", "150.25", "--fee", "1", "--date", "2024-03-05"]), @"
    bought 10 ACME at 150.25 on 2024-03-05, fee 1.00: 1,503.50 USD
    portfolio main holds 1,010 ACME, cost basis 151,754.33 USD
    id [uuid]
    ");
    insta::assert_snapshot!(desk.ok(["sell", "ACME", "10", "100", "--date", "2024-03-05"]), @"
    sold 10 ACME at 100.00 on 2024-03-05: 1,000.00 USD
    realized loss -502.51 USD
    portfolio main holds 1,000 ACME, cost basis 150,251.82 USD
    id [uuid]
    ");
    insta::assert_snapshot!(desk.ok(["sell", "BOLT", "2.5", "100", "--date", "2024-03-05", "-n"]), @"
    dry run, nothing is recorded
    sold 2.5 BOLT at 100.00 on 2024-03-05: 250.00 EUR
    realized gain +175.00 EUR
    no BOLT left in portfolio main

    LOT       ACQUIRED    DAYS HELD  TERM                  QUANTITY  COST BASIS  PROCEEDS     GAIN
    ──────────────────────────────────────────────────────────────────────────────────────────────
    3c000000  2024-01-02         63  short, long in 304 d       2.5       75.00    250.00  +175.00

    METHOD   COST BASIS     GAIN  SHORT-TERM  LONG-TERM
    ───────────────────────────────────────────────────
    fifo          75.00  +175.00     +175.00       0.00
    lifo          75.00  +175.00     +175.00       0.00
    hifo          75.00  +175.00     +175.00       0.00
    average       75.00  +175.00     +175.00       0.00
    ");
    insta::assert_snapshot!(desk.ok(["add-portfolio", "pension"]), @"portfolio pension, cost basis fifo");
}
