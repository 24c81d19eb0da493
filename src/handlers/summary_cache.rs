//! Keeps the summary cache up to date.

use std::collections::BTreeSet;

use crate::bus::{Condition, EventHandler, Progress, StoredEvent, StreamNumber};
use crate::domain::EventType;
use crate::store::Summaries;

/// Recomputes the summary of every position that events touch, once per delivery.
pub struct SummaryCache<'b> {
    summaries: Summaries<'b>,
    touched: BTreeSet<StreamNumber>,
    /// Whether it has never processed an event: then every position counts as touched.
    is_new: bool,
}

impl<'b> SummaryCache<'b> {
    /// The handler that keeps these summaries.
    #[must_use]
    pub fn new(summaries: Summaries<'b>) -> Self {
        Self { summaries, touched: BTreeSet::new(), is_new: false }
    }
}

impl EventHandler for SummaryCache<'_> {
    fn name(&self) -> &'static str {
        Summaries::KEEPER
    }

    fn title(&self) -> &'static str {
        "the summary cache"
    }

    fn handles(&self, event_type: EventType) -> bool {
        match event_type {
            EventType::StockPriceUpdated
            | EventType::StockPriceRemoved
            | EventType::StockEdited
            | EventType::PortfolioEdited
            | EventType::TransactionExecuted
            | EventType::DividendReceived
            | EventType::StockSplit
            | EventType::StockConverted
            | EventType::CostAdjusted
            | EventType::TransactionVoided
            | EventType::LotsRematched => true,
            EventType::BookCreated
            | EventType::PortfolioCreated
            | EventType::StockCreated
            | EventType::StockRemoved
            | EventType::PortfolioRemoved
            | EventType::ImportCompleted
            | EventType::IdentitiesReleased
            | EventType::ExchangeRateUpdated
            | EventType::ExchangeRateRemoved
            // A change that affects a position has an event of that position.
            | EventType::CostBasisMethodChanged => false,
        }
    }

    fn inspect(&mut self, progress: &Progress) -> anyhow::Result<Condition> {
        self.is_new = progress.reached.is_none();
        let through = progress.head.as_ref().filter(|_| self.is_new).map(|head| head.sequence);
        Ok(through.map_or(Condition::Sound, |through| Condition::Ahead { through }))
    }

    fn handle(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        self.touched.extend(events.iter().map(|event| event.stream));
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        if std::mem::take(&mut self.is_new) {
            self.summaries.refresh_all()?;
        }
        for stream in std::mem::take(&mut self.touched) {
            self.summaries.refresh(stream)?;
        }
        Ok(())
    }
}
