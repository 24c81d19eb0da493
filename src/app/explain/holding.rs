//! Where a holding comes from.

use std::collections::HashMap;

use crate::app::ledger::Ledger;
use crate::app::{known_portfolio, known_stock};
use crate::domain::{
    CostBasisMethod, Entry, ListedLot, PortfolioId, PortfolioName, PositionTotals, Price, PriceInForce, Sequence,
    SplitRatio, Stock, Symbol, Valuation, rebuild_watched,
};
use crate::store::{Book, SplitRow};

/// Where the holdings of a stock come from.
#[derive(Debug, Clone)]
pub struct StockExplanation {
    /// The stock.
    pub stock: Stock,
    /// The latest price, as it was recorded.
    pub recorded_price: Option<PriceInForce>,
    /// The splits of the shares that it counts since then.
    pub splits_since: Vec<SplitRow>,
    /// That price after these splits.
    pub price: Option<Price>,
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
    /// What it is worth.
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

/// Where the holdings of a stock come from, in one portfolio or in all.
///
/// # Errors
/// If the stock or portfolio is unknown, or if the book cannot be read.
pub fn explain_holding(
    book: &Book,
    symbol: &Symbol,
    portfolio: Option<&PortfolioName>,
) -> anyhow::Result<StockExplanation> {
    let stock = known_stock(book, symbol)?;
    let wanted = match portfolio {
        Some(name) => vec![known_portfolio(book, name)?],
        None => book.portfolios_with(&stock)?,
    };
    let facts = book.facts(Sequence::MAX);
    let recorded_price = book.latest_price(&stock)?;
    let since = |split: &SplitRow| recorded_price.is_some_and(|price| price.basis_date < split.effective_date);
    let splits_since: Vec<SplitRow> = facts.splits(&stock)?.into_iter().filter(since).collect();
    let ratio: SplitRatio = splits_since.iter().map(|split| split.terms.ratio()).collect();

    let ledger = Ledger::gather(facts, &stock, &wanted)?;
    let mut positions = ledger.blanks(&stock);
    let places: HashMap<PortfolioId, usize> =
        positions.iter().enumerate().map(|(at, position)| (position.key().portfolio_id, at)).collect();
    let mut steps: Vec<Vec<PositionStep>> = positions.iter().map(|_| Vec::new()).collect();
    rebuild_watched(&mut positions, ledger.entries, &mut |entry, positions| {
        let changed = match entry.portfolio() {
            Some(portfolio) => places.get(&portfolio).map_or(0..0, |at| *at..at.saturating_add(1)),
            None => 0..positions.len(),
        };
        for (position, steps) in positions.iter().zip(&mut steps).take(changed.end).skip(changed.start) {
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
        let place = places.get(&portfolio.id()).copied();
        let Some((position, steps)) = place.and_then(|at| positions.get(at).zip(steps.get_mut(at))) else { continue };
        holdings.push(HoldingExplanation {
            portfolio: portfolio.name().clone(),
            method: portfolio.cost_basis_method(),
            steps: std::mem::take(steps),
            lots: position.lots_at_cost()?,
            totals: position.totals().clone(),
            valuation: Valuation::of(position.totals(), recorded_price.map(|price| (price.price, &ratio))),
        });
    }
    let price = recorded_price.and_then(|recorded| recorded.price.adjusted(&ratio).ok());
    Ok(StockExplanation { stock, recorded_price, splits_since, price, holdings })
}
