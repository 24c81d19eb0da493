//! Shortening text to a width, measured in columns of a terminal.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::safe::is_plain;

/// `text` in at most `room` columns; if shortened, it ends in `mark`, so that it cannot be mistaken for
/// the whole.
pub(super) fn shorten<'a>(text: &'a str, room: usize, mark: &str) -> Cow<'a, str> {
    if columns(text) <= room {
        return Cow::Borrowed(text);
    }
    let mark = prefix(mark, room);
    let kept = prefix(text, room.saturating_sub(mark.width()));
    Cow::Owned(format!("{}{mark}", kept.trim_end()))
}

/// The width of `text` in columns. Checking first whether it is plain ASCII takes a tenth of the time of
/// measuring.
pub(super) fn columns(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// The longest prefix of `text` that is at most `room` columns wide and does not split a character.
pub(super) fn prefix(text: &str, room: usize) -> &str {
    let mut rest = text;
    let mut used: usize = 0;
    while !rest.is_empty() {
        let (cluster, behind) = rest.split_at(cluster_length(rest));
        used = used.saturating_add(cluster.width());
        if used > room {
            break;
        }
        rest = behind;
    }
    text.strip_suffix(rest).unwrap_or(text)
}

/// The length in bytes of the first character of `text` as a reader sees it: a letter with its accents,
/// a joined emoji, a flag. Half of one would be another character.
fn cluster_length(text: &str) -> usize {
    const JOINER: char = '\u{200D}';
    let mut characters = text.char_indices();
    let Some((_, mut last)) = characters.next() else { return 0 };
    let mut half_a_flag = is_regional(last);
    for (at, character) in characters {
        let second_half = half_a_flag && is_regional(character);
        let belongs = second_half || last == JOINER || is_skin_tone(character) || character.width() == Some(0);
        if !belongs {
            return at;
        }
        half_a_flag = half_a_flag && !second_half;
        last = character;
    }
    text.len()
}

/// Two of these letters form a flag.
fn is_regional(character: char) -> bool {
    matches!(character, '\u{1F1E6}'..='\u{1F1FF}')
}

/// A modifier that merges with the emoji before it.
fn is_skin_tone(character: char) -> bool {
    matches!(character, '\u{1F3FB}'..='\u{1F3FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_fits_is_left_alone() {
        assert_eq!(shorten("Apple Inc.", 10, "…"), "Apple Inc.");
        assert_eq!(shorten("日本", 4, "…"), "日本");
        assert_eq!(shorten("", 0, "…"), "");
    }

    #[test]
    fn a_cut_is_marked_and_leaves_no_blank_before_the_mark() {
        assert_eq!(shorten("Apple Incorporated", 9, "…"), "Apple In…");
        assert_eq!(shorten("Apple Incorporated", 7, "…"), "Apple…");
        assert_eq!(shorten("Apple Incorporated", 9, "..."), "Apple...");
    }

    #[test]
    fn a_wide_character_is_not_halved() {
        assert_eq!(shorten("日本電信電話", 6, "…"), "日本…"); // 2 + 2 + 1; a third one would make 7
        assert_eq!(shorten("日本電信電話", 2, ""), "日");
        assert_eq!(shorten("日本", 1, ""), "");
    }

    #[test]
    fn what_reads_as_one_character_is_kept_or_left_as_one() {
        for (one, width) in [("👩\u{200d}🚀", 2), ("e\u{301}\u{323}", 1), ("👍🏽", 2), ("🇨🇭", 2), ("❤\u{fe0f}", 2)]
        {
            let text = one.repeat(5);
            assert_eq!(shorten(&text, width + 1, "…"), format!("{one}…"), "{text}");
            assert_eq!(shorten(&text, width, "…"), "…", "{text}");
            assert_eq!(shorten(&text, width * 2 + 1, "…"), format!("{one}{one}…"), "{text}");
        }
    }

    #[test]
    fn the_mark_itself_is_cut_where_there_is_no_room_even_for_it() {
        assert_eq!(shorten("1234", 2, "..."), "..");
        assert_eq!(shorten("1234", 0, "…"), "");
    }
}
