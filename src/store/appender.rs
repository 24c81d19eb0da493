//! Appends events to the history: each gets its number, line, hash and offset.

use hashbrown::HashMap;
use rusqlite::Connection;

use super::events::{NewEvent, RATES, StreamKey, StreamKeys};
use super::line_writer::{LineWriter, Tail, WrittenLines};
use super::reader::{Reader, Unwritten};
use super::statements::Statements;
use super::values::integer;
use super::{Identity, StoreError, facts};
use crate::bus::{Batch, Delivery, EventPublisher, StoredEvent};
use crate::domain::{AggregateRoot, DomainEvent, EventId, Instant, Sequence, Stream, Version};
use crate::log::{EventHash, NewLog, RecordedEvent};

/// Appends events, and writes the rows that follow from them.
pub(super) struct Appender<'b> {
    connection: &'b Connection,
    pub(super) identity: Identity,
    occurred_at: Instant,
    first: Sequence,
    last: Sequence,
    tail: Tail,
    /// Present in a large unit of work; it then owns the tail.
    lines: Option<LineWriter>,
    /// The log that a large unit of work also writes its lines to.
    pub(super) log: Option<&'b NewLog>,
    recent: Vec<StoredEvent>,
    is_large: bool,
    pub(super) unwritten: Unwritten,
    keys: HashMap<Stream, StreamKey>,
}

impl<'b> Appender<'b> {
    /// How many events are kept in memory for the publisher. Once there are more, none is kept, and
    /// their lines are written in another thread.
    const RECENT: u64 = 1000;

    pub(super) fn on(connection: &'b Connection, identity: Identity) -> Self {
        Self {
            connection,
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
        }
    }

    /// Starts appending to a history that ends with `head`.
    pub(super) fn begin_after(&mut self, head: Option<&StoredEvent>) {
        self.last = head.map_or(0, |head| head.sequence);
        self.first = self.next();
        self.tail = Tail::after(head);
        self.unwritten = Unwritten::begin(head.is_some());
    }

    /// Drains an aggregate's events into its stream. Nothing else does.
    pub(super) fn save(
        &mut self,
        statements: &mut Statements<'_>,
        aggregate: &mut impl AggregateRoot,
    ) -> Result<(), StoreError> {
        let (follows, events) = aggregate.pull_events();
        if events.is_empty() {
            return Ok(());
        }
        let key = self.stream_key(aggregate.stream())?;
        self.append(statements, key, follows, events)
    }

    /// Appends events to a stream that is expected to hold `expected` events so far.
    pub(super) fn append(
        &mut self,
        statements: &mut Statements<'_>,
        key: StreamKey,
        expected: Version,
        events: Vec<DomainEvent>,
    ) -> Result<(), StoreError> {
        let mut version = self.version(key)?;
        if version != expected {
            return Err(StoreError::VersionConflict { expected, found: version });
        }
        for event in events {
            self.append_one(statements, key, event)?;
            version = version.saturating_add(1);
        }
        self.unwritten.versions.insert(key, version);
        Ok(())
    }

    fn append_one(
        &mut self,
        statements: &mut Statements<'_>,
        key: StreamKey,
        data: DomainEvent,
    ) -> Result<(), StoreError> {
        self.last = self.last.saturating_add(1);
        let (sequence, occurred_at) = (self.last, self.occurred_at);
        let event_id = EventId::new((self.identity.new_id)());
        facts::write(statements, sequence, key, &data)?;
        let event = RecordedEvent { sequence, event_id, occurred_at, data, previous_hash: EventHash::NONE };
        let mut new = NewEvent { key, event };
        if !self.is_large && sequence.saturating_sub(self.first) >= Self::RECENT {
            self.become_large();
        }
        if let Some(lines) = &mut self.lines {
            return insert(lines.push(new)?, statements);
        }
        let mut line = Vec::with_capacity(RecordedEvent::ROOM);
        let end_offset = self.tail.write(&mut new, &mut line)?;
        new.insert(&line, end_offset, statements)?;
        if !self.is_large {
            let line = String::from_utf8(line).map_err(|error| StoreError::Damaged(error.to_string()))?;
            self.recent.push(new.into_stored(line, end_offset));
        }
        Ok(())
    }

    /// From now on events are not kept, and lines are written in another thread.
    fn become_large(&mut self) {
        self.is_large = true;
        let recent = std::mem::take(&mut self.recent);
        let copy = self.log.and_then(|log| log.begin(&recent).ok());
        self.lines = LineWriter::start(self.tail, copy);
    }

    /// Waits for the lines that the other thread is still writing.
    pub(super) fn flush(&mut self, statements: &mut Statements<'_>) -> Result<(), StoreError> {
        let written = self.lines.as_mut().map_or(Ok(Vec::new()), LineWriter::catch_up)?;
        insert(written, statements)
    }

    /// The row numbers of a stream; a new stream takes the number of the next event.
    pub(super) fn stream_key(&mut self, stream: Stream) -> Result<StreamKey, StoreError> {
        if let Some(key) = self.keys.get(&stream) {
            return Ok(*key);
        }
        let next = integer(self.next());
        let key = match (StreamKeys::find(self.connection, stream)?, stream) {
            (Some(key), _) => key,
            (None, Stream::Book) => (0, 0),
            (None, Stream::Rates) => RATES,
            (None, Stream::Stock(_)) => (0, next),
            (None, Stream::Portfolio(_)) => (next, 0),
            (None, Stream::Position(..)) => {
                return Err(StoreError::Damaged("a position of a stock or portfolio that is not there".to_owned()));
            }
        };
        self.keys.insert(stream, key);
        Ok(key)
    }

    /// A reader of the book as it is now.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::within(self.connection, &self.unwritten)
    }

    /// How many events a stream has.
    pub(super) fn version(&self, key: StreamKey) -> Result<Version, StoreError> {
        self.reader().version(key)
    }

    /// Writes the new versions of the streams that have grown.
    pub(super) fn write_versions(&self, statements: &mut Statements<'_>) -> Result<(), StoreError> {
        let mut versions = self.unwritten.versions.iter();
        versions.try_for_each(|(key, version)| StreamKeys::write_version(statements, *key, *version))
    }

    /// The number of the first event.
    pub(super) fn first(&self) -> Sequence {
        self.first
    }

    /// The number of the last event.
    pub(super) fn last(&self) -> Sequence {
        self.last
    }

    /// The number of the next event.
    pub(super) fn next(&self) -> Sequence {
        self.last.saturating_add(1)
    }

    /// The events so far; empty for a large unit of work.
    pub(super) fn recent(&self) -> &[StoredEvent] {
        &self.recent
    }

    /// Passes the committed events to a publisher.
    pub(super) fn publish(&self, publisher: &mut dyn EventPublisher) -> Delivery {
        match self.recent.as_slice() {
            _ if self.is_large => publisher.publish_batch(Batch::Range(self.first..=self.last)),
            [event] => publisher.publish(event),
            events => publisher.publish_batch(Batch::Events(events)),
        }
    }
}

fn insert(batches: impl IntoIterator<Item = WrittenLines>, statements: &mut Statements<'_>) -> Result<(), StoreError> {
    for batch in batches {
        for (row, line) in batch.each() {
            row.new.insert(line, row.end_offset, statements)?;
        }
    }
    Ok(())
}
