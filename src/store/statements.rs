//! Prepared statements for reuse.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Statement};

use super::StoreError;

/// Makes a connection cache the statements that it prepares, with plans that do not depend on parameters.
pub(super) fn keep(connection: &Connection) -> Result<(), StoreError> {
    // More than a unit of work needs.
    connection.set_prepared_statement_cache_capacity(64);
    // Otherwise a statement is planned again whenever its parameters have other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Every search that needs an index has one of ours: an automatic one would be rebuilt for each row
    // of an outer table.
    connection.pragma_update(None, "automatic_index", false)?;
    Ok(())
}

/// The statements that a unit of work repeats, each prepared once.
///
/// The connection has a cache of its own, but looking up a statement there by its text takes as long as
/// inserting the row: a tenth of an import.
pub(super) struct Statements<'b> {
    connection: &'b Connection,
    prepared: Vec<(&'static str, Statement<'b>)>,
}

impl<'b> Statements<'b> {
    pub(super) fn on(connection: &'b Connection) -> Self {
        Self { connection, prepared: Vec::new() }
    }

    /// The statement for a static SQL text: the same static always gives the same statement.
    pub(super) fn get(&mut self, sql: &'static str) -> rusqlite::Result<&mut Statement<'b>> {
        let is_it = |(text, _): &(&'static str, Statement<'b>)| std::ptr::eq(*text, sql);
        if !self.prepared.iter().any(is_it) {
            self.prepared.push((sql, self.connection.prepare(sql)?));
        }
        let found = self.prepared.iter_mut().find(|entry| is_it(entry));
        found.map(|(_, statement)| statement).ok_or(rusqlite::Error::InvalidQuery)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::store::NewBook;

    #[test]
    fn a_new_book_plans_its_statements_once() {
        let new_book = NewBook::rehearse(Path::new("book.db")).unwrap();
        let connection = &new_book.book().connection;
        assert!(connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG).unwrap());
    }
}
