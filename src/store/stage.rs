//! Sorting rows, also more of them than fit in memory.

use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::values::{integer, natural, text};
use crate::domain::{Day, Moment};

/// Rows of several files, put in the order of their days. A moderate number is kept in memory,
/// more in a private temporary database that spills to disk.
pub struct Stage<T> {
    rows: Vec<StagedRow<T>>,
    spill: Option<Connection>,
}

/// A staged row and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow<T> {
    /// The day and moment by which it is sorted.
    pub when: (Day, Moment),
    /// The file, by its place among the files.
    pub file: u64,
    /// The line in the file.
    pub line: u64,
    /// The row.
    pub row: T,
    is_reversed: bool,
}

impl<T> StagedRow<T> {
    /// Its place among the rows of its file; the lines of a reversed file count backwards.
    fn place(&self) -> i64 {
        let line = integer(self.line);
        if self.is_reversed { line.saturating_neg() } else { line }
    }
}

impl<T> Default for Stage<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), spill: None }
    }
}

/// A row that is about something by which the rows of a file may be grouped.
pub trait Grouped {
    /// What it is about.
    fn group(&self) -> &str;
}

impl<T: Serialize + DeserializeOwned + Grouped> Stage<T> {
    /// Rows that are kept in memory.
    const IN_MEMORY: usize = 200_000;

    /// Adds a row.
    ///
    /// # Errors
    /// If there is no more room for temporary data.
    pub fn push(&mut self, file: u64, line: u64, when: (Day, Moment), row: T) -> Result<(), StoreError> {
        self.rows.push(StagedRow { when, file, line, row, is_reversed: false });
        if self.rows.len() < Self::IN_MEMORY { Ok(()) } else { self.spill() }
    }

    /// Turns the order of a file's rows within each moment, of all or of one group, where they run
    /// backwards.
    ///
    /// # Errors
    /// If there is no more room for temporary data.
    pub fn reverse(&mut self, file: u64, group: Option<&str>) -> Result<(), StoreError> {
        let is_meant = |row: &&mut StagedRow<T>| row.file == file && group.is_none_or(|it| it == row.row.group());
        self.rows.iter_mut().filter(is_meant).for_each(|row| row.is_reversed = true);
        if let Some(spill) = &self.spill {
            let sql = "UPDATE stage SET place = -place WHERE file = ?1 AND (?2 IS NULL OR about = ?2)";
            spill.execute(sql, (integer(file), group))?;
        }
        Ok(())
    }

    /// Puts the rows in order: by day and moment, then by file, then in the file's own order. Called once, when
    /// all are there.
    ///
    /// # Errors
    /// If there is no more room for temporary data.
    pub fn sort(&mut self) -> Result<(), StoreError> {
        if self.spill.is_some() {
            return self.spill();
        }
        self.rows.sort_by_key(|row| (row.when, row.file, row.place()));
        Ok(())
    }

    /// Hands over the rows in their order. Can be repeated.
    ///
    /// # Errors
    /// If the temporary data cannot be read, or as `take` fails.
    pub fn for_each<E: From<StoreError>>(&self, take: &mut dyn FnMut(&StagedRow<T>) -> Result<(), E>) -> Result<(), E> {
        let Some(spill) = &self.spill else { return self.rows.iter().try_for_each(take) };
        let sql = "SELECT day, moment, file, abs(place), row FROM stage ORDER BY day, moment, file, place";
        let mut statement = spill.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let read = || {
                let json = row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?;
                let value = serde_json::from_str(json).map_err(|error| StoreError::Io(error.to_string()))?;
                let (when, file, line) = ((text(row, 0)?, text(row, 1)?), natural(row, 2)?, natural(row, 3)?);
                Ok::<_, StoreError>(StagedRow { when, file, line, row: value, is_reversed: false })
            };
            take(&read()?)?;
        }
        Ok(())
    }

    /// Moves the rows that are in memory to the temporary database.
    fn spill(&mut self) -> Result<(), StoreError> {
        let connection = match self.spill.take() {
            Some(connection) => connection,
            None => temporary()?,
        };
        let mut insert = connection.prepare_cached(
            "INSERT INTO stage (day, moment, file, place, about, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for row in self.rows.drain(..) {
            let json = serde_json::to_string(&row.row).map_err(|error| StoreError::Io(error.to_string()))?;
            let (day, moment) = row.when;
            insert.execute((day.plain(), moment, integer(row.file), row.place(), row.row.group(), json))?;
        }
        drop(insert);
        self.spill = Some(connection);
        Ok(())
    }
}

fn temporary() -> Result<Connection, StoreError> {
    let connection = Connection::open("")?;
    connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = OFF;
         PRAGMA cache_size = -16000;
         CREATE TABLE stage (day TEXT, moment TEXT, file INTEGER, place INTEGER, about TEXT, row TEXT,
             PRIMARY KEY (day, moment, file, place)) WITHOUT ROWID;
         BEGIN",
    )?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Grouped for u64 {
        fn group(&self) -> &'static str {
            ""
        }
    }

    fn sorted(count: u64) -> Vec<(u64, u64)> {
        let mut stage = Stage::default();
        for line in 0..count {
            let day = if line.is_multiple_of(2) { "2024-01-02" } else { "2024-01-01" };
            stage.push(line % 3, line, (day.parse().unwrap(), Moment::After), line).unwrap();
        }
        stage.reverse(1, Some("")).unwrap();
        stage.reverse(2, Some("another")).unwrap();
        stage.sort().unwrap();
        let mut rows = Vec::new();
        stage
            .for_each::<StoreError>(&mut |row| {
                assert_eq!(row.row, row.line);
                rows.push((row.file, row.line));
                Ok(())
            })
            .unwrap();
        rows
    }

    #[test]
    fn rows_are_ordered_by_day_file_and_place_and_a_reversed_file_backwards() {
        assert_eq!(sorted(9), [(0, 3), (1, 7), (1, 1), (2, 5), (0, 0), (0, 6), (1, 4), (2, 2), (2, 8)]);
    }

    #[test]
    fn what_does_not_fit_in_memory_is_ordered_alike() {
        let many = u64::try_from(Stage::<u64>::IN_MEMORY).unwrap() + 10;
        let rows = sorted(many);
        assert_eq!(rows.len() as u64, many);
        let mut expected: Vec<_> = (0..many).collect();
        let key = |line: u64| {
            let place = i64::try_from(line).unwrap();
            (line.is_multiple_of(2), line % 3, if line % 3 == 1 { -place } else { place })
        };
        expected.sort_by_key(|line| key(*line));
        assert_eq!(rows, expected.into_iter().map(|line| (line % 3, line)).collect::<Vec<_>>());
    }
}
