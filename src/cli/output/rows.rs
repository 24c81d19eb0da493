//! The rows of a table, packed, because no line can be drawn before all rows are known, and there may be a
//! million.

use super::shorten::columns;
use super::{Cell, Row, Tone, printable};

/// Rows, each as its cells' text one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The text of each cell is followed by its tone, and the last cell of a row by the kind of row,
    /// each encoded as a control character, which [`printable`] text never contains.
    packed: String,
    /// What the cells of each column have in common.
    columns: Vec<ColumnExtent>,
}

/// What the cells of a column have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ColumnExtent {
    /// The width of the widest.
    width: usize,
    /// The widest part of a number before the point, and from the point on.
    around_point: (usize, usize),
    /// The common content.
    common: Common,
}

/// The common content of all cells of a column; an empty cell in a total is ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Common {
    /// There are no cells yet.
    #[default]
    Open,
    /// All have this content.
    One(String),
    /// They have different contents.
    Several,
}

impl ColumnExtent {
    fn take(&mut self, text: &str, part: Section) {
        let width = columns(text);
        self.width = self.width.max(width);
        if let Some(tail) = tail(text) {
            let (before, behind) = self.around_point;
            self.around_point = (before.max(width.saturating_sub(columns(tail))), behind.max(columns(tail)));
        }
        if part == Section::Totals && text.is_empty() {
            return;
        }
        match &self.common {
            Common::Open => self.common = Common::One(text.to_owned()),
            Common::One(known) if known == text => {}
            Common::One(_) => self.common = Common::Several,
            Common::Several => {}
        }
    }
}

/// The part of a number from its point on; `None` for something else, such as a date or a ratio.
pub(super) fn tail(text: &str) -> Option<&str> {
    let (whole, tail) = text.split_at_checked(text.find('.').unwrap_or(text.len()))?;
    let digits = whole.trim_start_matches(['+', '-']);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'\'' | b' '));
    is_number.then_some(tail)
}

/// The section of a table that a row belongs to. Sections are separated by rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Header,
    Body,
    Totals,
}

impl Section {
    pub(super) fn is_total(self) -> bool {
        self == Self::Totals
    }
}

/// A row whose cells are safe to show.
pub(super) struct RowLine<'r> {
    pub(super) cells: Vec<(&'r str, Tone)>,
    pub(super) part: Section,
}

const DATA: char = '\u{11}';
const TOTAL: char = '\u{12}';

/// The control characters of the tones.
const TONES: [(char, Tone); 5] = [
    ('\u{1}', Tone::Plain),
    ('\u{2}', Tone::Gain),
    ('\u{3}', Tone::Loss),
    ('\u{4}', Tone::Faint),
    ('\u{5}', Tone::Strong),
];

impl Rows {
    /// Adds a row under the others.
    pub fn push(&mut self, row: &Row) {
        let (cells, end) = match row {
            Row::Data(cells) => (cells, DATA),
            Row::Total(cells) => (cells, TOTAL),
        };
        let part = if end == TOTAL { Section::Totals } else { Section::Body };
        self.columns.resize(self.columns.len().max(cells.len()), ColumnExtent::default());
        for (Cell { text, tone }, column) in cells.iter().zip(&mut self.columns) {
            let safe = printable(text);
            let safe = safe.trim_end();
            column.take(safe, part);
            self.packed.push_str(safe);
            self.packed.extend(TONES.iter().find(|(_, known)| known == tone).map(|(mark, _)| mark));
        }
        self.packed.push(end);
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// The width of the widest cell of a column.
    pub(super) fn width(&self, column: usize) -> usize {
        self.columns.get(column).map(|column| column.width).unwrap_or_default()
    }

    /// The widths of the widest parts of numbers before their points, and from there on.
    pub(super) fn around_point(&self, column: usize) -> (usize, usize) {
        self.columns.get(column).map(|column| column.around_point).unwrap_or_default()
    }

    /// The content of a column, if it is the same in every row.
    pub(super) fn common(&self, column: usize) -> Option<&str> {
        match &self.columns.get(column)?.common {
            Common::One(text) => Some(text).filter(|text| !text.is_empty()).map(String::as_str),
            Common::Open | Common::Several => None,
        }
    }

    /// The rows, each padded with empty cells to the number of columns.
    pub(super) fn lines(&self, columns: usize) -> impl Iterator<Item = RowLine<'_>> {
        self.packed.split_inclusive([DATA, TOTAL]).map(move |row| {
            let part = if row.ends_with(TOTAL) { Section::Totals } else { Section::Body };
            let mut cells = Vec::with_capacity(columns);
            cells.extend(row.trim_end_matches([DATA, TOTAL]).split_inclusive(is_tone).map(unmarked).take(columns));
            cells.resize(columns, ("", Tone::Plain));
            RowLine { cells, part }
        })
    }
}

fn is_tone(character: char) -> bool {
    TONES.iter().any(|(mark, _)| *mark == character)
}

fn unmarked(cell: &str) -> (&str, Tone) {
    let found = TONES.iter().find_map(|(mark, tone)| Some((cell.strip_suffix(*mark)?, *tone)));
    found.unwrap_or((cell, Tone::Plain))
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.push(&row));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_there_again() {
        let tones = [Tone::Plain, Tone::Gain, Tone::Loss, Tone::Faint, Tone::Strong];
        let cells = tones.map(|tone| Cell::new(format!("日{tone:?}"), tone));
        let rows: Rows =
            [Row::Data(cells.to_vec()), Row::Total(vec![]), Row::Data(vec![Cell::empty()])].into_iter().collect();
        let mut lines = rows.lines(5);
        let first = lines.next().unwrap();
        assert!(first.cells.iter().zip(&cells).all(|(shown, cell)| *shown == (cell.text.as_str(), cell.tone)));
        assert_eq!(first.cells.len(), 5);
        assert_eq!(first.part, Section::Body);
        for part in [Section::Totals, Section::Body] {
            let line = lines.next().unwrap();
            assert_eq!((line.cells, line.part), (vec![("", Tone::Plain); 5], part));
        }
        assert!(lines.next().is_none());
        assert_eq!([0, 4, 5].map(|column| rows.width(column)), [7, 8, 0]); // 日 takes two
    }

    #[test]
    fn no_text_can_end_its_cell_or_its_row() {
        let text: String = ('\0'..='\u{9f}').chain(['\u{2028}']).collect();
        let rows: Rows = [Row::Data(vec![Cell::plain(text.clone())])].into_iter().collect();
        let shown: Vec<_> = rows.lines(1).map(|line| line.cells).collect();
        assert_eq!(shown, [[(&*printable(&text), Tone::Plain)]]);
    }
}
