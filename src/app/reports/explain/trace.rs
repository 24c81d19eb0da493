//! Traces what happened to lots up to the record that realizes something on them.

use std::collections::HashMap;

use crate::app::AppError;
use crate::app::reports::read_model::StockEntries;
use crate::domain::{
    Disposal, DomainError, Entry, EntryKind, Holding, LotKey, Money, PortfolioName, Position, PositionKey,
    PositionTotals, Shares, Symbol, TransactionId,
};
use crate::store::{Reader, TransactionRow};

/// A lot on which something is realized, because a sale took all or part of it or because something was paid
/// for it.
#[derive(Debug, Clone)]
pub struct LotExplanation {
    /// What was realized on it.
    pub disposal: Disposal,
    /// Its purchase; `None` if a conversion created it.
    pub purchase: Option<TransactionRow>,
    /// The steps that changed it before that, including the purchase and, for a fraction that a conversion
    /// sold, the conversion.
    pub steps: Vec<LotStep>,
    /// Its exact number of shares before that.
    pub quantity: Shares,
    /// These shares as displayed.
    pub shown: Shares,
    /// Their cost.
    pub cost_basis: Money,
    /// The exact number of its shares that were sold, by a sale or as a fraction.
    pub taken: Shares,
}

impl LotExplanation {
    /// The amount of its purchase, before fees.
    #[must_use]
    pub fn purchase_amount(&self) -> Option<Money> {
        self.purchase.as_ref().and_then(TransactionRow::gross_amount)
    }
}

/// A change of a lot, in one portfolio.
#[derive(Debug, Clone)]
pub struct LotStep {
    /// What changed it.
    pub entry: Entry,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock: conversions change it.
    pub symbol: Symbol,
    /// The exact number of its shares afterwards.
    pub quantity: Shares,
    /// These shares as displayed.
    pub shown: Shares,
    /// Their cost.
    pub cost_basis: Money,
}

impl LotStep {
    fn is_of(&self, position: &PositionKey) -> bool {
        self.portfolio == position.portfolio && self.symbol == position.symbol
    }
}

/// The lots of a position on which a record realizes something.
pub(super) struct Traced {
    /// The lots, in the order in which they left.
    pub(super) lots: Vec<LotExplanation>,
    /// The totals of the position before that.
    pub(super) before: PositionTotals,
    /// The position before that; `None` for a fraction that a conversion sold.
    pub(super) holding: Option<Holding>,
}

/// Traces the lots of a position until a record realizes something on them.
///
/// # Errors
/// If the book cannot be read, or is damaged.
pub(super) fn trace(
    reader: Reader<'_>,
    mut entries: StockEntries,
    key: &PositionKey,
    id: TransactionId,
) -> Result<Traced, AppError> {
    let Realized { disposals, places, entries_before } = realized(entries.clone(), key, id)?;
    let (mut is_sale, mut is_fraction) = (false, false);
    for entry in entries.entries.iter_mut().filter(|entry| entry.id == id) {
        is_sale = matches!(entry.kind, EntryKind::Sale { .. });
        if let EntryKind::Conversion(conversion) = &mut entry.kind
            && conversion.new_stock == key.stock_id
        {
            // A fraction is sold right after the new shares arrive; they must be seen as they were when they
            // arrived.
            conversion.terms.cash_in_lieu = None;
            is_fraction = true;
        }
    }
    let mut trace = Trace::of(places);
    let (mut before, mut holding, mut seen) = (PositionTotals::default(), None, 0_usize);
    entries.positions_watched(&mut |entry, positions| {
        let own = positions.iter().find(|position| position.key() == key);
        let is_record = entry.id == id;
        if trace.is_over || is_record && !is_fraction {
            return trace.end(own);
        }
        seen = seen.saturating_add(1);
        if seen == entries_before {
            holding = own.filter(|_| !is_fraction).map(|position| position.holding().clone());
        }
        before = own.map_or(before.clone(), |position| position.totals().clone());
        // The side of a conversion that gives up shares comes before the side that receives them.
        let (of_stock, others): (Vec<_>, Vec<_>) = positions.iter().partition(|it| it.key().stock_id == entry.stock);
        of_stock.into_iter().chain(others).for_each(|position| trace.see(entry, position));
        trace.is_over = is_record;
    })?;
    let lots = disposals.into_iter().map(|disposal| trace.explained(reader, key, disposal, is_sale));
    Ok(Traced { lots: lots.collect::<Result<_, _>>()?, before, holding })
}

/// What a record realizes in a position.
struct Realized {
    disposals: Vec<Disposal>,
    places: Places,
    /// How many entries come before it.
    entries_before: usize,
}

/// What a record realizes in a position, recomputed.
fn realized(entries: StockEntries, key: &PositionKey, id: TransactionId) -> Result<Realized, DomainError> {
    let (mut places, mut is_over, mut entries_before) = (Vec::new(), false, 0_usize);
    let positions = entries.positions_watched(&mut |entry, _| {
        if matches!(entry.kind, EntryKind::Purchase { .. } | EntryKind::Conversion(_)) {
            places.push((entry.id, entry.lot_key()));
        }
        is_over = is_over || entry.id == id;
        if !is_over {
            entries_before = entries_before.saturating_add(1);
        }
    })?;
    let position = positions.into_iter().find(|position| position.key() == key);
    let mut disposals = position.map(|mut position| position.pull_disposals()).unwrap_or_default();
    disposals.retain(|disposal| disposal.sale_id == id);
    places.retain(|(id, _)| disposals.iter().any(|disposal| disposal.lot_id == *id));
    Ok(Realized { disposals, places, entries_before })
}

/// The places of lots.
type Places = Vec<(TransactionId, LotKey)>;

/// Traces what happens to some lots.
struct Trace {
    places: Places,
    steps: HashMap<TransactionId, Vec<LotStep>>,
    /// The exact and the displayed shares that the sale left.
    kept: HashMap<TransactionId, (Shares, Shares)>,
    /// Whether the record has been reached, so that nothing more is traced.
    is_over: bool,
}

impl Trace {
    fn of(places: Places) -> Self {
        Self { places, steps: HashMap::new(), kept: HashMap::new(), is_over: false }
    }

    /// A lot as it was before something was realized on it.
    fn explained(
        &mut self,
        reader: Reader<'_>,
        key: &PositionKey,
        disposal: Disposal,
        is_sale: bool,
    ) -> Result<LotExplanation, AppError> {
        let steps = self.steps.remove(&disposal.lot_id).unwrap_or_default();
        let last = steps.iter().rev().find(|step| step.is_of(key));
        let (quantity, cost_basis) =
            last.map_or((Shares::ZERO, Money::ZERO), |step| (step.quantity.clone(), step.cost_basis));
        let (taken, shown) = if is_sale {
            let (kept, shown) = self.kept.remove(&disposal.lot_id).unwrap_or_default();
            (quantity.minus(&kept)?, shown.plus(&disposal.quantity)?)
        } else {
            let exact = disposal.part.as_ref().map(|part| part.quantity.clone());
            let shown = last.map(|step| step.shown.clone());
            (exact.unwrap_or(disposal.quantity.clone()), shown.unwrap_or_default())
        };
        let purchase = reader.transactions().find(disposal.lot_id)?;
        if purchase.is_none() && reader.conversions().find(disposal.lot_id)?.is_none() {
            return Err(AppError::damaged(&format!("the purchase {} is not there", disposal.lot_id)));
        }
        Ok(LotExplanation { disposal, purchase, steps, quantity, shown, cost_basis, taken })
    }

    /// Records the position after the sale.
    fn end(&mut self, seller: Option<&Position>) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        let kept = |key| Some((seller?.holding().lots().get(key)?.quantity.clone(), seller?.holding().shown_of(key)));
        self.kept = self.places.iter().filter_map(|(lot_id, key)| Some((*lot_id, kept(*key)?))).collect();
    }

    fn see(&mut self, entry: &Entry, position: &Position) {
        let key = position.key();
        for (lot_id, place) in &self.places {
            let steps = self.steps.entry(*lot_id).or_default();
            let before = steps.iter().rev().find(|step| step.is_of(key));
            let before = before.map_or((Shares::ZERO, Money::ZERO), |step| (step.quantity.clone(), step.cost_basis));
            let lot = position.holding().lots().get(*place);
            let now = lot.map_or((Shares::ZERO, Money::ZERO), |lot| (lot.quantity.clone(), lot.cost_basis));
            if now != before {
                let (entry, shown) = (entry.clone(), position.holding().shown_of(*place));
                let (portfolio, symbol) = (key.portfolio.clone(), key.symbol.clone());
                steps.push(LotStep { entry, portfolio, symbol, quantity: now.0, shown, cost_basis: now.1 });
            }
        }
    }
}
