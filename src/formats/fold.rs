//! Normalizing column names and cells.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Units in brackets after a column's name.
const UNITS: [&str; 7] = ["($)", "(£)", "(€)", "(p)", "(¥)", "(a$)", "(c$)"];

/// Normalizes a column's name: without case, accents, punctuation and a unit in brackets. `Price ($)` equals `price`,
/// and `Wert_EUR` equals `wert_eur`.
pub(crate) fn folded(name: &str) -> String {
    let mut bare: String = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
    };
    if bare.contains('(') {
        bare = UNITS.iter().fold(bare, |name, unit| name.replace(unit, " "));
    }
    let mut folded = String::with_capacity(bare.len());
    for character in bare.chars() {
        if character.is_alphanumeric() || "_#/%&".contains(character) {
            folded.push(character);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A folded name with blanks for `_`, if it has any.
pub(crate) fn parted(folded: &str) -> Option<String> {
    let words = || folded.split(['_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    folded.contains('_').then(|| words().join(" "))
}

/// Texts that mark an empty cell.
const EMPTY: [&str; 6] = ["-", "--", "n/a", "null", "not available", "not applicable"];

/// The text of a cell; `None` if it is empty or marked as empty.
pub(crate) fn filled(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    // This runs for every cell: the first letter rules most of them out.
    let is_empty = match cell.as_bytes() {
        [] => true,
        [b'-' | b'n' | b'N', ..] => EMPTY.iter().any(|word| word.eq_ignore_ascii_case(cell)),
        _ => false,
    };
    (!is_empty).then_some(cell)
}

/// Replaces the line breaks of a text by blanks.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Cow::Owned(lines.collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_punctuation_and_units_do_not_tell_names_apart() {
        for (name, same) in [
            ("Price ($)", "price"),
            ("Unit cost (p)", "Unit Cost"),
            ("\u{feff} Værdipapirer", "værdipapirer"),
            ("AutoFX-Gebühr", "autofx gebuhr"),
            ("Gross Amount ", "gross amount"),
            ("Amount $", "amount"),
        ] {
            assert_eq!(folded(name), folded(same), "{name}");
        }
        assert_ne!(folded("Total (GBP)"), folded("Total"));
        assert_ne!(folded("Quantity #"), folded("Quantity"));
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for empty in ["", " ", "-", "--", "N/A", "Not available", "null"] {
            assert_eq!(filled(empty), None, "{empty}");
        }
        assert_eq!(filled(" 0 "), Some("0"));
        assert_eq!(filled("-1"), Some("-1"));
    }
}
