//! Memoized results of matching patterns. Cells repeat from row to row, and a lookup is faster than a pattern.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;

/// The maximum number of texts.
const MOST: usize = 256;

/// Memoized results by text.
#[derive(Debug)]
pub(crate) struct Memo<V>(Mutex<HashMap<Box<str>, V>>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V: Copy> Memo<V> {
    /// The result for a text, looked up or computed.
    pub(crate) fn of(&self, text: &str, make: impl FnOnce(&str) -> V) -> V {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known.get(text) {
            return *value;
        }
        if known.len() >= MOST {
            known.clear();
        }
        let value = make(text);
        known.insert(text.into(), value);
        value
    }
}
