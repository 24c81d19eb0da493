//! Numbers as people type them.

use serde_json::{Map, Value};

use crate::harness::{Desk, pick};

/// A book with shares to sell, to convert and to pay dividends on, and the ids of a purchase and a dividend.
fn book() -> (Desk, [String; 2]) {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "NEW", "New Inc."]);
    desk.ok(["add-portfolio", "pension"]);
    let bought = desk.json(["buy", "ACME", "2000001", "5", "--date", "2024-01-02"]);
    let paid = desk.json(["dividend", "ACME", "5000", "--date", "2024-01-03"]);
    let ids = [bought, paid].map(|it| pick(&it, &["transaction_id"]));
    (desk, ids)
}

/// The words of a line, in which `{}` is a number and `{buy}` and `{dividend}` are ids.
fn words(line: &str, number: &str, [buy, dividend]: &[String; 2]) -> Vec<String> {
    let word = |word: &str| word.replace("{}", number).replace("{buy}", buy).replace("{dividend}", dividend);
    line.split(' ').map(word).collect()
}

/// What a command would record.
fn told(desk: &Desk, words: Vec<String>) -> Value {
    without_ids(desk.json(words.into_iter().chain(["--dry-run".to_owned()])))
}

/// Everything except what is generated each time.
fn without_ids(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let is_new = |name: &str| name.ends_with("_id") || ["occurred_at", "previous_hash"].contains(&name);
            let known = members.into_iter().filter(|(name, _)| !is_new(name));
            Value::Object(known.map(|(name, value)| (name, without_ids(value))).collect::<Map<_, _>>())
        }
        Value::Array(values) => values.into_iter().map(without_ids).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// Commands with shares or rates, which have no currency sign.
const BARE: [&str; 10] = [
    "buy ACME {} 1",
    "sell ACME {} 1",
    "sell ACME {} 1 --lot {buy}:{}",
    "transfer ACME {} --to pension",
    "transfer ACME {} --out",
    "amend {buy} --quantity {}",
    "update-rate EUR USD {}",
    "dividend ACME 5 --currency EUR --rate {}",
    "split ACME {}:1",
    "exchange ACME NEW 1:{}",
];

/// Commands with amounts in the stock's currency.
const AMOUNTS: [&str; 11] = [
    "buy ACME 2 --amount {}",
    "sell ACME 2 --amount {}",
    "dividend ACME {}",
    "dividend ACME {} --per-share",
    "dividend ACME 5000 --withholding {}",
    "amend {buy} --amount {}",
    "amend {dividend} --amount {}",
    "amend {dividend} --withholding {}",
    "split ACME 1:2 --round down --cash-in-lieu {}",
    "return-capital ACME {}",
    "adjust-cost ACME {} --per-share",
];

/// Commands with prices, which may follow an `@`.
const PRICES: [&str; 7] = [
    "buy ACME 2 {}",
    "sell ACME 2 {}",
    "update-price ACME {}",
    "amend {buy} --price {}",
    "exchange ACME NEW 1:1 --pay {}",
    "exchange ACME NEW 1:1 --cash 1 --rule taxable --value {}",
    "spin-off ACME NEW 1:5 --values {}:5",
];

/// Commands with fees, which may be in any currency.
const FEES: [&str; 3] = ["buy ACME 2000 1 --fee {}", "sell ACME 2000 1 --fee {}", "amend {buy} --fee {}"];

#[test]
fn extra_characters_typed_by_hand_change_nothing() {
    let (desk, ids) = book();
    let doors = [&BARE[..], &AMOUNTS, &PRICES, &FEES].concat();
    for line in doors {
        for (forms, plain) in [(&["1,503.50"][..], "1503.5"), (&[".5", ".50"], "0.5")] {
            let known = told(&desk, words(line, plain, &ids));
            for form in forms {
                assert_eq!(told(&desk, words(line, form, &ids)), known, "{line}: {form}");
            }
        }
    }
    for line in [&AMOUNTS[..], &PRICES, &FEES].concat() {
        let known = told(&desk, words(line, "1503.5", &ids));
        for form in ["$1503.50", "$1,503.50", "$ 1,503.50", "1,503.50 USD", "1503.50usd", "USD 1,503.50", "1503.5$"] {
            assert_eq!(told(&desk, words(line, form, &ids)), known, "{line}: {form}");
        }
    }
    for line in PRICES {
        let known = told(&desk, words(line, "1503.5", &ids));
        for form in ["@1503.50", "@ 1,503.50", "@$1,503.50"] {
            assert_eq!(told(&desk, words(line, form, &ids)), known, "{line}: {form}");
        }
    }
    let known = told(&desk, words("buy ACME {} 1", "1234567", &ids));
    assert_eq!(told(&desk, words("buy ACME {} 1", "1,234,567", &ids)), known);
}

#[test]
fn only_the_number_is_recorded() {
    let (desk, _) = book();
    let bought = desk.json(["buy", "ACME", "1,000.50", "@$1,503.50", "--fee", "$.5", "--date", "2024-02-01"]);
    assert_eq!(pick(&bought, &["quantity", "price", "fee", "total_amount"]), "1000.5 1503.5 0.5 1504252.25");
    let events = desk.audit_lines();
    assert_eq!(pick(&events.last().unwrap()["data"], &["quantity", "price", "fee"]), "1000.5 1503.5 0.5");
    // In any dollars, if the stock is traded in those.
    desk.ok(["add-stock", "MAPLE", "Maple Ltd.", "--currency", "CAD"]);
    desk.ok(["update-price", "MAPLE", "$5"]);
    assert_eq!(desk.error(3, ["update-price", "MAPLE", "5 USD"])["code"], "currency_mismatch");
}

#[test]
fn a_number_that_can_be_read_in_two_ways_is_refused_with_both() {
    let (desk, ids) = book();
    let before = desk.everything();
    let all = [&BARE[..], &AMOUNTS, &PRICES, &FEES].concat();
    for line in all {
        let line = line.replace(" --lot {buy}:{}", "");
        let error = desk.error(2, words(&line, "1,503", &ids));
        assert_eq!(error["hint"], "write it as 1503 or 1.503", "{line}: {error}");
    }
    for line in [&AMOUNTS[..], &PRICES, &FEES].concat() {
        let error = desk.error(2, words(line, "$1,503", &ids));
        assert_eq!(error["hint"], "write it as 1503 or 1.503", "{line}: {error}");
    }
    for (number, ours) in [("1503,50", "1503.5"), ("1.503,50", "1503.5"), ("1'503.50", "1503.5"), ("1 503", "1503")] {
        let error = desk.error(2, words("buy ACME {} 1", number, &ids));
        assert_eq!(error["hint"], format!("write it as {ours}"));
        assert_eq!(error["message"], format!("quantity `{number}` is not a plain decimal number"));
    }
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_mark_of_another_currency_than_the_stock_s_is_refused() {
    let (desk, ids) = book();
    let before = desk.everything();
    for line in [&AMOUNTS[..], &PRICES].concat() {
        for (form, currency) in [("€5", "EUR"), ("5 CAD", "CAD"), ("¥ 5", "yen or yuan")] {
            let error = desk.error(3, words(line, form, &ids));
            let told = format!("currency_mismatch ACME is traded in USD, not in {currency}");
            assert!(error["hint"].as_str().unwrap().starts_with("give the amounts in USD; "), "{error}");
            assert_eq!(pick(&error, &["code", "message"]), told, "{line}: {form}");
        }
    }
    // A sign shared by several currencies says only that it is not the stock's.
    for (line, message) in [
        ("buy ACME 1 1 --fee {}", "ACME is traded in USD, not in yen or yuan"),
        ("amend {buy} --fee {}", "ACME is traded in USD, not in yen or yuan"),
        ("amend {buy} --symbol BOLT --price 1 --fee {}", "BOLT is traded in EUR, not in yen or yuan"),
    ] {
        assert_eq!(desk.error(3, words(line, "¥5", &ids))["message"], message, "{line}");
    }
    assert_eq!(desk.everything(), before);
    desk.ok(words("amend {buy} --symbol BOLT --price {}", "€5", &ids));
}

#[test]
fn shares_and_rates_bear_no_mark() {
    let (desk, ids) = book();
    for line in BARE {
        let line = line.replace(" --lot {buy}:{}", "");
        for form in ["$5", "5 USD", "@5"] {
            let code = desk.error(2, words(&line, form, &ids))["code"].clone();
            assert!(
                ["invalid_quantity", "invalid_rate", "invalid_ratio"].iter().any(|it| code == *it),
                "{line}: {code}"
            );
        }
    }
    for line in AMOUNTS {
        assert_eq!(desk.error(2, words(line, "@5", &ids))["code"], "invalid_amount", "{line}");
    }
}

#[test]
fn a_dividend_s_amounts_are_marked_as_it_was_paid() {
    let (desk, ids) = book();
    let paid = "dividend ACME {} --currency EUR --rate 1.1 --withholding {}";
    assert_eq!(told(&desk, words(paid, "€1,503.50", &ids)), told(&desk, words(paid, "1503.5", &ids)));
    let error = desk.error(2, words(paid, "$5", &ids));
    assert_eq!(
        pick(&error, &["code", "message"]),
        "currency_mismatch the dividend was paid in EUR, and an amount is in dollars or pesos"
    );
}

#[test]
fn cash_and_charged_fees_take_their_currency_on_either_side() {
    let (desk, ids) = book();
    for line in ["buy ACME 2 800 --settled {}", "dividend ACME 1600 --settled {}", "amend {buy} --settled {}"] {
        let known = told(&desk, words(line, "1503.5EUR", &ids));
        for form in ["1,503.50 EUR", "€1,503.50", "EUR 1503.50", "1503.5eur"] {
            assert_eq!(told(&desk, words(line, form, &ids)), known, "{line}: {form}");
        }
        assert_eq!(desk.error(2, words(line, "1,503 EUR", &ids))["hint"], "write it as 1503 or 1.503, in EUR");
        assert_eq!(desk.error(2, words(line, "$5", &ids))["code"], "invalid_cash");
    }
    let line = "buy ACME 2 800 --settled 1500EUR --fee {}";
    let known = told(&desk, words(line, "2.5EUR", &ids));
    assert_eq!(pick(&known, &["charged_fee", "charged_currency"]), "2.5 EUR");
    for form in ["2.50 EUR", "€2.50", "EUR 2.5"] {
        assert_eq!(told(&desk, words(line, form, &ids)), known, "{form}");
    }
}

#[test]
fn shares_and_percentages_that_only_compare_are_typed_too() {
    let (desk, _) = book();
    desk.file("positions.csv", "symbol,quantity\nACME,2000999\n");
    for (tolerance, code) in [("1,000.5", 0), ("1000.5", 0), (".5", 4), ("0", 4)] {
        desk.run(["reconcile", "positions.csv", "--tolerance", tolerance]).exits(code);
    }
    for (tolerance, said) in [
        ("1,000", "error: tolerance `1,000` can be read in two ways\nhint: write it as 1000 or 1\n"),
        ("-1", "error: tolerance `-1` must be 0 or more\n"),
        ("$1", "error: tolerance `$1` is not a plain decimal number\n"),
    ] {
        assert_eq!(desk.refused(2, ["reconcile", "positions.csv", "--tolerance", tolerance]), said);
    }
    desk.ok(["update-price", "ACME", "5"]);
    // In whatever case.
    for target in ["ACME=.5", "acme=0.50%", "Acme=0.5 %"] {
        let rows = desk.json(["allocation", "--target", target]);
        assert_eq!(pick(&rows[0], &["name", "target_percentage"]), "ACME 0.5", "{target}");
        assert_eq!(rows.as_array().unwrap().len(), 1, "{target}");
    }
    let error = desk.error(2, ["allocation", "--target", "ACME=1,503"]);
    assert_eq!(error["hint"], "write it as 1503 or 1.503");
}

#[test]
fn counts_are_whole_numbers_and_refused_in_a_sentence() {
    let desk = Desk::new();
    for (words, said) in [
        ("holdings -O json --round 2.5", "number of places `2.5` is not a whole number from 0 to 10"),
        ("holdings -O json --round -1", "number of places `-1` is not a whole number from 0 to 10"),
        ("holdings --wait soon", "number of seconds `soon` is not a whole number from 0 to 86400"),
        ("transactions --tail -3", "number of rows `-3` is not a whole number of 0 or more"),
        ("audit --tail x", "number of lines `x` is not a whole number of 0 or more"),
        ("audit --since-sequence 1.5", "event `1.5` is not a whole number of 0 or more"),
        ("gains --in EUR --max-rate-age -7", "number of days `-7` is not a whole number from 0 to 65535"),
    ] {
        assert_eq!(desk.error(2, words.split(' '))["message"], said);
    }
}

#[test]
fn prices_from_standard_input_are_typed_too() {
    let (desk, _) = book();
    let lines = "ACME $1,503.50\nbolt  1,503.50 EUR\nNEW @.5\n";
    desk.fed(lines, ["update-price", "-"]).exits(0);
    let stocks = desk.json(["stocks"]);
    let prices: Vec<String> = stocks.as_array().unwrap().iter().map(|it| pick(it, &["symbol", "price"])).collect();
    assert_eq!(prices, ["ACME 1503.5", "BOLT 1503.5", "NEW 0.5"]);
    let before = desk.everything();
    let run = desk.fed("ACME €5\nBOLT 5 USD\nNEW 1,503\nACME 6\n", ["update-price", "-"]).exits(3);
    for told in [
        "standard input:1: ACME is traded in USD, not in EUR",
        "standard input:2: BOLT is traded in EUR, not in USD",
        "standard input:3: price `1,503` can be read in two ways",
    ] {
        assert!(run.err().contains(told), "{run}");
    }
    assert_eq!(desk.everything(), before);
}

#[test]
fn an_hour_may_have_one_digit() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "150", "--date", "2024-01-02", "--time", "9:30"]);
    desk.file(
        "t.csv",
        "date,time,action,symbol,quantity,price\n2024-01-02,8:05:07,buy,ACME,1,150\n2024-01-03 7:01,,buy,ACME,1,150\n",
    );
    desk.ok(["import", "t.csv"]);
    let rows = desk.json(["transactions"]);
    let times: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["trade_time"]).collect();
    assert_eq!(times, ["09:30:00", "08:05:07", "07:01:00"]);
}
