//! Streams, as a unit of work writes them and readers find them.

use std::path::Path;

use super::*;
use crate::bus::EventBus;
use crate::domain::{
    AggregateRoot, BookCreatedEvent, BookId, CostBasisMethod, Currency, DomainEvent, Instant, Portfolio, PortfolioId,
    PortfolioName, PriceInForce, Stock, StockId, StockProfile, Symbol,
};
use crate::store::{Identity, NewBook, UnitOfWork};

#[test]
fn the_numbers_of_types_never_change() {
    let numbers: Vec<_> = EventType::ALL.into_iter().map(|it| (type_number(it), it.as_str())).collect();
    let known = [
        (1, "BookCreatedEvent"),
        (2, "PortfolioCreatedEvent"),
        (3, "StockCreatedEvent"),
        (4, "StockPriceUpdatedEvent"),
        (11, "StockPriceRemovedEvent"),
        (12, "StockEditedEvent"),
        (13, "StockRemovedEvent"),
        (14, "PortfolioEditedEvent"),
        (15, "PortfolioRemovedEvent"),
        (5, "TransactionExecutedEvent"),
        (6, "DividendReceivedEvent"),
        (7, "StockSplitEvent"),
        (20, "StockConvertedEvent"),
        (21, "CostAdjustedEvent"),
        (8, "TransactionVoidedEvent"),
        (9, "LotsRematchedEvent"),
        (10, "CostBasisMethodChangedEvent"),
        (16, "ImportCompletedEvent"),
        (17, "IdentitiesReleasedEvent"),
        (18, "ExchangeRateUpdatedEvent"),
        (19, "ExchangeRateRemovedEvent"),
    ];
    assert_eq!(numbers, known);
    let connection = Connection::open_in_memory().unwrap();
    for number in 0..12 {
        let read = connection.query_row("SELECT ?1", [number], |row| event_type(row, 0));
        let expected = known.into_iter().find(|(known, _)| *known == number);
        assert_eq!(read.ok().map(|it| (number, it.as_str())), expected);
    }
}

fn now() -> Instant {
    "2024-01-31T10:00:00Z".parse().unwrap()
}

/// A book that is not in place, with two stocks that have a price each.
fn book() -> NewBook {
    let new_book = NewBook::rehearse(Path::new("book.db")).unwrap();
    record(&new_book, begin);
    new_book
}

/// Records something in a unit of work.
fn record(new_book: &NewBook, work: impl FnOnce(&mut UnitOfWork<'_>)) {
    let command_id = Uuid::from_u128(new_book.book().events().head().unwrap().map_or(0, |head| head.sequence.into()));
    let identity = Identity { command_id, now, new_id: Uuid::nil };
    let mut unit = new_book.book().begin(identity).unwrap();
    work(&mut unit);
    let _ = unit.commit(&mut EventBus::new(new_book.book())).unwrap();
}

fn stock(number: u128, symbol: &str) -> Stock {
    let profile = StockProfile {
        symbol: symbol.parse().unwrap(),
        company_name: symbol.parse().unwrap(),
        sector: None,
        industry: None,
        currency: Currency::USD,
        isin: None,
    };
    Stock::create(StockId::new(Uuid::from_u128(number)), profile)
}

fn begin(unit: &mut UnitOfWork<'_>) {
    let book_id = BookId::new(Uuid::from_u128(9));
    let created = BookCreatedEvent { book_id, format_version: BookCreatedEvent::FORMAT_VERSION };
    unit.record(DomainEvent::BookCreated(created)).unwrap();
    let main = PortfolioId::new(Uuid::from_u128(8));
    unit.save(&mut Portfolio::create(main, PortfolioName::main(), CostBasisMethod::default())).unwrap();
    for (number, symbol) in [(1, "ACME"), (2, "BOLT")] {
        let mut stock = stock(number, symbol);
        let date = "2024-01-02".parse().unwrap();
        stock.update_price(PriceInForce { date, basis_date: date, price: "1".parse().unwrap() }, None);
        unit.save(&mut stock).unwrap();
    }
}

fn reprice(unit: &mut UnitOfWork<'_>, symbol: &str, date: &str) {
    let symbol: Symbol = symbol.parse().unwrap();
    let mut stock = unit.reader().stocks().find(&symbol).unwrap().unwrap();
    let date = date.parse().unwrap();
    stock.update_price(PriceInForce { date, basis_date: date, price: "2".parse().unwrap() }, None);
    unit.save(&mut stock).unwrap();
}

#[test]
fn a_stream_is_the_events_of_one_aggregate_in_order() {
    let new_book = book();
    record(&new_book, |unit| {
        for (symbol, date) in [("BOLT", "2024-01-03"), ("ACME", "2024-01-04"), ("BOLT", "2024-01-05")] {
            reprice(unit, symbol, date);
        }
    });
    let stream = |stream| -> Vec<u64> {
        new_book.book().events().load_stream(stream).unwrap().iter().map(|event| event.sequence).collect()
    };
    assert_eq!(stream(Stream::Book), [1]);
    assert_eq!(stream(Stream::Portfolio(PortfolioId::new(Uuid::from_u128(8)))), [2]);
    assert_eq!(stream(Stream::Stock(StockId::new(Uuid::from_u128(1)))), [3, 4, 8]);
    assert_eq!(stream(Stream::Stock(StockId::new(Uuid::from_u128(2)))), [5, 6, 7, 9]);
    assert!(stream(Stream::Stock(StockId::new(Uuid::from_u128(3)))).is_empty());
    let version = new_book.book().reader().stocks().find(&"BOLT".parse().unwrap()).unwrap().unwrap().pull_events().0;
    assert_eq!(version, 4);
}

#[test]
fn an_aggregate_that_has_changed_since_it_was_loaded_is_not_saved() {
    record(&book(), |unit| {
        let mut stale = unit.reader().stocks().find(&"ACME".parse().unwrap()).unwrap().unwrap();
        reprice(unit, "ACME", "2024-01-03");
        let date = "2024-01-04".parse().unwrap();
        stale.update_price(PriceInForce { date, basis_date: date, price: "3".parse().unwrap() }, None);
        let error = unit.save(&mut stale).unwrap_err();
        assert!(matches!(error, StoreError::VersionConflict { expected: 2, found: 3 }), "{error:?}");
    });
}

#[test]
fn a_command_is_known_once_it_is_recorded() {
    let new_book = book();
    let known = |id| new_book.book().events().knows_command(Uuid::from_u128(id)).unwrap();
    assert_eq!([known(0), known(7)], [true, false]);
    record(&new_book, |unit| reprice(unit, "ACME", "2024-01-03"));
    assert!(known(6));
}
