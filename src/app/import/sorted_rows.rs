//! What was read, in order.

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
    pub stocks: StatedStocks,
    /// Stocks that a file calls otherwise from some row on, by their earlier symbols.
    pub renamed: HashMap<Symbol, Symbol>,
    /// The same, as the files tell it.
    pub(super) renames: Vec<Rename>,
    /// Files whose times say nothing.
    pub(super) timeless: HashSet<u64>,
    /// Trades and dividends that a row of their file takes back.
    pub reversed: Reversals,
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

    /// Whether rows count as they are.
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

/// A position as the file states it.
#[derive(Debug, Clone)]
pub(super) struct HeldRow {
    pub(super) line: u64,
    /// The account, where the file names it.
    pub(super) portfolio: Option<PortfolioName>,
    pub(super) symbol: Symbol,
    pub(super) quantity: Shares,
    /// What all of it had cost.
    pub(super) cost: Option<Money>,
    pub(super) currency: Option<CurrencyMark>,
}
