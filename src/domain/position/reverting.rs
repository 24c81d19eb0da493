//! Reverting the entry that was applied last.

use super::{Disposal, Holding};
use crate::domain::{CostBasisMethod, Entry, EntryKind, Lot, Shares};

impl Holding {
    /// The inverse of [`Self::apply`]; `None` if the position is not in the state in which the entry left it,
    /// or if its former state cannot be determined.
    pub(super) fn revert(&mut self, entry: &Entry, realized: &[(Lot, Disposal)]) -> Option<()> {
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
            EntryKind::Sale { quantity, .. } => {
                // Under average cost a disposal does not state its lot's own part of the cost.
                if self.method == CostBasisMethod::Average {
                    return None;
                }
                let mut sold = Shares::ZERO;
                for (lot, disposal) in realized {
                    self.lots.open(lot).ok()?;
                    sold = sold.plus(&disposal.quantity).ok()?;
                    totals.quantity = totals.quantity.plus(&lot.quantity).ok()?;
                    totals.cost_basis = totals.cost_basis.plus(disposal.cost_basis).ok()?;
                    totals.realized_gain = totals.realized_gain.minus(disposal.gain).ok()?;
                }
                if sold != Shares::from(*quantity) {
                    return None;
                }
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
