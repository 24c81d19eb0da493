//! The displayed shares of lots, and what users mean by them.

use std::collections::HashMap;

use super::Holding;
use crate::domain::{CostBasisMethod, DomainError, Entry, Lot, LotKey, PickedLot, Quantity, Shares, TooLarge};

/// An open lot as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLot {
    /// The lot, to the last digit.
    pub lot: Lot,
    /// Its displayed shares. Those of all lots add up to the displayed total of the position.
    pub shown: Shares,
}

impl Holding {
    /// Its open lots at the cost with which they would leave if all were sold now: their own or, under
    /// average cost, their part of the pool.
    ///
    /// # Errors
    /// If a figure gets too large.
    pub fn lots_at_cost(&self) -> Result<Vec<ListedLot>, TooLarge> {
        let lots = self.priced(&self.lots.iter().cloned().collect::<Vec<_>>())?;
        Ok(lots.into_iter().zip(self.shown()).map(|(lot, (_, shown))| ListedLot { lot, shown }).collect())
    }

    /// The displayed shares of a lot; zero if it is not open.
    #[must_use]
    pub fn shown_of(&self, key: LotKey) -> Shares {
        self.shown().find(|(other, _)| *other == key).map_or(Shares::ZERO, |(_, shown)| shown)
    }

    /// The displayed shares of its lots, oldest first.
    pub(super) fn shown(&self) -> impl Iterator<Item = (LotKey, Shares)> {
        let older = match self.method {
            // Only the newest may have been loaded.
            CostBasisMethod::Lifo if self.lots.has_fractions() => {
                let less = |left: Shares, lot: &Lot| left.minus(&lot.quantity);
                self.lots.iter().try_fold(self.totals.quantity.clone(), less).unwrap_or_default()
            }
            CostBasisMethod::Lifo | CostBasisMethod::Fifo | CostBasisMethod::Hifo | CostBasisMethod::Average => {
                Shares::ZERO
            }
        };
        self.lots.shown(older)
    }

    /// The displayed shares of parts that leave: what was picked or, for lots that leave whole, what is
    /// displayed of them. The last part's are not meaningful, because it gets the rest.
    pub(super) fn shown_leaving(&self, parts: &[Lot], picked: &[PickedLot]) -> Vec<Shares> {
        if !picked.is_empty() {
            let of_lot = |part: &Lot| {
                let of_lot = picked.iter().filter(|pick| pick.lot_id == part.lot_id);
                of_lot.fold(Shares::ZERO, |sum, pick| sum.plus(&pick.quantity.into()).unwrap_or(sum))
            };
            return parts.iter().map(of_lot).collect();
        }
        let mut shown: Vec<Shares> = parts.iter().map(|part| part.quantity.clone()).collect();
        if self.lots.has_fractions() {
            let mut waiting: HashMap<LotKey, &mut Shares> =
                parts.iter().zip(&mut shown).map(|(part, shown)| (part.key, shown)).collect();
            for (key, of_lot) in self.shown() {
                if let Some(shown) = waiting.remove(&key) {
                    *shown = of_lot;
                }
                if waiting.is_empty() {
                    break;
                }
            }
        }
        shown
    }

    /// The parts that the user picked; the displayed shares of a lot mean all of it.
    pub(super) fn picked(&self, entry: &Entry, asked: Quantity, picked: &[PickedLot]) -> Result<Vec<Lot>, DomainError> {
        let shortage = |shortage| self.shortage(shortage, entry);
        let sum = |parts: &[Lot]| {
            let sum = parts.iter().try_fold(Shares::ZERO, |sum, part| sum.plus(&part.quantity));
            sum.map_err(self.key.too_large("the quantity"))
        };
        // So does the rounded number of its own shares, if the whole sale is of this lot.
        if let Ok(parts) = self.lots.picked(picked, |lot| lot.quantity.rounded())
            && sum(&parts)?.shown() == asked.decimal()
        {
            return Ok(parts);
        }
        let shown: HashMap<LotKey, Shares> = self.shown().collect();
        let of_lot = |lot: &Lot| shown.get(&lot.key).cloned().unwrap_or_default();
        let parts = self.lots.picked(picked, of_lot).map_err(shortage)?;
        let wanted = picked.iter().try_fold(Shares::ZERO, |sum, pick| sum.plus(&pick.quantity.into()));
        let wanted = wanted.map_err(self.key.too_large("the quantity"))?;
        let left = self.totals.quantity.minus(&sum(&parts)?).map_err(self.key.too_large("the quantity held"))?;
        // The rest must not be too small to be displayed.
        if wanted == asked.into() && (left.is_zero() || !left.shown().is_zero()) {
            return Ok(parts);
        }
        Err(DomainError::PickedLotsDiffer { portfolio: self.key.portfolio.clone(), asked, picked: sum(&parts)? })
    }
}
