//! The formats of results.

use clap::ValueEnum;

/// How a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned tables for reading
    Table,
    /// For programs; numbers are exact, as strings
    Json,
    /// For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front
    Csv,
}
