//! Conversions of one stock into another.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Params, Row};

use super::{Reader, has_rows};
use crate::domain::{
    Conversion, ConversionKind, ConversionRatio, ConversionTerms, Currency, Day, Entry, EntryKind, PortfolioId,
    PortfolioName, Sequence, Stock, StockId, Stream, Symbol, TransactionId,
};
use crate::store::StoreError;
use crate::store::values::{integer, natural, optional, text, uuid};

/// The conversions of a book.
#[derive(Clone, Copy)]
pub struct Conversions<'b> {
    reader: Reader<'b>,
}

/// A conversion as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversionRow {
    /// Its event.
    pub sequence: Sequence,
    /// Its id.
    pub conversion_id: TransactionId,
    /// Whether the old shares are kept.
    pub kind: ConversionKind,
    /// The stock that is converted.
    pub stock: (StockId, Symbol),
    /// The stock of the new shares.
    pub new_stock: (StockId, Symbol),
    /// The currency of all amounts.
    pub currency: Currency,
    /// The day; it counts before that day's trades.
    pub effective_date: Day,
    /// What it does to each lot.
    pub terms: ConversionTerms,
    /// The only portfolio that it concerns; `None` for all.
    pub portfolio: Option<(PortfolioId, PortfolioName)>,
    /// The event that voided it.
    pub voided_at: Option<Sequence>,
}

impl ConversionRow {
    /// The entry that it makes in the positions of both stocks.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let conversion = Conversion {
            kind: self.kind,
            new_stock: self.new_stock.0,
            portfolio: self.portfolio.as_ref().map(|(id, _)| *id),
            terms: self.terms.clone(),
        };
        let kind = EntryKind::Conversion(Box::new(conversion));
        Entry::recorded((self.conversion_id, self.stock.0), (self.effective_date, None), self.sequence, kind)
    }

    /// The name of the only portfolio.
    #[must_use]
    pub fn portfolio_name(&self) -> Option<&PortfolioName> {
        self.portfolio.as_ref().map(|(_, name)| name)
    }
}

pub(super) const COLUMNS: &str = "SELECT t.sequence, t.conversion_id, t.kind, o.stock_id, o.symbol, n.stock_id,
        n.symbol, o.currency, t.effective_date, t.new_shares, t.old_shares, t.cost_share, t.new_value, t.old_value,
        t.cash, t.pay, t.rule, t.cash_in_lieu, c.portfolio_id, c.name, t.voided_at";
pub(super) const NAMES: &str = "FROM conversions t JOIN stocks o ON o.stock = t.stock
    JOIN stocks n ON n.stock = t.new_stock LEFT JOIN portfolios c ON c.portfolio = t.portfolio";

impl<'b> Conversions<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The conversion with this id, voided or not.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find(self, id: TransactionId) -> Result<Option<ConversionRow>, StoreError> {
        let sql = format!("{COLUMNS} {NAMES} WHERE t.conversion_id = ?1");
        Ok(self.reader.connection.prepare_cached(&sql)?.query_row([id.plain()], conversion).optional()?)
    }

    /// The conversions from or into a stock that count, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn of_stock(self, stock: &Stock) -> Result<Vec<ConversionRow>, StoreError> {
        if !has_rows(self.reader.connection, "conversions")? {
            return Ok(Vec::new());
        }
        let sql = format!(
            "{COLUMNS} {NAMES} WHERE ?1 IN (o.stock_id, n.stock_id)
               AND t.sequence IN (
                   SELECT sequence FROM conversions WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1)
                   UNION ALL
                   SELECT sequence FROM conversions WHERE new_stock = (SELECT stock FROM stocks WHERE stock_id = ?1))
               AND t.sequence <= ?2 AND (t.voided_at IS NULL OR t.voided_at > ?2)
             ORDER BY t.effective_date, t.sequence"
        );
        self.each(&sql, (stock.id().uuid().as_bytes(), integer(self.reader.known)))
    }

    /// Whether a conversion or a cost adjustment was ever recorded for a stock.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn may_change_costs(self, stock: &Stock) -> Result<bool, StoreError> {
        let sql = "WITH of (stock) AS (SELECT stock FROM stocks WHERE stock_id = ?1)
            SELECT 1 FROM of JOIN conversions c ON c.stock = of.stock
            UNION ALL SELECT 1 FROM of JOIN conversions c ON c.new_stock = of.stock
            UNION ALL SELECT 1 FROM of JOIN transactions t ON t.stock = of.stock
                WHERE t.type IN ('RETURN_CAPITAL', 'ADJUST_COST')
            LIMIT 1";
        Ok(self.reader.connection.prepare_cached(sql)?.exists([stock.id().uuid().as_bytes()])?)
    }

    /// All conversions that count, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn all(self) -> Result<Vec<ConversionRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} {NAMES} WHERE t.sequence <= ?1 AND (t.voided_at IS NULL OR t.voided_at > ?1)
             ORDER BY t.effective_date, t.sequence"
        );
        self.each(&sql, [integer(self.reader.known)])
    }

    /// The conversions between two stocks on a day, including voided ones.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn between(self, [stock, new_stock]: [&Stock; 2], day: Day) -> Result<Vec<ConversionRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} {NAMES} WHERE o.stock_id = ?1 AND n.stock_id = ?2 AND t.effective_date = ?3 ORDER BY t.sequence"
        );
        self.each(&sql, (stock.id().uuid().as_bytes(), new_stock.id().uuid().as_bytes(), day.plain()))
    }

    /// A stock, and those that conversions, including voided ones, link with it.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn linked_stocks(self, stock: &Stock) -> Result<Vec<Stock>, StoreError> {
        let Some((_, key)) = self.reader.key(Stream::Stock(stock.id()))? else { return Ok(vec![stock.clone()]) };
        let linked = self.linked(key)?;
        linked.into_iter().filter_map(|stock| self.reader.stocks().at(stock).transpose()).collect()
    }

    /// The row numbers of all stocks that conversions, including voided ones, link with another.
    pub(in crate::store) fn stocks(self) -> Result<BTreeSet<i64>, StoreError> {
        let mut statement =
            self.reader.connection.prepare("SELECT stock FROM conversions UNION SELECT new_stock FROM conversions")?;
        let stocks = statement.query_map([], |row| row.get(0))?;
        Ok(stocks.collect::<Result<_, _>>()?)
    }

    /// The row numbers of the stocks that conversions, including voided ones, link with a stock.
    pub(in crate::store) fn linked(self, stock: i64) -> Result<BTreeSet<i64>, StoreError> {
        if !has_rows(self.reader.connection, "conversions")? {
            return Ok(BTreeSet::from([stock]));
        }
        let sql = "WITH RECURSIVE linked(stock) AS (
                VALUES (?1)
                UNION SELECT c.new_stock FROM linked l CROSS JOIN conversions c ON c.stock = l.stock
                UNION SELECT c.stock FROM linked l CROSS JOIN conversions c ON c.new_stock = l.stock)
            SELECT stock FROM linked";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let linked = statement.query_map([stock], |row| row.get(0))?;
        Ok(linked.collect::<Result<_, _>>()?)
    }

    fn each(self, sql: &str, params: impl Params) -> Result<Vec<ConversionRow>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, conversion)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn conversion(row: &Row<'_>) -> rusqlite::Result<ConversionRow> {
    let portfolio = optional::<PortfolioName>(row, 19)?;
    Ok(ConversionRow {
        sequence: natural(row, 0)?,
        conversion_id: text(row, 1)?,
        kind: text(row, 2)?,
        stock: (StockId::new(uuid(row, 3)?), text(row, 4)?),
        new_stock: (StockId::new(uuid(row, 5)?), text(row, 6)?),
        currency: text(row, 7)?,
        effective_date: text(row, 8)?,
        terms: ConversionTerms {
            ratio: ConversionRatio { new_shares: text(row, 9)?, old_shares: text(row, 10)? },
            cost_share: optional(row, 11)?,
            new_value: optional(row, 12)?,
            old_value: optional(row, 13)?,
            cash: optional(row, 14)?,
            pay: optional(row, 15)?,
            rule: optional(row, 16)?,
            cash_in_lieu: optional(row, 17)?,
        },
        portfolio: portfolio
            .map(|name| Ok::<_, rusqlite::Error>((PortfolioId::new(uuid(row, 18)?), name)))
            .transpose()?,
        voided_at: row.get::<_, Option<i64>>(20)?.map(i64::unsigned_abs),
    })
}
