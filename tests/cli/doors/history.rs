//! Generated histories.

use std::collections::BTreeMap;

use proptest::prelude::*;

pub(super) const SYMBOLS: [&str; 2] = ["ACME", "BOLT"];
pub(super) const PORTFOLIOS: [&str; 2] = ["main", "pension"];
/// Ratios with which prices have few digits either way, and others.
const RATIOS: [(i64, i64); 8] = [(2, 1), (4, 1), (5, 1), (1, 2), (1, 5), (3, 2), (1, 3), (103, 100)];

/// What is planned, and how many days after the one before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Intent {
    kind: Kind,
    days: i64,
    is_pension: bool,
    is_bolt: bool,
    /// Hundredths of a share, or of the shares held.
    quantity: i64,
    cents: i64,
    fee: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Buy,
    /// The same purchase as the one before, at another time of the day.
    Twin,
    Sell,
    Dividend,
    Transfer,
    Split,
    Price,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) number: usize,
    pub(super) symbol: &'static str,
    pub(super) portfolio: &'static str,
    pub(super) day: i64,
    /// Minutes after nine.
    pub(super) minutes: i64,
    /// Whether something else happened to its position on that day, so that its time must be given.
    pub(super) is_one_of_several: bool,
    pub(super) deed: Deed,
}

#[derive(Debug, Clone)]
pub(super) enum Deed {
    Trade {
        action: &'static str,
        quantity: i64,
        cents: i64,
        fee: i64,
    },
    Dividend {
        cents: i64,
    },
    /// To the other portfolio.
    Transfer {
        quantity: i64,
    },
    Split {
        new: i64,
        old: i64,
    },
    /// The price of a share on that day.
    Price {
        cents: i64,
    },
}

pub(super) fn intents() -> impl Strategy<Value = Vec<Intent>> {
    let kind = prop_oneof![
        5 => Just(Kind::Buy), 1 => Just(Kind::Twin), 4 => Just(Kind::Sell), 1 => Just(Kind::Dividend),
        1 => Just(Kind::Transfer), 2 => Just(Kind::Split), 2 => Just(Kind::Price),
    ];
    let intent = (kind, 0_i64..4, any::<bool>(), any::<bool>(), 1_i64..=100, 1_i64..=999, 0_i64..200).prop_map(
        |(kind, days, is_pension, is_bolt, quantity, cents, fee)| Intent {
            kind,
            days,
            is_pension,
            is_bolt,
            quantity,
            cents: cents * 100,
            fee,
        },
    );
    prop::collection::vec(intent, 4..16)
}

/// A number of hundredths or smaller parts, in plain notation.
pub(super) fn decimal(number: i128, places: usize) -> String {
    let digits = format!("{number:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    format!("{whole}.{fraction}")
}

pub(super) fn hundredths(number: i64) -> String {
    decimal(number.into(), 2)
}

pub(super) fn date(day: i64) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
    (first + chrono::Days::new(day.unsigned_abs())).to_string()
}

/// Those facts of a plan that are possible.
pub(super) fn facts(intents: &[Intent]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut held: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let (mut day, mut minutes) = (0, 0);
    for Intent { kind, days, is_pension, is_bolt, quantity, cents, fee } in intents.iter().copied() {
        // Reports of one split may be a week apart.
        let passed = if kind == Kind::Split { days + 8 } else { days };
        (day, minutes) = if passed == 0 { (day, minutes + 1) } else { (day + passed, 0) };
        let (mut symbol, mut portfolio) = (SYMBOLS[usize::from(is_bolt)], PORTFOLIOS[usize::from(is_pension)]);
        let shares = held.get(&(portfolio, symbol)).copied().unwrap_or(0);
        let part = shares * quantity / 100;
        let deed = match kind {
            Kind::Buy => Deed::Trade { action: "buy", quantity: quantity * 10, cents, fee },
            Kind::Twin => {
                let Some(before @ Fact { deed: Deed::Trade { action: "buy", .. }, .. }) = facts.last() else {
                    continue;
                };
                (symbol, portfolio) = (before.symbol, before.portfolio);
                (day, minutes) = (before.day, before.minutes + 1);
                before.deed.clone()
            }
            Kind::Sell if part > 0 => Deed::Trade { action: "sell", quantity: part, cents, fee: fee.min(1) },
            Kind::Transfer if part > 0 => Deed::Transfer { quantity: part },
            Kind::Sell | Kind::Transfer => continue,
            Kind::Dividend => Deed::Dividend { cents },
            // One price a day.
            Kind::Price if facts.iter().any(|fact| fact.is_price() && (fact.symbol, fact.day) == (symbol, day)) => {
                continue;
            }
            Kind::Price => Deed::Price { cents },
            Kind::Split => {
                let (new, old) = RATIOS[usize::try_from(cents / 100).unwrap() % RATIOS.len()];
                Deed::Split { new, old }
            }
        };
        match deed {
            Deed::Trade { action, quantity, .. } => {
                let sign = if action == "buy" { 1 } else { -1 };
                *held.entry((portfolio, symbol)).or_default() += sign * quantity;
            }
            Deed::Transfer { quantity } => {
                *held.entry((portfolio, symbol)).or_default() -= quantity;
                *held.entry((other(portfolio), symbol)).or_default() += quantity;
            }
            Deed::Split { new, old } => {
                for (_, shares) in held.iter_mut().filter(|((_, of), _)| *of == symbol) {
                    *shares = *shares * new / old;
                }
            }
            Deed::Dividend { .. } | Deed::Price { .. } => {}
        }
        facts.push(Fact { number: facts.len(), symbol, portfolio, day, minutes, is_one_of_several: false, deed });
    }
    let days: Vec<_> = facts.iter().map(|fact| (fact.symbol, fact.day)).collect();
    for fact in &mut facts {
        fact.is_one_of_several = days.iter().filter(|day| **day == (fact.symbol, fact.day)).count() > 1;
    }
    facts
}

pub(super) fn other(portfolio: &str) -> &'static str {
    if portfolio == PORTFOLIOS[0] { PORTFOLIOS[1] } else { PORTFOLIOS[0] }
}

impl Fact {
    pub(super) fn is_price(&self) -> bool {
        matches!(self.deed, Deed::Price { .. })
    }

    pub(super) fn is_row(&self) -> bool {
        !matches!(self.deed, Deed::Transfer { .. } | Deed::Price { .. })
    }
}
