//! Transactions.

use rusqlite::{Params, Row, ToSql};

use super::conversions::ConversionRow;
use super::splits::{self, SplitRow};
use super::succession::place;
use super::{Reader, has_rows};
use crate::domain::{
    Cash, Currency, Day, Fee, Money, Note, PickedLot, PortfolioFilter, PortfolioName, Price, Quantity, Sequence,
    SplitTerms, Symbol, TimeOfDay, TransactionId, TransactionType,
};
use crate::store::StoreError;
use crate::store::values::{cash, halves, id, integer, listed, natural, optional, shown, text};

/// The transactions of a book.
#[derive(Clone, Copy)]
pub struct Transactions<'b> {
    pub(super) reader: Reader<'b>,
}

/// A transaction as it was recorded, or a split or conversion as it affected a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionRow {
    /// Its event.
    pub sequence: Sequence,
    /// Its place in the order of recording: its event, or the place of the transaction that it replaces
    /// on the same day.
    pub place: Sequence,
    /// Its id.
    pub transaction_id: TransactionId,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// What it did.
    pub transaction_type: TransactionType,
    /// The day of the trade.
    pub trade_date: Day,
    /// The time, if known.
    pub trade_time: Option<TimeOfDay>,
    /// Shares that changed hands; `None` for a dividend or split.
    pub quantity: Option<Quantity>,
    /// The price per share of a trade.
    pub price: Option<Price>,
    /// The broker's fee.
    pub fee: Fee,
    /// The cash that moved.
    pub total_amount: Money,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The user's note.
    pub note: Option<Note>,
    /// The event that voided it.
    pub voided_at: Option<Sequence>,
    /// The tax withheld from a dividend.
    pub withholding: Option<Money>,
    /// The ex-date of a dividend: the first day on which a buyer is not entitled to it.
    pub ex_date: Option<Day>,
    /// The terms of a split: the number of new shares for a number of old ones.
    pub ratio: Option<SplitTerms>,
    /// The conversion.
    pub conversion: Option<Box<ConversionRow>>,
    /// The lots that the user picked.
    pub picked: Vec<PickedLot>,
    /// For an opening lot: the day as of which its quantity counts shares.
    pub as_of: Option<Day>,
    /// The gross payment of a dividend in a currency other than the stock's.
    pub paid: Option<Cash>,
    /// The settlement amount of the total, signed, in the account's currency.
    pub settled: Option<Cash>,
    /// The fee of a trade as it was charged, if that was in a currency other than the stock's; `fee` is then
    /// its equivalent.
    pub charged: Option<Cash>,
}

impl TransactionRow {
    /// The ratio of new shares to old ones, of a split or a conversion.
    #[must_use]
    pub fn ratio_text(&self) -> Option<String> {
        let conversion = self.conversion.as_ref().map(|row| row.terms.ratio.to_string());
        self.ratio.map(|ratio| ratio.to_string()).or(conversion)
    }

    /// The amount before fees and taxes of a trade or a dividend.
    #[must_use]
    pub fn gross_amount(&self) -> Option<Money> {
        let amount = match self.transaction_type {
            TransactionType::Buy => self.total_amount.minus(self.fee.into()),
            TransactionType::Sell => self.total_amount.plus(self.fee.into()),
            TransactionType::Dividend => self.total_amount.plus(self.withholding.unwrap_or_default()),
            TransactionType::ReturnCapital | TransactionType::AdjustCost => Ok(self.total_amount),
            TransactionType::Split
            | TransactionType::TransferIn
            | TransactionType::TransferOut
            | TransactionType::SpinOff
            | TransactionType::Exchange => return None,
        };
        amount.ok()
    }
}

/// Which transactions to list. `None` does not restrict.
#[derive(Debug, Clone, Default)]
pub struct TransactionFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// Only of this type.
    pub transaction_type: Option<TransactionType>,
    /// Only from this day on.
    pub from: Option<Day>,
    /// Only up to this day.
    pub to: Option<Day>,
    /// Only the last ones, at most this many.
    pub tail: Option<u64>,
    /// Including voided ones.
    pub with_voided: bool,
}

impl TransactionFilter {
    /// All that count in some portfolios.
    #[must_use]
    pub fn of(portfolios: &PortfolioFilter) -> Self {
        Self { portfolios: portfolios.clone(), ..Self::default() }
    }
}

const COLUMNS: &str = concat!(
    "SELECT t.id_high, f.name, s.symbol, t.type, t.trade_date, t.quantity, t.price, t.fee,
        t.total_amount, s.currency, t.note, t.voided_at, t.withholding, t.lots, t.sequence, t.id_low,
        t.ex_date, t.as_of, t.trade_time, ",
    place!(),
    ", t.paid_amount, t.paid_currency, t.settlement_amount, t.settlement_currency FROM "
);
pub(super) const NAMES: &str =
    "CROSS JOIN portfolios f ON f.portfolio = t.portfolio CROSS JOIN stocks s ON s.stock = t.stock";
/// The transactions `t` of the stock whose symbol is `o.listed_as`, found by the events of its
/// positions.
pub(super) const OF_STOCK: &str = "stocks o CROSS JOIN positions p ON p.stock = o.stock
    CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
    CROSS JOIN transactions t ON t.sequence = e.sequence";
const BY_ID: &str = "WHERE t.id_high = ?1 AND t.id_low = ?2 ORDER BY t.sequence";

impl<'b> Transactions<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The transaction with this id, voided or not; for a transfer, the side that the shares leave.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find(self, id: TransactionId) -> Result<Option<TransactionRow>, StoreError> {
        self.reader.index_transactions()?;
        Ok(self.each(&format!("{COLUMNS} transactions t {NAMES} {BY_ID} LIMIT 1"), halves(id))?.pop())
    }

    /// The transaction that an event recorded, voided or not.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_by(self, event: Sequence) -> Result<Option<TransactionRow>, StoreError> {
        let sql = format!("{COLUMNS} transactions t {NAMES} WHERE t.sequence = ?1");
        Ok(self.each(&sql, [integer(event)])?.pop())
    }

    /// Like [`Self::find`], but for a transfer both sides, the one that the shares leave first.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn sides(self, id: TransactionId) -> Result<Vec<TransactionRow>, StoreError> {
        self.each(&format!("{COLUMNS} transactions t {NAMES} {BY_ID}"), halves(id))
    }

    /// At most `most` transactions that count and have ids between two.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn some_between(self, ids: [TransactionId; 2], most: u32) -> Result<Vec<TransactionRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} transactions t {NAMES} WHERE (t.id_high, t.id_low) >= (?1, ?2)
            AND (t.id_high, t.id_low) <= (?3, ?4) AND t.voided_at IS NULL LIMIT ?5"
        );
        let [(high, low), (last_high, last_low)] = ids.map(halves);
        self.each(&sql, (high, low, last_high, last_low, most))
    }

    /// Whether a day has any of [these](Self::recorded_before_on).
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn has_recorded_before_on(self, event: Sequence, day: Day) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM transactions
            WHERE trade_date = ?1 AND sequence < ?2
              AND type IN ('BUY', 'SELL', 'DIVIDEND', 'RETURN_CAPITAL', 'ADJUST_COST')";
        Ok(self.reader.connection.prepare_cached(sql)?.exists((day.plain(), integer(event)))?)
    }

    /// The purchases, sales, dividends and changes of cost on a day that were recorded before an event,
    /// including voided ones, in the order of recording.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded_before_on(self, event: Sequence, day: Day) -> Result<Vec<TransactionRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} transactions t {NAMES}
            WHERE t.trade_date = ?1 AND t.sequence < ?2
              AND t.type IN ('BUY', 'SELL', 'DIVIDEND', 'RETURN_CAPITAL', 'ADJUST_COST')
            ORDER BY t.sequence"
        );
        self.each(&sql, (day.plain(), integer(event)))
    }

    /// Passes the transactions that match a filter to `take`, by trade date and order of recording.
    ///
    /// # Errors
    /// If the book cannot be read, or whatever error `take` returns.
    pub fn for_each<E: From<StoreError>>(
        self,
        filter: &TransactionFilter,
        take: &mut dyn FnMut(TransactionRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = |value: &dyn ToString| -> Box<dyn ToSql> { Box::new(value.to_string()) };
        let conditions = [
            ("f.listed_as IN (SELECT value FROM json_each(?))", listed(&filter.portfolios).map(|it| text(&it))),
            ("o.listed_as = ?", filter.symbol.as_ref().map(|it| text(it))),
            ("t.trade_date >= ?", filter.from.as_ref().map(|it| text(it))),
            ("t.trade_date <= ?", filter.to.as_ref().map(|it| text(it))),
        ];
        let counted = if filter.with_voided { "true" } else { "t.voided_at IS NULL" };
        let transactions = if filter.symbol.is_some() { OF_STOCK } else { "transactions t" };
        let mut sql = format!("{COLUMNS} {transactions} {NAMES} WHERE {counted}");
        if let Some(only) = filter.transaction_type {
            // A literal, because only then can the partial index of dividends be used.
            sql = format!("{sql} AND t.type = '{only}'");
        }
        let mut params: Vec<Box<dyn ToSql>> = Vec::new();
        for (condition, value) in conditions {
            if let Some(value) = value {
                params.push(value);
                sql = format!("{sql} AND {condition}");
            }
        }
        let mut facts = self.seen_splits(filter)?;
        facts.extend(self.seen_conversions(filter)?);
        facts.sort_by_key(|row| (row.trade_date, row.conversion.is_some(), row.sequence));
        let mut splits = facts.into_iter().peekable();
        let Some(tail) = filter.tail else {
            sql.push_str(" ORDER BY t.trade_date, t.sequence");
            self.stream(&sql, &params, &mut |row| {
                while let Some(split) = splits.next_if(|split| split.trade_date <= row.trade_date) {
                    take(split)?;
                }
                take(row)
            })?;
            return splits.try_for_each(take);
        };
        params.push(Box::new(integer(tail)));
        sql.push_str(" ORDER BY t.trade_date DESC, t.sequence DESC LIMIT ?");
        let mut rows: Vec<TransactionRow> = splits.collect();
        self.stream(&sql, &params, &mut |row| {
            rows.push(row);
            Ok::<_, E>(())
        })?;
        let rank = |row: &TransactionRow| (row.ratio.is_none(), row.conversion.is_none());
        rows.sort_by_key(|row| (row.trade_date, rank(row), row.sequence));
        let surplus = rows.len().saturating_sub(usize::try_from(tail).unwrap_or(usize::MAX));
        rows.into_iter().skip(surplus).try_for_each(take)
    }

    /// The splits that match a filter, once for each portfolio that had traded the stock before.
    fn seen_splits(self, filter: &TransactionFilter) -> Result<Vec<TransactionRow>, StoreError> {
        if filter.transaction_type.is_some_and(|only| only != TransactionType::Split)
            || !has_rows(self.reader.connection, "splits")?
        {
            return Ok(Vec::new());
        }
        let mut statement = self.reader.connection.prepare_cached(
            "SELECT t.sequence, t.split_id, s.symbol, t.effective_date, t.new_shares, t.old_shares, t.voided_at,
                    f.name, s.currency
             FROM splits t CROSS JOIN stocks s ON s.stock = t.stock CROSS JOIN positions p ON p.stock = t.stock
                 CROSS JOIN portfolios f ON f.portfolio = p.portfolio
             WHERE (?1 IS NULL OR f.listed_as IN (SELECT value FROM json_each(?1)))
                 AND (?2 IS NULL OR s.listed_as = ?2)
                 AND (?3 IS NULL OR t.effective_date >= ?3) AND (?4 IS NULL OR t.effective_date <= ?4)
                 AND (?5 OR t.voided_at IS NULL)
                 AND p.first_trade_date < t.effective_date
             ORDER BY t.effective_date, t.sequence, f.name",
        )?;
        let params = (
            listed(&filter.portfolios),
            shown(filter.symbol.as_ref()),
            shown(filter.from.as_ref()),
            shown(filter.to.as_ref()),
            filter.with_voided,
        );
        let rows = statement.query_map(params, |row| {
            let SplitRow { sequence, split_id, symbol, effective_date, terms, voided_at } = splits::split(row)?;
            Ok(TransactionRow {
                sequence,
                place: sequence,
                transaction_id: split_id,
                portfolio: text(row, 7)?,
                symbol,
                transaction_type: TransactionType::Split,
                trade_date: effective_date,
                trade_time: None,
                quantity: None,
                price: None,
                fee: Fee::ZERO,
                total_amount: Money::ZERO,
                currency: text(row, 8)?,
                note: None,
                voided_at,
                withholding: None,
                ex_date: None,
                ratio: Some(terms),
                conversion: None,
                picked: Vec::new(),
                as_of: None,
                paid: None,
                settled: None,
                charged: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn each(self, sql: &str, params: impl Params) -> Result<Vec<TransactionRow>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, transaction)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn stream<E: From<StoreError>>(
        self,
        sql: &str,
        params: &[Box<dyn ToSql>],
        take: &mut dyn FnMut(TransactionRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.reader.connection.prepare(sql).map_err(StoreError::from)?;
        let rows = statement.query_map(rusqlite::params_from_iter(params), transaction).map_err(StoreError::from)?;
        for row in rows {
            take(row.map_err(StoreError::from)?)?;
        }
        Ok(())
    }
}

fn transaction(row: &Row<'_>) -> rusqlite::Result<TransactionRow> {
    let transaction_type = text(row, 3)?;
    let is_trade = matches!(transaction_type, TransactionType::Buy | TransactionType::Sell);
    let lots: Option<String> = row.get(13)?;
    let picked = lots
        .map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(13, rusqlite::types::Type::Text, Box::new(error)))?;
    let in_another = cash(row, [20, 21])?;
    Ok(TransactionRow {
        transaction_id: id(row, [0, 15])?,
        portfolio: text(row, 1)?,
        symbol: text(row, 2)?,
        sequence: natural(row, 14)?,
        place: natural(row, 19)?,
        transaction_type,
        trade_date: text(row, 4)?,
        trade_time: optional(row, 18)?,
        quantity: optional(row, 5)?,
        price: if is_trade { optional(row, 6)? } else { None },
        fee: text(row, 7)?,
        total_amount: text(row, 8)?,
        currency: text(row, 9)?,
        note: optional(row, 10)?,
        voided_at: row.get::<_, Option<i64>>(11)?.map(i64::unsigned_abs),
        withholding: optional(row, 12)?,
        ex_date: optional(row, 16)?,
        ratio: None,
        conversion: None,
        picked,
        as_of: optional(row, 17)?,
        paid: in_another.filter(|_| !is_trade),
        settled: cash(row, [22, 23])?,
        charged: in_another.filter(|_| is_trade),
    })
}
