//! The effects of a command that can be undone.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::AppError;
use crate::domain::{
    Currency, CurrencyPair, Day, DomainEvent, IdentitiesReleasedEvent, ImportCompletedEvent, PortfolioId, StockId,
    TransactionId,
};
use crate::store::{Command, UnitOfWork};

/// A transaction, split or conversion that was recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordedEntry {
    pub(super) id: TransactionId,
    pub(super) identity: Option<TransactionId>,
    pub(super) day: Day,
    /// The record that it replaced.
    pub(super) replaces: Option<TransactionId>,
}

/// What a command recorded, the last first.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// The transactions of each position.
    pub(super) transactions: BTreeMap<(PortfolioId, StockId), Vec<RecordedEntry>>,
    /// Splits and conversions, by their stocks.
    pub(super) facts: Vec<(StockId, RecordedEntry)>,
    /// Records that it voided.
    pub(super) voided: Vec<TransactionId>,
    /// Days whose price it recorded or removed.
    pub(super) prices: BTreeMap<StockId, BTreeSet<Day>>,
    /// Days whose rate it recorded or removed.
    pub(super) rates: BTreeMap<CurrencyPair, BTreeSet<Day>>,
    pub(super) edited_stocks: BTreeSet<StockId>,
    pub(super) edited_portfolios: BTreeSet<PortfolioId>,
    pub(super) added_stocks: Vec<StockId>,
    pub(super) added_portfolios: Vec<PortfolioId>,
    /// The import that assigned identities of rows to transactions, if it was one.
    pub(super) identities: Option<IdentitiesReleasedEvent>,
}

impl Effects {
    pub(super) fn of(unit: &mut UnitOfWork<'_>, command: Command) -> Result<Self, AppError> {
        let mut effects = Self::default();
        unit.flushed()?.commands().for_each_event_of::<AppError>(command, &mut |event| {
            effects.note(&event.data);
            Ok(())
        })?;
        Ok(effects)
    }

    /// The transaction that it voided and the replacement, if all it did to transactions was to amend one.
    pub(super) fn amended(&self) -> Option<(TransactionId, RecordedEntry)> {
        let mut entries = self.transactions.values().flatten();
        match (entries.next(), entries.next(), self.voided.as_slice()) {
            (Some(recorded), None, [voided]) if recorded.replaces == Some(*voided) => Some((*voided, *recorded)),
            _ => None,
        }
    }

    fn note(&mut self, event: &DomainEvent) {
        let recorded = |day| {
            let (identity, replaces) = (event.identity(), event.replaces());
            event.recorded_id().map(|id| RecordedEntry { id, identity, day, replaces })
        };
        match event {
            // The first portfolio is created with the book, right after it; both stay.
            DomainEvent::BookCreated(_) => {
                self.added_portfolios.pop();
            }
            DomainEvent::StockCreated(created) => self.added_stocks.push(created.stock_id),
            DomainEvent::PortfolioCreated(created) => self.added_portfolios.push(created.portfolio_id),
            DomainEvent::StockPriceUpdated(updated) => self.note_price(updated.stock_id, updated.price_date),
            DomainEvent::StockPriceRemoved(removed) => self.note_price(removed.stock_id, removed.price_date),
            DomainEvent::ExchangeRateUpdated(updated) => {
                self.note_rate([updated.base_currency, updated.quote_currency], updated.rate_date);
            }
            DomainEvent::ExchangeRateRemoved(removed) => {
                self.note_rate([removed.base_currency, removed.quote_currency], removed.rate_date);
            }
            DomainEvent::StockEdited(edited) => {
                self.edited_stocks.insert(edited.stock_id);
            }
            DomainEvent::PortfolioEdited(edited) => {
                self.edited_portfolios.insert(edited.portfolio_id);
            }
            DomainEvent::CostBasisMethodChanged(changed) => {
                self.edited_portfolios.insert(changed.portfolio_id);
            }
            DomainEvent::TransactionExecuted(executed) => {
                let position = (executed.portfolio_id, executed.stock_id);
                self.transactions.entry(position).or_default().extend(recorded(executed.trade_date));
            }
            DomainEvent::DividendReceived(received) => {
                let position = (received.portfolio_id, received.stock_id);
                self.transactions.entry(position).or_default().extend(recorded(received.pay_date));
            }
            DomainEvent::StockSplit(split) => {
                self.facts.extend(recorded(split.effective_date).map(|recorded| (split.stock_id, recorded)));
            }
            DomainEvent::StockConverted(converted) => {
                self.facts.extend(recorded(converted.effective_date).map(|recorded| (converted.stock_id, recorded)));
            }
            DomainEvent::CostAdjusted(adjusted) => {
                let position = (adjusted.portfolio_id, adjusted.stock_id);
                self.transactions.entry(position).or_default().extend(recorded(adjusted.adjust_date));
            }
            DomainEvent::TransactionVoided(voided) => {
                // A transfer is voided on both its sides.
                if self.voided.last() != Some(&voided.transaction_id) {
                    self.voided.push(voided.transaction_id);
                }
            }
            DomainEvent::ImportCompleted(completed) => {
                let ImportCompletedEvent { batch_id, identities, .. } = completed.clone();
                self.identities = (!identities.is_empty()).then_some(IdentitiesReleasedEvent { batch_id, identities });
            }
            // Only `undo` removes these, and an undo cannot be undone.
            DomainEvent::StockRemoved(_)
            | DomainEvent::PortfolioRemoved(_)
            | DomainEvent::IdentitiesReleased(_)
            | DomainEvent::LotsRematched(_) => {}
        }
    }

    fn note_rate(&mut self, [base, quote]: [Currency; 2], day: Day) {
        // The pair in an event is always valid.
        let Ok(pair) = CurrencyPair::new(base, quote) else { return };
        self.rates.entry(pair).or_default().insert(day);
    }

    fn note_price(&mut self, stock: StockId, day: Day) {
        self.prices.entry(stock).or_default().insert(day);
    }
}
