//! The international number of a security.

use std::fmt;
use std::str::FromStr;

use super::ValueError;
use super::text::serde_by_text;

/// An International Securities Identification Number (ISO 6166): a two-letter country code, nine letters
/// or digits, and a check digit. Read in any case and kept in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isin([u8; 12]);

impl Isin {
    /// The twelve characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether the last digit is the right check digit: letters count as two digits, A as 10 to Z as 35,
    /// and the digits must pass the Luhn test (ISO/IEC 7812-1).
    fn has_right_check_digit(&self) -> bool {
        let value = |byte: &u8| char::from(*byte).to_digit(36).unwrap_or_default();
        let digits = self.0.iter().map(value).flat_map(|value| match value {
            0..=9 => vec![value],
            _ => vec![value / 10, value % 10],
        });
        let digits: Vec<u32> = digits.collect();
        let doubled = digits.iter().rev().enumerate().map(|(n, digit)| match digit.saturating_mul(2) {
            _ if n % 2 == 0 => *digit,
            // The sum of its digits.
            twice => (twice / 10).saturating_add(twice % 10),
        });
        doubled.sum::<u32>() % 10 == 0
    }
}

impl FromStr for Isin {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| ValueError::new("ISIN", "invalid_isin", text, rule);
        let upper = text.to_ascii_uppercase();
        let form = "is not two letters, nine letters or digits, and a digit, as in US0378331005";
        let bytes: [u8; 12] = upper.as_bytes().try_into().map_err(|_| refuse(form))?;
        let [one, two, .., last] = bytes;
        let letters = one.is_ascii_uppercase() && two.is_ascii_uppercase();
        if !letters || !last.is_ascii_digit() || !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return Err(refuse(form));
        }
        let isin = Self(bytes);
        let rule = "has a check digit that does not fit the others; is a character wrong?";
        if isin.has_right_check_digit() { Ok(isin) } else { Err(refuse(rule)) }
    }
}

impl fmt::Display for Isin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

serde_by_text!(Isin);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_checked_by_its_last_digit() {
        // Apple, BAE Systems, SAP and Treasury Corporation of Victoria, as published.
        for good in ["US0378331005", "GB0002634946", "DE0007164600", "AU0000XVGZA3", "us0378331005"] {
            assert_eq!(good.parse::<Isin>().unwrap().as_str(), good.to_ascii_uppercase());
        }
        for bad in ["0S0378331005", "U00378331005", "US037833100A", "US-378331005", "US037833100", "US03783310O5X", ""]
        {
            let refused = bad.parse::<Isin>().unwrap_err();
            assert!(refused.rule.starts_with("is not two letters"), "{refused}");
        }
        for wrong in ["US0378331004", "US0378331015", "GB0002634964"] {
            let refused = wrong.parse::<Isin>().unwrap_err();
            assert!(refused.rule.starts_with("has a check digit that does not fit"), "{refused}");
        }
    }
}
