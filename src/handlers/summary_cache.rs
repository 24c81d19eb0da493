//! Keeps the summary cache fresh.

use crate::bus::{EventHandler, Interest};
use crate::domain::{Sequence, StoredEvent};
use crate::store::Summaries;

/// Recomputes the summary of every position that events touch, once per delivery.
pub struct SummaryCache<'b> {
    summaries: Summaries<'b>,
    touched: Option<(Sequence, Sequence)>,
}

impl<'b> SummaryCache<'b> {
    /// The handler that keeps these summaries.
    #[must_use]
    pub fn new(summaries: Summaries<'b>) -> Self {
        Self { summaries, touched: None }
    }
}

impl EventHandler for SummaryCache<'_> {
    fn name(&self) -> &'static str {
        Summaries::KEEPER
    }

    fn title(&self) -> &'static str {
        "the summary cache"
    }

    fn interest(&self) -> Interest {
        Interest::Types(&["StockPriceUpdatedEvent", "TransactionExecutedEvent"])
    }

    fn handle(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        if let (Some(first), Some(last)) = (events.first(), events.last()) {
            let after = self.touched.map_or(first.sequence.saturating_sub(1), |(after, _)| after);
            self.touched = Some((after, last.sequence));
        }
        Ok(())
    }

    fn settle(&mut self) -> anyhow::Result<()> {
        if let Some((after, up_to)) = self.touched.take() {
            self.summaries.refresh(after, up_to)?;
        }
        Ok(())
    }
}
