//! Which earlier imports had the rows that are skipped.

use std::collections::BTreeMap;

use crate::domain::{BatchId, DuplicateRows, Sequence};
use crate::store::{Command, StoreError, UnitOfWork};

/// Counts the rows that earlier imports had recorded.
#[derive(Default)]
pub(super) struct Duplicates {
    /// The imports of the book; none as long as nobody has asked.
    imports: Option<Vec<(Command, BatchId)>>,
    rows: BTreeMap<BatchId, u64>,
}

impl Duplicates {
    /// Counts a row that is skipped for a transaction or split of the book.
    pub(super) fn note(&mut self, unit: &mut UnitOfWork<'_>, known: Sequence) -> Result<(), StoreError> {
        let imports = match &mut self.imports {
            Some(imports) => imports,
            none => {
                let imports = unit.imports()?.into_iter().map(|row| (row.command, row.completed.batch_id));
                none.insert(imports.collect())
            }
        };
        let before = imports.partition_point(|(command, _)| command.first <= known);
        let import = before.checked_sub(1).and_then(|at| imports.get(at));
        if let Some((_, batch_id)) = import.filter(|(command, _)| command.holds(known)) {
            let rows = self.rows.entry(*batch_id).or_default();
            *rows = rows.saturating_add(1);
        }
        Ok(())
    }

    pub(super) fn into_rows(self) -> Vec<DuplicateRows> {
        self.rows.into_iter().map(|(batch_id, rows)| DuplicateRows { batch_id, rows }).collect()
    }
}
