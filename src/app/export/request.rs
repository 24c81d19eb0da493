//! The request for an export.

use crate::app::AppError;
use crate::domain::{Day, PortfolioFilter, PortfolioName};

/// What to export.
pub struct ExportRequest<'r> {
    /// The format.
    pub format: ExportFormat,
    /// Only these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only from this day on; a journal begins with what is held at its beginning.
    pub from: Option<Day>,
    /// Only up to this day.
    pub to: Option<Day>,
    /// Whether the user has asked to stop.
    pub is_interrupted: &'r dyn Fn() -> bool,
}

/// The format, named for what reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// For spreadsheets, and for other books: the transactions.
    Csv,
    /// For programs: everything.
    Json,
    /// Ledger.
    Ledger,
    /// hledger.
    Hledger,
    /// Beancount.
    Beancount,
}

impl ExportRequest<'_> {
    pub(super) fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    pub(super) fn is_of(&self, portfolio: &PortfolioName) -> bool {
        self.portfolios.includes(portfolio)
    }

    pub(super) fn pause(&self) -> Result<(), AppError> {
        if (self.is_interrupted)() { Err(AppError::Interrupted) } else { Ok(()) }
    }
}
