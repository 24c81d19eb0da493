//! Everything that a page about a book shows, as it was at one moment.

use super::allocation::{Allocation, AllocationBy, allocation};
use super::dividends::{DividendRow, DividendsBy, DividendsFilter, dividends};
use super::gains::{GainRow, GainsBy, GainsFilter, Period, for_each_gain};
use super::holdings::{HoldingsFilter, holdings};
use super::overview::{Overview, OverviewFilter, overview};
use super::returns::{Flows, PeriodReturns, ReturnsBy, ReturnsFilter, performance};
use super::value_over_time::{ValueFilter, ValueOverTime, value_over_time};
use crate::app::AppError;
use crate::domain::{CalendarUnit, Day, PortfolioName, Sequence};
use crate::log::EventHash;
use crate::store::{Reader, SummaryRow};

/// What the page is about.
#[derive(Debug, Clone)]
pub struct PageFilter {
    /// Only this portfolio.
    pub portfolio: Option<PortfolioName>,
    /// Only from this day on; from the first entry on unless given.
    pub from: Option<Day>,
    /// The last day.
    pub to: Day,
    /// The day on which the page is made.
    pub today: Day,
}

/// Everything that the page shows.
pub struct PageFigures {
    /// All at a glance, on the last day.
    pub overview: Overview,
    /// What was held then.
    pub holdings: Vec<SummaryRow>,
    /// How that was divided: by stock, by sector.
    pub allocations: Vec<(AllocationBy, Allocation)>,
    /// The value over time: drawn, and in figures.
    pub values: Vec<ValueOverTime>,
    /// What the periods have earned.
    pub performance: Vec<PeriodReturns>,
    /// What each of them is.
    pub unit: CalendarUnit,
    /// What sales realized, by year and by stock.
    pub gains_by_year: Vec<GainRow>,
    /// The same by stock.
    pub gains_by_symbol: Vec<GainRow>,
    /// What dividends came in, period by period.
    pub dividends: Vec<DividendRow>,
    /// The number of the last event of the book, and the hash of its line.
    pub head: Option<(Sequence, EventHash)>,
}

/// Days between which the value is drawn.
const DRAWN: u64 = 240;

/// Gathers everything that the page shows.
///
/// # Errors
/// If the portfolio is unknown, if a sum has more digits than a book can hold, or if the book cannot be read.
pub fn page_figures(reader: Reader<'_>, filter: &PageFilter) -> Result<PageFigures, AppError> {
    reader.at_one_moment(|| {
        let PageFilter { portfolio, from, to, today } = filter.clone();
        let as_of = (to < today).then_some(to);
        let held =
            HoldingsFilter { portfolios: portfolio.iter().cloned().collect(), as_of, ..HoldingsFilter::default() };
        let of_parts = |by| Ok::<_, AppError>((by, allocation(reader, &held, by, &[])?));
        let value = ValueFilter { portfolio: portfolio.clone(), symbol: None, from, to };
        let values = value_over_time(reader, &value, &drawn_days)?;
        let first = from.or_else(|| values.iter().filter_map(|value| value.points.first()).map(|it| it.date).min());
        let unit = unit_of(first.unwrap_or(to), to);
        let returns = ReturnsFilter {
            portfolio: portfolio.clone(),
            symbol: None,
            from,
            to,
            by: ReturnsBy::Everything,
            versus: None,
            flows: Flows::Untold,
        };
        let paid = DividendsFilter { portfolio: portfolio.clone(), symbol: None, from, to };
        let sold = GainsFilter {
            portfolio: portfolio.clone(),
            period: Period::Days { from, to: Some(to) },
            ..GainsFilter::default()
        };
        Ok(PageFigures {
            overview: overview(reader, &OverviewFilter { portfolio, as_of, today })?,
            holdings: holdings(reader, &held)?,
            allocations: [AllocationBy::Stock, AllocationBy::Sector]
                .into_iter()
                .map(of_parts)
                .collect::<Result<_, _>>()?,
            values,
            performance: performance(reader, &returns, unit)?,
            unit,
            gains_by_year: gains(reader, &sold, GainsBy::Year)?,
            gains_by_symbol: gains(reader, &sold, GainsBy::Symbol)?,
            dividends: dividends(reader, &paid, DividendsBy::Period(unit))?,
            head: reader.events().head()?.map(|last| (last.sequence, EventHash::of(&last.line))),
        })
    })
}

/// The unit of which there are neither few nor many from one day to another.
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

fn gains(reader: Reader<'_>, filter: &GainsFilter, by: GainsBy) -> Result<Vec<GainRow>, AppError> {
    let mut rows = Vec::new();
    for_each_gain(reader, filter, by, &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}
