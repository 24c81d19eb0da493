//! What conversions and returns of capital pay for lots.

use super::Holding;
use crate::domain::{ConversionTerms, Lot, Money, Price, Shares, SplitRatio, TooLarge};

/// A lot for which something is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidLot {
    /// The lot, at its own cost or, under average cost, at its part of the pool's cost.
    pub lot: Lot,
    /// The cash for it.
    pub cash: Money,
    /// The new shares for it; zero if there are none.
    pub shares: Shares,
    /// The value of the new shares; zero if it was not given.
    pub value: Money,
}

impl PaidLot {
    /// What an exchange pays for each lot of a holding.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub fn by_exchange(holding: &Holding, terms: &ConversionTerms) -> Result<Vec<Self>, TooLarge> {
        let lots = holding.priced(&holding.lots.iter().cloned().collect::<Vec<_>>())?;
        let ratio = terms.ratio.ratio();
        let shares = lots.iter().map(|lot| lot.quantity.split(&ratio)).collect::<Result<Vec<_>, _>>()?;
        Self::for_lots(lots, shares, terms)
    }

    /// What an exchange pays for lots, given the new shares that each yields.
    pub(super) fn for_lots(
        lots: Vec<Lot>,
        shares: Vec<Shares>,
        terms: &ConversionTerms,
    ) -> Result<Vec<Self>, TooLarge> {
        let old: Vec<Shares> = lots.iter().map(|lot| lot.quantity.clone()).collect();
        let cash = shared_amount(terms.cash, &old)?;
        let values = shared_amount(terms.new_value, &shares)?;
        let paid = lots.into_iter().zip(shares).zip(cash.into_iter().zip(values));
        Ok(paid.map(|((lot, shares), (cash, value))| Self { lot, cash, shares, value }).collect())
    }

    /// What a return of capital pays for each lot of a holding.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub fn by_return(holding: &Holding, amount: Money) -> Result<Vec<Self>, TooLarge> {
        let lots: Vec<Lot> = holding.lots.iter().cloned().collect();
        let shares: Vec<Shares> = lots.iter().map(|lot| lot.quantity.clone()).collect();
        let of_lots = holding.priced(&lots)?.into_iter().zip(amount.shared(&shares)?);
        Ok(of_lots.map(|(lot, cash)| Self { lot, cash, shares: Shares::ZERO, value: Money::ZERO }).collect())
    }
}

/// A price per share times the sum of some numbers of shares, divided among them in proportion; the last one
/// gets the rest.
fn shared_amount(price: Option<Price>, shares: &[Shares]) -> Result<Vec<Money>, TooLarge> {
    let sum = shares.iter().try_fold(Shares::ZERO, |sum, part| sum.plus(part))?;
    let amount = price.map_or(Ok(Money::ZERO), |price| price.value(&sum, &SplitRatio::NONE))?;
    amount.shared(shares)
}
