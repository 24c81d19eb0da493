//! What one has.

use std::collections::BTreeMap;

use super::read_model::ReadModel;
use crate::app::AppError;
use crate::app::lookup::known_portfolio;
use crate::domain::{Currency, Day, Instant, Money, Percentage, PortfolioName, weights};
use crate::store::{Reader, SummaryRow};

/// Which positions to show.
#[derive(Debug, Clone, Default)]
pub struct HoldingsFilter {
    /// Only of this portfolio.
    pub portfolio: Option<PortfolioName>,
    /// Closed positions too.
    pub with_closed: bool,
    /// At the end of this day; now if there is none.
    pub as_of: Option<Day>,
    /// What was known at this instant; all that is known now if there is none.
    pub known_on: Option<Instant>,
}

/// Positions with what they cost and are worth, by portfolio and symbol.
///
/// # Errors
/// If the portfolio is unknown, or if the book cannot be read.
pub fn holdings(reader: Reader<'_>, filter: &HoldingsFilter) -> Result<Vec<SummaryRow>, AppError> {
    let mut rows = match (filter.as_of, filter.known_on) {
        (None, None) => {
            filter.portfolio.as_ref().map(|name| known_portfolio(reader, name)).transpose()?;
            reader.position_summaries()?
        }
        (Some(_), _) | (_, Some(_)) => reader.at_one_moment(|| past_holdings(reader, filter))?,
    };
    rows.retain(|row| filter.portfolio.as_ref().is_none_or(|name| *name == row.portfolio));
    rows.retain(|row| filter.with_closed || !row.quantity.is_zero());
    Ok(rows)
}

/// What percentage of the value of all rows in its currency each row is. Nothing where one of these
/// is not known; a closed position is worth nothing, whether it has a price or not.
#[must_use]
pub fn holding_weights(rows: &[SummaryRow]) -> Vec<Option<Percentage>> {
    let mut currencies: BTreeMap<Currency, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        currencies.entry(row.currency).or_default().push(at);
    }
    let value = |row: &SummaryRow| if row.quantity.is_zero() { Some(Money::ZERO) } else { row.valuation.market_value };
    let mut weighed = vec![None; rows.len()];
    for places in currencies.into_values() {
        let values: Vec<_> = places.iter().filter_map(|at| rows.get(*at)).map(value).collect();
        for (at, weight) in places.into_iter().zip(weights(&values).unwrap_or_default()) {
            if let Some(place) = weighed.get_mut(at) {
                *place = Some(weight);
            }
        }
    }
    weighed
}

/// Positions as they stood on a day, or as they were known at an instant.
fn past_holdings(reader: Reader<'_>, filter: &HoldingsFilter) -> Result<Vec<SummaryRow>, AppError> {
    let model = ReadModel::new(reader, filter.as_of, filter.known_on)?;
    let portfolio = filter.portfolio.as_ref().map(|name| model.portfolio(name)).transpose()?;
    let mut rows = Vec::new();
    for stock in model.stocks(None)? {
        let quote = model.quote(&stock)?;
        for position in model.entries(&stock, portfolio.as_ref())?.positions()? {
            // Nothing that counts is no position, not even a closed one.
            let totals = position.totals();
            if totals.first_trade_date.is_some() || !totals.dividends.is_zero() {
                let name = position.key().portfolio.clone();
                rows.push(SummaryRow::new(name, stock.profile().clone(), position.totals(), quote.as_ref()));
            }
        }
    }
    rows.sort_by(|one, other| (one.portfolio.as_str(), &one.symbol).cmp(&(other.portfolio.as_str(), &other.symbol)));
    Ok(rows)
}
