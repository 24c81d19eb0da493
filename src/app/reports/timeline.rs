//! What was held on any day: its cost and its value.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::read_model::ReadModel;
use crate::app::AppError;
use crate::domain::{
    Currency, Day, Money, Portfolio, PortfolioId, PortfolioName, PriceHistory, Shares, Symbol, TooLarge,
};

/// Positions over time, by stock and portfolio.
pub(super) struct Timeline {
    positions: BTreeMap<(Symbol, PortfolioName), PositionOverTime>,
}

/// A position over time.
struct PositionOverTime {
    currency: Currency,
    prices: Arc<PriceHistory>,
    /// How it stood from a day on, by day.
    states: Vec<State>,
}

/// How a position stood at the end of a day, and until the next one.
struct State {
    since: Day,
    shares: Shares,
    cost_basis: Money,
}

/// What something that was held on a day had cost, and was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    /// The cost of the shares held.
    pub(super) cost_basis: Money,
    /// Their value at the latest prices up to the day; `None` if it is not known.
    pub(super) market_value: Option<Money>,
}

impl Held {
    const NOTHING: Self = Self { cost_basis: Money::ZERO, market_value: Some(Money::ZERO) };

    fn plus(self, other: Self) -> Result<Self, TooLarge> {
        let market_value = self.market_value.zip(other.market_value).map(|(one, other)| one.plus(other)).transpose()?;
        Ok(Self { cost_basis: self.cost_basis.plus(other.cost_basis)?, market_value })
    }
}

impl Timeline {
    /// That of a stock, or of all, in one portfolio or in all.
    ///
    /// # Errors
    /// If there is no such stock, or if the book cannot be read.
    pub(super) fn gather(
        model: ReadModel<'_>,
        symbol: Option<&Symbol>,
        portfolio: Option<&Portfolio>,
    ) -> Result<Self, AppError> {
        let mut positions = BTreeMap::new();
        for stock in model.stocks(symbol)? {
            let entries = model.entries(&stock, portfolio)?;
            let is_wanted = entries.asked_for();
            let prices = Arc::new(model.price_history(&stock, Vec::new())?);
            let mut over_time: BTreeMap<PortfolioId, (PortfolioName, Vec<State>)> = BTreeMap::new();
            entries.positions_watched(&mut |entry, all| {
                for position in all.iter().filter(|position| position.key().stock_id == stock.id()) {
                    let key = position.key();
                    if is_wanted(key) {
                        let of = over_time.entry(key.portfolio_id);
                        let (_, states) = of.or_insert_with(|| (key.portfolio.clone(), Vec::new()));
                        let totals = position.totals();
                        note(states, entry.date, &totals.quantity, totals.cost_basis);
                    }
                }
            })?;
            let (symbol, currency) = (stock.profile().symbol.clone(), stock.profile().currency);
            for (name, states) in over_time.into_values() {
                let position = PositionOverTime { currency, prices: Arc::clone(&prices), states };
                positions.insert((symbol.clone(), name), position);
            }
        }
        Ok(Self { positions })
    }

    /// The first day on which anything was held.
    pub(super) fn first_day(&self) -> Option<Day> {
        self.positions.values().filter_map(|position| position.states.first()).map(|state| state.since).min()
    }

    /// The currencies of all positions.
    pub(super) fn currencies(&self) -> Vec<Currency> {
        let mut currencies: Vec<Currency> = self.positions.values().map(|position| position.currency).collect();
        currencies.sort_unstable();
        currencies.dedup();
        currencies
    }

    /// What was held in one currency at the end of a day.
    ///
    /// # Errors
    /// If a sum has more digits than a book can hold.
    pub(super) fn in_currency(&self, currency: Currency, day: Day) -> Result<Held, TooLarge> {
        let positions = self.positions.values().filter(|position| position.currency == currency);
        positions.map(|position| position.on(day)).try_fold(Held::NOTHING, Held::plus)
    }

    /// The stocks of a currency that were held at the end of a day and whose value is not known.
    pub(super) fn unpriced(&self, currency: Currency, day: Day) -> impl Iterator<Item = &Symbol> {
        let of_currency = self.positions.iter().filter(move |(_, position)| position.currency == currency);
        of_currency.filter(move |(_, position)| position.on(day).market_value.is_none()).map(|((symbol, _), _)| symbol)
    }

    /// What was held of a stock at the end of a day, in all portfolios.
    ///
    /// # Errors
    /// As [`Self::in_currency`].
    pub(super) fn of_stock(&self, symbol: &Symbol, day: Day) -> Result<Held, TooLarge> {
        let of_stock = self.positions.iter().filter(|((of, _), _)| of == symbol);
        of_stock.map(|(_, position)| position.on(day)).try_fold(Held::NOTHING, Held::plus)
    }

    /// What was held of a stock in a portfolio at the end of a day.
    pub(super) fn of_position(&self, symbol: &Symbol, portfolio: &PortfolioName, day: Day) -> Held {
        let position = self.positions.get(&(symbol.clone(), portfolio.clone()));
        position.map_or(Held::NOTHING, |position| position.on(day))
    }
}

/// Takes note of how a position stands after an entry, if that is another way.
fn note(states: &mut Vec<State>, since: Day, shares: &Shares, cost_basis: Money) {
    match states.last_mut() {
        Some(last) if last.shares == *shares && last.cost_basis == cost_basis => {}
        Some(last) if last.since == since => (last.shares, last.cost_basis) = (shares.clone(), cost_basis),
        None if shares.is_zero() => {}
        Some(_) | None => states.push(State { since, shares: shares.clone(), cost_basis }),
    }
}

impl PositionOverTime {
    fn on(&self, day: Day) -> Held {
        let past = self.states.partition_point(|state| state.since <= day);
        let Some(state) = past.checked_sub(1).and_then(|at| self.states.get(at)) else { return Held::NOTHING };
        Held { cost_basis: state.cost_basis, market_value: self.prices.market_value(&state.shares, day) }
    }
}
