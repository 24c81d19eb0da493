//! Replays the positions of all stocks day by day.

use hashbrown::HashMap;

use super::chronicle::{Chronicle, EntryRecord, RecordedEntry};
use crate::app::AppError;
use crate::domain::{
    CostBasisMethod, Day, Disposal, Entry, EntryKind, Figure, Money, Portfolio, PortfolioId, Position, StockId, Symbol,
    TooLarge, TransactionId, count_openings, rebuild_watched,
};
use crate::store::{SplitRow, StoreError};

/// Called for each entry, with the positions after it.
type Watch<'w> = &'w mut dyn FnMut(&Entry, &[Position]) -> Result<(), AppError>;

/// The current positions, with their open lots.
pub(super) struct PositionReplay<'c> {
    chronicle: &'c Chronicle<'c>,
    portfolios: HashMap<PortfolioId, &'c Portfolio>,
    stocks: HashMap<Symbol, Vec<Position>>,
}

/// A lot as displayed: what is left of a purchase, or everything that an average-cost position holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownLot {
    /// The purchase; for a pool the oldest one.
    pub(super) lot_id: TransactionId,
    /// Its day.
    pub(super) acquired_on: Day,
    /// Shares as displayed.
    pub(super) quantity: Figure,
    /// Their cost.
    pub(super) cost: Money,
}

impl<'c> PositionReplay<'c> {
    pub(super) fn new(chronicle: &'c Chronicle<'c>) -> Self {
        let portfolios = chronicle.portfolios.iter().map(|portfolio| (portfolio.id(), portfolio)).collect();
        Self { chronicle, portfolios, stocks: HashMap::new() }
    }

    /// Applies the entries of a day. After each, calls `watch` with it and the positions of its stock; for a
    /// conversion, of both stocks.
    pub(super) fn carry_out(&mut self, happenings: &[RecordedEntry], watch: Watch<'_>) -> Result<(), AppError> {
        let links = happenings.iter().any(|happening| matches!(happening.record, EntryRecord::Conversion(_)));
        let groups = if links { self.linked(happenings)? } else { self.by_stock(happenings)? };
        groups.into_iter().try_for_each(|group| self.of_group(group, watch))
    }

    /// The entries of a day on which no conversion links stocks, as on nearly all days.
    fn by_stock<'h>(&self, happenings: &'h [RecordedEntry]) -> Result<Vec<Group<'h>>, TooLarge> {
        let (mut groups, mut places): (Vec<Group<'h>>, HashMap<&Symbol, usize>) = Default::default();
        for happening in happenings {
            let symbol = happening.symbol();
            let at = *places.entry(symbol).or_insert_with(|| {
                groups.push(Group { symbols: vec![symbol], entries: Vec::new() });
                groups.len().saturating_sub(1)
            });
            let entry = self.counted(happening)?;
            if let Some(group) = groups.get_mut(at) {
                group.entries.push(entry);
            }
        }
        Ok(groups)
    }

    fn linked<'h>(&self, happenings: &'h [RecordedEntry]) -> Result<Vec<Group<'h>>, TooLarge> {
        let mut of_day: Vec<Group<'h>> = Vec::new();
        for happening in happenings {
            let mut group = Group { symbols: vec![happening.symbol()], entries: vec![self.counted(happening)?] };
            if let EntryRecord::Conversion(row) = &happening.record {
                group.symbols.push(&row.new_stock.1);
            }
            // Linked stocks are replayed together.
            let mut at = of_day.len();
            while let Some(known) = of_day.iter().position(|known| known.shares_a_stock_with(&group)) {
                group = of_day.remove(known).with(group);
                at = known;
            }
            of_day.insert(at.min(of_day.len()), group);
        }
        Ok(of_day)
    }

    /// The entry, with the shares of an opening lot restated as of its own day.
    fn counted(&self, happening: &RecordedEntry) -> Result<Entry, TooLarge> {
        let entry = happening.entry.clone();
        if !matches!(
            (&entry.kind, &happening.record),
            (EntryKind::Purchase { as_of: Some(_), .. }, EntryRecord::Transaction(_))
        ) {
            return Ok(entry);
        }
        let stock = entry.stock;
        let mut entries = vec![entry];
        entries.extend(self.chronicle.splits_of(happening.symbol()).map(|split: &SplitRow| split.entry(stock)));
        count_openings(&mut entries)?;
        Ok(entries.swap_remove(0))
    }

    fn of_group(&mut self, group: Group<'_>, watch: Watch<'_>) -> Result<(), AppError> {
        let mut positions: Vec<Position> = Vec::new();
        for symbol in &group.symbols {
            let known = self.stocks.get_mut(*symbol).map(std::mem::take).unwrap_or_default();
            if positions.is_empty() {
                positions = known;
            } else {
                positions.extend(known);
            }
        }
        for entry in &group.entries {
            if let EntryKind::Conversion(conversion) = &entry.kind {
                let owners = positions.iter().map(|position| position.key().portfolio_id);
                for owner in owners.filter(|owner| conversion.covers(*owner)).collect::<Vec<_>>() {
                    self.complete(&mut positions, (owner, entry.stock))?;
                    self.complete(&mut positions, (owner, conversion.new_stock))?;
                }
            } else if let Some(owner) = entry.portfolio() {
                self.complete(&mut positions, (owner, entry.stock))?;
            }
        }
        let mut result = Ok(());
        rebuild_watched(&mut positions, group.entries, &mut |entry, positions| {
            if result.is_ok() {
                result = watch(entry, positions);
            }
        })?;
        for position in &mut positions {
            position.pull_disposals();
        }
        if let [symbol] = group.symbols[..] {
            self.stocks.insert(symbol.clone(), positions);
            return result;
        }
        for position in positions {
            self.stocks.entry(position.key().symbol.clone()).or_default().push(position);
        }
        result
    }

    /// Adds the position of a portfolio and a stock where it is missing.
    fn complete(
        &self,
        positions: &mut Vec<Position>,
        (owner, stock): (PortfolioId, StockId),
    ) -> Result<(), StoreError> {
        let key = |position: &Position| (position.key().portfolio_id, position.key().stock_id);
        if !positions.iter().any(|position| key(position) == (owner, stock)) {
            positions.push(self.blank(stock, owner)?);
        }
        Ok(())
    }

    fn blank(&self, stock: StockId, owner: PortfolioId) -> Result<Position, StoreError> {
        let damaged = |what: &str| StoreError::Damaged(format!("there is no such {what}"));
        let stock = self.chronicle.stocks.values().find(|known| known.id() == stock).ok_or_else(|| damaged("stock"))?;
        let portfolio = self.portfolios.get(&owner).ok_or_else(|| damaged("portfolio"))?;
        Ok(Position::new(stock.position_in(portfolio), portfolio.cost_basis_method()))
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

/// The entries of a day for stocks that its conversions link.
#[derive(Default)]
struct Group<'h> {
    symbols: Vec<&'h Symbol>,
    entries: Vec<Entry>,
}

impl Group<'_> {
    fn shares_a_stock_with(&self, other: &Self) -> bool {
        self.symbols.iter().any(|symbol| other.symbols.contains(symbol))
    }

    fn with(mut self, other: Self) -> Self {
        for symbol in other.symbols {
            if !self.symbols.contains(&symbol) {
                self.symbols.push(symbol);
            }
        }
        self.entries.extend(other.entries);
        self
    }
}

/// What a sale realized, right after it.
pub(super) fn disposals_of(position: &Position, sale: TransactionId) -> Vec<&Disposal> {
    let mut disposals: Vec<&Disposal> =
        position.holding().disposals().iter().rev().take_while(|disposal| disposal.sale_id == sale).collect();
    disposals.reverse();
    disposals
}

/// The lots of a position as displayed, oldest first: they add up to its displayed shares, and to its
/// cost. An average-cost position is a single pool. A lot too small to be displayed is merged, with its
/// cost, into the one beside it.
pub(super) fn shown_lots(position: &Position) -> Result<Vec<ShownLot>, TooLarge> {
    let of_position = position.totals();
    if position.holding().cost_basis_method() == CostBasisMethod::Average {
        let Some(oldest) = position.holding().lots().iter().next() else { return Ok(Vec::new()) };
        return Ok(vec![ShownLot {
            lot_id: oldest.lot_id,
            acquired_on: oldest.key.acquired_on,
            quantity: (&of_position.quantity).into(),
            cost: of_position.cost_basis,
        }]);
    }
    let mut shown: Vec<ShownLot> = Vec::new();
    let mut unshown = Money::ZERO;
    for listed in position.holding().lots_at_cost()? {
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
