//! The value of holdings over time, with their cost.

use super::conversion::{Conversion, UsedRates};
use super::price_age::PriceAge;
use super::read_model::ReadModel;
use super::report_currency::ReportCurrency;
use super::timeline::{Held, Timeline};
use crate::app::AppError;
use crate::domain::{Currency, Day, Money, PortfolioFilter, Symbol};
use crate::store::Reader;

/// What to include.
#[derive(Debug, Clone)]
pub struct ValueFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// From this day; from the first holding on unless given.
    pub from: Option<Day>,
    /// Up to this day.
    pub to: Day,
    /// The currency of the report; those of the stocks unless given.
    pub conversion: Option<Conversion>,
}

/// The holdings in a currency, over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueOverTime {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The values of some days, by day.
    pub points: Vec<ValuePoint>,
    /// The stocks without a known value on some of these days, on which the total value is unknown.
    pub unpriced: Vec<Symbol>,
    /// The stocks without a known value on any of them, whose cost and value are excluded.
    pub left_out: Vec<Symbol>,
    /// The stocks that are held on the last day and have a price, with its age; a stock occurs once for each
    /// portfolio that holds it.
    pub price_ages: Vec<(Symbol, PriceAge)>,
}

/// The holdings at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValuePoint {
    /// The day.
    pub date: Day,
    /// Their cost.
    pub cost_basis: Money,
    /// Their value at the latest prices on or before the day; `None` if unknown.
    pub market_value: Option<Money>,
}

/// The value of holdings over time, by currency. A stock whose value is never known is left out, unless
/// nothing else is left. `days` chooses the days between the first and the last. In a report in one
/// currency values are converted at the rates of their days; the days of the rates are returned.
///
/// # Errors
/// If the portfolio or the stock is unknown, if a sum has more digits than a book can hold, if a rate is missing, or
/// if the book cannot be read.
pub fn value_over_time(
    reader: Reader<'_>,
    filter: &ValueFilter,
    days: &dyn Fn(Day, Day) -> Vec<Day>,
) -> Result<(Vec<ValueOverTime>, Vec<UsedRates>), AppError> {
    reader.at_one_moment(|| {
        let model = ReadModel::new(reader, Some(filter.to), None)?;
        model.know(&filter.portfolios)?;
        let money = ReportCurrency::new(reader, filter.conversion)?;
        let timeline = Timeline::gather(model, filter.symbol.as_ref(), &filter.portfolios, &money)?;
        let values = values(&timeline, (filter.from, filter.to), days)?;
        Ok((values, money.conclude()?))
    })
}

/// The result of [`value_over_time`], given the timeline.
///
/// # Errors
/// If a sum has more digits than a book can hold, or if the book cannot be read.
pub(super) fn values(
    timeline: &Timeline<'_>,
    (from, to): (Option<Day>, Day),
    days: &dyn Fn(Day, Day) -> Vec<Day>,
) -> Result<Vec<ValueOverTime>, AppError> {
    let Some(first) = from.or(timeline.first_day()) else { return Ok(Vec::new()) };
    let days = days(first, to);
    let mut all = Vec::new();
    for currency in timeline.currencies() {
        let left_out = timeline.never_valued(currency, &days);
        let held = timeline.in_currency(currency, &days, &left_out)?;
        let point = |(date, Held { cost_basis, market_value })| ValuePoint { date, cost_basis, market_value };
        let points = days.iter().copied().zip(held).map(point).collect();
        let unpriced = timeline.unpriced(currency, &days, &left_out);
        let price_ages = timeline.price_ages(currency, to, &left_out);
        all.push(ValueOverTime { currency, points, unpriced, left_out: left_out.into_iter().collect(), price_ages });
    }
    Ok(all)
}
