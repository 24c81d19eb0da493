//! Errors as sentences and as JSON.

use serde_json::{Value, json};

use super::filled;
use crate::harness::{Desk, Run, members};

#[test]
fn an_error_is_a_sentence_and_a_hint() {
    let desk = filled();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.refused(3, ["sell", "ACME", "5000", "1"]).replace(&today(&desk), "[today]"), @"
    error: cannot sell 5000 ACME: 1000 held in portfolio main on [today]
    hint: sell at most 1000, or record the missing purchase of ACME first
    ");
    insta::assert_snapshot!(desk.refused(2, ["buy", "ACME", "1,000", "1"]), @"
    error: quantity `1,000` can be read in two ways
    hint: write it as 1000 or 1
    ");
    insta::assert_snapshot!(desk.refused(2, ["holdngs"]), @"
    error: unrecognized subcommand 'holdngs'
    hint: did you mean `stockbook holdings`?
    ");
    insta::assert_snapshot!(desk.refused(1, ["holdings", "--book", "nowhere.db"]), @"
    error: no book at [folder]/nowhere.db
    hint: the first command that records something makes it, such as `stockbook --book nowhere.db add-stock AAPL 'Apple Inc.'`; or name another with --book
    ");
}

/// The program's current date in these tests.
fn today(desk: &Desk) -> String {
    desk.json(["buy", "ACME", "1", "1", "-n"])["trade_date"].as_str().unwrap().to_owned()
}

#[test]
fn an_error_as_json_is_one_line_with_code_message_and_hint() {
    let desk = filled();
    let error = desk.error(3, ["sell", "ACME", "5000", "1"]);
    assert_eq!(members(&error), ["code", "message", "hint"]);
    // Unknown members are null and never left out.
    let error = desk.error(2, ["buy", "ACME", "abc", "1"]);
    assert_eq!(members(&error), ["code", "message", "hint"]);
    assert_eq!((&error["code"], &error["hint"]), (&json!("invalid_quantity"), &Value::Null));
    // In whatever way the format is chosen.
    for args in [&["-Ojson", "bye"][..], &["bye", "--output-format=json"], &["bye", "--output-format", "json"]] {
        assert_eq!(desk.run(args).exits(2).json_error()["code"], "usage", "{args:?}");
    }
    let mut command = desk.command(["bye"]);
    command.env("STOCKBOOK_OUTPUT_FORMAT", "json");
    assert_eq!(Run::of(command).exits(2).json_error()["code"], "usage");
}

#[test]
fn a_refused_import_as_json_lists_every_row() {
    let desk = filled();
    let path = desk.file("bad.csv", "date,symbol,price\n2024-01-02,ACME,x\n2024-02-30,ACME,1\n");
    let error = desk.error(3, ["import".as_ref(), path.as_os_str()]);
    assert_eq!(members(&error), ["code", "message", "hint", "details"]);
    for detail in error["details"].as_array().unwrap() {
        assert_eq!(members(detail), ["file", "line", "code", "message"]);
    }
    assert_eq!(error["details"].as_array().unwrap().len(), 2);
}
