//! The imports that a book has had.

use crate::domain::Sequence;
use crate::store::{ImportRow, StoreError, UnitOfWork};

/// The imports recorded before this one, loaded on demand.
#[derive(Default)]
pub(super) struct PastImports(Option<Vec<ImportRow>>);

impl PastImports {
    /// The import that recorded an event; `None` if it was typed.
    pub(super) fn of(&mut self, unit: &mut UnitOfWork<'_>, event: Sequence) -> Result<Option<&ImportRow>, StoreError> {
        let imports = match &mut self.0 {
            Some(imports) => imports,
            none => none.insert(unit.reader().commands().imports()?),
        };
        let before = imports.partition_point(|import| import.command.first <= event);
        let import = before.checked_sub(1).and_then(|at| imports.get(at));
        Ok(import.filter(|import| import.command.contains(event)))
    }
}
