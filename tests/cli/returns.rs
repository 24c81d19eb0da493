//! Rates of return. `tests/cases` compares them with published figures.

use serde_json::Value;

use crate::harness::{Desk, Run, pick};

const MEMBERS: [&str; 22] = [
    "scope",
    "portfolio",
    "symbol",
    "currency",
    "from",
    "to",
    "invested",
    "withdrawn",
    "dividends",
    "market_value",
    "gain",
    "money_weighted_return_percentage",
    "time_weighted_return_percentage",
    "time_weighted_return_annualized_percentage",
    "reason",
    "price_date",
    "price_age_days",
    "left_out",
    "versus",
    "versus_return_percentage",
    "excess_return_percentage",
    "weight_percentage",
];

fn returns(desk: &Desk, args: &[&str]) -> Vec<Value> {
    desk.json(["returns"].iter().chain(args)).as_array().unwrap().clone()
}

/// Ten ACME bought for 1,000 on the first day of 2023 and worth 1,200 a year of 365 days later, a
/// dividend of 50 halfway, of which 10 was withheld.
fn a_year() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["dividend", "ACME", "50", "--withholding", "10", "--date", "2023-07-01"]);
    desk.ok(["update-price", "ACME", "110", "--date", "2023-07-01"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2024-01-01"]);
    desk
}

#[test]
fn a_position_its_portfolio_and_the_total_have_a_row_each_with_all_members() {
    let desk = a_year();
    let rows = returns(&desk, &["--to", "2024-01-01"]);
    let scopes: Vec<_> = rows.iter().map(|row| pick(row, &["scope", "portfolio", "symbol"])).collect();
    assert_eq!(scopes, ["position main ACME", "portfolio main null", "total null null"]);
    for row in &rows {
        assert_eq!(row.as_object().unwrap().keys().collect::<Vec<_>>(), MEMBERS);
        let money = ["from", "to", "invested", "withdrawn", "dividends", "market_value", "gain"];
        assert_eq!(pick(row, &money), "2023-01-01 2024-01-01 1000 0 40 1200 240");
        // By time: (1100 + 40) ÷ 1000 × 1200 ÷ 1100 = 1.2436363…, of 365 days the same by the year.
        assert_eq!(pick(row, &MEMBERS[12..15]), "24.363636 24.363636 null");
        // XIRR of -1000 on 2023-01-01, 40 on 2023-07-01, 1200 on 2024-01-01: by bisection in Python, 24.46659970.
        assert_eq!(row["money_weighted_return_percentage"], "24.4666");
    }
    let csv = desk.ok(["returns", "-O", "csv"]);
    assert_eq!(csv.lines().next().unwrap(), MEMBERS.join(","));
}

#[test]
fn a_period_begins_and_ends_with_what_was_held() {
    let desk = a_year();
    let row = &returns(&desk, &["--from", "2023-07-02", "--to", "2024-01-01", "--flows"])[0];
    assert_eq!(pick(row, &["invested", "dividends", "market_value", "gain"]), "1100 0 1200 100");
    assert_eq!(pick(row, &["time_weighted_return_percentage"]), "9.090909");
    assert_eq!(row["time_weighted_return_annualized_percentage"], Value::Null);
    assert_eq!(row["reason"], "a return over less than a year is not annualized");
    let flow = |flow: &Value| pick(flow, &["date", "type", "amount"]);
    let flows: Vec<_> = row["flows"].as_array().unwrap().iter().map(flow).collect();
    assert_eq!(flows, ["2023-07-02 OPENING_VALUE -1100", "2024-01-01 CLOSING_VALUE 1200"]);
}

#[test]
fn where_a_rate_is_not_known_the_reason_is_said() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    let row = &returns(&desk, &["--to", "2023-06-01"])[0];
    assert_eq!(pick(row, &["market_value", "gain", "money_weighted_return_percentage"]), "null null null");
    assert_eq!(row["reason"], "the value on 2023-06-01 is not known: record a price of that day or before");
    let row = &returns(&desk, &["--to", "2023-01-01"])[0];
    assert_eq!(row["reason"], "the value on 2023-01-01 is not known: record a price of that day or before");
    desk.ok(["sell", "ACME", "10", "0", "--date", "2023-01-01"]);
    let row = &returns(&desk, &[])[0];
    assert_eq!(pick(row, &["gain", "time_weighted_return_percentage"]), "-1000 -100");
    assert_eq!(
        row["reason"],
        "all the money moved on one day, 2023-01-01; a return over less than a year is not annualized"
    );
}

#[test]
fn a_total_loss_is_one_by_money_and_by_time() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["sell", "ACME", "10", "0", "--date", "2024-06-01"]);
    for row in returns(&desk, &[]) {
        assert_eq!(pick(&row, &["gain"]), "-1000");
        assert_eq!(pick(&row, &MEMBERS[11..15]), "-100 -100 -100 null");
    }
}

#[test]
fn each_trade_moves_at_its_own_price() {
    // A share that goes from 20 to 10 loses half, whatever is traded in between and whatever else is known
    // about the day: 40 ÷ 20 × 10 ÷ 40.
    let between: [&[[&str; 3]]; 3] = [
        &[["buy", "100", "40"], ["buy", "100", "10"]],
        &[["sell", "50", "40"], ["buy", "50", "10"]],
        &[["buy", "7", "15"], ["sell", "107", "90"], ["buy", "3", "11"]],
    ];
    for trades in between {
        for recorded in [None, Some("25")] {
            let desk = Desk::with_stocks();
            desk.ok(["buy", "ACME", "100", "20", "--date", "2023-01-02"]);
            for [side, quantity, price] in trades {
                desk.ok([side, "ACME", quantity, price, "--date", "2023-06-01"]);
            }
            if let Some(price) = recorded {
                desk.ok(["update-price", "ACME", price, "--date", "2023-06-01"]);
            }
            desk.ok(["update-price", "ACME", "10", "--date", "2024-01-02"]);
            for row in returns(&desk, &["--to", "2024-01-02"]) {
                let expected = if trades.len() == 3 {
                    // Nothing was held between the sale at 90 and the purchase at 11: 90 ÷ 20 × 10 ÷ 11.
                    "309.090909 309.090909"
                } else {
                    "-50 -50"
                };
                assert_eq!(pick(&row, &MEMBERS[12..14]), expected, "{trades:?} {recorded:?} {row}");
            }
        }
    }
}

#[test]
fn a_trade_tells_the_price_of_the_same_shares_in_other_portfolios() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["-p", "pension", "buy", "ACME", "1", "130", "--fee", "3", "--date", "2023-06-01"]);
    desk.ok(["-p", "pension", "sell", "ACME", "1", "60", "--date", "2023-06-01"]);
    desk.ok(["update-price", "ACME", "150", "--date", "2024-01-01"]);
    let rows = returns(&desk, &["--to", "2024-01-01"]);
    let rates: Vec<_> =
        rows.iter().map(|row| pick(row, &["scope", "portfolio", "time_weighted_return_percentage"])).collect();
    assert_eq!(
        rates,
        [
            "position main 50",
            "position pension -54.887218", // 60 ÷ (130 + 3)
            "portfolio main 50",
            "portfolio pension -54.887218",
            "total null 49.685973", // 10 × 130 ÷ 1000 × 11 × 60 ÷ (11 × 130 + 3) × 10 × 150 ÷ (10 × 60)
        ]
    );
}

#[test]
fn shares_that_were_given_away_tell_nothing_of_the_price() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["buy", "ACME", "10", "0", "--date", "2023-06-01"]);
    desk.ok(["update-price", "ACME", "60", "--date", "2024-01-01"]);
    let row = &returns(&desk, &["--to", "2024-01-01"])[0];
    assert_eq!(pick(row, &["time_weighted_return_percentage"]), "20"); // 20 × 60 ÷ (10 × 100)
}

#[test]
fn the_annual_rate_counts_the_time_in_which_something_was_held() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2020-01-01"]);
    desk.ok(["sell", "ACME", "10", "110", "--date", "2020-06-01"]);
    desk.ok(["buy", "ACME", "10", "200", "--date", "2021-06-01"]);
    desk.ok(["sell", "ACME", "10", "220", "--date", "2021-12-31"]);
    desk.ok(["dividend", "ACME", "4", "--date", "2022-03-01"]);
    // 1100 ÷ 1000 × 2204 ÷ 2000 = 1.2122 in 730 days, and its square root.
    for period in [&[][..], &["--from", "2018-05-05"], &["--to", "2023-12-31"]] {
        for row in returns(&desk, period) {
            assert_eq!(pick(&row, &MEMBERS[12..15]), "21.22 10.099955 null", "{period:?}");
        }
    }
    // Of the second half alone: 214 days.
    let row = &returns(&desk, &["--from", "2020-07-01"])[0];
    assert_eq!(pick(row, &MEMBERS[12..15]), "10.2 null a return over less than a year is not annualized");
}

#[test]
fn shares_that_move_between_portfolios_are_flows_of_these_and_not_of_the_total() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["update-price", "ACME", "130", "--date", "2023-06-01"]);
    desk.ok(["transfer", "ACME", "4", "--to", "pension", "--date", "2023-06-01"]);
    desk.ok(["update-price", "ACME", "150", "--date", "2024-01-01"]);
    let rows = returns(&desk, &["--to", "2024-01-01"]);
    let line = |row: &Value| pick(row, &["scope", "portfolio", "invested", "withdrawn", "market_value", "gain"]);
    let lines: Vec<_> = rows.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "position main 1000 520 900 420",
            "position pension 520 0 600 80",
            "portfolio main 1000 520 900 420",
            "portfolio pension 520 0 600 80",
            "total null 1000 0 1500 500",
        ]
    );
    assert_eq!(rows[4]["time_weighted_return_percentage"], "50");
}

#[test]
fn a_period_that_cannot_be_is_wrong_usage() {
    let desk = a_year();
    assert_eq!(desk.error(2, ["returns", "--to", "2999-01-01"])["code"], "invalid_date");
    desk.refused(2, ["returns", "--from", "2024-01-02", "--to", "2024-01-01"]);
    assert_eq!(desk.error(3, ["returns", "--symbol", "NOPE"])["code"], "unknown_symbol");
    assert_eq!(desk.ok(["returns", "--symbol", "BOLT", "-O", "json"]), "[]\n");
}

#[test]
fn what_is_valued_says_how_old_the_oldest_of_its_prices_is() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "ZED", "Zed"]);
    for symbol in ["ACME", "ZED"] {
        desk.ok(["buy", symbol, "10", "100", "--date", "2023-01-01"]);
    }
    desk.ok(["update-price", "ACME", "130", "--date", "2023-02-10"]);
    desk.ok(["update-price", "ACME", "140", "--date", "2023-03-10"]);
    desk.ok(["update-price", "ZED", "130", "--date", "2023-02-20"]);
    let aged = |args: &[&str]| -> Vec<String> {
        returns(&desk, args).iter().map(|row| pick(row, &["scope", "symbol", "price_date", "price_age_days"])).collect()
    };
    assert_eq!(
        aged(&["--to", "2023-03-01"]),
        [
            "position ACME 2023-02-10 19",
            "position ZED 2023-02-20 9",
            "portfolio null 2023-02-10 19",
            "total null 2023-02-10 19"
        ]
    );
    desk.ok(["sell", "ZED", "10", "100", "--date", "2023-03-05"]);
    assert_eq!(aged(&["--to", "2023-03-12", "--symbol", "ZED"])[0], "position ZED null null");
    assert_eq!(aged(&["--to", "2023-03-12"])[2], "portfolio null 2023-03-10 2");
}

#[test]
fn sums_that_are_known_are_shown_whatever_value_is_not() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2023-01-01"]);
    desk.ok(["sell", "ACME", "2", "130", "--date", "2023-03-01"]);
    let sums = |args: &[&str]| -> Vec<String> {
        let members = ["portfolio", "invested", "withdrawn", "dividends", "market_value", "gain"];
        returns(&desk, args).iter().filter(|row| row["symbol"] == "ACME").map(|row| pick(row, &members)).collect()
    };
    assert_eq!(sums(&["--to", "2023-06-01"]), ["main 1000 260 0 null null"]);
    // The value before the period is part of the investment; and the values shown add up to the total.
    desk.ok(["update-price", "ACME", "140", "--date", "2023-05-01"]);
    assert_eq!(sums(&["--from", "2023-02-01", "--to", "2023-06-01"]), ["main null 260 0 null null"]);
    // So is that of shares that arrived; for the other portfolio, it is a withdrawal.
    desk.ok(["add-stock", "DARK", "Dark Ltd"]);
    desk.ok(["transfer", "ACME", "1", "--to", "pension", "--date", "2023-05-02"]);
    assert_eq!(sums(&["--to", "2023-06-01"]), ["main 1000 400 0 980 380", "pension 140 0 0 140 0"]);
    let row = &desk.json(["performance", "--by", "month", "--from", "2023-03-01", "--to", "2023-05-31"])[0];
    assert_eq!(pick(row, &["period", "opening_value", "paid_in", "taken_out", "gain"]), "2023-03 null 0 260 null");
}

#[test]
fn a_benchmark_without_a_price_to_begin_with_says_so_and_how_to_record_one() {
    let desk = a_year();
    desk.ok(["add-stock", "FUND", "Fund"]);
    desk.ok(["update-price", "FUND", "50", "--date", "2023-07-01"]);
    let args = ["--versus", "FUND", "--to", "2024-01-01"];
    let row = &returns(&desk, &args)[0];
    let why = "the price of FUND on 2023-01-01 is not known: record a price of that day or before";
    assert_eq!(row["versus_return_percentage"], Value::Null);
    assert!(row["reason"].as_str().unwrap().ends_with(why), "{row}");
    let said = desk.ok(["returns"].iter().chain(&args));
    let record = "stockbook update-price FUND PRICE --date 2023-01-01";
    let below = format!("no price on 2023-01-01 or before to compare with: FUND\n  record one: {record}\n");
    assert!(said.contains(&below), "{said}");
    desk.ok(["update-price", "FUND", "40", "--date", "2023-01-01"]);
    assert_eq!(returns(&desk, &args)[0]["versus_return_percentage"], "25");
    // An old price can be compared, with a warning, as an old value can.
    let said = desk.ok(["returns"].iter().chain(&args));
    assert!(said.contains("warning: old prices, the oldest of 2023-07-01: FUND; record one"), "{said}");
    // A stock no longer held is compared at the prices of its time.
    desk.ok(["sell", "ACME", "10", "120", "--date", "2023-07-02"]);
    assert!(!desk.ok(["returns", "--versus", "FUND"]).contains("old prices"));
}

#[test]
fn a_narrow_table_of_returns_keeps_value_and_gain() {
    let desk = Desk::with_stocks();
    for symbol in ["ACME", "BOLT"] {
        desk.ok(["buy", symbol, "10", "100", "--date", "2023-01-02"]);
        desk.ok(["update-price", symbol, "1200", "--date", "2024-01-02"]);
    }
    let mut command = desk.command(["returns", "--to", "2024-01-02"]);
    let said = Run::of({
        command.env("COLUMNS", "80");
        command
    })
    .exits(0)
    .out();
    let head = said.lines().find(|line| line.starts_with("OF")).unwrap();
    assert_eq!(
        head.split_whitespace().collect::<Vec<_>>().join(" "),
        "OF VALUE GAIN ANNUAL, BY MONEY BY TIME CURRENCY"
    );
    assert!(said.contains("no room for invested; withdrawn; dividends; weight; annual, by time"), "{said}");
}
