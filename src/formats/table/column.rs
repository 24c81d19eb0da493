//! The definition of columns in a table.

use std::collections::BTreeMap;
use std::fmt;

use regex_lite::Regex;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::by_door;
use super::kind::OneOrMany;
use crate::formats::fold::{folded, parted};
use crate::formats::numbers::ColumnMark;

/// The name of a column, folded; with `*` at its end, a prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameText {
    pub(crate) written: String,
    pub(crate) folded: String,
    pub(crate) is_beginning: bool,
}

impl NameText {
    pub(crate) fn new(written: &str) -> Self {
        let (name, is_beginning) = written.strip_suffix('*').map_or((written, false), |name| (name, true));
        // A bare `*` would match any column.
        let is_beginning = is_beginning && !name.trim().is_empty();
        Self { written: written.to_owned(), folded: folded(name), is_beginning }
    }

    /// Whether a folded name in a file is this column, also with `_` for blanks, as programs that rewrite
    /// brokers' files replace them.
    pub(crate) fn is(&self, folded: &str) -> bool {
        self.reads(folded) || parted(folded).is_some_and(|words| self.reads(&words))
    }

    /// Whether a folded name is this column as it is.
    pub(crate) fn reads(&self, folded: &str) -> bool {
        if self.is_beginning { folded.starts_with(&self.folded) } else { folded == self.folded }
    }
}

impl<'de> Deserialize<'de> for NameText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_door(deserializer, |written| {
            let name = Self::new(written);
            if name.folded.is_empty() { Err("a column's name must have letters or digits") } else { Ok(name) }
        })
    }
}

/// A regular expression.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(pub(crate) Regex);

impl Pattern {
    pub(crate) const NO_GROUP: &'static str = "a pattern needs brackets around the part that counts";

    pub(crate) fn has_group(&self) -> bool {
        self.0.captures_len() > 1
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_door(deserializer, |pattern| Regex::new(pattern).map(Self))
    }
}

/// A source of a column's text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnText {
    /// A column; of a list, the first that is filled.
    #[serde(default)]
    pub(crate) column: Names,
    /// The column to the right of another.
    #[serde(default)]
    pub(crate) right_of: Names,
    /// The column to the left of another.
    #[serde(default)]
    pub(crate) left_of: Names,
    /// The column to the right of another, where it has no name.
    #[serde(default)]
    pub(crate) unnamed_right_of: Names,
    /// The column's name itself instead of its cell.
    #[serde(default)]
    pub(crate) name_of: Names,
    /// A constant.
    pub(crate) value: Option<String>,
    /// The part of the text: the first group of the first pattern that matches.
    #[serde(default, rename = "match")]
    pub(crate) patterns: Patterns,
    /// Translations of words.
    pub(crate) words: Option<BTreeMap<String, String>>,
    /// The value if no pattern matches.
    pub(crate) otherwise: Option<String>,
    /// For amounts: the column with the currency.
    pub(crate) currency: Option<NameText>,
    /// For numbers: the decimal mark, if it differs from the rest of the file.
    pub(crate) decimal: Option<ColumnMark>,
    /// For numbers: what is found is less than zero, whatever its sign.
    #[serde(default)]
    pub(crate) negative: bool,
    /// For amounts: the columns to add up.
    #[serde(default)]
    pub(crate) sum: Vec<ColumnTexts>,
}

/// One or several column names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "OneOrMany<NameText>")]
pub(crate) struct Names(pub(crate) Vec<NameText>);

impl From<OneOrMany<NameText>> for Names {
    fn from(names: OneOrMany<NameText>) -> Self {
        Self(names.0)
    }
}

/// One or several patterns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "OneOrMany<Pattern>")]
pub(crate) struct Patterns(pub(crate) Vec<Pattern>);

impl From<OneOrMany<Pattern>> for Patterns {
    fn from(patterns: OneOrMany<Pattern>) -> Self {
        Self(patterns.0)
    }
}

/// Alternative sources: the first that is filled counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnTexts(pub(crate) Vec<ColumnText>);

impl<'de> Deserialize<'de> for ColumnTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Places).map(Self)
    }
}

struct Places;

impl<'de> Visitor<'de> for Places {
    type Value = Vec<ColumnText>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a column, a table that says where, or a list of these")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        let name = NameText::new(text);
        if name.folded.is_empty() {
            return Err(E::custom("a column's name must have letters or digits"));
        }
        Ok(vec![ColumnText { column: Names(vec![name]), ..ColumnText::default() }])
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let text = ColumnText::deserialize(MapAccessDeserializer::new(map))?;
        let named = [&text.column, &text.right_of, &text.left_of, &text.unnamed_right_of, &text.name_of];
        let places = named.into_iter().filter(|names| !names.0.is_empty()).count();
        if places.saturating_add(text.value.iter().count()).saturating_add(text.sum.len().min(1)) != 1 {
            return Err(A::Error::custom(
                "say where with exactly one of column, right_of, left_of, unnamed_right_of, name_of, value and sum",
            ));
        }
        if text.patterns.0.iter().any(|pattern| !pattern.has_group()) {
            return Err(A::Error::custom(Pattern::NO_GROUP));
        }
        Ok(vec![text])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let places: Vec<ColumnTexts> = Vec::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(places.into_iter().flat_map(|places| places.0).collect())
    }
}
