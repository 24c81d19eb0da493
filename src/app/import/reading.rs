//! From files to rows in order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::{HashMap, HashSet};

use super::broker_rows::{Told, told};
use super::counted::{Counted, Digest};
use super::file::{FileKind, FileRows, FileSummary, ImportRow, ReadOptions};
use super::openings::{self, HeldRow};
use super::probe::{Reader, probe};
use super::rate_rows::{self, RateRow};
use super::renames::Rename;
use super::row_order::{Backwards, RowOrder};
use super::sort_buffer::{BufferedRow, SortBuffer};
use super::taken_back::Dividends;
use super::times::Times;
use super::told_stocks::ToldStocks;
use super::{BadRows, FileFault, ImportError, ImportRequest, Observer};
use crate::app::AppError;
use crate::domain::{ImportedFile, Symbol};
use crate::formats::{self, Activities, Deed, Format, OpenError, Wanted};

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    StandardInput,
}

impl Source {
    /// How messages call it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "standard input".to_owned(),
        }
    }

    /// How a shell is told of it.
    pub(super) fn word(&self) -> String {
        let Self::File(path) = self else { return "-".to_owned() };
        let path = path.display().to_string();
        let is_plain = |c: char| c.is_alphanumeric() || "-_./:+,@%".contains(c);
        if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
    }

    pub(in crate::app) fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::StandardInput => Box::new(io::stdin().lock()),
        })
    }

    pub(super) fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len()),
            Self::StandardInput => None,
        }
    }
}

/// The rows of all files, judged by themselves and in the order of their dates.
pub struct SortedRows {
    /// The good rows.
    pub buffer: SortBuffer,
    /// The bad ones.
    pub faults: BadRows,
    /// How many there are, good and bad.
    pub rows: u64,
    /// Rates of exchange.
    pub rates: Vec<RateRow>,
    /// What they say of their stocks.
    pub stocks: ToldStocks,
    /// Stocks that a file calls otherwise from some row on, by their earlier symbols.
    pub renamed: HashMap<Symbol, Symbol>,
    /// The same, as the files tell it.
    pub(super) renames: Vec<Rename>,
    /// Files whose times say nothing.
    pub(super) timeless: HashSet<u64>,
    /// Files and lines of dividends that were taken back.
    pub taken_back: HashSet<(u64, u64)>,
    /// Rows by kind that are understood and not recorded.
    pub not_recorded: BTreeMap<&'static str, u64>,
    /// What is held in the end, where a file tells that.
    pub(super) held: Option<Vec<HeldRow>>,
    /// What the user should know, in sentences.
    pub notes: Vec<String>,
    /// What was read.
    pub files: ReadFiles,
}

/// Files that were read to their end.
#[derive(Debug, Clone, Default)]
pub struct ReadFiles {
    files: Vec<ImportedFile>,
    has_trades: bool,
    /// Formats of others, each once.
    formats: Vec<String>,
    /// The format of each file.
    tables: Vec<String>,
}

/// What the format of StockBook's own tables is called.
pub(super) const OWN: &str = "stockbook";

impl SortedRows {
    /// The row as it counts: under the last symbol of its stock, and not if it was taken back.
    pub(super) fn current(&self, row: &BufferedRow) -> Option<BufferedRow> {
        if self.taken_back.contains(&(row.file, row.line())) && matches!(row.row, ImportRow::Dividend(_)) {
            return None;
        }
        let mut row = row.clone();
        if self.timeless.contains(&row.file) {
            row.row.forget_time();
        }
        for symbol in row.row.symbols_mut() {
            let mut followed = 0;
            while let Some(now) = self.renamed.get(symbol)
                && followed <= self.renamed.len()
            {
                symbol.clone_from(now);
                followed = followed.saturating_add(1);
            }
        }
        Some(row)
    }

    /// Whether rows count as they are.
    pub(super) fn is_plain(&self) -> bool {
        self.renamed.is_empty() && self.taken_back.is_empty() && self.timeless.is_empty()
    }
}

impl ReadFiles {
    pub(super) fn add(&mut self, source: &Source, summary: &FileSummary, digest: &Digest) {
        self.has_trades |= summary.kind == Some(FileKind::Trades);
        self.tables.push(OWN.to_owned());
        self.files.push(ImportedFile { name: source.name(), sha256: digest.finish() });
    }

    fn add_format(&mut self, source: &Source, format: &Format, digest: &Digest) {
        if !self.formats.iter().any(|known| known == format.name()) {
            self.formats.push(format.name().to_owned());
        }
        self.tables.push(format.name().to_owned());
        self.add_file(source, digest);
    }

    /// A file without rows of its own.
    pub(super) fn add_file(&mut self, source: &Source, digest: &Digest) {
        self.files.push(ImportedFile { name: source.name(), sha256: digest.finish() });
    }

    /// By which table a file is read, by its place among the files.
    pub(super) fn table(&self, file: u64) -> &str {
        usize::try_from(file).ok().and_then(|file| self.tables.get(file)).map_or(OWN, String::as_str)
    }

    /// Of which formats they are.
    pub(super) fn format(&self) -> String {
        let own = if self.has_trades { Some(OWN) } else { None };
        let mut names: Vec<&str> = own.into_iter().chain(self.formats.iter().map(String::as_str)).collect();
        names.dedup();
        if names.is_empty() { "prices".to_owned() } else { names.join(", ") }
    }

    /// Each by its name and content.
    pub(super) fn into_files(self) -> Vec<ImportedFile> {
        self.files
    }
}

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
        stocks: ToldStocks::default(),
        renamed: HashMap::new(),
        renames: Vec::new(),
        timeless: HashSet::new(),
        taken_back: HashSet::new(),
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

/// Reads what a file of another format tells.
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
    let SortedRows { buffer, faults, stocks, rates, not_recorded, renamed, renames, taken_back, .. } = sorted;
    let (mut skipped, mut dividends, mut ids) = (Vec::new(), Dividends::default(), HashMap::new());
    let (mut taxes_alone, mut times) = (Vec::new(), Times::default());
    for activity in &mut activities {
        step()?;
        let told = activity.map_err(failed)?.and_then(|activity| {
            taxes_alone.extend(matches!(activity.deed, Deed::Withholding { .. }).then_some(activity.line));
            let (line, security) = (activity.line, activity.security.clone());
            if let Some(method) = activity.method {
                stocks.note_method(activity.portfolio.clone(), method);
            }
            // Histories go back to currencies that are no more.
            if let Deed::Rate { base, quote, .. } = &activity.deed
                && !format.is_fallback()
                && !rate_rows::are_known([base, quote])
            {
                return Ok((line, security, Told::NotRecorded("unknown_currency")));
            }
            stocks.note_new_shares(&activity, format.is_fallback());
            Ok((line, security, told(activity)?))
        });
        match told {
            Ok((line, _, Told::Renamed { from, to })) => {
                renamed.insert(from.symbol.clone(), to.symbol.clone());
                renames.push(Rename { file: index, line, from, to });
            }
            Ok((line, security, Told::Row(mut row))) => {
                times.follow(&row);
                // What is a dividend and a purchase has one id for both.
                if let Some((id, kind)) = row.given_id()
                    && *ids.entry(id).or_insert(kind) != kind
                {
                    row.forget_id();
                }
                if let ImportRow::Convert(row) = &mut row {
                    row.portfolio = row.portfolio.take().or_else(|| request.converted_in(format.is_fallback()));
                }
                if dividends.takes_back(line, &row) {
                    count(not_recorded, "reversed_dividend", 1);
                    continue;
                }
                // Only what is traded is of a country: histories of prices are as open as our own tables.
                let is_own = format.is_fallback() || matches!(row, ImportRow::Price(_));
                stocks.note(row.symbol(), &security, is_own);
                stocks.note_currency(&row);
                buffer.push(index, line, row)?;
            }
            Ok((line, _, Told::Rate((pair, rate)))) => rates.push(RateRow { pair, rate, file: index, line }),
            Ok((_, _, Told::NotRecorded(kind))) => count(not_recorded, kind, 1),
            Err(fault) if request.skips_unknown && UNKNOWN.contains(&fault.code) => skipped.push(fault),
            Err(fault) => faults.add(FileFault { index, file: file.clone(), fault }),
        }
    }
    let (lines, unknown) = dividends.resolve();
    count(not_recorded, "reversed_dividend", u64::try_from(lines.len()).unwrap_or(u64::MAX));
    not_recorded.retain(|_, rows| *rows > 0);
    taken_back.extend(lines.into_iter().map(|line| (index, line)));
    for fault in unknown {
        faults.add(FileFault { index, file: file.clone(), fault });
    }
    // Our own tables leave a time out where there is none.
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
        let told = format!("{file}:{first}: {rows} of tax withheld without a dividend of the same stock and day");
        sorted.notes.push(format!("{told}: not recorded"));
    }
    if summary.rows == 0 && sorted.faults.is_empty() {
        sorted.notes.push(format!("{file}: 0 rows"));
    }
    sorted.files.add_format(source, format, digest);
    Ok(())
}

/// Faults of rows that nobody needs to understand: `--skip-unknown`.
const UNKNOWN: [&str; 4] = ["unknown_action", "corporate_action", "cost_unknown", "half_a_split"];

fn count(not_recorded: &mut BTreeMap<&'static str, u64>, kind: &'static str, rows: u64) {
    let count = not_recorded.entry(kind).or_default();
    *count = count.saturating_add(rows);
}

/// What the user should know of a file that was read.
pub(super) fn notes(file: &str, summary: &FileSummary, is_faultless: bool) -> impl Iterator<Item = String> {
    let columns = summary.ignored_columns.join(", ");
    let ignored = (!columns.is_empty()).then(|| format!("{file}: not read: {columns}"));
    let is_empty = summary.rows == 0 && is_faultless;
    ignored.into_iter().chain(is_empty.then(|| format!("{file}: 0 rows")))
}
