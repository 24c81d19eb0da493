//! The cells and rows of tables.

use super::Tone;

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text, from any source: it is made safe on output.
    pub text: String,
    /// How it is emphasized.
    pub tone: Tone,
}

impl Cell {
    /// A cell in a tone.
    #[must_use]
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// A cell without emphasis.
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

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One of many.
    Data(Vec<Cell>),
    /// A total of the rows, under a rule of its own.
    Total(Vec<Cell>),
}
