//! Parsing numbers as they are entered.

use rust_decimal::Decimal;

use crate::domain::{ValueError, arithmetic};

/// The most digits that a number may have before the point.
const INTEGER_DIGITS: usize = 18;
/// The most decimal places that an entered number may have.
const ENTERED_PLACES: usize = 10;

/// A kind of number that can be entered.
pub(super) struct NumberKind {
    pub(super) what: &'static str,
    pub(super) code: &'static str,
    pub(super) zero: Zero,
}

/// Whether it may be 0.
pub(super) enum Zero {
    Allowed,
    Refused,
}

impl NumberKind {
    /// Parses plain decimal notation: digits, optionally followed by a point and more digits.
    pub(super) fn read(&self, text: &str) -> Result<Decimal, ValueError> {
        let (negative, value) = match short(text) {
            Some(value) => (false, value),
            None => self.read_any(text)?,
        };
        let refuse = |rule: &str| Err(ValueError::new(self.what, self.code, text, rule));
        match self.zero {
            Zero::Refused if negative || value.is_zero() => refuse("must be greater than 0"),
            Zero::Allowed if negative => refuse("must not be negative"),
            Zero::Refused | Zero::Allowed => Ok(value),
        }
    }

    /// Parses a number of any length; returns whether it is negative.
    fn read_any(&self, text: &str) -> Result<(bool, Decimal), ValueError> {
        let refuse = |rule: &str| ValueError::new(self.what, self.code, text, rule);
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            let error = refuse("is not a plain decimal number");
            return Err(if text.contains(',') { error.with_hint("write it like 1000.50") } else { error });
        }
        if whole.trim_start_matches('0').len() > INTEGER_DIGITS {
            return Err(refuse("has more than 18 digits before the point"));
        }
        let places = fraction.trim_end_matches('0').len();
        if places > ENTERED_PLACES {
            return Err(refuse("has more than 10 decimal places"));
        }
        let significant = if places == 0 { whole } else { digits.trim_end_matches('0') };
        let value = Decimal::from_str_exact(significant).map_err(|_| refuse("is not a plain decimal number"))?;
        Ok((negative, value))
    }
}

/// Like [`short`], for numbers of either sign.
pub(super) fn short_of_either_sign(text: &str) -> Option<Decimal> {
    let Some(digits) = text.strip_prefix('-') else { return short(text) };
    let mut value = short(digits)?;
    value.set_sign_negative(!value.is_zero());
    Some(value)
}

/// Parses an unsigned number that fits 64 bits, as nearly all do; returns `None` for others, even valid ones.
fn short(text: &str) -> Option<Decimal> {
    let (mut mantissa, mut point) = (0_i64, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte & 15))?,
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let places = match point {
        Some(at) => {
            text.len().checked_sub(at)?.checked_sub(1).filter(|places| (1..=ENTERED_PLACES).contains(places))?
        }
        None if text.is_empty() => return None,
        None => 0,
    };
    arithmetic::narrow_short(mantissa, u32::try_from(places).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Price, Quantity};

    #[test]
    fn only_plain_notation_is_a_number() {
        for bad in [
            "1e5",
            "1E-7",
            "0x10",
            "NaN",
            "inf",
            "+5",
            "1_000",
            "1,000.50",
            " 5",
            "",
            ".",
            ".5",
            "5.",
            "--5",
            "５",
            "٥",
            "\u{2212}5",
            "1.2.3",
        ] {
            assert!(bad.parse::<Price>().is_err(), "{bad:?}");
        }
        assert_eq!("1,000.50".parse::<Price>().unwrap_err().hint.as_deref(), Some("write it like 1000.50"));
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_its_library_reads_it(text in "0{0,3}[0-9]{1,15}(\\.[0-9]{1,10}0{0,3})?") {
            let known = Decimal::from_str_exact(&text).ok().map(|known| known.normalize());
            let read = text.parse::<Price>().ok();
            prop_assert_eq!(read.map(Price::decimal), known);
            prop_assert_eq!(read.map(|read| read.decimal().scale()), known.map(|known| known.scale()));
        }
    }

    #[test]
    fn numbers_lose_their_needless_zeros_and_nothing_else() {
        for (text, shown) in
            [("007.500", "7.5"), ("0.0", "0"), ("100", "100"), ("0.1000000000000", "0.1"), (&"0".repeat(60), "0")]
        {
            assert_eq!(text.parse::<Price>().unwrap().to_string(), shown);
        }
        let widest = "999999999999999999.9999999999";
        assert_eq!(widest.parse::<Quantity>().unwrap().to_string(), widest);
    }

    #[test]
    fn a_quantity_is_positive_and_a_price_not_negative() {
        for bad in ["0", "-0", "-5", "0.000"] {
            assert_eq!(bad.parse::<Quantity>().unwrap_err().rule, "must be greater than 0");
        }
        assert_eq!("-5".parse::<Price>().unwrap_err().rule, "must not be negative");
        assert!("0".parse::<Price>().is_ok());
    }

    #[test]
    fn too_many_digits_are_refused_and_never_rounded() {
        assert!("1000000000000000000".parse::<Price>().unwrap_err().rule.contains("18 digits"));
        assert!("0.00000000001".parse::<Quantity>().unwrap_err().rule.contains("10 decimal places"));
    }
}
