//! Which earlier imports recorded the rows that are now skipped.

use std::collections::BTreeMap;

use super::past_imports::PastImports;
use crate::domain::{BatchId, DuplicateRows, Sequence};
use crate::store::{StoreError, UnitOfWork};

/// Counts skipped rows by the import that recorded them.
#[derive(Default)]
pub(super) struct Duplicates {
    imports: PastImports,
    rows: BTreeMap<BatchId, u64>,
}

impl Duplicates {
    /// Counts a row that is skipped because the book has its transaction or split.
    pub(super) fn note(&mut self, unit: &mut UnitOfWork<'_>, known: Sequence) -> Result<(), StoreError> {
        if let Some(import) = self.imports.of(unit, known)? {
            let rows = self.rows.entry(import.completed.batch_id).or_default();
            *rows = rows.saturating_add(1);
        }
        Ok(())
    }

    pub(super) fn into_rows(self) -> Vec<DuplicateRows> {
        self.rows.into_iter().map(|(batch_id, rows)| DuplicateRows { batch_id, rows }).collect()
    }
}
