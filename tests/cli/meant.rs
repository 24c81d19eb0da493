//! Suggestions for command lines that are not understood.

use crate::harness::Desk;

/// The hint for a refused command line, which is written as typed; `_` represents a blank in a word.
fn hint(desk: &Desk, code: i32, line: &str) -> String {
    let said = desk.refused(code, line.split(' ').map(|word| word.replace('_', " ")));
    said.split_once("\nhint: ").unwrap_or_else(|| panic!("{line}: {said}")).1.trim_end().to_owned()
}

#[test]
fn the_command_that_was_meant_is_offered_whole() {
    let desk = Desk::new();
    for (line, meant) in [
        ("hodlings --all -p old_age", "holdings --all -p 'old age'"),
        // Words that people may try.
        ("ls", "holdings"),
        ("bal --as-of 2024-12-31", "holdings --as-of 2024-12-31"),
        ("rm a1b2c3", "void a1b2c3"),
        ("edit a1b2c3 --price 15", "amend a1b2c3 --price 15"),
        ("-q tx --type buy", "-q transactions --type buy"),
        ("log", "audit"),
        ("price AAPL 180", "update-price AAPL 180"),
        ("price AAPL", "prices AAPL"),
        ("BUY AAPL 1 150", "buy AAPL 1 150"),
        ("value", ""),
        ("lots AAPL", "explain holding AAPL"),
        // Commands of two words, in either order.
        ("add portfolio ira", "add-portfolio ira"),
        ("-q stock add AAPL Apple_Inc.", "-q add-stock AAPL 'Apple Inc.'"),
        ("update price AAPL 180", "update-price AAPL 180"),
        // Words that should follow an option.
        ("gains AAPL", "gains --symbol AAPL"),
        ("gains 2024 -O csv", "gains --period 2024 -O csv"),
        ("transactions --tail 3 brk.b", "transactions --tail 3 --symbol brk.b"),
        ("chart ytd", "chart --period ytd"),
        // Words that form one value, and options that people may try.
        ("add-stock ACME Acme Corp. -n", "add-stock ACME 'Acme Corp.' -n"),
        ("buy ACME 1 15 --note a bonus -q", "buy ACME 1 15 --note 'a bonus' -q"),
        ("buy ACME 1 15 2024-01-02", "buy ACME 1 15 --date 2024-01-02"),
        ("holdings --date 2024-01-02", "holdings --as-of 2024-01-02"),
        (
            "buy ACME 1 15 --on=2024-01-02 --commission 1 --comment x",
            "buy ACME 1 15 --date=2024-01-02 --fee 1 --note x",
        ),
        ("gains --since 2024-01-01 --json", "gains --from 2024-01-01 --output-format=json"),
        ("-f a.db holdings", "--book a.db holdings"),
        ("export csv --file a.csv", "export csv --output a.csv"),
        ("tx --since 2024-01-01", "transactions --from 2024-01-01"),
        ("rename ACME ACMX", "edit-stock ACME --symbol ACMX"),
        ("new ACME Acme Corp.", "add-stock ACME 'Acme Corp.'"),
        ("buy ACME 1 15 -d 2024-01-02", "buy ACME 1 15 --date 2024-01-02"),
        ("performance -M", "performance --by=month"),
        // Subjects of `explain`, without the word that says what they are.
        ("explain ACME", "explain holding ACME"),
        ("explain f", "explain holding f"),
        ("explain 1b3e1822", "explain gain 1b3e1822"),
        ("explain gains 1b3e1822", "explain gain 1b3e1822"),
        // In other words.
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
        ("delete trade 7d93a421", "void 7d93a421"),
        ("rm dividend broker-4711 --reason twice", "void broker-4711 --reason twice"),
        ("rm import 924992b9", "undo 924992b9"),
        // Words without their option or quotes.
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
        assert_eq!(
            hint(&desk, 2, line),
            format!("did you mean `{}`?", format!("stockbook {meant}").trim_end()),
            "{line}"
        );
    }
    for (line, word) in [("holdings --as-off 2024-01-02", "--as-of"), ("gains --by symbl", "symbol")] {
        assert_eq!(hint(&desk, 2, line), format!("did you mean `{word}`?"), "{line}");
    }
    assert_eq!(hint(&desk, 2, "update-rate EUR/USD 1.08"), "a pair is two words: `stockbook update-rate EUR USD 1.08`");
}

#[test]
fn what_cannot_be_removed_is_told_why_and_what_there_is() {
    let desk = Desk::with_stocks();
    for line in ["delete stock ACME", "rm stock", "remove-stock ACME", "del stocks", "delete-stock ACME"] {
        let said = hint(&desk, 2, line);
        assert!(said.starts_with("a stock stays") && said.contains("`stockbook undo` takes it back"), "{line}: {said}");
        assert!(said.contains("`stockbook edit-stock`"), "{line}: {said}");
    }
    for line in ["rm portfolio ira", "delete account ira", "remove-portfolio ira", "Delete Portfolio main"] {
        let said = hint(&desk, 2, line);
        assert!(said.starts_with("a portfolio stays") && said.contains("`stockbook edit-portfolio`"), "{line}: {said}");
    }
    // A stock that was added otherwise can still be corrected.
    assert!(hint(&desk, 3, "add-stock ACME Acme").contains("`stockbook edit-stock ACME --help` how to correct it"));
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
    // A word that may be an id is one, and a word that is no symbol of the book is not listed.
    assert_eq!(hint(&desk, 2, "rm 7d93a421"), "did you mean `stockbook void 7d93a421`?");
    assert_eq!(hint(&desk, 2, "delete broker-4711"), "did you mean `stockbook void broker-4711`?");
    assert!(hint(&desk, 3, "void NOPE").starts_with("`stockbook transactions --all` lists"));
    assert_eq!(hint(&desk, 2, "edit ACME --name Acme"), "did you mean `stockbook edit-stock ACME --name Acme`?");
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
        let line = format!("buy ACME 1 15 --date {typed}");
        assert_eq!(hint(&desk, 2, &line), format!("write it as {days}"), "{typed}");
    }
    let said = hint(&desk, 2, "buy ACME 1 15 --date 31/31/2024");
    assert_eq!(said, "write it like 2024-01-31, or today or yesterday");
}

#[test]
fn a_command_of_which_most_is_missing_is_shown_by_an_example() {
    let desk = Desk::new();
    for (line, meant) in [
        ("buy", "for example `stockbook buy AAPL 10 150.25 --fee 1 --date 2024-01-02`; see `stockbook buy --help`"),
        ("sell AAPL 1", "give the price per share, or the total with --amount"),
        ("explain", "`stockbook explain --help` lists what can follow"),
    ] {
        assert_eq!(hint(&desk, 2, line), meant, "{line}");
    }
}

#[test]
fn a_command_that_needs_more_says_where_to_look() {
    let desk = Desk::new();
    for (line, command) in [
        ("sel", "sell"),
        ("buyy", "buy"),
        ("tranfer", "transfer"),
        ("update-prize", "update-price"),
        ("update", "update-price"),
        ("rm", "void"),
        ("delete", "void"),
        ("set cost-basis main", "set-cost-basis"),
        ("show prices", "prices"),
    ] {
        let meant = format!("did you mean {command}? see `stockbook {command} --help`");
        assert_eq!(hint(&desk, 2, line), meant, "{line}");
        desk.ok([command, "--help"]);
    }
}

#[test]
fn what_is_not_similar_and_what_is_hidden_is_not_suggested() {
    let desk = Desk::new();
    for typed in ["commit", "complet", "deposit", "print-all", "quit", "exit", "use"] {
        assert_eq!(hint(&desk, 2, typed), "see `stockbook --help`", "{typed}");
    }
    for (line, meant) in [
        ("void a1 b2", "see `stockbook void --help`"),
        ("buy AAPL --price 15 --qty 1", "see `stockbook buy --help`"),
        ("import a.csv --broker degiro", "see `stockbook import --help`"),
        ("void a1 --soon", "see `stockbook void --help`"),
        ("export", "csv, json, ledger, hledger or beancount"),
    ] {
        assert_eq!(hint(&desk, 2, line), meant, "{line}");
    }
}

#[test]
fn the_symbol_comes_first() {
    let desk = Desk::new();
    for (line, meant) in [
        ("buy 10 AAPL 150", "buy AAPL 10 150"),
        ("-p old_age sell 1.5 brk.b 400 --fee 1", "-p 'old age' sell brk.b 1.5 400 --fee 1"),
        ("dividend 24 AAPL", "dividend AAPL 24"),
        ("split 4:1 AAPL", "split AAPL 4:1"),
        ("update-price 180 AAPL", "update-price AAPL 180"),
        ("buy 10 ACME at 150", "buy ACME 10 150"),
    ] {
        assert_eq!(hint(&desk, 2, line), format!("the symbol comes first: `stockbook {meant}`"), "{line}");
    }
    // It is not said if that is not the mistake.
    for line in ["buy AAPL ten 150", "buy AAPL 10 a_lot", "split AAPL four"] {
        let said = desk.refused(2, line.split(' ').map(|word| word.replace('_', " ")));
        assert!(!said.contains("comes first"), "{said}");
    }
}
