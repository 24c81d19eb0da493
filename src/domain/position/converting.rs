//! Converts lots of one position into shares of another.

use super::disposal::{Disposal, Sale, Share};
use super::paying::PaidLot;
use super::{Holding, PositionTotals};
use crate::domain::conversion::{Conversion, ConversionKind, ConversionTerms, ExchangeRule};
use crate::domain::fraction::Fraction;
use crate::domain::{Bought, DomainError, Entry, Lot, LotKey, Money, Quantity, Shares, SplitRatio, TooLarge};

/// A lot to be converted, at the cost with which it would leave, and the new shares that it yields.
struct ConvertedLot {
    lot: Lot,
    shares: Shares,
}

impl Holding {
    /// Converts its lots; returns the lots of the new stock, for [`Self::take_over`]. In a spin-off the old
    /// lots stay, with what is left of their cost; in an exchange they leave.
    ///
    /// # Errors
    /// If a figure gets too large. The position is then unchanged.
    pub(super) fn convert(&mut self, entry: &Entry, conversion: &Conversion) -> Result<Vec<Lot>, DomainError> {
        let lots: Vec<Lot> = self.lots.iter().cloned().collect();
        if lots.is_empty() {
            return Ok(lots);
        }
        let terms = &conversion.terms;
        let priced = self.priced(&lots).map_err(self.key.too_large("the cost of the shares"))?;
        let ratio = terms.ratio.ratio();
        let convert = |lot: Lot| Ok(ConvertedLot { shares: lot.quantity.split(&ratio)?, lot });
        let converted = priced.into_iter().map(convert).collect::<Result<Vec<_>, _>>();
        let converted = converted.map_err(self.key.too_large("the number of new shares"))?;
        let too_large = self.key.too_large("the cost of the shares");
        let given = match conversion.kind {
            ConversionKind::SpinOff => self.spin_off(&converted, terms),
            ConversionKind::Exchange => self.exchange(entry, &converted, terms),
        };
        let lots = given.and_then(|lots| bought_anew(entry, lots, terms)).map_err(too_large)?;
        self.totals.note_changed_lots(entry.date);
        self.totals.note_trade(entry.date);
        Ok(lots)
    }

    fn spin_off(&mut self, converted: &[ConvertedLot], terms: &ConversionTerms) -> Result<Vec<Lot>, TooLarge> {
        let (carried, kept) = (terms.carried(), Fraction::from(1).minus(&terms.carried()));
        let mut totals = self.totals.clone();
        let mut given = Vec::with_capacity(converted.len());
        for ConvertedLot { lot, shares } in converted {
            let cost = lot.cost_basis.part(&carried)?;
            totals.cost_basis = totals.cost_basis.minus(cost)?;
            given.push(self.given(lot, shares, cost, &carried, terms)?);
        }
        let for_cost = SplitRatio::dividing_by(&kept);
        let kept = self.lots.iter().map(|lot| {
            let cost_basis = lot.cost_basis.minus(lot.cost_basis.part(&carried)?)?;
            Ok(Lot { cost_basis, bought: lot.bought.scaled(for_cost.as_ref())?, ..lot.clone() })
        });
        let kept: Vec<Lot> = kept.collect::<Result<_, TooLarge>>()?;
        self.lots.revalue(kept);
        self.totals = totals;
        Ok(given)
    }

    fn exchange(
        &mut self,
        entry: &Entry,
        converted: &[ConvertedLot],
        terms: &ConversionTerms,
    ) -> Result<Vec<Lot>, TooLarge> {
        let lots: Vec<Lot> = converted.iter().map(|it| it.lot.clone()).collect();
        let shares = converted.iter().map(|it| it.shares.clone()).collect();
        let shown = self.shown_leaving(&lots, &[]);
        let whole = Fraction::from(1);
        let mut given = Vec::with_capacity(lots.len());
        let mut disposals = Vec::new();
        let mut shown_left = self.totals.quantity.rounded();
        let paid = PaidLot::for_lots(lots.clone(), shares, terms)?;
        for (n, (PaidLot { lot, cash, shares, value }, shown)) in paid.iter().zip(shown).enumerate() {
            let is_last = n.saturating_add(1) == lots.len();
            let shown = if is_last { shown_left.clone() } else { shown };
            shown_left = shown_left.minus(&shown)?;
            let realized = realized(lot.cost_basis, *cash, *value, terms)?;
            given.push(match realized {
                None => self.given(lot, shares, lot.cost_basis, &whole, terms)?,
                Some(Realized { cost_left, .. }) => rebased(lot, shares, cost_left),
            });
            let Some(Realized { proceeds, cost, .. }) = realized else { continue };
            let sold = if terms.rule == Some(ExchangeRule::Taxable) { shown } else { Shares::ZERO };
            disposals.push(Disposal::of(entry, lot, Share { quantity: sold, proceeds, cost })?);
        }
        let totals = self.totals_after(&lots, &disposals)?;
        self.lots.clear();
        self.totals = totals;
        self.disposals.extend(disposals);
        Ok(given)
    }

    /// The new lot for one whose cost carries over. The original cost per share, by which lots are ranked,
    /// carries over exactly.
    fn given(
        &self,
        lot: &Lot,
        shares: &Shares,
        cost_basis: Money,
        carried: &Fraction,
        terms: &ConversionTerms,
    ) -> Result<Lot, TooLarge> {
        let mut new = rebased(lot, shares, cost_basis);
        if let Some(for_cost) = SplitRatio::dividing_by(carried) {
            let today = lot.bought.shares.split(&self.lots.splits_since(lot.key.acquired_on))?;
            let shares = today.split(&terms.ratio.ratio())?.split(&for_cost)?;
            new.bought = Bought { shares, cost: lot.bought.cost };
        }
        Ok(new)
    }

    /// Adds the lots that [`Self::convert`] of another position returned, and sells the fraction for which
    /// cash was paid.
    ///
    /// # Errors
    /// If a figure gets too large, or if cash was paid but there is no fraction.
    pub(super) fn take_over(
        &mut self,
        entry: &Entry,
        lots: Vec<Lot>,
        cash_in_lieu: Option<Money>,
    ) -> Result<(), DomainError> {
        let sum = lots.iter().try_fold(Shares::ZERO, |sum, lot| sum.plus(&lot.quantity));
        let sum = sum.map_err(self.key.too_large("the quantity held"))?;
        let counted = lots.into_iter().map(|lot| {
            let shares = lot.bought.shares.split(&self.lots.splits_since(lot.key.acquired_on).inverse())?;
            Ok(Lot { bought: Bought { shares, ..lot.bought }, ..lot })
        });
        let counted: Result<Vec<Lot>, TooLarge> = counted.collect();
        self.add(&counted.map_err(self.key.too_large("the quantity held"))?)?;
        self.totals.note_changed_lots(entry.date);
        self.totals.note_trade(entry.date);
        cash_in_lieu.map_or(Ok(()), |paid| self.sell_fraction(entry, &sum.fractional_part(), paid))
    }

    fn sell_fraction(&mut self, entry: &Entry, fraction: &Shares, proceeds: Money) -> Result<(), DomainError> {
        let Some(quantity) = Quantity::shown(fraction) else {
            let (symbol, portfolio) = (self.key.symbol.clone(), self.key.portfolio.clone());
            return Err(DomainError::NoNewFraction { symbol, portfolio, date: entry.date });
        };
        let parts = self.lots.matched(self.method, fraction.clone());
        let parts = parts.map_err(|shortage| self.shortage(shortage, entry))?;
        let leaving = self.priced(&parts).map_err(self.key.too_large("the cost of the shares"))?;
        let shown = self.shown_leaving(&parts, &[]);
        let sale = Sale::of(entry, (quantity, proceeds), &self.totals);
        let disposals = sale.dispose(&leaving, &shown).map_err(self.key.too_large("the gain"))?;
        let totals: PositionTotals =
            self.totals_after(&leaving, &disposals).map_err(self.key.too_large("the realized gain"))?;
        self.remove(&parts, totals)?;
        self.disposals.extend(disposals);
        Ok(())
    }
}

/// What an exchange realizes on a lot.
struct Realized {
    proceeds: Money,
    /// The cost of what is sold.
    cost: Money,
    /// The cost of the new shares.
    cost_left: Money,
}

/// What an exchange realizes on a lot of this cost, for this cash and new shares of this value; `None` if the
/// whole cost carries over.
fn realized(cost: Money, cash: Money, value: Money, terms: &ConversionTerms) -> Result<Option<Realized>, TooLarge> {
    Ok(match terms.rule.unwrap_or(ExchangeRule::CarryOver) {
        ExchangeRule::CarryOver => None,
        ExchangeRule::Boot => {
            let gain = cash.plus(value)?.minus(cost)?.max(Money::ZERO).min(cash);
            let sold = cash.minus(gain)?;
            Some(Realized { proceeds: cash, cost: sold, cost_left: cost.minus(sold)? })
        }
        ExchangeRule::Part => {
            let sold = cost.part(&terms.cash_part())?;
            Some(Realized { proceeds: cash, cost: sold, cost_left: cost.minus(sold)? })
        }
        ExchangeRule::Taxable => Some(Realized { proceeds: cash.plus(value)?, cost, cost_left: value }),
    })
}

/// A lot of new shares, as if they had been bought at this cost on the day of the old ones.
fn rebased(lot: &Lot, shares: &Shares, cost_basis: Money) -> Lot {
    let bought = Bought { shares: shares.clone(), cost: cost_basis };
    Lot { quantity: shares.clone(), cost_basis, bought, ..lot.clone() }
}

/// Merges the new shares into one lot acquired on the day, if the terms say that they [begin
/// anew](ConversionTerms::begins_anew).
fn bought_anew(entry: &Entry, lots: Vec<Lot>, terms: &ConversionTerms) -> Result<Vec<Lot>, TooLarge> {
    if !terms.begins_anew() {
        return Ok(lots);
    }
    let quantity = lots.iter().try_fold(Shares::ZERO, |sum, lot| sum.plus(&lot.quantity))?;
    let paid = terms.pay.map_or(Ok(Money::ZERO), |pay| pay.value(&quantity, &SplitRatio::NONE))?;
    let cost_basis = lots.iter().try_fold(paid, |sum, lot| sum.plus(lot.cost_basis))?;
    let key = LotKey { acquired_on: entry.date, moment: entry.moment, place: entry.place };
    let bought = Bought { shares: quantity.clone(), cost: cost_basis };
    Ok(vec![Lot { key, lot_id: entry.id, quantity, cost_basis, bought }])
}
