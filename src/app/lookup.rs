//! Finds what a user names, or what they may have meant.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::AppError;
use crate::domain::{
    DomainError, ExternalId, Portfolio, PortfolioFilter, PortfolioName, Purpose, Stock, Symbol, TransactionId,
};
use crate::store::{IdsFound, Reader, StoreError, UnitOfWork};

/// The stock with this symbol.
///
/// # Errors
/// [`DomainError::UnknownSymbol`] with the nearest known ones; or if the book cannot be read.
pub fn known_stock(reader: Reader<'_>, symbol: &Symbol) -> Result<Stock, AppError> {
    match reader.stocks().find(symbol)? {
        Some(stock) => Ok(stock),
        None => Err(unknown_symbol(reader, symbol)?.into()),
    }
}

/// The present symbol of the stock that has, or had, this one.
///
/// # Errors
/// As [`known_stock`].
pub fn listed_symbol(reader: Reader<'_>, symbol: &Symbol) -> Result<Symbol, AppError> {
    Ok(known_stock(reader, symbol)?.profile().symbol.clone())
}

/// The portfolio of this name.
///
/// # Errors
/// [`DomainError::UnknownPortfolio`] with the known ones; or if the book cannot be read.
pub fn known_portfolio(reader: Reader<'_>, name: &PortfolioName) -> Result<Portfolio, AppError> {
    match reader.portfolios().find(name)? {
        Some(portfolio) => Ok(portfolio),
        None => Err(unknown_portfolio(reader, name)?.into()),
    }
}

/// The portfolio within which the [reference](ExternalId::Reference) of a corporate action is resolved to an
/// id: the one named; otherwise `main`, or the book's first portfolio where none is called that any more.
///
/// # Errors
/// As [`known_portfolio`].
pub(super) fn owner_of_references(reader: Reader<'_>, named: Option<&PortfolioName>) -> Result<Portfolio, AppError> {
    if let Some(name) = named {
        return known_portfolio(reader, name);
    }
    let main = reader.portfolios().find(&PortfolioName::main())?;
    let owner = main.map_or_else(|| reader.portfolios().first(), |main| Ok(Some(main)))?;
    owner.ok_or_else(|| AppError::damaged("there is no portfolio"))
}

/// Refuses a filter that names a portfolio which does not exist.
///
/// # Errors
/// As [`known_portfolio`].
pub fn known_portfolios(reader: Reader<'_>, filter: &PortfolioFilter) -> Result<(), AppError> {
    filter.names().iter().try_for_each(|name| known_portfolio(reader, name).map(drop))
}

/// The transaction or split that a user names: by its id, by at least six characters that no other id
/// begins with, or by the reference under which it was recorded, in `portfolio` or in any.
///
/// # Errors
/// [`DomainError::UnknownId`] or [`DomainError::AmbiguousId`]; or if the book cannot be read.
pub fn known_record(
    reader: Reader<'_>,
    id: &ExternalId,
    portfolio: Option<&Portfolio>,
) -> Result<TransactionId, AppError> {
    let portfolios = match portfolio {
        Some(portfolio) => vec![portfolio.clone()],
        None => reader.portfolios().all()?,
    };
    found(reader, id, &portfolios)?.one(id, reader)
}

/// The purchase that a user means by a lot in `portfolio`, found as by [`known_record`] or, if its reference
/// is unknown there, in the portfolios from which the lot may have come. A purchase that has been amended is
/// represented by its replacement.
///
/// # Errors
/// As [`known_record`].
pub(super) fn known_lot(reader: Reader<'_>, id: &ExternalId, portfolio: &Portfolio) -> Result<TransactionId, AppError> {
    let own = found(reader, id, std::slice::from_ref(portfolio))?;
    let found = if own.count > 0 { own } else { found(reader, id, &reader.portfolios().all()?)? };
    Ok(reader.records().current(found.one(id, reader)?)?)
}

/// Records with this id; or else, with this reference in one of the portfolios; or else, with an id that
/// begins with it.
fn found(reader: Reader<'_>, id: &ExternalId, portfolios: &[Portfolio]) -> Result<IdsFound, StoreError> {
    let exact = |uuid: Uuid| reader.records().ids_between(uuid, uuid);
    if let ExternalId::Uuid(uuid) | ExternalId::Digits(uuid, _) = id {
        let found = exact(*uuid)?;
        if found.count > 0 {
            return Ok(found);
        }
    }
    let mut referred = BTreeSet::new();
    for portfolio in portfolios.iter().map(Portfolio::id) {
        for id in [Some(id.as_text().resolve(portfolio)), id.reference(portfolio)].into_iter().flatten() {
            referred.extend(exact(id.uuid())?.ids);
        }
    }
    match prefix_range(id).filter(|_| referred.is_empty()) {
        Some((first, last)) => reader.records().ids_between(first, last),
        None => Ok(IdsFound::few(referred)),
    }
}

impl IdsFound {
    /// The id, if there is exactly one.
    fn one(self, id: &ExternalId, reader: Reader<'_>) -> Result<TransactionId, AppError> {
        match self.ids.as_slice() {
            [] => {
                let symbol = id.to_string().parse::<Symbol>().ok();
                let stock = symbol.map(|symbol| reader.stocks().find(&symbol)).transpose()?.flatten();
                let stock = stock.map(|stock| stock.profile().symbol.clone());
                Err(DomainError::UnknownId(id.clone(), stock).into())
            }
            [one] if self.count == 1 => Ok(*one),
            _ => {
                let Self { ids: matches, count } = self;
                Err(DomainError::AmbiguousId { id: id.clone(), matches, count }.into())
            }
        }
    }
}

/// The first and the last UUID that begin with what was typed, if that is long enough.
fn prefix_range(id: &ExternalId) -> Option<(Uuid, Uuid)> {
    const ENOUGH: usize = 6;
    let ExternalId::Reference(text) = id else { return None };
    range_of(text, ENOUGH)
}

/// The first and the last UUID that begin with these hexadecimal digits, if there are enough.
pub(super) fn range_of(text: &str, enough: usize) -> Option<(Uuid, Uuid)> {
    let digits: String = text.chars().filter(|character| *character != '-').collect();
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex || !(enough..=32).contains(&digits.len()) {
        return None;
    }
    let first = Uuid::try_parse(&format!("{digits:0<32}")).ok()?;
    let last = Uuid::try_parse(&format!("{digits:f<32}")).ok()?;
    Some((first, last))
}

pub(super) fn unknown_symbol(reader: Reader<'_>, symbol: &Symbol) -> Result<DomainError, StoreError> {
    let nearest = nearest(symbol, reader.stocks().symbols()?);
    Ok(DomainError::UnknownSymbol { symbol: symbol.clone(), nearest, purpose: purpose(reader) })
}

pub(super) fn unknown_portfolio(reader: Reader<'_>, name: &PortfolioName) -> Result<DomainError, StoreError> {
    unknown_holder(reader, name, Vec::new())
}

/// Like [`unknown_portfolio`], naming the portfolios that hold the stock.
pub(super) fn unknown_holder(
    reader: Reader<'_>,
    name: &PortfolioName,
    holders: Vec<PortfolioName>,
) -> Result<DomainError, StoreError> {
    let known = reader.portfolios().names()?;
    Ok(DomainError::UnknownPortfolio { name: name.clone(), known, holders, purpose: purpose(reader) })
}

fn purpose(reader: Reader<'_>) -> Purpose {
    if reader.is_recording() { Purpose::Recording } else { Purpose::Reading }
}

/// Adds to an error the portfolios that hold the shares that this one lacks.
pub(super) fn held_elsewhere(unit: &mut UnitOfWork<'_>, stock: &Stock, error: AppError) -> AppError {
    let AppError::Domain(refused) = &error else { return error };
    let DomainError::InsufficientQuantity { verb, symbol, portfolio, asked, held, date } = &**refused else {
        return error;
    };
    if !held.is_zero() {
        return error;
    }
    let mut elsewhere = Vec::new();
    for other in unit.reader().portfolios().holding(stock).unwrap_or_default() {
        // The error is reported even if this look-up fails.
        let is_held = unit.current_totals(&other, stock).is_ok_and(|totals| !totals.quantity.is_zero());
        if is_held && other.name() != portfolio {
            elsewhere.push(other.name().clone());
        }
    }
    if elsewhere.is_empty() {
        return error;
    }
    let (symbol, portfolio, asked) = (symbol.clone(), portfolio.clone(), asked.clone());
    DomainError::HeldElsewhere { verb, symbol, portfolio, asked, date: *date, elsewhere }.into()
}

/// At most three symbols that differ from `symbol` by a typing error, nearest first.
fn nearest(symbol: &Symbol, known: Vec<Symbol>) -> Vec<Symbol> {
    const SHOWN: usize = 3;
    let reach = symbol.as_str().len().div_ceil(2).min(2);
    let distance = |other: &Symbol| strsim::osa_distance(symbol.as_str(), other.as_str());
    let mut near: Vec<_> =
        known.into_iter().map(|other| (distance(&other), other)).filter(|(distance, _)| *distance <= reach).collect();
    near.sort();
    near.into_iter().take(SHOWN).map(|(_, symbol)| symbol).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_symbols_are_a_slip_away() {
        let known = ["AAPL", "MSFT", "APLE", "GOOG"].map(|text| text.parse().unwrap());
        let found = nearest(&"APPL".parse().unwrap(), known.to_vec());
        assert_eq!(found.iter().map(Symbol::as_str).collect::<Vec<_>>(), ["AAPL", "APLE"]);
        assert_eq!(nearest(&"TSLA".parse().unwrap(), known.to_vec()), []);
    }
}
