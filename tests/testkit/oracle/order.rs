//! The order in which the entries of a day count.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use num_traits::Zero as _;
use uuid::Uuid;

use super::amount::{Amount, rounded};
use super::entry::{Action, Entry, Method, PortfolioNumber};
use super::ledger::{Ledger, Lot, Shortfall, fraction};

/// When on its day something counts, after the splits: the first number is 0 for what comes before all that
/// has a time, 1 for what has one, which is the second number, 2 for what has none, and 3 for what comes last.
pub(crate) type Moment = (u8, u32);

/// Of what begins with a conversion.
pub(crate) const BEFORE_TRADES: Moment = (0, 0);
const RIGHT_AFTER_SPLITS: Moment = (0, 0);
const FIRST: Moment = (0, 1);
const AFTER: Moment = (2, 0);
const LAST: Moment = (3, 0);

/// What an entry does to one portfolio.
#[derive(Debug, Clone, Copy)]
struct Step<'e> {
    moment: Moment,
    place: usize,
    entry: &'e Entry,
    side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// All of it.
    Only,
    Leaves,
    Arrives,
}

/// When an entry counts that is not part of a transfer.
pub(crate) fn moment(entry: &Entry) -> Moment {
    match (&entry.action, entry.time) {
        (Action::SellFraction(..), _) => RIGHT_AFTER_SPLITS,
        (_, Some(time)) => (1, time),
        (Action::Opening(..), None) => FIRST,
        (_, None) => AFTER,
    }
}

/// Applies what was recorded for a stock on a day, each entry with its place in the order of recording.
pub(crate) fn carry_out(
    entries: Vec<(usize, &Entry)>,
    ledger: &mut Ledger,
    methods: &[Method],
) -> Result<(), Shortfall> {
    let mut days: BTreeMap<PortfolioNumber, Vec<Step<'_>>> = BTreeMap::new();
    for (place, entry) in entries {
        let step = |moment, side| Step { moment, place, entry, side };
        match &entry.action {
            Action::Split { new, old } => ledger.split(entry.symbol, new, old),
            Action::Convert(_) => panic!("it touches two stocks"),
            Action::Transfer { from, to, .. } => {
                let at = |other: Moment| entry.time.map_or(other, |time| (1, time));
                days.entry(*from).or_default().push(step(at(LAST), Side::Leaves));
                days.entry(*to).or_default().push(step(at(FIRST), Side::Arrives));
            }
            Action::Buy(portfolio, _)
            | Action::Sell(portfolio, ..)
            | Action::SellFraction(portfolio, _)
            | Action::Opening(portfolio, _)
            | Action::Dividend(portfolio, _)
            | Action::ReturnCapital(portfolio, _)
            | Action::AddCost(portfolio, _)
            | Action::WriteOff(portfolio, _) => {
                days.entry(*portfolio).or_default().push(step(moment(entry), Side::Only));
            }
        }
    }
    for (portfolio, steps) in &mut days {
        sort(steps);
        let symbol = steps[0].entry.symbol;
        if is_short(ledger.position(*portfolio, symbol).held(), steps) {
            for step in steps.iter_mut().filter(|step| matches!(step.entry.action, Action::Buy(..))) {
                step.moment = if step.moment == AFTER { FIRST } else { step.moment };
            }
            sort(steps);
        }
    }
    carry_out_portfolios(days, ledger, methods)
}

fn sort(steps: &mut [Step<'_>]) {
    steps.sort_by_key(|step| (step.moment, step.place));
}

/// Whether more would leave a portfolio than it has by then.
fn is_short(mut held: Amount, steps: &[Step<'_>]) -> bool {
    for step in steps {
        match (&step.entry.action, step.side) {
            (Action::Buy(_, trade) | Action::Opening(_, trade), _) => held += &trade.quantity,
            (Action::Transfer { quantity, .. }, Side::Arrives) => held += quantity,
            (Action::SellFraction(_, trade), _) => held -= fraction(&trade.quantity, &held),
            (Action::Sell(_, trade, _) | Action::WriteOff(_, trade), _) if trade.quantity == rounded(&held) => {
                held = Amount::zero();
            }
            (Action::Sell(_, trade, _) | Action::WriteOff(_, trade), _) => held -= &trade.quantity,
            (Action::Transfer { quantity, .. }, _) if *quantity == rounded(&held) => held = Amount::zero(),
            (Action::Transfer { quantity, .. }, _) => held -= quantity,
            (
                Action::Dividend(..)
                | Action::Split { .. }
                | Action::Convert(_)
                | Action::ReturnCapital(..)
                | Action::AddCost(..),
                _,
            ) => {}
        }
        if held < Amount::zero() {
            return true;
        }
    }
    false
}

/// What arrives waits until it has left, and so does what comes after it. Where all wait for each other, the
/// transfers without a time count among all else that has none.
fn carry_out_portfolios(
    mut days: BTreeMap<PortfolioNumber, Vec<Step<'_>>>,
    ledger: &mut Ledger,
    methods: &[Method],
) -> Result<(), Shortfall> {
    let steps = days.values().flatten();
    let mut waited_for: BTreeSet<Uuid> =
        steps.filter(|step| step.side == Side::Leaves).map(|step| step.entry.id).collect();
    let mut on_the_way: HashMap<Uuid, Vec<Lot>> = HashMap::new();
    loop {
        let next = days.iter().find_map(|(portfolio, steps)| {
            let waits = |step: &&Step<'_>| step.side == Side::Arrives && waited_for.contains(&step.entry.id);
            steps.first().filter(|step| !waits(step)).map(|step| (*portfolio, *step))
        });
        let Some((portfolio, step)) = next else {
            if days.values().all(Vec::is_empty) {
                return Ok(());
            }
            for steps in days.values_mut() {
                for step in steps.iter_mut().filter(|step| step.side != Side::Only && step.entry.time.is_none()) {
                    step.moment = AFTER;
                }
                sort(steps);
            }
            continue;
        };
        days.entry(portfolio).or_default().remove(0);
        let (symbol, id) = (step.entry.symbol, step.entry.id);
        match (&step.entry.action, step.side) {
            (Action::Transfer { quantity, .. }, Side::Leaves) => {
                let lots = ledger.position(portfolio, symbol).take(quantity, methods[portfolio])?;
                on_the_way.insert(id, lots);
                waited_for.remove(&id);
            }
            (Action::Transfer { .. }, _) => {
                for lot in on_the_way.remove(&id).unwrap_or_default() {
                    ledger.position(portfolio, symbol).add(lot);
                }
            }
            _ => ledger.trade(step.entry, (step.entry.date, step.moment, step.place), methods)?,
        }
    }
}
