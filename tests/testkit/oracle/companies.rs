//! The effects of corporate actions on shares and their cost.

use num_bigint::BigInt;
use num_traits::{Pow as _, Zero as _};

use super::amount::{Amount, decimal, rounded, share};
use super::entry::{Action, Consideration, Conversion, Entry, Method, PortfolioNumber, Rule, Terms, Trade};
use super::ledger::{Disposal, Ledger, Lot, Position, PositionKey, Shortfall, disposals};
use super::order::BEFORE_TRADES;

impl Ledger {
    /// Converts the lots of a stock into shares of another, portfolio by portfolio.
    pub(crate) fn convert(&mut self, entry: &Entry, place: usize, methods: &[Method]) -> Result<(), Shortfall> {
        let Action::Convert(conversion) = &entry.action else { return Ok(()) };
        let rate = self.rates.get(&entry.id).cloned();
        let is_covered = |portfolio: &PortfolioNumber| conversion.only.is_none_or(|only| only == *portfolio);
        for portfolio in (0..methods.len()).filter(is_covered) {
            let key = (portfolio, entry.symbol);
            let Some(position) = self.positions.get_mut(&key).filter(|position| !position.lots.is_empty()) else {
                continue;
            };
            let (given, realized) = match &conversion.terms {
                Terms::CostShare(percent) => {
                    (position.spin_off(conversion, &(percent / decimal(100, 0)), methods[portfolio]), Vec::new())
                }
                Terms::Values { new, old } => {
                    // What the new shares are worth of all that is held after it.
                    let (new, old) = (new * &conversion.new, old * &conversion.old);
                    let part = &new / (&new + &old);
                    (position.spin_off(conversion, &part, methods[portfolio]), Vec::new())
                }
                Terms::Exchange { .. } => {
                    position.exchange(key, (entry, rate.as_ref()), conversion, methods[portfolio])
                }
            };
            position.realized += realized.iter().map(|part| &part.proceeds - &part.cost).sum::<Amount>();
            self.disposals.extend(realized);
            let came: Amount = given.iter().map(|lot| &lot.quantity).sum();
            let new_key = (portfolio, conversion.new_symbol);
            for lot in as_bought((entry, rate.as_ref()), place, conversion, given) {
                self.position(portfolio, conversion.new_symbol).add(lot);
            }
            if let Some(paid) = &conversion.in_lieu {
                self.pay_fraction(new_key, entry, (&came.fract(), paid), methods[portfolio])?;
            }
        }
        Ok(())
    }

    /// Sells the fraction of the new shares for the amount paid.
    fn pay_fraction(
        &mut self,
        (portfolio, symbol): PositionKey,
        entry: &Entry,
        (fraction, paid): (&Amount, &Amount),
        method: Method,
    ) -> Result<(), Shortfall> {
        let quantity = rounded(fraction);
        if quantity.is_zero() {
            return Err(Shortfall);
        }
        let position = self.position(portfolio, symbol);
        let shown = position.shown();
        let parts = position.take_exactly(fraction.clone(), method);
        let trade = Trade { quantity, consideration: Consideration::InAll(paid.clone()), fee: Amount::zero() };
        let realized = disposals((portfolio, symbol), entry, &trade, parts, &shown);
        position.realized += realized.iter().map(|part| &part.proceeds - &part.cost).sum::<Amount>();
        self.disposals.extend(realized);
        Ok(())
    }

    /// Lowers the cost of shares, and realizes what exceeds it.
    pub(crate) fn return_capital(
        &mut self,
        entry: &Entry,
        (portfolio, amount): (PortfolioNumber, &Amount),
        method: Method,
    ) -> Result<(), Shortfall> {
        let (key, rate) = ((portfolio, entry.symbol), self.rates.get(&entry.id).cloned());
        let position = self.position(portfolio, entry.symbol);
        let (costs, held, amounts) = (position.priced(method), position.held(), position.shared(amount));
        if held.is_zero() {
            return Err(Shortfall);
        }
        let mut realized = Vec::new();
        for ((lot, cost), of_lot) in position.lots.iter_mut().zip(costs).zip(amounts) {
            let beyond = (&of_lot - &cost).max(Amount::zero());
            let paid_back = &of_lot - &beyond;
            position.cost -= &paid_back;
            position.home -= at(rate.as_ref(), &paid_back);
            lot.home -= at(rate.as_ref(), &paid_back);
            lot.cost = (&lot.cost - &of_lot).max(Amount::zero());
            lot.unit_cost = (&lot.unit_cost - amount / &held).max(Amount::zero());
            if !beyond.is_zero() {
                realized.push(on_lot(key, entry, lot, (Amount::zero(), beyond, Amount::zero())));
            }
        }
        position.realized += realized.iter().map(|part| &part.proceeds).sum::<Amount>();
        self.disposals.extend(realized);
        Ok(())
    }

    /// Raises the cost of shares.
    pub(crate) fn add_cost(
        &mut self,
        entry: &Entry,
        (portfolio, amount): (PortfolioNumber, &Amount),
    ) -> Result<(), Shortfall> {
        let rate = self.rates.get(&entry.id).cloned();
        let position = self.position(portfolio, entry.symbol);
        let (held, amounts) = (position.held(), position.shared(amount));
        if held.is_zero() {
            return Err(Shortfall);
        }
        for (lot, of_lot) in position.lots.iter_mut().zip(amounts) {
            lot.home += at(rate.as_ref(), &of_lot);
            lot.cost += of_lot;
            // What had cost nothing costs what it was made to.
            lot.unit_cost =
                if lot.unit_cost.is_zero() { &lot.cost / &lot.quantity } else { &lot.unit_cost + amount / &held };
        }
        position.cost += amount;
        position.home += at(rate.as_ref(), amount);
        Ok(())
    }
}

impl Position {
    /// The old lots stay, with what is left of their cost.
    fn spin_off(&mut self, conversion: &Conversion, carried: &Amount, method: Method) -> Vec<Lot> {
        let ratio = &conversion.new / &conversion.old;
        let mut given = Vec::new();
        let (costs, whole) = (self.priced(method), (self.cost.clone(), self.home.clone()));
        for (lot, of_lot) in self.lots.iter_mut().zip(costs) {
            let cost = rounded(&(&of_lot * carried));
            let home = moved(method, &whole, (&of_lot, &lot.home), &cost);
            self.cost -= &cost;
            self.home -= &home;
            lot.cost -= rounded(&(&lot.cost * carried));
            lot.home -= &home;
            let (quantity, unit_cost) = (&lot.quantity * &ratio, &lot.unit_cost * carried / &ratio);
            lot.unit_cost = &lot.unit_cost * (decimal(1, 0) - carried);
            given.push(Lot { quantity, cost, home, unit_cost, ..lot.clone() });
        }
        given
    }

    /// The old lots leave: what they realize, and the new lots.
    fn exchange(
        &mut self,
        key: PositionKey,
        (entry, rate): (&Entry, Option<&Amount>),
        conversion: &Conversion,
        method: Method,
    ) -> (Vec<Lot>, Vec<Disposal>) {
        let Terms::Exchange { rule, cash, value, .. } = &conversion.terms else { panic!("a spin-off") };
        let (ratio, held) = (&conversion.new / &conversion.old, self.held());
        let nothing = Amount::zero();
        let (cash, value) = (cash.as_ref().unwrap_or(&nothing), value.as_ref().unwrap_or(&nothing));
        let in_cash = self.shared(&worth(cash, &held));
        let in_shares = self.shared(&worth(value, &(&held * &ratio)));
        let (costs, shown, whole) = (self.priced(method), self.shown(), (self.cost.clone(), self.home.clone()));
        let (mut given, mut realized) = (Vec::new(), Vec::new());
        for ((((lot, cost), cash_of_lot), value_of_lot), (_, shown)) in
            self.lots.iter().zip(costs).zip(in_cash).zip(in_shares).zip(shown)
        {
            // What is sold of the cost, and what is left of it; for how much, and how many shares of it.
            let (quantity, sold, left, proceeds) = match rule {
                Rule::CarryOver => (None, nothing.clone(), cost.clone(), nothing.clone()),
                Rule::Boot => {
                    let gain = &cash_of_lot + &value_of_lot - &cost;
                    let recognized = gain.max(nothing.clone()).min(cash_of_lot.clone());
                    let left = &cost - &cash_of_lot + recognized;
                    (Some(nothing.clone()), &cost - &left, left, cash_of_lot)
                }
                Rule::Part => {
                    let together = cash + value * &ratio;
                    let part = if together.is_zero() { nothing.clone() } else { cash / together };
                    let sold = rounded(&(&cost * part));
                    (Some(nothing.clone()), sold.clone(), &cost - sold, cash_of_lot)
                }
                Rule::Taxable => (Some(shown), cost.clone(), value_of_lot.clone(), cash_of_lot + value_of_lot),
            };
            // What it cost at home: what is sold takes its part of that, new shares that were bought cost their value.
            let home_sold = moved(method, &whole, (&cost, &lot.home), &sold);
            let home = match rule {
                Rule::Taxable => at(rate, &left),
                Rule::CarryOver | Rule::Boot | Rule::Part => {
                    let of_lot = match method {
                        Method::Average if whole.0.is_zero() => &whole.1 * &lot.quantity / &held,
                        Method::Average => moved(method, &whole, (&cost, &lot.home), &cost),
                        Method::Fifo | Method::Lifo | Method::Hifo => lot.home.clone(),
                    };
                    of_lot - &home_sold
                }
            };
            let new = &lot.quantity * &ratio;
            let unit_cost = if *rule == Rule::CarryOver { &lot.unit_cost / &ratio } else { &left / &new };
            given.push(Lot { quantity: new, cost: left, home, unit_cost, ..lot.clone() });
            let sold = |quantity| Disposal { home: home_sold, ..on_lot(key, entry, lot, (quantity, proceeds, sold)) };
            realized.extend(quantity.map(sold));
        }
        self.lots.clear();
        (self.cost, self.home) = (Amount::zero(), Amount::zero());
        (given, realized)
    }

    /// An amount divided among the lots by their shares, rounded; the last one gets the rest.
    fn shared(&self, amount: &Amount) -> Vec<Amount> {
        let (held, mut left) = (self.held(), amount.clone());
        let of_lot = |(n, lot): (usize, &Lot)| {
            let part = if n + 1 == self.lots.len() { left.clone() } else { share(amount, &lot.quantity, &held) };
            left -= &part;
            part
        };
        self.lots.iter().enumerate().map(of_lot).collect()
    }
}

/// If the new shares are bought on the day, one lot of that day with their cost and what was paid.
fn as_bought(
    (entry, rate): (&Entry, Option<&Amount>),
    place: usize,
    conversion: &Conversion,
    given: Vec<Lot>,
) -> Vec<Lot> {
    let Terms::Exchange { rule, pay, .. } = &conversion.terms else { return given };
    if pay.is_none() && *rule != Rule::Taxable {
        return given;
    }
    let quantity: Amount = given.iter().map(|lot| &lot.quantity).sum();
    let paid = pay.as_ref().map_or_else(Amount::zero, |pay| worth(pay, &quantity));
    let home = given.iter().map(|lot| &lot.home).sum::<Amount>() + at(rate, &paid);
    let cost = given.iter().map(|lot| &lot.cost).sum::<Amount>() + paid;
    let (acquired, unit_cost) = ((entry.date, BEFORE_TRADES, place), &cost / &quantity);
    vec![Lot { id: entry.id, acquired, quantity, cost, home, unit_cost }]
}

/// An amount in the currency of a report, at the rate of an entry.
fn at(rate: Option<&Amount>, amount: &Amount) -> Amount {
    rate.map_or_else(Amount::zero, |rate| amount * rate)
}

/// What moves in the currency of a report: as much as moves of the cost of the lot, or of the pool.
fn moved(method: Method, pool: &(Amount, Amount), lot: (&Amount, &Amount), part: &Amount) -> Amount {
    let (cost, home) = match method {
        Method::Average => (&pool.0, &pool.1),
        Method::Fifo | Method::Lifo | Method::Hifo => lot,
    };
    if cost.is_zero() { Amount::zero() } else { home * part / cost }
}

fn on_lot(
    position: PositionKey,
    entry: &Entry,
    lot: &Lot,
    (quantity, proceeds, cost): (Amount, Amount, Amount),
) -> Disposal {
    let (sale, lot, acquired_on) = (entry.id, lot.id, lot.acquired.0);
    Disposal { position, sale, lot, acquired_on, sold_on: entry.date, quantity, proceeds, cost, home: Amount::zero() }
}

/// What shares are worth at a price: exactly where a decimal of 96 bits is, else rounded.
fn worth(price: &Amount, shares: &Amount) -> Amount {
    let is_decimal = |amount: &Amount| {
        let ten = |places: u32| BigInt::from(10).pow(places);
        (0..=28_u32).any(|places| {
            let scaled = amount * ten(places);
            scaled.is_integer() && scaled.numer().bits() <= 96
        })
    };
    let value = price * shares;
    if is_decimal(shares) && is_decimal(&value) { value } else { rounded(&value) }
}
