//! Any commands in any order: the book agrees with the simplest possible model, and what is refused or only a
//! dry run does not change a byte.

mod door;
mod model;

use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::disk::Disk;
use crate::stage::place;
use crate::witness::{Examined, examine, with_suffix};
use door::{Binary, Door, Library};
use model::Model;

/// What a user does.
#[derive(Debug, Clone)]
enum Act {
    AddStock {
        symbol: &'static str,
        company_name: &'static str,
    },
    AddPortfolio {
        name: &'static str,
    },
    UpdatePrice {
        symbol: &'static str,
        cents: i128,
    },
    Trade(Trade),
    /// Voids the trade with the id that was given with it.
    Void {
        portfolio: &'static str,
        id: &'static str,
    },
    /// Cuts off the log, leaving this percentage.
    CutLog(usize),
}

/// Amounts in whole numbers: ten-thousandths of a share, cents per share, cents of fee.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Trade {
    is_sale: bool,
    symbol: &'static str,
    portfolio: &'static str,
    quantity: i128,
    cents: i128,
    fee: i128,
    /// Days before the day on which it is entered.
    days_late: u32,
    id: Option<&'static str>,
}

/// An act, so many days after the one before.
#[derive(Debug, Clone)]
struct Move {
    act: Act,
    days: u32,
    is_rehearsal: bool,
}

/// The outcome of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Recorded,
    /// It succeeds, and there is nothing new to record.
    Unchanged,
    /// By the code of the error.
    Refused(String),
}

/// A position that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holding {
    portfolio: String,
    symbol: String,
    quantity: String,
    cost_basis: String,
    realized_gain: String,
    price: Option<String>,
}

fn moves(longest: usize) -> impl Strategy<Value = Vec<Move>> {
    // The last one is never added.
    let symbol = || prop_oneof![6 => Just("ACME"), 3 => Just("BOLT"), 1 => Just("NONE")];
    let portfolio = || prop_oneof![5 => Just("main"), 4 => Just("pension"), 1 => Just("none")];
    let company_name = prop_oneof![3 => Just("Corporation"), 1 => Just("Company")];
    let id = || prop::sample::select(&["a", "b", "c"][..]);
    let quantity = prop_oneof![4 => 1_i128..=6, 1 => 1_i128..=100_000].prop_map(|units| units * 5000);
    let amounts = (quantity, 0_i128..=3, 0_i128..=2);
    let days_late = prop_oneof![2 => Just(0_u32), 1 => 0_u32..=6];
    let trade = (any::<bool>(), symbol(), portfolio(), amounts, days_late, prop::option::weighted(0.5, id())).prop_map(
        |(is_sale, symbol, portfolio, (quantity, cents, fee), days_late, id)| {
            let (cents, fee) = (cents * 333, fee * 50);
            Act::Trade(Trade { is_sale, symbol, portfolio, quantity, cents, fee, days_late, id })
        },
    );
    let act = prop_oneof![
        2 => (symbol(), company_name).prop_map(|(symbol, company_name)| Act::AddStock { symbol, company_name }),
        1 => Just(Act::AddPortfolio { name: "pension" }),
        2 => (symbol(), 0_i128..=3).prop_map(|(symbol, cents)| Act::UpdatePrice { symbol, cents: cents * 100 }),
        12 => trade,
        1 => (portfolio(), id()).prop_map(|(portfolio, id)| Act::Void { portfolio, id }),
        1 => (0_usize..=100).prop_map(Act::CutLog),
    ];
    let one = (act, 0_u32..=2, prop::bool::weighted(0.1))
        .prop_filter("NONE is never added", |(act, ..)| !matches!(act, Act::AddStock { symbol: "NONE", .. }))
        .prop_map(|(act, days, is_rehearsal)| Move { act, days, is_rehearsal });
    let begun = [
        Act::AddStock { symbol: "ACME", company_name: "Corporation" },
        Act::AddPortfolio { name: "pension" },
        Act::AddStock { symbol: "BOLT", company_name: "Corporation" },
    ];
    // Mostly there is something to trade, sometimes not even a book.
    let begun = prop_oneof![5 => Just(3_usize), 1 => 0_usize..=2].prop_map(move |count| {
        let entered = begun[..count].iter().cloned();
        entered.map(|act| Move { act, days: 0, is_rehearsal: false }).collect::<Vec<_>>()
    });
    (begun, prop::collection::vec(one, 1..longest)).prop_map(|(begun, moves)| [begun, moves].concat())
}

/// Makes the moves on a book of its own, and compares with the model after each.
fn play(door: &dyn Door, moves: &[Move]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir_in(place()).unwrap();
    let (book, log) = (folder.path().join("book.db"), folder.path().join("book.db.audit.jsonl"));
    let mut model = Model::default();
    let mut is_damaged = false;
    for Move { act, days, is_rehearsal } in moves {
        model.pass(*days);
        if let Act::CutLog(percent) = act {
            if let Ok(bytes) = fs::read(&log) {
                let kept = bytes.len() * percent / 100;
                fs::write(&log, &bytes[..kept]).unwrap();
                is_damaged |= kept < bytes.len();
            }
            continue;
        }
        let before = Disk::read(folder.path());
        let (expected, after) = model.perform(act);
        let answer = door.perform(&book, act, &model.day_of(act), *is_rehearsal);
        prop_assert_eq!(&answer, &expected, "{:?}", act);
        if *is_rehearsal || (answer != Answer::Recorded && !is_damaged) {
            prop_assert_eq!(Disk::read(folder.path()).digest(), before.digest(), "{:?} {:?}", answer, act);
        }
        if *is_rehearsal {
            continue;
        }
        model = after;
        // Whatever became of the command, it has mended the log first.
        is_damaged = false;
        if book.exists() {
            prop_assert_eq!(door.holdings(&book), model.holdings());
        }
    }
    if is_damaged {
        door.holdings(&book);
    }
    if !book.exists() {
        prop_assert_eq!(model.events(), 0);
        prop_assert!(!with_suffix(&book, ".audit.jsonl").exists());
        return Ok(());
    }
    let lines = examine(&book).and_then(Examined::sound).map_err(TestCaseError::fail)?;
    // Whether later sales realize a different gain then, is not for so simple a model.
    let is_entered = |line: &&String| !line.contains("\"event_type\":\"LotsRematchedEvent\"");
    prop_assert_eq!(lines.iter().filter(is_entered).count(), model.events());
    Ok(())
}

fn play_many(door: &dyn Door, cases: u32) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner.run(&moves(28), |moves| play(door, &moves)).unwrap_or_else(|failed| panic!("{failed}"));
}

#[test]
fn random_commands_to_the_program_match_the_model() {
    play_many(&Binary, 24);
}

#[test]
fn random_commands_to_the_library_match_the_model() {
    play_many(&Library, 100);
}

#[test]
#[ignore = "takes some minutes"]
fn thousands_of_sequences_match_the_model() {
    play_many(&Library, 5000);
    play_many(&Binary, 500);
    println!("5,000 sequences of commands by the library, 500 by the program");
}
