//! What is wrong with a row.

use crate::domain::ValueError;

/// A fault of a row or, on the line of the header, of a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct RowFault {
    /// The line on which the row begins, counted from 1.
    pub line: u64,
    /// A stable code for scripts: `invalid_price`.
    pub code: &'static str,
    /// What is wrong, safe to print.
    pub message: String,
    /// What to do about it, if anything.
    pub hint: Option<String>,
}

/// A fault whose line is not known yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    code: &'static str,
    message: String,
    hint: Option<String>,
    /// Whether it contradicts an earlier row.
    contradicts: bool,
}

impl Fault {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, contradicts: false }
    }

    /// Marks a fault of a row that contradicts an earlier one, whose place is added to the message once it is
    /// known.
    pub(crate) fn contradicting(self) -> Self {
        Self { contradicts: true, ..self }
    }

    /// Names the earlier row that a [contradicting](Self::contradicting) one contradicts.
    pub(crate) fn with_earlier(self, line: Option<u64>) -> Self {
        match line {
            Some(line) if self.contradicts => Self { message: format!("{}, as in line {line}", self.message), ..self },
            Some(_) | None => self,
        }
    }

    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn at(self, line: u64) -> RowFault {
        let Self { code, message, hint, contradicts: _ } = self;
        RowFault { line, code, message, hint }
    }
}

impl From<ValueError> for Fault {
    fn from(error: ValueError) -> Self {
        Self { hint: error.hint.clone(), ..Self::new(error.code, error.to_string()) }
    }
}
