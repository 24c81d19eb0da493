//! Makes decisions that were [put off](super::put_off), in the thread that writes lines.

use hashbrown::HashMap;

use super::StoreError;
use super::disposals::put_json;
use super::events::{NewEvent, StreamKey};
use super::put_off::Decision;
use crate::domain::{AggregateRoot, DomainEvent, EventId, GainTotals, Instant, Position, Sequence};
use crate::log::{EventHash, RecordedEvent};

/// A decision that has its place in the history, and has not been made.
pub(super) struct PutOff {
    pub(super) key: StreamKey,
    pub(super) sequence: Sequence,
    pub(super) event_id: EventId,
    pub(super) occurred_at: Instant,
    pub(super) decision: Decision,
}

/// Positions that decisions are put off about, and what came of them.
#[derive(Default)]
pub(super) struct Decider {
    pub(super) positions: HashMap<StreamKey, Position>,
    /// What sales realized since the positions were handed over.
    pub(super) gains: HashMap<(StreamKey, i32), GainTotals>,
}

impl Decider {
    /// Makes a decision: its event. What a sale realized goes to the end of `parts`.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the position refuses it.
    pub(super) fn decide(&mut self, put_off: PutOff, parts: &mut Vec<u8>) -> Result<NewEvent, StoreError> {
        let PutOff { key, sequence, event_id, occurred_at, decision } = put_off;
        let lost = || StoreError::Damaged("a position was lost while it was decided about".to_owned());
        let position = self.positions.get_mut(&key).ok_or_else(lost)?;
        decision.carry_out(position, sequence).map_err(StoreError::Refused)?;
        let disposals = position.pull_disposals();
        let (_, events) = position.pull_events();
        let [data] = <[DomainEvent; 1]>::try_from(events).map_err(|_| lost())?;
        if let Some(sale) = disposals.first() {
            let totals = self.gains.entry((key, sale.sold_on.year())).or_default();
            *totals = totals.plus(&GainTotals::sum(&disposals)?)?;
            put_json(&disposals, parts);
        }
        let previous_hash = EventHash::NONE;
        let event = RecordedEvent { sequence, event_id, occurred_at, data, previous_hash };
        Ok(NewEvent { key, event })
    }
}
