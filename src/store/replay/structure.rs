//! The tables and indexes themselves, and how far handlers say that they have come.

use super::super::{StoreError, Summaries};
use super::{Replayed, Table};

/// Something in the book that this program would not have made, or not so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureFault {
    /// What is wrong.
    pub what: String,
    /// The statements that put it right, where that loses nothing.
    remedy: Option<String>,
}

impl StructureFault {
    /// Whether it can be put right.
    #[must_use]
    pub fn can_be_mended(&self) -> bool {
        self.remedy.is_some()
    }
}

impl Replayed<'_> {
    /// Makes all indexes of the book anew.
    ///
    /// # Errors
    /// If the book cannot be read or written.
    pub fn rebuild_indexes(&self) -> Result<(), StoreError> {
        Ok(self.unit.connection.execute_batch("REINDEX")?)
    }

    /// Tables and indexes that are missing, are others, or do not belong there.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn structure_faults(&self) -> Result<Vec<StructureFault>, StoreError> {
        let differences = |there: &str, not_there: &str| {
            let columns = "type, name, tbl_name, sql";
            let sql = format!(
                "SELECT {columns} FROM {there}.sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'
                 EXCEPT SELECT {columns} FROM {not_there}.sqlite_schema ORDER BY name"
            );
            let mut statement = self.unit.connection.prepare(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(3)?)))?;
            rows.collect::<Result<Vec<(String, String, Option<String>)>, _>>()
        };
        let mut faults = Vec::new();
        for (kind, name, _) in differences(super::ORIGINAL, "main")? {
            let is_index = kind == "index" && !name.starts_with("sqlite_");
            let remedy = is_index.then(|| format!("DROP INDEX original.\"{}\"", name.replace('"', "\"\"")));
            faults.push(StructureFault { what: format!("the {kind} {name} is not one of ours"), remedy });
        }
        for (kind, name, sql) in differences("main", super::ORIGINAL)? {
            let remedy = sql.filter(|_| kind == "index").map(|sql| sql.replacen(" INDEX ", " INDEX original.", 1));
            faults.push(StructureFault { what: format!("the {kind} {name} is missing or another"), remedy });
        }
        Ok(faults)
    }

    /// Puts right what can be.
    ///
    /// # Errors
    /// If the book cannot be written, or if its rows do not allow an index that there should be.
    pub fn mend_structure(&self, faults: &[StructureFault]) -> Result<(), StoreError> {
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
            Ok(format!("{handler} is said to have come to event {sequence}, which is not there"))
        })?;
        Ok(faults.collect::<Result<_, _>>()?)
    }

    /// Takes back what handlers say that cannot be, so that they begin anew.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn mend_checkpoints(&self) -> Result<(), StoreError> {
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
