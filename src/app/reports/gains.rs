//! Realized gains.

use std::collections::{BTreeMap, HashMap};

use super::read_model::ReadModel;
use crate::app::AppError;
use crate::app::lookup::{known_portfolios, known_stock};
use crate::domain::{
    Currency, Day, Disposal, Entry, EntryKind, GainTotals, Instant, PortfolioFilter, PortfolioName, Symbol, TooLarge,
    TransactionId, Year,
};
use crate::store::{LotGain, Reader, SaleFilter, SaleGain, SaleOrder, StoreError, YearGain};

/// Which sales to include.
#[derive(Debug, Clone, Default)]
pub struct GainsFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// Only in this period.
    pub period: Period,
    /// As known at this instant; `None` for now.
    pub known_on: Option<Instant>,
}

/// The period of sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From one day to another; `None` does not restrict.
    Days {
        /// The first.
        from: Option<Day>,
        /// The last.
        to: Option<Day>,
    },
    /// A calendar year.
    Year(Year),
}

impl Period {
    /// All days.
    pub const ALL: Self = Self::Days { from: None, to: None };

    /// The year, if the period is a whole year.
    pub(super) fn whole_year(self) -> Option<Year> {
        match self {
            Self::Days { .. } => None,
            Self::Year(year) => Some(year),
        }
    }
}

impl Default for Period {
    fn default() -> Self {
        Self::ALL
    }
}

/// How gains are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GainsBy {
    /// The lots of each sale.
    Sale,
    /// The sales of each stock.
    Symbol,
    /// The sales of each calendar year, by currency.
    Year,
}

/// The totals of a group of sales. `None` for what differs within the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GainRow {
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The stock.
    pub symbol: Option<Symbol>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The totals.
    pub totals: GainTotals,
    /// The sale and its day.
    pub sale: Option<(TransactionId, Day)>,
    /// The year.
    pub year: Option<i32>,
}

impl GainRow {
    /// The row of one sale.
    pub(super) fn of(sale: SaleGain) -> Result<Self, TooLarge> {
        let SaleGain { portfolio, symbol, currency, sale_id, sold_on, disposals } = sale;
        Ok(Self {
            portfolio: Some(portfolio),
            symbol: Some(symbol),
            currency,
            totals: GainTotals::sum(&disposals)?,
            sale: Some((sale_id, sold_on)),
            year: Some(sold_on.year()),
        })
    }
}

/// Passes what sales realized on each lot to `take`, by day and order of recording.
///
/// # Errors
/// If the portfolio or the stock is unknown, if the book cannot be read, or whatever error `take`
/// returns.
pub fn for_each_lot_gain(
    reader: Reader<'_>,
    filter: &GainsFilter,
    take: &mut dyn FnMut(LotGain) -> Result<(), AppError>,
) -> Result<(), AppError> {
    for_each_sale(reader, filter, SaleOrder::Day, &mut |sale| sale.by_lot().try_for_each(&mut *take))
}

/// Passes what sales realized, and what conversions realized in each position, to `take`; with `known_on`,
/// always sorted by day.
///
/// # Errors
/// As in [`for_each_lot_gain`].
pub(super) fn for_each_sale(
    reader: Reader<'_>,
    filter: &GainsFilter,
    order: SaleOrder,
    take: &mut dyn FnMut(SaleGain) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let (from, to) = match filter.period {
        Period::Days { from, to } => (from, to),
        Period::Year(year) => (Some(year.first_day()), Some(year.last_day())),
    };
    if let Some(instant) = filter.known_on {
        let sales = reader.at_one_moment(|| known_sales(reader, filter, instant))?;
        let is_wanted = |day: Day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to);
        return sales.into_iter().filter(|sale| is_wanted(sale.sold_on)).try_for_each(take);
    }
    check_names(reader, filter)?;
    let (portfolios, symbol) = (filter.portfolios.clone(), filter.symbol.clone());
    reader.transactions().for_each_sale(&SaleFilter { portfolios, symbol, from, to }, order, take)
}

/// Passes the totals of groups of sales to `take`: sales by day and order of recording, stocks by symbol,
/// years in order.
///
/// # Errors
/// As in [`for_each_lot_gain`]; or if a sum has too many digits.
pub fn for_each_gain(
    reader: Reader<'_>,
    filter: &GainsFilter,
    by: GainsBy,
    take: &mut dyn FnMut(GainRow) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let mut sums = Sums { by, sums: BTreeMap::new() };
    let kept = filter.known_on.is_none().then_some(filter.period);
    match (by, kept) {
        (GainsBy::Sale, _) => {
            return for_each_sale(reader, filter, SaleOrder::Day, &mut |sale| take(GainRow::of(sale)?));
        }
        // The totals of whole years are stored.
        (GainsBy::Symbol | GainsBy::Year, Some(Period::ALL | Period::Year(_))) => {
            check_names(reader, filter)?;
            let year = filter.period.whole_year();
            for YearGain { symbol, currency, year, totals } in
                reader.transactions().year_gains(&filter.portfolios, filter.symbol.as_ref(), year)?
            {
                sums.add(symbol, year, currency, &totals)?;
            }
        }
        (GainsBy::Symbol | GainsBy::Year, Some(Period::Days { .. }) | None) => {
            for_each_sale(reader, filter, SaleOrder::Any, &mut |sale| {
                Ok(sums.add(sale.symbol, sale.sold_on.year(), sale.currency, &GainTotals::sum(&sale.disposals)?)?)
            })?;
        }
    }
    for ((symbol, year, currency), totals) in sums.sums {
        take(GainRow {
            portfolio: filter.portfolios.only().cloned(),
            symbol: symbol.or_else(|| filter.symbol.clone()),
            currency,
            totals,
            sale: None,
            year: year.or(filter.period.whole_year().map(Year::number)),
        })?;
    }
    Ok(())
}

/// What sales realized, as known at an instant.
fn known_sales(reader: Reader<'_>, filter: &GainsFilter, instant: Instant) -> Result<Vec<SaleGain>, AppError> {
    let model = ReadModel::new(reader, None, Some(instant))?;
    model.know(&filter.portfolios)?;
    let mut sales = Vec::new();
    for stock in model.stocks(filter.symbol.as_ref())? {
        let entries = model.entries(&stock, &filter.portfolios)?;
        // The gains of conversions come before the sales of the day.
        let place = |entry: &Entry| (entry.id, (!matches!(entry.kind, EntryKind::Conversion(_)), entry.place));
        let places: HashMap<_, _> = entries.entries.iter().map(place).collect();
        for mut position in entries.positions()? {
            let disposals = position.pull_disposals();
            let key = position.key();
            for disposals in disposals.chunk_by(|one, next| one.sale_id == next.sale_id) {
                let Some(Disposal { sale_id, sold_on, .. }) = disposals.first() else { continue };
                let (sale_id, sold_on, disposals) = (*sale_id, *sold_on, disposals.to_vec());
                let (portfolio, symbol, currency) = (key.portfolio.clone(), key.symbol.clone(), key.currency);
                let sale = SaleGain { portfolio, symbol, currency, sale_id, sold_on, disposals };
                sales.push((places.get(&sale_id).copied(), sale));
            }
        }
    }
    sales.sort_by(|(one_place, one), (other_place, other)| {
        let by_day = (one.sold_on, one_place).cmp(&(other.sold_on, other_place));
        by_day.then_with(|| (&one.portfolio, &one.symbol).cmp(&(&other.portfolio, &other.symbol)))
    });
    Ok(sales.into_iter().map(|(_, sale)| sale).collect())
}

/// Sums of gains by group and currency.
struct Sums {
    by: GainsBy,
    sums: BTreeMap<(Option<Symbol>, Option<i32>, Currency), GainTotals>,
}

impl Sums {
    fn add(&mut self, symbol: Symbol, year: i32, currency: Currency, totals: &GainTotals) -> Result<(), StoreError> {
        let key = match self.by {
            GainsBy::Symbol => (Some(symbol), None, currency),
            GainsBy::Year | GainsBy::Sale => (None, Some(year), currency),
        };
        let sum = self.sums.entry(key).or_default();
        *sum = sum.plus(totals)?;
        Ok(())
    }
}

fn check_names(reader: Reader<'_>, filter: &GainsFilter) -> Result<(), AppError> {
    known_portfolios(reader, &filter.portfolios)?;
    if let Some(symbol) = &filter.symbol {
        known_stock(reader, symbol)?;
    }
    Ok(())
}
