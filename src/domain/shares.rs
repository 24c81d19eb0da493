//! Numbers of shares, exact through any sequence of splits.

mod short;

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use num_bigint::{BigInt, Sign};
use rust_decimal::Decimal;

use super::arithmetic::{self, DERIVED_PLACES};
use super::fraction::Fraction;
use super::plain::Plain;
use super::text::deserialize_by_text;
use super::{Figure, Quantity, SplitRatio, TooLarge, ValueError};
use short::{Short, whole};

/// A number of shares held: 0 or more, exact.
///
/// A reverse split of 1:3 turns ten shares into 10 ÷ 3, and a split of 3:1 turns these into ten again. The
/// number is displayed rounded half to even at ten places.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shares(Count);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Count {
    /// A decimal over an integer. Nearly every number of shares is one.
    Short(Short),
    /// Any other fraction.
    Long(Box<Fraction>),
}

impl Shares {
    /// Zero.
    pub const ZERO: Self = Self::of_decimal(Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self::of_decimal(Decimal::ONE);

    /// How many bits a term of a fraction may have after a split; a longer one is rounded.
    const LONGEST: u64 = 1 << 12;
    /// How many digits a term may have when parsed: enough for a sum of such fractions.
    const LONGEST_TEXT: usize = 1 << 14;

    const fn of_decimal(amount: Decimal) -> Self {
        Self(Count::Short(Short { amount, divisor: NonZeroU64::MIN }))
    }

    /// The number with the value of a fraction.
    fn of(fraction: Fraction) -> Result<Self, TooLarge> {
        // A number that cannot be shown is too large.
        fraction.rounded(DERIVED_PLACES)?;
        let short = fraction.as_decimal().and_then(|(amount, divisor)| Some((amount, NonZeroU64::new(divisor)?)));
        Ok(Self(match short {
            Some((amount, divisor)) => Count::Short(Short { amount, divisor }),
            None => Count::Long(Box::new(fraction)),
        }))
    }

    /// The number as a fraction.
    pub(super) fn fraction(&self) -> Fraction {
        match &self.0 {
            Count::Short(short) => short.fraction(),
            Count::Long(fraction) => Fraction::clone(fraction),
        }
    }

    fn short(&self) -> Option<Short> {
        match self.0 {
            Count::Short(short) => Some(short),
            Count::Long(_) => None,
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.short().is_some_and(|short| short.amount.is_zero())
    }

    /// The number as a decimal; `None` if no decimal is exact.
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        self.short().filter(|short| short.is_even()).map(|short| short.amount)
    }

    /// Whether the number as displayed is exact.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.as_decimal().is_some_and(|amount| amount.scale() <= DERIVED_PLACES)
    }

    /// The number as displayed: rounded half to even at ten places.
    #[must_use]
    pub fn shown(&self) -> Decimal {
        let rounded = match &self.0 {
            Count::Short(short) if short.is_even() && short.amount.scale() <= DERIVED_PLACES => return short.amount,
            Count::Short(Short { amount, divisor }) => {
                let rounded = arithmetic::mul_div(*amount, Decimal::ONE, Decimal::from(divisor.get()), DERIVED_PLACES);
                // A quotient has no more digits before the point than its dividend.
                rounded.and_then(Result::ok).or(Some(*amount))
            }
            Count::Long(fraction) => fraction.rounded(DERIVED_PLACES).ok(),
        };
        // A number that cannot be shown was refused before.
        rounded.unwrap_or_default()
    }

    /// The fractional part.
    #[must_use]
    pub fn fractional_part(&self) -> Self {
        if let Some(amount) = self.as_decimal() {
            return Self::of_decimal(amount.fract().normalize());
        }
        // The fractional part is less than 1, which is not too large.
        Self::of(self.fraction().fractional_part()).unwrap_or_default()
    }

    /// The number rounded as it is displayed.
    #[must_use]
    pub fn rounded(&self) -> Self {
        Self::of_decimal(self.shown())
    }

    /// The number as displayed, without an allocation.
    #[must_use]
    pub fn plain(&self) -> Plain {
        Plain::of_decimal(self.shown())
    }

    /// The exact number: `2.5`, or `10/3` if no decimal is exact.
    #[must_use]
    pub fn exact(&self) -> String {
        match &self.0 {
            Count::Short(short) => {
                let amount = Plain::of_decimal(short.amount);
                if short.is_even() {
                    amount.as_str().to_owned()
                } else {
                    format!("{}/{}", amount.as_str(), short.divisor)
                }
            }
            Count::Long(fraction) => fraction.to_string(),
        }
    }

    /// The exact sum.
    ///
    /// # Errors
    /// If the sum has more digits before the point than a book can hold.
    pub fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        self.combined(other, arithmetic::add, Fraction::plus)
    }

    /// The exact difference.
    ///
    /// # Errors
    /// If the difference has more digits before the point than a book can hold.
    pub fn minus(&self, other: &Self) -> Result<Self, TooLarge> {
        self.combined(other, arithmetic::sub, Fraction::minus)
    }

    fn combined(
        &self,
        other: &Self,
        combine: fn(Decimal, Decimal) -> Result<Decimal, TooLarge>,
        combine_long: fn(&Fraction, &Fraction) -> Fraction,
    ) -> Result<Self, TooLarge> {
        if let (Count::Short(left), Count::Short(right)) = (&self.0, &other.0)
            && let Ok(short) = left.combined(*right, combine)
        {
            return Ok(Self(Count::Short(short)));
        }
        Self::of(combine_long(&self.fraction(), &other.fraction()))
    }

    /// The exact number of shares after a split. A number that has grown to thousands of digits, longer
    /// than real splits make it, is rounded half to even at ten places.
    ///
    /// # Errors
    /// If the number has more digits before the point than a book can hold.
    pub fn split(&self, ratio: &SplitRatio) -> Result<Self, TooLarge> {
        if *ratio == SplitRatio::NONE {
            return Ok(self.clone());
        }
        if let (Count::Short(short), Some(terms)) = (&self.0, ratio.short())
            && let Ok(short) = short.split(terms)
        {
            return Ok(Self(Count::Short(short)));
        }
        let split = self.fraction().times(&ratio.fraction());
        if split.length() > Self::LONGEST {
            return split.rounded(DERIVED_PLACES).map(Self::of_decimal);
        }
        Self::of(split)
    }

    /// Compares `amount ÷ (shares × splits)` to another such quotient.
    pub(super) fn compare_quotients(
        (amount, shares, splits): (Decimal, &Self, &SplitRatio),
        (other, others, other_splits): (Decimal, &Self, &SplitRatio),
    ) -> Ordering {
        if let (Some(shares), Some(others)) = (shares.short(), others.short()) {
            let (left, right) = ((whole(shares.divisor), others.amount), (whole(others.divisor), shares.amount));
            if splits == other_splits {
                return arithmetic::compare_products([amount, left.0, left.1], [other, right.0, right.1]);
            }
            if let (Some((new, old)), Some((other_new, other_old))) = (splits.short(), other_splits.short()) {
                return arithmetic::compare_products(
                    [amount, left.0, left.1, whole(old), whole(other_new)],
                    [other, right.0, right.1, whole(other_old), whole(new)],
                );
            }
        }
        let below = |shares: &Self, splits: &SplitRatio| shares.fraction().times(&splits.fraction());
        let left = Fraction::of_decimal(amount).times(&below(others, other_splits));
        left.cmp(&Fraction::of_decimal(other).times(&below(shares, splits)))
    }

    /// Whether self ÷ whole is exactly part ÷ amount.
    pub(super) fn is_proportional(&self, whole: &Self, part: Decimal, amount: Decimal) -> bool {
        Self::compare_quotients((part, self, &SplitRatio::NONE), (amount, whole, &SplitRatio::NONE)).is_eq()
    }

    /// `amount × self ÷ whole`, rounded once, half to even at ten places; `None` if the whole is 0.
    pub(super) fn part_of(&self, whole: &Self, amount: Decimal) -> Option<Result<Decimal, TooLarge>> {
        if whole.is_zero() {
            return None;
        }
        if let (Some(part), Some(whole)) = (self.short(), whole.short())
            && let Some(Ok(result)) = part.of(whole, amount)
        {
            return Some(Ok(result));
        }
        let proportion = self.fraction().over(&whole.fraction());
        Some(Fraction::of_decimal(amount).times(&proportion).rounded(DERIVED_PLACES))
    }

    /// Their value at a price from before these splits, rounded once, half to even at ten places.
    pub(super) fn value(&self, price: Decimal, splits: &SplitRatio) -> Result<Decimal, TooLarge> {
        if let (Some(Short { amount, divisor }), Some((new, old))) = (self.short(), splits.short())
            && let Some(Ok(result)) = arithmetic::mul_div_by(price, amount, whole(divisor), (old, new), DERIVED_PLACES)
        {
            return Ok(result);
        }
        let value = Fraction::of_decimal(price).times(&self.fraction()).over(&splits.fraction());
        value.rounded(DERIVED_PLACES)
    }
}

impl Default for Shares {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<Quantity> for Shares {
    fn from(quantity: Quantity) -> Self {
        Self::of_decimal(quantity.decimal())
    }
}

impl Ord for Shares {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.short(), other.short()) {
            (Some(left), Some(right)) => left.compare(right),
            _ => self.fraction().cmp(&other.fraction()),
        }
    }
}

impl PartialOrd for Shares {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Shares {
    /// Rounded half to even at ten places.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.plain().as_str())
    }
}

impl FromStr for Shares {
    type Err = ValueError;

    /// Parses what [`Self::exact`] returns.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::new("number of shares", "invalid_number", text, "is not a plain decimal number");
        let (amount, divisor) = text.split_once('/').unwrap_or((text, "1"));
        let is_plain = |term: &str| {
            term.len() < Self::LONGEST_TEXT && term.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
        };
        if !is_plain(amount) || !is_plain(divisor) {
            return Err(refuse());
        }
        if let (Ok(amount), Ok(divisor)) = (amount.parse::<Figure>(), divisor.parse())
            && let Ok(short) = Short::reduced(amount.decimal(), divisor)
        {
            return Ok(Self(Count::Short(short)));
        }
        let amount: BigInt = amount.parse().map_err(|_| refuse())?;
        let divisor: BigInt = divisor.parse().map_err(|_| refuse())?;
        if divisor.sign() != Sign::Plus {
            return Err(refuse());
        }
        Self::of(Fraction::new(amount, divisor)).map_err(|TooLarge| refuse())
    }
}

impl serde::Serialize for Shares {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact())
    }
}

deserialize_by_text!(Shares);

#[cfg(test)]
mod tests;
