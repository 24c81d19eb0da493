//! Input that no sensible person would type, but somebody will.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use serde_json::Value;

use crate::harness::{Desk, Run};

const ZERO_WIDTH_JOINED: &str = "👩\u{200d}🚀 Space";

/// Whether a text contains anything that could control a terminal.
fn is_raw(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    })
}

fn assert_clean(run: &Run) {
    assert!(!is_raw(&run.out()) && !is_raw(&run.err()), "{run}");
    assert!(!run.err().contains("panicked"), "{run}");
}

/// Asserts that every value is refused as wrong usage with this code, shown safely and shortened, and leaves
/// nothing behind.
fn are_refused(values: &[&str], code: &str, args: impl Fn(&str) -> Vec<String>) {
    let desk = Desk::with_stocks();
    let before = desk.everything();
    for value in values {
        let error = desk.error(2, args(value));
        assert_eq!(error["code"], code, "{value:?}: {error}");
        let run = desk.run(args(value)).exits(2);
        assert_clean(&run);
        assert!(run.stderr.len() < 1000, "{run}");
    }
    assert_eq!(desk.everything(), before);
}

fn strings(args: &[&str]) -> Vec<String> {
    args.iter().map(|&arg| arg.to_owned()).collect()
}

const NO_NUMBERS: [&str; 30] = [
    "",
    " ",
    "abc",
    "1e5",
    "1E-7",
    "1e400",
    "0x10",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "+5",
    "1_000",
    "1,000",
    "1.000,50",
    " 5",
    "5 ",
    "５",
    "٥",
    "\u{2212}5",
    "..5",
    "5.",
    ".",
    "1.2.3",
    "--5",
    "$$5",
    "5%",
    "½",
    "5\u{1b}[31m",
    "5\n",
];

const TOO_LONG: [&str; 3] = ["1000000000000000000", "99999999999999999999999999999999999999", "0.00000000001"];

#[test]
fn only_plain_decimals_are_quantities_prices_fees_and_amounts() {
    let quantities = [&NO_NUMBERS[..], &TOO_LONG, &["0", "-0", "0.0", "-5", "$5", "5 USD", "@5"]].concat();
    are_refused(&quantities, "invalid_quantity", |value| strings(&["buy", "--", "ACME", value, "1"]));
    let prices = [&NO_NUMBERS[..], &TOO_LONG, &["-5"]].concat();
    are_refused(&prices, "invalid_price", |value| strings(&["buy", "--", "ACME", "1", value]));
    are_refused(&prices, "invalid_price", |value| strings(&["update-price", "--", "ACME", value]));
    are_refused(&prices, "invalid_fee", |value| {
        vec!["buy".into(), "ACME".into(), "1".into(), "1".into(), format!("--fee={value}")]
    });
}

#[test]
fn numbers_at_the_limits_are_kept_to_the_last_digit() {
    let desk = Desk::with_stocks();
    let largest = "999999999999999999.9999999999";
    let bought = desk.json(["buy", "ACME", largest, "1", "--date", "2024-01-02"]);
    assert_eq!((&bought["quantity"], &bought["total_amount"]), (&largest.into(), &largest.into()));
    // One more share, or a larger amount, than a book can hold: refused, never wrapped.
    let before = desk.everything();
    assert_eq!(desk.error(3, ["buy", "ACME", largest, "1"])["code"], "too_large");
    assert_eq!(desk.error(3, ["buy", "BOLT", largest, largest])["code"], "too_large");
    assert_eq!(desk.error(3, ["buy", "BOLT", "0.0000000001", "--amount", largest])["code"], "too_large");
    assert_eq!(desk.everything(), before);
    desk.ok(["update-price", "ACME", largest, "--date", "2024-01-02"]);
    // Its value does not fit: it is unknown, not wrong.
    let run = desk.run(["holdings", "-O", "json"]).exits(0);
    let held: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(held[0]["market_value"], Value::Null, "{run}");
    desk.ok(["sell", "ACME", largest, "0", "--date", "2024-01-03"]);
}

#[test]
fn only_calendar_days_are_dates() {
    let days = [
        "",
        "2024-02-30",
        "2023-02-29",
        "0000-01-01",
        "1899-12-31",
        "9999-12-31",
        "03/04/2024",
        "24-01-01",
        "2024-01-01T00:00:00Z",
        "2024-13-01",
        "2024010",
        "202401011",
        "2 3 2024",
        "Feb 2024",
        "30 Feb 2024",
        "tomorrow",
        "Today",
        "２024-01-01",
        "2024-01-01\u{1b}",
        "-2024-01-01",
        "12024-01-01",
    ];
    are_refused(&days, "invalid_date", |value| {
        vec!["buy".into(), "ACME".into(), "1".into(), "1".into(), format!("--date={value}")]
    });
    are_refused(&days, "invalid_date", |value| {
        vec!["update-price".into(), "ACME".into(), "1".into(), format!("--date={value}")]
    });
}

#[test]
fn an_invalid_symbol_is_refused_by_its_character() {
    let long = "A".repeat(33);
    let symbols = [
        "",
        " ",
        "A  B",
        " AAPL",
        "AAPL ",
        &long,
        "😀",
        "\u{410}APL",
        "A\u{301}",
        "A\u{1b}[0m",
        "A\\B",
        "A\nB",
        "A,B",
        "A'B",
    ];
    for command in ["add-stock", "buy", "sell", "prices", "update-price"] {
        are_refused(&symbols, "invalid_symbol", |value| match command {
            "add-stock" => strings(&[command, value, "Name"]),
            "prices" => strings(&[command, value]),
            "update-price" => strings(&[command, value, "1"]),
            _ => strings(&[command, value, "1", "1"]),
        });
    }
    let desk = Desk::new();
    let error = desk.error(2, ["add-stock", "\u{410}APL", "Not Apple"]);
    assert!(error["message"].as_str().unwrap().contains("U+0410"), "{error}");
    for good in ["BRK.B", "brk-b", "^GSPC", "EURUSD=X", "NYSE:IBM", "0700.HK", "A_B", "--help"] {
        desk.ok(["add-stock", "--", good, "Good"]);
    }
    assert_eq!(desk.json(["stocks"]).as_array().unwrap().len(), 8);
}

const STEERING: [&str; 16] = [
    "a\u{1b}[31mred",
    "a\u{1b}]0;title\u{7}",
    "a\u{7}",
    "a\rb",
    "a\tb",
    "a\nb",
    "a\u{9b}31m",
    "a\u{7f}",
    "a\u{2028}b",
    "a\u{2029}b",
    "a\u{202e}gnp.exe",
    "a\u{202a}b",
    "a\u{2066}b",
    "a\u{2069}b",
    "a\u{fffe}",
    "a\u{fdd0}",
];

#[test]
fn names_and_notes_that_could_steer_a_terminal_are_refused() {
    let long = "x".repeat(201);
    let values = [&STEERING[..], &["", "   ", &long]].concat();
    are_refused(&values, "invalid_company_name", |value| strings(&["add-stock", "NEW", value]));
    are_refused(&values, "invalid_sector", |value| strings(&["add-stock", "NEW", "New", "--sector", value]));
    are_refused(&values, "invalid_industry", |value| {
        strings(&["add-stock", "NEW", "New", "--sector", "S", "--industry", value])
    });
    are_refused(&values, "invalid_portfolio_name", |value| strings(&["add-portfolio", value]));
    are_refused(&values, "invalid_portfolio_name", |value| strings(&["holdings", "-p", value]));
    let long = "x".repeat(1001);
    let values = [&STEERING[..], &["", "   ", &long]].concat();
    are_refused(&values, "invalid_note", |value| strings(&["buy", "ACME", "1", "1", "--note", value]));
    let long = "x".repeat(101);
    let values = [&STEERING[..], &["", &long]].concat();
    are_refused(&values, "invalid_id", |value| strings(&["buy", "ACME", "1", "1", "--id", value]));
}

#[test]
fn wrong_words_are_echoed_safely() {
    let desk = Desk::new();
    for value in STEERING {
        for args in
            [&[value][..], &["holdings", value], &["--color", value, "holdings"], &["import", "--map", value, "x"]]
        {
            let run = desk.run(args);
            assert!([Some(1), Some(2)].contains(&run.status.code()), "{run}");
            assert_clean(&run);
        }
        let run = desk.run(["import", value]).exits(1);
        assert_clean(&run);
    }
}

#[test]
fn names_of_all_scripts_are_welcome_and_stay_as_they_are() {
    let desk = Desk::new();
    let names = [
        "Société Générale",
        "בנק הפועלים",
        "日本電信電話",
        ZERO_WIDTH_JOINED,
        "=1+1",
        "O'Neil \"quoted\", Inc.",
        "e\u{301}",
    ];
    for (number, name) in names.iter().enumerate() {
        desk.ok(["add-stock", &format!("S{number}"), name]);
    }
    let stocks = desk.json(["stocks"]);
    for (stock, name) in stocks.as_array().unwrap().iter().zip(names) {
        let shown = stock["company_name"].as_str().unwrap();
        // Composed or decomposed, it is the same name; here it may be stored composed.
        assert!(shown == name || shown == "é", "{shown}");
    }
    // A spreadsheet must not mistake a name for a formula.
    assert!(desk.ok(["stocks", "-O", "csv"]).contains(",'=1+1,"));
}

#[test]
fn a_book_edited_by_hand_does_not_reach_the_terminal_raw() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02", "--note", "note"]);
    desk.ok(["update-price", "ACME", "1", "--date", "2024-01-02"]);
    for sql in [
        "UPDATE stocks SET company_name = char(27) || ']0;x' || char(7); UPDATE summaries SET company_name = char(27) || '[2J'",
        "UPDATE stocks SET sector = char(155) || '31m' || char(8238)",
        "UPDATE transactions SET note = 'a' || char(10) || char(27) || '[31m'",
        "UPDATE portfolios SET name = 'm' || char(27) || '[31m'; UPDATE summaries SET portfolio_name = char(27) || '[31m'",
        "UPDATE prices SET price = char(27) || '[31m'",
        "UPDATE stocks SET symbol = 'A' || char(27) WHERE symbol = 'ACME'; UPDATE summaries SET symbol = char(27) || 'A'",
        "UPDATE events SET line = replace(line, 'Acme', char(27) || '[31'), end_offset = end_offset",
    ] {
        let book = std::fs::read(desk.book()).unwrap();
        desk.edit(sql);
        for format in ["table", "json", "csv"] {
            for args in [
                &["holdings"][..],
                &["stocks"],
                &["transactions"],
                &["prices", "ACME"],
                &["buy", "ACMX", "1", "1", "-n"],
                &["buy", "ACME", "1", "1", "-n"],
                &["holdings", "-p", "nosuch"],
            ] {
                let run = desk.run(args.iter().chain(&["-O", format]));
                assert_clean(&run);
            }
        }
        std::fs::write(desk.book(), book).unwrap();
    }
}

#[test]
fn an_edited_log_does_not_reach_the_terminal_raw() {
    let desk = Desk::with_stocks();
    let log = std::fs::read_to_string(desk.log()).unwrap();
    // Not the last line, so that the log still passes for the book's.
    std::fs::write(desk.log(), log.replace("\"Acme C", "\"\u{9b}3\u{1b}[m")).unwrap();
    for format in ["table", "csv"] {
        let run = desk.run(["audit", "-O", format]);
        assert_clean(&run);
    }
}

#[test]
fn arguments_that_are_not_utf_8_are_wrong_usage_and_no_panic() {
    let desk = Desk::with_stocks();
    let bad = OsStr::from_bytes(b"A\xFFB");
    let text = |text: &'static str| OsStr::new(text);
    for args in [
        vec![bad],
        vec![text("add-stock"), bad, text("Name")],
        vec![text("add-stock"), text("NEW"), bad],
        vec![text("buy"), text("ACME"), bad, text("1")],
        vec![text("buy"), text("ACME"), text("1"), text("1"), text("--note"), bad],
        vec![text("holdings"), text("-p"), bad],
        vec![text("-O"), bad, text("holdings")],
        vec![text("audit"), text("--type"), bad],
    ] {
        let run = desk.run(&args).exits(2);
        assert!(run.err().starts_with("error: "), "{run}");
    }
    // A path is used as it is.
    let error = desk.error(1, [text("import"), bad]);
    assert_eq!(error["code"], "input_error");
    let mut command = desk.command(["holdings"]);
    command.env("STOCKBOOK_PORTFOLIO", bad);
    Run::of(command).exits(2);
}

#[test]
fn an_odd_environment_does_no_harm() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02"]);
    let shown = desk.ok(["holdings"]);
    for (name, value) in [
        ("TERM", "\u{1b}"),
        ("COLUMNS", "0"),
        ("COLUMNS", "-1"),
        ("TZ", "Nowhere/Nonsense"),
        ("TZ", ":::"),
        ("RUST_BACKTRACE", "full"),
        ("NO_COLOR", ""),
    ] {
        let mut command = desk.command(["holdings"]);
        command.env(name, value);
        assert_eq!(Run::of(command).exits(0).silently().out(), shown, "{name}={value:?}");
    }
    for (name, value) in [("LANG", "C"), ("TERM", "dumb")] {
        let mut command = desk.command(["holdings"]);
        command.env(name, value);
        assert!(Run::of(command).exits(0).out().is_ascii(), "{name}={value:?}");
    }
    let mut command = desk.command(["holdings"]);
    command.env_remove("STOCKBOOK_BOOK").env_remove("HOME").env("XDG_DATA_HOME", "relative");
    let run = Run::of(command);
    assert!([Some(1), Some(2)].contains(&run.status.code()), "{run}");
    assert!(!desk.path("relative").exists());
}

#[test]
fn few_file_descriptors_are_an_error_and_no_panic() {
    let desk = Desk::with_stocks();
    for limit in 3..12 {
        let run = desk.shell(&format!("ulimit -n {limit}; exec \"$0\" stocks"));
        assert!(!run.err().contains("panicked"), "{run}");
        let run = desk.shell(&format!("ulimit -n {limit}; exec \"$0\" buy ACME 1 1 --id 'order {limit}'"));
        assert!(!run.err().contains("panicked"), "{run}");
        assert!([Some(0), Some(1), Some(6)].contains(&run.status.code()) || run.out().is_empty(), "{run}");
    }
    desk.ok(["stocks"]);
    let listed = desk.json(["transactions"]).as_array().unwrap().len();
    assert_eq!(desk.log_lines().len(), listed + 4);
}

#[test]
fn a_limit_on_file_sizes_loses_nothing() {
    let desk = Desk::with_stocks();
    for kilobytes in [0, 1, 2, 4, 40, 80, 100] {
        let run =
            desk.shell(&format!("ulimit -f {kilobytes}; exec \"$0\" buy ACME 1 1 --id 'order {kilobytes}' -O json"));
        assert!(!run.err().contains("panicked"), "{run}");
        let listed = desk.json(["transactions"]).as_array().unwrap().len();
        desk.ok(["buy", "ACME", "1", "1", "--id", &format!("order {kilobytes}")]);
        let after = desk.json(["transactions"]).as_array().unwrap().len();
        // What it reported is what happened.
        assert_eq!(run.status.code() == Some(0), listed == after, "{run}");
    }
    let listed = desk.json(["transactions"]).as_array().unwrap().len();
    assert_eq!(listed, 7);
    assert_eq!(desk.log_lines().len(), listed + 4);
    crate::audit::assert_chain(&desk.log_lines());
}
