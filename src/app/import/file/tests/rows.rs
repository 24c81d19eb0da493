//! What rows say, and what can be wrong with them.

use super::*;
use crate::domain::{Consideration, Currency, ExternalId, Side};

#[test]
fn every_column_of_a_trade_is_read() {
    let seen =
        trades("2024-01-31,SELL,brk.b,\"-1,000.5\",,\"$2,001.00\",USD 1.5,Pension,\"a \"\"b\"\", c\",ORDER 17,usd,\n");
    let trade = seen.trade(0);
    assert_eq!(trade.side, Side::Sell);
    assert_eq!(trade.symbol.as_str(), "BRK.B");
    assert_eq!(trade.quantity.to_string(), "1000.5");
    assert_eq!(trade.consideration, Consideration::Amount("2001".parse().unwrap()));
    assert_eq!(trade.fee.unwrap().to_string(), "1.5");
    assert_eq!(trade.portfolio.as_ref().unwrap().as_str(), "Pension");
    assert_eq!(trade.note.as_ref().unwrap().as_str(), "a \"b\", c");
    assert_eq!(trade.id, Some(ExternalId::Reference("ORDER 17".to_owned())));
    assert_eq!(trade.currency, Some(CurrencyMark::Code(Currency::USD)));
}

#[test]
fn every_bad_row_is_reported_with_its_line_and_the_good_ones_are_read() {
    let seen = trades(concat!(
        "2024-01-31,buy,A,1,2,,,,,,,\n",
        "2024-02-30,buy,A,1,2,,,,,,,\n",
        "01/02/2024,buy,A,1,2,,,,,,,\n",
        "2025-01-01,buy,A,1,2,,,,,,,\n",
        "2024-01-31,exercise,A,1,2,,,,,,,\n",
        "2024-01-31,buy,A  B,1,2,,,,,,,\n",
        "2024-01-31,buy,A,0,2,,,,,,,\n",
        "2024-01-31,buy,A,-1,2,,,,,,,\n",
        "2024-01-31,buy,A,1,1e5,,,,,,,\n",
        "2024-01-31,buy,A,1,,-2,,,,,,\n",
        "2024-01-31,buy,A,1,2,,-1,,,,,\n",
        "2024-01-31,buy,A,1,2,3,,,,,,\n",
        "2024-01-31,buy,A,1,,,,,,,,\n",
        "2024-01-31,buy,A,1,2,,,,\"a\tb\",,,\n",
        "2024-01-31,buy,A,1,2,,,,,,DOLLAR,\n",
        "2024-01-31,buy,A,1,2,,,,,,,6ba7b810:1\n",
        "2024-01-31,,A,1,2,,,,,,,\n",
        "2024-01-31,buy,,1,2,,,,,,,\n",
        "2024-01-31,buy,A,1,\"1000,5\",,,,,,,\n",
        "2024-01-31,sell,A,1,2,,,,,,,\n",
    ));
    assert_eq!(
        seen.codes(),
        [
            "3 invalid_date",
            "4 invalid_date",
            "5 invalid_date",
            "6 unsupported_action",
            "7 invalid_symbol",
            "8 invalid_quantity",
            "9 invalid_quantity",
            "10 invalid_price",
            "11 invalid_amount",
            "12 invalid_fee",
            "13 price_and_amount",
            "14 missing_value",
            "15 invalid_note",
            "16 invalid_currency",
            "17 unexpected_value",
            "18 missing_value",
            "19 missing_value",
            "20 invalid_price",
        ]
    );
    assert_eq!(seen.lines(), [2, 21]);
    assert_eq!(seen.summary.rows, 20);
    assert_eq!(
        seen.faults[3].message,
        "action `exercise` is not supported; known are buy, sell, opening, dividend, split, return-capital, adjust-cost, \
         write-off, transfer, spin-off, exchange"
    );
    assert_eq!(seen.faults[15].message, "the action is empty");
}

#[test]
fn a_ragged_row_is_refused_with_both_counts() {
    let seen = read("date,symbol,price\n2024-01-31,A\n2024-01-31,A,1,000\n2024-01-31,A,1,,\n");
    assert_eq!(seen.codes(), ["2 ragged_row", "3 ragged_row"]);
    assert_eq!(seen.faults[0].message, "the row has 2 fields, the header 3");
    assert_eq!(seen.faults[1].message, "the row has 4 fields, the header 3");
    assert_eq!(seen.lines(), [4]);
}

#[test]
fn blank_rows_are_skipped_and_line_numbers_are_those_of_the_file() {
    let file = concat!(
        "\n",
        "date,symbol,price,\"a\nb\"\r\n",
        "\r\n",
        "2024-01-31,A,1,\"x\r\n\r\ny\"\r\n",
        "\n \t\n,,,\n",
        "2024-01-31,B,2,z\n",
        "2024-01-31,C,3,\"\n\"\n",
        "2024-01-31,D,x,\n",
    );
    let seen = read(file);
    assert_eq!(seen.lines(), [5, 11, 12]);
    assert_eq!(seen.codes(), ["14 invalid_price"]);
    assert_eq!(seen.summary.rows, 4);
}

#[test]
fn a_row_of_another_stock_than_the_file_s_is_refused() {
    let file = "date,symbol,price\n2024-01-31,aapl,1\n2024-01-31,,2\n2024-01-31,MSFT,3\n";
    let seen = read_with(file.as_bytes(), &of_stock("AAPL"));
    assert_eq!(seen.lines(), [2, 3]);
    assert_eq!(seen.codes(), ["4 symbol_mismatch"]);
}

#[test]
fn a_mark_on_a_number_is_the_row_s_currency() {
    let seen = trades(concat!(
        "2024-01-31,buy,A,1,€5,,,,,,,\n",
        "2024-01-31,buy,A,1,5 CHF,,CHF 1,,,,CHF,\n",
        "2024-01-31,buy,A,1,$5,,$1,,,,CAD,\n",
        "2024-01-31,buy,A,1,€5,,,,,,USD,\n",
        "2024-01-31,buy,A,1,EUR 5,,£1,,,,,\n",
        "2024-01-31,buy,A,1,500,,,,,,GBp,\n",
        "2024-01-31,buy,A,1,$5,,,,,,EUR,\n",
        "2024-01-31,buy,A,1,$5,,¥1,,,,,\n",
        "2024-01-31,buy,A,1,$5,,1 MXN,,,,,\n",
        "2024-01-31,buy,A,1,¥5,,,,,,,\n",
    ));
    let currencies: Vec<_> = (0..5).map(|at| seen.trade(at).currency.unwrap().to_string()).collect();
    assert_eq!(currencies, ["EUR", "CHF", "CAD", "MXN", "yen or yuan"]);
    let refused = ["5 currency_mismatch", "6 currency_mismatch", "7 invalid_currency"];
    assert_eq!(seen.codes(), [&refused[..], &["8 currency_mismatch", "9 currency_mismatch"]].concat());
    assert_eq!(seen.faults[3].message, "`$5` is in dollars or pesos, the row in EUR");
    let prices = read("date,symbol,price,currency\n2024-01-31,A,5 EUR,\n2024-01-31,A,5,CHF\n");
    assert_eq!(prices.price(0).currency.unwrap().to_string(), "EUR");
    assert_eq!(prices.price(1).currency.unwrap().to_string(), "CHF");
}

#[test]
fn where_semicolons_part_the_columns_a_lone_comma_is_refused() {
    let seen = read("date;symbol;price\n2024-01-31;A;1,234\n2024-01-31;A;1,234.50\n");
    assert_eq!(seen.codes(), ["2 invalid_price"]);
    assert_eq!(seen.price(0).price.to_string(), "1234.5");
}

#[test]
fn numeric_dates_need_the_date_format() {
    let file = "date,symbol,price\n01/02/2024,A,1\n2024-01-31T23:30:00Z,A,2\n";
    let options = ReadOptions { date_format: Some("DD/MM/YYYY".parse().unwrap()), ..options() };
    let seen = read_with(file.as_bytes(), &options);
    assert_eq!(seen.price(0).date.to_string(), "2024-02-01");
    assert_eq!(seen.price(1).date.to_string(), "2024-01-31");
}

#[test]
fn what_is_quoted_from_a_row_is_safe_to_print() {
    let seen = trades("2024-01-31,\u{1b}[2Jbuy,A,1,2,,,,,,,\n");
    assert_eq!(
        seen.faults[0].message,
        "action `\\u{1b}[2Jbuy` is not supported; known are buy, sell, opening, dividend, split, return-capital, \
         adjust-cost, write-off, transfer, spin-off, exchange"
    );
}
