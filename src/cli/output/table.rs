//! The parts of a table. [`Table::render`] draws it.

use super::Rows;

/// The capabilities of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// The width in columns. `None`, or 0, means no terminal: a line is as long as necessary.
    pub width: Option<u16>,
    /// Whether escape sequences may be written. If not, there are none at all.
    pub color: bool,
    /// Whether rules and ellipses may be non-ASCII. Text of the book is never transcribed.
    pub unicode: bool,
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// What may happen to a column when space is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Prose, such as a company or a note: it may be shortened.
    Text,
    /// A figure: shown as a whole or not at all, since half a number is another number.
    Number,
    /// Something that a user types to name a thing, such as a symbol or an id: shown as a whole or not
    /// at all.
    Key,
    /// The same, if any row has it: otherwise there is no such column.
    KeyIfAny,
    /// Something that distinguishes rows, such as a portfolio or a currency: never left out, and
    /// shortened only as a last resort.
    Distinguishing,
    /// Sentences, which continue on the following lines.
    Prose,
}

/// A column and its behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, shown in upper case.
    pub header: &'static str,
    /// Its alignment.
    pub align: Align,
    /// The greater, the longer it stays on a narrow screen; the first column always stays.
    pub importance: u8,
    /// What may happen to it when space is short.
    pub kind: Kind,
}

impl Column {
    /// Prose, on the left.
    #[must_use]
    pub const fn text(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::Text }
    }

    /// Figures, on the right.
    #[must_use]
    pub const fn number(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Right, importance, kind: Kind::Number }
    }

    /// Symbols, ids or dates, on the left.
    #[must_use]
    pub const fn key(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::Key }
    }

    /// Something that distinguishes rows, on the left: never left out.
    #[must_use]
    pub const fn distinguishing(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::Distinguishing }
    }

    /// Sentences, on the left, over as many lines as they need.
    #[must_use]
    pub const fn prose(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::Prose }
    }

    /// Like a key, for something that few rows have: without any, there is no such column.
    #[must_use]
    pub const fn key_if_any(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::KeyIfAny }
    }
}

/// Rows under headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns; the first one identifies the row.
    pub columns: Vec<Column>,
    /// The rows. Missing cells at the end are empty; excess ones are not shown.
    pub rows: Rows,
}

/// A table as text, preceded by the common content of columns that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The lines, each with its line feed.
    pub text: String,
    /// Headers of the columns for which there was no room, from the left, to be reported to the reader.
    pub hidden: Vec<&'static str>,
}
