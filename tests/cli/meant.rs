//! Command lines that are not understood are answered with what was meant.

use crate::harness::Desk;

/// The hint of a command line that is refused, typed as it stands.
fn hint(desk: &Desk, code: i32, line: &str) -> String {
    let said = desk.refused(code, line.split(' '));
    said.split_once("\nhint: ").unwrap_or_else(|| panic!("{line}: {said}")).1.trim_end().to_owned()
}

#[test]
fn a_symbol_where_an_id_belongs_is_answered_with_how_to_find_ids() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "150", "--date", "2024-01-02"]);
    let list = "`stockbook transactions --symbol ACME` lists them";
    for (line, also) in [("rm ACME", "`stockbook undo`"), ("edit ACME", "`stockbook edit-stock --help`")] {
        let said = hint(&desk, 2, line);
        assert!(said.contains(list) && said.contains(also), "{line}: {said}");
    }
    for line in ["void ACME", "amend acme --price 3", "explain gain ACME"] {
        assert!(hint(&desk, 3, line).contains(list), "{line}");
    }
    // What may be an id is one, and what is no symbol of the book is not listed.
    assert_eq!(hint(&desk, 2, "rm 7d93a421"), "did you mean `stockbook void 7d93a421`?");
    assert_eq!(hint(&desk, 2, "delete broker-4711"), "did you mean `stockbook void broker-4711`?");
    assert!(hint(&desk, 3, "void NOPE").starts_with("`stockbook transactions --all` lists"));
    assert_eq!(hint(&desk, 2, "edit ACME --name Acme"), "did you mean `stockbook edit-stock ACME --name Acme`?");
}

#[test]
fn words_that_lack_their_option_or_quotes_get_them() {
    let desk = Desk::new();
    for (line, meant) in [
        ("transfer ACME 5 ira", "transfer ACME 5 --to ira"),
        ("transfer ACME 5 to ira", "transfer ACME 5 --to ira"),
        ("transfer ACME 5 ira --date 2024-03-01", "transfer ACME 5 --to ira --date 2024-03-01"),
        ("buy ACME 10 150 ira", "buy ACME 10 150 --portfolio ira"),
        ("buy ACME 10 at 150", "buy ACME 10 150"),
        ("sell ACME 10 @ 150 on 2024-05-05", "sell ACME 10 150 --date 2024-05-05"),
        ("add-stock FOO Foo Bar Inc --sector Tech Hardware", "add-stock FOO 'Foo Bar Inc' --sector 'Tech Hardware'"),
        (
            "add-stock FOO Foo --sector Tech Hardware --industry Big Iron",
            "add-stock FOO Foo --sector 'Tech Hardware' --industry 'Big Iron'",
        ),
        ("buy ACME 1 2 --note from my savings", "buy ACME 1 2 --note 'from my savings'"),
    ] {
        assert_eq!(hint(&desk, 2, line), format!("did you mean `stockbook {meant}`?"), "{line}");
    }
    assert_eq!(hint(&desk, 2, "buy 10 ACME at 150"), "the symbol comes first: `stockbook buy ACME 10 150`");
}

#[test]
fn commands_in_other_words_are_found() {
    let desk = Desk::new();
    for (line, meant) in [
        ("list stocks", "stocks"),
        ("show transactions --tail 3", "transactions --tail 3"),
        ("get prices ACME", "prices ACME"),
        ("rm price ACME 2024-01-02", "remove-price ACME 2024-01-02"),
        ("set price ACME 180", "update-price ACME 180"),
        ("new portfolio ira", "add-portfolio ira"),
        ("rename portfolio ira --name pension", "edit-portfolio ira --name pension"),
        ("version", "--version"),
        ("manual", "help"),
        ("stats", "holdings"),
        ("show ACME", "holdings ACME"),
        ("fx EUR USD", "rates EUR USD"),
        ("merge ACME INIT 1:2", "exchange ACME INIT 1:2"),
        ("delist ACME", "write-off ACME"),
        ("split ACME 4 1", "split ACME 4:1"),
        ("split ACME 4 for 1 --date 2024-02-01", "split ACME 4:1 --date 2024-02-01"),
    ] {
        assert_eq!(hint(&desk, 2, line), format!("did you mean `stockbook {meant}`?"), "{line}");
    }
    assert_eq!(hint(&desk, 2, "update-rate EUR/USD 1.08"), "a pair is two words: `stockbook update-rate EUR USD 1.08`");
    assert_eq!(hint(&desk, 2, "show prices"), "did you mean prices? see `stockbook prices --help`");
}

#[test]
fn an_hour_may_have_one_digit() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "150", "--date", "2024-01-02", "--time", "9:30"]);
    desk.file(
        "t.csv",
        "date,time,action,symbol,quantity,price\n2024-01-02,8:05:07,buy,ACME,1,150\n2024-01-03 7:01,,buy,ACME,1,150\n",
    );
    desk.ok(["import", "t.csv"]);
    let rows = desk.json(["transactions"]);
    let times: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["trade_time"]).collect();
    assert_eq!(times, ["09:30:00", "08:05:07", "07:01:00"]);
}

#[test]
fn a_folder_that_is_missing_is_named_with_the_command_that_makes_it() {
    let desk = Desk::with_stocks();
    for args in [&["report", "--html"][..], &["export", "csv", "-o"], &["backup"]] {
        let said = desk.refused(1, args.iter().chain(&["my reports/2024/file"]));
        let folder = desk.path("my reports/2024");
        assert!(said.contains(&format!("file: there is no folder {}\n", folder.display())), "{said}");
        assert!(said.ends_with(&format!("mkdir -p '{}'\n", folder.display())), "{said}");
        std::fs::create_dir_all(&folder).unwrap();
        desk.ok(args.iter().chain(&["my reports/2024/file"]));
        std::fs::remove_dir_all(desk.path("my reports")).unwrap();
    }
}

#[test]
fn a_sound_book_is_said_to_be_so_into_a_pipe() {
    let desk = Desk::with_stocks();
    let said = desk.ok(["check"]);
    assert!(said.lines().count() == 1 && said.starts_with(&format!("{} is sound: ", desk.book().display())), "{said}");
    assert_eq!(desk.ok(["check", "-q"]), "");
}

#[test]
fn the_currencies_that_a_book_knows_are_offered() {
    let desk = Desk::with_stocks();
    desk.ok(["update-rate", "EUR", "CHF", "0.95", "--date", "2024-01-02"]);
    let all = "CHF\tthere are rates of it\nEUR\tstocks are traded in it\nUSD\tstocks are traded in it\n";
    for words in
        [&["holdings", "--in"][..], &["--reporting-currency"], &["add-stock", "X", "Y", "--currency"], &["rates"]]
    {
        assert_eq!(desk.ok([&["complete", "--"], words, &[""]].concat()), all, "{words:?}");
    }
    assert_eq!(desk.ok(["complete", "--", "returns", "--in", "e"]), "EUR\tstocks are traded in it\n");
}

#[test]
fn a_narrow_table_of_returns_keeps_value_and_gain() {
    let desk = Desk::with_stocks();
    for symbol in ["ACME", "BOLT"] {
        desk.ok(["buy", symbol, "10", "100", "--date", "2023-01-02"]);
        desk.ok(["update-price", symbol, "1200", "--date", "2024-01-02"]);
    }
    let mut command = desk.command(["returns", "--to", "2024-01-02"]);
    let said = crate::harness::Run::of({
        command.env("COLUMNS", "80");
        command
    })
    .exits(0)
    .out();
    let head = said.lines().find(|line| line.starts_with("OF")).unwrap();
    assert_eq!(
        head.split_whitespace().collect::<Vec<_>>().join(" "),
        "OF VALUE GAIN ANNUAL, BY MONEY BY TIME CURRENCY"
    );
    assert!(said.contains("no room for invested; withdrawn; dividends; weight; annual, by time"), "{said}");
}
