//! Collects everything that the page of `report` shows, as of one moment.

use super::allocation::{Allocation, AllocationBy, allocation};
use super::conversion::{Conversion, UsedRates};
use super::dividends::{DividendRow, DividendsBy, DividendsFilter, rows as dividends};
use super::gains::{GainRow, GainsBy, GainsFilter, Period, for_each_gain};
use super::gains_in::for_each_gain_in;
use super::holdings::{HoldingsFilter, holdings};
use super::holdings_in::{Realized, holdings_in};
use super::overview::{CurrencyOverview, Overview, OverviewFilter, overview};
use super::read_model::ReadModel;
use super::report_currency::ReportCurrency;
use super::returns::{Flows, PeriodReturns, ReturnsBy, ReturnsFilter, performance};
use super::timeline::Timeline;
use super::value_over_time::{ValueOverTime, values};
use crate::app::AppError;
use crate::domain::{CalendarUnit, Day, PortfolioFilter, Sequence};
use crate::log::EventHash;
use crate::store::{Reader, SummaryRow};

/// What to include.
#[derive(Debug, Clone)]
pub struct PageFilter {
    /// Only these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only from this day; from the first entry on unless given.
    pub from: Option<Day>,
    /// The last day.
    pub to: Day,
    /// The day on which the page is made.
    pub today: Day,
    /// The currency of the report; those of the stocks unless given.
    pub conversion: Option<Conversion>,
}

/// Everything that the page shows.
pub struct PageFigures {
    /// The overview on the last day.
    pub overview: Overview,
    /// The holdings on that day.
    pub holdings: Vec<SummaryRow>,
    /// How they were divided: by stock, by sector.
    pub allocations: Vec<(AllocationBy, Allocation)>,
    /// The value over time, for charts and tables.
    pub values: Vec<ValueOverTime>,
    /// The returns of the periods.
    pub performance: Vec<PeriodReturns>,
    /// The unit of the periods.
    pub unit: CalendarUnit,
    /// Realized gains by year.
    pub gains_by_year: Vec<GainRow>,
    /// The same by stock.
    pub gains_by_symbol: Vec<GainRow>,
    /// Dividends by period.
    pub dividends: Vec<DividendRow>,
    /// The number of the last event of the book, and the hash of its line.
    pub head: Option<(Sequence, EventHash)>,
    /// The days of the rates, if everything is in one currency.
    pub rates: Vec<UsedRates>,
}

/// The number of days on which the value is drawn.
const DRAWN: u64 = 240;

/// Collects everything that the page shows.
///
/// # Errors
/// If the portfolio is unknown, if a sum has more digits than a book can hold, if a rate is missing, or if the book
/// cannot be read.
pub fn page_figures(reader: Reader<'_>, filter: &PageFilter) -> Result<PageFigures, AppError> {
    reader.at_one_moment(|| {
        let PageFilter { portfolios, from, to, today, conversion } = filter.clone();
        let as_of = (to < today).then_some(to);
        let held = HoldingsFilter { portfolios: portfolios.clone(), as_of, ..HoldingsFilter::default() };
        // The overview needs the most rates, so it comes first: if one is missing, the error names the first
        // day without one.
        let overview = overview(reader, &OverviewFilter { portfolios: portfolios.clone(), as_of, today, conversion })?;
        let mut rates = vec![overview.rates.clone()];
        let mut allocations = Vec::new();
        for by in [AllocationBy::Stock, AllocationBy::Sector] {
            let (parts, used) = allocation(reader, &held, by, &[], (conversion, to))?;
            rates.push(used);
            allocations.push((by, parts));
        }
        let money = ReportCurrency::new(reader, conversion)?;
        let model = ReadModel::new(reader, Some(to), None)?;
        let timeline = Timeline::gather(model, None, &portfolios, &money)?;
        let values = values(&timeline, (from, to), &drawn_days)?;
        let first = from.or_else(|| values.iter().filter_map(|value| value.points.first()).map(|it| it.date).min());
        let unit = unit_of(first.unwrap_or(to), to);
        let returns = ReturnsFilter {
            portfolios: portfolios.clone(),
            symbol: None,
            from,
            to,
            by: ReturnsBy::Everything,
            versus: None,
            flows: Flows::Omitted,
            conversion,
        };
        let paid = DividendsFilter { portfolios: portfolios.clone(), symbol: None, from, to, conversion };
        let dividends = dividends(reader, &paid, DividendsBy::Period(unit), (None, &timeline, &money))?;
        drop(timeline);
        rates.push(money.conclude()?);
        let sold = GainsFilter {
            portfolios: portfolios.clone(),
            period: Period::Days { from, to: Some(to) },
            ..GainsFilter::default()
        };
        let holdings = match conversion {
            None => holdings(reader, &held)?,
            Some(conversion) => {
                let (held, used) = holdings_in(reader, &held, (conversion, to), Realized::Omitted)?;
                rates.push(used);
                held.into_iter().map(|held| held.row).collect()
            }
        };
        let (performance, used) = performance(reader, &returns, unit)?;
        rates.push(used);
        let mut gains_by = |by| {
            let (rows, used) = gains(reader, &sold, by, conversion)?;
            rates.push(used);
            Ok::<_, AppError>(rows)
        };
        let (gains_by_year, gains_by_symbol) = (gains_by(GainsBy::Year)?, gains_by(GainsBy::Symbol)?);
        Ok(PageFigures {
            overview,
            holdings,
            allocations,
            values,
            performance,
            unit,
            gains_by_year,
            gains_by_symbol,
            dividends,
            head: reader.events().head()?.map(|last| (last.sequence, EventHash::of(&last.line))),
            rates: UsedRates::merged(rates),
        })
    })
}

/// The totals of a page in one currency.
///
/// # Errors
/// As [`overview`].
pub fn page_total(
    reader: Reader<'_>,
    filter: &PageFilter,
    conversion: Conversion,
) -> Result<(Vec<CurrencyOverview>, Vec<UsedRates>), AppError> {
    let PageFilter { portfolios, to, today, .. } = filter.clone();
    let as_of = (to < today).then_some(to);
    let filter = OverviewFilter { portfolios, as_of, today, conversion: Some(conversion) };
    let Overview { currencies, rates, .. } = overview(reader, &filter)?;
    Ok((currencies, rates))
}

/// The calendar unit that divides a period into neither too few nor too many parts.
fn unit_of(first: Day, last: Day) -> CalendarUnit {
    match last.days_since(first) {
        ..=400 => CalendarUnit::Month,
        401..=1200 => CalendarUnit::Quarter,
        _ => CalendarUnit::Year,
    }
}

fn drawn_days(first: Day, last: Day) -> Vec<Day> {
    let all = u64::try_from(last.days_since(first)).unwrap_or_default();
    let day = |at: u64| {
        let ahead = all.saturating_mul(at).checked_div(DRAWN).unwrap_or_default();
        let date = first.calendar().checked_add_days(chrono::Days::new(ahead));
        date.map_or(last, Day::nearest)
    };
    let mut days: Vec<Day> = (0..=DRAWN).map(day).collect();
    days.dedup();
    days
}

fn gains(
    reader: Reader<'_>,
    filter: &GainsFilter,
    by: GainsBy,
    conversion: Option<Conversion>,
) -> Result<(Vec<GainRow>, Vec<UsedRates>), AppError> {
    let (mut rows, mut used) = (Vec::new(), Vec::new());
    let mut take = |row| {
        rows.push(row);
        Ok(())
    };
    match conversion {
        None => for_each_gain(reader, filter, by, &mut take)?,
        Some(conversion) => used = for_each_gain_in(reader, filter, by, conversion, &mut |row, _| take(row))?,
    }
    Ok((rows, used))
}
