//! Lots as a journal has them, and how entries change them.
//!
//! Accounting programs identify a lot by its cost per share, so a part of it must leave at exactly that cost.
//! If the cost per share is not a decimal of ten places, or if StockBook has rounded the cost of the part,
//! the whole lot is posted out and the rest is posted back.

use hashbrown::HashMap;

use crate::app::export::replay::{ShownLot, disposals_of, shown_lots};
use crate::domain::{CostBasisMethod, Day, Entry, EntryKind, Figure, Money, Position, TooLarge, TransactionId};

/// The open lots of a position.
#[derive(Debug, Default)]
pub(super) struct PositionLots {
    lots: HashMap<TransactionId, ShownLot>,
    quantity: Figure,
    cost: Money,
}

/// Shares of a lot that are added, or removed if negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app::export) struct Move {
    pub(in crate::app::export) lot_id: TransactionId,
    pub(in crate::app::export) acquired_on: Day,
    pub(in crate::app::export) quantity: Figure,
    /// Negative for shares that are removed.
    pub(in crate::app::export) cost: Money,
    /// The cost per share, if it is exact.
    pub(in crate::app::export) unit: Option<Figure>,
}

impl Move {
    /// The absolute cost.
    pub(in crate::app::export) fn size(&self) -> Figure {
        Figure::from(self.cost).abs()
    }
}

impl PositionLots {
    /// The moves by which an entry changed the position.
    pub(super) fn follow(&mut self, entry: &Entry, position: &Position) -> Result<Vec<Move>, TooLarge> {
        let mut moves = Vec::new();
        let is_pool = position.holding().cost_basis_method() == CostBasisMethod::Average;
        let is_followed = match &entry.kind {
            EntryKind::Dividend { .. } => return Ok(moves),
            EntryKind::Purchase { shares, cost_basis, .. } if !is_pool => {
                let (lot_id, acquired_on, quantity) = (entry.id, entry.date, Figure::from(shares));
                let lot = ShownLot { lot_id, acquired_on, quantity, cost: *cost_basis };
                self.change(entry.id, Some(lot), &mut moves)?
            }
            EntryKind::Sale { .. } if !is_pool => self.sell(entry, position, &mut moves)?,
            EntryKind::Purchase { .. }
            | EntryKind::Sale { .. }
            | EntryKind::TransferOut { .. }
            | EntryKind::TransferIn { .. }
            | EntryKind::Split(_)
            | EntryKind::Conversion(_)
            | EntryKind::CostAdjustment { .. } => false,
        };
        let totals = position.totals();
        let agrees = self.quantity == Figure::from(&totals.quantity) && self.cost == totals.cost_basis;
        if !is_followed || !agrees {
            self.become_what_is_shown(position, &mut moves)?;
        }
        Ok(moves)
    }

    /// All lots, for a journal that begins with them.
    pub(super) fn all(&self) -> Result<Vec<Move>, TooLarge> {
        let mut lots: Vec<&ShownLot> = self.lots.values().collect();
        lots.sort_by_key(|lot| (lot.acquired_on, lot.lot_id));
        lots.into_iter().map(coming).collect()
    }

    /// Removes what a sale took, as long as the lots are as the journal has them.
    fn sell(&mut self, entry: &Entry, position: &Position, moves: &mut Vec<Move>) -> Result<bool, TooLarge> {
        for disposal in disposals_of(position, entry.id) {
            let Some(lot) = self.lots.get(&disposal.lot_id) else { return Ok(false) };
            let quantity = lot.quantity.plus(Figure::from(&disposal.quantity).negated())?;
            let cost = lot.cost.minus(disposal.cost_basis)?;
            let is_gone = quantity.is_zero() && cost.is_zero();
            if !is_gone && (quantity.is_zero() || quantity.is_negative()) {
                return Ok(false);
            }
            let left = (!is_gone).then(|| ShownLot { quantity, cost, ..lot.clone() });
            self.change(disposal.lot_id, left, moves)?;
        }
        Ok(true)
    }

    fn become_what_is_shown(&mut self, position: &Position, moves: &mut Vec<Move>) -> Result<(), TooLarge> {
        let shown = shown_lots(position)?;
        let mut gone: Vec<(Day, TransactionId)> = self.lots.values().map(|lot| (lot.acquired_on, lot.lot_id)).collect();
        gone.retain(|(_, lot_id)| !shown.iter().any(|lot| lot.lot_id == *lot_id));
        gone.sort_unstable();
        for (_, lot_id) in gone {
            self.change(lot_id, None, moves)?;
        }
        for lot in shown {
            self.change(lot.lot_id, Some(lot), moves)?;
        }
        Ok(())
    }

    /// Updates one lot.
    fn change(
        &mut self,
        lot_id: TransactionId,
        new: Option<ShownLot>,
        moves: &mut Vec<Move>,
    ) -> Result<bool, TooLarge> {
        let old = self.lots.remove(&lot_id);
        if old == new {
            self.lots.extend(new.map(|lot| (lot_id, lot)));
            return Ok(true);
        }
        if let Some(old) = &old {
            self.quantity = self.quantity.plus(old.quantity.negated())?;
            self.cost = self.cost.minus(old.cost)?;
        }
        if let Some(new) = &new {
            self.quantity = self.quantity.plus(new.quantity)?;
            self.cost = self.cost.plus(new.cost)?;
        }
        move_between(old.as_ref(), new.as_ref(), moves)?;
        self.lots.extend(new.map(|lot| (lot_id, lot)));
        Ok(true)
    }
}

/// Adds the moves from one state of a lot to the next.
fn move_between(old: Option<&ShownLot>, new: Option<&ShownLot>, moves: &mut Vec<Move>) -> Result<(), TooLarge> {
    if let Some(old) = old {
        let unit = unit_cost(old)?;
        if let (Some(new), Some(unit)) = (new, unit)
            && new.quantity < old.quantity
            && unit.times(new.quantity)? == new.cost.into()
        {
            let quantity = new.quantity.plus(old.quantity.negated())?;
            moves.push(moved(old, (quantity, new.cost.minus(old.cost)?), Some(unit)));
            return Ok(());
        }
        let cost = Figure::from(old.cost).negated().into();
        moves.push(moved(old, (old.quantity.negated(), cost), unit));
    }
    if let Some(new) = new {
        moves.push(coming(new)?);
    }
    Ok(())
}

fn coming(lot: &ShownLot) -> Result<Move, TooLarge> {
    Ok(moved(lot, (lot.quantity, lot.cost), unit_cost(lot)?))
}

fn moved(lot: &ShownLot, (quantity, cost): (Figure, Money), unit: Option<Figure>) -> Move {
    Move { lot_id: lot.lot_id, acquired_on: lot.acquired_on, quantity, cost, unit }
}

/// The cost per share of a lot, if it is exact at ten places.
fn unit_cost(lot: &ShownLot) -> Result<Option<Figure>, TooLarge> {
    let Some(unit) = Figure::from(lot.cost).over(lot.quantity).transpose()? else { return Ok(None) };
    Ok((unit.times(lot.quantity)? == lot.cost.into()).then_some(unit))
}
