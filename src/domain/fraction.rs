//! Fractions of integers of any length.
#![expect(clippy::arithmetic_side_effects, reason = "whole numbers of any length never overflow; no divisor is 0")]

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};
use rust_decimal::Decimal;

use super::TooLarge;
use super::arithmetic::narrow;

/// A fraction, in lowest terms unless it is longer than any that real splits produce.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Fraction {
    numerator: BigInt,
    /// Greater than 0.
    denominator: BigInt,
}

impl Fraction {
    /// Only terms of up to this many bits are reduced, because the time that takes grows with their square.
    const REDUCED: u64 = 3 << 12;

    /// `numerator ÷ denominator`; 0 for a denominator of 0, which no caller passes.
    pub(super) fn new(numerator: BigInt, denominator: BigInt) -> Self {
        let (numerator, denominator) = match denominator.sign() {
            Sign::Minus => (-numerator, -denominator),
            Sign::NoSign | Sign::Plus => (numerator, denominator),
        };
        if [&numerator, &denominator].iter().any(|term| term.sign() == Sign::NoSign) {
            return Self::from(0);
        }
        if numerator.bits().max(denominator.bits()) > Self::REDUCED {
            return Self { numerator, denominator };
        }
        let common = common_divisor(&numerator, &denominator);
        Self { numerator: numerator / &common, denominator: denominator / common }
    }

    pub(super) fn of_decimal(value: Decimal) -> Self {
        Self::new(value.mantissa().into(), power_of_ten(value.scale()))
    }

    pub(super) fn numerator(&self) -> &BigInt {
        &self.numerator
    }

    pub(super) fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// The number of bits of the longer term.
    pub(super) fn length(&self) -> u64 {
        self.numerator.bits().max(self.denominator.bits())
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator + &other.numerator * &self.denominator;
        Self::new(numerator, &self.denominator * &other.denominator)
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator - &other.numerator * &self.denominator;
        Self::new(numerator, &self.denominator * &other.denominator)
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        Self::new(&self.numerator * &other.numerator, &self.denominator * &other.denominator)
    }

    /// The product of many fractions.
    pub(super) fn product<'f>(factors: impl Iterator<Item = &'f Self>) -> Self {
        let times = |(above, below), factor: &Self| (above * &factor.numerator, below * &factor.denominator);
        let (above, below) = factors.fold((BigInt::from(1), BigInt::from(1)), times);
        Self::new(above, below)
    }

    /// The quotient; 0 for a divisor of 0, which no caller passes.
    pub(super) fn over(&self, other: &Self) -> Self {
        Self::new(&self.numerator * &other.denominator, &self.denominator * &other.numerator)
    }

    /// The fractional part of a number that is not negative.
    pub(super) fn fractional_part(&self) -> Self {
        Self { numerator: &self.numerator % &self.denominator, denominator: self.denominator.clone() }
    }

    /// Rounded half to even at `places`.
    ///
    /// # Errors
    /// If the result has more digits than a book can hold.
    pub(super) fn rounded(&self, places: u32) -> Result<Decimal, TooLarge> {
        let scaled = &self.numerator * power_of_ten(places);
        let (quotient, rest) = (&scaled / &self.denominator, &scaled % &self.denominator);
        let twice = rest.magnitude() * 2_u32;
        let away = match twice.cmp(self.denominator.magnitude()) {
            Ordering::Less => false,
            Ordering::Equal => quotient.bit(0),
            Ordering::Greater => true,
        };
        let step = match (away, self.numerator.sign()) {
            (false, _) | (true, Sign::NoSign) => 0,
            (true, Sign::Plus) => 1,
            (true, Sign::Minus) => -1,
        };
        narrow(i128::try_from(quotient + step).map_err(|_| TooLarge)?, places)
    }

    /// As a decimal over an integer that is coprime to ten, if both are short enough.
    pub(super) fn as_decimal(&self) -> Option<(Decimal, u64)> {
        /// The most places that a decimal has.
        const PLACES: u32 = 28;
        let mut rest = self.denominator.clone();
        let [twos, fives] = [2_u32, 5].map(|factor| {
            let mut count = 0_u32;
            while count <= PLACES && &rest % factor == BigInt::ZERO {
                rest /= factor;
                count = count.saturating_add(1);
            }
            count
        });
        let divisor = u64::try_from(&rest).ok()?;
        let scale = Some(twos.max(fives)).filter(|scale| *scale <= PLACES)?;
        let mantissa = &self.numerator * power_of_ten(scale) * rest / &self.denominator;
        Some((narrow(i128::try_from(mantissa).ok()?, scale).ok()?, divisor))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<u64> for Fraction {
    fn from(number: u64) -> Self {
        Self { numerator: number.into(), denominator: BigInt::from(1) }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// The largest number that divides both; 1 if both are 0.
fn common_divisor(one: &BigInt, other: &BigInt) -> BigInt {
    let (mut common, mut rest) = (one.magnitude().clone(), other.magnitude().clone());
    while rest.bits() > 0 {
        let smaller = &common % &rest;
        (common, rest) = (rest, smaller);
    }
    if common.bits() == 0 { BigInt::from(1) } else { common.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator.into(), denominator.into())
    }

    #[test]
    fn a_fraction_is_rounded_once_half_to_even() {
        for (numerator, denominator, rounded) in
            [(1, 4, "0.2"), (3, 4, "0.8"), (-3, 4, "-0.8"), (2, 3, "0.7"), (-1, 3, "-0.3"), (5, 1, "5"), (0, 7, "0")]
        {
            assert_eq!(fraction(numerator, denominator).rounded(1).unwrap().to_string(), rounded);
        }
        assert_eq!(fraction(i64::MAX, 1).rounded(0), Err(TooLarge)); // 9.2 × 10^18
    }

    #[test]
    fn what_a_decimal_over_a_short_number_can_say_is_said_so() {
        assert_eq!(fraction(7, 40).as_decimal(), Some(("0.175".parse().unwrap(), 1)));
        assert_eq!(fraction(14, 120).as_decimal(), Some(("0.35".parse().unwrap(), 3))); // 7 ÷ 60
        // 28 places are the most that a decimal has.
        assert_eq!(Fraction::new(1.into(), power_of_ten(28)).as_decimal(), Some((Decimal::new(1, 28), 1)));
        assert_eq!(Fraction::new(1.into(), power_of_ten(29)).as_decimal(), None);
        assert_eq!(Fraction::new(1.into(), BigInt::from(3).pow(41)).as_decimal(), None);
    }

    #[test]
    fn fractions_are_reduced_and_have_their_sign_above() {
        assert_eq!(fraction(6, -4).to_string(), "-3/2");
        assert_eq!(fraction(1, 3).plus(&fraction(1, 6)), fraction(1, 2));
        assert_eq!(fraction(1, 3).minus(&fraction(1, 3)), fraction(0, 1));
        assert_eq!(fraction(2, 3).over(&fraction(4, 9)), fraction(3, 2));
        assert!(fraction(1, 3) < fraction(1, 2));
    }
}
