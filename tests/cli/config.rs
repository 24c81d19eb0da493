//! The configuration file and the origins of settings.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use crate::harness::{Desk, Run};

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
        let settings: serde_json::Value = serde_json::from_str(&Run::of(command).exits(0).out()).unwrap();
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
    // Only members that are given are compared.
    assert_eq!(desk.json(["add-stock", "ACME", "Acme"])["recorded"], false);
}

#[test]
fn a_book_is_named_from_the_files_folder() {
    let desk = configured("book = 'mine.db'\n");
    let mut command = desk.command(["add-stock", "ACME", "Acme"]);
    command.env_remove("STOCKBOOK_BOOK");
    Run::of(command).exits(0);
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
    // A day can be typed as it is shown.
    desk.ok(["buy", "ACME", "1", "2", "--date", "05 Mar 2024"]);
    let set: Vec<_> = desk.json(["config"]).as_array().unwrap().iter().skip(7).take(2).cloned().collect();
    assert_eq!((&set[0]["value"], &set[0]["origin"]), (&json!("apostrophe"), &json!("configuration file")));
    assert_eq!((&set[1]["value"], &set[1]["origin"]), (&json!("words"), &json!("configuration file")));
    let error = configured("thousands = '.'\n").error(2, ["holdings"]);
    assert!(error["message"].as_str().unwrap().contains("`.` is not one of comma, apostrophe, space, none"), "{error}");
}

/// Runs the program as somebody who is neither the files' owner nor an administrator; `None` where the tests
/// cannot be that.
fn run_by_somebody_else(desk: &Desk, args: &[&str]) -> Option<Run> {
    let own = desk.command(args);
    if !rustix::process::geteuid().is_root() {
        return Some(Run::of(own));
    }
    // Others may not even have access to the build folder.
    let program = desk.path("program");
    fs::copy(own.get_program(), &program).unwrap();
    let mut command = desk.program("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).args(args);
    let can_be = desk.program("setpriv").args(["--reuid=65534", "true"]).status().is_ok_and(|status| status.success());
    can_be.then(|| Run::of(command))
}

#[test]
fn the_file_of_another_user_is_left_alone_and_ones_own_is_not() {
    let desk = configured("output_format = 'json'\n");
    let mode = |path: &str, mode| fs::set_permissions(desk.path(path), fs::Permissions::from_mode(mode)).unwrap();
    mode("", 0o755);
    // HOME is still that of the more privileged user.
    mode(".config", 0o000);
    let Some(run) = run_by_somebody_else(&desk, &["config", "-O", "csv"]) else { return };
    mode(".config", 0o755);
    let run = run.exits(0);
    assert!(
        run.err().contains("config.toml cannot be read and is not yours, so no settings are used"),
        "{}",
        run.err()
    );
    assert!(run.out().contains("output_format,csv,command line"), "{}", run.out());
    mode(".config/stockbook/config.toml", 0o000);
    if rustix::process::geteuid().is_root() {
        let run = run_by_somebody_else(&desk, &["formats"]).unwrap().exits(0);
        assert!(run.err().contains("is not yours"), "{}", run.err());
    } else {
        assert_eq!(desk.error(2, ["config"])["code"], "invalid_setting");
    }
}

#[test]
fn a_folder_of_formats_that_cannot_be_read_is_not_taken_for_an_empty_one() {
    let desk = configured("");
    fs::remove_dir_all(desk.path(".config/stockbook")).unwrap();
    // A circular link, so that even an administrator cannot read it.
    fs::create_dir(desk.path(".config/stockbook")).unwrap();
    std::os::unix::fs::symlink("formats", desk.path(".config/stockbook/formats")).unwrap();
    let error = desk.error(1, ["formats"]);
    assert!(error["message"].as_str().unwrap().contains(".config/stockbook/formats"), "{error}");
}
