//! Rates of exchange.

use rusqlite::{OptionalExtension, Row};

use super::Reader;
use crate::domain::{CurrencyPair, Day, DayRate, ExchangeRate, ExchangeRates, Sequence};
use crate::store::StoreError;
use crate::store::events::RATES;
use crate::store::values::{integer, natural, optional, text};

/// The rates of a book.
#[derive(Clone, Copy)]
pub struct Rates<'b> {
    reader: Reader<'b>,
}

impl<'b> Rates<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// All rates.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn all(self) -> Result<ExchangeRates, StoreError> {
        Ok(ExchangeRates::restore(self.reader.version(RATES)?))
    }

    /// The latest rate of a pair within a period.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn latest(self, pair: CurrencyPair, from: Day, to: Day) -> Result<Option<DayRate>, StoreError> {
        let sql = "SELECT rate_date, rate FROM rates
            WHERE base = ?1 AND quote = ?2 AND rate_date BETWEEN ?3 AND ?4 AND sequence <= ?5
            ORDER BY rate_date DESC, sequence DESC";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let known = integer(self.reader.known);
        let mut rows = statement.query((pair.base().code(), pair.quote().code(), from.plain(), to.plain(), known))?;
        // The first row of a day is the last rate recorded for it.
        let mut without = None;
        while let Some(row) = rows.next()? {
            let date: Day = text(row, 0)?;
            if without == Some(date) {
                continue;
            }
            if let Some(rate) = optional(row, 1)? {
                return Ok(Some(DayRate { date, rate }));
            }
            without = Some(date);
        }
        Ok(None)
    }

    /// The rates of a pair within a period, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded(self, pair: CurrencyPair, from: Day, to: Day) -> Result<Vec<DayRate>, StoreError> {
        let sql = "SELECT rate_date, rate FROM rates
            WHERE base = ?1 AND quote = ?2 AND rate_date BETWEEN ?3 AND ?4 AND sequence <= ?5
            ORDER BY rate_date, sequence";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let known = integer(self.reader.known);
        let mut rows = statement.query((pair.base().code(), pair.quote().code(), from.plain(), to.plain(), known))?;
        let mut rates: Vec<DayRate> = Vec::new();
        while let Some(row) = rows.next()? {
            let date = text(row, 0)?;
            rates.pop_if(|last| last.date == date);
            rates.extend(optional(row, 1)?.map(|rate| DayRate { date, rate }));
        }
        Ok(rates)
    }

    /// The history of a pair's rate on a day: each rate, or `None` for a removal, with its event.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn history_on(self, pair: CurrencyPair, day: Day) -> Result<Vec<(Sequence, Option<ExchangeRate>)>, StoreError> {
        let sql =
            "SELECT sequence, rate FROM rates WHERE base = ?1 AND quote = ?2 AND rate_date = ?3 ORDER BY sequence";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let said = |row: &Row<'_>| Ok((natural(row, 0)?, optional(row, 1)?));
        let rows = statement.query_map((pair.base().code(), pair.quote().code(), day.plain()), said)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The pairs that ever had a rate, in order. Takes as many look-ups as there are pairs.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn pairs(self) -> Result<Vec<CurrencyPair>, StoreError> {
        // One comparison of both columns would read all rates of each pair.
        let sql = "SELECT * FROM (SELECT base, quote FROM rates WHERE base = ?1 AND quote > ?2 ORDER BY quote LIMIT 1)
            UNION ALL SELECT * FROM (SELECT base, quote FROM rates WHERE base > ?1 ORDER BY base, quote LIMIT 1)
            LIMIT 1";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let mut pairs: Vec<CurrencyPair> = Vec::new();
        loop {
            let last = pairs.last().map_or(("", ""), |last| (last.base().code(), last.quote().code()));
            let codes = |row: &Row<'_>| Ok((text(row, 0)?, text(row, 1)?));
            let Some((base, quote)) = statement.query_row(last, codes).optional()? else { return Ok(pairs) };
            let pair = CurrencyPair::new(base, quote).map_err(|error| StoreError::Damaged(error.to_string()))?;
            if pairs.last().is_some_and(|last| *last >= pair) {
                return Err(StoreError::Damaged(format!("rates of {pair} are out of order")));
            }
            pairs.push(pair);
        }
    }
}
