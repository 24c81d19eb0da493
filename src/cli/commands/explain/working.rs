//! The arithmetic of what is realized on a lot, as one would write it down by hand.

use super::lot::{cost_after, held, story};
use super::{exact, share};
use crate::app::{ConversionRow, GainExplanation, LotExplanation, RealizedBy, RealizedPart, RealizingRecord};
use crate::cli::output::figure;
use crate::domain::{
    ConversionRatio, CostBasisMethod, Currency, Disposal, ExchangeRule, Money, PaidLot, Price, Shares, SplitRatio,
    Symbol, TooLarge,
};

/// Where a lot came from, what is realized on it, and how long it was held.
pub(super) fn lot_lines(
    explanation: &GainExplanation,
    part: &RealizedPart,
    lot: &LotExplanation,
) -> Result<Vec<String>, TooLarge> {
    let currency = explanation.currency;
    let mut working = Working { lines: story(lot, part, currency), currency };
    working.of_lot(explanation, part, lot)?;
    working.lines.push(held(&lot.disposal));
    Ok(working.lines)
}

/// The lines of a calculation, in one currency.
struct Working {
    lines: Vec<String>,
    currency: Currency,
}

impl Working {
    fn line(&mut self, name: &str, text: impl AsRef<str>) {
        self.lines.push(format!("  {name:<10} {}", text.as_ref()));
    }

    fn money(&self, amount: Money) -> String {
        figure::exact_money(amount, self.currency)
    }

    /// `1,559.00 - 1,245.00 = 314.00`
    fn difference(&self, from: Money, taken: Money, left: Money) -> String {
        format!("{} - {} = {}", self.money(from), self.money(taken), self.money(left))
    }

    /// `100 OLD × 25.00 = 2,500.00`, and whether that is rounded.
    fn product(&self, (shares, symbol): (&Shares, &Symbol), each: Price, result: Money) -> String {
        let is_exact = each.value(shares, &SplitRatio::NONE) == Ok(result);
        let note = if is_exact { "" } else { ", rounded" };
        let (each, result) = (figure::price(each, self.currency), self.money(result));
        format!("{} {symbol} × {each} = {result}{note}", exact(shares))
    }

    fn of_lot(
        &mut self,
        explanation: &GainExplanation,
        part: &RealizedPart,
        lot: &LotExplanation,
    ) -> Result<(), TooLarge> {
        let (disposal, currency) = (&lot.disposal, self.currency);
        let is_average = part.method == CostBasisMethod::Average;
        if let Some(paid) = part.paid_for(lot).filter(|_| is_average) {
            let (before, of_lot) = (&part.before, (paid.lot.cost_basis, part.paid.last() == Some(paid)));
            self.line("of pool", share(before.cost_basis, &paid.lot.quantity, &before.quantity, of_lot, currency));
        }
        match (part.by, part.paid_for(lot), &explanation.record) {
            (RealizedBy::Exchange(rule), Some(paid), RealizingRecord::Conversion(row)) => {
                self.exchanged(rule, (paid, disposal), row, cost_after(part, lot, paid)?)?;
            }
            (RealizedBy::ReturnOfCapital, Some(paid), RealizingRecord::ReturnOfCapital(row)) => {
                let of_lot = (paid.cash, part.paid.last() == Some(paid));
                self.line(
                    "returned",
                    share(row.total_amount, &paid.lot.quantity, &part.before.quantity, of_lot, currency),
                );
                self.line("gain", self.difference(paid.cash, paid.lot.cost_basis, disposal.gain));
            }
            (RealizedBy::Sale | RealizedBy::CashInLieu | RealizedBy::Exchange(_) | RealizedBy::ReturnOfCapital, ..) => {
                let (cost, shares) = part.pool(lot);
                let is_last = part.lots.last().is_some_and(|last| last.disposal == *disposal);
                let (cost_of_lot, of_proceeds) =
                    ((disposal.cost_basis, is_last && is_average), (disposal.proceeds, is_last));
                self.line("cost", share(cost, &lot.taken, &shares, cost_of_lot, currency));
                self.line("proceeds", share(part.totals.proceeds, &lot.taken, &part.sold()?, of_proceeds, currency));
                self.line("gain", self.difference(disposal.proceeds, disposal.cost_basis, disposal.gain));
            }
        }
        Ok(())
    }

    /// What was paid for a lot in an exchange, and what its rule realizes.
    fn exchanged(
        &mut self,
        rule: ExchangeRule,
        (paid, disposal): (&PaidLot, &Disposal),
        ConversionRow { stock: (_, old), new_stock: (_, new), terms, .. }: &ConversionRow,
        cost_after: Money,
    ) -> Result<(), TooLarge> {
        let cost = paid.lot.cost_basis;
        let worth = terms.new_value.unwrap_or(Price::ZERO);
        if let Some(each) = terms.cash {
            self.line("cash", self.product((&paid.lot.quantity, old), each, paid.cash));
        }
        self.line("value", self.product((&paid.shares, new), worth, paid.value));
        let together = paid.cash.plus(paid.value)?;
        let sum = format!("{} + {}", self.money(paid.cash), self.money(paid.value));
        let difference = self.difference(disposal.proceeds, disposal.cost_basis, disposal.gain);
        match rule {
            ExchangeRule::Boot => {
                let whole = together.minus(cost)?;
                let realized = if whole.is_negative() {
                    "a loss: nothing is realized".to_owned()
                } else if disposal.gain == whole {
                    "all of it realized".to_owned()
                } else {
                    format!("of which the cash is realized: {}", self.money(disposal.gain))
                };
                self.line("gain", format!("{sum} - {} = {}, {realized}", self.money(cost), self.money(whole)));
                let [cost, cash, gain] = [cost, paid.cash, disposal.gain].map(|amount| self.money(amount));
                self.line("new cost", format!("{cost} - {cash} + {gain} = {}", self.money(cost_after)));
            }
            ExchangeRule::Part => {
                let note = if terms.is_cash_part(disposal.cost_basis, cost) { "" } else { ", rounded" };
                let [each, worth] =
                    [terms.cash.unwrap_or(Price::ZERO), worth].map(|it| figure::price(it, self.currency));
                let ConversionRatio { new_shares, old_shares } = terms.ratio;
                let part = format!("{each} / ({each} + {worth} × {new_shares} / {old_shares})");
                let realized = self.money(disposal.cost_basis);
                self.line("cost", format!("{} × {part} = {realized}{note}", self.money(cost)));
                self.line("gain", difference);
                self.line("new cost", self.difference(cost, disposal.cost_basis, cost_after));
            }
            ExchangeRule::Taxable | ExchangeRule::CarryOver => {
                self.line("proceeds", format!("{sum} = {}", self.money(together)));
                self.line("gain", difference);
            }
        }
        Ok(())
    }
}
