//! What is suggested for a command line that is wrong.

use crate::harness::Desk;

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
