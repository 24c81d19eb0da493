//! Tables at various widths.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of rows")]

mod choosing;
mod figures;

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::harness::{Desk, Run};

/// 48 positions in five portfolios and three currencies, with prices old and new, and one missing.
fn many() -> Desk {
    let desk = Desk::new();
    let mut trades = "date,action,symbol,quantity,price,currency,portfolio\n".to_owned();
    let mut prices = "date,symbol,price\n".to_owned();
    let portfolios = ["main", "retirement of Anna", "savings", "children", "old broker"];
    for n in 0..48_usize {
        let (symbol, currency) = (format!("S{n:02}"), ["USD", "EUR", "JPY"][n % 3]);
        let portfolio = portfolios[n % 5];
        let quantity = ["10", "1250.125", "0.5", "3000"][n % 4];
        writeln!(trades, "2024-01-02,buy,{symbol},{quantity},{}.25,{currency},{portfolio}", 10 + n).unwrap();
        if n != 7 {
            writeln!(prices, "2024-0{}-15,{symbol},{}.5", 1 + n % 9, 11 + n).unwrap();
        }
    }
    for portfolio in &portfolios[1..] {
        desk.ok(["add-portfolio", portfolio]);
    }
    desk.file("trades.csv", trades);
    desk.file("prices.csv", prices);
    desk.ok(["import", "-q", "--add-stocks", "trades.csv", "prices.csv"]);
    desk
}

fn at(desk: &Desk, width: usize, args: &[&str]) -> String {
    let mut command = desk.command(args);
    command.env("COLUMNS", width.to_string());
    Run::of(command).exits(0).out()
}

#[test]
fn every_line_fits_and_every_row_can_be_told_from_the_others() {
    let desk = many();
    desk.ok(["sell", "S00", "4", "20", "--date", "2024-03-01", "--note", "a long note about why this was sold"]);
    desk.ok(["-p", "savings", "sell", "S02", "0.25", "20", "--date", "2024-03-01"]);
    for width in [40, 60, 80, 100, 120, 160, 200] {
        for report in [
            "holdings",
            "returns",
            "returns --by portfolio",
            "transactions",
            "gains",
            "gains --by lot",
            "stocks",
            "history S00",
            "audit -O table",
            "explain holding S00",
            "prices S00",
            "returns --symbol S00",
            "portfolios",
        ] {
            let shown = at(&desk, width, &report.split(' ').collect::<Vec<_>>());
            let widest = shown.lines().map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= width, "{report} at {width}: {widest}\n{shown}");
        }
    }
    for width in [60, 80, 120] {
        let shown = at(&desk, width, &["holdings"]);
        let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with('S') && !line.starts_with("SYM")).collect();
        assert_eq!(rows.len(), 48, "{shown}");
        let tells = |row: &&str| ["USD", "EUR", "JPY"].iter().any(|currency| row.contains(currency));
        assert!(rows.iter().all(tells), "{width}\n{shown}");
        assert!(shown.lines().next().unwrap().contains("PORTFOLIO"), "{shown}");
    }
}

/// Three positions in two portfolios, one of them without a price.
fn few() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["add-stock", "PENNY", "Penny Shares plc", "--currency", "EUR"]);
    desk.ok(["buy", "ACME", "10.5", "100.25", "--date", "2024-01-02"]);
    desk.ok([
        "buy",
        "BOLT",
        "1000",
        "7",
        "--date",
        "2024-01-02",
        "-p",
        "pension",
        "--id",
        "10000000-0000-4000-8000-000000000000",
    ]);
    desk.ok([
        "buy",
        "PENNY",
        "20000",
        "0.00012",
        "--date",
        "2024-01-02",
        "-p",
        "pension",
        "--id",
        "20000000-0000-4000-8000-000000000000",
    ]);
    desk.ok(["update-price", "ACME", "90", "--date", "2024-01-05"]);
    desk.ok(["update-price", "PENNY", "0.00015", "--date", "2024-01-05"]);
    desk
}

/// At the widths of a window, a terminal and half a terminal.
#[test]
fn a_narrow_table_says_below_what_has_no_room() {
    let desk = few();
    insta::assert_snapshot!(at(&desk, 120, &["holdings", "--as-of", "2024-01-10"]), @"
    SYMBOL     PORTFOLIO  QUANTITY  COST BASIS     PRICE  PRICED       VALUE     GAIN   GAIN %   WEIGHT  REALIZED  CURRENCY
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    ACME       main           10.5    1,052.62  90.00     2024-01-05  945.00  -107.62  -10.22%  100.00%      0.00  USD
    BOLT       pension     1,000      7,000.00                                                               0.00  EUR
    PENNY      pension    20,000          2.40   0.00015  2024-01-05    3.00    +0.60  +25.00%  100.00%      0.00  EUR
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total EUR                         7,002.40                          3.00    +0.60  +25.00%               0.00
    total USD                         1,052.62                        945.00  -107.62  -10.22%               0.00

    no room for company, avg cost: widen the terminal, or use -O csv

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE --date 2024-01-10
    ");
    insta::assert_snapshot!(at(&desk, 80, &["holdings", "--as-of", "2024-01-10"]), @"
    SYMBOL     PORTFOLIO  QUANTITY  COST BASIS   VALUE     GAIN   GAIN %  CURRENCY
    ──────────────────────────────────────────────────────────────────────────────
    ACME       main           10.5    1,052.62  945.00  -107.62  -10.22%  USD
    BOLT       pension     1,000      7,000.00                            EUR
    PENNY      pension    20,000          2.40    3.00    +0.60  +25.00%  EUR
    ──────────────────────────────────────────────────────────────────────────────
    total EUR                         7,002.40    3.00    +0.60  +25.00%
    total USD                         1,052.62  945.00  -107.62  -10.22%

    no room for company, avg cost, price, priced, weight, realized: widen the
      terminal, or use -O csv

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE --date 2024-01-10
    ");
    insta::assert_snapshot!(at(&desk, 60, &["holdings", "--as-of", "2024-02-10"]), @"
    SYMBOL     PORTFOLIO  QUANTITY   VALUE     GAIN  CURRENCY
    ─────────────────────────────────────────────────────────
    ACME       main           10.5  945.00  -107.62  USD
    BOLT       pension     1,000                     EUR
    PENNY      pension    20,000      3.00    +0.60  EUR
    ─────────────────────────────────────────────────────────
    total EUR                         3.00    +0.60
    total USD                       945.00  -107.62

    no room for company, avg cost, cost basis, price, priced,
      gain %, weight, realized: widen the terminal, or use -O
      csv

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE --date
        2024-02-10
    warning: old prices, the oldest of 2024-01-05: ACME, PENNY;
      record one: stockbook update-price ACME PRICE --date
      2024-02-10
    ");
}

#[test]
fn a_narrow_table_says_once_what_is_the_same_in_all_rows() {
    let desk = few();
    insta::assert_snapshot!(at(&desk, 60, &["transactions", "-p", "pension"]), @"
    type buy, currency EUR, portfolio pension

    DATE        SYMBOL  QUANTITY    PRICE     TOTAL  ID
    ─────────────────────────────────────────────────────────
    2024-01-02  BOLT       1,000  7.00     7,000.00  10000000
    2024-01-02  PENNY     20,000  0.00012      2.40  20000000

    no room for fee: widen the terminal, or use -O csv
    ");
    insta::assert_snapshot!(at(&desk, 60, &["returns", "--to", "2024-03-10"]), @"
    from 2024-01-02

    OF                ANNUAL, BY MONEY  BY TIME  CURRENCY
    ─────────────────────────────────────────────────────
    ACME in main               -43.95%  -10.22%  USD
    BOLT in pension                              EUR
    PENNY in pension          +231.27%  +25.00%  EUR
    ─────────────────────────────────────────────────────
    total                     +231.27%  +25.00%  EUR

    no room for invested, withdrawn, dividends, value, priced,
      weight, gain: widen the terminal, or use -O csv

    ACME in main, PENNY in pension, total: a return over less
      than a year is not annualized
    total: without BOLT, whose value is not known
    no price on 2024-03-10 or before, so no value: BOLT
      record one: stockbook update-price BOLT PRICE --date
        2024-03-10
    warning: old prices, the oldest of 2024-01-05: ACME, PENNY;
      record one: stockbook update-price ACME PRICE --date
      2024-03-10
    ");
    let mut command = desk.command(["holdings", "-q", "--as-of", "2024-02-10"]);
    command.env("COLUMNS", "60");
    let quiet = Run::of(command).exits(0).silently().out();
    assert!(!quiet.contains("warning") && !quiet.contains("no room"), "{quiet}");
}

#[test]
fn what_was_asked_for_goes_last() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "INDEX", "An index"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-02"]);
    for (symbol, first, last) in [("ACME", "100", "110"), ("INDEX", "1000", "1050")] {
        desk.ok(["update-price", symbol, first, "--date", "2023-01-02"]);
        desk.ok(["update-price", symbol, last, "--date", "2024-03-10"]);
    }
    let table = at(&desk, 80, &["returns", "--versus", "INDEX", "--to", "2024-03-10"]);
    // 5 % and 10 % less that.
    assert!(["BENCHMARK", "AHEAD BY", "+5.00%"].iter().all(|it| table.contains(it)), "{table}");
}

#[test]
fn long_names_are_shortened_before_the_last_figure_goes() {
    let desk = Desk::new();
    desk.ok(["add-portfolio", "retirement-account"]);
    for symbol in ["VERYLONGSYMBOL.WITHDOTS", "ACME"] {
        desk.ok(["add-stock", symbol, "A company with a name"]);
        for portfolio in ["main", "retirement-account"] {
            desk.ok(["-p", portfolio, "buy", symbol, "10", "150", "--date", "2024-01-02"]);
            desk.ok(["-p", portfolio, "sell", symbol, "4", "160", "--date", "2024-02-01"]);
            desk.ok(["-p", portfolio, "dividend", symbol, "12", "--date", "2024-02-05"]);
        }
    }
    for (report, figures) in
        [("gains", &["+40.00", "+160.00"][..]), ("dividends", &["12.00", "48.00"]), ("transactions", &["10 ", "4 "])]
    {
        let mut command = desk.command([report]);
        command.env("COLUMNS", "40");
        let text = Run::of(command).exits(0).out();
        assert!(figures.iter().all(|figure| text.contains(figure)), "{text}");
        assert!(text.contains("…") && text.lines().all(|line| line.chars().count() <= 40), "{text}");
    }
    // The overview and its sentences fit too.
    let mut overview = desk.command::<&str>([]);
    overview.env("COLUMNS", "60");
    let text = Run::of(overview).exits(0).out();
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
}
