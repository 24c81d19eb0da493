//! Prices.

use rusqlite::{OptionalExtension, Row};

use super::{Reader, splits};
use crate::domain::{Day, DomainError, EventType, PriceInForce, Quote, Stock, Stream, Symbol};
use crate::store::StoreError;
use crate::store::events::type_number;
use crate::store::values::{integer, optional, text};

/// The prices of a book.
#[derive(Clone, Copy)]
pub struct Prices<'b> {
    reader: Reader<'b>,
}

impl<'b> Prices<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The latest price of a stock on or before a day, as it was recorded.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn on(self, stock: &Stock, day: Day) -> Result<Option<PriceInForce>, StoreError> {
        // The table has only the last price of each day; one that was replaced is only in its event.
        if !self.reader.is_current() {
            return self.on_as_known(stock, day);
        }
        let sql = "SELECT price_date, price, basis_date FROM prices
            WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date <= ?2
            ORDER BY price_date DESC LIMIT 1";
        let params = (stock.id().uuid().into_bytes(), day.plain());
        Ok(self.reader.connection.prepare_cached(sql)?.query_row(params, price).optional()?)
    }

    fn on_as_known(self, stock: &Stock, day: Day) -> Result<Option<PriceInForce>, StoreError> {
        let Some((portfolio, stock)) = self.reader.key(Stream::Stock(stock.id()))? else { return Ok(None) };
        let (updated, removed) = (EventType::StockPriceUpdated, EventType::StockPriceRemoved);
        let (updated, removed) = (type_number(updated), type_number(removed));
        // In a group with `max`, SQLite takes the other columns from the row with the maximum: the last
        // event. A removal has no price.
        let sql = format!(
            "SELECT json_extract(line, '$.data.price_date') day, json_extract(line, '$.data.new_price') price,
                json_extract(line, '$.data.basis_date'), max(sequence)
            FROM events WHERE portfolio = ?1 AND stock = ?2 AND sequence <= ?3
                AND event_type IN ({updated}, {removed}) AND day <= ?4
            GROUP BY day HAVING price IS NOT NULL ORDER BY day DESC LIMIT 1"
        );
        let params = (portfolio, stock, integer(self.reader.known), day.to_string());
        Ok(self.reader.connection.prepare_cached(&sql)?.query_row(params, price).optional()?)
    }

    /// The price before the latest one of each stock that is held, with the splits from then to today.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn before_the_latest(self) -> Result<Vec<(Symbol, Quote)>, StoreError> {
        let ratios = splits::ratios_between("s.stock", "coalesce(r.basis_date, r.price_date)", "'9999-12-31'");
        let sql = format!(
            "SELECT r.price_date, r.price, r.basis_date, {ratios}, s.symbol
            FROM (SELECT DISTINCT stock FROM positions WHERE quantity <> '0') p CROSS JOIN stocks s ON s.stock = p.stock
            CROSS JOIN prices r ON r.stock = s.stock AND r.price_date =
                (SELECT price_date FROM prices WHERE stock = s.stock ORDER BY price_date DESC LIMIT 1 OFFSET 1)"
        );
        let mut statement = self.reader.connection.prepare_cached(&sql)?;
        let quotes = statement.query_map([], |row| {
            Ok((text(row, 4)?, Quote { recorded: price(row)?, splits: splits::ratio(row, 3)? }))
        })?;
        Ok(quotes.collect::<Result<_, _>>()?)
    }

    /// The latest price of a stock on or before a day, in shares as counted on `basis`.
    ///
    /// # Errors
    /// If the book cannot be read, or if the adjusted price has too many digits.
    pub fn in_force(self, stock: &Stock, day: Day, basis: Day) -> Result<Option<PriceInForce>, StoreError> {
        let Some(found) = self.on(stock, day)? else { return Ok(None) };
        if found.basis_date == basis {
            return Ok(Some(found));
        }
        let adjusted = self.reader.splits().history(stock)?.price_on(found, basis);
        let too_large = |_| DomainError::PriceTooLarge { symbol: stock.profile().symbol.clone(), date: found.date };
        adjusted.map(Some).map_err(|error| StoreError::Refused(too_large(error)))
    }

    /// The prices of a stock from one day to another as they were recorded, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recorded(self, stock: &Stock, from: Option<Day>, to: Option<Day>) -> Result<Vec<PriceInForce>, StoreError> {
        let sql = "SELECT price_date, price, basis_date FROM prices
            WHERE stock = (SELECT stock FROM stocks WHERE stock_id = ?1) AND price_date BETWEEN ?2 AND ?3
            ORDER BY price_date";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let (first, last) = (from.unwrap_or(Day::FIRST), to.unwrap_or(Day::LAST));
        let prices = statement.query_map((stock.id().uuid().as_bytes(), first.plain(), last.plain()), price)?;
        Ok(prices.collect::<Result<_, _>>()?)
    }
}

fn price(row: &Row<'_>) -> rusqlite::Result<PriceInForce> {
    price_at(row, 0)
}

/// The price in three columns of a row: its day, the price, and its basis date if that is another day.
pub(in crate::store) fn price_at(row: &Row<'_>, first: usize) -> rusqlite::Result<PriceInForce> {
    let at = |offset: usize| first.saturating_add(offset);
    let date = text(row, first)?;
    Ok(PriceInForce { date, price: text(row, at(1))?, basis_date: optional(row, at(2))?.unwrap_or(date) })
}
