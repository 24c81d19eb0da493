//! What patterns made of texts. Cells repeat from row to row, and a look is faster than a pattern.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;

/// Texts that are remembered.
const MOST: usize = 256;

/// What was made of texts before.
#[derive(Debug)]
pub(crate) struct Memo<V>(Mutex<HashMap<Box<str>, V>>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V: Copy> Memo<V> {
    /// What this text makes, remembered or made now.
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
