//! The unit of work: state and events, committed together, delivered after.

use hashbrown::HashMap;
use rusqlite::Connection;
use uuid::Uuid;

use super::events::{NewEvent, StreamKey, StreamKeys};
use super::line_writer::{LineWriter, Tail, Written};
use super::reader::{Command, Unwritten};
use super::statements::Statements;
use super::values::integer;
use super::{Book, Reader, StoreError, facts, schema};
use crate::bus::{Batch, Delivery, EventPublisher, StoredEvent};
use crate::domain::{
    AggregateRoot, BookCreatedEvent, BookId, DomainEvent, EventId, GainTotals, IdentitiesReleasedEvent,
    ImportCompletedEvent, Instant, Position, Sequence, Stream, TransactionId, Version,
};
use crate::log::{EventHash, LogDraft, RecordedEvent};

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

impl Identity {
    /// Of work that records nothing.
    pub(super) const NONE: Self = Self { command_id: Uuid::nil(), now: || Instant::LAST, new_id: Uuid::nil };
}

/// Everything that one command changes: nothing of it is there before [`Self::commit`], all of it
/// after. Dropped, it is rolled back.
///
/// It holds SQLite's write lock, so that what it reads stays true until it commits.
pub struct UnitOfWork<'b> {
    pub(super) connection: &'b Connection,
    pub(super) statements: Statements<'b>,
    pub(super) positions: HashMap<StreamKey, Position>,
    pub(super) gain_totals: HashMap<(StreamKey, i32), GainTotals>,
    pub(super) has_splits: Option<bool>,
    /// The command that it takes back, by its first event.
    pub(super) undoes: Option<Sequence>,
    identity: Identity,
    occurred_at: Instant,
    first: Sequence,
    last: Sequence,
    pub(super) tail: Tail,
    /// In a large unit of work; it has the tail, then.
    pub(super) lines: Option<LineWriter>,
    /// Where the lines of a large one go too.
    pub(super) log: Option<&'b LogDraft>,
    recent: Vec<StoredEvent>,
    is_large: bool,
    pub(super) unwritten: Unwritten,
    keys: HashMap<Stream, StreamKey>,
    is_open: bool,
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
    /// Begins a unit of work. A book that an earlier version made gets the tables of this one in
    /// the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book for longer than the patience that
    /// was set; or if the book cannot be written or read.
    pub fn begin(&self, identity: Identity) -> Result<UnitOfWork<'_>, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut unit = self.unit(identity);
        unit.upgrade()?;
        let head = self.events().head()?;
        unit.last = head.as_ref().map_or(0, |head| head.sequence);
        unit.first = unit.last.saturating_add(1);
        unit.tail = Tail::after(head.as_ref());
        unit.unwritten = Unwritten::begin(head.is_some());
        Ok(unit)
    }

    /// A unit of work that has not begun.
    pub(super) fn unit(&self, identity: Identity) -> UnitOfWork<'_> {
        UnitOfWork {
            connection: &self.connection,
            statements: Statements::on(&self.connection),
            positions: HashMap::new(),
            gain_totals: HashMap::new(),
            has_splits: None,
            undoes: None,
            identity,
            occurred_at: (identity.now)(),
            first: 1,
            last: 0,
            tail: Tail::after(None),
            lines: None,
            log: None,
            recent: Vec::new(),
            is_large: false,
            unwritten: Unwritten::begin(true),
            keys: HashMap::new(),
            is_open: true,
        }
    }
}

impl UnitOfWork<'_> {
    /// Brings a book that an earlier version made to what this one has.
    pub(super) fn upgrade(&mut self) -> Result<(), StoreError> {
        if schema::upgrade(self.connection)? {
            self.remake_positions()?;
            self.rank_lots()?;
        }
        Ok(())
    }

    /// What the book says by now, with what this unit of work has recorded. Its own events may be on their
    /// way until it is [settled](Self::settled).
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::within(self.connection, &self.unwritten)
    }

    /// As [`Self::reader`], with all events.
    ///
    /// # Errors
    /// As [`Self::settle`].
    pub fn settled(&mut self) -> Result<Reader<'_>, StoreError> {
        self.settle()?;
        Ok(self.reader())
    }

    /// Says that this unit of work takes a command back.
    pub fn takes_back(&mut self, command: Command) {
        self.undoes = Some(command.first);
    }

    /// Events that are kept in memory for the publisher. Of more than that none is kept, and their
    /// lines are written in another thread.
    const RECENT: u64 = 1000;

    /// From now on no event is kept, and lines are written in another thread.
    fn become_large(&mut self) {
        self.is_large = true;
        let recent = std::mem::take(&mut self.recent);
        let copy = self.log.and_then(|log| log.begin(&recent).ok());
        self.lines = LineWriter::start(self.tail, copy);
    }

    /// Records that the book is begun.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn begin_book(&mut self, book_id: BookId) -> Result<(), StoreError> {
        let created = BookCreatedEvent { book_id, format_version: BookCreatedEvent::FORMAT_VERSION };
        self.append(Stream::Book, 0, vec![DomainEvent::BookCreated(created)])
    }

    /// Records that an import is complete.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn complete_import(&mut self, completed: ImportCompletedEvent) -> Result<(), StoreError> {
        let version = self.version((0, 0))?;
        self.append(Stream::Book, version, vec![DomainEvent::ImportCompleted(completed)])
    }

    /// Records that rows of an import stand for transactions no longer.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn release_identities(&mut self, released: IdentitiesReleasedEvent) -> Result<(), StoreError> {
        let version = self.version((0, 0))?;
        self.append(Stream::Book, version, vec![DomainEvent::IdentitiesReleased(released)])
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
        self.append_to(key, expected_version, events)
    }

    pub(super) fn append_to(
        &mut self,
        key: StreamKey,
        expected_version: Version,
        events: Vec<DomainEvent>,
    ) -> Result<(), StoreError> {
        let mut version = self.version(key)?;
        if version != expected_version {
            return Err(StoreError::VersionConflict { expected: expected_version, found: version });
        }
        for event in events {
            self.append_one(key, event)?;
            version = version.saturating_add(1);
        }
        self.unwritten.versions.insert(key, version);
        Ok(())
    }

    fn append_one(&mut self, key: StreamKey, data: DomainEvent) -> Result<(), StoreError> {
        self.last = self.last.saturating_add(1);
        let (sequence, occurred_at) = (self.last, self.occurred_at);
        let event_id = EventId::new((self.identity.new_id)());
        facts::write(&mut self.statements, sequence, key, &data)?;
        if matches!(data, DomainEvent::StockSplit(_)) {
            self.has_splits = Some(true);
        }
        let event = RecordedEvent { sequence, event_id, occurred_at, data, previous_hash: EventHash::NONE };
        let mut new = NewEvent { key, event };
        if !self.is_large && sequence.saturating_sub(self.first) >= Self::RECENT {
            self.become_large();
        }
        if let Some(lines) = &mut self.lines {
            let written = lines.push(new)?;
            return self.insert_events(written);
        }
        let mut line = Vec::with_capacity(RecordedEvent::ROOM);
        let end_offset = self.tail.write(&mut new, &mut line)?;
        new.insert(&line, end_offset, &mut self.statements)?;
        if !self.is_large {
            let line = String::from_utf8(line).map_err(|error| StoreError::Damaged(error.to_string()))?;
            self.recent.push(new.into_stored(line, end_offset));
        }
        Ok(())
    }

    fn insert_events(&mut self, batches: impl IntoIterator<Item = Written>) -> Result<(), StoreError> {
        for batch in batches {
            for (row, line) in batch.each() {
                row.new.insert(line, row.end_offset, &mut self.statements)?;
            }
        }
        Ok(())
    }

    /// Waits for the lines that are on their way, so that the events of this unit of work can be read.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        let written = self.lines.as_mut().map_or(Ok(Vec::new()), LineWriter::catch_up)?;
        self.insert_events(written)
    }

    /// An id that nothing has.
    #[must_use]
    pub fn fresh_id(&self) -> TransactionId {
        TransactionId::new((self.identity.new_id)())
    }

    /// The row numbers of a stream; those of a stream that begins now are the next event's.
    pub(super) fn stream_key(&mut self, stream: Stream) -> Result<StreamKey, StoreError> {
        if let Some(key) = self.keys.get(&stream) {
            return Ok(*key);
        }
        let next = integer(self.last.saturating_add(1));
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

    pub(super) fn version(&self, key: StreamKey) -> Result<Version, StoreError> {
        self.reader().version(key)
    }

    fn write_versions(&mut self) -> Result<(), StoreError> {
        let mut versions = self.unwritten.versions.iter();
        versions.try_for_each(|(key, version)| StreamKeys::write_version(&mut self.statements, *key, *version))
    }

    /// The place in the history of this unit of work's first event.
    #[must_use]
    pub fn first_sequence(&self) -> Sequence {
        self.first
    }

    /// The last event's place in the history.
    #[must_use]
    pub fn last_sequence(&self) -> Sequence {
        self.last
    }

    /// Whether this unit of work begins the book, so that all that is there is of its own making.
    #[must_use]
    pub fn begins_book(&self) -> bool {
        self.first == 1
    }

    /// Whether nothing was recorded so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last < self.first
    }

    /// The events recorded so far; none of a large unit of work.
    #[must_use]
    pub fn recent_events(&self) -> &[StoredEvent] {
        &self.recent
    }

    /// Commits state and events together, then publishes the events.
    ///
    /// # Errors
    /// If the commit failed. What comes after the commit cannot fail any more: see [`Delivery`].
    pub fn commit(mut self, publisher: &mut dyn EventPublisher) -> Result<Delivery, CommitError> {
        self.settle()?;
        for (key, position) in std::mem::take(&mut self.positions) {
            self.write_position(key, &position)?;
        }
        self.write_versions()?;
        self.write_gains()?;
        let sql = "INSERT INTO commands (first_sequence, last_sequence, command_id, undoes) VALUES (?1, ?2, ?3, ?4)";
        let (first, last) = (integer(self.first), integer(self.last));
        let command = self.identity.command_id;
        self.connection
            .execute(sql, (first, last, command.as_bytes(), self.undoes.map(integer)))
            .map_err(StoreError::from)?;
        self.connection.execute(schema::MARK, []).map_err(StoreError::from)?;
        self.connection.execute_batch("COMMIT").map_err(CommitError::Unknown)?;
        self.is_open = false;
        Ok(match self.recent.as_slice() {
            _ if self.is_large => publisher.publish_batch(Batch::Range(self.first..=self.last)),
            [event] => publisher.publish(event),
            events => publisher.publish_batch(Batch::Events(events)),
        })
    }
}

impl Drop for UnitOfWork<'_> {
    fn drop(&mut self) {
        if self.is_open && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}
