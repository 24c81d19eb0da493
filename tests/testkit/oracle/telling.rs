//! Enters histories into the program, and compares its output with the ledger.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use num_traits::Zero as _;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;
use uuid::Uuid;

use super::amount::{Amount, plain, read, shown};
use super::entry::{Action, Entry};
use super::features::{Feature, has};
use super::history::{History, SYMBOLS, Step, names};
use super::ledger::{Disposal, Ledger, PositionKey};
use super::order::moment;
use crate::testkit::harness::Desk;

/// A book with a history's portfolios and stocks.
pub(crate) struct Book {
    desk: Desk,
    names: Vec<String>,
    /// The result of the book as known at an instant.
    known: Vec<(String, Ledger)>,
    /// All commands so far, to be read when something differs.
    told: Vec<String>,
}

impl Book {
    pub(crate) fn new(history: &History) -> Self {
        let (known, told) = (Vec::new(), Vec::new());
        let book = Self { desk: Desk::new(), names: names(&history.methods), known, told };
        for (symbol, currency) in SYMBOLS.into_iter().zip(["USD", "EUR", "USD", "USD"]) {
            book.desk.ok(["add-stock", symbol, symbol, "--currency", currency]);
        }
        for (name, method) in book.names.iter().zip(&history.methods) {
            book.desk.ok(["add-portfolio", name, "--cost-basis", method.word()]);
        }
        book
    }

    /// Where it is.
    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Holds a book that reads what this one exports as CSV against the ledger, and what it exports against that.
    pub(crate) fn compare_read_back(&self, history: &History) -> TestCaseResult {
        let exported = self.desk().ok(["export", "csv"]);
        let read_back =
            Self { desk: Desk::new(), names: self.names.clone(), known: Vec::new(), told: self.told.clone() };
        let import = ["import", "-", "-q", "--add-stocks", "--add-portfolios"];
        let run = read_back.desk.fed(&exported, import);
        if exported.lines().count() > 1 {
            prop_assert_eq!(run.status.code(), Some(0), "{}\n{}\n{}", run, exported, self.story());
            read_back.compare(history)?;
            prop_assert_eq!(read_back.desk.ok(["export", "csv"]), exported, "{}", self.story());
        }
        Ok(())
    }

    /// Imports entries, as rows by day; those of a day that count at the same moment in this order.
    pub(crate) fn import(&mut self, entries: &[Entry]) -> TestCaseResult {
        let mut entries: Vec<&Entry> = entries.iter().collect();
        entries.sort_by_key(|entry| (entry.date, Reverse(moment(entry))));
        let rows: Vec<String> = entries.into_iter().filter_map(|entry| entry.row(&self.names)).collect();
        if !rows.is_empty() {
            let file = format!("{}\n{}\n", Entry::CSV_HEADER, rows.join("\n"));
            let run = self.desk.fed(&file, ["import", "-", "-q"]);
            self.told.push(file);
            prop_assert_eq!(run.status.code(), Some(0), "{}\n{}", run, self.story());
        }
        Ok(())
    }

    /// Takes a step, and asserts that it has the same result as in the ledger.
    pub(crate) fn take(&mut self, step: &Step, history: &mut History) -> TestCaseResult {
        let before = history.ledger.gains();
        let command = match step {
            Step::Record(entry) => entry.command(&self.names),
            Step::Void(id) => vec!["void".to_owned(), id.to_string()],
            Step::Undo(_) => vec!["undo".to_owned()],
            Step::SetMethod(portfolio, method) => {
                vec!["set-cost-basis".to_owned(), self.names[*portfolio].clone(), method.word().to_owned()]
            }
        };
        self.told.push(command.join(" "));
        let run = self.desk.run(command.iter().map(String::as_str).chain(["-O", "json"]));
        if history.take(step).is_err() {
            prop_assert_eq!(run.status.code(), Some(3), "more than is held, and yet\n{}\n{}", run, self.story());
            return Ok(());
        }
        prop_assert_eq!(run.status.code(), Some(0), "{}\n{}", run, self.story());
        let said: Value = serde_json::from_slice(&run.stdout).unwrap();
        self.compare_rematched(&said, &before, history)?;
        if let Step::Record(entry) = step
            && let Action::Sell(..) | Action::WriteOff(..) | Action::Convert(_) | Action::ReturnCapital(..) =
                entry.action
        {
            let own = history.ledger.disposals.iter().filter(|part| part.sale == entry.id);
            self.compare_disposals(&said["disposals"], own)?;
        }
        if let Some(instant) =
            rows(&said["events"]).last().map(|event| event["occurred_at"].as_str().unwrap().to_owned())
        {
            self.known.push((instant, history.ledger.clone()));
        }
        Ok(())
    }

    /// The earlier sales whose gains a command has changed.
    fn compare_rematched(
        &self,
        said: &Value,
        before: &BTreeMap<(Uuid, PositionKey), Amount>,
        history: &History,
    ) -> TestCaseResult {
        let after = history.ledger.gains();
        let expected: BTreeSet<[String; 4]> = before
            .iter()
            .filter_map(|(of, gain)| Some((of, gain, after.get(of)?)))
            .filter(|(_, before, after)| before != after)
            .map(|((sale, (_, symbol)), before, after)| {
                [sale.to_string(), (*symbol).to_owned(), plain(before), plain(after)]
            })
            .collect();
        let text = |row: &Value, member: &str| row[member].as_str().unwrap_or("null").to_owned();
        let rematched: BTreeSet<[String; 4]> = rows(&said["rematched"])
            .iter()
            .map(|row| ["sale_id", "symbol", "gain_before", "gain_after"].map(|member| text(row, member)))
            .collect();
        prop_assert_eq!(rematched, expected, "rematched\n{}", self.story());
        Ok(())
    }

    /// Compares the program's positions and gains with the ledger.
    pub(crate) fn compare(&self, history: &History) -> TestCaseResult {
        self.compare_holdings(&history.ledger, &["holdings", "--all"])?;
        if has(Feature::Gains) {
            self.compare_disposals(&self.desk.json(["gains", "--by", "lot"]), history.ledger.disposals.iter())?;
            self.compare_gains_by_sale(&history.ledger)?;
        }
        self.compare_settled(history)?;
        let days: BTreeSet<NaiveDate> = history.entries.iter().map(|entry| entry.date).collect();
        for day in days.iter().skip(days.len() / 2).take(usize::from(has(Feature::AsOf))) {
            self.compare_holdings(&history.as_of(*day), &["holdings", "--all", "--as-of", &day.to_string()])?;
        }
        for (instant, ledger) in self.known.iter().skip(self.known.len() / 2).take(usize::from(has(Feature::KnownOn))) {
            self.compare_holdings(ledger, &["holdings", "--all", "--known-on", instant])?;
        }
        // What was kept step by step is what the program makes of the facts anew.
        self.desk.ok(["check"]);
        Ok(())
    }

    /// What the transactions that count were settled with: each with another amount.
    fn compare_settled(&self, history: &History) -> TestCaseResult {
        let settled = |entry: &Entry| Some(format!("{} CHF", plain(&entry.settled()?)));
        let expected: BTreeSet<String> =
            history.entries.iter().filter(|entry| !history.voided.contains(&entry.id)).filter_map(settled).collect();
        let members = ["settlement_amount", "settlement_currency"];
        let found: BTreeSet<String> = rows(&self.desk.json(["transactions"]))
            .iter()
            .filter(|row| !row[members[0]].is_null())
            .map(|row| members.map(|member| said(&row[member])).join(" "))
            .collect();
        prop_assert_eq!(found, expected, "{:?}\n{}", members, self.story());
        Ok(())
    }

    fn compare_holdings(&self, ledger: &Ledger, command: &[&str]) -> TestCaseResult {
        let members = ["quantity", "cost_basis", "average_cost", "realized_gain", "dividends"];
        let nothing = ["0", "0", "null", "0", "0"].map(str::to_owned);
        let expected: BTreeMap<(String, String), [String; 5]> = ledger
            .positions
            .iter()
            .map(|(key, position)| {
                let held = position.held();
                let average = if held.is_zero() { "null".to_owned() } else { shown(&(&position.cost / &held)) };
                let (realized, dividends) = (plain(&position.realized), plain(&position.dividends));
                (self.named(*key), [shown(&held), plain(&position.cost), average, realized, dividends])
            })
            .filter(|(_, figures)| *figures != nothing)
            .collect();
        let listed = self.desk.json(command);
        let found: BTreeMap<(String, String), [String; 5]> = rows(&listed)
            .iter()
            .map(|row| {
                let text = |member: &str| row[member].as_str().unwrap_or("null").to_owned();
                ((text("portfolio"), text("symbol")), members.map(text))
            })
            .filter(|(_, figures)| *figures != nothing)
            .collect();
        prop_assert_eq!(found, expected, "{:?}: {:?}\n{}", command, members, self.story());
        Ok(())
    }

    /// Compares disposals, as `gains --by lot` lists them, with the ledger's.
    fn compare_disposals<'d>(&self, listed: &Value, parts: impl Iterator<Item = &'d Disposal>) -> TestCaseResult {
        let members = [
            "portfolio",
            "symbol",
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
        let line = |part: &Disposal| {
            let (portfolio, symbol) = self.named(part.position);
            let days = part.sold_on.signed_duration_since(part.acquired_on).num_days();
            [
                portfolio,
                symbol,
                part.sale.to_string(),
                part.lot.to_string(),
                part.acquired_on.to_string(),
                part.sold_on.to_string(),
                days.to_string(),
                if part.is_long_term() { "long" } else { "short" }.to_owned(),
                plain(&part.quantity),
                plain(&part.proceeds),
                plain(&part.cost),
                plain(&(&part.proceeds - &part.cost)),
            ]
        };
        let expected: BTreeSet<[String; 12]> = parts.map(line).collect();
        let found: BTreeSet<[String; 12]> =
            rows(listed).iter().map(|row| members.map(|member| said(&row[member]))).collect();
        prop_assert_eq!(found.len(), rows(listed).len(), "a row twice\n{}", self.story());
        prop_assert_eq!(found, expected, "{:?}\n{}", members, self.story());
        Ok(())
    }

    fn compare_gains_by_sale(&self, ledger: &Ledger) -> TestCaseResult {
        let mut sales: BTreeMap<[String; 3], [Amount; 6]> = BTreeMap::new();
        for part in &ledger.disposals {
            let gain = &part.proceeds - &part.cost;
            let (short, long) =
                if part.is_long_term() { (Amount::zero(), gain.clone()) } else { (gain.clone(), Amount::zero()) };
            let (portfolio, symbol) = self.named(part.position);
            let sums = sales
                .entry([part.sale.to_string(), portfolio, symbol])
                .or_insert_with(|| std::array::from_fn(|_| Amount::zero()));
            let figures = [part.quantity.clone(), part.proceeds.clone(), part.cost.clone(), gain, short, long];
            for (sum, figure) in sums.iter_mut().zip(figures) {
                *sum += figure;
            }
        }
        let members = ["quantity", "proceeds", "cost_basis", "gain", "short_term_gain", "long_term_gain"];
        let listed = self.desk.json(["gains", "--by", "sale"]);
        let of = |row: &Value| ["sale_id", "portfolio", "symbol"].map(|member| said(&row[member]));
        let read = |row: &Value| (of(row), members.map(|member| read(row[member].as_str().unwrap())));
        let found: BTreeMap<[String; 3], [Amount; 6]> = rows(&listed).iter().map(read).collect();
        prop_assert_eq!(found, sales, "gains --by sale: {:?}\n{}", members, self.story());
        Ok(())
    }

    fn named(&self, (portfolio, symbol): PositionKey) -> (String, String) {
        (self.names[portfolio].clone(), symbol.to_owned())
    }

    fn story(&self) -> String {
        self.told.join("\n")
    }
}

fn rows(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not an array: {value}")).clone()
}

/// A member as text, without quotes.
fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
