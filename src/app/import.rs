//! Import of trades and prices from files.
//!
//! Every row goes the same way: it is read from its file and validated by itself, sorted with all others by
//! date, given its identity, and recorded as if it had been typed. An import is one unit of work: it records
//! all rows or none, and reports every bad one.

pub mod file;

mod apply;
mod bad_rows;
mod broker_rows;
mod counted;
mod day_in_book;
mod decisions;
mod directory;
mod duplicates;
mod error;
mod format_rows;
mod identity;
mod known_rows;
mod late_rows;
mod listings;
mod methods;
mod openings;
mod past_imports;
mod price_rows;
mod probe;
mod rate_rows;
mod reading;
mod recorder;
mod refusal;
mod renames;
mod reversals;
mod row_facts;
mod row_order;
mod sort_buffer;
mod sorted_rows;
mod source;
mod stated_stocks;
mod times;
mod to_enter;

use std::collections::{BTreeMap, BTreeSet};

pub use apply::apply;
pub use bad_rows::{BadRows, FileFault};
pub use error::ImportError;
pub use identity::Twins;
pub use known_rows::Similar;
pub use probe::FormatChoice;
pub use rate_rows::RateRow;
pub use reading::read;
pub use sorted_rows::{ReadFiles, SortedRows};
pub use source::Source;

use crate::domain::{
    BatchId, CostAdjustmentKind, Currency, Day, DuplicateRows, KnownIdentity, PortfolioId, PortfolioName, Side,
    StockId, Symbol,
};
use file::{ImportRow, ReadOptions, TradeRow};

/// What to import, and how.
pub struct ImportRequest<'r> {
    /// The id of the import.
    pub batch_id: BatchId,
    /// Where the rows come from.
    pub sources: &'r [Source],
    /// What the user says about the files.
    pub options: &'r ReadOptions,
    /// What the user says about their formats.
    pub formats: &'r FormatChoice,
    /// Whether rows that match no rule of their format are left out.
    pub skips_unknown: bool,
    /// The portfolio of rows that name none.
    pub portfolio: &'r PortfolioName,
    /// The same portfolio, if the user named it.
    pub named_portfolio: Option<&'r PortfolioName>,
    /// The day as of which prices count shares.
    pub price_basis: PriceBasis,
    /// Whether each trade's own price is recorded for its day, where the book has none.
    pub records_trade_prices: bool,
    /// A file of the positions once all rows are recorded; shares that the rows do not account for become
    /// opening lots.
    pub opening: Option<&'r Source>,
    /// How equal rows of several files are treated.
    pub twins: Twins,
    /// How rows that are similar to a transaction in the book are treated.
    pub similar: Similar,
    /// Generates the ids of new stocks. Without it, unknown symbols are refused.
    pub new_stock_id: Option<&'r dyn Fn() -> StockId>,
    /// The currency of new stocks whose rows do not give one.
    pub new_stock_currency: Option<Currency>,
    /// The currency of other new stocks from files of StockBook's own formats.
    pub usual_currency: Currency,
    /// Generates the ids of new portfolios. Without it, unknown portfolios are refused.
    pub new_portfolio_id: Option<&'r dyn Fn() -> PortfolioId>,
}

impl ImportRequest<'_> {
    /// The index of the file of positions, which comes after all others.
    fn opening_index(&self) -> u64 {
        u64::try_from(self.sources.len()).unwrap_or(u64::MAX)
    }

    fn file_name(&self, index: u64) -> String {
        let source = usize::try_from(index).ok().and_then(|index| self.sources.get(index));
        source.or(self.opening).map(Source::name).unwrap_or_default()
    }

    /// The file and line of a row, as text.
    fn place(&self, (file, line): (u64, u64)) -> String {
        format!("{}:{line}", self.file_name(file))
    }

    /// The only portfolio of a conversion whose row names none. A broker reports on one account; in a file of
    /// our own such a conversion concerns all portfolios, as with the command.
    fn converted_in(&self, is_own: bool) -> Option<PortfolioName> {
        if is_own { self.named_portfolio.cloned() } else { Some(self.portfolio.clone()) }
    }

    /// The command that repeats this import with a file of positions, for a history that begins too late.
    fn with_opening(&self) -> String {
        let mut words = vec!["stockbook import".to_owned()];
        words.extend(self.sources.iter().map(Source::word));
        words.extend(self.new_stock_id.map(|_| "--add-stocks".to_owned()));
        words.extend(self.new_portfolio_id.map(|_| "--add-portfolios".to_owned()));
        words.push("--opening positions.csv".to_owned());
        words.join(" ")
    }
}

/// What the user says about the day as of which prices count shares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PriceBasis {
    /// Nothing: as of each price's own day, unless the prices themselves contradict that.
    #[default]
    Unsaid,
    /// As of each price's own day.
    OwnDay,
    /// As of this day: the history is adjusted for splits up to it.
    AsOf(Day),
}

impl PriceBasis {
    /// The day as of which a price of `date` counts shares.
    fn of(self, date: Day) -> Day {
        match self {
            Self::Unsaid | Self::OwnDay => date,
            Self::AsOf(basis) => basis.max(date),
        }
    }
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReceipt {
    /// Rows read.
    pub rows: u64,
    /// Transactions recorded.
    pub imported: u64,
    /// Of these, opening lots dated before the first row.
    pub openings: u64,
    /// The number of rows about shares, prices and rates, new or not, by kind: `buy`, `sell`, `dividend`,
    /// `split`, `opening`, `transfer`, `spin-off`, `exchange`, `return-capital`, `adjust-cost`, `write-off`,
    /// `corporate-action`, `cash-in-lieu`, `price` or `rate`.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Splits in the rows, whether new or not: `ACME 4:1 on 2020-08-31`.
    pub splits: BTreeSet<String>,
    /// Rows that were in the book already.
    pub skipped_duplicates: u64,
    /// Of these, rows that are equal to a row of another file.
    pub repeated: u64,
    /// Rows that are similar to a transaction in the book, whether skipped or recorded.
    pub similar: u64,
    /// Identities of rows that from now on refer to transactions with other ids.
    pub identities: Vec<KnownIdentity>,
    /// How many of the skipped rows each earlier import had recorded.
    pub duplicates: Vec<DuplicateRows>,
    /// The formats of the files.
    pub format: String,
    /// The number of rows that were understood and are not recorded, by kind.
    pub not_recorded: BTreeMap<&'static str, u64>,
    /// Stocks of the book whose symbol or ISIN changed.
    pub renamed: u64,
    /// Stocks added.
    pub stocks_added: u64,
    /// Portfolios added.
    pub portfolios_added: u64,
    /// Prices recorded.
    pub prices: u64,
    /// Of these, prices that replaced another one of the same day.
    pub prices_replaced: u64,
    /// Rates of exchange recorded.
    pub rates: u64,
    /// Of these, rates that replaced another one of the same day.
    pub rates_replaced: u64,
    /// The positions of all rows, whether new or not.
    pub touched: BTreeSet<(PortfolioName, Symbol)>,
    /// The stocks of all price rows.
    pub priced: BTreeSet<Symbol>,
    /// What the user should check, in sentences.
    pub warnings: Vec<String>,
    /// What the user should know, in sentences.
    pub notes: Vec<String>,
}

impl ImportReceipt {
    fn with(mut self, rows: u64, mut notes: Vec<String>) -> Self {
        notes.append(&mut self.notes);
        Self { rows, notes, ..self }
    }

    /// Adds the counts of recorded rates.
    fn with_rates(mut self, of_rates: Self) -> Self {
        let Self { rates, rates_replaced, skipped_duplicates, kinds, .. } = of_rates;
        self.skipped_duplicates = self.skipped_duplicates.saturating_add(skipped_duplicates);
        self.kinds.extend(kinds);
        Self { rates, rates_replaced, ..self }
    }

    /// Counts a row by its kind.
    fn count(&mut self, row: &ImportRow) {
        let kind = match row {
            ImportRow::Trade(TradeRow { side: Side::Buy, as_of: Some(_), .. }) => "opening",
            ImportRow::Trade(TradeRow { side: Side::Buy, as_of: None, .. }) => "buy",
            ImportRow::Trade(TradeRow { side: Side::Sell, .. }) => "sell",
            ImportRow::Dividend(_) => "dividend",
            ImportRow::Split(_) => "split",
            ImportRow::Transfer(_) => "transfer",
            ImportRow::Convert(row) => row.kind.noun(),
            ImportRow::CostChange(row) => match row.kind {
                CostAdjustmentKind::ReturnOfCapital => "return-capital",
                CostAdjustmentKind::Addition => "adjust-cost",
            },
            ImportRow::WriteOff(_) => "write-off",
            ImportRow::CorporateAction(_) => "corporate-action",
            ImportRow::CashInLieu(_) => "cash-in-lieu",
            ImportRow::Price(_) => "price",
        };
        let count = self.kinds.entry(kind).or_default();
        *count = count.saturating_add(1);
    }

    fn count_imported(&mut self) {
        self.imported = self.imported.saturating_add(1);
    }

    fn skip_duplicate(&mut self) {
        self.skipped_duplicates = self.skipped_duplicates.saturating_add(1);
    }

    fn note_repeated(&mut self) {
        let number = self.repeated;
        if number > 0 {
            let (rows, count) = if number == 1 { ("row is", "counts") } else { ("rows are", "count") };
            self.notes.push(format!(
                "{number} {rows} equal to a row of another file and {count} once; --distinct takes each for a \
                 transaction of its own"
            ));
        }
    }
}

/// Observes the progress of an import, and can stop it.
pub trait Observer {
    /// Called when `done` of `total` steps have been done. `total` is `None` if it is unknown.
    fn advance(&self, done: u64, total: Option<u64>);

    /// Whether the user wants to stop.
    fn is_interrupted(&self) -> bool;
}
