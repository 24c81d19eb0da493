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
    /// The way out, if there is one.
    pub hint: Option<String>,
}

/// A fault whose line is not known yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

impl Fault {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn at(self, line: u64) -> RowFault {
        let Self { code, message, hint } = self;
        RowFault { line, code, message, hint }
    }
}

impl From<ValueError> for Fault {
    fn from(error: ValueError) -> Self {
        Self { code: error.code, message: error.to_string(), hint: error.hint }
    }
}
