//! What a table is made of. [`Table::render`] draws it.

use super::Rows;

/// What the output can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns of a line. `None`, or 0, is no terminal: a line is as long as it needs to be.
    pub width: Option<u16>,
    /// Whether escape sequences may be written. If not, there is not one.
    pub color: bool,
    /// Whether rules and ellipses may be more than ASCII. Text of the book is never transcribed.
    pub unicode: bool,
}

/// On which side a column's cells are flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// What a column may do where room is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Prose, such as a company or a note: it may be shortened.
    Text,
    /// A figure: all of it or none, since half a number is another number.
    Number,
    /// What a person types to mean a thing, such as a symbol or an id: all of it or none.
    Key,
    /// The same, where any row has it: else the column is not there.
    KeyIfAny,
    /// What distinguishes rows, such as a portfolio or a currency: it stays, and is shortened only where
    /// nothing else makes room.
    Telling,
    /// Sentences: they go on in the lines below.
    Prose,
}

/// A column and its behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, shown in upper case.
    pub header: &'static str,
    /// The side on which its cells are flush.
    pub align: Align,
    /// The greater, the longer it stays on a narrow screen; the first column stays always.
    pub importance: u8,
    /// What it may do where room is short.
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

    /// What distinguishes rows, on the left: never left out.
    #[must_use]
    pub const fn telling(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::Telling }
    }

    /// Sentences, on the left, over as many lines as they need.
    #[must_use]
    pub const fn prose(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::Prose }
    }

    /// The same as a key, for what few rows have: without any, there is no such column.
    #[must_use]
    pub const fn key_if_any(header: &'static str, importance: u8) -> Self {
        Self { header, align: Align::Left, importance, kind: Kind::KeyIfAny }
    }
}

/// Rows under headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns, the one that names the row first.
    pub columns: Vec<Column>,
    /// The rows. A cell that is missing at the end of one is empty; one too many is not shown.
    pub rows: Rows,
}

/// A table as text, under what is the same in all its rows where there was no room to repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The lines, each with its line feed.
    pub text: String,
    /// Headers of the columns for which there was no room, from the left. The reader should know.
    pub hidden: Vec<&'static str>,
}
