//! Which earlier imports recorded the rows that are now skipped.

use std::collections::BTreeMap;

use super::past_imports::PastImports;
use super::row_facts::RowFacts;
use crate::domain::{BatchId, DuplicateRows, Figure, Sequence};
use crate::store::{StoreError, UnitOfWork};

/// The warning about a dividend that is skipped although the book does not have the tax that was withheld from it:
/// a file that was made later has the row of the tax, too. Nothing is said if the tax in the book was corrected.
pub(super) fn tax_not_in_book(
    unit: &mut UnitOfWork<'_>,
    facts: &RowFacts<'_>,
    known: Sequence,
) -> Result<Option<String>, StoreError> {
    if facts.withholding.is_zero() {
        return Ok(None);
    }
    let reader = unit.flushed()?;
    let Some(recorded) = reader.transactions().recorded_by(known)? else { return Ok(None) };
    let current = reader.records().current(recorded.transaction_id)?;
    let Some(current) = reader.transactions().find(current)? else { return Ok(None) };
    let [before, now] = [recorded.withholding, current.withholding].map(Option::unwrap_or_default);
    let gap = Figure::from(facts.withholding).minus(now.into());
    let is_known = before != now || gap.is_ok_and(|gap| gap.abs() < Figure::half_a_unit(2));
    if is_known || current.voided_at.is_some() {
        return Ok(None);
    }
    let (withheld, currency, id) = (facts.withholding, current.currency, current.transaction_id);
    let correction = match current.paid {
        None => format!("`stockbook amend {id} --withholding {withheld}` corrects it"),
        Some(_) => format!("`stockbook void {id}` takes it back, to be recorded again with its tax"),
    };
    Ok(Some(format!(
        "{withheld} {currency} were withheld from the dividend of {} on {}, and {now} in the book, which stays as it is; \
         {correction}",
        current.symbol, current.trade_date
    )))
}

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
