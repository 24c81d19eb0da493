//! How a change to the past affects the gains of later sales.

use super::gain::GainTotals;
use crate::domain::{Currency, Day, Disposal, Money, PositionKey, Symbol, TooLarge, TransactionId};

/// A sale whose realized gain changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RematchedSale {
    /// The sale.
    pub sale_id: TransactionId,
    /// The stock.
    pub symbol: Symbol,
    /// The currency of both gains.
    pub currency: Currency,
    /// The day of the sale.
    pub sold_on: Day,
    /// The gain before the change.
    pub gain_before: Money,
    /// The gain after it.
    pub gain_after: Money,
}

impl RematchedSale {
    /// Compares what a sale realized on each lot before a change with what it realizes now; `None` if its
    /// gain is the same.
    ///
    /// # Errors
    /// If a gain has too many digits.
    pub fn between(position: &PositionKey, before: &[Disposal], after: &[Disposal]) -> Result<Option<Self>, TooLarge> {
        let gain = |disposals: &[Disposal]| GainTotals::sum(disposals).map(|sum| sum.gain);
        let (gain_before, gain_after) = (gain(before)?, gain(after)?);
        let changed = after.first().filter(|_| gain_before != gain_after);
        Ok(changed.map(|first| Self {
            sale_id: first.sale_id,
            symbol: position.symbol.clone(),
            currency: position.currency,
            sold_on: first.sold_on,
            gain_before,
            gain_after,
        }))
    }
}
