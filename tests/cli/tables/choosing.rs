//! Choosing the rows and columns of tables.

use crate::harness::{Desk, Run, pick};

#[test]
fn holdings_can_be_chosen_sorted_and_put_together() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["edit-stock", "BOLT", "--symbol", "BLT"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "5", "130", "--date", "2024-01-02", "-p", "ira"]);
    desk.ok(["buy", "BLT", "1", "7", "--date", "2024-01-02", "-p", "pension"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-05"]);
    let held = |args: &str| {
        let rows = desk.json(["holdings"].into_iter().chain(args.split(' ').filter(|word| !word.is_empty())));
        let row = |row: &serde_json::Value| format!("{} {} {}", row["portfolio"], row["symbol"], row["quantity"]);
        rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>().join(", ").replace('"', "")
    };
    assert_eq!(held(""), "ira ACME 5, main ACME 10, pension BLT 1");
    assert_eq!(held("acme"), "ira ACME 5, main ACME 10");
    assert_eq!(held("BOLT"), "pension BLT 1"); // its symbol until it was edited
    assert_eq!(held("BOLT --as-of 2024-01-03"), "pension BLT 1");
    assert_eq!(held("-p main -p pension"), "main ACME 10, pension BLT 1");
    assert_eq!(held("-p main -p pension --as-of 2024-01-03"), "main ACME 10, pension BLT 1");
    assert_eq!(held("--sort quantity"), "main ACME 10, ira ACME 5, pension BLT 1");
    assert_eq!(held("--sort value"), "pension BLT 1, main ACME 10, ira ACME 5"); // in EUR, then in USD
    assert_eq!(held("--by symbol"), "null ACME 15, null BLT 1");
    // 1,000 + 650 for 15; 15 × 120 less that
    let acme = &desk.json(["holdings", "--by", "symbol", "ACME"])[0];
    assert_eq!((&acme["average_cost"], &acme["market_value"]), (&"110".into(), &"1800".into()));
    assert_eq!((&acme["unrealized_gain"], &acme["unrealized_gain_percentage"]), (&"150".into(), &"9.090909".into()));
    let csv = desk.ok(["holdings", "-O", "csv", "--columns", "symbol,quantity,value", "--totals"]);
    // The value of BLT is unknown, and is in the total of no other stock.
    assert_eq!(csv, "symbol,quantity,market_value\nACME,5,600\nACME,10,1200\nBLT,1,\n,,\n,,1800\n");
    let totals = desk.json(["holdings", "--totals"]);
    assert_eq!(totals[4]["cost_basis"], "1650");
    assert_eq!(totals[4]["symbol"], serde_json::Value::Null);
    let table = desk.ok(["holdings", "--columns", "symbol,value,weight", "ACME"]);
    assert_eq!(table.lines().next(), Some("SYMBOL        VALUE  WEIGHT"), "{table}");
    let refused = desk.refused(2, ["holdings", "--by", "symbol", "--columns", "symbol,portfolio"]);
    assert!(refused.contains("a row is of all portfolios"), "{refused}");
    assert_eq!(desk.error(3, ["holdings", "NOPE"])["code"], "unknown_symbol");
    assert_eq!(desk.error(3, ["holdings", "-p", "main", "-p", "nope"])["code"], "unknown_portfolio");
}

#[test]
fn what_cannot_matter_is_refused() {
    let desk = Desk::with_stocks();
    for words in [
        "-p nope stocks",
        "holdings --by symbol --sort portfolio",
        "-p main rates",
        "prices ACME -p main",
        "-n holdings",
        "gains --dry-run",
        "-p main -p main history ACME",
        "-p main -p main explain gain abcdef",
        "buy ACME 1 1 -p main -p main",
        "returns --flows --versus ACME",
        "-p main undo",
        "-p main audit verify",
    ] {
        let error = desk.error(2, words.split(' '));
        assert_eq!(error["code"], "usage", "{words}");
    }
    assert_eq!(desk.error(2, ["holdings", "--columns", "value"])["code"], "usage");
    desk.refused(2, ["holdings", "--totals"]);
    // A script may name its portfolio in each command that records something.
    desk.ok("-p main update-price ACME 3".split(' '));
    // Environment variables apply to the commands for which they matter.
    let mut command = desk.command(["stocks"]);
    command.env("STOCKBOOK_PORTFOLIO", "nope");
    Run::of(command).exits(0);
}

#[test]
fn what_can_be_filtered_takes_several_portfolios() {
    let desk = Desk::with_stocks();
    desk.all_ok(&["add-portfolio ira", "add-portfolio pension"]);
    for (portfolio, quantity) in [("main", "1"), ("ira", "2"), ("pension", "4")] {
        desk.ok(["buy", "ACME", quantity, "100", "--date", "2024-01-02", "-p", portfolio, "--id", portfolio]);
    }
    for portfolio in ["main", "pension"] {
        desk.ok(["void", portfolio, "-p", portfolio]);
    }
    let two = ["-p", "ira", "-p", "pension"];
    let of_two = |words: &[&str]| desk.ok(words.iter().chain(&two));
    let lines = |text: &str| text.lines().count();
    // The two portfolios, two purchases, and a voided one.
    assert_eq!(lines(&of_two(&["audit"])), 5);
    assert_eq!(lines(&desk.ok(["audit", "-p", "ira"])), 2);
    assert_eq!(lines(&desk.ok(["audit", "-p", "pension"])), 3);
    let exported = of_two(&["export", "csv"]);
    assert!(exported.contains(",ira,") && !exported.contains(",main,"), "{exported}");
    let exported: serde_json::Value = serde_json::from_str(&of_two(&["export", "json"])).unwrap();
    let names: Vec<_> = exported["portfolios"].as_array().unwrap().iter().map(|it| pick(it, &["name"])).collect();
    assert_eq!((names.join(" "), exported["transactions"].as_array().unwrap().len()), ("ira pension".to_owned(), 2));
    let journal = of_two(&["export", "ledger"]);
    assert!(journal.contains(":Ira:") && !journal.contains(":Main:"), "{journal}");
    assert_eq!(desk.error(3, ["audit", "-p", "ira", "-p", "nope"])["code"], "unknown_portfolio");
    assert_eq!(desk.error(3, ["export", "csv", "-p", "ira", "-p", "nope"])["code"], "unknown_portfolio");
}
