//! What is held, with cost and value.

use std::collections::{BTreeMap, HashSet};

use super::read_model::{ReadModel, StockEntries};
use crate::app::AppError;
use crate::app::lookup::{known_portfolios, listed_symbol};
use crate::domain::{
    Day, Instant, Money, Percentage, PortfolioFilter, Position, Stock, Symbol, TooLarge, Valuation, weights,
};
use crate::store::{Reader, SummaryRow};

/// Which positions to include.
#[derive(Debug, Clone, Default)]
pub struct HoldingsFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only these stocks; all if empty.
    pub symbols: Vec<Symbol>,
    /// Whether to include closed positions.
    pub with_closed: bool,
    /// At the end of this day; `None` for now.
    pub as_of: Option<Day>,
    /// As known at this instant; `None` for now.
    pub known_on: Option<Instant>,
}

/// Positions with their cost and value, by portfolio and symbol.
///
/// # Errors
/// If the portfolio is unknown, or if the book cannot be read.
pub fn holdings(reader: Reader<'_>, filter: &HoldingsFilter) -> Result<Vec<SummaryRow>, AppError> {
    let mut rows = match (filter.as_of, filter.known_on) {
        (None, None) => {
            known_portfolios(reader, &filter.portfolios)?;
            let symbols = filter.symbols.iter().map(|symbol| listed_symbol(reader, symbol));
            let symbols: HashSet<Symbol> = symbols.collect::<Result<_, _>>()?;
            let mut rows = reader.position_summaries()?;
            rows.retain(|row| symbols.is_empty() || symbols.contains(&row.symbol));
            rows
        }
        (Some(_), _) | (_, Some(_)) => return past_holdings(reader, filter, &mut |entries| Ok(entries.positions()?)),
    };
    rows.retain(|row| filter.portfolios.includes(&row.portfolio) && is_shown(row, filter));
    Ok(rows)
}

fn is_shown(row: &SummaryRow, filter: &HoldingsFilter) -> bool {
    filter.with_closed || !row.quantity.is_zero()
}

/// What a row represents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldingsBy {
    /// A stock in a portfolio.
    Position,
    /// A stock, in any portfolio.
    Symbol,
}

/// The positions of each stock combined, by symbol; the portfolio is that of the first.
///
/// # Errors
/// If a sum has more digits than a book can hold.
pub fn holdings_by_symbol(rows: Vec<SummaryRow>) -> Result<Vec<SummaryRow>, TooLarge> {
    let mut stocks: BTreeMap<Symbol, SummaryRow> = BTreeMap::new();
    for row in rows {
        let merged = match stocks.get(&row.symbol) {
            Some(sum) => merge(sum, &row)?,
            None => row,
        };
        stocks.insert(merged.symbol.clone(), merged);
    }
    Ok(stocks.into_values().collect())
}

/// Two positions of a stock as one.
pub(super) fn merge(sum: &SummaryRow, row: &SummaryRow) -> Result<SummaryRow, TooLarge> {
    let quantity = sum.quantity.plus(&row.quantity)?;
    let cost_basis = sum.cost_basis.plus(row.cost_basis)?;
    let (one, other) = (&sum.valuation, &row.valuation);
    let unrealized_gain = both(one.unrealized_gain, other.unrealized_gain)?;
    let percentage = unrealized_gain.and_then(|gain| gain.percentage_of(cost_basis));
    let valuation = Valuation {
        average_cost: cost_basis.per_share(&quantity).and_then(Result::ok),
        market_value: both(one.market_value, other.market_value)?,
        unrealized_gain,
        unrealized_gain_percentage: percentage.and_then(Result::ok),
        ..*one
    };
    Ok(SummaryRow {
        quantity,
        cost_basis,
        valuation,
        realized_gain: sum.realized_gain.plus(row.realized_gain)?,
        dividends: sum.dividends.plus(row.dividends)?,
        last_entry_date: sum.last_entry_date.max(row.last_entry_date),
        ..sum.clone()
    })
}

/// The sum of two amounts, if both are known.
pub(super) fn both(one: Option<Money>, other: Option<Money>) -> Result<Option<Money>, TooLarge> {
    one.zip(other).map(|(one, other)| one.plus(other)).transpose()
}

/// Each row's percentage of the value of all rows in its currency; `None` if the row's own value is
/// unknown. A closed position has a value of 0, whether it has a price or not.
#[must_use]
pub fn holding_weights(rows: &[SummaryRow]) -> Vec<Option<Percentage>> {
    let value = |row: &SummaryRow| if row.quantity.is_zero() { Some(Money::ZERO) } else { row.valuation.market_value };
    weights_among(rows.iter().map(|row| (row.currency, value(row))))
}

/// Each value's percentage of all known values of its kind.
pub(super) fn weights_among<K: Ord>(values: impl Iterator<Item = (K, Option<Money>)>) -> Vec<Option<Percentage>> {
    let (mut kinds, mut weighed) = (BTreeMap::<K, Vec<(usize, Money)>>::new(), Vec::new());
    for (at, (kind, value)) in values.enumerate() {
        kinds.entry(kind).or_default().extend(value.map(|value| (at, value)));
        weighed.push(None);
    }
    for (places, values) in kinds.into_values().map(|known| known.into_iter().unzip::<_, _, Vec<_>, Vec<_>>()) {
        for (at, weight) in places.into_iter().zip(weights(&values).unwrap_or_default()) {
            if let Some(place) = weighed.get_mut(at) {
                *place = Some(weight);
            }
        }
    }
    weighed
}

/// Positions as of a day or as known at an instant, rebuilt by `replay` from their entries.
///
/// # Errors
/// As [`holdings`], or whatever error `replay` returns.
pub(super) fn past_holdings(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    replay: &mut dyn FnMut(StockEntries) -> Result<Vec<Position>, AppError>,
) -> Result<Vec<SummaryRow>, AppError> {
    reader.at_one_moment(|| {
        let model = ReadModel::new(reader, filter.as_of, filter.known_on)?;
        model.know(&filter.portfolios)?;
        let mut rows = Vec::new();
        for stock in wanted_stocks(model, filter)? {
            let quote = model.quote(&stock)?;
            for position in replay(model.entries(&stock, &filter.portfolios)?)? {
                // Without entries that count there is no position, not even a closed one.
                let totals = position.totals();
                if totals.first_trade_date.is_some() || !totals.dividends.is_zero() {
                    let name = position.key().portfolio.clone();
                    rows.push(SummaryRow::new(name, stock.profile().clone(), position.totals(), quote.as_ref()));
                }
            }
        }
        rows.retain(|row| is_shown(row, filter));
        let place = |row: &SummaryRow| (row.portfolio.as_str().to_owned(), row.symbol.clone());
        rows.sort_by_cached_key(place);
        Ok(rows)
    })
}

fn wanted_stocks(model: ReadModel<'_>, filter: &HoldingsFilter) -> Result<Vec<Stock>, AppError> {
    if filter.symbols.is_empty() {
        return model.stocks(None);
    }
    let mut stocks = filter.symbols.iter().map(|symbol| model.stock(symbol)).collect::<Result<Vec<_>, _>>()?;
    stocks.sort_by_key(Stock::id);
    stocks.dedup_by_key(|stock| stock.id());
    Ok(stocks)
}
