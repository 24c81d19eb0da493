//! The output of results: standard output, in the requested format.

use std::cell::RefCell;
use std::io::{self, BufWriter, IsTerminal as _, Write};

use super::args::{ColorChoice, Globals};
use super::color::shows_color;
use super::offer::Offers;
use super::output::{
    Digits, EscapingWriter, ForEachRecord, Format, Listing, Rendered, Screen, Style, Table, csv, json_array, printable,
    wrapped, write_records,
};
use super::pager::Outlet;
use super::say::{asked_columns, say};
use crate::app::AppError;

/// The output of a command.
pub(super) struct Page {
    format: Format,
    /// How numbers are written for programs.
    pub(super) digits: Digits,
    pub(super) screen: Screen,
    style: Style,
    is_quiet: bool,
    /// What offered commands must name.
    pub(super) offers: Offers,
    out: RefCell<BufWriter<Outlet>>,
}

impl Page {
    pub(super) fn new(globals: &Globals, style: Style, outlet: Outlet, offers: Offers) -> Self {
        Self {
            format: globals.output_format.unwrap_or(Format::Table),
            digits: Digits { numbers: globals.numbers.unwrap_or_default(), places: globals.places() },
            screen: screen(globals.color),
            style,
            is_quiet: globals.quiet,
            offers,
            out: RefCell::new(BufWriter::new(outlet)),
        }
    }

    /// Shows everything that is buffered, and waits until the user leaves the pager.
    pub(super) fn end(&self) -> Result<(), AppError> {
        let mut out = self.out.borrow_mut();
        // A failure to write has been reported already, and what a pager did not read is not wanted.
        let _ = out.flush();
        out.get_mut().end().map_err(AppError::Output)
    }

    /// The format of results.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Prints a result. A full disk behind standard output is an error.
    pub(super) fn print(&self, text: &str) -> Result<(), AppError> {
        if self.format() == Format::Table {
            // A table is made safe cell by cell, and contains escape sequences of its own.
            let mut out = self.out.borrow_mut();
            return out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(AppError::Output);
        }
        self.print_raw(text)
    }

    /// Prints text for programs.
    pub(super) fn print_raw(&self, text: &str) -> Result<(), AppError> {
        self.stream(|out| out.write_all(text.as_bytes()).map_err(AppError::Output))
    }

    /// Has `write` print a long result for programs piece by piece, made safe if it goes to a terminal.
    pub(super) fn stream<T>(&self, write: impl FnOnce(&mut dyn Write) -> Result<T, AppError>) -> Result<T, AppError> {
        let mut out = self.out.borrow_mut();
        let mut escaping;
        let out: &mut dyn Write = if io::stdout().is_terminal() {
            escaping = EscapingWriter::new(&mut *out);
            &mut escaping
        } else {
            &mut *out
        };
        let value = write(out)?;
        out.flush().map_err(AppError::Output)?;
        Ok(value)
    }

    /// Prints records for programs one by one, however many there are.
    pub(super) fn stream_records(
        &self,
        members: &[&str],
        for_each: impl FnOnce(&mut ForEachRecord<'_>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        self.stream(|out| {
            write_records(out, self.format(), members, |take| {
                for_each(&mut |record| match self.digits {
                    exact if exact == Digits::default() => take(record),
                    digits => take(&digits.of_record(record.clone())),
                })
            })
        })
    }

    /// Shows rows in the requested format.
    pub(super) fn list(&self, listing: &Listing<'_>) -> Result<(), AppError> {
        let Listing { members, records, table, nothing } = *listing;
        let text = match (self.format(), nothing) {
            (Format::Table, Some(note)) => self.draw_or_note(&table(), note),
            (Format::Table, None) => self.draw(&table()),
            (Format::Json, _) => json_array(&self.digits.of_records(records()))?,
            (Format::Csv, _) => csv(&self.digits.of_records(records()), members)?,
        };
        self.print(&text)
    }

    /// Says a sentence on standard error.
    pub(super) fn say(&self, sentence: &str) {
        say(&self.offers.named(sentence));
    }

    /// A table as text; if it is empty, nothing, and a note on standard error.
    pub(super) fn draw_or_note(&self, table: &Table, note: &str) -> String {
        if !table.rows.is_empty() {
            return self.draw(table);
        }
        if !self.is_quiet {
            self.say(&format!("note: {note}"));
        }
        String::new()
    }

    /// A table as text, followed by a note about columns that had no room.
    pub(super) fn draw(&self, table: &Table) -> String {
        let Rendered { mut text, hidden } = table.styled(self.style).render(self.screen);
        if !hidden.is_empty() && !self.is_quiet {
            let between = if hidden.iter().any(|header| header.contains(',')) { "; " } else { ", " };
            let note = format!("no room for {}: widen the terminal, or use -O csv", hidden.join(between));
            text.push_str(&self.fitted(&format!("\n{note}\n")));
        }
        text
    }

    /// Prints a sentence below a table, if a table was printed.
    pub(super) fn note_below_table(&self, sentence: &str) -> Result<(), AppError> {
        if self.format() == Format::Table && !self.is_quiet {
            self.print(&self.fitted(&format!("\n{}\n", printable(sentence))))
        } else {
            Ok(())
        }
    }

    /// Prints lines below a table, if a table was printed.
    pub(super) fn add_below(&self, lines: &str) -> Result<(), AppError> {
        if self.format() == Format::Table && !self.is_quiet {
            self.print(&self.fitted(&format!("\n{lines}")))
        } else {
            Ok(())
        }
    }

    /// Sentences, wrapped for a terminal; elsewhere lines are left whole.
    pub(super) fn wrapped_sentences(&self, sentences: &str) -> String {
        if io::stdout().is_terminal() { self.fitted(sentences) } else { self.offers.named(sentences).into_owned() }
    }

    /// Lines of text, none of them wider than the screen.
    pub(super) fn fitted(&self, text: &str) -> String {
        let text = self.offers.named(text);
        let lines = text.lines().flat_map(|line| wrapped(line, self.screen.room()));
        lines.flat_map(|line| [line, "\n".into()]).collect()
    }
}

pub(super) fn screen(color: Option<ColorChoice>) -> Screen {
    let is_terminal = io::stdout().is_terminal();
    let color = shows_color(color, &io::stdout());
    let own = || if is_terminal { terminal_size::terminal_size().map(|(width, _)| width.0) } else { None };
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let is_utf8 = locale.is_none_or(|locale| locale.to_ascii_uppercase().replace('-', "").contains("UTF8"));
    // Whatever the locale says, a dumb terminal is only trusted with ASCII.
    let unicode = is_utf8 && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    Screen { width: asked_columns().or_else(own), color, unicode }
}
