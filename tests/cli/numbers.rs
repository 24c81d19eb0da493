//! `--numbers`: decimals in JSON.

use std::fs;

use serde_json::json;

use crate::harness::Desk;

/// Ten shares for 1,503.50, three of which are sold; at 171.48 the seven are worth 1,200.36.
fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "150.25", "--fee", "1", "--date", "2024-01-02"]);
    desk.ok(["sell", "ACME", "3", "160.0000000001", "--date", "2024-02-01"]);
    desk.ok(["update-price", "ACME", "171.48", "--date", "2024-03-28"]);
    desk
}

#[test]
fn numbers_are_numbers_where_that_is_asked_for() {
    let desk = desk();
    let said = desk.ok(["holdings", "-O", "json", "--numbers"]);
    // 7/10 of 1,503.50; 7 × 171.48 − 1,052.45; 147.91 / 1,052.45
    assert!(said.contains(r#""cost_basis":1052.45,"price":171.48,"price_date":"2024-03-28","market_value":1200.36"#));
    assert!(said.contains(r#""unrealized_gain":147.91,"unrealized_gain_percentage":14.053874"#), "{said}");
    // Every digit is there, although a parser may not keep it.
    assert!(desk.ok(["transactions", "-O", "json", "--numbers"]).contains(r#""price":160.0000000001,"#));
    for command in [
        &["gains", "--by", "lot"][..],
        &["returns", "--flows"],
        &["explain", "holding", "ACME"],
        &["performance", "--by", "quarter"],
        &["chart"],
        &[],
        &["allocation"],
        &["prices", "ACME"],
        &["buy", "ACME", "1", "2.5", "-n"],
        &["sell", "ACME", "1", "2.5", "-n"],
    ] {
        let said = desk.ok(command.iter().chain(&["-O", "json", "--numbers"]));
        // What was recorded remains as it is in the log.
        let said = said.split(r#""events":["#).next().unwrap();
        let quoted = said.split('"').skip(1).step_by(2).find(|text| text.parse::<f64>().is_ok());
        assert_eq!(quoted, None, "{command:?} {said}");
    }
}

#[test]
fn numbers_are_rounded_to_as_many_places_as_are_asked_for() {
    let desk = desk();
    let held = desk.json(["holdings", "--round", "1"]);
    // 150.35, half to even; 14.053874 %
    assert_eq!((&held[0]["average_cost"], &held[0]["unrealized_gain_percentage"]), (&json!("150.4"), &json!("14.1")));
    assert_eq!(held[0]["price_date"], "2024-03-28");
    let columns = ["holdings", "-O", "csv", "--columns", "symbol,average-cost,gain-percentage", "--round", "0"];
    assert_eq!(desk.ok(columns), "symbol,average_cost,unrealized_gain_percentage\nACME,150,14\n");
    assert!(desk.ok(["prices", "ACME", "-O", "json", "--round", "1", "--numbers"]).contains(r#""price":171.5,"#));
}

#[test]
fn the_style_of_numbers_is_a_setting_and_the_command_line_goes_before_it() {
    let desk = desk();
    fs::create_dir_all(desk.path(".config/stockbook")).unwrap();
    fs::write(desk.path(".config/stockbook/config.toml"), "numbers = 'json'\n").unwrap();
    assert_eq!(desk.json(["holdings"])[0]["quantity"], json!(7));
    assert_eq!(desk.json(["holdings", "--numbers=text"])[0]["quantity"], json!("7"));
    // It does no harm where it has no effect.
    desk.ok(["holdings"]);
    assert!(desk.ok(["config"]).contains("json"));
}

#[test]
fn totals_are_rows_for_programs_wherever_a_table_has_them() {
    let desk = desk();
    desk.ok(["sell", "ACME", "2", "150", "--date", "2024-04-02"]);
    desk.ok(["dividend", "ACME", "12", "--withholding", "2", "--date", "2024-05-02"]);
    desk.ok(["dividend", "ACME", "8.5", "--date", "2024-08-02"]);
    desk.ok(["buy", "BOLT", "2", "10", "--date", "2024-01-02"]);
    desk.ok(["sell", "BOLT", "2", "12", "--date", "2024-01-03"]);
    // 480.0000000003 − 451.05 and 300 − 300.70 in dollars, 24 − 20 in euros; by currency, in the order of their codes.
    for by in ["sale", "lot", "symbol"] {
        let rows = desk.json(["gains", "--by", by, "--totals"]);
        let [.., euros, dollars] = rows.as_array().unwrap().as_slice() else { panic!("{rows}") };
        assert_eq!((&euros["currency"], &euros["gain"], &euros["symbol"]), (&json!("EUR"), &json!("4"), &json!(null)));
        assert_eq!((&dollars["currency"], &dollars["gain"]), (&json!("USD"), &json!("28.2500000003")));
        assert_eq!((&dollars["proceeds"], &dollars["quantity"]), (&json!("780.0000000003"), &json!(null)));
    }
    let rows = desk.json(["dividends", "--totals"]);
    let total = &rows[2];
    assert_eq!(
        (&total["payments"], &total["amount"], &total["net_amount"]),
        (&json!(2), &json!("20.5"), &json!("18.5"))
    );
    assert_eq!((&total["date"], &total["yield_on_cost_percentage"]), (&json!(null), &json!(null)));
    let csv = desk.ok(["allocation", "--totals", "-O", "csv"]);
    // 5 × 171.48
    assert!(csv.ends_with("\n,,USD,857.4,,,,\n"), "{csv}");
    for report in ["gains", "dividends", "allocation", "holdings"] {
        let said = desk.refused(2, [report, "--totals"]);
        assert!(said.starts_with("error: --totals has no effect here: a table has totals\n"), "{said}");
    }
    // No rows: no totals.
    assert_eq!(desk.json(["gains", "--totals", "--year", "2020"]), json!([]));
}
