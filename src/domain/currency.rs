//! Currencies.

use std::fmt;
use std::str::FromStr;

use super::ValueError;
use super::text::serde_by_text;

/// A currency of ISO 4217, identified by its code: `USD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The US dollar, the default currency of a stock.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// The euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);

    /// Its three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimal places of the minor unit: 2 for cents, 0 for yen.
    #[must_use]
    pub fn decimal_places(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
}

impl FromStr for Currency {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let known = match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) => std::str::from_utf8(&letters.map(|letter| letter.to_ascii_uppercase()))
                .ok()
                .and_then(iso_currency::Currency::from_code),
            Err(_) => None,
        };
        known
            .map(Self)
            .ok_or_else(|| ValueError::new("currency", "invalid_currency", text, "is not an ISO 4217 code such as USD"))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

serde_by_text!(Currency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case_and_unknown_ones_refused() {
        assert_eq!("eur".parse::<Currency>().unwrap().code(), "EUR");
        assert_eq!("JPY".parse::<Currency>().unwrap().decimal_places(), 0);
        assert!("DOLLAR".parse::<Currency>().is_err());
    }
}
