//! The row that an event stands for. Made from the event alone, so that replaying the history
//! makes the same rows again.

use rusqlite::Connection;

use super::StoreError;
use super::events::StreamKey;
use super::values::{integer, shown};
use crate::domain::{DomainEvent, Sequence};

/// Writes what an event says. `portfolio` and `stock` are those of its stream.
pub(super) fn write(
    connection: &Connection,
    sequence: Sequence,
    (portfolio, stock): StreamKey,
    event: &DomainEvent,
) -> Result<(), StoreError> {
    let number = integer(sequence);
    match event {
        DomainEvent::BookCreated(created) => {
            let sql = "INSERT INTO book (id, book_id) VALUES (1, ?1)";
            connection.prepare_cached(sql)?.execute([created.book_id.uuid().as_bytes()])?;
        }
        DomainEvent::PortfolioCreated(created) => {
            let sql = "INSERT INTO portfolios (portfolio, portfolio_id, name, cost_basis_method)
                       VALUES (?1, ?2, ?3, ?4)";
            connection.prepare_cached(sql)?.execute((
                number,
                created.portfolio_id.uuid().as_bytes(),
                created.name.as_str(),
                created.cost_basis_method.to_string(),
            ))?;
        }
        DomainEvent::StockCreated(created) => {
            let sql = "INSERT INTO stocks (stock, stock_id, symbol, company_name, sector, industry, currency)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            connection.prepare_cached(sql)?.execute((
                number,
                created.stock_id.uuid().as_bytes(),
                created.symbol.as_str(),
                created.company_name.as_str(),
                shown(created.sector.as_ref()),
                shown(created.industry.as_ref()),
                created.currency.code(),
            ))?;
        }
        DomainEvent::StockPriceUpdated(updated) => {
            let sql = "INSERT INTO prices (stock, price_date, price) VALUES (?1, ?2, ?3)
                       ON CONFLICT (stock, price_date) DO UPDATE SET price = excluded.price";
            let price = updated.new_price.to_string();
            connection.prepare_cached(sql)?.execute((stock, updated.price_date.to_string(), price))?;
        }
        DomainEvent::TransactionExecuted(executed) => {
            let sql = "INSERT INTO transactions (sequence, transaction_id, portfolio, stock, type, trade_date,
                                                 quantity, price, fee, total_amount, note)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
            connection.prepare_cached(sql)?.execute((
                number,
                executed.transaction_id.uuid().as_bytes(),
                portfolio,
                stock,
                executed.transaction_type.as_str(),
                executed.trade_date.to_string(),
                executed.quantity.to_string(),
                executed.price.to_string(),
                executed.fee.to_string(),
                executed.total_amount.to_string(),
                shown(executed.note.as_ref()),
            ))?;
        }
    }
    Ok(())
}
