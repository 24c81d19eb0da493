//! Lots of one position that give shares of another.

use super::disposal::{Disposal, Sale, Share};
use super::paying::PaidLot;
use super::{Holding, PositionTotals};
use crate::domain::conversion::{Conversion, ConversionKind, ConversionTerms, ExchangeRule};
use crate::domain::fraction::Fraction;
use crate::domain::{Bought, DomainError, Entry, Lot, LotKey, Money, Quantity, Shares, SplitRatio, TooLarge};

/// A lot that is converted: what it was, at the cost with which it would leave, and the shares that it gives.
struct ConvertedLot {
    lot: Lot,
    shares: Shares,
}

impl Holding {
    /// Has its lots give shares of another stock, for [`Self::take_over`]. Those of a spin-off stay, at what is
    /// left of their cost; those of an exchange leave.
    ///
    /// # Errors
    /// If a figure gets too large. The position is then as it was.
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
        self.totals.first_trade_date = Some(self.totals.first_trade_date.unwrap_or(entry.date).min(entry.date));
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

    /// The new lot of one that is not sold. What it ranks by goes over to the last digit: an amount that was
    /// paid for so many shares of today.
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

    /// Takes over the shares that another position's lots have given, and sells the fraction that was paid for.
    ///
    /// # Errors
    /// If a figure gets too large, or if there is no fraction to be paid for.
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
        self.totals.first_trade_date = Some(self.totals.first_trade_date.unwrap_or(entry.date).min(entry.date));
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
    /// What is sold had cost so much.
    cost: Money,
    /// What the new shares cost.
    cost_left: Money,
}

/// Nothing where all of the cost goes over.
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

/// New shares that cost so much, as if they had been bought for it.
fn rebased(lot: &Lot, shares: &Shares, cost_basis: Money) -> Lot {
    let bought = Bought { shares: shares.clone(), cost: cost_basis };
    Lot { quantity: shares.clone(), cost_basis, bought, ..lot.clone() }
}

/// The new shares as one lot of the day, where they were bought on it.
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
