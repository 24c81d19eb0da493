//! What the money put in has earned.

mod figures;
mod gathering;
mod market_value;
mod performance;
mod scoped;

use std::collections::BTreeMap;

use crate::app::AppError;
use crate::store::Reader;

pub use figures::{FlowKind, Flows, Rate, ReturnFlow, Returns, ReturnsFilter, Scope};
use gathering::{Holding, gather};
pub use performance::{PeriodReturns, performance};
use scoped::of_scope;

/// Hands over the returns of positions, of portfolios and in total, each in one currency; in this order.
///
/// # Errors
/// If the stock or portfolio is unknown, if a sum gets too large, if the book cannot be read, or as `take`
/// fails.
pub fn for_each_return(
    reader: Reader<'_>,
    filter: &ReturnsFilter,
    take: &mut dyn FnMut(&Returns) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let holdings = gather(reader, filter)?;
    let mut scopes: BTreeMap<(Scope, &str), Vec<&Holding>> = BTreeMap::new();
    for holding in holdings.iter().filter(|holding| holding.is_wanted) {
        let portfolio = holding.portfolio.clone();
        for scope in
            [Scope::Position(portfolio.clone(), holding.symbol.clone()), Scope::Portfolio(portfolio), Scope::Total]
        {
            scopes.entry((scope, holding.currency.code())).or_default().push(holding);
        }
    }
    let mut portfolios: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, currency) in scopes.keys().filter(|(scope, _)| matches!(scope, Scope::Portfolio(_))) {
        let count = portfolios.entry(currency).or_default();
        *count = count.saturating_add(1);
    }
    // Where all of a currency is in one portfolio, the total is what that earned.
    let mut only_ones: BTreeMap<&str, Returns> = BTreeMap::new();
    for ((scope, currency), holdings) in &scopes {
        let known = if *scope == Scope::Total { only_ones.remove(currency) } else { None };
        let returns = match known {
            Some(returns) => Some(Returns { scope: Scope::Total, ..returns }),
            None => of_scope(scope.clone(), holdings, filter)?,
        };
        let Some(returns) = returns else { continue };
        take(&returns)?;
        if matches!(scope, Scope::Portfolio(_)) && portfolios.get(currency) == Some(&1) {
            only_ones.insert(currency, returns);
        }
    }
    Ok(())
}
