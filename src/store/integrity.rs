//! What SQLite itself can tell of the health of a file.

use super::{Book, StoreError};

impl Book {
    /// Faults that are told at most; more would tell no more.
    const FAULTS: u32 = 20;

    /// What is wrong with the file's pages, records and indexes, in SQLite's words.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn page_faults(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare(&format!("PRAGMA integrity_check({})", Self::FAULTS))?;
        let faults = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        Ok(if faults == ["ok"] { Vec::new() } else { faults })
    }

    /// Rows that refer to a row that is not there.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn reference_faults(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
        let faults = statement.query_map([], |row| {
            let (table, rowid, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let place = rowid.map_or_else(|| format!("a row of {table}"), |rowid| format!("row {rowid} of {table}"));
            Ok(format!("{place} refers to a row of {parent} that is not there"))
        })?;
        Ok(faults.take(Self::FAULTS as usize).collect::<Result<_, _>>()?)
    }
}
