//! The symbol under which a stock is traded.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::ValueError;
use super::text::deserialize_by_text;

/// A ticker symbol: 1 to 32 of `A-Z 0-9 . - _ ^ = :`, read in any case and kept in upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(Arc<str>);

impl Symbol {
    const LIMIT: usize = 32;

    /// The symbol, in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Symbol {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: String| Err(ValueError::new("symbol", "invalid_symbol", text, rule));
        let bad = text.chars().find(|c| !(c.is_ascii_alphanumeric() || ".-_^=:".contains(*c)));
        match bad {
            _ if text.is_empty() => refuse("must not be empty".to_owned()),
            Some(' ') => refuse("contains a space".to_owned()),
            Some(bad) => refuse(format!("contains U+{:04X}; only A-Z 0-9 . - _ ^ = : are allowed", u32::from(bad))),
            None if text.len() > Self::LIMIT => refuse(format!("is longer than {} characters", Self::LIMIT)),
            None => Ok(Self(text.to_ascii_uppercase().into())),
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl serde::Serialize for Symbol {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

deserialize_by_text!(Symbol);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded() {
        assert_eq!("brk.b".parse::<Symbol>().unwrap().as_str(), "BRK.B");
    }

    #[test]
    fn a_look_alike_letter_is_named_by_its_code_point() {
        let error = "\u{410}APL".parse::<Symbol>().unwrap_err();
        assert!(error.rule.starts_with("contains U+0410"), "{error}");
    }

    #[test]
    fn empty_long_and_blank_symbols_are_refused() {
        for bad in ["", "A B", &"A".repeat(33), "ÄÖ", "A\u{1b}"] {
            assert!(bad.parse::<Symbol>().is_err(), "{bad:?}");
        }
        assert!("A".repeat(32).parse::<Symbol>().is_ok());
    }
}
