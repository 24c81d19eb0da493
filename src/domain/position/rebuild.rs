//! Positions rebuilt from their entries.

use std::collections::{BTreeMap, VecDeque};

use hashbrown::{HashMap, HashSet};

use super::{Position, Transit};
use crate::domain::{
    Conversion, Day, DomainError, Entry, EntryKind, Moment, PortfolioId, PositionKey, Quantity, Shares, StockId,
    TransactionId,
};

/// An entry that cannot be applied at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEntry {
    /// The entry.
    pub entry: Entry,
    /// Why.
    pub error: DomainError,
}

/// The result of rebuilding positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries that could not be applied and were left out.
    pub refusals: Vec<RefusedEntry>,
    /// The days on which purchases without a time were put before the sales that needed them, by
    /// position.
    pub reordered: Vec<(PositionKey, Day)>,
}

/// Applies all entries of some stocks to empty positions, one for every stock and portfolio that the entries
/// concern, including those that receive shares by conversions. The result depends only on the entries, not
/// on the order in which they are passed.
///
/// The entries of a day are applied in the order of [`Entry::order`], with two exceptions.
///
/// - If a portfolio would sell or send more than it has in that order, its purchases without a time count
///   [before](Moment::Before) entries with a time.
/// - An arriving transfer waits until its shares have left the other portfolio, and so does everything after
///   it in its portfolio. If portfolios wait for each other in a circle, transfers without a time take their
///   places among all other entries without one, in the order of recording, for the rest of the day.
#[must_use = "what was left out is missing from the positions"]
pub fn rebuild(positions: &mut [Position], entries: Vec<Entry>) -> Rebuilt {
    carry_out(positions, entries, &mut |_, _| {})
}

/// Like [`rebuild`], for entries that are known to be valid. `watch` is called after every entry, with the
/// positions as it left them.
///
/// # Errors
/// If an entry cannot be applied, which happens only in a damaged book.
pub fn rebuild_watched(
    positions: &mut [Position],
    entries: Vec<Entry>,
    watch: &mut dyn FnMut(&Entry, &[Position]),
) -> Result<(), DomainError> {
    match carry_out(positions, entries, watch).refusals.into_iter().next() {
        Some(refusal) => Err(refusal.error),
        None => Ok(()),
    }
}

fn carry_out(
    positions: &mut [Position],
    mut entries: Vec<Entry>,
    watch: &mut dyn FnMut(&Entry, &[Position]),
) -> Rebuilt {
    entries.sort_by_key(Entry::order);
    let place =
        |(at, position): (usize, &Position)| ((position.holding.key.portfolio_id, position.holding.key.stock_id), at);
    let places = positions.iter().enumerate().map(place).collect();
    let mut rebuilding = Rebuilding { positions, places, transit: Transit::new(), rebuilt: Rebuilt::default(), watch };
    let mut entries = entries.into_iter().peekable();
    while let Some(first) = entries.next() {
        let day = first.date;
        let mut of_day = vec![first];
        while let Some(next) = entries.next_if(|entry| entry.date == day) {
            of_day.push(next);
        }
        rebuilding.carry_out_day(day, of_day);
    }
    rebuilding.rebuilt
}

struct Rebuilding<'r> {
    positions: &'r mut [Position],
    places: HashMap<PositionId, usize>,
    transit: Transit,
    rebuilt: Rebuilt,
    watch: &'r mut dyn FnMut(&Entry, &[Position]),
}

/// A position, by its portfolio and stock.
type PositionId = (PortfolioId, StockId);

/// The entries of a day that have not yet been applied to a position.
type Queue = VecDeque<Entry>;

impl Rebuilding<'_> {
    fn carry_out_day(&mut self, day: Day, entries: Vec<Entry>) {
        for entry in &entries {
            self.note_entry(entry);
        }
        // Most days have a single entry.
        if let [_] = entries.as_slice() {
            return entries.into_iter().for_each(|entry| self.carry_out(entry));
        }
        let mut queues: BTreeMap<PositionId, Queue> = BTreeMap::new();
        let mut leaving = HashSet::new();
        let (mut fractions, mut conversions) = (Vec::new(), Vec::new());
        for entry in entries {
            if matches!(entry.kind, EntryKind::TransferOut { .. }) {
                leaving.insert(entry.id);
            }
            // Splits come first, then the sales of fractions, then conversions, whatever was recorded
            // first.
            match (entry.moment, entry.portfolio()) {
                (Moment::Conversion, _) => conversions.push(entry),
                (Moment::Split, Some(_)) => fractions.push(entry),
                (_, Some(portfolio)) => queues.entry((portfolio, entry.stock)).or_default().push_back(entry),
                (_, None) => self.carry_out(entry),
            }
        }
        fractions.into_iter().chain(conversions).for_each(|entry| self.carry_out(entry));
        for (place, queue) in &mut queues {
            let held = self.position(*place).map_or(Shares::ZERO, |position| position.holding.totals.quantity.clone());
            if runs_short(held, queue)
                && put_purchases_first(queue)
                && let Some(position) = self.position(*place)
            {
                position.holding.totals.reordered_on = Some(day);
                let key = position.holding.key.clone();
                self.rebuilt.reordered.push((key, day));
            }
        }
        self.carry_out_queues(queues.into_values().collect(), leaving);
    }

    /// Applies the queues of the portfolios, each as far as possible without shares that have not left
    /// another portfolio yet. `leaving` are the transfers of the day.
    fn carry_out_queues(&mut self, mut queues: Vec<Queue>, mut leaving: HashSet<TransactionId>) {
        let mut is_circle = false;
        loop {
            let mut has_moved = false;
            for queue in &mut queues {
                while let Some(entry) = queue.pop_front() {
                    if matches!(entry.kind, EntryKind::TransferIn { .. }) && leaving.contains(&entry.id) {
                        queue.push_front(entry);
                        break;
                    }
                    leaving.remove(&entry.id);
                    self.carry_out(entry);
                    has_moved = true;
                }
            }
            queues.retain(|queue| !queue.is_empty());
            if queues.is_empty() {
                return;
            }
            if !has_moved && is_circle {
                // The record of a transfer is incomplete: nothing will arrive.
                leaving.clear();
            } else if !has_moved {
                is_circle = true;
                queues.iter_mut().for_each(put_transfers_as_recorded);
            }
        }
    }

    fn carry_out(&mut self, entry: Entry) {
        let result = match (&entry.kind, entry.portfolio()) {
            (EntryKind::Conversion(conversion), _) => self.convert(&entry, conversion),
            (_, None) => {
                let transit = &mut self.transit;
                let mut of_stock =
                    self.positions.iter_mut().filter(|position| position.holding.key.stock_id == entry.stock);
                of_stock.try_for_each(|position| position.holding.apply(&entry, transit))
            }
            (_, Some(portfolio)) => {
                let place = self.places.get(&(portfolio, entry.stock));
                match place.and_then(|at| self.positions.get_mut(*at)) {
                    Some(position) => position.holding.apply(&entry, &mut self.transit),
                    None => Ok(()),
                }
            }
        };
        match result {
            Ok(()) => (self.watch)(&entry, self.positions),
            Err(error) => self.rebuilt.refusals.push(RefusedEntry { entry, error }),
        }
    }

    /// Converts the lots of a stock into shares of another, portfolio by portfolio.
    fn convert(&mut self, entry: &Entry, conversion: &Conversion) -> Result<(), DomainError> {
        for at in 0..self.positions.len() {
            let Some(old) = self.positions.get_mut(at) else { continue };
            if old.holding.key.stock_id != entry.stock || !conversion.covers(old.holding.key.portfolio_id) {
                continue;
            }
            let portfolio = old.holding.key.portfolio_id;
            let lots = old.holding.convert(entry, conversion)?;
            if lots.is_empty() {
                continue;
            }
            let lost = old.holding.key.lots_missing(&old.holding.totals.quantity);
            let new = self.position((portfolio, conversion.new_stock)).ok_or(lost)?;
            new.holding.take_over(entry, lots, conversion.terms.cash_in_lieu)?;
        }
        Ok(())
    }

    fn note_entry(&mut self, entry: &Entry) {
        if let EntryKind::Conversion(conversion) = &entry.kind {
            // As with a split, the positions of all portfolios note it, whichever it concerns.
            let stocks = [entry.stock, conversion.new_stock];
            let touched = self.positions.iter_mut().filter(|position| stocks.contains(&position.holding.key.stock_id));
            return touched.for_each(|position| position.holding.totals.note_entry(entry));
        }
        match entry.portfolio() {
            None => {
                let touched = self.positions.iter_mut().filter(|position| position.holding.key.is_changed_by(entry));
                touched.for_each(|position| position.holding.totals.note_entry(entry));
            }
            Some(portfolio) => {
                if let Some(position) = self.position((portfolio, entry.stock)) {
                    position.holding.totals.note_entry(entry);
                }
            }
        }
    }

    fn position(&mut self, place: PositionId) -> Option<&mut Position> {
        self.places.get(&place).and_then(|at| self.positions.get_mut(*at))
    }
}

/// Whether a portfolio that holds `held` shares would sell or send more than it has, while it buys some later
/// on the day.
fn runs_short(mut held: Shares, entries: &Queue) -> bool {
    let gives = |entry: &Entry| matches!(entry.kind, EntryKind::Sale { .. } | EntryKind::TransferOut { .. });
    if !entries.iter().skip_while(|entry| !gives(entry)).any(is_purchase_without_time) {
        return false;
    }
    for entry in entries {
        let left = match &entry.kind {
            EntryKind::Purchase { shares, .. } => held.plus(shares),
            EntryKind::TransferIn { quantity, .. } => held.plus(&(*quantity).into()),
            EntryKind::Sale { quantity, .. } | EntryKind::TransferOut { quantity, .. } => {
                if Quantity::of_all(&held) == Some(*quantity) {
                    Ok(Shares::ZERO)
                } else if Shares::from(*quantity) > held {
                    return true;
                } else {
                    held.minus(&(*quantity).into())
                }
            }
            EntryKind::Dividend { .. }
            | EntryKind::Split(_)
            | EntryKind::Conversion(_)
            | EntryKind::CostAdjustment { .. } => continue,
        };
        held = left.unwrap_or(held);
    }
    false
}

fn is_purchase_without_time(entry: &Entry) -> bool {
    entry.moment == Moment::After && matches!(entry.kind, EntryKind::Purchase { .. })
}

/// Moves the purchases without a time to the front; returns whether there are any.
fn put_purchases_first(queue: &mut Queue) -> bool {
    let mut has_any = false;
    for entry in queue.iter_mut().filter(|entry| is_purchase_without_time(entry)) {
        entry.moment = Moment::Before;
        has_any = true;
    }
    queue.make_contiguous().sort_by_key(Entry::order);
    has_any
}

/// Puts transfers without a time among the other entries without one, in the order of recording.
fn put_transfers_as_recorded(queue: &mut Queue) {
    for entry in queue.iter_mut() {
        match (&entry.kind, entry.moment) {
            (EntryKind::TransferIn { .. }, Moment::Before) | (EntryKind::TransferOut { .. }, Moment::Last) => {
                entry.moment = Moment::After;
            }
            (
                EntryKind::Purchase { .. }
                | EntryKind::Sale { .. }
                | EntryKind::TransferIn { .. }
                | EntryKind::TransferOut { .. }
                | EntryKind::Dividend { .. }
                | EntryKind::Split(_)
                | EntryKind::Conversion(_)
                | EntryKind::CostAdjustment { .. },
                Moment::Split | Moment::Conversion | Moment::Before | Moment::At(_) | Moment::After | Moment::Last,
            ) => {}
        }
    }
    queue.make_contiguous().sort_by_key(Entry::order);
}

#[cfg(test)]
mod tests;
