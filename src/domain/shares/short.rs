//! Numbers of shares that fit a decimal over a 64-bit integer.

use std::cmp::Ordering;
use std::num::NonZeroU64;

use rust_decimal::Decimal;

use crate::domain::TooLarge;
use crate::domain::arithmetic::{self, DERIVED_PLACES};
use crate::domain::fraction::Fraction;

/// A decimal over an integer, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Short {
    pub(super) amount: Decimal,
    /// 1, or coprime to the amount and to ten.
    pub(super) divisor: NonZeroU64,
}

impl Short {
    /// `amount ÷ divisor` in lowest terms.
    pub(super) fn reduced(amount: Decimal, divisor: NonZeroU64) -> Result<Self, TooLarge> {
        let common = arithmetic::common_factor(amount, divisor);
        let mut amount = arithmetic::div_exact(amount, common)?;
        let mut divisor = divisor.get() / common;
        for (factor, inverse) in [(2, Decimal::new(5, 1)), (5, Decimal::new(2, 1))] {
            while divisor != 0 && divisor.is_multiple_of(factor) {
                amount = arithmetic::mul(amount, inverse)?;
                divisor = divisor.checked_div(factor).ok_or(TooLarge)?;
            }
        }
        Ok(Self { amount, divisor: NonZeroU64::new(divisor).ok_or(TooLarge)? })
    }

    pub(super) fn is_even(self) -> bool {
        self.divisor == NonZeroU64::MIN
    }

    pub(super) fn combined(
        self,
        other: Self,
        combine: fn(Decimal, Decimal) -> Result<Decimal, TooLarge>,
    ) -> Result<Self, TooLarge> {
        if self.is_even() && other.is_even() {
            return combine(self.amount, other.amount).map(|amount| Self { amount, ..self });
        }
        let common = arithmetic::common_divisor(self.divisor.get(), other.divisor);
        let (left, right) = (other.divisor.get() / common, self.divisor.get() / common);
        let amount = combine(
            arithmetic::mul(self.amount, Decimal::from(left))?,
            arithmetic::mul(other.amount, Decimal::from(right))?,
        )?;
        Self::reduced(amount, NonZeroU64::new(left).and_then(|left| self.divisor.checked_mul(left)).ok_or(TooLarge)?)
    }

    /// The number after a split of `new` shares for `old` ones.
    pub(super) fn split(self, (new, old): (NonZeroU64, NonZeroU64)) -> Result<Self, TooLarge> {
        // Reduced before multiplying, so that the numbers stay as small as possible.
        let below = arithmetic::common_divisor(new.get(), self.divisor);
        let above = arithmetic::common_factor(self.amount, old);
        let amount = arithmetic::div_exact(self.amount, above)?;
        let amount = arithmetic::mul(amount, Decimal::from(new.get() / below))?;
        let divisor = (self.divisor.get() / below).checked_mul(old.get() / above);
        Self::reduced(amount, divisor.and_then(NonZeroU64::new).ok_or(TooLarge)?)
    }

    /// `amount × self ÷ whole`, rounded once, half to even at ten places; `None` if the whole is 0.
    pub(super) fn of(self, whole: Self, amount: Decimal) -> Option<Result<Decimal, TooLarge>> {
        if self.divisor == whole.divisor {
            return arithmetic::mul_div(amount, self.amount, whole.amount, DERIVED_PLACES);
        }
        let factors = (whole.divisor, self.divisor);
        arithmetic::mul_div_by(amount, self.amount, whole.amount, factors, DERIVED_PLACES)
    }

    pub(super) fn fraction(self) -> Fraction {
        Fraction::of_decimal(self.amount).over(&Fraction::from(self.divisor.get()))
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        if self.divisor == other.divisor {
            return self.amount.cmp(&other.amount);
        }
        arithmetic::compare_products([self.amount, whole(other.divisor)], [other.amount, whole(self.divisor)])
    }
}

pub(super) fn whole(number: NonZeroU64) -> Decimal {
    number.get().into()
}
