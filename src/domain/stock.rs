//! Stocks and their prices.

use super::{
    AggregateRoot, CompanyName, Currency, Day, DomainError, DomainEvent, Industry, Isin, Money, Note, Portfolio,
    PositionKey, PriceInForce, RaisedEvents, Rounding, Sector, SplitTerms, StockConvertedEvent, StockCreatedEvent,
    StockEditedEvent, StockId, StockPriceRemovedEvent, StockPriceUpdatedEvent, StockRemovedEvent, StockSplitEvent,
    Stream, Symbol, TransactionId, TransactionVoidedEvent, Version,
};

/// What is known about a stock other than its prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockProfile {
    /// The symbol under which it is traded, unique in the book.
    pub symbol: Symbol,
    /// Its company.
    pub company_name: CompanyName,
    /// The company's sector.
    pub sector: Option<Sector>,
    /// The company's industry.
    pub industry: Option<Industry>,
    /// The currency of its prices and trades.
    pub currency: Currency,
    /// Its ISIN.
    pub isin: Option<Isin>,
}

/// Changes to a stock. `None` leaves a member as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StockEdit {
    /// Another symbol; the stock can still be found by the old one, until another stock takes that.
    pub symbol: Option<Symbol>,
    /// Another company.
    pub company_name: Option<CompanyName>,
    /// Another sector.
    pub sector: Option<Sector>,
    /// Another industry.
    pub industry: Option<Industry>,
    /// Another currency; only while nothing that counts is recorded in the present one.
    pub currency: Option<Currency>,
    /// Another ISIN.
    pub isin: Option<Isin>,
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
        let StockProfile { symbol, company_name, sector, industry, currency, isin } = profile.clone();
        let created = StockCreatedEvent { stock_id: id, symbol, company_name, sector, industry, currency, isin };
        let mut stock = Self::restore(id, profile, 0);
        stock.raise_event(DomainEvent::StockCreated(created));
        stock
    }

    /// A stock as it was stored.
    #[must_use]
    pub fn restore(id: StockId, profile: StockProfile, version: Version) -> Self {
        Self { id, profile, raised: RaisedEvents::after(version) }
    }

    /// Accepts a repeated request to create it.
    ///
    /// # Errors
    /// [`DomainError::SymbolExists`] if the request describes another stock.
    pub fn confirm(&self, profile: &StockProfile) -> Result<(), DomainError> {
        let differs = if profile.company_name != self.profile.company_name {
            "company name"
        } else if profile.sector != self.profile.sector {
            "sector"
        } else if profile.industry != self.profile.industry {
            "industry"
        } else if profile.currency != self.profile.currency {
            "currency"
        } else if profile.isin != self.profile.isin {
            "ISIN"
        } else {
            return Ok(());
        };
        Err(DomainError::SymbolExists { symbol: self.profile.symbol.clone(), differs })
    }

    /// Corrects its profile. Raises [`StockEditedEvent`] if anything changes.
    ///
    /// # Errors
    /// [`DomainError::IndustryWithoutSector`] if there would be an industry without a sector. The caller
    /// checks that no other stock has the symbol and that nothing is recorded in the present currency.
    pub fn edit(&mut self, edit: StockEdit) -> Result<(), DomainError> {
        let known = self.profile.clone();
        self.replace_profile(StockProfile {
            symbol: edit.symbol.unwrap_or(known.symbol),
            company_name: edit.company_name.unwrap_or(known.company_name),
            sector: edit.sector.or(known.sector),
            industry: edit.industry.or(known.industry),
            currency: edit.currency.unwrap_or(known.currency),
            isin: edit.isin.or(known.isin),
        })
    }

    /// Replaces its profile. Raises [`StockEditedEvent`] if anything changes.
    ///
    /// # Errors
    /// As [`Self::edit`].
    fn replace_profile(&mut self, profile: StockProfile) -> Result<(), DomainError> {
        if let (Some(industry), None) = (&profile.industry, &profile.sector) {
            return Err(DomainError::IndustryWithoutSector { symbol: profile.symbol, industry: industry.clone() });
        }
        if profile == self.profile {
            return Ok(());
        }
        let old_symbol = Some(self.profile.symbol.clone()).filter(|old| *old != profile.symbol);
        self.note_profile(profile, old_symbol);
        Ok(())
    }

    /// Undoes an edit: restores the former profile, after which the stock can no longer be found by the
    /// symbol that the edit gave it. Raises [`StockEditedEvent`].
    pub fn restore_profile(&mut self, profile: StockProfile) {
        self.note_profile(profile, None);
    }

    fn note_profile(&mut self, profile: StockProfile, old_symbol: Option<Symbol>) {
        self.profile = profile.clone();
        let StockProfile { symbol, company_name, sector, industry, currency, isin } = profile;
        let stock_id = self.id;
        let edited = StockEditedEvent { stock_id, symbol, company_name, sector, industry, currency, isin, old_symbol };
        self.raise_event(DomainEvent::StockEdited(edited));
    }

    /// Removes the stock. The caller checks that nothing that counts refers to it. Raises
    /// [`StockRemovedEvent`].
    pub fn remove(&mut self) {
        let removed = StockRemovedEvent { stock_id: self.id, symbol: self.profile.symbol.clone() };
        self.raise_event(DomainEvent::StockRemoved(removed));
    }

    /// Records the price of a day, replacing any other. Raises [`StockPriceUpdatedEvent`], unless the
    /// day already has this price.
    ///
    /// `in_force` is the latest price on or before that day, per share as counted on the new price's basis
    /// date.
    pub fn update_price(&mut self, new: PriceInForce, in_force: Option<PriceInForce>) {
        if in_force != Some(new) {
            self.record_price(new, in_force);
        }
    }

    /// Sets the day as of which a recorded price counts shares. Raises [`StockPriceUpdatedEvent`] if
    /// that changes. `in_force` is as for [`Self::update_price`].
    pub fn rebase_price(&mut self, recorded: PriceInForce, basis_date: Day, in_force: Option<PriceInForce>) {
        if recorded.basis_date != basis_date {
            self.record_price(PriceInForce { basis_date, ..recorded }, in_force);
        }
    }

    /// Records the price of a day, even if it is the same as before. Raises [`StockPriceUpdatedEvent`].
    /// `in_force` is as for [`Self::update_price`].
    pub fn record_price(&mut self, new: PriceInForce, in_force: Option<PriceInForce>) {
        let old_price = in_force.map(|old| old.price);
        let updated = StockPriceUpdatedEvent {
            stock_id: self.id,
            symbol: self.profile.symbol.clone(),
            price_date: new.date,
            old_price,
            new_price: new.price,
            change_percentage: old_price.and_then(|old| new.price.change_from(old)),
            basis_date: Some(new.basis_date),
        };
        self.raise_event(DomainEvent::StockPriceUpdated(updated));
    }

    /// Removes a recorded price. Raises [`StockPriceRemovedEvent`].
    pub fn remove_price(&mut self, recorded: PriceInForce, reason: Option<Note>) {
        let (stock_id, symbol) = (self.id, self.profile.symbol.clone());
        let PriceInForce { date: price_date, price, .. } = recorded;
        let removed = StockPriceRemovedEvent { stock_id, symbol, price_date, price, reason };
        self.raise_event(DomainEvent::StockPriceRemoved(removed));
    }

    /// The key of the stock's position in a portfolio.
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

    /// Splits its shares before the trades of a day. `identity` is what identifies the split if its id does
    /// not; `cash_in_lieu` is the cash paid for a fraction that it left. Raises [`StockSplitEvent`].
    pub fn split(
        &mut self,
        split_id: TransactionId,
        identity: Option<TransactionId>,
        effective_date: Day,
        terms: SplitTerms,
        cash_in_lieu: Option<Money>,
    ) {
        self.raise_event(DomainEvent::StockSplit(StockSplitEvent {
            split_id,
            stock_id: self.id,
            symbol: self.profile.symbol.clone(),
            effective_date,
            terms,
            replaces: None,
            identity,
            round: cash_in_lieu.map(|_| Rounding::Down),
            cash_in_lieu,
        }));
    }

    /// Restores a voided split. Raises [`StockSplitEvent`].
    pub fn split_again(&mut self, split: &StockSplitEvent) {
        let symbol = self.profile.symbol.clone();
        self.raise_event(DomainEvent::StockSplit(StockSplitEvent { symbol, ..split.clone() }));
    }

    /// Converts its lots into shares of another stock, before the trades of a day. Raises
    /// [`StockConvertedEvent`].
    pub fn convert(&mut self, converted: StockConvertedEvent) {
        let (stock_id, symbol) = (self.id, self.profile.symbol.clone());
        self.raise_event(DomainEvent::StockConverted(StockConvertedEvent { stock_id, symbol, ..converted }));
    }

    /// Voids one of its splits or conversions. Raises [`TransactionVoidedEvent`].
    pub fn void(&mut self, voided: TransactionVoidedEvent) {
        self.raise_event(DomainEvent::TransactionVoided(voided));
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> StockId {
        self.id
    }

    /// Its profile.
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
    use crate::domain::Price;

    fn acme() -> Stock {
        let profile = StockProfile {
            symbol: "ACME".parse().unwrap(),
            company_name: "Acme Corporation".parse().unwrap(),
            sector: None,
            industry: None,
            currency: Currency::USD,
            isin: None,
        };
        Stock::restore(StockId::new(uuid::Uuid::from_u128(1)), profile, 1)
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn price(text: &str) -> Price {
        text.parse().unwrap()
    }

    fn priced(date: &str, amount: &str) -> PriceInForce {
        PriceInForce { date: day(date), basis_date: day(date), price: price(amount) }
    }

    #[test]
    fn a_first_price_has_no_old_one_and_no_change() {
        let mut stock = acme();
        stock.update_price(priced("2024-01-02", "90"), None);
        let [DomainEvent::StockPriceUpdated(event)] = &stock.pull_events().1[..] else { panic!() };
        assert_eq!((event.old_price, event.change_percentage), (None, None));
    }

    #[test]
    fn an_old_price_of_zero_gives_no_percentage() {
        let mut stock = acme();
        let old = priced("2024-01-01", "0");
        stock.update_price(priced("2024-01-02", "90"), Some(old));
        let [DomainEvent::StockPriceUpdated(event)] = &stock.pull_events().1[..] else { panic!() };
        assert_eq!((event.old_price, event.change_percentage), (Some(price("0")), None));
    }

    #[test]
    fn the_same_price_for_the_same_day_is_no_news_but_for_another_day_it_is() {
        let mut stock = acme();
        let old = priced("2024-01-01", "90");
        stock.update_price(priced("2024-01-01", "90"), Some(old));
        assert_eq!(stock.pull_events().1, []);
        stock.update_price(priced("2024-01-02", "90"), Some(old));
        assert_eq!(stock.pull_events().1.len(), 1);
    }

    #[test]
    fn another_stock_under_the_same_symbol_is_refused_by_what_differs() {
        let stock = acme();
        assert_eq!(stock.confirm(stock.profile()), Ok(()));
        let other = StockProfile { currency: "EUR".parse().unwrap(), ..stock.profile().clone() };
        let error = stock.confirm(&other).unwrap_err();
        assert_eq!(error.to_string(), "stock ACME exists with a different currency");
    }
}
