//! From files to staged rows.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::file::{CurrencyMark, ImportRow, ReadOptions, read_rows};
use super::{FileFault, ImportError, Observer};
use crate::app::SessionError;
use crate::domain::{Day, Symbol};
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

    fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::StandardInput => Box::new(io::stdin().lock()),
        })
    }

    fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len()),
            Self::StandardInput => None,
        }
    }
}

/// The rows of all files, judged by themselves and in the order of their dates.
pub struct StagedFiles {
    /// The names of the files.
    pub names: Vec<String>,
    /// The good rows.
    pub stage: Stage<ImportRow>,
    /// The bad ones.
    pub faults: Vec<FileFault>,
    /// How many there are, good and bad.
    pub rows: u64,
    /// The first currency that a row names for each stock, or else the first sign of one.
    pub currencies: HashMap<Symbol, CurrencyMark>,
    /// What the user should know, in sentences.
    pub notes: Vec<String>,
}

/// Reads all files.
///
/// # Errors
/// If a file cannot be read, if there is no room for temporary data, or if the user interrupts.
pub fn stage(sources: &[Source], options: &ReadOptions, observer: &dyn Observer) -> anyhow::Result<StagedFiles> {
    let mut staged = StagedFiles {
        names: sources.iter().map(Source::name).collect(),
        stage: Stage::default(),
        faults: Vec::new(),
        rows: 0,
        currencies: HashMap::new(),
        notes: Vec::new(),
    };
    let total: Option<u64> = sources.iter().map(Source::size).sum();
    let read = Cell::new(0);
    for (index, source) in (0..).zip(sources) {
        let input = source.open().map_err(|cause| ImportError::Input { file: source.name(), cause })?;
        let input = Counted { input, read: &read };
        stage_file(&mut staged, index, source, input, options, &mut || {
            observer.advance(read.get(), total);
            if observer.is_interrupted() { Err(SessionError::Interrupted.into()) } else { Ok(()) }
        })?;
    }
    staged.stage.sort()?;
    Ok(staged)
}

fn stage_file(
    staged: &mut StagedFiles,
    index: u64,
    source: &Source,
    input: impl Read,
    options: &ReadOptions,
    step: &mut dyn FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    /// Keeps an error of reading apart from all others.
    enum Stop {
        Reading(io::Error),
        Other(anyhow::Error),
    }
    impl From<io::Error> for Stop {
        fn from(error: io::Error) -> Self {
            Self::Reading(error)
        }
    }
    let file = source.name();
    let mut order = DateOrder::default();
    let StagedFiles { stage, faults, currencies, .. } = staged;
    let mut take = |line: u64, row| -> anyhow::Result<()> {
        step()?;
        match row {
            Ok(row) => {
                let (day, symbol, mark) = subject(&row);
                order.follow(day);
                if let Some(mark) = mark {
                    note_currency(currencies, symbol, mark);
                }
                stage.push(index, line, day, row)?;
            }
            Err(fault) => faults.push(FileFault { index, file: file.clone(), fault }),
        }
        Ok(())
    };
    let summary = read_rows(input, options, |line, row| take(line, row).map_err(Stop::Other));
    let summary = summary.map_err(|stop| match stop {
        Stop::Reading(cause) => ImportError::Input { file: source.name(), cause }.into(),
        Stop::Other(error) => error,
    })?;
    if order.is_backwards() {
        staged.stage.reverse(index)?;
    }
    staged.rows = staged.rows.saturating_add(summary.rows);
    if !summary.ignored_columns.is_empty() {
        let columns = summary.ignored_columns.join(", ");
        staged.notes.push(format!("{file}: not read: {columns}"));
    }
    if summary.rows == 0 && staged.faults.is_empty() {
        staged.notes.push(format!("{file}: 0 rows"));
    }
    Ok(())
}

fn subject(row: &ImportRow) -> (Day, &Symbol, Option<CurrencyMark>) {
    match row {
        ImportRow::Trade(trade) => (trade.date, &trade.symbol, trade.currency),
        ImportRow::Price(price) => (price.date, &price.symbol, price.currency),
    }
}

/// A code says more than a sign does; otherwise the first row counts.
fn note_currency(currencies: &mut HashMap<Symbol, CurrencyMark>, symbol: &Symbol, mark: CurrencyMark) {
    match currencies.get_mut(symbol) {
        None => {
            currencies.insert(symbol.clone(), mark);
        }
        Some(known @ (CurrencyMark::Dollar | CurrencyMark::Yen)) if matches!(mark, CurrencyMark::Code(_)) => {
            *known = mark;
        }
        Some(_) => {}
    }
}

/// Whether the dates of a file only ever go back, as in exports that list the newest first.
#[derive(Default)]
struct DateOrder {
    last: Option<Day>,
    went_back: bool,
    went_on: bool,
}

impl DateOrder {
    fn follow(&mut self, day: Day) {
        self.went_back |= self.last.is_some_and(|last| day < last);
        self.went_on |= self.last.is_some_and(|last| day > last);
        self.last = Some(day);
    }

    fn is_backwards(&self) -> bool {
        self.went_back && !self.went_on
    }
}

/// Counts what is read.
struct Counted<'c, R> {
    input: R,
    read: &'c Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.read.set(self.read.get().saturating_add(u64::try_from(count).unwrap_or(u64::MAX)));
        Ok(count)
    }
}
