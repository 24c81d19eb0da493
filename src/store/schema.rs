//! The tables, and the marks that identify a book.

mod migrations;

use rusqlite::Connection;

use migrations::{INDEXES, MIGRATIONS};

use super::StoreError;

/// SQLite's `application_id` of a book: the letters `StBk`.
pub(super) const APPLICATION_ID: i64 = 0x5374_426B;

/// The first bytes of every SQLite file.
pub(super) const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// Whether a page is the first one of a book: see <https://sqlite.org/fileformat2.html#the_database_header>.
pub(super) fn is_first_page(page: &[u8]) -> bool {
    let id = page.get(68..).and_then(<[u8]>::first_chunk);
    page.starts_with(HEADER) && id.is_some_and(|id| i64::from(u32::from_be_bytes(*id)) == APPLICATION_ID)
}

/// The page size of a new book in bytes. Audit lines are long: few of them fit SQLite's usual 4096.
pub(super) const PAGE_SIZE: i64 = 8192;

/// The tables that hold what was recorded. The rows of all others follow from them.
pub(super) const RECORDS: [&str; 2] = ["events", "commands"];

/// The tables that can be discarded and recomputed; all others hold facts.
pub(super) const DERIVED: [&str; 7] =
    ["streams", "positions", "open_lots", "disposals", "conversion_gains", "gain_totals", "summaries"];

/// The table of the handlers' checkpoints.
pub(super) const CHECKPOINTS: &str = "checkpoints";

/// The table of the marks that transactions leave.
pub(super) const MOMENTS: &str = "moments";

/// Writes a transaction's mark. Each transaction that changes something does this before it commits.
pub(super) const MARK: &str = "UPDATE moments SET previous = this, this = randomblob(16) WHERE id = 1";

/// Selects the page that contains the marks, and the latest mark.
pub(super) const MOMENT: &str = "SELECT rootpage, this FROM sqlite_schema, moments WHERE name = 'moments'";

/// Creates the indexes of a new book.
pub(super) fn index(connection: &Connection) -> Result<(), StoreError> {
    index_as_of(connection, &INDEXES)
}

fn index_as_of(connection: &Connection, indexes: &[&str]) -> Result<(), StoreError> {
    index_transactions(connection)?;
    Ok(connection.execute_batch(&indexes.concat())?)
}

/// The indexes that a replay needs, in addition to those of transactions and of streams, which are
/// created on demand.
const OF_REPLAYS: [&str; 4] =
    ["splits_by_stock", "conversions_by_stock", "conversions_by_new_stock", "cost_adjustments"];

/// Creates the indexes that a replay needs.
pub(super) fn index_to_replay(connection: &Connection) -> Result<(), StoreError> {
    let all = INDEXES.concat();
    let is_needed = |line: &&str| OF_REPLAYS.iter().any(|name| line.contains(&format!(" {name} ")));
    Ok(connection.execute_batch(&all.lines().filter(is_needed).collect::<String>())?)
}

/// Creates the tables and indexes of a book of some format, for comparison.
///
/// # Errors
/// If memory runs out.
pub(super) fn make_as_of(connection: &Connection, format: usize) -> Result<(), StoreError> {
    let first = |steps: &'static [&'static str]| steps.get(..format).unwrap_or(steps);
    // One transaction takes a third of the time.
    connection.execute_batch("BEGIN")?;
    connection.execute_batch(&first(&MIGRATIONS).concat())?;
    index_as_of(connection, first(&INDEXES))?;
    Ok(connection.execute_batch("COMMIT")?)
}

/// Creates the index of transactions by their ids, which a new book may need before the others.
pub(super) fn index_transactions(connection: &Connection) -> Result<(), StoreError> {
    let sql = "CREATE UNIQUE INDEX IF NOT EXISTS transactions_by_id ON transactions (id_high, id_low, portfolio)";
    Ok(connection.execute_batch(sql)?)
}

/// Creates the index of events by their streams, which a new book may need before the others.
pub(super) fn index_streams(connection: &Connection) -> Result<(), StoreError> {
    let sql = "CREATE INDEX IF NOT EXISTS events_by_stream ON events (portfolio, stock)";
    Ok(connection.execute_batch(sql)?)
}

/// The format that this program writes, SQLite's `user_version` of a book.
pub(super) const FORMAT: i64 = 5;

/// The format of a book.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn format(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Creates the tables of a new book, without the [indexes](index), which follow once its first rows are
/// there.
///
/// # Errors
/// If the book cannot be written.
pub(super) fn create(connection: &Connection) -> Result<(), StoreError> {
    migrate(connection, 0)
}

/// Upgrades the tables of a book of an earlier version to [`FORMAT`], inside the caller's transaction;
/// returns whether it was one.
///
/// # Errors
/// If the book cannot be read or written.
pub(super) fn upgrade(connection: &Connection) -> Result<bool, StoreError> {
    let from = format(connection)?;
    let is_older = from < FORMAT;
    if is_older {
        migrate(connection, from)?;
        index(connection)?;
    }
    Ok(is_older)
}

/// Runs the migrations of a book of format `from` to [`FORMAT`]; the marks come last.
fn migrate(connection: &Connection, from: i64) -> Result<(), StoreError> {
    let from = usize::try_from(from).map_err(|_| StoreError::Damaged("its format number is negative".to_owned()))?;
    for step in MIGRATIONS.iter().skip(from) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", FORMAT)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_what_leads_to_it() {
        assert_eq!(i64::try_from(MIGRATIONS.len()), Ok(FORMAT));
    }
}
