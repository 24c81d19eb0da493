//! Portfolios.

use std::fmt;
use std::str::FromStr;

use super::text::serde_by_text;
use super::{
    AggregateRoot, DomainError, DomainEvent, PortfolioCreatedEvent, PortfolioId, PortfolioName, RaisedEvents, Stream,
    ValueError, Version,
};

/// How a portfolio matches its sales to lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum CostBasisMethod {
    /// First in, first out: the oldest lot leaves first.
    #[default]
    Fifo,
}

impl fmt::Display for CostBasisMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Fifo => "fifo",
        })
    }
}

impl FromStr for CostBasisMethod {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "fifo" => Ok(Self::Fifo),
            _ => Err(ValueError::new(
                "cost basis method",
                "invalid_cost_basis",
                text,
                "is not one that this version knows: fifo",
            )),
        }
    }
}

serde_by_text!(CostBasisMethod);

/// A named group of positions with one rule for matching sales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolio {
    id: PortfolioId,
    name: PortfolioName,
    method: CostBasisMethod,
    raised: RaisedEvents,
}

impl Portfolio {
    /// A new portfolio. Raises [`PortfolioCreatedEvent`].
    #[must_use]
    pub fn create(id: PortfolioId, name: PortfolioName, method: CostBasisMethod) -> Self {
        let created = PortfolioCreatedEvent { portfolio_id: id, name: name.clone(), cost_basis_method: method };
        let mut portfolio = Self::restore(id, name, method, 0);
        portfolio.raise_event(DomainEvent::PortfolioCreated(created));
        portfolio
    }

    /// A portfolio as it was stored.
    #[must_use]
    pub fn restore(id: PortfolioId, name: PortfolioName, method: CostBasisMethod, version: Version) -> Self {
        Self { id, name, method, raised: RaisedEvents::after(version) }
    }

    /// Accepts the repetition of its creation.
    ///
    /// # Errors
    /// [`DomainError::PortfolioExists`] if what is asked for now is another portfolio.
    pub fn confirm(&self, method: CostBasisMethod) -> Result<(), DomainError> {
        if method == self.method {
            return Ok(());
        }
        Err(DomainError::PortfolioExists { name: self.name.clone(), differs: "cost basis method" })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> PortfolioId {
        self.id
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &PortfolioName {
        &self.name
    }

    /// How it matches sales to lots.
    #[must_use]
    pub fn cost_basis_method(&self) -> CostBasisMethod {
        self.method
    }
}

impl AggregateRoot for Portfolio {
    fn stream(&self) -> Stream {
        Stream::Portfolio(self.id)
    }

    fn raised(&mut self) -> &mut RaisedEvents {
        &mut self.raised
    }
}
