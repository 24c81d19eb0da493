//! Parts add up to their wholes in every report in one currency, to the last digit.

use std::collections::BTreeMap;

use num_traits::Zero as _;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

use crate::amount::{Amount, read};
use crate::harness::Desk;

const GAIN: [&str; 5] = ["proceeds", "cost_basis", "gain", "price_gain", "currency_gain"];

/// Compares the figures of each report with its parts, and with those of the others.
pub(crate) fn every_report_adds_up(desk: &Desk, into: &str) -> TestCaseResult {
    let report = |line: &str| -> Result<Vec<Value>, TestCaseError> {
        let words = line.split(' ').chain(["--in", into, "--max-rate-age", "9999"]);
        let said = desk.json(words);
        gains_are_of_two_parts(line, &said)?;
        Ok(said.as_array().cloned().unwrap_or_else(|| vec![said]))
    };
    let sales = report("gains")?;
    let by_sale = |row: &Value| ["sale_id", "portfolio", "symbol"].map(|member| row[member].to_string()).concat();
    prop_assert_eq!(sums(&report("gains --by lot")?, by_sale, &GAIN), sums(&sales, by_sale, &GAIN));
    let by_symbol = |row: &Value| row["symbol"].to_string();
    prop_assert_eq!(sums(&report("gains --by symbol")?, by_symbol, &GAIN), sums(&sales, by_symbol, &GAIN));
    prop_assert_eq!(totals(&report("gains --by year")?, &GAIN), totals(&sales, &GAIN));

    let held = report("holdings --all")?;
    let payments = totals(&report("dividends")?, &["amount"]);
    for by in ["symbol", "year", "month"] {
        prop_assert_eq!(&totals(&report(&format!("dividends --by {by}"))?, &["amount"]), &payments);
    }
    let income = [totals(&sales, &["gain"]), payments].concat();
    prop_assert_eq!(totals(&held, &["realized_gain", "dividends"]), income, "{:?}", held);

    // A closed position is worth nothing, and what has no price is in no sum.
    let open: Vec<Value> = held.into_iter().filter(|row| !row["market_value"].is_null()).collect();
    let unrealized = ["cost_basis", "market_value", "unrealized_gain", "price_gain", "currency_gain"];
    let overview = report("-q")?[0]["currencies"].as_array().unwrap().clone();
    prop_assert_eq!(totals(&overview, &unrealized), totals(&open, &unrealized));
    for by in ["stock", "currency", "portfolio"] {
        let parts = report(&format!("allocation --by {by}"))?;
        prop_assert_eq!(totals(&parts, &["market_value"]), totals(&open, &["market_value"]), "{}", by);
    }
    let whole = report("returns --by total")?;
    for by in ["position", "symbol", "portfolio"] {
        let parts = report(&format!("returns --by {by}"))?;
        if whole.iter().chain(&parts).all(|row| !row["gain"].is_null()) {
            // The part of the price is the gain in the stocks' currency at one rate, rounded once for each row.
            let members = ["gain", "dividends", "market_value"];
            prop_assert_eq!(totals(&parts, &members), totals(&whole, &members), "{}", by);
        }
    }
    for line in ["performance --by year", "performance --by month", "chart"] {
        report(line)?;
    }
    for sale in sales.iter().take(3) {
        // What a conversion realized has an explanation of its own.
        let of = sale["sale_id"].as_str().unwrap();
        if desk.json(["history", of])[0]["event_type"] == "TransactionExecutedEvent" {
            report(&format!("explain gain {of}"))?;
        }
    }
    for holding in open.iter().filter(|row| row["quantity"] != "0").take(3) {
        report(&format!("explain holding {}", holding["symbol"].as_str().unwrap()))?;
    }
    Ok(())
}

/// Price gain and currency gain always add up to the gain.
fn gains_are_of_two_parts(line: &str, said: &Value) -> TestCaseResult {
    match said {
        Value::Array(values) => values.iter().try_for_each(|value| gains_are_of_two_parts(line, value)),
        Value::Object(members) => {
            let known = |member: &str| members.get(member).and_then(Value::as_str).map(read);
            let parts = known("price_gain").zip(known("currency_gain"));
            if let Some(((price, currency), gain)) = parts.zip(known("gain").or_else(|| known("unrealized_gain"))) {
                prop_assert_eq!(price + currency, gain, "{}: {}", line, said);
            }
            members.values().try_for_each(|value| gains_are_of_two_parts(line, value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// The sum of the rows of each key; unknown figures count as 0.
fn sums(rows: &[Value], key: impl Fn(&Value) -> String, members: &[&str]) -> BTreeMap<String, Vec<Amount>> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let sum = sums.entry(key(row)).or_insert_with(|| vec![Amount::zero(); members.len()]);
        for (sum, member) in sum.iter_mut().zip(members) {
            *sum += row[member].as_str().map(read).unwrap_or_default();
        }
    }
    sums
}

fn totals(rows: &[Value], members: &[&str]) -> Vec<Amount> {
    let nothing = || vec![Amount::zero(); members.len()];
    sums(rows, |_| String::new(), members).into_values().next().unwrap_or_else(nothing)
}
