//! Settlement of transactions in the currency of an account.

use serde_json::Value;

use crate::harness::{Desk, members, pick, repository};

const SETTLED: [&str; 2] = ["settlement_amount", "settlement_currency"];

/// The last event's data.
fn last_data(desk: &Desk) -> Value {
    desk.audit_lines().last().map(|event| event["data"].clone()).unwrap_or_default()
}

fn listed(desk: &Desk) -> Vec<String> {
    let rows = desk.json(["transactions"]);
    rows.as_array().into_iter().flatten().map(|row| pick(row, &["type", SETTLED[0], SETTLED[1]])).collect()
}

#[test]
fn a_trade_keeps_the_cash_that_it_was_settled_with() {
    let desk = Desk::with_stocks();
    let buy = ["buy", "ACME", "10", "150", "--fee", "4", "--date", "2024-01-02", "--settled", "1380.50 eur"];
    let bought = desk.json(buy);
    assert_eq!(pick(&bought, &["total_amount", SETTLED[0], SETTLED[1]]), "1504 1380.5 EUR");
    assert_eq!(members(&last_data(&desk))[12..], ["note", SETTLED[0], SETTLED[1]]);
    let said = desk.ok(["sell", "ACME", "4", "170", "--fee", "5", "--date", "2024-03-04", "--settled", "621CHF"]);
    // 4 × 170 − 5 = 675, and 621 ÷ 675 = 0.92.
    assert_eq!(said.lines().nth(1), Some("settled with 621.00 CHF, 0.92 CHF for 1 USD"));
    let paid = ["dividend", "ACME", "3", "--withholding", "0.45", "--date", "2024-04-02", "--settled", "2.30 EUR"];
    let paid = desk.json(paid);
    assert_eq!(pick(&paid, &["total_amount", SETTLED[0], SETTLED[1], "paid_amount"]), "2.55 2.3 EUR null");
    assert_eq!(listed(&desk), ["BUY 1380.5 EUR", "SELL 621 CHF", "DIVIDEND 2.3 EUR"]);
    // Without a settlement the member is null, and absent in events.
    let plain = desk.json(["buy", "ACME", "1", "150", "--date", "2024-05-02"]);
    assert_eq!(pick(&plain, &SETTLED), "null null");
    assert_eq!(members(&last_data(&desk)).last(), Some(&"note"));
    desk.ok(["check"]);
    let id = bought["transaction_id"].as_str().unwrap();
    assert!(desk.ok(["history", id]).contains("settled with 1,380.50 EUR"));
}

#[test]
fn the_cash_goes_the_way_of_the_total() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "1", "--date", "2024-01-02"]);
    // 10 × 0.1 − 3: the fee is more than the shares brought.
    let sold = ["sell", "ACME", "10", "0.1", "--fee", "3", "--date", "2024-01-03", "--settled", "1.84 EUR"];
    assert_eq!(pick(&desk.json(sold), &["total_amount", SETTLED[0]]), "-2 -1.84");
}

#[test]
fn cash_that_cannot_settle_a_transaction_is_refused_with_both_figures() {
    let desk = Desk::with_stocks();
    let buy = |settled: &str| {
        let words = ["buy", "ACME", "10", "150", "--fee", "4", "--date", "2024-01-02", "--settled"];
        words.into_iter().chain([settled]).map(str::to_owned).collect::<Vec<_>>()
    };
    for (settled, message) in [
        ("1503 USD", "1503 USD cannot be the settlement of 1504 USD"),
        ("1504.006 USD", "1504.006 USD cannot be the settlement of 1504 USD"),
        ("0 EUR", "0 EUR cannot be the settlement of 1504 USD"),
    ] {
        let refused = desk.error(3, buy(settled));
        assert_eq!(pick(&refused, &["code", "message"]), format!("settlement_differs {message}"));
    }
    for settled in ["1504", "EUR", "-5 EUR", "5 EURO", "five EUR", "", "1.5.5 EUR", "5 XXQ"] {
        desk.run(buy(settled)).exits(2);
    }
    assert_eq!(listed(&desk), [""; 0]);
    // Rounded to the cent, it is the total.
    assert_eq!(pick(&desk.json(buy("1504.005 USD")), &SETTLED), "1504.005 USD");
    // A total of zero is settled with zero.
    let given = ["buy", "ACME", "10", "0", "--date", "2024-01-02", "--settled"];
    desk.error(3, given.into_iter().chain(["5 EUR"]));
    desk.ok(given.into_iter().chain(["0 EUR"]));
}

#[test]
fn a_repeated_trade_is_compared_where_cash_is_given() {
    let desk = Desk::with_stocks();
    let buy = "buy ACME 10 150 --date 2024-01-02 --id first";
    let with = |settled: &'static str| buy.split(' ').chain(["--settled", settled]);
    desk.ok(with("1380 EUR"));
    assert_eq!(desk.json(with("1380.00 EUR"))["recorded"], false);
    assert_eq!(desk.json(buy.split(' '))["recorded"], false);
    for other in ["1381 EUR", "1380 CHF"] {
        let refused = desk.error(3, with(other));
        assert_eq!(pick(&refused, &["code"]), "id_conflict");
        assert!(refused["message"].as_str().unwrap().ends_with("a different settled amount"), "{refused}");
    }
    let paid = "dividend ACME 5 --date 2024-02-01 --id paid";
    desk.ok(paid.split(' '));
    assert_eq!(desk.error(3, paid.split(' ').chain(["--settled", "4 EUR"]))["code"], "id_conflict");
}

#[test]
fn an_amended_trade_keeps_its_cash_unless_it_is_given_another() {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "EURO", "Euro plc", "--currency", "EUR"]);
    let id = |row: &Value| row["transaction_id"].as_str().unwrap().to_owned();
    let bought = desk.json(["buy", "ACME", "10", "150", "--date", "2024-01-02", "--settled", "1380 EUR"]);
    let amended = desk.json(["amend", &id(&bought), "--price", "151"]);
    assert_eq!(pick(&amended, &["total_amount", SETTLED[0], SETTLED[1]]), "1510 1380 EUR");
    let again = desk.json(["amend", &id(&amended), "--settled", "1390 EUR"]);
    assert_eq!(pick(&again, &["total_amount", SETTLED[0], SETTLED[1]]), "1510 1390 EUR");
    let said = desk.ok(["amend", &id(&again), "--fee", "1", "-n"]);
    // 1390 ÷ 1511 = 0.9199205…
    assert_eq!(said.lines().nth(3), Some("settled with 1,390.00 EUR, 0.919921 EUR for 1 USD"), "{said}");
    let wrong = desk.error(3, ["amend", &id(&again), "--symbol", "EURO", "--price", "138", "--fee", "0"]);
    assert_eq!(wrong["message"], "1390 EUR cannot be the settlement of 1380 EUR");
    // Undoing it restores the settlement.
    desk.ok(["undo"]);
    desk.ok(["undo"]);
    assert_eq!(listed(&desk), ["BUY 1380 EUR"]);
    desk.ok(["check"]);
}

/// The columns of our own tables, through every reader of them.
#[test]
fn our_own_tables_have_columns_for_the_cash() {
    let desk = Desk::with_stocks();
    let rows = "date,action,symbol,quantity,price,amount,fee,withholding,settlement_amount,settlement_currency\n\
                2024-01-02,buy,ACME,10,150,,4,,-1380.50,EUR\n\
                2024-01-03,opening,ACME,1,100,,,,90,EUR\n\
                2024-02-01,sell,ACME,4,170,,5,,621,CHF\n\
                2024-03-01,dividend,ACME,,,3,,0.45,2.30,EUR\n\
                2024-04-01,buy,ACME,1,150,,,,,\n";
    let file = desk.file("own.csv", rows);
    desk.ok(["import", file.to_str().unwrap()]);
    let expected = ["BUY 1380.5 EUR", "BUY 90 EUR", "SELL 621 CHF", "DIVIDEND 2.3 EUR", "BUY null null"];
    assert_eq!(listed(&desk), expected);
    assert_eq!(desk.json(["import", file.to_str().unwrap()])["imported"], 0);
    // The output of `transactions` and `export` is read back.
    for printed in [desk.ok(["transactions", "-O", "csv"]), desk.ok(["export", "csv"])] {
        let other = Desk::with_stocks();
        other.fed(&printed, ["import", "-"]).exits(0);
        assert_eq!(listed(&other), expected, "{printed}");
    }
    let exported: Value = serde_json::from_str(&desk.ok(["export", "json"])).unwrap();
    assert_eq!(pick(&exported["transactions"][1], &SETTLED), "90 EUR");
}

#[test]
fn bad_cash_of_a_row_is_a_bad_row() {
    let desk = Desk::with_stocks();
    let header = "date,action,symbol,quantity,price,settlement_amount,settlement_currency,id\n";
    let refused = |row: &str, code: &str| {
        let run = desk.fed(&format!("{header}{row}\n"), ["import", "-", "-O", "json"]).exits(3);
        assert_eq!(run.json_error()["details"][0]["code"], code, "{row}\n{run}");
    };
    refused("2024-01-02,buy,ACME,10,150,1380,,", "missing_value");
    refused("2024-01-02,buy,ACME,10,150,,EUR,", "missing_value");
    refused("2024-01-02,buy,ACME,10,150,1380,$,", "ambiguous_currency");
    refused("2024-01-02,buy,ACME,10,150,1380,EURO,", "invalid_currency");
    refused("2024-01-02,buy,ACME,10,150,1380,USD,", "settlement_differs");
    refused("2024-01-02,buy,ACME,10,150,0,EUR,", "settlement_differs");
    desk.fed(&format!("{header}2024-01-02,buy,ACME,10,150,1380,EUR,one\n"), ["import", "-"]).exits(0);
    refused("2024-01-02,buy,ACME,10,150,1381,EUR,one", "id_conflict");
    // A row recorded by a version that did not read the cash is still the same row.
    desk.fed("date,action,symbol,quantity,price,id\n2024-01-03,buy,ACME,10,150,two\n", ["import", "-"]).exits(0);
    desk.fed(&format!("{header}2024-01-03,buy,ACME,10,150,1380,EUR,two\n"), ["import", "-"]).exits(0);
    assert_eq!(listed(&desk), ["BUY 1380 EUR", "BUY null null"]);
}

/// Files of brokers with accounts in another currency, and the settlement of each row.
#[test]
fn the_cash_of_brokers_accounts_is_recorded() {
    let of = |file: &str| {
        let desk = Desk::new();
        let file = repository("tests/samples").join(file);
        desk.ok(["import", "--add-stocks", "--add-portfolios", "-q", file.to_str().unwrap()]);
        desk.ok(["check"]);
        let rows = desk.json(["transactions"]);
        rows.as_array()
            .unwrap()
            .iter()
            .filter(|row| row["settlement_amount"].is_string())
            .map(|row| pick(row, &["symbol", "type", "currency", SETTLED[0], SETTLED[1]]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("trading212/layout-2020.csv"),
        [
            "AAPL BUY USD 920 GBP",
            "TSLA BUY USD 625 GBP",
            "TSLA BUY USD 625 GBP",
            "AAPL SELL USD 399.99 GBP",
            "AAPL DIVIDEND USD 0.8 GBP"
        ]
    );
    // Pence are converted to pounds; rows in euros were settled in their own currency.
    assert_eq!(
        of("trading212/layout-2024-gbx.csv"),
        ["RIO BUY GBP 628.94 EUR", "RIO SELL GBP 249.62 EUR", "RIO DIVIDEND GBP 10.71 EUR"]
    );
    assert_eq!(
        of("degiro/transactions-it-chf.csv"),
        ["IE00B4L5Y983 BUY USD 2007.8 CHF", "LU0908500753 BUY EUR 301.75 CHF", "IE00B4L5Y983 SELL USD 515.9 CHF"]
    );
    assert_eq!(
        of("degiro/transactions-en-old.csv"),
        ["US5949181045 BUY USD 900.5 EUR", "US5949181045 SELL USD 524.5 EUR"]
    );
    assert_eq!(
        of("freetrade/activity.csv"),
        ["AAPL BUY USD 1345.23 GBP", "AAPL SELL USD 517.97 GBP", "AAPL DIVIDEND USD 1.7 GBP"]
    );
    // The dividend of 8.0 and its tax of 1.2 are two rows.
    assert_eq!(
        of("ibkr/transaction-history-price-currency.csv"),
        ["VT BUY USD 2400.8 GBP", "VT SELL USD 1039.6 GBP", "VT DIVIDEND USD 6.8 GBP"]
    );
    assert_eq!(of("avanza/transactions.csv"), ["US78409V1044 BUY USD 8851.5 SEK"]);
    assert_eq!(of("portfolio-performance/account-en.csv"), ["AAPL BUY USD 2001 EUR", "AAPL DIVIDEND USD 2.55 EUR"]);
}

#[test]
fn a_file_tells_what_a_dividend_was_paid_with() {
    let desk = Desk::new();
    let file = repository("tests/samples/trade-republic/export-comma.csv");
    desk.ok(["import", "--add-stocks", "-q", file.to_str().unwrap()]);
    let rows = desk.json(["transactions", "--type", "dividend"]);
    let paid = |at: usize| pick(&rows[at], &["symbol", "currency", "total_amount", "paid_amount", "paid_currency"]);
    // 0.06 less the tax of 0.01.
    assert_eq!(paid(0), "US0378331005 EUR 0.05 0.07 USD");
    assert_eq!(paid(1), "DE0007164600 EUR 4.39 null null");
}

/// A sale for 800 EUR less a fee of 1 and taxes of 40: the taxes are not part of the 998.75 USD.
#[test]
fn taxes_that_an_account_paid_besides_are_no_part_of_the_cash() {
    let desk = Desk::new();
    desk.ok(["add-stock", "AAPL", "Apple", "--isin", "US0378331005"]);
    desk.ok(["buy", "AAPL", "10", "80", "--date", "2024-01-02"]);
    let file = "Date,Type,Value,Transaction Currency,Gross Amount,Currency Gross Amount,Exchange Rate,Fees,Taxes,Shares,\
                ISIN,WKN,Ticker Symbol,Security Name,Note\n\
                2024-06-03T14:00,Sell,759.00,EUR,\"1,000.00\",USD,0.8000,1.00,40.00,10,US0378331005,,AAPL,Apple Inc.,\n";
    desk.fed(file, ["import", "-"]).exits(0);
    let rows = desk.json(["transactions", "--type", "sell"]);
    assert_eq!(pick(&rows[0], &["total_amount", SETTLED[0], SETTLED[1]]), "998.75 799 EUR");
}

const PAID: [&str; 6] = ["amount", "withholding", "total_amount", "currency", "paid_amount", "paid_currency"];

fn dividend(desk: &Desk, rest: &str) -> String {
    let words = "dividend ACME 10 --date 2024-02-05 ".to_owned() + rest;
    pick(&desk.json(words.trim_end().split(' ')), &PAID)
}

#[test]
fn a_dividend_in_another_currency_keeps_both_amounts() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "8", "150", "--date", "2024-01-02"]);
    // 10 × 1.1, and 1.5 × 1.1.
    let expected = "11 1.65 9.35 USD 10 EUR";
    assert_eq!(dividend(&desk, "--currency eur --rate 1.1 --withholding 1.5"), expected);
    assert_eq!(pick(&last_data(&desk), &["amount", "withholding", "paid_amount", "paid_currency"]), "11 1.65 10 EUR");
    // 8 × 0.25 = 2 EUR, and 2 × 1.07 USD.
    let per_share = ["dividend", "ACME", "0.25", "--per-share", "--currency", "EUR", "--rate", "1.07"];
    let said = desk.ok(per_share.into_iter().chain(["--date", "2024-02-06", "--settled", "1.99 EUR"]));
    let lines: Vec<&str> = said.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "dividend of 2.14 USD ACME on 2024-02-06 (0.25 on each of the 8 ACME held before 2024-02-06)",
            "paid as 2.00 EUR, 1.07 USD for 1 EUR",
            // 1.99 ÷ 2.14 = 0.92990…
            "settled with 1.99 EUR, 0.929907 EUR for 1 USD",
        ]
    );
    // In the stock's own currency, it is like any other.
    assert_eq!(dividend(&desk, "--currency USD"), "10 0 10 USD null null");
    assert_eq!(desk.json(["holdings"])[0]["dividends"], "23.14");
    desk.ok(["check"]);
    // Its amounts follow from the payment.
    let rows = desk.json(["transactions", "--type", "dividend"]);
    let id = rows[0]["transaction_id"].as_str().unwrap();
    let refused = desk.error(3, ["amend", id, "--amount", "12"]);
    assert_eq!(refused["code"], "not_amendable");
    let amended = desk.json(["amend", id, "--note", "late", "--settled", "8.5 EUR"]);
    assert_eq!(pick(&amended, &["total_amount", SETTLED[0]]), "9.35 8.5");
    let story = desk.ok(["history", amended["transaction_id"].as_str().unwrap()]);
    assert!(story.contains("paid as 10.00 EUR"), "{story}");
    let exported = desk.ok(["export", "csv"]);
    let other = Desk::with_stocks();
    other.fed(&exported, ["import", "-"]).exits(0);
    assert_eq!(other.ok(["export", "csv"]), exported);
}

#[test]
fn a_dividend_in_another_currency_takes_the_recorded_rate() {
    let desk = Desk::with_stocks();
    let refused = desk.error(3, ["dividend", "ACME", "10", "--date", "2024-02-05", "--currency", "EUR"]);
    assert_eq!(pick(&refused, &["code", "message"]), "no_rate no rate of EUR/USD is known for 2024-02-05");
    let needless = "dividend ACME 10 --currency USD --rate 1".split(' ');
    assert_eq!(desk.error(3, needless)["code"], "needless_rate");
    desk.run(["dividend", "ACME", "10", "--rate", "1.1"]).exits(2);
    let with = |amount: &'static str, rate: &'static str| {
        ["dividend", "ACME", amount, "--date", "2024-02-05", "--currency", "EUR", "--rate", rate]
    };
    assert_eq!(desk.error(3, with("999999999999999999", "10"))["code"], "too_large");
    // Rounded to ten places, it would be zero.
    let nothing = desk.error(3, with("0.0000000001", "0.1"));
    assert_eq!(nothing["message"], "0.0000000001 EUR cannot be the settlement of 0 USD");
    desk.ok(["update-rate", "EUR", "USD", "1.2", "--date", "2024-01-28"]);
    // Eight days are too many.
    desk.error(3, ["dividend", "ACME", "10", "--date", "2024-02-05", "--currency", "EUR"]);
    desk.ok(["update-rate", "EUR", "USD", "1.1", "--date", "2024-01-29"]);
    assert_eq!(dividend(&desk, "--currency EUR"), "11 0 11 USD 10 EUR");
    // The inverse, if it is newer: 10 ÷ 0.8.
    desk.ok(["update-rate", "USD", "EUR", "0.8", "--date", "2024-02-01"]);
    assert_eq!(dividend(&desk, "--currency EUR --withholding 1"), "12.5 1.25 11.25 USD 10 EUR");
}

#[test]
fn a_repeated_dividend_in_another_currency_is_compared_with_what_was_paid() {
    let desk = Desk::with_stocks();
    desk.ok(["update-rate", "EUR", "USD", "1.0813", "--date", "2024-02-05"]);
    let words = |rest: &str| ("dividend ACME 10 --date 2024-02-05 --id paid ".to_owned() + rest).trim_end().to_owned();
    let recorded = "--currency EUR --withholding 1.37";
    desk.ok(words(recorded).split(' '));
    // The rate recorded since then is not the one that applied.
    desk.ok(["update-rate", "EUR", "USD", "1.2", "--date", "2024-02-05"]);
    for same in [recorded, "--currency EUR", "--currency EUR --rate 1.0813 --withholding 1.37"] {
        assert_eq!(desk.json(words(same).split(' '))["recorded"], false, "{same}");
    }
    for other in ["", "--currency CHF", "--currency EUR --rate 1.2", "--currency EUR --withholding 1.4"] {
        assert_eq!(desk.error(3, words(other).split(' '))["code"], "id_conflict", "{other}");
    }
}

#[test]
fn a_settlement_is_found_among_many_as_among_few() {
    for many in [0, 40] {
        let desk = Desk::with_stocks();
        desk.ok(["update-rate", "EUR", "USD", "1.25", "--date", "2024-01-02"]);
        let row = |day: usize| format!("2024-02-{:02},buy,OTHER,1,10,9,EUR\n", day % 28 + 1);
        let rows: String = (0..many).map(row).collect();
        let head = "date,action,symbol,quantity,price,settlement_amount,settlement_currency\n";
        desk.fed(&format!("{head}{rows}"), ["import", "--add-stocks", "-q", "-"]).exits(0);
        desk.ok(["buy", "ACME", "10", "150", "--date", "2024-01-03", "--settled", "1300 EUR"]);
        desk.ok(["sell", "ACME", "10", "160", "--date", "2024-01-04", "--settled", "1400 EUR"]);
        let gain = &desk.json(["gains", "--symbol", "ACME", "--in", "EUR"])[0];
        assert_eq!(pick(gain, &["proceeds", "cost_basis", "gain"]), "1400 1300 100", "{many}");
    }
}
