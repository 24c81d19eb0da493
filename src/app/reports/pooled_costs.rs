//! What shares cost in another currency where average cost is kept: a pool in both.
//!
//! Elsewhere a lot's cost is what it is in the stock's currency, at the rate of the purchase. A pool has the
//! costs of all purchases in it, each at its own rate, and a part of the shares takes that part of it; so do
//! lots that left a pool by a transfer, wherever they go.

use std::collections::HashMap;
use std::rc::Rc;

use super::conversion::Converter;
use super::read_model::StockEntries;
use crate::app::AppError;
use crate::domain::{
    CostBasisMethod, Currency, Day, DomainError, Entry, EntryKind, FineAmount, FoundRate, Lot, Money, PortfolioId,
    Position, Shares, TransactionId,
};

/// A cost in the currency of a report.
#[derive(Debug, Clone, Default)]
pub(super) struct Cost {
    amount: FineAmount,
    /// The first day of a purchase in it that has no rate.
    lacks: Option<Day>,
}

impl Cost {
    fn plus(&self, other: &Self) -> Self {
        let lacks = self.lacks.into_iter().chain(other.lacks).min();
        Self { amount: self.amount.plus(&other.amount), lacks }
    }

    /// A part of it, which lacks what all of it lacks.
    fn of(&self, amount: FineAmount) -> Self {
        Self { amount, lacks: self.lacks }
    }

    /// The amount; that it lacks a rate is noted.
    pub(super) fn known(&self, currency: Currency, rates: &mut Converter<'_>) -> FineAmount {
        if let Some(day) = self.lacks {
            rates.note_missing(currency, day);
        }
        self.amount.clone()
    }
}

/// The costs of the positions of a stock in the currency of a report.
#[derive(Default)]
pub(super) struct PooledCosts {
    /// What the shares held cost, by portfolio.
    pub(super) held: HashMap<PortfolioId, Cost>,
    /// What the parts of each sale had cost.
    pub(super) sold: HashMap<TransactionId, Vec<Cost>>,
    /// The positions.
    pub(super) positions: Vec<Position>,
}

/// What is known of a position on the way.
#[derive(Default)]
struct Course {
    shares: Shares,
    pool: Cost,
    /// Lots that came from a pool: their cost in both currencies.
    lots: HashMap<TransactionId, (Cost, Money)>,
    sales: usize,
}

/// Shares on their way from one portfolio to another.
struct Transit {
    /// What they cost, where they left a pool.
    pool: Option<Cost>,
    /// The lots of the receiver before they arrive, by what they cost.
    before: HashMap<TransactionId, Money>,
    from: PortfolioId,
}

/// Whether any of the positions keeps average cost.
pub(super) fn has_pool(entries: &StockEntries) -> bool {
    entries.blanks.iter().any(|position| position.cost_basis_method() == CostBasisMethod::Average)
}

/// Replays the entries of a stock in both currencies.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn pooled_costs(
    entries: StockEntries,
    currency: Currency,
    rates: &mut Converter<'_>,
) -> Result<PooledCosts, AppError> {
    let is_changed = |entry: &Entry| matches!(entry.kind, EntryKind::Conversion(_) | EntryKind::CostAdjustment { .. });
    if entries.entries.iter().any(is_changed) {
        return Err(DomainError::NotConvertible {
            what: "an average cost that companies changed is kept in the stock's currency alone".to_owned(),
            hint: "leave --in out".to_owned(),
        }
        .into());
    }
    let mut factors: HashMap<TransactionId, Factor> = HashMap::new();
    let mut receivers: HashMap<TransactionId, PortfolioId> = HashMap::new();
    for entry in &entries.entries {
        match &entry.kind {
            EntryKind::Purchase { .. } => {
                factors
                    .insert(entry.id, Factor { rate: rates.find_of(entry.id, currency, entry.date)?, day: entry.date });
            }
            EntryKind::TransferIn { portfolio, .. } => {
                receivers.insert(entry.id, *portfolio);
            }
            EntryKind::Sale { .. }
            | EntryKind::TransferOut { .. }
            | EntryKind::Dividend { .. }
            | EntryKind::Split(_)
            | EntryKind::Conversion(_)
            | EntryKind::CostAdjustment { .. } => {}
        }
    }
    let mut replay =
        Replay { factors, receivers, courses: HashMap::new(), transits: HashMap::new(), sold: HashMap::new() };
    let is_asked_for = entries.asked_for();
    let positions = entries.positions_watched(&mut |entry, positions| replay.follow(entry, positions))?;
    let mut costs = PooledCosts { sold: std::mem::take(&mut replay.sold), ..PooledCosts::default() };
    for position in positions {
        let owner = position.key().portfolio_id;
        let held = if position.cost_basis_method() == CostBasisMethod::Average {
            replay.courses.remove(&owner).unwrap_or_default().pool
        } else {
            let lots = position.lots().iter();
            lots.fold(Cost::default(), |sum, lot| sum.plus(&replay.cost(owner, lot.lot_id, lot.cost_basis)))
        };
        costs.held.insert(owner, held);
        if is_asked_for(position.key()) {
            costs.positions.push(position);
        }
    }
    Ok(costs)
}

/// The rate of a purchase, if there is one, and its day.
struct Factor {
    rate: Option<Rc<FoundRate>>,
    day: Day,
}

impl Factor {
    fn times(&self, cost: Money) -> Cost {
        match &self.rate {
            Some(rate) => Cost { amount: FineAmount::of(cost).times(rate), lacks: None },
            None => Cost { amount: FineAmount::default(), lacks: Some(self.day) },
        }
    }
}

struct Replay {
    factors: HashMap<TransactionId, Factor>,
    receivers: HashMap<TransactionId, PortfolioId>,
    courses: HashMap<PortfolioId, Course>,
    transits: HashMap<TransactionId, Transit>,
    sold: HashMap<TransactionId, Vec<Cost>>,
}

impl Replay {
    /// What a part of a lot cost.
    fn cost(&self, owner: PortfolioId, lot: TransactionId, cost: Money) -> Cost {
        let from_pool = self.courses.get(&owner).and_then(|course| course.lots.get(&lot));
        match from_pool {
            Some((all, whole)) => all.of(all.amount.share(cost, *whole)),
            None => self.bought(lot, cost),
        }
    }

    /// What a purchase cost, or a part of it.
    fn bought(&self, id: TransactionId, cost: Money) -> Cost {
        self.factors.get(&id).map(|factor| factor.times(cost)).unwrap_or_default()
    }

    fn follow(&mut self, entry: &Entry, positions: &[Position]) {
        let find = |owner: PortfolioId| positions.iter().find(|position| position.key().portfolio_id == owner);
        match &entry.kind {
            EntryKind::Dividend { .. } | EntryKind::Conversion(_) | EntryKind::CostAdjustment { .. } => {}
            EntryKind::Split(_) => {
                for position in positions {
                    self.courses.entry(position.key().portfolio_id).or_default().shares =
                        position.totals().quantity.clone();
                }
            }
            EntryKind::Purchase { portfolio, cost_basis, .. } => {
                let cost = self.bought(entry.id, *cost_basis);
                let course = self.courses.entry(*portfolio).or_default();
                course.pool = course.pool.plus(&cost);
                if let Some(position) = find(*portfolio) {
                    course.shares = position.totals().quantity.clone();
                }
            }
            EntryKind::Sale { portfolio, .. } => {
                let Some(position) = find(*portfolio) else { return };
                let parts = self.parts_sold(*portfolio, position);
                self.sold.insert(entry.id, parts);
            }
            EntryKind::TransferOut { portfolio, .. } => {
                let Some(position) = find(*portfolio) else { return };
                let left = self.leave(*portfolio, position);
                let pool = (position.cost_basis_method() == CostBasisMethod::Average).then_some(left);
                let receiver = self.receivers.get(&entry.id).and_then(|owner| find(*owner));
                let lots = receiver.into_iter().flat_map(|receiver| receiver.lots().iter());
                let before = lots.map(|lot| (lot.lot_id, lot.cost_basis)).collect();
                self.transits.insert(entry.id, Transit { pool, before, from: *portfolio });
            }
            EntryKind::TransferIn { portfolio, .. } => {
                let Some((position, transit)) = find(*portfolio).zip(self.transits.remove(&entry.id)) else { return };
                self.arrive(*portfolio, position, transit);
            }
        }
    }

    /// Takes the part of the pool that the shares have which left; what it is.
    fn leave(&mut self, owner: PortfolioId, after: &Position) -> Cost {
        let course = self.courses.entry(owner).or_default();
        let before = std::mem::replace(&mut course.shares, after.totals().quantity.clone());
        let pool = std::mem::take(&mut course.pool);
        if course.shares.is_zero() {
            return pool;
        }
        let stays = pool.amount.part(&course.shares, &before);
        course.pool = pool.of(stays.clone());
        pool.of(pool.amount.minus(&stays))
    }

    fn parts_sold(&mut self, owner: PortfolioId, position: &Position) -> Vec<Cost> {
        let left = self.leave(owner, position);
        let course = self.courses.entry(owner).or_default();
        let disposals = position.disposals().get(course.sales..).unwrap_or_default();
        course.sales = position.disposals().len();
        if position.cost_basis_method() != CostBasisMethod::Average {
            return disposals.iter().map(|part| self.cost(owner, part.lot_id, part.cost_basis)).collect();
        }
        let sum = |whole: Shares, part: &Shares| whole.plus(part).unwrap_or(whole);
        let whole = disposals.iter().fold(Shares::ZERO, |whole, part| sum(whole, &part.quantity));
        disposals.iter().map(|part| left.of(left.amount.part(&part.quantity, &whole))).collect()
    }

    /// Shares have come: what they cost goes into the receiver's pool, or stays with their lots.
    fn arrive(&mut self, owner: PortfolioId, position: &Position, Transit { pool, before, from }: Transit) {
        let came = |lot: &Lot| {
            let known = before.get(&lot.lot_id).copied().unwrap_or_default();
            lot.cost_basis.minus(known).ok().filter(|cost| !cost.is_zero()).map(|cost| (lot.lot_id, cost))
        };
        let arrived: Vec<(TransactionId, Money)> = position.lots().iter().filter_map(came).collect();
        let costs = arrived.iter().fold(Money::ZERO, |sum, (_, cost)| sum.plus(*cost).unwrap_or(sum));
        let fine: Vec<Cost> = match &pool {
            Some(pool) => arrived.iter().map(|(_, cost)| pool.of(pool.amount.share(*cost, costs))).collect(),
            None => arrived.iter().map(|(lot, cost)| self.cost(from, *lot, *cost)).collect(),
        };
        let comes_from_pool = |replay: &Self, lot| {
            pool.is_some() || replay.courses.get(&from).is_some_and(|course| course.lots.contains_key(&lot))
        };
        let pooled: Vec<bool> = arrived.iter().map(|(lot, _)| comes_from_pool(self, *lot)).collect();
        for (((lot, cost), fine), is_pooled) in arrived.into_iter().zip(fine).zip(pooled) {
            // What was there of the lot keeps its own cost.
            let own = before.get(&lot).map(|known| (self.cost(owner, lot, *known), *known));
            let course = self.courses.entry(owner).or_default();
            course.pool = course.pool.plus(&fine);
            if is_pooled {
                let (own, known) = own.unwrap_or_default();
                let whole = cost.plus(known).unwrap_or(cost);
                course.lots.insert(lot, (own.plus(&fine), whole));
            }
        }
        self.courses.entry(owner).or_default().shares = position.totals().quantity.clone();
    }
}
