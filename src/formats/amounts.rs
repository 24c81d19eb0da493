//! The money of a trade: how its figures relate, and whether they add up.

use super::fault::Fault;
use super::numbers::Written;
use super::table::{AmountIs, FeeIs, RateIs};
use crate::domain::{Fee, Figure, Money, Price, Side, TooLarge, ValueError};

/// The figures of a trade's row without their signs, in the units of the file.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub(crate) side: Side,
    pub(crate) quantity: Written,
    pub(crate) price: Option<Written>,
    /// The number of price units in one unit of the currency: 1, or 100 for pence.
    pub(crate) price_units: Figure,
    /// The number of units that the rate refers to in one unit of the currency.
    pub(crate) rate_units: Figure,
    pub(crate) amount: Option<Amount>,
    /// The total before fees, from a column of its own.
    pub(crate) gross: Option<Amount>,
    pub(crate) fees: Vec<Amount>,
    pub(crate) tax: Option<Amount>,
    pub(crate) rate: Option<Written>,
}

/// An amount in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) size: Written,
    pub(crate) unit: Unit,
}

/// The unit of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// The currency of the trade.
    Trade,
    /// Hundredths of the currency of the trade.
    Hundredths,
    /// The currency of the account.
    Account,
}

/// How the figures relate to each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Relation {
    pub(crate) amount: AmountIs,
    pub(crate) fee: FeeIs,
    pub(crate) rate: RateIs,
}

/// The money of a trade, in its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settlement {
    pub(crate) price: Option<Price>,
    /// The total before fees, if the file states it in this currency.
    pub(crate) amount: Option<Money>,
    pub(crate) fee: Option<Fee>,
}

impl From<TooLarge> for Fault {
    fn from(error: TooLarge) -> Self {
        Self::new("too_large", error.to_string())
    }
}

impl Figures {
    /// Derives the settlement. If the figures do not fit with the rate in the table's direction but do with its
    /// inverse, the inverse is used.
    pub(crate) fn settle(&self, relation: Relation) -> Result<Settlement, Fault> {
        let settled = self.settle_by(relation);
        let other = match relation.rate {
            RateIs::TradePerAccount => RateIs::AccountPerTrade,
            RateIs::AccountPerTrade => RateIs::TradePerAccount,
        };
        let can_turn = self.rate.is_some() && self.price.is_some();
        match settled {
            Err(_) if can_turn => self.settle_by(Relation { rate: other, ..relation }).or(settled),
            Err(_) | Ok(_) => settled,
        }
    }

    fn settle_by(&self, relation: Relation) -> Result<Settlement, Fault> {
        let price = self.price.map(|price| quotient(price.value.abs(), self.price_units)).transpose()?;
        let quantity = self.quantity.value.abs();
        let product = price.map(|price| quantity.times(price)).transpose()?;
        let rate = Rate { written: self.rate, way: relation.rate, units: self.rate_units };
        let mut fee = Figure::ZERO;
        for part in &self.fees {
            fee = fee.plus(rate.of(*part)?)?;
        }
        let tax = self.tax.map_or(Ok(Figure::ZERO), |tax| rate.of(tax))?;
        if let Some(gross) = self.gross {
            let amount = rate.of(gross)?;
            self.check(price, product, amount, self.tolerance(price, &rate, amount, &[gross])?)?;
            return Self::settlement(price, Some(amount), Some(fee), gross.unit);
        }
        let Some(stated) = self.amount else { return Self::settlement(price, None, Some(fee), Unit::Trade) };
        let amount = rate.of(stated)?;
        let mut figures = self.fees.clone();
        figures.push(stated);
        let tolerance = self.tolerance(price, &rate, amount, &figures)?;
        let is_implied = match relation.fee {
            FeeIs::Implied | FeeIs::ImpliedButForRounding => true,
            FeeIs::Told | FeeIs::ToldButForCents => false,
        };
        if let (true, Some(product)) = (is_implied, product) {
            let (amount, fee) = self.implied(relation.fee, product, amount, tolerance)?;
            return Self::settlement(price, Some(amount), Some(fee), stated.unit);
        }
        let costs = match relation.amount {
            AmountIs::Gross => Figure::ZERO,
            AmountIs::Net => fee,
            AmountIs::NetAfterTaxes => fee.plus(tax)?,
        };
        let gross = match self.side {
            Side::Buy => amount.minus(costs)?,
            Side::Sell => Self::proceeds(stated, product, (amount, costs))?,
        };
        if let (FeeIs::ToldButForCents, Side::Sell, Some(product)) = (relation.fee, self.side, product) {
            let short = product.minus(gross)?;
            // Exchanges take less than 0.003 % of a sale.
            let most = product.times(Figure::of_digits(5, 5)?)?.max(Figure::of_digits(5, 2)?);
            if short > tolerance && short <= most {
                let (gross, cents) = self.implied(relation.fee, product, gross, tolerance)?;
                return Self::settlement(price, Some(gross), Some(fee.plus(cents)?), stated.unit);
            }
        }
        self.check(price, product, gross, tolerance)?;
        Self::settlement(price, Some(gross), Some(fee), stated.unit)
    }

    /// The proceeds of a sale before its costs. Most files write cash in brackets or with a sign of their
    /// own, so a negative amount means that the costs exceed the proceeds only if that is closer to quantity
    /// times price.
    fn proceeds(
        stated: Amount,
        product: Option<Figure>,
        (amount, costs): (Figure, Figure),
    ) -> Result<Figure, TooLarge> {
        let received = amount.plus(costs)?;
        let Some(product) = product.filter(|_| stated.size.value.is_negative()) else { return Ok(received) };
        let paid = costs.minus(amount)?;
        let is_nearer = product.minus(paid)?.abs() < product.minus(received)?.abs();
        Ok(if is_nearer && !paid.is_negative() { paid } else { received })
    }

    /// The settlement of these figures. A converted amount is not exact, so the price is kept instead.
    fn settlement(
        price: Option<Figure>,
        amount: Option<Figure>,
        fee: Option<Figure>,
        unit: Unit,
    ) -> Result<Settlement, Fault> {
        let amount = amount.filter(|_| unit != Unit::Account || price.is_none());
        Ok(Settlement {
            price: price.map(Price::try_from).transpose()?,
            amount: amount.map(entered).transpose()?,
            fee: fee.map(|fee| fee.rounded(10).try_into()).transpose()?,
        })
    }

    /// The amount before fees and the fee, if the fee is the difference between the cash and quantity times
    /// price. A discount within the tolerance is rounding, and so is a charge if the table says so.
    fn implied(&self, fee: FeeIs, product: Figure, cash: Figure, tolerance: Figure) -> Result<(Figure, Figure), Fault> {
        let difference = match self.side {
            Side::Buy => cash.minus(product)?,
            Side::Sell => product.minus(cash)?,
        };
        let is_half_a_cent = difference.abs() < Figure::HALF_A_CENT;
        let can_be_rounding = difference.is_negative() || fee == FeeIs::ImpliedButForRounding;
        if is_half_a_cent || (can_be_rounding && difference.abs() <= tolerance) {
            return Ok((cash, Figure::ZERO));
        }
        let most = product.times(Figure::of_digits(10, 0)?)?;
        if difference.is_negative() || difference > most {
            return Err(self.mismatch(product, cash));
        }
        let gross = product.rounded(2);
        let fee = match self.side {
            Side::Buy => cash.minus(gross)?,
            Side::Sell => gross.minus(cash)?,
        };
        Ok((gross, fee))
    }

    fn check(
        &self,
        price: Option<Figure>,
        product: Option<Figure>,
        gross: Figure,
        tolerance: Figure,
    ) -> Result<(), Fault> {
        let (Some(_), Some(product)) = (price, product) else { return Ok(()) };
        if product.minus(gross)?.abs() <= tolerance { Ok(()) } else { Err(self.mismatch(product, gross)) }
    }

    fn mismatch(&self, product: Figure, amount: Figure) -> Fault {
        let price = self.price.map_or(Figure::ZERO, |price| price.value.abs());
        let units = if self.price_units == Figure::ONE { String::new() } else { format!(" / {}", self.price_units) };
        let quantity = self.quantity.value.abs();
        let message = format!(
            "{quantity} x {price}{units} is {}, but the amount before fees is {}",
            product.rounded(4),
            amount.rounded(4)
        );
        Fault::new("amount_mismatch", message).with_hint(
            "one of quantity, price, amount and fee is wrong in this row, or they are in two units (pounds and \
             pence) or in two currencies",
        )
    }

    /// The tolerance between the amount and quantity times price: quantity times half a unit of the price's last place
    /// (at most half a cent), price times half a unit of a fractional quantity's last place, half a cent, and the
    /// value of half a cent for every converted figure.
    fn tolerance(
        &self,
        price: Option<Figure>,
        rate: &Rate,
        amount: Figure,
        figures: &[Amount],
    ) -> Result<Figure, TooLarge> {
        let price_step = self.price.map_or(Figure::ZERO, |price| Figure::half_a_unit(price.places));
        let price_step = quotient(price_step.min(Figure::HALF_A_CENT), self.price_units)?;
        let mut sum = self.quantity.value.abs().times(price_step)?.plus(Figure::HALF_A_CENT)?;
        if self.quantity.places > 0 && self.quantity.value.rounded(0) != self.quantity.value {
            let step = Figure::half_a_unit(self.quantity.places);
            sum = sum.plus(price.unwrap_or(Figure::ZERO).times(step)?)?;
        }
        let cent = Written { value: Figure::HALF_A_CENT, places: 3, mark: None };
        for figure in figures.iter().filter(|figure| figure.unit == Unit::Account) {
            sum = sum.plus(rate.of(Amount { size: cent, ..*figure })?)?;
        }
        let converted = figures.iter().any(|figure| figure.unit == Unit::Account);
        if let Some(written) = self.rate.filter(|rate| converted && rate.places > 0) {
            let part = amount.abs().times(Figure::half_a_unit(written.places))?;
            sum = sum.plus(part.over(written.value.abs()).unwrap_or(Ok(Figure::ZERO))?)?;
        }
        Ok(sum)
    }
}

/// The amount as a value of the domain.
fn entered(amount: Figure) -> Result<Money, ValueError> {
    Price::try_from(amount).map(Money::from).or_else(|_| Money::entered(amount.plain().as_str()))
}

fn quotient(value: Figure, units: Figure) -> Result<Figure, TooLarge> {
    if units == Figure::ONE { Ok(value) } else { value.over(units).unwrap_or(Ok(value)) }
}

/// The rate of a row.
pub(crate) struct Rate {
    pub(crate) written: Option<Written>,
    pub(crate) way: RateIs,
    /// The number of units that the rate refers to in one unit of the currency.
    pub(crate) units: Figure,
}

impl Rate {
    /// The size of an amount in the currency of the trade.
    pub(crate) fn of(&self, amount: Amount) -> Result<Figure, TooLarge> {
        let size = amount.size.value.abs();
        match (amount.unit, self.written.map(|rate| rate.value.abs())) {
            (Unit::Trade, _) | (Unit::Account, None) => Ok(size),
            (Unit::Hundredths, _) => quotient(size, Figure::HUNDRED),
            (Unit::Account, Some(rate)) => match self.way {
                RateIs::TradePerAccount => quotient(size.times(rate)?, self.units),
                RateIs::AccountPerTrade => quotient(size.over(rate).unwrap_or(Ok(size))?, self.units),
            },
        }
    }
}

#[cfg(test)]
mod tests;
