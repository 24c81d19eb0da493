//! Finding what a user names, and what they may have meant.

use crate::domain::{DomainError, Portfolio, PortfolioName, Stock, Symbol};
use crate::store::{Book, StoreError, UnitOfWork};

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
