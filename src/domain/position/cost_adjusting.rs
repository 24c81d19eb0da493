//! Adjusting the cost of a position's shares.

use super::Holding;
use super::disposal::{Disposal, Share};
use crate::domain::fraction::Fraction;
use crate::domain::{Bought, CostAdjustmentKind, DomainError, Entry, Lot, Money, Shares, SplitRatio, TooLarge};

impl Holding {
    /// Adjusts the cost of its shares.
    pub(super) fn apply_adjustment(
        &mut self,
        entry: &Entry,
        kind: CostAdjustmentKind,
        amount: Money,
    ) -> Result<(), DomainError> {
        let lots: Vec<Lot> = self.lots.iter().cloned().collect();
        if lots.is_empty() {
            let (symbol, portfolio) = (self.key.symbol.clone(), Some(self.key.portfolio.clone()));
            return Err(DomainError::NothingToAdjust { symbol, portfolio, date: entry.date, elsewhere: Vec::new() });
        }
        let too_large = self.key.too_large("the cost basis");
        self.change_costs(entry, &lots, kind, amount).map_err(too_large)
    }

    fn change_costs(
        &mut self,
        entry: &Entry,
        lots: &[Lot],
        kind: CostAdjustmentKind,
        amount: Money,
    ) -> Result<(), TooLarge> {
        let shares: Vec<Shares> = lots.iter().map(|lot| lot.quantity.clone()).collect();
        let amounts = amount.shared(&shares)?;
        let (mut cost_basis, mut disposals) = (self.totals.cost_basis, Vec::new());
        for (lot, amount) in self.priced(lots)?.iter().zip(&amounts) {
            match kind {
                CostAdjustmentKind::Addition => cost_basis = cost_basis.plus(*amount)?,
                CostAdjustmentKind::ReturnOfCapital => {
                    let returned = (*amount).min(lot.cost_basis);
                    cost_basis = cost_basis.minus(returned)?;
                    let proceeds = amount.minus(returned)?;
                    if !proceeds.is_zero() {
                        let share = Share { quantity: Shares::ZERO, proceeds, cost: Money::ZERO };
                        disposals.push(Disposal::of(entry, lot, share)?);
                    }
                }
            }
        }
        let gain = disposals.iter().try_fold(self.totals.realized_gain, |sum, it| sum.plus(it.gain))?;
        let of_all = Fraction::of_decimal(amount.decimal()).over(&self.totals.quantity.fraction());
        let changed_lots = lots.iter().zip(amounts).map(|(lot, amount)| {
            let since = self.lots.splits_since(lot.key.acquired_on);
            let cost_basis = match kind {
                CostAdjustmentKind::Addition => lot.cost_basis.plus(amount)?,
                CostAdjustmentKind::ReturnOfCapital => lot.cost_basis.minus(amount)?.max(Money::ZERO),
            };
            let per_share = of_all.times(&since.fraction());
            Ok(Lot {
                cost_basis,
                bought: rescaled_purchase(lot, kind, (&per_share, cost_basis), &since)?,
                ..lot.clone()
            })
        });
        let changed_lots: Vec<Lot> = changed_lots.collect::<Result<_, TooLarge>>()?;
        self.lots.revalue(changed_lots);
        self.totals.cost_basis = cost_basis;
        self.totals.realized_gain = gain;
        self.totals.note_changed_lots(entry.date);
        self.disposals.extend(disposals);
        Ok(())
    }
}

/// The purchase that determines the lot's rank, with its cost per share changed by the exact ratio.
fn rescaled_purchase(
    lot: &Lot,
    kind: CostAdjustmentKind,
    (per_share, cost_basis): (&Fraction, Money),
    since: &SplitRatio,
) -> Result<Bought, TooLarge> {
    let Bought { shares, cost } = &lot.bought;
    if cost.is_zero() {
        return Ok(match kind {
            CostAdjustmentKind::ReturnOfCapital => lot.bought.clone(),
            CostAdjustmentKind::Addition => Bought { shares: lot.quantity.split(&since.inverse())?, cost: cost_basis },
        });
    }
    let change = per_share.times(&shares.fraction()).over(&Fraction::of_decimal(cost.decimal()));
    let whole = Fraction::from(1);
    let left = match kind {
        CostAdjustmentKind::ReturnOfCapital => whole.minus(&change),
        CostAdjustmentKind::Addition => whole.plus(&change),
    };
    lot.bought.scaled(SplitRatio::dividing_by(&left).as_ref())
}
