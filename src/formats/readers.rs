//! Readers: they flatten files of any kind to rows with named columns, and interpret nothing.

mod csv;
mod json;
mod lines;
mod markup;
mod memory;
mod ofx;
mod pattern;
mod qif;
mod text;

use std::io::{self, Read};

pub(crate) use self::csv::{CsvRows, records_of};
pub(crate) use json::rows as json_rows;
pub(crate) use lines::Lines;
pub(crate) use markup::{root as xml_root, rows as xml_rows};
pub(crate) use memory::Table;
pub(crate) use ofx::rows as ofx_rows;
pub(crate) use pattern::rows as line_rows;
pub(crate) use qif::rows as qif_rows;
pub(crate) use text::{Decoded, decoded, is_wide};

use super::column::Header;
use super::row::Row;

/// The next item of a file.
pub(crate) enum Step {
    /// A line outside of all tables.
    Outside,
    /// The header of a table, given by its index in the format.
    Header(usize, Header),
    /// A row of the table whose header came last.
    Row(usize),
    /// A row of a table that the format does not read, given by its first columns.
    Unread(String),
    /// Such a row that looks like one of the tables that the format reads, with a description of its table.
    Unknown(String),
}

/// The rows of a file.
pub(crate) enum Rows<R> {
    /// Read lazily.
    Streamed(Box<CsvRows<R>>),
    /// From a file that was read as a whole.
    Whole(Table),
}

impl<R: Read> Rows<R> {
    /// Moves on to the next item; the text of a line or row is put into `row`.
    pub(crate) fn advance(&mut self, row: &mut Row) -> io::Result<Option<Step>> {
        match self {
            Self::Streamed(rows) => rows.advance(row),
            Self::Whole(table) => Ok(table.advance(row)),
        }
    }
}
