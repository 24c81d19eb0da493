//! Tables as people see them, at the widths that they have.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of rows")]

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::harness::{Desk, Run, column, pick};

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

/// At the widths of a window, a terminal and half a one.
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
fn holdings_can_be_chosen_sorted_and_put_together() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["edit-stock", "BOLT", "--symbol", "BLT"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "5", "130", "--date", "2024-01-02", "-p", "ira"]);
    desk.ok(["buy", "BLT", "1", "7", "--date", "2024-01-02", "-p", "pension"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-05"]);
    let held = |args: &str| {
        let rows = desk.json(["holdings"].into_iter().chain(args.split(' ').filter(|word| !word.is_empty())));
        let row = |row: &serde_json::Value| format!("{} {} {}", row["portfolio"], row["symbol"], row["quantity"]);
        rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>().join(", ").replace('"', "")
    };
    assert_eq!(held(""), "ira ACME 5, main ACME 10, pension BLT 1");
    assert_eq!(held("acme"), "ira ACME 5, main ACME 10");
    assert_eq!(held("BOLT"), "pension BLT 1"); // its symbol until it was edited
    assert_eq!(held("BOLT --as-of 2024-01-03"), "pension BLT 1");
    assert_eq!(held("-p main -p pension"), "main ACME 10, pension BLT 1");
    assert_eq!(held("-p main -p pension --as-of 2024-01-03"), "main ACME 10, pension BLT 1");
    assert_eq!(held("--sort quantity"), "main ACME 10, ira ACME 5, pension BLT 1");
    assert_eq!(held("--sort value"), "pension BLT 1, main ACME 10, ira ACME 5"); // in EUR, then in USD
    assert_eq!(held("--by symbol"), "null ACME 15, null BLT 1");
    // 1,000 + 650 for 15; 15 × 120 less that
    let acme = &desk.json(["holdings", "--by", "symbol", "ACME"])[0];
    assert_eq!((&acme["average_cost"], &acme["market_value"]), (&"110".into(), &"1800".into()));
    assert_eq!((&acme["unrealized_gain"], &acme["unrealized_gain_percentage"]), (&"150".into(), &"9.090909".into()));
    let csv = desk.ok(["holdings", "-O", "csv", "--columns", "symbol,quantity,value", "--totals"]);
    // What BLT is worth is not known, and is not in the total of any other.
    assert_eq!(csv, "symbol,quantity,market_value\nACME,5,600\nACME,10,1200\nBLT,1,\n,,\n,,1800\n");
    let totals = desk.json(["holdings", "--totals"]);
    assert_eq!(totals[4]["cost_basis"], "1650");
    assert_eq!(totals[4]["symbol"], serde_json::Value::Null);
    let table = desk.ok(["holdings", "--columns", "symbol,value,weight", "ACME"]);
    assert_eq!(table.lines().next(), Some("SYMBOL        VALUE  WEIGHT"), "{table}");
    let refused = desk.refused(2, ["holdings", "--by", "symbol", "--columns", "symbol,portfolio"]);
    assert!(refused.contains("a row is of all portfolios"), "{refused}");
    assert_eq!(desk.error(3, ["holdings", "NOPE"])["code"], "unknown_symbol");
    assert_eq!(desk.error(3, ["holdings", "-p", "main", "-p", "nope"])["code"], "unknown_portfolio");
}

#[test]
fn what_cannot_matter_is_refused() {
    let desk = Desk::with_stocks();
    for words in [
        "-p nope stocks",
        "holdings --by symbol --sort portfolio",
        "-p main rates",
        "prices ACME -p main",
        "-n holdings",
        "gains --dry-run",
        "-p main -p main history ACME",
        "-p main -p main explain gain abcdef",
        "buy ACME 1 1 -p main -p main",
        "returns --flows --versus ACME",
        "-p main undo",
        "-p main audit verify",
    ] {
        let error = desk.error(2, words.split(' '));
        assert_eq!(error["code"], "usage", "{words}");
    }
    assert_eq!(desk.error(2, ["holdings", "--columns", "value"])["code"], "usage");
    desk.refused(2, ["holdings", "--totals"]);
    // A script may name its portfolio on each line that records something.
    desk.ok("-p main update-price ACME 3".split(' '));
    // What stands in the environment is for the commands to which it matters.
    let mut command = desk.command(["stocks"]);
    command.env("STOCKBOOK_PORTFOLIO", "nope");
    Run::of(command).exits(0);
}

#[test]
fn what_can_be_filtered_takes_several_portfolios() {
    let desk = Desk::with_stocks();
    desk.all_ok(&["add-portfolio ira", "add-portfolio pension"]);
    for (portfolio, quantity) in [("main", "1"), ("ira", "2"), ("pension", "4")] {
        desk.ok(["buy", "ACME", quantity, "100", "--date", "2024-01-02", "-p", portfolio, "--id", portfolio]);
    }
    for portfolio in ["main", "pension"] {
        desk.ok(["void", portfolio, "-p", portfolio]);
    }
    let two = ["-p", "ira", "-p", "pension"];
    let of_two = |words: &[&str]| desk.ok(words.iter().chain(&two));
    let lines = |text: &str| text.lines().count();
    // The two portfolios, two purchases, and one that was voided.
    assert_eq!(lines(&of_two(&["audit"])), 5);
    assert_eq!(lines(&desk.ok(["audit", "-p", "ira"])), 2);
    assert_eq!(lines(&desk.ok(["audit", "-p", "pension"])), 3);
    let exported = of_two(&["export", "csv"]);
    assert!(exported.contains(",ira,") && !exported.contains(",main,"), "{exported}");
    let exported: serde_json::Value = serde_json::from_str(&of_two(&["export", "json"])).unwrap();
    let names: Vec<_> = exported["portfolios"].as_array().unwrap().iter().map(|it| pick(it, &["name"])).collect();
    assert_eq!((names.join(" "), exported["transactions"].as_array().unwrap().len()), ("ira pension".to_owned(), 2));
    let journal = of_two(&["export", "ledger"]);
    assert!(journal.contains(":Ira:") && !journal.contains(":Main:"), "{journal}");
    assert_eq!(desk.error(3, ["audit", "-p", "ira", "-p", "nope"])["code"], "unknown_portfolio");
    assert_eq!(desk.error(3, ["export", "csv", "-p", "ira", "-p", "nope"])["code"], "unknown_portfolio");
}

#[test]
fn weights_add_up_to_a_hundred_as_they_are_shown() {
    let desk = Desk::with_stocks();
    desk.all_ok(&["add-portfolio ira", "add-stock THIRD Third", "add-stock DARK Dark_Pool"]);
    for (symbol, portfolio) in [("ACME", "main"), ("ACME", "ira"), ("THIRD", "main"), ("BOLT", "ira")] {
        desk.ok(["buy", symbol, "1", "7", "--date", "2024-01-02", "-p", portfolio]);
    }
    // What nobody knows the value of is not weighed, and hides no weight of others.
    desk.ok(["buy", "DARK", "1", "0", "--date", "2024-01-02"]);
    desk.all_ok(&["update-price ACME 9 --date 2024-01-05", "update-price THIRD 9 --date 2024-01-05"]);
    desk.ok(["update-price", "BOLT", "5", "--date", "2024-01-05"]);
    let weighed = |args: &str, members: &[&str]| {
        let rows = desk.json(args.split(' '));
        rows.as_array().unwrap().iter().map(|row| pick(row, members)).collect::<Vec<_>>().join(", ")
    };
    let of = ["symbol", "weight_percentage"];
    // 9 of 27 USD each, and 5 of 5 EUR.
    let thirds = "ACME 33.333333, BOLT 100, ACME 33.333334, DARK null, THIRD 33.333333";
    assert_eq!(weighed("holdings", &of), thirds);
    assert_eq!(weighed("returns --by position", &of), thirds);
    assert_eq!(weighed("returns --by symbol", &of), "ACME 66.666667, BOLT 100, DARK null, THIRD 33.333333");
    let of = ["portfolio", "currency", "weight_percentage"];
    assert_eq!(weighed("returns --by portfolio", &of), "ira EUR 100, ira USD 33.333333, main USD 66.666667");
    assert_eq!(weighed("returns --by total", &of), "null EUR null, null USD null");
    let shown = |args: &str| {
        let table = desk.ok(args.split(' '));
        let shares = table.lines().filter(|line| line.contains("ACME") || line.contains("THIRD"));
        let share = |line: &str| line.split_whitespace().find(|word| word.starts_with("33.")).map(str::to_owned);
        shares.filter_map(share).collect::<Vec<_>>()
    };
    for report in ["holdings --columns symbol,weight", "returns --by position"] {
        assert_eq!(shown(report), ["33.33%", "33.34%", "33.33%"], "{report}");
    }
    let best = &desk.json([""; 0])["best"];
    assert_eq!(pick(best, &["symbol", "weight_percentage"]), "ACME 66.666667");
    let overview = desk.ok([""; 0]);
    assert!(overview.contains("+4.00 USD  +28.57%  weight 66.67%"), "{overview}");
}

#[test]
fn returns_are_of_what_is_asked_for_and_said_once() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["add-stock", "INDEX", "Index Fund"]);
    desk.ok(["add-stock", "DARK", "Dark Pool"]);
    for (portfolio, symbol) in [("main", "ACME"), ("ira", "ACME"), ("main", "INDEX")] {
        desk.ok(["buy", symbol, "10", "100", "--date", "2023-01-02", "-p", portfolio]);
    }
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-02"]);
    desk.ok(["update-price", "INDEX", "50", "--date", "2023-01-01"]);
    desk.ok(["update-price", "INDEX", "55", "--date", "2024-01-02"]);
    let rows = |args: &str| {
        let words = format!("returns --to 2024-01-02 {args}");
        let rows = desk.json(words.split(' '));
        let told = |row: &serde_json::Value| format!("{} {} {}", row["scope"], row["portfolio"], row["symbol"]);
        rows.as_array().unwrap().iter().map(told).collect::<Vec<_>>().join(", ").replace('"', "")
    };
    assert_eq!(rows("--symbol INDEX"), "position main INDEX, total null null");
    assert_eq!(rows("--by symbol"), "symbol null ACME, symbol null INDEX");
    assert_eq!(rows("--by portfolio"), "portfolio ira null, portfolio main null");
    assert_eq!(rows("--by position"), "position ira ACME, position main ACME, position main INDEX");
    assert_eq!(rows("--by total"), "total null null");
    let said = desk.ok(["returns", "--to", "2024-01-02", "--symbol", "INDEX"]);
    assert_eq!(said.matches("550.00").count(), 1, "{said}");
    assert!(said.contains("INDEX in main") && !said.contains("portfolio main"), "{said}");
    // ACME 100 → 120, INDEX 50 → 55: 20 % and 10 %.
    let versus = &desk.json(["returns", "--to", "2024-01-02", "--versus", "INDEX", "--symbol", "ACME"])[0];
    let told = ["versus", "versus_return_percentage", "excess_return_percentage"].map(|name| versus[name].clone());
    assert_eq!(told, ["INDEX", "10", "10"]);
    // What has no price is left out of the total, by name.
    desk.ok(["buy", "DARK", "1", "5", "--date", "2023-06-01"]);
    let all = desk.json(["returns", "--to", "2024-01-02", "--by", "total"]);
    assert_eq!((&all[0]["market_value"], &all[0]["left_out"][0]), (&"2950".into(), &"DARK".into())); // 1,200 + 1,200 + 550
    let said = desk.ok(["returns", "--to", "2024-01-02"]);
    assert!(
        said.contains(
            "total: without DARK, whose value is not known\nno price on 2024-01-02 or before, so no value: DARK\n  \
             record one: stockbook update-price DARK PRICE --date 2024-01-02\n"
        ),
        "{said}"
    );
    assert_eq!(column(&desk.json(["returns", "--to", "2024-01-02", "--by", "symbol"]), "symbol").len(), 3);
}

#[test]
fn old_prices_are_warned_of_in_one_line() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-02"]);
    let warnings = |args: &[&str]| desk.ok(args).lines().filter(|line| line.starts_with("warning: ")).count();
    assert_eq!(warnings(&["holdings", "--as-of", "2024-01-16"]), 0); // 14 days
    assert_eq!(warnings(&["holdings", "--as-of", "2024-01-17"]), 1);
    assert_eq!(warnings(&["returns", "--to", "2024-01-17"]), 1);
    let said = desk.ok(["returns", "--to", "2024-01-17", "--by", "total"]);
    let warning =
        "warning: old prices, the oldest of 2024-01-02: `stockbook holdings --as-of 2024-01-17` shows which\n";
    assert!(said.ends_with(warning), "{said}");
    desk.ok(["buy", "ACME", "1", "150", "--date", "2024-01-10"]);
    let said = desk.ok(["holdings", "--as-of", "2024-01-11"]);
    let warning = "warning: old prices, the oldest of 2024-01-02: ACME; record one: ";
    assert!(said.ends_with(&format!("{warning}stockbook update-price ACME PRICE --date 2024-01-11\n")), "{said}");
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
    // The overview and its sentences fit, too.
    let mut overview = desk.command::<&str>([]);
    overview.env("COLUMNS", "60");
    let text = Run::of(overview).exits(0).out();
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
}
