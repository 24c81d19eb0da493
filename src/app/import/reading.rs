//! Reading files into rows in order.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{HashMap, HashSet};

use super::broker_rows::{Outcome, to_row};
use super::counted::{Counted, Digest};
use super::file::{FileRows, FileSummary, ImportRow, ReadOptions};
use super::openings;
use super::probe::{Reader, probe};
use super::rate_rows::RateRow;
use super::renames::Rename;
use super::reversals::Reversals;
use super::row_order::{Backwards, RowOrder};
use super::sort_buffer::SortBuffer;
use super::sorted_rows::{ReadFiles, SortedRows};
use super::source::Source;
use super::stated_stocks::StatedStocks;
use super::times::Times;
use super::{BadRows, FileFault, ImportError, ImportRequest, Observer};
use crate::app::AppError;
use crate::formats::{self, Action, Activities, Format, OpenError, Wanted};

/// Reads all files.
///
/// # Errors
/// If a file cannot be read, if there is no room for temporary data, or if the user interrupts.
pub fn read(request: &ImportRequest<'_>, observer: &dyn Observer) -> Result<SortedRows, AppError> {
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
        let (input, reader) = probe(input, request).map_err(failed)?;
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

/// Reads the activities of a file of another format.
fn read_format(
    sorted: &mut SortedRows,
    index: u64,
    (source, digest): (&Source, &Digest),
    (input, format): (impl Read, &Arc<Format>),
    request: &ImportRequest<'_>,
    step: &mut dyn FnMut() -> Result<(), AppError>,
) -> Result<(), AppError> {
    let file = source.name();
    let failed = |cause| ImportError::Input { file: file.clone(), cause };
    let mut activities = match Activities::open(input, &Wanted::Only(format), &request.formats.options) {
        Ok(activities) => activities,
        Err(OpenError::Input(cause)) => return Err(failed(cause).into()),
        Err(OpenError::Refused(fault)) => {
            sorted.faults.add(FileFault { index, file, fault });
            return Ok(());
        }
    };
    let SortedRows { buffer, faults, stocks, rates, not_recorded, renamed, renames, reversed, .. } = sorted;
    let (mut skipped, mut ids) = (Vec::new(), HashMap::new());
    let (mut taxes_alone, mut times) = (Vec::new(), Times::default());
    for activity in &mut activities {
        step()?;
        let row = activity.map_err(failed)?.and_then(|activity| {
            taxes_alone.extend(matches!(activity.action, Action::Withholding { .. }).then_some(activity.line));
            let (line, security) = (activity.line, activity.security.clone());
            if let Some(method) = activity.method {
                stocks.note_method(activity.portfolio.clone(), method);
            }
            // Histories go back to currencies that no longer exist.
            if matches!(activity.action, Action::Rate { currencies: Err(_), .. }) && !format.is_fallback() {
                return Ok((line, security, Outcome::NotRecorded("unknown_currency")));
            }
            stocks.note_new_shares(&activity, format.is_fallback());
            Ok((line, security, to_row(activity)?))
        });
        match row {
            Ok((line, _, Outcome::Renamed { from, to })) => {
                renamed.insert(from.symbol.clone(), to.symbol.clone());
                renames.push(Rename { file: index, line, from, to });
            }
            Ok((line, security, Outcome::Row(mut row))) => {
                times.follow(&row);
                // A reinvested dividend has one id for the dividend and the purchase.
                if let Some((id, kind)) = row.given_id()
                    && *ids.entry(id).or_insert(kind) != kind
                {
                    row.forget_id();
                }
                if let ImportRow::Convert(row) = &mut row {
                    row.portfolio = row.portfolio.take().or_else(|| request.converted_in(format.is_fallback()));
                }
                if reversed.is_reversal(index, line, &mut row) {
                    continue;
                }
                // Only a traded stock belongs to a country; histories of prices leave the currency as open as our own
                // tables.
                let is_own = format.is_fallback() || matches!(row, ImportRow::Price(_));
                stocks.note(row.symbol(), &security, is_own);
                stocks.note_currency(&row);
                buffer.push(index, line, row)?;
            }
            Ok((line, _, Outcome::Reverses(row))) => reversed.add(index, line, *row),
            Ok((line, _, Outcome::Rate((pair, rate)))) => rates.push(RateRow { pair, rate, file: index, line }),
            Ok((_, _, Outcome::NotRecorded(kind))) => count(not_recorded, kind, 1),
            Err(fault) if request.skips_unknown && UNKNOWN.contains(&fault.code) => skipped.push(fault),
            Err(fault) => faults.add(FileFault { index, file: file.clone(), fault }),
        }
    }
    // In our own tables a missing time is an empty cell, so all times count.
    if !format.is_fallback() && times.say_nothing() {
        sorted.timeless.insert(index);
    }
    let summary = activities.summary();
    if summary.order() == formats::RowOrder::NewestFirst {
        buffer.reverse(|row| row.file == index)?;
    }
    for (kind, rows) in &summary.not_recorded {
        count(not_recorded, kind.name(), *rows);
    }
    sorted.rows = sorted.rows.saturating_add(summary.rows);
    sorted.notes.extend(skipped.iter().map(|fault| format!("{file}:{}: not recorded: {}", fault.line, fault.message)));
    if !skipped.is_empty() {
        count(&mut sorted.not_recorded, "unknown", u64::try_from(skipped.len()).unwrap_or(u64::MAX));
    }
    if let Some(first) = taxes_alone.iter().min() {
        let rows = if taxes_alone.len() == 1 { "1 row".to_owned() } else { format!("{} rows", taxes_alone.len()) };
        let note = format!("{file}:{first}: {rows} of tax withheld without a dividend of the same stock and day");
        sorted.notes.push(format!("{note}: not recorded"));
    }
    sorted.notes.extend(sections_left(&file, summary));
    if summary.rows == 0 && sorted.faults.is_empty() {
        sorted.notes.push(format!("{file}: 0 rows"));
    }
    if format.is_of_positions() && summary.rows > 0 {
        let word = source.word();
        sorted
            .notes
            .push(format!("{file}: what is held is nothing that happened: `stockbook reconcile {word}` compares it"));
    }
    sorted.files.add_format(source, format, digest);
    Ok(())
}

/// Faults that `--skip-unknown` turns into notes.
const UNKNOWN: [&str; 4] = ["unknown_action", "corporate_action", "cost_unknown", "half_a_split"];

pub(super) fn count(not_recorded: &mut BTreeMap<&'static str, u64>, kind: &'static str, rows: u64) {
    let count = not_recorded.entry(kind).or_default();
    *count = count.saturating_add(rows);
}

/// The sections that no table reads: they may explain missing figures.
fn sections_left(file: &str, summary: &formats::Summary) -> Option<String> {
    let sections = summary.unread_sections.iter().map(|(name, rows)| match rows {
        1 => format!("{name} (1 row)"),
        rows => format!("{name} ({rows} rows)"),
    });
    let sections = sections.collect::<Vec<_>>().join(", ");
    (!sections.is_empty()).then(|| format!("{file}: sections not read: {sections}"))
}

/// Notes for the user about a file that was read.
pub(super) fn notes(file: &str, summary: &FileSummary, is_faultless: bool) -> impl Iterator<Item = String> {
    let columns = summary.ignored_columns.join(", ");
    let ignored = (!columns.is_empty()).then(|| format!("{file}: not read: {columns}"));
    let is_empty = summary.rows == 0 && is_faultless;
    ignored.into_iter().chain(is_empty.then(|| format!("{file}: 0 rows")))
}
