//! Why an entry cannot be applied to a position.

use crate::domain::{DomainError, Entry, EntryKind, PositionKey, Quantity, Shares, TooLarge};

impl PositionKey {
    /// The error for an entry that takes more than is held.
    pub(super) fn insufficient(&self, entry: &Entry, asked: Quantity, held: &Shares) -> DomainError {
        let verb = if matches!(entry.kind, EntryKind::TransferOut { .. }) { "move" } else { "sell" };
        DomainError::InsufficientQuantity {
            verb,
            symbol: self.symbol.clone(),
            portfolio: self.portfolio.clone(),
            asked: asked.into(),
            held: held.clone(),
            date: entry.date,
        }
    }

    /// The error for lots that contradict the number of shares held.
    pub(super) fn lots_missing(&self, held: &Shares) -> DomainError {
        DomainError::LotsMissing { symbol: self.symbol.clone(), portfolio: self.portfolio.clone(), held: held.clone() }
    }

    /// The error for a figure with too many digits.
    pub(super) fn too_large(&self, figure: &'static str) -> impl FnOnce(TooLarge) -> DomainError + use<> {
        DomainError::too_large(figure, &self.symbol)
    }
}
