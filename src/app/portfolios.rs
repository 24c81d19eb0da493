//! Adding and renaming portfolios, and changing their cost basis methods.

use super::rematch::{Cause, rematch};
use super::{AppError, known_portfolio};
use crate::domain::{CostBasisMethod, DomainError, Portfolio, PortfolioId, PortfolioName, RematchedSale};
use crate::store::UnitOfWork;

/// A request to add a portfolio.
#[derive(Debug, Clone)]
pub struct AddPortfolio {
    /// The id that it gets if it is new.
    pub fresh_id: PortfolioId,
    /// Its name.
    pub name: PortfolioName,
    /// Its cost basis method; first in, first out unless given.
    pub cost_basis_method: Option<CostBasisMethod>,
}

/// Adds a portfolio, or confirms that it exists.
///
/// # Errors
/// If another one has this name, or if the book cannot be read or written.
pub fn add_portfolio(unit: &mut UnitOfWork<'_>, request: &AddPortfolio) -> Result<Portfolio, AppError> {
    if let Some(portfolio) = unit.reader().portfolios().find(&request.name)? {
        // Only what was given is compared.
        portfolio.confirm(request.cost_basis_method.unwrap_or(portfolio.cost_basis_method()))?;
        return Ok(portfolio);
    }
    let mut portfolio =
        Portfolio::create(request.fresh_id, request.name.clone(), request.cost_basis_method.unwrap_or_default());
    unit.save(&mut portfolio)?;
    Ok(portfolio)
}

/// Renames a portfolio.
///
/// # Errors
/// If the portfolio is unknown, if another one has the name, or if the book cannot be read or written.
pub fn rename_portfolio(
    unit: &mut UnitOfWork<'_>,
    name: &PortfolioName,
    wanted: &PortfolioName,
) -> Result<Portfolio, AppError> {
    let other = unit.reader().portfolios().find(wanted)?;
    // It has already been renamed.
    if unit.reader().portfolios().find(name)?.is_none()
        && let Some(portfolio) = &other
        && unit.reader().portfolios().had_name(portfolio, name)?
    {
        return Ok(portfolio.clone());
    }
    let mut portfolio = known_portfolio(unit.reader(), name)?;
    if other.is_some_and(|other| other.id() != portfolio.id()) {
        return Err(DomainError::PortfolioExists { name: wanted.clone(), differs: "history" }.into());
    }
    portfolio.rename(wanted.clone());
    unit.save(&mut portfolio)?;
    Ok(portfolio)
}

/// A portfolio whose cost basis method was changed.
#[derive(Debug, Clone)]
pub struct MethodChange {
    /// The portfolio.
    pub portfolio: Portfolio,
    /// The former method.
    pub old_method: CostBasisMethod,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Changes the cost basis method of a portfolio and matches its whole history anew. If it already has that
/// method, nothing is recorded.
///
/// # Errors
/// If the portfolio is unknown, if an entry would no longer be possible, or if the book cannot be read
/// or written.
pub fn set_cost_basis(
    unit: &mut UnitOfWork<'_>,
    name: &PortfolioName,
    method: CostBasisMethod,
) -> Result<MethodChange, AppError> {
    let mut portfolio = known_portfolio(unit.reader(), name)?;
    let old_method = portfolio.cost_basis_method();
    let mut rematched = Vec::new();
    if method != old_method {
        portfolio.set_cost_basis_method(method);
        unit.save(&mut portfolio)?;
        let cause = Cause { id: portfolio.id().uuid(), from_date: None };
        let held = unit.reader().stocks().held_in(&portfolio)?;
        let places: Vec<_> = held.into_iter().map(|stock| (portfolio.clone(), stock)).collect();
        rematched.extend(rematch(unit, &places, cause)?.sales);
    }
    Ok(MethodChange { portfolio, old_method, rematched })
}
