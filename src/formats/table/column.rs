//! Where a row says something: columns, as a table writes them.

use std::collections::BTreeMap;
use std::fmt;

use regex_lite::Regex;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::by_door;
use super::kind::OneOrMany;
use crate::formats::fold::folded;
use crate::formats::numbers::ColumnMark;

/// The name of a column, folded; one that ends in `*` is the beginning of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameText {
    pub(crate) written: String,
    pub(crate) folded: String,
    pub(crate) is_beginning: bool,
}

impl NameText {
    pub(crate) fn new(written: &str) -> Self {
        let (name, is_beginning) = written.strip_suffix('*').map_or((written, false), |name| (name, true));
        // A column that is called `*` alone would be any.
        let is_beginning = is_beginning && !name.trim().is_empty();
        Self { written: written.to_owned(), folded: folded(name), is_beginning }
    }

    /// Whether a folded name of a file's column is meant: programs that write a broker's files anew put `_` for
    /// the blanks of its names.
    pub(crate) fn is(&self, folded: &str) -> bool {
        let is = |name: &str| if self.is_beginning { name.starts_with(&self.folded) } else { name == self.folded };
        let words = || folded.split(['_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        is(folded) || (folded.contains('_') && is(&words()))
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

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_door(deserializer, |pattern| Regex::new(pattern).map(Self))
    }
}

/// One place where a row says something.
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
    /// Not a cell, but the name of a column itself.
    #[serde(default)]
    pub(crate) name_of: Names,
    /// What holds for all rows.
    pub(crate) value: Option<String>,
    /// Which part of the text: the first group of the first pattern that fits.
    #[serde(default, rename = "match")]
    pub(crate) patterns: Patterns,
    /// What words mean.
    pub(crate) words: Option<BTreeMap<String, String>>,
    /// What holds where no pattern fits.
    pub(crate) otherwise: Option<String>,
    /// Of money: the column of its currency.
    pub(crate) currency: Option<NameText>,
    /// Of numbers: what stands before their decimals, where not as elsewhere in the file.
    pub(crate) decimal: Option<ColumnMark>,
    /// Of money: the columns that add up to it.
    #[serde(default)]
    pub(crate) sum: Vec<ColumnTexts>,
}

/// The names of one column or of several.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "OneOrMany<NameText>")]
pub(crate) struct Names(pub(crate) Vec<NameText>);

impl From<OneOrMany<NameText>> for Names {
    fn from(names: OneOrMany<NameText>) -> Self {
        Self(names.0)
    }
}

/// One pattern or several.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "OneOrMany<Pattern>")]
pub(crate) struct Patterns(pub(crate) Vec<Pattern>);

impl From<OneOrMany<Pattern>> for Patterns {
    fn from(patterns: OneOrMany<Pattern>) -> Self {
        Self(patterns.0)
    }
}

/// Places where a row says something: the first that is filled counts.
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
        Ok(vec![text])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let places: Vec<ColumnTexts> = Vec::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(places.into_iter().flat_map(|places| places.0).collect())
    }
}
