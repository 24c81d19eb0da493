//! Commands: what each recorded, and what `undo` reverted.

use rusqlite::{OptionalExtension, Params, Row};

use super::Reader;
use crate::domain::{DomainEvent, EventType, ImportCompletedEvent, Instant, Sequence, Stream};
use crate::log::RecordedEvent;
use crate::store::StoreError;
use crate::store::events::read_line;
use crate::store::values::{integer, natural};

/// The commands that a book has recorded.
#[derive(Clone, Copy)]
pub struct Commands<'b> {
    reader: Reader<'b>,
}

/// The events of a command, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// The number of its first event.
    pub first: Sequence,
    /// The number of its last event.
    pub last: Sequence,
}

impl Command {
    /// Whether an event is one of its events.
    #[must_use]
    pub fn contains(self, event: Sequence) -> bool {
        (self.first..=self.last).contains(&event)
    }
}

/// The present state of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandState {
    /// It counts.
    Stands,
    /// It was undone.
    Undone,
    /// It is an `undo` itself.
    Undo,
}

/// An import as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Its result.
    pub completed: ImportCompletedEvent,
    /// Its events.
    pub command: Command,
    /// Its present state.
    pub state: CommandState,
}

const COMMAND: &str = "SELECT c.first_sequence, c.last_sequence, c.undoes IS NOT NULL,
        EXISTS (SELECT 1 FROM commands u WHERE u.undoes = c.first_sequence)
    FROM commands c WHERE c.first_sequence <= ?1 ORDER BY c.first_sequence DESC LIMIT 1";

impl<'b> Commands<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The last command before an event that has not been undone.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn before(self, event: Sequence) -> Result<Option<Command>, StoreError> {
        let sql = "SELECT first_sequence, last_sequence FROM commands c
            WHERE first_sequence < ?1 AND undoes IS NULL
                AND NOT EXISTS (SELECT 1 FROM commands u WHERE u.undoes = c.first_sequence)
            ORDER BY first_sequence DESC LIMIT 1";
        let command = |row: &Row<'_>| Ok(Command { first: natural(row, 0)?, last: natural(row, 1)? });
        Ok(self.reader.connection.prepare_cached(sql)?.query_row([integer(event)], command).optional()?)
    }

    /// The command that recorded an event, and its present state; `None` for the command in progress.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn of_event(self, event: Sequence) -> Result<Option<(Command, CommandState)>, StoreError> {
        let found = self.reader.connection.prepare_cached(COMMAND)?.query_row([integer(event)], command).optional()?;
        Ok(found.filter(|(command, _)| command.contains(event)))
    }

    /// The present state of the command that recorded an event; the command in progress counts.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn state_of(self, event: Sequence) -> Result<CommandState, StoreError> {
        Ok(self.of_event(event)?.map_or(CommandState::Stands, |(_, state)| state))
    }

    /// Whether what this event voided was undone, so that it may be entered again.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_undone(self, voided_at: Option<Sequence>) -> Result<bool, StoreError> {
        Ok(voided_at.map(|event| self.state_of(event)).transpose()? == Some(CommandState::Undo))
    }

    /// Passes the events of a command to `take`, the last one first.
    ///
    /// # Errors
    /// If the book cannot be read, or whatever error `take` returns.
    pub fn for_each_event_of<E: From<StoreError>>(
        self,
        command: Command,
        take: &mut dyn FnMut(RecordedEvent) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT line FROM events WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence DESC";
        let mut statement = self.reader.connection.prepare_cached(sql).map_err(StoreError::from)?;
        let params = (integer(command.first), integer(command.last));
        let mut rows = statement.query(params).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let line: String = row.get(0).map_err(StoreError::from)?;
            take(read_line(&line)?)?;
        }
        Ok(())
    }

    /// The events of these types of one aggregate, in order, without those of commands that were undone and
    /// of the commands that undid them.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn effective_events(self, stream: Stream, types: &[EventType]) -> Result<Vec<RecordedEvent>, StoreError> {
        let mut events = Vec::new();
        let mut last: Option<(Command, CommandState)> = None;
        for event_type in types {
            for stored in self.reader.events().load_stream_of(stream, *event_type)? {
                // The events of a command are consecutive.
                if last.is_none_or(|(command, _)| !command.contains(stored.sequence)) {
                    last = self.of_event(stored.sequence)?;
                }
                if last.is_none_or(|(_, state)| state == CommandState::Stands) {
                    events.push(read_line(&stored.line)?);
                }
            }
        }
        events.sort_by_key(|event: &RecordedEvent| event.sequence);
        Ok(events)
    }

    /// The imports, oldest first.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn imports(self) -> Result<Vec<ImportRow>, StoreError> {
        let mut rows = Vec::new();
        for stored in self.reader.events().load_stream_of(Stream::Book, EventType::ImportCompleted)? {
            let event = read_line(&stored.line)?;
            let DomainEvent::ImportCompleted(completed) = event.data else { continue };
            let Some((command, state)) = self.of_event(event.sequence)? else { continue };
            rows.push(ImportRow { recorded_at: event.occurred_at, completed, command, state });
        }
        Ok(rows)
    }

    /// The events whose lines a query selects.
    pub(super) fn read_each(self, sql: &str, params: impl Params) -> Result<Vec<RecordedEvent>, StoreError> {
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(read_line(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
        }
        Ok(events)
    }
}

fn command(row: &Row<'_>) -> rusqlite::Result<(Command, CommandState)> {
    let command = Command { first: natural(row, 0)?, last: natural(row, 1)? };
    let state = match (row.get(2)?, row.get(3)?) {
        (true, _) => CommandState::Undo,
        (false, true) => CommandState::Undone,
        (false, false) => CommandState::Stands,
    };
    Ok((command, state))
}
