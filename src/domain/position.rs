//! Positions: one stock in one portfolio.

mod converting;
mod cost_adjusting;
mod disposal;
mod holding;
mod paying;
mod rebuild;
mod reverting;
mod shortcoming;
mod shown;

use std::collections::HashMap;

pub use disposal::Disposal;
pub use holding::Holding;
pub use paying::PaidLot;
pub use rebuild::{Rebuilt, RefusedEntry, rebuild, rebuild_watched};
pub use shown::ListedLot;

use super::{
    AggregateRoot, CostAdjustedEvent, CostAdjustment, CostBasisMethod, Day, Dividend, DividendReceivedEvent,
    DomainError, DomainEvent, Entry, EntryKind, Lot, LotsRematchedEvent, Moment, Money, OpenLots, PositionKey,
    RaisedEvents, SeenSplit, Sequence, Shares, SplitRatio, Stream, Trade, TransactionExecutedEvent, TransactionId,
    TransactionVoidedEvent, Transfer, Version,
};

/// The totals of a position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PositionTotals {
    /// Shares held.
    pub quantity: Shares,
    /// The cost of the shares held, purchase fees included.
    pub cost_basis: Money,
    /// Gains and losses of all sales so far.
    pub realized_gain: Money,
    /// Dividends received, gross.
    pub dividends: Money,
    /// The day of the first entry that counts and affects its lots.
    pub first_trade_date: Option<Day>,
    /// The day and moment of the last entry that was ever recorded, voided or not, and affects its lots; or,
    /// if later, the day as of which opening lots count shares. An entry that is not earlier than this comes
    /// last.
    pub last_entry: Option<(Day, Moment)>,
    /// The last day on which purchases without a time were put before the sales that needed them. A new entry
    /// for that day may have to go before any of its entries.
    pub reordered_on: Option<Day>,
    /// The last day on which lots arrived or changed by something other than purchases, sales and splits:
    /// transfers, conversions or cost adjustments.
    pub lots_changed_on: Option<Day>,
}

impl PositionTotals {
    /// Whether an entry comes before something that is already recorded, so that it cannot simply be applied
    /// last.
    #[must_use]
    pub fn comes_late(&self, (day, moment): (Day, Moment)) -> bool {
        self.last_entry > Some((day, moment)) || self.reordered_on == Some(day)
    }

    /// Updates [`Self::first_trade_date`].
    fn note_trade(&mut self, day: Day) {
        self.first_trade_date = Some(self.first_trade_date.map_or(day, |first| first.min(day)));
    }

    fn note_last_entry(&mut self, entry: Option<(Day, Moment)>) {
        self.last_entry = self.last_entry.max(entry);
    }

    fn note_changed_lots(&mut self, day: Day) {
        self.lots_changed_on = self.lots_changed_on.max(Some(day));
    }

    /// Updates [`Self::last_entry`] for a recorded entry, whether it counts or not.
    fn note_entry(&mut self, entry: &Entry) {
        if !matches!(entry.kind, EntryKind::Dividend { .. }) {
            self.note_last_entry(Some((entry.date, entry.moment)));
        }
        // A split on or before that day that is recorded later must not multiply the shares of the lot.
        if let EntryKind::Purchase { as_of: Some(as_of), .. } = entry.kind {
            self.note_last_entry(Some((as_of, Moment::Before)));
        }
    }
}

/// One stock in one portfolio: what it holds, and the commands that change it and raise events.
///
/// An entry that comes last, by date and order of recording, is applied to the position as it stands, and can
/// be reverted. An earlier entry is recorded and makes the position *stale*: it must then be rebuilt from all
/// of its entries by [`rebuild`] before its figures mean anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    holding: Holding,
    is_stale: bool,
    raised: RaisedEvents,
}

/// Lots in transit from one portfolio to another, by the id of the transfer.
type Transit = HashMap<TransactionId, Vec<Lot>>;

impl Position {
    /// A position without entries.
    #[must_use]
    pub fn new(key: PositionKey, method: CostBasisMethod) -> Self {
        Self::restore(key, method, PositionTotals::default(), 0, [], Vec::new())
    }

    /// A position as it was stored after `version` events, with all of its open lots or those that the next
    /// command can affect. `splits` are those of the stock that count.
    #[must_use]
    pub fn restore(
        key: PositionKey,
        method: CostBasisMethod,
        totals: PositionTotals,
        version: Version,
        lots: impl IntoIterator<Item = Lot>,
        splits: Vec<SeenSplit>,
    ) -> Self {
        let holding = Holding { key, method, totals, lots: OpenLots::restore(lots, splits), disposals: Vec::new() };
        Self { holding, is_stale: false, raised: RaisedEvents::after(version) }
    }

    /// The position with another cost basis method from here on.
    #[must_use]
    pub fn with_method(self, method: CostBasisMethod) -> Self {
        Self { holding: Holding { method, ..self.holding }, ..self }
    }

    /// Executes a purchase or a sale that is recorded at `place`. Raises
    /// [`TransactionExecutedEvent`](super::TransactionExecutedEvent).
    ///
    /// # Errors
    /// If more would be sold than is held, in total or in a picked lot, or if a figure gets too large.
    /// The position is then unchanged.
    pub fn execute(&mut self, trade: &Trade, place: Sequence) -> Result<(), DomainError> {
        let executed = trade.executed(&self.holding.key)?;
        self.enter(&executed.entry(place))?;
        self.raise_event(DomainEvent::TransactionExecuted(executed));
        Ok(())
    }

    /// Records a dividend. Raises [`DividendReceivedEvent`](super::DividendReceivedEvent).
    ///
    /// # Errors
    /// If more was withheld than paid, or if a figure gets too large. The position is then unchanged.
    pub fn receive_dividend(&mut self, dividend: &Dividend, place: Sequence) -> Result<(), DomainError> {
        if dividend.withholding > dividend.amount {
            let Dividend { amount, withholding, .. } = *dividend;
            return Err(DomainError::ExcessWithholding { amount, withholding });
        }
        let received = dividend.received(&self.holding.key)?;
        self.enter(&received.entry(place))?;
        self.raise_event(DomainEvent::DividendReceived(received));
        Ok(())
    }

    /// Sends shares with their lots to another portfolio. Returns the lots, for [`Self::receive`]; `None` if
    /// the position is stale, so that only a rebuild can find them. Raises
    /// [`TransactionExecutedEvent`](super::TransactionExecutedEvent).
    ///
    /// # Errors
    /// As [`Self::execute`] for a sale.
    pub fn send(&mut self, transfer: &Transfer, place: Sequence) -> Result<Option<Vec<Lot>>, DomainError> {
        let sent = transfer.sent(&self.holding.key);
        let entry = sent.entry(place);
        let mut transit = Transit::new();
        self.enter_with(&entry, &mut transit)?;
        self.raise_event(DomainEvent::TransactionExecuted(sent));
        Ok(transit.remove(&entry.id))
    }

    /// Receives shares that another portfolio has sent. Raises
    /// [`TransactionExecutedEvent`](super::TransactionExecutedEvent).
    ///
    /// # Errors
    /// If a figure gets too large.
    pub fn receive(&mut self, transfer: &Transfer, lots: Option<Vec<Lot>>, place: Sequence) -> Result<(), DomainError> {
        let received = transfer.received(&self.holding.key);
        self.is_stale |= lots.is_none();
        let mut transit = Transit::from([(transfer.id, lots.unwrap_or_default())]);
        self.enter_with(&received.entry(place), &mut transit)?;
        self.raise_event(DomainEvent::TransactionExecuted(received));
        Ok(())
    }

    /// Restores a voided purchase, sale or side of a transfer at its former place, and leaves the totals
    /// to a rebuild. Raises [`TransactionExecutedEvent`](super::TransactionExecutedEvent).
    pub fn execute_again(&mut self, executed: TransactionExecutedEvent) {
        let (portfolio, symbol) = (self.holding.key.portfolio.clone(), self.holding.key.symbol.clone());
        self.is_stale = true;
        self.raise_event(DomainEvent::TransactionExecuted(TransactionExecutedEvent { portfolio, symbol, ..executed }));
    }

    /// Restores a voided dividend. Raises [`DividendReceivedEvent`](super::DividendReceivedEvent).
    ///
    /// # Errors
    /// If a figure gets too large.
    pub fn receive_dividend_again(
        &mut self,
        received: DividendReceivedEvent,
        place: Sequence,
    ) -> Result<(), DomainError> {
        let (portfolio, symbol) = (self.holding.key.portfolio.clone(), self.holding.key.symbol.clone());
        let received = DividendReceivedEvent { portfolio, symbol, ..received };
        self.enter(&received.entry(place))?;
        self.raise_event(DomainEvent::DividendReceived(received));
        Ok(())
    }

    /// Adjusts the cost of its shares. Raises [`CostAdjustedEvent`].
    ///
    /// # Errors
    /// If nothing is held, or if a figure gets too large. The position is then unchanged.
    pub fn adjust_cost(&mut self, adjustment: &CostAdjustment, place: Sequence) -> Result<(), DomainError> {
        let adjusted = adjustment.adjusted(&self.holding.key);
        self.enter(&adjusted.entry(place))?;
        self.raise_event(DomainEvent::CostAdjusted(adjusted));
        Ok(())
    }

    /// Restores a voided cost adjustment at its former place, and leaves the totals to a rebuild. Raises
    /// [`CostAdjustedEvent`].
    pub fn adjust_cost_again(&mut self, adjusted: CostAdjustedEvent) {
        let (portfolio, symbol) = (self.holding.key.portfolio.clone(), self.holding.key.symbol.clone());
        self.is_stale = true;
        self.raise_event(DomainEvent::CostAdjusted(CostAdjustedEvent { portfolio, symbol, ..adjusted }));
    }

    /// Applies a split of the stock; its event belongs to the stock.
    ///
    /// # Errors
    /// If a quantity gets too large or too fine.
    pub fn split(
        &mut self,
        id: TransactionId,
        date: Day,
        ratio: SplitRatio,
        place: Sequence,
    ) -> Result<(), DomainError> {
        self.enter(&Entry::recorded((id, self.holding.key.stock_id), (date, None), place, EntryKind::Split(ratio)))
    }

    /// Reverts an entry that no later one that counts follows, dividends aside, so that the position is as if
    /// it had never been recorded, to the last digit. The lots that it affected must be loaded. `realized` is
    /// what a sale realized: each disposal with the part of its lot that returns.
    ///
    /// If that does not determine the former state, the position becomes stale.
    pub fn revert(&mut self, entry: &Entry, realized: &[(Lot, Disposal)]) {
        self.is_stale |= self.holding.revert(entry, realized).is_none();
    }

    /// Marks the position as stale.
    pub fn mark_stale(&mut self) {
        self.is_stale = true;
    }

    /// Records that one of its transactions no longer counts. The caller has either [reverted](Self::revert)
    /// it or marked the position as stale. Raises [`TransactionVoidedEvent`].
    pub fn void(&mut self, voided: TransactionVoidedEvent) {
        self.raise_event(DomainEvent::TransactionVoided(voided));
    }

    /// Records that its sales were matched to lots anew. Raises [`LotsRematchedEvent`].
    pub fn rematched(&mut self, from_date: Day, cause: uuid::Uuid, realized_gain_before: Money) {
        let rematched = LotsRematchedEvent {
            portfolio_id: self.holding.key.portfolio_id,
            stock_id: self.holding.key.stock_id,
            portfolio: self.holding.key.portfolio.clone(),
            symbol: self.holding.key.symbol.clone(),
            from_date,
            cause,
            realized_gain_before,
            realized_gain_after: self.holding.totals.realized_gain,
        };
        self.raise_event(DomainEvent::LotsRematched(rematched));
    }

    fn enter(&mut self, entry: &Entry) -> Result<(), DomainError> {
        self.enter_with(entry, &mut Transit::new())
    }

    /// Applies an entry that comes last. An entry that comes earlier makes the position stale, and so does a
    /// conversion, because it concerns two positions; a stale position applies nothing.
    fn enter_with(&mut self, entry: &Entry, transit: &mut Transit) -> Result<(), DomainError> {
        // A dividend affects no lot, so it can be added at any time.
        let touches_lots = !matches!(entry.kind, EntryKind::Dividend { .. });
        let comes_late = self.holding.totals.comes_late((entry.date, entry.moment));
        self.is_stale |= touches_lots && comes_late || matches!(entry.kind, EntryKind::Conversion(_));
        if !self.is_stale {
            self.holding.apply(entry, transit)?;
        }
        self.holding.totals.note_entry(entry);
        Ok(())
    }

    /// The key of the position.
    #[must_use]
    pub fn key(&self) -> &PositionKey {
        &self.holding.key
    }

    /// The totals.
    #[must_use]
    pub fn totals(&self) -> &PositionTotals {
        &self.holding.totals
    }

    /// What it holds; of its lots, those that were loaded.
    #[must_use]
    pub fn holding(&self) -> &Holding {
        &self.holding
    }

    /// Whether it must be rebuilt.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// The number of events recorded or raised so far.
    #[must_use]
    pub fn version(&self) -> Version {
        self.raised.next_version()
    }

    /// Updates [`PositionTotals::last_entry`] for an entry that was recorded and no longer counts.
    pub fn note_last_entry(&mut self, entry: Option<(Day, Moment)>) {
        self.holding.totals.note_last_entry(entry);
    }

    /// Drains what sales realized since the last call.
    pub fn pull_disposals(&mut self) -> Vec<Disposal> {
        std::mem::take(&mut self.holding.disposals)
    }
}

impl AggregateRoot for Position {
    fn stream(&self) -> Stream {
        Stream::Position(self.holding.key.portfolio_id, self.holding.key.stock_id)
    }

    fn raised(&mut self) -> &mut RaisedEvents {
        &mut self.raised
    }
}

#[cfg(test)]
mod tests;
