//! Colour and weight.
//!
//! A cell is marked before layout and painted afterwards. The marks are characters that have no width
//! and that [`printable`](super::printable) does not let anybody else write, so a cell is measured as if
//! it were plain, and no text of the book can forge a mark. The table library's own styling is not used:
//! it checks `NO_COLOR` itself, but weighing that against `--color always` is up to the caller.

/// How a cell is emphasized on a terminal that shows colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Not at all.
    Plain,
    /// A gain: green.
    Gain,
    /// A loss: red.
    Loss,
    /// Less prominent than its neighbours.
    Faint,
    /// More prominent than its neighbours.
    Strong,
}

const GAIN: char = '\u{2066}';
const LOSS: char = '\u{2067}';
const FAINT: char = '\u{2068}';
const STRONG: char = '\u{202A}';
const END: char = '\u{2069}';

impl Tone {
    fn mark(self) -> Option<char> {
        match self {
            Self::Plain => None,
            Self::Gain => Some(GAIN),
            Self::Loss => Some(LOSS),
            Self::Faint => Some(FAINT),
            Self::Strong => Some(STRONG),
        }
    }
}

/// `text` between the marks of all `tones`, to be painted after layout.
///
/// Plain or empty text gets no marks: they would hide spaces at the end of a line.
pub(super) fn mark(text: &str, tones: &[Tone]) -> String {
    let mut marked: String = tones.iter().filter_map(|tone| tone.mark()).collect();
    if marked.is_empty() || text.is_empty() {
        return text.to_owned();
    }
    marked.push_str(text);
    marked.push(END);
    marked
}

/// `line` with its marks turned into escape sequences.
///
/// These use colours of the terminal's own palette, which its owner chose to be readable.
pub(super) fn paint(line: &str) -> String {
    let mut painted = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            GAIN => painted.push_str("\u{1b}[32m"),
            LOSS => painted.push_str("\u{1b}[31m"),
            FAINT => painted.push_str("\u{1b}[2m"),
            STRONG => painted.push_str("\u{1b}[1m"),
            END => painted.push_str("\u{1b}[0m"),
            other => painted.push(other),
        }
    }
    painted
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::super::printable;
    use super::*;

    #[test]
    fn a_mark_takes_no_room_and_cannot_be_forged() {
        for sign in [GAIN, LOSS, FAINT, STRONG, END] {
            assert_eq!(sign.to_string().width(), 0);
            assert!(!printable(&sign.to_string()).contains(sign));
        }
    }

    #[test]
    fn tones_add_up_and_end_together() {
        assert_eq!(paint(&mark("+5", &[Tone::Strong, Tone::Gain])), "\u{1b}[1m\u{1b}[32m+5\u{1b}[0m");
        assert_eq!(paint(&mark("-5", &[Tone::Loss])), "\u{1b}[31m-5\u{1b}[0m");
    }

    #[test]
    fn plain_text_gets_no_marks_at_all() {
        assert_eq!(mark("AAPL", &[Tone::Plain]), "AAPL");
        assert_eq!(mark("AAPL", &[]), "AAPL");
        assert_eq!(mark("", &[Tone::Gain]), "");
    }
}
