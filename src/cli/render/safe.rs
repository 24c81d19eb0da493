//! The last gate before a terminal.

use std::borrow::Cow;

use crate::domain::is_unprintable;

/// `text` with everything escaped that could steer a terminal or reorder what is read: `\u{1b}`.
///
/// The domain refuses such text at its door. This is for what came in by another way: a damaged
/// book, a hand-edited row, a file name.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unprintable(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_steer_a_terminal_is_shown_escaped() {
        for (damaged, shown) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\r\nb\tc", "a\\r\\nb\\tc"),
            ("\u{202e}gnp.exe\u{2066}", "\\u{202e}gnp.exe\\u{2066}"),
            ("\u{9b}1m\u{7f}\0", "\\u{9b}1m\\u{7f}\\u{0}"),
            ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"),
        ] {
            assert_eq!(printable(damaged), shown);
        }
    }

    #[test]
    fn ordinary_text_of_any_script_is_not_copied() {
        for text in ["", "Société Générale", "בנק הפועלים", "👩‍🚀 Space", "日本電信電話"] {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn nothing_is_cut_however_long() {
        let long = "x\u{1b}".repeat(500);
        assert_eq!(printable(&long), "x\\u{1b}".repeat(500));
    }
}
