//! Why an import came to nothing.

use super::bad_rows::BadRows;

/// Why an import came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file could not be read.
    #[error("cannot read {file}: {cause}")]
    Input {
        /// The file.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
    /// Rows were refused.
    #[error("nothing was imported: {}{}{}", counted(faults.count(), "fault"), among(*rows), told(faults))]
    Refused {
        /// Rows in all.
        rows: u64,
        /// The bad ones.
        faults: BadRows,
    },
}

impl ImportError {
    /// The stable word for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input { .. } => "input_error",
            Self::Refused { .. } => "import_refused",
        }
    }

    /// The way out, where there is one: that of the first bad row which has one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Input { .. } => None,
            Self::Refused { faults, .. } => faults.first().find_map(|fault| match &fault.fault.hint {
                Some(hint) if faults.count() > 1 => Some(format!("{}:{}: {hint}", fault.file, fault.fault.line)),
                hint => hint.clone(),
            }),
        }
    }
}

/// Of how many rows; a file that is refused as a whole has none.
fn among(rows: u64) -> String {
    if rows == 0 { String::new() } else { format!(" in {}", counted(rows, "row")) }
}

fn told(faults: &BadRows) -> String {
    if faults.omitted() == 0 { String::new() } else { format!("; the first {} follow", BadRows::KEPT) }
}

fn counted(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
