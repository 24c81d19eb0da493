//! Stocks and their prices.

use super::{
    AggregateRoot, CompanyName, Currency, Day, DomainError, DomainEvent, Industry, Portfolio, PositionKey, Price,
    RaisedEvents, Sector, SplitTerms, StockCreatedEvent, StockId, StockPriceUpdatedEvent, StockSplitEvent, Stream,
    Symbol, TransactionId, TransactionVoidedEvent, Version,
};

/// What is known of a stock besides its prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockProfile {
    /// The symbol under which it is traded; no two stocks have the same.
    pub symbol: Symbol,
    /// Its company.
    pub company_name: CompanyName,
    /// The company's sector.
    pub sector: Option<Sector>,
    /// The company's industry.
    pub industry: Option<Industry>,
    /// The currency of its prices and trades.
    pub currency: Currency,
}

/// A price with the day that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceInForce {
    /// The day.
    pub date: Day,
    /// The price.
    pub price: Price,
}

/// A share that can be traded, with the prices that were recorded for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    id: StockId,
    profile: StockProfile,
    raised: RaisedEvents,
}

impl Stock {
    /// A new stock. Raises [`StockCreatedEvent`].
    #[must_use]
    pub fn create(id: StockId, profile: StockProfile) -> Self {
        let StockProfile { symbol, company_name, sector, industry, currency } = profile.clone();
        let created = StockCreatedEvent { stock_id: id, symbol, company_name, sector, industry, currency };
        let mut stock = Self::restore(id, profile, 0);
        stock.raise_event(DomainEvent::StockCreated(created));
        stock
    }

    /// A stock as it was stored.
    #[must_use]
    pub fn restore(id: StockId, profile: StockProfile, version: Version) -> Self {
        Self { id, profile, raised: RaisedEvents::after(version) }
    }

    /// Accepts the repetition of its creation.
    ///
    /// # Errors
    /// [`DomainError::SymbolExists`] if what is asked for now is another stock.
    pub fn confirm(&self, profile: &StockProfile) -> Result<(), DomainError> {
        let differs = if profile.company_name != self.profile.company_name {
            "company name"
        } else if profile.sector != self.profile.sector {
            "sector"
        } else if profile.industry != self.profile.industry {
            "industry"
        } else if profile.currency != self.profile.currency {
            "currency"
        } else {
            return Ok(());
        };
        Err(DomainError::SymbolExists { symbol: self.profile.symbol.clone(), differs })
    }

    /// Records the price of a day, replacing the one that it may have. Raises
    /// [`StockPriceUpdatedEvent`], unless the day has this very price already.
    ///
    /// `in_force` is the latest price up to and including that day.
    pub fn update_price(&mut self, date: Day, price: Price, in_force: Option<PriceInForce>) {
        if in_force == Some(PriceInForce { date, price }) {
            return;
        }
        let old_price = in_force.map(|old| old.price);
        let updated = StockPriceUpdatedEvent {
            stock_id: self.id,
            symbol: self.profile.symbol.clone(),
            price_date: date,
            old_price,
            new_price: price,
            change_percentage: old_price.and_then(|old| price.change_from(old)),
        };
        self.raise_event(DomainEvent::StockPriceUpdated(updated));
    }

    /// The position of the stock in a portfolio, by its name.
    #[must_use]
    pub fn position_in(&self, portfolio: &Portfolio) -> PositionKey {
        PositionKey {
            portfolio_id: portfolio.id(),
            portfolio: portfolio.name().clone(),
            stock_id: self.id,
            symbol: self.profile.symbol.clone(),
            currency: self.profile.currency,
        }
    }

    /// Splits its shares, effective before the trades of a day. Raises [`StockSplitEvent`].
    pub fn split(&mut self, split_id: TransactionId, effective_date: Day, terms: SplitTerms) {
        let (stock_id, symbol) = (self.id, self.profile.symbol.clone());
        let split = StockSplitEvent { split_id, stock_id, symbol, effective_date, terms };
        self.raise_event(DomainEvent::StockSplit(split));
    }

    /// Takes one of its splits back. Raises [`TransactionVoidedEvent`].
    pub fn void(&mut self, voided: TransactionVoidedEvent) {
        self.raise_event(DomainEvent::TransactionVoided(voided));
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> StockId {
        self.id
    }

    /// What is known of it.
    #[must_use]
    pub fn profile(&self) -> &StockProfile {
        &self.profile
    }
}

impl AggregateRoot for Stock {
    fn stream(&self) -> Stream {
        Stream::Stock(self.id)
    }

    fn raised(&mut self) -> &mut RaisedEvents {
        &mut self.raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acme() -> Stock {
        let profile = StockProfile {
            symbol: "ACME".parse().unwrap(),
            company_name: "Acme Corporation".parse().unwrap(),
            sector: None,
            industry: None,
            currency: Currency::USD,
        };
        Stock::restore(StockId::new(uuid::Uuid::from_u128(1)), profile, 1)
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn price(text: &str) -> Price {
        text.parse().unwrap()
    }

    #[test]
    fn a_first_price_has_no_old_one_and_no_change() {
        let mut stock = acme();
        stock.update_price(day("2024-01-02"), price("90"), None);
        let [DomainEvent::StockPriceUpdated(event)] = &stock.pull_events().1[..] else { panic!() };
        assert_eq!((event.old_price, event.change_percentage), (None, None));
    }

    #[test]
    fn an_old_price_of_zero_gives_no_percentage() {
        let mut stock = acme();
        let old = PriceInForce { date: day("2024-01-01"), price: price("0") };
        stock.update_price(day("2024-01-02"), price("90"), Some(old));
        let [DomainEvent::StockPriceUpdated(event)] = &stock.pull_events().1[..] else { panic!() };
        assert_eq!((event.old_price, event.change_percentage), (Some(price("0")), None));
    }

    #[test]
    fn the_same_price_for_the_same_day_is_no_news_but_for_another_day_it_is() {
        let mut stock = acme();
        let old = PriceInForce { date: day("2024-01-01"), price: price("90") };
        stock.update_price(day("2024-01-01"), price("90"), Some(old));
        assert_eq!(stock.pull_events().1, []);
        stock.update_price(day("2024-01-02"), price("90"), Some(old));
        assert_eq!(stock.pull_events().1.len(), 1);
    }

    #[test]
    fn another_stock_under_the_same_symbol_is_refused_by_what_differs() {
        let stock = acme();
        assert_eq!(stock.confirm(stock.profile()), Ok(()));
        let other = StockProfile { currency: "EUR".parse().unwrap(), ..stock.profile().clone() };
        let error = stock.confirm(&other).unwrap_err();
        assert_eq!(error.to_string(), "stock ACME exists with another currency");
    }
}
