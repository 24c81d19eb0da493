//! Rates of exchange between two currencies.

use std::fmt;

use super::{
    AggregateRoot, Currency, Day, DomainEvent, ExchangeRate, ExchangeRateRemovedEvent, ExchangeRateUpdatedEvent,
    RaisedEvents, Stream, ValueError, Version,
};

/// Two currencies: one unit of the first is priced in the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrencyPair {
    base: Currency,
    quote: Currency,
}

impl CurrencyPair {
    /// The pair for the price of one unit of `base` in `quote`.
    ///
    /// # Errors
    /// If both are the same.
    pub fn new(base: Currency, quote: Currency) -> Result<Self, ValueError> {
        if base == quote {
            let rule = "is the currency itself; a rate is that of two currencies";
            return Err(ValueError::new("quote currency", "invalid_currency", quote.code(), rule));
        }
        Ok(Self { base, quote })
    }

    /// The currency that is priced.
    #[must_use]
    pub fn base(self) -> Currency {
        self.base
    }

    /// The currency of the price.
    #[must_use]
    pub fn quote(self) -> Currency {
        self.quote
    }

    /// The pair in the other direction.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { base: self.quote, quote: self.base }
    }
}

impl fmt::Display for CurrencyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.quote)
    }
}

/// A rate and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRate {
    /// The day.
    pub date: Day,
    /// The rate.
    pub rate: ExchangeRate,
}

/// The aggregate of a book's exchange rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRates {
    raised: RaisedEvents,
}

impl ExchangeRates {
    /// The rates as they were stored.
    #[must_use]
    pub fn restore(version: Version) -> Self {
        Self { raised: RaisedEvents::after(version) }
    }

    /// Records the rate of a day, replacing `old`. Raises [`ExchangeRateUpdatedEvent`], unless both are
    /// the same.
    pub fn update(&mut self, pair: CurrencyPair, new: DayRate, old: Option<ExchangeRate>) {
        if old != Some(new.rate) {
            self.raise_event(DomainEvent::ExchangeRateUpdated(ExchangeRateUpdatedEvent {
                base_currency: pair.base,
                quote_currency: pair.quote,
                rate_date: new.date,
                old_rate: old,
                new_rate: new.rate,
            }));
        }
    }

    /// Removes a recorded rate. Raises [`ExchangeRateRemovedEvent`].
    pub fn remove(&mut self, pair: CurrencyPair, recorded: DayRate) {
        self.raise_event(DomainEvent::ExchangeRateRemoved(ExchangeRateRemovedEvent {
            base_currency: pair.base,
            quote_currency: pair.quote,
            rate_date: recorded.date,
            old_rate: recorded.rate,
            new_rate: None,
        }));
    }
}

impl AggregateRoot for ExchangeRates {
    fn stream(&self) -> Stream {
        Stream::Rates
    }

    fn raised(&mut self) -> &mut RaisedEvents {
        &mut self.raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(base: &str, quote: &str) -> Result<CurrencyPair, ValueError> {
        CurrencyPair::new(base.parse().unwrap(), quote.parse().unwrap())
    }

    #[test]
    fn a_rate_that_the_day_has_already_raises_nothing() {
        let mut rates = ExchangeRates::restore(0);
        let of_day = DayRate { date: "2024-01-02".parse().unwrap(), rate: "1.0956".parse().unwrap() };
        let pair = pair("EUR", "USD").unwrap();
        rates.update(pair, of_day, Some(of_day.rate));
        assert_eq!(rates.pull_events().1, []);
        rates.update(pair, of_day, Some("1.1".parse().unwrap()));
        let [DomainEvent::ExchangeRateUpdated(event)] = &rates.pull_events().1[..] else { panic!() };
        assert_eq!((event.old_rate, event.new_rate), (Some("1.1".parse().unwrap()), of_day.rate));
    }

    #[test]
    fn a_currency_has_no_rate_to_itself() {
        assert_eq!(pair("EUR", "eur").unwrap_err().code, "invalid_currency");
        assert_eq!(pair("EUR", "USD").unwrap().inverse(), pair("USD", "EUR").unwrap());
    }
}
