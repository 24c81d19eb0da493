//! What a broker says is held, against the book.

mod causes;
mod positions;
mod request;

use std::collections::BTreeMap;

use super::{AppError, HoldingsFilter, holdings, known_portfolio};
use crate::domain::{Currency, Figure, Money, PortfolioName, Symbol, TooLarge};
use crate::formats::CurrencyMark;
use crate::store::Reader;
pub use causes::{Explanation, MissingEntry};
use causes::{Sides, causes};
pub use request::ReconcileRequest;

/// A stock on both sides.
#[derive(Debug, Clone)]
pub struct Reconciled {
    /// The portfolio; none where the file is of several.
    pub portfolio: Option<PortfolioName>,
    /// The stock.
    pub symbol: Symbol,
    /// Its currency, where either side knows it.
    pub currency: Option<Currency>,
    /// Shares by the book.
    pub book_quantity: Figure,
    /// Shares by the file.
    pub file_quantity: Figure,
    /// What the file has more than the book.
    pub difference: Figure,
    /// What the shares cost by the book.
    pub book_cost: Money,
    /// What they cost by the file, where it says so.
    pub file_cost: Option<Money>,
    /// Whether they are the same number of shares.
    pub agrees: bool,
    /// What would explain the difference, the most likely first.
    pub causes: Vec<Explanation>,
}

type Key = (Option<PortfolioName>, Symbol);

/// The stocks of the file and of the portfolios that it is of, by portfolio and symbol.
///
/// # Errors
/// If the portfolio is unknown, if the file cannot be read or tells no positions, or if the book cannot be read.
pub fn reconcile(reader: Reader<'_>, request: &ReconcileRequest<'_>) -> Result<Vec<Reconciled>, AppError> {
    request.portfolio.as_ref().map(|name| known_portfolio(reader, name)).transpose()?;
    let told = positions::read(request)?;
    let known: Vec<PortfolioName> =
        reader.portfolios().all()?.iter().map(|portfolio| portfolio.name().clone()).collect();
    // Accounts that the book calls otherwise say nothing.
    let is_by_portfolio = request.portfolio.is_none()
        && told.iter().all(|row| row.portfolio.as_ref().is_some_and(|name| known.contains(name)));
    let scope = |name: &PortfolioName| if is_by_portfolio { Some(name.clone()) } else { request.portfolio.clone() };
    let mut sides: BTreeMap<Key, Sides> = BTreeMap::new();
    for row in told.iter().filter(|row| !row.quantity.is_zero()) {
        let symbol =
            reader.stocks().find(&row.symbol)?.map_or_else(|| row.symbol.clone(), |it| it.profile().symbol.clone());
        let portfolio = row.portfolio.as_ref().and_then(scope).or_else(|| request.portfolio.clone());
        let sides = sides.entry((portfolio, symbol)).or_default();
        sides.file_quantity = sides.file_quantity.plus(row.quantity)?;
        sides.file_cost = match (sides.is_in_file, sides.file_cost, row.cost) {
            (true, Some(sum), Some(cost)) => Some(sum.plus(cost)?),
            (true, ..) => None,
            (false, _, cost) => cost,
        };
        sides.is_in_file = true;
        if let (None, Some(CurrencyMark::Code(code))) = (sides.currency, row.currency) {
            sides.currency = Some(code);
        }
    }
    let as_of = Some(request.date);
    let filter =
        HoldingsFilter { portfolios: request.portfolio.iter().cloned().collect(), as_of, ..HoldingsFilter::default() };
    for row in holdings(reader, &filter)? {
        let is_in_file = |key: &Key| sides.keys().any(|(portfolio, _)| *portfolio == key.0);
        let key = (scope(&row.portfolio), row.symbol.clone());
        // A file of some portfolios says nothing of the others.
        if is_by_portfolio && !is_in_file(&key) {
            continue;
        }
        let sides = sides.entry(key).or_default();
        sides.book_quantity = sides.book_quantity.plus(Figure::from(&row.quantity))?;
        sides.book_cost = sides.book_cost.plus(row.cost_basis)?;
        sides.price = row.valuation.price.or(sides.price);
        sides.currency = Some(row.currency);
        sides.holders.push(row.portfolio);
    }
    sides.into_iter().map(|(key, sides)| Ok(compared(key, &sides, request)?)).collect()
}

fn compared((portfolio, symbol): Key, sides: &Sides, request: &ReconcileRequest<'_>) -> Result<Reconciled, TooLarge> {
    let difference = sides.difference()?;
    let agrees = difference.abs() <= request.tolerance;
    Ok(Reconciled {
        causes: if agrees { Vec::new() } else { causes(sides, &symbol, portfolio.as_ref(), request)? },
        portfolio,
        symbol,
        currency: sides.currency,
        book_quantity: sides.book_quantity,
        file_quantity: sides.file_quantity,
        difference,
        book_cost: sides.book_cost,
        file_cost: sides.file_cost,
        agrees,
    })
}
