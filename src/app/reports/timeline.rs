//! What was held on any day, with its cost and value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::costs_in::{Cost, follow};
use super::price_age::PriceAge;
use super::read_model::{ReadModel, StockEntries};
use super::report_currency::ReportCurrency;
use crate::app::AppError;
use crate::domain::{
    Currency, Day, Entry, Money, PortfolioFilter, PortfolioId, PortfolioName, Position, PositionTotals, PriceHistory,
    Shares, StockId, Symbol, TooLarge,
};

/// Positions over time, by stock and portfolio.
pub(super) struct Timeline<'m> {
    money: &'m ReportCurrency<'m>,
    positions: BTreeMap<(Symbol, PortfolioName), PositionOverTime>,
}

/// A position over time.
struct PositionOverTime {
    currency: Currency,
    prices: Arc<PriceHistory>,
    /// Its states, each from a day on, by day.
    states: Vec<State>,
}

/// The state of a position at the end of a day, and until the next one.
struct State {
    since: Day,
    shares: Shares,
    cost_basis: Money,
    /// The cost in the currency of the report, if there is one.
    cost: Option<Cost>,
}

/// The cost and value of something that was held on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// The cost of the shares held.
    pub(super) cost_basis: Money,
    /// Their value at the latest prices on or before the day; `None` if unknown.
    pub(super) market_value: Option<Money>,
}

impl Held {
    /// Nothing.
    pub(super) const NOTHING: Self = Self { cost_basis: Money::ZERO, market_value: Some(Money::ZERO) };

    fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let market_value = self.market_value.zip(other.market_value).map(|(one, other)| one.plus(other)).transpose()?;
        Ok(Self { cost_basis: self.cost_basis.plus(other.cost_basis)?, market_value })
    }
}

impl<'m> Timeline<'m> {
    /// Collects the positions of one stock or of all in some portfolios, in the currencies of the stocks or
    /// in one.
    ///
    /// # Errors
    /// If there is no such stock, or if the book cannot be read.
    pub(super) fn gather(
        model: ReadModel<'_>,
        symbol: Option<&Symbol>,
        portfolios: &PortfolioFilter,
        money: &'m ReportCurrency<'m>,
    ) -> Result<Self, AppError> {
        let mut positions = BTreeMap::new();
        for stock in model.stocks(symbol)? {
            let entries = model.entries(&stock, portfolios)?;
            let is_wanted = entries.asked_for();
            let prices = Arc::new(model.price_history(&stock, Vec::new())?);
            let mut over_time: BTreeMap<PortfolioId, (PortfolioName, Vec<State>)> = BTreeMap::new();
            watched(entries, stock.id(), money, &mut |entry, position, cost| {
                let key = position.key();
                if is_wanted(key) {
                    let of = over_time.entry(key.portfolio_id);
                    let (_, states) = of.or_insert_with(|| (key.portfolio.clone(), Vec::new()));
                    let PositionTotals { quantity, cost_basis, .. } = position.totals().clone();
                    note(states, State { since: entry.date, shares: quantity, cost_basis, cost });
                }
            })?;
            let (symbol, currency) = (stock.profile().symbol.clone(), stock.profile().currency);
            for (name, states) in over_time.into_values() {
                let position = PositionOverTime { currency, prices: Arc::clone(&prices), states };
                positions.insert((symbol.clone(), name), position);
            }
        }
        Ok(Self { money, positions })
    }

    /// The first day on which anything was held.
    pub(super) fn first_day(&self) -> Option<Day> {
        self.positions.values().filter_map(|position| position.states.first()).map(|state| state.since).min()
    }

    /// The currencies of all positions.
    pub(super) fn currencies(&self) -> Vec<Currency> {
        let of = |position: &PositionOverTime| self.money.of(position.currency);
        let mut currencies: Vec<Currency> = self.positions.values().map(of).collect();
        currencies.sort_unstable();
        currencies.dedup();
        currencies
    }

    /// What was held in one currency at the end of each of some days, which must be in order, without some
    /// stocks.
    ///
    /// # Errors
    /// If a sum has more digits than a book can hold, or if the book cannot be read.
    pub(super) fn in_currency(
        &self,
        currency: Currency,
        days: &[Day],
        left_out: &BTreeSet<Symbol>,
    ) -> Result<Vec<Held>, AppError> {
        let mut sums = vec![Held::NOTHING; days.len()];
        for (_, position) in self.of_currency(currency).filter(|((symbol, _), _)| !left_out.contains(symbol)) {
            for (sum, (day, state)) in sums.iter_mut().zip(position.on_each(days)) {
                *sum = sum.plus(self.held(position, state, day)?)?;
            }
        }
        Ok(sums)
    }

    fn of_currency(&self, currency: Currency) -> impl Iterator<Item = (&(Symbol, PortfolioName), &PositionOverTime)> {
        self.positions.iter().filter(move |(_, position)| self.money.of(position.currency) == currency)
    }

    /// The stocks of a currency that were held on some of these days and had no known value on any of
    /// them; empty if that is true of all.
    pub(super) fn never_valued(&self, currency: Currency, days: &[Day]) -> BTreeSet<Symbol> {
        let mut valued: BTreeMap<&Symbol, bool> = BTreeMap::new();
        for ((symbol, _), position) in self.of_currency(currency) {
            let mut held = position.on_each(days).filter(|(_, state)| state.is_some_and(|it| !it.shares.is_zero()));
            if let Some((day, state)) = held.next() {
                let is_valued = |(day, state)| position.is_valued(state, day);
                *valued.entry(symbol).or_default() |= is_valued((day, state)) || held.any(is_valued);
            }
        }
        let never: BTreeSet<Symbol> =
            valued.iter().filter(|(_, is_valued)| !**is_valued).map(|(symbol, _)| (*symbol).clone()).collect();
        if never.len() < valued.len() { never } else { BTreeSet::new() }
    }

    fn sum<'p>(&self, positions: impl Iterator<Item = &'p PositionOverTime>, day: Day) -> Result<Held, AppError> {
        let mut sum = Held::NOTHING;
        for position in positions {
            sum = sum.plus(self.held(position, position.on(day), day)?)?;
        }
        Ok(sum)
    }

    /// A position at the end of a day: its cost, and its value at the rate of the day.
    fn held(&self, position: &PositionOverTime, state: Option<&State>, day: Day) -> Result<Held, AppError> {
        let Some(state) = state else { return Ok(Held::NOTHING) };
        let market_value = position.prices.market_value(&state.shares, day);
        let Some((rates, cost)) = self.money.rates().zip(state.cost.as_ref()) else {
            return Ok(Held { cost_basis: state.cost_basis, market_value });
        };
        let cost_basis = cost.known(position.currency, rates).rounded()?;
        let market_value = market_value.map(|value| self.money.on(value, position.currency, day)).transpose()?;
        Ok(Held { cost_basis, market_value })
    }

    /// The stocks of a currency, without some, that were held at the end of some of these days without a
    /// known value; sorted by the first of these days, then by symbol.
    pub(super) fn unpriced(&self, currency: Currency, days: &[Day], left_out: &BTreeSet<Symbol>) -> Vec<Symbol> {
        let mut unpriced = Vec::new();
        for ((symbol, _), position) in self.of_currency(currency).filter(|((it, _), _)| !left_out.contains(it)) {
            let first = position.on_each(days).find(|(day, state)| !position.is_valued(*state, *day));
            unpriced.extend(first.map(|(day, _)| (day, symbol)));
        }
        unpriced.sort_unstable();
        let mut known = BTreeSet::new();
        unpriced.into_iter().filter(|(_, symbol)| known.insert(*symbol)).map(|(_, symbol)| symbol.clone()).collect()
    }

    /// The stocks of a currency, without some, that are held at the end of a day, with the ages of their
    /// prices.
    pub(super) fn price_ages(
        &self,
        currency: Currency,
        day: Day,
        left_out: &BTreeSet<Symbol>,
    ) -> Vec<(Symbol, PriceAge)> {
        let held = self.of_currency(currency).filter(|((symbol, _), _)| !left_out.contains(symbol));
        let age = |((symbol, _), position): (&(Symbol, PortfolioName), &PositionOverTime)| {
            let state = position.on(day).filter(|state| !state.shares.is_zero())?;
            let date = position.prices.quote(day)?.recorded.date;
            Some((symbol.clone(), PriceAge::of_price(date, Some(state.since), day)))
        };
        held.filter_map(age).collect()
    }

    /// What was held of a stock at the end of a day, in all portfolios.
    ///
    /// # Errors
    /// As [`Self::in_currency`].
    pub(super) fn of_stock(&self, symbol: &Symbol, day: Day) -> Result<Held, AppError> {
        let of_stock = self.positions.iter().filter(|((of, _), _)| of == symbol);
        self.sum(of_stock.map(|(_, position)| position), day)
    }

    /// What was held of a stock in a portfolio at the end of a day.
    ///
    /// # Errors
    /// As [`Self::in_currency`].
    pub(super) fn of_position(&self, symbol: &Symbol, portfolio: &PortfolioName, day: Day) -> Result<Held, AppError> {
        self.sum(self.positions.get(&(symbol.clone(), portfolio.clone())).into_iter(), day)
    }
}

/// Follows the positions of a stock entry by entry, with their cost in the currency of the report.
fn watched(
    entries: StockEntries,
    stock: StockId,
    money: &ReportCurrency<'_>,
    watch: &mut dyn FnMut(&Entry, &Position, Option<Cost>),
) -> Result<(), AppError> {
    let is_of_stock = |position: &&Position| position.key().stock_id == stock;
    match money.rates() {
        None => {
            entries.positions_watched(&mut |entry, all| {
                all.iter().filter(is_of_stock).for_each(|position| watch(entry, position, None));
            })?;
        }
        Some(rates) => {
            follow(entries, rates, &mut |entry, all, costs| {
                let mut watch = |position: &Position| watch(entry, position, Some(costs.held(position.key())));
                all.iter().filter(is_of_stock).for_each(&mut watch);
            })?;
        }
    }
    Ok(())
}

/// Adds the state of a position after an entry, if it changed.
fn note(states: &mut Vec<State>, now: State) {
    match states.last_mut() {
        Some(last) if last.shares == now.shares && last.cost_basis == now.cost_basis => {}
        Some(last) if last.since == now.since => *last = now,
        None if now.shares.is_zero() => {}
        Some(_) | None => states.push(now),
    }
}

impl PositionOverTime {
    /// The state at the end of a day; `None` if nothing was held.
    fn on(&self, day: Day) -> Option<&State> {
        let past = self.states.partition_point(|state| state.since <= day);
        past.checked_sub(1).and_then(|at| self.states.get(at))
    }

    /// The states at the end of each of some days, which must be in order.
    fn on_each<'d>(&'d self, days: &'d [Day]) -> impl Iterator<Item = (Day, Option<&'d State>)> {
        let (mut now, mut later) = (None, self.states.iter().peekable());
        days.iter().map(move |day| {
            while let Some(state) = later.next_if(|state| state.since <= *day) {
                now = Some(state);
            }
            (*day, now)
        })
    }

    fn is_valued(&self, state: Option<&State>, day: Day) -> bool {
        state.is_none_or(|state| self.prices.market_value(&state.shares, day).is_some())
    }
}
