//! Drawing a table: no vertical lines, numbers on the right, never wider than the screen.

use std::borrow::Cow;
use std::{iter, mem};

use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::layout::{self, ColumnNeed, GAP, Placement, Stay};
use super::rows::{RowLine, Section, tail};
use super::safe::is_plain;
use super::shorten::{columns, shorten};
use super::table::{Align, Column, Kind, Rendered, Screen, Table};
use super::tone::{self, Tone};
use super::wrap::{parted, wrapped};
use crate::domain::is_right_to_left;

/// The width to which a text column can be narrowed.
const LEAST_TEXT: usize = 10;
/// The width to which columns that distinguish rows can be narrowed to make room for the last figure:
/// three letters and the ellipsis.
const LEAST_NAME: usize = 4;
/// The width to which sentences can be narrowed.
const LEAST_PROSE: usize = 20;
/// The width of the widest cell, screen or not: the table library counts columns in 16 bits.
const WIDEST_CELL: usize = 10_000;
/// The mark after which text goes from left to right.
const LEFT_TO_RIGHT: char = '\u{200E}';
/// Lines above the first row: the header and the rule below it.
const HEAD_LINES: usize = 2;

/// Rows that are drawn at a time: the table library needs much more memory for a row than its text.
const BLOCK: usize = 1000;

impl Table {
    /// The table as it fits on `screen`.
    ///
    /// If room is short, text is shortened first; then what is the same in every row moves above the table;
    /// then columns are left out. A number is shown whole or not at all.
    #[must_use]
    pub fn render(&self, screen: Screen) -> Rendered {
        let is_there = |(n, column): &(usize, &Column)| column.kind != Kind::KeyIfAny || self.rows.width(*n) > 0;
        let columns: Vec<(usize, &Column)> = self.columns.iter().enumerate().filter(is_there).collect();
        let asks: Vec<ColumnNeed> = columns.iter().map(|(n, column)| self.ask(*n, column)).collect();
        let (mut shown, mut hidden, mut common) = (Vec::new(), Vec::new(), Vec::new());
        for ((at, column), place) in columns.into_iter().zip(layout::fit(&asks, screen.room())) {
            match place {
                Placement::Column(width) => shown.push(Shown { place: at, column, width }),
                Placement::Heading => {
                    common.push(format!("{} {}", column.header, self.rows.common(at).unwrap_or_default()));
                }
                // A column without content is not reported as hidden.
                Placement::Nowhere if self.rows.width(at) == 0 => {}
                Placement::Nowhere => hidden.push(column.header),
            }
        }
        let mut text = String::new();
        if !common.is_empty() {
            for line in wrapped(&common.join(", "), screen.room()) {
                text.extend([&line, "\n"]);
            }
            text.push('\n');
        }
        text.push_str(&Drawing { table: self, shown, screen }.text());
        Rendered { text, hidden }
    }

    /// The widths that a column can have. A header is never shortened to make room for others.
    fn ask(&self, place: usize, column: &Column) -> ColumnNeed {
        let title = title(column).width();
        let widest = match column.kind {
            Kind::Number => {
                let (before, behind) = self.rows.around_point(place);
                self.rows.width(place).max(before.saturating_add(behind))
            }
            Kind::Text | Kind::Key | Kind::KeyIfAny | Kind::Distinguishing | Kind::Prose => self.rows.width(place),
        };
        let width = widest.max(title).clamp(1, WIDEST_CELL);
        let (least, floor) = match column.kind {
            Kind::Text => (width.min(LEAST_TEXT.max(title)), width.min(LEAST_TEXT.max(title))),
            Kind::Prose => (width.min(LEAST_PROSE.max(title)), width.min(LEAST_PROSE.max(title))),
            Kind::Distinguishing => (width, width.min(LEAST_TEXT.max(title))),
            Kind::Key if place == 0 => (width, width.min(LEAST_TEXT.max(title))),
            Kind::Number | Kind::Key | Kind::KeyIfAny => (width, width),
        };
        let is_common = || self.rows.common(place).is_some();
        let stay = match column.kind {
            Kind::Text | Kind::Key | Kind::KeyIfAny | Kind::Distinguishing if place > 0 && is_common() => {
                Stay::WhileThereIsRoom
            }
            Kind::Distinguishing | Kind::Prose => Stay::Always,
            Kind::Text | Kind::Key | Kind::KeyIfAny | Kind::Number if place == 0 => Stay::Always,
            Kind::Text | Kind::Key | Kind::KeyIfAny | Kind::Number => Stay::ByImportance,
        };
        // A column without content goes first.
        let importance = if self.rows.width(place) == 0 { 0 } else { column.importance };
        let lowest = if column.kind == Kind::Distinguishing { floor.min(LEAST_NAME) } else { floor };
        ColumnNeed { width, least, floor, lowest, importance, stay }
    }
}

impl Screen {
    /// The number of columns that a line may have.
    #[must_use]
    pub fn room(self) -> usize {
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

fn title(column: &Column) -> String {
    column.header.to_uppercase()
}

/// A visible column: its index among the cells of a row, and its width.
struct Shown<'t> {
    place: usize,
    column: &'t Column,
    width: usize,
}

/// A table with the widths of its columns.
struct Drawing<'t> {
    table: &'t Table,
    shown: Vec<Shown<'t>>,
    screen: Screen,
}

impl Drawing<'_> {
    /// The lines, with rules between parts.
    fn text(&self) -> String {
        let mut text = String::new();
        if self.shown.is_empty() {
            return text;
        }
        let (header, rule) = self.head();
        text.push_str(&header);
        let mut part = Section::Header;
        let mut lines = self.table.rows.lines(self.table.columns.len()).peekable();
        while lines.peek().is_some() {
            let block: Vec<RowLine<'_>> = lines.by_ref().take(BLOCK).flat_map(|line| self.with_prose(line)).collect();
            let drawn = self.library_table(&block);
            for (line, drawn) in block.iter().zip(drawn.lines().skip(HEAD_LINES)) {
                if mem::replace(&mut part, line.part) != line.part {
                    text.push_str(&rule);
                }
                text.push_str(&self.finished(&drawn));
            }
        }
        if part == Section::Header {
            text.push_str(&rule);
        }
        text
    }

    /// A row as the lines that its sentences need.
    fn with_prose<'r>(&self, mut row: RowLine<'r>) -> Vec<RowLine<'r>> {
        let mut more: Vec<RowLine<'r>> = Vec::new();
        for it in self.shown.iter().filter(|it| it.column.kind == Kind::Prose) {
            let Some((text, tone)) = row.cells.get_mut(it.place) else { continue };
            let mut parts = parted(text, it.width, it.width).into_iter();
            *text = parts.next().unwrap_or_default();
            for (at, part) in parts.enumerate() {
                if more.len() <= at {
                    more.push(RowLine { cells: vec![("", Tone::Plain); self.table.columns.len()], part: row.part });
                }
                let cell = more.get_mut(at).and_then(|line| line.cells.get_mut(it.place));
                if let Some(cell) = cell {
                    *cell = (part, *tone);
                }
            }
        }
        more.insert(0, row);
        more
    }

    /// The header and a rule.
    fn head(&self) -> (String, String) {
        let drawn = self.library_table(&[]);
        let mut lines = drawn.lines();
        let (header, rule) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let rule = if self.screen.color { tone::mark(&rule, &[Tone::Faint]) } else { rule };
        (self.finished(&header), self.finished(&rule))
    }

    /// A line as displayed, with its line feed.
    fn finished(&self, drawn: &str) -> String {
        let drawn = drawn.trim_end();
        let mut line = if self.screen.color { tone::paint(drawn) } else { drawn.to_owned() };
        line.push('\n');
        line
    }

    /// The table library aligns and pads; rules between parts and colours are added afterwards.
    fn library_table(&self, lines: &[RowLine<'_>]) -> comfy_table::Table {
        let mut table = comfy_table::Table::new();
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill(self.screen.rule())));
        table.set_header(
            self.shown
                .iter()
                .map(|it| self.fitted(&title(it.column), Tone::Plain, Section::Header, it.width).into_owned()),
        );
        // All lines as one row of the library, which takes a third less time.
        table.add_row(self.shown.iter().map(|it| {
            let mut cells = String::new();
            for (number, line) in lines.iter().enumerate() {
                if number > 0 {
                    cells.push('\n');
                }
                let (text, tone) = line.cells.get(it.place).copied().unwrap_or(("", Tone::Plain));
                cells.push_str(&self.fitted(text, tone, line.part, it.width));
                cells.extend(iter::repeat_n(' ', self.behind(text, it)));
            }
            cells
        }));
        for (left, (it, drawn)) in (0..self.shown.len()).rev().zip(self.shown.iter().zip(table.column_iter_mut())) {
            let gap = if left == 0 { 0 } else { GAP };
            // No cell is wider than the library can count.
            let width = u16::try_from(it.width).unwrap_or(u16::MAX).saturating_add(gap);
            drawn.set_padding((0, gap));
            drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
            drawn.set_cell_alignment(match it.column.align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            });
        }
        table
    }

    /// The number of spaces after a number, so that the decimal points of its column are aligned.
    fn behind(&self, text: &str, it: &Shown<'_>) -> usize {
        if it.column.kind != Kind::Number || text.is_empty() {
            return 0;
        }
        let Some(tail) = tail(text) else { return 0 };
        let (_, behind) = self.table.rows.around_point(it.place);
        behind.saturating_sub(columns(tail)).min(it.width.saturating_sub(columns(text)))
    }

    /// A cell's text in its width, marked with its tone.
    fn fitted<'t>(&self, text: &'t str, tone: Tone, part: Section, width: usize) -> Cow<'t, str> {
        let mut text = shorten(text, width, self.screen.ellipsis());
        // On a terminal that reorders lines by the direction of letters, figures after such a word would
        // change places; a zero-width mark keeps them in place.
        if self.screen.unicode && !is_plain(&text) && text.chars().any(is_right_to_left) {
            text.to_mut().push(LEFT_TO_RIGHT);
        }
        match (self.screen.color, part) {
            (false, _) => text,
            (true, Section::Body) => tone::mark(&text, &[tone]).into(),
            (true, Section::Header | Section::Totals) => tone::mark(&text, &[Tone::Strong, tone]).into(),
        }
    }
}

#[cfg(test)]
mod tests;
