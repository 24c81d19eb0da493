//! What is wrong with the rows of an import.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::file::RowFault;

/// A bad row and the file that it is in.
#[derive(Debug, Clone)]
pub struct FileFault {
    /// The file, by its place among the files.
    pub index: u64,
    /// The file's name.
    pub file: String,
    /// What is wrong, and on which line.
    pub fault: RowFault,
}

/// The bad rows: the first ones by file and line, and how many there are.
///
/// A file can have a million bad rows, when a column has another form than ours; nobody reads them.
#[derive(Debug, Clone, Default)]
pub struct BadRows {
    first: BTreeMap<(u64, u64), FileFault>,
    count: u64,
}

impl BadRows {
    /// Bad rows of which it is kept what is wrong with them.
    pub const KEPT: usize = 1000;

    pub(in crate::app) fn add(&mut self, fault: FileFault) {
        // A row that tells two things can be bad twice, and is one bad row.
        let Entry::Vacant(place) = self.first.entry((fault.index, fault.fault.line)) else { return };
        place.insert(fault);
        self.count = self.count.saturating_add(1);
        if self.first.len() > Self::KEPT {
            self.first.pop_last();
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first ones, by file and line.
    pub fn first(&self) -> impl Iterator<Item = &FileFault> {
        self.first.values()
    }

    /// How many there are besides the first ones.
    #[must_use]
    pub fn omitted(&self) -> u64 {
        self.count.saturating_sub(u64::try_from(self.first.len()).unwrap_or(u64::MAX))
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
