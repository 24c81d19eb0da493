//! The third part of a replay: both books compared, table by table.

use std::cmp::Ordering;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::super::values::natural;
use super::super::{StoreError, schema};
use super::Replayed;
use crate::domain::excerpt;

/// A table whose rows follow from the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Whether it can be discarded and recomputed; otherwise it holds facts.
    pub is_derived: bool,
    /// Its columns, those of the primary key first.
    columns: Vec<String>,
    /// How many columns the primary key has.
    key: usize,
}

/// The differences between two tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How many rows there should be.
    pub rows: u64,
    /// The first rows that differ, in words.
    pub differences: Vec<String>,
    /// How many rows differ.
    pub count: u64,
}

impl Comparison {
    /// The maximum number of differences that are reported.
    const MOST_DIFFERENCES: usize = 10;

    fn add(&mut self, describe: impl FnOnce() -> String) {
        self.count = self.count.saturating_add(1);
        if self.differences.len() < Self::MOST_DIFFERENCES {
            self.differences.push(describe());
        }
    }
}

impl Replayed<'_> {
    /// The tables whose rows follow from the events.
    ///
    /// # Errors
    /// If the temporary book cannot be read.
    pub fn tables(&self) -> Result<Vec<Table>, StoreError> {
        let connection = self.unit.connection;
        let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid";
        let mut statement = connection.prepare(sql)?;
        let names = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let is_compared = |name: &&String| {
            !schema::RECORDS.contains(&name.as_str())
                && ![schema::CHECKPOINTS, schema::MOMENTS].contains(&name.as_str())
        };
        names.iter().filter(is_compared).map(|name| table(connection, name)).collect()
    }

    /// Compares a table with what follows from the events.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn compare(&self, table: &Table) -> Result<Comparison, StoreError> {
        if let Some(rows) = self.same_rows(table)? {
            return Ok(Comparison { rows, ..Comparison::default() });
        }
        let select = |database: &str| {
            let key = table.columns.get(..table.key).unwrap_or_default().join(", ");
            let columns = table.columns.join(", ");
            let sql = format!("SELECT {columns} FROM {database}.{} ORDER BY {key}", table.name);
            self.unit.connection.prepare(&sql)
        };
        let (mut wanted, mut found) = (select("main")?, select(super::ORIGINAL)?);
        let (mut wanted, mut found) = (wanted.query([])?, found.query([])?);
        let (mut due, mut there) = (wanted.next()?, found.next()?);
        let mut comparison = Comparison::default();
        loop {
            let order = match (due, there) {
                (None, None) => return Ok(comparison),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(due), Some(there)) => table.order(due, there)?,
            };
            if order.is_le() {
                comparison.rows = comparison.rows.saturating_add(1);
            }
            match (order, due, there) {
                (Ordering::Less, Some(due), _) => comparison.add(|| format!("{} is missing", table.describe(due))),
                (Ordering::Greater, _, Some(there)) => {
                    comparison.add(|| format!("{} does not belong there", table.describe(there)));
                }
                (Ordering::Equal, Some(due), Some(there)) => {
                    if let Some(column) = table.difference(due, there)? {
                        comparison.add(|| table.describe_difference(due, there, column));
                    }
                }
                _ => {}
            }
            if order.is_le() {
                due = wanted.next()?;
            }
            if order.is_ge() {
                there = found.next()?;
            }
        }
    }

    /// The number of rows if they are the same in both books. SQLite can tell that in half the time that it
    /// takes to return all values.
    fn same_rows(&self, table: &Table) -> Result<Option<u64>, StoreError> {
        let is_same = |column: &String| format!("due.{column} IS there.{column}");
        let conditions: Vec<String> = table.columns.iter().map(is_same).collect();
        let (name, original, conditions) = (&table.name, super::ORIGINAL, conditions.join(" AND "));
        let sql = format!(
            "SELECT (SELECT count(*) FROM main.{name}), (SELECT count(*) FROM {original}.{name}),
                (SELECT count(*) FROM main.{name} AS due CROSS JOIN {original}.{name} AS there ON {conditions})"
        );
        let count = |row: &Row<'_>| Ok([natural(row, 0)?, natural(row, 1)?, natural(row, 2)?]);
        let [due, there, same] = self.unit.connection.query_row(&sql, [], count)?;
        Ok((due == there && there == same).then_some(due))
    }

    /// Replaces the content of a derived table with what follows from the events.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn rebuild(&self, table: &Table) -> Result<(), StoreError> {
        let (name, columns) = (&table.name, table.columns.join(", "));
        Ok(self.unit.connection.execute_batch(&format!(
            "DELETE FROM original.{name}; INSERT INTO original.{name} ({columns}) SELECT {columns} FROM main.{name}"
        ))?)
    }
}

fn table(connection: &Connection, name: &str) -> Result<Table, StoreError> {
    // For a column outside the key, `pk` is 0.
    let sql = "SELECT name, pk FROM pragma_table_info(?1, 'main') ORDER BY pk = 0, pk, cid";
    let mut statement = connection.prepare(sql)?;
    let columns = statement.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let columns = columns.collect::<Result<Vec<(String, i64)>, _>>()?;
    Ok(Table {
        name: name.to_owned(),
        is_derived: schema::DERIVED.contains(&name),
        key: columns.iter().filter(|(_, place)| *place > 0).count(),
        columns: columns.into_iter().map(|(name, _)| name).collect(),
    })
}

impl Table {
    /// The order of two rows by their keys.
    fn order(&self, one: &Row<'_>, other: &Row<'_>) -> rusqlite::Result<Ordering> {
        for column in 0..self.key {
            let order = order(one.get_ref(column)?, other.get_ref(column)?);
            if order.is_ne() {
                return Ok(order);
            }
        }
        Ok(Ordering::Equal)
    }

    /// The first column in which two rows of one key differ.
    fn difference(&self, one: &Row<'_>, other: &Row<'_>) -> rusqlite::Result<Option<usize>> {
        for column in self.key..self.columns.len() {
            if one.get_ref(column)? != other.get_ref(column)? {
                return Ok(Some(column));
            }
        }
        Ok(None)
    }

    /// A row by its key: `the row of portfolio 2 and stock 3`.
    fn describe(&self, row: &Row<'_>) -> String {
        let part = |(column, name): (usize, &String)| format!("{name} {}", shown(row, column));
        let key: Vec<_> = self.columns.iter().take(self.key).enumerate().map(part).collect();
        format!("the row of {}", key.join(", "))
    }

    fn describe_difference(&self, due: &Row<'_>, there: &Row<'_>, column: usize) -> String {
        let name = self.columns.get(column).map_or("", String::as_str);
        let (due_value, there_value) = (shown(due, column), shown(there, column));
        format!("{}: {name} is {there_value}, and should be {due_value}", self.describe(due))
    }
}

/// The order of two values as SQLite sorts them; our tables have no floating point.
fn order(one: ValueRef<'_>, other: ValueRef<'_>) -> Ordering {
    let rank = |value: ValueRef<'_>| match value {
        ValueRef::Null => 0,
        ValueRef::Integer(_) | ValueRef::Real(_) => 1,
        ValueRef::Text(_) => 2,
        ValueRef::Blob(_) => 3,
    };
    match (one, other) {
        (ValueRef::Integer(one), ValueRef::Integer(other)) => one.cmp(&other),
        (ValueRef::Text(one), ValueRef::Text(other)) | (ValueRef::Blob(one), ValueRef::Blob(other)) => one.cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    }
}

/// A value for a message, shortened.
fn shown(row: &Row<'_>, column: usize) -> String {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => number.to_string(),
        Ok(ValueRef::Real(number)) => number.to_string(),
        Ok(ValueRef::Text(text)) => format!("`{}`", excerpt(&String::from_utf8_lossy(text))),
        Ok(ValueRef::Blob(bytes)) => match Uuid::from_slice(bytes) {
            Ok(id) => id.to_string(),
            Err(_) => format!("{} bytes", bytes.len()),
        },
        Ok(ValueRef::Null) | Err(_) => "nothing".to_owned(),
    }
}
