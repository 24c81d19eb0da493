//! An independent oracle: random histories, computed with fractions of any length by code that shares nothing
//! with the program, and compared with the program's output digit for digit.
//!
//! `STOCKBOOK_ORACLE_CASES=5000 cargo test --release --test oracle` tries that many histories.
//! `against_beancount.py` beside this file compares with another program.

#![cfg_attr(test, expect(clippy::arithmetic_side_effects, reason = "numbers of any length do not overflow"))]

#[cfg(test)]
mod adding_up;
#[cfg(test)]
mod currencies;
#[cfg(test)]
#[path = "../testkit/testkit.rs"]
mod testkit;

#[cfg(test)]
use testkit::harness;
#[cfg(test)]
use testkit::oracle::{amount, entry, history, ledger, telling};

#[cfg(test)]
mod histories {
    use std::env;

    use proptest::prelude::*;
    use proptest::test_runner::Config;

    use crate::entry::Method;
    use crate::history::{History, Intent, converted, for_a_file, for_commands, meant, often_split};
    use crate::telling::Book;

    pub(crate) fn config(usual: u32) -> Config {
        let cases = env::var("STOCKBOOK_ORACLE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
        Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 2_000,
            max_shrink_time: 60_000,
            ..Config::default()
        }
    }

    /// A history, entered command by command as far as the program accepted it, and the resulting book.
    pub(crate) fn lived(methods: Vec<Method>, intents: Vec<Intent>) -> Result<(History, Book), TestCaseError> {
        let mut history = History::new(methods);
        let mut book = Book::new(&history);
        for intent in for_commands(intents) {
            if let Some(step) = history.resolve(&intent) {
                book.take(&step, &mut history)?;
            }
        }
        Ok((history, book))
    }

    proptest! {
        #![proptest_config(config(20))]

        #[test]
        fn a_file_of_trades_comes_to_what_the_oracle_says((methods, intents) in meant(60)) {
            let mut history = History::new(methods);
            for intent in for_a_file(intents) {
                if let Some(step) = history.resolve(&intent) {
                    let _ = history.take(&step);
                }
            }
            let mut book = Book::new(&history);
            book.import(&history.entries)?;
            book.compare(&history)?;
        }

        #[test]
        fn thirty_awkward_splits_come_to_what_the_oracle_says((methods, intents) in often_split(40)) {
            let mut history = History::new(methods);
            for intent in for_a_file(intents) {
                if let Some(step) = history.resolve(&intent) {
                    let _ = history.take(&step);
                }
            }
            let mut book = Book::new(&history);
            book.import(&history.entries)?;
            book.compare(&history)?;
        }

        #[test]
        fn what_is_exported_as_csv_is_read_back_into_an_equal_book((methods, intents) in meant(40)) {
            let (history, book) = lived(methods, intents)?;
            book.compare_read_back(&history)?;
        }

        /// Whatever comes late, is voided or undone, before or after it.
        #[test]
        fn what_companies_do_comes_to_what_the_oracle_says((methods, intents) in converted(40)) {
            let (history, book) = lived(methods, intents)?;
            book.compare(&history)?;
        }

        #[test]
        fn what_companies_did_is_read_back_from_csv_into_an_equal_book((methods, intents) in converted(25)) {
            let (history, book) = lived(methods, intents)?;
            book.compare_read_back(&history)?;
        }

        #[test]
        fn commands_in_any_order_come_to_what_the_oracle_says((methods, intents) in meant(40)) {
            let (history, book) = lived(methods, intents)?;
            book.compare(&history)?;
        }
    }
}
