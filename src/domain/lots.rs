//! Open lots, and the rules that match a sale to them.

mod lot;
mod ranking;

use std::collections::{BTreeMap, BTreeSet};

pub use lot::{Bought, Lot, LotKey, PickedLot, SeenSplit};
pub use ranking::CostRank;
use ranking::Ranked;

use super::{CostBasisMethod, Day, Quantity, Shares, SplitRatio, TooLarge, TransactionId};

/// The open lots that a command can affect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotsNeeded {
    /// None, for a purchase.
    None,
    /// As many of the oldest as are needed for this quantity.
    Oldest(Quantity),
    /// As many of the newest as are needed for this quantity.
    Newest(Quantity),
    /// As many of those with the highest cost per share as are needed for this quantity.
    Dearest(Quantity),
    /// All of them.
    All,
}

impl LotsNeeded {
    /// The lots that a sale of `quantity` can affect.
    #[must_use]
    pub fn for_sale(method: CostBasisMethod, quantity: Quantity, picked: &[PickedLot]) -> Self {
        match method {
            _ if !picked.is_empty() => Self::All,
            CostBasisMethod::Fifo | CostBasisMethod::Average => Self::Oldest(quantity),
            CostBasisMethod::Lifo => Self::Newest(quantity),
            CostBasisMethod::Hifo => Self::Dearest(quantity),
        }
    }
}

/// Why lots cannot supply the requested shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shortage {
    /// The lots hold fewer shares than the totals say.
    LotsMissing,
    /// A picked lot holds fewer shares than requested.
    Lot {
        /// The lot.
        lot_id: TransactionId,
        /// The shares requested of it.
        asked: Shares,
        /// Its shares as shown.
        held: Shares,
    },
    /// A figure has too many digits.
    TooLarge,
}

impl From<TooLarge> for Shortage {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// A lot that has to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotChange<'l> {
    /// It is new.
    Opened(&'l Lot),
    /// Its quantity or cost has changed.
    Changed(&'l Lot),
    /// Nothing is left of it.
    Closed(LotKey),
}

/// A lot, and whether it differs from what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TrackedLot {
    lot: Lot,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Stored,
    Changed,
    New,
}

/// A position's open lots, oldest first, and how they differ from what is stored.
#[derive(Debug, Clone, Default)]
pub struct OpenLots {
    held: BTreeMap<LotKey, TrackedLot>,
    closed: Vec<LotKey>,
    /// Whether splits may have left more of a lot than ten places show.
    has_fractions: bool,
    /// The splits of the stock that the lots include.
    splits: Vec<SeenSplit>,
    /// The lots by cost per share; built when a sale first needs it.
    by_cost: Option<BTreeSet<Ranked>>,
}

/// Ignores whether the index by cost has been built.
impl PartialEq for OpenLots {
    fn eq(&self, other: &Self) -> bool {
        let Self { held, closed, has_fractions: _, splits: _, by_cost: _ } = self;
        *held == other.held && *closed == other.closed
    }
}

impl Eq for OpenLots {}

impl OpenLots {
    pub(super) fn restore(lots: impl IntoIterator<Item = Lot>, splits: Vec<SeenSplit>) -> Self {
        let held: BTreeMap<_, _> =
            lots.into_iter().map(|lot| (lot.key, TrackedLot { lot, state: State::Stored })).collect();
        let has_fractions = held.values().any(TrackedLot::is_fraction);
        Self { held, closed: Vec::new(), has_fractions, splits, by_cost: None }
    }

    /// The lots, oldest first.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Lot> {
        self.held.values().map(|held| &held.lot)
    }

    /// The displayed shares of each lot, oldest first. Each is the difference of two rounded running sums, so
    /// that they add up to the displayed total. `older` is the quantity in lots that are older than the
    /// loaded ones.
    pub(super) fn shown(&self, older: Shares) -> impl Iterator<Item = (LotKey, Shares)> {
        let (mut shown_sum, mut sum) = (older.rounded(), older);
        self.iter().map(move |lot| {
            if !self.has_fractions {
                return (lot.key, lot.quantity.clone());
            }
            // No sum is too large, because the total is not.
            sum = sum.plus(&lot.quantity).unwrap_or_default();
            let before = std::mem::replace(&mut shown_sum, sum.rounded());
            (lot.key, shown_sum.minus(&before).unwrap_or_default())
        })
    }

    /// Whether splits may have left more of a lot than is shown.
    pub(super) fn has_fractions(&self) -> bool {
        self.has_fractions
    }

    /// The open lot with this key, if there is one.
    #[must_use]
    pub fn get(&self, key: LotKey) -> Option<&Lot> {
        self.held.get(&key).map(|held| &held.lot)
    }

    /// The rank of a lot by its cost per share.
    pub(super) fn cost_rank(&self, lot: &Lot) -> CostRank {
        CostRank::of(lot, &self.splits)
    }

    /// How the lots differ from what is stored.
    pub fn changes(&self) -> impl Iterator<Item = LotChange<'_>> {
        let written = self.held.values().filter_map(|held| match held.state {
            State::Stored => None,
            State::Changed => Some(LotChange::Changed(&held.lot)),
            State::New => Some(LotChange::Opened(&held.lot)),
        });
        self.closed.iter().copied().map(LotChange::Closed).chain(written)
    }

    /// Adds a lot, or merges it with what is left of the same lot if a part of it returns.
    pub(super) fn open(&mut self, lot: &Lot) -> Result<(), TooLarge> {
        let held = if let Some(TrackedLot { lot: there, state }) = self.held.get(&lot.key) {
            let quantity = there.quantity.plus(&lot.quantity)?;
            let cost_basis = there.cost_basis.plus(lot.cost_basis)?;
            let mut joined = Lot { quantity, cost_basis, ..there.clone() };
            // Parts of one purchase that passed through different portfolios may have different costs.
            if there.bought != lot.bought {
                let shares = joined.quantity.split(&self.splits_since(lot.key.acquired_on).inverse())?;
                joined.bought = Bought { shares, cost: cost_basis };
                self.by_cost = None;
            }
            TrackedLot { lot: joined, state: state.changed() }
        } else {
            if let Some(ranks) = &mut self.by_cost {
                ranks.insert(Ranked::new(lot, &self.splits));
            }
            TrackedLot { lot: lot.clone(), state: State::New }
        };
        self.has_fractions |= held.is_fraction();
        self.held.insert(lot.key, held);
        Ok(())
    }

    /// The lots that a sale of `quantity` takes, in the order of the method. The last may be part of a lot;
    /// its cost is then divided by [`Money::share`].
    pub(super) fn matched(&mut self, method: CostBasisMethod, quantity: Shares) -> Result<Vec<Lot>, Shortage> {
        match method {
            CostBasisMethod::Fifo | CostBasisMethod::Average => parts(self.iter(), quantity),
            CostBasisMethod::Lifo => parts(self.iter().rev(), quantity),
            CostBasisMethod::Hifo => {
                let Self { held, splits, by_cost, .. } = self;
                let ranks = if let Some(ranks) = by_cost {
                    ranks
                } else {
                    let ranks = held.values().map(|held| Ranked::new(&held.lot, splits));
                    by_cost.insert(ranks.collect())
                };
                parts(ranks.iter().filter_map(|rank| held.get(&rank.key)).map(|held| &held.lot), quantity)
            }
        }
    }

    /// The parts that the user picked. Picking the number of shares that `shown` returns for a lot picks all
    /// of it.
    pub(super) fn picked(&self, picked: &[PickedLot], shown: impl Fn(&Lot) -> Shares) -> Result<Vec<Lot>, Shortage> {
        let mut asked: Vec<(TransactionId, Shares)> = Vec::with_capacity(picked.len());
        for PickedLot { lot_id, quantity } in picked {
            // Quantities picked from the same lot are added up.
            match asked.iter_mut().find(|(known, _)| known == lot_id) {
                Some((_, sum)) => *sum = sum.plus(&(*quantity).into())?,
                None => asked.push((*lot_id, (*quantity).into())),
            }
        }
        let part_of = |(lot_id, asked): (TransactionId, Shares)| {
            let lot = self.iter().find(|lot| lot.lot_id == lot_id);
            let held = lot.map_or(Shares::ZERO, &shown);
            match lot {
                Some(lot) if asked == held => Ok(part(lot, lot.quantity.clone())?),
                Some(lot) if asked <= lot.quantity => Ok(part(lot, asked)?),
                Some(_) | None => Err(Shortage::Lot { lot_id, asked, held }),
            }
        };
        asked.into_iter().map(part_of).collect()
    }

    /// Removes parts found by [`Self::matched`] or [`Self::picked`] from the lots.
    pub(super) fn take(&mut self, parts: &[Lot]) -> Result<(), TooLarge> {
        for part in parts {
            let Some(TrackedLot { lot, state }) = self.held.get(&part.key).cloned() else { continue };
            let quantity = lot.quantity.minus(&part.quantity)?;
            let cost_basis = lot.cost_basis.minus(part.cost_basis)?;
            if quantity.is_zero() {
                if let Some(ranks) = &mut self.by_cost {
                    ranks.remove(&Ranked::new(&lot, &self.splits));
                }
                self.held.remove(&part.key);
                if state != State::New {
                    self.closed.push(part.key);
                }
            } else {
                let held = TrackedLot { lot: Lot { quantity, cost_basis, ..lot }, state: state.changed() };
                self.held.insert(part.key, held);
            }
        }
        Ok(())
    }

    /// The combined ratio of the splits after a day.
    pub(super) fn splits_since(&self, day: Day) -> SplitRatio {
        ranking::together(&self.splits, |split| split > day)
    }

    /// Replaces lots by the same lots with another cost.
    pub(super) fn revalue(&mut self, lots: Vec<Lot>) {
        for lot in lots {
            let state = self.held.get(&lot.key).map_or(State::New, |held| held.state.changed());
            self.held.insert(lot.key, TrackedLot { lot, state });
        }
        self.by_cost = None;
    }

    /// Closes all lots.
    pub(super) fn clear(&mut self) {
        let stored = self.held.iter().filter(|(_, held)| held.state != State::New).map(|(key, _)| *key);
        self.closed.extend(stored);
        self.held.clear();
        self.has_fractions = false;
        self.by_cost = None;
    }

    /// Multiplies all quantities by a split; costs stay the same.
    pub(super) fn split(&mut self, seen: SeenSplit) -> Result<(), TooLarge> {
        let (id, _, ratio) = &seen;
        let split = |held: &TrackedLot| {
            let lot = Lot { quantity: held.lot.quantity.split(ratio)?, ..held.lot.clone() };
            Ok((lot.key, TrackedLot { lot, state: held.state.changed() }))
        };
        self.held = self.held.values().map(split).collect::<Result<_, TooLarge>>()?;
        self.has_fractions = self.held.values().any(TrackedLot::is_fraction);
        // Lots that were loaded after the split was recorded include it.
        if !self.splits.iter().any(|(known, ..)| known == id) {
            self.splits.push(seen);
        }
        self.by_cost = None;
        Ok(())
    }
}

impl TrackedLot {
    fn is_fraction(&self) -> bool {
        !self.lot.quantity.is_plain()
    }
}

impl State {
    fn changed(self) -> Self {
        match self {
            Self::New => Self::New,
            Self::Stored | Self::Changed => Self::Changed,
        }
    }
}

fn parts<'l>(lots: impl Iterator<Item = &'l Lot>, quantity: Shares) -> Result<Vec<Lot>, Shortage> {
    let mut left = quantity;
    let mut parts = Vec::new();
    for lot in lots {
        if left.is_zero() {
            break;
        }
        let taken = left.clone().min(lot.quantity.clone());
        left = left.minus(&taken)?;
        parts.push(part(lot, taken)?);
    }
    if left.is_zero() { Ok(parts) } else { Err(Shortage::LotsMissing) }
}

fn part(lot: &Lot, quantity: Shares) -> Result<Lot, TooLarge> {
    let is_whole = quantity == lot.quantity;
    let cost_basis = if is_whole { lot.cost_basis } else { lot.cost_basis.share(&quantity, &lot.quantity)? };
    Ok(Lot { quantity, cost_basis, ..lot.clone() })
}

#[cfg(test)]
mod tests;
