//! What SQLite itself reports about the integrity of a file.

use rusqlite::{Connection, ErrorCode, ffi};

use super::StoreError;

/// The maximum number of faults that are reported.
const FAULTS: usize = 20;

/// What is wrong with the pages, records and indexes of a database, in SQLite's words.
pub(super) fn page_faults(connection: &Connection, database: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(&format!("PRAGMA {database}.integrity_check({FAULTS})"))?;
    let faults = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    faults.iter().try_for_each(|fault| check_readable(fault))?;
    Ok(if faults == ["ok"] { Vec::new() } else { faults })
}

/// Accepts a fault of the file. SQLite also lists pages that it could not read, with an error code, because
/// memory ran out or the disk failed; these become errors.
fn check_readable(fault: &str) -> Result<(), StoreError> {
    let code = fault.lines().find_map(|line| line.rsplit_once("error code=")?.1.parse().ok());
    match code.map(ffi::Error::new) {
        // A file that ends too early is damaged.
        Some(error) if error.extended_code == ffi::SQLITE_IOERR_SHORT_READ => Ok(()),
        Some(error) if matches!(error.code, ErrorCode::OutOfMemory | ErrorCode::SystemIoFailure) => {
            Err(rusqlite::Error::SqliteFailure(error, None).into())
        }
        Some(_) | None => Ok(()),
    }
}

/// A row that refers to one that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DanglingReference {
    /// The table that it is in.
    pub table: String,
    /// What is wrong, in words.
    pub what: String,
}

/// Rows of a database that refer to rows that do not exist.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_could_not_be_had_is_no_fault_of_the_file() {
        let fault =
            |code: i32| format!("*** in database main ***\nTree 3 page 7: unable to get the page. error code={code}");
        assert!(matches!(check_readable(&fault(ffi::SQLITE_NOMEM)), Err(StoreError::OutOfMemory)));
        assert!(matches!(check_readable(&fault(ffi::SQLITE_IOERR_READ)), Err(StoreError::Io(_))));
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_IOERR_SHORT_READ] {
            assert!(check_readable(&fault(code)).is_ok(), "{code}");
        }
        assert!(check_readable("Tree 3 page 7: free space corruption").is_ok());
    }
}
