//! The prices that an import has seen on the day it is at.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::file::PriceRow;
use crate::domain::{Day, Price, Symbol};

/// A price, and the row that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SeenPrice {
    pub(super) price: Price,
    /// The file, by its place among the files.
    pub(super) file: u64,
    pub(super) line: u64,
}

/// The prices of one day. Days come in order: older ones can be forgotten.
#[derive(Default)]
pub(super) struct DayPrices {
    day: Option<Day>,
    seen: HashMap<Symbol, SeenPrice>,
}

impl DayPrices {
    /// What an earlier row said about the row's stock on its day; if none did, the row is kept.
    pub(super) fn earlier(&mut self, row: &PriceRow, file: u64, line: u64) -> Option<SeenPrice> {
        if self.day != Some(row.date) {
            self.day = Some(row.date);
            self.seen.clear();
        }
        match self.seen.entry(row.symbol.clone()) {
            Entry::Occupied(earlier) => Some(*earlier.get()),
            Entry::Vacant(none) => {
                none.insert(SeenPrice { price: row.price, file, line });
                None
            }
        }
    }
}
