//! The overview: what is held, how its value last changed, and which prices are missing or old.

use std::collections::{BTreeMap, HashMap};

use super::conversion::{Conversion, ForeignGain, UsedRates};
use super::holdings::{HoldingsFilter, holdings, weights_among};
use super::holdings_in::{Realized, holdings_in};
use super::price_age::PriceAge;
use super::report_currency::ReportCurrency;
use crate::app::AppError;
use crate::domain::{
    CompanyName, Currency, Day, Money, Percentage, PortfolioFilter, Quote, Symbol, TooLarge, TransactionType,
};
use crate::store::{Reader, SummaryRow, TransactionFilter};

/// The number of months whose dividends are added up.
const DIVIDEND_MONTHS: u32 = 12;

/// The overview.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Each currency, by its code.
    pub currencies: Vec<CurrencyOverview>,
    /// Holdings with a price, by gain in percent, best first.
    pub stocks: Vec<StockGain>,
    /// Holdings without a price, or with one that is too old.
    pub outdated: Vec<(Symbol, PriceAge)>,
    /// The days of the rates, if everything is in one currency.
    pub rates: Vec<UsedRates>,
}

/// The holdings in one currency. If a price is missing, the sums are those of the rest.
#[derive(Debug, Clone)]
pub struct CurrencyOverview {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The number of open positions.
    pub positions: u64,
    /// How many of them have no value.
    pub unpriced: u64,
    /// The cost of these.
    pub unpriced_cost_basis: Money,
    /// The cost of those with a value.
    pub cost_basis: Money,
    /// Their value; `None` if none has one.
    pub market_value: Option<Money>,
    /// Market value less cost basis.
    pub unrealized_gain: Option<Money>,
    /// The same in percent of the cost basis.
    pub unrealized_gain_percentage: Option<Percentage>,
    /// The parts of the unrealized gain due to price and currency, if everything is in one currency.
    pub foreign: Option<ForeignGain>,
    /// Gains of all sales.
    pub realized_gain: Money,
    /// All dividends, gross.
    pub dividends: Money,
    /// Those of the last twelve months.
    pub dividends_twelve_months: Money,
    /// Unrealized gain, realized gains and dividends.
    pub total_return: Option<Money>,
    /// The last day on which a price of a holding was recorded.
    pub day: Option<Day>,
    /// The change on that day; `None` if no holding has a price on that day and an earlier one.
    pub day_change: Option<DayChange>,
}

/// How the prices of a day changed the value of holdings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayChange {
    /// The change of the value of today's shares.
    pub amount: Money,
    /// The same in percent of their value before.
    pub percentage: Option<Percentage>,
    /// The day of the prices before; the earliest, if they differ.
    pub since: Day,
}

/// The holdings of a stock, and their gain.
#[derive(Debug, Clone)]
pub struct StockGain {
    /// The stock.
    pub symbol: Symbol,
    /// Its company.
    pub company_name: CompanyName,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Their value, in all portfolios.
    pub market_value: Money,
    /// Market value less cost basis.
    pub unrealized_gain: Money,
    /// The same in percent of the cost basis.
    pub unrealized_gain_percentage: Percentage,
    /// Their percentage of the value of all holdings with a price in their currency.
    pub weight: Option<Percentage>,
}

/// What to include.
#[derive(Debug, Clone)]
pub struct OverviewFilter {
    /// Only these portfolios.
    pub portfolios: PortfolioFilter,
    /// At the end of this day; `None` for now.
    pub as_of: Option<Day>,
    /// Today.
    pub today: Day,
    /// The currency of the report; those of the stocks unless given.
    pub conversion: Option<Conversion>,
}

/// Computes how the latest prices of positions changed their value.
type ChangeOf<'c> = dyn Fn(&[&Row]) -> Result<Option<DayChange>, AppError> + 'c;

/// A position in the currency of the report, with what a conversion adds.
struct Row {
    figures: SummaryRow,
    original: Currency,
    gains: Option<(Money, Money)>,
}

impl std::ops::Deref for Row {
    type Target = SummaryRow;

    fn deref(&self) -> &SummaryRow {
        &self.figures
    }
}

/// The overview of a book.
///
/// # Errors
/// If the portfolio is unknown, if a sum has more digits than a book can hold, if a rate is missing, or if the book
/// cannot be read.
pub fn overview(reader: Reader<'_>, filter: &OverviewFilter) -> Result<Overview, AppError> {
    let OverviewFilter { portfolios, as_of, today, conversion } = filter.clone();
    let today = as_of.unwrap_or(today);
    reader.at_one_moment(|| {
        let held =
            HoldingsFilter { portfolios: portfolios.clone(), as_of, with_closed: true, ..HoldingsFilter::default() };
        let (rows, used) = rows(reader, &held, (conversion, today))?;
        let money = ReportCurrency::new(reader, conversion)?;
        // For a day in the past, the change of that day is not reported.
        let before = if as_of.is_none() { reader.prices().before_the_latest()? } else { Vec::new() };
        let before: HashMap<Symbol, Quote> = before.into_iter().collect();
        let mut currencies: BTreeMap<Currency, Vec<&Row>> = BTreeMap::new();
        for row in &rows {
            currencies.entry(row.currency).or_default().push(row);
        }
        let mut dividends = recent_dividends(reader, &portfolios, today, &money)?;
        let of_currency = |(currency, rows): (Currency, Vec<&Row>)| {
            let recent = dividends.remove(&currency).unwrap_or_default();
            let worth = |value, of: &Row| money.on(value, of.original, today);
            CurrencyOverview::of(currency, &rows, recent, &|rows| DayChange::of(rows, &before, &worth))
        };
        let currencies = currencies.into_iter().map(of_currency).collect::<Result<_, _>>()?;
        let rates = UsedRates::merged([used, money.conclude()?]);
        Ok(Overview { currencies, stocks: stock_gains(&rows)?, outdated: outdated(&rows, today), rates })
    })
}

/// The positions, and the days of the rates in a report in one currency.
fn rows(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    (conversion, today): (Option<Conversion>, Day),
) -> Result<(Vec<Row>, Vec<UsedRates>), AppError> {
    let Some(conversion) = conversion else {
        let rows = holdings(reader, filter)?.into_iter();
        return Ok((rows.map(|row| Row { original: row.currency, figures: row, gains: None }).collect(), Vec::new()));
    };
    let (held, used) = holdings_in(reader, filter, (conversion, today), Realized::Included)?;
    let rows = held.into_iter().map(|held| Row {
        figures: held.row,
        original: held.original_currency,
        gains: held.price_gain.map(|price_gain| (price_gain, held.currency_gain)),
    });
    Ok((rows.collect(), used))
}

/// The dividends of the last twelve months, gross, by currency.
fn recent_dividends(
    reader: Reader<'_>,
    portfolios: &PortfolioFilter,
    today: Day,
    money: &ReportCurrency<'_>,
) -> Result<BTreeMap<Currency, Money>, AppError> {
    let filter = TransactionFilter {
        transaction_type: Some(TransactionType::Dividend),
        from: today.months_before(DIVIDEND_MONTHS).next(),
        to: Some(today),
        ..TransactionFilter::of(portfolios)
    };
    let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
    reader.transactions().for_each(&filter, &mut |row| {
        let gross = row.gross_amount().ok_or(TooLarge)?;
        let sum = sums.entry(money.of(row.currency)).or_default();
        *sum = sum.plus(money.moved(gross, row.currency, (row.transaction_id, row.trade_date))?)?;
        Ok::<_, AppError>(())
    })?;
    Ok(sums)
}

impl CurrencyOverview {
    fn of(
        currency: Currency,
        rows: &[&Row],
        dividends_twelve_months: Money,
        change: &ChangeOf<'_>,
    ) -> Result<Self, AppError> {
        let open = || rows.iter().filter(|row| !row.quantity.is_zero());
        let valued = || open().filter_map(|row| Some((row.cost_basis, row.valuation.market_value?)));
        let (positions, priced) = (open().count(), valued().count());
        let unvalued = open().filter(|row| row.valuation.market_value.is_none());
        let unpriced_cost_basis = sum(unvalued.map(|row| row.cost_basis))?;
        let cost_basis = sum(valued().map(|(cost, _)| cost))?;
        let realized_gain = sum(rows.iter().map(|row| row.realized_gain))?;
        let dividends = sum(rows.iter().map(|row| row.dividends))?;
        let market_value = sum(valued().map(|(_, value)| value))?;
        let is_known = priced > 0 || positions == 0;
        let unrealized_gain = market_value.minus(cost_basis)?;
        let total_return = unrealized_gain.plus(realized_gain)?.plus(dividends)?;
        let percentage = unrealized_gain.percentage_of(cost_basis).transpose()?;
        let day = open().filter_map(|row| row.valuation.price_date).max();
        let of_day: Vec<&Row> = open().filter(|row| row.valuation.price_date == day).copied().collect();
        let foreign = |sum: Option<ForeignGain>, row: &&Row| {
            let Some((price_gain, currency_gain)) = row.gains else { return Ok(sum) };
            let own = ForeignGain { original_currency: Some(row.original), price_gain, currency_gain };
            sum.map_or(Ok(own), |sum| sum.plus(&own)).map(Some)
        };
        Ok(Self {
            currency,
            positions: count(positions),
            unpriced: count(positions.saturating_sub(priced)),
            unpriced_cost_basis,
            cost_basis,
            market_value: is_known.then_some(market_value),
            unrealized_gain: is_known.then_some(unrealized_gain),
            unrealized_gain_percentage: percentage.filter(|_| is_known),
            foreign: open().try_fold(None, foreign)?,
            realized_gain,
            dividends,
            dividends_twelve_months,
            total_return: is_known.then_some(total_return),
            day,
            day_change: change(&of_day)?,
        })
    }
}

impl DayChange {
    /// The change of the value of positions by their latest prices; `worth` converts to the currency of the
    /// report.
    fn of(
        rows: &[&Row],
        before: &HashMap<Symbol, Quote>,
        worth: &dyn Fn(Money, &Row) -> Result<Money, AppError>,
    ) -> Result<Option<Self>, AppError> {
        let (mut amount, mut base, mut since) = (Money::ZERO, Money::ZERO, None);
        for row in rows {
            let Some((value, quote)) = row.valuation.market_value.zip(before.get(&row.symbol)) else { continue };
            let value_before = worth(quote.market_value(&row.quantity)?, row)?;
            amount = amount.plus(value.minus(value_before)?)?;
            base = base.plus(value_before)?;
            since = since.into_iter().chain([quote.recorded.date]).min();
        }
        let percentage = amount.percentage_of(base).transpose()?;
        Ok(since.map(|since| Self { amount, percentage, since }))
    }
}

/// The gain of each stock that is held, best first.
fn stock_gains(rows: &[Row]) -> Result<Vec<StockGain>, TooLarge> {
    let mut sums: BTreeMap<&Symbol, (&Row, Money, Money)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.quantity.is_zero()) {
        let Some(value) = row.valuation.market_value else { continue };
        let (_, cost, worth) = sums.entry(&row.symbol).or_insert((row, Money::ZERO, Money::ZERO));
        (*cost, *worth) = (cost.plus(row.cost_basis)?, worth.plus(value)?);
    }
    let weights = weights_among(sums.values().map(|(row, _, worth)| (row.currency, Some(*worth))));
    let mut gains = Vec::with_capacity(sums.len());
    for ((symbol, (row, cost, market_value)), weight) in sums.into_iter().zip(weights) {
        let unrealized_gain = market_value.minus(cost)?;
        // Without a cost there is no such percentage.
        let Some(percentage) = unrealized_gain.percentage_of(cost) else { continue };
        gains.push(StockGain {
            symbol: symbol.clone(),
            company_name: row.company_name.clone(),
            currency: row.currency,
            market_value,
            unrealized_gain,
            unrealized_gain_percentage: percentage?,
            weight,
        });
    }
    gains.sort_by_key(|gain| std::cmp::Reverse(gain.unrealized_gain_percentage));
    Ok(gains)
}

/// Holdings without a price, or with an old one, by symbol.
fn outdated(rows: &[Row], today: Day) -> Vec<(Symbol, PriceAge)> {
    let aged = rows.iter().map(|row| (row.symbol.clone(), PriceAge::of(row, today)));
    let told: BTreeMap<Symbol, PriceAge> = aged.filter(|(_, age)| *age != PriceAge::Fresh).collect();
    told.into_iter().collect()
}

fn sum(amounts: impl Iterator<Item = Money>) -> Result<Money, TooLarge> {
    let mut amounts = amounts;
    amounts.try_fold(Money::ZERO, Money::plus)
}

fn count(things: usize) -> u64 {
    u64::try_from(things).unwrap_or(u64::MAX)
}
