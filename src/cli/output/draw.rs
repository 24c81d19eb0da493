//! Drawing a table: no vertical lines, numbers on the right, never wider than the screen.

use std::mem;

use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::layout::{self, Ask, GAP};
use super::rows::{Line, Part};
use super::shorten::shorten;
use super::table::{Align, Column, Kind, Rendered, Screen, Table};
use super::tone::{self, Tone};

/// The width down to which a text column gives way.
const LEAST_TEXT: usize = 10;
/// No cell is wider, screen or not: the table library counts columns in 16 bits.
const WIDEST_CELL: usize = 10_000;
/// Lines over the first row: the header and the rule under it.
const HEAD_LINES: usize = 2;

/// Rows that are drawn at a time: what the table library makes of one takes much more room than its text.
const BLOCK: usize = 1000;

impl Table {
    /// The table as it fits on `screen`.
    ///
    /// Where room is short, text is shortened first, then columns are left out; a number is shown
    /// whole or not at all, unless not even the first column fits.
    #[must_use]
    pub fn render(&self, screen: Screen) -> Rendered {
        let is_there = |(n, column): &(usize, &Column)| column.kind != Kind::KeyIfAny || self.rows.width(*n) > 0;
        let columns: Vec<(usize, &Column)> = self.columns.iter().enumerate().filter(is_there).collect();
        let asks: Vec<Ask> = columns.iter().map(|(n, column)| ask(column, self.rows.width(*n))).collect();
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for ((place, column), width) in columns.into_iter().zip(layout::fit(&asks, screen.room())) {
            match width {
                Some(width) => shown.push(Shown { place, column, width }),
                None => hidden.push(column.header),
            }
        }
        Rendered { text: Drawing { table: self, shown, screen }.text(), hidden }
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

fn title(column: &Column) -> String {
    column.header.to_uppercase()
}

/// What a column needs for its cells, the widest of which is so wide. A header is never shortened for others.
fn ask(column: &Column, widest: usize) -> Ask {
    let title = title(column).width();
    let width = widest.max(title).clamp(1, WIDEST_CELL);
    let least = match column.kind {
        Kind::Text => width.min(LEAST_TEXT.max(title)),
        Kind::Number | Kind::Key | Kind::KeyIfAny => width,
    };
    Ask { width, least, importance: column.importance }
}

/// A column that is shown: its place among the cells of a row, and its room.
struct Shown<'t> {
    place: usize,
    column: &'t Column,
    width: usize,
}

/// A table for which it is known how wide its columns are.
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
        let mut part = Part::Header;
        let mut lines = self.table.rows.lines(self.table.columns.len()).peekable();
        while lines.peek().is_some() {
            let block: Vec<Line<'_>> = lines.by_ref().take(BLOCK).collect();
            let drawn = self.library_table(&block);
            for (line, drawn) in block.iter().zip(drawn.lines().skip(HEAD_LINES)) {
                if mem::replace(&mut part, line.part) != line.part {
                    text.push_str(&rule);
                }
                text.push_str(&self.finished(&drawn));
            }
        }
        if part == Part::Header {
            text.push_str(&rule);
        }
        text
    }

    /// The header and a rule.
    fn head(&self) -> (String, String) {
        let drawn = self.library_table(&[]);
        let mut lines = drawn.lines();
        let (header, rule) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let rule = if self.screen.color { tone::mark(&rule, &[Tone::Faint]) } else { rule };
        (self.finished(&header), self.finished(&rule))
    }

    /// A line as it is shown, with its line feed.
    fn finished(&self, drawn: &str) -> String {
        let drawn = drawn.trim_end();
        let mut line = if self.screen.color { tone::paint(drawn) } else { drawn.to_owned() };
        line.push('\n');
        line
    }

    /// The table library aligns and pads; rules between parts and colour are put in afterwards.
    fn library_table(&self, lines: &[Line<'_>]) -> comfy_table::Table {
        let mut table = comfy_table::Table::new();
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill(self.screen.rule())));
        table.set_header(
            self.shown.iter().map(|it| self.fitted(&title(it.column), Tone::Plain, Part::Header, it.width)),
        );
        for line in lines {
            let cells = self.shown.iter().filter_map(|it| Some((line.cells.get(it.place)?, it.width)));
            table.add_row(cells.map(|((text, tone), width)| self.fitted(text, *tone, line.part, width)));
        }
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

    /// A cell's text in its room, marked with its tone.
    fn fitted(&self, text: &str, tone: Tone, part: Part, width: usize) -> String {
        let text = shorten(text, width, self.screen.ellipsis());
        match (self.screen.color, part) {
            (false, _) => text.into_owned(),
            (true, Part::Body) => tone::mark(&text, &[tone]),
            (true, Part::Header | Part::Totals) => tone::mark(&text, &[Tone::Strong, tone]),
        }
    }
}

#[cfg(test)]
mod tests;
