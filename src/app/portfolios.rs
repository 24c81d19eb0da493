//! Adding portfolios.

use crate::domain::{CostBasisMethod, Portfolio, PortfolioId, PortfolioName};
use crate::store::UnitOfWork;

/// A portfolio to be added.
#[derive(Debug, Clone)]
pub struct AddPortfolio {
    /// The id that it gets if it is new.
    pub fresh_id: PortfolioId,
    /// Its name.
    pub name: PortfolioName,
    /// How it matches sales to lots; first in, first out unless given.
    pub cost_basis_method: Option<CostBasisMethod>,
}

/// Adds a portfolio, or confirms that it is there.
///
/// # Errors
/// If there is another one of this name, or if the book cannot be read or written.
pub fn add_portfolio(unit: &mut UnitOfWork<'_>, request: &AddPortfolio) -> anyhow::Result<Portfolio> {
    if let Some(portfolio) = unit.portfolio(&request.name)? {
        // Only what was given is compared.
        portfolio.confirm(request.cost_basis_method.unwrap_or(portfolio.cost_basis_method()))?;
        return Ok(portfolio);
    }
    let mut portfolio =
        Portfolio::create(request.fresh_id, request.name.clone(), request.cost_basis_method.unwrap_or_default());
    unit.save(&mut portfolio)?;
    Ok(portfolio)
}
