//! Events that the user has to enter.

use crate::domain::Day;

/// A row that is refused with the command to enter its event.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToEnter {
    pub(super) day: Day,
    /// Its file and line.
    pub(super) at: (u64, u64),
    /// Whether the command names the portfolio.
    pub(super) names_portfolio: bool,
}
