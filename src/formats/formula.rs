//! Text that a spreadsheet would run as a formula bears an apostrophe in the CSV that we write, and
//! loses it in the CSV that we read.

use std::borrow::Cow;

/// Whether a spreadsheet might run `text`: by its first character, apostrophes left out.
fn is_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(signs)
}

/// The text as it goes into a CSV file: with an apostrophe before what a spreadsheet might run.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was [`defused`].
pub(crate) fn restored(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_defused_is_restored() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "'=1", "''=1", "a=b", "'quoted'", "", "'", "O'Neil"]
        {
            assert_eq!(restored(&defused(text)), text);
        }
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused("O'Neil"), "O'Neil");
    }
}
