//! The entries from which positions follow.

use rusqlite::Row;

use super::Reader;
use super::succession::place;
use crate::domain::{
    CostAdjustmentKind, Day, Entry, EntryKind, Fee, LotsNeeded, Money, PickedLot, Portfolio, PortfolioId, Position,
    PriceInForce, Sequence, Stock, StockId, Stream, TransactionId, TransactionType,
};
use crate::store::StoreError;
use crate::store::events::OF_POSITION;
use crate::store::stored_positions::StoredPositions;
use crate::store::values::{halves, id, integer, natural, optional, text};

/// The entries of positions that count.
#[derive(Clone, Copy)]
pub struct Entries<'b> {
    reader: Reader<'b>,
}

/// An entry of a position that counts, and the event that recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// The event.
    pub sequence: Sequence,
    /// The entry.
    pub entry: Entry,
}

/// What is left of a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLot {
    /// The purchase, or the conversion that created it.
    pub lot_id: TransactionId,
    /// Its day.
    pub acquired_on: Day,
    /// The cost of the remaining shares.
    pub cost_basis: Money,
}

impl<'b> Entries<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The entries of a position that count: not those that were voided.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn of_position(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<StoredEntry>, StoreError> {
        self.each(COLUMNS, "", (owner, stock), |row| self.entry(row, (owner, stock.id())))
    }

    /// A transaction of a position by its id, voided or not.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn find(self, owner: PortfolioId, stock: &Stock, id: TransactionId) -> Result<Option<StoredEntry>, StoreError> {
        let of = " FROM transactions t WHERE t.id_high = ?1 AND t.id_low = ?2
            AND t.portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?3)";
        self.reader.index_transactions()?;
        let mut statement = self.reader.connection.prepare_cached(&[COLUMNS, of].concat())?;
        let (high, low) = halves(id);
        let mut rows = statement.query((high, low, owner.uuid().as_bytes()))?;
        rows.next()?.map(|row| self.entry(row, (owner, stock.id()))).transpose()
    }

    /// The fees of a position's purchases and sales that are not 0.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn fees(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<(TransactionId, Fee)>, StoreError> {
        self.each("SELECT t.id_high, t.id_low, t.fee", " AND t.fee <> '0'", (owner, stock), |row| {
            Ok((id(row, [0, 1])?, text(row, 2)?))
        })
    }

    /// The open lots of a position as they are now, by day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn open_lots(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<OpenLot>, StoreError> {
        let Some((portfolio, stock)) = self.reader.key(Stream::Position(owner, stock.id()))? else {
            return Ok(Vec::new());
        };
        let sql = "SELECT lot_high, lot_low, acquired_on, cost_basis FROM open_lots
            WHERE portfolio = ?1 AND stock = ?2 ORDER BY acquired_on, moment, place";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let lot = |row: &Row<'_>| {
            let (lot_id, acquired_on, cost_basis) = (id(row, [0, 1])?, text(row, 2)?, text(row, 3)?);
            Ok(OpenLot { lot_id, acquired_on, cost_basis })
        };
        Ok(statement.query_map((portfolio, stock), lot)?.collect::<Result<_, _>>()?)
    }

    /// A position as it is now, with all of its lots.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn position(self, portfolio: &Portfolio, stock: &Stock) -> Result<Option<Position>, StoreError> {
        let stream = Stream::Position(portfolio.id(), stock.id());
        let Some(key) = self.reader.key(stream)? else { return Ok(None) };
        let stored = StoredPositions { connection: self.reader.connection };
        let (totals, lots) = (stored.totals(key)?, stored.lots(key, LotsNeeded::All)?);
        let (version, splits) = (self.reader.version(key)?, self.reader.splits().seen(stock)?);
        let (key, method) = (stock.position_in(portfolio), portfolio.cost_basis_method());
        Ok(Some(Position::restore(key, method, totals, version, lots, splits)))
    }

    /// The prices at which a position was traded, in the order of recording.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn traded_prices(self, owner: PortfolioId, stock: &Stock) -> Result<Vec<PriceInForce>, StoreError> {
        let trades = " AND t.type IN ('BUY', 'SELL') ORDER BY t.sequence";
        self.each("SELECT t.trade_date, t.price", trades, (owner, stock), |row| {
            let date = text(row, 0)?;
            Ok(PriceInForce { date, basis_date: date, price: text(row, 1)? })
        })
    }

    /// Reads each transaction of a position that counts.
    fn each<T>(
        self,
        columns: &str,
        condition: &str,
        (owner, stock): (PortfolioId, &Stock),
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let counts = " AND e.sequence <= ?3 AND (t.voided_at IS NULL OR t.voided_at > ?3)";
        let stream = Stream::Position(owner, stock.id());
        let Some((portfolio, stock)) = self.reader.key(stream)? else { return Ok(Vec::new()) };
        self.reader.index_streams()?;
        let sql = [columns, OF_POSITION, counts, condition].concat();
        let mut statement = self.reader.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((portfolio, stock, integer(self.reader.known)))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// The lots that the user picked; a purchase that has been amended is represented by its replacement.
    fn picked(self, row: &Row<'_>, column: usize) -> Result<Vec<PickedLot>, StoreError> {
        let Some(json) = row.get::<_, Option<String>>(column)? else { return Ok(Vec::new()) };
        let picked: Vec<PickedLot> =
            serde_json::from_str(&json).map_err(|error| StoreError::Damaged(error.to_string()))?;
        self.reader.records().current_lots(&picked)
    }

    /// The entry in a row of [`COLUMNS`].
    fn entry(self, row: &Row<'_>, (portfolio, stock): (PortfolioId, StockId)) -> Result<StoredEntry, StoreError> {
        let date: Day = text(row, 3)?;
        let total: Money = text(row, 5)?;
        let kind = match text::<TransactionType>(row, 2)? {
            TransactionType::Buy => EntryKind::purchase(portfolio, (text(row, 4)?, optional(row, 10)?), total),
            TransactionType::Sell => EntryKind::Sale {
                portfolio,
                quantity: text(row, 4)?,
                proceeds: total,
                picked: self.picked(row, 7)?,
                as_of: optional(row, 10)?,
            },
            TransactionType::TransferOut => {
                EntryKind::TransferOut { portfolio, quantity: text(row, 4)?, picked: self.picked(row, 7)? }
            }
            TransactionType::TransferIn => EntryKind::TransferIn { portfolio, quantity: text(row, 4)? },
            TransactionType::Dividend => {
                let withheld: Money = text(row, 6)?;
                let amount = total.plus(withheld).map_err(|error| StoreError::Damaged(error.to_string()))?;
                EntryKind::Dividend { portfolio, amount, net: total }
            }
            TransactionType::ReturnCapital => {
                EntryKind::CostAdjustment { portfolio, kind: CostAdjustmentKind::ReturnOfCapital, amount: total }
            }
            TransactionType::AdjustCost => {
                EntryKind::CostAdjustment { portfolio, kind: CostAdjustmentKind::Addition, amount: total }
            }
            kind @ (TransactionType::Split | TransactionType::SpinOff | TransactionType::Exchange) => {
                return Err(StoreError::Damaged(format!("a {kind} among the transactions")));
            }
        };
        let entry = Entry::recorded((id(row, [1, 9])?, stock), (date, optional(row, 11)?), natural(row, 8)?, kind);
        Ok(StoredEntry { sequence: natural(row, 0)?, entry })
    }
}

const COLUMNS: &str = concat!(
    "SELECT t.sequence, t.id_high, t.type, t.trade_date, t.quantity, t.total_amount, t.withholding, t.lots, ",
    place!(),
    ", t.id_low, t.as_of, t.trade_time"
);
