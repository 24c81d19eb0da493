//! A purchase or sale as it is asked for.

use serde::{Deserialize, Serialize};

use super::{Day, DomainError, Fee, Money, Note, Price, Quantity, Symbol, TransactionId, TransactionType};

/// Which way the shares go.
pub type Side = TransactionType;

/// What the shares cost or bring, before fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consideration {
    /// So much per share; the amount is the exact product.
    Price(Price),
    /// So much in all; the price per share is the quotient, rounded half to even at ten places.
    Amount(Money),
}

/// A purchase or sale as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade {
    /// The transaction's id.
    pub id: TransactionId,
    /// Purchase or sale.
    pub side: Side,
    /// The day of the trade.
    pub date: Day,
    /// Shares that change hands.
    pub quantity: Quantity,
    /// Price or amount, before fees.
    pub consideration: Consideration,
    /// The broker's fee.
    pub fee: Fee,
    /// The user's note.
    pub note: Option<Note>,
}

impl Trade {
    /// The price per share, and the cash that moves: the amount plus the fee of a purchase, less
    /// the fee of a sale.
    pub(super) fn price_and_total(&self, symbol: &Symbol) -> Result<(Price, Money), DomainError> {
        let (price, amount) = match self.consideration {
            Consideration::Price(price) => {
                (price, price.times(self.quantity).map_err(DomainError::too_large("the amount", symbol))?)
            }
            Consideration::Amount(amount) => {
                let price = Price::of_amount(amount, self.quantity);
                (price.map_err(DomainError::too_large("the price per share", symbol))?, amount)
            }
        };
        let total = match self.side {
            Side::Buy => amount.plus(self.fee.into()),
            Side::Sell => amount.minus(self.fee.into()),
        };
        Ok((price, total.map_err(DomainError::too_large("the total amount", symbol))?))
    }
}
