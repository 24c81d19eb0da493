//! Numbers without limits: fractions of whole numbers of any length.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{Pow as _, Signed as _, Zero as _};

pub(crate) type Amount = BigRational;

/// Decimal places at which figures are rounded where they must be.
const PLACES: u32 = 10;

/// `mantissa ÷ 10^places`.
pub(crate) fn decimal(mantissa: i64, places: u32) -> Amount {
    Amount::new(mantissa.into(), BigInt::from(10).pow(places))
}

/// A number in plain notation.
pub(crate) fn read(text: &str) -> Amount {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mantissa: BigInt = format!("{whole}{fraction}").parse().unwrap_or_else(|_| panic!("not a number: {text}"));
    Amount::new(mantissa, BigInt::from(10).pow(u32::try_from(fraction.len()).unwrap()))
}

/// Rounded half to even at ten places.
pub(crate) fn rounded(amount: &Amount) -> Amount {
    let unit = BigInt::from(10).pow(PLACES);
    let scaled = amount * &unit;
    let (floor, rest) = scaled.numer().div_mod_floor(scaled.denom());
    let is_up = match (&rest + &rest).cmp(scaled.denom()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => floor.is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    Amount::new(if is_up { floor + 1 } else { floor }, unit)
}

/// In plain notation, with all of its digits and no needless zero.
pub(crate) fn plain(amount: &Amount) -> String {
    let places =
        (0..=400_u32).find(|places| (amount * BigInt::from(10).pow(*places)).is_integer()).expect("a decimal number");
    let digits = (amount.abs() * BigInt::from(10).pow(places)).to_integer().to_string();
    let places = usize::try_from(places).unwrap();
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if amount.is_negative() { "-" } else { "" };
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// Rounded, in plain notation: as quantities and averages are shown.
pub(crate) fn shown(amount: &Amount) -> String {
    plain(&rounded(amount))
}

/// `part ÷ whole` of an amount, rounded; all of it for the whole.
pub(crate) fn share(amount: &Amount, part: &Amount, whole: &Amount) -> Amount {
    if part == whole || whole.is_zero() { amount.clone() } else { rounded(&(amount * part / whole)) }
}

#[test]
fn halves_are_rounded_to_the_even_digit() {
    for (text, expected) in [
        ("0.00000000005", "0"),
        ("0.00000000015", "0.0000000002"),
        ("0.00000000025", "0.0000000002"),
        ("-0.00000000015", "-0.0000000002"),
        ("-0.00000000025", "-0.0000000002"),
        ("2.50", "2.5"),
        ("0.000000000250001", "0.0000000003"),
    ] {
        assert_eq!(shown(&read(text)), expected, "{text}");
    }
}
