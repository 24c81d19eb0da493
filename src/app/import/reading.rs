//! From files to staged rows.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use super::file::{FileKind, FileRows, FileSummary, ImportRow, ReadOptions};
use super::row_order::{Backwards, RowOrder};
use super::told_stocks::ToldStocks;
use super::{BadRows, FileFault, ImportError, ImportRequest, Observer};
use crate::app::SessionError;
use crate::domain::ImportedFile;
use crate::store::Stage;

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

    pub(super) fn open(&self) -> io::Result<Box<dyn Read>> {
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
pub struct StagedFiles {
    /// The good rows.
    pub stage: Stage<ImportRow>,
    /// The bad ones.
    pub faults: BadRows,
    /// How many there are, good and bad.
    pub rows: u64,
    /// What they say of their stocks.
    pub stocks: ToldStocks,
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
}

impl ReadFiles {
    pub(super) fn add(&mut self, source: &Source, summary: &FileSummary, digest: &Digest) {
        self.has_trades |= summary.kind == Some(FileKind::Trades);
        self.files.push(ImportedFile { name: source.name(), sha256: digest.finish() });
    }

    /// What they are, each by its name and content.
    pub(super) fn into_files(self) -> (&'static str, Vec<ImportedFile>) {
        (if self.has_trades { "stockbook" } else { "prices" }, self.files)
    }
}

/// Reads all files.
///
/// # Errors
/// If a file cannot be read, if there is no room for temporary data, or if the user interrupts.
pub fn stage(request: &ImportRequest<'_>, observer: &dyn Observer) -> anyhow::Result<StagedFiles> {
    let sources = request.sources;
    let mut staged = StagedFiles {
        stage: Stage::default(),
        faults: BadRows::default(),
        rows: 0,
        stocks: ToldStocks::default(),
        notes: Vec::new(),
        files: ReadFiles::default(),
    };
    let total: Option<u64> = sources.iter().map(Source::size).sum();
    let read = Arc::new(AtomicU64::new(0));
    for (index, source) in (0..).zip(sources) {
        let input = source.open().map_err(|cause| ImportError::Input { file: source.name(), cause })?;
        let digest = Digest::default();
        let input = Counted { input, read: Arc::clone(&read), digest: digest.clone() };
        stage_file(&mut staged, index, (source, &digest), input, request.options, &mut || {
            observer.advance(read.load(Ordering::Relaxed), total);
            if observer.is_interrupted() { Err(SessionError::Interrupted.into()) } else { Ok(()) }
        })?;
    }
    staged.stage.sort()?;
    Ok(staged)
}

fn stage_file(
    staged: &mut StagedFiles,
    index: u64,
    (source, digest): (&Source, &Digest),
    input: impl Read,
    options: &ReadOptions,
    step: &mut dyn FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let file = source.name();
    let mut order = RowOrder::default();
    let StagedFiles { stage, faults, stocks, .. } = staged;
    let mut rows = FileRows::new(input, options);
    for row in &mut rows {
        step()?;
        match row.map_err(|cause| ImportError::Input { file: file.clone(), cause })? {
            (line, Ok(row)) => {
                let when = (row.day(), row.moment());
                order.follow(row.symbol(), row.day());
                if let Some(mark) = row.currency() {
                    stocks.note_currency(row.symbol(), mark);
                }
                stage.push(index, line, when, row)?;
            }
            (_, Err(fault)) => faults.add(FileFault { index, file: file.clone(), fault }),
        }
    }
    match order.backwards() {
        Backwards::None => {}
        Backwards::All => staged.stage.reverse(index, None)?,
        Backwards::Some(symbols) => {
            symbols.iter().try_for_each(|symbol| staged.stage.reverse(index, Some(symbol.as_str())))?;
        }
    }
    staged.rows = staged.rows.saturating_add(rows.summary().rows);
    staged.files.add(source, rows.summary(), digest);
    staged.notes.extend(notes(&file, rows.summary(), staged.faults.is_empty()));
    Ok(())
}

/// What the user should know of a file that was read.
pub(super) fn notes(file: &str, summary: &FileSummary, is_faultless: bool) -> impl Iterator<Item = String> {
    let columns = summary.ignored_columns.join(", ");
    let ignored = (!columns.is_empty()).then(|| format!("{file}: not read: {columns}"));
    let is_empty = summary.rows == 0 && is_faultless;
    ignored.into_iter().chain(is_empty.then(|| format!("{file}: 0 rows")))
}

/// The SHA-256 of what is read of a file.
#[derive(Clone, Default)]
pub(super) struct Digest(Rc<RefCell<Sha256>>);

impl Digest {
    fn finish(&self) -> String {
        let mut text = String::new();
        for byte in self.0.take().finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// Counts what is read, and takes its digest.
pub(super) struct Counted<R> {
    pub(super) input: R,
    pub(super) read: Arc<AtomicU64>,
    pub(super) digest: Digest,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.digest.0.borrow_mut().update(buffer.get(..count).unwrap_or_default());
        self.read.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
        Ok(count)
    }
}
