//! Performance by period, and holdings over time.

use serde_json::{Value, json};

use crate::harness::{Desk, Run, column, pick};

/// ACME, bought in two years, with a dividend and a sale in the second.
fn book() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2022-12-30"]);
    desk.ok(["buy", "ACME", "10", "120", "--date", "2023-01-04"]);
    desk.ok(["dividend", "ACME", "60", "--date", "2023-06-30"]);
    desk.ok(["update-price", "ACME", "125", "--date", "2023-06-30"]);
    desk.ok(["sell", "ACME", "5", "140", "--date", "2023-09-01"]);
    desk.ok(["update-price", "ACME", "150", "--date", "2023-12-29"]);
    desk.ok(["update-price", "ACME", "75", "--date", "2024-06-28"]);
    desk
}

#[test]
fn a_stock_without_a_price_hides_nothing_of_the_others() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "DARK", "Dark Pool"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["buy", "DARK", "10", "7", "--date", "2024-01-03"]);
    for (date, price) in [("2024-01-02", "100"), ("2024-12-31", "110"), ("2025-06-30", "121")] {
        desk.ok(["update-price", "ACME", price, "--date", date]);
    }
    let years = desk.json(["performance", "--to", "2025-06-30"]);
    let of = ["period", "opening_value", "market_value", "time_weighted_return_percentage", "left_out"];
    assert_eq!(pick(&years[0], &of), "2024 0 1100 10 [\"DARK\"]");
    assert_eq!(pick(&years[1], &of), "2025 1100 1210 10 [\"DARK\"]");
    let said = desk.ok(["performance", "--to", "2025-06-30"]);
    let why = "2025: without DARK, whose value is not known; record a price: stockbook update-price DARK PRICE --date";
    assert!(said.contains(why), "{said}");
    // Neither its cost nor its value counts.
    let drawn = desk.ok(["chart", "--by", "year", "--to", "2025-06-30", "-O", "csv"]);
    assert_eq!(drawn.lines().nth(2), Some("USD,2024-12-31,1000,1100,100,10,"), "{drawn}");
    assert_eq!(desk.json(["chart", "--to", "2025-06-30"])[0]["left_out"], json!(["DARK"]));
    let said = desk.ok(["chart", "--to", "2025-06-30"]);
    assert!(said.contains("no price, so not counted: DARK\n") && !said.contains('?'), "{said}");
    // What has a price from some day on counts from then; a note says what is missing before.
    desk.ok(["update-price", "DARK", "8", "--date", "2025-01-15"]);
    let drawn = desk.ok(["chart", "--by", "year", "--to", "2025-06-30", "-O", "csv"]);
    assert_eq!(drawn.lines().nth(2), Some("USD,2024-12-31,1070,,,,"), "{drawn}");
    assert_eq!(drawn.lines().nth(3), Some("USD,2025-06-30,1070,1290,220,20.560748,"), "{drawn}");
}

#[test]
fn years_follow_on_each_other() {
    let desk = book();
    // 2023: 2,250 + 700 + 60 − 1,200 − 1,200 = 610, and (2,500 + 60) ÷ 2,400 × (2,100 + 700) ÷ 2,500 × 2,250 ÷ 2,100 = 1.28.
    insta::assert_snapshot!(desk.ok(["performance", "--to", "2024-12-31"]), @"
    PERIOD   OPENING    PAID IN  DIVIDENDS       GAIN     VALUE  BY TIME
    ───────────────────────────────────────────────────────────────────────────────────────
    2022        0.00  +1,000.00       0.00    +200.00  1,200.00  +20.00%            │████
    2023    1,200.00    +500.00      60.00    +610.00  2,250.00  +28.00%            │█████▌
    2024    2,250.00       0.00       0.00  -1,125.00  1,125.00  -50.00%  ██████████│

    warning: old prices, the oldest of 2024-06-28: `stockbook holdings --as-of 2024-12-31` shows which
    ");
    let rows = desk.json(["performance", "--period", "2023"]);
    assert_eq!(
        rows,
        json!([{
            "period": "2023", "from": "2023-01-01", "to": "2023-12-31", "currency": "USD", "opening_value": "1200",
            "paid_in": "1200", "taken_out": "700", "dividends": "60", "gain": "610", "market_value": "2250",
            "time_weighted_return_percentage": "28", "reason": null, "left_out": []
        }])
    );
    // The returns of the years are those of `returns`.
    let of_year = desk.json(["returns", "--period", "2023"]);
    assert_eq!(of_year.as_array().unwrap().last().unwrap()["time_weighted_return_percentage"], "28");
}

#[test]
fn a_split_before_the_first_purchase_begins_nothing() {
    let desk = Desk::with_stocks();
    desk.ok(["split", "ACME", "2:1", "--date", "2024-01-10"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-03-04"]);
    let periods = desk.json(["performance", "--to", "2024-12-31"]);
    assert_eq!(pick(&periods[0], &["period", "from"]), "2024 2024-03-04");
}

#[test]
fn quarters_and_months_link_up_to_the_year() {
    let desk = book();
    for (by, count) in [("quarter", 4), ("month", 12)] {
        let rows = desk.json(["performance", "--by", by, "--period", "2023"]);
        let rates = column(&rows, "time_weighted_return_percentage");
        assert_eq!(rates.len(), count);
        let linked: f64 = rates.iter().map(|rate| 1.0 + rate.parse::<f64>().unwrap() / 100.0).product();
        assert!((linked - 1.28).abs() < 1e-6, "{by}: {linked}");
        // All amounts are whole.
        let sum = |member| column(&rows, member).iter().map(|it| it.parse::<i64>().unwrap()).sum::<i64>();
        assert_eq!(["gain", "paid_in", "taken_out", "dividends"].map(sum), [610, 1200, 700, 60]);
        for pair in rows.as_array().unwrap().windows(2) {
            assert_eq!(pair[0]["market_value"], pair[1]["opening_value"], "{by}");
        }
    }
}

#[test]
fn a_period_without_a_price_says_so() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "110", "--date", "2023-12-29"]);
    let rows = desk.json(["performance", "--to", "2023-12-31"]);
    assert_eq!((&rows[0]["market_value"], &rows[0]["time_weighted_return_percentage"]), (&Value::Null, &Value::Null));
    assert!(rows[1]["reason"].as_str().unwrap().contains("2022-12-31"), "{rows}");
    let shown = desk.ok(["performance", "--to", "2023-12-31"]);
    let why = "no price on 2022-12-31 or before, so no value: ACME\n  record one: stockbook update-price ACME PRICE \
               --date 2022-12-31\n";
    assert!(shown.ends_with(why), "{shown}");
    assert_eq!(Desk::with_stocks().json(["performance"]), json!([]));
    // A year in which only shares of unknown value were held is not left out.
    desk.ok(["remove-price", "ACME", "2023-12-29"]);
    let rows = desk.json(["performance", "--to", "2024-12-31"]);
    let told = rows.as_array().unwrap().iter().map(|row| (row["period"].as_str().unwrap(), &row["gain"]));
    assert_eq!(told.collect::<Vec<_>>(), ["2022", "2023", "2024"].map(|year| (year, &Value::Null)));
}

#[test]
fn the_stocks_without_a_price_are_named_once_with_the_command_that_records_one() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "DARK", "Dark Pool"]);
    desk.ok(["add-stock", "EURO", "Euro SE", "--currency", "EUR"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["buy", "DARK", "10", "100", "--date", "2023-01-03"]);
    desk.ok(["buy", "EURO", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "110", "--date", "2023-12-29"]);
    let said = desk.ok(["performance", "--period", "2024"]);
    assert!(
        said.ends_with(
            "2024 USD: without DARK, whose value is not known; record a price: stockbook update-price DARK PRICE --date \
             2023-12-31\nno price on 2023-12-31 or before, so no value: EURO\n  record one: stockbook update-price \
             EURO PRICE --date 2023-12-31\n"
        ),
        "{said}"
    );
    let said = desk.ok(["performance", "--to", "2024-12-31"]);
    assert!(said.contains("\nno price on some of these days, so no value: EURO, ACME, DARK\n"), "{said}");
    let said = desk.ok(["returns", "--by", "total", "--to", "2023-12-28"]);
    let why = "no price on 2023-12-28 or before, so no value: EURO, ACME, DARK\n";
    assert!(said.contains(why) && said.matches("stockbook").count() == 1, "{said}");
}

#[test]
fn two_currencies_and_two_portfolios_are_kept_apart() {
    let desk = book();
    desk.ok(["add-portfolio", "ira"]);
    desk.ok(["-p", "ira", "buy", "BOLT", "1", "50", "--date", "2023-05-02"]);
    desk.ok(["update-price", "BOLT", "60", "--date", "2023-05-03"]);
    let rows = desk.json(["performance", "--period", "2023"]);
    assert_eq!((column(&rows, "currency"), column(&rows, "gain")), (vec!["EUR", "USD"], vec!["10", "610"]));
    assert_eq!(column(&desk.json(["-p", "ira", "performance", "--period", "2023"]), "gain"), ["10"]);
    assert_eq!(column(&desk.json(["performance", "--symbol", "ACME", "--period", "2023"]), "gain"), ["610"]);
    // In the total, a transfer moves nothing; in the two portfolios, it moves the value of the shares.
    desk.ok(["transfer", "ACME", "5", "--to", "ira", "--date", "2024-02-01"]);
    let rows = desk.json(["performance", "--period", "2024"]);
    assert_eq!((column(&rows, "paid_in"), column(&rows, "gain")), (vec!["0", "0"], vec!["0", "-1125"]));
    let rows = desk.json(["-p", "ira", "performance", "--period", "2024"]);
    assert_eq!(column(&rows, "paid_in"), ["0", "750"]);
}

#[test]
fn a_chart_is_above_its_figures() {
    let desk = book();
    let args = ["chart", "--from", "2022-01-01", "--to", "2023-12-31"];
    insta::assert_snapshot!(desk.ok(args), @"
    USD
    3,000 │
          │
          │                                     ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅███████
          │                                     ────────────────────────           █
          │                                     ████████████████████████▄▄▄▄▄▄▄▄▄▄▄█
          │                                     ████████████████████████────────────
    1,500 │                                     ████████████████████████████████████
          │                                    ▆████████████████████████████████████
          │ ────────────────────────────────────████████████████████████████████████
          │ ████████████████████████████████████████████████████████████████████████
          │ ████████████████████████████████████████████████████████████████████████
          │ ████████████████████████████████████████████████████████████████████████
        0 └─────────────────────────────────────────────────────────────────────────
           2022-01-01                                                     2023-12-31
           █ value  ─ cost

    DATE            COST     VALUE     GAIN   GAIN %
    ────────────────────────────────────────────────
    2022-01-01      0.00      0.00     0.00
    2022-03-31  1,000.00  1,000.00     0.00    0.00%
    2022-06-30  1,000.00  1,000.00     0.00    0.00%
    2022-09-30  1,000.00  1,000.00     0.00    0.00%
    2022-12-31  1,000.00  1,200.00  +200.00  +20.00%
    2023-03-31  2,200.00  2,400.00  +200.00   +9.09%
    2023-06-30  2,200.00  2,500.00  +300.00  +13.64%
    2023-09-30  1,700.00  1,875.00  +175.00  +10.29%
    2023-12-31  1,700.00  2,250.00  +550.00  +32.35%
    ");
    for (name, value) in [("LC_ALL", "C"), ("TERM", "dumb")] {
        let mut ascii = desk.command(args);
        ascii.env(name, value);
        let ascii = Run::of(ascii).exits(0).out();
        assert!(ascii.is_ascii() && ascii.contains("# value  - cost"), "{ascii}");
        assert!(ascii.lines().all(|line| line.len() <= 80), "{ascii}");
    }
}

#[test]
fn value_over_time_is_available_to_programs() {
    let desk = book();
    let rows = desk.json(["chart", "--by", "quarter", "--period", "2023"]);
    assert_eq!(column(&rows, "date"), ["2023-01-01", "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"]);
    // 10 × 120, 20 × 120, 20 × 125, 15 × 125 and 15 × 150; five of the first ten were sold.
    assert_eq!(column(&rows, "market_value"), ["1200", "2400", "2500", "1875", "2250"]);
    assert_eq!(column(&rows, "cost_basis"), ["1000", "2200", "2200", "1700", "1700"]);
    assert_eq!((&rows[4]["gain"], &rows[4]["gain_percentage"]), (&json!("550"), &json!("32.352941")));
    assert_eq!(
        desk.json(["chart", "--by", "day", "--from", "2023-01-03", "--to", "2023-01-05"]).as_array().unwrap().len(),
        3
    );
    assert_eq!(desk.error(3, ["chart", "--symbol", "NOPE"])["code"], "unknown_symbol");
    assert!(desk.run(["chart", "--symbol", "BOLT"]).exits(0).err().starts_with("note: nothing was held"));
    desk.ok(["buy", "BOLT", "1", "50", "--date", "2023-05-02"]);
    let rows = desk.json(["chart", "--symbol", "BOLT", "--period", "2023"]);
    assert!(rows.as_array().unwrap().last().unwrap()["market_value"].is_null(), "{rows}");
    assert!(desk.ok(["chart", "--symbol", "BOLT", "--period", "2023"]).contains("? value not known"));
}

#[test]
fn a_period_without_changes_is_a_single_line() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "150", "--date", "2020-01-02"]);
    desk.ok(["update-price", "ACME", "160", "--date", "2020-06-30"]);
    let said = desk.ok(["performance", "--by", "quarter", "--to", "2021-12-31"]);
    let periods: Vec<&str> =
        said.lines().filter(|line| line.starts_with("20") && !line.contains("is not known")).collect();
    assert_eq!(periods.len(), 3, "{said}");
    assert_eq!(periods[2], "2020-q3 to 2021-q4: no money moved, and no price changed");
    // Machine-readable output has every period.
    let rows = desk.json(["performance", "--by", "quarter", "--to", "2021-12-31"]);
    assert_eq!(rows.as_array().unwrap().len(), 8);
    let said = desk.ok(["chart", "--to", "2021-12-31"]);
    assert!(said.contains("nothing changed from 2020-06-30 on"), "{said}");
    let days: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("20")).map(|line| &line[..8]).collect();
    assert_eq!(days, ["20-01-02", "20-03-31", "20-06-30", "21-12-31"]);
    let asked = desk.ok(["chart", "--to", "2021-12-31", "--by", "quarter"]);
    assert_eq!(asked.lines().filter(|line| line.starts_with("20")).count(), 9, "{asked}");
}

#[test]
fn what_was_held_between_the_listed_days_is_a_change() {
    let desk = Desk::with_stocks();
    desk.all_ok(&[
        "buy ACME 10 10 --date 2020-01-02",
        "sell ACME all 11 --date 2020-07-01",
        "buy ACME 10 20 --date 2023-02-01",
        "sell ACME all 22 --date 2023-11-01",
        "dividend ACME 5 --date 2024-03-01",
    ]);
    let said = desk.ok(["chart", "--to", "2026-06-30"]);
    assert!(said.contains("nothing changed from 2023-12-31 on"), "{said}");
    let late = desk.ok(["performance", "--from", "2024-01-01", "--to", "2024-12-31"]);
    assert!(late.contains("nothing was there to grow before 2024-12-31"), "{late}");
}

#[test]
fn old_prices_behind_the_last_value_are_warned_of() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2010-01-04"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2010-03-01"]);
    desk.ok(["buy", "ACME", "1", "150", "--date", "2012-06-01"]);
    let said = desk.ok(["performance", "--to", "2012-12-31"]);
    let warning =
        "warning: old prices, the oldest of 2010-03-01: `stockbook holdings --as-of 2012-12-31` shows which\n";
    assert!(said.contains(warning), "{said}");
    desk.ok(["update-price", "ACME", "160", "--date", "2012-12-28"]);
    assert!(!desk.ok(["performance", "--to", "2012-12-31"]).contains("old prices"));
}

#[test]
fn a_chart_warns_of_old_prices_behind_its_last_value() {
    let desk = Desk::with_stocks();
    desk.all_ok(&["buy ACME 10 100 --date 2024-01-02", "update-price ACME 110 --date 2024-01-31"]);
    let warning =
        "\nwarning: old prices, the oldest of 2024-01-31: ACME; record one: stockbook update-price ACME PRICE";
    assert!(!desk.ok(["chart", "--to", "2024-02-14"]).contains("old prices"));
    assert!(desk.ok(["chart", "--to", "2024-02-15"]).contains(&format!("{warning} --date 2024-02-15\n")));
    assert!(desk.ok(["chart"]).contains(&format!("{warning}\n")));
    // A purchase after the price may have been at another one; shares that were sold need none.
    desk.ok(["buy", "ACME", "1", "150", "--date", "2024-02-05"]);
    assert!(desk.ok(["chart", "--to", "2024-02-06"]).contains(&format!("{warning} --date 2024-02-06\n")));
    desk.ok(["sell", "ACME", "all", "150", "--date", "2024-02-08"]);
    assert!(!desk.ok(["chart"]).contains("old prices"));
}
