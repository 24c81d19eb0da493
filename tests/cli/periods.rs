//! The days of a report, in all the ways to type them.

use serde_json::Value;

use crate::harness::{Desk, column};

/// A purchase on a day of each quarter of 2023 and 2024.
fn desk() -> Desk {
    let desk = Desk::with_stocks();
    for year in ["2023", "2024"] {
        for day in ["01-01", "05-15", "08-31", "12-31"] {
            desk.ok(["buy", "ACME", "1", "100", "--date", &format!("{year}-{day}")]);
        }
    }
    desk
}

fn days(desk: &Desk, args: &[&str]) -> String {
    let rows = desk.json(["transactions"].iter().chain(args));
    column(&rows, "trade_date").join(" ")
}

#[test]
fn a_period_is_from_its_first_to_its_last_day() {
    let desk = desk();
    for (args, found) in [
        (&["--period", "2023-q1"][..], "2023-01-01"),
        (&["--period", "2023-05"], "2023-05-15"),
        (&["--period", "2024"], "2024-01-01 2024-05-15 2024-08-31 2024-12-31"),
        (&["--period", "2024-12-31"], "2024-12-31"),
        (&["--from", "2024-q3"], "2024-08-31 2024-12-31"),
        (&["--to", "2023-05"], "2023-01-01 2023-05-15"),
        // As in hledger, the end is the first day that does not count.
        (&["-b", "2023-05", "-e", "2024-01-01"], "2023-05-15 2023-08-31 2023-12-31"),
        (&["--begin", "2024", "-e", "2024-08-31"], "2024-01-01 2024-05-15"),
        (&["-b", "2023", "-e", "2024"], "2023-01-01 2023-05-15 2023-08-31 2023-12-31"),
    ] {
        assert_eq!(days(&desk, args), found, "{args:?}");
    }
    desk.ok(["buy", "ACME", "1", "100"]);
    for period in ["ytd", "1y", "1m", "1w", "1d", "today"] {
        assert_eq!(desk.json(["transactions", "--period", period]).as_array().unwrap().len(), 1, "{period}");
    }
}

#[test]
fn every_report_of_days_takes_them() {
    let desk = desk();
    desk.ok(["sell", "ACME", "1", "110", "--date", "2024-02-01"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-02-01"]);
    for (report, rows) in [("gains", 1), ("returns", 3), ("prices ACME", 1)] {
        let found = |period: &str| desk.json(report.split(' ').chain(["--period", period])).as_array().map(Vec::len);
        assert_eq!(found("2024-q1"), Some(rows), "{report}");
    }
    assert_eq!(desk.json(["prices", "ACME", "--period", "2024-03"]), Value::Array(vec![]));
    assert_eq!(desk.json(["gains", "--by", "symbol", "-b", "2024-02-02"]), Value::Array(vec![]));
    let exported = desk.ok(["export", "csv", "--period", "2023-05"]);
    assert_eq!(exported.lines().count(), 2, "{exported}");
    let rebased = desk.json(["rebase-prices", "ACME", "--period", "2023"]);
    assert_eq!(rebased["recorded"], false);
}

#[test]
fn days_that_contradict_each_other_are_refused() {
    let desk = desk();
    for (args, code) in [
        (&["--from", "2024", "--to", "2023"][..], "invalid_range"),
        (&["-b", "2024-01-02", "-e", "2024-01-02"], "invalid_range"),
        (&["--to", "2024", "-e", "2024"], "usage"),
        (&["--period", "2024", "--from", "2024"], "usage"),
        (&["--period", "9000"], "invalid_date"),
        (&["--period", "2024-13"], "invalid_period"),
        (&["--from", "2024-13"], "invalid_date"),
    ] {
        assert_eq!(desk.error(2, ["transactions"].iter().chain(args))["code"], code, "{args:?}");
    }
    assert_eq!(desk.error(2, ["gains", "--year", "2024", "--period", "2024"])["code"], "usage");
}

#[test]
fn a_day_can_be_written_in_every_form_that_is_of_no_other_day() {
    let desk = Desk::with_stocks();
    for (at, typed) in
        ["2024-03-05", "2024-3-5", "2024/03/05", "2024/3/5", "20240305", "5 Mar 2024", "05 march 2024", "5-MAR-2024"]
            .iter()
            .enumerate()
    {
        desk.ok(["buy", "ACME", "1", "100", "--date", typed, "--id", &format!("trade {at}")]);
        assert_eq!(days(&desk, &["--from", typed, "--to", typed]).split(' ').count(), at + 1, "{typed}");
    }
    assert!(desk.json(["transactions"]).as_array().unwrap().iter().all(|row| row["trade_date"] == "2024-03-05"));
    assert_eq!(desk.json(["holdings", "--known-on", "1 OCT 2024"]), serde_json::json!([]));
    let error = desk.error(2, ["buy", "ACME", "1", "100", "--date", "30 Feb 2024"]);
    assert_eq!(error["message"], "date `30 Feb 2024` is not of the form YYYY-MM-DD");
}
