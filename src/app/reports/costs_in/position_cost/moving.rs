//! The cost of shares that leave a position and arrive in another.

use std::collections::HashMap;

use crate::app::reports::costs_in::cost::Cost;
use crate::domain::{Disposal, Money, Shares, TransactionId};

pub(super) fn less(whole: Money, part: Money) -> Money {
    whole.minus(part).unwrap_or_default()
}

pub(super) fn plus(sum: Money, more: Money) -> Money {
    sum.plus(more).unwrap_or(sum)
}

/// The cost of a part that left, in both currencies.
#[derive(Clone, Default)]
pub(in crate::app::reports::costs_in) struct Part {
    pub(super) own: Money,
    pub(super) cost: Cost,
}

impl Part {
    /// Takes an amount of its own cost, and the same proportion of the cost in the report's currency.
    fn take(&mut self, own: Money) -> Cost {
        if own.is_zero() {
            return Cost::default();
        }
        let left = less(self.own, own);
        let kept = self.cost.amount.share(left, self.own);
        self.own = left;
        self.cost.keep(kept)
    }
}

/// The cost of shares that left a position.
pub(in crate::app::reports::costs_in) enum LeavingCost {
    /// A part of a pool.
    Pool(Part),
    /// Lots, or parts of them.
    Lots(HashMap<TransactionId, Part>),
}

impl LeavingCost {
    /// Divides all of it among the lots of a sale.
    pub(in crate::app::reports::costs_in) fn share(&mut self, parts: &[Disposal]) -> Vec<Cost> {
        match self {
            Self::Pool(pool) => {
                let Part { cost, .. } = std::mem::take(pool);
                let whole = parts.iter().map(|part| &part.quantity).fold(Shares::ZERO, together);
                parts.iter().map(|part| cost.of(cost.amount.part(&part.quantity, &whole))).collect()
            }
            Self::Lots(lots) => {
                parts.iter().map(|part| lots.remove(&part.lot_id).map(|it| it.cost).unwrap_or_default()).collect()
            }
        }
    }

    /// Takes the same proportion of it as disposals took of the cost in the stock's currency.
    pub(in crate::app::reports::costs_in) fn take(&mut self, parts: &[Disposal]) -> Vec<Cost> {
        let taken = parts.iter().map(|part| match self {
            Self::Pool(pool) => pool.take(part.cost_basis),
            Self::Lots(lots) => lots.get_mut(&part.lot_id).map(|lot| lot.take(part.cost_basis)).unwrap_or_default(),
        });
        taken.collect()
    }

    pub(super) fn sum(&self) -> Part {
        match self {
            Self::Pool(part) => part.clone(),
            Self::Lots(lots) => lots.values().fold(Part::default(), |sum, part| Part {
                own: plus(sum.own, part.own),
                cost: sum.cost.plus(&part.cost),
            }),
        }
    }
}

/// What is sold of arriving shares immediately: the fraction that is paid out.
#[derive(Default)]
pub(in crate::app::reports::costs_in) struct SoldAtOnce<'d> {
    pub(super) parts: &'d [Disposal],
    pub(super) shares: Shares,
}

impl<'d> SoldAtOnce<'d> {
    pub(in crate::app::reports::costs_in) fn new(parts: &'d [Disposal], shares: Shares) -> Self {
        Self { parts, shares }
    }

    /// The shares that were sold from a lot, and their cost.
    pub(super) fn of_lot(&self, id: TransactionId) -> (Shares, Money) {
        let is_of = |part: &&Disposal| part.lot_id == id;
        let own = self.parts.iter().filter(is_of).map(|part| part.cost_basis).fold(Money::ZERO, plus);
        let shares = match self.parts {
            [all] if all.lot_id == id => self.shares.clone(),
            parts => parts.iter().filter(is_of).map(|part| &part.quantity).fold(Shares::ZERO, together),
        };
        (shares, own)
    }

    pub(super) fn cost(&self) -> Money {
        self.parts.iter().map(|part| part.cost_basis).fold(Money::ZERO, plus)
    }
}

pub(super) fn together(sum: Shares, more: &Shares) -> Shares {
    sum.plus(more).unwrap_or(sum)
}
