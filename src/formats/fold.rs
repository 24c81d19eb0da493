//! Names of columns, made equal where they mean the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Units that stand in brackets behind the name of a column.
const UNITS: [&str; 7] = ["($)", "(£)", "(€)", "(p)", "(¥)", "(a$)", "(c$)"];

/// A column's name without case, accents, punctuation and a unit in brackets: `Price ($)` and
/// `price` are one, `Wert_EUR` and `wert_eur` too.
pub(crate) fn folded(name: &str) -> String {
    let lower: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let bare = UNITS.iter().fold(lower, |name, unit| if name.contains(unit) { name.replace(unit, " ") } else { name });
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

/// Words that stand for an empty cell.
const EMPTY: [&str; 6] = ["-", "--", "n/a", "null", "not available", "not applicable"];

/// What a cell says; `None` where it is empty, or says so.
pub(crate) fn filled(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    // Every cell comes by: most are told by their first letter.
    let is_empty = match cell.as_bytes() {
        [] => true,
        [b'-' | b'n' | b'N', ..] => EMPTY.iter().any(|word| word.eq_ignore_ascii_case(cell)),
        _ => false,
    };
    (!is_empty).then_some(cell)
}

/// A text whose line breaks are blanks.
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
