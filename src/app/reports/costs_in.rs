//! The cost of shares in another currency, followed from entry to entry.
//!
//! The cost of a purchase is converted at the rate of the purchase, and stays with the shares: a part of a
//! lot takes the same proportion of the converted cost as of the cost in the stock's currency. Under average
//! cost, the pool contains the costs of all purchases, each converted at its own rate, and leaving shares
//! take a proportional part. What is added to a cost later, or paid back from it, is converted at the rate of
//! its own day. A conversion moves the same proportion of the cost in both currencies.

mod cost;
mod position_cost;

use std::collections::HashMap;

use super::conversion::Converter;
use super::read_model::StockEntries;
use crate::app::AppError;
use crate::domain::{
    ConversionTerms, CostBasisMethod, Currency, Disposal, Entry, EntryKind, ExchangeRule, Money, PortfolioId,
    PortfolioName, Position, PositionKey, Shares, Stock, StockId, Symbol, TransactionId,
};
use crate::store::{Reader, SaleGain};

pub(super) use cost::Cost;
use cost::Pricing;
use position_cost::{LeavingCost, PositionCost, SoldAtOnce};

/// A sale, and its position by the names of portfolio and stock.
type SaleKey = (TransactionId, PortfolioName, Symbol);

/// The costs of positions in the currency of a report.
#[derive(Default)]
pub(super) struct CostsIn {
    positions: HashMap<PositionKey, PositionCost>,
    sold: HashMap<SaleKey, Vec<Cost>>,
}

impl CostsIn {
    /// The cost of the shares of a position.
    pub(super) fn held(&self, position: &PositionKey) -> Cost {
        self.positions.get(position).map(PositionCost::held).unwrap_or_default()
    }

    /// The costs of the lots that were sold, in the order of the sale.
    pub(super) fn sold(&self, sale: &SaleGain) -> Option<&[Cost]> {
        self.of_sale(sale.sale_id, &sale.portfolio, &sale.symbol)
    }

    /// Like [`Self::sold`].
    pub(super) fn of_sale(&self, id: TransactionId, portfolio: &PortfolioName, symbol: &Symbol) -> Option<&[Cost]> {
        self.sold.get(&(id, portfolio.clone(), symbol.clone())).map(Vec::as_slice)
    }

    /// Adds the costs of other stocks.
    pub(super) fn extend(&mut self, others: Self) {
        self.positions.extend(others.positions);
        self.sold.extend(others.sold);
    }
}

/// Whether the cost of lots depends on more than their purchases: because average cost is used, or because a
/// corporate action or a cost adjustment changed it.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn is_followed(reader: Reader<'_>, stock: &Stock) -> Result<bool, AppError> {
    let holding = reader.portfolios().holding(stock)?;
    let is_average = holding.iter().any(|portfolio| portfolio.cost_basis_method() == CostBasisMethod::Average);
    Ok(is_average || reader.conversions().may_change_costs(stock)?)
}

/// Follows the costs of a stock's positions; calls `watch` with them after each entry.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn follow(
    entries: StockEntries,
    rates: &Converter<'_>,
    watch: &mut dyn FnMut(&Entry, &[Position], &CostsIn),
) -> Result<(Vec<Position>, CostsIn), AppError> {
    let currencies: HashMap<StockId, Currency> =
        entries.blanks.iter().map(|position| (position.key().stock_id, position.key().currency)).collect();
    let mut pricings = HashMap::new();
    rates.expect(entries.entries.iter().filter(|entry| needs_rate(entry)).count())?;
    for entry in entries.entries.iter().filter(|entry| needs_rate(entry)) {
        let Some(currency) = currencies.get(&entry.stock) else { continue };
        let rate = rates.find_of(entry.id, *currency, entry.date)?;
        pricings.insert(entry.id, Pricing { rate, day: entry.date });
    }
    let mut following = Following { costs: CostsIn::default(), transits: HashMap::new() };
    let positions = entries.positions_watched(&mut |entry, positions| {
        following.follow(entry, positions, pricings.get(&entry.id));
        watch(entry, positions, &following.costs);
    })?;
    Ok((positions, following.costs))
}

/// Whether an entry changes a cost by an amount to be converted at the rate of its day.
fn needs_rate(entry: &Entry) -> bool {
    match &entry.kind {
        EntryKind::Purchase { .. } | EntryKind::CostAdjustment { .. } | EntryKind::Conversion(_) => true,
        EntryKind::Sale { .. }
        | EntryKind::TransferOut { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::Dividend { .. }
        | EntryKind::Split(_) => false,
    }
}

struct Following {
    costs: CostsIn,
    /// The cost of shares in transit from one portfolio to another.
    transits: HashMap<TransactionId, LeavingCost>,
}

impl Following {
    fn follow(&mut self, entry: &Entry, positions: &[Position], pricing: Option<&Pricing>) {
        let of = |owner: PortfolioId, stock: StockId| {
            let is_of = |key: &PositionKey| key.portfolio_id == owner && key.stock_id == stock;
            positions.iter().find(|position| is_of(position.key()))
        };
        match &entry.kind {
            EntryKind::Dividend { .. } => {}
            EntryKind::Split(_) => {
                for position in positions.iter().filter(|position| position.key().stock_id == entry.stock) {
                    self.cost_of(position).update_shares(position);
                }
            }
            EntryKind::Purchase { portfolio, cost_basis, .. } => {
                let Some(position) = of(*portfolio, entry.stock) else { return };
                let cost = priced(pricing, *cost_basis);
                self.cost_of(position).add_lot(position, (entry.id, entry.lot_key()), &cost);
            }
            EntryKind::CostAdjustment { portfolio, .. } => {
                let Some(position) = of(*portfolio, entry.stock) else { return };
                self.cost_of(position).adjust(position, &|change| priced(pricing, change));
                self.dispose(entry, position, |_, parts| parts.iter().map(|_| Cost::default()).collect());
            }
            EntryKind::Sale { portfolio, .. } => {
                let Some(position) = of(*portfolio, entry.stock) else { return };
                self.dispose(entry, position, |cost, parts| cost.leave(position, Some(parts)).share(parts));
            }
            EntryKind::TransferOut { portfolio, .. } => {
                let Some(position) = of(*portfolio, entry.stock) else { return };
                let left = self.cost_of(position).leave(position, None);
                self.transits.insert(entry.id, left);
            }
            EntryKind::TransferIn { portfolio, .. } => {
                let Some(position) = of(*portfolio, entry.stock) else { return };
                let Some(brought) = self.transits.remove(&entry.id) else { return };
                self.cost_of(position).arrive(position, brought, &SoldAtOnce::default(), &|_| Cost::default());
            }
            EntryKind::Conversion(conversion) => {
                let owners: Vec<PortfolioId> = positions
                    .iter()
                    .map(Position::key)
                    .filter(|key| {
                        key.stock_id == entry.stock && entry.portfolio().is_none_or(|it| it == key.portfolio_id)
                    })
                    .map(|key| key.portfolio_id)
                    .collect();
                for owner in owners {
                    let Some((old, new)) = of(owner, entry.stock).zip(of(owner, conversion.new_stock)) else {
                        continue;
                    };
                    self.convert(entry, &conversion.terms, (old, new), pricing);
                }
            }
        }
    }

    /// Moves cost from old shares to new ones; what is sold in the process takes its part.
    fn convert(
        &mut self,
        entry: &Entry,
        terms: &ConversionTerms,
        (old, new): (&Position, &Position),
        pricing: Option<&Pricing>,
    ) {
        let arriving = self.cost_of(old).shares().split(&terms.ratio.ratio()).unwrap_or_default();
        let mut left = self.cost_of(old).leave(old, None);
        self.dispose(entry, old, |_, parts| match terms.rule {
            // After a return of capital at another rate, a cost of 0 may not be 0 in the currency of the
            // report.
            Some(ExchangeRule::Taxable) => left.share(parts),
            Some(ExchangeRule::CarryOver | ExchangeRule::Boot | ExchangeRule::Part) | None => left.take(parts),
        });
        let sold = fresh(self.cost_of(new).disposals, new);
        let fraction = if sold.is_empty() { Shares::ZERO } else { arriving.fractional_part() };
        self.cost_of(new).arrive(new, left, &SoldAtOnce::new(sold, fraction), &|change| priced(pricing, change));
        self.dispose(entry, new, |cost, parts| cost.leave(new, Some(parts)).share(parts));
    }

    /// Records the costs of the disposals of an entry.
    fn dispose(
        &mut self,
        entry: &Entry,
        position: &Position,
        costs: impl FnOnce(&mut PositionCost, &[Disposal]) -> Vec<Cost>,
    ) {
        let cost = self.cost_of(position);
        let parts = fresh(cost.disposals, position);
        if parts.is_empty() {
            return;
        }
        cost.disposals = position.holding().disposals().len();
        let costs = costs(cost, parts);
        let key = position.key();
        self.costs.sold.insert((entry.id, key.portfolio.clone(), key.symbol.clone()), costs);
    }

    fn cost_of(&mut self, position: &Position) -> &mut PositionCost {
        self.costs.positions.entry(position.key().clone()).or_default()
    }
}

/// The disposals after the first `seen`.
fn fresh(seen: usize, position: &Position) -> &[Disposal] {
    position.holding().disposals().get(seen..).unwrap_or_default()
}

fn priced(pricing: Option<&Pricing>, amount: Money) -> Cost {
    pricing.map(|pricing| pricing.of(amount)).unwrap_or_default()
}
