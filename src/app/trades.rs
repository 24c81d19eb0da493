//! Buying and selling.

use super::picking::{LotChoice, picked_lots};
use super::preview::{Preview, previews};
use super::rematch::{Cause, rematch_stale};
use super::session::Mode;
use super::{known_portfolio, known_stock};
use crate::domain::{
    Consideration, Day, Disposal, DomainError, ExternalId, Fee, GainTotals, LotsNeeded, Money, Note, PickedLot,
    PortfolioName, PositionTotals, Quantity, Side, Symbol, TooLarge, Trade, TransactionId, TransactionType,
};
use crate::store::{RematchedSale, StoreError, TransactionRow, UnitOfWork};

/// What a purchase or sale is about. What is `None` was not given.
#[derive(Debug, Clone)]
pub struct TradeTerms {
    /// Purchase or sale.
    pub side: Side,
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: PortfolioName,
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
    /// The lots that a sale is to take.
    pub lots: Vec<LotChoice>,
}

impl TradeTerms {
    /// The trade itself, on `day` unless another was given.
    pub(super) fn trade(&self, id: TransactionId, day: Day, picked: Vec<PickedLot>) -> Trade {
        Trade {
            id,
            side: self.side,
            date: self.date.unwrap_or(day),
            quantity: self.quantity,
            consideration: self.consideration,
            fee: self.fee.unwrap_or(Fee::ZERO),
            note: self.note.clone(),
            picked,
            replaces: None,
        }
    }

    /// The transaction that the book has already under the id that was given. One with other terms
    /// is refused.
    pub(super) fn recorded<E: From<StoreError> + From<DomainError>>(
        &self,
        unit: &mut UnitOfWork<'_>,
        given: &ExternalId,
        id: TransactionId,
        picked: &[PickedLot],
    ) -> Result<Option<TransactionRow>, E> {
        let conflict = |differs| DomainError::IdConflict { id: given.clone(), differs };
        match unit.transaction(id)? {
            Some(transaction) => match self.difference(&transaction, picked) {
                Some(differs) => Err(conflict(differs).into()),
                None => Ok(Some(transaction)),
            },
            None if unit.split(id)?.is_some() => Err(conflict("type").into()),
            None => Ok(None),
        }
    }

    /// The first member that was given and is not as recorded.
    fn difference(&self, recorded: &TransactionRow, picked: &[PickedLot]) -> Option<&'static str> {
        let amount = recorded.gross_amount();
        let is_same_consideration = match self.consideration {
            Consideration::Price(price) => Some(price) == recorded.price && price.times(self.quantity).ok() == amount,
            Consideration::Amount(given) => amount == Some(given),
        };
        let checks = [
            ("type", recorded.transaction_type == self.side.into()),
            ("portfolio", self.portfolio == recorded.portfolio),
            ("symbol", self.symbol == recorded.symbol),
            ("quantity", recorded.quantity == Some(self.quantity)),
            ("price", is_same_consideration),
            ("fee", self.fee.is_none_or(|fee| fee == recorded.fee)),
            ("date", self.date.is_none_or(|date| date == recorded.trade_date)),
            ("note", self.note.is_none() || self.note == recorded.note),
            ("choice of lots", picked.is_empty() || picked == recorded.picked),
        ];
        checks.into_iter().find(|(_, is_same)| !is_same).map(|(member, _)| member)
    }
}

/// A purchase or sale that a user asks for.
#[derive(Debug, Clone)]
pub struct TradeRequest {
    /// What it is about.
    pub terms: TradeTerms,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that the transaction gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
    /// Whether it is meant.
    pub mode: Mode,
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
    /// Sales that realize another gain because of it.
    pub rematched: Vec<RematchedSale>,
    /// What a sale would realize under every method; only in a dry run.
    pub previews: Vec<Preview>,
}

impl TradeReceipt {
    /// What a sale realized in all; none for a purchase.
    ///
    /// # Errors
    /// If the sum has more digits than a book can hold, which a recorded sale's has not.
    pub fn realized_gain(&self) -> Result<Option<Money>, TooLarge> {
        let is_sale = self.transaction.transaction_type == TransactionType::Sell;
        is_sale.then(|| GainTotals::sum(&self.disposals).map(|sum| sum.gain)).transpose()
    }
}

/// Carries out a purchase or sale, or, if it was recorded before under the same id, finds it.
///
/// # Errors
/// If the symbol or portfolio is unknown, if more would be sold than is held, on that day or by a
/// sale after it, if its id stands for another one, or if the book cannot be read or written.
pub fn execute_trade(unit: &mut UnitOfWork<'_>, request: &TradeRequest) -> anyhow::Result<TradeReceipt> {
    let TradeRequest { terms, id: given, fresh_id, today, mode } = request;
    let portfolio = known_portfolio(unit, &terms.portfolio)?;
    let stock = known_stock(unit, &terms.symbol)?;
    let id = given.as_ref().map_or(*fresh_id, |given| given.resolve(portfolio.id()));
    let picked = picked_lots(unit, &portfolio, &terms.lots, terms.quantity)?;
    let recorded = given.as_ref().map(|given| terms.recorded::<anyhow::Error>(unit, given, id, &picked)).transpose()?;
    if let Some(transaction) = recorded.flatten() {
        let disposals = unit.disposals(id)?;
        let position = unit.current_totals(&portfolio, &stock)?;
        return Ok(TradeReceipt { transaction, disposals, position, rematched: Vec::new(), previews: Vec::new() });
    }
    let trade = terms.trade(id, *today, picked);
    let previews = match (mode, terms.side) {
        (Mode::DryRun, Side::Sell) => previews(unit, &portfolio, &stock, &trade)?,
        (Mode::DryRun | Mode::Record, _) => Vec::new(),
    };
    let lots = match terms.side {
        Side::Buy => LotsNeeded::None,
        Side::Sell if *mode == Mode::DryRun => LotsNeeded::All,
        Side::Sell => LotsNeeded::for_sale(portfolio.cost_basis_method(), terms.quantity, &trade.picked),
    };
    unit.with_position(&portfolio, &stock, lots, |position, place| {
        position.execute(&trade, place).map_err(anyhow::Error::from)
    })?;
    let rematched = rematch_stale(unit, &stock, Cause::transaction(id, trade.date))?;
    let transaction = unit.transaction(id)?.ok_or_else(|| anyhow::anyhow!("the transaction is not there"))?;
    let (disposals, position) = (unit.disposals(id)?, unit.current_totals(&portfolio, &stock)?);
    Ok(TradeReceipt { transaction, disposals, position, rematched, previews })
}
