//! Ends statements early when the user has asked to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::StoreError;

/// Whether a book's statements end early once the user has asked to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Interruption {
    is_heeded: Arc<AtomicBool>,
}

impl Interruption {
    /// How many instructions SQLite's virtual machine runs between two checks: a fraction of a
    /// millisecond.
    const STRIDE: i32 = 10_000;

    pub(super) fn watch(&self, connection: &mut Connection, interrupted: &Arc<AtomicBool>) -> Result<(), StoreError> {
        let (is_heeded, interrupted) = (Arc::clone(&self.is_heeded), Arc::clone(interrupted));
        let is_over = move || is_heeded.load(Ordering::Relaxed) && interrupted.load(Ordering::Relaxed);
        Ok(connection.progress_handler(Self::STRIDE, Some(is_over))?)
    }

    pub(super) fn heeded<T>(&self, work: impl FnOnce() -> T) -> T {
        self.is_heeded.store(true, Ordering::Relaxed);
        let value = work();
        self.is_heeded.store(false, Ordering::Relaxed);
        value
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::store::{Access, Book};

    #[test]
    fn a_statement_without_end_ends_once_the_user_wants_to_stop() {
        let mut book = Book::with(Connection::open_in_memory().unwrap(), Path::new("book.db"), Access::ReadWrite);
        let interrupted = Arc::new(AtomicBool::new(true));
        book.watch(&interrupted).unwrap();
        let count = |most: u32| {
            let sql =
                "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT ?1) SELECT count(*) FROM c";
            book.connection.query_row(sql, [most], |row| row.get::<_, u32>(0)).map_err(StoreError::from)
        };
        assert!(matches!(book.interruptible(|| count(u32::MAX)), Err(StoreError::Interrupted)));
        // Statements outside of `interruptible` run to their end.
        assert!(matches!(count(100_000), Ok(100_000)));
        interrupted.store(false, Ordering::Relaxed);
        assert!(matches!(book.interruptible(|| count(100_000)), Ok(100_000)));
    }
}
