//! The configuration file, and where a setting comes from.

use std::fs;

use serde_json::json;

use crate::harness::Desk;

/// A desk whose user has a configuration file.
fn configured(text: &str) -> Desk {
    let desk = Desk::new();
    let folder = desk.path(".config/stockbook");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
    desk
}

#[test]
fn what_is_typed_goes_before_the_environment_and_that_before_the_file() {
    let desk = configured("portfolio = 'ira'\nnew_stock_currency = 'EUR'\noutput_format = 'json'\n");
    let origins = |desk: &Desk, args: &[&str]| {
        let mut command = desk.command(args);
        command.env("STOCKBOOK_PORTFOLIO", "roth");
        let settings: serde_json::Value =
            serde_json::from_str(&crate::harness::Run::of(command).exits(0).out()).unwrap();
        let line =
            |row: &serde_json::Value| format!("{} {} {}", row["name"], row["value"], row["origin"]).replace('"', "");
        settings.as_array().unwrap().iter().skip(1).map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        origins(&desk, &["config"]),
        [
            "portfolio roth environment",
            "currency null default",
            "new_stock_currency EUR configuration file",
            "output_format json configuration file",
            "color auto default",
            "numbers text default",
            "thousands comma default",
            "dates iso default",
            "pager less default",
        ]
    );
    let typed = origins(&desk, &["config", "-p", "main", "--color", "never"]);
    assert_eq!((typed[0].as_str(), typed[4].as_str()), ("portfolio main command line", "color never command line"));
    desk.ok(["add-stock", "ACME", "Acme"]);
    assert_eq!(desk.json(["stocks"])[0]["currency"], "EUR");
    // Only what is given is compared.
    assert_eq!(desk.json(["add-stock", "ACME", "Acme"])["recorded"], false);
}

#[test]
fn a_book_is_named_from_the_files_folder() {
    let desk = configured("book = 'mine.db'\n");
    let mut command = desk.command(["add-stock", "ACME", "Acme"]);
    command.env_remove("STOCKBOOK_BOOK");
    crate::harness::Run::of(command).exits(0);
    assert!(desk.path(".config/stockbook/mine.db").exists());
    let said = desk.ok(["config"]);
    assert!(said.contains("configuration file: ") && said.contains("environment"), "{said}");
}

#[test]
fn a_wrong_file_is_refused_with_the_way_out() {
    for (text, said, hint) in [
        ("portfolo = 'ira'\n", "`portfolo` is not a setting", "did you mean `portfolio`?"),
        ("color = 'blue'\n", "`blue` is not one of auto, always, never", "correct the file"),
        ("book = 'a\n", "line 1", "correct the file"),
    ] {
        let desk = configured(text);
        let error = desk.error(2, ["holdings"]);
        assert_eq!(error["code"], json!("invalid_setting"));
        assert!(error["message"].as_str().unwrap().contains(said), "{error}");
        assert!(error["hint"].as_str().unwrap().contains(hint), "{error}");
    }
}

#[test]
fn tables_write_numbers_and_days_as_the_file_says_and_programs_read_them_as_ever() {
    let desk = configured("thousands = 'apostrophe'\ndates = 'words'\n");
    desk.all_ok(&[
        "add-stock ACME Acme",
        "buy ACME 1000 1.5 --date 2024-03-05",
        "update-price ACME 2 --date 2024-03-28",
    ]);
    let table = desk.ok(["holdings", "--as-of", "2024-03-28", "--columns", "symbol,quantity,value,priced"]);
    insta::assert_snapshot!(table, @"
    SYMBOL     QUANTITY     VALUE  PRICED
    ──────────────────────────────────────────
    ACME          1'000  2'000.00  28 Mar 2024
    ──────────────────────────────────────────
    total USD            2'000.00
    ");
    let csv = desk.ok(["holdings", "--as-of", "2024-03-28", "--columns", "quantity,value,priced", "-O", "csv"]);
    assert_eq!(csv, "quantity,market_value,price_date\n1000,2000,2024-03-28\n");
    assert_eq!(desk.json(["transactions"])[0]["trade_date"], "2024-03-05");
    // A day as it is shown can be typed.
    desk.ok(["buy", "ACME", "1", "2", "--date", "05 Mar 2024"]);
    let set: Vec<_> = desk.json(["config"]).as_array().unwrap().iter().skip(7).take(2).cloned().collect();
    assert_eq!((&set[0]["value"], &set[0]["origin"]), (&json!("apostrophe"), &json!("configuration file")));
    assert_eq!((&set[1]["value"], &set[1]["origin"]), (&json!("words"), &json!("configuration file")));
    let error = configured("thousands = '.'\n").error(2, ["holdings"]);
    assert!(error["message"].as_str().unwrap().contains("`.` is not one of comma, apostrophe, space, none"), "{error}");
}
