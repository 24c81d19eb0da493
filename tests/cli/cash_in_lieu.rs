//! Splits after which the broker rounds the shares down and pays cash in lieu of the fraction.

use crate::harness::{Desk, column, events, pick};

const SPLIT: [&str; 9] = ["split", "ACME", "1:6", "--date", "2020-08-03", "--round", "down", "--cash-in-lieu", "4.67"];

/// A hundred shares for 121, the fee included.
fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "1.2", "--fee", "1", "--date", "2020-01-02"]);
    desk
}

fn held(desk: &Desk) -> String {
    pick(&desk.json(["holdings", "--all"])[0], &["quantity", "cost_basis", "realized_gain"])
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SPLIT.iter().chain(more).copied().collect()
}

#[test]
fn the_fraction_is_a_sale_of_its_own_for_the_cash() {
    let desk = desk();
    let split = desk.json(SPLIT);
    // 100 ÷ 6 = 16 + 2/3; the fraction costs 121 × (2/3) ÷ (100/6) = 4.84, and 4.67 − 4.84 = −0.17.
    assert_eq!(held(&desk), "16 116.16 -0.17");
    assert_eq!(pick(&split["sale"], &["type", "quantity", "total_amount", "as_of"]), "SELL 0.6666666667 4.67 null");
    assert_eq!(pick(&split["sale"]["position"], &["quantity", "cost_basis"]), "16 116.16");
    let recorded = events(&desk.ok(["audit"]));
    let event = recorded.iter().find(|event| event["event_type"] == "StockSplitEvent").unwrap();
    assert_eq!(pick(&event["data"], &["round", "cash_in_lieu"]), "down 4.67");
    assert_eq!(pick(&desk.json(["gains"])[0], &["sold_on", "quantity", "gain"]), "2020-08-03 0.6666666667 -0.17");
    // Exactly 16: ten for one are 160, and not 159.9999999997.
    desk.ok(["split", "ACME", "10:1", "--date", "2021-01-04"]);
    desk.ok(["sell", "ACME", "160", "8", "--date", "2021-02-01"]);
    assert_eq!(pick(&desk.json(["holdings", "--all"])[0], &["quantity", "cost_basis"]), "0 0");
    assert_eq!(column(&desk.json(["gains"]), "quantity").len(), 2);
    desk.run(["check"]).exits(0);
}

#[test]
fn told_again_it_records_nothing_and_for_another_amount_it_is_refused() {
    let desk = desk();
    assert_eq!(desk.json(SPLIT)["recorded"], true);
    assert_eq!(desk.json(SPLIT)["recorded"], false);
    assert_eq!(desk.json(with(&["-p", "main"]))["recorded"], false);
    let other = SPLIT.map(|word| if word == "4.67" { "5" } else { word });
    assert_eq!(desk.error(3, other)["code"], "id_conflict");
    assert_eq!(held(&desk), "16 116.16 -0.17");
}

#[test]
fn a_dry_run_records_nothing() {
    let desk = desk();
    let before = desk.everything();
    let dry = desk.json(with(&["--dry-run"]));
    assert_eq!(pick(&dry, &["recorded", "dry_run"]), "false true");
    assert_eq!(pick(&dry["sale"]["position"], &["quantity"]), "16");
    assert!(desk.changed_since(&before).is_empty());
}

#[test]
fn where_several_portfolios_have_a_fraction_one_is_named() {
    let desk = desk();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-portfolio", "whole"]);
    desk.ok(["buy", "ACME", "10", "1", "--date", "2020-01-02", "-p", "ira"]);
    desk.ok(["buy", "ACME", "12", "1", "--date", "2020-01-02", "-p", "whole"]);
    let error = desk.error(3, SPLIT);
    assert_eq!(error["code"], "several_fractions");
    assert!(error["message"].as_str().unwrap().ends_with("in several portfolios: ira, main"), "{error}");
    assert!(desk.json(["transactions", "--type", "split"]).as_array().unwrap().is_empty());
    assert_eq!(desk.json(with(&["-p", "main"]))["recorded"], true);
    // The split is known; this is the other portfolio's payment.
    let ira = SPLIT.map(|word| if word == "4.67" { "4.5" } else { word });
    let known = desk.json(ira.iter().chain(&["-p", "ira"]).copied());
    assert_eq!(pick(&known["sale"], &["portfolio", "quantity", "total_amount"]), "ira 0.6666666667 4.5");
    assert_eq!(events(&desk.ok(["audit", "--type", "StockSplitEvent"])).len(), 1);
    let held = desk.json(["holdings"]);
    assert_eq!(column(&held, "quantity"), ["1", "16", "2"]);
    assert_eq!(desk.error(3, with(&["-p", "whole"]))["code"], "no_fraction");
    desk.run(["check"]).exits(0);
}

#[test]
fn voiding_the_split_voids_what_was_paid_for_fractions_and_undo_brings_both_back() {
    let desk = desk();
    let split = desk.json(SPLIT);
    let id = split["split_id"].as_str().unwrap();
    let voided = desk.json(["void", id]);
    let expected = [id, split["sale"]["transaction_id"].as_str().unwrap()];
    assert_eq!(column(&voided["voided"], "transaction_id"), expected);
    assert_eq!(held(&desk), "100 121 0");
    desk.run(["check"]).exits(0);
    desk.ok(["undo"]);
    assert_eq!(held(&desk), "16 116.16 -0.17");
    desk.run(["check"]).exits(0);
    assert_eq!(desk.json(SPLIT)["recorded"], false);
    desk.ok(["undo"]);
    assert_eq!(held(&desk), "100 121 0");
    assert_eq!(desk.json(SPLIT)["recorded"], true);
    assert_eq!(held(&desk), "16 116.16 -0.17");
    desk.run(["check"]).exits(0);
}

#[test]
fn it_comes_right_after_the_split_whenever_it_is_recorded() {
    let desk = desk();
    // On the day of the split and after it: these shares have no part in the fraction.
    desk.ok(["buy", "ACME", "0.5", "8", "--date", "2020-08-03"]);
    desk.ok(["sell", "ACME", "3", "9", "--date", "2020-09-01"]);
    let split = desk.json(SPLIT);
    assert_eq!(pick(&split["sale"], &["quantity"]), "0.6666666667");
    // 16 + 0.5 − 3; the sale of three costs 116.16 × 3 ÷ 16 = 21.78, and no more 121 × 3 ÷ 100 = 3.63.
    assert_eq!(held(&desk).split(' ').next(), Some("13.5"));
    assert_eq!(pick(&split["rematched"][0], &["gain_before", "gain_after"]), "23.37 5.22");
    assert_eq!(split["rematched"].as_array().unwrap().len(), 1);
    let day = |day: &str| pick(&desk.json(["holdings", "--as-of", day])[0], &["quantity"]);
    assert_eq!([day("2020-08-02"), day("2020-08-03")], ["100", "16.5"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn shares_that_come_to_light_later_leave_what_was_paid_as_it_was() {
    let desk = desk();
    desk.ok(SPLIT);
    desk.ok(["buy", "ACME", "6", "1", "--date", "2020-02-03"]);
    assert_eq!(held(&desk).split(' ').next(), Some("17"));
    desk.ok(["buy", "ACME", "1", "1", "--date", "2020-02-04"]);
    // (107 ÷ 6 = 17.8333333333) less 0.6666666667
    assert_eq!(held(&desk).split(' ').next(), Some("17.1666666666"));
    desk.run(["check"]).exits(0);
}

#[test]
fn each_goes_with_the_other() {
    let desk = desk();
    desk.refused(2, ["split", "ACME", "1:6", "--round", "down"]);
    desk.refused(2, ["split", "ACME", "1:6", "--cash-in-lieu", "4.67"]);
    desk.refused(2, ["split", "ACME", "1:6", "--round", "up", "--cash-in-lieu", "4.67"]);
    assert_eq!(
        desk.error(3, ["split", "ACME", "1:5", "--round", "down", "--cash-in-lieu", "1"])["code"],
        "no_fraction"
    );
    assert_eq!(held(&desk), "100 121 0");
}

#[test]
fn the_row_of_a_file_says_of_a_sale_that_it_is_of_a_fraction_by_its_own_day_in_as_of() {
    const ROWS: &str = "date,action,symbol,quantity,price,amount,fee,as_of
2020-01-02,buy,ACME,100,1.2,,1,
2020-08-03,split,ACME,1:6,,,,
2020-08-03,buy,ACME,0.5,8,,,
2020-08-03,sell,ACME,0.6666666667,,4.67,,";
    let imported = |as_of: &str| {
        let desk = Desk::with_stocks();
        desk.fed(&format!("{ROWS}{as_of}\n"), ["import", "-"]).exits(0);
        desk.ok(["split", "ACME", "10:1", "--date", "2021-01-04"]);
        desk.run(["check"]).exits(0);
        held(&desk).split(' ').next().map(str::to_owned)
    };
    assert_eq!(imported("2020-08-03").as_deref(), Some("165"));
    // (16 + 2/3 + 0.5 − 0.6666666667) × 10
    assert_eq!(imported("").as_deref(), Some("164.9999999997"));
    let desk = Desk::with_stocks();
    let refused = desk.fed(&format!("{ROWS}2020-08-04\n"), ["import", "-", "-O", "json"]).exits(3).json_error();
    assert_eq!(refused["details"][0]["code"], "unexpected_value");
}
