//! The histories of records, with gains worked by hand.

use serde_json::Value;

use crate::harness::{Desk, members};

const FIRST: &str = "10000000-0000-4000-8000-000000000001";
const SECOND: &str = "20000000-0000-4000-8000-000000000002";
const EARLY: &str = "30000000-0000-4000-8000-000000000003";
const SALE: &str = "40000000-0000-4000-8000-000000000004";

/// 10 at 100 and a fee of 5, 10 at 120; 12 sold at 130.
fn sold() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--fee", "5", "--date", "2024-01-02", "--id", FIRST]);
    desk.ok(["buy", "ACME", "10", "120", "--date", "2024-02-01", "--id", SECOND]);
    desk.ok(["sell", "ACME", "12", "130", "--date", "2024-03-01", "--id", SALE]);
    desk
}

/// The requested members of each happening, as lines; ids abbreviated.
fn told(desk: &Desk, id: &str, names: &[&str]) -> Vec<String> {
    let story = desk.json(["history", id]);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), |text| text.chars().take(24).collect());
    let line = |happening: &Value| names.iter().map(|name| text(&happening[*name])).collect::<Vec<_>>().join(" ");
    story.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn the_history_of_a_sale_has_its_gain_and_each_change_of_it() {
    let desk = sold();
    desk.ok(["buy", "ACME", "2", "90", "--date", "2023-12-01", "--id", EARLY]);
    desk.ok(["set-cost-basis", "main", "lifo"]);
    desk.ok(["split", "ACME", "2:1", "--date", "2024-02-15", "--id", "split"]);
    assert_eq!(
        told(&desk, SALE, &["event_type", "gain_before", "gain_after"]),
        [
            // 12 × 130 − 1005 − 2 × 120
            "TransactionExecutedEvent null 315",
            // 1560 − 180 − 1005: the earlier lot is sold first, the second one not at all
            "LotsRematchedEvent 315 375",
            // 1560 − 1200 − 2/10 of 1005
            "LotsRematchedEvent 375 159",
            // 1560 − 12/20 of 1200
            "LotsRematchedEvent 159 840",
        ]
    );
    let causes = told(&desk, SALE, &["cause"]);
    assert_eq!(causes[1], EARLY.chars().take(24).collect::<String>());
    let what: Vec<_> = told(&desk, EARLY, &["sale_id", "gain_before", "gain_after"]);
    assert_eq!(what, ["null null null", "40000000-0000-4000-8000- 315 375"]);
    let split = told(&desk, "split", &["event_type", "gain_before", "gain_after"]);
    assert_eq!(split, ["StockSplitEvent null null", "LotsRematchedEvent 159 840"]);
}

#[test]
fn every_version_shows_the_history_from_the_first_to_the_last() {
    let desk = sold();
    let once = desk.json(["amend", FIRST, "--price", "101"]);
    let once = once["transaction_id"].as_str().unwrap();
    let twice = desk.json(["amend", once, "--price", "102"]);
    let twice = twice["transaction_id"].as_str().unwrap();
    let story = desk.json(["history", FIRST]);
    for version in [once, twice] {
        assert_eq!(desk.json(["history", version]), story);
    }
    let rows = story.as_array().unwrap();
    let names = ["event_type", "transaction_id", "replaces", "replaced_by", "reason", "gain_before", "gain_after"];
    let line = |row: &Value| {
        names.map(|name| row[name].as_str().unwrap_or("-").to_owned()).join(" ").replace(FIRST, "1").replace(once, "2")
    };
    let lines: Vec<String> = rows.iter().map(|row| line(row).replace(twice, "3")).collect();
    assert_eq!(
        lines,
        [
            "TransactionExecutedEvent 1 - - - - -",
            "TransactionVoidedEvent 1 - 2 amended - -",
            "TransactionExecutedEvent 2 1 - - - -",
            // 1560 − 1015 − 240
            "LotsRematchedEvent 2 - - - 315 305",
            "TransactionVoidedEvent 2 - 3 amended - -",
            "TransactionExecutedEvent 3 2 - - - -",
            "LotsRematchedEvent 3 - - - 305 295",
        ]
    );
}

#[test]
fn an_amended_dividend_names_what_it_replaces() {
    let desk = sold();
    desk.ok(["dividend", "ACME", "24", "--withholding", "3.6", "--date", "2024-04-01", "--id", "div"]);
    desk.ok(["amend", "div", "--amount", "25"]);
    let story = desk.json(["history", "div"]);
    assert_eq!(story.as_array().unwrap().len(), 3);
    assert_eq!(story[1]["replaced_by"], story[2]["transaction_id"]);
    assert_eq!(story[2]["replaces"], story[0]["transaction_id"]);
    assert_eq!(
        story[2]["what"].as_str().unwrap().split(", in place").next().unwrap(),
        "dividend of 25.00 USD on ACME on 2024-04-01 in portfolio main, 3.60 withheld"
    );
}

#[test]
fn a_transfer_has_two_sides() {
    let desk = sold();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["transfer", "ACME", "2", "--to", "pension", "--date", "2024-06-01", "--id", "move"]);
    desk.ok(["void", "move", "--reason", "not yet"]);
    assert_eq!(
        told(&desk, "move", &["event_type", "portfolio", "reason"]),
        [
            "TransactionExecutedEvent main null",
            "TransactionExecutedEvent pension null",
            "TransactionVoidedEvent main not yet",
            "TransactionVoidedEvent pension not yet",
        ]
    );
}

#[test]
fn the_story_is_a_table_for_eyes_and_a_line_each_for_a_spreadsheet() {
    let desk = sold();
    desk.ok(["buy", "ACME", "2", "90", "--date", "2023-12-01", "--id", EARLY]);
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["history", SALE]), @"
    SEQUENCE  RECORDED          ID        WHAT
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
           7  [minute]  40000000  sold 12 ACME at 130.00 on 2024-03-01 in portfolio main: 1,560.00 USD, realized +315.00
           9  [minute]  40000000  realizes +375.00, not +315.00, because of the purchase of 2 ACME on 2023-12-01 in portfolio main (30000000)
    ");
    insta::assert_snapshot!(desk.ok(["history", EARLY, "-O", "csv"]), @r#"
    sequence,occurred_at,event_type,transaction_id,what,portfolio,symbol,currency,reason,replaces,replaced_by,cause,sale_id,gain_before,gain_after
    8,[instant],TransactionExecutedEvent,[uuid],bought 2 ACME at 90.00 on 2023-12-01 in portfolio main: 180.00 USD,main,ACME,USD,,,,,,,
    9,[instant],LotsRematchedEvent,[uuid],"the sale of ACME on 2024-03-01 (40000000) realizes +375.00, not +315.00",main,ACME,USD,,,,[uuid],[uuid],315,375
    "#);
    let story = desk.json(["history", EARLY]);
    let wanted = [
        "sequence",
        "occurred_at",
        "event_type",
        "transaction_id",
        "what",
        "portfolio",
        "symbol",
        "currency",
        "reason",
        "replaces",
        "replaced_by",
        "cause",
        "sale_id",
        "gain_before",
        "gain_after",
    ];
    assert_eq!(members(&story[0]), wanted);
}

#[test]
fn a_record_that_is_not_there_has_no_story() {
    let desk = sold();
    desk.ok(["buy", "ACME", "1", "90", "--id", "10000000-0000-4000-8000-000000000009", "--date", "2024-05-01"]);
    let unknown = desk.error(3, ["history", "nothing"]);
    assert_eq!(
        (unknown["code"].as_str(), unknown["message"].as_str()),
        (Some("unknown_id"), Some("unknown id `nothing`"))
    );
    assert_eq!(desk.error(3, ["history", "100000"])["code"], "ambiguous_id");
    assert_eq!(desk.error(2, ["history"])["code"], "usage");
}

/// The sentences of a history.
fn sentences(desk: &Desk, name: &str) -> Vec<String> {
    let story = desk.json(["history", name]);
    story.as_array().unwrap().iter().map(|row| row["what"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_history_of_a_stock_has_corrections_and_records() {
    let desk = Desk::new();
    desk.ok(["add-stock", "FB", "Facebook"]);
    desk.ok(["update-price", "FB", "10", "--date", "2024-01-02"]);
    desk.ok(["update-price", "FB", "11", "--date", "2024-01-03"]);
    desk.ok(["buy", "FB", "3", "10", "--date", "2024-01-05", "--id", FIRST]);
    desk.ok(["split", "FB", "2:1", "--date", "2024-03-01", "--id", SECOND]);
    desk.ok(["void", SECOND, "--reason", "no split"]);
    desk.ok(["edit-stock", "FB", "--symbol", "META", "--isin", "US30303M1027"]);
    desk.ok(["remove-price", "META", "2024-01-03"]);
    desk.ok(["undo"]);
    let story = [
        "added FB, Facebook, in USD",
        "2 prices from 2024-01-02 to 2024-01-03",
        "bought 3 FB at 10.00 on 2024-01-05 in portfolio main: 30.00 USD",
        "split FB 2:1 on 2024-03-01, before that day's trades",
        "voided: no split",
        "symbol META, not FB; ISIN US30303M1027, not none",
        "removed the price 11 of 2024-01-03",
        "price 11 on 2024-01-03",
    ];
    assert_eq!(sentences(&desk, "META"), story);
    assert_eq!(sentences(&desk, "fb"), story, "an old symbol finds it too");
    assert_eq!(told(&desk, "META", &["transaction_id"])[4], SECOND.chars().take(24).collect::<String>());
}

#[test]
fn the_history_of_a_portfolio_has_its_names_and_methods() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["edit-portfolio", "ira", "--name", "roth"]);
    desk.ok(["set-cost-basis", "roth", "lifo"]);
    let story = ["added portfolio ira, cost basis fifo", "is called roth", "cost basis lifo, not fifo"];
    assert_eq!(sentences(&desk, "roth"), story);
}

#[test]
fn removed_stocks_and_portfolios_have_a_history_too() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "GONE", "Gone Inc."]);
    desk.ok(["undo"]);
    assert_eq!(sentences(&desk, "GONE"), ["added GONE, Gone Inc., in USD", "removed GONE"]);
    desk.ok(["add-portfolio", "gone-too"]);
    desk.ok(["undo"]);
    let story = ["added portfolio gone-too, cost basis fifo", "removed portfolio gone-too"];
    assert_eq!(sentences(&desk, "gone-too"), story);
}
