//! Why an import failed.

use std::io::ErrorKind;

use super::bad_rows::BadRows;
use crate::domain::shell_word;

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file could not be read.
    #[error("cannot read {file}: {cause}")]
    Input {
        /// The file's name.
        file: String,
        /// The cause.
        cause: std::io::Error,
    },
    /// Rows were refused.
    #[error("nothing was imported: {}{}{}", counted(faults.count(), "fault"), among(*rows), listed(faults))]
    Refused {
        /// The number of all rows.
        rows: u64,
        /// The bad rows.
        faults: BadRows,
    },
}

impl ImportError {
    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input { .. } => "input_error",
            Self::Refused { .. } => "import_refused",
        }
    }

    /// What to do about it; the hint of the first bad row that has one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Input { file, cause } if cause.kind() == ErrorKind::IsADirectory => {
                Some(format!("name its files, such as {}/*.csv", shell_word(file.trim_end_matches('/'))))
            }
            Self::Input { .. } => None,
            Self::Refused { faults, .. } => faults.first().find_map(|fault| match &fault.fault.hint {
                Some(hint) if faults.count() > 1 => Some(format!("{}:{}: {hint}", fault.file, fault.fault.line)),
                hint => hint.clone(),
            }),
        }
    }
}

/// The number of rows as text; empty for a file that is refused as a whole.
fn among(rows: u64) -> String {
    if rows == 0 { String::new() } else { format!(" in {}", counted(rows, "row")) }
}

fn listed(faults: &BadRows) -> String {
    if faults.omitted() == 0 { String::new() } else { format!("; the first {} follow", BadRows::KEPT) }
}

fn counted(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
