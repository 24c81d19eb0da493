//! Open lots, and the rule that matches a sale to them.

use std::collections::{BTreeSet, VecDeque};

use super::{Day, Money, Quantity, Shares, TooLarge, TransactionId, Version};

/// What is left of one purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// The purchase.
    pub lot_id: TransactionId,
    /// The day of the purchase.
    pub acquired_on: Day,
    /// The position's version with the purchase: the order of recording.
    pub opened_at: Version,
    /// Shares left.
    pub quantity: Shares,
    /// The cost of the shares left, the purchase's fee included.
    pub cost_basis: Money,
}

/// The part of a lot that a sale takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LotPart {
    pub(super) lot_id: TransactionId,
    pub(super) acquired_on: Day,
    pub(super) quantity: Shares,
    pub(super) cost_basis: Money,
}

/// A position's open lots, by day and order of recording, and which of them were touched since
/// they were loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenLots {
    lots: VecDeque<Lot>,
    loaded_at: Version,
    touched: BTreeSet<(Day, Version)>,
}

impl OpenLots {
    pub(super) fn restore(lots: impl IntoIterator<Item = Lot>, loaded_at: Version) -> Self {
        Self { lots: lots.into_iter().collect(), loaded_at, touched: BTreeSet::new() }
    }

    /// The lots, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Lot> {
        self.lots.iter()
    }

    /// Lots opened since the position was loaded and still open.
    pub fn opened(&self) -> impl Iterator<Item = &Lot> {
        let first_new = self.lots.partition_point(|lot| lot.opened_at <= self.loaded_at);
        self.lots.iter().skip(first_new)
    }

    /// Lots that were there before and have shrunk or are gone: the key, and what is left.
    pub fn touched(&self) -> impl Iterator<Item = ((Day, Version), Option<&Lot>)> {
        self.touched.iter().map(|key| (*key, self.lots.front().filter(|lot| (lot.acquired_on, lot.opened_at) == *key)))
    }

    pub(super) fn open(&mut self, lot: Lot) {
        self.lots.push_back(lot);
    }

    /// The parts that a first-in, first-out sale of `quantity` takes, the last of them perhaps a
    /// part of a lot, whose cost is shared by [`Money::share`]; `None` if there are fewer shares.
    pub(super) fn match_oldest(&self, quantity: Quantity) -> Result<Option<Vec<LotPart>>, TooLarge> {
        let mut left = Shares::from(quantity);
        let mut parts = Vec::new();
        for lot in &self.lots {
            if left.is_zero() {
                break;
            }
            let taken = left.min(lot.quantity);
            let cost_basis =
                if taken == lot.quantity { lot.cost_basis } else { lot.cost_basis.share(taken, lot.quantity)? };
            parts.push(LotPart { lot_id: lot.lot_id, acquired_on: lot.acquired_on, quantity: taken, cost_basis });
            left = left.minus(taken)?;
        }
        Ok(left.is_zero().then_some(parts))
    }

    /// Takes parts found by [`Self::match_oldest`] out of the lots.
    pub(super) fn take(&mut self, parts: &[LotPart]) -> Result<(), TooLarge> {
        for part in parts {
            let Some(lot) = self.lots.front_mut() else { return Ok(()) };
            if lot.opened_at <= self.loaded_at {
                self.touched.insert((lot.acquired_on, lot.opened_at));
            }
            lot.quantity = lot.quantity.minus(part.quantity)?;
            lot.cost_basis = lot.cost_basis.minus(part.cost_basis)?;
            if lot.quantity.is_zero() {
                self.lots.pop_front();
            }
        }
        Ok(())
    }
}
