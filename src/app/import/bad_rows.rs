//! The bad rows of an import.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::file::RowFault;

/// A bad row and its file.
#[derive(Debug, Clone)]
pub struct FileFault {
    /// The index of the file among the files of the command.
    pub index: u64,
    /// The file's name.
    pub file: String,
    /// What is wrong, and on which line.
    pub fault: RowFault,
}

/// The bad rows: the first of them in the order of files and lines, and their total number.
///
/// If a column is not in the expected form, every row of a long file is bad, so only the first ones are kept.
#[derive(Debug, Clone, Default)]
pub struct BadRows {
    first: BTreeMap<(u64, u64), FileFault>,
    count: u64,
}

impl BadRows {
    /// How many bad rows are kept.
    pub const KEPT: usize = 1000;

    pub(in crate::app) fn add(&mut self, fault: FileFault) {
        // A row that stands for two transactions can fail twice, but counts once.
        let Entry::Vacant(place) = self.first.entry((fault.index, fault.fault.line)) else { return };
        place.insert(fault);
        self.count = self.count.saturating_add(1);
        if self.first.len() > Self::KEPT {
            self.first.pop_last();
        }
    }

    /// The number of bad rows.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first bad rows, ordered by file and line.
    pub fn first(&self) -> impl Iterator<Item = &FileFault> {
        self.first.values()
    }

    /// The number of bad rows that [`Self::first`] leaves out.
    #[must_use]
    pub fn omitted(&self) -> u64 {
        self.count.saturating_sub(u64::try_from(self.first.len()).unwrap_or(u64::MAX))
    }

    /// Whether a row is among the first ones.
    pub(super) fn has(&self, (index, line): (u64, u64)) -> bool {
        self.first.contains_key(&(index, line))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_by_file_and_line_are_kept_whenever_they_come() {
        let mut bad = BadRows::default();
        for line in (1..=1002).rev() {
            for index in [1, 0] {
                let fault = RowFault { line, code: "x", message: String::new(), hint: None };
                bad.add(FileFault { index, file: String::new(), fault });
            }
        }
        let first: Vec<_> = bad.first().map(|fault| (fault.index, fault.fault.line)).collect();
        let expected: Vec<_> = (1..=1000).map(|line| (0, line)).collect();
        assert_eq!(first, expected);
        assert_eq!((bad.count(), bad.omitted()), (2004, 1004));
        let again = bad.first().next().unwrap().clone();
        bad.add(again);
        assert_eq!(bad.count(), 2004);
    }
}
