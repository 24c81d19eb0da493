//! Wraps text to a width.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::shorten::prefix;

/// Wraps a line to `room` columns, at spaces or, within a word that is longer than a line, preferably after
/// the `/` of a path. Continuation lines are indented by two more columns than the first. A line with colours
/// belongs to a table, which fits already.
#[must_use]
pub fn wrapped(line: &str, room: usize) -> Vec<Cow<'_, str>> {
    if line.width() <= room || line.contains('\u{1b}') {
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

/// The number of columns that indentation leaves at least.
const MOST_INDENTED: usize = 20;

/// Parts of `text`, the first at most `first` and the others at most `others` columns wide. Text in
/// backquotes is not split if it fits on a line, so that it can be pasted.
pub(super) fn parted(text: &str, first: usize, others: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut rest, mut room, mut is_quoted) = (text, first, false);
    while rest.width() > room {
        let most = prefix(rest, room);
        let behind = rest.get(most.len()..).unwrap_or_default();
        let at_blank =
            if behind.starts_with(' ') { Some(most.len()) } else { most.trim_end_matches(|c| c != ' ').len().into() };
        let is_word = |at: &usize| rest.get(..*at).is_some_and(|part| !part.trim().is_empty());
        let before_quote = before_quote(rest, at_blank.unwrap_or_default(), is_quoted, others).filter(is_word);
        // A character that is wider than the room gets a line nevertheless.
        let within = || if most.is_empty() { first_character(rest) } else { behind_a_mark(most) };
        let at = before_quote.or(at_blank.filter(is_word)).unwrap_or_else(within);
        let (part, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        is_quoted ^= part.matches('`').count() % 2 == 1;
        parts.push(part.trim_end());
        (rest, room) = (behind.trim_start(), others);
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

/// The start of the quoted text within which a line would be split, if that text fits on a line of its own.
fn before_quote(text: &str, at: usize, is_quoted: bool, room: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let is_within = is_quoted ^ (before.matches('`').count() % 2 == 1);
    let begin = before.rfind('`').filter(|_| is_within)?;
    let quoted = text.get(begin..)?.split('`').nth(1)?;
    // What directly precedes it, such as a bracket, is kept with it.
    let word = before.get(..begin)?.trim_end_matches(|c| c != ' ').len();
    (quoted.width().saturating_add(begin.saturating_sub(word)).saturating_add(3) <= room).then_some(word)
}

/// Where to split a word that is too long, given the part that fits: after the last folder, or after another
/// separator, or at its end.
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
    fn a_command_in_backquotes_stays_whole_where_it_fits() {
        let text = "did you mean AAPL? or add it: `stockbook add-stock APPL APPL`; or leave it";
        assert_eq!(
            parted(text, 44, 44),
            ["did you mean AAPL? or add it:", "`stockbook add-stock APPL APPL`; or leave it"]
        );
        assert_eq!(parted("see `a b c` (`d e f`)", 16, 16), ["see `a b c`", "(`d e f`)"]);
        // A longer one is split like other text, and so is what comes after it.
        assert_eq!(parted("see `aa bb cc dd` and so on", 10, 10), ["see `aa bb", "cc dd` and", "so on"]);
        assert_eq!(parted("`aa bb cc` dd `e f`", 6, 6), ["`aa bb", "cc` dd", "`e f`"]);
    }

    #[test]
    fn a_line_of_a_coloured_table_is_left_as_it_is() {
        let line = "\u{1b}[1mLOT\u{1b}[0m  \u{1b}[1mACQUIRED\u{1b}[0m";
        assert_eq!(wrapped(line, 15), [line]);
    }

    #[test]
    fn a_path_is_parted_between_its_folders() {
        assert_eq!(parted("/home/me/Downloads/trades.csv", 22, 22), ["/home/me/Downloads/", "trades.csv"]);
        assert_eq!(parted("all_trades_of_the_year.csv", 20, 20), ["all_trades_of_the_", "year.csv"]);
        // Not if that would leave the line nearly empty.
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
