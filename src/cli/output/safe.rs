//! The last protection of a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::mem;

use crate::domain::is_unprintable;

/// `text` with everything escaped that could control a terminal or reorder text: `\u{1b}`.
///
/// The domain refuses such text when it is entered. This is for text from elsewhere: a damaged book, a
/// hand-edited row, a file name.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(is_unprintable) {
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

/// Whether a text consists of printable ASCII, as most does: it is then safe to show, as wide as it is long,
/// and runs from left to right.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// JSON in which the same characters are written as `\u001b`, so that it is equivalent and harmless.
#[must_use]
pub fn printable_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_unprintable) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if is_unprintable(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Writes lines to a terminal, escaped as by [`printable_json`]. The buffered part of an unfinished line is
/// written by a flush.
pub struct EscapingWriter<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> EscapingWriter<W> {
    /// A gate in front of `out`.
    pub fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }

    fn pass(&mut self, end: &str) -> io::Result<()> {
        let line = mem::take(&mut self.line);
        self.out.write_all(printable_json(&String::from_utf8_lossy(&line)).as_bytes())?;
        self.out.write_all(end.as_bytes())
    }
}

impl<W: Write> Write for EscapingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let last = lines.next_back().unwrap_or_default();
        for line in lines {
            self.line.extend_from_slice(line);
            self.pass("\n")?;
        }
        self.line.extend_from_slice(last);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.pass("")?;
        }
        self.out.flush()
    }
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

    #[test]
    fn json_stays_the_same_json() {
        let raw = "{\"name\":\"\u{9b}31m\u{202e}ü\u{fffff}\"}";
        let safe = printable_json(raw);
        assert_eq!(safe, "{\"name\":\"\\u009b31m\\u202eü\\udbbf\\udfff\"}");
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&safe), value(raw));
    }

    #[test]
    fn the_gate_lets_lines_through_whatever_pieces_they_come_in() {
        let text = "a\u{1b}[31m\nü\u{9b}\n\nend";
        for size in 1..text.len() {
            let mut escaping = EscapingWriter::new(Vec::new());
            for piece in text.as_bytes().chunks(size) {
                escaping.write_all(piece).unwrap();
            }
            escaping.flush().unwrap();
            assert_eq!(String::from_utf8(escaping.out).unwrap(), "a\\u001b[31m\nü\\u009b\n\nend", "{size}");
        }
    }
}
