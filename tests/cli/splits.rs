//! Splits, which belong to a stock, whoever reports them.

use serde_json::Value;

use crate::harness::{Desk, column, pick};

fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["buy", "ACME", "30", "10", "--date", "2024-01-02"]);
    desk.ok(["-p", "ira", "buy", "ACME", "10", "10", "--date", "2024-01-02"]);
    desk
}

fn held(desk: &Desk) -> String {
    let rows = desk.json(["holdings"]);
    rows.as_array()
        .into_iter()
        .flatten()
        .map(|row| pick(row, &["portfolio", "quantity"]))
        .collect::<Vec<_>>()
        .join("; ")
}

fn file(desk: &Desk, name: &str, rows: &[&str]) {
    desk.file(name, format!("date,action,symbol,quantity,price,portfolio,id\n{}\n", rows.join("\n")));
}

fn split_twice(desk: &Desk, args: &[&str]) -> Value {
    desk.ok(["split", "ACME", "2:1", "--date", "2024-07-15", "--id", "first"]);
    desk.json(["split", "ACME"].iter().chain(args))
}

#[test]
fn a_split_is_recorded_once_through_whichever_door_it_comes() {
    let desk = desk();
    file(&desk, "main.csv", &["2024-07-15,split,ACME,2:1,,,"]);
    file(&desk, "ira.csv", &["2024-07-15,split,ACME,4:2,,ira,"]);
    file(&desk, "both.csv", &["2024-07-15,split,ACME,2:1,,main,x1", "2024-07-15,split,ACME,2:1,,ira,x2"]);
    let recorded = |name| desk.json(["-p", "main", "import", name])["imported"].clone();
    assert_eq!(["both.csv", "main.csv", "ira.csv", "both.csv"].map(recorded), [1, 0, 0, 0].map(Value::from));
    assert_eq!(desk.json(["-p", "ira", "import", "main.csv"])["skipped_duplicates"], 1);
    let typed = desk.json(["split", "ACME", "20:10", "--date", "2024-07-15"]);
    assert_eq!(pick(&typed, &["recorded", "new_shares", "old_shares"]), "false 2 1");
    assert_eq!(held(&desk), "ira 20; main 60");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_split_is_found_by_the_id_that_it_was_given() {
    let desk = desk();
    let again = split_twice(&desk, &["2:1", "--date", "2024-07-15", "--id", "second"]);
    assert_eq!(again["recorded"], false);
    let again = desk.json(["split", "ACME", "2:1", "--id", "first"]);
    assert_eq!(pick(&again, &["recorded", "effective_date"]), "false 2024-07-15");
    desk.ok(["void", "first"]);
    assert_eq!(held(&desk), "ira 10; main 30");
}

#[test]
fn another_ratio_on_the_day_of_a_split_is_refused() {
    let desk = desk();
    desk.ok(["split", "ACME", "2:1", "--date", "2024-07-15"]);
    for args in [&["--force"][..], &[]] {
        let error = desk.error(3, ["split", "ACME", "3:1", "--date", "2024-07-15"].iter().chain(args));
        assert_eq!(error["code"], "split_exists");
        assert_eq!(error["message"], "ACME was split 2:1 on 2024-07-15, not 3:1");
    }
    file(&desk, "other.csv", &["2024-07-15,split,ACME,3:1,,,"]);
    assert_eq!(desk.error(3, ["import", "other.csv"])["details"][0]["code"], "split_exists");
    assert_eq!(held(&desk), "ira 20; main 60");
}

#[test]
fn an_equal_ratio_within_a_week_is_another_split_only_by_force() {
    let desk = desk();
    desk.ok(["split", "ACME", "2:1", "--date", "2024-07-15"]);
    for day in ["2024-07-08", "2024-07-22"] {
        let error = desk.error(3, ["split", "ACME", "2:1", "--date", day]);
        assert_eq!(error["code"], "split_nearby");
        assert!(error["message"].as_str().is_some_and(|said| said.contains("2024-07-15") && said.contains(day)));
        file(&desk, "near.csv", &[&format!("{day},split,ACME,2:1,,ira,")]);
        let said = desk.json(["import", "near.csv"]);
        assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 1");
        let warning = said["warnings"][0].as_str().unwrap_or_default();
        assert!(
            warning.starts_with("near.csv:2: ") && warning.contains("2024-07-15") && warning.contains(day),
            "{said}"
        );
    }
    assert_eq!(held(&desk), "ira 20; main 60");
    desk.ok(["split", "ACME", "2:1", "--date", "2024-07-07"]);
    desk.ok(["split", "ACME", "2:1", "--date", "2024-07-22", "--force"]);
    assert_eq!(held(&desk), "ira 80; main 240");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_voided_split_can_be_typed_again_and_is_not_imported_again() {
    let desk = desk();
    split_twice(&desk, &["2:1", "--date", "2024-07-15"]);
    desk.ok(["void", "first"]);
    file(&desk, "ira.csv", &["2024-07-15,split,ACME,2:1,,ira,"]);
    assert_eq!(desk.json(["import", "ira.csv"])["skipped_duplicates"], 1);
    assert_eq!(held(&desk), "ira 10; main 30");
    assert_eq!(desk.json(["split", "ACME", "2:1", "--date", "2024-07-15"])["recorded"], true);
    assert_eq!(held(&desk), "ira 20; main 60");
    assert_eq!(column(&desk.json(["transactions", "--type", "split"]), "ratio"), ["2:1", "2:1"]);
}

/// A stock dividend of three percent in each of thirty years.
fn yearly(desk: &Desk) {
    for year in 1990..2020 {
        desk.ok(["split", "ACME", "103:100", "--date", &format!("{year}-06-01"), "-q"]);
    }
}

#[test]
fn ratios_are_exact_at_any_length() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "50", "--date", "1990-01-02"]);
    desk.ok(["update-price", "ACME", "50", "--date", "1990-01-02"]);
    yearly(&desk);
    // bc: 100 × 1.03^30 = 242.72624711896…, 50 ÷ 1.03^30 = 20.59933797579…, and their product 5000.
    assert_eq!(
        pick(&desk.json(["holdings"])[0], &["quantity", "price", "market_value"]),
        "242.726247119 20.5993379758 5000"
    );
    assert_eq!(desk.json(["stocks"])[0]["price"], "20.5993379758");
    for day in ["1991-01-02", "2004-01-02"] {
        desk.ok(["update-price", "ACME", "50", "--date", day]);
    }
    // 50 ÷ 1.03^29, 50 ÷ 1.03^16
    assert_eq!(column(&desk.json(["prices", "ACME"]), "price"), ["20.5993379758", "21.2173181151", "31.158346961"]);
    desk.ok(["explain", "holding", "ACME"]);
    desk.ok(["returns"]);
    desk.ok(["sell", "ACME", "242.726247119", "30", "--date", "2024-01-02"]);
    assert_eq!(pick(&desk.json(["holdings", "--all"])[0], &["quantity", "cost_basis"]), "0 0");
    desk.run(["check"]).exits(0);
}

#[test]
fn two_splits_with_ten_decimal_places_are_no_damage() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "50", "--date", "2020-01-02"]);
    desk.ok(["update-price", "ACME", "50", "--date", "2020-01-02"]);
    for day in ["2020-06-01", "2021-06-01"] {
        desk.ok(["split", "ACME", "1.0123456789:1", "--date", day]);
    }
    // 100 × 1.0123456789² = 102.484377358750190521
    assert_eq!(pick(&desk.json(["holdings"])[0], &["quantity", "market_value"]), "102.4843773588 5000");
    assert_eq!(desk.json(["stocks"])[0]["price"], "48.7879238657"); // 50 ÷ 1.0123456789²
    desk.run(["check"]).exits(0);
}

#[test]
fn a_price_that_no_decimal_holds_after_splits_is_said() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1000000000000", "1", "--date", "2020-01-02"]);
    desk.ok(["update-price", "ACME", "900000000000000000", "--date", "2020-01-02"]);
    desk.ok(["split", "ACME", "1:10", "--date", "2020-06-01"]);
    for command in [vec!["prices", "ACME"], vec!["stocks"], vec!["holdings"]] {
        assert_eq!(pick(&desk.json(command.clone())[0], &["price"]), "null", "{command:?}");
        let said = desk.run(command).exits(0).err();
        assert!(said.contains("warning: the price of ACME, recorded on 2020-01-02, is not shown: "), "{said}");
    }
    assert!(desk.ok(["explain", "holding", "ACME"]).contains("split 1:10 on 2020-06-01: more digits than a book"));
    // The change cannot be determined, and no percentage is invented.
    let error = desk.error(3, ["update-price", "ACME", "1", "--date", "2020-07-01"]);
    assert_eq!(error["code"], "too_large");
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("remove-price ACME 2020-01-02")), "{error}");
    desk.ok(["remove-price", "ACME", "2020-01-02"]);
    desk.ok(["update-price", "ACME", "1", "--date", "2020-07-01"]);
    assert_eq!(pick(&desk.json(["holdings"])[0], &["quantity", "market_value"]), "100000000000 100000000000");
    desk.run(["check"]).exits(0);
}
