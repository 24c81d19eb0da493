//! The row that an event stands for. Made from the event alone, so that replaying the history
//! makes the same rows again.

use super::StoreError;
use super::events::StreamKey;
use super::statements::Statements;
use super::values::integer;
use crate::domain::{DomainEvent, Industry, Note, Sector, Sequence};

/// Writes what an event says. `portfolio` and `stock` are those of its stream.
pub(super) fn write(
    statements: &mut Statements<'_>,
    sequence: Sequence,
    (portfolio, stock): StreamKey,
    event: &DomainEvent,
) -> Result<(), StoreError> {
    let number = integer(sequence);
    match event {
        DomainEvent::BookCreated(created) => {
            static SQL: &str = "INSERT INTO book (id, book_id) VALUES (1, ?1)";
            statements.get(SQL)?.execute([created.book_id.uuid().as_bytes()])?;
        }
        DomainEvent::PortfolioCreated(created) => {
            static SQL: &str = "INSERT INTO portfolios (portfolio, portfolio_id, name, cost_basis_method)
                       VALUES (?1, ?2, ?3, ?4)";
            statements.get(SQL)?.execute((
                number,
                created.portfolio_id.uuid().as_bytes(),
                created.name.as_str(),
                created.cost_basis_method.to_string(),
            ))?;
        }
        DomainEvent::StockCreated(created) => {
            static SQL: &str = "INSERT INTO stocks (stock, stock_id, symbol, company_name, sector, industry, currency)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            statements.get(SQL)?.execute((
                number,
                created.stock_id.uuid().as_bytes(),
                created.symbol.as_str(),
                created.company_name.as_str(),
                created.sector.as_ref().map(Sector::as_str),
                created.industry.as_ref().map(Industry::as_str),
                created.currency.code(),
            ))?;
        }
        DomainEvent::StockPriceUpdated(updated) => {
            static SQL: &str = "INSERT INTO prices (stock, price_date, price) VALUES (?1, ?2, ?3)
                       ON CONFLICT (stock, price_date) DO UPDATE SET price = excluded.price";
            statements.get(SQL)?.execute((stock, updated.price_date.plain(), updated.new_price.plain()))?;
        }
        DomainEvent::TransactionExecuted(executed) => {
            static SQL: &str = "INSERT INTO transactions (sequence, transaction_id, portfolio, stock, type, trade_date,
                                                 quantity, price, fee, total_amount, note)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
            statements.get(SQL)?.execute((
                number,
                executed.transaction_id.uuid().as_bytes(),
                portfolio,
                stock,
                executed.transaction_type.as_str(),
                executed.trade_date.plain(),
                executed.quantity.plain(),
                executed.price.plain(),
                executed.fee.plain(),
                executed.total_amount.plain(),
                executed.note.as_ref().map(Note::as_str),
            ))?;
        }
    }
    Ok(())
}
