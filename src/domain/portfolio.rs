//! Portfolios.

use super::{
    AggregateRoot, CostBasisMethod, CostBasisMethodChangedEvent, DomainError, DomainEvent, PortfolioCreatedEvent,
    PortfolioEditedEvent, PortfolioId, PortfolioName, PortfolioRemovedEvent, RaisedEvents, Stream, Version,
};

/// A named group of positions with one cost basis method.
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

    /// Accepts a repeated request to create it.
    ///
    /// # Errors
    /// [`DomainError::PortfolioExists`] if the request describes another portfolio.
    pub fn confirm(&self, method: CostBasisMethod) -> Result<(), DomainError> {
        if method == self.method {
            return Ok(());
        }
        Err(DomainError::PortfolioExists { name: self.name.clone(), differs: "cost basis method" })
    }

    /// Changes the cost basis method, unless it is the same; the positions must then be rebuilt. Raises
    /// [`CostBasisMethodChangedEvent`].
    pub fn set_cost_basis_method(&mut self, method: CostBasisMethod) {
        if method == self.method {
            return;
        }
        let (portfolio_id, name, old_method) = (self.id, self.name.clone(), self.method);
        let changed = CostBasisMethodChangedEvent { portfolio_id, name, old_method, new_method: method };
        self.method = method;
        self.raise_event(DomainEvent::CostBasisMethodChanged(changed));
    }

    /// Renames the portfolio, unless the name is the same. Raises [`PortfolioEditedEvent`]. The caller
    /// checks that no other portfolio has the name.
    pub fn rename(&mut self, name: PortfolioName) {
        if name == self.name {
            return;
        }
        self.name = name.clone();
        self.raise_event(DomainEvent::PortfolioEdited(PortfolioEditedEvent { portfolio_id: self.id, name }));
    }

    /// Removes the portfolio. The caller checks that nothing that counts refers to it. Raises
    /// [`PortfolioRemovedEvent`].
    pub fn remove(&mut self) {
        let removed = PortfolioRemovedEvent { portfolio_id: self.id, name: self.name.clone() };
        self.raise_event(DomainEvent::PortfolioRemoved(removed));
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

    /// Its cost basis method.
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_repeated_request_is_confirmed_and_another_refused() {
        let id = PortfolioId::new(Uuid::nil());
        let portfolio = Portfolio::create(id, PortfolioName::main(), CostBasisMethod::Fifo);
        assert_eq!(portfolio.confirm(CostBasisMethod::Fifo), Ok(()));
        let refused = portfolio.confirm(CostBasisMethod::Lifo).unwrap_err();
        assert!(matches!(refused, DomainError::PortfolioExists { .. }), "{refused}");
    }
}
