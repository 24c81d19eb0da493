//! Parts of refusals.

use super::DomainError;
use crate::domain::{PortfolioName, Shares, Symbol, TooLarge, TransactionId};

/// The purpose of a look-up that found nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To record something: what is missing can be added.
    Recording,
    /// To read: what is missing cannot be shown.
    Reading,
}

impl DomainError {
    pub(crate) fn too_large(figure: &'static str, symbol: &Symbol) -> impl FnOnce(TooLarge) -> Self + use<> {
        let symbol = symbol.clone();
        move |TooLarge| Self::TooLarge { figure, symbol }
    }
}

/// The first ids, and how many more there are.
pub(super) fn listed(ids: &[TransactionId], count: u64) -> String {
    let listed = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match count.saturating_sub(u64::try_from(ids.len()).unwrap_or(u64::MAX)) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

pub(super) fn in_portfolio(portfolio: Option<&PortfolioName>) -> String {
    portfolio.map(|name| format!(" in portfolio {name}")).unwrap_or_default()
}

/// The portfolios, each with its shares: `ira (10 shares), main (5)`.
pub(super) fn with_shares(holders: &[(PortfolioName, Shares)]) -> String {
    let told = holders.iter().enumerate().map(|(n, (name, shares))| match n {
        0 => format!("{name} ({shares} shares)"),
        _ => format!("{name} ({shares})"),
    });
    told.collect::<Vec<_>>().join(", ")
}
