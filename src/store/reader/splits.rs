//! Splits of stocks.

use rusqlite::{OptionalExtension, Params, Row};

use super::Reader;
use crate::domain::{
    Day, Entry, EntryKind, SeenSplit, Sequence, SplitHistory, SplitRatio, SplitTerms, Stock, StockId, Symbol,
    TransactionId,
};
use crate::store::StoreError;
use crate::store::values::{integer, parsed, text};

/// The splits of a book.
#[derive(Clone, Copy)]
pub struct Splits<'b> {
    reader: Reader<'b>,
}

/// A split as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitRow {
    /// Its event.
    pub sequence: Sequence,
    /// Its id.
    pub split_id: TransactionId,
    /// The stock.
    pub symbol: Symbol,
    /// The day; it counts before that day's trades.
    pub effective_date: Day,
    /// The number of new shares for a number of old ones.
    pub terms: SplitTerms,
    /// The event that voided it.
    pub voided_at: Option<Sequence>,
}

impl SplitRow {
    /// The entry that it makes in every position of the stock.
    #[must_use]
    pub fn entry(&self, stock: StockId) -> Entry {
        let kind = EntryKind::Split(self.terms.ratio());
        Entry::recorded((self.split_id, stock), (self.effective_date, None), self.sequence, kind)
    }
}

const COLUMNS: &str =
    "SELECT t.sequence, t.split_id, s.symbol, t.effective_date, t.new_shares, t.old_shares, t.voided_at
    FROM splits t JOIN stocks s ON s.stock = t.stock";

/// The ratios of the splits of a stock after one day and up to another, separated by spaces: a column
/// for a query that names the stock and the two days.
pub(in crate::store) fn ratios_between(stock: &str, after: &str, until: &str) -> String {
    format!(
        "(SELECT group_concat(new_shares || ':' || old_shares, ' ') FROM splits
          WHERE splits.stock = {stock} AND effective_date > {after} AND effective_date <= {until} AND voided_at IS NULL)"
    )
}

/// The product of the ratios in such a column.
pub(in crate::store) fn ratio(row: &Row<'_>, column: usize) -> rusqlite::Result<SplitRatio> {
    let Some(texts) = row.get_ref(column)?.as_str_or_null()? else { return Ok(SplitRatio::NONE) };
    texts.split(' ').map(|text| Ok(parsed::<SplitTerms>(column, text)?.ratio())).collect()
}

impl<'b> Splits<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The split with this id, voided or not.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find(self, id: TransactionId) -> Result<Option<SplitRow>, StoreError> {
        let sql = format!("{COLUMNS} WHERE t.split_id = ?1");
        Ok(self.reader.connection.prepare_cached(&sql)?.query_row([id.plain()], split).optional()?)
    }

    /// The splits of a stock that count, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn of_stock(self, stock: &Stock) -> Result<Vec<SplitRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} WHERE t.stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND t.sequence <= ?2
               AND (t.voided_at IS NULL OR t.voided_at > ?2)
             ORDER BY t.effective_date, t.sequence"
        );
        self.each(&sql, (stock.id().uuid().as_bytes(), integer(self.reader.known)))
    }

    /// The splits of a stock within a period, including voided ones, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn between(self, stock: &Stock, [from, to]: [Day; 2]) -> Result<Vec<SplitRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} WHERE t.stock = (SELECT stock FROM stocks WHERE stock_id = ?1)
            AND t.effective_date BETWEEN ?2 AND ?3 ORDER BY t.effective_date, t.sequence"
        );
        self.each(&sql, (stock.id().uuid().as_bytes(), from.plain(), to.plain()))
    }

    /// The splits of a stock that count, as ratios by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn history(self, stock: &Stock) -> Result<SplitHistory, StoreError> {
        let splits = self.of_stock(stock)?;
        Ok(SplitHistory::new(splits.iter().map(|split| (split.effective_date, split.terms.ratio()))))
    }

    /// The splits of a stock that count, as positions see them.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn seen(self, stock: &Stock) -> Result<Vec<SeenSplit>, StoreError> {
        let splits = self.of_stock(stock)?;
        Ok(splits.iter().map(|split| (split.split_id, split.effective_date, split.terms.ratio())).collect())
    }

    fn each(self, sql: &str, params: impl Params) -> Result<Vec<SplitRow>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, split)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn split(row: &Row<'_>) -> rusqlite::Result<SplitRow> {
    Ok(SplitRow {
        sequence: row.get::<_, i64>(0)?.unsigned_abs(),
        split_id: text(row, 1)?,
        symbol: text(row, 2)?,
        effective_date: text(row, 3)?,
        terms: SplitTerms { new_shares: text(row, 4)?, old_shares: text(row, 5)? },
        voided_at: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
    })
}
