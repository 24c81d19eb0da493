//! Books of earlier versions: reading leaves them as they are, the first command that records something
//! migrates them to this version's format, and their reports do not change.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Desk, repository};

/// A command, and the file with its expected output.
const QUESTIONS: [(&[&str], &str); 7] = [
    (&["holdings", "--all"], "expect.holdingsall.json"),
    (&["stocks"], "expect.stocks.json"),
    (&["transactions", "--all"], "expect.transactionsall.json"),
    (&["gains", "--by", "lot"], "expect.gainsbylot.json"),
    (&["gains", "--by", "year"], "expect.gainsbyyear.json"),
    (&["prices", "AAPL"], "expect.pricesAAPL.json"),
    (&["returns", "--to", "2017-12-31"], "expect.returnsto20171231.json"),
];

/// Figures that have changed since: in the time-weighted rates of the total, two trades of one stock at 65.1
/// and 66.3 on 2012-02-01 both counted as trades at 66.3.
const REVISED: [(&str, &str); 2] = [("\"169.822317\"", "\"169.819398\""), ("\"5.66574\"", "\"5.665676\"")];

/// Members of `returns` that were null if anything was unknown, and now have a value if they are known
/// themselves.
const KNOWN_SINCE: [&str; 2] = ["invested", "withdrawn"];

/// The earlier formats.
const FORMATS: [i64; 4] = [1, 2, 3, 4];

fn folder(format: i64) -> PathBuf {
    repository(&format!("tests/books/{format}"))
}

/// A folder with a copy of the book in a format.
fn desk(format: i64) -> Desk {
    let desk = Desk::new();
    for file in fs::read_dir(folder(format)).unwrap() {
        let path = file.unwrap().path();
        desk.file(path.file_name().unwrap().to_str().unwrap(), fs::read(&path).unwrap());
    }
    desk
}

/// The output of that version, with the figures revised since.
fn read(path: &Path) -> Value {
    let said = fs::read_to_string(path).unwrap();
    let revised = REVISED.iter().fold(said, |said, (before, after)| said.replace(before, after));
    serde_json::from_str(&revised).unwrap()
}

/// A member that differs every day.
const OF_TODAY: &str = "price_age_days";

/// Members of an earlier version must have the same values; others may have been added.
fn assert_says(found: &Value, expected: &Value, of: &str) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "rows of {of}");
            found.iter().zip(expected).for_each(|(found, expected)| assert_says(found, expected, of));
        }
        (Value::Object(found), Value::Object(expected)) => {
            let is_fixed =
                |member: &str, said: &Value| member != OF_TODAY && !(said.is_null() && KNOWN_SINCE.contains(&member));
            for (member, expected) in expected.iter().filter(|(member, said)| is_fixed(member, said)) {
                assert_says(found.get(member).unwrap_or(&Value::Null), expected, &format!("{of}: {member}"));
            }
        }
        _ => assert_eq!(found, expected, "{of}"),
    }
}

fn assert_as_ever(desk: &Desk, format: i64) {
    for (question, file) in QUESTIONS {
        assert_says(&desk.json(question), &read(&folder(format).join(file)), &question.join(" "));
    }
}

fn format(desk: &Desk) -> i64 {
    desk.number("PRAGMA user_version")
}

#[test]
fn reading_an_older_book_gives_the_same_results_and_leaves_it_unchanged() {
    for format in FORMATS {
        let desk = desk(format);
        let before = desk.everything();
        assert_as_ever(&desk, format);
        assert_eq!(desk.ok(["audit", "head"]), fs::read_to_string(folder(format).join("expect.head")).unwrap());
        desk.run(["audit", "verify"]).exits(0);
        desk.run(["check"]).exits(0);
        assert_eq!(desk.changed_since(&before), Vec::<PathBuf>::new());
    }
}

#[test]
fn what_an_earlier_version_left_in_the_wal_alone_is_read_and_kept() {
    for format in FORMATS {
        let (source, left) = (desk(format), Desk::new());
        let book = source.sqlite();
        book.execute_batch("UPDATE stocks SET company_name = 'In the WAL' WHERE symbol = 'AAPL'").unwrap();
        for name in ["book.db", "book.db-wal", "book.db.audit.jsonl"] {
            left.file(name, fs::read(source.path(name)).unwrap());
        }
        left.make_private();
        assert!(left.ok(["stocks"]).contains("In the WAL"), "{format}");
        left.ok(["update-price", "AAPL", "170"]);
        assert!(left.ok(["stocks"]).contains("In the WAL"), "{format}");
    }
}

#[test]
fn a_dry_run_and_a_refused_command_leave_an_older_book_as_it_is() {
    for format in FORMATS {
        let desk = desk(format);
        let before = desk.everything();
        desk.ok(["buy", "AAPL", "1", "100", "--dry-run"]);
        desk.ok(["check", "--repair", "--dry-run"]);
        desk.refused(3, ["sell", "AAPL", "1000000", "1"]);
        assert_eq!(desk.changed_since(&before), Vec::<PathBuf>::new());
    }
}

#[test]
fn the_first_command_that_records_something_brings_an_older_book_to_this_format() {
    for older in FORMATS {
        let desk = desk(older);
        desk.ok(["update-price", "AAPL", "170"]);
        assert!(format(&desk) > older);
        desk.run(["check"]).exits(0);
        desk.ok(["buy", "AAPL", "1", "100", "--id", "one"]);
        desk.ok(["void", "one"]);
        desk.run(["check"]).exits(0);
    }
}

/// Records a sale; it must take the lots that a dry run, which reads all of them, says it takes.
fn sell_as_rehearsed(desk: &Desk, args: &[&str]) {
    let rehearsed = desk.json(args.iter().chain(&["--dry-run"]));
    let recorded = desk.json(args);
    let costs = |it: &Value| -> Vec<(Value, Value)> {
        let parts = it["disposals"].as_array().unwrap().iter();
        parts.map(|part| (part["lot_id"].clone(), part["cost_basis"].clone())).collect()
    };
    assert_eq!(costs(&rehearsed), costs(&recorded));
    assert!(costs(&recorded).len() > 1);
}

#[test]
fn sales_of_an_older_book_take_the_highest_cost_first() {
    let desk = desk(2);
    sell_as_rehearsed(&desk, &["-p", "trading", "sell", "IBM", "20", "80", "--date", "2018-01-02"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn sales_of_an_older_book_find_lots_that_no_split_or_transfer_has_changed() {
    let desk = desk(2);
    // None of the books has such lots where the highest cost goes first.
    desk.edit("UPDATE portfolios SET cost_basis_method = 'hifo' WHERE name = 'main'");
    sell_as_rehearsed(&desk, &["-p", "main", "sell", "MSFT", "60", "80", "--date", "2018-01-02"]);
}

#[test]
fn a_sale_in_an_older_book_that_closed_lots_with_fractions_is_taken_back() {
    let desk = desk(4);
    let held = |desk: &Desk| desk.json(["holdings", "MSNX"])[0]["quantity"].clone();
    assert_eq!(held(&desk), "99.8978571429");
    // Of the 40.5 sold.
    desk.ok(["undo"]);
    assert_eq!(held(&desk), "140.3978571429");
    desk.run(["check"]).exits(0);
}

#[test]
fn repairing_an_older_book_brings_it_to_this_format_and_changes_nothing_that_it_says() {
    for older in FORMATS {
        let desk = desk(older);
        desk.ok(["check", "--repair"]);
        assert_as_ever(&desk, older);
        desk.edit("UPDATE positions SET quantity = '1'");
        desk.ok(["check", "--repair"]);
        assert!(format(&desk) > older);
        assert_as_ever(&desk, older);
        desk.run(["check"]).exits(0);
    }
}

#[test]
fn rows_imported_into_an_older_book_are_recognized() {
    for format in FORMATS {
        let desk = desk(format);
        let said = desk.json(["import", "prices.csv", "trades.csv", "extra.csv"]);
        assert_eq!((&said["imported"], &said["prices"]), (&0.into(), &0.into()), "{said}");
    }
}

#[test]
fn a_log_that_stayed_behind_an_older_book_is_completed_by_the_first_command_that_records() {
    for format in FORMATS {
        let desk = desk(format);
        let log = fs::read(desk.log()).unwrap();
        desk.file("book.db.audit.jsonl", &log[..log.len() / 2]);
        desk.ok(["update-price", "AAPL", "170"]);
        assert!(fs::read(desk.log()).unwrap().starts_with(&log));
        desk.run(["audit", "verify"]).exits(0);
    }
}
