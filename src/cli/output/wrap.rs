//! Wrapping text at a width.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::shorten::prefix;

/// A line as the lines that it takes in `room` columns, parted at blanks, or within a word that is longer
/// than a line, if possible behind a `/` of a path. Those after the first are indented two columns further than it.
#[must_use]
pub fn wrapped(line: &str, room: usize) -> Vec<Cow<'_, str>> {
    if line.width() <= room {
        return vec![Cow::Borrowed(line)];
    }
    let blanks = line.len().saturating_sub(line.trim_start().len());
    // If space is short, none of it is used for indentation.
    let indent = if room > blanks.saturating_add(MOST_INDENTED) { blanks.saturating_add(2) } else { 0 };
    let mut parts = parted(line, room, room.saturating_sub(indent)).into_iter();
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| Cow::Owned(format!("{}{part}", " ".repeat(indent))));
    std::iter::once(Cow::Borrowed(first)).chain(rest).collect()
}

/// The least number of columns that a line has beside its indentation.
const MOST_INDENTED: usize = 20;

/// Parts of `text`, the first at most `first` and the others at most `others` columns wide.
pub(super) fn parted(text: &str, first: usize, others: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut rest, mut room) = (text, first);
    while rest.width() > room {
        let most = prefix(rest, room);
        let behind = rest.get(most.len()..).unwrap_or_default();
        let at_blank =
            if behind.starts_with(' ') { Some(most.len()) } else { most.trim_end_matches(|c| c != ' ').len().into() };
        let is_word = |at: &usize| rest.get(..*at).is_some_and(|part| !part.trim().is_empty());
        // A character that is wider than the room gets a line all the same.
        let within = || if most.is_empty() { first_character(rest) } else { behind_a_mark(most) };
        let at = at_blank.filter(is_word).unwrap_or_else(within);
        let (part, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        parts.push(part.trim_end());
        (rest, room) = (behind.trim_start(), others);
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Where the beginning of a word that is too long is parted: behind the last folder in it, or behind what else parts
/// a name, or at its end.
fn behind_a_mark(most: &str) -> usize {
    let behind = |marks: &[char]| most.rfind(marks).map(|at| at.saturating_add(1)).filter(|at| *at > most.len() / 3);
    behind(&['/', '\\']).or_else(|| behind(&['-', '_', '.', '='])).unwrap_or(most.len())
}

fn first_character(text: &str) -> usize {
    text.chars().next().map_or(text.len(), char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_at_blanks() {
        assert_eq!(wrapped("one two", 7), ["one two"]);
        assert_eq!(parted("one two three", 7, 7), ["one two", "three"]);
        assert_eq!(parted("one two three", 8, 8), ["one two", "three"]);
        assert_eq!(parted("one two three", 6, 6), ["one", "two", "three"]);
        assert_eq!(parted("", 6, 6), [""]);
        let long = "  sold 10 AAPL at 150.00 on 2024-01-31";
        assert_eq!(wrapped(long, 25), ["  sold 10 AAPL at 150.00", "    on 2024-01-31"]);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_is_parted_too() {
        assert_eq!(parted("abcdefgh ij", 3, 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(parted("日本電信", 5, 5), ["日本", "電信"]);
        assert_eq!(parted("日本", 1, 1), ["日", "本"]);
    }

    #[test]
    fn a_path_is_parted_between_its_folders() {
        assert_eq!(parted("/home/me/Downloads/trades.csv", 22, 22), ["/home/me/Downloads/", "trades.csv"]);
        assert_eq!(parted("all_trades_of_the_year.csv", 20, 20), ["all_trades_of_the_", "year.csv"]);
        // Not where next to nothing would be left of the line.
        assert_eq!(parted("/abcdefgh", 6, 6), ["/abcde", "fgh"]);
    }

    #[test]
    fn no_line_is_wider_than_there_is_room() {
        let text = "the sale of AAPL on 2024-03-28 (019cefec) realizes +119.00, not +117.60";
        for room in 1..=80 {
            let lines = wrapped(text, room);
            assert!(lines.iter().all(|line| line.width() <= room), "{room}: {lines:?}");
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&lines.join(" ")), bare(text), "{room}");
        }
    }
}
