//! Transactions by day.
//!
//! Most are recorded in the order of their days, and many have the day of the one before. So they are
//! found by runs: those of one day that were recorded one after the other, with no other transaction
//! between them.

use rusqlite::OptionalExtension;

use super::events::StreamKey;
use super::values::{integer, natural, text};
use super::{StoreError, UnitOfWork, facts};
use crate::domain::{Day, DomainEvent, Sequence};

/// Joins the transactions of runs, `d`, in the order of their recording: `t`.
pub(super) const BY_DAY: &str =
    "trade_days d CROSS JOIN transactions t ON t.sequence BETWEEN d.first_sequence AND d.last_sequence";

/// The last run of a book, that the next transaction may go on with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    day: Day,
    first: Sequence,
    last: Sequence,
}

impl UnitOfWork<'_> {
    /// Writes what an event says, and by which day it is found.
    pub(super) fn write_fact(
        &mut self,
        sequence: Sequence,
        key: StreamKey,
        event: &DomainEvent,
    ) -> Result<(), StoreError> {
        facts::write(&mut self.statements, sequence, key, event)?;
        let Some(day) = event.trade_date() else { return Ok(()) };
        let before = match self.run {
            Some(run) => Some(run),
            None => self.last_run(sequence)?,
        };
        self.run = match before {
            Some(run) if run.day == day => Some(Run { last: sequence, ..run }),
            _ => {
                self.write_run()?;
                Some(Run { day, first: sequence, last: sequence })
            }
        };
        Ok(())
    }

    /// Writes the last run, so that its transactions are found by their day.
    pub(super) fn write_run(&mut self) -> Result<(), StoreError> {
        static SQL: &str = "INSERT INTO trade_days (trade_date, first_sequence, last_sequence) VALUES (?1, ?2, ?3)
            ON CONFLICT (trade_date, first_sequence) DO UPDATE SET last_sequence = excluded.last_sequence";
        if let Some(Run { day, first, last }) = self.run {
            self.statements.get(SQL)?.execute((day.plain(), integer(first), integer(last)))?;
        }
        Ok(())
    }

    /// The run of the last transaction before one.
    fn last_run(&mut self, sequence: Sequence) -> Result<Option<Run>, StoreError> {
        static SQL: &str = "SELECT trade_date, first_sequence, last_sequence FROM trade_days WHERE trade_date =
                (SELECT trade_date FROM transactions WHERE sequence < ?1 ORDER BY sequence DESC LIMIT 1)
            ORDER BY first_sequence DESC LIMIT 1";
        let run = self.statements.get(SQL)?.query_row([integer(sequence)], |row| {
            Ok(Run { day: text(row, 0)?, first: natural(row, 1)?, last: natural(row, 2)? })
        });
        Ok(run.optional()?)
    }
}
