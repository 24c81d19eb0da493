//! Corporate actions without `--portfolio` are recorded in every portfolio that holds the stock.

use std::fs;

use serde_json::Value;

use crate::harness::{Desk, Run, events, pick};

/// Ten in `main`, five in `ira`, twenty in `pool` at an average cost, and none in `empty`.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "X", "X"]);
    for (portfolio, method) in [("ira", "lifo"), ("pool", "average"), ("empty", "fifo")] {
        desk.ok(["add-portfolio", portfolio, "--cost-basis", method]);
    }
    ok(&desk, "buy X 6 10 --date 2020-01-02");
    ok(&desk, "buy X 4 11 --date 2020-01-03");
    ok(&desk, "buy X 5 8 --date 2020-01-03 -p ira");
    ok(&desk, "buy X 12 9 --date 2020-01-03 -p pool");
    ok(&desk, "buy X 8 1 --date 2020-01-06 -p pool");
    desk
}

fn ok(desk: &Desk, command: &str) {
    desk.ok(command.split(' '));
}

/// The holdings, and the gains realized by lot.
fn state(desk: &Desk) -> Vec<String> {
    let of = |rows: Value, members: &[&str]| -> Vec<String> {
        rows.as_array().unwrap().iter().map(|row| pick(row, members)).collect()
    };
    let held = of(desk.json(["holdings", "--all"]), &["portfolio", "quantity", "cost_basis", "realized_gain"]);
    let lots = of(
        desk.json(["gains", "--by", "lot"]),
        &["portfolio", "acquired_on", "sold_on", "quantity", "proceeds", "cost_basis", "gain"],
    );
    [held, lots].concat()
}

const COMMANDS: [&str; 4] = [
    "return-capital X 0.7 --per-share --date 2020-06-01",
    "return-capital X 9.3 --per-share --date 2020-02-03",
    "adjust-cost X 0.3333333333 --per-share --date 2020-06-01",
    "write-off X --date 2020-06-01",
];

#[test]
fn one_command_does_what_one_for_each_portfolio_does() {
    // Early enough that later sales and a transfer are matched anew, and late.
    for before in [&[][..], &["sell X 3 12 --date 2020-05-04", "transfer X 2 --to ira --date 2020-05-05"][..]] {
        for command in COMMANDS {
            let [one, each] = [desk(), desk()];
            for desk in [&one, &each] {
                for entry in before {
                    ok(desk, entry);
                }
            }
            let as_it_was = state(&one);
            let said = one.json(command.split(' '));
            assert_eq!(said["transactions"].as_array().unwrap().len(), 3, "{command}");
            for portfolio in ["ira", "main", "pool"] {
                ok(&each, &format!("{command} -p {portfolio}"));
            }
            assert_eq!(state(&one), state(&each), "{command} after {before:?}");
            let wanted =
                if command.starts_with("write-off") { "TransactionExecutedEvent" } else { "CostAdjustedEvent" };
            let recorded = said["events"].as_array().unwrap();
            assert_eq!(recorded.iter().filter(|event| event["event_type"] == wanted).count(), 3, "{command}");
            one.run(["check"]).exits(0);
            ok(&one, "undo");
            assert_eq!(state(&one), as_it_was, "{command} after {before:?}");
            one.run(["check"]).exits(0);
        }
    }
}

#[test]
fn the_only_holder_needs_no_name_and_may_have_an_amount_in_all() {
    let desk = desk();
    ok(&desk, "write-off X --date 2020-06-01 -p main");
    ok(&desk, "write-off X --date 2020-06-01 -p pool");
    let said = desk.json("return-capital X 7.5 --date 2020-07-01".split(' '));
    assert_eq!(pick(&said, &["portfolio", "amount"]), "ira 7.5");
    assert_eq!(pick(&said["position"], &["quantity", "cost_basis"]), "5 32.5");
    // A single record: its members are where they always were, and in the list.
    assert_eq!(said["transactions"][0]["transaction_id"], said["transaction_id"]);
    // On an earlier day, other portfolios held it too.
    assert_eq!(desk.error(3, "adjust-cost X 7.5 --date 2020-02-03".split(' '))["code"], "several_holders");
}

#[test]
fn an_amount_in_all_is_refused_where_several_hold_the_stock() {
    let desk = desk();
    let before = desk.everything();
    for command in ["return-capital X 7.5 --date 2020-06-01", "adjust-cost X 7.5 --date 2020-06-01"] {
        let error = desk.error(3, command.split(' '));
        assert_eq!(error["code"], "several_holders");
        let message = error["message"].as_str().unwrap();
        assert!(message.ends_with("each with an amount of its own: ira (5 shares), main (10), pool (20)"), "{message}");
        let hint = error["hint"].as_str().unwrap();
        assert!(hint.contains("--portfolio") && hint.contains("--per-share"), "{hint}");
        // It is recognized as recorded by its id, not by who holds the stock.
        desk.error(3, format!("{command} --id once").split(' '));
    }
    assert!(desk.changed_since(&before).is_empty());
}

#[test]
fn members_of_several_records_are_sums_or_what_is_the_same_in_all() {
    let desk = desk();
    let said = desk.json("return-capital X 9.3 --per-share --date 2020-06-01".split(' '));
    // 8 a share in ira leave 1.30 on each of five; 5.80 a share in the pool leave 3.50 on each of twenty.
    let whole = ["transaction_id", "portfolio", "symbol", "amount", "per_share", "shares", "realized_gain"];
    assert_eq!(pick(&said, &whole), "null null X 325.5 9.3 35 76.5");
    assert_eq!(pick(&said["position"], &["quantity", "cost_basis"]), "35 11");
    let each = said["transactions"].as_array().unwrap();
    let parts: Vec<_> = each.iter().map(|it| pick(it, &["portfolio", "amount", "shares", "realized_gain"])).collect();
    assert_eq!(parts, ["ira 46.5 5 6.5", "main 93 10 0", "pool 186 20 70"]);
    assert_eq!(said["disposals"].as_array().unwrap().len(), 3);
    let csv = desk.ok("write-off X --date 2020-06-02 -O csv".split(' '));
    let rows: Vec<_> =
        csv.lines().skip(1).map(|row| row.split(',').skip(1).take(5).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(rows, ["ira X SELL 2020-06-02 5", "main X SELL 2020-06-02 10", "pool X SELL 2020-06-02 20"]);
}

/// A text, and a UUID with and without dashes.
const IDS: [&str; 3] = ["mail of 1 June", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "6ba7b8109dad11d180b400c04fd430c8"];

#[test]
fn a_retry_records_nothing_whoever_holds_the_stock_by_then() {
    for id in IDS {
        for command in COMMANDS {
            let desk = desk();
            let words = || command.split(' ').chain(["--id", id]);
            assert_eq!(desk.json(words())["recorded"], true);
            // A late purchase in a portfolio that held none, and one in another.
            ok(&desk, "buy X 3 1 --date 2020-01-31 -p empty");
            ok(&desk, "buy X 3 1 --date 2020-07-01");
            let before = (state(&desk), desk.everything());
            let again = desk.json(words());
            assert_eq!(again["recorded"], false, "{command}");
            assert_eq!(again["transactions"].as_array().unwrap().len(), 3, "{command}");
            for portfolio in ["ira", "main", "pool"] {
                assert_eq!(desk.json(words().chain(["-p", portfolio]))["recorded"], false, "{command}");
            }
            assert_eq!(state(&desk), before.0, "{command}");
            assert!(desk.changed_since(&before.1).is_empty());
            // An undone record may be recorded again, for those that hold the stock now.
            ok(&desk, "undo");
            ok(&desk, "undo");
            ok(&desk, "undo");
            assert_eq!(desk.json(words())["recorded"], true, "{command}");
            assert_eq!(desk.json(words())["recorded"], false, "{command}");
            desk.run(["check"]).exits(0);
        }
    }
}

#[test]
fn a_uuid_is_the_id_of_the_only_record_and_finds_all_of_several() {
    let uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    let desk = desk();
    let said = desk.json(["write-off", "X", "--date", "2020-06-01", "--id", uuid]);
    assert!(said["transactions"].as_array().unwrap().iter().all(|it| it["transaction_id"] != uuid));
    assert_eq!(desk.error(3, ["void", uuid])["code"], "ambiguous_id");
    desk.ok(["void", uuid, "-p", "ira"]);
    assert_eq!(pick(&desk.json(["holdings"])[0], &["portfolio", "quantity"]), "ira 5");
    // A voided one remains known.
    let again = desk.run(["write-off", "X", "--date", "2020-06-01", "--id", "6BA7B8109DAD11D180B400C04FD430C8"]);
    let told = again.exits(0).out();
    assert!(told.starts_with("already recorded; nothing new\n") && told.contains("it was voided since"), "{told}");
    let said = desk.json(["write-off", "X", "--date", "2020-06-01"]);
    assert_eq!(said["portfolio"], "ira");
    desk.ok(["undo"]);
    let other = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
    assert_eq!(desk.json(["write-off", "X", "--date", "2020-06-01", "--id", other])["transaction_id"], other);
}

#[test]
fn the_same_id_with_other_content_is_refused() {
    let refused = |desk: &Desk, command: &str| {
        let before = desk.everything();
        let error = desk.error(3, command.split(' '));
        assert!(desk.changed_since(&before).is_empty());
        assert_eq!(error["code"], "id_conflict", "{command}");
        error["message"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned()
    };
    let desk = desk();
    ok(&desk, "return-capital X 0.5 --per-share --date 2020-06-01 --id a");
    assert_eq!(refused(&desk, "return-capital X 0.6 --per-share --date 2020-06-01 --id a"), "amount");
    assert_eq!(refused(&desk, "return-capital X 0.5 --per-share --date 2020-06-02 --id a"), "date");
    assert_eq!(refused(&desk, "return-capital X 0.5 --per-share --note later --id a"), "note");
    assert_eq!(refused(&desk, "adjust-cost X 0.5 --per-share --id a"), "type");
    assert_eq!(refused(&desk, "write-off X --id a"), "type");
    // For one portfolio while others held the stock: not the same as for all.
    ok(&desk, "adjust-cost X 0.5 --per-share --date 2020-06-01 --id b -p main");
    assert_eq!(refused(&desk, "adjust-cost X 0.5 --per-share --date 2020-06-01 --id b"), "portfolio");
    // The id of another record in a portfolio that holds none of the stock.
    ok(&desk, "buy X 1 1 --date 2022-01-03 --id c -p empty");
    assert_eq!(refused(&desk, "write-off X --date 2020-06-01 --id c"), "type");
}

#[test]
fn shares_that_are_transferred_on_the_day_count_once() {
    let desk = desk();
    ok(&desk, "transfer X 4 --to empty --date 2020-06-01");
    // Four count in main until the end of the day, and in the other portfolio from its beginning.
    for command in ["return-capital X 1 --per-share --date 2020-06-01", "write-off X --date 2020-06-01"] {
        let error = desk.error(3, command.split(' '));
        assert_eq!(pick(&error, &["code"]), "several_holders");
        assert!(error["message"].as_str().unwrap().contains("leaves portfolio main"), "{error}");
    }
    // All of them: they count in the portfolio that receives them.
    ok(&desk, "transfer X 6 --to empty --date 2020-06-01");
    let said = desk.json("return-capital X 1 --per-share --date 2020-06-01".split(' '));
    assert_eq!(pick(&said, &["amount", "shares"]), "35 35");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_portfolio_that_is_set_is_the_only_one() {
    let desk = desk();
    let mut command = desk.command(["write-off", "X", "--date", "2020-06-01"]);
    command.env("STOCKBOOK_PORTFOLIO", "ira");
    assert!(Run::of(command).exits(0).out().contains("no X left in portfolio ira\n"));
    let folder = desk.path(".config/stockbook");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "portfolio = \"pool\"\n").unwrap();
    assert!(desk.ok(["write-off", "X", "--date", "2020-06-01"]).contains("no X left in portfolio pool\n"));
    assert_eq!(desk.json(["holdings", "-p", "main"])[0]["quantity"], "10");
}

#[test]
fn who_holds_the_stock_is_named_where_a_portfolio_does_not() {
    let desk = desk();
    let hint = |command: &str, code: &str| {
        let error = desk.error(3, command.split(' '));
        assert_eq!(error["code"], code, "{command}");
        error["hint"].as_str().unwrap().to_owned()
    };
    for command in COMMANDS {
        for (portfolio, code) in [("empty", "nothing_held"), ("nope", "unknown_portfolio")] {
            let hint = hint(&format!("{command} -p {portfolio}"), code);
            assert_eq!(hint, "the portfolios ira, main, pool hold some: choose one with --portfolio");
        }
        let early = command.replace("2020-06-01", "2019-06-03").replace("2020-02-03", "2019-06-03");
        let error = desk.error(3, early.split(' '));
        assert_eq!(error["message"], "no X is held on 2019-06-03");
    }
    ok(&desk, "write-off X --date 2020-06-02 -p main");
    ok(&desk, "write-off X --date 2020-06-02 -p ira");
    assert_eq!(
        hint("adjust-cost X 5 --date 2020-06-03 -p empty", "nothing_held"),
        "portfolio pool holds some: choose it with --portfolio pool"
    );
    assert_eq!(
        hint("sell X all 5 --date 2020-06-03", "nothing_held"),
        "portfolio pool holds some: choose it with --portfolio pool"
    );
}

#[test]
fn a_dry_run_shows_each_portfolio_and_records_nothing() {
    let desk = desk();
    let before = desk.everything();
    for command in COMMANDS {
        let said = desk.json(command.split(' ').chain(["-n"]));
        assert_eq!(pick(&said, &["recorded", "dry_run"]), "false true");
        assert_eq!(said["transactions"].as_array().unwrap().len(), 3);
        let has_previews = said["transactions"][0]["previews"].as_array().is_some_and(|it| it.len() == 4);
        assert_eq!(has_previews, command.starts_with("write-off"));
        assert_eq!(said["previews"], Value::Null);
    }
    assert!(desk.changed_since(&before).is_empty());
}

#[test]
fn what_is_said_of_several_portfolios_stands_in_groups() {
    let desk = desk();
    let told = desk.ok("return-capital X 0.7 --per-share --date 2020-06-01".split(' '));
    let without_ids: Vec<_> = told.lines().filter(|line| !line.starts_with("id ")).collect();
    insta::assert_snapshot!(without_ids.join("\n"), @r"
    return of capital of 3.50 USD on X on 2020-06-01 (0.70 on each of 5)
    portfolio ira holds 5 X, cost basis 36.50 USD

    return of capital of 7.00 USD on X on 2020-06-01 (0.70 on each of 10)
    portfolio main holds 10 X, cost basis 97.00 USD

    return of capital of 14.00 USD on X on 2020-06-01 (0.70 on each of 20)
    portfolio pool holds 20 X, cost basis 102.00 USD

    return of capital in all: 24.50 USD on 35 X in 3 portfolios
    ");
    let log = events(&desk.ok(["audit"]));
    let told = log.iter().filter(|event| event["event_type"] == "CostAdjustedEvent");
    let portfolios: Vec<_> = told.map(|event| pick(&event["data"], &["portfolio", "amount"])).collect();
    assert_eq!(portfolios, ["ira 3.5", "main 7", "pool 14"]);
}
