//! Adjusting the cost of shares, when capital is returned or added; and writing off worthless shares.

use super::dividends::{Claim, Payment};
use super::held_shares::{AllShares, held_as_known, held_on};
use super::record::BookRecord;
use super::rematch::{Cause, rematch_stale};
use super::same_record::{self, Asked, NewId};
use super::session::Mode;
use super::{AppError, TradeReceipt, TradeRequest, TradeTerms, execute_trade, known_portfolio, known_stock};
use crate::domain::{
    Consideration, CostAdjustment, CostAdjustmentKind, Day, Disposal, DomainError, ExternalId, LotsNeeded, Money, Note,
    Portfolio, PortfolioName, PositionTotals, RematchedSale, Shares, Side, Stock, Symbol, TransactionId,
};
use crate::store::{TransactionRow, UnitOfWork};

/// A cost adjustment that a user records.
#[derive(Debug, Clone)]
pub struct CostChangeRequest {
    /// The direction.
    pub kind: CostAdjustmentKind,
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The amount, in all or per share.
    pub payment: Payment,
    /// The day; today unless given.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A cost adjustment as it was recorded.
#[derive(Debug, Clone)]
pub struct CostChangeReceipt {
    /// The transaction.
    pub transaction: TransactionRow,
    /// What the amount was computed from, if it was given per share.
    pub claim: Option<Claim>,
    /// What it realized, lot by lot, if more capital was returned than the shares had cost.
    pub disposals: Vec<Disposal>,
    /// The totals of the position now.
    pub position: PositionTotals,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Adjusts the cost of a position's shares, or finds the adjustment, if it was recorded before under the
/// same id.
///
/// # Errors
/// If the symbol or portfolio is unknown, if nothing is held, if its id belongs to something else, or if
/// the book cannot be read or written.
pub fn change_cost(unit: &mut UnitOfWork<'_>, request: &CostChangeRequest) -> Result<CostChangeReceipt, AppError> {
    let portfolio = known_portfolio(unit.reader(), &request.portfolio)?;
    let stock = known_stock(unit.reader(), &request.symbol)?;
    if let Some(given) = &request.id
        && let Some((transaction, claim)) = recorded(unit, request, given, (&portfolio, &stock))?
    {
        let disposals = unit.reader().transactions().disposals(transaction.transaction_id)?;
        let position = unit.current_totals(&portfolio, &stock)?;
        return Ok(CostChangeReceipt { transaction, claim, disposals, position, rematched: Vec::new() });
    }
    let date = request.date.unwrap_or(request.today);
    let NewId { id, identity } = NewId::given::<AppError>(unit, request.id.as_ref(), portfolio.id(), request.fresh_id)?;
    let (amount, claim) = amount(request, date, || held_on(unit, &portfolio, &stock, date))?;
    let adjustment = CostAdjustment { id, identity, kind: request.kind, date, amount, note: request.note.clone() };
    unit.with_position(&portfolio, &stock, LotsNeeded::All, |position, place| {
        position.adjust_cost(&adjustment, place).map_err(AppError::from)
    })?;
    let rematched = rematch_stale(unit, &stock, Cause::transaction(id, date))?.sales;
    let transaction =
        unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the change is not there"))?;
    let (disposals, position) = (unit.reader().transactions().disposals(id)?, unit.current_totals(&portfolio, &stock)?);
    Ok(CostChangeReceipt { transaction, claim, disposals, position, rematched })
}

/// The adjustment recorded under the request's id, and what its amount was computed from.
fn recorded(
    unit: &mut UnitOfWork<'_>,
    request: &CostChangeRequest,
    given: &ExternalId,
    (portfolio, stock): (&Portfolio, &Stock),
) -> Result<Option<(TransactionRow, Option<Claim>)>, AppError> {
    let Some(record) = same_record::find::<AppError>(unit, given, portfolio.id())? else { return Ok(None) };
    let said = Asked {
        portfolio: Some(&request.portfolio),
        date: request.date,
        note: request.note.as_ref(),
        ..Asked::new(request.kind.into(), &request.symbol)
    };
    said.check::<AppError>(unit, given, &record)?;
    let BookRecord::Transaction(row) = &record else { return Ok(None) };
    // A retry means the book as it was then, whatever was recorded since.
    let (amount, claim) = amount(request, row.trade_date, || {
        held_as_known(unit.flushed()?.as_known_before(row.sequence), portfolio, stock, row.trade_date)
    })?;
    let said = Asked { consideration: Some(Consideration::Amount(amount)), ..said };
    said.check::<AppError>(unit, given, &record)?;
    Ok(Some((row.clone(), claim)))
}

/// The amount in all, and what it was computed from.
fn amount(
    request: &CostChangeRequest,
    date: Day,
    held: impl FnOnce() -> Result<Shares, AppError>,
) -> Result<(Money, Option<Claim>), AppError> {
    let (symbol, portfolio) = (request.symbol.clone(), request.portfolio.clone());
    let nothing = DomainError::NothingToAdjust { symbol: symbol.clone(), portfolio, date };
    request.payment.in_all(date, held, nothing, DomainError::TooLarge { figure: "the amount", symbol })
}

/// A request to write off shares that have become worthless.
#[derive(Debug, Clone)]
pub struct WriteOffRequest {
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The day; today unless given.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
    /// Whether to record it.
    pub mode: Mode,
}

/// Sells everything that is held of a stock for nothing, or finds that sale, if it was recorded before
/// under the same id.
///
/// # Errors
/// As [`execute_trade`]; and if nothing is held.
pub fn write_off(unit: &mut UnitOfWork<'_>, request: &WriteOffRequest) -> Result<TradeReceipt, AppError> {
    let all = AllShares {
        symbol: &request.symbol,
        portfolio: &request.portfolio,
        date: request.date.unwrap_or(request.today),
        time: None,
        id: request.id.as_ref(),
    };
    let quantity = all.quantity(unit)?;
    let terms = TradeTerms {
        side: Side::Sell,
        symbol: request.symbol.clone(),
        portfolio: request.portfolio.clone(),
        quantity,
        consideration: Consideration::Amount(Money::ZERO),
        fee: None,
        date: request.date,
        time: None,
        note: request.note.clone(),
        lots: Vec::new(),
        as_of: None,
        settled: None,
        charged: None,
    };
    let WriteOffRequest { id, fresh_id, today, mode, .. } = request.clone();
    execute_trade(unit, &TradeRequest { terms, id, fresh_id, today, mode })
}
