//! Replaces stored positions with rebuilt ones.

use std::collections::HashMap;

use super::disposals;
use super::{RealizedBy, StoreError, UnitOfWork};
use crate::domain::{AggregateRoot, Position, PositionTotals, RematchedSale, TransactionId};

/// How a rebuilt position differs from the stored one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The stored totals.
    pub totals_before: PositionTotals,
    /// The rebuilt totals. The last entry in both is the last that was ever recorded, voided or not.
    pub totals_after: PositionTotals,
    /// Whether a sale takes other lots, other quantities of them, or another cost than before.
    pub is_rematched: bool,
    /// Sales whose realized gain changed, by day.
    pub sales: Vec<RematchedSale>,
}

impl UnitOfWork<'_> {
    /// Replaces a stored position with a rebuilt one. `sales` are its sales, and anything else that
    /// realizes a gain, by the events that recorded them.
    ///
    /// # Errors
    /// If the book cannot be read or written.
    pub fn replace_position(
        &mut self,
        mut position: Position,
        sales: &HashMap<TransactionId, RealizedBy>,
    ) -> Result<Difference, StoreError> {
        static CLEAR: &str = "DELETE FROM open_lots WHERE portfolio = ?1 AND stock = ?2";
        self.flushed()?;
        let key = self.appender.stream_key(position.stream())?;
        let totals_before = self.positions.stored.totals(key)?;
        position.note_last_entry(totals_before.last_entry);
        let mut stored = self.positions.stored.disposals(key)?;
        let disposals = position.pull_disposals();
        let totals_after = position.totals().clone();
        let mut difference = Difference { totals_before, totals_after, is_rematched: false, sales: Vec::new() };
        for sale in disposals.chunk_by(|one, next| one.sale_id == next.sale_id) {
            let Some(first) = sale.first() else { continue };
            let Some(by) = sales.get(&first.sale_id).copied() else {
                return Err(StoreError::Damaged(format!("sale {} is not there", first.sale_id)));
            };
            let before = stored.remove(&by);
            if before.as_deref() == Some(sale) {
                continue;
            }
            if let Some(before) = before {
                let is_same =
                    before.len() == sale.len() && before.iter().zip(sale).all(|(it, now)| it.says_the_same_as(now));
                difference.is_rematched |= !is_same;
                difference.sales.extend(RematchedSale::between(position.key(), &before, sale)?);
                disposals::delete(&mut self.statements, key, by)?;
            }
            disposals::write(&mut self.statements, key, by, sale)?;
        }
        for voided in stored.into_keys() {
            disposals::delete(&mut self.statements, key, voided)?;
        }
        difference.sales.sort_by_key(|sale| sale.sold_on);
        self.positions.gains.clear(&mut self.statements, key)?;
        self.positions.gains.add(&mut self.statements, key, &disposals)?;
        self.statements.get(CLEAR)?.execute(key)?;
        self.positions.put(key, position.into());
        Ok(difference)
    }

    /// Records that sales were matched anew. The positions must have been replaced before.
    ///
    /// # Errors
    /// If the book cannot be written.
    pub fn record_rematch(
        &mut self,
        position: crate::domain::Stream,
        raise: impl FnOnce(&mut Position),
    ) -> Result<(), StoreError> {
        let key = self.appender.stream_key(position)?;
        let Some(mut position) = self.positions.take(key) else { return Ok(()) };
        raise(&mut position);
        let saved = self.save(position.as_mut());
        self.positions.put(key, position);
        saved
    }
}
