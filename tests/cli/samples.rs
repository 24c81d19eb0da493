//! Files as brokers and other programs write them, imported into a book.

use std::collections::BTreeMap;
use std::fs;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::harness::{Desk, pick, repository};

/// The options of a sample, as a shell would split them.
fn options(sample: &Value) -> Vec<String> {
    let text = sample["options"].as_str().unwrap();
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    for c in text.chars().chain([' ']) {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            c => word.push(c),
        }
    }
    words.retain(|word| word != "none" && word != "--add-portfolios");
    words
}

fn sums(rows: &Value, member: &str) -> BTreeMap<String, Decimal> {
    let mut sums = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        let sum: &mut Decimal = sums.entry(row["symbol"].as_str().unwrap().to_owned()).or_default();
        *sum = sum.checked_add(row[member].as_str().unwrap().parse().unwrap()).unwrap();
    }
    sums
}

/// Figures by upper-case symbols, without zeros.
fn expected(figures: &Value) -> BTreeMap<String, Decimal> {
    let figures = figures.as_object().into_iter().flatten();
    let parsed = figures.map(|(symbol, figure)| (symbol.to_uppercase(), figure.as_str().unwrap().parse().unwrap()));
    parsed.filter(|(_, figure): &(_, Decimal)| !figure.is_zero()).collect()
}

#[test]
fn every_sample_enters_a_book_or_is_refused_as_it_should_be() {
    let samples: Value =
        serde_json::from_str(&fs::read_to_string(repository("tests/samples/expected.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for sample in samples.as_array().unwrap() {
        let path = sample["path"].as_str().unwrap();
        let desk = Desk::new();
        let file = repository("tests/samples").join(path);
        let mut args: Vec<String> = ["import", "--add-stocks", "--add-portfolios"].map(str::to_owned).to_vec();
        args.extend(options(sample));
        args.push(file.to_str().unwrap().to_owned());
        let is_refused = sample["refused"].as_array().is_some_and(|refused| !refused.is_empty());
        let code = if is_refused { 3 } else { sample["exit"].as_i64().unwrap() };
        let run = desk.run(&args);
        let exit = run.status.code().unwrap_or(-1);
        if i64::from(exit) != code {
            wrong.push(format!("{path}: exit {exit}, not {code}: {}", run.err()));
            continue;
        }
        if code != 0 {
            assert!(!desk.book().exists(), "{path} leaves a book behind");
            continue;
        }
        let has_book = desk.book().exists();
        let holdings = if has_book { desk.json(["holdings"]) } else { Value::Array(Vec::new()) };
        let (quantities, wanted) = (sums(&holdings, "quantity"), expected(&sample["final_quantities"]));
        if quantities != wanted {
            wrong.push(format!("{path}: holds {quantities:?}, not {wanted:?}"));
        }
        let costs = sums(&holdings, "cost_basis");
        for (symbol, cost) in
            expected(&sample["cost_basis"]).into_iter().filter(|(symbol, _)| wanted.contains_key(symbol))
        {
            let found = costs.get(&symbol).copied().unwrap_or_default();
            // Half a cent: the expected figures are rounded.
            if found.checked_sub(cost).unwrap().abs() > Decimal::new(5, 3) {
                wrong.push(format!("{path}: {symbol} has cost {found}, not {cost}"));
            }
        }
        // The same file again contains nothing new.
        if has_book {
            let again = desk.json(&args);
            let new = (again["imported"].as_u64(), again["prices"].as_u64());
            if new != (Some(0), Some(0)) {
                wrong.push(format!("{path}: once more it records {new:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_company_is_named_without_what_is_said_of_the_trade() {
    for (path, wanted) in [
        ("robinhood/activity.csv", "AAPL Apple"),
        ("etrade/since-2025.csv", "INTC INTEL CORP"),
        ("etrade/until-2024.csv", "AMD ADVANCED MICRO DEVICES INC, KO COCA COLA CO"),
    ] {
        let desk = Desk::new();
        let file = repository("tests/samples").join(path);
        desk.ok(["import", "--add-stocks", "-q", file.to_str().unwrap()]);
        let stocks = desk.json(["stocks"]);
        let names = stocks.as_array().unwrap().iter().map(|stock| pick(stock, &["symbol", "company_name"]));
        assert_eq!(names.collect::<Vec<_>>().join(", "), wanted, "{path}");
    }
}
