//! Errors in tables.

use std::fmt;

use crate::domain::excerpt;

/// An error in a table, with the line of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// The line, counted from 1, if known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it, if anything.
    pub hint: Option<String>,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for TableError {}

impl TableError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into(), hint: None }
    }

    /// An error at an offset into the text.
    pub(crate) fn at(self, place: usize, text: &str) -> Self {
        let before = text.bytes().take(place).filter(|byte| *byte == b'\n').count();
        Self { line: Some(before.saturating_add(1)), ..self }
    }

    pub(super) fn of_toml(error: &toml::de::Error, text: &str) -> Self {
        let this = Self::of_message(error.message());
        let Some(span) = error.span() else { return this };
        let message = match key_of(text.get(..span.start).unwrap_or_default()) {
            Some(key) => format!("`{}`: {}", excerpt(key), this.message),
            None => this.message,
        };
        Self { message, ..this }.at(span.start, text)
    }

    /// For an unknown word, suggests the most similar of the known ones.
    pub(crate) fn of_message(message: &str) -> Self {
        let mut words = message.split('`').skip(1).step_by(2);
        let is_unknown = message.starts_with("unknown ");
        let nearest = words.next().filter(|_| is_unknown).and_then(|wrong| nearest(wrong, words.clone()));
        let main = if is_unknown { message.split(", expected").next().unwrap_or(message) } else { message };
        let message = main.replace("unknown field", "unknown key").replace("unknown variant", "unknown word");
        let message = message.replace("expected a sequence", "expected a list");
        let hint = match nearest {
            Some(nearest) => Some(format!("did you mean `{nearest}`?")),
            None => is_unknown.then(|| format!("known are: {}", words.collect::<Vec<_>>().join(", "))),
        };
        Self { line: None, message: shortened(&message), hint }
    }
}

/// The key whose value begins at the end of the text.
fn key_of(before: &str) -> Option<&str> {
    let (_, line) = before.rsplit_once('\n').unwrap_or(("", before));
    let (key, _) = line.rsplit_once('=')?;
    let key = key.trim().trim_end_matches('"');
    let key = key.rsplit(['{', ',', '"', '[']).next()?.trim();
    (!key.is_empty()).then_some(key)
}

/// The message of a parser, safe to print.
fn shortened(message: &str) -> String {
    message.split('`').map(excerpt).collect::<Vec<_>>().join("`")
}

/// The most similar of the known words, if any is similar.
pub(crate) fn nearest<'w>(wrong: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let near = known.map(|word| (strsim::damerau_levenshtein(wrong, word), word)).min()?;
    let most = (wrong.chars().count() / 3).saturating_add(1);
    (near.0 <= most).then_some(near.1)
}
