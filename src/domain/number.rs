//! Numbers with a meaning. A bare decimal says neither what it counts nor which values are valid.

mod figure;
mod of_shares;
mod reading;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::arithmetic;
use super::fraction::Fraction;
use super::plain::Plain;
use super::text::deserialize_by_text;
use super::{TooLarge, ValueError};
use reading::{NumberKind, Zero};

/// Decimal places of a percentage.
const PERCENTAGE_PLACES: u32 = 6;

macro_rules! entered {
    ($(#[$doc:meta])* $name:ident, $what:literal, $code:literal, $zero:ident) => {
        $(#[$doc])*
        ///
        /// At most 18 digits before the point and 10 after it, read in plain notation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                NumberKind { what: $what, code: $code, zero: Zero::$zero }.read(text).map(Self)
            }
        }

        number!($name);
    };
}

macro_rules! number {
    ($name:ident) => {
        impl $name {
            /// The number itself.
            #[must_use]
            pub fn decimal(self) -> Decimal {
                self.0
            }

            /// The number as displayed, without an allocation.
            #[must_use]
            pub fn plain(self) -> Plain {
                Plain::of_decimal(self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.plain().as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.plain().as_str())
            }
        }

        deserialize_by_text!($name);
    };
}

entered!(
    /// A number of shares that change hands: greater than 0.
    Quantity, "quantity", "invalid_quantity", Refused
);
entered!(
    /// A price per share, in the stock's currency: 0 or more.
    Price, "price", "invalid_price", Allowed
);
entered!(
    /// The value of one unit of a currency in another: greater than 0.
    ExchangeRate, "rate", "invalid_rate", Refused
);
entered!(
    /// A fee, in the stock's currency: 0 or more.
    Fee, "fee", "invalid_fee", Allowed
);

impl Fee {
    /// No fee.
    pub const ZERO: Self = Self(Decimal::ZERO);
}

macro_rules! derived {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// Whether it is 0.
            #[must_use]
            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            /// Whether it is less than 0.
            #[must_use]
            pub fn is_negative(self) -> bool {
                self < Self::ZERO
            }

            /// The exact sum.
            ///
            /// # Errors
            /// If the sum has more digits than a book can hold.
            pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
                arithmetic::add(self.0, other.0).map(Self)
            }

            /// The exact difference.
            ///
            /// # Errors
            /// If the difference has more digits than a book can hold.
            pub fn minus(self, other: Self) -> Result<Self, TooLarge> {
                arithmetic::sub(self.0, other.0).map(Self)
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            /// Parses what [`fmt::Display`] writes.
            fn from_str(text: &str) -> Result<Self, ValueError> {
                if let Some(value) = reading::short_of_either_sign(text) {
                    return Ok(Self(value));
                }
                let refuse = || ValueError::new($what, "invalid_number", text, "is not a plain decimal number");
                let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
                let value = plain.then(|| Decimal::from_str_exact(text)).and_then(Result::ok);
                value.map(|value| Self(value.normalize())).ok_or_else(refuse)
            }
        }

        number!($name);
    };
}

derived!(
    /// An amount of money, of either sign, in the currency of its position or row.
    ///
    /// A position has one currency, its stock's, and totals are kept by currency, so that amounts in two
    /// currencies are never added.
    Money, "amount"
);
derived!(
    /// A percentage of either sign, rounded half to even at six places.
    Percentage, "percentage"
);
derived!(
    /// A number of either sign, read from a file before it is known what it counts.
    ///
    /// Its arithmetic derives figures from others of different kinds, or checks them: a price from an amount
    /// and a quantity, an amount from a rate. The result is converted, and thereby validated, to a
    /// [`Quantity`], a [`Price`], a [`Fee`] or [`Money`].
    Figure, "number"
);

impl Money {
    /// The same amount with the opposite sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(Figure(self.0).negated().0)
    }

    /// Whether two amounts differ by at most half a cent.
    #[must_use]
    pub fn is_near(self, other: Self) -> bool {
        self.minus(other).is_ok_and(|difference| difference.0.abs() <= Decimal::new(5, 3))
    }
}

impl From<Price> for Money {
    /// An amount that was entered like a price.
    fn from(price: Price) -> Self {
        Self(price.0)
    }
}

impl From<Fee> for Money {
    fn from(fee: Fee) -> Self {
        Self(fee.0)
    }
}

impl Money {
    /// Parses an amount that a user enters: 0 or more, in plain notation.
    ///
    /// # Errors
    /// If the text is not such a number.
    pub fn entered(text: &str) -> Result<Self, ValueError> {
        NumberKind { what: "amount", code: "invalid_amount", zero: Zero::Allowed }.read(text).map(Self)
    }

    /// A part of this amount, rounded half to even at ten places.
    pub(super) fn part(self, part: &Fraction) -> Result<Self, TooLarge> {
        Fraction::of_decimal(self.0).times(part).rounded(arithmetic::DERIVED_PLACES).map(Self)
    }

    /// This amount in percent of `base`; `None` if `base` is 0.
    ///
    /// # Errors
    /// If the result has more digits than a book can hold.
    pub fn percentage_of(self, base: Self) -> Option<Result<Percentage, TooLarge>> {
        let ratio = arithmetic::mul_div(self.0, Decimal::ONE_HUNDRED, base.0, PERCENTAGE_PLACES)?;
        Some(ratio.map(Percentage))
    }
}

impl ExchangeRate {
    /// The change from an old rate to this one.
    #[must_use]
    pub fn change_from(self, old: Self) -> Option<Percentage> {
        Price(self.0).change_from(Price(old.0))
    }
}

impl Price {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The exact amount for a quantity at this price.
    ///
    /// # Errors
    /// If the amount has more digits than a book can hold.
    pub fn times(self, quantity: Quantity) -> Result<Money, TooLarge> {
        arithmetic::mul(self.0, quantity.0).map(Money)
    }

    /// The change from `old` to this price, in percent of `old`; `None` if `old` is 0.
    #[must_use]
    pub fn change_from(self, old: Self) -> Option<Percentage> {
        let change = Money(self.0).minus(Money(old.0)).ok()?;
        change.percentage_of(Money(old.0))?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_in_percent_of_the_old_price() {
        let price = |text: &str| text.parse::<Price>().unwrap();
        assert_eq!(price("120").change_from(price("90")).unwrap().to_string(), "33.333333");
        assert_eq!(price("0").change_from(price("90")).unwrap().to_string(), "-100");
        assert_eq!(price("120").change_from(price("0")), None);
    }

    #[test]
    fn an_amount_read_back_is_the_amount_written() {
        for text in ["-12.5", "0", "0.00000000000000000001"] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), text);
        }
    }
}
