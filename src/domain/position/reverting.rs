//! Reverting the entry that was applied last.

use super::{Disposal, Holding};
use crate::domain::{CostBasisMethod, Entry, EntryKind, Lot, Shares, SplitRatio};

impl Holding {
    /// The inverse of [`Self::apply`]; `None` if the position is not in the state that the entry left it
    /// in, or does not say what it was before.
    pub(super) fn revert(&mut self, entry: &Entry, realized: &[(Lot, Disposal)], splits: &[SplitRatio]) -> Option<()> {
        let mut totals = self.totals.clone();
        match &entry.kind {
            EntryKind::Purchase { shares, cost_basis, .. } => {
                let lot = self.lots.get(entry.lot_key())?.clone();
                if (&lot.quantity, &lot.cost_basis) != (shares, cost_basis) {
                    return None;
                }
                totals.quantity = totals.quantity.minus(&lot.quantity).ok()?;
                totals.cost_basis = totals.cost_basis.minus(lot.cost_basis).ok()?;
                // If nothing is left, this may have been the first entry.
                if totals.quantity.is_zero() && totals.first_trade_date == Some(entry.date) {
                    return None;
                }
                self.lots.take(&[lot]).ok()?;
            }
            EntryKind::Sale { quantity, as_of, .. } => {
                // Under average cost a disposal does not tell its lot's own part of the cost, and of
                // lots with fractions that it took whole it contains rounded shares.
                let is_open = |(lot, _): &(Lot, Disposal)| self.lots.get(lot.key).is_some();
                let is_exact = as_of.is_none() && realized.iter().all(is_open);
                if self.method == CostBasisMethod::Average || !is_exact && !splits.iter().all(SplitRatio::is_whole) {
                    return None;
                }
                let mut sold = Shares::ZERO;
                for (lot, disposal) in realized {
                    let Disposal { quantity, cost_basis, gain, .. } = disposal.clone();
                    // What an open lot had come to is what it ranks by, not its purchase.
                    let bought = self.lots.get(lot.key).map_or_else(|| lot.bought.clone(), |it| it.bought.clone());
                    self.lots.open(&Lot { bought, ..lot.clone() }).ok()?;
                    sold = sold.plus(&quantity).ok()?;
                    totals.cost_basis = totals.cost_basis.plus(cost_basis).ok()?;
                    totals.realized_gain = totals.realized_gain.minus(gain).ok()?;
                }
                if sold != Shares::from(*quantity) {
                    return None;
                }
                totals.quantity = totals.quantity.plus(&sold).ok()?;
            }
            EntryKind::Dividend { amount, .. } => totals.dividends = totals.dividends.minus(*amount).ok()?,
            EntryKind::TransferOut { .. }
            | EntryKind::TransferIn { .. }
            | EntryKind::Split(_)
            | EntryKind::Conversion(_)
            | EntryKind::CostAdjustment { .. } => return None,
        }
        self.totals = totals;
        Some(())
    }
}
