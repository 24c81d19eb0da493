//! Holdings as of a day, and as the book knew them at an instant.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use crate::gains::{id, lines};
use crate::harness::Desk;

const POSITION: [&str; 9] = [
    "portfolio",
    "symbol",
    "quantity",
    "cost_basis",
    "price",
    "price_date",
    "market_value",
    "realized_gain",
    "dividends",
];

fn told(desk: &Desk, args: &str) -> Vec<String> {
    lines(&desk.json(args.split(' ')), &POSITION)
}

fn record(desk: &Desk, commands: &[&str]) {
    for command in commands {
        desk.ok(command.split(' '));
    }
}

/// The instant of the last event.
fn now(desk: &Desk) -> String {
    let last: Value = serde_json::from_str(desk.log_lines().last().unwrap()).unwrap();
    last["occurred_at"].as_str().unwrap().to_owned()
}

#[test]
fn a_day_is_shown_with_all_that_happened_up_to_its_end_and_the_price_known_on_it() {
    let desk = Desk::with_stocks();
    record(
        &desk,
        &[
            "buy ACME 10 100 --fee 5 --date 2024-01-02",
            "update-price ACME 110 --date 2024-02-01",
            "dividend ACME 7 --date 2024-02-10",
            "split ACME 2:1 --date 2024-03-01",
            "sell ACME 8 60 --date 2024-03-05",
            "update-price ACME 70 --date 2024-04-01",
        ],
    );
    for (day, expected) in [
        ("2024-01-02", "main ACME 10 1005 null null null 0 0"),
        ("2024-02-09", "main ACME 10 1005 110 2024-02-01 1100 0 0"),
        ("2024-02-29", "main ACME 10 1005 110 2024-02-01 1100 0 7"),
        // 110 before a split of 2:1 is 55.
        ("2024-03-01", "main ACME 20 1005 55 2024-02-01 1100 0 7"),
        // 8/20 of 1005 is 402: 480 − 402.
        ("2024-03-31", "main ACME 12 603 55 2024-02-01 660 78 7"),
        ("2024-04-01", "main ACME 12 603 70 2024-04-01 840 78 7"),
    ] {
        assert_eq!(told(&desk, &format!("holdings --as-of {day}")), [expected], "{day}");
    }
    assert_eq!(told(&desk, "holdings --as-of 2024-01-01 --all"), [""; 0]);
    assert_eq!(desk.json(["holdings", "--as-of", "today"]), desk.json(["holdings"]));
}

#[test]
fn lots_that_were_transferred_are_where_they_were_on_the_day() {
    let desk = Desk::with_stocks();
    record(
        &desk,
        &[
            "add-portfolio pension",
            "buy ACME 10 100 --date 2024-01-02",
            "transfer ACME 4 --to pension --date 2024-02-01",
            "sell ACME 6 120 --date 2024-03-01",
            "-p pension sell ACME 1 90 --date 2024-03-01",
        ],
    );
    assert_eq!(told(&desk, "holdings --as-of 2024-01-31"), ["main ACME 10 1000 null null null 0 0"]);
    let both = ["main ACME 6 600 null null null 0 0", "pension ACME 4 400 null null null 0 0"];
    assert_eq!(told(&desk, "holdings --as-of 2024-02-29"), both);
    assert_eq!(told(&desk, "holdings --as-of 2024-02-29 -p pension"), both[1..]);
    let closed = ["main ACME 0 0 null null null 120 0", "pension ACME 3 300 null null null -10 0"];
    assert_eq!(told(&desk, "holdings --as-of 2024-03-01 --all"), closed);
    assert_eq!(told(&desk, "holdings --as-of 2024-03-01"), closed[1..]);
}

#[test]
fn what_came_later_was_not_known() {
    let desk = Desk::with_stocks();
    let sale = id(2);
    record(&desk, &["buy ACME 10 100 --date 2024-02-01", "update-price ACME 120 --date 2024-03-01"]);
    desk.ok(["sell", "ACME", "5", "130", "--date", "2024-03-05", "--id", &sale]);
    let first = now(&desk);
    record(&desk, &["buy ACME 10 80 --date 2024-01-05", "update-price ACME 125 --date 2024-03-01"]);
    let second = now(&desk);
    record(&desk, &["set-cost-basis main hifo", "split ACME 2:1 --date 2024-02-15"]);
    desk.ok(["void", &sale]);
    for (instant, holding, gain) in [
        // 650 − 500
        (&first, "main ACME 5 500 120 2024-03-01 600 150 0", "150"),
        // 650 − 5 × 80
        (&second, "main ACME 15 1400 125 2024-03-01 1875 250 0", "250"),
    ] {
        assert_eq!(told(&desk, &format!("holdings --known-on {instant}")), [holding]);
        for by in ["lot", "sale", "symbol", "year"] {
            let gains = desk.json(["gains", "--by", by, "--known-on", instant]);
            assert_eq!(lines(&gains, &["gain"]), [gain], "--by {by}");
        }
        assert_eq!(desk.json(["gains", "--known-on", instant, "--to", "2024-03-04"]), serde_json::json!([]));
    }
    let both = format!("holdings --known-on {first} --as-of 2024-02-20");
    assert_eq!(told(&desk, &both), ["main ACME 10 1000 null null null 0 0"]);
    assert_eq!(told(&desk, "holdings --known-on 1999-12-31 --all"), [""; 0]);
    assert_eq!(desk.json(["holdings", "--known-on", "today"]), desk.json(["holdings"]));
}

#[test]
fn what_has_not_come_yet_cannot_be_asked_for() {
    let desk = Desk::with_stocks();
    for (args, code) in [
        ("holdings --as-of 2999-01-01", "invalid_date"),
        ("holdings --known-on 2999-01-01", "invalid_date"),
        ("holdings --known-on 2999-01-01T00:00:00Z", "invalid_instant"),
        ("gains --known-on 2999-01-01T00:00:00Z", "invalid_instant"),
        ("gains --known-on yesterdays", "invalid_date"),
    ] {
        assert_eq!(desk.error(2, args.split(' '))["code"], code, "{args}");
    }
    for args in ["holdings --as-of 2024-01-01 -p savings", "gains --known-on today -p savings"] {
        assert_eq!(desk.error(3, args.split(' '))["code"], "unknown_portfolio", "{args}");
    }
}

/// A command that may or may not be refused.
fn command() -> impl Strategy<Value = String> {
    let date = || (1_u32..=3, 1_u32..=28).prop_map(|(month, day)| format!("2024-{month:02}-{day:02}"));
    let portfolio = || prop_oneof![Just("main"), Just("pension")];
    prop_oneof![
        6 => (portfolio(), 1_u32..20, 1_u32..50, date())
            .prop_map(|(p, quantity, price, date)| format!("buy ACME {quantity} {price} -p {p} --date {date}")),
        4 => (portfolio(), 1_u32..9, 1_u32..50, date())
            .prop_map(|(p, quantity, price, date)| format!("sell ACME {quantity} {price} --fee 1 -p {p} --date {date}")),
        2 => (1_u32..50, date()).prop_map(|(price, date)| format!("update-price ACME {price} --date {date}")),
        1 => (1_u32..4, 1_u32..4, date()).prop_map(|(new, old, date)| format!("split ACME {new}:{old} --date {date}")),
        1 => (portfolio(), date()).prop_map(|(p, date)| format!("dividend ACME 5 -p {p} --date {date}")),
        1 => (1_u32..5, date()).prop_map(|(quantity, date)| format!("transfer ACME {quantity} --to pension --date {date}")),
        1 => prop_oneof![Just("lifo"), Just("hifo"), Just("average"), Just("fifo")]
            .prop_map(|method| format!("set-cost-basis main {method}")),
        2 => Just("undo".to_owned()),
        1 => (0_u32..9, 1_u32..50).prop_map(|(number, price)| format!("amend {} --price {price}", id(number))),
        2 => (0_u32..9).prop_map(|number| format!("void {}", id(number))),
    ]
}

const REPORTS: [&str; 5] =
    ["holdings --all", "gains --by lot", "gains --by sale", "gains --by symbol", "gains --by year --year 2024"];

proptest! {
    #![proptest_config(Config { cases: 10, failure_persistence: None, max_shrink_iters: 200, ..Config::default() })]

    #[test]
    fn what_a_report_said_after_a_command_it_says_for_ever_of_that_instant(
        commands in prop::collection::vec(command(), 4..14)
    ) {
        let desk = Desk::with_stocks();
        desk.ok(["add-portfolio", "pension", "--cost-basis", "average"]);
        let mut told = Vec::new();
        for (number, command) in (0..).zip(&commands) {
            let takes_id = ["buy", "sell", "split", "dividend", "transfer"].iter().any(|it| command.starts_with(it));
            let own = [format!("--id={}", id(number))];
            desk.run(command.split(' ').chain(own.iter().map(String::as_str).take(usize::from(takes_id))));
            told.push((now(&desk), REPORTS.map(|report| desk.json(report.split(' ')))));
        }
        for (instant, said) in &told {
            for (report, said) in REPORTS.iter().zip(said) {
                let again = desk.json(report.split(' ').chain(["--known-on", instant]));
                prop_assert_eq!(&again, said, "{} --known-on {}\n{}", report, instant, commands.join("\n"));
            }
        }
        let today = desk.json(["holdings", "--all", "--as-of", "today"]);
        prop_assert_eq!(today, desk.json(["holdings", "--all"]), "{}", commands.join("\n"));
    }
}

#[test]
fn whoever_looks_back_at_entries_that_cannot_stand_says_so() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["sell", "ACME", "8", "120", "--date", "2024-02-01", "--id", "sale"]);
    desk.edit("UPDATE transactions SET quantity = '5' WHERE type = 'BUY'");
    for command in [
        &["holdings", "--as-of", "2024-12-31"][..],
        &["returns", "--to", "2024-12-31"],
        &["explain", "gain", "sale"],
        &["explain", "holding", "ACME"],
    ] {
        let error = desk.error(3, command);
        let said = "cannot sell 8 ACME: 5 held in portfolio main on 2024-02-01";
        assert_eq!(error["message"], said, "{command:?}");
    }
}

#[test]
fn a_holding_says_how_old_its_price_is_and_what_it_weighs() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "SAP", "SAP"]);
    desk.ok(["add-stock", "ZED", "Zed"]);
    record(
        &desk,
        &[
            "buy ACME 10 100 --date 2024-01-02",
            "buy SAP 10 100 --date 2024-01-02",
            "buy BOLT 1 7 --date 2024-01-02",
            "update-price ACME 90 --date 2024-01-05",
            "update-price SAP 30 --date 2024-01-10",
            "update-price BOLT 7 --date 2024-01-10",
        ],
    );
    let said = |args: &str| lines(&desk.json(args.split(' ')), &["symbol", "weight_percentage", "price_age_days"]);
    // 900 and 300 of 1,200 USD; 7 of 7 EUR.
    assert_eq!(said("holdings --as-of 2024-01-15"), ["ACME 75 10", "BOLT 100 5", "SAP 25 5"]);
    assert_eq!(said("holdings --as-of 2024-01-05"), ["ACME 100 0", "BOLT null null", "SAP null null"]);
    let age = desk.number("SELECT CAST(julianday('now') AS INTEGER) - CAST(julianday('2024-01-10') AS INTEGER)");
    let [_, _, sap] = &said("holdings")[..] else { panic!("three are held") };
    assert!([age - 1, age, age + 1].iter().any(|age| *sap == format!("SAP 25 {age}")), "{sap}");
    // A holding without a price has no weight, as it is in no total; the weight of a sold one is zero.
    record(&desk, &["buy ZED 1 1 --date 2024-01-12"]);
    assert_eq!(said("holdings --as-of 2024-01-15"), ["ACME 75 10", "BOLT 100 5", "SAP 25 5", "ZED null null"]);
    record(&desk, &["sell ZED 1 1 --date 2024-01-13"]);
    assert_eq!(said("holdings --as-of 2024-01-15 --all"), ["ACME 75 10", "BOLT 100 5", "SAP 25 5", "ZED 0 null"]);
}

#[test]
fn what_was_removed_since_is_known_then() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme"]);
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["buy", "ACME", "3", "10", "-p", "ira", "--date", "2024-01-05"]);
    desk.ok(["sell", "ACME", "1", "12", "-p", "ira", "--date", "2024-02-01"]);
    let then = now(&desk);
    for _ in 0..4 {
        desk.ok(["undo"]);
    }
    assert_eq!(desk.json(["holdings", "--all"]), serde_json::json!([]));
    assert_eq!(desk.json(["returns"]), serde_json::json!([]));
    assert_eq!(desk.json(["holdings", "--known-on", &then, "-p", "ira"])[0]["quantity"], serde_json::json!("2"));
    // The names now belong to others.
    desk.ok(["add-stock", "ACME", "Another"]);
    desk.ok(["add-portfolio", "ira", "--cost-basis", "lifo"]);
    desk.ok(["buy", "ACME", "7", "10", "-p", "ira", "--date", "2024-01-05"]);
    for more in [&[][..], &["-p", "ira"]] {
        let known = desk.json(["holdings", "--known-on", &then].iter().chain(more));
        let known: Vec<_> =
            known.as_array().unwrap().iter().map(|row| (&row["quantity"], &row["company_name"])).collect();
        assert_eq!(known, [(&serde_json::json!("2"), &serde_json::json!("Acme"))]);
    }
    // 12 − 10
    let gains = desk.json(["gains", "--symbol", "ACME", "-p", "ira", "--known-on", &then]);
    assert_eq!(gains[0]["gain"], serde_json::json!("2"));
}

#[test]
fn a_portfolio_of_a_removed_ones_name_is_there_once() {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme"]);
    for _ in 0..2 {
        desk.ok(["add-portfolio", "ira"]);
        desk.ok(["buy", "ACME", "3", "10", "-p", "ira", "--date", "2024-01-05"]);
        desk.ok(["undo"]);
        desk.ok(["undo"]);
    }
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["buy", "ACME", "3", "10", "-p", "ira", "--date", "2024-01-05"]);
    assert_eq!(desk.json(["explain", "holding", "ACME"])["holdings"].as_array().unwrap().len(), 1);
    let scopes = desk.json(["returns"]);
    assert_eq!(scopes.as_array().unwrap().iter().filter(|row| row["symbol"] == "ACME").count(), 1);
}
