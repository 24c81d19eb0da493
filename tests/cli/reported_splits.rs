//! Rows that report a split that the book has, and rows near one that report something else.

use serde_json::Value;

use crate::harness::{Desk, pick};

const QUESTRADE: &str = "Transaction Date,Settlement Date,Action,Symbol,Description,Quantity,Price,Gross Amount,\
                         Commission,Net Amount,Currency,Account #,Activity Type,Account Type\n";

/// A row of shares that arrive or leave on a day.
fn adjusted(day: &str, shares: &str) -> String {
    format!(
        "{QUESTRADE}{day} 12:00:00 AM,{day} 12:00:00 AM,ADJ,ACME,ACME INC ADJUSTMENT,{shares},0,0,0,0,USD,,Corporate actions,\n"
    )
}

/// Ten shares that were split on the 10th of June.
fn split(ratio: &str) -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme"]);
    desk.ok(["buy", "ACME", "10", "90", "--date", "2024-01-02"]);
    desk.ok(format!("split ACME {ratio} --date 2024-06-10").split(' '));
    desk
}

#[test]
fn a_corporate_action_near_a_split_is_known_only_by_its_shares() {
    // The shares added, or all shares after it; the shares removed, or all shares before it.
    let paid = "1:3 --round down --cash-in-lieu 20";
    let known =
        [("3:1", "20"), ("3:1", "30"), ("1:5", "-8"), ("1:5", "-10"), ("1:3", "-7"), (paid, "-7"), (paid, "-10")];
    for (ratio, shares) in known.into_iter().chain([("3:2", "5")]) {
        let said = split(ratio).fed(&adjusted("2024-06-12", shares), ["import", "-", "-O", "json"]).exits(0);
        let said: Value = serde_json::from_str(&said.out()).unwrap();
        assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 1", "{ratio} {shares}");
    }
    for (ratio, shares) in [("3:1", "4"), ("3:1", "10"), ("3:1", "-20"), ("1:5", "-2"), ("1:5", "8")] {
        let refused = split(ratio).fed(&adjusted("2024-06-12", shares), ["import", "-"]).exits(3).err();
        assert!(refused.contains("`ADJ` of ACME, by which"), "{ratio} {shares}: {refused}");
    }
}

#[test]
fn wealthsimple_tells_a_split_by_the_shares_that_it_added() {
    let head = "transaction_date,settlement_date,account_id,account_type,activity_type,activity_sub_type,direction,symbol,name,\
                currency,quantity,unit_price,commission,net_cash_amount\n";
    let bought = "2024-01-02,2024-01-04,A1,TFSA,Trade,BUY,LONG,ZEQT,Zed,CAD,10,30,0,-300\n";
    let came = |shares: &str| format!("2025-08-18,,A1,TFSA,CorporateAction,SUBDIVISION,LONG,ZEQT,Zed,,{shares},,,\n");
    let import = ["import", "-", "--add-stocks", "--add-portfolios", "-O", "json"];
    let desk = Desk::new();
    let said = desk.fed(&format!("{head}{bought}{}", came("20")), import).exits(0);
    let said: Value = serde_json::from_str(&said.out()).unwrap();
    assert_eq!(said["splits"], serde_json::json!(["ZEQT 3:1 on 2025-08-18"]));
    let refused = Desk::new().fed(&format!("{head}{bought}{}", came("7")), import).exits(3).json_error();
    let told = refused["details"][0]["message"].as_str().unwrap();
    assert!(told.contains("a split added 7 ZEQT to 10 on 2025-08-18, which is no whole ratio"), "{told}");
}

#[test]
fn shares_that_a_split_of_the_day_would_not_have_added_are_warned_of() {
    let head = "transaction_date,settlement_date,account_id,account_type,activity_type,activity_sub_type,direction,symbol,name,\
                currency,quantity,unit_price,commission,net_cash_amount\n";
    let desk = split("3:1");
    for (shares, warned) in [("20", false), ("5", true)] {
        let row = format!("2024-06-10,,,TFSA,CorporateAction,SUBDIVISION,LONG,ACME,Acme,,{shares},,,\n");
        let said = desk.fed(&format!("{head}{row}"), ["import", "-", "-O", "json"]).exits(0);
        let said: Value = serde_json::from_str(&said.out()).unwrap();
        assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 1", "{shares}");
        let told = "that added 5 ACME on 2024-06-10 is taken for the split 3:1 of that day";
        assert_eq!(said["warnings"].to_string().contains(told), warned, "{said}");
    }
}

#[test]
fn the_number_that_questrade_gives_a_security_is_not_its_symbol() {
    let file = format!(
        "{QUESTRADE}2023-01-10 12:00:00 AM,2023-01-12 12:00:00 AM,Sell,H038778,GLOBAL X US DLR,-5,10,50,0,50,USD,,Trades,\n\
         2023-01-09 12:00:00 AM,2023-01-11 12:00:00 AM,Buy,DLR.TO,GLOBAL X US DLR,5,10,-50,0,-50,USD,,Trades,\n"
    );
    let desk = Desk::new();
    let refused = desk.fed(&file, ["import", "-", "--add-stocks"]).exits(3).err();
    assert!(refused.contains("`H038778` is not a symbol"), "{refused}");
    assert!(refused.contains("--map-symbol H038778=SYMBOL"), "{refused}");
    let map = ["import", "-", "--add-stocks", "--map-symbol", "H038778=DLR.TO"];
    desk.fed(&file, map).exits(0);
    let held = desk.json(["holdings", "--all"]);
    assert_eq!(pick(&held[0], &["symbol", "quantity"]), "DLR.TO 0");
}
