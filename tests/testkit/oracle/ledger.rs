//! The result of a history, computed from the definitions alone: every entry in order, each time from the
//! first. Slow, exact, and simple enough to be checked by reading.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate};
use num_traits::Zero as _;
use uuid::Uuid;

use super::amount::{Amount, rounded, share};
use super::entry::{Action, Entry, Method, PortfolioNumber, Trade};
use super::order::{Moment, carry_out};

/// A portfolio and a symbol.
pub(crate) type PositionKey = (PortfolioNumber, &'static str);

#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    pub(crate) positions: BTreeMap<PositionKey, Position>,
    pub(crate) disposals: Vec<Disposal>,
    /// The value of a unit of an entry's currency in that of a report, by the entry's id.
    pub(crate) rates: BTreeMap<Uuid, Amount>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Position {
    /// By acquisition: the oldest first, and of one day the first recorded.
    pub(crate) lots: Vec<Lot>,
    /// What the shares held have cost together.
    pub(crate) cost: Amount,
    /// The same in the currency of a report.
    pub(crate) home: Amount,
    pub(crate) realized: Amount,
    pub(crate) dividends: Amount,
}

/// What is left of a purchase. Under average cost only the position has a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lot {
    pub(crate) id: Uuid,
    pub(crate) acquired: Acquired,
    pub(crate) quantity: Amount,
    pub(crate) cost: Amount,
    /// The same in the currency of a report, never rounded.
    pub(crate) home: Amount,
    /// What a share had cost when it was bought, and what companies have done to it since then.
    pub(crate) unit_cost: Amount,
}

/// The day of a purchase, its moment on the day, and its place in the order of recording.
pub(crate) type Acquired = (NaiveDate, Moment, usize);

/// What a sale realized on a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disposal {
    pub(crate) position: PositionKey,
    pub(crate) sale: Uuid,
    pub(crate) lot: Uuid,
    pub(crate) acquired_on: NaiveDate,
    pub(crate) sold_on: NaiveDate,
    pub(crate) quantity: Amount,
    pub(crate) proceeds: Amount,
    pub(crate) cost: Amount,
    pub(crate) home: Amount,
}

/// An entry that asks for more than there is, where it stands.
#[derive(Debug)]
pub(crate) struct Shortfall;

impl Ledger {
    /// The result of entries, given in the order of recording, without those that were voided.
    pub(crate) fn of(entries: &[Entry], voided: &BTreeSet<Uuid>, methods: &[Method]) -> Result<Self, Shortfall> {
        Self::with_rates(entries, voided, methods, BTreeMap::new())
    }

    /// The same, with the figures in another currency at the rates of the entries.
    pub(crate) fn with_rates(
        entries: &[Entry],
        voided: &BTreeSet<Uuid>,
        methods: &[Method],
        rates: BTreeMap<Uuid, Amount>,
    ) -> Result<Self, Shortfall> {
        let mut days: BTreeMap<NaiveDate, Vec<(usize, &Entry)>> = BTreeMap::new();
        for (place, entry) in entries.iter().enumerate().filter(|(_, entry)| !voided.contains(&entry.id)) {
            days.entry(entry.date).or_default().push((place, entry));
        }
        let mut ledger = Self { rates, ..Self::default() };
        for of_day in days.into_values() {
            // Splits and what they leave, then what makes one stock of another, then all else.
            let is_of_split = |entry: &Entry| matches!(entry.action, Action::Split { .. } | Action::SellFraction(..));
            let (of_splits, others): (Vec<_>, Vec<_>) = of_day.into_iter().partition(|(_, entry)| is_of_split(entry));
            ledger.carry_out_stocks(of_splits, methods)?;
            let (conversions, trades): (Vec<_>, Vec<_>) =
                others.into_iter().partition(|(_, entry)| matches!(entry.action, Action::Convert(_)));
            conversions.into_iter().try_for_each(|(place, entry)| ledger.convert(entry, place, methods))?;
            ledger.carry_out_stocks(trades, methods)?;
        }
        Ok(ledger)
    }

    fn carry_out_stocks(&mut self, entries: Vec<(usize, &Entry)>, methods: &[Method]) -> Result<(), Shortfall> {
        let mut stocks: BTreeMap<&str, Vec<(usize, &Entry)>> = BTreeMap::new();
        for (place, entry) in entries {
            stocks.entry(entry.symbol).or_default().push((place, entry));
        }
        stocks.into_values().try_for_each(|of_stock| carry_out(of_stock, self, methods))
    }

    /// Multiplies the shares of a stock wherever they are.
    pub(crate) fn split(&mut self, symbol: &str, new: &Amount, old: &Amount) {
        let held = self.positions.iter_mut().filter(|((_, of), _)| *of == symbol);
        for lot in held.flat_map(|(_, position)| &mut position.lots) {
            lot.quantity = &lot.quantity * new / old;
            lot.unit_cost = &lot.unit_cost * old / new;
        }
    }

    /// Buys and sells, each where it stands in the order.
    pub(crate) fn trade(&mut self, entry: &Entry, acquired: Acquired, methods: &[Method]) -> Result<(), Shortfall> {
        let symbol = entry.symbol;
        match &entry.action {
            Action::Buy(portfolio, trade) | Action::Opening(portfolio, trade) => {
                let cost = trade.before_fee() + &trade.fee;
                let (quantity, unit_cost) = (trade.quantity.clone(), &cost / &trade.quantity);
                let home = self.rates.get(&entry.id).map_or_else(Amount::zero, |rate| &cost * rate);
                let lot = Lot { id: entry.id, acquired, quantity, cost, home, unit_cost };
                self.position(*portfolio, symbol).add(lot);
            }
            Action::SellFraction(portfolio, trade) | Action::WriteOff(portfolio, trade) => {
                self.sell(entry, *portfolio, trade, &[], methods)?;
            }
            Action::ReturnCapital(portfolio, amount) => {
                self.return_capital(entry, (*portfolio, amount), methods[*portfolio])?;
            }
            Action::AddCost(portfolio, amount) => self.add_cost(entry, (*portfolio, amount))?,
            Action::Sell(portfolio, trade, picked) => self.sell(entry, *portfolio, trade, picked, methods)?,
            Action::Dividend(portfolio, amount) => self.position(*portfolio, symbol).dividends += amount,
            Action::Split { .. } | Action::Transfer { .. } | Action::Convert(_) => {
                panic!("these touch several positions")
            }
        }
        Ok(())
    }

    fn sell(
        &mut self,
        entry: &Entry,
        portfolio: PortfolioNumber,
        trade: &Trade,
        picked: &[(Uuid, Amount)],
        methods: &[Method],
    ) -> Result<(), Shortfall> {
        let (method, symbol) = (methods[portfolio], entry.symbol);
        let position = self.position(portfolio, symbol);
        let shown = if picked.is_empty() { position.shown() } else { picked.to_vec() };
        let parts = if matches!(entry.action, Action::SellFraction(..)) {
            position.take(&fraction(&trade.quantity, &position.held()), method)?
        } else if picked.is_empty() {
            position.take(&trade.quantity, method)?
        } else {
            position.take_picked(picked, method)?
        };
        let disposals = disposals((portfolio, symbol), entry, trade, parts, &shown);
        position.realized += disposals.iter().map(|part| &part.proceeds - &part.cost).sum::<Amount>();
        self.disposals.extend(disposals);
        Ok(())
    }

    pub(crate) fn position(&mut self, portfolio: PortfolioNumber, symbol: &'static str) -> &mut Position {
        self.positions.entry((portfolio, symbol)).or_default()
    }

    /// What each sale realized, and what else realizes something, in each position.
    pub(crate) fn gains(&self) -> BTreeMap<(Uuid, PositionKey), Amount> {
        let mut gains = BTreeMap::new();
        for part in &self.disposals {
            *gains.entry((part.sale, part.position)).or_insert_with(Amount::zero) += &part.proceeds - &part.cost;
        }
        gains
    }
}

/// What is sold where that is all that is shown beyond whole shares: that to the last digit, so that whole
/// shares are left.
pub(crate) fn fraction(sold: &Amount, held: &Amount) -> Amount {
    let beyond_whole = held.fract();
    if *sold == rounded(&beyond_whole) { beyond_whole } else { sold.clone() }
}

impl Position {
    pub(crate) fn held(&self) -> Amount {
        self.lots.iter().map(|lot| &lot.quantity).sum()
    }

    /// Adds a lot; a part of one that comes back joins what is there of it.
    pub(crate) fn add(&mut self, lot: Lot) {
        self.cost += &lot.cost;
        self.home += &lot.home;
        match self.lots.iter_mut().find(|there| there.id == lot.id) {
            Some(there) => {
                there.quantity += lot.quantity;
                there.cost += lot.cost;
                there.home += lot.home;
                // Parts of a purchase that came by different ways cost what they cost together.
                if there.unit_cost != lot.unit_cost {
                    there.unit_cost = &there.cost / &there.quantity;
                }
            }
            None => self.lots.push(lot),
        }
        self.lots.sort_by_key(|lot| lot.acquired);
    }

    /// What each lot costs as it would leave: under average cost its share of the pool, the last one the rest.
    pub(crate) fn priced(&self, method: Method) -> Vec<Amount> {
        let (held, mut left) = (self.held(), self.cost.clone());
        let of_lot = |(n, lot): (usize, &Lot)| match method {
            Method::Fifo | Method::Lifo | Method::Hifo => lot.cost.clone(),
            Method::Average if n + 1 == self.lots.len() => left.clone(),
            Method::Average => {
                let cost = share(&self.cost, &lot.quantity, &held);
                left -= &cost;
                cost
            }
        };
        self.lots.iter().enumerate().map(of_lot).collect()
    }

    /// What is shown of each lot: of all up to it, rounded, less what is shown of those before it.
    pub(crate) fn shown(&self) -> Vec<(Uuid, Amount)> {
        let (mut sum, mut before) = (Amount::zero(), Amount::zero());
        let shown = |lot: &Lot| {
            sum += &lot.quantity;
            let of_lot = rounded(&sum) - &before;
            before = rounded(&sum);
            (lot.id, of_lot)
        };
        self.lots.iter().map(shown).collect()
    }

    /// Takes shares by the method, with what they have cost. The quantity that is shown is all.
    pub(crate) fn take(&mut self, quantity: &Amount, method: Method) -> Result<Vec<Lot>, Shortfall> {
        let held = self.held();
        let quantity = if *quantity == rounded(&held) { held.clone() } else { quantity.clone() };
        if quantity > held {
            return Err(Shortfall);
        }
        Ok(self.take_exactly(quantity, method))
    }

    /// Takes shares of which there are as many, by the method.
    pub(crate) fn take_exactly(&mut self, quantity: Amount, method: Method) -> Vec<Lot> {
        let mut order: Vec<&Lot> = self.lots.iter().collect();
        match method {
            Method::Fifo | Method::Average => {}
            Method::Lifo => order.sort_by_key(|lot| Reverse(lot.acquired)),
            Method::Hifo => order.sort_by(|one, other| by_cost_per_share(other, one)),
        }
        let (mut left, mut wanted) = (quantity, Vec::new());
        for lot in order {
            let part = lot.quantity.clone().min(left.clone());
            left -= &part;
            if !part.is_zero() {
                wanted.push((lot.id, part));
            }
        }
        self.remove(&wanted, method)
    }

    /// Takes what a caller picked, where what is shown of a lot means all of it. What it comes to alone does
    /// too, if that is what is sold in all.
    fn take_picked(&mut self, picked: &[(Uuid, Amount)], method: Method) -> Result<Vec<Lot>, Shortfall> {
        let asked: Amount = picked.iter().map(|(_, quantity)| quantity).sum();
        let wanted = |shown: &dyn Fn(&Lot) -> Amount| -> Result<Vec<(Uuid, Amount)>, Shortfall> {
            let of_lot = |(id, quantity): &(Uuid, Amount)| {
                let lot = self.lots.iter().find(|lot| lot.id == *id).ok_or(Shortfall)?;
                let part = if *quantity == shown(lot) { &lot.quantity } else { quantity };
                if *part > lot.quantity { Err(Shortfall) } else { Ok((*id, part.clone())) }
            };
            picked.iter().map(of_lot).collect()
        };
        let sum = |wanted: &[(Uuid, Amount)]| wanted.iter().map(|(_, part)| part).sum::<Amount>();
        let alone = wanted(&|lot| rounded(&lot.quantity)).ok().filter(|wanted| rounded(&sum(wanted)) == asked);
        let shown: BTreeMap<Uuid, Amount> = self.shown().into_iter().collect();
        let wanted = alone.map_or_else(|| wanted(&|lot| shown[&lot.id].clone()), Ok)?;
        let left = self.held() - sum(&wanted);
        // What is too little to be shown does not stay.
        if !left.is_zero() && rounded(&left).is_zero() {
            return Err(Shortfall);
        }
        Ok(self.remove(&wanted, method))
    }

    /// Takes parts out of lots. A part costs its share of its lot, rounded, and the last one the
    /// rest; under average cost it is the position of which each part costs its share, the last one
    /// what all of them together cost and the others do not.
    fn remove(&mut self, wanted: &[(Uuid, Amount)], method: Method) -> Vec<Lot> {
        let (held, quantity) = (self.held(), wanted.iter().map(|(_, part)| part).sum::<Amount>());
        let mut pooled = share(&self.cost, &quantity, &held);
        let cost_before = self.cost.clone();
        // Of a pool the shares say how much leaves; what each part has of that, its cost.
        let leaves = if held.is_zero() { Amount::zero() } else { &self.home * &quantity / &held };
        let pool = pooled.clone();
        let mut parts = Vec::new();
        for (n, (id, part)) in wanted.iter().enumerate() {
            let is_last = n + 1 == wanted.len();
            let lot = self.lots.iter_mut().find(|lot| lot.id == *id).unwrap();
            let cost = match method {
                Method::Average if is_last => pooled.clone(),
                Method::Average => share(&cost_before, part, &held),
                Method::Fifo | Method::Lifo | Method::Hifo => share(&lot.cost, part, &lot.quantity),
            };
            let home = match method {
                Method::Average => portion(&leaves, (&cost, &pool), (part, &quantity)),
                Method::Fifo | Method::Lifo | Method::Hifo => {
                    portion(&lot.home, (&cost, &lot.cost), (part, &lot.quantity))
                }
            };
            pooled -= &cost;
            self.cost -= &cost;
            self.home -= &home;
            lot.quantity -= part;
            lot.cost -= &cost;
            lot.home -= &home;
            parts.push(Lot { quantity: part.clone(), cost, home, ..lot.clone() });
        }
        self.lots.retain(|lot| !lot.quantity.is_zero());
        parts
    }
}

/// As much of an amount as of a cost; where that is nothing, or all goes, as of the shares.
fn portion(amount: &Amount, cost: (&Amount, &Amount), shares: (&Amount, &Amount)) -> Amount {
    let (part, whole) = if cost.1.is_zero() || shares.0 == shares.1 { shares } else { cost };
    amount * part / whole
}

/// By what a share had cost when it was bought; of equals the older one counts as the dearer.
fn by_cost_per_share(one: &Lot, other: &Lot) -> Ordering {
    one.unit_cost.cmp(&other.unit_cost).then(other.acquired.cmp(&one.acquired))
}

/// Shares a sale's proceeds among its parts by quantity, rounded, the last one taking the rest; the
/// quantities add up to what was sold in the same way.
/// `shown` says what is shown of the lots, or was picked of them.
pub(crate) fn disposals(
    position: PositionKey,
    entry: &Entry,
    trade: &Trade,
    parts: Vec<Lot>,
    shown: &[(Uuid, Amount)],
) -> Vec<Disposal> {
    let total: Amount = trade.before_fee() - &trade.fee;
    let all: Amount = parts.iter().map(|part| &part.quantity).sum();
    let (mut left, mut shares_left, count) = (total.clone(), trade.quantity.clone(), parts.len());
    let of_part = |(n, part): (usize, Lot)| {
        let is_last = n + 1 == count;
        let proceeds = if is_last { left.clone() } else { share(&total, &part.quantity, &all) };
        let of_lot = || shown.iter().find(|(id, _)| *id == part.id).map(|(_, shown)| shown.clone()).unwrap();
        let quantity = if is_last { shares_left.clone() } else { of_lot() };
        left -= &proceeds;
        shares_left -= &quantity;
        Disposal {
            position,
            sale: entry.id,
            lot: part.id,
            acquired_on: part.acquired.0,
            sold_on: entry.date,
            quantity,
            proceeds,
            cost: part.cost,
            home: part.home,
        }
    };
    parts.into_iter().enumerate().map(of_part).collect()
}

impl Disposal {
    /// Held more than one year, counted from the day after the acquisition (IRS Publication 550).
    pub(crate) fn is_long_term(&self) -> bool {
        let first = self.acquired_on + Days::new(1);
        let one_year_on = (first.year() + 1, first.month(), first.day());
        (self.sold_on.year(), self.sold_on.month(), self.sold_on.day()) >= one_year_on
    }
}
