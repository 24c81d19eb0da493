//! Reads files into sorted rows.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{HashMap, HashSet};

use super::counted::{Counted, Digest};
use super::file::{FileRows, FileSummary, ReadOptions};
use super::format_rows::read_format;
use super::openings;
use super::probe::{MOST, Reader, START, probe};
use super::reversals::Reversals;
use super::row_order::{Backwards, RowOrder};
use super::sort_buffer::SortBuffer;
use super::sorted_rows::{OWN, ReadFiles, SortedRows};
use super::source::Source;
use super::stated_stocks::StatedStocks;
use super::{BadRows, FileFault, ImportError, ImportRequest, Observer};
use crate::app::AppError;

/// Reads all files.
///
/// # Errors
/// If a file cannot be read, if there is no room for temporary data, or if the user interrupts.
pub fn read(request: &ImportRequest<'_>, observer: &dyn Observer) -> Result<SortedRows, AppError> {
    let sorted = read_all(request, observer, START)?;
    let mut sources = (0..).zip(request.sources);
    let is_long = |(index, source): (u64, &Source)| {
        sorted.files.table(index) == OWN && source.size().is_some_and(|size| size > START)
    };
    let can_read_again = request.sources.iter().all(|source| source.size().is_some());
    if sorted.faults.is_empty() || !can_read_again || !sources.any(is_long) {
        return Ok(sorted);
    }
    // A row further down may decide which reader understands the file.
    read_all(request, observer, MOST)
}

fn read_all(request: &ImportRequest<'_>, observer: &dyn Observer, most: u64) -> Result<SortedRows, AppError> {
    let sources = request.sources;
    let mut sorted = SortedRows {
        buffer: SortBuffer::default(),
        faults: BadRows::default(),
        rows: 0,
        rates: Vec::new(),
        stocks: StatedStocks::default(),
        renamed: HashMap::new(),
        renames: Vec::new(),
        timeless: HashSet::new(),
        reversed: Reversals::default(),
        not_recorded: BTreeMap::new(),
        held: None,
        notes: Vec::new(),
        files: ReadFiles::default(),
    };
    let total: Option<u64> = sources.iter().map(Source::size).sum();
    let progress = Arc::new(AtomicU64::new(0));
    for (index, source) in (0..).zip(sources) {
        let input = source.open().map_err(|cause| ImportError::Input { file: source.name(), cause })?;
        let digest = Digest::default();
        let input = Counted { input, read: Arc::clone(&progress), digest: digest.clone() };
        let mut step = || {
            observer.advance(progress.load(Ordering::Relaxed), total);
            if observer.is_interrupted() { Err(AppError::Interrupted) } else { Ok(()) }
        };
        let failed = |cause| ImportError::Input { file: source.name(), cause };
        let (input, reader) = probe(input, most, request).map_err(failed)?;
        match reader {
            Ok(Reader::Own) => read_file(&mut sorted, index, (source, &digest), input, request.options, &mut step)?,
            Ok(Reader::Format(format)) => {
                read_format(&mut sorted, index, (source, &digest), (input, &format), request, &mut step)?;
            }
            Err(fault) => sorted.faults.add(FileFault { index, file: source.name(), fault }),
        }
    }
    openings::read(request, &mut sorted)?;
    sorted.buffer.sort()?;
    sorted.reversed.find(&sorted.buffer)?;
    Ok(sorted)
}

fn read_file(
    sorted: &mut SortedRows,
    index: u64,
    (source, digest): (&Source, &Digest),
    input: impl Read,
    options: &ReadOptions,
    step: &mut dyn FnMut() -> Result<(), AppError>,
) -> Result<(), AppError> {
    let file = source.name();
    let mut order = RowOrder::default();
    let SortedRows { buffer, faults, stocks, .. } = sorted;
    let mut rows = FileRows::new(input, options);
    for row in &mut rows {
        step()?;
        match row.map_err(|cause| ImportError::Input { file: file.clone(), cause })? {
            (line, Ok(row)) => {
                order.follow(row.symbol(), row.day());
                stocks.note_currency(&row);
                buffer.push(index, line, row)?;
            }
            (_, Err(fault)) => faults.add(FileFault { index, file: file.clone(), fault }),
        }
    }
    match order.backwards() {
        Backwards::None => {}
        Backwards::All => sorted.buffer.reverse(|row| row.file == index)?,
        Backwards::Some(symbols) => {
            sorted.buffer.reverse(|row| row.file == index && symbols.contains(row.row.symbol()))?;
        }
    }
    sorted.rows = sorted.rows.saturating_add(rows.summary().rows);
    sorted.files.add(source, rows.summary(), digest);
    sorted.notes.extend(notes(&file, rows.summary(), sorted.faults.is_empty()));
    Ok(())
}

/// Notes for the user about a file that was read.
pub(super) fn notes(file: &str, summary: &FileSummary, is_faultless: bool) -> impl Iterator<Item = String> {
    let columns = summary.ignored_columns.join(", ");
    let ignored = (!columns.is_empty()).then(|| format!("{file}: not read: {columns}"));
    let is_empty = summary.rows == 0 && is_faultless;
    ignored.into_iter().chain(is_empty.then(|| format!("{file}: 0 rows")))
}
