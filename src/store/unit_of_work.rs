//! The unit of work: state and events, committed together and delivered afterwards.

use rusqlite::Connection;

use super::appender::Appender;
use super::position_cache::PositionCache;
use super::reader::Command;
use super::statements::Statements;
use super::values::integer;
use super::{Book, CommitError, Identity, Reader, StoreError, schema};
use crate::bus::{Delivery, EventPublisher, StoredEvent};
use crate::domain::{AggregateRoot, DomainEvent, Sequence, Stream, TransactionId};

/// Everything that one command changes: nothing is recorded before [`Self::commit`], and everything after it.
/// Dropping it rolls everything back.
///
/// It holds SQLite's write lock, so that what it reads stays true until it commits.
pub struct UnitOfWork<'b> {
    pub(super) connection: &'b Connection,
    pub(super) statements: Statements<'b>,
    pub(super) appender: Appender<'b>,
    pub(super) positions: PositionCache<'b>,
    /// The first event of the command that it undoes.
    undoes: Option<Sequence>,
    is_open: bool,
}

impl Book {
    /// Begins a unit of work. A book of an earlier version is upgraded in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process holds the book for longer than the patience that
    /// was set; or if the book cannot be written or read.
    pub fn begin(&self, identity: Identity) -> Result<UnitOfWork<'_>, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut unit = self.unit(identity);
        unit.upgrade()?;
        unit.appender.begin_after(self.events().head()?.as_ref());
        Ok(unit)
    }

    /// A unit of work whose transaction has not begun.
    pub(super) fn unit(&self, identity: Identity) -> UnitOfWork<'_> {
        UnitOfWork {
            connection: &self.connection,
            statements: Statements::on(&self.connection),
            appender: Appender::on(&self.connection, identity),
            positions: PositionCache::on(&self.connection),
            undoes: None,
            is_open: true,
        }
    }
}

impl UnitOfWork<'_> {
    /// A reader of the book with everything that this unit of work has recorded, except its events, which it
    /// sees only once they are [flushed](Self::flushed).
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        self.appender.reader()
    }

    /// Like [`Self::reader`], including the events of this unit of work.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn flushed(&mut self) -> Result<Reader<'_>, StoreError> {
        self.appender.flush(&mut self.statements)?;
        Ok(self.reader())
    }

    /// Declares that this unit of work undoes a command.
    pub fn undoes(&mut self, command: Command) {
        self.undoes = Some(command.first);
    }

    /// Records an event of the book itself, such as the completion of an import.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn record(&mut self, event: DomainEvent) -> Result<(), StoreError> {
        let key = self.appender.stream_key(Stream::Book)?;
        let version = self.appender.version(key)?;
        self.appender.append(&mut self.statements, key, version, vec![event])
    }

    /// Saves an aggregate: drains its events into the history and writes the rows that follow from them,
    /// never one without the other.
    ///
    /// # Errors
    /// [`StoreError::VersionConflict`] if the aggregate was not loaded in this unit of work and has
    /// changed since; or if the book cannot be written.
    pub fn save(&mut self, aggregate: &mut impl AggregateRoot) -> Result<(), StoreError> {
        self.appender.save(&mut self.statements, aggregate)
    }

    /// A new, unused id.
    #[must_use]
    pub fn fresh_id(&self) -> TransactionId {
        TransactionId::new((self.appender.identity.new_id)())
    }

    /// The number of this unit of work's first event.
    #[must_use]
    pub fn first_sequence(&self) -> Sequence {
        self.appender.first()
    }

    /// The number of its last event.
    #[must_use]
    pub fn last_sequence(&self) -> Sequence {
        self.appender.last()
    }

    /// Whether this unit of work creates the book, so that everything in it is its own.
    #[must_use]
    pub fn begins_book(&self) -> bool {
        self.appender.first() == 1
    }

    /// Whether nothing has been recorded so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.appender.last() < self.appender.first()
    }

    /// The events recorded so far; empty for a large unit of work.
    #[must_use]
    pub fn recent_events(&self) -> &[StoredEvent] {
        self.appender.recent()
    }

    /// Commits state and events together, then publishes the events.
    ///
    /// # Errors
    /// If the commit failed. Nothing after the commit can fail any more: see [`Delivery`].
    pub fn commit(mut self, publisher: &mut dyn EventPublisher) -> Result<Delivery, CommitError> {
        self.appender.flush(&mut self.statements)?;
        self.appender.write_versions(&mut self.statements)?;
        self.positions.write(&mut self.statements)?;
        let sql = "INSERT INTO commands (first_sequence, last_sequence, command_id, undoes) VALUES (?1, ?2, ?3, ?4)";
        let (first, last) = (integer(self.appender.first()), integer(self.appender.last()));
        let command = self.appender.identity.command_id;
        self.connection
            .execute(sql, (first, last, command.as_bytes(), self.undoes.map(integer)))
            .map_err(StoreError::from)?;
        self.connection.execute(schema::MARK, []).map_err(StoreError::from)?;
        self.connection.execute_batch("COMMIT").map_err(CommitError::Unknown)?;
        self.is_open = false;
        Ok(self.appender.publish(publisher))
    }
}

impl Drop for UnitOfWork<'_> {
    fn drop(&mut self) {
        if self.is_open && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}
