//! Corporate actions: examples by tax authorities, issuers and brokers, entered as commands.

use std::fs;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::harness::{Desk, repository};

/// The book of a case.
struct Entered {
    desk: Desk,
    symbols: Vec<String>,
    /// The receipts of the commands that realized something.
    realized: Vec<Value>,
    /// The gains that exchanges realized.
    recognised: Decimal,
}

fn cases() -> Vec<Value> {
    let text = fs::read_to_string(repository("tests/cases/actions.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn text<'v>(entry: &'v Value, member: &str) -> Option<&'v str> {
    entry[member].as_str()
}

fn number(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().unwrap_or_else(|| panic!("not a number: {value}"))).unwrap()
}

/// `0.85` or `1:5`, as NEW:OLD.
fn ratio(entry: &Value) -> String {
    let ratio = text(entry, "ratio").unwrap();
    if ratio.contains(':') { ratio.to_owned() } else { format!("{ratio}:1") }
}

impl Entered {
    fn of(case: &Value) -> Self {
        let desk = Desk::new();
        let method = text(case, "lots").unwrap_or("fifo");
        desk.ok(["add-portfolio", "case", "--cost-basis", method]);
        let mut entered = Self { desk, symbols: Vec::new(), realized: Vec::new(), recognised: Decimal::ZERO };
        for entry in case["transactions"].as_array().unwrap() {
            entered.enter(entry, case["currency"].as_str().unwrap());
        }
        entered
    }

    fn know(&mut self, symbol: &str, currency: &str) {
        if !self.symbols.iter().any(|known| known == symbol) {
            self.desk.ok(["add-stock", symbol, symbol, "--currency", currency]);
            self.symbols.push(symbol.to_owned());
        }
    }

    fn run(&mut self, command: &[&str], entry: &Value) -> Value {
        let command = command.iter().copied().chain(["--date", text(entry, "date").unwrap(), "-p", "case"]);
        self.desk.json(command)
    }

    fn enter(&mut self, entry: &Value, currency: &str) {
        let symbol = text(entry, "symbol").unwrap();
        let action = text(entry, "action").unwrap();
        if action != "rename" && !self.symbols.iter().any(|known| known == symbol) {
            self.know(symbol, currency);
        }
        let rights = format!("{symbol}.RT");
        match action {
            "buy" | "sell" | "rights_take_up" | "rights_sold" => self.trade(entry, (action, symbol, &rights)),
            "rights_us" => {
                self.know(&rights, currency);
                let values = format!("{}:{}", text(entry, "value_right").unwrap(), text(entry, "value_stock").unwrap());
                let held = self.held(symbol)["quantity"].as_str().unwrap().to_owned();
                let ratio = format!("{}:{held}", text(entry, "quantity").unwrap());
                self.run(&["spin-off", symbol, &rights, &ratio, "--values", &values], entry);
            }
            "rights_exercised" => {
                self.run(&["exchange", &rights, symbol, "1:1", "--pay", text(entry, "price").unwrap()], entry);
            }
            "stock_dividend" => {
                let held = number(&self.held(symbol)["quantity"]);
                let new = held.checked_add(number(&entry["quantity"])).unwrap();
                self.run(&["split", symbol, &format!("{new}:{held}")], entry);
            }
            "return_of_capital" => {
                let said = self.run(&["return-capital", symbol, text(entry, "amount").unwrap()], entry);
                if said["realized_gain"] != "0" {
                    self.realized.push(said);
                }
            }
            "spin_off" => {
                let new_symbol = text(entry, "new_symbol").unwrap();
                self.know(new_symbol, currency);
                let share = if let Some(fraction) = text(entry, "basis_fraction") {
                    let percent = Decimal::from_str_exact(fraction).unwrap().checked_mul(Decimal::ONE_HUNDRED);
                    ["--cost-share".to_owned(), percent.unwrap().normalize().to_string()]
                } else {
                    let [new, old] = ["value_new", "value_old"].map(|member| text(entry, member).unwrap());
                    ["--values".to_owned(), format!("{new}:{old}")]
                };
                self.run(&["spin-off", symbol, new_symbol, &ratio(entry), &share[0], &share[1]], entry);
            }
            // Without new shares, it is a sale of everything for the cash.
            "merger" if text(entry, "ratio") == Some("0") => {
                let held = self.held(symbol)["quantity"].as_str().unwrap().to_owned();
                let said = self.run(&["sell", symbol, &held, text(entry, "cash").unwrap()], entry);
                self.recognised = number(&said["realized_gain"]);
            }
            "merger" => self.merge(entry, symbol, currency),
            "rename" => {
                let new = text(entry, "new_symbol").unwrap();
                self.desk.ok(["edit-stock", symbol, "--symbol", new]);
                self.symbols.push(new.to_owned());
            }
            other => panic!("unknown action {other}"),
        }
    }

    fn trade(&mut self, entry: &Value, (action, symbol, rights): (&str, &str, &str)) {
        let (command, symbol) = match action {
            "rights_sold" => ("sell", rights),
            // They are added to the old shares at the price paid.
            "rights_take_up" => ("buy", symbol),
            other => (other, symbol),
        };
        let mut words = vec![command, symbol, text(entry, "quantity").unwrap()];
        match text(entry, "amount") {
            Some(amount) => words.extend(["--amount", amount]),
            None => words.push(text(entry, "price").unwrap()),
        }
        words.extend(text(entry, "fee").into_iter().flat_map(|fee| ["--fee", fee]));
        let said = self.run(&words, entry);
        if command == "sell" {
            self.realized.push(said);
        }
    }

    fn merge(&mut self, entry: &Value, symbol: &str, currency: &str) {
        let new_symbol = text(entry, "new_symbol").unwrap();
        self.know(new_symbol, currency);
        let rule = match text(entry, "rule").unwrap() {
            "stock" => "carry-over",
            "us_boot" => "boot",
            "uk_part" => "part",
            other => other,
        };
        let ratio = ratio(entry);
        let mut words = vec!["exchange", symbol, new_symbol, &ratio, "--rule", rule];
        for (option, member) in [("--cash", "cash"), ("--value", "value_new")] {
            words.extend(text(entry, member).into_iter().flat_map(|value| [option, value]));
        }
        let paid = text(entry, "cash_in_lieu").into_iter();
        words.extend(paid.flat_map(|paid| ["--round", "down", "--cash-in-lieu", paid]));
        let said = self.run(&words, entry);
        if text(entry, "cash_in_lieu").is_some() {
            self.realized.push(said);
        } else {
            self.recognised = number(&said["realized_gain"]);
        }
    }

    fn held(&self, symbol: &str) -> Value {
        let held = self.desk.json(["holdings", "--all", "-p", "case"]);
        let row = held.as_array().unwrap().iter().find(|row| row["symbol"] == symbol).cloned();
        row.unwrap_or_else(|| panic!("no {symbol} in {held}"))
    }

    /// The program's figure for one that a case expects of a holding.
    fn figure(&self, symbol: &str, figure: &str) -> Decimal {
        let row = self.held(symbol);
        match figure {
            "quantity" => number(&row["quantity"]),
            "cost" => number(&row["cost_basis"]),
            "per_share" => number(&row["average_cost"]),
            other => panic!("unknown figure {other}"),
        }
    }
}

/// Compares a figure with the expected one, within the case's tolerance.
fn check(found: &mut Vec<String>, case: &Value, (name, expected, said): (&str, &Value, Decimal)) {
    let tolerances = &case["expect"]["tolerance"];
    let named = name.rsplit('.').next().unwrap();
    let tolerance = [&tolerances[named], &tolerances["*"]].into_iter().find(|it| it.is_string());
    let allowed = tolerance.map_or(Decimal::ZERO, number);
    let off = number(expected).checked_sub(said).unwrap().abs();
    if off > allowed {
        found.push(format!("{name} is {said} and should be {expected}"));
    }
}

fn sum(said: &Value, member: &str) -> Decimal {
    said["disposals"].as_array().unwrap().iter().map(|part| number(&part[member])).sum()
}

fn differences(case: &Value) -> Vec<String> {
    let entered = Entered::of(case);
    let mut found = Vec::new();
    let expect: &Map<String, Value> = case["expect"].as_object().unwrap();
    for (name, expected) in expect.iter().filter(|(name, _)| *name != "tolerance") {
        match name.as_str() {
            "holdings" => {
                for (symbol, figures) in expected.as_object().unwrap() {
                    for (figure, wanted) in figures.as_object().unwrap() {
                        if figure == "lots" {
                            lots(&mut found, case, (&entered, symbol, wanted));
                        } else {
                            let said = entered.figure(symbol, figure);
                            check(&mut found, case, (&format!("{symbol}.{figure}"), wanted, said));
                        }
                    }
                }
            }
            "per_disposal" => {
                let wanted = expected.as_array().unwrap();
                assert_eq!(entered.realized.len(), wanted.len(), "{}: {:?}", case["id"], entered.realized);
                for (said, wanted) in entered.realized.iter().zip(wanted) {
                    for (figure, wanted) in wanted.as_object().unwrap() {
                        let member = if figure == "cost" { "cost_basis" } else { figure };
                        check(&mut found, case, (figure, wanted, sum(said, member)));
                    }
                }
            }
            "recognised_gain" => check(&mut found, case, (name, expected, entered.recognised)),
            // 45 of the 150 rights were sold; the earlier cost of both follows from what is left.
            "stock_cost_after" => {
                let as_of = ["holdings", "-p", "case", "--as-of", "2020-05-01"];
                let before = entered.desk.json(as_of);
                check(&mut found, case, (name, expected, number(&before[0]["cost_basis"])));
                check(&mut found, case, ("rights_cost", &expect["rights_cost"], number(&before[1]["cost_basis"])));
                let each = number(&before[1]["average_cost"]);
                check(&mut found, case, ("cost_per_right", &expect["cost_per_right"], each));
            }
            "rights_cost" | "cost_per_right" => {}
            "new_cost" => {
                let explained = entered.desk.json(["explain", "holding", "X", "-p", "case"]);
                let last = explained["holdings"][0]["lots"].as_array().unwrap().last().unwrap().clone();
                check(&mut found, case, (name, expected, number(&last["cost_basis"])));
            }
            "basis_fraction_new" => {
                let (new, old) = (entered.figure("KD", "cost"), entered.figure("IBM", "cost"));
                let part = new.checked_div(new.checked_add(old).unwrap()).unwrap();
                check(&mut found, case, (name, expected, part));
            }
            // The cash and the value of the new shares, less the cost of the old ones.
            "total_received" | "realised_economic" => {
                let in_cash = number(&entered.desk.json(["gains", "-p", "case"])[0]["proceeds"]);
                let each = number(&case["transactions"][1]["value_new"]);
                let value = entered.figure("NEW", "quantity").checked_mul(each).unwrap();
                let paid = number(&entered.desk.json(["transactions", "-p", "case"])[0]["total_amount"]);
                let less = if name == "total_received" { Decimal::ZERO } else { paid };
                let said = in_cash.checked_add(value).and_then(|received| received.checked_sub(less)).unwrap();
                check(&mut found, case, (name, expected, said));
            }
            other => panic!("unknown figure {other}"),
        }
    }
    entered.desk.run(["check"]).exits(0);
    found
}

fn lots(found: &mut Vec<String>, case: &Value, (entered, symbol, wanted): (&Entered, &str, &Value)) {
    let explained = entered.desk.json(["explain", "holding", symbol, "-p", "case"]);
    let said = explained["holdings"][0]["lots"].as_array().unwrap();
    assert_eq!(said.len(), wanted.as_array().unwrap().len(), "{explained}");
    for (said, wanted) in said.iter().zip(wanted.as_array().unwrap()) {
        assert_eq!(said["acquired_on"], wanted["date"]);
        check(found, case, ("quantity", &wanted["quantity"], number(&said["quantity"])));
        check(found, case, ("cost", &wanted["cost"], number(&said["cost_basis"])));
    }
}

#[test]
fn every_corporate_action_case_has_the_published_result() {
    let mut differing = Vec::new();
    for case in cases() {
        let found = differences(&case);
        if !found.is_empty() {
            differing.push(format!("{} ({}): {}", case["id"], case["source"], found.join("; ")));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
