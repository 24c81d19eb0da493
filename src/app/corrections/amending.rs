//! Amending a transaction: it is voided and entered again with changes.

use super::amended::{Amended, Amendment, amended, refusal};
use super::{BookRecord, VoidReceipt, revert, void};
use crate::app::AppError;
use crate::app::currency_marks::check_mark;
use crate::app::fees::with_known_fee;
use crate::app::lookup::{known_portfolio, known_record, known_stock};
use crate::app::picking::picked_lots;
use crate::app::rematch::{Cause, rematch_stale};
use crate::app::undo::UNDONE;
use crate::domain::{
    DomainError, ExternalId, Fee, LotsNeeded, Money, PickedLot, Portfolio, PositionTotals, RematchedSale, Stock,
    TransactionId, TransactionType,
};
use crate::store::{TransactionRow, UnitOfWork};

/// A transaction that was voided and entered again.
#[derive(Debug, Clone)]
pub struct AmendReceipt {
    /// The voided transaction.
    pub voided: TransactionId,
    /// The transaction that replaces it.
    pub transaction: TransactionRow,
    /// The totals of its position now.
    pub position: PositionTotals,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Voids a trade or dividend and enters it again with changes, in one unit of work. On the same day it
/// keeps the place of the transaction that it replaces.
///
/// # Errors
/// If the id is unknown, voided, or that of a split or transfer, if an entry would no longer be
/// possible, or if the book cannot be read or written.
pub fn amend(
    unit: &mut UnitOfWork<'_>,
    id: &ExternalId,
    owner: Option<&Portfolio>,
    amendment: &Amendment,
    fresh_id: TransactionId,
) -> Result<AmendReceipt, AppError> {
    let record = BookRecord::find(unit.reader(), known_record(unit.reader(), id, owner)?)?;
    if record.is_voided() {
        let id = record.id();
        let hint = format!("`stockbook history {id}` shows what replaced it");
        return Err(refusal(format!("{id} is voided already"), hint).into());
    }
    let BookRecord::Transaction(old) = &record else {
        let what = format!("{} is {}", record.id(), record.noun());
        return Err(refusal(what, "void it, and record it again").into());
    };
    let portfolio = known_portfolio(unit.reader(), &old.portfolio)?;
    let stock = known_stock(unit.reader(), amendment.symbol.as_ref().unwrap_or(&old.symbol))?;
    amendment.marks.iter().try_for_each(|mark| check_mark(&stock, *mark))?;
    check_currency(old, &stock, amendment)?;
    let picked = picked(unit, old, (&portfolio, &stock), amendment)?;
    let entered = amended(old, amendment, fresh_id, picked)?;
    replace(unit, &record, "amended", (&portfolio, &stock), entered)
}

/// Voids an amended transaction and enters the original one again.
///
/// # Errors
/// If an entry would no longer be possible, or if the book cannot be read or written.
pub(in crate::app) fn bring_back(
    unit: &mut UnitOfWork<'_>,
    amended_row: &TransactionRow,
    before: TransactionId,
    (fresh_id, identity): (TransactionId, TransactionId),
) -> Result<VoidReceipt, AppError> {
    let record = BookRecord::Transaction(amended_row.clone());
    let Some(old) = unit.reader().transactions().find(before)? else {
        return Err(AppError::damaged(&format!("{before}, which was amended, is not there")));
    };
    let (portfolio, stock) =
        (known_portfolio(unit.reader(), &old.portfolio)?, known_stock(unit.reader(), &old.symbol)?);
    let picked = unit.reader().records().current_lots(&old.picked)?;
    let entered = amended(&old, &Amendment::default(), fresh_id, picked)?.in_place_of(record.id(), identity);
    let AmendReceipt { transaction, rematched, .. } = replace(unit, &record, UNDONE, (&portfolio, &stock), entered)?;
    Ok(VoidReceipt { records: vec![record], entered: Some(transaction), replacement: None, rematched })
}

/// Voids a transaction and enters another one in its place.
fn replace(
    unit: &mut UnitOfWork<'_>,
    record: &BookRecord,
    reason: &str,
    (portfolio, stock): (&Portfolio, &Stock),
    entered: Amended,
) -> Result<AmendReceipt, AppError> {
    let (id, date) = (entered.id(), entered.date());
    let needed = entered.lots_needed(portfolio.cost_basis_method());
    let is_same_stock = record.symbol() == &stock.profile().symbol;
    revert(unit, std::slice::from_ref(record), if is_same_stock { needed } else { LotsNeeded::None })?;
    let old_stock = void(unit, record, Some(&reason.parse()?))?;
    match entered {
        Amended::Trade(trade) => {
            let trade = with_known_fee(unit.reader(), stock, trade)?;
            let kept = unit.reader().records().place_among_versions(portfolio, record.id(), date)?;
            unit.with_position(portfolio, stock, needed, |position, next| {
                if kept.is_some()
                    && !is_same_stock
                    && position.totals().last_entry.is_some_and(|(last, _)| last >= date)
                {
                    // Other entries of that day may come after it.
                    position.mark_stale();
                }
                position.execute(&trade, kept.unwrap_or(next)).map_err(AppError::from)
            })?;
        }
        Amended::Dividend(dividend) => {
            unit.with_position(portfolio, stock, LotsNeeded::None, |position, place| {
                position.receive_dividend(&dividend, place).map_err(AppError::from)
            })?;
        }
    }
    let cause = Cause::transaction(id, date.min(record.date()));
    let mut rematched = rematch_stale(unit, &old_stock, cause)?.sales;
    if !is_same_stock {
        rematched.extend(rematch_stale(unit, stock, cause)?.sales);
    }
    let transaction =
        unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the transaction is not there"))?;
    let position = unit.current_totals(portfolio, stock)?;
    Ok(AmendReceipt { voided: record.id(), transaction, position, rematched })
}

/// Refuses to read amounts of one currency as amounts of another.
fn check_currency(old: &TransactionRow, stock: &Stock, amendment: &Amendment) -> Result<(), DomainError> {
    let is_given = amendment.consideration.is_some()
        && (amendment.fee.is_some() || amendment.charged.is_some() || old.fee == Fee::ZERO)
        && (amendment.withholding.is_some() || old.withholding.is_none_or(Money::is_zero));
    let (symbol, currency) = (&stock.profile().symbol, stock.profile().currency);
    if currency == old.currency || is_given {
        return Ok(());
    }
    let what = format!("the amounts of {} are in {}, and {symbol} is in {currency}", old.transaction_id, old.currency);
    Err(refusal(what, "give all its amounts again, with --price or --amount, --fee and --withholding"))
}

/// The lots that an amended sale takes: the given ones, or those that it took before.
fn picked(
    unit: &UnitOfWork<'_>,
    old: &TransactionRow,
    (portfolio, stock): (&Portfolio, &Stock),
    amendment: &Amendment,
) -> Result<Vec<PickedLot>, AppError> {
    let (id, symbol) = (old.transaction_id, &stock.profile().symbol);
    let (quantity, lots) = (amendment.quantity.or(old.quantity), &amendment.lots);
    if !lots.is_empty() {
        if old.transaction_type != TransactionType::Sell {
            return Err(refusal(format!("{id} is not a sale, and takes no lots"), "leave --lot out").into());
        }
        return quantity
            .map_or(Ok(Vec::new()), |quantity| picked_lots(unit.reader(), portfolio, lots, symbol, quantity));
    }
    let mut picked = unit.reader().records().current_lots(&old.picked)?;
    if picked.is_empty() {
        return Ok(picked);
    }
    if *symbol != old.symbol {
        let what = format!("{id} takes lots of {}, and none of {symbol}", old.symbol);
        return Err(refusal(what, "name those that it is to take with --lot").into());
    }
    match (amendment.quantity, picked.as_mut_slice()) {
        (None, _) => {}
        (Some(quantity), [only]) => only.quantity = quantity,
        (Some(_), _) => {
            let what = format!("{id} takes {} lots, and another quantity leaves open how much of each", picked.len());
            return Err(refusal(what, "give --lot once for each lot, as ID:QUANTITY").into());
        }
    }
    Ok(picked)
}
