//! What is reconciled.

use crate::app::import::Source;
use crate::domain::{Day, Figure, PortfolioName};
use crate::formats::{Library, ReadOptions};

/// What to compare, and how.
pub struct ReconcileRequest<'r> {
    /// The file.
    pub source: &'r Source,
    /// The formats that are known.
    pub library: &'r Library,
    /// What the user says of the file.
    pub options: &'r ReadOptions,
    /// The portfolio that the whole file is of.
    pub portfolio: Option<PortfolioName>,
    /// The day at whose end the book is compared.
    pub date: Day,
    /// Shares by which both may differ.
    pub tolerance: Figure,
}
