//! What a position holds, and how entries change it.

use super::disposal::{Disposal, Sale};
use super::{PositionTotals, Transit};
use crate::domain::lots::Shortage;
use crate::domain::{
    Bought, CostBasisMethod, CostRank, DomainError, Entry, EntryKind, Lot, Money, OpenLots, PickedLot, PositionKey,
    Quantity, Shares, TooLarge,
};

/// What a position holds: its open lots, their totals, and the method that matches sales to them.
/// Entries are applied in the order of the calls; the position knows whether that order is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub(super) key: PositionKey,
    pub(super) method: CostBasisMethod,
    pub(super) totals: PositionTotals,
    pub(super) lots: OpenLots,
    /// What sales realized since the position was last saved.
    pub(super) disposals: Vec<Disposal>,
}

impl Holding {
    /// Its cost basis method.
    #[must_use]
    pub fn cost_basis_method(&self) -> CostBasisMethod {
        self.method
    }

    /// Its open lots; those that were loaded.
    #[must_use]
    pub fn lots(&self) -> &OpenLots {
        &self.lots
    }

    /// The rank of one of its lots by cost, if sales take the highest cost first.
    #[must_use]
    pub fn cost_rank(&self, lot: &Lot) -> Option<CostRank> {
        (self.method == CostBasisMethod::Hifo).then(|| self.lots.cost_rank(lot))
    }

    /// What sales realized since the position was last saved.
    #[must_use]
    pub fn disposals(&self) -> &[Disposal] {
        &self.disposals
    }

    /// Applies an entry that comes last.
    pub(super) fn apply(&mut self, entry: &Entry, transit: &mut Transit) -> Result<(), DomainError> {
        match &entry.kind {
            EntryKind::Purchase { shares, cost_basis, .. } => {
                let key = entry.lot_key();
                let (quantity, cost_basis) = (shares.clone(), *cost_basis);
                let bought = Bought { shares: quantity.clone(), cost: cost_basis };
                self.add(&[Lot { key, lot_id: entry.id, quantity, cost_basis, bought }])?;
            }
            EntryKind::TransferIn { .. } => {
                let arriving = transit.remove(&entry.id).unwrap_or_default();
                self.add(&arriving)?;
                self.totals.note_changed_lots(entry.date);
            }
            EntryKind::Sale { quantity, proceeds, picked, .. } => {
                let parts = self.matched(entry, *quantity, picked)?;
                let sale = Sale::of(entry, (*quantity, *proceeds), &self.totals);
                let leaving = self.priced(&parts).map_err(self.key.too_large("the cost of the shares"))?;
                let shown = self.shown_leaving(&parts, picked);
                let disposals = sale.dispose(&leaving, &shown).map_err(self.key.too_large("the gain"))?;
                let totals =
                    self.totals_after(&leaving, &disposals).map_err(self.key.too_large("the realized gain"))?;
                self.remove(&parts, totals)?;
                self.disposals.extend(disposals);
            }
            EntryKind::TransferOut { quantity, picked, .. } => {
                let parts = self.matched(entry, *quantity, picked)?;
                let leaving = self.priced(&parts).map_err(self.key.too_large("the cost of the shares"))?;
                let totals = self.totals_after(&leaving, &[]).map_err(self.key.too_large("the cost basis"))?;
                self.remove(&parts, totals)?;
                transit.insert(entry.id, leaving);
            }
            EntryKind::Dividend { amount, .. } => {
                let dividends =
                    self.totals.dividends.plus(*amount).map_err(self.key.too_large("the sum of the dividends"))?;
                self.totals.dividends = dividends;
                return Ok(());
            }
            EntryKind::Split(ratio) => {
                let too_large = self.key.too_large("the quantity of a lot");
                self.lots.split((entry.id, entry.date, ratio.clone())).map_err(too_large)?;
                let sum = self.lots.iter().try_fold(Shares::ZERO, |sum, lot| sum.plus(&lot.quantity));
                let quantity = sum.map_err(self.key.too_large("the quantity held"))?;
                self.totals.quantity = quantity;
                return Ok(());
            }
            EntryKind::CostAdjustment { kind, amount, .. } => self.apply_adjustment(entry, *kind, *amount)?,
            // It concerns two positions, and is carried out when both are rebuilt.
            EntryKind::Conversion(_) => return Ok(()),
        }
        self.totals.note_trade(entry.date);
        Ok(())
    }

    pub(super) fn add(&mut self, lots: &[Lot]) -> Result<(), DomainError> {
        let mut totals = self.totals.clone();
        for lot in lots {
            totals.quantity = totals.quantity.plus(&lot.quantity).map_err(self.key.too_large("the quantity held"))?;
            totals.cost_basis = totals.cost_basis.plus(lot.cost_basis).map_err(self.key.too_large("the cost basis"))?;
        }
        let too_large = self.key.too_large("the cost basis");
        lots.iter().try_for_each(|lot| self.lots.open(lot)).map_err(too_large)?;
        self.totals = totals;
        Ok(())
    }

    /// Matches a sale or transfer to lots; returns the parts that leave, each at its lot's own cost.
    fn matched(&mut self, entry: &Entry, asked: Quantity, picked: &[PickedLot]) -> Result<Vec<Lot>, DomainError> {
        let held = self.totals.quantity.clone();
        // A request for the displayed quantity means all shares, including what splits left beyond the
        // displayed digits.
        let is_all = |whole: &Shares| Quantity::of_all(whole) == Some(asked);
        let is_of_fraction = matches!(entry.kind, EntryKind::Sale { as_of: Some(_), .. });
        let fraction = is_of_fraction.then(|| held.fractional_part()).filter(is_all);
        let quantity = if is_all(&held) { held.clone() } else { fraction.unwrap_or_else(|| asked.into()) };
        if quantity > held {
            return Err(self.key.insufficient(entry, asked, &held));
        }
        if picked.is_empty() {
            return self.lots.matched(self.method, quantity).map_err(|shortage| self.shortage(shortage, entry));
        }
        self.picked(entry, asked, picked)
    }

    pub(super) fn shortage(&self, shortage: Shortage, entry: &Entry) -> DomainError {
        match shortage {
            Shortage::LotsMissing => self.key.lots_missing(&self.totals.quantity),
            Shortage::TooLarge => self.key.too_large("the cost of the shares")(TooLarge),
            Shortage::Lot { lot_id, asked, held } => DomainError::LotShort {
                symbol: self.key.symbol.clone(),
                portfolio: self.key.portfolio.clone(),
                lot_id,
                asked,
                held,
                date: entry.date,
            },
        }
    }

    /// The parts at the cost with which they leave: that of their lots or, under average cost, the average of
    /// the pool.
    pub(super) fn priced(&self, parts: &[Lot]) -> Result<Vec<Lot>, TooLarge> {
        if self.method != CostBasisMethod::Average {
            return Ok(parts.to_vec());
        }
        let PositionTotals { quantity: pool, cost_basis: cost, .. } = self.totals.clone();
        let leaving = parts.iter().try_fold(Shares::ZERO, |sum, part| sum.plus(&part.quantity))?;
        let mut left = if leaving == pool { cost } else { cost.share(&leaving, &pool)? };
        let mut priced = Vec::with_capacity(parts.len());
        for (n, part) in parts.iter().enumerate() {
            let is_last = n.saturating_add(1) == parts.len();
            let cost_basis = if is_last { left } else { cost.share(&part.quantity, &pool)? };
            left = left.minus(cost_basis)?;
            priced.push(Lot { cost_basis, ..part.clone() });
        }
        Ok(priced)
    }

    pub(super) fn totals_after(&self, leaving: &[Lot], disposals: &[Disposal]) -> Result<PositionTotals, TooLarge> {
        let mut totals = self.totals.clone();
        for part in leaving {
            totals.quantity = totals.quantity.minus(&part.quantity)?;
            totals.cost_basis = totals.cost_basis.minus(part.cost_basis)?;
        }
        let gain = disposals.iter().try_fold(Money::ZERO, |sum, disposal| sum.plus(disposal.gain))?;
        totals.realized_gain = totals.realized_gain.plus(gain)?;
        Ok(totals)
    }

    pub(super) fn remove(&mut self, parts: &[Lot], totals: PositionTotals) -> Result<(), DomainError> {
        let too_large = self.key.too_large("the cost basis");
        self.lots.take(parts).map_err(too_large)?;
        self.totals = totals;
        Ok(())
    }
}
