//! Dividends, and the shares that they are paid on.

use crate::harness::{Desk, pick};

const PAID: [&str; 6] = ["pay_date", "ex_date", "per_share", "shares", "amount", "recorded"];

fn paid(desk: &Desk, command: &str) -> String {
    pick(&desk.json(command.split(' ')), &PAID)
}

#[test]
fn a_dividend_per_share_is_paid_on_the_shares_held_before_its_ex_date() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "12", "27", "--date", "2024-02-04"]);
    desk.ok(["buy", "ACME", "24", "27", "--date", "2024-02-19"]);
    desk.ok(["sell", "ACME", "1", "27", "--date", "2024-02-26"]);
    for (given, expected) in [
        // 12 × 0.0969 = 1.1628, and with the purchase of the 19th 36 × 0.0969 = 3.4884.
        ("--ex-date 2024-02-19", "2024-02-26 2024-02-19 0.0969 12 1.1628 true"),
        ("--ex-date 2024-02-20", "2024-02-26 2024-02-20 0.0969 36 3.4884 true"),
        ("--withholding 1", "2024-02-26 null 0.0969 36 3.4884 true"),
        // The ex-date of a large one may be after its payment: 35 × 0.0969.
        ("--ex-date 2024-02-27", "2024-02-26 2024-02-27 0.0969 35 3.3915 true"),
    ] {
        assert_eq!(paid(&desk, &format!("dividend ACME 0.0969 --per-share --date 2024-02-26 {given}")), expected);
    }
    assert_eq!(
        paid(&desk, "dividend ACME 5 --date 2024-02-26 --ex-date 2024-02-19"),
        "2024-02-26 2024-02-19 null null 5 true"
    );
    let said =
        desk.ok(["dividend", "ACME", "0.0969", "--per-share", "--date", "2024-02-26", "--ex-date", "2024-02-19"]);
    let first = said.lines().next().unwrap();
    assert_eq!(first, "dividend of 1.16 USD ACME on 2024-02-26 (0.0969 on each of the 12 ACME held before 2024-02-19)");
    let refused = desk.error(3, ["dividend", "ACME", "1", "--per-share", "--date", "2024-02-04"]);
    assert_eq!(refused["message"], "no ACME was held in portfolio main before 2024-02-04");
    assert_eq!(desk.error(2, ["dividend", "ACME", "1", "--ex-date", "2999-01-01"])["code"], "invalid_date");
}

#[test]
fn shares_that_a_split_on_the_ex_date_made_are_counted_and_later_ones_are_not() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["split", "ACME", "3:1", "--date", "2024-02-01"]);
    desk.ok(["split", "ACME", "2:1", "--date", "2024-03-01"]);
    let on = |ex_date: &str| paid(&desk, &format!("dividend ACME 1 --per-share --date 2024-06-03 --ex-date {ex_date}"));
    assert_eq!(on("2024-01-31"), "2024-06-03 2024-01-31 1 10 10 true");
    assert_eq!(on("2024-02-01"), "2024-06-03 2024-02-01 1 30 30 true");
    assert_eq!(on("2024-03-01"), "2024-06-03 2024-03-01 1 60 60 true");
}

#[test]
fn a_fraction_that_the_split_on_the_ex_date_left_and_that_was_paid_out_is_not_counted() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "100", "1", "--date", "2020-01-02"]);
    // 100 ÷ 6 = 16 + 2/3
    let split = "split ACME 1:6 --date 2020-08-03 --round down --cash-in-lieu 4.67";
    desk.ok(split.split(' '));
    let on = |ex_date: &str| paid(&desk, &format!("dividend ACME 1 --per-share --date 2020-09-01 --ex-date {ex_date}"));
    assert_eq!(on("2020-08-03"), "2020-09-01 2020-08-03 1 16 16 true");
    assert_eq!(on("2020-08-02"), "2020-09-01 2020-08-02 1 100 100 true");
    desk.ok(["buy", "ACME", "5", "1", "--date", "2020-08-03"]);
    assert_eq!(on("2020-08-03"), "2020-09-01 2020-08-03 1 16 16 true");
    assert_eq!(on("2020-08-04"), "2020-09-01 2020-08-04 1 21 21 true");
}

#[test]
fn shares_that_came_from_another_portfolio_are_counted_where_they_were_held() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["transfer", "ACME", "4", "--to", "pension", "--date", "2024-02-01"]);
    let on = |ex_date: &str, portfolio: &str| {
        paid(&desk, &format!("-p {portfolio} dividend ACME 1 --per-share --date 2024-06-03 --ex-date {ex_date}"))
    };
    assert_eq!(on("2024-02-01", "main"), "2024-06-03 2024-02-01 1 10 10 true");
    assert_eq!(on("2024-02-02", "main"), "2024-06-03 2024-02-02 1 6 6 true");
    assert_eq!(on("2024-02-02", "pension"), "2024-06-03 2024-02-02 1 4 4 true");
}

#[test]
fn repeating_a_dividend_per_share_finds_it_whatever_was_recorded_since() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02", "--id", "first"]);
    let command = "dividend ACME 0.5 --per-share --date 2024-03-01 --ex-date 2024-02-20 --id payment";
    assert_eq!(paid(&desk, command), "2024-03-01 2024-02-20 0.5 10 5 true");
    desk.ok(["buy", "ACME", "5", "100", "--date", "2024-01-03"]);
    desk.ok(["void", "first"]);
    desk.ok(["split", "ACME", "2:1", "--date", "2024-02-01"]);
    desk.ok(["set-cost-basis", "main", "lifo"]);
    let again = "2024-03-01 2024-02-20 0.5 10 5 false";
    assert_eq!(paid(&desk, command), again);
    assert_eq!(paid(&desk, "dividend ACME 0.5 --per-share --id payment"), again);
    for (other, differs) in [
        ("dividend ACME 0.6 --per-share --id payment", "amount"),
        ("dividend ACME 0.5 --per-share --ex-date 2024-02-21 --id payment", "ex-date"),
    ] {
        let error = desk.error(3, other.split(' '));
        assert_eq!(error["message"], format!("id `payment` belongs to a transaction with a different {differs}"));
    }
}

#[test]
fn the_ex_date_stays_when_a_dividend_is_amended() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["dividend", "ACME", "5", "--date", "2024-03-01", "--ex-date", "2024-02-20", "--id", "payment"]);
    let amended = desk.json(["amend", "payment", "--amount", "6"]);
    let data: Vec<_> = amended["events"].as_array().unwrap().iter().map(|event| &event["data"]).collect();
    let received = data.iter().find(|data| data["pay_date"].is_string()).unwrap();
    assert_eq!(pick(received, &["amount", "pay_date", "ex_date"]), "6 2024-03-01 2024-02-20");
    let story = desk.ok(["history", "payment"]);
    assert!(story.contains("ex-date 2024-02-20"), "{story}");
    desk.run(["check"]).exits(0);
}

#[test]
fn dividends_that_get_too_large_together_are_named_as_their_sum() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    let large = ["dividend", "ACME", "900000000000000000", "--date", "2024-03-01"];
    desk.ok(large);
    let message =
        "the sum of the dividends of ACME has more digits than a book can hold (18 before the point, 28 in all)";
    assert_eq!(desk.error(3, large)["message"], message);
}

#[test]
fn a_dividend_in_another_currency_finds_its_rate_as_every_report_does() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02"]);
    desk.ok(["update-rate", "EUR", "USD", "1.25", "--date", "2024-01-10"]);
    desk.ok(["update-rate", "EUR", "CHF", "0.8", "--date", "2024-01-09"]);
    let pay = |given: &[&str]| {
        let line = ["dividend", "ACME", "8", "--withholding", "2", "--currency", "CHF", "--date"];
        desk.run(line.into_iter().chain(given.iter().copied()).chain(["-O", "json"]))
    };
    // 8 and 2 ÷ 0.8 × 1.25, through euros.
    pay(&["2024-01-16"]).exits(0);
    let row = &desk.json(["transactions", "--type", "dividend"])[0];
    let members = ["total_amount", "withholding", "paid_amount", "paid_currency"];
    assert_eq!(pick(row, &members), "9.375 3.125 8 CHF");
    assert!(pay(&["2024-01-17"]).exits(3).err().contains("no rate of CHF/USD is known for 2024-01-17"));
    pay(&["2024-01-17", "--max-rate-age", "8"]).exits(0);
}
