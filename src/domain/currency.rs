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

    /// The currency whose hundredth a code stands for, where shares are quoted in hundredths: the pound for
    /// `GBX` or `GBp`, pence.
    #[must_use]
    pub fn of_hundredths(code: &str) -> Option<Self> {
        Some(Self(match code {
            "GBX" | "GBp" | "GBPX" | "GBPp" => iso_currency::Currency::GBP,
            "ILA" | "ILa" => iso_currency::Currency::ILS,
            "ZAC" | "ZAc" => iso_currency::Currency::ZAR,
            _ => return None,
        }))
    }

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
        // The library compares code by code; most amounts are in one of these.
        if let Some(common) = [Self::USD, Self::EUR].into_iter().find(|common| common.code() == text) {
            return Ok(common);
        }
        let known = match <[u8; 3]>::try_from(text.as_bytes()) {
            // `GBp` means pence, although `gbp` is accepted.
            Ok(letters) if Self::of_hundredths(text).is_none() => {
                let code = letters.map(|letter| letter.to_ascii_uppercase());
                std::str::from_utf8(&code).ok().and_then(iso_currency::Currency::from_code)
            }
            Ok(_) | Err(_) => None,
        };
        known.map(Self).ok_or_else(|| {
            let of_hundredths = [text, &text.to_ascii_uppercase()].into_iter().find_map(Self::of_hundredths);
            let refuse = |rule: &str| ValueError::new("currency", "invalid_currency", text, rule);
            let Some(whole) = of_hundredths else { return refuse("is not an ISO 4217 code such as USD") };
            let rule = format!("is no currency of its own, but a hundredth of one unit of {whole}");
            refuse(&rule).with_hint(format!("write {whole}, in which 150 {text} are 1.50"))
        })
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

    #[test]
    fn hundredths_are_those_of_the_pound_the_shekel_and_the_rand() {
        for (codes, whole) in
            [(&["GBX", "GBp", "GBPX", "GBPp"][..], "GBP"), (&["ILA", "ILa"], "ILS"), (&["ZAC", "ZAc"], "ZAR")]
        {
            for code in codes {
                assert_eq!(Currency::of_hundredths(code), whole.parse().ok(), "{code}");
            }
        }
        assert_eq!(Currency::of_hundredths("GBP"), None);
    }

    #[test]
    fn pence_are_no_currency_of_their_own() {
        for code in ["GBX", "GBp", "gbx"] {
            let refused = code.parse::<Currency>().unwrap_err();
            let rule = "is no currency of its own, but a hundredth of one unit of GBP";
            assert_eq!(refused.to_string(), format!("currency `{code}` {rule}"));
            assert_eq!(refused.hint, Some(format!("write GBP, in which 150 {code} are 1.50")));
        }
        assert_eq!("gbp".parse::<Currency>(), "GBP".parse());
    }
}
