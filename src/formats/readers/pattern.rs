//! Files whose lines match a pattern, such as the prices of a journal.

use regex_lite::Regex;

use super::memory::Table;

/// The rows of a text whose lines all match the pattern, blank and ignored ones excepted; `None` if a line does not.
pub(crate) fn rows(text: &str, line: &Regex, comment: Option<&Regex>) -> Option<Table> {
    let names: Vec<&str> = line.capture_names().flatten().collect();
    let mut table = Table::with_columns(&names);
    for (written, number) in text.lines().zip(1..) {
        let is_left_out = written.trim().is_empty() || comment.is_some_and(|comment| comment.is_match(written));
        if is_left_out {
            continue;
        }
        let captures = line.captures(written)?;
        let value = |name: &&'_ str| captures.name(name).map_or("", |group| group.as_str());
        table.push(number, names.iter().map(|name| (*name, value(name))).collect::<Vec<_>>());
    }
    (!table.is_empty()).then_some(table)
}
