//! All that a position follows from.

use rusqlite::{Connection, Row};

use super::events::{OF_POSITION, StreamKeys};
use super::splits::{self, SplitRow};
use super::succession::current_lots;
use super::values::{halves, id, integer, natural, optional, text};
use super::{Book, StoreError, UnitOfWork, portfolios};
use crate::domain::{
    Day, Entry, EntryKind, Fee, Money, PickedLot, Portfolio, PortfolioId, PriceInForce, Sequence, SplitHistory, Stock,
    Stream, TransactionId, TransactionType,
};

/// What was recorded and counts, as the book knew it after so many events.
#[derive(Clone, Copy)]
pub struct Facts<'c> {
    pub(super) connection: &'c Connection,
    pub(super) known: Sequence,
}

/// Something of a position that counts, and the event that recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// The event.
    pub sequence: Sequence,
    /// What it means.
    pub entry: Entry,
}

impl<'b> UnitOfWork<'b> {
    /// What is recorded by now, in this unit of work too.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn facts(&mut self) -> Result<Facts<'b>, StoreError> {
        self.settle()?;
        self.index_streams()?;
        Ok(Facts { connection: self.connection, known: Sequence::MAX })
    }
}

impl Book {
    /// What was recorded up to the event `known`.
    #[must_use]
    pub fn facts(&self, known: Sequence) -> Facts<'_> {
        Facts { connection: &self.connection, known }
    }
}

impl Facts<'_> {
    /// What was recorded before an event.
    #[must_use]
    pub fn before(self, event: Sequence) -> Self {
        Self { known: event.saturating_sub(1), ..self }
    }

    /// What was recorded of a position and counts: not what was voided.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn entries(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<StoredEntry>, StoreError> {
        let stream = Stream::Position(owner, stock.id());
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, stream)? else { return Ok(Vec::new()) };
        let sql = " AND e.sequence <= ?3 AND (t.voided_at IS NULL OR t.voided_at > ?3)";
        let mut statement = self.connection.prepare_cached(&[COLUMNS, OF_POSITION, sql].concat())?;
        let mut rows = statement.query((portfolio, stock, integer(self.known)))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(stored_entry(row, owner, self)?);
        }
        Ok(entries)
    }

    /// A transaction of a position by its id, voided or not.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn entry(self, owner: PortfolioId, id: TransactionId) -> Result<Option<StoredEntry>, StoreError> {
        let sql = "WHERE t.id_high = ?1 AND t.id_low = ?2 AND t.portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?3)";
        let mut statement = self.connection.prepare_cached(&[COLUMNS, " FROM transactions t ", sql].concat())?;
        let (high, low) = halves(id);
        let mut rows = statement.query((high, low, owner.uuid().as_bytes()))?;
        rows.next()?.map(|row| stored_entry(row, owner, self)).transpose()
    }

    /// The lots that a caller picked: of a purchase that was amended since, the one in its place.
    fn picked(self, row: &Row<'_>, column: usize) -> Result<Vec<PickedLot>, StoreError> {
        let Some(json) = row.get::<_, Option<String>>(column)? else { return Ok(Vec::new()) };
        let picked: Vec<PickedLot> =
            serde_json::from_str(&json).map_err(|error| StoreError::Damaged(error.to_string()))?;
        current_lots(self.connection, &picked, self.known)
    }

    /// The fees of a position's purchases and sales, where there were any.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn fees(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<(TransactionId, Fee)>, StoreError> {
        let stream = Stream::Position(owner, stock.id());
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, stream)? else { return Ok(Vec::new()) };
        let sql = " AND e.sequence <= ?3 AND (t.voided_at IS NULL OR t.voided_at > ?3) AND t.fee <> '0'";
        let mut statement =
            self.connection.prepare_cached(&["SELECT t.id_high, t.id_low, t.fee", OF_POSITION, sql].concat())?;
        let fees = statement
            .query_map((portfolio, stock, integer(self.known)), |row| Ok((id(row, [0, 1])?, text(row, 2)?)))?;
        Ok(fees.collect::<Result<_, _>>()?)
    }

    /// The prices at which a position was traded, in the order of recording.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn traded_prices(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<PriceInForce>, StoreError> {
        let stream = Stream::Position(owner, stock.id());
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, stream)? else { return Ok(Vec::new()) };
        let of = " AND e.sequence <= ?3 AND (t.voided_at IS NULL OR t.voided_at > ?3) AND t.type IN ('BUY', 'SELL') ORDER BY t.sequence";
        let mut statement =
            self.connection.prepare_cached(&["SELECT t.trade_date, t.price", OF_POSITION, of].concat())?;
        let prices = statement.query_map((portfolio, stock, integer(self.known)), |row| {
            let date = text(row, 0)?;
            Ok(PriceInForce { date, basis_date: date, price: text(row, 1)? })
        })?;
        Ok(prices.collect::<Result<_, _>>()?)
    }

    /// The splits of a stock that count, by their ratios.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn split_history(self, stock: &Stock) -> Result<SplitHistory, StoreError> {
        splits::history(self.connection, stock, self.known)
    }

    /// The splits of a stock that count, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn splits(self, stock: &Stock) -> Result<Vec<SplitRow>, StoreError> {
        splits::of_stock(self.connection, stock, self.known)
    }

    /// The portfolios at both ends of a transfer.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolios_of(self, transfer: TransactionId) -> Result<Vec<Portfolio>, StoreError> {
        let sql = "SELECT f.name FROM transactions t JOIN portfolios f ON f.portfolio = t.portfolio
                   WHERE t.id_high = ?1 AND t.id_low = ?2 ORDER BY t.sequence";
        let mut statement = self.connection.prepare_cached(sql)?;
        let names = statement.query_map(halves(transfer), |row| text(row, 0))?;
        let names = names.collect::<Result<Vec<_>, _>>()?;
        let version = |key| StreamKeys::version(self.connection, key);
        names.iter().filter_map(|name| portfolios::find(self.connection, name, version).transpose()).collect()
    }
}

const COLUMNS: &str = "SELECT t.sequence, t.id_high, t.type, t.trade_date, t.quantity, t.total_amount,
        t.withholding, t.lots, coalesce(t.place, t.sequence), t.id_low, t.as_of, t.trade_time";

fn stored_entry(row: &Row<'_>, portfolio: PortfolioId, facts: Facts<'_>) -> Result<StoredEntry, StoreError> {
    let date: Day = text(row, 3)?;
    let total: Money = text(row, 5)?;
    let kind = match text::<TransactionType>(row, 2)? {
        TransactionType::Buy => EntryKind::purchase(portfolio, (text(row, 4)?, optional(row, 10)?), total),
        TransactionType::Sell => EntryKind::Sale {
            portfolio,
            quantity: text(row, 4)?,
            proceeds: total,
            picked: facts.picked(row, 7)?,
            as_of: optional(row, 10)?,
        },
        TransactionType::TransferOut => {
            EntryKind::TransferOut { portfolio, quantity: text(row, 4)?, picked: facts.picked(row, 7)? }
        }
        TransactionType::TransferIn => EntryKind::TransferIn { portfolio, quantity: text(row, 4)? },
        TransactionType::Dividend => {
            let withheld: Money = text(row, 6)?;
            let amount = total.plus(withheld).map_err(|error| StoreError::Damaged(error.to_string()))?;
            EntryKind::Dividend { portfolio, amount, net: total }
        }
        TransactionType::Split => return Err(StoreError::Damaged("a split among the transactions".to_owned())),
    };
    let entry = Entry::recorded(id(row, [1, 9])?, (date, optional(row, 11)?), natural(row, 8)?, kind);
    Ok(StoredEntry { sequence: natural(row, 0)?, entry })
}
