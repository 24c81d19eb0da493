//! What one has.

use crate::app::known_portfolio;
use crate::domain::PortfolioName;
use crate::store::{Book, SummaryRow};

/// Which positions to show.
#[derive(Debug, Clone, Default)]
pub struct HoldingsFilter {
    /// Only of this portfolio.
    pub portfolio: Option<PortfolioName>,
    /// Closed positions too.
    pub with_closed: bool,
}

/// Positions with what they cost and are worth, by portfolio and symbol.
///
/// # Errors
/// If the portfolio is unknown, or if the book cannot be read.
pub fn holdings(book: &Book, filter: &HoldingsFilter) -> anyhow::Result<Vec<SummaryRow>> {
    if let Some(name) = &filter.portfolio {
        known_portfolio(book, name)?;
    }
    let mut rows = book.position_summaries()?;
    rows.retain(|row| filter.portfolio.as_ref().is_none_or(|name| *name == row.portfolio));
    rows.retain(|row| filter.with_closed || !row.quantity.is_zero());
    Ok(rows)
}
