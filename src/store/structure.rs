//! Whether a file has the tables and indexes of a book, and nothing else.
//!
//! A book may come from somebody else. A view in place of a table would run any query that it contains, a
//! trigger could undo what is recorded, and an altered index or table would change what our statements do. So
//! the text of the schema is compared with the one that this program writes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::{Book, StoreError, schema};

/// A difference between the schema of a book and the one that this program creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructureFault {
    /// What is wrong.
    pub what: String,
    /// The statement that repairs it, if that loses nothing that was recorded.
    pub(super) remedy: Option<String>,
}

impl StructureFault {
    /// Whether it can be repaired.
    #[must_use]
    pub fn can_be_repaired(&self) -> bool {
        self.remedy.is_some()
    }
}

/// A table, an index, a view or a trigger: its name, kind, table and statement, each ended by a zero. In one
/// piece, since every command reads them all.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Object(String);

impl Object {
    fn field(&self, index: usize) -> &str {
        self.0.split('\0').nth(index).unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.field(0)
    }

    fn kind(&self) -> &str {
        self.field(1)
    }

    fn sql(&self) -> &str {
        self.field(3)
    }
}

/// Hashes of the schemas of each format, so that they need not be created for the comparison.
const FINGERPRINTS: [&str; 5] = [
    "3ec9d801762320b37b96b67e1bf5ee24a0ab664a0e862d40e3c088d4fc1cdc56",
    "179f329ae1fb9430d73ddcb1947dd41d29b6cadff4edb87da49e218a2d350c9d",
    "566e1c96b973cde132df2dbf0bb862e74b7c357f489edceea1e3a31188840823",
    "7d39f3665a04f69a6a4d8232fbbeb808a4c746bc8f10e5411e54ef31dcf4a9a4",
    "ce4df6ee266a4e0f9a3d9bc4dcdd65fd7aa0ebd7eaea94296793c6d6154ee8bd",
];

/// The tables that SQLite adds when it is told to gather statistics.
const STATISTICS: [&str; 2] =
    ["CREATE TABLE sqlite_stat1(tbl,idx,stat)", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"];

impl Book {
    /// Tables and indexes that are missing, altered or foreign.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn structure_faults(&self) -> Result<Vec<StructureFault>, StoreError> {
        faults(&self.connection, "main", self.format)
    }
}

/// Refuses a file whose schema is not that of its format.
pub(super) fn check(connection: &Connection, format: i64) -> Result<(), StoreError> {
    let fault = faults(connection, "main", format)?.into_iter().next();
    fault.map_or(Ok(()), |fault| Err(StoreError::Damaged(fault.what)))
}

/// What is wrong with the schema of a database that should be a book of some format.
pub(super) fn faults(connection: &Connection, database: &str, format: i64) -> Result<Vec<StructureFault>, StoreError> {
    let format = usize::try_from(format).unwrap_or_default();
    let (there, mut faults) = objects(connection, database)?;
    let known = format.checked_sub(1).and_then(|index| FINGERPRINTS.get(index));
    if known.is_some_and(|known| *known == fingerprint(&there)) {
        return Ok(faults);
    }
    let (there, due) = (BTreeSet::from_iter(there), BTreeSet::from_iter(reference(format)?));
    for (kind, name) in there.difference(&due).map(|object| (object.kind(), object.name())) {
        let is_dropped = ["index", "trigger", "view"].contains(&kind) && !name.starts_with("sqlite_");
        let remedy = is_dropped.then(|| format!("DROP {kind} {database}.\"{}\"", name.replace('"', "\"\"")));
        faults.push(StructureFault { what: format!("the {kind} {name} is not one of ours"), remedy });
    }
    for object in due.difference(&there) {
        let (kind, name, sql) = (object.kind(), object.name(), object.sql());
        let is_made = kind == "index" && !sql.is_empty();
        let remedy = is_made.then(|| sql.replacen(" INDEX ", &format!(" INDEX {database}."), 1));
        faults.push(StructureFault { what: format!("the {kind} {name} is missing or altered"), remedy });
    }
    Ok(faults)
}

/// The objects of a schema in their order, and the faults of those that claim no page, or that of another object.
fn objects(connection: &Connection, database: &str) -> Result<(Vec<Object>, Vec<StructureFault>), StoreError> {
    let sql = format!("SELECT name, type, tbl_name, sql, rootpage FROM {database}.sqlite_schema");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let (mut objects, mut faults, mut roots) = (Vec::new(), Vec::new(), BTreeSet::from([0]));
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let (name, kind) = (text(0)?, text(1)?);
        let sql = row.get_ref(3)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        let root: Option<i64> = row.get(4)?;
        if ["table", "index"].contains(&kind) && !roots.insert(root.unwrap_or_default()) {
            let what = format!("the {kind} {name} is stored in the pages of another");
            faults.push(StructureFault { what, remedy: None });
        }
        if !sql.is_some_and(|sql| STATISTICS.contains(&sql)) {
            objects.push(Object([name, kind, text(2)?, sql.unwrap_or_default(), ""].join("\0")));
        }
    }
    objects.sort_unstable();
    Ok((objects, faults))
}

fn reference(format: usize) -> Result<Vec<Object>, StoreError> {
    let connection = Connection::open_in_memory()?;
    schema::make_as_of(&connection, format)?;
    Ok(objects(&connection, "main")?.0)
}

fn fingerprint(objects: &[Object]) -> String {
    let mut hash = Sha256::new();
    for Object(fields) in objects {
        hash.update(fields);
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wrong fingerprint would only make each command slower.
    #[test]
    fn fingerprints_are_those_of_the_schemas() {
        let made = (1..=FINGERPRINTS.len()).map(|format| fingerprint(&reference(format).unwrap()));
        assert_eq!(made.collect::<Vec<_>>(), FINGERPRINTS);
    }
}
