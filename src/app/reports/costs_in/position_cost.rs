//! The cost of one position in another currency.

mod moving;

use std::collections::{BTreeMap, HashMap};

use super::cost::Cost;
use crate::domain::{CostBasisMethod, Day, Disposal, FineAmount, LotKey, Money, Position, Shares, TransactionId};
pub(super) use moving::{LeavingCost, SoldAtOnce};
use moving::{Part, less, plus, together};

/// A lot, or the pool of an average-cost position: its shares, and its cost in the stock's currency (`own`)
/// and in that of the report (`cost`).
#[derive(Clone, Default)]
struct Lot {
    key: Option<LotKey>,
    shares: Shares,
    own: Money,
    cost: Cost,
}

impl Lot {
    /// The shares and the own cost that the lot has in a position now; zero if it is closed.
    fn now(&self, position: &Position) -> (Shares, Money) {
        let lot = self.key.and_then(|key| position.holding().lots().get(key));
        lot.map_or((Shares::ZERO, Money::ZERO), |lot| (lot.quantity.clone(), lot.cost_basis))
    }

    /// Reduces it to these shares and this own cost, and its cost in the report's currency in the proportion
    /// that `measure` says. Returns the part that left.
    fn leave(&mut self, (shares, own): (Shares, Money), measure: Measure) -> Part {
        let whole = &self.cost.amount;
        let kept = match measure {
            _ if shares.is_zero() => FineAmount::default(),
            Measure::Cost if !self.own.is_zero() => whole.share(own, self.own),
            Measure::Cost | Measure::Shares => whole.part(&shares, &self.shares),
        };
        let cost = self.cost.keep(kept);
        let part = Part { own: less(self.own, own), cost };
        (self.shares, self.own) = (shares, own);
        part
    }
}

/// What determines the proportion of a part. If the cost is 0, it is always the shares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Cost,
    Shares,
}

/// A lot that has arrived: its present state, and by how much its own cost and its shares have grown.
struct ArrivedLot {
    id: TransactionId,
    lot: Lot,
    own: Money,
    shares: Shares,
}

/// The cost of a position, updated with each entry.
#[derive(Default)]
pub(super) struct PositionCost {
    /// All shares together, under average cost.
    pool: Lot,
    lots: HashMap<TransactionId, Lot>,
    /// The cost of all lots.
    sum: FineAmount,
    /// How many of the lots lack the rate of a day.
    lacking: BTreeMap<Day, usize>,
    /// The number of disposals that have been processed.
    pub(super) disposals: usize,
}

fn is_pool(position: &Position) -> bool {
    position.holding().cost_basis_method() == CostBasisMethod::Average
}

fn pooled(position: &Position) -> (Shares, Money) {
    (position.totals().quantity.clone(), position.totals().cost_basis)
}

impl PositionCost {
    pub(super) fn held(&self) -> Cost {
        let lacks = self.lacking.keys().next().copied();
        self.pool.cost.plus(&Cost { amount: self.sum.clone(), lacks })
    }

    /// Updates the shares after a split.
    pub(super) fn update_shares(&mut self, position: &Position) {
        self.pool.shares = position.totals().quantity.clone();
        for lot in self.lots.values_mut() {
            lot.shares = lot.now(position).0;
        }
    }

    /// Adds the cost of a purchase.
    pub(super) fn add_lot(&mut self, position: &Position, (id, key): (TransactionId, LotKey), cost: &Cost) {
        if is_pool(position) {
            self.pool.cost = self.pool.cost.plus(cost);
            (self.pool.shares, self.pool.own) = pooled(position);
            return;
        }
        let mut lot = self.lots.remove(&id).unwrap_or_default();
        self.forget(&lot.cost);
        lot.key = Some(key);
        lot.cost = lot.cost.plus(cost);
        (lot.shares, lot.own) = lot.now(position);
        self.put(id, lot);
    }

    /// Adds a cost adjustment.
    pub(super) fn adjust(&mut self, position: &Position, priced: &dyn Fn(Money) -> Cost) {
        let change = |lot: &mut Lot, (shares, own): (Shares, Money)| {
            lot.cost = lot.cost.plus(&priced(less(own, lot.own)));
            (lot.shares, lot.own) = (shares, own);
        };
        if is_pool(position) {
            return change(&mut self.pool, pooled(position));
        }
        for (id, mut lot) in std::mem::take(&mut self.lots) {
            self.forget(&lot.cost);
            let now = lot.now(position);
            change(&mut lot, now);
            self.put(id, lot);
        }
    }

    /// Removes the cost of what left the position: for a sale from the lots that it took, otherwise from all.
    pub(super) fn leave(&mut self, position: &Position, sold: Option<&[Disposal]>) -> LeavingCost {
        if is_pool(position) {
            let now = pooled(position);
            // If only cost leaves and the shares stay, the cost gives the proportion.
            let measure = if now.0 == self.pool.shares { Measure::Cost } else { Measure::Shares };
            return LeavingCost::Pool(self.pool.leave(now, measure));
        }
        let ids: Vec<TransactionId> = match sold {
            Some(parts) => parts.iter().map(|part| part.lot_id).collect(),
            None => self.lots.keys().copied().collect(),
        };
        let mut left = HashMap::new();
        for id in ids {
            let Some(mut lot) = self.lots.remove(&id) else { continue };
            let now = lot.now(position);
            self.forget(&lot.cost);
            let is_same = now == (lot.shares.clone(), lot.own);
            let is_gone = now.0.is_zero();
            if !is_same {
                left.insert(id, lot.leave(now, Measure::Cost));
            }
            if !is_gone {
                self.put(id, lot);
            }
        }
        LeavingCost::Lots(left)
    }

    /// The number of shares.
    pub(super) fn shares(&self) -> Shares {
        self.lots.values().map(|lot| &lot.shares).fold(self.pool.shares.clone(), together)
    }

    /// Adds the cost of shares that have arrived, of which `sold` have already been sold again: to the pool,
    /// or to their lots. Cost beyond what they brought with them was paid on the day, and is converted by
    /// `priced`.
    pub(super) fn arrive(
        &mut self,
        position: &Position,
        brought: LeavingCost,
        sold: &SoldAtOnce<'_>,
        priced: &dyn Fn(Money) -> Cost,
    ) {
        if is_pool(position) {
            let (brought, (shares, own)) = (brought.sum(), pooled(position));
            let (shares, own) = (together(shares, &sold.shares), plus(own, sold.cost()));
            let more = priced(less(less(own, self.pool.own), brought.own));
            let cost = self.pool.cost.plus(&brought.cost).plus(&more);
            self.pool = Lot { key: None, shares, own, cost };
            return;
        }
        let arrived = self.arrived_lots(position, sold);
        let grown = arrived.iter().fold(Money::ZERO, |sum, lot| plus(sum, lot.own));
        let brought = match brought {
            LeavingCost::Lots(lots) if arrived.iter().any(|arrived| lots.contains_key(&arrived.id)) => {
                LeavingCost::Lots(lots)
            }
            // All of it arrived as new lots.
            other @ (LeavingCost::Lots(_) | LeavingCost::Pool(_)) => {
                let Part { own, cost } = other.sum();
                LeavingCost::Pool(Part { own, cost: cost.plus(&priced(less(grown, own))) })
            }
        };
        let shares = arrived.iter().map(|lot| &lot.shares).fold(Shares::ZERO, together);
        for ArrivedLot { id, mut lot, own, shares: of } in arrived {
            self.forget(&lot.cost);
            let cost = match &brought {
                LeavingCost::Pool(all) if grown.is_zero() => all.cost.of(all.cost.amount.part(&of, &shares)),
                LeavingCost::Pool(all) => all.cost.of(all.cost.amount.share(own, grown)),
                LeavingCost::Lots(lots) => {
                    let part = lots.get(&id).cloned().unwrap_or_default();
                    part.cost.plus(&priced(less(own, part.own)))
                }
            };
            lot.cost = lot.cost.plus(&cost);
            self.put(id, lot);
        }
    }

    /// The lots that arrived, including what has been sold of them.
    fn arrived_lots(&mut self, position: &Position, sold: &SoldAtOnce<'_>) -> Vec<ArrivedLot> {
        let mut arrived = Vec::new();
        let gone =
            sold.parts.iter().filter(|part| position.holding().lots().iter().all(|lot| lot.lot_id != part.lot_id));
        let there = position
            .holding()
            .lots()
            .iter()
            .map(|lot| (lot.lot_id, Some(lot.key), lot.quantity.clone(), lot.cost_basis));
        for (id, key, shares, own) in there.chain(gone.map(|part| (part.lot_id, None, Shares::ZERO, Money::ZERO))) {
            let known = self.lots.get(&id);
            let (before, cost) = known.map(|lot| ((lot.shares.clone(), lot.own), lot.cost.clone())).unwrap_or_default();
            let (sold_shares, sold_own) = sold.of_lot(id);
            let (shares, own) = (together(shares, &sold_shares), plus(own, sold_own));
            if (shares.clone(), own) != before {
                let grown = shares.minus(&before.0).unwrap_or_default();
                let lot = Lot { key, shares, own, cost };
                arrived.push(ArrivedLot { id, lot, own: less(own, before.1), shares: grown });
            }
        }
        arrived
    }

    fn put(&mut self, id: TransactionId, lot: Lot) {
        self.sum = self.sum.plus(&lot.cost.amount);
        if let Some(day) = lot.cost.lacks {
            let lacking = self.lacking.entry(day).or_default();
            *lacking = lacking.saturating_add(1);
        }
        self.lots.insert(id, lot);
    }

    fn forget(&mut self, cost: &Cost) {
        self.sum = self.sum.minus(&cost.amount);
        let Some(day) = cost.lacks else { return };
        if let Some(lacking) = self.lacking.get_mut(&day) {
            *lacking = lacking.saturating_sub(1);
            if *lacking == 0 {
                self.lacking.remove(&day);
            }
        }
    }
}
