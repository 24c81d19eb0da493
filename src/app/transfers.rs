//! Transfers between portfolios, and out of the book.

use super::destination::Destination;
use super::lookup::held_elsewhere;
use super::picking::{LotChoice, picked_lots};
use super::rematch::{Cause, rematch_stale};
use super::same_record::{Asked, NewId};
use super::{AppError, known_portfolio, known_stock};
use crate::domain::{
    Day, ExternalId, LotsNeeded, PortfolioName, PositionTotals, Quantity, RematchedSale, Symbol, TimeOfDay,
    TransactionId, TransactionType, Transfer,
};
use crate::store::{TransactionRow, UnitOfWork};

/// A transfer that a user records.
#[derive(Debug, Clone)]
pub struct TransferRequest {
    /// The stock.
    pub symbol: Symbol,
    /// Shares that move.
    pub quantity: Quantity,
    /// The portfolio that they leave.
    pub from: PortfolioName,
    /// Their destination.
    pub to: Destination,
    /// The day; today unless given.
    pub date: Option<Day>,
    /// The time of day.
    pub time: Option<TimeOfDay>,
    /// The lots that move; the sending portfolio's method decides unless given.
    pub lots: Vec<LotChoice>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A transfer as it was recorded.
#[derive(Debug, Clone)]
pub struct TransferReceipt {
    /// The side that the shares left.
    pub transaction: TransactionRow,
    /// The totals of the sending position now.
    pub sender: PositionTotals,
    /// The totals of the receiving position now, if it is in the book.
    pub receiver: Option<PositionTotals>,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Moves shares with their lots; if the transfer has already been recorded under the same id, returns that
/// record.
///
/// # Errors
/// If the symbol or a portfolio is unknown, if more would leave than is held, on that day or by a later
/// entry, if its id belongs to something else, or if the book cannot be read or written.
pub fn transfer_shares(unit: &mut UnitOfWork<'_>, request: &TransferRequest) -> Result<TransferReceipt, AppError> {
    let stock = known_stock(unit.reader(), &request.symbol)?;
    let from = known_portfolio(unit.reader(), &request.from)?;
    let to = match &request.to {
        Destination::Portfolio(to) => Some(known_portfolio(unit.reader(), to)?),
        Destination::Outside => None,
    };
    let picked = picked_lots(unit.reader(), &from, &request.lots, &request.symbol, request.quantity)?;
    let asked = Asked {
        portfolio: Some(&request.from),
        to: Some(&request.to),
        quantity: Some(request.quantity),
        date: request.date,
        time: request.time,
        picked: &picked,
        ..Asked::new(TransactionType::TransferOut, &request.symbol)
    };
    let known = match &request.id {
        Some(given) => asked.recorded::<AppError>(unit, given, from.id())?,
        None => None,
    };
    let NewId { id, identity } = match &known {
        Some(known) => NewId { id: known.id(), identity: None },
        None => NewId::given::<AppError>(unit, request.id.as_ref(), from.id(), request.fresh_id)?,
    };
    let mut rematched = Vec::new();
    if known.is_none() {
        let date = request.date.unwrap_or(request.today);
        let needed = LotsNeeded::for_sale(from.cost_basis_method(), request.quantity, &picked);
        let quantity = request.quantity;
        let transfer = Transfer { id, identity, date, time: request.time, quantity, picked, note: None };
        let sent = unit.with_position(&from, &stock, needed, |position, place| {
            position.send(&transfer, place).map_err(AppError::from)
        });
        let lots = sent.map_err(|error| held_elsewhere(unit, &stock, error))?;
        if let Some(to) = &to {
            // A part of a lot that returns is merged with what is left of the lot.
            unit.with_position(to, &stock, LotsNeeded::All, |position, place| {
                position.receive(&transfer, lots, place).map_err(AppError::from)
            })?;
        }
        rematched = rematch_stale(unit, &stock, Cause::transaction(id, date))?.sales;
    }
    let transaction =
        unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the transfer is not there"))?;
    let sender = unit.current_totals(&from, &stock)?;
    let receiver = to.map(|to| unit.current_totals(&to, &stock)).transpose()?;
    Ok(TransferReceipt { transaction, sender, receiver, rematched })
}
