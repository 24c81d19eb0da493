//! Finding what a user names, and what they may have meant.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::domain::{DomainError, ExternalId, Portfolio, PortfolioName, Stock, Symbol, TransactionId};
use crate::store::{Book, IdsFound, StoreError, UnitOfWork};

/// What a stock or portfolio can be looked up in.
pub trait Catalogue {
    /// The stock with this symbol.
    ///
    /// # Errors
    /// If the book cannot be read.
    fn stock(&self, symbol: &Symbol) -> Result<Option<Stock>, StoreError>;
    /// All symbols.
    ///
    /// # Errors
    /// If the book cannot be read.
    fn symbols(&self) -> Result<Vec<Symbol>, StoreError>;
    /// The portfolio of this name.
    ///
    /// # Errors
    /// If the book cannot be read.
    fn portfolio(&self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError>;
    /// All names of portfolios.
    ///
    /// # Errors
    /// If the book cannot be read.
    fn portfolio_names(&self) -> Result<Vec<PortfolioName>, StoreError>;
    /// The ids of transactions and splits from one UUID to another.
    ///
    /// # Errors
    /// If the book cannot be read.
    fn ids_between(&self, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError>;
    /// A transaction itself or, where another took its place, that one.
    ///
    /// # Errors
    /// If the book cannot be read.
    fn current(&self, id: TransactionId) -> Result<TransactionId, StoreError>;
}

macro_rules! catalogue {
    ($type:ty) => {
        impl Catalogue for $type {
            fn stock(&self, symbol: &Symbol) -> Result<Option<Stock>, StoreError> {
                self.stock(symbol)
            }

            fn symbols(&self) -> Result<Vec<Symbol>, StoreError> {
                self.symbols()
            }

            fn portfolio(&self, name: &PortfolioName) -> Result<Option<Portfolio>, StoreError> {
                self.portfolio(name)
            }

            fn portfolio_names(&self) -> Result<Vec<PortfolioName>, StoreError> {
                self.portfolio_names()
            }

            fn ids_between(&self, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError> {
                self.ids_between(first, last)
            }

            fn current(&self, id: TransactionId) -> Result<TransactionId, StoreError> {
                self.current(id)
            }
        }
    };
}

catalogue!(Book);
catalogue!(UnitOfWork<'_>);

/// The stock with this symbol.
///
/// # Errors
/// [`DomainError::UnknownSymbol`] with the nearest known ones; or if the book cannot be read.
pub fn known_stock(catalogue: &impl Catalogue, symbol: &Symbol) -> anyhow::Result<Stock> {
    match catalogue.stock(symbol)? {
        Some(stock) => Ok(stock),
        None => Err(unknown_symbol(catalogue, symbol)?.into()),
    }
}

/// The symbol that the stock has now which has, or had, this one.
///
/// # Errors
/// As [`known_stock`].
pub fn listed_symbol(catalogue: &impl Catalogue, symbol: &Symbol) -> anyhow::Result<Symbol> {
    Ok(known_stock(catalogue, symbol)?.profile().symbol.clone())
}

/// The portfolio of this name.
///
/// # Errors
/// [`DomainError::UnknownPortfolio`] with the known ones; or if the book cannot be read.
pub fn known_portfolio(catalogue: &impl Catalogue, name: &PortfolioName) -> anyhow::Result<Portfolio> {
    match catalogue.portfolio(name)? {
        Some(portfolio) => Ok(portfolio),
        None => Err(unknown_portfolio(catalogue, name)?.into()),
    }
}

/// The transaction or split that a user names: by its id, by at least six characters with which no
/// other id begins, or by the reference under which it was recorded, in `portfolio` or in any.
///
/// # Errors
/// [`DomainError::UnknownId`] or [`DomainError::AmbiguousId`]; or if the book cannot be read.
pub fn known_record(
    catalogue: &impl Catalogue,
    id: &ExternalId,
    portfolio: Option<&Portfolio>,
) -> anyhow::Result<TransactionId> {
    let portfolios = match portfolio {
        Some(portfolio) => vec![portfolio.clone()],
        None => portfolios(catalogue)?,
    };
    found(catalogue, id, &portfolios)?.one(id)
}

/// The purchase that a user means by a lot in `portfolio`: as [`known_record`], and if its reference is not
/// known there, the one that was recorded under it where the lot may have come from. Of one that was
/// amended since it is the purchase in its place.
///
/// # Errors
/// As [`known_record`].
pub(super) fn known_lot(
    catalogue: &impl Catalogue,
    id: &ExternalId,
    portfolio: &Portfolio,
) -> anyhow::Result<TransactionId> {
    let own = found(catalogue, id, std::slice::from_ref(portfolio))?;
    let found = if own.count > 0 { own } else { found(catalogue, id, &portfolios(catalogue)?)? };
    Ok(catalogue.current(found.one(id)?)?)
}

fn portfolios(catalogue: &impl Catalogue) -> Result<Vec<Portfolio>, StoreError> {
    catalogue.portfolio_names()?.iter().filter_map(|name| catalogue.portfolio(name).transpose()).collect()
}

/// What has this id; else what was recorded under this reference in one of the portfolios; else what has an
/// id that begins like this.
fn found(catalogue: &impl Catalogue, id: &ExternalId, portfolios: &[Portfolio]) -> Result<IdsFound, StoreError> {
    let exact = |uuid: Uuid| catalogue.ids_between(uuid, uuid);
    if let ExternalId::Uuid(uuid) | ExternalId::Digits(uuid, _) = id {
        let found = exact(*uuid)?;
        if found.count > 0 {
            return Ok(found);
        }
    }
    let mut referred = BTreeSet::new();
    for id in portfolios.iter().filter_map(|portfolio| id.reference(portfolio.id())) {
        referred.extend(exact(id.uuid())?.ids);
    }
    match prefix_range(id).filter(|_| referred.is_empty()) {
        Some((first, last)) => catalogue.ids_between(first, last),
        None => Ok(IdsFound::few(referred)),
    }
}

impl IdsFound {
    /// The only one.
    fn one(self, id: &ExternalId) -> anyhow::Result<TransactionId> {
        match self.ids.as_slice() {
            [] => Err(DomainError::UnknownId { id: id.clone() }.into()),
            [one] if self.count == 1 => Ok(*one),
            _ => {
                let Self { ids: matches, count } = self;
                Err(DomainError::AmbiguousId { id: id.clone(), matches, count }.into())
            }
        }
    }
}

/// The first and the last UUID that begin with these hexadecimal digits, if there are enough.
fn prefix_range(id: &ExternalId) -> Option<(Uuid, Uuid)> {
    const ENOUGH: usize = 6;
    let ExternalId::Reference(text) = id else { return None };
    let digits: String = text.chars().filter(|character| *character != '-').collect();
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex || !(ENOUGH..=32).contains(&digits.len()) {
        return None;
    }
    let first = Uuid::try_parse(&format!("{digits:0<32}")).ok()?;
    let last = Uuid::try_parse(&format!("{digits:f<32}")).ok()?;
    Some((first, last))
}

pub(super) fn unknown_symbol(catalogue: &impl Catalogue, symbol: &Symbol) -> Result<DomainError, StoreError> {
    let nearest = nearest(symbol, catalogue.symbols()?);
    Ok(DomainError::UnknownSymbol { symbol: symbol.clone(), nearest })
}

pub(super) fn unknown_portfolio(catalogue: &impl Catalogue, name: &PortfolioName) -> Result<DomainError, StoreError> {
    Ok(DomainError::UnknownPortfolio { name: name.clone(), known: catalogue.portfolio_names()? })
}

/// At most three symbols that a slip of the fingers away from `symbol`, nearest first.
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
