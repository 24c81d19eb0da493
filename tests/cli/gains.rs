//! Realized gains, worked by hand.

use serde_json::{Value, json};

use crate::harness::{Desk, column};

/// The id of a transaction by its number.
pub(crate) fn id(number: u32) -> String {
    format!("{number:08}-0000-4000-8000-000000000000")
}

/// Four sales of two stocks in two portfolios, two years and two currencies.
fn traded() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension", "--cost-basis", "average"]);
    for (number, line) in (1..).zip([
        "buy ACME 10 100 --fee 5 --date 2023-01-02",
        "buy ACME 10 120 --date 2024-02-01",
        // 1947 − (1005 + 600) is 342: 1298 − 1005 on the first lot, 649 − 600 on the second.
        "sell ACME 15 130 --fee 3 --date 2024-03-03",
        "buy BOLT 10 100 --date 2024-02-01",
        // 450 − 500
        "sell BOLT 5 90 --date 2024-03-03",
        "-p pension buy ACME 4 90 --date 2024-01-02",
        "-p pension buy ACME 4 110 --date 2024-06-03",
        // Each share at the average cost of 100: 2 × 30, with the date of the first lot.
        "-p pension sell ACME 2 130 --date 2025-01-03",
        // 4 × 160 − 500
        "sell ACME 4 160 --fee 20 --date 2025-06-02",
    ]) {
        let number = id(number);
        desk.ok(line.split(' ').chain(["--id", &number]));
    }
    desk
}

/// Some members of each row, as lines.
pub(crate) fn lines(rows: &Value, members: &[&str]) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let line = |row: &Value| members.iter().map(|member| text(&row[*member])).collect::<Vec<_>>().join(" ");
    rows.as_array().unwrap().iter().map(line).collect()
}

const FIGURES: [&str; 6] = ["quantity", "proceeds", "cost_basis", "gain", "short_term_gain", "long_term_gain"];

/// The members that identify a row, and its figures.
fn told(rows: &Value) -> Vec<String> {
    let names = ["portfolio", "symbol", "currency", "sold_on", "year"];
    lines(rows, &[&names[..], &FIGURES].concat())
}

#[test]
fn a_sale_is_what_a_line_is_unless_something_else_is_asked_for() {
    let desk = traded();
    let sales = desk.json(["gains"]);
    assert_eq!(
        told(&sales),
        [
            "main ACME USD 2024-03-03 2024 15 1947 1605 342 49 293",
            "main BOLT EUR 2024-03-03 2024 5 450 500 -50 -50 0",
            "pension ACME USD 2025-01-03 2025 2 260 200 60 0 60",
            "main ACME USD 2025-06-02 2025 4 620 480 140 0 140",
        ]
    );
    assert_eq!(column(&sales, "sale_id"), [id(3), id(5), id(8), id(9)]);
    assert_eq!(desk.json(["gains", "--by", "sale"]), sales);
}

#[test]
fn by_lot_each_part_of_a_sale_is_what_its_receipt_said() {
    let desk = traded();
    let members = ["sale_id", "lot_id", "acquired_on", "sold_on", "days_held", "term", "quantity", "proceeds", "gain"];
    let lots = desk.json(["gains", "--by", "lot", "--to", "2025-01-03"]);
    assert_eq!(
        lines(&lots, &members),
        [
            format!("{} {} 2023-01-02 2024-03-03 426 long 10 1298 293", id(3), id(1)),
            format!("{} {} 2024-02-01 2024-03-03 31 short 5 649 49", id(3), id(2)),
            format!("{} {} 2024-02-01 2024-03-03 31 short 5 450 -50", id(5), id(4)),
            format!("{} {} 2024-01-02 2025-01-03 367 long 2 260 60", id(8), id(6)),
        ]
    );
    let sold = desk.json(["sell", "ACME", "1", "200", "--date", "2025-07-01"]);
    assert_eq!(desk.json(["gains", "--by", "lot", "--from", "2025-07-01"]), sold["disposals"]);
}

#[test]
fn by_symbol_portfolios_are_added_up_unless_one_is_asked_for() {
    let desk = traded();
    let by_symbol = |args: &str| told(&desk.json(args.split(' ')));
    let all = ["null ACME USD null null 21 2827 2285 542 49 493", "null BOLT EUR null null 5 450 500 -50 -50 0"];
    assert_eq!(by_symbol("gains --by symbol"), all);
    // From the sales themselves, not from the stored totals.
    assert_eq!(by_symbol("gains --by symbol --from 2024-03-03"), all);
    assert_eq!(by_symbol("gains --by symbol -p pension"), ["pension ACME USD null null 2 260 200 60 0 60"]);
    assert_eq!(
        by_symbol("gains --by symbol --year 2025 --symbol acme"),
        ["null ACME USD null 2025 6 880 680 200 0 200"]
    );
    assert_eq!(
        by_symbol("gains --by symbol --to 2024-12-31 --symbol acme"),
        ["null ACME USD null null 15 1947 1605 342 49 293"]
    );
}

#[test]
fn by_year_currencies_stay_apart() {
    let desk = traded();
    let by_year = |args: &str| told(&desk.json(args.split(' ')));
    let all = [
        "null null EUR null 2024 5 450 500 -50 -50 0",
        "null null USD null 2024 15 1947 1605 342 49 293",
        "null null USD null 2025 6 880 680 200 0 200",
    ];
    assert_eq!(by_year("gains --by year"), all);
    assert_eq!(by_year("gains --by year --to 2025-06-02"), all);
    assert_eq!(
        by_year("gains --by year -p main --symbol ACME"),
        ["main ACME USD null 2024 15 1947 1605 342 49 293", "main ACME USD null 2025 4 620 480 140 0 140"]
    );
    assert_eq!(by_year("gains --by year --year 2025"), ["null null USD null 2025 6 880 680 200 0 200"]);
    assert_eq!(by_year("gains --by year --year 2023"), [""; 0]);
}

#[test]
fn days_and_years_take_in_their_first_and_their_last_day() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "1", "--date", "2023-12-30"]);
    for date in ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"] {
        desk.ok(["sell", "ACME", "1", "2", "--date", date]);
    }
    for args in ["--year 2024", "--from 2024-01-01 --to 2024-12-31"] {
        for by in ["lot", "sale"] {
            let found = desk.json(["gains", "--by", by].into_iter().chain(args.split(' ')));
            assert_eq!(column(&found, "sold_on"), ["2024-01-01", "2024-12-31"], "{args} --by {by}");
        }
        for by in ["symbol", "year"] {
            let found = desk.json(["gains", "--by", by].into_iter().chain(args.split(' ')));
            assert_eq!(column(&found, "gain"), ["2"], "{args} --by {by}");
        }
    }
}

#[test]
fn sales_of_a_day_stand_in_the_order_in_which_they_were_recorded_and_an_amended_one_in_its_place() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "1", "--date", "2024-01-02"]);
    for number in 1..=3 {
        desk.ok(["sell", "ACME", "1", "2", "--date", "2024-01-03", "--id", &id(number)]);
    }
    let amended = desk.json(["amend", &id(2), "--price", "3"]);
    let amended = amended["transaction_id"].as_str().unwrap();
    for by in ["lot", "sale"] {
        for symbol in [&["--symbol", "ACME"][..], &[]] {
            let sales = desk.json(["gains", "--by", by].iter().chain(symbol));
            assert_eq!(column(&sales, "sale_id"), [&id(1), amended, &id(3)], "--by {by} {symbol:?}");
        }
    }
}

#[test]
fn what_is_voided_or_matched_anew_counts_as_it_is_now() {
    let desk = traded();
    desk.ok(["void", &id(3)]);
    desk.ok(["set-cost-basis", "main", "lifo"]);
    // The sale of 4 now takes the lot of 2024-02-01, at 120 a share: 620 − 480.
    assert_eq!(
        told(&desk.json(["gains", "--symbol", "ACME", "-p", "main"])),
        ["main ACME USD 2025-06-02 2025 4 620 480 140 0 140"]
    );
    for by in ["symbol", "year"] {
        assert_eq!(column(&desk.json(["gains", "--by", by, "-p", "main", "--symbol", "ACME"]), "gain"), ["140"]);
    }
}

#[test]
fn a_table_of_gains_has_a_total_for_each_currency() {
    let desk = traded();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["gains"]), @r"
    SOLD ON     SYMBOL  QUANTITY  PROCEEDS  COST BASIS     GAIN  SHORT-TERM  LONG-TERM  CURRENCY  PORTFOLIO  SALE
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    2024-03-03  ACME          15  1,947.00    1,605.00  +342.00      +49.00    +293.00  USD       main       00000003
    2024-03-03  BOLT           5    450.00      500.00   -50.00      -50.00       0.00  EUR       main       00000005
    2025-01-03  ACME           2    260.00      200.00   +60.00        0.00     +60.00  USD       pension    00000008
    2025-06-02  ACME           4    620.00      480.00  +140.00        0.00    +140.00  USD       main       00000009
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total EUR                       450.00      500.00   -50.00      -50.00       0.00
    total USD                     2,827.00    2,285.00  +542.00      +49.00    +493.00
    ");
    insta::assert_snapshot!(desk.ok(["gains", "--by", "lot", "--year", "2024"]), @r"
    SOLD ON     SYMBOL  QUANTITY  ACQUIRED    DAYS HELD  TERM   PROCEEDS  COST BASIS     GAIN  CURRENCY  PORTFOLIO  SALE      LOT
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    2024-03-03  ACME          10  2023-01-02        426  long   1,298.00    1,005.00  +293.00  USD       main       00000003  00000001
    2024-03-03  ACME           5  2024-02-01         31  short    649.00      600.00   +49.00  USD       main       00000003  00000002
    2024-03-03  BOLT           5  2024-02-01         31  short    450.00      500.00   -50.00  EUR       main       00000005  00000004
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total EUR                                                     450.00      500.00   -50.00
    total USD                                                   1,947.00    1,605.00  +342.00
    ");
    insta::assert_snapshot!(desk.ok(["gains", "--by", "year"]), @r"
    YEAR       PROCEEDS  COST BASIS     GAIN  SHORT-TERM  LONG-TERM  CURRENCY
    ─────────────────────────────────────────────────────────────────────────
    2024         450.00      500.00   -50.00      -50.00       0.00  EUR
    2024       1,947.00    1,605.00  +342.00      +49.00    +293.00  USD
    2025         880.00      680.00  +200.00        0.00    +200.00  USD
    ─────────────────────────────────────────────────────────────────────────
    total EUR    450.00      500.00   -50.00      -50.00       0.00
    total USD  2,827.00    2,285.00  +542.00      +49.00    +493.00
    ");
    let coloured = desk.ok(["gains", "--by", "symbol", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[32m+542.00\u{1b}[0m"), "{coloured}");
    assert!(coloured.contains("\u{1b}[31m-50.00\u{1b}[0m"), "{coloured}");
}

#[test]
fn what_was_never_sold_has_no_gains() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "1", "--date", "2024-01-02"]);
    for by in ["lot", "sale", "symbol", "year"] {
        assert_eq!(desk.json(["gains", "--by", by]), json!([]));
        let run = desk.run(["gains", "--by", by]).exits(0);
        assert_eq!(
            (run.out(), run.err()),
            (String::new(), "note: no sales; `stockbook sell` records one\n".to_owned())
        );
    }
}

#[test]
fn a_year_excludes_days_and_names_must_be_known() {
    let desk = traded();
    for (code, args, said) in [
        (2, "gains --year 2024 --from 2024-01-01", "usage"),
        (2, "gains --year 24", "invalid_year"),
        (2, "gains --from 2024-02-01 --to 2024-01-31", "invalid_range"),
        (2, "gains --by day", "usage"),
        (3, "gains --by symbol --symbol ACMA", "unknown_symbol"),
        (3, "gains --by lot -p savings", "unknown_portfolio"),
        (3, "gains --by year -p savings", "unknown_portfolio"),
    ] {
        assert_eq!(desk.error(code, args.split(' '))["code"], said, "{args}");
    }
}

#[test]
fn the_highest_cost_is_that_of_the_purchase_whatever_was_sold_of_it() {
    let desk = Desk::with_stocks();
    desk.ok(["set-cost-basis", "main", "hifo"]);
    let buy = |quantity: &str, amount: &str, date: &str, id: &str| {
        let bought = desk.json(["buy", "ACME", quantity, "--amount", amount, "--date", date, "--id", id]);
        bought["transaction_id"].as_str().unwrap().to_owned()
    };
    let sell = |quantity: &str, date: &str, id: &str| {
        let sold = desk.json(["sell", "ACME", quantity, "100", "--date", date, "--id", id]);
        column(&sold["disposals"], "lot_id").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    // 200 ÷ 3 and 400 ÷ 6 are equal; 133.3333333333 ÷ 2, the rest of the one, is slightly less.
    let (older, newer) = (buy("3", "200", "2024-01-02", "a"), buy("6", "400", "2024-01-03", "b"));
    assert_eq!(sell("1", "2024-01-04", "c"), [older.as_str()]);
    assert_eq!(sell("1", "2024-01-05", "d"), [older.as_str()]);
    // A voided sale leaves the ranks as they were.
    assert_eq!(sell("7", "2024-01-06", "e"), [older.as_str(), newer.as_str()]);
    desk.ok(["void", "e"]);
    // After a split of three for one, 200 ÷ 9 is the cost of these as well.
    desk.ok(["split", "ACME", "3:1", "--date", "2024-01-07"]);
    buy("9", "200", "2024-01-08", "f");
    assert_eq!(sell("3", "2024-01-09", "g"), [older.as_str()]);
    assert_eq!(sell("18", "2024-01-10", "h"), [newer.as_str()]);
    desk.run(["check"]).exits(0);
}
