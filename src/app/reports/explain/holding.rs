//! Where a holding comes from.

use std::collections::HashMap;

use crate::app::AppError;
use crate::app::reports::read_model::ReadModel;
use crate::domain::{
    CostBasisMethod, Entry, ListedLot, PortfolioFilter, PortfolioName, Position, PositionKey, PositionTotals, Quote,
    Stock, Symbol, Valuation,
};
use crate::store::{Reader, SplitRow};

/// Where the holdings of a stock come from.
#[derive(Debug, Clone)]
pub struct StockExplanation {
    /// The stock.
    pub stock: Stock,
    /// The latest price.
    pub quote: Option<Quote>,
    /// The splits of the shares that it counts since then.
    pub splits_since: Vec<SplitRow>,
    /// What is held, by portfolio.
    pub holdings: Vec<HoldingExplanation>,
}

/// Where a holding comes from.
#[derive(Debug, Clone)]
pub struct HoldingExplanation {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// How it matches sales to lots.
    pub method: CostBasisMethod,
    /// What made it, in order.
    pub steps: Vec<PositionStep>,
    /// What is left of purchases, oldest first, at the cost with which it would leave.
    pub lots: Vec<ListedLot>,
    /// What it comes to.
    pub totals: PositionTotals,
    /// What it comes to at the latest price.
    pub valuation: Valuation,
}

/// What an entry did to a position.
#[derive(Debug, Clone)]
pub struct PositionStep {
    /// The entry.
    pub entry: Entry,
    /// The position after; before, it was as the step before left it.
    pub after: PositionTotals,
}

/// Where the holdings of a stock come from, in some portfolios.
///
/// # Errors
/// If the stock or portfolio is unknown, or if the book cannot be read.
pub fn explain_holding(
    reader: Reader<'_>,
    symbol: &Symbol,
    portfolios: &PortfolioFilter,
) -> Result<StockExplanation, AppError> {
    let model = ReadModel::of(reader);
    let stock = model.stock(symbol)?;
    model.know(portfolios)?;
    let quote = model.quote(&stock)?;
    let since = |split: &SplitRow| quote.as_ref().is_some_and(|it| it.recorded.basis_date < split.effective_date);
    let splits_since = reader.splits().of_stock(&stock)?.into_iter().filter(since).collect();

    let entries = model.entries(&stock, portfolios)?;
    let wanted = entries.portfolios.clone();
    let key_at = |(at, position): (usize, &Position)| (position.key().clone(), at);
    let places: HashMap<PositionKey, usize> = entries.blanks.iter().enumerate().map(key_at).collect();
    let mut steps: Vec<Vec<PositionStep>> = entries.blanks.iter().map(|_| Vec::new()).collect();
    let positions = entries.positions_watched(&mut |entry, positions| {
        for (position, steps) in positions.iter().zip(&mut steps).filter(|(it, _)| it.key().is_changed_by(entry)) {
            let after = position.totals().clone();
            let before = steps.last().map_or(PositionTotals::default(), |step: &PositionStep| step.after.clone());
            let is_split_of_nothing = entry.portfolio().is_none() && after.quantity.is_zero();
            if before != after && !is_split_of_nothing {
                steps.push(PositionStep { entry: entry.clone(), after });
            }
        }
    })?;

    let mut holdings = Vec::new();
    for portfolio in wanted {
        let place = places.get(&stock.position_in(&portfolio)).copied();
        let Some((position, steps)) = place.and_then(|at| positions.get(at).zip(steps.get_mut(at))) else { continue };
        holdings.push(HoldingExplanation {
            portfolio: portfolio.name().clone(),
            method: portfolio.cost_basis_method(),
            steps: std::mem::take(steps),
            lots: position.holding().lots_at_cost()?,
            totals: position.totals().clone(),
            valuation: Valuation::of(position.totals(), quote.as_ref()),
        });
    }
    Ok(StockExplanation { stock, quote, splits_since, holdings })
}
