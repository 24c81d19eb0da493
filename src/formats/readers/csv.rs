//! Delimited files with one table, several tables, or sections.

use std::cell::OnceCell;
use std::io::{self, Read};
use std::sync::Arc;

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord, Terminator};
use encoding_rs::Encoding;

use super::Step;
use super::lines::Lines;
use crate::domain::excerpt;
use crate::formats::column::Header;
use crate::formats::fault::Fault;
use crate::formats::fold::{folded, one_line};
use crate::formats::format::Format;
use crate::formats::row::Row;
use crate::formats::table::Reader as Kind;

/// The maximum length of a field in bytes.
const FIELD_LIMIT: usize = 64 * 1024;

/// The minimum number of columns in the header of a table that the format does not read.
const WIDE: usize = 5;
/// The number of columns by which such a table is named.
const COLUMNS: usize = 3;

/// The records of a source without blank ones.
struct Records<R> {
    reader: Reader<Lines<R>>,
}

impl<R: Read> Records<R> {
    fn new(source: R, delimiter: u8, encoding: &'static Encoding) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(Lines::new(source, encoding).parted_by(delimiter));
        Self { reader }
    }

    /// Moves on to the next record; false after the last.
    fn advance(&mut self, row: &mut Row) -> io::Result<bool> {
        loop {
            self.reader.get_mut().begin_record();
            if !self.reader.read_record(&mut row.cells).map_err(io_error)? {
                return Ok(false);
            }
            row.line = self.reader.get_ref().record();
            if row.cells.as_slice().len() > FIELD_LIMIT && row.cells.iter().any(|field| field.len() > FIELD_LIMIT) {
                return Err(io::Error::other(
                    Fault::new("field_too_long", "a field is longer than 64 KiB").at(row.line),
                ));
            }
            if row.cells.as_slice().contains('\n') {
                row.cells = row.cells.iter().map(one_line).collect();
            }
            if row.cells.iter().any(|field| !field.trim().is_empty()) {
                return Ok(true);
            }
        }
    }
}

fn io_error(error: csv::Error) -> io::Error {
    if matches!(error.kind(), ErrorKind::Io(_))
        && let ErrorKind::Io(error) = error.into_kind()
    {
        return error;
    }
    // Unreachable: lines are UTF-8, and records may have any number of fields.
    io::Error::other("the CSV parser failed")
}

/// The first records of a text, split by a delimiter.
pub(crate) fn records_of(text: &str, delimiter: u8, most: usize) -> Vec<Row> {
    let mut records = Records::new(text.as_bytes(), delimiter, encoding_rs::UTF_8);
    let mut rows = Vec::new();
    let mut row = Row { line: 0, cells: StringRecord::new() };
    let last = u64::try_from(most).unwrap_or(u64::MAX);
    // The text is the beginning of a file: a record cut off at its end is ignored.
    while rows.len() < most && records.advance(&mut row).is_ok_and(|found| found && row.line <= last) {
        rows.push(row.clone());
    }
    rows
}

/// The rows of a file, read lazily.
pub(crate) struct CsvRows<R> {
    records: Records<R>,
    format: Arc<Format>,
    /// The table of the current rows.
    current: Option<Current>,
    /// Rows made from one line, in reverse order.
    made: Vec<StringRecord>,
    /// A record read ahead to see whether it continues the previous one.
    ahead: Option<Row>,
    /// The table that the format does not read, while its rows come.
    unread: Option<Unread>,
    /// The last row of a table of a format of several.
    last: StringRecord,
}

/// A table that the format does not read.
struct Unread {
    /// Its first columns, or the name of its section.
    columns: String,
    /// Whether it has most of the columns of a table that the format reads.
    is_near: bool,
}

/// A table whose header was found.
struct Current {
    at: usize,
    header: StringRecord,
    /// What the line after the last row begins with, in lower case.
    ends: Vec<String>,
    /// The columns that are empty in a line that continues the row above; empty if no line does.
    continues: Vec<usize>,
}

impl<R: Read> CsvRows<R> {
    pub(crate) fn new(source: R, delimiter: u8, format: Arc<Format>) -> Self {
        let records = Records::new(source, delimiter, format.encoding);
        Self { records, format, current: None, made: Vec::new(), ahead: None, unread: None, last: StringRecord::new() }
    }

    pub(super) fn advance(&mut self, row: &mut Row) -> io::Result<Option<Step>> {
        if let (Some(made), Some(current)) = (self.made.pop(), &self.current) {
            row.cells = made;
            return Ok(Some(Step::Row(current.at)));
        }
        if !self.record(row)? {
            return Ok(None);
        }
        Ok(Some(if self.format.reader == Kind::Sections { self.section(row) } else { self.step(row) }))
    }

    /// The next record, including its continuation lines; false after the last.
    fn record(&mut self, row: &mut Row) -> io::Result<bool> {
        match self.ahead.take() {
            Some(ahead) => *row = ahead,
            None if self.records.advance(row)? => {}
            None => return Ok(false),
        }
        let Some(current) = self.current.as_ref().filter(|current| !current.continues.is_empty()) else {
            return Ok(true);
        };
        loop {
            let mut next = Row { line: 0, cells: StringRecord::new() };
            if !self.records.advance(&mut next)? {
                return Ok(true);
            }
            let is_empty = |at: &usize| next.cells.get(*at).is_none_or(|cell| cell.trim().is_empty());
            if !current.continues.iter().all(is_empty) {
                self.ahead = Some(next);
                return Ok(true);
            }
            let filled = row.cells.iter().enumerate().map(|(at, cell)| match next.cells.get(at) {
                Some(more) if cell.trim().is_empty() => more,
                Some(_) | None => cell,
            });
            row.cells = filled.collect();
        }
    }

    fn step(&mut self, row: &mut Row) -> Step {
        if let Some(at) = self.begins(&row.cells) {
            let header = Header::new(row.cells.clone());
            let part = self.format.parts.get(at);
            let ends = part.map(|part| part.ends.clone()).unwrap_or_default();
            let continues = part.map(|part| part.continues.iter().filter_map(|name| header.position(name)).collect());
            let continues = continues.unwrap_or_default();
            self.unread = None;
            self.last.clear();
            self.current = Some(Current { at, header: row.cells.clone(), ends, continues });
            let is_wide = self.format.reader == Kind::Wide;
            return Step::Header(at, if is_wide { tall_header(&header) } else { header });
        }
        if let Some(unread) = self.unread_header(&row.cells) {
            self.unread = Some(unread);
            self.last.clear();
            self.current = None;
            return Step::Outside;
        }
        let Some(current) = &self.current else {
            return match &self.unread {
                Some(unread) if filled(&row.cells).count() >= WIDE => {
                    if unread.is_near {
                        Step::Unknown(format!(
                            "a table that is not read, with the columns {}",
                            excerpt(&unread.columns)
                        ))
                    } else {
                        Step::Unread(unread.columns.clone())
                    }
                }
                Some(_) | None => Step::Outside,
            };
        };
        let first = row.cells.get(0).unwrap_or_default();
        if current.ends.iter().any(|end| begins_with(first, end)) {
            self.current = None;
            return Step::Outside;
        }
        let second = self.format.layout.second_heading.as_deref();
        if second.is_some_and(|second| first.trim() == second) {
            return Step::Outside;
        }
        let at = current.at;
        if self.format.reader == Kind::Wide {
            self.made = tall(&current.header, &row.cells);
            match self.made.pop() {
                Some(made) => row.cells = made,
                None => return Step::Outside,
            }
        }
        if self.format.parts.len() > 1 {
            self.last.clone_from(&row.cells);
        }
        Step::Row(at)
    }

    /// The table that a record is the header of.
    fn begins(&self, cells: &StringRecord) -> Option<usize> {
        let header = OnceCell::new();
        let fits = |at: &usize| {
            let header = header.get_or_init(|| Header::new(cells.clone()));
            self.format.parts.get(*at).is_some_and(|part| part.fits(header))
        };
        let all = 0..self.format.parts.len();
        match &self.current {
            None => all.into_iter().find(fits),
            // The header may repeat, for another account or at the top of a page.
            Some(current) if cells.get(0) == current.header.get(0) && *cells == current.header => Some(current.at),
            Some(current) if self.format.parts.len() > 1 => {
                // A header has no digits, or begins with a column that a table names. Few rows do.
                let has_digits = has_digits(cells);
                let first = folded(filled(cells).next()?);
                let names = |at: &usize| {
                    let part = self.format.parts.get(*at);
                    !has_digits || part.is_some_and(|part| part.find.iter().flatten().any(|name| name.is(&first)))
                };
                all.into_iter().filter(|at| *at != current.at).filter(names).find(fits)
            }
            Some(_) => None,
        }
    }

    /// The header of a table that is not among those of the format: it consists of distinct words, none of
    /// which is in the row before.
    fn unread_header(&self, cells: &StringRecord) -> Option<Unread> {
        let is_one_of_several = self.format.parts.len() > 1 && self.format.reader == Kind::Csv;
        let is_after_another = self.current.is_some() || self.unread.is_some();
        if !is_one_of_several || !is_after_another || has_digits(cells) {
            return None;
        }
        let names: Vec<_> = filled(cells).map(str::trim).collect();
        let is_word = |(at, name): (usize, &&str)| {
            name.chars().any(char::is_alphabetic)
                && names.get(..at).is_some_and(|before| !before.contains(name))
                && !self.last.iter().any(|cell| cell.trim() == *name)
        };
        if names.len() < WIDE || !names.iter().enumerate().all(is_word) {
            return None;
        }
        let header = Header::new(cells.clone());
        let is_near = self.format.parts.iter().any(|part| part.is_near(&header));
        let first = names.iter().take(COLUMNS).copied().collect::<Vec<_>>();
        Some(Unread { columns: format!("{}, …", first.join(", ")), is_near })
    }

    /// A line that begins with the name of its section and its type.
    fn section(&mut self, row: &Row) -> Step {
        let name = row.cells.get(0).unwrap_or_default().trim();
        let is = |kind: &str| row.cells.get(1).is_some_and(|written| written.trim().eq_ignore_ascii_case(kind));
        let at = self.format.parts.iter().position(|part| part.is_of_section(name));
        let Some(at) = at else {
            if is("Header") {
                self.unread = self.unread_section(name, &row.cells);
            }
            return match &self.unread {
                Some(unread) if is("Data") && unread.columns == name => {
                    Step::Unknown(format!("the section {}, which is not read and looks like trades", excerpt(name)))
                }
                Some(_) | None => Step::Outside,
            };
        };
        if is("Header") {
            return Step::Header(at, Header::new(row.cells.clone()));
        }
        Step::Row(at)
    }

    /// A section under an unknown name that has most of the columns of one with trades.
    fn unread_section(&self, name: &str, cells: &StringRecord) -> Option<Unread> {
        let header = Header::new(cells.clone());
        let is_near = self.format.parts.iter().any(|part| part.has_trades() && part.is_near(&header));
        let is_other = self.format.layout.other_sections.iter().any(|known| known.is(&folded(name)));
        (is_near && !is_other).then(|| Unread { columns: name.to_owned(), is_near })
    }
}

fn has_digits(cells: &StringRecord) -> bool {
    cells.iter().any(|cell| cell.bytes().any(|byte| byte.is_ascii_digit()))
}

fn filled(cells: &StringRecord) -> impl Iterator<Item = &str> {
    cells.iter().filter(|cell| !cell.trim().is_empty())
}

/// Whether a cell begins with a folded text. A cheap test excludes most cells first.
fn begins_with(cell: &str, folded_end: &str) -> bool {
    let initial = |text: &str| text.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    initial(cell) == initial(folded_end) && folded(cell).starts_with(folded_end)
}

/// The columns of a table that was unpivoted from one column per stock.
fn tall_header(wide: &Header) -> Header {
    let first = wide.names.get(0).unwrap_or_default();
    Header::new(StringRecord::from(vec![first, "Name", "Value"]))
}

fn tall(header: &StringRecord, cells: &StringRecord) -> Vec<StringRecord> {
    let first = cells.get(0).unwrap_or_default();
    let named = header.iter().zip(cells).skip(1).filter(|(name, _)| !name.trim().is_empty());
    let mut rows: Vec<_> = named.map(|(name, value)| StringRecord::from(vec![first, name, value])).collect();
    rows.reverse();
    rows
}
