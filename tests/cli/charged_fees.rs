//! Fees charged in a currency other than the stock's.

use serde_json::{Value, json};

use crate::harness::{Desk, members, pick, repository};

const FEE: [&str; 4] = ["fee", "total_amount", "charged_fee", "charged_currency"];

fn last_data(desk: &Desk) -> Value {
    desk.audit_lines().last().map(|event| event["data"].clone()).unwrap_or_default()
}

fn listed(desk: &Desk) -> Vec<String> {
    desk.json(["transactions"]).as_array().into_iter().flatten().map(|row| pick(row, &FEE)).collect()
}

/// The numbers of rows that were imported and that the book already had.
fn imported(desk: &Desk, text: &str) -> String {
    let told: Value = serde_json::from_str(&desk.fed(text, ["import", "-", "-O", "json"]).exits(0).out()).unwrap();
    pick(&told, &["imported", "skipped_duplicates"])
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split('|')
}

#[test]
fn a_fee_in_another_currency_is_kept_as_it_was_charged_and_in_the_stock_s() {
    let desk = Desk::with_stocks();
    // 10 × 100 = 1000 USD for 802 − 2 EUR: 1.25 USD for 1 EUR, so that the fee is 2.50 USD.
    let bought = desk.json(words("buy|ACME|10|100|--fee|2 EUR|--date|2024-01-02|--settled|802 EUR"));
    assert_eq!(pick(&bought, &FEE), "2.5 1002.5 2 EUR");
    assert_eq!(
        members(&last_data(&desk))[12..],
        ["note", "settlement_amount", "settlement_currency", "charged_fee", "charged_currency"]
    );
    // 4 × 110 = 440 USD brought 347.50 EUR after a fee of 4.50 EUR: again 1.25, and 5.625 USD.
    let said = desk.ok(words("sell|ACME|4|110|--fee|4.50eur|--date|2024-03-04|--settled|347.5 EUR"));
    let lines: Vec<&str> = said.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "sold 4 ACME at 110.00 on 2024-03-04, fee 5.62: 434.38 USD",
            "fee charged as 4.50 EUR, 1.25 USD for 1 EUR",
            "settled with 347.50 EUR, 0.8 EUR for 1 USD"
        ]
    );
    // 440 − 5.625 − 4/10 of 1002.50.
    assert_eq!(pick(&desk.json(["gains"])[0], &["proceeds", "cost_basis", "gain"]), "434.375 401 33.375");
    assert_eq!(listed(&desk), ["2.5 1002.5 2 EUR", "5.625 434.375 4.5 EUR"]);
    // In the stock's own currency it is a fee like any other, and its event has no additional members.
    let own = desk.json(words("buy|ACME|1|100|--fee|2 USD|--date|2024-05-02"));
    assert_eq!(pick(&own, &FEE), "2 102 null null");
    assert_eq!(members(&last_data(&desk)).last(), Some(&"note"));
    desk.ok(["check"]);
    let id = bought["transaction_id"].as_str().unwrap();
    assert!(desk.ok(["history", id]).contains(", fee 2.50, charged as 2.00 EUR: 1,002.50 USD"));
    let sale = desk.json(["transactions", "--type", "sell"])[0]["transaction_id"].as_str().unwrap().to_owned();
    let explained = desk.ok(["explain", "gain", &sale]);
    assert!(explained.contains("paid       1,000.00 + fee 2.50 (2.00 EUR) = 1,002.50"), "{explained}");
    assert!(explained.contains("proceeds   440.00 - fee 5.625 (4.50 EUR) = 434.375"), "{explained}");
    let explained = desk.json(["explain", "gain", &sale]);
    assert_eq!(pick(&explained, &FEE[2..]), "4.5 EUR");
    assert_eq!(
        pick(&explained["lots"][0], &["purchase_fee", "purchase_charged_fee", "purchase_charged_currency"]),
        "2.5 2 EUR"
    );
    // In euros, both count with their settlement amounts and not with the fee: 347.50 − 4/10 of 802.
    desk.ok(words("update-rate|EUR|USD|1.25|--date|2024-03-04"));
    assert_eq!(pick(&desk.json(["gains", "--in", "EUR"])[0], &["proceeds", "cost_basis"]), "347.5 320.8");
}

#[test]
fn without_what_it_was_settled_with_the_fee_takes_the_rate_of_its_day() {
    let desk = Desk::with_stocks();
    let buy = "buy|ACME|10|100|--fee|2 EUR|--date|2024-02-05";
    let refused = desk.error(3, words(buy));
    assert_eq!(
        pick(&refused, &["code", "message"]),
        "no_rate no rate of EUR/USD is known for 2024-02-05, by which the fee of 2 EUR would come to USD"
    );
    let hint = refused["hint"].as_str().unwrap();
    assert!(hint.contains("one EUR was worth in USD on 2024-02-05") && hint.contains("import"), "{hint}");
    assert_eq!(listed(&desk), [""; 0]);
    // A settlement in a third currency gives no rate for euros.
    desk.error(3, words(buy).chain(["--settled", "900 CHF"]));
    // Eight days are too many; the inverse of 0.8 is 1.25.
    desk.ok(words("update-rate|USD|EUR|0.5|--date|2024-01-28"));
    desk.error(3, words(buy));
    desk.ok(words("update-rate|USD|EUR|0.8|--date|2024-01-29"));
    assert_eq!(pick(&desk.json(words(buy)), &FEE), "2.5 1002.5 2 EUR");
    // Something worth nothing was settled with the fee alone, which gives no rate.
    let given = desk.json(words("buy|ACME|1|0|--fee|2 EUR|--date|2024-02-05|--settled|2 EUR"));
    assert_eq!(pick(&given, &FEE), "2.5 2.5 2 EUR");
    // Correcting a rate changes nothing that is recorded.
    desk.ok(words("update-rate|USD|EUR|0.5|--date|2024-01-29"));
    assert_eq!(listed(&desk), ["2.5 1002.5 2 EUR", "2.5 2.5 2 EUR"]);
    desk.ok(["check"]);
}

#[test]
fn a_fee_that_what_all_was_settled_with_cannot_hold_is_refused() {
    let desk = Desk::with_stocks();
    desk.ok(words("update-rate|EUR|USD|1.25|--date|2024-02-05"));
    for settled in ["4 EUR", "5 EUR"] {
        let refused = desk.error(3, words("buy|ACME|10|100|--fee|5 EUR|--date|2024-02-05|--settled").chain([settled]));
        let message = format!("a fee of 5 EUR cannot be part of {settled}, the settlement of the whole trade");
        assert_eq!(pick(&refused, &["code", "message"]), format!("settlement_differs {message}"));
        assert!(refused["hint"].as_str().unwrap().contains("with fees"), "{refused}");
    }
    desk.file("t.csv", "date,action,symbol,quantity,price,fee,fee_currency,settlement_amount,settlement_currency\n2024-02-05,buy,ACME,10,100,5,EUR,4,EUR\n");
    assert_eq!(desk.error(3, ["import", "t.csv"])["details"][0]["code"], "settlement_differs");
    assert_eq!(listed(&desk), [""; 0]);
    // A rate of another currency does not help.
    desk.ok(words("buy|ACME|10|100|--fee|5 EUR|--date|2024-02-05|--settled|4 CHF"));
}

#[test]
fn a_fee_that_is_none_is_refused_by_its_name() {
    let desk = Desk::with_stocks();
    for (fee, code) in [
        ("two", "invalid_fee"),
        ("EUR", "invalid_fee"),
        ("2 EUROS", "invalid_currency"),
        ("2 EURO", "invalid_currency"),
        ("2 XQZ", "invalid_currency"),
        ("1e3 EUR", "invalid_fee"),
    ] {
        assert_eq!(desk.error(2, ["buy", "ACME", "1", "1", "--fee", fee])["code"], code, "{fee}");
    }
    // A fee of zero is zero in every currency.
    assert_eq!(pick(&desk.json(["buy", "ACME", "1", "1", "--fee", "0 EUR"]), &FEE), "0 1 null null");
}

#[test]
fn a_repeated_trade_is_compared_by_what_was_charged() {
    let desk = Desk::with_stocks();
    desk.ok(words("update-rate|EUR|USD|1.25|--date|2024-02-05"));
    let with = |fee: &'static str| words("buy|ACME|10|100|--date|2024-02-05|--id|first").chain(["--fee", fee]);
    desk.ok(with("2 EUR"));
    // The rate recorded since then is not the one that applied.
    desk.ok(words("update-rate|EUR|USD|1.5|--date|2024-02-05"));
    for same in ["2 EUR", "2.00eur", "2.5", "2.5 USD"] {
        assert_eq!(desk.json(with(same))["recorded"], false, "{same}");
    }
    for other in ["3 EUR", "2 CHF", "2", "2 USD"] {
        assert_eq!(desk.error(3, with(other))["code"], "id_conflict", "{other}");
    }
}

#[test]
fn an_amended_trade_keeps_its_fee_unless_it_is_given_another() {
    let desk = Desk::with_stocks();
    desk.ok(words("update-rate|EUR|USD|1.25|--date|2024-02-05"));
    let id = |row: &Value| row["transaction_id"].as_str().unwrap().to_owned();
    let bought = desk.json(words("buy|ACME|10|100|--fee|2 EUR|--date|2024-02-05"));
    let amended = desk.json(["amend", &id(&bought), "--price", "110"]);
    assert_eq!(pick(&amended, &FEE), "2.5 1102.5 2 EUR");
    let other = desk.json(["amend", &id(&amended), "--fee", "4 EUR"]);
    assert_eq!(pick(&other, &FEE), "5 1105 4 EUR");
    let own = desk.json(["amend", &id(&other), "--fee", "3"]);
    assert_eq!(pick(&own, &FEE), "3 1103 null null");
    assert_eq!(desk.error(3, ["amend", &id(&own), "--fee", "3 CHF"])["code"], "no_rate");
    for _ in 0..3 {
        desk.ok(["undo"]);
    }
    assert_eq!(listed(&desk), ["2.5 1002.5 2 EUR"]);
    desk.ok(["check"]);
}

#[test]
fn what_is_exported_comes_back_with_both_amounts() {
    let desk = Desk::with_stocks();
    desk.ok(words("buy|ACME|10|100|--fee|2 EUR|--date|2024-01-02|--settled|802.17 EUR"));
    desk.ok(words("sell|ACME|4|110|--fee|1 USD|--date|2024-03-04"));
    // At a rate that the other book does not have.
    desk.ok(words("update-rate|EUR|USD|1.25|--date|2024-03-05"));
    desk.ok(words("sell|ACME|1|110|--fee|2 EUR|--date|2024-03-05"));
    for text in [desk.ok(["export", "csv"]), desk.ok(["transactions", "-O", "csv"])] {
        let other = Desk::with_stocks();
        other.fed(&text, ["import", "-"]).exits(0);
        assert_eq!(listed(&other), listed(&desk), "{text}");
        assert_eq!(other.json(["gains"])[0]["gain"], desk.json(["gains"])[0]["gain"]);
        // By their ids, they are the same transactions.
        assert_eq!(imported(&desk, &text), "0 3");
    }
    let json: Value = serde_json::from_str(&desk.ok(["export", "json"])).unwrap();
    assert_eq!(pick(&json["transactions"][0], &FEE[2..]), "2 EUR");
}

#[test]
fn our_own_tables_have_a_column_for_the_currency_of_the_fee() {
    let rows = "date,action,symbol,quantity,price,currency,fee,fee_currency,settlement_amount,settlement_currency\n\
                2024-01-02,buy,ACME,10,100,USD,2,EUR,802,EUR\n\
                2024-02-05,sell,ACME,4,110,,1.50,EUR,,\n\
                2024-02-06,buy,ACME,1,100,USD,3,USD,,\n\
                2024-02-07,buy,ACME,1,100,,,,,\n";
    let desk = Desk::with_stocks();
    let refused = desk.fed(rows, ["import", "-", "-O", "json"]).exits(3).json_error();
    let fault = &refused["details"][0];
    assert_eq!((&fault["line"], &fault["code"]), (&json!(3), &json!("no_rate")), "{refused}");
    assert!(fault["message"].as_str().unwrap().contains("EUR/USD"), "{refused}");
    desk.ok(words("update-rate|EUR|USD|1.2|--date|2024-02-05"));
    desk.fed(rows, ["import", "-"]).exits(0);
    let expected = ["2.5 1002.5 2 EUR", "1.8 438.2 1.5 EUR", "3 103 null null", "0 100 null null"];
    assert_eq!(listed(&desk), expected);
    // The same file contains nothing new, whatever the rate is by then.
    desk.ok(words("update-rate|EUR|USD|1.3|--date|2024-02-05"));
    assert_eq!(imported(&desk, rows), "0 4");
    desk.ok(["check"]);
}

#[test]
fn brokers_fees_in_the_account_s_currency_are_kept_by_the_rate_of_the_file() {
    let of = |sample: &str| -> Vec<String> {
        let desk = Desk::new();
        desk.ok(["import", "-q", "--add-stocks", repository(&format!("tests/samples/{sample}")).to_str().unwrap()]);
        let members = ["symbol", "type", "fee", "currency", FEE[2], FEE[3]];
        let rows = desk.json(["transactions"]);
        rows.as_array()
            .into_iter()
            .flatten()
            .map(|row| pick(row, &members))
            .filter(|it| !it.ends_with("null"))
            .collect()
    };
    let none: [&str; 0] = [];
    // 2.40 × 1.25; the sale's fee is 1.00 GBP and 0.02 USD, which is not a single amount.
    assert_eq!(of("trading212/layout-2024.csv"), ["MSFT BUY 3 USD 2.4 GBP"]);
    // (2.00 + 5.28) × 1.25, (2.00 + 2.18) × 1.25, 0.54 × 1.25 and (1.80 + 2.00) × 1.25.
    assert_eq!(
        of("degiro/transactions-de.csv"),
        [
            "US16119P1084 BUY 9.1 USD 7.28 EUR",
            "US67066G1040 BUY 5.225 USD 4.18 EUR",
            "US67066G1040 BUY 0.675 USD 0.54 EUR",
            "US67066G1040 SELL 4.75 USD 3.8 EUR"
        ]
    );
    // Pounds at 76 and 80 pence for a euro: 4.52 × 0.76, and 5.10 × 0.8.
    assert_eq!(
        of("degiro/transactions-es-gbx.csv"),
        ["XX0000000028 BUY 3.4352 GBP 4.52 EUR", "XX0000000028 SELL 4.08 GBP 5.1 EUR"]
    );
    assert_eq!(of("ibkr/flex-trades.csv"), none);
}

#[test]
fn a_commission_in_a_currency_without_a_rate_in_the_file_takes_the_recorded_one() {
    let desk = Desk::new();
    let header = "CurrencyPrimary,Symbol,DateTime,TradeDate,Quantity,TradePrice,Buy/Sell,ISIN,TradeID,IBCommission,\
                  IBCommissionCurrency\n";
    let rows = "USD,VTI,20240402;095853,20240402,10,200,BUY,US9229087690,T1,-1.60,EUR\n\
                USD,VTI,20240403;095853,20240403,4,210,SELL,US9229087690,T2,-1.00,USD\n";
    let file = header.to_owned() + rows;
    let import = ["import", "-", "--add-stocks", "-O", "json"];
    let refused = desk.fed(&file, import).exits(3).json_error();
    let fault = &refused["details"][0];
    assert_eq!((&fault["line"], &fault["code"]), (&json!(2), &json!("no_rate")), "{refused}");
    // The rate may be in the same command.
    let rates = desk.file("rates.csv", "date,base,quote,rate\n2024-04-02,EUR,USD,1.25\n");
    let flex = desk.file("flex.csv", &file);
    desk.ok(["import", "-q", "--add-stocks", rates.to_str().unwrap(), flex.to_str().unwrap()]);
    assert_eq!(listed(&desk), ["2 2002 1.6 EUR", "1 839 null null"]);
    assert_eq!(imported(&desk, &file), "0 2");
}

/// A broker's account statement, in which the fees of orders and the currency exchanges for them are separate
/// rows.
fn statement(rows: &[&str]) -> String {
    let names = "Date,Time,Value date,Product,ISIN,Description,FX,Change,,Balance,,Order Id";
    let row = |row: &&str| {
        let [day, text, currency, amount, order] = row.split('|').collect::<Vec<_>>().try_into().unwrap();
        format!("{day},15:31,{day},ACME INC,US0378331005,\"{text}\",,{currency},\"{amount}\",EUR,\"0,00\",{order}\n")
    };
    format!("{names}\n{}", rows.iter().map(row).collect::<String>())
}

#[test]
fn fees_of_an_order_take_the_rate_at_which_money_was_exchanged_for_it() {
    const FEES: &str = "DEGIRO Transaction and/or third party fees";
    let desk = Desk::new();
    desk.file(
        "account.csv",
        statement(&[
            "06-03-2024|FX Credit|EUR|920,00|b",
            "06-03-2024|FX Debit|USD|-1012,00|b",
            &format!("06-03-2024|{FEES}|EUR|-2,00|b"),
            "06-03-2024|Sell 2 ACME INC@176 USD (US0378331005)|USD|352,00|b",
            "06-03-2024|Sell 4 ACME INC@165 USD (US0378331005)|USD|660,00|b",
            &format!("05-03-2024|{FEES}|EUR|-1,50|a"),
            "05-03-2024|Hong Kong Stamp Duty|EUR|-0,50|a",
            "05-03-2024|Buy 10 ACME INC@170,5 USD (US0378331005)|USD|-1705,00|a",
            "05-03-2024|FX Debit|EUR|-1550,00|a",
            "05-03-2024|FX Credit|USD|1705,00|a",
        ]),
    );
    let done = desk.json(["import", "--add-stocks", "account.csv"]);
    assert_eq!(done["not_recorded"], json!({"fee": 3, "fx": 4}));
    // 1705 / 1550 = 1012 / 920 = 1.1: 2 EUR are 2.20 USD. Settled with 1550 + 2 and 920 − 2.
    assert_eq!(listed(&desk), ["2.2 1707.2 2 EUR", "2.2 1009.8 2 EUR"]);
    let settled = desk.json(["transactions"]);
    let settled =
        settled.as_array().unwrap().iter().map(|row| pick(row, &["settlement_amount", "settlement_currency"]));
    assert_eq!(settled.collect::<Vec<_>>(), ["1552 EUR", "918 EUR"]);
    // Nothing was exchanged for this order, so the rate must be known.
    let alone =
        statement(&[&format!("07-03-2024|{FEES}|EUR|-2,00|c"), "07-03-2024|Buy 1 ACME INC@170 USD|USD|-170,00|c"]);
    let refused = desk.fed(&alone, ["import", "-", "-O", "json"]).exits(3).json_error();
    assert_eq!(pick(&refused["details"][0], &["line", "code"]), "3 no_rate");
    desk.ok(words("update-rate|EUR|USD|1.25|--date|2024-03-07"));
    assert_eq!(imported(&desk, &alone), "1 0");
    assert_eq!(listed(&desk)[2], "2.5 172.5 2 EUR");
    // Fees in two currencies, without a rate in the file.
    let both = statement(&[
        &format!("08-03-2024|{FEES}|EUR|-2,00|d"),
        "08-03-2024|Stamp Duty|USD|-1,00|d",
        "08-03-2024|Buy 1 ACME INC@170 USD|USD|-170,00|d",
    ]);
    let refused = desk.fed(&both, ["import", "-", "-O", "json"]).exits(3).json_error();
    assert_eq!(pick(&refused["details"][0], &["line", "code"]), "4 fees_in_currencies");
}
