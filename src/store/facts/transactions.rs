//! The rows of transactions.

use std::sync::LazyLock;

use rusqlite::params;

use super::identities;
use crate::domain::{
    CostAdjustedEvent, Day, DividendReceivedEvent, Fee, Note, PickedLot, TimeOfDay, TransactionExecutedEvent,
    TransactionId, TransactionType,
};
use crate::store::StoreError;
use crate::store::events::StreamKey;
use crate::store::reader::VERSIONS;
use crate::store::statements::Statements;
use crate::store::values::halves;

pub(super) fn execute(
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
    replace(statements, (number, portfolio), executed.replaces, Place::OfReplaced)?;
    identities::map(statements, executed.identity, executed.transaction_id)
}

pub(super) fn receive(
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
    identities::map(statements, received.identity, received.transaction_id)?;
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
    // A dividend matches no lots. The reader finds its place, which books of earlier versions do not have either.
    replace(statements, (number, portfolio), received.replaces, Place::Own)
}

pub(super) fn adjust(
    statements: &mut Statements<'_>,
    number: i64,
    (portfolio, stock): StreamKey,
    adjusted: &CostAdjustedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO transactions (sequence, id_high, id_low, portfolio, stock, type, trade_date,
                                         fee, total_amount, note)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (high, low) = halves(adjusted.transaction_id);
    identities::map(statements, adjusted.identity, adjusted.transaction_id)?;
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
    replace(statements, (number, portfolio), adjusted.replaces, Place::OfReplaced)
}

/// Marks a transaction as voided; in the stream of a stock, a split or a conversion.
pub(super) fn void(
    statements: &mut Statements<'_>,
    number: i64,
    (portfolio, stock): StreamKey,
    id: TransactionId,
) -> Result<(), StoreError> {
    static TRANSACTION: &str = "UPDATE transactions SET voided_at = ?1
               WHERE id_high = ?2 AND id_low = ?3 AND portfolio = ?4 AND stock = ?5";
    static SPLIT: &str = "UPDATE splits SET voided_at = ?1 WHERE split_id = ?2 AND stock = ?3";
    static CONVERSION: &str = "UPDATE conversions SET voided_at = ?1 WHERE conversion_id = ?2 AND stock = ?3";
    let voided_rows = if portfolio == 0 {
        let of = (number, id.plain(), stock);
        match statements.get(SPLIT)?.execute(of)? {
            0 => statements.get(CONVERSION)?.execute(of)?,
            splits => splits,
        }
    } else {
        let (high, low) = halves(id);
        statements.get(TRANSACTION)?.execute((number, high, low, portfolio, stock))?
    };
    if voided_rows != 1 {
        return Err(StoreError::Damaged(format!("there is no {id} to void there")));
    }
    Ok(())
}

/// The place of a transaction in the order of recording.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// That of the version that it replaces, if that is of the same day.
    OfReplaced,
    /// Its own.
    Own,
}

/// Notes which transaction a new one replaces, if it replaces one.
fn replace(
    statements: &mut Statements<'_>,
    (number, portfolio): (i64, i64),
    replaced: Option<TransactionId>,
    place: Place,
) -> Result<(), StoreError> {
    static KEEP_PLACE: LazyLock<String> = LazyLock::new(|| {
        let set = "UPDATE transactions SET place = (
                SELECT coalesce(t.place, t.sequence) FROM versions CROSS JOIN transactions t ON t.sequence = version
                WHERE t.trade_date = transactions.trade_date ORDER BY version DESC LIMIT 1)
            WHERE sequence = ?4";
        [VERSIONS, set].concat()
    });
    static NOTE: &str = "UPDATE transactions SET replaces = (
            SELECT sequence FROM transactions WHERE id_high = ?1 AND id_low = ?2 AND portfolio = ?3)
        WHERE sequence = ?4";
    let Some((high, low)) = replaced.map(halves) else { return Ok(()) };
    let of = (high, low, portfolio, number);
    if place == Place::OfReplaced {
        statements.get(&KEEP_PLACE)?.execute(of)?;
    }
    statements.get(NOTE)?.execute(of)?;
    Ok(())
}

fn json(lots: &[PickedLot]) -> Result<String, StoreError> {
    serde_json::to_string(lots).map_err(|error| StoreError::Io(error.to_string()))
}
