//! Prepared statements at hand.

use rusqlite::{Connection, Statement};

/// The statements that a unit of work repeats, each prepared once.
///
/// The connection has a cache of its own, but looking a statement up in it by its text takes as
/// long as inserting the row: a tenth of an import.
pub(super) struct Statements<'b> {
    connection: &'b Connection,
    prepared: Vec<(&'static str, Statement<'b>)>,
}

impl<'b> Statements<'b> {
    pub(super) fn on(connection: &'b Connection) -> Self {
        Self { connection, prepared: Vec::new() }
    }

    /// The statement for an SQL text that is a static: the same static, the same statement.
    pub(super) fn get(&mut self, sql: &'static str) -> rusqlite::Result<&mut Statement<'b>> {
        let is_it = |(text, _): &(&'static str, Statement<'b>)| std::ptr::eq(*text, sql);
        if !self.prepared.iter().any(is_it) {
            self.prepared.push((sql, self.connection.prepare(sql)?));
        }
        let found = self.prepared.iter_mut().find(|entry| is_it(entry));
        found.map(|(_, statement)| statement).ok_or(rusqlite::Error::InvalidQuery)
    }
}
