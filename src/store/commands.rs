//! Commands: what each recorded, and what `undo` took back of it.

use rusqlite::{OptionalExtension, Row};

use super::events::{EventStore, StreamKeys};
use super::values::{halves, integer, natural};
use super::{Book, StoreError, UnitOfWork, portfolios, stocks};
use crate::domain::{
    DomainEvent, EventType, ImportCompletedEvent, Instant, Portfolio, PortfolioId, Sequence, Stock, StockId, Stream,
    TransactionId,
};
use crate::log::RecordedEvent;

/// The events of a command, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// The number of its first event.
    pub first: Sequence,
    /// The number of its last event.
    pub last: Sequence,
}

impl Command {
    /// Whether an event is one of them.
    #[must_use]
    pub fn holds(self, event: Sequence) -> bool {
        (self.first..=self.last).contains(&event)
    }
}

/// What became of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandFate {
    /// It stands.
    Stands,
    /// It was taken back.
    Undone,
    /// It is an `undo` itself.
    Undo,
}

/// An import as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What it did.
    pub completed: ImportCompletedEvent,
    /// Its events.
    pub command: Command,
    /// What became of it.
    pub fate: CommandFate,
}

const FATE: &str = "SELECT c.first_sequence, c.last_sequence, c.undoes IS NOT NULL,
        EXISTS (SELECT 1 FROM commands u WHERE u.undoes = c.first_sequence)
    FROM commands c WHERE c.first_sequence ";

impl UnitOfWork<'_> {
    /// The last command before an event that stands.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn command_before(&mut self, event: Sequence) -> Result<Option<Command>, StoreError> {
        let sql = "SELECT first_sequence, last_sequence FROM commands c
            WHERE first_sequence < ?1 AND undoes IS NULL
                AND NOT EXISTS (SELECT 1 FROM commands u WHERE u.undoes = c.first_sequence)
            ORDER BY first_sequence DESC LIMIT 1";
        let command = |row: &Row<'_>| Ok(Command { first: natural(row, 0)?, last: natural(row, 1)? });
        Ok(self.connection.prepare_cached(sql)?.query_row([integer(event)], command).optional()?)
    }

    /// What became of the command that recorded an event; of this one, that it stands.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn fate_of(&mut self, event: Sequence) -> Result<CommandFate, StoreError> {
        if let Some((command, fate)) = self.fate
            && command.holds(event)
        {
            return Ok(fate);
        }
        let sql = [FATE, "<= ?1 ORDER BY c.first_sequence DESC LIMIT 1"].concat();
        let found = self.connection.prepare_cached(&sql)?.query_row([integer(event)], fate).optional()?;
        let found = found.filter(|(command, _)| command.holds(event));
        self.fate = found;
        Ok(found.map_or(CommandFate::Stands, |(_, fate)| fate))
    }

    /// Says that this unit of work takes a command back.
    pub fn takes_back(&mut self, command: Command) {
        self.undoes = Some(command.first);
    }

    /// Hands over the events of a command, the last one first.
    ///
    /// # Errors
    /// If the book cannot be read, or as `take` fails.
    pub fn for_each_event_of<E: From<StoreError>>(
        &mut self,
        command: Command,
        take: &mut dyn FnMut(RecordedEvent) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT line FROM events WHERE sequence BETWEEN ?1 AND ?2 ORDER BY sequence DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(StoreError::from)?;
        let params = (integer(command.first), integer(command.last));
        let mut rows = statement.query(params).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let line: String = row.get(0).map_err(StoreError::from)?;
            take(read(&line)?)?;
        }
        Ok(())
    }

    /// The events of these types of one aggregate that count: not those of commands that were taken
    /// back, and not those that took them back. In order.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn standing_events(&mut self, stream: Stream, types: &[EventType]) -> Result<Vec<RecordedEvent>, StoreError> {
        self.settle()?;
        let mut events = Vec::new();
        for event_type in types {
            for stored in EventStore::on(self.connection).load_stream_of(stream, *event_type)? {
                if self.fate_of(stored.sequence)? == CommandFate::Stands {
                    events.push(read(&stored.line)?);
                }
            }
        }
        events.sort_by_key(|event| event.sequence);
        Ok(events)
    }

    /// The events that recorded a transaction, of a transfer both, or a split; none if nothing has the
    /// id.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recording_events(&mut self, id: TransactionId) -> Result<Vec<RecordedEvent>, StoreError> {
        self.settle()?;
        let sql = "SELECT e.line FROM transactions t CROSS JOIN events e ON e.sequence = t.sequence
            WHERE t.id_high = ?1 AND t.id_low = ?2 ORDER BY t.sequence";
        let lines = |sql: &str, params: &[&dyn rusqlite::ToSql]| -> Result<Vec<String>, StoreError> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let lines = statement.query_map(params, |row| row.get(0))?;
            Ok(lines.collect::<Result<_, _>>()?)
        };
        let (high, low) = halves(id);
        let mut found = lines(sql, &[&high, &low])?;
        if found.is_empty() {
            let sql = "SELECT line FROM splits CROSS JOIN events USING (sequence) WHERE split_id = ?1";
            found = lines(sql, &[&id.to_string()])?;
        }
        found.iter().map(|line| read(line)).collect()
    }

    /// Whether a transaction or split is there and counts.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn counts(&mut self, id: TransactionId) -> Result<bool, StoreError> {
        static SQL: &str = "SELECT voided_at IS NULL FROM transactions WHERE id_high = ?1 AND id_low = ?2";
        self.index_transactions()?;
        let found = self.statements.get(SQL)?.query_row(halves(id), |row| row.get(0)).optional()?;
        match found {
            Some(counts) => Ok(counts),
            None => Ok(self.split(id)?.is_some_and(|split| split.voided_at.is_none())),
        }
    }

    /// The stock with this id, unless it was removed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn stock_by_id(&mut self, id: StockId) -> Result<Option<Stock>, StoreError> {
        let Some((_, key)) = StreamKeys::find(self.connection, Stream::Stock(id))? else { return Ok(None) };
        let stock = stocks::at(self.connection, key, |key| self.version(key))?;
        let Some(stock) = stock else { return Ok(None) };
        let listed = self.stock(&stock.profile().symbol)?;
        Ok(listed.filter(|listed| listed.id() == id))
    }

    /// The portfolio with this id, unless it was removed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn portfolio_by_id(&mut self, id: PortfolioId) -> Result<Option<Portfolio>, StoreError> {
        let Some((key, _)) = StreamKeys::find(self.connection, Stream::Portfolio(id))? else { return Ok(None) };
        let portfolio = portfolios::at(self.connection, key, |key| self.version(key))?;
        let Some(portfolio) = portfolio else { return Ok(None) };
        let listed = self.portfolio(portfolio.name())?;
        Ok(listed.filter(|listed| listed.id() == id))
    }

    /// Whether anything that counts refers to a stock: a transaction, a split, a price.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_stock_used(&mut self, stock: &Stock) -> Result<bool, StoreError> {
        self.settle()?;
        let sql = "WITH own AS (SELECT stock FROM stocks WHERE stock_id = ?1)
            SELECT 1 FROM prices WHERE stock = (SELECT stock FROM own)
            UNION ALL SELECT 1 FROM splits WHERE stock = (SELECT stock FROM own) AND voided_at IS NULL
            UNION ALL SELECT 1 FROM positions p CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
                CROSS JOIN transactions t ON t.sequence = e.sequence
                WHERE p.stock = (SELECT stock FROM own) AND t.voided_at IS NULL
            LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.exists([stock.id().uuid().as_bytes()])?)
    }

    /// Whether a transaction that counts is in a portfolio.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_portfolio_used(&mut self, portfolio: &Portfolio) -> Result<bool, StoreError> {
        self.settle()?;
        let sql = "SELECT 1 FROM positions p CROSS JOIN events e ON e.portfolio = p.portfolio AND e.stock = p.stock
                CROSS JOIN transactions t ON t.sequence = e.sequence
            WHERE p.portfolio = (SELECT portfolio FROM portfolios WHERE portfolio_id = ?1) AND t.voided_at IS NULL
            LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.exists([portfolio.id().uuid().as_bytes()])?)
    }

    /// The imports, the first one first.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRow>, StoreError> {
        imports(self.connection)
    }
}

impl Book {
    /// The imports, the first one first.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRow>, StoreError> {
        imports(&self.connection)
    }
}

fn imports(connection: &rusqlite::Connection) -> Result<Vec<ImportRow>, StoreError> {
    let mut rows = Vec::new();
    let sql = [FATE, "<= ?1 ORDER BY c.first_sequence DESC LIMIT 1"].concat();
    let mut statement = connection.prepare_cached(&sql)?;
    for stored in EventStore::on(connection).load_stream_of(Stream::Book, EventType::ImportCompleted)? {
        let event = read(&stored.line)?;
        let DomainEvent::ImportCompleted(completed) = event.data else { continue };
        let (command, fate) = statement.query_row([integer(event.sequence)], fate)?;
        rows.push(ImportRow { recorded_at: event.occurred_at, completed, command, fate });
    }
    Ok(rows)
}

fn fate(row: &Row<'_>) -> rusqlite::Result<(Command, CommandFate)> {
    let command = Command { first: natural(row, 0)?, last: natural(row, 1)? };
    let fate = match (row.get(2)?, row.get(3)?) {
        (true, _) => CommandFate::Undo,
        (false, true) => CommandFate::Undone,
        (false, false) => CommandFate::Stands,
    };
    Ok((command, fate))
}

fn read(line: &str) -> Result<RecordedEvent, StoreError> {
    serde_json::from_str(line).map_err(|error| StoreError::Damaged(error.to_string()))
}
