//! The names by which files are recognized.

use hashbrown::{HashMap, HashSet};

use super::column::Header;
use super::fold::folded;
use super::format::Format;

/// The names that tables require in a header, including those of their sections. Most lines of a file have
/// none of them, and need not be compared with every table.
#[derive(Debug, Clone, Default)]
pub(crate) struct FindNames {
    whole: HashSet<String>,
    /// The beginnings of names, by their first letter.
    beginnings: HashMap<char, Vec<String>>,
}

impl FindNames {
    pub(crate) fn of<'f>(formats: impl Iterator<Item = &'f Format>) -> Self {
        let mut names = Self::default();
        for part in formats.flat_map(|format| &format.parts) {
            names.whole.extend(part.sections.iter().map(|section| folded(section)));
            for name in part.find.iter().flatten() {
                match name.folded.chars().next().filter(|_| name.is_beginning) {
                    Some(first) => names.beginnings.entry(first).or_default().push(name.folded.clone()),
                    None => drop(names.whole.insert(name.folded.clone())),
                }
            }
        }
        names
    }

    /// Whether a line has a name of any table: only then can it be a header.
    pub(crate) fn has_any(&self, header: &Header) -> bool {
        let has = |name: &str| {
            let beginnings = name.chars().next().and_then(|first| self.beginnings.get(&first));
            self.whole.contains(name) || beginnings.into_iter().flatten().any(|known| name.starts_with(known.as_str()))
        };
        header.readings().any(has)
    }
}
