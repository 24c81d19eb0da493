//! Buying and selling.

use crate::app::{known_portfolio, known_stock};
use crate::domain::{
    Consideration, Day, Disposal, DomainError, ExternalId, Fee, Money, Note, PortfolioName, PositionTotals, Quantity,
    Side, Symbol, TooLarge, Trade, TransactionId,
};
use crate::store::{LotsNeeded, TransactionRow, UnitOfWork};

/// A purchase or sale that a user asks for. What is `None` was not given.
#[derive(Debug, Clone)]
pub struct TradeRequest {
    /// Purchase or sale.
    pub side: Side,
    /// The stock.
    pub symbol: Symbol,
    /// Shares that change hands.
    pub quantity: Quantity,
    /// Price or amount, before fees.
    pub consideration: Consideration,
    /// The broker's fee; none unless given.
    pub fee: Option<Fee>,
    /// The day of the trade; today unless given.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that the transaction gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A trade as it was recorded, and what followed from it.
#[derive(Debug, Clone)]
pub struct TradeReceipt {
    /// The transaction.
    pub transaction: TransactionRow,
    /// What a sale realized, lot by lot.
    pub disposals: Vec<Disposal>,
    /// What the position comes to now.
    pub position: PositionTotals,
}

impl TradeReceipt {
    /// What a sale realized in all; none for a purchase.
    ///
    /// # Errors
    /// If the sum has more digits than a book can hold, which a recorded sale's has not.
    pub fn realized_gain(&self) -> Result<Option<Money>, TooLarge> {
        match self.transaction.transaction_type {
            Side::Buy => Ok(None),
            Side::Sell => {
                self.disposals.iter().try_fold(Money::ZERO, |sum, disposal| sum.plus(disposal.gain)).map(Some)
            }
        }
    }
}

/// Carries out a purchase or sale, or, if it was recorded before under the same id, finds it.
///
/// # Errors
/// If the symbol or portfolio is unknown, if more would be sold than is held, if the trade is
/// dated before the position's last, if its id stands for another one, or if the book cannot be
/// read or written.
pub fn execute_trade(unit: &mut UnitOfWork<'_>, request: &TradeRequest) -> anyhow::Result<TradeReceipt> {
    let portfolio = known_portfolio(unit, &request.portfolio)?;
    let stock = known_stock(unit, &request.symbol)?;
    let id = request.id.as_ref().map_or(request.fresh_id, |id| id.resolve(portfolio.id()));
    if let (Some(given), Some(transaction)) = (&request.id, unit.transaction(id)?) {
        if let Some(differs) = difference(request, &transaction) {
            return Err(DomainError::IdConflict { id: given.clone(), differs }.into());
        }
        let disposals = unit.disposals(id)?;
        let position = unit.position_totals(&portfolio, &stock)?;
        return Ok(TradeReceipt { transaction, disposals, position });
    }
    let trade = Trade {
        id,
        side: request.side,
        date: request.date.unwrap_or(request.today),
        quantity: request.quantity,
        consideration: request.consideration,
        fee: request.fee.unwrap_or(Fee::ZERO),
        note: request.note.clone(),
    };
    let lots = match request.side {
        Side::Buy => LotsNeeded::None,
        Side::Sell => LotsNeeded::Oldest(request.quantity),
    };
    let (disposals, position) = unit.with_position(&portfolio, &stock, lots, |position| {
        position.execute(&trade)?;
        anyhow::Ok((position.disposals().to_vec(), *position.totals()))
    })?;
    let transaction = unit.transaction(id)?.ok_or_else(|| anyhow::anyhow!("the transaction is not there"))?;
    Ok(TradeReceipt { transaction, disposals, position })
}

/// The first member that was given and is not as recorded.
pub(super) fn difference(request: &TradeRequest, recorded: &TransactionRow) -> Option<&'static str> {
    let amount = match recorded.transaction_type {
        Side::Buy => recorded.total_amount.minus(recorded.fee.into()),
        Side::Sell => recorded.total_amount.plus(recorded.fee.into()),
    };
    let is_same_consideration = match request.consideration {
        Consideration::Price(price) => price == recorded.price && price.times(request.quantity) == amount,
        Consideration::Amount(given) => amount == Ok(given),
    };
    let checks = [
        ("type", request.side == recorded.transaction_type),
        ("portfolio", request.portfolio == recorded.portfolio),
        ("symbol", request.symbol == recorded.symbol),
        ("quantity", request.quantity == recorded.quantity),
        ("price", is_same_consideration),
        ("fee", request.fee.is_none_or(|fee| fee == recorded.fee)),
        ("date", request.date.is_none_or(|date| date == recorded.trade_date)),
        ("note", request.note.is_none() || request.note == recorded.note),
    ];
    checks.into_iter().find(|(_, is_same)| !is_same).map(|(member, _)| member)
}
