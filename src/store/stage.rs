//! Sorting more rows than fit in memory.

use std::marker::PhantomData;

use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::values::{integer, natural};
use crate::domain::Day;

/// Rows of several files, put in the order of their days; kept in a private temporary database
/// that spills to disk.
pub struct Stage<T> {
    connection: Connection,
    rows: PhantomData<T>,
}

/// A staged row and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow<T> {
    /// The file, by its place among the files.
    pub file: u64,
    /// The line in the file.
    pub line: u64,
    /// The row.
    pub row: T,
}

impl<T: Serialize + DeserializeOwned> Stage<T> {
    /// An empty stage.
    ///
    /// # Errors
    /// If SQLite has no room for temporary data.
    pub fn new() -> Result<Self, StoreError> {
        let connection = Connection::open("")?;
        connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        connection.execute_batch(
            "PRAGMA synchronous = OFF;
             PRAGMA cache_size = -16000;
             CREATE TABLE stage (day TEXT, file INTEGER, place INTEGER, row TEXT, PRIMARY KEY (day, file, place))
                 WITHOUT ROWID;
             BEGIN",
        )?;
        Ok(Self { connection, rows: PhantomData })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// If there is no more room for temporary data.
    pub fn push(&mut self, file: u64, line: u64, day: Day, row: &T) -> Result<(), StoreError> {
        let row = serde_json::to_string(row).map_err(|error| StoreError::Io(error.to_string()))?;
        self.connection
            .prepare_cached("INSERT INTO stage (day, file, place, row) VALUES (?1, ?2, ?3, ?4)")?
            .execute((day.to_string(), integer(file), integer(line), row))?;
        Ok(())
    }

    /// Turns the order of a file's rows within each day, for a file that runs backwards.
    ///
    /// # Errors
    /// If there is no more room for temporary data.
    pub fn reverse(&mut self, file: u64) -> Result<(), StoreError> {
        self.connection.execute("UPDATE stage SET place = -place WHERE file = ?1", [integer(file)])?;
        Ok(())
    }

    /// Hands over the rows, by day, then by file, then in the file's own order. Can be repeated.
    ///
    /// # Errors
    /// If the temporary data cannot be read, or as `take` fails.
    pub fn for_each<E: From<StoreError>>(&self, take: &mut dyn FnMut(StagedRow<T>) -> Result<(), E>) -> Result<(), E> {
        let sql = "SELECT file, abs(place), row FROM stage ORDER BY day, file, place";
        let mut statement = self.connection.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let read = || {
                let text = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
                let value = serde_json::from_str(text).map_err(|error| StoreError::Io(error.to_string()))?;
                Ok::<_, StoreError>(StagedRow { file: natural(row, 0)?, line: natural(row, 1)?, row: value })
            };
            take(read()?)?;
        }
        Ok(())
    }
}
