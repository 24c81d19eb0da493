//! The same history gives the same book, in whichever ways it is entered: typed or imported from files.

#![expect(clippy::arithmetic_side_effects, reason = "small numbers, made up here")]

mod history;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult};
use serde_json::Value;

use crate::harness::Desk;
use history::{Deed, Fact, Intent, PORTFOLIOS, SYMBOLS, date, decimal, facts, intents};
use words::Choices;

/// A book in which a history is entered.
struct Telling<'f> {
    desk: Desk,
    facts: &'f [Fact],
    /// Whether the book has each.
    is_told: Vec<bool>,
    /// All commands so far, for the report of a difference.
    story: String,
}

impl<'f> Telling<'f> {
    fn begin(facts: &'f [Fact], methods: [&str; 2]) -> Self {
        let desk = Desk::new();
        desk.ok(["add-portfolio", PORTFOLIOS[1], "--cost-basis", methods[1]]);
        desk.ok(["set-cost-basis", PORTFOLIOS[0], methods[0]]);
        for symbol in SYMBOLS {
            desk.ok(["add-stock", symbol, symbol]);
        }
        Self { desk, facts, is_told: vec![false; facts.len()], story: String::new() }
    }

    /// Whether a command succeeded. One that was refused may be tried again later.
    fn run(&mut self, words: &[String]) -> Option<Value> {
        let run = self.desk.run(words.iter().map(String::as_str).chain(["-O", "json"]));
        let refused = run.status.code().filter(|code| *code != 0);
        writeln!(self.story, "{} => {}", words.join(" "), refused.map_or(String::new(), |_| run.err())).unwrap();
        if refused.is_some() {
            let code = run.json_error()["code"].clone();
            let awaited = ["insufficient_quantity", "import_refused", "leaves_uncovered"];
            assert!(awaited.iter().any(|it| code == *it), "{code}\n{}", self.story);
            return None;
        }
        Some(serde_json::from_slice(&run.stdout).unwrap_or(Value::Null))
    }

    /// Types one.
    fn type_in(&mut self, number: usize, choices: &mut Choices) -> Option<Value> {
        let words = self.facts[number].typed(choices);
        let said = self.run(&words)?;
        self.is_told[number] = true;
        Some(said)
    }

    /// Imports some facts, in one file or several, by portfolio or together.
    fn import(&mut self, numbers: &[usize], choices: &mut Choices) -> Option<Value> {
        let rows: Vec<&Fact> = numbers.iter().map(|number| &self.facts[*number]).collect();
        let single = rows.iter().all(|row| row.portfolio == rows[0].portfolio) && choices.is_so(2);
        let mut files = vec![Vec::new(); 1 + choices.of(3)];
        for row in rows.iter().copied() {
            let at = choices.of(files.len());
            files[at].push(row.row(choices));
            // Overlapping exports, and a split in all of them.
            let is_split = matches!(row.deed, Deed::Split { .. });
            if files.len() > 1 && (is_split || choices.is_so(4)) {
                let (again, beside) = (files[at].last().cloned().unwrap(), (at + 1) % files.len());
                files[beside].push(again);
            }
        }
        let mut words: Vec<String> = vec!["import".into(), "--similar".into(), "skip".into()];
        for (index, mut lines) in files.into_iter().enumerate().filter(|(_, lines)| !lines.is_empty()) {
            if choices.is_so(3) {
                lines.reverse();
            }
            let mut text = "date,time,action,symbol,quantity,price,amount,fee,portfolio,id\n".to_owned();
            for line in lines {
                text.push_str(&if single { line.replace(&format!(",{},", rows[0].portfolio), ",,") } else { line });
            }
            let name = format!("{index}.csv");
            self.desk.file(&name, &text);
            writeln!(self.story, "{name}:\n{text}").unwrap();
            words.push(name);
        }
        if single {
            words.extend(["-p".to_owned(), rows[0].portfolio.to_owned()]);
        }
        let said = self.run(&words)?;
        for number in numbers {
            self.is_told[*number] = true;
        }
        Some(said)
    }

    /// Imports prices, as paid or adjusted for the splits up to some day.
    fn import_prices(&mut self, numbers: &[usize], choices: &mut Choices) -> Option<Value> {
        let last = self.facts.last().map_or(0, |fact| fact.day);
        let mut text = "date,symbol,price\n".to_owned();
        // Prices adjusted for other splits would be rounded.
        let is_exact = |fact: &Fact| match fact.deed {
            Deed::Split { new, old } => [1, 2, 4, 5].contains(&new) && [1, 2, 4, 5].contains(&old),
            Deed::Trade { .. } | Deed::Dividend { .. } | Deed::Transfer { .. } | Deed::Price { .. } => true,
        };
        let can_be_adjusted = self.facts.iter().all(is_exact) && choices.is_so(2);
        let basis = can_be_adjusted.then(|| last + i64::try_from(choices.of(3)).unwrap());
        for fact in numbers.iter().map(|number| &self.facts[*number]) {
            let Deed::Price { cents } = fact.deed else { panic!("only prices") };
            // 10^8 can be divided by twos and fives.
            let mut price = i128::from(cents) * 100_000_000;
            for split in self.facts.iter().filter(|split| split.symbol == fact.symbol && split.day > fact.day) {
                if let (Deed::Split { new, old }, Some(_)) = (&split.deed, basis) {
                    price = price * i128::from(*old) / i128::from(*new);
                }
            }
            writeln!(text, "{},{},{}", date(fact.day), fact.symbol, decimal(price, 10)).unwrap();
        }
        self.desk.file("prices.csv", &text);
        writeln!(self.story, "prices.csv:\n{text}").unwrap();
        let basis = basis.map_or("--unadjusted".to_owned(), |basis| format!("--adjusted={}", date(basis)));
        let said = self.run(&["import".to_owned(), basis, "prices.csv".to_owned()])?;
        for number in numbers {
            self.is_told[*number] = true;
        }
        Some(said)
    }

    /// Enters some facts in one way, and perhaps undoes that.
    fn tell(&mut self, numbers: &[usize], choices: &mut Choices) {
        let before = self.is_told.clone();
        let is_price = |number: &usize| self.facts[*number].is_price();
        let said = match numbers {
            [] => None,
            // Facts that are there are not typed again.
            [one] if !self.facts[*one].is_row() && !is_price(one) => {
                if self.is_told[*one] {
                    None
                } else {
                    self.type_in(*one, choices)
                }
            }
            [one] if !self.is_told[*one] && choices.is_so(2) => self.type_in(*one, choices),
            some if some.iter().all(is_price) => self.import_prices(some, choices),
            some => self.import(some, choices),
        };
        if said.is_some_and(|said| said["recorded"] == true) && choices.is_so(4) {
            let undone = self.run(&["undo".to_owned()]);
            assert!(undone.is_some(), "{}", self.story);
            self.is_told = before;
        }
    }

    /// Enters all facts in some order, some of them twice; those that are refused until others are there come
    /// last.
    fn tell_all(&mut self, choices: &mut Choices) {
        for _ in 0..3 {
            let mut rest: Vec<usize> = (0..self.facts.len()).collect();
            while !rest.is_empty() {
                let first = rest.remove(choices.of(rest.len()));
                let mut together = vec![first];
                let (is_row, is_alone) = (self.facts[first].is_row(), choices.is_so(2));
                let is_price = self.facts[first].is_price();
                let goes_along = |number: &usize| {
                    let fact = &self.facts[*number];
                    fact.is_row() == is_row && fact.is_price() == is_price
                };
                while !is_alone && (is_row || is_price) && !choices.is_so(5) {
                    let Some(at) = rest.iter().position(goes_along) else { break };
                    together.push(rest.remove(at));
                }
                if together.iter().any(|number| !self.is_told[*number]) || choices.is_so(4) {
                    self.tell(&together, choices);
                }
            }
        }
        let rank = |fact: &Fact| match fact.deed {
            Deed::Trade { action: "buy", .. } | Deed::Dividend { .. } | Deed::Split { .. } | Deed::Price { .. } => 0,
            Deed::Transfer { .. } => 1,
            Deed::Trade { .. } => 2,
        };
        let mut missing: Vec<_> = self.facts.iter().filter(|fact| !self.is_told[fact.number]).collect();
        missing.sort_by_key(|fact| rank(fact));
        for fact in missing {
            assert!(self.type_in(fact.number, choices).is_some(), "{}", self.story);
        }
    }

    /// Everything that the book says, except how it was entered.
    fn says(&self) -> BTreeMap<String, Value> {
        let mut said = BTreeMap::new();
        let without = |mut rows: Value, left_out: &[&str]| {
            for row in rows.as_array_mut().unwrap() {
                let row = row.as_object_mut().unwrap();
                row.retain(|member, _| !left_out.contains(&member.as_str()));
            }
            // Those of a day are listed in the order of recording.
            rows.as_array_mut().unwrap().sort_by_key(Value::to_string);
            rows
        };
        let mut ask = |command: &[&str], left_out: &[&str]| {
            said.insert(command.join(" "), without(self.desk.json(command), left_out));
        };
        ask(&["holdings", "--all"], &[]);
        ask(&["gains", "--by", "lot"], &["sale_id", "lot_id"]);
        ask(&["gains", "--by", "year"], &[]);
        ask(&["transactions"], &["transaction_id", "trade_time"]);
        for symbol in SYMBOLS {
            ask(&["prices", symbol], &["basis_date", "recorded_price"]);
        }
        said
    }
}

fn same_book(intents: &[Intent], methods: [&str; 2], seed: u64) -> TestCaseResult {
    let facts = facts(intents);
    // Typed one after the other, in the order of events.
    let mut plain = Telling::begin(&facts, methods);
    for number in 0..facts.len() {
        prop_assert!(plain.type_in(number, &mut Choices(0)).is_some(), "{}", plain.story);
    }
    let mut told = Telling::begin(&facts, methods);
    told.tell_all(&mut Choices(seed));
    let story = &told.story;
    prop_assert_eq!(told.says(), plain.says(), "{}", story);
    let check = told.desk.run(["check"]);
    prop_assert_eq!(check.status.code(), Some(0), "{}\n{}", check, story);
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 10, max_shrink_iters: 200, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_history_makes_the_same_book_through_whichever_doors_it_comes_in(
        intents in intents(),
        methods in prop::array::uniform2(prop::sample::select(vec!["fifo", "lifo", "hifo", "average"])),
        seed in any::<u64>(),
    ) {
        same_book(&intents, methods, seed)?;
    }
}
