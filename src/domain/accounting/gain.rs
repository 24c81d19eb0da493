//! Totals of realized gains.

use super::Term;
use crate::domain::{Disposal, Money, Shares, TooLarge};

/// The totals of disposals in one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GainTotals {
    /// Shares sold, as counted on the days of their sales.
    pub quantity: Shares,
    /// Proceeds, net of the sales' fees.
    pub proceeds: Money,
    /// What the shares had cost.
    pub cost_basis: Money,
    /// Proceeds less cost basis.
    pub gain: Money,
    /// The part of the gain on shares that were held for one year or less.
    pub short_term_gain: Money,
    /// The part of the gain on shares that were held for more than one year.
    pub long_term_gain: Money,
}

impl GainTotals {
    /// The totals of one disposal.
    #[must_use]
    pub fn of(disposal: &Disposal) -> Self {
        let (short_term_gain, long_term_gain) = match disposal.term() {
            Term::Short => (disposal.gain, Money::ZERO),
            Term::Long => (Money::ZERO, disposal.gain),
        };
        let Disposal { quantity, proceeds, cost_basis, gain, .. } = disposal.clone();
        Self { quantity, proceeds, cost_basis, gain, short_term_gain, long_term_gain }
    }

    /// The totals of several disposals.
    ///
    /// # Errors
    /// If a sum has more digits than a book can hold.
    pub fn sum<'d>(disposals: impl IntoIterator<Item = &'d Disposal>) -> Result<Self, TooLarge> {
        let mut disposals = disposals.into_iter().map(Self::of);
        let first = disposals.next().unwrap_or_default();
        disposals.try_fold(first, |sum, disposal| sum.plus(&disposal))
    }

    /// The sum of two totals.
    ///
    /// # Errors
    /// If a sum has more digits than a book can hold.
    pub fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        Ok(Self {
            quantity: self.quantity.plus(&other.quantity)?,
            proceeds: self.proceeds.plus(other.proceeds)?,
            cost_basis: self.cost_basis.plus(other.cost_basis)?,
            gain: self.gain.plus(other.gain)?,
            short_term_gain: self.short_term_gain.plus(other.short_term_gain)?,
            long_term_gain: self.long_term_gain.plus(other.long_term_gain)?,
        })
    }

    /// The difference of these totals and others that are included in them.
    ///
    /// # Errors
    /// If a difference has more digits than a book can hold.
    pub fn minus(&self, other: &Self) -> Result<Self, TooLarge> {
        Ok(Self {
            quantity: self.quantity.minus(&other.quantity)?,
            proceeds: self.proceeds.minus(other.proceeds)?,
            cost_basis: self.cost_basis.minus(other.cost_basis)?,
            gain: self.gain.minus(other.gain)?,
            short_term_gain: self.short_term_gain.minus(other.short_term_gain)?,
            long_term_gain: self.long_term_gain.minus(other.long_term_gain)?,
        })
    }
}
