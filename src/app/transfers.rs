//! Transfers between portfolios.

use super::picking::{LotChoice, picked_lots};
use super::rematch::{Cause, rematch_stale};
use super::{known_portfolio, known_stock};
use crate::domain::{
    Day, DomainError, ExternalId, LotsNeeded, PickedLot, PortfolioName, PositionTotals, Quantity, Symbol,
    TransactionId, TransactionType, Transfer,
};
use crate::store::{RematchedSale, TransactionRow, UnitOfWork};

/// A transfer that a user records.
#[derive(Debug, Clone)]
pub struct TransferRequest {
    /// The stock.
    pub symbol: Symbol,
    /// Shares that move.
    pub quantity: Quantity,
    /// The portfolio that they leave.
    pub from: PortfolioName,
    /// The portfolio that they come to.
    pub to: PortfolioName,
    /// The day; today unless given.
    pub date: Option<Day>,
    /// The lots that are to move; the sending portfolio's rule unless given.
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
    /// Its side where the shares left.
    pub transaction: TransactionRow,
    /// What the sending position comes to now.
    pub sender: PositionTotals,
    /// What the receiving position comes to now.
    pub receiver: PositionTotals,
    /// Sales that realize another gain because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Moves shares with their lots, or, if it was recorded before under the same id, finds it.
///
/// # Errors
/// If the symbol or a portfolio is unknown, if more would leave than is held, on that day or by an
/// entry after it, if its id stands for something else, or if the book cannot be read or written.
pub fn transfer_shares(unit: &mut UnitOfWork<'_>, request: &TransferRequest) -> anyhow::Result<TransferReceipt> {
    let stock = known_stock(unit, &request.symbol)?;
    let (from, to) = (known_portfolio(unit, &request.from)?, known_portfolio(unit, &request.to)?);
    let id = request.id.as_ref().map_or(request.fresh_id, |given| given.resolve(from.id()));
    let picked = picked_lots(unit, &from, &request.lots, request.quantity)?;
    let known = request.id.as_ref().map(|given| recorded(unit, request, given, id, &picked)).transpose()?.flatten();
    let mut rematched = Vec::new();
    if known.is_none() {
        let date = request.date.unwrap_or(request.today);
        let needed = LotsNeeded::for_sale(from.cost_basis_method(), request.quantity, &picked);
        let transfer = Transfer { id, date, quantity: request.quantity, picked, note: None };
        let lots = unit.with_position(&from, &stock, needed, |position, place| {
            position.send(&transfer, place).map_err(anyhow::Error::from)
        })?;
        // A lot that comes back joins what is there of it.
        unit.with_position(&to, &stock, LotsNeeded::All, |position, place| {
            position.receive(&transfer, lots, place).map_err(anyhow::Error::from)
        })?;
        rematched = rematch_stale(unit, &stock, Cause::transaction(id, date))?;
    }
    let transaction = unit.transaction(id)?.ok_or_else(|| anyhow::anyhow!("the transfer is not there"))?;
    let (sender, receiver) = (unit.current_totals(&from, &stock)?, unit.current_totals(&to, &stock)?);
    Ok(TransferReceipt { transaction, sender, receiver, rematched })
}

fn recorded(
    unit: &mut UnitOfWork<'_>,
    request: &TransferRequest,
    given: &ExternalId,
    id: TransactionId,
    picked: &[PickedLot],
) -> anyhow::Result<Option<TransactionRow>> {
    let conflict = |differs| DomainError::IdConflict { id: given.clone(), differs };
    let Some(recorded) = unit.transaction(id)? else {
        return if unit.split(id)?.is_some() { Err(conflict("type").into()) } else { Ok(None) };
    };
    let ends: Vec<_> = unit.facts()?.portfolios_of(id)?;
    let checks = [
        ("type", recorded.transaction_type == TransactionType::TransferOut),
        ("symbol", request.symbol == recorded.symbol),
        ("portfolio", recorded.portfolio == request.from && ends.iter().any(|end| *end.name() == request.to)),
        ("quantity", recorded.quantity == Some(request.quantity)),
        ("date", request.date.is_none_or(|date| date == recorded.trade_date)),
        ("choice of lots", picked.is_empty() || picked == recorded.picked),
    ];
    match checks.into_iter().find(|(_, is_same)| !is_same) {
        Some((differs, _)) => Err(conflict(differs).into()),
        None => Ok(Some(recorded)),
    }
}
