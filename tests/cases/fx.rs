//! Published examples in two currencies.

use std::fs;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::harness::{Desk, repository};

fn text<'v>(value: &'v Value, member: &str) -> Option<&'v str> {
    value[member].as_str()
}

fn number(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().unwrap_or_else(|| panic!("{value} is no number"))).unwrap()
}

/// Records a case in a new book, with the rates as the case has them or inverted.
fn book(case: &Value) -> Desk {
    let desk = Desk::new();
    let [home, currency] = ["home_currency", "currency"].map(|member| text(case, member).unwrap());
    let method = text(case, "method").unwrap().strip_prefix("fx_").unwrap();
    desk.ok(["add-portfolio", "case", "--cost-basis", method]);
    desk.ok(["add-stock", "STK", "A stock", "--currency", currency]);
    for entry in case["transactions"].as_array().unwrap() {
        let date = text(entry, "date").unwrap();
        let rate = text(entry, "rate").unwrap();
        let (base, quote, rate) = match rate.strip_prefix("1/") {
            Some(inverse) => (home, currency, inverse),
            None => (currency, home, rate),
        };
        desk.ok(["update-rate", base, quote, rate, "--date", date]);
        let action = match text(entry, "action").unwrap() {
            "buy" | "opening" => "buy",
            "sell" => "sell",
            "return_capital" => {
                desk.ok(["-p", "case", "return-capital", "STK", text(entry, "amount").unwrap(), "--date", date]);
                continue;
            }
            "valuation" => {
                desk.ok(["update-price", "STK", text(entry, "price").unwrap(), "--date", date]);
                continue;
            }
            other => panic!("unknown action {other}"),
        };
        let mut args = vec!["-p", "case", action, "STK", text(entry, "quantity").unwrap(), "--date", date];
        for (member, option) in [("price", None), ("amount", Some("--amount")), ("fee", Some("--fee"))] {
            if let Some(value) = text(entry, member) {
                args.extend(option);
                args.push(value);
            }
        }
        let settled = text(entry, "home_amount").map(|amount| format!("{amount} {home}"));
        args.extend(settled.iter().flat_map(|settled| ["--settled", settled.as_str()]));
        desk.ok(args);
    }
    desk
}

/// The program's figures, by their names in the cases.
fn figure<'v>(name: &str, gains: Option<&'v Value>, own: Option<&'v Value>, held: &'v Value) -> &'v Value {
    let nothing = &Value::Null;
    let of = |row: Option<&'v Value>, member: &str| row.map_or(nothing, |row| &row[member]);
    match name {
        "home_proceeds" => of(gains, "proceeds"),
        "home_cost" => of(gains, "cost_basis"),
        "gain" => of(gains, "gain"),
        "price_effect" => of(gains, "price_gain"),
        "currency_effect" => of(gains, "currency_gain"),
        "foreign_gain" => of(own, "gain"),
        "remaining_cost" => &held["cost_basis"],
        "remaining_quantity" => &held["quantity"],
        "market_value" => &held["market_value"],
        "unrealised_gain" => &held["unrealized_gain"],
        "unrealised_price_effect" => &held["price_gain"],
        "unrealised_currency_effect" => &held["currency_gain"],
        other => panic!("unknown figure {other}"),
    }
}

#[test]
fn every_case_in_two_currencies_comes_out_as_published() {
    let cases: Value = serde_json::from_str(&fs::read_to_string(repository("tests/cases/fx.json")).unwrap()).unwrap();
    let (mut compared, mut differing) = (0, Vec::new());
    for case in cases.as_array().unwrap() {
        let (id, home) = (text(case, "id").unwrap(), text(case, "home_currency").unwrap());
        let desk = book(case);
        let gains = desk.json(["gains", "--in", home]);
        let own = desk.json(["gains"]);
        let held = desk.json(["holdings", "--as-of", text(case, "as_of").unwrap(), "--in", home]);
        let expect = case["expect"].as_object().unwrap();
        let tolerance = expect.get("tolerance").and_then(|it| it["*"].as_str()).unwrap_or("0");
        let tolerance = Decimal::from_str_exact(tolerance).unwrap();
        let mut compare = |name: &str, wanted: &Value, found: &Value| {
            compared += 1;
            let difference = number(found).checked_sub(number(wanted)).unwrap().abs();
            if difference > tolerance {
                differing.push(format!("{id}: {name} is {found}, not {wanted}"));
            }
        };
        for (name, wanted) in expect {
            match name.as_str() {
                "tolerance" => {}
                "per_disposal" => {
                    let wanted = wanted.as_array().unwrap();
                    assert_eq!(gains.as_array().unwrap().len(), wanted.len(), "{id}");
                    for (at, sale) in wanted.iter().enumerate() {
                        for (name, wanted) in sale.as_object().unwrap() {
                            compare(name, wanted, figure(name, gains.get(at), own.get(at), &Value::Null));
                        }
                    }
                }
                _ => compare(name, wanted, figure(name, None, None, &held[0])),
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert_eq!(compared, 96);
}
