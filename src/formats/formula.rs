//! Protection against formulas: text that a spreadsheet would run is preceded by an apostrophe in the CSV that we
//! write, which is removed from the CSV that we read.

use std::borrow::Cow;

/// Whether a spreadsheet might run `text`, judged by its first character after any apostrophes.
fn is_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(signs)
}

/// The text for a CSV file: with an apostrophe if a spreadsheet might run it.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes [`defused`].
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
