//! Prices, the shares that they refer to, and undoing them.

use serde_json::{Value, json};

use crate::harness::{Desk, column, members, pick};

/// ABC was split four for one on 2020-08-31; of the twenty shares bought before, eighty are held.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "10", "293.65", "--date", "2019-12-31"]);
    desk.ok(["buy", "ABC", "10", "254.29", "--date", "2020-03-31"]);
    desk.ok(["split", "ABC", "4:1", "--date", "2020-08-31"]);
    desk.file("raw.csv", "date,symbol,price\n2020-06-30,ABC,364.8\n2020-12-31,ABC,132.69\n");
    desk.file("adjusted.csv", "date,symbol,price\n2020-06-30,ABC,91.2\n2020-12-31,ABC,132.69\n");
    desk
}

fn value_on(desk: &Desk, day: &str) -> String {
    desk.json(["holdings", "--as-of", day])[0]["market_value"].as_str().unwrap_or("none").to_owned()
}

/// Day, price of today's shares, price as recorded, and the day as of which that counts shares.
fn prices(desk: &Desk) -> Vec<String> {
    let rows = desk.json(["prices", "ABC"]);
    let told = |row: &Value| pick(row, &["date", "price", "recorded_price", "basis_date"]);
    rows.as_array().unwrap().iter().map(told).collect()
}

#[test]
fn a_history_that_counts_todays_shares_is_worth_what_it_was() {
    let desk = desk();
    desk.ok(["import", "--adjusted=2021-01-31", "adjusted.csv"]);
    // Twenty shares at 364.80 then, which are eighty at 91.20 now.
    assert_eq!(value_on(&desk, "2020-06-30"), "7296");
    assert_eq!(value_on(&desk, "2020-12-31"), "10615.2"); // 80 × 132.69
    assert_eq!(prices(&desk), ["2020-06-30 91.2 91.2 2021-01-31", "2020-12-31 132.69 132.69 2021-01-31"]);
}

#[test]
fn a_history_of_what_was_paid_is_worth_the_same() {
    let desk = desk();
    desk.ok(["import", "raw.csv"]);
    assert_eq!(value_on(&desk, "2020-06-30"), "7296");
    assert_eq!(prices(&desk), ["2020-06-30 91.2 364.8 2020-06-30", "2020-12-31 132.69 132.69 2020-12-31"]);
}

#[test]
fn both_say_the_same_and_are_each_others_duplicates() {
    let desk = desk();
    desk.ok(["import", "raw.csv"]);
    let again = desk.json(["import", "--adjusted", "adjusted.csv"]);
    assert_eq!(pick(&again, &["prices", "prices_replaced", "skipped_duplicates", "recorded"]), "0 0 2 false");
}

#[test]
fn prices_that_show_no_jump_at_a_split_are_refused_until_somebody_says_what_they_are() {
    let desk = desk();
    let before = desk.everything();
    let error = desk.error(3, ["import", "adjusted.csv"]);
    assert_eq!(error["code"], "adjustment_unclear");
    insta::assert_snapshot!(error["message"].as_str().unwrap(), @"cannot tell which shares the prices of ABC count: 91.2 on 2020-06-30 and 132.69 on 2020-12-31 show no jump for the split 4:1 on 2020-08-31");
    insta::assert_snapshot!(error["hint"].as_str().unwrap(), @"--adjusted if the history is adjusted for splits until today (--adjusted=DATE: until then), --unadjusted if it has the prices as they were");
    assert!(desk.changed_since(&before).is_empty());
    desk.ok(["import", "--unadjusted", "adjusted.csv"]);
    assert_eq!(value_on(&desk, "2020-06-30"), "1824"); // 20 × 91.20: it was said so.
}

#[test]
fn a_price_that_differs_from_a_trade_of_its_day_by_the_ratio_is_refused() {
    let desk = desk();
    desk.file("one.csv", "date,symbol,price\n2020-03-31,ABC,63.57\n");
    let error = desk.error(3, ["import", "one.csv"]);
    insta::assert_snapshot!(error["message"].as_str().unwrap(), @"cannot tell which shares the prices of ABC count: 63.57 on 2020-03-31, when shares were traded at 254.29, differs by the split 4:1 on 2020-08-31");
    desk.ok(["import", "--adjusted", "one.csv"]);
}

#[test]
fn a_fresh_download_after_a_split_does_not_replace_right_prices_in_silence() {
    let desk = desk();
    desk.ok(["import", "raw.csv"]);
    desk.file("fresh.csv", "date,symbol,price\n2020-06-30,ABC,91.2\n");
    assert_eq!(desk.error(3, ["import", "fresh.csv"])["code"], "adjustment_unclear");
    desk.file("mistaken.csv", "date,symbol,price\n2020-12-31,ABC,133\n");
    let said = desk.json(["import", "mistaken.csv"]);
    assert_eq!(pick(&said, &["prices", "prices_replaced", "skipped_duplicates"]), "1 1 0");
}

#[test]
fn a_split_over_adjusted_prices_warns_and_they_can_be_rebased() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.ok(["buy", "ABC", "20", "274", "--date", "2020-03-30"]);
    desk.file("adjusted.csv", "date,symbol,price\n2020-06-30,ABC,91.2\n2020-12-31,ABC,132.69\n");
    desk.ok(["import", "adjusted.csv"]);
    let run = desk.run(["split", "ABC", "4:1", "--date", "2020-08-31"]).exits(0);
    insta::assert_snapshot!(run.err(), @"warning: prices of ABC: 91.2 on 2020-06-30 and 132.69 on 2020-12-31 show no jump for the split 4:1 on 2020-08-31; if they are adjusted for it, `stockbook rebase-prices ABC` says so");
    desk.ok(["rebase-prices", "ABC", "--dry-run"]);
    assert_eq!(value_on(&desk, "2020-06-30"), "1824"); // 20 × 91.20
    desk.ok(["rebase-prices", "ABC", "--as-of", "2021-01-31"]);
    assert_eq!(value_on(&desk, "2020-06-30"), "7296"); // 20 × 91.20 × 4
    assert_eq!(desk.json(["rebase-prices", "ABC", "--as-of", "2021-01-31"])["recorded"], false);
    desk.run(["check"]).exits(0);
}

#[test]
fn an_imported_split_over_adjusted_prices_warns_too() {
    let desk = Desk::new();
    desk.file("adjusted.csv", "date,symbol,price\n2020-06-30,ABC,91.2\n2020-12-31,ABC,132.69\n");
    desk.ok(["import", "--add-stocks", "adjusted.csv"]);
    desk.file("split.csv", "date,action,symbol,quantity,price\n2020-08-31,split,ABC,4:1,\n");
    let run = desk.run(["import", "split.csv"]).exits(0);
    assert!(run.err().contains("rebase-prices ABC"), "{run}");
}

#[test]
fn a_split_that_is_recorded_late_counts_for_prices_of_either_kind() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ABC", "A B C"]);
    desk.file("adjusted.csv", "date,symbol,price\n2020-06-30,ABC,91.2\n2020-12-31,ABC,132.69\n");
    desk.ok(["import", "--adjusted=2020-07-31", "adjusted.csv"]);
    desk.ok(["split", "ABC", "4:1", "--date", "2020-08-31"]);
    // As of July, they are prices of the old shares: 91.20 ÷ 4.
    assert_eq!(prices(&desk)[0], "2020-06-30 22.8 91.2 2020-07-31");
}

#[test]
fn recorded_prices_are_taken_back() {
    let desk = desk();
    desk.ok(["import", "raw.csv"]);
    let removed = desk.json(["remove-price", "ABC", "2020-06-30"]);
    assert_eq!(pick(&removed, &["symbol", "prices", "recorded"]), "ABC 1 true");
    assert_eq!(removed["events"][0]["event_type"], "StockPriceRemovedEvent");
    assert_eq!(removed["events"][0]["data"]["price"], "364.8");
    assert_eq!(column(&desk.json(["prices", "ABC"]), "date"), ["2020-12-31"]);
    assert_eq!(value_on(&desk, "2020-06-30"), "none");
    assert_eq!(desk.json(["remove-price", "ABC", "2020-06-30"])["recorded"], false);
    desk.ok(["remove-price", "ABC", "2020-01-01", "--to", "2020-12-31"]);
    assert_eq!(desk.json(["holdings"])[0]["price"], Value::Null);
    desk.run(["check"]).exits(0);
}

#[test]
fn what_the_book_knew_before_a_price_was_taken_back_can_still_be_asked() {
    let desk = desk();
    desk.ok(["import", "raw.csv"]);
    let known = desk.audit_lines().last().unwrap()["occurred_at"].as_str().unwrap().to_owned();
    desk.ok(["remove-price", "ABC", "2020-12-31"]);
    let then = desk.json(["holdings", "--known-on", &known]);
    assert_eq!(then[0]["price"], "132.69");
    assert_eq!(desk.json(["holdings"])[0]["price"], "91.2");
}

#[test]
fn a_period_that_ends_before_it_begins_is_wrong_usage() {
    let desk = desk();
    desk.refused(2, ["remove-price", "ABC", "2020-06-30", "--to", "2020-06-01"]);
    desk.refused(3, ["remove-price", "NONE", "2020-06-30"]);
    desk.refused(2, ["import", "--adjusted", "--unadjusted", "raw.csv"]);
}

#[test]
fn prices_of_many_stocks_come_from_standard_input() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "BRK.B", "Berkshire Hathaway"]);
    let lines = "\u{feff}acme 171.48\r\n\n  BRK.B \t 420\nBOLT 12.5\n";
    let run = desk.fed(lines, ["update-price", "-", "--date", "2024-03-28"]).exits(0).silently();
    assert_eq!(
        run.out(),
        "ACME at 171.48 USD on 2024-03-28\nBRK.B at 420.00 USD on 2024-03-28\nBOLT at 12.50 EUR on 2024-03-28\n"
    );
    // One unit of work, so that one undo removes all of them; and recording the same again is nothing new.
    let again = desk.fed(lines, ["update-price", "-", "--date", "2024-03-28", "-O", "json"]).exits(0).out();
    let again: Value = serde_json::from_str(&again).unwrap();
    assert_eq!((&again["recorded"], &again["events"]), (&json!(false), &json!([])));
    assert_eq!(members(&again["prices"][0]), members(&desk.json(["update-price", "ACME", "1", "-n"])).split_at(7).0);
    desk.ok(["undo"]);
    assert_eq!(desk.json(["stocks"])[0]["price"], Value::Null);
    assert_eq!(desk.fed("\n", ["update-price", "-"]).exits(0).out(), "standard input has no prices\n");
}

#[test]
fn of_many_prices_all_are_recorded_or_none_and_each_bad_line_is_named() {
    let desk = Desk::with_stocks();
    let run = desk.fed("ACME 1\nNOPE 2\nACME\nBOLT x\n", ["update-price", "-"]).exits(3);
    assert_eq!(
        run.err(),
        "error: nothing was imported: 3 faults in 4 rows\n  \
           standard input:2: unknown symbol NOPE\n  \
           standard input:3: line `ACME` is not a symbol and a price\n  \
           standard input:4: price `x` is not a plain decimal number\n\
         hint: standard input:2: add it, with its name: `stockbook add-stock NOPE NOPE`\n"
    );
    assert_eq!(desk.json(["stocks"])[0]["price"], Value::Null);
    assert_eq!(desk.refused(2, ["update-price", "ACME"]).lines().next().unwrap(), "error: the price is missing");
    let said = desk.refused(2, ["update-price", "-", "3"]);
    assert!(said.contains("a price has no effect here"), "{said}");
}

#[test]
fn an_import_of_prices_says_nothing_of_transactions_and_in_quiet_nothing_at_all() {
    let desk = Desk::with_stocks();
    let file = desk.file("prices.csv", "date,symbol,price\n2024-01-02,ACME,10\n2024-01-03,ACME,11\n");
    let import = |options: &[&str]| {
        let file = file.display().to_string();
        desk.run(["import", &file].iter().chain(options)).exits(0).silently().out()
    };
    assert_eq!(import(&["-n"]).lines().nth(1).unwrap(), "imported 2 prices from 2 rows");
    assert_eq!(import(&["-q"]), "");
    assert_eq!(import(&[]), "imported 0 prices from 2 rows; skipped 2 duplicates\n");
}
