//! The money-weighted return: the annual rate at which all cash flows have a present value of zero.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::present_value::PresentValue;
use super::{CashFlow, NoRate, days_between, percentage};
use crate::domain::{Day, Money, Percentage};

/// The annual rate at which the present value of the cash flows is 0: the internal rate of return
/// for uneven dates, with a year of 365 days, that spreadsheets call `XIRR`. The flows may come in
/// any order.
///
/// A flow of 0 marks the day on which a holding had lost all its value. The rate is then the limit as
/// ever less is paid out on that day: −100 % if nothing else fits.
///
/// Source: `XIRR` in Microsoft's documentation of Excel and in ISO/IEC 26300, part 2, where a year has
/// 365 days. Both require flows of either sign, and do not define a total loss.
///
/// # Errors
/// If there is no such rate or more than one, or nothing to compute one from.
pub fn money_weighted(flows: &[CashFlow]) -> Result<Percentage, NoRate> {
    let days = by_day(flows)?;
    let (Some((&first, _)), Some((&last, last_sum))) = (days.first_key_value(), days.last_key_value()) else {
        return Err(NoRate::NothingInvested);
    };
    if !flows.iter().any(|flow| flow.amount.is_negative()) {
        return Err(NoRate::NothingPaidIn);
    }
    let end = flows.iter().map(|flow| flow.on).max().unwrap_or(last);
    let is_all_lost = first < end && days.values().all(|sum| sum.is_negative());
    if first == last && !is_all_lost {
        return Err(NoRate::OneDay { on: first });
    }
    let terms = days.iter().filter(|(_, sum)| !sum.is_zero());
    let terms = terms.map(|(&on, sum)| Some((days_between(first, on), sum.decimal().to_f64()?)));
    let value = PresentValue::new(terms.collect::<Option<_>>().ok_or(NoRate::TooLarge)?);
    let rates = value.rates().ok_or(NoRate::Unsettled)?;
    let rates = rates.into_iter().map(|rate| Decimal::from_f64_retain(rate).and_then(percentage));
    let rates = rates.collect::<Option<Vec<_>>>().ok_or(NoRate::TooLarge)?;
    let is_rest_lost = last < end && last_sum.is_negative();
    match rates[..] {
        [rate] => Ok(rate),
        [] if is_all_lost || is_rest_lost => percentage(Decimal::NEGATIVE_ONE).ok_or(NoRate::TooLarge),
        [] => Err(NoRate::NoneFits),
        [_, _, ..] => Err(NoRate::SeveralFit { rates }),
    }
}

/// The sum of the flows of each day that has any.
fn by_day(flows: &[CashFlow]) -> Result<BTreeMap<Day, Money>, NoRate> {
    let mut days = BTreeMap::new();
    for flow in flows.iter().filter(|flow| !flow.amount.is_zero()) {
        let sum: &mut Money = days.entry(flow.on).or_default();
        *sum = sum.plus(flow.amount).map_err(|_| NoRate::TooLarge)?;
    }
    Ok(days)
}
