//! The header of a file: the names of its columns.

use csv::StringRecord;

use super::records::check_lengths;
use crate::domain::excerpt;
use crate::formats::Fault;

/// Names of columns that a message shows.
const SHOWN: usize = 20;

/// The names that the first row gives to the columns.
pub(super) struct Header {
    names: Vec<String>,
    /// Columns up to the last that has a name.
    named: usize,
}

impl Header {
    pub(super) fn read(fields: &StringRecord) -> Result<Self, Fault> {
        check_lengths(fields)?;
        let names: Vec<_> = fields.iter().map(|name| name.trim().to_owned()).collect();
        let last = names.iter().rposition(|name| !name.is_empty());
        Ok(Self { names, named: last.map_or(0, |last| last.saturating_add(1)) })
    }

    /// Fields that a row may have.
    pub(super) fn fields(&self) -> usize {
        self.names.len()
    }

    /// Fields that a row must have: up to the last column that has a name.
    pub(super) fn named_fields(&self) -> usize {
        self.named
    }

    /// The names of the columns, from the first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Where the column of this name is; two of that name are refused.
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

    /// The names, safe to print, and not too many of them.
    pub(super) fn shown(&self) -> String {
        let mut shown: Vec<_> = self.names.iter().take(SHOWN).map(|name| excerpt(name)).collect();
        if self.names.len() > SHOWN {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    }
}

/// Whether two names of columns are the same but for their case.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || (!one.is_ascii() && one.to_lowercase() == other.to_lowercase())
}
