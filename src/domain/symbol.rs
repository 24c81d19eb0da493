//! The symbol under which a stock is traded.

use std::fmt;
use std::str::FromStr;

use super::ValueError;
use super::text::deserialize_by_text;

/// A ticker symbol: 1 to 32 of `A-Z 0-9 . - _ ^ = :`, read in any case and kept in upper case.
///
/// Every row of an import names one, so it is kept without an allocation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol {
    /// Padded with zeros, which come before all that a symbol has: so its order is the text's.
    text: [u8; Self::LIMIT],
    length: u8,
}

impl Symbol {
    const LIMIT: usize = 32;

    /// The symbol, in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.text.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Symbol").field(&self.as_str()).finish()
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
            None => {
                let mut symbol = Self { text: [0; Self::LIMIT], length: 0 };
                let room = symbol.text.get_mut(..text.len());
                let (Some(room), Ok(length)) = (room, u8::try_from(text.len())) else {
                    return refuse(format!("is longer than {} characters", Self::LIMIT));
                };
                room.copy_from_slice(text.as_bytes());
                room.make_ascii_uppercase();
                symbol.length = length;
                Ok(symbol)
            }
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl serde::Serialize for Symbol {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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
    fn symbols_are_ordered_as_their_texts_are() {
        let mut texts = ["BRK.B", "BRK", "A", "AA", "BRK-B", "^GSPC", "Z", "0700", "BRK.BA"];
        let mut symbols = texts.map(|text| text.parse::<Symbol>().unwrap());
        texts.sort_unstable();
        symbols.sort_unstable();
        assert_eq!(symbols.map(|symbol| symbol.to_string()), texts);
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
