//! Cost basis methods that rows state for their portfolios.

use super::ImportRequest;
use super::stated_stocks::StatedStocks;
use crate::domain::shell_word;
use crate::store::{StoreError, UnitOfWork};

/// Sets the methods that rows state for portfolios without records. For each other portfolio with a different
/// method, returns a sentence saying so.
///
/// # Errors
/// If the book cannot be read or written.
pub(super) fn apply_methods(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    stated: &StatedStocks,
) -> Result<Vec<String>, StoreError> {
    let mut warnings = Vec::new();
    for (name, method) in stated.methods() {
        let name = name.unwrap_or(request.portfolio);
        let Some(mut portfolio) = unit.reader().portfolios().find(name)? else { continue };
        let known = portfolio.cost_basis_method();
        if known == method {
            continue;
        }
        if unit.flushed()?.portfolios().is_used(&portfolio)? {
            warnings.push(format!(
                "portfolio {name} matches sales to lots by {known}, and did by {method} where the rows come from; \
                 `stockbook set-cost-basis {} {method}` changes it",
                shell_word(name.as_str())
            ));
        } else {
            portfolio.set_cost_basis_method(method);
            unit.save(&mut portfolio)?;
        }
    }
    Ok(warnings)
}
