//! Exit codes, and that a command that does not succeed leaves nothing behind.

use std::fs::{self, File};
use std::io::Write as _;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Desk, Run, Running};

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
fn the_most_similar_word_is_suggested() {
    let desk = Desk::new();
    for (typed, meant) in [
        (&["hodlings", "--all", "-p", "old age"][..], "stockbook holdings --all -p 'old age'"),
        // Words that people try.
        (&["ls"], "stockbook holdings"),
        (&["bal", "--as-of", "2024-12-31"], "stockbook holdings --as-of 2024-12-31"),
        (&["rm", "a1b2c3"], "stockbook void a1b2c3"),
        (&["edit", "a1b2c3", "--price", "15"], "stockbook amend a1b2c3 --price 15"),
        (&["-q", "tx", "--type", "buy"], "stockbook -q transactions --type buy"),
        (&["log"], "stockbook audit"),
        (&["price", "AAPL", "180"], "stockbook update-price AAPL 180"),
        (&["price", "AAPL"], "stockbook prices AAPL"),
        (&["BUY", "AAPL", "1", "150"], "stockbook buy AAPL 1 150"),
        (&["value"], "stockbook"),
        (&["lots", "AAPL"], "stockbook explain holding AAPL"),
        // Commands of two words, either way round.
        (&["add", "portfolio", "ira"], "stockbook add-portfolio ira"),
        (&["-q", "stock", "add", "AAPL", "Apple Inc."], "stockbook -q add-stock AAPL 'Apple Inc.'"),
        (&["update", "price", "AAPL", "180"], "stockbook update-price AAPL 180"),
        // Words that belong behind an option.
        (&["gains", "AAPL"], "stockbook gains --symbol AAPL"),
        (&["gains", "2024", "-O", "csv"], "stockbook gains --period 2024 -O csv"),
        (&["transactions", "--tail", "3", "brk.b"], "stockbook transactions --tail 3 --symbol brk.b"),
        (&["chart", "ytd"], "stockbook chart --period ytd"),
        // Words that are one value, and options that people try.
        (&["add-stock", "ACME", "Acme", "Corp.", "-n"], "stockbook add-stock ACME 'Acme Corp.' -n"),
        (&["buy", "ACME", "1", "15", "--note", "a", "bonus", "-q"], "stockbook buy ACME 1 15 --note 'a bonus' -q"),
        (&["buy", "ACME", "1", "15", "2024-01-02"], "stockbook buy ACME 1 15 --date 2024-01-02"),
        (&["holdings", "--date", "2024-01-02"], "stockbook holdings --as-of 2024-01-02"),
        (
            &["buy", "ACME", "1", "15", "--on=2024-01-02", "--commission", "1", "--comment", "x"],
            "stockbook buy ACME 1 15 --date=2024-01-02 --fee 1 --note x",
        ),
        (&["gains", "--since", "2024-01-01", "--json"], "stockbook gains --from 2024-01-01 --output-format=json"),
        (&["-f", "a.db", "holdings"], "stockbook --book a.db holdings"),
        (&["export", "csv", "--file", "a.csv"], "stockbook export csv --output a.csv"),
        (&["tx", "--since", "2024-01-01"], "stockbook transactions --from 2024-01-01"),
        (&["rename", "ACME", "ACMX"], "stockbook edit-stock ACME --symbol ACMX"),
        (&["new", "ACME", "Acme", "Corp."], "stockbook add-stock ACME 'Acme Corp.'"),
        (&["buy", "ACME", "1", "15", "-d", "2024-01-02"], "stockbook buy ACME 1 15 --date 2024-01-02"),
        (&["performance", "-M"], "stockbook performance --by=month"),
        // What is to be explained, without the word that says what it is.
        (&["explain", "ACME"], "stockbook explain holding ACME"),
        (&["explain", "f"], "stockbook explain holding f"),
        (&["explain", "1b3e1822"], "stockbook explain gain 1b3e1822"),
        (&["explain", "gains", "1b3e1822"], "stockbook explain gain 1b3e1822"),
        (&["holdings", "--as-off", "2024-01-02"], "--as-of"),
        (&["gains", "--by", "symbl"], "symbol"),
    ] {
        let said = desk.refused(2, typed);
        assert!(said.ends_with(&format!("\nhint: did you mean `{meant}`?\n")), "{typed:?}: {said}");
    }
}

#[test]
fn a_date_that_is_not_read_is_offered_as_the_days_that_it_can_mean() {
    let desk = Desk::with_stocks();
    for (typed, days) in [
        ("01/02/2024", "2024-01-02 or 2024-02-01"),
        ("13/02/2024", "2024-02-13"),
        ("3-3-2024", "2024-03-03"),
        ("31.1.2024", "2024-01-31"),
    ] {
        let said = desk.refused(2, ["buy", "ACME", "1", "15", "--date", typed]);
        assert!(said.ends_with(&format!("\nhint: write it as {days}\n")), "{typed}: {said}");
    }
    let said = desk.refused(2, ["buy", "ACME", "1", "15", "--date", "31/31/2024"]);
    assert!(said.ends_with("\nhint: write it like 2024-01-31, or today or yesterday\n"), "{said}");
}

#[test]
fn a_command_of_which_most_is_missing_is_shown_by_an_example() {
    let desk = Desk::new();
    for (typed, hint) in [
        (
            &["buy"][..],
            "for example `stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02`; see `stockbook buy --help`",
        ),
        (&["sell", "AAPL", "1"], "give the price per share, or the total with --amount"),
        (&["explain"], "`stockbook explain --help` lists what can follow"),
    ] {
        let said = desk.refused(2, typed);
        assert!(said.ends_with(&format!("\nhint: {hint}\n")), "{typed:?}: {said}");
    }
}

#[test]
fn a_command_that_needs_more_says_where_to_look() {
    let desk = Desk::new();
    for (typed, command) in [
        (&["sel"][..], "sell"),
        (&["buyy"], "buy"),
        (&["tranfer"], "transfer"),
        (&["update-prize"], "update-price"),
        (&["update"], "update-price"),
        (&["rm"], "void"),
        (&["delete"], "void"),
        (&["set", "cost-basis", "main"], "set-cost-basis"),
    ] {
        let said = desk.refused(2, typed);
        let hint = format!("\nhint: did you mean {command}? see `stockbook {command} --help`\n");
        assert!(said.ends_with(&hint), "{typed:?}: {said}");
        desk.ok([command, "--help"]);
    }
}

#[test]
fn what_is_not_similar_and_what_is_hidden_is_not_suggested() {
    let desk = Desk::new();
    for typed in ["commit", "complet", "deposit", "print-all", "quit", "exit", "delete-stock", "use"] {
        let said = desk.refused(2, [typed]);
        let hint = said.lines().last().unwrap();
        assert!(hint == "hint: see `stockbook --help`", "{typed}: {said}");
    }
    for (typed, hint) in [
        (&["void", "a1", "b2"][..], "see `stockbook void --help`"),
        (&["buy", "AAPL", "--price", "15", "--qty", "1"], "see `stockbook buy --help`"),
        (&["import", "a.csv", "--broker", "degiro"], "see `stockbook import --help`"),
        (&["void", "a1", "--soon"], "see `stockbook void --help`"),
        (&["export"], "csv, json, ledger, hledger or beancount"),
    ] {
        assert_eq!(desk.error(2, typed)["hint"], *hint, "{typed:?}");
    }
}

#[test]
fn the_symbol_comes_first() {
    let desk = Desk::new();
    for (typed, meant) in [
        (&["buy", "10", "AAPL", "150"][..], "stockbook buy AAPL 10 150"),
        (
            &["-p", "old age", "sell", "1.5", "brk.b", "400", "--fee", "1"],
            "stockbook -p 'old age' sell brk.b 1.5 400 --fee 1",
        ),
        (&["dividend", "24", "AAPL"], "stockbook dividend AAPL 24"),
        (&["split", "4:1", "AAPL"], "stockbook split AAPL 4:1"),
        (&["update-price", "180", "AAPL"], "stockbook update-price AAPL 180"),
    ] {
        let said = desk.refused(2, typed);
        assert!(said.ends_with(&format!("\nhint: the symbol comes first: `{meant}`\n")), "{typed:?}: {said}");
    }
    // Where that is not what is wrong, it is not said.
    for typed in [&["buy", "AAPL", "ten", "150"][..], &["buy", "AAPL", "10", "a lot"], &["split", "AAPL", "four"]] {
        let hint = desk.error(2, typed)["hint"].to_string();
        assert!(!hint.contains("comes first"), "{typed:?}: {hint}");
    }
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
    // Where it is held, and nowhere.
    assert!(desk.refused(3, ["-p", "ira", "sell", "ACME", "4", "120"]).contains("sell at most 1"));
    assert!(desk.refused(3, ["sell", "BOLT", "4", "120"]).contains("is the purchase recorded"));
}

#[test]
fn a_price_ten_times_the_last_one_or_a_tenth_of_it_is_warned_of() {
    let desk = Desk::with_stocks();
    let said = |args: &[&str]| desk.run(args).exits(0).err();
    // There is none to compare with.
    assert_eq!(said(&["buy", "ACME", "1", "1500", "--date", "2024-01-02"]), "");
    assert_eq!(said(&["update-price", "ACME", "150", "--date", "2024-01-02"]), "");
    let ten = "warning: 1,500.00 of ACME is ten times the last price or more, 150.00 on 2024-01-02; is the decimal point right?\n";
    let tenth = "warning: 15.00 of ACME is a tenth of the last price or less, 150.00 on 2024-01-02; is the decimal point right?\n";
    assert_eq!(said(&["buy", "ACME", "1", "1500", "--date", "2024-01-03", "--dry-run"]), ten);
    assert_eq!(said(&["buy", "ACME", "1", "--amount", "1500", "--date", "2024-01-03"]), ten);
    assert_eq!(said(&["sell", "ACME", "1", "15", "--date", "2024-01-03"]), tenth);
    assert_eq!(said(&["sell", "ACME", "0.5", "15.01", "--date", "2024-01-03"]), "");
    assert_eq!(said(&["buy", "ACME", "1", "1499.99", "--date", "2024-01-03"]), "");
    // Worth nothing is no slip; nor is a price after a split, or before the first one.
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
        // One file at rest, and its log; nothing of the making is left.
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
fn a_dry_run_changes_not_a_byte() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let file = desk.file("new.csv", "date,action,symbol,quantity,price\n2024-01-03,buy,NEW,1,1\n");
    let before = desk.everything();
    for args in [
        vec!["add-stock".as_ref(), "NEW".as_ref(), "New".as_ref()],
        vec!["update-price".as_ref(), "ACME".as_ref(), "1".as_ref()],
        vec!["buy".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["sell".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["add-portfolio".as_ref(), "pension".as_ref()],
        vec!["import".as_ref(), "--add-stocks".as_ref(), file.as_os_str()],
    ] {
        let mut args = args;
        args.push("--dry-run".as_ref());
        let said = desk.json(&args);
        assert_eq!((&said["recorded"], &said["dry_run"]), (&json!(false), &json!(true)), "{said}");
        desk.ok(&args);
        assert_eq!(desk.everything(), before, "{args:?}");
    }
}

#[test]
fn a_dry_run_shows_what_would_be_recorded() {
    let desk = Desk::with_stocks();
    let sale = ["sell", "ACME", "4", "110", "--date", "2024-01-03"];
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let tried = desk.json(sale.iter().chain(&["-n"]));
    let done = desk.json(sale);
    for member in ["realized_gain", "position", "quantity", "total_amount"] {
        assert_eq!(tried[member], done[member], "{member}");
    }
    assert_eq!(tried["events"][0]["sequence"], done["events"][0]["sequence"]);
    // A refused one is refused just the same.
    assert_eq!(desk.error(3, ["-n", "sell", "ACME", "7", "110"])["code"], "insufficient_quantity");
}

#[test]
fn a_dry_run_of_a_first_command_leaves_nothing() {
    let desk = Desk::new();
    let said = desk.json(["-n", "--book", "far/away/book.db", "add-stock", "ACME", "Acme"]);
    assert_eq!(said["dry_run"], true);
    let types: Vec<_> = said["events"].as_array().unwrap().iter().map(|event| event["event_type"].clone()).collect();
    assert_eq!(types, ["BookCreatedEvent", "PortfolioCreatedEvent", "StockCreatedEvent"]);
    assert!(desk.everything().is_empty());
}

#[test]
fn a_busy_book_is_waited_for_and_then_given_up() {
    let desk = Desk::with_stocks();
    let before = desk.log_lines();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for (wait, at_least) in [("0", 0), ("1", 1)] {
        let started = Instant::now();
        let error = desk.error(5, ["buy", "ACME", "1", "1", "--wait", wait]);
        assert_eq!(error["code"], "busy");
        assert!(started.elapsed() >= Duration::from_secs(at_least), "{:?}", started.elapsed());
        assert!(started.elapsed() < Duration::from_secs(at_least + 3), "{:?}", started.elapsed());
    }
    // Reading does not wait.
    let started = Instant::now();
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 2);
    assert!(started.elapsed() < Duration::from_secs(3));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.log_lines(), before);
    desk.ok(["buy", "ACME", "1", "1", "--wait", "0"]);
}

#[test]
fn a_busy_book_is_waited_for_until_it_is_free() {
    let desk = Desk::with_stocks();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut waiting = Running::start(desk.command(["buy", "ACME", "1", "1", "-q"]));
    thread::sleep(Duration::from_millis(400));
    assert!(waiting.child().try_wait().unwrap().is_none());
    other.execute_batch("ROLLBACK").unwrap();
    assert!(waiting.ends().success());
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "1");
}

#[test]
fn waiting_for_a_busy_book_can_be_interrupted() {
    let desk = Desk::with_stocks();
    let before = desk.log_lines();
    let other = desk.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut command = desk.command(["buy", "ACME", "1", "1", "-q"]);
    command.stderr(Stdio::null());
    let mut waiting = Running::start(command);
    thread::sleep(Duration::from_millis(400));
    waiting.signal("INT");
    let started = Instant::now();
    assert_eq!(waiting.ends().code(), Some(130));
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.log_lines(), before);
    assert_eq!(desk.json(["transactions"]), json!([]));
}

#[test]
fn writers_at_the_same_time_all_get_their_turn() {
    let desk = Desk::new();
    let mut started: Vec<_> = (0..8)
        .map(|number| {
            let mut command = desk.command(["add-stock", &format!("S{number}"), "Stock", "-q"]);
            command.stderr(Stdio::inherit());
            Running::start(command)
        })
        .collect();
    assert!(started.iter_mut().all(|running| running.ends().success()));
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 8);
    let sequences: Vec<_> = desk.audit_lines().iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequences, (1..=10).collect::<Vec<_>>());
}

/// An import that reads from a pipe which stays open.
fn import_from_pipe(desk: &Desk) -> (Running, File) {
    assert!(desk.program("mkfifo").arg("pipe").status().unwrap().success());
    let mut command = desk.command(["import", "--add-stocks", "pipe"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let running = Running::start(command);
    // Opening waits until the import opens the other end; for one that has died, it would be for ever.
    let (sender, opened) = mpsc::channel();
    let path = desk.path("pipe");
    thread::spawn(move || sender.send(File::options().write(true).open(path)));
    let mut pipe = opened.recv_timeout(Duration::from_secs(10)).unwrap().unwrap();
    pipe.write_all(b"date,symbol,price\n2024-01-02,NEW,1\n").unwrap();
    (running, pipe)
}

fn is_interrupted(desk: &Desk, running: &mut Running) {
    let status = running.ends();
    let said = std::io::read_to_string(running.child().stderr.take().unwrap()).unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(130), "error: interrupted; nothing was recorded\n"));
    let shown = std::io::read_to_string(running.child().stdout.take().unwrap()).unwrap();
    assert_eq!(shown, "");
    assert!(!desk.book().exists() && !desk.log().exists());
}

#[test]
fn an_interrupted_import_records_nothing() {
    for signal in ["INT", "TERM", "HUP"] {
        let desk = Desk::new();
        let (mut running, mut pipe) = import_from_pipe(&desk);
        thread::sleep(Duration::from_millis(100));
        running.signal(signal);
        thread::sleep(Duration::from_millis(100));
        // Rows go on coming; the import may have gone by now.
        let _ = pipe.write_all(b"2024-01-03,NEW,1\n2024-01-04,NEW,1\n");
        is_interrupted(&desk, &mut running);
    }
}

#[test]
fn a_pipe_that_is_closed_early_is_no_error() {
    let desk = Desk::new();
    let rows: Vec<_> = (0..3000).map(|row| format!("2024-01-02,buy,ACME,1,{row}.5\n")).collect();
    let rows = rows.concat();
    desk.fed(&format!("date,action,symbol,quantity,price\n{rows}"), ["import", "--add-stocks", "-", "-q"]).exits(0);
    for command in
        ["audit", "transactions", "transactions -O json", "transactions -O csv", "audit -O csv", "audit -O table"]
    {
        let status = format!("{{ \"$0\" {command}; echo \"exit $?\" >&2; }} | head -1 >/dev/null");
        assert_eq!(desk.shell(&status).exits(0).err(), "exit 0\n", "{command}");
    }
    // Work is done, whoever reads what is said of it.
    let run = desk.shell("{ sleep 0.2; \"$0\" buy ACME 1 1; echo \"exit $?\" >&2; } | true");
    assert_eq!(run.exits(0).err(), "exit 0\n");
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "3001");
}

#[test]
fn a_full_disk_behind_standard_output_fails_a_read_but_not_what_is_recorded() {
    let desk = Desk::with_stocks();
    for command in ["stocks", "transactions -O csv", "audit", "audit -O csv"] {
        let run = desk.shell(&format!("exec \"$0\" {command} >/dev/full")).exits(1);
        assert!(run.err().starts_with("error: "), "{run}");
    }
    let run = desk.shell("exec \"$0\" stocks -O json >/dev/full").exits(1);
    assert_eq!(run.json_error()["code"], "io_error");
    for command in ["buy ACME 1 1", "buy ACME 1 1 -O json", "update-price ACME 3 -O csv"] {
        let run = desk.shell(&format!("exec \"$0\" {command} >/dev/full")).exits(0);
        assert!(run.err().starts_with("warning: "), "{run}");
    }
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "2");
}

#[test]
fn closed_standard_streams_do_no_harm() {
    let desk = Desk::with_stocks();
    desk.shell("exec \"$0\" buy ACME 1 1 <&- >&- 2>&-").exits(0);
    desk.shell("exec \"$0\" holdings 2>&-").exits(0);
    assert_eq!(desk.json(["holdings"])[0]["quantity"], "1");
    assert_eq!(desk.shell("exec \"$0\" sell ACME 9 1 2>&-").exits(3).out(), "");
    // With no standard output, the book itself would be opened in its place by a careless program.
    assert_eq!(desk.audit_lines().len(), 5);
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
fn an_import_that_waits_for_its_input_can_be_interrupted() {
    let desk = Desk::new();
    let (mut running, pipe) = import_from_pipe(&desk);
    thread::sleep(Duration::from_millis(200));
    running.signal("INT");
    is_interrupted(&desk, &mut running);
    drop(pipe);
}
