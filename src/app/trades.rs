//! Buying and selling.

use crate::app::{known_portfolio, known_stock};
use crate::domain::{
    Consideration, Day, Disposal, DomainError, ExternalId, Fee, Money, Note, PortfolioName, PositionTotals, Quantity,
    Side, Symbol, TooLarge, Trade, TransactionId,
};
use crate::store::{LotsNeeded, StoreError, TransactionRow, UnitOfWork};

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
}

impl TradeTerms {
    /// The trade itself, on `day` unless another was given.
    pub(super) fn trade(&self, id: TransactionId, day: Day) -> Trade {
        Trade {
            id,
            side: self.side,
            date: self.date.unwrap_or(day),
            quantity: self.quantity,
            consideration: self.consideration,
            fee: self.fee.unwrap_or(Fee::ZERO),
            note: self.note.clone(),
        }
    }

    /// The transaction that the book has already under the id that was given. One with other terms
    /// is refused.
    pub(super) fn recorded<E: From<StoreError> + From<DomainError>>(
        &self,
        unit: &UnitOfWork<'_>,
        given: &ExternalId,
        id: TransactionId,
    ) -> Result<Option<TransactionRow>, E> {
        let Some(transaction) = unit.transaction(id)? else { return Ok(None) };
        match self.difference(&transaction) {
            Some(differs) => Err(DomainError::IdConflict { id: given.clone(), differs }.into()),
            None => Ok(Some(transaction)),
        }
    }

    /// The first member that was given and is not as recorded.
    fn difference(&self, recorded: &TransactionRow) -> Option<&'static str> {
        let amount = match recorded.transaction_type {
            Side::Buy => recorded.total_amount.minus(recorded.fee.into()),
            Side::Sell => recorded.total_amount.plus(recorded.fee.into()),
        };
        let is_same_consideration = match self.consideration {
            Consideration::Price(price) => price == recorded.price && price.times(self.quantity) == amount,
            Consideration::Amount(given) => amount == Ok(given),
        };
        let checks = [
            ("type", self.side == recorded.transaction_type),
            ("portfolio", self.portfolio == recorded.portfolio),
            ("symbol", self.symbol == recorded.symbol),
            ("quantity", self.quantity == recorded.quantity),
            ("price", is_same_consideration),
            ("fee", self.fee.is_none_or(|fee| fee == recorded.fee)),
            ("date", self.date.is_none_or(|date| date == recorded.trade_date)),
            ("note", self.note.is_none() || self.note == recorded.note),
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
    let TradeRequest { terms, id: given, fresh_id, today } = request;
    let portfolio = known_portfolio(unit, &terms.portfolio)?;
    let stock = known_stock(unit, &terms.symbol)?;
    let id = given.as_ref().map_or(*fresh_id, |given| given.resolve(portfolio.id()));
    let recorded = given.as_ref().map(|given| terms.recorded::<anyhow::Error>(unit, given, id)).transpose()?;
    if let Some(transaction) = recorded.flatten() {
        let disposals = unit.disposals(id)?;
        let position = unit.position_totals(&portfolio, &stock)?;
        return Ok(TradeReceipt { transaction, disposals, position });
    }
    let trade = terms.trade(id, *today);
    let lots = match terms.side {
        Side::Buy => LotsNeeded::None,
        Side::Sell => LotsNeeded::Oldest(terms.quantity),
    };
    let (disposals, position) = unit.with_position(&portfolio, &stock, lots, |position| {
        position.execute(&trade)?;
        anyhow::Ok((position.disposals().to_vec(), *position.totals()))
    })?;
    let transaction = unit.transaction(id)?.ok_or_else(|| anyhow::anyhow!("the transaction is not there"))?;
    Ok(TradeReceipt { transaction, disposals, position })
}
