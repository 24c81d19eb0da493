//! Compares the positions that a broker reports with the book.

mod causes;
mod conversions;
mod positions;
mod request;

use std::collections::BTreeMap;

use super::{AppError, HoldingsFilter, UpdatePrice, holdings, known_portfolio, update_price};
use crate::domain::{Currency, Day, Figure, Money, PortfolioName, Price, Symbol, TooLarge};
use crate::formats::CurrencyMark;
use crate::store::{Reader, UnitOfWork};
pub use causes::{Explanation, MissingEntry, MovedCost};
use causes::{Sides, causes};
pub use request::ReconcileRequest;

/// A stock in the book and in the file.
#[derive(Debug, Clone)]
pub struct Reconciled {
    /// The portfolio; `None` if the file contains several.
    pub portfolio: Option<PortfolioName>,
    /// The stock.
    pub symbol: Symbol,
    /// Its currency, if either side states it.
    pub currency: Option<Currency>,
    /// Shares in the book.
    pub book_quantity: Figure,
    /// Shares in the file.
    pub file_quantity: Figure,
    /// Shares in the file less those in the book.
    pub difference: Figure,
    /// The cost of the shares in the book.
    pub book_cost: Money,
    /// Their cost in the file, if it is stated there.
    pub file_cost: Option<Money>,
    /// The price of a share in the file, if it is stated there.
    pub file_price: Option<Price>,
    /// Whether the numbers of shares agree, within the tolerance.
    pub agrees: bool,
    /// Possible explanations of the difference, the most likely first.
    pub causes: Vec<Explanation>,
}

type Key = (Option<PortfolioName>, Symbol);

/// Compares the stocks of the file and of its portfolios, by portfolio and symbol.
///
/// # Errors
/// If the portfolio is unknown, if the file cannot be read or has no positions, or if the book cannot be read.
pub fn reconcile(reader: Reader<'_>, request: &ReconcileRequest<'_>) -> Result<Vec<Reconciled>, AppError> {
    request.portfolio.as_ref().map(|name| known_portfolio(reader, name)).transpose()?;
    let stated = positions::read(request)?;
    let known: Vec<PortfolioName> =
        reader.portfolios().all()?.iter().map(|portfolio| portfolio.name().clone()).collect();
    // Account names that are unknown to the book are ignored.
    let is_by_portfolio = request.portfolio.is_none()
        && stated.iter().all(|row| row.portfolio.as_ref().is_some_and(|name| known.contains(name)));
    let scope = |name: &PortfolioName| if is_by_portfolio { Some(name.clone()) } else { request.portfolio.clone() };
    let mut sides: BTreeMap<Key, Sides> = BTreeMap::new();
    for row in stated.iter().filter(|row| !row.quantity.is_zero()) {
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
        sides.file_price = sides.file_price.or(row.price);
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
        // A file about some portfolios says nothing about the others.
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
    let mut converted = conversions::conversions(&sides, request);
    let compare = |(key, sides): (Key, Sides)| {
        let conversion = converted.remove(&key);
        let mut row = compared(key, &sides, request)?;
        // An explanation for two stocks comes before one for a single stock, unless its cash or costs are
        // guessed.
        let is_guessed = |it: &Explanation| it.entries.iter().any(MissingEntry::is_guessed);
        let at = if conversion.as_ref().is_some_and(is_guessed) { row.causes.len() } else { 0 };
        row.causes.splice(at..at, conversion);
        Ok(row)
    };
    sides.into_iter().map(compare).collect()
}

/// Records the prices in the file as prices of a day, for stocks of the book that are traded in the
/// file's currency. Returns how many were recorded.
///
/// # Errors
/// If the book cannot be read or written.
pub fn record_closing_prices(unit: &mut UnitOfWork<'_>, rows: &[Reconciled], date: Day) -> Result<u64, AppError> {
    let mut recorded = 0_u64;
    for row in rows {
        let (Some(price), Some(stock)) = (row.file_price, unit.reader().stocks().find(&row.symbol)?) else { continue };
        let known = unit.reader().prices().in_force(&stock, date, date)?;
        let is_known = known.is_some_and(|known| (known.date, known.price) == (date, price));
        if !is_known && row.currency.is_none_or(|currency| currency == stock.profile().currency) {
            update_price(unit, &UpdatePrice { symbol: row.symbol.clone(), date, price })?;
            recorded = recorded.saturating_add(1);
        }
    }
    Ok(recorded)
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
        file_price: sides.file_price,
        agrees,
    })
}
