//! Explains how a holding is derived from its entries.

use std::collections::HashMap;

use crate::app::AppError;
use crate::app::reports::read_model::ReadModel;
use crate::domain::{
    CostBasisMethod, Entry, EntryKind, ListedLot, Money, PortfolioFilter, PortfolioName, Position, PositionKey,
    PositionTotals, Quantity, Quote, Stock, StockId, Symbol, TransactionId, Valuation,
};
use crate::store::{ConversionRow, Reader, SplitRow};

/// How the holdings of a stock are derived.
#[derive(Debug, Clone)]
pub struct StockExplanation {
    /// The stock.
    pub stock: Stock,
    /// The latest price.
    pub quote: Option<Quote>,
    /// The splits since the price's basis date.
    pub splits_since: Vec<SplitRow>,
    /// What is held, by portfolio.
    pub holdings: Vec<HoldingExplanation>,
}

/// Explains how a holding is derived from its entries.
#[derive(Debug, Clone)]
pub struct HoldingExplanation {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The cost basis method of the portfolio.
    pub method: CostBasisMethod,
    /// The steps that led to it, in order.
    pub steps: Vec<PositionStep>,
    /// The open lots, oldest first, at the cost with which they would leave.
    pub lots: Vec<ListedLot>,
    /// The purchases of these lots; a lot that a conversion created has none.
    pub purchases: HashMap<TransactionId, LotPurchase>,
    /// The totals.
    pub totals: PositionTotals,
    /// Their value at the latest price.
    pub valuation: Valuation,
}

/// The purchase of a lot: conversions may have changed its stock since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotPurchase {
    /// The stock.
    pub symbol: Symbol,
    /// Shares, as they were recorded.
    pub quantity: Quantity,
    /// Their cost, the fee included.
    pub cost: Money,
}

/// The effect of an entry on a position.
#[derive(Debug, Clone)]
pub struct PositionStep {
    /// The entry.
    pub entry: Entry,
    /// The conversion, if it is one.
    pub conversion: Option<ConversionRow>,
    /// The totals after it; those before it are in the previous step.
    pub after: PositionTotals,
}

/// Explains the holdings of a stock in some portfolios.
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
    let conversions = reader.conversions().of_stock(&stock)?;
    let bought = purchases(&entries.blanks, &entries.entries);
    let mut steps: Vec<Vec<PositionStep>> = entries.blanks.iter().map(|_| Vec::new()).collect();
    let positions = entries.positions_watched(&mut |entry, positions| {
        for (position, steps) in positions.iter().zip(&mut steps).filter(|(it, _)| it.key().is_changed_by(entry)) {
            let after = position.totals().clone();
            let before = steps.last().map_or(PositionTotals::default(), |step: &PositionStep| step.after.clone());
            let is_of_nothing = entry.portfolio().is_none() && before.quantity.is_zero() && after.quantity.is_zero();
            if before != after && !is_of_nothing {
                let conversion = conversions.iter().find(|row| row.conversion_id == entry.id).cloned();
                steps.push(PositionStep { entry: entry.clone(), conversion, after });
            }
        }
    })?;

    let mut holdings = Vec::new();
    for portfolio in wanted {
        let place = places.get(&stock.position_in(&portfolio)).copied();
        let Some((position, steps)) = place.and_then(|at| positions.get(at).zip(steps.get_mut(at))) else { continue };
        let lots = position.holding().lots_at_cost()?;
        let purchase = |listed: &ListedLot| Some((listed.lot.lot_id, bought.get(&listed.lot.lot_id)?.clone()));
        holdings.push(HoldingExplanation {
            portfolio: portfolio.name().clone(),
            method: portfolio.cost_basis_method(),
            steps: std::mem::take(steps),
            purchases: lots.iter().filter_map(purchase).collect(),
            lots,
            totals: position.totals().clone(),
            valuation: Valuation::of(position.totals(), quote.as_ref()),
        });
    }
    Ok(StockExplanation { stock, quote, splits_since, holdings })
}

/// All purchases of some positions.
fn purchases(positions: &[Position], entries: &[Entry]) -> HashMap<TransactionId, LotPurchase> {
    let symbol = |position: &Position| (position.key().stock_id, position.key().symbol.clone());
    let symbols: HashMap<StockId, Symbol> = positions.iter().map(symbol).collect();
    let purchase = |entry: &Entry| {
        let EntryKind::Purchase { quantity, cost_basis, .. } = entry.kind else { return None };
        Some((entry.id, LotPurchase { symbol: symbols.get(&entry.stock)?.clone(), quantity, cost: cost_basis }))
    };
    entries.iter().filter_map(purchase).collect()
}
