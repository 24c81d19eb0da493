//! The symbol by which a stock is traded.

use std::fmt;
use std::str::FromStr;

use super::ValueError;
use super::text::deserialize_by_text;

/// A ticker symbol: 1 to 32 of `A-Z 0-9 . - _ ^ = : / &`, with single spaces inside, such as `BRK B`,
/// `BF/B` or `M&M.NS`; read in any case and kept in upper case.
///
/// Every row of an import contains one, so it is stored inline, without an allocation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol {
    /// Padded with zeros, which sort before every character of a symbol, so that the order is that of
    /// the text.
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
        let refuse = |rule: String| ValueError::new("symbol", "invalid_symbol", text, rule);
        if text.is_empty() {
            return Err(refuse("must not be empty".to_owned()));
        }
        if let Some(bad) = text.chars().find(|c| !(c.is_ascii_alphanumeric() || " .-_^=:/&".contains(*c))) {
            let code = u32::from(bad);
            let rule = format!("contains U+{code:04X}; only A-Z 0-9 . - _ ^ = : / & and single blanks are allowed");
            return Err(refuse(rule).with_hint("write it as an exchange does, like AAPL, BRK.B or 7203.T"));
        }
        let mut symbol = Self { text: [0; Self::LIMIT], length: 0 };
        let (Some(room), Ok(length)) = (symbol.text.get_mut(..text.len()), u8::try_from(text.len())) else {
            let refused = refuse(format!("is longer than {} characters", Self::LIMIT));
            return Err(refused.with_hint("a symbol is short, like AAPL; the name of the company comes after it"));
        };
        if text.split(' ').any(str::is_empty) {
            let refused = refuse("has blanks other than single ones inside".to_owned());
            let written = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let hint = (!written.is_empty()).then(|| format!("write it as `{written}`"));
            return Err(ValueError { hint, ..refused });
        }
        room.copy_from_slice(text.as_bytes());
        room.make_ascii_uppercase();
        symbol.length = length;
        Ok(symbol)
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
    fn symbols_are_ordered_as_their_texts_are() {
        let mut texts = ["BRK.B", "BRK", "A", "AA", "BRK-B", "^GSPC", "Z", "0700", "BRK.BA", "BRK B", "BF/B"];
        let mut symbols = texts.map(|text| text.parse::<Symbol>().unwrap());
        texts.sort_unstable();
        symbols.sort_unstable();
        assert_eq!(symbols.map(|symbol| symbol.to_string()), texts);
    }

    #[test]
    fn symbols_are_read_and_kept_in_upper_case() {
        let longest = "A".repeat(32);
        for (text, symbol) in [
            ("brk.b", "BRK.B"),
            ("BRK B", "BRK B"),
            ("bf/b", "BF/B"),
            ("m&m.ns", "M&M.NS"),
            ("^gspc", "^GSPC"),
            ("eurusd=x", "EURUSD=X"),
            ("LSE:VOD", "LSE:VOD"),
            ("a-b_c", "A-B_C"),
            ("a b c", "A B C"),
            ("A & / B", "A & / B"),
            ("0700", "0700"),
            (&longest, &longest),
        ] {
            assert_eq!(text.parse::<Symbol>().unwrap().as_str(), symbol);
        }
    }

    #[test]
    fn what_is_no_symbol_is_refused_with_the_rule_and_the_way_out() {
        let blanks = "has blanks other than single ones inside";
        for (text, rule, hint) in [
            ("", "must not be empty", None),
            (" ", blanks, None),
            (" AAPL", blanks, Some("write it as `AAPL`")),
            ("BRK B ", blanks, Some("write it as `BRK B`")),
            ("BRK  B", blanks, Some("write it as `BRK B`")),
            (&"A".repeat(33), "is longer than 32 characters", Some("a symbol is short, like AAPL")),
            (&"A B ".repeat(10), "is longer than 32 characters", Some("a symbol is short, like AAPL")),
            ("A\tB", "contains U+0009; only A-Z 0-9 . - _ ^ = : / & and single blanks", Some("like AAPL, BRK.B")),
            ("A\u{a0}B", "contains U+00A0", Some("like AAPL")),
            ("A\u{1b}", "contains U+001B", Some("like AAPL")),
            ("\u{410}APL", "contains U+0410", Some("like AAPL")),
            ("ÄÖ", "contains U+00C4", Some("like AAPL")),
            ("BRK,B", "contains U+002C", Some("like AAPL")),
            ("A'B", "contains U+0027", Some("like AAPL")),
            ("A\\B", "contains U+005C", Some("like AAPL")),
            ("A#B", "contains U+0023", Some("like AAPL")),
        ] {
            let error = text.parse::<Symbol>().unwrap_err();
            assert_eq!(error.code, "invalid_symbol");
            assert!(error.rule.starts_with(rule), "{text:?}: {error}");
            let said = error.hint.as_deref().unwrap_or_default();
            assert!(said.contains(hint.unwrap_or_default()) && hint.is_some() != said.is_empty(), "{text:?}: {said}");
        }
    }
}
