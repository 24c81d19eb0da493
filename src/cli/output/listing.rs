//! Rows of a result, in any format.

use std::io::{self, Write};

use serde::Serialize;

use super::{Csv, Format, Record, Table};
use crate::app::AppError;

/// Rows that are shown together.
pub struct Listing<'l> {
    /// The names of the records' members.
    pub members: &'l [&'static str],
    /// The rows for programs.
    pub records: &'l dyn Fn() -> Vec<Record>,
    /// The rows for reading.
    pub table: &'l dyn Fn() -> Table,
    /// The note if there are none; without one, an empty table is drawn.
    pub nothing: Option<&'l str>,
}

/// Receives records one by one.
pub type ForEachRecord<'r> = dyn FnMut(&Record) -> Result<(), AppError> + 'r;

/// Records as CSV, with a header even if there are none.
///
/// # Errors
/// If a record does not have the members of the header.
pub fn csv(records: &[Record], header: &[&str]) -> Result<String, AppError> {
    let mut text = Vec::new();
    write_records(&mut text, Format::Csv, header, |take| records.iter().try_for_each(take))?;
    utf8(text)
}

/// A value as a line of JSON.
///
/// # Errors
/// Never with our records.
pub fn json_line(thing: &impl Serialize) -> Result<String, AppError> {
    let text = serde_json::to_string(thing).map_err(|error| AppError::Output(error.into()))?;
    Ok(text + "\n")
}

/// A value as JSON over several lines.
///
/// # Errors
/// Never with our records.
pub fn json_document(thing: &impl Serialize) -> Result<String, AppError> {
    let text = serde_json::to_string_pretty(thing).map_err(|error| AppError::Output(error.into()))?;
    Ok(text + "\n")
}

/// Records as one JSON array, one record per line.
///
/// # Errors
/// Never with our records.
pub fn json_array(records: &[Record]) -> Result<String, AppError> {
    let mut text = Vec::new();
    write_records(&mut text, Format::Json, &[], |take| records.iter().try_for_each(take))?;
    utf8(text)
}

fn utf8(text: Vec<u8>) -> Result<String, AppError> {
    String::from_utf8(text).map_err(|error| AppError::Output(io::Error::other(error)))
}

/// Writes records as CSV, or as one JSON array with an object per line; one by one, however many there
/// are.
///
/// # Errors
/// If `out` cannot be written, or whatever error `for_each` returns.
pub fn write_records(
    out: &mut dyn Write,
    format: Format,
    header: &[&str],
    for_each: impl FnOnce(&mut ForEachRecord<'_>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    if format == Format::Csv {
        let mut csv = Csv::new(out, header).map_err(AppError::Output)?;
        for_each(&mut |record| csv.record(&record.fields()).map_err(AppError::Output))?;
        return csv.finish().map_err(AppError::Output);
    }
    let mut array = JsonArray::new(out);
    for_each(&mut |record| Ok(array.push_with(|line| record.push_json(line))?))?;
    Ok(array.finish()?)
}

/// A JSON array that is written value by value, one per line.
pub struct JsonArray<'w> {
    out: &'w mut dyn Write,
    lead: &'static str,
    /// A value as text, which takes many small writes.
    line: Vec<u8>,
}

impl<'w> JsonArray<'w> {
    const OPENING: &'static str = "[\n";

    /// Nothing is written before the first value, or the end.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self { out, lead: Self::OPENING, line: Vec::new() }
    }

    /// Writes a value.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn push(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.push_with(|line| serde_json::to_writer(line, value))
    }

    fn push_with(&mut self, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) -> io::Result<()> {
        self.line.clear();
        self.line.extend_from_slice(std::mem::replace(&mut self.lead, ",\n").as_bytes());
        write(&mut self.line)?;
        self.out.write_all(&self.line)
    }

    /// Ends the array.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.out.write_all(if self.lead == Self::OPENING { b"[]\n" } else { b"\n]\n" })
    }
}
