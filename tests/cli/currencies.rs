//! Reports in one currency.

use serde_json::Value;

use crate::harness::{Desk, pick};

/// A stock in dollars; one euro is 1.25 dollars on 2 January and 1.6 on 1 February.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.all_ok(&[
        "add-stock ACME Acme --currency USD",
        "update-rate EUR USD 1.25 --date 2024-01-02",
        "update-rate USD EUR 0.625 --date 2024-02-01",
    ]);
    desk
}

const GAIN: [&str; 6] = ["currency", "proceeds", "cost_basis", "gain", "price_gain", "currency_gain"];
const HELD: [&str; 7] =
    ["currency", "cost_basis", "market_value", "unrealized_gain", "price_gain", "currency_gain", "rate_date"];

fn gains(desk: &Desk, args: &str) -> Vec<String> {
    let said = desk.json(["gains", "--in", "EUR"].into_iter().chain(args.split_whitespace()));
    said.as_array().unwrap().iter().map(|row| pick(row, &GAIN)).collect()
}

fn held(desk: &Desk, args: &str) -> Vec<String> {
    let said = desk.json(["holdings", "--in", "EUR"].into_iter().chain(args.split_whitespace()));
    said.as_array().unwrap().iter().map(|row| pick(row, &HELD)).collect()
}

#[test]
fn purchases_and_sales_count_at_the_rates_of_their_days() {
    let desk = desk();
    desk.all_ok(&[
        "buy ACME 10 100 --date 2024-01-02 --id b",
        "split ACME 2:1 --date 2024-01-10",
        "sell ACME 5 60 --date 2024-02-01",
        "update-price ACME 64 --date 2024-02-01",
    ]);
    // 300 × 0.625; 250 ÷ 1.25; of −12.50 the currency made 250 × 0.625 − 200.
    assert_eq!(gains(&desk, ""), ["EUR 187.5 200 -12.5 31.25 -43.75"]);
    assert_eq!(gains(&desk, "--by lot"), gains(&desk, ""));
    assert_eq!(gains(&desk, "--by year"), gains(&desk, ""));
    // 750 ÷ 1.25; 15 × 64 × 0.625; of nothing the currency made 750 × 0.625 − 600.
    let all = "EUR 600 600 0 131.25 -131.25 2024-02-01";
    assert_eq!(held(&desk, "--as-of 2024-02-05"), [all]);
    assert_eq!(held(&desk, "--max-rate-age 9999"), [all]);
    assert_eq!(desk.json(["gains"])[0]["currency"], "USD");
}

#[test]
fn an_amount_settled_in_the_currency_is_used_as_it_is() {
    let desk = desk();
    desk.ok(["buy", "ACME", "4", "50", "--date", "2024-01-02", "--settled", "170 EUR"]);
    desk.ok(["sell", "ACME", "1", "60", "--date", "2024-02-01", "--settled", "36 EUR"]);
    // A quarter of 170; 60 are 36 there: 50 × 36 ÷ 60 − 42.50.
    assert_eq!(gains(&desk, ""), ["EUR 36 42.5 -6.5 6 -12.5"]);
    assert_eq!(pick(&desk.json(["gains", "--in", "USD"])[0], &GAIN), "USD 60 50 10 10 0");
}

#[test]
fn an_average_pool_is_kept_in_both_currencies_and_a_transfer_takes_its_part_of_both() {
    let desk = desk();
    desk.all_ok(&[
        "add-portfolio pool --cost-basis average",
        "-p pool buy ACME 10 100 --date 2024-01-02",
        "-p pool buy ACME 10 200 --date 2024-02-01",
        "-p pool sell ACME 5 180 --date 2024-02-02",
        "-p pool transfer ACME 5 --to main --date 2024-02-03",
        "sell ACME 4 180 --date 2024-02-04",
    ]);
    // The pool: 1,000 ÷ 1.25 + 2,000 × 0.625 = 2,050 for 20 shares, 102.50 each, for 150 dollars each.
    // 900 × 0.625 = 562.50 for 512.50, of which the currency made 750 × 0.625 − 512.50; then four of those.
    assert_eq!(gains(&desk, ""), ["EUR 562.5 512.5 50 93.75 -43.75", "EUR 450 410 40 75 -35"]);
    let costs = |args: &str| -> Vec<String> {
        held(&desk, args).iter().map(|row| row.split(' ').nth(1).unwrap().to_owned()).collect()
    };
    assert_eq!(costs("--as-of 2024-02-05"), ["102.5", "1025"]);
    assert_eq!(costs("--max-rate-age 9999"), ["102.5", "1025"]);
}

#[test]
fn a_report_without_a_rate_is_refused_with_all_that_is_missing() {
    let desk = desk();
    desk.all_ok(&[
        "buy ACME 1 1 --date 2024-03-05",
        "buy ACME 1 1 --date 2024-03-06",
        "sell ACME 2 1 --date 2024-03-08",
    ]);
    let error = desk.error(3, ["gains", "--in", "EUR"]);
    assert_eq!(error["code"], "no_rate");
    assert_eq!(error["message"], "no rate of USD/EUR for 2024-03-05, the first of 3 figures that need one");
    let hint = error["hint"].as_str().unwrap();
    assert!(
        ["stockbook update-rate USD EUR RATE --date 2024-03-05;", "stockbook import"]
            .iter()
            .all(|word| hint.contains(word)),
        "{hint}"
    );
    // A rate of 1 February is seven days old on the eighth.
    desk.ok(["buy", "ACME", "1", "16", "--date", "2024-02-08"]);
    assert_eq!(held(&desk, "--as-of 2024-02-08"), ["EUR 10 null null null 0 2024-02-01"]);
    assert_eq!(desk.error(3, ["holdings", "--in", "EUR", "--as-of", "2024-02-09"])["code"], "no_rate");
    assert_eq!(
        desk.run(["holdings", "--in", "EUR", "--as-of", "2024-02-09", "--max-rate-age", "8"]).exits(0).err(),
        ""
    );
}

#[test]
fn holdings_need_the_rates_of_sales_only_for_a_column_of_what_these_realized() {
    let desk = desk();
    // Before the first rate.
    desk.all_ok(&[
        "buy ACME 2 10 --date 2023-11-01",
        "sell ACME 2 12 --date 2023-12-01",
        "buy ACME 1 10 --date 2024-01-02",
    ]);
    let holdings = |more: &str| desk.run("holdings --in EUR --max-rate-age 9999 -O".split(' ').chain(more.split(' ')));
    for needs_none in ["table", "table --columns symbol,cost-basis", "csv --columns symbol,cost-basis"] {
        holdings(needs_none).exits(0);
    }
    for needs_them in
        ["json", "csv", "csv --columns dividends", "csv --columns symbol --sort realized", "table --sort realized"]
    {
        holdings(needs_them).exits(3);
    }
}

#[test]
fn all_currencies_without_a_rate_are_named_and_the_one_that_is_too_old() {
    let desk = desk();
    desk.ok(["add-stock", "BP", "BP", "--currency", "GBP"]);
    desk.all_ok(&["buy BP 1 4 --date 2024-03-04", "buy ACME 1 1 --date 2024-03-05", "sell ACME 1 1 --date 2024-03-08"]);
    let error = desk.error(3, ["returns", "--by", "total", "--to", "2024-03-08", "--in", "EUR"]);
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("no rate of GBP/EUR for 2024-03-04, the first of "), "{message}");
    assert!(message.contains(" figures that need one; nor of USD/EUR for 2024-03-05, the first of "), "{message}");
    let hint = |line: &str| desk.error(3, line.split(' '))["hint"].as_str().unwrap().to_owned();
    assert!(hint("returns --in EUR").ends_with("; a rate may be at most 7 days old (--max-rate-age)"));
    // From 1 February to 5 March.
    let way_out = "; the latest before is of 2024-02-01, which --max-rate-age 33 takes";
    assert!(hint("gains --in EUR").ends_with(way_out), "{}", hint("gains --in EUR"));
    desk.ok("gains --in EUR --max-rate-age 36".split(' '));
}

#[test]
fn a_rate_that_comes_late_or_is_corrected_changes_reports_and_nothing_else() {
    let desk = desk();
    desk.all_ok(&[
        "buy ACME 10 100 --date 2024-01-02",
        "sell ACME 10 110 --date 2024-02-01",
        "buy ACME 1 100 --date 2024-02-01",
    ]);
    let said = || ["transactions", "gains", "holdings"].map(|report| desk.json([report]));
    let before = said();
    let known = desk.audit_lines().last().unwrap()["occurred_at"].as_str().unwrap().to_owned();
    assert_eq!(gains(&desk, ""), ["EUR 687.5 800 -112.5 62.5 -175"]);
    desk.ok(["update-rate", "USD", "EUR", "0.8", "--date", "2024-02-01"]);
    assert_eq!(gains(&desk, ""), ["EUR 880 800 80 80 0"]);
    assert_eq!(gains(&desk, &format!("--known-on {known}")), ["EUR 687.5 800 -112.5 62.5 -175"]);
    assert_eq!(held(&desk, "--as-of 2024-02-03"), ["EUR 80 null null null 0 2024-02-01"]);
    assert_eq!(
        held(&desk, &format!("--as-of 2024-02-03 --known-on {known}")),
        ["EUR 62.5 null null null 0 2024-02-01"]
    );
    assert_eq!(said(), before);
    let table = desk.ok(["holdings", "--in", "EUR", "--as-of", "2024-02-03"]);
    assert!(table.contains("values at the rates of 2024-02-03: USD of 2024-02-01"), "{table}");
    desk.run(["check"]).exits(0);
}

#[test]
fn dividends_and_gains_in_a_currency_are_those_that_were_known_and_of_a_stock_by_any_of_its_symbols() {
    let desk = desk();
    desk.all_ok(&[
        "buy ACME 10 100 --date 2024-01-02",
        "dividend ACME 8 --date 2024-01-02 --id mistaken",
        "sell ACME 4 110 --date 2024-02-01",
    ]);
    let held = |line: &str| {
        let rows = desk.json(line.split(' '));
        rows.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "realized_gain", "dividends"])).collect()
    };
    let line = "holdings --in EUR --as-of 2024-02-01";
    // 440 × 0.625 less 400 ÷ 1.25; 8 ÷ 1.25.
    let before: Vec<String> = held(line);
    assert_eq!(before, ["ACME -45 6.4"]);
    let known = desk.audit_lines().last().unwrap()["occurred_at"].as_str().unwrap().to_owned();
    desk.all_ok(&["void mistaken", "dividend ACME 16 --date 2024-02-01", "edit-stock ACME --symbol NEWS"]);
    assert_eq!(held(&format!("{line} --known-on {known}")), ["NEWS -45 6.4"]);
    for line in [line, "holdings ACME --in EUR --as-of 2024-02-01", "holdings NEWS --in EUR --as-of 2024-02-01"] {
        assert_eq!(held(line), ["NEWS -45 10"], "{line}");
    }
}

#[test]
fn stocks_of_several_currencies_are_added_up_in_one() {
    let desk = desk();
    desk.all_ok(&[
        "add-stock SAP SAP --currency EUR",
        "add-stock BP BP --currency GBP",
        "update-rate GBP USD 1.5 --date 2024-01-02",
        "update-rate GBP USD 1.6 --date 2024-02-01",
        "buy ACME 1 100 --date 2024-01-02",
        "buy SAP 1 100 --date 2024-01-02",
        "buy BP 1 100 --date 2024-01-02",
        "sell ACME 1 100 --date 2024-02-01",
        "sell SAP 1 101 --date 2024-02-01",
        "sell BP 1 100 --date 2024-02-01",
    ]);
    // Pounds through dollars: 150 ÷ 1.25 = 120, and 160 × 0.625 = 100.
    let by_symbol = desk.json(["gains", "--in", "EUR", "--by", "symbol"]);
    let rows: Vec<String> = by_symbol.as_array().unwrap().iter().map(|row| pick(row, &GAIN)).collect();
    assert_eq!(rows, ["EUR 62.5 80 -17.5 0 -17.5", "EUR 100 120 -20 0 -20", "EUR 101 100 1 1 0"]);
    let year: &Value = &desk.json(["gains", "--in", "EUR", "--by", "year"])[0];
    assert_eq!(pick(year, &GAIN), "EUR 263.5 300 -36.5 1 -37.5");
    assert!(year["original_currency"].is_null());
}

#[test]
fn pence_are_pounds_where_an_amount_says_so_and_no_currency_of_their_own() {
    let desk = desk();
    desk.ok(["add-stock", "BP", "BP", "--currency", "GBP"]);
    desk.ok(["buy", "BP", "10", "480.5 GBX", "--fee", "150 GBp", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "1", "2", "--settled", "150 GBX", "--date", "2024-01-02"]);
    desk.ok(["update-price", "BP", "500p", "--date", "2024-01-03"]);
    let [pounds, dollars] = [0, 1].map(|at| desk.json(["transactions"])[at].clone());
    // 10 × 4.805 + 1.50
    assert_eq!(pick(&pounds, &["price", "fee", "total_amount"]), "4.805 1.5 49.55");
    assert_eq!(pick(&dollars, &["settlement_amount", "settlement_currency"]), "1.5 GBP");
    assert_eq!(pick(&desk.json(["prices", "BP"])[0], &["price"]), "5");
    // For a stock in another currency, they are as wrong as pounds.
    for price in ["500 GBX", "500p"] {
        assert_eq!(desk.error(3, ["update-price", "ACME", price])["code"], "currency_mismatch");
    }
    for line in ["add-stock SHEL Shell --currency GBX", "add-stock SHEL Shell --currency GBp", "holdings --in GBX"] {
        let refused = desk.error(2, line.split(' '));
        assert_eq!(refused["code"], "invalid_currency", "{line}");
        assert!(refused["hint"].as_str().unwrap().starts_with("write GBP, in which 150 GB"), "{line}: {refused}");
    }
}
