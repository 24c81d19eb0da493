//! What a table's rows are made of.

use super::Tone;

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text, of any origin: it is made safe on its way out.
    pub text: String,
    /// How it stands out.
    pub tone: Tone,
}

impl Cell {
    /// A cell in a tone.
    #[must_use]
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// A cell as it is.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Plain)
    }

    /// A cell with nothing in it.
    #[must_use]
    pub fn empty() -> Self {
        Self::plain("")
    }
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One of many.
    Data(Vec<Cell>),
    /// What the rows come to: under a rule of its own.
    Total(Vec<Cell>),
}
