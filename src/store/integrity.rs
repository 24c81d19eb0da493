//! What SQLite itself can tell of the health of a file.

use rusqlite::Connection;

use super::StoreError;

/// Faults that are told at most; more would tell no more.
const FAULTS: usize = 20;

/// What is wrong with the pages, records and indexes of a database, in SQLite's words.
pub(super) fn page_faults(connection: &Connection, database: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(&format!("PRAGMA {database}.integrity_check({FAULTS})"))?;
    let faults = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(if faults == ["ok"] { Vec::new() } else { faults })
}

/// A row that refers to a row that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DanglingReference {
    /// The table that it is in.
    pub table: String,
    /// What is wrong, in words.
    pub what: String,
}

/// Rows of a database that refer to a row that is not there.
pub(super) fn dangling_references(
    connection: &Connection,
    database: &str,
) -> Result<Vec<DanglingReference>, StoreError> {
    let mut statement = connection.prepare(&format!("PRAGMA {database}.foreign_key_check"))?;
    let faults = statement.query_map([], |row| {
        let (table, rowid, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let place = rowid.map_or_else(|| format!("a row of {table}"), |rowid| format!("row {rowid} of {table}"));
        Ok(DanglingReference { table, what: format!("{place} refers to a row of {parent} that is not there") })
    })?;
    Ok(faults.take(FAULTS).collect::<Result<_, _>>()?)
}
