//! Reads the book, for every layer above and for the unit of work: as it is now, or as it was known after an
//! event.

mod commands;
mod conversions;
mod entries;
mod gains;
mod portfolios;
pub(super) mod prices;
mod rates;
mod records;
mod seen_conversions;
mod settlements;
pub(super) mod splits;
mod stocks;
mod succession;
mod transactions;
mod unwritten;

pub use commands::{Command, CommandState, Commands, ImportRow};
pub use conversions::{ConversionRow, Conversions};
pub use entries::{Entries, OpenLot, StoredEntry};
pub use gains::{LotGain, SaleFilter, SaleGain, SaleOrder, YearGain};
pub use portfolios::Portfolios;
pub use prices::Prices;
pub use rates::Rates;
pub use records::{IdStatus, IdsFound, Records};
pub use settlements::Settlement;
pub use splits::{SplitRow, Splits};
pub use stocks::{ListedStock, Stocks};
pub(super) use succession::VERSIONS;
pub use transactions::{TransactionFilter, TransactionRow, Transactions};
pub(super) use unwritten::Unwritten;

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::events::{EventStore, StreamKey, StreamKeys};
use super::values::natural;
use crate::domain::{Instant, Sequence, Stream, Version};

/// Reads a book.
///
/// Each subject has a view of its own, with a few methods. The book can also be read [as it was
/// known](Self::as_known_after) after an event: stocks and portfolios that were removed later are then
/// included, under their present names, and transactions that were voided later count.
#[derive(Clone, Copy)]
pub struct Reader<'b> {
    pub(super) connection: &'b Connection,
    /// The last event that is known.
    known: Sequence,
    unwritten: Option<&'b Unwritten>,
}

impl<'b> Reader<'b> {
    pub(super) fn on(connection: &'b Connection) -> Self {
        Self { connection, known: Sequence::MAX, unwritten: None }
    }

    /// A reader for a unit of work.
    pub(super) fn within(connection: &'b Connection, unwritten: &'b Unwritten) -> Self {
        Self { unwritten: Some(unwritten), ..Self::on(connection) }
    }

    /// The book as it was known after an event.
    #[must_use]
    pub fn as_known_after(self, event: Sequence) -> Self {
        Self { known: event, ..self }
    }

    /// The book as it was known before an event.
    #[must_use]
    pub fn as_known_before(self, event: Sequence) -> Self {
        self.as_known_after(event.saturating_sub(1))
    }

    /// The book as it was known at an instant: after the last event that was recorded up to then.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn as_known_on(self, instant: Instant) -> Result<Self, StoreError> {
        // All events of a command have the same instant, so the first one gives it.
        let sql = "SELECT last_sequence FROM commands JOIN events ON sequence = first_sequence
            WHERE json_extract(line, '$.occurred_at') <= ?1 ORDER BY first_sequence DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row([instant.to_string()], |row| natural(row, 0)).optional()?;
        Ok(self.as_known_after(found.unwrap_or(0)))
    }

    /// Runs `read` on the book as it is at one moment, unaffected by what is written to it meanwhile.
    ///
    /// # Errors
    /// Whatever error `read` returns, or if the book cannot be read.
    pub fn at_one_moment<T, E: From<StoreError>>(self, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        // If the caller reads more at the same moment, it has begun the transaction already.
        if !self.connection.is_autocommit() {
            return read();
        }
        let execute = |sql: &str| self.connection.execute_batch(sql).map_err(StoreError::from);
        execute("BEGIN")?;
        let value = read();
        execute("ROLLBACK")?;
        value
    }

    /// The stocks.
    #[must_use]
    pub fn stocks(self) -> Stocks<'b> {
        Stocks::of(self)
    }

    /// The portfolios.
    #[must_use]
    pub fn portfolios(self) -> Portfolios<'b> {
        Portfolios::of(self)
    }

    /// The prices of stocks.
    #[must_use]
    pub fn prices(self) -> Prices<'b> {
        Prices::of(self)
    }

    /// The rates of exchange.
    #[must_use]
    pub fn rates(self) -> Rates<'b> {
        Rates::of(self)
    }

    /// The splits of stocks.
    #[must_use]
    pub fn splits(self) -> Splits<'b> {
        Splits::of(self)
    }

    /// The conversions of stocks.
    #[must_use]
    pub fn conversions(self) -> Conversions<'b> {
        Conversions::of(self)
    }

    /// The entries of positions.
    #[must_use]
    pub fn entries(self) -> Entries<'b> {
        Entries::of(self)
    }

    /// The transactions, and what sales realized.
    #[must_use]
    pub fn transactions(self) -> Transactions<'b> {
        Transactions::of(self)
    }

    /// Transactions and splits by their ids.
    #[must_use]
    pub fn records(self) -> Records<'b> {
        Records::of(self)
    }

    /// The commands that have been recorded.
    #[must_use]
    pub fn commands(self) -> Commands<'b> {
        Commands::of(self)
    }

    /// The history.
    #[must_use]
    pub fn events(self) -> EventStore<'b> {
        EventStore::on(self.connection)
    }

    /// Whether it belongs to a unit of work.
    #[must_use]
    pub fn is_recording(self) -> bool {
        self.unwritten.is_some()
    }

    /// Whether it reads the book as it is now.
    fn is_current(self) -> bool {
        self.known == Sequence::MAX
    }

    /// The row numbers of a stream, if it has begun.
    fn key(self, stream: Stream) -> Result<Option<StreamKey>, StoreError> {
        StreamKeys::find(self.connection, stream)
    }

    /// How many events a stream has.
    pub(super) fn version(self, key: StreamKey) -> Result<Version, StoreError> {
        match self.unwritten.and_then(|unwritten| unwritten.versions.get(&key)) {
            Some(version) => Ok(*version),
            None => StreamKeys::version(self.connection, key),
        }
    }

    /// Makes sure that transactions can be found by their ids.
    fn index_transactions(self) -> Result<(), StoreError> {
        self.unwritten.map_or(Ok(()), |unwritten| unwritten.index_transactions(self.connection))
    }

    /// Makes sure that events can be found by their streams.
    fn index_streams(self) -> Result<(), StoreError> {
        self.unwritten.map_or(Ok(()), |unwritten| unwritten.index_streams(self.connection))
    }
}

/// Whether a table has any rows. Finding out takes at most a tenth of the time that SQLite needs to plan a
/// query of several tables.
fn has_rows(connection: &Connection, table: &str) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached(&format!("SELECT 1 FROM {table}"))?.exists([])?)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;
    use crate::store::{Book, NewBook};

    #[test]
    fn what_others_write_meanwhile_is_not_of_the_moment() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        NewBook::begin(&path, Uuid::nil()).unwrap().publish().unwrap();
        let book = Book::open(&path, Duration::ZERO).unwrap();
        let others = Connection::open(&path).unwrap();
        let commands = |connection: &Connection| has_rows(connection, "commands").unwrap();
        let read = || {
            let before = commands(&book.connection);
            others.execute_batch("INSERT INTO commands VALUES (1, 1, randomblob(16), NULL)").unwrap();
            // Whoever reads as a part of it reads the same.
            book.reader().at_one_moment(|| Ok::<_, StoreError>((before, commands(&book.connection))))
        };
        assert_eq!(book.reader().at_one_moment(read).unwrap(), (false, false));
        assert!(commands(&book.connection));
    }
}
