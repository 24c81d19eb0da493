//! What SQLite itself says about the health of a file.

use rusqlite::{Connection, ErrorCode, ffi};

use super::StoreError;

/// Faults that are reported at most; more would add nothing.
const FAULTS: usize = 20;

/// What is wrong with the pages, records and indexes of a database, in SQLite's words.
pub(super) fn page_faults(connection: &Connection, database: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(&format!("PRAGMA {database}.integrity_check({FAULTS})"))?;
    let faults = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    faults.iter().try_for_each(|fault| is_of_the_file(fault))?;
    Ok(if faults == ["ok"] { Vec::new() } else { faults })
}

/// SQLite counts among the faults of the file, with the code of the error, the pages that it could not
/// get: also where there was no memory for one, or the disk did not give it out.
fn is_of_the_file(fault: &str) -> Result<(), StoreError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_could_not_be_had_is_no_fault_of_the_file() {
        let fault =
            |code: i32| format!("*** in database main ***\nTree 3 page 7: unable to get the page. error code={code}");
        assert!(matches!(is_of_the_file(&fault(ffi::SQLITE_NOMEM)), Err(StoreError::OutOfMemory)));
        assert!(matches!(is_of_the_file(&fault(ffi::SQLITE_IOERR_READ)), Err(StoreError::Io(_))));
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_IOERR_SHORT_READ] {
            assert!(is_of_the_file(&fault(code)).is_ok(), "{code}");
        }
        assert!(is_of_the_file("Tree 3 page 7: free space corruption").is_ok());
    }
}
