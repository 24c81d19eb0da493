//! Formats that scripts rely on: members, their order and their kinds; headers; tables.

use serde_json::{Value, json};

use crate::harness::{Desk, Run, members};

const BUY: &str = "1a000000-0000-4000-8000-000000000001";
const SALE: &str = "2b000000-0000-4000-8000-000000000002";

/// Some holdings of every kind: with and without a price, closed, in two currencies.
fn filled() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "CLSD", "Closed & Sons"]);
    desk.ok(["buy", "ACME", "1200", "150.25", "--fee", "1", "--date", "2024-01-02", "--id", BUY, "--note", "first"]);
    desk.ok(["sell", "ACME", "200", "140", "--fee", "0.5", "--date", "2024-02-01", "--id", SALE]);
    desk.ok(["buy", "BOLT", "2.5", "30", "--date", "2024-01-02", "--id", "3c000000-0000-4000-8000-000000000003"]);
    desk.ok(["buy", "CLSD", "1", "10", "--date", "2024-01-02", "--id", "4d000000-0000-4000-8000-000000000004"]);
    desk.ok(["sell", "CLSD", "1", "12", "--date", "2024-01-03", "--id", "5e000000-0000-4000-8000-000000000005"]);
    desk.ok(["update-price", "ACME", "180.5", "--date", "2024-03-01"]);
    desk.ok(["update-price", "ACME", "171.475", "--date", "2024-03-04"]);
    desk
}

/// No JSON number stands where a decimal should: only counts are numbers.
fn assert_decimals_are_strings(value: &Value) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let is_count =
                    ["days_held", "price_age_days", "sequence", "format_version", "year"].contains(&name.as_str());
                assert!(!value.is_number() || is_count, "{name}: {value}");
                assert_decimals_are_strings(value);
            }
        }
        Value::Array(array) => array.iter().for_each(assert_decimals_are_strings),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

const HOLDINGS: [&str; 18] = [
    "portfolio",
    "symbol",
    "company_name",
    "sector",
    "industry",
    "currency",
    "quantity",
    "average_cost",
    "cost_basis",
    "price",
    "price_date",
    "market_value",
    "unrealized_gain",
    "unrealized_gain_percentage",
    "realized_gain",
    "dividends",
    "weight_percentage",
    "price_age_days",
];
const STOCKS: [&str; 9] =
    ["stock_id", "symbol", "company_name", "sector", "industry", "currency", "price", "price_date", "isin"];
const TRANSACTIONS: [&str; 30] = [
    "transaction_id",
    "portfolio",
    "symbol",
    "type",
    "trade_date",
    "quantity",
    "price",
    "fee",
    "total_amount",
    "currency",
    "note",
    "voided",
    "withholding",
    "ratio",
    "as_of",
    "trade_time",
    "settlement_amount",
    "settlement_currency",
    "paid_amount",
    "paid_currency",
    "new_symbol",
    "cost_share",
    "new_value",
    "old_value",
    "cash",
    "pay",
    "rule",
    "cash_in_lieu",
    "charged_fee",
    "charged_currency",
];
const LOT_GAINS: [&str; 13] = [
    "portfolio",
    "symbol",
    "currency",
    "sale_id",
    "lot_id",
    "acquired_on",
    "sold_on",
    "days_held",
    "term",
    "quantity",
    "proceeds",
    "cost_basis",
    "gain",
];
const GAINS: [&str; 12] = [
    "portfolio",
    "symbol",
    "currency",
    "quantity",
    "proceeds",
    "cost_basis",
    "gain",
    "short_term_gain",
    "long_term_gain",
    "sale_id",
    "sold_on",
    "year",
];
const PRICES: [&str; 6] = ["symbol", "date", "price", "change_percentage", "basis_date", "recorded_price"];

#[test]
fn every_listing_has_its_members_in_order_and_the_same_header() {
    let desk = filled();
    for (args, names) in [
        (&["holdings"][..], &HOLDINGS[..]),
        (&["holdings", "--all"], &HOLDINGS),
        (&["stocks"], &STOCKS),
        (&["transactions"], &TRANSACTIONS),
        (&["prices", "ACME"], &PRICES),
        (&["gains", "--by", "lot"], &LOT_GAINS),
        (&["gains", "--by", "sale"], &GAINS),
        (&["gains", "--by", "symbol"], &GAINS),
        (&["gains", "--by", "year"], &GAINS),
    ] {
        let rows = desk.json(args);
        assert_decimals_are_strings(&rows);
        let rows = rows.as_array().unwrap();
        assert!(!rows.is_empty(), "{args:?}");
        for row in rows {
            assert_eq!(members(row), names, "{args:?}");
        }
        let csv = desk.ok(args.iter().chain(&["-O", "csv"]));
        assert_eq!(csv.lines().next().unwrap(), names.join(","), "{args:?}");
        assert_eq!(csv.lines().count(), rows.len() + 1, "{args:?}");
    }
}

#[test]
fn where_there_is_nothing_a_listing_is_empty() {
    let desk = Desk::new();
    desk.ok(["add-portfolio", "pension"]);
    for (command, names) in
        [("holdings", &HOLDINGS[..]), ("stocks", &STOCKS), ("transactions", &TRANSACTIONS), ("gains", &GAINS)]
    {
        assert_eq!(desk.ok([command, "-O", "json"]), "[]\n");
        assert_eq!(desk.ok([command, "-O", "csv"]), format!("{}\n", names.join(",")));
        desk.run([command]).exits(0);
    }
    desk.ok(["add-stock", "ACME", "Acme"]);
    assert_eq!(desk.ok(["prices", "ACME", "-O", "json"]), "[]\n");
    assert_eq!(desk.ok(["prices", "ACME", "-O", "csv"]), format!("{}\n", PRICES.join(",")));
    assert_eq!(desk.ok(["-q", "holdings"]), "");
    desk.run(["-q", "holdings"]).exits(0).silently();
}

#[test]
fn holdings_as_json() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["holdings", "--all", "--as-of", "2024-03-14", "-O", "json"]), @r#"
    [
    {"portfolio":"main","symbol":"ACME","company_name":"Acme Corporation","sector":"Industrials","industry":"Anvils","currency":"USD","quantity":"1000","average_cost":"150.2508333333","cost_basis":"150250.8333333333","price":"171.475","price_date":"2024-03-04","market_value":"171475","unrealized_gain":"21224.1666666667","unrealized_gain_percentage":"14.125823","realized_gain":"-2050.6666666667","dividends":"0","weight_percentage":"100","price_age_days":10},
    {"portfolio":"main","symbol":"BOLT","company_name":"Bolt SE","sector":null,"industry":null,"currency":"EUR","quantity":"2.5","average_cost":"30","cost_basis":"75","price":null,"price_date":null,"market_value":null,"unrealized_gain":null,"unrealized_gain_percentage":null,"realized_gain":"0","dividends":"0","weight_percentage":null,"price_age_days":null},
    {"portfolio":"main","symbol":"CLSD","company_name":"Closed & Sons","sector":null,"industry":null,"currency":"USD","quantity":"0","average_cost":null,"cost_basis":"0","price":null,"price_date":null,"market_value":null,"unrealized_gain":null,"unrealized_gain_percentage":null,"realized_gain":"2","dividends":"0","weight_percentage":"0","price_age_days":null}
    ]
    "#);
}

#[test]
fn holdings_as_csv() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["holdings", "--as-of", "2024-03-14", "-O", "csv"]), @"
    portfolio,symbol,company_name,sector,industry,currency,quantity,average_cost,cost_basis,price,price_date,market_value,unrealized_gain,unrealized_gain_percentage,realized_gain,dividends,weight_percentage,price_age_days
    main,ACME,Acme Corporation,Industrials,Anvils,USD,1000,150.2508333333,150250.8333333333,171.475,2024-03-04,171475,21224.1666666667,14.125823,-2050.6666666667,0,100,10
    main,BOLT,Bolt SE,,,EUR,2.5,30,75,,,,,,0,0,,
    ");
}

#[test]
fn holdings_as_a_table() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["holdings", "--all"]), @"
    SYMBOL     COMPANY           QUANTITY  AVG COST  COST BASIS    PRICE  PRICED           VALUE        GAIN   GAIN %   WEIGHT   REALIZED  CURRENCY
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    ACME       Acme Corporation   1,000     150.251  150,250.83  171.475  2024-03-04  171,475.00  +21,224.17  +14.13%  100.00%  -2,050.67  USD
    BOLT       Bolt SE                2.5    30.00        75.00                                                                      0.00  EUR
    CLSD       Closed & Sons          0                    0.00                                                          0.00%      +2.00  USD
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total EUR                                             75.00                                                                      0.00
    total USD                                        150,250.83                       171,475.00  +21,224.17  +14.13%           -2,048.67

    no price, so not counted: BOLT
      record one: stockbook update-price BOLT PRICE
    warning: old prices, the oldest of 2024-03-04: ACME; record one: stockbook update-price ACME PRICE
    ");
}

#[test]
fn holdings_of_several_portfolios_as_a_table() {
    let desk = filled();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "1", "200", "--date", "2024-01-02", "-p", "pension"]);
    desk.ok(["update-price", "BOLT", "29", "--date", "2024-03-01"]);
    insta::assert_snapshot!(desk.ok(["holdings"]), @"
    SYMBOL     PORTFOLIO  COMPANY           QUANTITY  AVG COST  COST BASIS    PRICE  PRICED           VALUE        GAIN   GAIN %   WEIGHT   REALIZED  CURRENCY
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    ACME       main       Acme Corporation   1,000     150.251  150,250.83  171.475  2024-03-04  171,475.00  +21,224.17  +14.13%   99.90%  -2,050.67  USD
    BOLT       main       Bolt SE                2.5    30.00        75.00   29.00   2024-03-01       72.50       -2.50   -3.33%  100.00%       0.00  EUR
    ACME       pension    Acme Corporation       1     200.000      200.00  171.475  2024-03-04      171.48      -28.52  -14.26%    0.10%       0.00  USD
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    total EUR                                                        75.00                            72.50       -2.50   -3.33%                0.00
    total USD                                                   150,450.83                       171,646.48  +21,195.64  +14.09%           -2,050.67

    warning: old prices, the oldest of 2024-03-01: ACME, BOLT; record one: stockbook update-price ACME PRICE
    ");
}

#[test]
fn stocks_as_a_table() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["stocks"]), @"
    SYMBOL  COMPANY           SECTOR       INDUSTRY  CURRENCY    PRICE  PRICE DATE
    ──────────────────────────────────────────────────────────────────────────────
    ACME    Acme Corporation  Industrials  Anvils    USD       171.475  2024-03-04
    BOLT    Bolt SE                                  EUR
    CLSD    Closed & Sons                            USD
    ");
}

#[test]
fn transactions_as_a_table() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["transactions"]), @"
    DATE        TYPE  SYMBOL  QUANTITY   PRICE   FEE       TOTAL  CURRENCY  PORTFOLIO  ID        NOTE
    ──────────────────────────────────────────────────────────────────────────────────────────────────
    2024-01-02  buy   ACME     1,200    150.25  1.00  180,301.00  USD       main       1a000000  first
    2024-01-02  buy   BOLT         2.5   30.00  0.00       75.00  EUR       main       3c000000
    2024-01-02  buy   CLSD         1     10.00  0.00       10.00  USD       main       4d000000
    2024-01-03  sell  CLSD         1     12.00  0.00       12.00  USD       main       5e000000
    2024-02-01  sell  ACME       200    140.00  0.50   27,999.50  USD       main       2b000000
    ");
}

#[test]
fn transactions_as_csv() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["transactions", "--symbol", "ACME", "-O", "csv"]), @"
    transaction_id,portfolio,symbol,type,trade_date,quantity,price,fee,total_amount,currency,note,voided,withholding,ratio,as_of,trade_time,settlement_amount,settlement_currency,paid_amount,paid_currency,new_symbol,cost_share,new_value,old_value,cash,pay,rule,cash_in_lieu,charged_fee,charged_currency
    1a000000-0000-4000-8000-000000000001,main,ACME,BUY,2024-01-02,1200,150.25,1,180301,USD,first,false,,,,,,,,,,,,,,,,,,
    2b000000-0000-4000-8000-000000000002,main,ACME,SELL,2024-02-01,200,140,0.5,27999.5,USD,,false,,,,,,,,,,,,,,,,,,
    ");
}

#[test]
fn prices_as_a_table_and_as_json() {
    let desk = filled();
    insta::assert_snapshot!(desk.ok(["prices", "ACME"]), @"
    DATE          PRICE  CHANGE
    ───────────────────────────
    2024-03-01  180.50
    2024-03-04  171.475  -5.00%
    ");
    insta::assert_snapshot!(desk.ok(["prices", "ACME", "-O", "json"]), @r#"
    [
    {"symbol":"ACME","date":"2024-03-01","price":"180.5","change_percentage":null,"basis_date":"2024-03-01","recorded_price":"180.5"},
    {"symbol":"ACME","date":"2024-03-04","price":"171.475","change_percentage":"-5","basis_date":"2024-03-04","recorded_price":"171.475"}
    ]
    "#);
}

const TRADE: [&str; 22] = [
    "transaction_id",
    "portfolio",
    "symbol",
    "type",
    "trade_date",
    "quantity",
    "price",
    "fee",
    "total_amount",
    "currency",
    "trade_time",
    "settlement_amount",
    "settlement_currency",
    "realized_gain",
    "disposals",
    "position",
    "charged_fee",
    "charged_currency",
    "rematched",
    "recorded",
    "dry_run",
    "events",
];
const DISPOSAL: [&str; 13] = [
    "portfolio",
    "symbol",
    "currency",
    "sale_id",
    "lot_id",
    "acquired_on",
    "sold_on",
    "days_held",
    "term",
    "quantity",
    "proceeds",
    "cost_basis",
    "gain",
];

#[test]
fn a_trade_tells_all_that_followed_from_it() {
    let desk = filled();
    for args in [&["buy", "ACME", "1", "1"][..], &["sell", "ACME", "1", "1"]] {
        let said = desk.json(args);
        assert_eq!(members(&said), TRADE);
        assert_decimals_are_strings(&said);
        assert_eq!(members(&said["position"]), ["quantity", "cost_basis", "average_cost"]);
        assert_eq!((&said["recorded"], &said["dry_run"]), (&json!(true), &json!(false)));
        // The events are the log's lines, whole.
        let last = desk.log_lines().last().cloned().unwrap();
        assert_eq!(format!("{}\n", said["events"][0]), last);
        for disposal in said["disposals"].as_array().unwrap() {
            assert_eq!(members(disposal), DISPOSAL);
        }
    }
    let tried = desk.json(["sell", "ACME", "1", "1", "-n"]);
    assert_eq!(members(&tried), [&TRADE[..], &["previews"]].concat());
    let methods: Vec<_> = tried["previews"].as_array().unwrap().iter().map(|it| it["method"].clone()).collect();
    assert_eq!(methods, ["fifo", "lifo", "hifo", "average"]);
    for preview in tried["previews"].as_array().unwrap() {
        let names = ["method", "realized_gain", "short_term_gain", "long_term_gain", "disposals"];
        assert_eq!(members(preview), names);
        assert_eq!(members(&preview["disposals"][0]), DISPOSAL);
    }
    assert_eq!((&tried["recorded"], &tried["dry_run"]), (&json!(false), &json!(true)));
}

#[test]
fn every_other_writing_command_prints_one_object_too() {
    let desk = filled();
    for args in [
        &["add-stock", "NEW", "New", "--sector", "S", "--industry", "I"][..],
        &["update-price", "ACME", "1", "--date", "2024-03-05"],
        &["add-portfolio", "pension"],
    ] {
        let said = desk.json(args);
        assert_decimals_are_strings(&said);
        assert_eq!(members(&said).split_last_chunk::<4>().unwrap().1, &["rematched", "recorded", "dry_run", "events"]);
        assert_eq!(said["events"].as_array().unwrap().len(), 1);
        assert_eq!(said["rematched"], json!([]));
    }
}

#[test]
fn an_import_prints_its_counts() {
    let desk = Desk::new();
    let file = "date,action,symbol,quantity,price\n2024-01-02,buy,ACME,1,1\n2024-01-02,buy,BOLT,1,1\n";
    let run = desk.fed(file, ["import", "--add-stocks", "-", "-O", "json"]).exits(0).silently();
    let said: Value = serde_json::from_slice(&run.stdout).unwrap();
    let names = [
        "batch_id",
        "format",
        "rows",
        "imported",
        "skipped_duplicates",
        "similar",
        "stocks_added",
        "portfolios_added",
        "prices",
        "prices_replaced",
        "not_recorded",
        "warnings",
        "openings",
        "kinds",
        "splits",
        "rates",
        "rates_replaced",
        "dry_run",
        "recorded",
    ];
    assert_eq!(members(&said), names);
    assert_eq!((&said["dry_run"], &said["recorded"]), (&json!(false), &json!(true)));
    let counts = ["rows", "imported", "skipped_duplicates", "stocks_added", "prices"].map(|name| said[name].as_u64());
    assert_eq!(counts, [2, 2, 0, 2, 0].map(Some));
}

#[test]
fn what_a_writing_command_says_for_eyes() {
    let desk = filled();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["add-stock", "new", "Néw & Co"]), @"stock NEW, Néw & Co, in USD");
    insta::assert_snapshot!(desk.ok(["update-price", "ACME", "180", "--date", "2024-03-05"]), @"ACME at 180.00 USD on 2024-03-05 (+4.97%)");
    insta::assert_snapshot!(desk.ok(["buy", "ACME", "10", "150.25", "--fee", "1", "--date", "2024-03-05"]), @"
    bought 10 ACME at 150.25 on 2024-03-05, fee 1.00: 1,503.50 USD
    portfolio main holds 1,010 ACME, cost basis 151,754.33 USD
    id [uuid]
    ");
    insta::assert_snapshot!(desk.ok(["sell", "ACME", "10", "100", "--date", "2024-03-05"]), @"
    sold 10 ACME at 100.00 on 2024-03-05: 1,000.00 USD
    realized loss -502.51 USD
    portfolio main holds 1,000 ACME, cost basis 150,251.82 USD
    id [uuid]
    ");
    insta::assert_snapshot!(desk.ok(["sell", "BOLT", "2.5", "100", "--date", "2024-03-05", "-n"]), @"
    dry run, nothing is recorded
    sold 2.5 BOLT at 100.00 on 2024-03-05: 250.00 EUR
    realized gain +175.00 EUR
    no BOLT left in portfolio main

    LOT       ACQUIRED    DAYS HELD  TERM                  QUANTITY  COST BASIS  PROCEEDS     GAIN
    ──────────────────────────────────────────────────────────────────────────────────────────────
    3c000000  2024-01-02         63  short, long in 304 d       2.5       75.00    250.00  +175.00

    METHOD   COST BASIS     GAIN  SHORT-TERM  LONG-TERM
    ───────────────────────────────────────────────────
    fifo          75.00  +175.00     +175.00       0.00
    lifo          75.00  +175.00     +175.00       0.00
    hifo          75.00  +175.00     +175.00       0.00
    average       75.00  +175.00     +175.00       0.00
    ");
    insta::assert_snapshot!(desk.ok(["add-portfolio", "pension"]), @"portfolio pension, cost basis fifo");
}

#[test]
fn an_error_is_a_sentence_and_a_hint() {
    let desk = filled();
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.refused(3, ["sell", "ACME", "5000", "1"]).replace(&today(&desk), "[today]"), @"
    error: cannot sell 5000 ACME: 1000 held in portfolio main on [today]
    hint: sell at most 1000, or record the missing purchase of ACME first
    ");
    insta::assert_snapshot!(desk.refused(2, ["buy", "ACME", "1,000", "1"]), @"
    error: quantity `1,000` can be read in two ways
    hint: write it as 1000 or 1
    ");
    insta::assert_snapshot!(desk.refused(2, ["holdngs"]), @"
    error: unrecognized subcommand 'holdngs'
    hint: did you mean `stockbook holdings`?
    ");
    insta::assert_snapshot!(desk.refused(1, ["holdings", "--book", "nowhere.db"]), @"
    error: no book at [folder]/nowhere.db
    hint: the first command that records something makes it, such as `stockbook --book nowhere.db add-stock AAPL 'Apple Inc.'`; or name another with --book
    ");
}

/// The day on which the program thinks it runs.
fn today(desk: &Desk) -> String {
    desk.json(["buy", "ACME", "1", "1", "-n"])["trade_date"].as_str().unwrap().to_owned()
}

#[test]
fn an_error_as_json_is_one_line_with_code_message_and_hint() {
    let desk = filled();
    let error = desk.error(3, ["sell", "ACME", "5000", "1"]);
    assert_eq!(members(&error), ["code", "message", "hint"]);
    // Unknown is null, and never left out.
    let error = desk.error(2, ["buy", "ACME", "abc", "1"]);
    assert_eq!(members(&error), ["code", "message", "hint"]);
    assert_eq!((&error["code"], &error["hint"]), (&json!("invalid_quantity"), &Value::Null));
    // However the format is asked for.
    for args in [&["-Ojson", "bye"][..], &["bye", "--output-format=json"], &["bye", "--output-format", "json"]] {
        assert_eq!(desk.run(args).exits(2).json_error()["code"], "usage", "{args:?}");
    }
    let mut command = desk.command(["bye"]);
    command.env("STOCKBOOK_OUTPUT_FORMAT", "json");
    assert_eq!(Run::of(command).exits(2).json_error()["code"], "usage");
}

#[test]
fn a_refused_import_as_json_lists_every_row() {
    let desk = filled();
    let path = desk.file("bad.csv", "date,symbol,price\n2024-01-02,ACME,x\n2024-02-30,ACME,1\n");
    let error = desk.error(3, ["import".as_ref(), path.as_os_str()]);
    assert_eq!(members(&error), ["code", "message", "hint", "details"]);
    for detail in error["details"].as_array().unwrap() {
        assert_eq!(members(detail), ["file", "line", "code", "message"]);
    }
    assert_eq!(error["details"].as_array().unwrap().len(), 2);
}

#[test]
fn summary_is_another_word_for_holdings() {
    let desk = filled();
    assert_eq!(desk.ok(["summary", "--all"]), desk.ok(["holdings", "--all"]));
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let desk = filled();
    let expected = desk.ok(["holdings", "-O", "json", "-p", "main"]);
    assert_eq!(desk.ok(["-O", "json", "-p", "main", "holdings"]), expected);
    assert_eq!(desk.ok(["--output-format", "json", "holdings", "--portfolio", "main"]), expected);
    let book = desk.book().to_str().unwrap();
    let elsewhere = |args: &[&str]| {
        let mut command = desk.command(args);
        command.env_remove("STOCKBOOK_BOOK");
        Run::of(command).exits(0).out()
    };
    assert_eq!(elsewhere(&["--book", book, "holdings", "-O", "json"]), expected);
    assert_eq!(elsewhere(&["holdings", "-O", "json", "--book", book]), expected);
}

#[test]
fn the_environment_sets_what_options_override() {
    let desk = filled();
    desk.ok(["add-portfolio", "pension"]);
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = desk.command(args);
        command.envs(variables.iter().copied());
        Run::of(command).exits(0).out()
    };
    let json = desk.ok(["holdings", "-O", "json"]);
    assert_eq!(run(&["holdings"], &[("STOCKBOOK_OUTPUT_FORMAT", "json")]), json);
    assert_eq!(run(&["holdings", "-O", "json"], &[("STOCKBOOK_OUTPUT_FORMAT", "csv")]), json);
    assert_eq!(run(&["holdings", "-O", "json"], &[("STOCKBOOK_PORTFOLIO", "pension")]), "[]\n");
    assert_eq!(run(&["holdings", "-O", "json", "-p", "main"], &[("STOCKBOOK_PORTFOLIO", "pension")]), json);
    let bought = run(&["buy", "ACME", "1", "1", "-O", "json"], &[("STOCKBOOK_PORTFOLIO", "pension")]);
    assert!(bought.contains("\"portfolio\":\"pension\""), "{bought}");
    let book = desk.book().to_str().unwrap();
    assert_eq!(run(&["holdings", "-O", "json", "-p", "main", "--book", book], &[("STOCKBOOK_BOOK", "/nowhere")]), json);
}

#[test]
fn quiet_says_nothing_on_success() {
    let desk = Desk::new();
    let file = desk.file("new.csv", "date,action,symbol,quantity,price,other\n2024-01-03,buy,NEW,1,1,\n");
    for args in [
        vec!["add-stock".as_ref(), "ACME".as_ref(), "Acme".as_ref()],
        vec!["buy".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["sell".as_ref(), "ACME".as_ref(), "1".as_ref(), "1".as_ref()],
        vec!["update-price".as_ref(), "ACME".as_ref(), "1".as_ref()],
        vec!["add-portfolio".as_ref(), "pension".as_ref()],
        vec!["import".as_ref(), "--add-stocks".as_ref(), file.as_os_str()],
    ] {
        let run = desk.run(args.into_iter().chain(["-q".as_ref()])).exits(0).silently();
        assert_eq!(run.out(), "", "{run}");
    }
    // What was asked for is a result, not a sentence.
    assert!(desk.ok(["-q", "stocks"]).contains("ACME"));
    assert!(desk.ok(["-q", "buy", "ACME", "1", "1", "-O", "json"]).contains("transaction_id"));
}

#[test]
fn a_pipe_gets_the_same_table_without_colour() {
    let desk = filled();
    let plain = desk.ok(["holdings"]);
    assert!(!plain.contains('\u{1b}'));
    let coloured = desk.ok(["holdings", "--color", "always"]);
    assert!(coloured.contains("\u{1b}[32m") && coloured.contains("\u{1b}[31m"), "{coloured}");
    let without = |text: &str| {
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            plain.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        plain + rest
    };
    assert_eq!(without(&coloured), plain);
    let with = |name: &str, args: &[&str]| {
        let mut command = desk.command(args);
        command.env(name, "1");
        Run::of(command).exits(0).out()
    };
    assert_eq!(with("CLICOLOR_FORCE", &["holdings"]), coloured);
    assert_eq!(with("CLICOLOR_FORCE", &["holdings", "--color", "never"]), plain);
    assert_eq!(with("NO_COLOR", &["holdings", "--color", "always"]), coloured);
    assert_eq!(with("NO_COLOR", &["holdings"]), plain);
}

#[test]
fn decimals_are_plain_without_trailing_zeros() {
    let desk = Desk::with_stocks();
    desk.ok(["update-price", "ACME", "0150.2500000000", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "10.00", "--date", "2024-01-03"]);
    desk.ok(["update-price", "ACME", "0.0000000001", "--date", "2024-01-04"]);
    desk.ok(["update-price", "ACME", "999999999999999999.9999999999", "--date", "2024-01-05"]);
    let prices = desk.json(["prices", "ACME"]);
    let prices = crate::harness::column(&prices, "price");
    assert_eq!(prices, ["150.25", "10", "0.0000000001", "999999999999999999.9999999999"]);
}
