//! Looks up the settlement amounts of transactions in the currency of a report.

use std::cell::{Cell, OnceCell};

use hashbrown::HashMap;

use crate::domain::{Currency, TransactionId};
use crate::store::{Reader, Settlement, StoreError};

/// Loads settlements one by one, or all at once if that is faster.
pub(super) struct Settlements<'b> {
    reader: Reader<'b>,
    currency: Currency,
    /// How many look-ups have been announced so far.
    expected: Cell<u64>,
    settled: OnceCell<u64>,
    all: OnceCell<HashMap<TransactionId, Settlement>>,
}

impl<'b> Settlements<'b> {
    /// How many settlements can be read sequentially in the time of one look-up.
    const IN_A_ROW: u64 = 5;

    pub(super) fn new(reader: Reader<'b>, currency: Currency) -> Self {
        Self { reader, currency, expected: Cell::new(0), settled: OnceCell::new(), all: OnceCell::new() }
    }

    /// Announces more look-ups.
    pub(super) fn expect(&self, more: usize) -> Result<(), StoreError> {
        let expected = self.expected.get().saturating_add(more.try_into().unwrap_or(u64::MAX));
        self.expected.set(expected);
        if self.all.get().is_none() && expected.saturating_mul(Self::IN_A_ROW) > self.settled()? {
            let all = self.reader.transactions().settled_in(self.currency)?.into_iter().collect();
            self.all.get_or_init(|| all);
        }
        Ok(())
    }

    /// How many settlements there are.
    fn settled(&self) -> Result<u64, StoreError> {
        if let Some(known) = self.settled.get() {
            return Ok(*known);
        }
        let count = self.reader.transactions().settled_in_count(self.currency)?;
        Ok(*self.settled.get_or_init(|| count))
    }

    pub(super) fn of(&self, id: TransactionId) -> Result<Option<Settlement>, StoreError> {
        match self.all.get() {
            Some(all) => Ok(all.get(&id).copied()),
            None => self.reader.transactions().settlement(id, self.currency),
        }
    }
}
