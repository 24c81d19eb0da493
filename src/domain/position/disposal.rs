//! The gains that a sale realizes.

use super::PositionTotals;
use crate::domain::{Day, Entry, HoldingPeriod, Lot, Money, Quantity, Shares, Term, TooLarge, TransactionId};

/// What a sale, or anything else that pays cash for a lot, realized on that lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// The sale, or the conversion or return of capital.
    pub sale_id: TransactionId,
    /// The lot, by its purchase.
    pub lot_id: TransactionId,
    /// The day of the purchase.
    pub acquired_on: Day,
    /// The day of the sale.
    pub sold_on: Day,
    /// Shares sold from the lot, as displayed; those of a sale add up to what was sold. Zero if cash was
    /// paid without a sale.
    pub quantity: Shares,
    /// The lot's part of the proceeds, which are net of the sale's fee.
    pub proceeds: Money,
    /// What the shares had cost.
    pub cost_basis: Money,
    /// Proceeds less cost basis.
    pub gain: Money,
    /// The part of the lot that was sold, if it does not follow from this disposal and the purchase: because
    /// its exact shares differ from the displayed ones, or because the lot arrived or changed by something
    /// other than purchases, sales and splits.
    pub part: Option<Box<Lot>>,
}

/// The proceeds and cost of a part of a lot.
pub(super) struct Share {
    pub(super) quantity: Shares,
    pub(super) proceeds: Money,
    pub(super) cost: Money,
}

impl Disposal {
    /// What an entry realizes on a lot.
    pub(super) fn of(entry: &Entry, lot: &Lot, share: Share) -> Result<Self, TooLarge> {
        let Share { quantity, proceeds, cost } = share;
        Ok(Self {
            sale_id: entry.id,
            lot_id: lot.lot_id,
            acquired_on: lot.key.acquired_on,
            sold_on: entry.date,
            quantity,
            proceeds,
            cost_basis: cost,
            gain: proceeds.minus(cost)?,
            part: None,
        })
    }

    /// Whether both describe the same sale, ignoring the [`part`](Self::part) of the lot.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        Self { part: None, ..self.clone() } == Self { part: None, ..other.clone() }
    }

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

/// A sale that has been matched to lots.
pub(super) struct Sale {
    id: TransactionId,
    date: Day,
    quantity: Quantity,
    proceeds: Money,
    /// As in [`PositionTotals`].
    lots_changed_on: Option<Day>,
}

impl Sale {
    pub(super) fn of(entry: &Entry, (quantity, proceeds): (Quantity, Money), totals: &PositionTotals) -> Self {
        let lots_changed_on = totals.lots_changed_on;
        Self { id: entry.id, date: entry.date, quantity, proceeds, lots_changed_on }
    }

    /// Divides the proceeds among the lots by quantity, rounded half to even at ten places. The last lot gets
    /// the rest of both the proceeds and the displayed shares.
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
            let is_stated = part.quantity == quantity && Some(part.key.acquired_on) > self.lots_changed_on;
            disposals.push(Disposal {
                sale_id: self.id,
                lot_id: part.lot_id,
                acquired_on: part.key.acquired_on,
                sold_on: self.date,
                part: (!is_stated).then(|| part.clone().into()),
                quantity,
                proceeds,
                cost_basis: part.cost_basis,
                gain: proceeds.minus(part.cost_basis)?,
            });
        }
        Ok(disposals)
    }
}
