//! Exported journals in real accounting programs: Ledger, hledger and Beancount read the journals of random
//! books and must compute the same shares, costs, gains and dividends without any warning.
//!
//! A program that is not installed is reported and skipped; with `STOCKBOOK_TEST_ALL=1` it must be installed.
//! `STOCKBOOK_JOURNAL_CASES=200 cargo test --test journals` tries that many books.

#![cfg_attr(test, expect(clippy::arithmetic_side_effects, reason = "numbers of any length do not overflow"))]

#[cfg(test)]
mod program;
#[cfg(test)]
#[path = "../testkit/testkit.rs"]
mod testkit;

#[cfg(test)]
use testkit::harness;
#[cfg(test)]
use testkit::oracle::{amount, history, telling};

#[cfg(test)]
mod journals {
    use std::collections::BTreeMap;
    use std::env;

    use num_traits::{Signed as _, Zero as _};
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestCaseResult};

    use crate::amount::{Amount, decimal, read};
    use crate::harness::Desk;
    use crate::history::{History, for_commands, meant, often_split};
    use crate::program::{Balances, PROGRAMS, Program};
    use crate::telling::Book;

    fn config(usual: u32) -> Config {
        let cases = env::var("STOCKBOOK_JOURNAL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
        Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
    }

    proptest! {
        #![proptest_config(config(8))]

        #[test]
        fn programs_come_to_what_the_book_says((methods, intents) in prop_oneof![3 => meant(40).boxed(), 1 => often_split(25).boxed()]) {
            let mut history = History::new(methods);
            let mut book = Book::new(&history);
            for intent in for_commands(intents) {
                if let Some(step) = history.resolve(&intent) {
                    book.take(&step, &mut history)?;
                }
            }
            compare_all(book.desk())?;
        }
    }

    #[test]
    fn fees_and_dividends_in_other_currencies_are_read_in_the_stock_s() {
        compare_all(&crate::testkit::abroad::abroad()).unwrap();
    }

    fn compare_all(desk: &Desk) -> TestCaseResult {
        for program in PROGRAMS.iter().filter(|program| program.is_there()) {
            compare(desk, program, &["export", program.format])?;
        }
        Ok(())
    }

    /// Compares a program's reading of a journal with `holdings`.
    fn compare(desk: &Desk, program: &Program, export: &[&str]) -> TestCaseResult {
        let journal = desk.ok(export);
        let file = desk.file("journal", &journal);
        let balances = program.balances(&file).map_err(|error| TestCaseError::fail(format!("{error}\n{journal}")))?;
        let mut expected: BTreeMap<String, [Amount; 2]> = BTreeMap::new();
        let mut told = |account: String, shares: Amount, cost: Amount| {
            if !shares.is_zero() || !cost.is_zero() {
                expected.insert(account, [shares, cost]);
            }
        };
        for row in desk.json(["holdings", "--all"]).as_array().unwrap() {
            let figure = |member: &str| read(row[member].as_str().unwrap());
            let [portfolio, symbol] = ["portfolio", "symbol"].map(|member| row[member].as_str().unwrap());
            let portfolio = format!("{}{}", portfolio[..1].to_uppercase(), &portfolio[1..]);
            told(format!("Assets:{portfolio}:{symbol}"), figure("quantity"), figure("cost_basis"));
            told(format!("Income:{portfolio}:{symbol}:Gains"), Amount::zero(), -figure("realized_gain"));
            told(format!("Income:{portfolio}:{symbol}:Dividends"), Amount::zero(), -figure("dividends"));
        }
        let of_stocks = |account: &str| {
            account.starts_with("Income:") || (account.starts_with("Assets:") && !account.ends_with(":Cash"))
        };
        let found: Balances = balances.into_iter().filter(|(account, _)| of_stocks(account)).collect();
        let accounts: std::collections::BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
        let nothing = || [Amount::zero(), Amount::zero()];
        for account in accounts {
            let [shares, cost] = expected.get(account).cloned().unwrap_or_else(nothing);
            let [found_shares, found_cost] = found.get(account).cloned().unwrap_or_else(nothing);
            prop_assert_eq!(&found_shares, &shares, "shares of {} in {}\n{}", account, program.name, journal);
            let off = (&found_cost - &cost).abs();
            prop_assert!(
                off < decimal(5, 3),
                "{} in {}: {} and not {}\n{}",
                account,
                program.name,
                found_cost,
                cost,
                journal
            );
        }
        Ok(())
    }

    /// Whatever the names of portfolios and stocks and the text of notes, each position has its own account.
    #[test]
    fn awkward_names_are_read_without_a_warning() {
        let symbols = [
            "BRK.B",
            "005930.KS",
            "^GSPC",
            "EURUSD=X",
            "TRUE",
            "A-B_C.D-",
            "EUR",
            "BF-B",
            "BF B",
            "BF/B",
            "BF&B",
            "A / & B",
        ];
        let long = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ123456", "ABCDEFGHIJKLMNOPQRSTUVWXYZ123457"];
        let portfolios = [
            "a:b",
            "A:B",
            "a-b",
            "x;y",
            "o'\"q\"",
            "🚀 moon",
            "Cash",
            "ünï",
            "日本 株",
            "x  y",
            "(v)",
            "[v]",
            "*s",
            "!p",
            "1st",
        ];
        let desk = Desk::new();
        for symbol in symbols.iter().chain(&long) {
            let currency = match *symbol {
                "005930.KS" => "KRW",
                "EURUSD=X" => "EUR",
                _ => "USD",
            };
            desk.ok(["add-stock", symbol, "B \"q\" & Söhne \\ ; [x] | 삼성", "--currency", currency]);
        }
        for portfolio in portfolios {
            desk.ok(["add-portfolio", portfolio]);
            for symbol in symbols.iter().chain(&long) {
                let note = "note ; \"quotes\" [2024-01-01] | tag: x {y} \\ back";
                let amount = ["--amount", "100", "--fee", "1", "--date", "2024-01-02", "-p", portfolio, "--note", note];
                desk.ok(["buy", symbol, "3"].iter().chain(&amount));
            }
            desk.ok(["sell", "BRK.B", "1", "50", "--date", "2024-02-02", "-p", portfolio]);
        }
        desk.ok(["split", "BRK.B", "3:1", "--date", "2024-04-01"]);
        desk.ok(["transfer", "BRK.B", "1", "--to", "a-b", "-p", "a:b", "--date", "2024-06-01"]);
        desk.ok(["write-off", "^GSPC", "-p", "Cash", "--date", "2024-06-02"]);
        let held = desk.json(["holdings"]).as_array().unwrap().len();
        for program in PROGRAMS.iter().filter(|program| program.is_there()) {
            let file = desk.file("journal", desk.ok(["export", program.format]));
            let balances = program.balances(&file).unwrap();
            let is_held = |(account, [shares, _]): &(&String, &[Amount; 2])| {
                account.starts_with("Assets:") && !account.ends_with(":Cash") && !shares.is_zero()
            };
            assert_eq!(balances.iter().filter(is_held).count(), held, "{}", program.name);
        }
    }
}
