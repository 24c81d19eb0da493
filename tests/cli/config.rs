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
