//! Import of trades and prices from CSV files.
//!
//! The rows of all files are read and judged by themselves, put in the order of their dates (in
//! memory up to a limit, on disk beyond it), and then carried out in one unit of work, which is
//! given up if any row is refused.

pub mod file;

mod apply;
mod day_prices;
mod identity;
mod reading;

pub use apply::{ImportReceipt, apply};
pub use reading::{Source, StagedFiles, stage};

use file::RowFault;

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
    #[error("nothing was imported: {} in {}", counted(faults.len(), "fault"), counted(*rows, "row"))]
    Refused {
        /// Rows in all.
        rows: u64,
        /// Each bad row, by file and line.
        faults: Vec<FileFault>,
    },
}

fn counted(number: impl TryInto<u64>, what: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// A bad row and the file that it is in.
#[derive(Debug, Clone)]
pub struct FileFault {
    /// The file, by its place among the files.
    pub index: u64,
    /// The file's name.
    pub file: String,
    /// What is wrong, and on which line.
    pub fault: RowFault,
}

/// Follows an import and can stop it.
pub trait Observer {
    /// So many of so many steps are done. `total` is `None` where the end is not known.
    fn advance(&self, done: u64, total: Option<u64>);

    /// Whether the user wants to stop.
    fn is_interrupted(&self) -> bool;
}
