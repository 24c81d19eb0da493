//! Purchases, sales, transfers and dividends as requested.

use serde::{Deserialize, Serialize};

use super::{
    Cash, CostAdjustedEvent, CostAdjustmentKind, Currency, Day, DividendReceivedEvent, DomainError, Fee, Figure,
    Moment, Money, Note, PickedLot, PositionKey, Price, Quantity, Symbol, TimeOfDay, TooLarge,
    TransactionExecutedEvent, TransactionId, TransactionType,
};

/// The direction of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// Shares are bought.
    Buy,
    /// Shares are sold.
    Sell,
}

impl From<Side> for TransactionType {
    fn from(side: Side) -> Self {
        match side {
            Side::Buy => Self::Buy,
            Side::Sell => Self::Sell,
        }
    }
}

/// The price of the shares, before fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consideration {
    /// The price per share; the amount is the exact product.
    Price(Price),
    /// The total amount; the price per share is the quotient, rounded half to even at ten places.
    Amount(Money),
}

/// A requested purchase or sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade {
    /// The transaction's id.
    pub id: TransactionId,
    /// The id that identifies it from now on, if that is not its own because it belonged to something that
    /// was undone.
    pub identity: Option<TransactionId>,
    /// Purchase or sale.
    pub side: Side,
    /// The day of the trade.
    pub date: Day,
    /// The time of the trade, if known.
    pub time: Option<TimeOfDay>,
    /// Shares that change hands.
    pub quantity: Quantity,
    /// Price or amount, before fees.
    pub consideration: Consideration,
    /// The broker's fee.
    pub fee: Fee,
    /// The user's note.
    pub note: Option<Note>,
    /// The lots that a sale takes; empty if the portfolio's method decides.
    pub picked: Vec<PickedLot>,
    /// The transaction that it replaces.
    pub replaces: Option<TransactionId>,
    /// As in [`TransactionExecutedEvent`].
    pub as_of: Option<Day>,
    /// The absolute settlement amount of the total in the account's currency, if known.
    pub settled: Option<Cash>,
    /// The fee as it was charged, if that was in a currency other than the stock's.
    pub charged: Option<Cash>,
}

impl Trade {
    /// When it counts on its day.
    #[must_use]
    pub fn moment(&self) -> Moment {
        match (self.time, self.as_of, self.side) {
            (Some(time), _, _) => Moment::At(time),
            (None, Some(_), Side::Buy) => Moment::Before,
            (None, Some(_), Side::Sell) => Moment::Split,
            (None, None, _) => Moment::After,
        }
    }

    /// The trade as it is recorded.
    pub(super) fn executed(&self, position: &PositionKey) -> Result<TransactionExecutedEvent, DomainError> {
        let (price, total_amount) = self.price_and_total(&position.symbol)?;
        let settled = settled(self.settled, total_amount, position.currency)?;
        let charged = self.charged.filter(|cash| cash.currency != position.currency && !cash.amount.is_zero());
        Ok(TransactionExecutedEvent {
            transaction_id: self.id,
            portfolio_id: position.portfolio_id,
            stock_id: position.stock_id,
            portfolio: position.portfolio.clone(),
            symbol: position.symbol.clone(),
            transaction_type: self.side.into(),
            trade_date: self.date,
            quantity: self.quantity,
            price,
            fee: self.fee,
            total_amount,
            currency: position.currency,
            note: self.note.clone(),
            lots: self.picked.clone(),
            replaces: self.replaces,
            as_of: self.as_of,
            identity: self.identity,
            trade_time: self.time,
            settlement_amount: settled.map(|cash| cash.amount),
            settlement_currency: settled.map(|cash| cash.currency),
            charged_fee: charged.map(|cash| cash.amount),
            charged_currency: charged.map(|cash| cash.currency),
        })
    }

    /// The amount before fees.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn gross(&self) -> Result<Money, TooLarge> {
        match self.consideration {
            Consideration::Price(price) => price.times(self.quantity),
            Consideration::Amount(amount) => Ok(amount),
        }
    }

    /// The price per share, and the cash that moves: the amount plus the fee for a purchase, less the
    /// fee for a sale.
    pub(super) fn price_and_total(&self, symbol: &Symbol) -> Result<(Price, Money), DomainError> {
        let amount = self.gross().map_err(DomainError::too_large("the amount", symbol))?;
        let price = match self.consideration {
            Consideration::Price(price) => price,
            Consideration::Amount(amount) => Price::of_amount(amount, self.quantity)
                .map_err(DomainError::too_large("the price per share", symbol))?,
        };
        let total = match self.side {
            Side::Buy => amount.plus(self.fee.into()),
            Side::Sell => amount.minus(self.fee.into()),
        };
        Ok((price, total.map_err(DomainError::too_large("the total amount", symbol))?))
    }
}

/// A requested transfer of shares from one portfolio to another, with their lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The transfer's id, shared by its two sides.
    pub id: TransactionId,
    /// As in [`Trade`].
    pub identity: Option<TransactionId>,
    /// The day.
    pub date: Day,
    /// The time, if known.
    pub time: Option<TimeOfDay>,
    /// Shares that move.
    pub quantity: Quantity,
    /// The lots that move; empty if the sending portfolio's method decides.
    pub picked: Vec<PickedLot>,
    /// The user's note.
    pub note: Option<Note>,
}

impl Transfer {
    /// The transfer as recorded where the shares leave.
    pub(super) fn sent(&self, position: &PositionKey) -> TransactionExecutedEvent {
        TransactionExecutedEvent { lots: self.picked.clone(), ..self.side(position, TransactionType::TransferOut) }
    }

    /// The transfer as recorded where the shares arrive.
    pub(super) fn received(&self, position: &PositionKey) -> TransactionExecutedEvent {
        self.side(position, TransactionType::TransferIn)
    }

    fn side(&self, position: &PositionKey, transaction_type: TransactionType) -> TransactionExecutedEvent {
        TransactionExecutedEvent {
            transaction_id: self.id,
            portfolio_id: position.portfolio_id,
            stock_id: position.stock_id,
            portfolio: position.portfolio.clone(),
            symbol: position.symbol.clone(),
            transaction_type,
            trade_date: self.date,
            quantity: self.quantity,
            price: Price::ZERO,
            fee: Fee::ZERO,
            total_amount: Money::ZERO,
            currency: position.currency,
            note: self.note.clone(),
            lots: Vec::new(),
            replaces: None,
            as_of: None,
            identity: self.identity,
            trade_time: self.time,
            settlement_amount: None,
            settlement_currency: None,
            charged_fee: None,
            charged_currency: None,
        }
    }
}

/// A requested dividend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dividend {
    /// The transaction's id.
    pub id: TransactionId,
    /// As in [`Trade`].
    pub identity: Option<TransactionId>,
    /// The payment day.
    pub date: Day,
    /// The ex-date: the first day on which a buyer is not entitled to it, if known.
    pub ex_date: Option<Day>,
    /// The time of the payment, if known.
    pub time: Option<TimeOfDay>,
    /// The gross amount.
    pub amount: Money,
    /// The tax that was withheld from it.
    pub withholding: Money,
    /// The user's note.
    pub note: Option<Note>,
    /// The dividend that it replaces.
    pub replaces: Option<TransactionId>,
    /// The gross amount in the currency in which it was paid, if that is not the stock's.
    pub paid: Option<Cash>,
    /// The absolute amount received in the account's currency, if known.
    pub settled: Option<Cash>,
}

impl Dividend {
    /// The dividend as it is recorded.
    pub(super) fn received(&self, position: &PositionKey) -> Result<DividendReceivedEvent, DomainError> {
        let paid = settled(self.paid, self.amount, position.currency)?;
        let received = DividendReceivedEvent {
            transaction_id: self.id,
            portfolio_id: position.portfolio_id,
            stock_id: position.stock_id,
            portfolio: position.portfolio.clone(),
            symbol: position.symbol.clone(),
            pay_date: self.date,
            amount: self.amount,
            withholding: self.withholding,
            currency: position.currency,
            note: self.note.clone(),
            replaces: self.replaces,
            ex_date: self.ex_date,
            identity: self.identity,
            pay_time: self.time,
            paid_amount: paid.map(|cash| cash.amount),
            paid_currency: paid.map(|cash| cash.currency),
            settlement_amount: None,
            settlement_currency: None,
        };
        let settled = settled(self.settled, received.net(), position.currency)?;
        Ok(DividendReceivedEvent {
            settlement_amount: settled.map(|cash| cash.amount),
            settlement_currency: settled.map(|cash| cash.currency),
            ..received
        })
    }
}

/// A settlement amount or payment, with the sign of the total.
fn settled(given: Option<Cash>, total: Money, currency: Currency) -> Result<Option<Cash>, DomainError> {
    let Some(settled) = given.map(|cash| cash.signed_as(total)) else { return Ok(None) };
    // To the currency's last digit, because accounts show totals rounded to it.
    let is_near = |difference: Money| Figure::from(difference).abs() <= Figure::half_a_unit(currency.decimal_places());
    let is_right = settled.currency != currency || settled.amount.minus(total).is_ok_and(is_near);
    if is_right && settled.amount.is_zero() == total.is_zero() {
        return Ok(Some(settled));
    }
    Err(DomainError::SettlementDiffers { settled, total: Cash { amount: total, currency } })
}

/// A requested cost adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostAdjustment {
    /// The transaction's id.
    pub id: TransactionId,
    /// The id that identifies it from now on, if that is not its own because it belonged to something that
    /// was undone.
    pub identity: Option<TransactionId>,
    /// The direction.
    pub kind: CostAdjustmentKind,
    /// The day.
    pub date: Day,
    /// The total amount.
    pub amount: Money,
    /// The user's note.
    pub note: Option<Note>,
}

impl CostAdjustment {
    /// The adjustment as it is recorded.
    pub(super) fn adjusted(&self, position: &PositionKey) -> CostAdjustedEvent {
        CostAdjustedEvent {
            transaction_id: self.id,
            portfolio_id: position.portfolio_id,
            stock_id: position.stock_id,
            portfolio: position.portfolio.clone(),
            symbol: position.symbol.clone(),
            adjust_date: self.date,
            amount: self.amount,
            kind: self.kind,
            note: self.note.clone(),
            replaces: None,
            identity: self.identity,
        }
    }
}
