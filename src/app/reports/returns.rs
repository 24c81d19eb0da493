//! What the money put in has earned.

mod figures;
mod gathering;
mod market_value;
mod scoped;

use std::collections::BTreeMap;

use crate::store::Book;

pub use figures::{FlowKind, Flows, Rate, ReturnFlow, Returns, ReturnsFilter, Scope};
use gathering::{Holding, gather};
use scoped::of_scope;

/// The returns of positions, of portfolios and in total, each in one currency; in this order.
///
/// # Errors
/// If the stock or portfolio is unknown, if a sum gets too large, or if the book cannot be read.
pub fn returns(book: &Book, filter: &ReturnsFilter) -> anyhow::Result<Vec<Returns>> {
    let holdings = gather(book, filter)?;
    let mut scopes: BTreeMap<(Scope, &str), Vec<&Holding>> = BTreeMap::new();
    for holding in holdings.iter().filter(|holding| holding.is_wanted) {
        let portfolio = holding.portfolio.clone();
        for scope in
            [Scope::Position(portfolio.clone(), holding.symbol.clone()), Scope::Portfolio(portfolio), Scope::Total]
        {
            scopes.entry((scope, holding.currency.code())).or_default().push(holding);
        }
    }
    let mut all: Vec<Returns> = Vec::new();
    for ((scope, currency), holdings) in &scopes {
        let is_portfolio = |scope: &Scope, of: &str| matches!(scope, Scope::Portfolio(_)) && of == *currency;
        let is_all = *scope == Scope::Total && scopes.keys().filter(|(it, of)| is_portfolio(it, of)).count() == 1;
        if is_all {
            // Where all is in one portfolio, the total is what that earned.
            let portfolio = all.iter().rfind(|it| is_portfolio(&it.scope, it.currency.code()));
            all.extend(portfolio.map(|it| Returns { scope: Scope::Total, ..it.clone() }));
        } else {
            all.extend(of_scope(scope.clone(), holdings, filter)?);
        }
    }
    Ok(all)
}
