//! Drawing a table: no vertical lines, numbers on the right, never wider than the screen.

use std::mem;

use comfy_table::{CellAlignment, LineStyle, TableStyle};
use unicode_width::UnicodeWidthStr;

use super::layout::{self, Ask, GAP};
use super::printable;
use super::shorten::shorten;
use super::table::{Align, Cell, Column, Kind, Rendered, Row, Screen, Table};
use super::tone::{self, Tone};

/// The width down to which a text column gives way.
const LEAST_TEXT: usize = 10;
/// No cell is wider, screen or not: the table library counts columns in 16 bits.
const WIDEST_CELL: usize = 10_000;

impl Table {
    /// The table as it fits on `screen`.
    ///
    /// Where room is short, text is shortened first, then columns are left out; a number is shown
    /// whole or not at all, unless not even the first column fits.
    #[must_use]
    pub fn render(&self, screen: Screen) -> Rendered {
        let title = Line { cells: self.columns.iter().map(title).collect(), part: Part::Header };
        let rows = self.rows.iter().map(|row| Line::of(row, self.columns.len()));
        let lines: Vec<Line> = std::iter::once(title).chain(rows).collect();
        let asks: Vec<Ask> = self.columns.iter().enumerate().map(|(n, column)| ask(column, n, &lines)).collect();
        let widths = layout::fit(&asks, screen.room());
        let (shown, hidden): (Vec<_>, Vec<_>) =
            self.columns.iter().zip(&widths).partition(|(_, width)| width.is_some());
        let shown: Vec<&Column> = shown.into_iter().map(|(column, _)| column).collect();
        Rendered {
            text: draw(&shown, &lines, &widths, screen),
            hidden: hidden.into_iter().map(|(column, _)| column.header).collect(),
        }
    }
}

impl Screen {
    fn room(self) -> usize {
        match self.width {
            None | Some(0) => usize::MAX,
            Some(width) => usize::from(width),
        }
    }

    fn rule(self) -> char {
        if self.unicode { '─' } else { '-' }
    }

    fn ellipsis(self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}

/// A line of cells that are safe to show, one for each column.
struct Line {
    cells: Vec<Cell>,
    part: Part,
}

/// The part of the table that a line stands in. Parts are set off by rules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Header,
    Body,
    Totals,
}

impl Line {
    fn of(row: &Row, columns: usize) -> Self {
        let (cells, part) = match row {
            Row::Data(cells) => (cells, Part::Body),
            Row::Total(cells) => (cells, Part::Totals),
        };
        let safe = |cell: &Cell| Cell::new(printable(&cell.text).trim_end(), cell.tone);
        let missing = std::iter::repeat_with(Cell::empty);
        Self { cells: cells.iter().map(safe).chain(missing).take(columns).collect(), part }
    }

    /// The cells that are shown, as text in the room of their columns.
    fn fitted(&self, widths: &[Option<usize>], screen: Screen) -> Vec<String> {
        let shown = self.cells.iter().zip(widths).filter_map(|(cell, width)| Some((cell, (*width)?)));
        shown.map(|(cell, width)| self.dressed(cell, &shorten(&cell.text, width, screen.ellipsis()), screen)).collect()
    }

    fn dressed(&self, cell: &Cell, text: &str, screen: Screen) -> String {
        match (screen.color, self.part) {
            (false, _) => text.to_owned(),
            (true, Part::Body) => tone::mark(text, &[cell.tone]),
            (true, Part::Header | Part::Totals) => tone::mark(text, &[Tone::Strong, cell.tone]),
        }
    }
}

fn title(column: &Column) -> Cell {
    Cell::plain(column.header.to_uppercase())
}

/// What `column`, the `n`th, needs for its cells in `lines`. A header is never shortened for others.
fn ask(column: &Column, n: usize, lines: &[Line]) -> Ask {
    let widest = lines.iter().filter_map(|line| line.cells.get(n)).map(|cell| cell.text.width()).max();
    let width = widest.unwrap_or(0).clamp(1, WIDEST_CELL);
    let least = match column.kind {
        Kind::Text => width.min(LEAST_TEXT.max(title(column).text.width())),
        Kind::Number | Kind::Key => width,
    };
    Ask { width, least, importance: column.importance }
}

/// The table library aligns and pads; rules between parts and colour are put in afterwards.
fn draw(columns: &[&Column], lines: &[Line], widths: &[Option<usize>], screen: Screen) -> String {
    if columns.is_empty() {
        return String::new();
    }
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill(screen.rule())));
    let mut cells = lines.iter().map(|line| line.fitted(widths, screen));
    table.set_header(cells.next().unwrap_or_default()).add_rows(cells);
    for (left, (column, drawn)) in (0..columns.len()).rev().zip(columns.iter().zip(table.column_iter_mut())) {
        drawn.set_padding((0, if left == 0 { 0 } else { GAP }));
        drawn.set_cell_alignment(match column.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    let mut drawn = table.lines();
    let (header, rule) = (drawn.next(), drawn.next().unwrap_or_default());
    let rule = if screen.color { tone::mark(&rule, &[Tone::Faint]) } else { rule };
    let mut text = String::new();
    let mut part = Part::Header;
    for (line, drawn) in lines.iter().zip(header.into_iter().chain(drawn)) {
        if mem::replace(&mut part, line.part) != line.part {
            text.push_str(&rule);
            text.push('\n');
        }
        text.push_str(drawn.trim_end());
        text.push('\n');
    }
    if part == Part::Header {
        text.push_str(&rule);
        text.push('\n');
    }
    if screen.color { tone::paint(&text) } else { text }
}

#[cfg(test)]
mod tests;
