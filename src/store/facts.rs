//! The row that follows from an event. It is made from the event alone, so that replaying the history
//! makes the same rows again.

use std::sync::LazyLock;

use rusqlite::params;

use super::StoreError;
use super::events::StreamKey;
use super::reader::VERSIONS;
use super::statements::Statements;
use super::values::{halves, integer, shown};
use crate::domain::{
    CostAdjustedEvent, Currency, Day, DividendReceivedEvent, DomainEvent, ExchangeRate, Fee, Industry, KnownIdentity,
    Note, PickedLot, Sector, Sequence, StockConvertedEvent, StockCreatedEvent, StockEditedEvent, TimeOfDay,
    TransactionExecutedEvent, TransactionId, TransactionType,
};

/// Writes what an event states. `portfolio` and `stock` are the row numbers of its stream.
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
            static SQL: &str = "INSERT INTO portfolios (portfolio, portfolio_id, listed_as, name, cost_basis_method)
                       VALUES (?1, ?2, ?3, ?3, ?4)";
            statements.get(SQL)?.execute((
                number,
                created.portfolio_id.uuid().as_bytes(),
                created.name.as_str(),
                created.cost_basis_method.as_str(),
            ))?;
        }
        DomainEvent::StockCreated(created) => create_stock(statements, number, created)?,
        DomainEvent::StockEdited(edited) => edit_stock(statements, number, stock, edited)?,
        DomainEvent::StockRemoved(_) => remove_stock(statements, number, stock)?,
        DomainEvent::PortfolioEdited(edited) => {
            static SQL: &str = "UPDATE portfolios SET listed_as = ?2, name = ?2 WHERE portfolio = ?1";
            statements.get(SQL)?.execute((portfolio, edited.name.as_str()))?;
        }
        DomainEvent::PortfolioRemoved(_) => {
            // No name contains a control character.
            static SQL: &str = "UPDATE portfolios SET removed_at = ?2, listed_as = name || char(10) || portfolio
                       WHERE portfolio = ?1";
            statements.get(SQL)?.execute((portfolio, number))?;
        }
        DomainEvent::StockPriceUpdated(updated) => {
            static SQL: &str = "INSERT INTO prices (stock, price_date, price, basis_date) VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT (stock, price_date)
                       DO UPDATE SET price = excluded.price, basis_date = excluded.basis_date";
            let basis = updated.basis_date.filter(|basis| *basis != updated.price_date);
            let (day, price) = (updated.price_date.plain(), updated.new_price.plain());
            statements.get(SQL)?.execute((stock, day, price, basis.map(Day::plain)))?;
        }
        DomainEvent::StockPriceRemoved(removed) => {
            static SQL: &str = "DELETE FROM prices WHERE stock = ?1 AND price_date = ?2";
            statements.get(SQL)?.execute((stock, removed.price_date.plain()))?;
        }
        DomainEvent::ExchangeRateUpdated(updated) => {
            let pair = [updated.base_currency, updated.quote_currency];
            write_rate(statements, number, pair, updated.rate_date, Some(updated.new_rate))?;
        }
        DomainEvent::ExchangeRateRemoved(removed) => {
            let pair = [removed.base_currency, removed.quote_currency];
            write_rate(statements, number, pair, removed.rate_date, None)?;
        }
        DomainEvent::TransactionExecuted(executed) => write_executed(statements, number, (portfolio, stock), executed)?,
        DomainEvent::DividendReceived(received) => write_received(statements, number, (portfolio, stock), received)?,
        DomainEvent::StockSplit(split) => {
            static SQL: &str = "INSERT INTO splits (sequence, split_id, stock, effective_date, new_shares, old_shares)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            map_identity(statements, split.identity, split.split_id)?;
            statements.get(SQL)?.execute((
                number,
                split.split_id.plain(),
                stock,
                split.effective_date.plain(),
                split.terms.new_shares.plain(),
                split.terms.old_shares.plain(),
            ))?;
        }
        DomainEvent::StockConverted(converted) => write_converted(statements, number, stock, converted)?,
        DomainEvent::CostAdjusted(adjusted) => write_adjusted(statements, number, (portfolio, stock), adjusted)?,
        DomainEvent::TransactionVoided(voided) => {
            static TRANSACTION: &str = "UPDATE transactions SET voided_at = ?1
                       WHERE id_high = ?2 AND id_low = ?3 AND portfolio = ?4 AND stock = ?5";
            static SPLIT: &str = "UPDATE splits SET voided_at = ?1 WHERE split_id = ?2 AND stock = ?3";
            static CONVERSION: &str = "UPDATE conversions SET voided_at = ?1 WHERE conversion_id = ?2 AND stock = ?3";
            let voided_rows = if portfolio == 0 {
                let of = (number, voided.transaction_id.plain(), stock);
                match statements.get(SPLIT)?.execute(of)? {
                    0 => statements.get(CONVERSION)?.execute(of)?,
                    splits => splits,
                }
            } else {
                let (high, low) = halves(voided.transaction_id);
                statements.get(TRANSACTION)?.execute((number, high, low, portfolio, stock))?
            };
            if voided_rows != 1 {
                return Err(StoreError::Damaged(format!("there is no {} to void there", voided.transaction_id)));
            }
        }
        DomainEvent::CostBasisMethodChanged(changed) => {
            static SQL: &str = "UPDATE portfolios SET cost_basis_method = ?2 WHERE portfolio = ?1";
            statements.get(SQL)?.execute((portfolio, changed.new_method.as_str()))?;
        }
        // These events only summarize others.
        DomainEvent::LotsRematched(_) => {}
        DomainEvent::ImportCompleted(completed) => {
            for KnownIdentity { identity, transaction_id } in &completed.identities {
                map_identity(statements, Some(*identity), *transaction_id)?;
            }
        }
        DomainEvent::IdentitiesReleased(released) => release(statements, &released.identities)?,
    }
    Ok(())
}

fn release(statements: &mut Statements<'_>, identities: &[KnownIdentity]) -> Result<(), StoreError> {
    static SQL: &str = "DELETE FROM identities
        WHERE id_high = ?1 AND id_low = ?2 AND known_high = ?3 AND known_low = ?4";
    for KnownIdentity { identity, transaction_id } in identities {
        let ((high, low), (known_high, known_low)) = (halves(*identity), halves(*transaction_id));
        statements.get(SQL)?.execute((high, low, known_high, known_low))?;
    }
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

fn write_converted(
    statements: &mut Statements<'_>,
    number: i64,
    stock: i64,
    converted: &StockConvertedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO conversions (sequence, conversion_id, kind, stock, new_stock, effective_date,
                   new_shares, old_shares, cost_share, new_value, old_value, cash, pay, rule, cash_in_lieu, portfolio)
               VALUES (?1, ?2, ?3, ?4, (SELECT stock FROM stocks WHERE stock_id = ?5), ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                   ?13, ?14, ?15, (SELECT portfolio FROM portfolios WHERE listed_as = ?16))";
    let terms = &converted.terms;
    map_identity(statements, converted.identity, converted.conversion_id)?;
    statements.get(SQL)?.execute(rusqlite::params![
        number,
        converted.conversion_id.plain(),
        converted.kind.as_str(),
        stock,
        converted.new_stock_id.uuid().as_bytes(),
        converted.effective_date.plain(),
        terms.ratio.new_shares.plain(),
        terms.ratio.old_shares.plain(),
        shown(terms.cost_share.as_ref()),
        shown(terms.new_value.as_ref()),
        shown(terms.old_value.as_ref()),
        shown(terms.cash.as_ref()),
        shown(terms.pay.as_ref()),
        shown(terms.rule.as_ref()),
        shown(terms.cash_in_lieu.as_ref()),
        shown(converted.portfolio.as_ref()),
    ])?;
    Ok(())
}

fn write_adjusted(
    statements: &mut Statements<'_>,
    number: i64,
    (portfolio, stock): StreamKey,
    adjusted: &CostAdjustedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO transactions (sequence, id_high, id_low, portfolio, stock, type, trade_date,
                                         fee, total_amount, note)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (high, low) = halves(adjusted.transaction_id);
    map_identity(statements, adjusted.identity, adjusted.transaction_id)?;
    statements.get(SQL)?.execute((
        number,
        high,
        low,
        portfolio,
        stock,
        TransactionType::from(adjusted.kind).as_str(),
        adjusted.adjust_date.plain(),
        Fee::ZERO.plain(),
        adjusted.amount.plain(),
        adjusted.note.as_ref().map(Note::as_str),
    ))?;
    if let Some(replaced) = adjusted.replaces {
        keep_place(statements, number, portfolio, replaced)?;
        note_replaced(statements, number, portfolio, replaced)?;
    }
    Ok(())
}

fn create_stock(statements: &mut Statements<'_>, number: i64, created: &StockCreatedEvent) -> Result<(), StoreError> {
    static SQL: &str =
        "INSERT INTO stocks (stock, stock_id, listed_as, symbol, company_name, sector, industry, currency, isin)
               VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8)";
    statements.get(SQL)?.execute((
        number,
        created.stock_id.uuid().as_bytes(),
        created.symbol.as_str(),
        created.company_name.as_str(),
        created.sector.as_ref().map(Sector::as_str),
        created.industry.as_ref().map(Industry::as_str),
        created.currency.code(),
        shown(created.isin.as_ref()),
    ))?;
    Ok(())
}

fn edit_stock(
    statements: &mut Statements<'_>,
    number: i64,
    stock: i64,
    edited: &StockEditedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "UPDATE stocks SET listed_as = ?2, symbol = ?2, company_name = ?3, sector = ?4, industry = ?5,
               currency = ?6, isin = ?7 WHERE stock = ?1";
    static ALIAS: &str = "INSERT INTO aliases (symbol, since, stock) VALUES (?1, ?2, ?3)";
    // Returning to a former symbol removes it from the stock's aliases.
    static GO_BACK: &str = "DELETE FROM aliases WHERE symbol = ?2 AND stock = ?1
               AND since = (SELECT max(since) FROM aliases WHERE symbol = ?2 AND stock = ?1)
               AND (SELECT symbol FROM stocks WHERE stock = ?1) <> ?2";
    if edited.old_symbol.is_none() {
        statements.get(GO_BACK)?.execute((stock, edited.symbol.as_str()))?;
    }
    statements.get(SQL)?.execute((
        stock,
        edited.symbol.as_str(),
        edited.company_name.as_str(),
        edited.sector.as_ref().map(Sector::as_str),
        edited.industry.as_ref().map(Industry::as_str),
        edited.currency.code(),
        shown(edited.isin.as_ref()),
    ))?;
    if let Some(old) = &edited.old_symbol {
        statements.get(ALIAS)?.execute((old.as_str(), number, stock))?;
    }
    Ok(())
}

fn remove_stock(statements: &mut Statements<'_>, number: i64, stock: i64) -> Result<(), StoreError> {
    // No symbol contains a #.
    static SQL: &str = "UPDATE stocks SET removed_at = ?2, listed_as = symbol || ' #' || stock WHERE stock = ?1";
    static ALIASES: &str = "DELETE FROM aliases WHERE stock = ?1";
    statements.get(SQL)?.execute((stock, number))?;
    statements.get(ALIASES)?.execute([stock])?;
    Ok(())
}

fn write_received(
    statements: &mut Statements<'_>,
    number: i64,
    (portfolio, stock): StreamKey,
    received: &DividendReceivedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO transactions (sequence, id_high, id_low, portfolio, stock, type, trade_date,
                                         fee, total_amount, note, withholding, ex_date, trade_time,
                                         paid_amount, paid_currency, settlement_amount, settlement_currency)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
    let (high, low) = halves(received.transaction_id);
    let (paid, settled) = (received.paid(), received.settled());
    map_identity(statements, received.identity, received.transaction_id)?;
    statements.get(SQL)?.execute(params![
        number,
        high,
        low,
        portfolio,
        stock,
        TransactionType::Dividend.as_str(),
        received.pay_date.plain(),
        Fee::ZERO.plain(),
        received.net().plain(),
        received.note.as_ref().map(Note::as_str),
        received.withholding.plain(),
        received.ex_date.map(Day::plain),
        received.pay_time.map(TimeOfDay::plain),
        paid.map(|cash| cash.amount.plain()),
        paid.map(|cash| cash.currency.code()),
        settled.map(|cash| cash.amount.plain()),
        settled.map(|cash| cash.currency.code()),
    ])?;
    if let Some(replaced) = received.replaces {
        note_replaced(statements, number, portfolio, replaced)?;
    }
    Ok(())
}

fn write_executed(
    statements: &mut Statements<'_>,
    number: i64,
    (portfolio, stock): StreamKey,
    executed: &TransactionExecutedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO transactions (sequence, id_high, id_low, portfolio, stock, type, trade_date,
                                         quantity, price, fee, total_amount, note, lots, as_of, trade_time,
                                         settlement_amount, settlement_currency, paid_amount, paid_currency)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
    let (high, low) = halves(executed.transaction_id);
    let lots = if executed.lots.is_empty() { None } else { Some(json(&executed.lots)?) };
    let (settled, charged) = (executed.settled(), executed.charged());
    statements.get(SQL)?.execute(params![
        number,
        high,
        low,
        portfolio,
        stock,
        executed.transaction_type.as_str(),
        executed.trade_date.plain(),
        executed.quantity.plain(),
        executed.price.plain(),
        executed.fee.plain(),
        executed.total_amount.plain(),
        executed.note.as_ref().map(Note::as_str),
        lots,
        executed.as_of.map(Day::plain),
        executed.trade_time.map(TimeOfDay::plain),
        settled.map(|cash| cash.amount.plain()),
        settled.map(|cash| cash.currency.code()),
        charged.map(|cash| cash.amount.plain()),
        charged.map(|cash| cash.currency.code()),
    ])?;
    if let Some(replaced) = executed.replaces {
        keep_place(statements, number, portfolio, replaced)?;
        note_replaced(statements, number, portfolio, replaced)?;
    }
    map_identity(statements, executed.identity, executed.transaction_id)
}

/// Maps an id whose record was undone to the record that was entered in its place.
fn map_identity(
    statements: &mut Statements<'_>,
    identity: Option<TransactionId>,
    known: TransactionId,
) -> Result<(), StoreError> {
    static SQL: &str =
        "INSERT OR REPLACE INTO identities (id_high, id_low, known_high, known_low) VALUES (?1, ?2, ?3, ?4)";
    if let Some(identity) = identity {
        let ((high, low), (known_high, known_low)) = (halves(identity), halves(known));
        statements.get(SQL)?.execute((high, low, known_high, known_low))?;
    }
    Ok(())
}

/// Notes which transaction another one replaces.
fn note_replaced(
    statements: &mut Statements<'_>,
    number: i64,
    portfolio: i64,
    replaced: TransactionId,
) -> Result<(), StoreError> {
    static SQL: &str = "UPDATE transactions SET replaces = (
            SELECT sequence FROM transactions WHERE id_high = ?1 AND id_low = ?2 AND portfolio = ?3)
        WHERE sequence = ?4";
    let (high, low) = halves(replaced);
    statements.get(SQL)?.execute((high, low, portfolio, number))?;
    Ok(())
}

/// A replacement on a day of a former version keeps the place in the order of recording that it had.
fn keep_place(
    statements: &mut Statements<'_>,
    number: i64,
    portfolio: i64,
    replaced: TransactionId,
) -> Result<(), StoreError> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        let set = "UPDATE transactions SET place = (
                SELECT coalesce(t.place, t.sequence) FROM versions CROSS JOIN transactions t ON t.sequence = version
                WHERE t.trade_date = transactions.trade_date ORDER BY version DESC LIMIT 1)
            WHERE sequence = ?4";
        [VERSIONS, set].concat()
    });
    let (high, low) = halves(replaced);
    statements.get(&SQL)?.execute((high, low, portfolio, number))?;
    Ok(())
}

fn json(lots: &[PickedLot]) -> Result<String, StoreError> {
    serde_json::to_string(lots).map_err(|error| StoreError::Io(error.to_string()))
}
