//! The history of a stock or portfolio: its creation, its corrections, and everything recorded for it.

use std::collections::{HashMap, HashSet};
use std::mem;

use super::{Happening, HappeningKind, History};
use crate::app::AppError;
use crate::domain::{
    AggregateRoot, Day, DomainEvent, Portfolio, PortfolioName, Sequence, Stock, StockPriceUpdatedEvent, StockProfile,
    Stream, TransactionId, TransactionVoidedEvent,
};
use crate::log::RecordedEvent;
use crate::store::Reader;

/// The history of a stock, with its transactions in one portfolio or in all. Consecutive prices are
/// reported together.
pub(super) fn of_stock(reader: Reader<'_>, stock: &Stock, owner: Option<&Portfolio>) -> Result<History, AppError> {
    // The sequence before any removal.
    const BEFORE_ALL: Sequence = 0;
    let mut events = events(reader, stock.stream(), None)?;
    for portfolio in reader.as_known_after(BEFORE_ALL).portfolios().holding(stock)? {
        if owner.is_none_or(|owner| owner.id() == portfolio.id()) {
            let stream = Stream::Position(portfolio.id(), stock.id());
            events.extend(self::events(reader, stream, Some(portfolio.name()))?);
        }
    }
    for giver in reader.conversions().linked_stocks(stock)?.iter().filter(|giver| giver.id() != stock.id()) {
        events.extend(conversions_into(stock, self::events(reader, giver.stream(), None)?));
    }
    events.sort_by_key(|(_, event)| event.sequence);
    let StockProfile { symbol, currency, .. } = stock.profile().clone();
    Ok(History { symbol: Some(symbol), currency: Some(currency), happenings: happenings(events) })
}

/// The events of another stock that convert it into this one.
fn conversions_into(stock: &Stock, events: Vec<SourcedEvent>) -> impl Iterator<Item = SourcedEvent> {
    let mut ids = HashSet::new();
    events.into_iter().filter(move |(_, event)| {
        if let DomainEvent::TransactionVoided(TransactionVoidedEvent { transaction_id, .. }) = &event.data {
            return ids.contains(transaction_id);
        }
        let DomainEvent::StockConverted(converted) = &event.data else { return false };
        let is_into = converted.new_stock_id == stock.id();
        is_into && ids.insert(converted.conversion_id)
    })
}

/// The history of a portfolio itself: its transactions belong to the histories of stocks.
pub(super) fn of_portfolio(reader: Reader<'_>, portfolio: &Portfolio) -> Result<History, AppError> {
    let events = events(reader, portfolio.stream(), Some(portfolio.name()))?;
    Ok(History { symbol: None, currency: None, happenings: happenings(events) })
}

/// An event, and the portfolio if its stream belongs to one.
type SourcedEvent = (Option<PortfolioName>, RecordedEvent);

fn events(
    reader: Reader<'_>,
    stream: Stream,
    portfolio: Option<&PortfolioName>,
) -> Result<Vec<SourcedEvent>, AppError> {
    let stored = reader.events().load_stream(stream)?;
    stored.iter().map(|event| Ok((portfolio.cloned(), event.read().map_err(AppError::unreadable_event)?))).collect()
}

fn happenings(events: Vec<SourcedEvent>) -> Vec<Happening> {
    let replaced_by: HashMap<TransactionId, TransactionId> =
        events.iter().filter_map(|(_, event)| Some((event.data.replaces()?, event.data.recorded_id()?))).collect();
    let mut story: Vec<Happening> = Vec::new();
    let mut profile = None;
    for (portfolio, event) in events {
        let (sequence, occurred_at, event_type) = (event.sequence, event.occurred_at, event.data.event_type());
        let (id, kind) = if let DomainEvent::StockPriceUpdated(price) = event.data {
            if story.last_mut().is_some_and(|last| last.kind.takes_in(&price)) {
                continue;
            }
            (None, HappeningKind::first_price(price))
        } else if let DomainEvent::TransactionVoided(TransactionVoidedEvent { transaction_id, reason }) = event.data {
            let replaced_by = replaced_by.get(&transaction_id).copied();
            (Some(transaction_id), HappeningKind::Voided { reason, replaced_by })
        } else {
            let after = profile_in(&event.data);
            let before = if after.is_some() { mem::replace(&mut profile, after.clone()) } else { None };
            let id = event.data.recorded_id();
            let event = Box::new(event.data);
            match before.zip(after) {
                Some((before, after)) => {
                    (id, HappeningKind::Edited { before: Box::new(before), after: Box::new(after) })
                }
                None if id.is_some() => (id, HappeningKind::Recorded { event, realized_gain: None }),
                None => (None, HappeningKind::Other(event)),
            }
        };
        story.push(Happening { sequence, occurred_at, event_type, id, portfolio, kind });
    }
    story
}

/// The profile of a stock according to an event.
fn profile_in(event: &DomainEvent) -> Option<StockProfile> {
    let (symbol, company_name, sector, industry, currency, isin) = if let DomainEvent::StockCreated(it) = event {
        (&it.symbol, &it.company_name, &it.sector, &it.industry, it.currency, &it.isin)
    } else if let DomainEvent::StockEdited(it) = event {
        (&it.symbol, &it.company_name, &it.sector, &it.industry, it.currency, &it.isin)
    } else {
        return None;
    };
    Some(StockProfile {
        symbol: symbol.clone(),
        company_name: company_name.clone(),
        sector: sector.clone(),
        industry: industry.clone(),
        currency,
        isin: *isin,
    })
}

impl HappeningKind {
    fn first_price(price: StockPriceUpdatedEvent) -> Self {
        let days = (price.price_date, price.price_date);
        Self::Prices { count: 1, basis_date: other_basis(&price), first: Box::new(price), days }
    }

    /// Whether a price continues this run of prices; if so, it is counted with them.
    fn takes_in(&mut self, price: &StockPriceUpdatedEvent) -> bool {
        let Self::Prices { count, basis_date, days, .. } = self else { return false };
        if *basis_date != other_basis(price) {
            return false;
        }
        *count = count.saturating_add(1);
        *days = (days.0.min(price.price_date), days.1.max(price.price_date));
        true
    }
}

fn other_basis(price: &StockPriceUpdatedEvent) -> Option<Day> {
    price.basis_date.filter(|day| *day != price.price_date)
}
