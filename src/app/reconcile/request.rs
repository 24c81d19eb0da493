//! The request for a reconciliation.

use crate::app::import::Source;
use crate::domain::{Day, Figure, PortfolioName};
use crate::formats::{Library, ReadOptions};

/// What to compare, and how.
pub struct ReconcileRequest<'r> {
    /// The file.
    pub source: &'r Source,
    /// The known formats.
    pub library: &'r Library,
    /// What the user says about the file.
    pub options: &'r ReadOptions,
    /// The portfolio of the whole file.
    pub portfolio: Option<PortfolioName>,
    /// The day at whose end the book is compared.
    pub date: Day,
    /// The number of shares by which book and file may differ and still agree.
    pub tolerance: Figure,
}
