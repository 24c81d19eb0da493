//! The positions of all stocks as they went from day to day.

use std::collections::HashMap;

use super::chronicle::{Chronicle, Happening, Told};
use crate::app::AppError;
use crate::domain::{
    CostBasisMethod, Day, Disposal, Entry, EntryKind, Figure, Money, Portfolio, PortfolioId, Position, Stock, Symbol,
    TooLarge, TransactionId, count_openings, rebuild_watched,
};
use crate::store::{SplitRow, StoreError};

/// What is shown each entry, with the positions after it.
type Watch<'w> = &'w mut dyn FnMut(&Entry, &[Position]) -> Result<(), AppError>;

/// The positions as they stand, with their open lots.
pub(super) struct Replay<'c> {
    chronicle: &'c Chronicle<'c>,
    portfolios: HashMap<PortfolioId, &'c Portfolio>,
    stocks: HashMap<Symbol, Vec<Position>>,
}

/// A lot as it is shown: what is left of a purchase, or of all that an average-cost position holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownLot {
    /// The purchase; of a pool the oldest.
    pub(super) lot_id: TransactionId,
    /// Its day.
    pub(super) acquired_on: Day,
    /// Shares, as they are shown.
    pub(super) quantity: Figure,
    /// What they cost.
    pub(super) cost: Money,
}

impl<'c> Replay<'c> {
    pub(super) fn new(chronicle: &'c Chronicle<'c>) -> Self {
        let portfolios = chronicle.portfolios.iter().map(|portfolio| (portfolio.id(), portfolio)).collect();
        Self { chronicle, portfolios, stocks: HashMap::new() }
    }

    /// Carries out what happened on a day; shows what happened, and the positions of its stock right after it.
    pub(super) fn carry_out(&mut self, happenings: &[Happening], watch: Watch<'_>) -> Result<(), AppError> {
        let mut of_day: Vec<(&Symbol, Vec<Entry>)> = Vec::new();
        let mut places: HashMap<&Symbol, usize> = HashMap::new();
        for happening in happenings {
            let symbol = happening.symbol();
            let at = *places.entry(symbol).or_insert(of_day.len());
            let entry = self.counted(happening)?;
            match of_day.get_mut(at) {
                Some((_, entries)) => entries.push(entry),
                None => of_day.push((symbol, vec![entry])),
            }
        }
        for (symbol, entries) in of_day {
            self.of_stock(symbol, entries, watch)?;
        }
        Ok(())
    }

    /// The entry, with the shares of a lot from before counted as of its own day.
    fn counted(&self, happening: &Happening) -> Result<Entry, TooLarge> {
        let entry = happening.entry.clone();
        if !matches!((&entry.kind, &happening.told), (EntryKind::Purchase { as_of: Some(_), .. }, Told::Transaction(_)))
        {
            return Ok(entry);
        }
        let symbol = happening.symbol();
        let mut entries = vec![entry];
        entries.extend(self.chronicle.splits_of(symbol).map(SplitRow::entry));
        count_openings(&mut entries)?;
        Ok(entries.swap_remove(0))
    }

    fn of_stock(&mut self, symbol: &Symbol, entries: Vec<Entry>, watch: Watch<'_>) -> Result<(), AppError> {
        let damaged = |what: &str| StoreError::Damaged(format!("there is no {what} of {symbol}"));
        let stock = self.chronicle.stocks.get(symbol).ok_or_else(|| damaged("stock"))?;
        let positions = self.stocks.entry(symbol.clone()).or_default();
        for owner in entries.iter().filter_map(Entry::portfolio) {
            if !positions.iter().any(|position| position.key().portfolio_id == owner) {
                let portfolio = self.portfolios.get(&owner).ok_or_else(|| damaged("portfolio"))?;
                positions.push(blank(stock, portfolio));
            }
        }
        let mut result = Ok(());
        rebuild_watched(positions, entries, &mut |entry, positions| {
            if result.is_ok() {
                result = watch(entry, positions);
            }
        })?;
        for position in positions {
            position.pull_disposals();
        }
        result
    }

    /// All positions, by stock.
    pub(super) fn positions(&self) -> Vec<&Position> {
        let mut positions: Vec<&Position> = self.stocks.values().flatten().collect();
        positions.sort_by(|one, other| {
            let name = |position: &Position| (position.key().portfolio.clone(), position.key().symbol.clone());
            name(one).cmp(&name(other))
        });
        positions
    }
}

fn blank(stock: &Stock, portfolio: &Portfolio) -> Position {
    Position::new(stock.position_in(portfolio), portfolio.cost_basis_method())
}

/// What a sale realized, right after it.
pub(super) fn disposals_of(position: &Position, sale: TransactionId) -> Vec<&Disposal> {
    let mut disposals: Vec<&Disposal> =
        position.disposals().iter().rev().take_while(|disposal| disposal.sale_id == sale).collect();
    disposals.reverse();
    disposals
}

/// What is shown of a position, oldest lot first: it adds up to what is shown of its shares, and to its cost.
/// Of an average-cost position it is one pool. What is less than can be shown goes with its cost to the lot
/// beside it.
pub(super) fn shown_lots(position: &Position) -> Result<Vec<ShownLot>, TooLarge> {
    let of_position = position.totals();
    if position.cost_basis_method() == CostBasisMethod::Average {
        let Some(oldest) = position.lots().iter().next() else { return Ok(Vec::new()) };
        return Ok(vec![ShownLot {
            lot_id: oldest.lot_id,
            acquired_on: oldest.key.acquired_on,
            quantity: (&of_position.quantity).into(),
            cost: of_position.cost_basis,
        }]);
    }
    let mut shown: Vec<ShownLot> = Vec::new();
    let mut unshown = Money::ZERO;
    for listed in position.lots_at_cost()? {
        if listed.shown.is_zero() {
            unshown = unshown.plus(listed.lot.cost_basis)?;
            continue;
        }
        shown.push(ShownLot {
            lot_id: listed.lot.lot_id,
            acquired_on: listed.lot.key.acquired_on,
            quantity: (&listed.shown).into(),
            cost: listed.lot.cost_basis.plus(std::mem::take(&mut unshown))?,
        });
    }
    if let Some(last) = shown.last_mut() {
        last.cost = last.cost.plus(unshown)?;
    }
    Ok(shown)
}
