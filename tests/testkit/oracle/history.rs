//! Random histories: what somebody intends to do, and what that becomes at each point of the history.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use num_traits::{Signed as _, Zero as _};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use uuid::Uuid;

use super::amount::{Amount, decimal, rounded};
use super::entry::{Action, Consideration, Conversion, Entry, Method, PortfolioNumber, Rule, Terms, Trade};
use super::features::{Feature, has};
use super::ledger::{Ledger, Position, Shortfall};

pub(crate) const SYMBOLS: [&str; 4] = ["ACME", "BOLT", "CARD", "DART"];

/// What the portfolios of a history go by: one, mostly, so that much happens in it.
fn methods() -> impl Strategy<Value = Vec<Method>> {
    prop_oneof![
        2 => prop::collection::vec(select(known_methods()), 1),
        1 => prop::collection::vec(select(known_methods()), 2..=3),
    ]
}

fn known_methods() -> Vec<Method> {
    let of = |feature: Feature, method: Method| has(feature).then_some(method);
    let optional =
        [of(Feature::Lifo, Method::Lifo), of(Feature::Hifo, Method::Hifo), of(Feature::Average, Method::Average)];
    [Method::Fifo].into_iter().chain(optional.into_iter().flatten()).collect()
}

pub(crate) fn names(methods: &[Method]) -> Vec<String> {
    methods.iter().enumerate().map(|(n, method)| format!("{}-at-first-{n}", method.word())).collect()
}

/// What somebody intends to record, whatever is held.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    day: u64,
    time: Option<u32>,
    symbol: &'static str,
    portfolio: PortfolioNumber,
    deed: Deed,
}

#[derive(Debug, Clone)]
enum Deed {
    Buy(Trade),
    Opening(Trade),
    Sell {
        size: Size,
        consideration: Consideration,
        fee: Amount,
    },
    /// Takes this part of each of some open lots.
    SellPicked {
        lots: Vec<Index>,
        eighths: i64,
        consideration: Consideration,
        fee: Amount,
    },
    Split(Amount, Amount),
    /// Sells for cash what a split of the day left beyond whole shares.
    SellFraction(Amount),
    Dividend(Amount),
    Transfer {
        to: PortfolioNumber,
        size: Size,
    },
    /// Gives shares of another stock; of one portfolio where a fraction is paid for.
    Convert {
        new_symbol: &'static str,
        ratio: (&'static str, &'static str),
        terms: Terms,
        is_of_one: bool,
        in_lieu: Option<Amount>,
    },
    ReturnCapital(Amount),
    AddCost(Amount),
    WriteOff,
    Void(Index),
    /// Takes back what was recorded last.
    Undo,
    SetMethod(Method),
}

#[derive(Debug, Clone)]
enum Size {
    Fixed(Amount),
    Eighths(i64),
    All,
}

/// What an intent is, where the history stands.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Record(Box<Entry>),
    Void(Uuid),
    /// Voids an entry which is the last thing that was recorded.
    Undo(Uuid),
    SetMethod(PortfolioNumber, Method),
}

/// A history as far as it has been recorded.
pub(crate) struct History {
    pub(crate) methods: Vec<Method>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) voided: BTreeSet<Uuid>,
    pub(crate) ledger: Ledger,
    /// The entry that was recorded last, if nothing else has been since.
    last: Option<Uuid>,
}

impl History {
    pub(crate) fn new(methods: Vec<Method>) -> Self {
        let (entries, voided, ledger) = (Vec::new(), BTreeSet::new(), Ledger::default());
        Self { methods, entries, voided, ledger, last: None }
    }

    /// What an intent becomes; `None` if there is nothing to sell, to pay on or to void.
    pub(crate) fn resolve(&self, intent: &Intent) -> Option<Step> {
        let date = day(intent.day);
        let held = self.as_of(date);
        let position = held.positions.get(&(intent.portfolio, intent.symbol)).cloned().unwrap_or_default();
        let action = match &intent.deed {
            Deed::Convert { .. } => self.conversion(intent, date)?,
            Deed::ReturnCapital(amount) => Action::ReturnCapital(intent.portfolio, amount.clone()),
            Deed::AddCost(amount) => Action::AddCost(intent.portfolio, amount.clone()),
            Deed::WriteOff if self.leaves_last(intent.portfolio, intent.symbol, date) => return None,
            Deed::WriteOff => {
                let (quantity, nothing) = (Size::All.of(&position)?, Amount::zero());
                let trade = Trade { quantity, consideration: Consideration::InAll(nothing.clone()), fee: nothing };
                Action::WriteOff(intent.portfolio, trade)
            }
            Deed::Void(index) => {
                let standing: Vec<&Entry> =
                    self.entries.iter().filter(|entry| !self.voided.contains(&entry.id)).collect();
                return (!standing.is_empty()).then(|| Step::Void(index.get(&standing).id));
            }
            Deed::Undo => return self.last.map(Step::Undo),
            Deed::SetMethod(method) => return Some(Step::SetMethod(intent.portfolio, *method)),
            Deed::Buy(trade) => Action::Buy(intent.portfolio, trade.clone()),
            Deed::Opening(trade) => Action::Opening(intent.portfolio, trade.clone()),
            Deed::Sell { size, consideration, fee } => {
                let quantity = size.of(&position)?;
                let trade = Trade { quantity, consideration: consideration.clone(), fee: fee.clone() };
                Action::Sell(intent.portfolio, trade, Vec::new())
            }
            Deed::SellPicked { lots, eighths, consideration, fee } => {
                let picked = picked(&position, lots, *eighths);
                let quantity: Amount = picked.iter().map(|(_, quantity)| quantity).sum();
                let trade = Trade { quantity, consideration: consideration.clone(), fee: fee.clone() };
                (!picked.is_empty()).then_some(Action::Sell(intent.portfolio, trade, picked))?
            }
            Deed::Split(new, old) => (!self.is_split_near(intent.symbol, date))
                .then(|| Action::Split { new: new.clone(), old: old.clone() })?,
            Deed::SellFraction(amount) => {
                let quantity = self.fraction(intent.portfolio, intent.symbol, date)?;
                let consideration = Consideration::InAll(amount.clone());
                Action::SellFraction(intent.portfolio, Trade { quantity, consideration, fee: Amount::zero() })
            }
            Deed::Dividend(amount) => {
                (!position.held().is_zero()).then(|| Action::Dividend(intent.portfolio, amount.clone()))?
            }
            Deed::Transfer { to, size } => {
                let quantity = size.of(&position)?;
                let is_another = *to != intent.portfolio;
                is_another.then_some(Action::Transfer { from: intent.portfolio, to: *to, quantity })?
            }
        };
        Some(self.resolved(intent, action))
    }

    fn resolved(&self, intent: &Intent, action: Action) -> Step {
        let date = day(intent.day);
        let id = Uuid::from_u128(u128::try_from(self.entries.len()).unwrap() + (1 << 100));
        let is_timed = match action {
            Action::Buy(..)
            | Action::Sell(..)
            | Action::Opening(..)
            | Action::Dividend(..)
            | Action::Transfer { .. } => true,
            Action::Split { .. }
            | Action::SellFraction(..)
            | Action::Convert(_)
            | Action::ReturnCapital(..)
            | Action::AddCost(..)
            | Action::WriteOff(..) => false,
        };
        let time = intent.time.filter(|_| is_timed);
        Step::Record(Box::new(Entry { id, date, time, symbol: intent.symbol, action }))
    }

    /// A conversion, unless one of the same stocks counts on that day.
    fn conversion(&self, intent: &Intent, date: NaiveDate) -> Option<Action> {
        let Deed::Convert { new_symbol, ratio: (new, old), terms, is_of_one, in_lieu } = &intent.deed else {
            return None;
        };
        let is_like = |entry: &Entry| {
            let is_into_it = matches!(&entry.action, Action::Convert(known) if known.new_symbol == *new_symbol);
            is_into_it && entry.symbol == intent.symbol && entry.date == date && !self.voided.contains(&entry.id)
        };
        let conversion = Conversion {
            new_symbol,
            new: super::amount::read(new),
            old: super::amount::read(old),
            terms: terms.clone(),
            only: (*is_of_one || in_lieu.is_some()).then_some(intent.portfolio),
            in_lieu: in_lieu.clone(),
        };
        (!self.entries.iter().any(is_like)).then_some(Action::Convert(conversion))
    }

    /// Whether shares of a stock leave a portfolio at the end of a day.
    fn leaves_last(&self, portfolio: PortfolioNumber, symbol: &str, date: NaiveDate) -> bool {
        self.entries.iter().any(|entry| {
            let leaves = matches!(entry.action, Action::Transfer { from, .. } if from == portfolio);
            leaves && entry.symbol == symbol && entry.date == date && entry.time.is_none()
        })
    }

    /// What a portfolio has beyond whole shares right after a split of the day, as it is shown; none without
    /// a split or a fraction.
    fn fraction(&self, portfolio: PortfolioNumber, symbol: &'static str, date: NaiveDate) -> Option<Amount> {
        let is_split = |entry: &Entry| matches!(entry.action, Action::Split { .. });
        let until = |entry: &&Entry| {
            entry.date < date
                || entry.date == date && (is_split(entry) || matches!(entry.action, Action::SellFraction(..)))
        };
        self.entries.iter().find(|entry| is_split(entry) && entry.symbol == symbol && entry.date == date)?;
        let entries: Vec<Entry> = self.entries.iter().filter(until).cloned().collect();
        let held = Ledger::of(&entries, &self.voided, &self.methods).ok()?.positions.get(&(portfolio, symbol))?.held();
        let fraction = rounded(&held.fract());
        (!fraction.is_zero()).then_some(fraction)
    }

    /// Whether a split would be refused, or be one that is known.
    fn is_split_near(&self, symbol: &str, date: NaiveDate) -> bool {
        let is_near = |entry: &Entry| (entry.date - date).num_days().abs() <= 7;
        let mut splits = self.entries.iter().filter(|entry| matches!(entry.action, Action::Split { .. }));
        splits.any(|entry| entry.symbol == symbol && is_near(entry))
    }

    /// What was held at the end of a day.
    pub(crate) fn as_of(&self, date: NaiveDate) -> Ledger {
        let until: Vec<Entry> = self.entries.iter().filter(|entry| entry.date <= date).cloned().collect();
        Ledger::of(&until, &self.voided, &self.methods).unwrap()
    }

    /// Takes a step, unless something would be sold that is not held; then nothing has changed.
    pub(crate) fn take(&mut self, step: &Step) -> Result<(), Shortfall> {
        let (mut entries, mut voided, mut methods) = (self.entries.clone(), self.voided.clone(), self.methods.clone());
        match step {
            Step::Record(entry) => entries.push(*entry.clone()),
            Step::Void(id) | Step::Undo(id) => drop(voided.insert(*id)),
            Step::SetMethod(portfolio, method) => methods[*portfolio] = *method,
        }
        self.ledger = Ledger::of(&entries, &voided, &methods)?;
        (self.entries, self.voided, self.methods) = (entries, voided, methods);
        self.last = if let Step::Record(entry) = step { Some(entry.id) } else { None };
        Ok(())
    }
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 20).unwrap() + Days::new(number)
}

impl Size {
    /// In shares that can be entered: ten decimal places.
    fn of(&self, position: &Position) -> Option<Amount> {
        let quantity = match self {
            Self::Fixed(quantity) => quantity.clone(),
            Self::Eighths(eighths) => rounded(&(position.held() * decimal(*eighths, 0) / decimal(8, 0))),
            Self::All => rounded(&position.held()),
        };
        (!quantity.is_zero()).then_some(quantity)
    }
}

fn picked(position: &Position, lots: &[Index], eighths: i64) -> Vec<(Uuid, Amount)> {
    let mut picked: Vec<(Uuid, Amount)> = Vec::new();
    let shown = position.shown();
    for index in lots.iter().filter(|_| !shown.is_empty()) {
        let (id, shown) = index.get(&shown);
        let quantity = rounded(&(shown * decimal(eighths, 0) / decimal(8, 0)));
        if quantity.is_positive() && !picked.iter().any(|(known, _)| known == id) {
            picked.push((*id, quantity));
        }
    }
    picked
}

/// What the portfolios of a history go by, and what somebody means to do in two and a half years,
/// or in few days, where several things meet on one.
pub(crate) fn meant(longest: usize) -> impl Strategy<Value = (Vec<Method>, Vec<Intent>)> {
    methods().prop_flat_map(move |methods| {
        let day = prop_oneof![0_u64..12, 0_u64..900];
        let symbol = prop_oneof![5 => Just(SYMBOLS[0]), 1 => Just(SYMBOLS[1])];
        // Noon, or a minute after it.
        let time = prop_oneof![2 => Just(None), 1 => (720_u32..722).prop_map(Some)];
        let intent = (day, time, symbol, 0..methods.len(), deed(methods.len()));
        let intent =
            intent.prop_map(|(day, time, symbol, portfolio, deed)| Intent { day, time, symbol, portfolio, deed });
        (Just(methods), prop::collection::vec(intent, 1..longest))
    })
}

/// Intents among which a stock is split thirty times by ratios that no decimal holds for long.
pub(crate) fn often_split(longest: usize) -> impl Strategy<Value = (Vec<Method>, Vec<Intent>)> {
    const AWKWARD: &[(&str, &str)] =
        &[("103", "100"), ("1.0123456789", "1"), ("1", "1.0987654321"), ("7", "6"), ("0.9999999967", "1.0000000019")];
    let ratio = |(new, old)| Deed::Split(super::amount::read(new), super::amount::read(old));
    (meant(longest), prop::collection::vec(select(AWKWARD), 30)).prop_map(move |((methods, mut intents), ratios)| {
        let split = |(day, deed)| Intent { day, time: None, symbol: SYMBOLS[0], portfolio: 0, deed };
        intents.extend((15_u64..).step_by(29).zip(ratios.into_iter().map(ratio)).map(split));
        (methods, intents)
    })
}

/// Intents among which companies merge and are spun off, return capital and fail, whenever that is told; what is
/// done with the second stock elsewhere is done with the shares that come of it.
pub(crate) fn converted(longest: usize) -> impl Strategy<Value = (Vec<Method>, Vec<Intent>)> {
    // One into another, and back into the first.
    let stocks = select(&[(0, 2), (0, 3), (0, 2), (0, 3), (2, 3), (3, 0)]);
    let deed = prop_oneof![
        6 => (stocks, conversion()),
        1 => money_of_a_company().prop_map(|deed| ((0, 0), deed)),
        1 => money_of_a_company().prop_map(|deed| ((3, 0), deed)),
    ];
    let told = (any::<Index>(), prop_oneof![0_u64..12, 0_u64..900], any::<Index>(), deed);
    (meant(longest), prop::collection::vec(told, 1..8)).prop_map(|((methods, mut intents), told)| {
        for intent in intents.iter_mut().filter(|intent| intent.symbol == SYMBOLS[1]) {
            intent.symbol = if intent.day % 2 == 0 { SYMBOLS[2] } else { SYMBOLS[3] };
        }
        for (at, day, portfolio, ((old, new), mut deed)) in told {
            if let Deed::Convert { new_symbol, .. } = &mut deed {
                *new_symbol = SYMBOLS[new];
            }
            let portfolio = portfolio.index(methods.len());
            let intent = Intent { day, time: None, symbol: SYMBOLS[old], portfolio, deed };
            intents.insert(at.index(intents.len() + 1), intent);
        }
        (methods, intents)
    })
}

/// A spin-off or an exchange into a stock that is still to be named.
fn conversion() -> impl Strategy<Value = Deed> {
    let ratio = select(&[("1", "5"), ("0.85", "1"), ("3", "7"), ("2", "1"), ("1", "1"), ("1.0123456789", "3")]);
    let share = select(&["0", "4.1841", "20", "33.3333333333", "100"]);
    let price = || (0_i64..=50_000).prop_map(|cents| decimal(cents, 2));
    let value = || (1_i64..=50_000).prop_map(|cents| decimal(cents, 2));
    let rule = select(&[Rule::CarryOver, Rule::Boot, Rule::Part, Rule::Taxable]);
    let exchange = (rule, value(), price(), prop::option::weighted(0.2, price()));
    let terms = prop_oneof![
        share.prop_map(|share| Terms::CostShare(super::amount::read(share))),
        (value(), price()).prop_map(|(new, old)| Terms::Values { new, old }),
        exchange.prop_map(|(rule, cash, value, pay)| match rule {
            Rule::CarryOver => Terms::Exchange { rule, cash: None, value: None, pay },
            Rule::Boot | Rule::Part | Rule::Taxable => {
                Terms::Exchange { rule, cash: Some(cash), value: Some(value), pay }
            }
        }),
    ];
    let paid = prop::option::weighted(0.3, money());
    (terms, ratio, prop::bool::weighted(0.3), paid).prop_map(|(terms, ratio, is_of_one, in_lieu)| Deed::Convert {
        new_symbol: "",
        ratio,
        terms,
        is_of_one,
        in_lieu,
    })
}

/// Capital that comes back, cost that is added, and shares that are worth nothing any more.
fn money_of_a_company() -> impl Strategy<Value = Deed> {
    let amount = || money().prop_filter("more than nothing", |amount| !amount.is_zero());
    prop_oneof![
        3 => amount().prop_map(Deed::ReturnCapital),
        3 => amount().prop_map(Deed::AddCost),
        1 => Just(Deed::WriteOff),
    ]
}

/// Sorts intents by day, for a book that takes nothing late.
fn by_day(mut intents: Vec<Intent>) -> Vec<Intent> {
    intents.sort_by_key(|intent| intent.day);
    intents
}

/// Leaves out what an import file cannot express. If a portfolio has a fraction after a split, it is paid out
/// in cash, with an amount for each split.
pub(crate) fn for_a_file(mut intents: Vec<Intent>) -> Vec<Intent> {
    let splits = intents.iter().filter(|intent| matches!(intent.deed, Deed::Split(..))).cloned();
    let paid =
        splits.map(|split| Intent { deed: Deed::SellFraction(decimal(i64::try_from(split.day).unwrap(), 2)), ..split });
    intents.extend(paid.collect::<Vec<_>>());
    intents.retain(|intent| match intent.deed {
        Deed::Buy(_) | Deed::Sell { .. } => true,
        Deed::SellPicked { .. } | Deed::Split(..) | Deed::SellFraction(_) | Deed::Dividend(_) | Deed::Opening(_) => {
            has(Feature::InFiles)
        }
        Deed::Transfer { .. }
        | Deed::Convert { .. }
        | Deed::ReturnCapital(_)
        | Deed::AddCost(_)
        | Deed::WriteOff
        | Deed::Void(_)
        | Deed::Undo
        | Deed::SetMethod(_) => false,
    });
    // As an import records the rows of a day.
    let moment = |intent: &Intent| match (&intent.deed, intent.time) {
        (Deed::Split(..), _) => (0, 0),
        (Deed::SellFraction(_), _) => (0, 1),
        (_, Some(time)) => (2, time),
        (Deed::Opening(_), None) => (1, 0),
        (_, None) => (3, 0),
    };
    intents.sort_by_key(|intent| (intent.day, moment(intent)));
    intents
}

/// Leaves out what only a file can express.
pub(crate) fn for_commands(mut intents: Vec<Intent>) -> Vec<Intent> {
    for intent in &mut intents {
        if let Deed::Opening(trade) = &intent.deed {
            intent.deed = Deed::Buy(trade.clone());
        }
    }
    if has(Feature::LateEntries) { intents } else { by_day(intents) }
}

fn deed(portfolios: usize) -> BoxedStrategy<Deed> {
    let of = |feature: Feature, weight: u32, strategy: BoxedStrategy<Deed>| has(feature).then_some((weight, strategy));
    let sell = (size(), consideration(), money()).prop_map(|(size, consideration, fee)| Deed::Sell {
        size,
        consideration,
        fee,
    });
    let lots = prop::collection::vec(any::<Index>(), 1..4);
    let picked = (lots, 1_i64..=8, consideration(), money())
        .prop_map(|(lots, eighths, consideration, fee)| Deed::SellPicked { lots, eighths, consideration, fee });
    let ratio =
        select(&[("2", "1"), ("1", "2"), ("3", "1"), ("1", "3"), ("3", "2"), ("10", "12"), ("2.5", "1"), ("1", "10")]);
    let split = ratio.prop_map(|(new, old)| Deed::Split(super::amount::read(new), super::amount::read(old)));
    let transfer = (0..portfolios, size()).prop_map(|(to, size)| Deed::Transfer { to, size });
    let optional = [
        of(Feature::InFiles, 1, trade().prop_map(Deed::Opening).boxed()),
        of(Feature::NamedLots, 3, picked.boxed()),
        of(Feature::Split, 1, split.boxed()),
        of(
            Feature::Dividend,
            1,
            money().prop_filter("more than nothing", |amount| !amount.is_zero()).prop_map(Deed::Dividend).boxed(),
        ),
        of(Feature::Transfer, 2, transfer.boxed()),
        of(Feature::Void, 1, any::<Index>().prop_map(Deed::Void).boxed()),
        of(Feature::Undo, 1, Just(Deed::Undo).boxed()),
        of(Feature::SetCostBasis, 1, select(known_methods()).prop_map(Deed::SetMethod).boxed()),
    ];
    let always = [(9, trade().prop_map(Deed::Buy).boxed()), (9, sell.boxed())];
    proptest::strategy::Union::new_weighted(always.into_iter().chain(optional.into_iter().flatten()).collect()).boxed()
}

fn trade() -> impl Strategy<Value = Trade> {
    (quantity(), consideration(), money()).prop_map(|(quantity, consideration, fee)| Trade {
        quantity,
        consideration,
        fee,
    })
}

/// Small numbers meet often, which is where lots end exactly; long ones have long quotients.
fn quantity() -> impl Strategy<Value = Amount> {
    prop_oneof![
        4 => (1_i64..=12).prop_map(|shares| decimal(shares, 0)),
        2 => (1_i64..=100_000).prop_map(|hundredths| decimal(hundredths, 2)),
        1 => (1_i64..=10_i64.pow(12)).prop_map(|fine| decimal(fine, 10)),
    ]
}

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        8 => (1_i64..8).prop_map(Size::Eighths),
        2 => Just(Size::All),
        1 => quantity().prop_map(Size::Fixed),
    ]
}

fn consideration() -> impl Strategy<Value = Consideration> {
    let price = prop_oneof![
        3 => (0_i64..=5).prop_map(|price| decimal(price, 0)),
        3 => (0_i64..=50_000).prop_map(|cents| decimal(cents, 2)),
        1 => (0_i64..=10_i64.pow(11)).prop_map(|fine| decimal(fine, 10)),
    ];
    prop_oneof![3 => price.prop_map(Consideration::PerShare), 1 => money().prop_map(Consideration::InAll)]
}

fn money() -> impl Strategy<Value = Amount> {
    prop_oneof![
        2 => Just(Amount::zero()),
        3 => (0_i64..=10_000).prop_map(|cents| decimal(cents, 2)),
        1 => (0_i64..=10_i64.pow(11)).prop_map(|fine| decimal(fine, 10)),
    ]
}
