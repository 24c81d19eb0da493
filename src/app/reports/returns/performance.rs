//! Returns period by period.

use std::collections::BTreeMap;

use super::figures::{Returns, ReturnsFilter, Scope};
use super::gathering::{Holding, Span, gather};
use super::of_what_is_known;
use crate::app::AppError;
use crate::app::reports::conversion::UsedRates;
use crate::app::reports::report_currency::ReportCurrency;
use crate::domain::{CalendarPeriod, CalendarUnit, Currency, Day, Money};
use crate::store::Reader;

/// The return of everything held in one currency in a period.
#[derive(Debug, Clone)]
pub struct PeriodReturns {
    /// The year, quarter or month.
    pub period: CalendarPeriod,
    /// The returns from the first day of the period to the last, within the days of the report.
    pub returns: Returns,
}

/// Divides the periods after the last one in which anything changed, if there are several of them: they are
/// the time after the last price.
#[must_use]
pub fn until_standstill(periods: &[PeriodReturns]) -> (&[PeriodReturns], &[PeriodReturns]) {
    let is_still = |PeriodReturns { returns, .. }: &PeriodReturns| {
        let moved = [returns.gain, returns.paid_in, returns.withdrawn, Some(returns.dividends)];
        moved.iter().all(|amount| *amount == Some(Money::ZERO))
    };
    let last = periods.iter().rposition(|it| !is_still(it)).and_then(|at| periods.get(at)).map(|it| it.period);
    let moving = periods.iter().take_while(|it| Some(it.period) <= last).count();
    let (before, after) = periods.split_at(moving);
    let is_one = after.first().map(|it| it.period) == after.last().map(|it| it.period);
    if is_one || before.is_empty() { (periods, &[]) } else { (before, after) }
}

/// The returns of each year, quarter or month, by currency, starting with the period of the first flow
/// of money unless the filter has a first day. A stock whose value is unknown at the beginning or end of
/// a period is excluded from it, unless nothing else is left. Periods without holdings and flows are
/// left out. For a report in one currency, the days of the rates are returned.
///
/// # Errors
/// If the stock or portfolio is unknown, if a sum gets too large, if a rate is missing, or if the book cannot be read.
pub fn performance(
    reader: Reader<'_>,
    filter: &ReturnsFilter,
    unit: CalendarUnit,
) -> Result<(Vec<PeriodReturns>, Vec<UsedRates>), AppError> {
    reader.at_one_moment(|| {
        let money = ReportCurrency::new(reader, filter.conversion)?;
        let holdings = gather(reader, &ReturnsFilter { from: None, ..filter.clone() })?;
        let holdings: Vec<Holding> = holdings.into_iter().filter(|holding| holding.is_wanted).collect();
        let began = holdings.iter().filter_map(|holding| holding.steps.first()).map(|step| step.order.0).min();
        let Some(first) = filter.from.or(began) else { return Ok((Vec::new(), Vec::new())) };
        let mut all = Vec::new();
        let mut next = Some(CalendarPeriod::of(first, unit));
        while let Some(period) = next.filter(|period| period.first() <= filter.to) {
            let days = (period.first().max(first), period.last().min(filter.to));
            for returns in of_days(&holdings, filter, days, &money)? {
                all.push(PeriodReturns { period, returns });
            }
            next = period.next();
        }
        Ok((all, money.conclude()?))
    })
}

/// The returns of some days, by currency.
fn of_days(
    holdings: &[Holding],
    filter: &ReturnsFilter,
    (from, to): (Day, Day),
    money: &ReportCurrency<'_>,
) -> Result<Vec<Returns>, AppError> {
    let filter = ReturnsFilter { from: Some(from), to, ..filter.clone() };
    let mut currencies: BTreeMap<Currency, Vec<Span<'_>>> = BTreeMap::new();
    for span in holdings.iter().filter_map(|holding| holding.during(from, to)) {
        currencies.entry(money.of(span.holding.currency)).or_default().push(span);
    }
    let mut all = Vec::new();
    for holdings in currencies.into_values() {
        all.extend(of_what_is_known(&Scope::Total, &holdings, &filter, money)?);
    }
    Ok(all)
}
