//! Every command with a log that is not the book's: commands that record or read the log refuse, the others
//! warn, and nothing is overwritten.

use std::collections::BTreeSet;
use std::fs;

use crate::harness::Desk;

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conduct {
    /// Exit code 1, with the remedy.
    Refuses,
    /// Exit code 0 and its result, with a warning.
    Warns,
    /// Exit code 4: its purpose is to find this.
    Finds,
}

const COMMANDS: &[(&[&str], Conduct)] = &[
    (&["add-stock", "NEW", "New"], Conduct::Refuses),
    (&["add-stock", "ACME", "Acme Corporation"], Conduct::Refuses),
    (&["add-portfolio", "pension"], Conduct::Refuses),
    (&["edit-stock", "ACME", "--name", "Acme"], Conduct::Refuses),
    (&["edit-portfolio", "pension", "--name", "old age"], Conduct::Refuses),
    (&["update-price", "ACME", "1"], Conduct::Refuses),
    (&["remove-price", "ACME", "2024-01-03"], Conduct::Refuses),
    (&["rebase-prices", "ACME"], Conduct::Refuses),
    (&["update-rate", "EUR", "USD", "1.1"], Conduct::Refuses),
    (&["remove-rate", "EUR", "USD", "2024-01-03"], Conduct::Refuses),
    (&["buy", "ACME", "1", "130"], Conduct::Refuses),
    (&["sell", "ACME", "1", "130"], Conduct::Refuses),
    (&["dividend", "ACME", "5"], Conduct::Refuses),
    (&["split", "ACME", "2:1"], Conduct::Refuses),
    (&["spin-off", "ACME", "NEW", "1:5", "--cost-share", "10"], Conduct::Refuses),
    (&["exchange", "ACME", "NEW", "1:5"], Conduct::Refuses),
    (&["return-capital", "ACME", "1"], Conduct::Refuses),
    (&["adjust-cost", "ACME", "1"], Conduct::Refuses),
    (&["write-off", "ACME"], Conduct::Refuses),
    (&["transfer", "ACME", "1", "--to", "pension"], Conduct::Refuses),
    (&["void", "123456"], Conduct::Refuses),
    (&["amend", "123456", "--quantity", "5"], Conduct::Refuses),
    (&["undo"], Conduct::Refuses),
    (&["set-cost-basis", "main", "lifo"], Conduct::Refuses),
    (&["import", "trades.csv"], Conduct::Refuses),
    (&["buy", "ACME", "1", "130", "--dry-run"], Conduct::Refuses),
    (&["audit"], Conduct::Refuses),
    (&["audit", "--tail", "1"], Conduct::Refuses),
    (&["audit", "head"], Conduct::Refuses),
    (&["follow", "copy", "--once", "--", "cat"], Conduct::Refuses),
    (&["handlers"], Conduct::Warns),
    (&["audit", "verify"], Conduct::Finds),
    (&["check"], Conduct::Finds),
    (&["backup", "copy.db", "--force"], Conduct::Warns),
    (&[], Conduct::Warns),
    (&["holdings"], Conduct::Warns),
    (&["summary"], Conduct::Warns),
    (&["gains", "-O", "json"], Conduct::Warns),
    (&["stocks"], Conduct::Warns),
    (&["portfolios"], Conduct::Warns),
    (&["imports"], Conduct::Warns),
    (&["returns"], Conduct::Warns),
    (&["dividends", "-O", "json"], Conduct::Warns),
    (&["allocation"], Conduct::Warns),
    (&["performance"], Conduct::Warns),
    (&["chart"], Conduct::Warns),
    (&["report", "--html", "-"], Conduct::Warns),
    (&["transactions"], Conduct::Warns),
    (&["prices", "ACME"], Conduct::Warns),
    (&["rates"], Conduct::Warns),
    (&["export", "json"], Conduct::Warns),
    (&["reconcile", "held.csv"], Conduct::Warns),
    (&["history", "purchase"], Conduct::Warns),
    (&["explain", "holding", "ACME"], Conduct::Warns),
];

/// Commands that do not read the book.
const BOOKLESS: &[&str] = &["config", "formats"];

/// A command that completes words, and is silent if it finds none.
const SILENT: &[&str] = &["complete"];

#[test]
fn every_command_is_put_to_the_test() {
    let tested: BTreeSet<&str> = COMMANDS.iter().filter_map(|(args, _)| args.first().copied()).collect();
    let command = stockbook::cli::command();
    let untested: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .filter(|name| !tested.contains(name) && !BOOKLESS.contains(name) && !SILENT.contains(name))
        .collect();
    assert!(untested.is_empty(), "what do these do where the log is not the book's? {untested:?}");
}

#[test]
fn what_records_refuses_and_what_reads_warns() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "purchase"]);
    desk.ok(["update-rate", "EUR", "USD", "1.2", "--date", "2024-01-03"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-03"]);
    desk.file("held.csv", "symbol,quantity\nACME,10\n");
    desk.file("trades.csv", "date,action,symbol,quantity,price\n2024-05-02,buy,ACME,1,169\n");
    desk.ok(["backup", "copy.db"]);
    let whole = fs::read_to_string(desk.log()).unwrap();
    let edited = whole.replace("\"new_price\":\"120\"", "\"new_price\":\"121\"");
    for foreign in [edited, whole.clone() + "{}\n", "not ours\n".repeat(500)] {
        fs::write(desk.log(), &foreign).unwrap();
        let book = fs::read(desk.book()).unwrap();
        for (args, conduct) in COMMANDS {
            match conduct {
                Conduct::Refuses => {
                    let error = desk.error(1, *args);
                    assert_eq!(error["code"], "foreign_audit_log", "{args:?}: {error}");
                    assert!(error["hint"].as_str().unwrap().contains("`stockbook audit repair`"), "{args:?}: {error}");
                }
                Conduct::Warns => {
                    let run = desk.run(*args).exits(0);
                    assert!(!run.stdout.is_empty() || run.err().contains("note: nothing was imported"), "{run}");
                    assert!(run.err().starts_with("warning: ") && run.err().contains("audit repair"), "{run}");
                }
                Conduct::Finds => drop(desk.run(*args).exits(4)),
            }
            assert_eq!(fs::read_to_string(desk.log()).unwrap(), foreign, "{args:?}");
            assert_eq!(fs::read(desk.book()).unwrap(), book, "{args:?}");
        }
    }
    desk.run(["audit", "repair"]).exits(0);
    assert_eq!(fs::read_to_string(desk.log()).unwrap(), whole);
    desk.run(["sell", "ACME", "1", "130"]).exits(0).silently();
}
