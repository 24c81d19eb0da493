//! The formats of results.

use clap::ValueEnum;

/// How a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For eyes
    Table,
    /// For programs: numbers are strings, exact
    Json,
    /// For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula
    Csv,
}
