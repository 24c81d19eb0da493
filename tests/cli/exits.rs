//! Exit codes; and a command that fails leaves nothing behind.

mod dry_runs;
mod interrupted;

use std::fs;

use crate::harness::{Desk, Run};

const TOMORROW_AND_LATER: &str = "9999-12-31";

#[test]
fn what_can_be_judged_from_the_arguments_alone_is_wrong_usage() {
    let desk = Desk::new();
    for (args, code) in [
        (&["buy", "ACME", "abc", "1"][..], "invalid_quantity"),
        (&["buy", "ACME", "-3", "1"], "invalid_quantity"),
        (&["buy", "ACME", "0", "1"], "invalid_quantity"),
        (&["buy", "ACME", "1", "-3"], "invalid_price"),
        (&["buy", "ACME", "1", "1e5"], "invalid_price"),
        (&["buy", "ACME", "1", "1", "--fee", "-1"], "invalid_fee"),
        (&["buy", "ACME", "1", "1", "--date", "2024-02-30"], "invalid_date"),
        (&["buy", "ACME", "1", "1", "--date", TOMORROW_AND_LATER], "invalid_date"),
        (&["sell", "ACME", "1", "1", "--date", "01/02/2024"], "invalid_date"),
        (&["buy", "A%CME", "1", "1"], "invalid_symbol"),
        (&["buy", "ACME", "1", "1", "--id", ""], "invalid_id"),
        (&["add-stock", "ACME", ""], "invalid_company_name"),
        (&["add-stock", "ACME", "Acme", "--currency", "DOLLAR"], "invalid_currency"),
        (&["add-stock", "ACME", "Acme", "--industry", "Anvils"], "usage"),
        (&["update-price", "ACME", "1", "--date", TOMORROW_AND_LATER], "invalid_date"),
        (&["buy", "ACME", "1"], "usage"),
        (&["buy", "ACME", "1", "1", "--amount", "1"], "usage"),
        (&["buy"], "usage"),
        (&["bye", "ACME", "1", "1"], "usage"),
        (&["holdings", "--such-an-option"], "usage"),
        (&["--such-an-option", "holdings"], "usage"),
        (&["holdings", "--wait", "soon"], "usage"),
        (&["import"], "usage"),
        (&["import", "-", "-"], "usage"),
        (&["explain"], "usage"),
    ] {
        let error = desk.error(2, args);
        assert_eq!(error["code"], code, "{args:?}: {error}");
        assert!(desk.refused(2, args).starts_with("error: "), "{args:?}");
    }
    assert!(desk.everything().is_empty());
}

#[test]
fn what_is_held_elsewhere_is_told() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "old age"]);
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["-p", "old age", "buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    for asked in [&["sell", "ACME", "4", "120"][..], &["transfer", "ACME", "4", "--to", "ira"]] {
        let error = desk.error(3, asked);
        assert_eq!(
            (&error["code"], &error["hint"]),
            (
                &"insufficient_quantity".into(),
                &"portfolio old age holds some: choose it with --portfolio 'old age'".into(),
            )
        );
        assert!(error["message"].as_str().unwrap().contains("0 held in portfolio main"), "{error}");
    }
    desk.ok(["-p", "ira", "buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    let hint = &desk.error(3, ["sell", "ACME", "4", "120"])["hint"];
    assert_eq!(hint, "the portfolios ira, old age hold some: choose one with --portfolio");
    // Where the stock is held, and where it is not.
    assert!(desk.refused(3, ["-p", "ira", "sell", "ACME", "4", "120"]).contains("sell at most 1"));
    assert!(desk.refused(3, ["sell", "BOLT", "4", "120"]).contains("is the purchase recorded"));
}

#[test]
fn a_price_ten_times_the_last_one_or_a_tenth_of_it_is_warned_of() {
    let desk = Desk::with_stocks();
    let said = |args: &[&str]| desk.run(args).exits(0).err();
    // There is nothing to compare with.
    assert_eq!(said(&["buy", "ACME", "1", "1500", "--date", "2024-01-02"]), "");
    assert_eq!(said(&["update-price", "ACME", "150", "--date", "2024-01-02"]), "");
    let ten = "warning: 1,500.00 of ACME is ten times the last price or more, 150.00 on 2024-01-02; is the decimal point right?\n";
    let tenth = "warning: 15.00 of ACME is a tenth of the last price or less, 150.00 on 2024-01-02; is the decimal point right?\n";
    assert_eq!(said(&["buy", "ACME", "1", "1500", "--date", "2024-01-03", "--dry-run"]), ten);
    assert_eq!(said(&["buy", "ACME", "1", "--amount", "1500", "--date", "2024-01-03"]), ten);
    assert_eq!(said(&["sell", "ACME", "1", "15", "--date", "2024-01-03"]), tenth);
    assert_eq!(said(&["sell", "ACME", "0.5", "15.01", "--date", "2024-01-03"]), "");
    assert_eq!(said(&["buy", "ACME", "1", "1499.99", "--date", "2024-01-03"]), "");
    // A price of zero is no mistake; nor is a price after a split, or before the first one.
    assert_eq!(said(&["sell", "ACME", "0.5", "0", "--date", "2024-01-03"]), "");
    assert_eq!(said(&["buy", "ACME", "1", "1", "--date", "2024-01-01"]), "");
    assert_eq!(said(&["update-price", "ACME", "15", "--date", "2024-01-04", "--dry-run"]), tenth);
    desk.run(["split", "ACME", "10:1", "--date", "2024-01-05"]).exits(0);
    assert_eq!(said(&["update-price", "ACME", "15", "--date", "2024-01-05"]), "");
}

#[test]
fn a_read_is_not_offered_what_records() {
    let desk = Desk::with_stocks();
    let read = &desk.error(3, ["prices", "NONE"])["hint"];
    assert_eq!(read, "`stockbook stocks` lists them all");
    let read = &desk.error(3, ["gains", "--symbol", "ACMF"])["hint"];
    assert_eq!(read, "did you mean ACME? `stockbook stocks` lists them all");
    assert_eq!(desk.error(3, ["-p", "ira", "holdings"])["hint"], "known: main");
    let recorded = &desk.error(3, ["-p", "old age", "buy", "ACME", "1", "2"])["hint"];
    assert_eq!(recorded, "known: main; add it with `stockbook add-portfolio 'old age'`");
}

/// Each purchase fits into 18 digits, and their sum, 1,800,000,000,000,000,000, does not.
#[test]
fn a_total_too_large_for_a_report_is_refused() {
    let desk = Desk::new();
    for symbol in ["ACME", "BOLT"] {
        desk.ok(["add-stock", symbol, "A company"]);
        desk.ok(["buy", symbol, "1", "900000000000000000", "--date", "2024-01-02"]);
        desk.ok(["update-price", symbol, "900000000000000000", "--date", "2024-01-03"]);
    }
    let error = desk.error(3, ["returns"]);
    assert_eq!(error["code"], "too_large", "{error}");
    assert!(error["hint"].as_str().unwrap().contains("--symbol"), "{error}");
    assert_eq!(desk.json(["returns", "--symbol", "ACME"])[0]["invested"], "900000000000000000");
}

#[test]
fn an_unknown_format_is_wrong_usage() {
    let desk = Desk::new();
    assert!(desk.refused(2, ["-O", "xml", "holdings"]).contains("xml"));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let desk = Desk::new();
    for args in [&["--help"][..], &["-h"], &["--version"], &["-V"], &["buy", "--help"]] {
        let run = desk.run(args).exits(0).silently();
        assert!(!run.stdout.is_empty(), "{run}");
    }
    assert_eq!(desk.ok(["-V"]), format!("stockbook {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_command_has_an_example_in_its_help() {
    let desk = Desk::new();
    for command in [
        "add-stock",
        "update-price",
        "buy",
        "sell",
        "add-portfolio",
        "import",
        "holdings",
        "stocks",
        "transactions",
        "prices",
        "history",
        "explain",
        "audit",
        "backup",
        "check",
    ] {
        let help = desk.ok([command, "--help"]);
        assert!(help.contains("Example") && help.contains(&format!("  stockbook {command}")), "{command}: {help}");
        assert!(help.lines().all(|line| line.chars().count() <= 120), "{command}: {help}");
    }
}

#[test]
fn what_depends_on_the_book_is_refused() {
    let desk = Desk::with_stocks();
    let before = desk.everything();
    for (args, code) in [
        (&["buy", "ACMF", "1", "1"][..], "unknown_symbol"),
        (&["sell", "ACME", "1", "1"], "insufficient_quantity"),
        (&["update-price", "ACMF", "1"], "unknown_symbol"),
        (&["prices", "ACMF"], "unknown_symbol"),
        (&["buy", "ACME", "1", "1", "-p", "other"], "unknown_portfolio"),
        (&["add-stock", "ACME", "Another"], "symbol_exists"),
        (&["buy", "ACME", "999999999999999999", "999999999999999999"], "too_large"),
    ] {
        let error = desk.error(3, args);
        assert_eq!(error["code"], code, "{args:?}: {error}");
    }
    assert_eq!(desk.everything(), before);
}

#[test]
fn an_unknown_symbol_is_refused_with_the_nearest_known() {
    let desk = Desk::with_stocks();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.refused(3, ["buy", "amce", "1", "1"]), @"
    error: unknown symbol AMCE
    hint: did you mean ACME? or add it, with its name: `stockbook add-stock AMCE AMCE`
    ");
}

#[test]
fn reading_needs_a_book_and_an_input_file_must_be_there() {
    let desk = Desk::new();
    for args in [
        &["holdings"][..],
        &["stocks"],
        &["transactions"],
        &["prices", "ACME"],
        &["audit"],
        &["backup", "x"],
        &["check"],
    ] {
        let error = desk.error(1, args);
        assert_eq!(error["code"], "no_book", "{args:?}");
        assert!(error["message"].as_str().unwrap().contains("book.db"));
        assert!(error["hint"].is_string());
    }
    assert_eq!(desk.error(1, ["import", "nowhere.csv"])["code"], "input_error");
    assert!(desk.everything().is_empty());
}

#[test]
fn a_refused_first_command_leaves_neither_file_nor_folder() {
    let desk = Desk::new();
    let deep = desk.path("one/two/book.db");
    let bad = desk.file("bad.csv", "date,symbol,price\n2024-01-02,ACME,x\n");
    let before = desk.everything();
    for args in [
        vec!["buy".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["import".as_ref(), "--add-stocks".as_ref(), bad.as_os_str()],
        vec!["import".as_ref(), "nowhere.csv".as_ref()],
    ] {
        for book in [desk.book(), &deep] {
            let mut command = desk.command(&args);
            command.env("STOCKBOOK_BOOK", book);
            let run = Run::of(command);
            assert!([Some(1), Some(3)].contains(&run.status.code()), "{run}");
        }
    }
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_first_command_makes_the_folders_and_both_files_for_the_owner_alone() {
    let desk = Desk::new();
    for (mask, name) in [("000", "open/a/book.db"), ("077", "shut/b/book.db"), ("777", "void/c/book.db")] {
        let script = format!("umask {mask}; exec \"$0\" --book {name} add-stock ACME Acme");
        desk.shell(&script).exits(0);
        let mode = |path: &str| {
            use std::os::unix::fs::PermissionsExt as _;
            fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o7777
        };
        assert_eq!((mode(name), mode(&format!("{name}.audit.jsonl"))), (0o600, 0o600), "umask {mask}");
        assert_eq!((mode(&name[..4]), mode(&name[..6])), (0o700, 0o700), "umask {mask}");
        // Only the book's file and its log; no temporary files are left.
        let folder = desk.path(name).parent().unwrap().to_owned();
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        files.sort();
        assert_eq!(files, ["book.db", "book.db.audit.jsonl"]);
    }
}

#[test]
fn the_book_is_in_the_data_directory_unless_it_is_named() {
    let desk = Desk::new();
    let run = |variable: Option<&str>| {
        let mut command = desk.command(["add-stock", "ACME", "Acme"]);
        command.env_remove("STOCKBOOK_BOOK");
        if let Some(folder) = variable {
            command.env("XDG_DATA_HOME", desk.path(folder));
        }
        Run::of(command).exits(0)
    };
    run(None);
    assert!(desk.path(".local/share/stockbook/book.db").is_file());
    run(Some("data"));
    assert!(desk.path("data/stockbook/book.db").is_file());
}

#[test]
fn once_recorded_the_exit_code_is_0_even_if_a_handler_lags() {
    let desk = Desk::with_stocks();
    fs::remove_file(desk.log()).unwrap();
    fs::create_dir(desk.log()).unwrap();
    let run = desk.run(["buy", "ACME", "1", "1", "-O", "json"]).exits(0);
    assert!(run.err().contains("warning: recorded, but the audit log is"), "{run}");
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&run.stdout).unwrap()["recorded"], true);
}

#[test]
fn a_new_book_in_the_current_folder_in_folders_to_be_made_and_where_none_can_be() {
    for book in ["own.db", "some/more/own.db"] {
        let desk = Desk::new();
        desk.ok(["--book", book, "add-stock", "ACME", "Acme"]);
        desk.ok(["--book", book, "check"]);
        assert!(desk.path(book).exists());
    }
    let desk = Desk::new();
    desk.file("file", "");
    let error = desk.error(1, ["--book", "file/folder/own.db", "add-stock", "ACME", "Acme"]);
    assert!(error["message"].as_str().unwrap().contains("/file/folder: "), "{error}");
    let error = desk.error(1, ["--book", &"x".repeat(300), "holdings"]);
    assert_eq!(error["code"], "io_error", "{error}");
}
