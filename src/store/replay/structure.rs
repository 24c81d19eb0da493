//! The tables and indexes themselves, and the checkpoints of handlers.

use super::super::{StoreError, StructureFault, Summaries, schema, structure};
use super::{Replayed, Table};

impl Replayed<'_> {
    /// Rebuilds all indexes of the book.
    ///
    /// # Errors
    /// If the book cannot be read or written.
    pub fn rebuild_indexes(&self) -> Result<(), StoreError> {
        Ok(self.unit.connection.execute_batch("REINDEX")?)
    }

    /// Tables and indexes that are missing, altered or foreign.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn structure_faults(&self) -> Result<Vec<StructureFault>, StoreError> {
        structure::faults(self.unit.connection, super::ORIGINAL, schema::FORMAT)
    }

    /// Repairs what can be repaired.
    ///
    /// # Errors
    /// If the book cannot be written, or if its rows violate an index that there should be.
    pub fn repair_structure(&self, faults: &[StructureFault]) -> Result<(), StoreError> {
        let remedies = faults.iter().filter_map(|fault| fault.remedy.as_deref());
        remedies.into_iter().try_for_each(|remedy| Ok(self.unit.connection.execute_batch(remedy)?))
    }

    /// Checkpoints of handlers that name no event.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn checkpoint_faults(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT handler, sequence FROM original.checkpoints
                   WHERE sequence <> 0 AND sequence NOT IN (SELECT sequence FROM main.events)";
        let mut statement = self.unit.connection.prepare(sql)?;
        let faults = statement.query_map([], |row| {
            let (handler, sequence): (String, i64) = (row.get(0)?, row.get(1)?);
            Ok(format!("{handler} has its checkpoint at event {sequence}, which does not exist"))
        })?;
        Ok(faults.collect::<Result<_, _>>()?)
    }

    /// Removes impossible checkpoints, so that their handlers start over.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn repair_checkpoints(&self) -> Result<(), StoreError> {
        let sql = "DELETE FROM original.checkpoints WHERE sequence NOT IN (SELECT sequence FROM main.events)";
        Ok(self.unit.connection.execute_batch(sql)?)
    }

    /// Whether a table is a cache that its handler has not brought up to date yet.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn is_behind(&self, table: &Table) -> Result<bool, StoreError> {
        if table.name != Summaries::TABLE {
            return Ok(false);
        }
        let sql = "SELECT (SELECT max(sequence) FROM main.events)
                   > coalesce((SELECT sequence FROM original.checkpoints WHERE handler = ?1), 0)";
        let is_behind: Option<bool> = self.unit.connection.query_row(sql, [Summaries::KEEPER], |row| row.get(0))?;
        Ok(is_behind.unwrap_or(false))
    }
}
