//! Writes the rows that follow from an event. They are made from the event alone, so that replaying the
//! history makes the same rows again.

mod catalogue;
mod companies;
mod identities;
mod transactions;

use super::StoreError;
use super::events::StreamKey;
use super::statements::Statements;
use super::values::integer;
use crate::domain::{Currency, Day, DomainEvent, ExchangeRate, Sequence, StockPriceUpdatedEvent};

/// Writes what an event states. `key` has the row numbers of its stream's portfolio and stock.
pub(super) fn write(
    statements: &mut Statements<'_>,
    sequence: Sequence,
    key: StreamKey,
    event: &DomainEvent,
) -> Result<(), StoreError> {
    let (number, (portfolio, stock)) = (integer(sequence), key);
    match event {
        DomainEvent::BookCreated(created) => catalogue::begin_book(statements, created.book_id),
        DomainEvent::PortfolioCreated(created) => catalogue::create_portfolio(statements, number, created),
        DomainEvent::PortfolioEdited(edited) => catalogue::rename_portfolio(statements, portfolio, &edited.name),
        DomainEvent::PortfolioRemoved(_) => catalogue::remove_portfolio(statements, number, portfolio),
        DomainEvent::CostBasisMethodChanged(changed) => {
            catalogue::set_method(statements, portfolio, changed.new_method)
        }
        DomainEvent::StockCreated(created) => catalogue::create_stock(statements, number, created),
        DomainEvent::StockEdited(edited) => catalogue::edit_stock(statements, number, stock, edited),
        DomainEvent::StockRemoved(_) => catalogue::remove_stock(statements, number, stock),
        DomainEvent::StockPriceUpdated(updated) => set_price(statements, stock, updated),
        DomainEvent::StockPriceRemoved(removed) => remove_price(statements, stock, removed.price_date),
        DomainEvent::ExchangeRateUpdated(updated) => {
            let pair = [updated.base_currency, updated.quote_currency];
            write_rate(statements, number, pair, updated.rate_date, Some(updated.new_rate))
        }
        DomainEvent::ExchangeRateRemoved(removed) => {
            let pair = [removed.base_currency, removed.quote_currency];
            write_rate(statements, number, pair, removed.rate_date, None)
        }
        DomainEvent::TransactionExecuted(executed) => transactions::execute(statements, number, key, executed),
        DomainEvent::DividendReceived(received) => transactions::receive(statements, number, key, received),
        DomainEvent::CostAdjusted(adjusted) => transactions::adjust(statements, number, key, adjusted),
        DomainEvent::TransactionVoided(voided) => transactions::void(statements, number, key, voided.transaction_id),
        DomainEvent::StockSplit(split) => companies::split(statements, number, stock, split),
        DomainEvent::StockConverted(converted) => companies::convert(statements, number, stock, converted),
        // These events only summarize others.
        DomainEvent::LotsRematched(_) => Ok(()),
        DomainEvent::ImportCompleted(completed) => completed
            .identities
            .iter()
            .try_for_each(|known| identities::map(statements, Some(known.identity), known.transaction_id)),
        DomainEvent::IdentitiesReleased(released) => identities::release(statements, &released.identities),
    }
}

fn set_price(statements: &mut Statements<'_>, stock: i64, updated: &StockPriceUpdatedEvent) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO prices (stock, price_date, price, basis_date) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (stock, price_date)
               DO UPDATE SET price = excluded.price, basis_date = excluded.basis_date";
    let basis = updated.basis_date.filter(|basis| *basis != updated.price_date);
    let (day, price) = (updated.price_date.plain(), updated.new_price.plain());
    statements.get(SQL)?.execute((stock, day, price, basis.map(Day::plain)))?;
    Ok(())
}

fn remove_price(statements: &mut Statements<'_>, stock: i64, day: Day) -> Result<(), StoreError> {
    static SQL: &str = "DELETE FROM prices WHERE stock = ?1 AND price_date = ?2";
    statements.get(SQL)?.execute((stock, day.plain()))?;
    Ok(())
}

fn write_rate(
    statements: &mut Statements<'_>,
    number: i64,
    [base, quote]: [Currency; 2],
    day: Day,
    rate: Option<ExchangeRate>,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO rates (base, quote, rate_date, sequence, rate) VALUES (?1, ?2, ?3, ?4, ?5)";
    let rate = rate.map(ExchangeRate::plain);
    statements.get(SQL)?.execute((base.code(), quote.code(), day.plain(), number, rate))?;
    Ok(())
}
