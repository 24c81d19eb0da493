//! The second part of a replay: what follows from the rows of the first.

use std::collections::{BTreeSet, HashMap};

use super::super::events::StreamKey;
use super::super::recomputed::{Recomputed, recompute, traded};
use super::super::stored_positions::write_position;
use super::super::{RealizedBy, StoreError, Summaries, disposals, schema};
use super::Replayed;
use crate::bus::StreamNumber;
use crate::domain::{AggregateRoot, Position, TransactionId};

impl Replayed<'_> {
    /// Recomputes lots, totals, realized gains and the summaries.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if what the events state is impossible; or if the book cannot be read.
    pub fn recompute(&mut self) -> Result<(), StoreError> {
        schema::index_to_replay(self.unit.connection)?;
        let summaries = Summaries::on(self.unit.connection);
        let traded = traded(&self.unit)?;
        let converted = self.unit.reader().conversions().stocks()?;
        let mut done = BTreeSet::new();
        for stock in traded.keys().copied() {
            if done.contains(&stock) {
                continue;
            }
            let linked = if converted.contains(&stock) {
                self.unit.reader().conversions().linked(stock)?
            } else {
                BTreeSet::from([stock])
            };
            done.extend(linked.iter().copied());
            let linked: Vec<i64> = linked.into_iter().collect();
            let Recomputed { symbols, positions, sequences, refusal } = recompute(&mut self.unit, &linked, &traded)?;
            if let Some(why) = refusal {
                return Err(StoreError::Damaged(format!("what was recorded of {symbols} is impossible: {why}")));
            }
            for position in positions {
                let (portfolio, stock) = self.write_anew(position, &sequences)?;
                summaries.refresh(StreamNumber { portfolio, stock })?;
            }
        }
        self.unit.positions.gains.write(&mut self.unit.statements)
    }

    fn write_anew(
        &mut self,
        mut position: Position,
        sequences: &HashMap<TransactionId, RealizedBy>,
    ) -> Result<StreamKey, StoreError> {
        let key = self.unit.appender.stream_key(position.stream())?;
        let disposals = position.pull_disposals();
        for sale in disposals.chunk_by(|one, next| one.sale_id == next.sale_id) {
            if let Some(by) = sale.first().and_then(|first| sequences.get(&first.sale_id)) {
                disposals::write(&mut self.unit.statements, key, *by, sale)?;
            }
        }
        self.unit.positions.gains.add(&mut self.unit.statements, key, &disposals)?;
        write_position(&mut self.unit.statements, key, &position)?;
        Ok(key)
    }
}
