//! The rows of all files in order.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use super::BadRows;
use super::counted::Digest;
use super::file::{CurrencyMark, FileKind, FileSummary};
use super::rate_rows::RateRow;
use super::renames::Rename;
use super::reversals::Reversals;
use super::sort_buffer::{BufferedRow, SortBuffer};
use super::source::Source;
use super::stated_stocks::StatedStocks;
use crate::domain::{ImportedFile, Money, PortfolioName, Shares, Symbol};
use crate::formats::Format;

/// The rows of all files, validated one by one and sorted by date.
pub struct SortedRows {
    /// The valid rows.
    pub buffer: SortBuffer,
    /// The bad rows.
    pub faults: BadRows,
    /// The number of all rows.
    pub rows: u64,
    /// The exchange rates.
    pub rates: Vec<RateRow>,
    /// What the rows state about their stocks.
    pub stocks: StatedStocks,
    /// The new symbols of renamed stocks, by their former ones.
    pub renamed: HashMap<Symbol, Symbol>,
    /// The renames as the files state them.
    pub(super) renames: Vec<Rename>,
    /// The files whose times mean nothing.
    pub(super) timeless: HashSet<u64>,
    /// Trades and dividends that are reversed by a row of their file.
    pub reversed: Reversals,
    /// The number of rows that are understood and not recorded, by kind.
    pub not_recorded: BTreeMap<&'static str, u64>,
    /// The final positions, if a file states them.
    pub(super) held: Option<Vec<HeldRow>>,
    /// Notes for the user, in sentences.
    pub notes: Vec<String>,
    /// The files that were read.
    pub files: ReadFiles,
}

/// The files that were read to their end.
#[derive(Debug, Clone, Default)]
pub struct ReadFiles {
    files: Vec<ImportedFile>,
    has_trades: bool,
    /// The formats of the files, each once.
    formats: Vec<String>,
    /// The format of each file.
    tables: Vec<String>,
}

/// The format name of StockBook's own tables.
pub(super) const OWN: &str = "stockbook";

impl SortedRows {
    /// The row to record, under the last symbol of its stock; `None` if it was reversed.
    pub(super) fn current(&self, row: &BufferedRow) -> Option<BufferedRow> {
        if self.reversed.has(row.file, row.line(), &row.row) {
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

    /// Whether all rows are recorded unchanged.
    pub(super) fn is_plain(&self) -> bool {
        self.renamed.is_empty() && self.reversed.is_empty() && self.timeless.is_empty()
    }
}

impl ReadFiles {
    pub(super) fn add(&mut self, source: &Source, summary: &FileSummary, digest: &Digest) {
        self.has_trades |= summary.kind == Some(FileKind::Trades);
        self.tables.push(OWN.to_owned());
        self.files.push(ImportedFile { name: source.name(), sha256: digest.finish() });
    }

    pub(super) fn add_format(&mut self, source: &Source, format: &Format, digest: &Digest) {
        if !self.formats.iter().any(|known| known == format.name()) {
            self.formats.push(format.name().to_owned());
        }
        self.tables.push(format.name().to_owned());
        self.add_file(source, digest);
    }

    /// A file without rows.
    pub(super) fn add_file(&mut self, source: &Source, digest: &Digest) {
        self.files.push(ImportedFile { name: source.name(), sha256: digest.finish() });
    }

    /// The table that reads a file, given the index of the file.
    pub(super) fn table(&self, file: u64) -> &str {
        usize::try_from(file).ok().and_then(|file| self.tables.get(file)).map_or(OWN, String::as_str)
    }

    /// The names of the formats.
    pub(super) fn format(&self) -> String {
        let own = if self.has_trades { Some(OWN) } else { None };
        let mut names: Vec<&str> = own.into_iter().chain(self.formats.iter().map(String::as_str)).collect();
        names.dedup();
        if names.is_empty() { "prices".to_owned() } else { names.join(", ") }
    }

    /// The names and digests of the files.
    pub(super) fn into_files(self) -> Vec<ImportedFile> {
        self.files
    }
}

/// A position stated by a file.
#[derive(Debug, Clone)]
pub(super) struct HeldRow {
    pub(super) line: u64,
    /// The portfolio, if the file names one.
    pub(super) portfolio: Option<PortfolioName>,
    pub(super) symbol: Symbol,
    pub(super) quantity: Shares,
    /// The cost of the whole position.
    pub(super) cost: Option<Money>,
    pub(super) currency: Option<CurrencyMark>,
}
