//! Detecting whether a file lists the newest rows first.

use hashbrown::{HashMap, HashSet};

use crate::domain::{Day, Symbol};

/// The changes of date from row to row.
#[derive(Default)]
pub(super) struct RowOrder {
    all: Steps,
    by_symbol: HashMap<Symbol, Steps>,
    last: Option<Symbol>,
    /// Whether the rows are grouped by symbol.
    is_mixed: bool,
}

/// The number of steps to an earlier day and to a later one.
#[derive(Default)]
struct Steps {
    last: Option<Day>,
    back: u64,
    on: u64,
}

impl Steps {
    fn follow(&mut self, day: Day) {
        self.back = self.back.saturating_add(u64::from(self.last.is_some_and(|last| day < last)));
        self.on = self.on.saturating_add(u64::from(self.last.is_some_and(|last| day > last)));
        self.last = Some(day);
    }

    fn is_backwards(&self) -> bool {
        self.back > self.on
    }
}

/// The rows of a file that have to be reversed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Backwards {
    None,
    All,
    /// Those of some symbols.
    Some(HashSet<Symbol>),
}

impl RowOrder {
    /// Adds the next row.
    pub(super) fn follow(&mut self, symbol: &Symbol, day: Day) {
        self.all.follow(day);
        let is_new = self.last.as_ref() != Some(symbol);
        if let Some(steps) = self.by_symbol.get_mut(symbol) {
            self.is_mixed |= is_new;
            steps.follow(day);
        } else {
            self.by_symbol.entry(symbol.clone()).or_default().follow(day);
        }
        if is_new {
            self.last = Some(symbol.clone());
        }
    }

    /// Decides by the majority of steps, separately for each symbol if the file is grouped by symbol. In a
    /// tie, the order of the file is kept.
    pub(super) fn backwards(self) -> Backwards {
        if self.is_mixed {
            return if self.all.is_backwards() { Backwards::All } else { Backwards::None };
        }
        let of_symbol = self.by_symbol.into_iter().filter(|(_, steps)| steps.is_backwards());
        let symbols: HashSet<Symbol> = of_symbol.map(|(symbol, _)| symbol).collect();
        if symbols.is_empty() { Backwards::None } else { Backwards::Some(symbols) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backwards(rows: &[(&str, &str)]) -> Backwards {
        let mut order = RowOrder::default();
        for (symbol, day) in rows {
            order.follow(&symbol.parse().unwrap(), format!("2024-01-{day}").parse().unwrap());
        }
        order.backwards()
    }

    #[test]
    fn the_majority_of_the_steps_decides_and_one_row_out_of_order_does_not() {
        assert_eq!(backwards(&[("A", "04"), ("B", "03"), ("A", "02"), ("B", "09"), ("A", "01")]), Backwards::All);
        assert_eq!(backwards(&[("A", "01"), ("B", "03"), ("A", "02"), ("B", "09"), ("A", "10")]), Backwards::None);
        // A tie keeps the order of the file.
        assert_eq!(backwards(&[("A", "02"), ("B", "01"), ("A", "02")]), Backwards::None);
        assert_eq!(backwards(&[]), Backwards::None);
    }

    #[test]
    fn where_the_rows_of_each_symbol_stand_together_they_are_judged_by_themselves() {
        let rows = [("A", "09"), ("A", "07"), ("B", "01"), ("B", "02"), ("C", "08"), ("C", "06"), ("D", "03")];
        let symbols = ["A", "C"].map(|symbol| symbol.parse().unwrap());
        assert_eq!(backwards(&rows), Backwards::Some(symbols.into()));
    }
}
