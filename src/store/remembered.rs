//! Ids at hand, so that an import need not ask the book about each of its rows.

use std::collections::HashSet;

use crate::domain::TransactionId;

/// The ids of all transactions of a book that began with this unit of work, as long as they are
/// few enough to remember.
#[derive(Default)]
pub(super) struct RememberedIds {
    all: Option<HashSet<TransactionId>>,
}

impl RememberedIds {
    /// Ids that are remembered, some 10 MB of them.
    const LIMIT: usize = 250_000;

    /// Of a book without transactions.
    pub(super) fn of_new_book() -> Self {
        Self { all: Some(HashSet::new()) }
    }

    pub(super) fn add(&mut self, id: TransactionId) {
        self.all = self.all.take().filter(|all| all.len() < Self::LIMIT);
        if let Some(all) = &mut self.all {
            all.insert(id);
        }
    }

    /// Whether there is a transaction with this id; `None` if only the book knows.
    pub(super) fn contain(&self, id: TransactionId) -> Option<bool> {
        self.all.as_ref().map(|all| all.contains(&id))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_too_much_to_remember_is_left_to_the_book() {
        let id = |number: usize| TransactionId::new(Uuid::from_u128(number as u128));
        let mut ids = RememberedIds::of_new_book();
        (0..RememberedIds::LIMIT).for_each(|number| ids.add(id(number)));
        assert_eq!((ids.contain(id(7)), ids.contain(id(RememberedIds::LIMIT))), (Some(true), Some(false)));
        ids.add(id(RememberedIds::LIMIT));
        assert_eq!(ids.contain(id(7)), None);
        assert_eq!(RememberedIds::default().contain(id(7)), None);
    }
}
