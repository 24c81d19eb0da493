//! The header of a file: the names of its columns.

use csv::StringRecord;

use super::records::check_lengths;
use crate::domain::excerpt;
use crate::formats::Fault;

/// The number of column names that a message shows.
const SHOWN: usize = 20;

/// The names in the first row.
pub(super) struct Header {
    names: Vec<String>,
    /// The number of columns up to the last with a name.
    named: usize,
}

impl Header {
    pub(super) fn read(fields: &StringRecord) -> Result<Self, Fault> {
        check_lengths(fields)?;
        let names: Vec<_> = fields.iter().map(|name| name.trim().to_owned()).collect();
        let last = names.iter().rposition(|name| !name.is_empty());
        Ok(Self { names, named: last.map_or(0, |last| last.saturating_add(1)) })
    }

    /// The number of fields that a row may have.
    pub(super) fn fields(&self) -> usize {
        self.names.len()
    }

    /// The number of fields that a row must have: up to the last named column.
    pub(super) fn named_fields(&self) -> usize {
        self.named
    }

    /// The column names in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The position of the column with this name; a duplicate is refused.
    pub(super) fn position(&self, wanted: &str) -> Result<Option<usize>, Fault> {
        let mut found = self.names.iter().enumerate().filter(|(_, name)| same_name(name, wanted));
        match (found.next(), found.next()) {
            (Some(_), Some((_, name))) => {
                let fault = Fault::new("duplicate_column", format!("two columns are named `{}`", excerpt(name)));
                Err(fault.with_hint("rename the one that is not to be read"))
            }
            (found, _) => Ok(found.map(|(at, _)| at)),
        }
    }

    /// The names for a message, safe to print and limited in number.
    pub(super) fn shown(&self) -> String {
        let mut shown: Vec<_> = self.names.iter().take(SHOWN).map(|name| excerpt(name)).collect();
        if self.names.len() > SHOWN {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    }
}

/// Whether two column names are equal apart from case.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || (!one.is_ascii() && one.to_lowercase() == other.to_lowercase())
}
