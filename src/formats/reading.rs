//! Reading the activities of a file.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;

use csv::StringRecord;

use super::activity::Activity;
use super::bound::BoundPart;
use super::fault::{Fault, RowFault};
use super::fold::folded;
use super::foreign;
use super::format::{Format, Part};
use super::grouping::{Grouping, Taxes, Whole};
use super::library::Library;
use super::numbers::{self, DecimalMark};
use super::options::ReadOptions;
use super::readers::{CsvRows, Decoded, Rows, Step, decoded, is_wide};
use super::recognise::{Among, How, Recognised, recognise};
use super::row::{Ambiguity, Conventions, Row, Unread, Verdict, judge};
use super::rule::Preferred;
use super::summary::Summary;
use super::table::{Field, Is, Reader as Layout};
use crate::domain::excerpt;

/// The number of bytes at the beginning of a file that decide its format.
const START: usize = 256 * 1024;
/// The maximum size in bytes of a file that is read as a whole.
const WHOLE: usize = 64 * 1024 * 1024;
/// The maximum number of rows held back until the file shows how it writes numbers and dates.
const HELD: usize = 50_000;

/// The activities of a file, read lazily.
///
/// Each item is an [`Activity`] or a fault of a row. A fault of the file as a whole comes last. An error is that of
/// the source. Activities come in the order of the file, except for those completed by a later row.
pub struct Activities<'o, R> {
    options: &'o ReadOptions,
    format: Arc<Format>,
    rows: Rows<Source<R>>,
    /// Reused to avoid allocations.
    row: Option<Row>,
    bound: Option<Arc<BoundPart>>,
    /// The indices of the tables that the file has.
    tables: Vec<usize>,
    preamble: BTreeMap<Field, String>,
    conventions: Conventions,
    /// The line of the row that showed the decimal mark.
    decimal_line: Option<u64>,
    held: VecDeque<(Row, Arc<BoundPart>)>,
    is_decided: bool,
    grouping: Grouping,
    summary: Summary,
    has_ended: bool,
}

type Source<R> = Decoded<Chain<Cursor<Vec<u8>>, R>>;

/// The formats that a file may have.
pub enum Wanted<'l> {
    /// Any format of the library.
    Any(&'l Library),
    /// This format.
    Only(&'l Arc<Format>),
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The source failed.
    #[error(transparent)]
    Input(#[from] io::Error),
    /// The format is unknown, or is not read.
    #[error(transparent)]
    Refused(RowFault),
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.at(1))
    }
}

impl<'o, R: Read> Activities<'o, R> {
    /// Detects the format of a source, whose activities are then read lazily.
    ///
    /// # Errors
    /// If the source fails, or if its format is unknown or is not read.
    pub fn open(mut source: R, wanted: &Wanted<'_>, options: &'o ReadOptions) -> Result<Self, OpenError> {
        let mut start = Vec::new();
        source.by_ref().take(START as u64).read_to_end(&mut start)?;
        if let Some(fault) = foreign::binary(&start) {
            return Err(fault.into());
        }
        if start.trim_ascii().is_empty() {
            return Err(Fault::new("empty_file", "the file is empty; the first line must name the columns").into());
        }
        let text = decoded(&start, encoding_rs::WINDOWS_1252);
        let adapted = match wanted {
            Wanted::Only(format) if !options.columns.is_empty() => {
                Some(Arc::new(format.with_columns(&options.columns)))
            }
            Wanted::Only(_) | Wanted::Any(_) => None,
        };
        let among = match (wanted, &adapted) {
            (Wanted::Any(library), _) => Among::All(library),
            (Wanted::Only(_), Some(adapted)) => Among::One(adapted),
            (Wanted::Only(format), None) => Among::One(format),
        };
        // If no table fits the beginning, it may be a document or lines of a pattern, which are read as a whole.
        let whole = is_document(&text) || start.len() < START;
        let whole = if whole { Some(read_whole(&mut start, &mut source)?) } else { None };
        let Recognised { format, how } = recognise(&among, &text, whole.as_deref())?;
        if let Some((why, hint)) = &format.refusal {
            let fault = Fault::new("refused_format", format!("the file is {why}"));
            return Err(hint.iter().fold(fault, Fault::with_hint).into());
        }
        let rows = match how {
            How::Whole(table) => Rows::Whole(table),
            How::Delimited(delimiter) => {
                let wide = is_wide(&start);
                let source = Decoded::new(Cursor::new(start).chain(source), wide);
                Rows::Streamed(Box::new(CsvRows::new(source, delimiter, Arc::clone(&format))))
            }
        };
        Ok(Self {
            options,
            format,
            rows,
            row: None,
            bound: None,
            tables: Vec::new(),
            preamble: BTreeMap::new(),
            conventions: Conventions { decimal: options.decimal, order: None },
            decimal_line: None,
            held: VecDeque::new(),
            is_decided: false,
            grouping: Grouping::default(),
            summary: Summary::default(),
            has_ended: false,
        })
    }

    /// The format detected.
    #[must_use]
    pub fn format(&self) -> &Arc<Format> {
        &self.format
    }

    /// The summary of the file so far.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    fn advance(&mut self) -> io::Result<Option<Result<Activity, RowFault>>> {
        loop {
            match self.grouping.next() {
                Some(Whole::Activity(activity)) => return Ok(Some(Ok(*activity))),
                Some(Whole::Fault(fault)) => return Ok(Some(Err(fault))),
                Some(Whole::NotRecorded(kind)) => {
                    self.summary.count(kind);
                    continue;
                }
                None if self.has_ended => return Ok(None),
                None => {}
            }
            if self.is_decided
                && let Some((row, bound)) = self.held.pop_front()
            {
                if let Some(fault) = self.read(&row, &bound) {
                    return Ok(Some(Err(fault)));
                }
                continue;
            }
            let mut row = self.row.take().unwrap_or_else(|| Row { line: 0, cells: StringRecord::new() });
            let step = self.rows.advance(&mut row);
            let fault = match step? {
                None => {
                    self.decide();
                    if self.held.is_empty() {
                        self.has_ended = true;
                        self.grouping.end();
                    }
                    None
                }
                Some(Step::Outside) => {
                    self.outside(&row);
                    None
                }
                Some(Step::Unread(columns)) => {
                    self.summary.leave_section(&excerpt(&columns));
                    None
                }
                Some(Step::Unknown(table)) => {
                    self.summary.rows = self.summary.rows.saturating_add(1);
                    Some(unknown_table(&table).at(row.line))
                }
                Some(Step::Header(at, header)) => {
                    self.begin(at, header);
                    None
                }
                Some(Step::Row(at)) => {
                    let bound = self.bound.clone();
                    let is_known = self.tables.last() == Some(&at) || self.tables.contains(&at);
                    if let Some(bound) = bound.filter(|_| is_known) {
                        self.take(&row, &bound)
                    } else {
                        self.leave_section(&row);
                        None
                    }
                }
            };
            self.row = Some(row);
            if let Some(fault) = fault {
                return Ok(Some(Err(fault)));
            }
        }
    }

    fn begin(&mut self, at: usize, header: super::column::Header) {
        let Some(bound) = BoundPart::new(&self.format, at, header, self.options) else { return };
        if let Some(part) = bound.part() {
            self.conventions.decimal = self.options.decimal.or(part.decimal).or(self.conventions.decimal);
            self.conventions.order = part.dates.or(self.conventions.order);
        }
        self.bound = Some(Arc::new(bound));
        self.tables.push(at);
        self.grouping.prefer(Preferred::Table(at));
    }

    /// Counts a row of a section that no table reads, so that the user can be told.
    fn leave_section(&mut self, row: &Row) {
        let (name, kind) = (row.cells.get(0).unwrap_or_default().trim(), row.cells.get(1).unwrap_or_default());
        if self.format.reader != Layout::Sections || !kind.trim().eq_ignore_ascii_case("Data") || name.is_empty() {
            return;
        }
        let folded = folded(name);
        if !self.format.layout.other_sections.iter().any(|known| known.is(&folded)) {
            self.summary.leave_section(&excerpt(name));
        }
    }

    /// A line outside of all tables may hold a value for all rows.
    fn outside(&mut self, row: &Row) {
        self.leave_section(row);
        let second = self.format.layout.second_heading.as_deref();
        if second.is_some() && row.cells.get(0).map(str::trim) == second {
            let symbol = row.cells.get(1).unwrap_or_default().trim();
            self.preamble.insert(Field::Symbol, symbol.to_owned());
        }
        let patterns = self.format.parts.iter().flat_map(|part| &part.preamble);
        let unknown: Vec<_> = patterns.filter(|(field, _)| !self.preamble.contains_key(field)).collect();
        if unknown.is_empty() {
            return;
        }
        let line = row.cells.iter().map(str::trim).collect::<Vec<_>>().join(",");
        for (field, pattern) in unknown {
            if let Some(group) = pattern.captures(&line).and_then(|captures| captures.get(1)) {
                self.preamble.insert(*field, group.as_str().trim().to_owned());
            }
        }
    }

    /// Reads a row, or holds it back until the file shows how it is to be read.
    fn take(&mut self, row: &Row, bound: &Arc<BoundPart>) -> Option<RowFault> {
        if self.held.is_empty() {
            return self.read(row, bound);
        }
        // A row held back is still examined for what it shows about the file.
        let verdict = self.judge(row, bound);
        let is_settled = !matches!(verdict, Err(Unread::Later(_)));
        self.held.push_back((row.clone(), Arc::clone(bound)));
        if (is_settled && self.can_read_held()) || self.held.len() >= HELD {
            self.decide();
        }
        None
    }

    /// Whether a convention that was missing when rows were held back is known now.
    fn can_read_held(&mut self) -> bool {
        let Some((row, bound)) = self.held.front() else { return true };
        let mut conventions = self.conventions;
        !matches!(judge(row, bound, &mut conventions, &self.preamble, self.options), Err(Unread::Later(_)))
    }

    /// Decides that nothing more will be learned about the file: from here on, anything ambiguous is a fault.
    fn decide(&mut self) {
        self.is_decided = true;
    }

    fn judge(&mut self, row: &Row, bound: &BoundPart) -> Result<Verdict, Unread> {
        let known = self.conventions.decimal;
        let verdict = judge(row, bound, &mut self.conventions, &self.preamble, self.options);
        if known.is_none() && self.conventions.decimal.is_some() {
            self.decimal_line = Some(row.line);
        }
        verdict
    }

    fn read(&mut self, row: &Row, bound: &Arc<BoundPart>) -> Option<RowFault> {
        let verdict = self.judge(row, bound);
        let verdict = match verdict {
            Err(Unread::Later(_)) if !self.is_decided => {
                self.held.push_back((row.clone(), Arc::clone(bound)));
                return None;
            }
            Err(Unread::Later(Ambiguity::Number(cell))) => {
                let assumed = bound.part().and_then(|part| part.decimal_if_unclear);
                let can_assume =
                    |mark: &DecimalMark| row.cells.iter().all(|cell| numbers::can_assume(*mark, cell.trim()));
                if let Some(mark) = assumed.filter(can_assume)
                    && self.conventions.decimal.is_none()
                {
                    self.conventions.decimal = Some(mark);
                    let fault = self.read(row, bound);
                    self.conventions.decimal = None;
                    return fault;
                }
                Err(Ambiguity::Number(cell).fault())
            }
            Err(Unread::Later(ambiguity)) => Err(ambiguity.fault()),
            Err(Unread::Fault(fault)) => Err(fault),
            Ok(verdict) => Ok(verdict),
        };
        self.summary.rows = self.summary.rows.saturating_add(1);
        if let Ok(Verdict::Means(meaning) | Verdict::Both(meaning, _) | Verdict::Yields(_, Ok(meaning))) = &verdict {
            meaning.activity().into_iter().for_each(|activity| self.summary.step(activity));
        }
        for preferred in bound.preferred(&row.cells) {
            self.grouping.prefer(preferred);
        }
        let taxes = bound.part().map_or(Taxes::InTheRow, |part| taxes(part, &self.format));
        match verdict {
            Err(fault) => return Some(fault.with_earlier(self.decimal_line).at(row.line)),
            Ok(Verdict::Footer) => {
                self.summary.rows = self.summary.rows.saturating_sub(1);
                self.summary.footer_lines = self.summary.footer_lines.saturating_add(1);
            }
            Ok(Verdict::NotRecorded(kind)) => self.summary.count(kind),
            Ok(Verdict::Means(meaning)) => self.grouping.take(meaning, taxes),
            Ok(Verdict::Both(meaning, other)) => {
                self.grouping.take(meaning, taxes);
                self.grouping.take(other, taxes);
            }
            Ok(Verdict::Yields(preferred, meaning)) => self.grouping.take_unless(preferred, row.line, meaning),
        }
        None
    }
}

/// The fault of a row of a table that is not read and looks like one that is.
fn unknown_table(table: &str) -> Fault {
    let message = format!("it is a row of {table}");
    let hint = "name the columns that are called otherwise with --map COLUMN=HEADER, or leave such rows out with --skip-unknown";
    Fault::new("unknown_action", message).with_hint(hint)
}

/// Whether the taxes of dividends may stand in rows of their own.
fn taxes(_: &Part, format: &Format) -> Taxes {
    let has_rows = format.parts.iter().flat_map(|part| &part.rules).any(|rule| rule.is == Is::Withholding);
    if has_rows { Taxes::InRows } else { Taxes::InTheRow }
}

/// Whether a text begins like JSON, XML, OFX or QIF.
fn is_document(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', '[', '<', '!']) || text.starts_with("OFXHEADER")
}

/// Reads the rest of a source as well.
fn read_whole(start: &mut Vec<u8>, source: &mut impl Read) -> Result<String, OpenError> {
    let room = WHOLE.saturating_sub(start.len()).saturating_add(1);
    source.take(room as u64).read_to_end(start)?;
    if start.len() > WHOLE {
        return Err(Fault::new("file_too_large", "a document of this kind may have 64 MiB").into());
    }
    Ok(decoded(start, encoding_rs::WINDOWS_1252))
}

impl<R: Read> Iterator for Activities<'_, R> {
    type Item = io::Result<Result<Activity, RowFault>>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.advance().or_else(|error| {
            self.has_ended = true;
            self.held.clear();
            self.grouping = Grouping::default();
            let fault = error.downcast::<RowFault>()?;
            Ok(Some(Err(fault)))
        });
        next.transpose()
    }
}
