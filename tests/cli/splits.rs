//! Splits: facts of a stock, whoever tells them.

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
