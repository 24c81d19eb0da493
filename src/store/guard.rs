//! Limits what a file can make SQLite do, because it may come from somebody else.

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

use super::StoreError;

/// The length of the longest value in bytes: enough for the disposals of a sale from two million lots.
const LONGEST: i32 = 1 << 28;

/// Sets the limits, before anything is read.
pub(super) fn guard(connection: &Connection) -> Result<(), StoreError> {
    for (setting, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
    ] {
        connection.set_db_config(setting, is_on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, LONGEST),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_SCHEMA, 500),
    ] {
        connection.set_limit(limit, most)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(set_up: &str, sql: &str) -> StoreError {
        let connection = Connection::open_in_memory().unwrap();
        guard(&connection).unwrap();
        connection.execute_batch(set_up).unwrap();
        let error = connection.prepare(sql).and_then(|mut it| it.query_row([], |_| Ok(()))).unwrap_err();
        error.into()
    }

    #[test]
    fn what_nobody_records_is_not_loaded() {
        let error = refused("", "SELECT zeroblob(268435457)");
        assert_eq!(error.to_string(), "the book is damaged: a value is longer than any that is recorded");
    }

    #[test]
    fn views_are_not_looked_through() {
        let error = refused("CREATE VIEW mine AS SELECT 1", "SELECT * FROM mine");
        assert_eq!(error.to_string(), "the book is damaged: access to view \"mine\" prohibited");
    }

    #[test]
    fn triggers_do_nothing() {
        let connection = Connection::open_in_memory().unwrap();
        guard(&connection).unwrap();
        let sql = "CREATE TABLE one (x); CREATE TRIGGER mine AFTER INSERT ON one BEGIN DELETE FROM one; END;
                   INSERT INTO one VALUES (1)";
        connection.execute_batch(sql).unwrap();
        assert_eq!(connection.query_row("SELECT count(*) FROM one", [], |row| row.get::<_, i64>(0)), Ok(1));
    }
}
