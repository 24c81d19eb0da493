//! Arithmetic with numbers read from files.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{ExchangeRate, Fee, Figure, Money, Percentage, Price, Quantity};
use crate::domain::{Shares, TooLarge, ValueError, arithmetic};

/// Decimal places that a number may have when it is entered.
const ENTERED_PLACES: u32 = 10;

impl Figure {
    /// One.
    pub const ONE: Self = Self(Decimal::ONE);
    /// A hundred: pence to the pound.
    pub const HUNDRED: Self = Self(Decimal::ONE_HUNDRED);
    /// Half a cent.
    pub const HALF_A_CENT: Self = Self(Decimal::from_parts(5, 0, 0, false, 3));

    /// `digits ÷ 10^places`.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn of_digits(digits: i128, places: u32) -> Result<Self, TooLarge> {
        if let Ok(short) = i64::try_from(digits) {
            return arithmetic::narrow_short(short, places).map(Self);
        }
        arithmetic::narrow(digits, places).map(Self)
    }

    /// Its absolute value.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The same number with the opposite sign.
    #[must_use]
    pub fn negated(self) -> Self {
        let mut decimal = self.0;
        decimal.set_sign_negative(!decimal.is_zero() && !decimal.is_sign_negative());
        Self(decimal)
    }

    /// The product: exact if it fits, otherwise rounded half to even at ten places.
    ///
    /// # Errors
    /// If the product has more digits than a book can hold.
    pub fn times(self, other: Self) -> Result<Self, TooLarge> {
        arithmetic::mul(self.0, other.0).or_else(|TooLarge| arithmetic::mul_to_fit(self.0, other.0)).map(Self)
    }

    /// The quotient, rounded half to even at ten places; `None` for a divisor of 0.
    ///
    /// # Errors
    /// If the quotient has more digits than a book can hold.
    pub fn over(self, divisor: Self) -> Option<Result<Self, TooLarge>> {
        let quotient = arithmetic::mul_div(self.0, Decimal::ONE, divisor.0, arithmetic::DERIVED_PLACES)?;
        Some(quotient.map(Self))
    }

    /// Rounded half to even at `places`.
    #[must_use]
    pub fn rounded(self, places: u32) -> Self {
        Self(self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven).normalize())
    }

    /// Half a unit of the last decimal place.
    #[must_use]
    pub fn half_a_unit(places: u32) -> Self {
        Decimal::try_new(5, places.saturating_add(1)).map_or(Self::ZERO, Self)
    }
}

macro_rules! figure_of {
    ($($name:ident),*) => {
        $(impl From<$name> for Figure {
            fn from(value: $name) -> Self {
                Self(value.0)
            }
        })*
    };
}

figure_of!(ExchangeRate, Fee, Money, Percentage, Price, Quantity);

impl From<&Shares> for Figure {
    /// The number of shares as displayed.
    fn from(shares: &Shares) -> Self {
        Self(shares.shown())
    }
}

macro_rules! entered_figure {
    ($($name:ident: $fits:expr),*) => {
        $(impl TryFrom<Figure> for $name {
            type Error = ValueError;

            /// Validates the figure as if it had been entered.
            fn try_from(figure: Figure) -> Result<Self, ValueError> {
                let fits: fn(Decimal) -> bool = $fits;
                // A figure has no more digits before the point than can be entered.
                if figure.0.scale() <= ENTERED_PLACES && fits(figure.0) {
                    return Ok(Self(figure.0));
                }
                figure.plain().as_str().parse()
            }
        })*
    };
}

entered_figure!(
    Quantity: |decimal| decimal > Decimal::ZERO,
    Price: |decimal| !decimal.is_sign_negative(),
    Fee: |decimal| !decimal.is_sign_negative(),
    ExchangeRate: |decimal| decimal > Decimal::ZERO
);

impl From<Figure> for Money {
    fn from(figure: Figure) -> Self {
        Self(figure.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(text: &str) -> Figure {
        text.parse().unwrap()
    }

    #[test]
    fn figures_are_reckoned_with_exactly_or_rounded_at_ten_places() {
        assert_eq!(f("30").times(f("82.1234")), Ok(f("2463.702")));
        assert_eq!(f("21").over(f("10.5")), Some(Ok(f("2"))));
        assert_eq!(f("10").over(f("3")), Some(Ok(f("3.3333333333"))));
        assert_eq!(f("1").over(Figure::ZERO), None);
        assert_eq!(f("366.7686462402344").rounded(10), f("366.7686462402"));
        assert_eq!((f("-0.5").abs(), f("0.5").negated(), Figure::ZERO.negated()), (f("0.5"), f("-0.5"), f("0")));
        assert_eq!([0, 2, 30].map(Figure::half_a_unit), [f("0.5"), f("0.005"), f("0")]);
        assert_eq!(Figure::of_digits(-1500, 3), Ok(f("-1.5")));
        assert_eq!(Figure::of_digits(1_000_000_000_000_000_000, 0), Err(TooLarge));
        assert_eq!(Figure::of_digits(1, 29), Err(TooLarge));
    }
}
