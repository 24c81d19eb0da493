//! Adjusting the cost of shares, when capital is returned or added.

use super::dividends::{Claim, Payment};
use super::each_holder::{EachHolder, together};
use super::held_shares::{held_as_known, nothing_held};
use super::record::BookRecord;
use super::rematch::{Cause, rematch_stale};
use super::same_record::{Asked, NewId};
use super::{AppError, known_stock};
use crate::domain::{
    Consideration, CostAdjustment, CostAdjustmentKind, Day, Disposal, DomainError, ExternalId, LotsNeeded, Moment,
    Money, Note, Portfolio, PortfolioName, PositionTotals, RematchedSale, Shares, Stock, Symbol, TransactionId,
};
use crate::store::{TransactionRow, UnitOfWork};

/// A cost adjustment that a user records.
#[derive(Debug, Clone)]
pub struct CostChangeRequest {
    /// The direction.
    pub kind: CostAdjustmentKind,
    /// The stock.
    pub symbol: Symbol,
    /// The only portfolio that it concerns; all that hold the stock unless given.
    pub only: Option<PortfolioName>,
    /// The total amount, or the amount per share.
    pub payment: Payment,
    /// The day; today unless given.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// Today.
    pub today: Day,
}

/// Cost adjustments as they were recorded.
#[derive(Debug, Clone)]
pub struct CostChangeReceipt {
    /// The adjustments, one for each portfolio.
    pub changes: Vec<CostChange>,
    /// Sales whose realized gain changes because of them.
    pub rematched: Vec<RematchedSale>,
}

/// The cost adjustment of one position.
#[derive(Debug, Clone)]
pub struct CostChange {
    /// The transaction.
    pub transaction: TransactionRow,
    /// What the amount was computed from, if it was given per share.
    pub claim: Option<Claim>,
    /// What it realized, lot by lot, if more capital was returned than the shares had cost.
    pub disposals: Vec<Disposal>,
    /// The totals of the position now.
    pub position: PositionTotals,
}

/// Adjusts the cost of a stock's shares in all portfolios that hold it, or in one. If adjustments have
/// already been recorded under the same id, returns those.
///
/// # Errors
/// If the symbol or portfolio is unknown, if nothing is held, if a total is given and several portfolios hold
/// the stock, if the id belongs to something else, or if the book cannot be read or written.
pub fn change_cost(unit: &mut UnitOfWork<'_>, request: &CostChangeRequest) -> Result<CostChangeReceipt, AppError> {
    let stock = known_stock(unit.reader(), &request.symbol)?;
    let date = request.date.unwrap_or(request.today);
    let each = EachHolder { stock: &stock, only: request.only.as_ref(), date, id: request.id.as_ref() };
    let known = recorded(unit, request, each)?;
    if !known.is_empty() {
        return receipt(unit, &stock, known, Vec::new());
    }
    let portfolios = each.portfolios(unit)?;
    if let (Payment::Total(_), [_, _, ..]) = (request.payment, portfolios.as_slice()) {
        let holders = portfolios.iter().map(|(portfolio, held)| (portfolio.name().clone(), held.clone())).collect();
        return Err(DomainError::SeveralHolders { symbol: request.symbol.clone(), date, holders }.into());
    }
    let given = each.id_in(portfolios.len());
    let (mut changes, mut rematched) = (Vec::new(), Vec::new());
    for (portfolio, held) in portfolios {
        if held.is_zero() {
            return Err(nothing_held(unit, &stock, Some(portfolio.name()), date)?.into());
        }
        let fresh = unit.fresh_id();
        let NewId { id, identity } = NewId::given::<AppError>(unit, given.as_ref(), portfolio.id(), fresh)?;
        let (amount, claim) = amount(request, (&portfolio, date), || Ok(held))?;
        let adjustment = CostAdjustment { id, identity, kind: request.kind, date, amount, note: request.note.clone() };
        unit.with_position(&portfolio, &stock, LotsNeeded::All, |position, place| {
            position.adjust_cost(&adjustment, place).map_err(AppError::from)
        })?;
        rematched.extend(rematch_stale(unit, &stock, Cause::transaction(id, date))?.sales);
        changes.push((portfolio, id, claim));
    }
    receipt(unit, &stock, changes, together(rematched))
}

/// A recorded adjustment, and what its amount was computed from.
type Recorded = (Portfolio, TransactionId, Option<Claim>);

fn receipt(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    recorded: Vec<Recorded>,
    rematched: Vec<RematchedSale>,
) -> Result<CostChangeReceipt, AppError> {
    let mut changes = Vec::with_capacity(recorded.len());
    for (portfolio, id, claim) in recorded {
        let transaction = unit.reader().transactions().find(id)?;
        let transaction = transaction.ok_or_else(|| AppError::damaged("the change is not there"))?;
        let disposals = unit.reader().transactions().disposals(id)?;
        let position = unit.current_totals(&portfolio, stock)?;
        changes.push(CostChange { transaction, claim, disposals, position });
    }
    Ok(CostChangeReceipt { changes, rematched })
}

/// The adjustments recorded under the request's id, and what their amounts were computed from.
fn recorded(
    unit: &mut UnitOfWork<'_>,
    request: &CostChangeRequest,
    each: EachHolder<'_>,
) -> Result<Vec<Recorded>, AppError> {
    let asked = Asked {
        portfolio: request.only.as_ref(),
        date: request.date,
        note: request.note.as_ref(),
        ..Asked::new(request.kind.into(), &request.symbol)
    };
    let mut known = Vec::new();
    for (portfolio, row) in each.recorded(unit, &asked)? {
        // A retry refers to the book as it was then, whatever has been recorded since.
        let (amount, claim) = amount(request, (&portfolio, row.trade_date), || {
            held_as_known(
                unit.flushed()?.as_known_before(row.sequence),
                &portfolio,
                each.stock,
                (row.trade_date, Moment::After),
            )
        })?;
        let asked = Asked { consideration: Some(Consideration::Amount(amount)), ..asked.clone() };
        let id = row.transaction_id;
        if let Some(given) = each.id {
            asked.check::<AppError>(unit, given, &BookRecord::Transaction(row))?;
        }
        known.push((portfolio, id, claim));
    }
    Ok(known)
}

/// The total amount, and what it was computed from.
fn amount(
    request: &CostChangeRequest,
    (portfolio, date): (&Portfolio, Day),
    held: impl FnOnce() -> Result<Shares, AppError>,
) -> Result<(Money, Option<Claim>), AppError> {
    let (symbol, portfolio) = (request.symbol.clone(), Some(portfolio.name().clone()));
    let nothing = DomainError::NothingToAdjust { symbol: symbol.clone(), portfolio, date, elsewhere: Vec::new() };
    request.payment.in_all(date, held, nothing, DomainError::TooLarge { figure: "the amount", symbol })
}
