//! Quotes words in commands that are displayed for pasting.

/// A word as it is typed in a shell: quoted if it contains anything that has a meaning there.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-:/,@%+=".contains(c);
    // zsh expands a word that begins with `=` to the path of a program.
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The hint for a file whose folder is missing; `None` for a folder whose name cannot be typed.
pub(crate) fn make_folder(folder: Option<&str>) -> String {
    folder.map_or_else(
        || "make the folder first".to_owned(),
        |folder| format!("make the folder first: mkdir -p {}", shell_word(folder)),
    )
}

#[test]
fn what_means_something_to_a_shell_is_quoted() {
    for plain in ["AAPL", "2024-01-02", "4:1", "a/b.csv", "--fee=1"] {
        assert_eq!(shell_word(plain), plain);
    }
    for (word, quoted) in [
        ("old age", "'old age'"),
        ("", "''"),
        ("M&M.NS", "'M&M.NS'"),
        ("it's", "'it'\\''s'"),
        ("^GSPC", "'^GSPC'"),
        ("=X", "'=X'"),
    ] {
        assert_eq!(shell_word(word), quoted);
    }
}
