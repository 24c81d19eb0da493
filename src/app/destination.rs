//! The destination of a transfer.

use crate::domain::PortfolioName;

/// Where transferred shares go.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Destination {
    /// To another portfolio, with the dates and cost of their lots.
    Portfolio(PortfolioName),
    /// Out of the book, with their cost and without a gain.
    Outside,
}
