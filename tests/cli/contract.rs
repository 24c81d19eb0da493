//! Formats that scripts rely on: JSON members, their order and types; CSV headers; tables.

mod errors;
mod invocation;
mod receipts;

use serde_json::Value;

use crate::harness::{Desk, members};

const BUY: &str = "1a000000-0000-4000-8000-000000000001";
const SALE: &str = "2b000000-0000-4000-8000-000000000002";

/// Holdings of every kind: with and without a price, closed, in two currencies.
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

/// Asserts that decimals are not JSON numbers: only counts are.
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
