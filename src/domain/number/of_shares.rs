//! Amounts and prices per number of shares.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Money, Price, Quantity};
use crate::domain::arithmetic::DERIVED_PLACES;
use crate::domain::{Shares, SplitRatio, TooLarge, arithmetic};

impl Quantity {
    /// A number of shares as a quantity, rounded half to even at ten places; `None` if the result is 0.
    #[must_use]
    pub fn shown(shares: &Shares) -> Option<Self> {
        let shown = shares.shown();
        (shown > Decimal::ZERO).then_some(Self(shown))
    }

    /// The quantity of a sale of all these shares: the number as displayed or, if less than that can show is
    /// left, the smallest number that can be written; `None` for no shares.
    #[must_use]
    pub fn of_all(shares: &Shares) -> Option<Self> {
        let least = || (!shares.is_zero()).then_some(Self(Decimal::from_parts(1, 0, 0, false, DERIVED_PLACES)));
        Self::shown(shares).or_else(least)
    }
}

impl Money {
    /// `part` ÷ `whole` of this amount, rounded half to even at ten places; all of it if `whole` is 0.
    ///
    /// # Errors
    /// If the result has more digits than a book can hold.
    pub fn share(self, part: &Shares, whole: &Shares) -> Result<Self, TooLarge> {
        match part.part_of(whole, self.0) {
            Some(share) => share.map(Self),
            None => Ok(self),
        }
    }

    /// Splits this amount among lots in proportion to their shares, each part rounded half to even at
    /// ten places; the last one gets the rest.
    pub(in crate::domain) fn shared(self, lots: &[Shares]) -> Result<Vec<Self>, TooLarge> {
        let whole = lots.iter().try_fold(Shares::ZERO, |sum, part| sum.plus(part))?;
        let mut left = self;
        let mut parts = Vec::with_capacity(lots.len());
        for (n, shares) in lots.iter().enumerate() {
            let part = if n.saturating_add(1) == lots.len() { left } else { self.share(shares, &whole)? };
            left = left.minus(part)?;
            parts.push(part);
        }
        Ok(parts)
    }

    /// Whether this is exactly `part` ÷ `whole` of an amount.
    #[must_use]
    pub fn is_share(self, amount: Self, part: &Shares, whole: &Shares) -> bool {
        let is_of_one_sign = self.0.is_zero() || self.is_negative() == amount.is_negative();
        is_of_one_sign && part.is_proportional(whole, self.0.abs(), amount.0.abs())
    }

    /// Compares the cost per share of one lot to that of another, adjusted for the splits that each has
    /// seen.
    pub(in crate::domain) fn compare_per_share(
        (cost, shares, splits): (Self, &Shares, &SplitRatio),
        (other, others, other_splits): (Self, &Shares, &SplitRatio),
    ) -> Ordering {
        Shares::compare_quotients((cost.0, shares, splits), (other.0, others, other_splits))
    }

    /// This amount per share, rounded half to even at ten places; `None` for no shares.
    ///
    /// # Errors
    /// If the result has more digits than a book can hold.
    pub fn per_share(self, shares: &Shares) -> Option<Result<Self, TooLarge>> {
        Some(Shares::ONE.part_of(shares, self.0)?.map(Self))
    }
}

impl Price {
    /// The price per share for an amount, rounded half to even at ten places.
    ///
    /// # Errors
    /// If the result has more digits than a book can hold.
    pub fn of_amount(amount: Money, quantity: Quantity) -> Result<Self, TooLarge> {
        amount.per_share(&quantity.into()).unwrap_or(Err(TooLarge)).map(|price| Self(price.0))
    }

    /// This price of a day before splits, converted to shares after them, rounded half to even at ten
    /// places.
    ///
    /// # Errors
    /// If the result has more digits than a book can hold.
    pub fn adjusted(self, splits: &SplitRatio) -> Result<Self, TooLarge> {
        if *splits == SplitRatio::NONE {
            return Ok(self);
        }
        Shares::ONE.value(self.0, splits).map(Self)
    }

    /// The value of shares at this price, which is of a day before these splits: exact if it fits, otherwise
    /// rounded half to even at ten places.
    ///
    /// # Errors
    /// If the value has more than 18 digits before the point.
    pub fn value(self, shares: &Shares, splits: &SplitRatio) -> Result<Money, TooLarge> {
        if let (true, Some(shares)) = (*splits == SplitRatio::NONE, shares.as_decimal()) {
            return arithmetic::mul_to_fit(self.0, shares).map(Money);
        }
        shares.value(self.0, splits).map(Money)
    }
}
