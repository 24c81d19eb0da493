//! The unit of work: state and events, committed together, delivered after.

use std::collections::HashMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::events::{StreamKey, StreamKeys};
use super::statements::Statements;
use super::values::integer;
use super::{Book, StoreError, facts};
use crate::bus::{Delivery, EventPublisher};
use crate::domain::{
    AggregateRoot, BookCreatedEvent, BookId, DomainEvent, EventHash, EventId, Instant, Position, RecordedEvent,
    Sequence, StoredEvent, Stream, StreamNumber, Version,
};

/// What tells one unit of work from another.
#[derive(Debug, Clone, Copy)]
pub struct Identity {
    /// The command. Where the outcome of a commit is not known, this is what is looked up.
    pub command_id: Uuid,
    /// The clock, read once it is this unit of work's turn, so that times follow the sequence.
    pub now: fn() -> Instant,
    /// Makes up the ids of events.
    pub new_id: fn() -> Uuid,
}

/// Everything that one command changes: nothing of it is there before [`Self::commit`], all of it
/// after. Dropped, it is rolled back.
///
/// It holds SQLite's write lock, so that what it reads stays true until it commits.
pub struct UnitOfWork<'b> {
    pub(super) connection: &'b Connection,
    pub(super) statements: Statements<'b>,
    pub(super) positions: HashMap<StreamKey, Position>,
    identity: Identity,
    occurred_at: Instant,
    head: Head,
    first: Sequence,
    recent: Vec<StoredEvent>,
    versions: HashMap<StreamKey, Version>,
    keys: HashMap<Stream, StreamKey>,
    is_open: bool,
}

static INSERT: &str = "INSERT INTO events (sequence, event_id, event_type, portfolio, stock, version, end_offset, line)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// The end of the history, on which the next event follows.
struct Head {
    sequence: Sequence,
    end_offset: u64,
    hash: EventHash,
}

/// A unit of work that could not be committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Nothing was recorded.
    #[error(transparent)]
    NotCommitted(#[from] StoreError),
    /// SQLite failed while committing: the work may be there or not.
    #[error("the commit failed: {0}")]
    Unknown(rusqlite::Error),
}

impl Book {
    /// Begins a unit of work.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book for longer than the patience that
    /// was set; or if the book cannot be written or read.
    pub fn begin(&self, identity: Identity) -> Result<UnitOfWork<'_>, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut unit = UnitOfWork {
            connection: &self.connection,
            statements: Statements::on(&self.connection),
            positions: HashMap::new(),
            identity,
            occurred_at: (identity.now)(),
            head: Head { sequence: 0, end_offset: 0, hash: EventHash::NONE },
            first: 1,
            recent: Vec::new(),
            versions: HashMap::new(),
            keys: HashMap::new(),
            is_open: true,
        };
        if let Some(last) = self.events().head()? {
            let (sequence, end_offset) = (last.sequence, last.end_offset);
            unit.head = Head { sequence, end_offset, hash: EventHash::of(&last.line) };
            unit.first = sequence.saturating_add(1);
        }
        Ok(unit)
    }
}

impl UnitOfWork<'_> {
    /// Events that are kept in memory for the publisher.
    const RECENT: u64 = 1000;

    /// Records that the book is begun.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn begin_book(&mut self, book_id: BookId) -> Result<(), StoreError> {
        let created = BookCreatedEvent { book_id, format_version: BookCreatedEvent::FORMAT_VERSION };
        self.append(Stream::Book, 0, vec![DomainEvent::BookCreated(created)])
    }

    /// Saves an aggregate: drains its events into the history and writes the rows that they stand
    /// for, never one without the other.
    ///
    /// # Errors
    /// [`StoreError::VersionConflict`] if the aggregate was not loaded in this unit of work and
    /// has changed since; or if the book cannot be written.
    pub fn save(&mut self, aggregate: &mut impl AggregateRoot) -> Result<(), StoreError> {
        let (follows, events) = aggregate.pull_events();
        self.append(aggregate.stream(), follows, events)
    }

    /// Appends events to a stream that is expected to hold `expected_version` events so far.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn append(
        &mut self,
        stream: Stream,
        expected_version: Version,
        events: Vec<DomainEvent>,
    ) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let key = self.stream_key(stream)?;
        let mut version = self.version(key)?;
        if version != expected_version {
            return Err(StoreError::VersionConflict { expected: expected_version, found: version });
        }
        for event in events {
            version = version.saturating_add(1);
            self.append_one(key, version, event)?;
        }
        self.versions.insert(key, version);
        Ok(())
    }

    fn append_one(&mut self, key: StreamKey, version: Version, data: DomainEvent) -> Result<(), StoreError> {
        let sequence = self.head.sequence.saturating_add(1);
        let event_id = EventId::new((self.identity.new_id)());
        let (occurred_at, previous_hash) = (self.occurred_at, self.head.hash);
        let event = RecordedEvent { sequence, event_id, occurred_at, data, previous_hash };
        let line = event.to_line().map_err(|error| StoreError::Damaged(error.to_string()))?;
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        let end_offset = self.head.end_offset.saturating_add(length);
        let event_type = event.data.event_type();
        let ((portfolio, stock), number) = (key, integer(sequence));
        let offset = integer(end_offset);
        self.statements.get(INSERT)?.execute((
            number,
            event_id.uuid().as_bytes(),
            event_type,
            portfolio,
            stock,
            integer(version),
            offset,
            &line,
        ))?;
        facts::write(&mut self.statements, sequence, key, &event.data)?;
        self.head = Head { sequence, end_offset, hash: EventHash::of(&line) };
        if sequence.saturating_sub(self.first) < Self::RECENT {
            let stream = StreamNumber { portfolio, stock };
            self.recent.push(StoredEvent { sequence, stream, event_type: event_type.to_owned(), line, end_offset });
        } else {
            // Readers of a history this long go on from where they are.
            self.recent = Vec::new();
        }
        Ok(())
    }

    /// The row numbers of a stream; those of a stream that begins now are the next event's.
    fn stream_key(&mut self, stream: Stream) -> Result<StreamKey, StoreError> {
        if let Some(key) = self.keys.get(&stream) {
            return Ok(*key);
        }
        let next = integer(self.head.sequence.saturating_add(1));
        let key = match (StreamKeys::find(self.connection, stream)?, stream) {
            (Some(key), _) => key,
            (None, Stream::Book) => (0, 0),
            (None, Stream::Stock(_)) => (0, next),
            (None, Stream::Portfolio(_)) => (next, 0),
            (None, Stream::Position(..)) => {
                return Err(StoreError::Damaged("a position of a stock or portfolio that is not there".to_owned()));
            }
        };
        self.keys.insert(stream, key);
        Ok(key)
    }

    pub(super) fn position_key(&mut self, stream: Stream) -> Result<(StreamKey, Version), StoreError> {
        let key = self.stream_key(stream)?;
        Ok((key, self.version(key)?))
    }

    fn version(&mut self, key: StreamKey) -> Result<Version, StoreError> {
        if let Some(version) = self.versions.get(&key) {
            return Ok(*version);
        }
        let version = StreamKeys::version(self.connection, key)?;
        self.versions.insert(key, version);
        Ok(version)
    }

    pub(super) fn last_sequence(&self) -> Sequence {
        self.head.sequence
    }

    /// Whether nothing was recorded so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.head.sequence < self.first
    }

    /// The events recorded so far; none of a very large unit of work.
    #[must_use]
    pub fn recent_events(&self) -> &[StoredEvent] {
        &self.recent
    }

    /// Commits state and events together, then publishes the events.
    ///
    /// # Errors
    /// If the commit failed. What comes after the commit cannot fail any more: see [`Delivery`].
    pub fn commit(mut self, publisher: &mut dyn EventPublisher) -> Result<Delivery, CommitError> {
        for (key, position) in std::mem::take(&mut self.positions) {
            self.write_position(key, &position)?;
        }
        let sql = "INSERT INTO commands (first_sequence, last_sequence, command_id) VALUES (?1, ?2, ?3)";
        let (first, last) = (integer(self.first), integer(self.head.sequence));
        let command = self.identity.command_id;
        self.connection.execute(sql, (first, last, command.as_bytes())).map_err(StoreError::from)?;
        self.connection.execute_batch("COMMIT").map_err(CommitError::Unknown)?;
        self.is_open = false;
        Ok(publisher.publish_batch(&self.recent))
    }
}

impl Drop for UnitOfWork<'_> {
    fn drop(&mut self) {
        if self.is_open && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}
