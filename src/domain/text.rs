//! Names and notes: texts of limited length that are safe to show on a terminal.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::ValueError;
use super::character::{is_invisible, is_unprintable};

/// The text in Unicode's composed form (NFC), so that names that look alike, typed on different systems,
/// are equal.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

fn check(what: &'static str, code: &'static str, text: &str, limit: usize) -> Result<Arc<str>, ValueError> {
    let refuse = |rule: String| Err(ValueError::new(what, code, text, rule));
    let trimmed = text.trim();
    if let Some(bad) = text.chars().find(|&c| is_unprintable(c)) {
        return refuse(format!("must not contain the control character U+{:04X}", u32::from(bad)));
    }
    if trimmed.is_empty() {
        return refuse("must not be empty".to_owned());
    }
    if is_invisible(trimmed) {
        return refuse("must have a visible character".to_owned());
    }
    let composed = composed(trimmed);
    if composed.chars().nth(limit).is_some() {
        return refuse(format!("is longer than {limit} characters"));
    }
    Ok(composed.as_ref().into())
}

/// Implements `Serialize` by `Display` and `Deserialize` by `FromStr`, so that a value is always
/// validated.
macro_rules! serde_by_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        crate::domain::deserialize_by_text!($name);
    };
}
pub(crate) use serde_by_text;

/// Implements `Deserialize` by `FromStr`.
macro_rules! deserialize_by_text {
    ($name:ident) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a string")
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}
pub(crate) use deserialize_by_text;

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, $what:literal, $code:literal, $limit:literal) => {
        $(#[$doc])*
        ///
        /// Not empty, without control characters or bidirectional overrides; whitespace at the ends is
        /// removed.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                check($what, $code, text, $limit).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        deserialize_by_text!($name);
    };
}

text_value!(
    /// The name of a company, at most 200 characters.
    CompanyName, "company name", "invalid_company_name", 200
);
text_value!(
    /// A sector of the economy, at most 200 characters.
    Sector, "sector", "invalid_sector", 200
);
text_value!(
    /// An industry within a sector, at most 200 characters.
    Industry, "industry", "invalid_industry", 200
);
text_value!(
    /// A note on a transaction, at most 1,000 characters.
    Note, "note", "invalid_note", 1000
);
text_value!(
    /// The name of a portfolio, at most 200 characters, case-sensitive.
    PortfolioName, "portfolio name", "invalid_portfolio_name", 200
);

impl PortfolioName {
    /// `main`, the portfolio that every book has from the start.
    #[must_use]
    pub fn main() -> Self {
        Self("main".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_steer_a_terminal_is_refused_and_shown_escaped() {
        for bad in ["a\u{1b}[31m", "a\nb", "a\tb", "\u{202e}gnp", "\u{9b}1m", "a\u{2028}b", "\u{7f}", "\u{fffe}", "a\0"]
        {
            let error = bad.parse::<CompanyName>().unwrap_err();
            assert!(error.rule.contains("control character"), "{bad:?}: {error}");
            assert!(!error.to_string().chars().any(is_unprintable), "{error:?}");
        }
    }

    #[test]
    fn what_nobody_can_see_is_no_name() {
        for bad in ["\u{200b}", "\u{200d}\u{200d}", "\u{3164}", "\u{2800} \u{ad}", "\u{feff}", "\u{fe0f}", "\u{e0041}"]
        {
            assert!(bad.parse::<PortfolioName>().is_err(), "{bad:?}");
        }
        let error = "\u{2060}".parse::<CompanyName>().unwrap_err();
        assert_eq!(error.rule, "must have a visible character");
    }

    #[test]
    fn right_to_left_names_and_joined_emoji_are_welcome() {
        for good in ["בנק הפועלים", "👩‍🚀 Space", "Société Générale", "日本電信電話"] {
            assert_eq!(good.parse::<CompanyName>().unwrap().as_str(), good);
        }
    }

    #[test]
    fn a_letter_and_its_accent_are_one_with_the_accented_letter() {
        let (apart, composed) = ("Socie\u{301}te\u{301}", "Soci\u{e9}t\u{e9}");
        assert_eq!(apart.parse::<PortfolioName>(), composed.parse::<PortfolioName>());
    }

    #[test]
    fn the_limit_counts_characters() {
        assert!("é".repeat(200).parse::<CompanyName>().is_ok());
        let error = "é".repeat(201).parse::<CompanyName>().unwrap_err();
        assert_eq!(error.rule, "is longer than 200 characters");
        assert!(" \u{a0}".parse::<Note>().is_err());
    }
}
