//! Conditions on cells.

use regex_lite::Regex;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A condition on a cell.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Empty,
    Filled,
    Negative,
    Positive,
    Zero,
    Word(String),
    Not(String),
    Begins(String),
    Ends(String),
    Pattern(Regex),
}

impl Test {
    /// Parses a condition: `Buy`, `!Buy`, `Buy*`, `*Buy`, `/^Buy/`, `*` (filled), an empty text (empty), `<0`, `>0`,
    /// `=0`.
    fn parse(text: &str) -> Result<Self, regex_lite::Error> {
        let is_pattern = text.len() >= 2 && text.starts_with('/') && text.ends_with('/');
        if let Some(pattern) = text.get(1..text.len().saturating_sub(1)).filter(|_| is_pattern) {
            return Regex::new(pattern).map(Self::Pattern);
        }
        Ok(match text {
            "" => Self::Empty,
            "*" => Self::Filled,
            "<0" => Self::Negative,
            ">0" => Self::Positive,
            "=0" => Self::Zero,
            _ => {
                let [not, ends, begins] = [text.strip_prefix('!'), text.strip_prefix('*'), text.strip_suffix('*')];
                match (not, ends, begins) {
                    (Some(word), ..) => Self::Not(lower(word)),
                    (_, Some(word), _) => Self::Ends(lower(word)),
                    (.., Some(word)) => Self::Begins(lower(word)),
                    (None, None, None) => Self::Word(lower(text)),
                }
            }
        })
    }

    /// Whether it applies to a number.
    pub(crate) fn is_of_number(&self) -> bool {
        matches!(self, Self::Negative | Self::Positive | Self::Zero)
    }

    /// Whether the text of a cell passes. A condition on a number never does.
    pub(crate) fn passes(&self, cell: Option<&str>) -> bool {
        let text = cell.unwrap_or_default();
        match self {
            Self::Empty => cell.is_none(),
            Self::Filled => cell.is_some(),
            Self::Word(word) => is_word(text, word),
            Self::Not(word) => !is_word(text, word),
            Self::Begins(word) if text.is_ascii() => {
                text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            }
            Self::Begins(word) => lower(text).starts_with(word),
            Self::Ends(word) => lower(text).ends_with(word),
            Self::Pattern(pattern) => pattern.is_match(text),
            Self::Negative | Self::Positive | Self::Zero => false,
        }
    }
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Whether a cell is a word given in lower case.
pub(crate) fn is_word(text: &str, word: &str) -> bool {
    if text.is_ascii() { text.eq_ignore_ascii_case(word) } else { text.to_lowercase() == word }
}

impl<'de> Deserialize<'de> for Test {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
