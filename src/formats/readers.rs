//! Readers: they flatten a file of any kind to rows of named columns, and decide nothing.

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

/// What comes next in a file.
pub(crate) enum Step {
    /// A line that belongs to no table.
    Outside,
    /// The header of a table, by its place among the format's.
    Header(usize, Header),
    /// A row of the table whose header came last.
    Row(usize),
}

/// The rows of a file.
pub(crate) enum Rows<R> {
    /// Read as they are asked for.
    Streamed(Box<CsvRows<R>>),
    /// Of a file that is read as a whole.
    Whole(Table),
}

impl<R: Read> Rows<R> {
    /// Goes on to what comes next, which is put in `row` if it is a line or a row.
    pub(crate) fn advance(&mut self, row: &mut Row) -> io::Result<Option<Step>> {
        match self {
            Self::Streamed(rows) => rows.advance(row),
            Self::Whole(table) => Ok(table.advance(row)),
        }
    }
}
