//! The event store: reading the history.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::StoreError;
use super::statements::Statements;
use super::values::{Utf8, integer, natural};
use crate::bus::{StoredEvent, StreamNumber};
use crate::domain::{EventType, Sequence, Stream, Version};
use crate::log::RecordedEvent;

/// The recorded events, for readers; [`super::UnitOfWork`] appends to them.
#[derive(Clone, Copy)]
pub struct EventStore<'b> {
    connection: &'b Connection,
}

impl<'b> EventStore<'b> {
    pub(super) fn on(connection: &'b Connection) -> Self {
        Self { connection }
    }

    /// The last event.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn head(&self) -> Result<Option<StoredEvent>, StoreError> {
        self.one(&format!("SELECT {EVENT} FROM events ORDER BY sequence DESC LIMIT 1"), [])
    }

    /// The event with this number.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn load(&self, sequence: Sequence) -> Result<Option<StoredEvent>, StoreError> {
        self.one(&format!("SELECT {EVENT} FROM events WHERE sequence = ?1"), [integer(sequence)])
    }

    /// Up to `limit` events after `sequence`, in strictly ascending order: a reader that continues after the
    /// last of them always reaches an end, whatever the file contains.
    ///
    /// # Errors
    /// If the book cannot be read, or if its events are out of order, as when one page of the file was
    /// replaced by another.
    pub fn load_since(&self, sequence: Sequence, limit: usize) -> Result<Vec<StoredEvent>, StoreError> {
        let sql = format!("SELECT {EVENT} FROM events WHERE sequence > ?1 ORDER BY sequence LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut events: Vec<StoredEvent> = Vec::new();
        for event in statement.query_map((integer(sequence), limit), stored_event)? {
            let event = event?;
            let before = events.last().map_or(sequence, |before| before.sequence);
            if event.sequence <= before {
                return Err(StoreError::Damaged(format!("event {} comes after event {before}", event.sequence)));
            }
            events.push(event);
        }
        Ok(events)
    }

    /// All events of one aggregate, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn load_stream(&self, stream: Stream) -> Result<Vec<StoredEvent>, StoreError> {
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, stream)? else { return Ok(Vec::new()) };
        let sql = format!("SELECT {EVENT} FROM events WHERE portfolio = ?1 AND stock = ?2 ORDER BY sequence");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let events = statement.query_map((portfolio, stock), stored_event)?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// The events of one type of one aggregate, in order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn load_stream_of(&self, stream: Stream, event_type: EventType) -> Result<Vec<StoredEvent>, StoreError> {
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, stream)? else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT {EVENT} FROM events WHERE portfolio = ?1 AND stock = ?2 AND event_type = ?3 ORDER BY sequence"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let events = statement.query_map((portfolio, stock, type_number(event_type)), stored_event)?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// The last event of this aggregate up to the event `known`; 0 if there is none.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn last_of(&self, stream: Stream, known: Sequence) -> Result<Sequence, StoreError> {
        let Some((portfolio, stock)) = StreamKeys::find(self.connection, stream)? else { return Ok(0) };
        let sql = "SELECT coalesce(max(sequence), 0) FROM events
                   WHERE portfolio = ?1 AND stock = ?2 AND sequence <= ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row((portfolio, stock, integer(known)), |row| natural(row, 0))?)
    }

    /// The last event that a handler has processed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn reached_by(&self, handler: &str) -> Result<Option<StoredEvent>, StoreError> {
        let sql = format!("SELECT {EVENT} FROM checkpoints JOIN events USING (sequence) WHERE handler = ?1");
        self.one(&sql, [handler])
    }

    /// Whether the unit of work with this id was recorded.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn knows_command(&self, command_id: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM commands WHERE command_id = ?1";
        let found = self.connection.query_row(sql, [command_id.as_bytes()], |_| Ok(())).optional()?;
        Ok(found.is_some())
    }

    fn one(self, sql: &str, params: impl rusqlite::Params) -> Result<Option<StoredEvent>, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.query_row(params, stored_event).optional()?)
    }
}

/// The transactions `t` of a position, of portfolio ?1 and stock ?2, found by its events.
pub(super) const OF_POSITION: &str = " FROM events e CROSS JOIN transactions t ON t.sequence = e.sequence
    WHERE e.portfolio = ?1 AND e.stock = ?2";

/// The columns of an event, as [`stored_event`] reads them. A line longer than any that can be recorded is
/// not loaded.
pub(super) const EVENT: &str =
    "sequence, event_type, CASE WHEN octet_length(line) <= 16777216 THEN line END, end_offset, portfolio, stock";

/// The line of an event in a column of [`EVENT`].
pub(super) fn line<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r str> {
    let too_long =
        || rusqlite::Error::FromSqlConversionFailure(column, Type::Null, "an event has too long a line".into());
    row.get_ref(column)?.as_str_or_null()?.ok_or_else(too_long)
}

pub(super) fn stored_event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        sequence: natural(row, 0)?,
        event_type: event_type(row, 1)?,
        line: line(row, 2)?.to_owned(),
        end_offset: natural(row, 3)?,
        stream: StreamNumber { portfolio: row.get(4)?, stock: row.get(5)? },
    })
}

/// Parses the event in a line.
pub(super) fn read_line(line: &str) -> Result<RecordedEvent, StoreError> {
    serde_json::from_str(line).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// The number that stands for a type of event. Books depend on it: a new type gets the next number.
pub(super) fn type_number(event_type: EventType) -> i64 {
    match event_type {
        EventType::BookCreated => 1,
        EventType::PortfolioCreated => 2,
        EventType::StockCreated => 3,
        EventType::StockPriceUpdated => 4,
        EventType::TransactionExecuted => 5,
        EventType::DividendReceived => 6,
        EventType::StockSplit => 7,
        EventType::TransactionVoided => 8,
        EventType::LotsRematched => 9,
        EventType::CostBasisMethodChanged => 10,
        EventType::StockPriceRemoved => 11,
        EventType::StockEdited => 12,
        EventType::StockRemoved => 13,
        EventType::PortfolioEdited => 14,
        EventType::PortfolioRemoved => 15,
        EventType::ImportCompleted => 16,
        EventType::IdentitiesReleased => 17,
        EventType::ExchangeRateUpdated => 18,
        EventType::ExchangeRateRemoved => 19,
        EventType::StockConverted => 20,
        EventType::CostAdjusted => 21,
    }
}

fn event_type(row: &Row<'_>, column: usize) -> rusqlite::Result<EventType> {
    let number: i64 = row.get(column)?;
    let known = EventType::ALL.into_iter().find(|it| type_number(*it) == number);
    let unknown = || format!("there is no type of event {number}");
    known.ok_or_else(|| rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, unknown().into()))
}

/// The row numbers that stand for a stream: those of its portfolio and its stock, 0 for none.
pub(super) type StreamKey = (i64, i64);

/// The stream of rates. It is separate from that of the book, so that a search of that for imports does not
/// take longer with many rates.
pub(super) const RATES: StreamKey = (-1, 0);

pub(super) struct StreamKeys;

impl StreamKeys {
    pub(super) fn find(connection: &Connection, stream: Stream) -> Result<Option<StreamKey>, StoreError> {
        let key = |sql: &str, id: Uuid| {
            connection.prepare_cached(sql)?.query_row([id.as_bytes()], |row| row.get::<_, i64>(0)).optional()
        };
        let portfolio = |id: Uuid| key("SELECT portfolio FROM portfolios WHERE portfolio_id = ?1", id);
        let stock = |id: Uuid| key("SELECT stock FROM stocks WHERE stock_id = ?1", id);
        Ok(match stream {
            Stream::Book => Some((0, 0)),
            Stream::Rates => Some(RATES),
            Stream::Stock(id) => stock(id.uuid())?.map(|stock| (0, stock)),
            Stream::Portfolio(id) => portfolio(id.uuid())?.map(|portfolio| (portfolio, 0)),
            Stream::Position(owner, id) => portfolio(owner.uuid())?.zip(stock(id.uuid())?),
        })
    }

    /// How many events a stream has.
    pub(super) fn version(connection: &Connection, (portfolio, stock): StreamKey) -> Result<Version, StoreError> {
        let sql = "SELECT version FROM streams WHERE portfolio = ?1 AND stock = ?2";
        let version = |row: &Row<'_>| natural(row, 0);
        Ok(connection.prepare_cached(sql)?.query_row((portfolio, stock), version).optional()?.unwrap_or_default())
    }

    /// Stores how many events a stream has.
    pub(super) fn write_version(
        statements: &mut Statements<'_>,
        (portfolio, stock): StreamKey,
        version: Version,
    ) -> Result<(), StoreError> {
        static SQL: &str = "INSERT OR REPLACE INTO streams (portfolio, stock, version) VALUES (?1, ?2, ?3)";
        statements.get(SQL)?.execute((portfolio, stock, integer(version)))?;
        Ok(())
    }
}

/// An event that is being appended to the history. The hash of the previous line is known once that line
/// is written.
pub(super) struct NewEvent {
    pub(super) key: StreamKey,
    pub(super) event: RecordedEvent,
}

impl NewEvent {
    /// Inserts the event's row, with its line and the offset at which that ends in the audit log. SQLite
    /// assigns the number, which saves a search for the row's place.
    pub(super) fn insert(
        &self,
        line: &[u8],
        end_offset: u64,
        statements: &mut Statements<'_>,
    ) -> Result<(), StoreError> {
        static SQL: &str = "INSERT INTO events (event_type, portfolio, stock, end_offset, line)
                           VALUES (?1, ?2, ?3, ?4, ?5)";
        let (portfolio, stock) = self.key;
        let number = statements.get(SQL)?.insert((
            type_number(self.event.data.event_type()),
            portfolio,
            stock,
            integer(end_offset),
            Utf8(line),
        ))?;
        if number != integer(self.event.sequence) {
            return Err(StoreError::Damaged(format!(
                "event {} would be stored as event {number}",
                self.event.sequence
            )));
        }
        Ok(())
    }

    pub(super) fn into_stored(self, line: String, end_offset: u64) -> StoredEvent {
        let (portfolio, stock) = self.key;
        StoredEvent {
            sequence: self.event.sequence,
            stream: StreamNumber { portfolio, stock },
            event_type: self.event.data.event_type(),
            line,
            end_offset,
        }
    }
}

#[cfg(test)]
mod tests;
