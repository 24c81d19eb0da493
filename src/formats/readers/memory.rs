//! Rows of a file that was read as a whole.

use std::collections::{HashMap, VecDeque};

use csv::StringRecord;

use super::Step;
use crate::formats::column::Header;
use crate::formats::row::Row;

/// Rows whose columns are collected as they occur.
#[derive(Debug, Default)]
pub(crate) struct Table {
    names: Vec<String>,
    places: HashMap<String, usize>,
    rows: VecDeque<Row>,
    is_begun: bool,
}

impl Table {
    /// Starts with these columns, whether or not a row has them.
    pub(crate) fn with_columns(names: &[&str]) -> Self {
        let mut table = Self::default();
        for name in names {
            table.column(name);
        }
        table
    }

    fn column(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len();
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }

    /// Adds a row; of two values for one name the first counts.
    pub(crate) fn push<'v>(&mut self, line: u64, values: impl IntoIterator<Item = (&'v str, &'v str)>) {
        let mut cells: Vec<&str> = Vec::new();
        for (name, value) in values {
            let place = self.column(name);
            if cells.len() <= place {
                cells.resize(place.saturating_add(1), "");
            }
            if let Some(cell) = cells.get_mut(place).filter(|cell| cell.is_empty()) {
                *cell = value;
            }
        }
        self.rows.push_back(Row { line, cells: StringRecord::from(cells) });
    }

    pub(crate) fn header(&self) -> Header {
        Header::new(StringRecord::from(self.names.clone()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn advance(&mut self, row: &mut Row) -> Option<Step> {
        if !self.is_begun {
            self.is_begun = true;
            return Some(Step::Header(0, self.header()));
        }
        *row = self.rows.pop_front()?;
        Some(Step::Row(0))
    }
}

/// The line numbers of offsets into a text, requested in ascending order.
pub(super) struct LineCount<'t> {
    text: &'t str,
    place: usize,
    line: u64,
}

impl<'t> LineCount<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, place: 0, line: 1 }
    }

    pub(super) fn at(&mut self, place: usize) -> u64 {
        let passed = self.text.as_bytes().get(self.place..place).unwrap_or_default();
        let breaks = passed.split(|byte| *byte == b'\n').count().saturating_sub(1);
        self.line = self.line.saturating_add(u64::try_from(breaks).unwrap_or(u64::MAX));
        self.place = self.place.max(place);
        self.line
    }
}
