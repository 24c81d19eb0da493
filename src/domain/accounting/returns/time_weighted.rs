//! The time-weighted return: what the holding itself earned, whenever money came or went.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::present_value::annualized;
use super::{CashFlow, DAYS_OF_A_YEAR, NoRate, days_between, percentage};
use crate::domain::{Day, Money, Percentage};

/// Money that moved, and the value of what was held both before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValuedFlow {
    /// The money.
    pub flow: CashFlow,
    /// The value of what was held both before and after the money moved: for a purchase, of what was held
    /// before it; for a sale, of what is left after it; for a dividend, of everything, at the ex-dividend
    /// price. 0 if the holding begins or ends with it; `None` if unknown.
    pub kept: Option<Money>,
}

/// A time-weighted return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeWeightedReturn {
    /// Over all the time in which something was held.
    pub total: Percentage,
    /// The same as an annual rate, for periods of at least 365 days. A shorter period says too little
    /// about a year: the Global Investment Performance Standards (2010, 5.A.4) do not allow annualizing
    /// it.
    pub annualized: Result<Percentage, NoRate>,
}

/// The time-weighted return of a holding: the product of its growth factors between the flows, which must be
/// in chronological order. `held` is the period on which an annual rate is based: from the first to the last
/// day on which something was held, gaps included.
///
/// Source: the Global Investment Performance Standards (2010, 2.A.2): returns of the periods
/// between external flows, linked by multiplication.
///
/// Money counts from the moment when it is paid in to the moment when it is paid out. So fees lower the
/// return, but the size of the flows does not affect it. A flow while nothing is held, such as a dividend
/// paid late, counts at the end of the holding.
///
/// # Errors
/// If a value is unknown, if something grew from nothing, or if no money moved.
pub fn time_weighted(flows: &[ValuedFlow], held: RangeInclusive<Day>) -> Result<TimeWeightedReturn, NoRate> {
    let moved = |valued: &&ValuedFlow| !valued.flow.amount.is_zero();
    let Some(last) = flows.last().filter(|_| flows.iter().any(|valued| moved(&valued))) else {
        return Err(NoRate::NothingInvested);
    };
    let mut chain = LinkedGrowth::default();
    for valued in flows.iter().filter(moved) {
        chain.add(valued)?;
    }
    let factor = chain.close(Money::ZERO, last.flow.on)?;
    let total = factor.checked_sub(Decimal::ONE).and_then(percentage).ok_or(NoRate::TooLarge)?;
    Ok(TimeWeightedReturn { total, annualized: over_a_year(factor, days_between(*held.start(), *held.end())) })
}

fn over_a_year(factor: Decimal, days: i32) -> Result<Percentage, NoRate> {
    if days < DAYS_OF_A_YEAR {
        return Err(NoRate::UnderAYear);
    }
    let rate = factor.to_f64().map(|factor| annualized(factor, days));
    rate.and_then(Decimal::from_f64_retain).and_then(percentage).ok_or(NoRate::TooLarge)
}

/// The growth of the sub-periods so far, and the current sub-period.
struct LinkedGrowth {
    factor: Decimal,
    /// The value at the beginning of the sub-period.
    began_with: Money,
    /// What has been paid out since the holding was sold.
    came_back: Money,
}

impl Default for LinkedGrowth {
    fn default() -> Self {
        Self { factor: Decimal::ONE, began_with: Money::ZERO, came_back: Money::ZERO }
    }
}

impl LinkedGrowth {
    fn add(&mut self, ValuedFlow { flow, kept }: &ValuedFlow) -> Result<(), NoRate> {
        let kept = kept.ok_or(NoRate::UnknownValue { on: flow.on })?;
        if flow.amount.is_negative() {
            self.factor = self.close(kept, flow.on)?;
            (self.began_with, self.came_back) = (sum(kept, negated(flow.amount)?)?, Money::ZERO);
            return Ok(());
        }
        self.came_back = sum(self.came_back, flow.amount)?;
        if !kept.is_zero() {
            self.factor = self.close(kept, flow.on)?;
            (self.began_with, self.came_back) = (kept, Money::ZERO);
        }
        Ok(())
    }

    /// The growth including the sub-period that ends here.
    fn close(&self, kept: Money, on: Day) -> Result<Decimal, NoRate> {
        let ended_with = sum(kept, self.came_back)?.decimal();
        if self.began_with.is_zero() {
            return if ended_with.is_zero() { Ok(self.factor) } else { Err(NoRate::FromNothing { on }) };
        }
        let grew = ended_with.checked_div(self.began_with.decimal());
        grew.and_then(|grew| self.factor.checked_mul(grew)).ok_or(NoRate::TooLarge)
    }
}

fn sum(one: Money, other: Money) -> Result<Money, NoRate> {
    one.plus(other).map_err(|_| NoRate::TooLarge)
}

fn negated(amount: Money) -> Result<Money, NoRate> {
    Money::ZERO.minus(amount).map_err(|_| NoRate::TooLarge)
}
