//! What a sale realizes.

use crate::domain::{Day, HoldingPeriod, Lot, Money, Quantity, Shares, Term, TooLarge, TransactionId};

/// What a sale realized on one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// The sale.
    pub sale_id: TransactionId,
    /// The lot, by its purchase.
    pub lot_id: TransactionId,
    /// The day of the purchase.
    pub acquired_on: Day,
    /// The day of the sale.
    pub sold_on: Day,
    /// Shares sold from the lot, as they are shown; those of a sale add up to what was sold.
    pub quantity: Shares,
    /// The lot's part of the proceeds, which are net of the sale's fee.
    pub proceeds: Money,
    /// What the shares had cost.
    pub cost_basis: Money,
    /// Proceeds less cost basis.
    pub gain: Money,
}

impl Disposal {
    /// How long the shares were held.
    #[must_use]
    pub fn holding_period(&self) -> HoldingPeriod {
        HoldingPeriod { acquired_on: self.acquired_on, sold_on: self.sold_on }
    }

    /// Whether the gain is short-term or long-term.
    #[must_use]
    pub fn term(&self) -> Term {
        self.holding_period().term()
    }
}

/// A sale whose lots are found.
pub(super) struct Sale {
    pub(super) id: TransactionId,
    pub(super) date: Day,
    pub(super) quantity: Quantity,
    pub(super) proceeds: Money,
}

impl Sale {
    /// Shares the proceeds among the lots by quantity, rounded at ten places; the last takes the rest, as it
    /// takes that of what is shown of the shares.
    pub(super) fn dispose(&self, parts: &[Lot], shown: &[Shares]) -> Result<Vec<Disposal>, TooLarge> {
        let whole = parts.iter().try_fold(Shares::ZERO, |sum, part| sum.plus(&part.quantity))?;
        let (mut proceeds_left, mut quantity_left) = (self.proceeds, Shares::from(self.quantity));
        let mut disposals = Vec::with_capacity(parts.len());
        for (n, (part, shown)) in parts.iter().zip(shown).enumerate() {
            let is_last = n.saturating_add(1) == parts.len();
            let (proceeds, quantity) = if is_last {
                (proceeds_left, quantity_left.clone())
            } else {
                (self.proceeds.share(&part.quantity, &whole)?, shown.clone())
            };
            proceeds_left = proceeds_left.minus(proceeds)?;
            quantity_left = quantity_left.minus(&quantity)?;
            disposals.push(Disposal {
                sale_id: self.id,
                lot_id: part.lot_id,
                acquired_on: part.key.acquired_on,
                sold_on: self.date,
                quantity,
                proceeds,
                cost_basis: part.cost_basis,
                gain: proceeds.minus(part.cost_basis)?,
            });
        }
        Ok(disposals)
    }
}
