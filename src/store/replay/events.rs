//! The first part of a replay: the events, and the rows that follow from them.

use hashbrown::HashMap;
use rusqlite::Row;

use super::super::events::{EVENT, RATES, StreamKey, StreamKeys, line, type_number};
use super::super::values::{integer, natural};
use super::super::{StoreError, facts};
use super::Replayed;
use crate::domain::{DomainEvent, PortfolioId, Sequence, StockId, Version};
use crate::log::{EventHash, RecordedEvent};

/// An event that is not as it was recorded, or does not follow the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFault {
    /// Its place in the history.
    pub sequence: Sequence,
    /// What is wrong.
    pub what: String,
}

/// The result of replaying the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayedEvents {
    /// How many events were read.
    pub events: u64,
    /// The first faults.
    pub faults: Vec<EventFault>,
    /// How many faults there are.
    pub count: u64,
    /// Whether all events could be read and do not contradict each other.
    pub is_complete: bool,
}

/// A row of the table of events.
struct EventRow<'r> {
    sequence: Sequence,
    event_type: i64,
    key: StreamKey,
    end_offset: u64,
    line: &'r str,
}

/// The state of the replay.
struct ReplayState {
    sequence: Sequence,
    end_offset: u64,
    hash: EventHash,
    versions: HashMap<StreamKey, Version>,
    portfolios: HashMap<PortfolioId, i64>,
    stocks: HashMap<StockId, i64>,
    faults: Vec<EventFault>,
    count: u64,
}

impl Replayed<'_> {
    /// Reads the events in order and writes the rows that follow from them, until one cannot be read. `each`
    /// is called with the line of every event.
    ///
    /// # Errors
    /// If the book cannot be read, or whatever error `each` returns.
    pub fn replay_events<E: From<StoreError>>(
        &mut self,
        each: &mut dyn FnMut(&str) -> Result<(), E>,
    ) -> Result<ReplayedEvents, E> {
        let connection = self.unit.connection;
        let (mut course, mut is_complete) = (ReplayState::begin(), true);
        let sql = format!("SELECT {EVENT} FROM original.events ORDER BY sequence");
        let mut statement = connection.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let stored = stored(row).map_err(StoreError::from)?;
            each(stored.line)?;
            let Some(event) = course.follow(&stored) else {
                is_complete = false;
                break;
            };
            if event.data.replaces().is_some() || is_filed_by_another(&event.data) {
                self.unit.appender.unwritten.index_transactions(connection)?;
            }
            if let Err(error) = facts::write(&mut self.unit.statements, stored.sequence, stored.key, &event.data) {
                course.fault(stored.sequence, format!("it contradicts an earlier one: {error}"));
                is_complete = false;
                break;
            }
        }
        drop(rows);
        // The lines, which are most of a book's bytes, are not needed.
        let copied = connection.execute_batch(
            "INSERT INTO main.events (sequence, event_type, portfolio, stock, end_offset, line)
                 SELECT sequence, event_type, portfolio, stock, end_offset, '' FROM original.events;
             INSERT INTO main.commands SELECT * FROM original.commands;",
        );
        copied.map_err(StoreError::from)?;
        for (key, version) in &course.versions {
            StreamKeys::write_version(&mut self.unit.statements, *key, *version)?;
        }
        let ReplayState { sequence: events, faults, count, .. } = course;
        Ok(ReplayedEvents { events, faults, count, is_complete })
    }

    /// What is wrong with the record of which events each unit of work recorded.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn command_faults(&self) -> Result<Vec<String>, StoreError> {
        let connection = self.unit.connection;
        let mut statement =
            connection.prepare("SELECT first_sequence, last_sequence FROM main.commands ORDER BY first_sequence")?;
        let ranges = statement.query_map([], |row| Ok((natural(row, 0)?, natural(row, 1)?)))?;
        let (mut faults, mut next) = (Vec::new(), 1);
        for range in ranges {
            let (first, last) = range?;
            if first != next || last < first {
                faults.push(format!("events {first} to {last} are of one command, but the next is {next}"));
            }
            next = last.saturating_add(1);
        }
        let head =
            connection.query_row("SELECT coalesce(max(sequence), 0) FROM main.events", [], |row| natural(row, 0))?;
        if head.saturating_add(1) != next {
            faults.push(format!("the last command ends before event {next}, the history after event {head}"));
        }
        Ok(faults)
    }
}

/// Whether an event is recorded in the stream of another aggregate than the one that it names.
fn is_filed_by_another(event: &DomainEvent) -> bool {
    matches!(event, DomainEvent::TransactionVoided(_))
}

fn is_of_rates(event: &DomainEvent) -> bool {
    matches!(event, DomainEvent::ExchangeRateUpdated(_) | DomainEvent::ExchangeRateRemoved(_))
}

fn stored<'r>(row: &'r Row<'_>) -> rusqlite::Result<EventRow<'r>> {
    Ok(EventRow {
        sequence: natural(row, 0)?,
        event_type: row.get(1)?,
        line: line(row, 2)?,
        end_offset: natural(row, 3)?,
        key: (row.get(4)?, row.get(5)?),
    })
}

impl ReplayState {
    fn begin() -> Self {
        Self {
            sequence: 0,
            end_offset: 0,
            hash: EventHash::NONE,
            versions: HashMap::new(),
            portfolios: HashMap::new(),
            stocks: HashMap::new(),
            faults: Vec::new(),
            count: 0,
        }
    }

    /// Moves on to the next event and returns it; `None` if its line cannot be read.
    fn follow(&mut self, stored: &EventRow<'_>) -> Option<RecordedEvent> {
        let sequence = stored.sequence;
        let next = self.sequence.saturating_add(1);
        if sequence != next {
            self.fault(next, "it is missing".to_owned());
        }
        self.sequence = sequence;
        let length = u64::try_from(stored.line.len()).unwrap_or(u64::MAX);
        self.end_offset = self.end_offset.saturating_add(length);
        let before = std::mem::replace(&mut self.hash, EventHash::of(stored.line));
        let event: RecordedEvent = match serde_json::from_str(stored.line) {
            Ok(event) => event,
            Err(error) => {
                self.fault(sequence, format!("it cannot be read: {error}"));
                return None;
            }
        };
        let version = self.versions.entry(stored.key).or_default();
        *version = version.saturating_add(1);
        let checks = [
            ("its line does not name the hash of the line before", event.previous_hash == before),
            ("its line is that of another event", event.sequence == sequence),
            ("its line names another type", type_number(event.data.event_type()) == stored.event_type),
            ("its place in the log is wrong", self.end_offset == stored.end_offset),
            ("it is recorded under another portfolio", self.is_of_portfolio(stored, &event.data)),
            ("it is recorded under another stock", self.is_of_stock(stored, &event.data)),
        ];
        for (fault, is_right) in checks {
            if !is_right {
                self.fault(sequence, fault.to_owned());
            }
        }
        // Later events are judged by what the book contains, so that one fault is not reported repeatedly.
        self.end_offset = stored.end_offset;
        Some(event)
    }

    /// The first event that names a portfolio created it, and its number is that of the portfolio's streams.
    fn is_of_portfolio(&mut self, stored: &EventRow<'_>, event: &DomainEvent) -> bool {
        let (filed, first) = (stored.key.0, integer(stored.sequence));
        event.portfolio_id().map_or_else(
            || is_filed_by_another(event) || filed == if is_of_rates(event) { RATES.0 } else { 0 },
            |id| *self.portfolios.entry(id).or_insert(first) == filed,
        )
    }

    fn is_of_stock(&mut self, stored: &EventRow<'_>, event: &DomainEvent) -> bool {
        let (filed, first) = (stored.key.1, integer(stored.sequence));
        event.stock_id().map_or_else(
            || filed == 0 || is_filed_by_another(event),
            |id| *self.stocks.entry(id).or_insert(first) == filed,
        )
    }

    fn fault(&mut self, sequence: Sequence, what: String) {
        const LISTED: usize = 10;
        self.count = self.count.saturating_add(1);
        if self.faults.len() < LISTED {
            self.faults.push(EventFault { sequence, what });
        }
    }
}
