//! Messages to the user, apart from the result.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};

use super::output::{printable, wrapped};

/// Writes a sentence to standard error.
pub(super) fn say(sentence: &str) {
    // If standard error is closed, there is nobody left to report to.
    let _ = writeln!(io::stderr(), "{}", fitted(&printable(sentence)));
}

/// Lines for standard error: for a terminal, those that are too wide are wrapped.
pub(super) fn fitted(lines: &str) -> Cow<'_, str> {
    if !io::stderr().is_terminal() {
        return Cow::Borrowed(lines);
    }
    let room = room();
    let lines: Vec<_> = lines.lines().flat_map(|line| wrapped(line, room)).collect();
    Cow::Owned(lines.join("\n"))
}

/// The columns of the terminal behind standard error.
fn room() -> usize {
    let size = terminal_size::terminal_size_of(io::stderr());
    asked_columns().or(size.map(|(width, _)| width.0)).map_or(usize::MAX, usize::from)
}

/// The fewest columns that `COLUMNS` can ask for: less would be unreadable.
const NARROWEST: u16 = 20;

/// The columns that `COLUMNS` asks for.
pub(super) fn asked_columns() -> Option<u16> {
    let columns: u16 = std::env::var("COLUMNS").ok()?.parse().ok()?;
    (columns > 0).then_some(columns.max(NARROWEST))
}
