//! Every report in one currency.

mod companies;

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::harness::{Desk, Run, pick, repository};

/// One euro is 1.25 dollars on 2 January 2024, and 1.6 on 1 February. Ten shares for 1,000 dollars then are worth
/// 1,200 now, and paid 20; ten for 700 euros are worth 750.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.all_ok(&[
        "add-stock ACME Acme --currency USD --sector Tools",
        "add-stock SAP SAP --currency EUR --sector Tools",
        "update-rate EUR USD 1.25 --date 2024-01-02",
        "update-rate USD EUR 0.625 --date 2024-02-01",
        "buy ACME 10 100 --date 2024-01-02",
        "buy SAP 10 70 --date 2024-01-02",
        "dividend ACME 20 --withholding 4 --date 2024-02-01",
        "update-price ACME 120 --date 2024-02-01",
        "update-price SAP 75 --date 2024-02-01",
    ]);
    desk
}

fn rows(desk: &Desk, line: &str, members: &[&str]) -> Vec<String> {
    picked(&desk.json(line.split(' ')), members)
}

fn picked(rows: &Value, members: &[&str]) -> Vec<String> {
    rows.as_array().into_iter().flatten().map(|row| pick(row, members)).collect()
}

#[test]
fn returns_count_money_that_moved_at_the_rates_of_its_days_and_values_at_theirs() {
    let desk = desk();
    let members = [
        "scope",
        "currency",
        "invested",
        "dividends",
        "market_value",
        "gain",
        "time_weighted_return_percentage",
        "original_currency",
        "price_gain",
        "currency_gain",
        "currency_return_percentage",
    ];
    // 1,000 ÷ 1.25; 16 × 0.625; 1,200 × 0.625. Of 760 − 800 the price made 216 × 0.625. A dollar was 0.8
    // euros and is 0.625. In total: 760 + 750 of 1,500.
    let acme = "position EUR 800 10 750 -40 -5 USD 135 -175 -21.875";
    let sap = "position EUR 700 0 750 50 7.142857 EUR 50 0 0";
    let total = "total EUR 1500 10 1500 10 0.666667 null 185 -175 null";
    let line = "returns --in EUR --to 2024-02-01";
    assert_eq!(rows(&desk, line, &members), [acme, sap, &total.replace("total", "portfolio"), total]);
    let year = rows(&desk, "performance --in EUR --to 2024-02-01", &["period", "paid_in", "gain", "currency_gain"]);
    assert_eq!(year, ["2024 1500 10 -175"]);
    let flows = desk.json(["returns", "--in", "EUR", "--to", "2024-02-01", "--symbol", "ACME", "--flows"]);
    let amounts: Vec<&str> =
        flows[0]["flows"].as_array().unwrap().iter().map(|it| it["amount"].as_str().unwrap()).collect();
    assert_eq!(amounts, ["-800", "10", "750"]);
    let table = desk.ok(["returns", "--in", "EUR", "--to", "2024-02-01"]);
    assert!(table.contains("in EUR, at the rates of 2024-01-02 to 2024-02-01 (USD)"), "{table}");
    // An index in dollars lost what the dollar lost.
    desk.all_ok(&["add-stock IDX Index --currency USD", "update-price IDX 10 --date 2024-01-02"]);
    let versus = rows(
        &desk,
        "returns --in EUR --to 2024-02-01 --symbol SAP --by position --versus IDX",
        &["versus_return_percentage"],
    );
    assert_eq!(versus, ["-21.875"]);
}

#[test]
fn a_stock_of_which_nothing_is_left_in_the_report_takes_no_currency_from_it() {
    let desk = desk();
    let line = "returns --in EUR --from 2024-01-20 --to 2024-02-01 --by total";
    let members = ["original_currency", "currency_return_percentage"];
    desk.all_ok(&["sell SAP 10 75 --date 2024-01-10", "update-price ACME 100 --date 2024-01-02"]);
    desk.all_ok(&["update-rate EUR USD 1.25 --date 2024-01-19"]);
    let without = rows(&desk, line, &members);
    assert_eq!(without, ["USD -21.875"]);
    desk.all_ok(&["add-stock VOD Vodafone --currency GBP", "buy VOD 10 1 --date 2024-01-25", "undo"]);
    assert_eq!(rows(&desk, line, &members), without);
}

#[test]
fn a_dividend_counts_at_the_rate_of_its_day_or_with_what_it_was_paid_or_settled_with() {
    let desk = desk();
    desk.all_ok(&[
        "dividend ACME 8 --currency EUR --rate 1.5 --withholding 2 --date 2024-02-01",
        "dividend ACME 20 --withholding 5 --settled 9_EUR --date 2024-02-01",
    ]);
    let members = ["currency", "amount", "withholding", "net_amount", "yield_on_cost_percentage", "original_currency"];
    // 20 and 4 × 0.625; 8 and 2 as they were paid; 15 were 9, so 20 are 12.
    assert_eq!(
        rows(&desk, "dividends --in EUR --to 2024-02-01", &members),
        ["EUR 12.5 2.5 10 1.5625 USD", "EUR 8 2 6 1 USD", "EUR 12 3 9 1.5 USD"]
    );
    let by = |what| rows(&desk, &format!("dividends --in EUR --to 2024-02-01 --by {what}"), &members);
    assert_eq!(by("symbol"), ["EUR 32.5 7.5 25 4.0625 USD"]);
    // Of a total cost of 1,500.
    assert_eq!(by("year"), ["EUR 32.5 7.5 25 2.166667 USD"]);
    let held = rows(&desk, "holdings --in EUR --as-of 2024-02-01", &["symbol", "dividends", "realized_gain"]);
    assert_eq!(held, ["ACME 32.5 0", "SAP 0 0"]);
}

#[test]
fn an_allocation_in_one_currency_is_of_one_whole() {
    let desk = desk();
    let by = |what: &str| {
        let line = format!("allocation --in EUR --as-of 2024-02-01 --by {what}");
        rows(&desk, &line, &["name", "currency", "market_value", "percentage", "original_currency"])
    };
    assert_eq!(by("stock"), ["ACME EUR 750 50 USD", "SAP EUR 750 50 EUR"]);
    assert_eq!(by("currency"), ["EUR EUR 750 50 EUR", "USD EUR 750 50 USD"]);
    assert_eq!(by("sector"), ["Tools EUR 1500 100 null"]);
    let line = "allocation --in EUR --as-of 2024-02-01 --target ACME=60 --target SAP=40";
    assert_eq!(rows(&desk, line, &["name", "drift_amount"]), ["ACME -150", "SAP 150"]);
    // The cost of the shares needs no rate.
    let error = desk.error(3, ["allocation", "--in", "EUR", "--as-of", "2024-02-09"]);
    assert_eq!(error["message"], "no rate of USD/EUR for 2024-02-09");
}

#[test]
fn a_chart_and_a_page_in_one_currency_say_of_which_days_the_rates_are() {
    let desk = desk();
    let line = "chart --in EUR --to 2024-02-01 --by year";
    assert_eq!(
        rows(&desk, line, &["currency", "date", "cost_basis", "market_value"]),
        ["EUR 2024-01-02 1500 null", "EUR 2024-02-01 1500 1500"]
    );
    let table = desk.ok(["chart", "--in", "EUR", "--to", "2024-02-01"]);
    assert!(table.contains("in EUR, at the rates of 2024-01-02 to 2024-02-01 (USD)"), "{table}");
    let page = desk.ok(["report", "--html", "-", "--in", "EUR", "--to", "2024-02-01"]);
    assert!(page.contains("All amounts in EUR, at the rates of 2024-01-02 to 2024-02-01 (USD)."), "{page}");
    assert!(!page.contains("Value in USD") && page.contains("Value in EUR"), "{page}");
}

#[test]
fn the_overview_in_one_currency_adds_up_what_is_held() {
    let desk = desk();
    desk.all_ok(&[
        "sell ACME 5 110 --date 2024-02-01",
        "update-rate USD EUR 0.5",
        "update-price ACME 100 --date yesterday",
        "update-price ACME 130",
        "dividend ACME 40 --date today",
    ]);
    let overview = desk.json(["--in", "EUR"]);
    let members = [
        "currency",
        "positions",
        "cost_basis",
        "market_value",
        "unrealized_gain",
        "price_gain",
        "currency_gain",
        "realized_gain",
        "dividends",
        "dividends_twelve_months",
        "total_return",
        "day_change",
    ];
    // Five shares for 400, now 650 × 0.5, and 750 for 700; the cost is 500 × 0.5 today. Five brought 550 × 0.625 for
    // 400. Dividends of 20 × 0.625 and 40 × 0.5. The day's 150 dollars are 75.
    let said = picked(&overview["currencies"], &members);
    assert_eq!(said, ["EUR 2 1100 1075 -25 125 -150 -56.25 32.5 20 -48.75 75"]);
    assert_eq!(pick(&overview["rates"][0], &["currency", "first"]), "USD 2024-01-02");
    assert_eq!(overview["best"]["currency"], "EUR");
    let table = desk.ok(["--in", "EUR"]);
    assert!(["by the currency", "-150.00", "in EUR, at the rates of"].iter().all(|it| table.contains(it)), "{table}");
    assert_eq!(desk.error(2, ["--in", "EUR", "holdings"])["code"], "usage");
    assert_eq!(desk.json(Vec::<&str>::new())["rates"], Value::Array(Vec::new()));
}

/// A portfolio for shares in dollars, which are worth 0.8 euros first and 0.625 then.
fn at_two_rates(method: &str) -> Desk {
    let desk = Desk::new();
    desk.all_ok(&[
        "add-stock ACME Acme --currency USD",
        "add-stock SPUN Spun --currency USD",
        "update-rate EUR USD 1.25 --date 2024-01-02",
        "update-rate USD EUR 0.625 --date 2024-02-01",
        &format!("add-portfolio it --cost-basis {method}"),
    ]);
    desk
}

#[test]
fn holdings_in_one_currency_are_grouped_sorted_chosen_and_added_up_like_others() {
    let desk = at_two_rates("fifo");
    desk.all_ok(&[
        "add-stock FREE Free --currency EUR",
        "buy ACME 10 100 --date 2024-01-02",
        "-p it buy ACME 5 120 --date 2024-02-01",
        "buy SPUN 1 50 --date 2024-02-01",
        "buy FREE 3 1 --date 2024-02-01",
        "sell ACME 2 130 --date 2024-02-01",
        "update-price ACME 128 --date 2024-02-01",
        "update-price SPUN 2000 --date 2024-02-01",
    ]);
    let on = "--in EUR --as-of 2024-02-01";
    let figures = ["portfolio", "symbol", "quantity", "cost_basis", "market_value", "price_gain", "currency_gain"];
    // 8 of 10 for 640 of 800 euros, and 5 for 600 × 0.625; 13 × 128 × 0.625; the cost of 1,400 dollars is 875 then.
    let of_stocks =
        ["null ACME 13 1015 1040 165 -140", "null FREE 3 3 null null 0", "null SPUN 1 31.25 1250 1218.75 0"];
    assert_eq!(rows(&desk, &format!("holdings {on} --by symbol"), &figures), of_stocks);
    let sorted = |column: &str| rows(&desk, &format!("holdings {on} --sort {column}"), &["portfolio", "symbol"]);
    assert_eq!(sorted("value"), ["main SPUN", "main ACME", "it ACME", "main FREE"]);
    assert_eq!(sorted("weight"), sorted("value"));
    assert_eq!(sorted("realized")[0], "main ACME");
    let with_total = rows(&desk, &format!("holdings {on} --totals"), &[&["currency"], &figures[1..]].concat());
    assert_eq!(with_total[4], "EUR null null 1049.25 2290 1383.75 -140");
    // 2 × 130 × 0.625 − 160.
    let csv = desk.ok(format!("holdings {on} --columns symbol,realized,currency -O csv ACME").split(' '));
    assert_eq!(csv, "symbol,realized_gain,currency\nACME,0,EUR\nACME,2.5,EUR\n");
    let table = desk.ok(format!("holdings {on} --columns symbol,realized ACME").split(' '));
    assert!(table.contains("+2.50") && !table.contains("TRADED IN"), "{table}");
    let table = desk.ok(format!("holdings {on} --by symbol").split(' '));
    assert!(table.contains("1,040.00") && !table.to_uppercase().contains("PORTFOLIO"), "{table}");
    // FREE has no price, and is in no sum except that of costs.
    let total = table.lines().find(|line| line.starts_with("total EUR")).unwrap();
    let figures: Vec<&str> = total.split_whitespace().skip(2).collect();
    assert_eq!(figures, ["1,049.25", "2,290.00", "+1,243.75", "+1,383.75", "-140.00"]);
}

#[test]
fn tables_of_several_currencies_have_a_total_in_the_reporting_currency() {
    let desk = desk();
    desk.all_ok(&[
        "sell ACME 5 110 --date 2024-02-01",
        "sell SAP 5 80 --date 2024-02-01",
        "dividend SAP 7 --date 2024-02-01",
        "update-rate USD EUR 0.5",
        "update-price ACME 130",
    ]);
    let table = |line: &str| {
        let mut command = desk.command(line.split_whitespace());
        command.env("STOCKBOOK_CURRENCY", "EUR");
        Run::of(command).exits(0).out()
    };
    // Sold for 550 × 0.625 + 400; paid 20 × 0.625 + 7, less 4 × 0.625; held then 600 × 0.625 + 375.
    for (line, total) in [
        ("holdings", "all in EUR 750.00 700.00 -50.00 -6.67% -6.25"),
        ("gains", "all in EUR 743.75 750.00 -6.25"),
        ("returns --to 2024-02-01", "all in EUR 2024-01-02 1,500.00 743.75 17.00 750.00"),
        ("dividends --to 2024-02-01", "all in EUR 19.50 2.50 17.00"),
        // The holdings at the end of the year, to which yields refer, need no rate for this.
        ("dividends --by year --to 2024-12-31", "all in EUR 2 19.50 2.50 17.00"),
        ("allocation --as-of 2024-02-01", "all in EUR 750.00"),
        ("performance --to 2024-02-01", "2024 0.00 +756.25 17.00 +10.75 750.00"),
        ("chart --to 2024-02-01", "2024-02-01 750.00 750.00 0.00"),
        ("", "all in EUR"),
        ("report --html -", "All in EUR"),
    ] {
        let said = table(line);
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(total) && words.contains("in EUR, at the rates of"), "{line}: {said}");
    }
    let as_of = |day: &str| table(&format!("holdings --as-of {day}"));
    assert!(
        as_of("2024-02-09").contains("no total in EUR: no rate of USD/EUR for 2024-02-09"),
        "{}",
        as_of("2024-02-09")
    );
    assert!(!table("-p main holdings ACME").contains("all in EUR"));
    // The rows and the machine-readable output are the same as without it.
    for line in ["holdings", "gains", "returns", "dividends", "allocation", "performance", "chart --by year"] {
        let mut command = desk.command(line.split(' ').chain(["-O", "json"]));
        command.env("STOCKBOOK_CURRENCY", "EUR");
        assert_eq!(Run::of(command).exits(0).out(), desk.ok(line.split(' ').chain(["-O", "json"])), "{line}");
    }
}

#[test]
fn the_reporting_currency_is_typed_or_in_the_environment_or_in_the_configuration_file() {
    let desk = desk();
    let folder = desk.path(".config/stockbook");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "currency = 'GBP'\n").unwrap();
    let setting = |args: &[&str], variable: Option<&str>| {
        let mut command = desk.command(args.iter().copied().chain(["config", "-O", "json"]));
        command.envs(variable.map(|value| ("STOCKBOOK_CURRENCY", value)));
        let said: Value = serde_json::from_str(&Run::of(command).exits(0).out()).unwrap();
        let of_setting = said.as_array().unwrap().iter().find(|row| row["name"] == "currency").unwrap();
        pick(of_setting, &["value", "origin"])
    };
    assert_eq!(setting(&[], None), "GBP configuration file");
    assert_eq!(setting(&[], Some("CHF")), "CHF environment");
    assert_eq!(setting(&[], Some("")), "GBP configuration file");
    assert_eq!(setting(&["--reporting-currency", "EUR"], Some("CHF")), "EUR command line");
    // The currency of a stock is another option.
    desk.ok(["add-stock", "BP", "BP", "--currency", "GBP"]);
    let table = desk.ok(["gains"]);
    assert_eq!(table, "");
    let held = desk.ok(["holdings"]);
    assert!(held.contains("no total in GBP: no rate of EUR/GBP for 2024-01-02"), "{held}");
}

/// Every command line that shows figures in one currency.
const REPORTS: &[&str] = &[
    "",
    "holdings",
    "holdings --all",
    "gains",
    "gains --by lot",
    "gains --by symbol",
    "gains --by year",
    "returns",
    "returns --flows",
    "performance",
    "performance --by month",
    "dividends",
    "dividends --by symbol",
    "dividends --by year",
    "allocation",
    "allocation --by sector",
    "chart",
    "report --html page.html",
    "explain gain sold",
    "explain holding ACME",
];

#[test]
fn without_a_rate_every_report_is_refused_with_the_pair_the_first_day_and_the_ways_out() {
    let desk = desk();
    desk.all_ok(&[
        "sell ACME 4 110 --date 2024-02-01 --id sold",
        "remove-rate EUR USD 2024-01-02",
        "remove-rate USD EUR 2024-02-01",
    ]);
    let named = |line: &str| {
        line.split(' ').take(if line.starts_with("explain") { 2 } else { 1 }).collect::<Vec<_>>().join("-")
    };
    let tested: BTreeSet<String> = REPORTS.iter().map(|line| named(line)).collect();
    assert_eq!(tested, with_the_option(), "reports with --in, and those of this test");
    for line in REPORTS {
        let words = || line.split(' ').filter(|word| !word.is_empty()).chain(["--in", "EUR"]);
        let refused = desk.error(3, words());
        let (message, hint) = (refused["message"].as_str().unwrap(), refused["hint"].as_str().unwrap());
        // An allocation shows current holdings at today's rate.
        let today = line.starts_with("allocation");
        let first = if today { "no rate of USD/EUR for " } else { "no rate of USD/EUR for 2024-01-02, the first of " };
        assert_eq!(refused["code"], "no_rate", "{line}");
        assert!(
            message.starts_with(first) && (today || message.ends_with(" figures that need one")),
            "{line}: {message}"
        );
        assert!(hint.contains("stockbook update-rate") && hint.contains("stockbook import"), "{line}: {hint}");
        // Nothing is shown in part, and no page is written.
        assert_eq!(desk.run(words()).exits(3).out(), "", "{line}");
        assert!(!desk.path("page.html").exists());
    }
    // With the rates, each is shown and states the days of the rates.
    desk.all_ok(&["update-rate EUR USD 1.25 --date 2024-01-02", "update-rate USD EUR 0.625 --date 2024-02-01"]);
    for line in REPORTS {
        let words = line.split(' ').filter(|word| !word.is_empty()).chain(["--in", "EUR", "--max-rate-age", "9999"]);
        let run = desk.run(words).exits(0);
        let said = run.out() + &fs::read_to_string(desk.path("page.html")).unwrap_or_default();
        assert!(said.contains("2024-02-01"), "{line}: {said}");
    }
}

/// The commands whose manual pages have the option; the first is the program without one.
fn with_the_option() -> BTreeSet<String> {
    let pages = fs::read_dir(repository("man")).into_iter().flatten().flatten();
    let named = pages.filter_map(|page| {
        let name = page.file_name().into_string().ok()?;
        let name = name.strip_prefix("stockbook")?.strip_suffix(".1")?;
        let has_it = fs::read_to_string(page.path()).is_ok_and(|text| text.contains("\\fB\\-\\-in\\fR"));
        has_it.then(|| name.trim_start_matches('-').to_owned())
    });
    named.collect()
}
