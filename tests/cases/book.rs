//! The book of a case: its transactions as commands, and the program's answers.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;

use crate::case::{Case, Transaction};
use crate::harness::{Desk, Run};

const PORTFOLIO: &str = "case";

/// A book with the transactions of a case.
pub(crate) struct Book {
    desk: Desk,
    as_of: String,
    /// The ids of the purchases, by their names in the case.
    lots: BTreeMap<String, String>,
    symbols: BTreeSet<String>,
    priced: BTreeSet<String>,
    pub(crate) sales: Vec<Sale>,
}

/// The receipt of a recorded sale.
pub(crate) struct Sale {
    pub(crate) id: String,
    pub(crate) cost: Decimal,
    pub(crate) gain: Decimal,
}

/// The shares left from a purchase.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lot {
    pub(crate) date: String,
    pub(crate) quantity: Decimal,
    pub(crate) cost: Decimal,
}

impl Book {
    pub(crate) fn of(case: &Case) -> Self {
        let desk = Desk::new();
        // Picked lots are used whatever the method is, so any method will do.
        let method = case.method.as_deref().filter(|method| *method != "specific").unwrap_or("fifo");
        desk.ok(["add-portfolio", PORTFOLIO, "--cost-basis", method]);
        Self {
            desk,
            as_of: case.as_of.clone(),
            lots: BTreeMap::new(),
            symbols: BTreeSet::new(),
            priced: BTreeSet::new(),
            sales: Vec::new(),
        }
    }

    /// Adds the stock of a transaction unless it is there already.
    pub(crate) fn know_stock_of(&mut self, entry: &Transaction) {
        if self.symbols.insert(entry.symbol.clone()) {
            let currency = entry.currency.as_deref().unwrap_or("USD");
            self.desk.ok(["add-stock", &entry.symbol, &entry.symbol, "--currency", currency]);
        }
    }

    /// Records a transaction. Returns the run if it is refused.
    pub(crate) fn record(&mut self, entry: &Transaction) -> Result<(), Run> {
        self.know_stock_of(entry);
        let run = self.desk.run(self.command(entry));
        if run.status.code() == Some(3) {
            return Err(run);
        }
        let said: Value = serde_json::from_slice(&run.exits(0).stdout).unwrap();
        match entry.action.as_str() {
            "buy" => {
                let id = said["transaction_id"].as_str().unwrap().to_owned();
                if let Some(lot) = &entry.lot {
                    self.lots.insert(lot.clone(), id);
                }
            }
            "sell" => self.sales.push(Sale {
                id: said["transaction_id"].as_str().unwrap().to_owned(),
                cost: rows(&said["disposals"]).iter().map(|disposal| number(&disposal["cost_basis"])).sum(),
                gain: number(&said["realized_gain"]),
            }),
            "price" => {
                self.priced.insert(entry.symbol.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn command(&self, entry: &Transaction) -> Vec<String> {
        let text = |number: Option<Decimal>| number.unwrap_or_else(|| panic!("{entry:?}")).normalize().to_string();
        let mut command: Vec<String> = match entry.action.as_str() {
            "buy" | "sell" => vec![entry.action.clone(), entry.symbol.clone(), text(entry.quantity)],
            "dividend" if entry.amount.is_some() => {
                vec!["dividend".into(), entry.symbol.clone(), text(entry.amount)]
            }
            "dividend" => vec!["dividend".into(), entry.symbol.clone(), text(entry.price), "--per-share".into()],
            "split" => vec!["split".into(), entry.symbol.clone(), entry.ratio.clone().unwrap()],
            "price" => vec!["update-price".into(), entry.symbol.clone(), text(entry.price)],
            other => panic!("unknown action {other}"),
        };
        if ["buy", "sell"].contains(&entry.action.as_str()) {
            match entry.amount {
                Some(_) => command.extend(["--amount".to_owned(), text(entry.amount)]),
                None => command.push(text(entry.price)),
            }
            if entry.fee.is_some() {
                command.extend(["--fee".to_owned(), text(entry.fee)]);
            }
        }
        if entry.action == "sell" {
            for part in entry.lot.iter().flat_map(|lots| lots.split(';')) {
                let (name, quantity) = part.split_once('=').map_or((part, ""), |(name, quantity)| (name, quantity));
                let id = &self.lots[name.trim()];
                let colon = if quantity.is_empty() { "" } else { ":" };
                command.extend(["--lot".to_owned(), format!("{id}{colon}{}", quantity.trim())]);
            }
        }
        command.extend(["--date", &entry.date, "-p", PORTFOLIO, "-O", "json"].map(str::to_owned));
        command
    }

    /// The events so far, which a refused command must not change.
    pub(crate) fn events(&self) -> usize {
        self.desk.audit_lines().len()
    }

    /// The positions on the case's day, including closed ones.
    pub(crate) fn holdings(&self, has_as_of: bool) -> Vec<Value> {
        let now = self.desk.json(["holdings", "--all", "-p", PORTFOLIO]);
        if !has_as_of {
            return rows(&now);
        }
        rows(&self.desk.json(["holdings", "--all", "-p", PORTFOLIO, "--as-of", &self.as_of]))
    }

    /// Whether a price of the stock was recorded.
    pub(crate) fn has_price(&self, symbol: &str) -> bool {
        self.priced.contains(symbol)
    }

    pub(crate) fn gains_by_sale(&self) -> Vec<Value> {
        rows(&self.desk.json(["gains", "--by", "sale", "-p", PORTFOLIO, "--to", &self.as_of]))
    }

    /// The portfolio's rates of return.
    pub(crate) fn returns(&self) -> Value {
        let returns = self.desk.json(["returns", "-p", PORTFOLIO, "--to", &self.as_of]);
        let is_portfolio = |row: &Value| row["scope"] == "portfolio";
        rows(&returns).into_iter().find(is_portfolio).unwrap_or_else(|| panic!("no portfolio in {returns}"))
    }

    pub(crate) fn fees(&self) -> Decimal {
        let listed = self.desk.json(["transactions", "-p", PORTFOLIO, "--to", &self.as_of]);
        rows(&listed).iter().map(|row| number(&row["fee"])).sum()
    }

    /// What is left of each purchase: the lots that a sale of everything would take.
    pub(crate) fn lots(&self) -> Vec<Lot> {
        let mut lots = Vec::new();
        for row in self.holdings(false) {
            let (symbol, quantity) = (row["symbol"].as_str().unwrap(), row["quantity"].as_str().unwrap());
            if quantity != "0" {
                let sale = ["sell", symbol, quantity, "0", "--dry-run", "--date", &self.as_of, "-p", PORTFOLIO];
                lots.extend(rows(&self.desk.json(sale)["disposals"]).iter().map(|disposal| Lot {
                    date: disposal["acquired_on"].as_str().unwrap().to_owned(),
                    quantity: number(&disposal["quantity"]),
                    cost: number(&disposal["cost_basis"]),
                }));
            }
        }
        lots.sort();
        lots
    }
}

pub(crate) fn rows(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not an array: {value}")).clone()
}

/// A number that the program printed, as a string.
pub(crate) fn number(value: &Value) -> Decimal {
    known(value).unwrap_or_else(|| panic!("unknown where a number should be"))
}

/// A number that the program printed, as a string; `None` if it is unknown.
pub(crate) fn known(value: &Value) -> Option<Decimal> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Decimal::from_str_exact(text).unwrap_or_else(|error| panic!("{text}: {error}"))),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => panic!("not a number: {value}"),
    }
}
