//! Numbers of shares, exact through any sequence of splits.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::arithmetic::{self, DERIVED_PLACES};
use super::plain::Plain;
use super::text::deserialize_by_text;
use super::{Quantity, SplitRatio, TooLarge, ValueError};

/// A number of shares held: 0 or more.
///
/// It is a decimal over a whole number: one for three of ten shares leaves 10 ÷ 3, and three for
/// one of these are ten again. Shown, it is rounded half to even at ten places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shares {
    amount: Decimal,
    /// 1, or what has no factor in common with the amount nor with ten.
    divisor: NonZeroU64,
}

impl Shares {
    /// Nothing.
    pub const ZERO: Self = Self::even_of(Decimal::ZERO);
    pub(super) const ONE: Self = Self::even_of(Decimal::ONE);

    const fn even_of(amount: Decimal) -> Self {
        Self { amount, divisor: NonZeroU64::MIN }
    }

    /// `amount ÷ divisor` in lowest terms.
    fn reduced(amount: Decimal, divisor: NonZeroU64) -> Result<Self, TooLarge> {
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

    fn is_even(self) -> bool {
        self.divisor == NonZeroU64::MIN
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// The number as a decimal; `None` if no decimal is exact.
    #[must_use]
    pub fn even(self) -> Option<Decimal> {
        self.is_even().then_some(self.amount)
    }

    /// The number as it is shown: exact up to ten places, else rounded half to even there.
    #[must_use]
    pub fn shown(self) -> Decimal {
        if self.is_even() && self.amount.scale() <= DERIVED_PLACES {
            return self.amount;
        }
        let divisor = Decimal::from(self.divisor.get());
        let rounded = arithmetic::mul_div(self.amount, Decimal::ONE, divisor, DERIVED_PLACES).and_then(Result::ok);
        // A quotient has no more digits before the point than what is divided.
        rounded.unwrap_or(self.amount)
    }

    /// What is shown, as a number of shares.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self::even_of(self.shown())
    }

    /// The number as it is shown, without an allocation.
    #[must_use]
    pub fn plain(self) -> Plain {
        Plain::of_decimal(self.shown())
    }

    /// The number to the last digit: `2.5`, or `10/3` where no decimal is exact.
    #[must_use]
    pub fn exact(self) -> String {
        let amount = Plain::of_decimal(self.amount);
        if self.is_even() { amount.as_str().to_owned() } else { format!("{}/{}", amount.as_str(), self.divisor) }
    }

    /// The exact sum.
    ///
    /// # Errors
    /// If the sum has more digits than a book can hold.
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        self.combined(other, arithmetic::add)
    }

    /// The exact difference.
    ///
    /// # Errors
    /// If the difference has more digits than a book can hold.
    pub fn minus(self, other: Self) -> Result<Self, TooLarge> {
        self.combined(other, arithmetic::sub)
    }

    fn combined(
        self,
        other: Self,
        combine: fn(Decimal, Decimal) -> Result<Decimal, TooLarge>,
    ) -> Result<Self, TooLarge> {
        if self.is_even() && other.is_even() {
            return combine(self.amount, other.amount).map(Self::even_of);
        }
        let common = arithmetic::common_divisor(self.divisor.get(), other.divisor);
        let (left, right) = (other.divisor.get() / common, self.divisor.get() / common);
        let amount = combine(
            arithmetic::mul(self.amount, Decimal::from(left))?,
            arithmetic::mul(other.amount, Decimal::from(right))?,
        )?;
        Self::reduced(amount, NonZeroU64::new(left).and_then(|left| self.divisor.checked_mul(left)).ok_or(TooLarge)?)
    }

    /// What the shares are after a split, exactly.
    ///
    /// # Errors
    /// If the number has more digits than a book can hold.
    pub fn split(self, ratio: SplitRatio) -> Result<Self, TooLarge> {
        if ratio == SplitRatio::NONE {
            return Ok(self);
        }
        // Reduced before they meet, so that the numbers stay as small as they can.
        let (new, old) = (ratio.new_shares(), ratio.old_shares());
        let below = arithmetic::common_divisor(new.get(), self.divisor);
        let above = arithmetic::common_factor(self.amount, old);
        let amount = arithmetic::div_exact(self.amount, above)?;
        let amount = arithmetic::mul(amount, Decimal::from(new.get() / below))?;
        let divisor = (self.divisor.get() / below).checked_mul(old.get() / above);
        Self::reduced(amount, divisor.and_then(NonZeroU64::new).ok_or(TooLarge)?)
    }

    /// How `amount ÷ self`, each share of which has become several by splits, compares to another amount
    /// over other shares.
    pub(super) fn compare_quotients(
        (amount, shares, splits): (Decimal, Self, SplitRatio),
        (other, others, other_splits): (Decimal, Self, SplitRatio),
    ) -> Ordering {
        let whole = |number: NonZeroU64| Decimal::from(number.get());
        let (left, right) = ((whole(shares.divisor), others.amount), (whole(others.divisor), shares.amount));
        if splits == other_splits {
            return arithmetic::compare_products([amount, left.0, left.1], [other, right.0, right.1]);
        }
        arithmetic::compare_products(
            [amount, left.0, left.1, whole(splits.old_shares()), whole(other_splits.new_shares())],
            [other, right.0, right.1, whole(other_splits.old_shares()), whole(splits.new_shares())],
        )
    }

    /// Whether this is to the whole as a part of an amount is to the amount, exactly.
    pub(super) fn is_proportional(self, whole: Self, part: Decimal, amount: Decimal) -> bool {
        let divisor = |shares: Self| Decimal::from(shares.divisor.get());
        arithmetic::compare_products([part, whole.amount, divisor(self)], [amount, self.amount, divisor(whole)]).is_eq()
    }

    /// This number in proportion to another.
    pub(super) fn of(self, whole: Self) -> Proportion {
        Proportion { part: self, whole }
    }
}

impl Default for Shares {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<Quantity> for Shares {
    fn from(quantity: Quantity) -> Self {
        Self::even_of(quantity.decimal())
    }
}

impl Ord for Shares {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.divisor == other.divisor {
            return self.amount.cmp(&other.amount);
        }
        arithmetic::compare_products(
            [self.amount, Decimal::from(other.divisor.get()), Decimal::ONE],
            [other.amount, Decimal::from(self.divisor.get()), Decimal::ONE],
        )
    }
}

impl PartialOrd for Shares {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Shares {
    /// As it is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.plain().as_str())
    }
}

impl FromStr for Shares {
    type Err = ValueError;

    /// Reads what [`Self::exact`] writes.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::new("number of shares", "invalid_number", text, "is not a plain decimal number");
        let (amount, divisor) = match text.split_once('/') {
            Some((amount, divisor)) => (amount, divisor.parse().map_err(|_| refuse())?),
            None => (text, NonZeroU64::MIN),
        };
        let plain = amount.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        let value = plain.then(|| Decimal::from_str_exact(amount)).and_then(Result::ok).ok_or_else(refuse)?;
        Self::reduced(value.normalize(), divisor).map_err(|TooLarge| refuse())
    }
}

impl serde::Serialize for Shares {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact())
    }
}

deserialize_by_text!(Shares);

/// One number of shares in proportion to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proportion {
    part: Shares,
    whole: Shares,
}

impl Proportion {
    /// `amount × part ÷ whole`, rounded once, half to even at ten places; `None` if the whole is 0.
    pub(super) fn times(self, amount: Decimal) -> Option<Result<Decimal, TooLarge>> {
        let Self { part, whole } = self;
        if part.divisor == whole.divisor {
            return arithmetic::mul_div(amount, part.amount, whole.amount, DERIVED_PLACES);
        }
        let factors = (whole.divisor, part.divisor);
        arithmetic::mul_div_by(amount, part.amount, whole.amount, factors, DERIVED_PLACES)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shares(text: &str) -> Shares {
        text.parse().unwrap()
    }

    fn ratio_of(new: u64, old: u64) -> SplitRatio {
        SplitRatio::new(NonZeroU64::new(new).unwrap(), NonZeroU64::new(old).unwrap())
    }

    fn ratio(text: &str) -> SplitRatio {
        text.parse::<crate::domain::SplitTerms>().unwrap().ratio().unwrap()
    }

    #[test]
    fn one_for_three_and_back_is_what_it_was() {
        let third = shares("10").split(ratio("1:3")).unwrap();
        assert_eq!((third.exact().as_str(), third.to_string().as_str()), ("10/3", "3.3333333333"));
        assert_eq!(third.split(ratio("3:1")).unwrap(), shares("10"));
        assert_eq!(third.plus(third).and_then(|it| it.plus(third)), Ok(shares("10")));
    }

    #[test]
    fn what_a_decimal_can_say_needs_no_fraction() {
        assert_eq!(shares("10").split(ratio("1:4")).unwrap().exact(), "2.5");
        assert_eq!(shares("10").split(ratio("2.5:1")).unwrap().exact(), "25");
        assert_eq!(shares("7").split(ratio("3:2")).unwrap().exact(), "10.5");
        assert_eq!(shares("20/30").exact(), "2/3");
    }

    #[test]
    fn fractions_are_compared_by_what_they_are_and_not_by_what_they_show() {
        assert!(shares("10/3") > shares("3.3333333333"));
        assert!(shares("20/3") < shares("6.6666666667"));
        assert_eq!(shares("20/3").to_string(), "6.6666666667");
        assert!(shares("1/3") < shares("1/2"));
    }

    #[test]
    fn a_number_that_no_book_holds_is_refused() {
        assert_eq!(shares("999999999999999999").split(ratio("2:1")), Err(TooLarge));
        let mut tiny = shares("1");
        let result = (0..60).try_for_each(|_| {
            tiny = tiny.split(ratio("1:3"))?;
            Ok::<(), TooLarge>(())
        });
        assert_eq!(result, Err(TooLarge));
    }

    proptest! {
        #[test]
        fn splits_and_their_contraries_leave_no_trace(
            amount in 1_i64..1_000_000_000_000, scale in 0_u32..=6,
            splits in prop::collection::vec((1_u64..=9, 1_u64..=9), 1..6),
        ) {
            let start = Shares::even_of(Decimal::new(amount, scale).normalize());
            let mut now = start;
            for (new, old) in &splits {
                now = now.split(ratio_of(*new, *old)).unwrap();
                prop_assert_eq!(now.exact().parse::<Shares>().unwrap(), now);
            }
            for (new, old) in &splits {
                now = now.split(ratio_of(*old, *new)).unwrap();
            }
            prop_assert_eq!(now, start);
        }
    }
}
