//! What happened to a position, as its lots see it.

use super::{Day, Money, PickedLot, PortfolioId, Quantity, Sequence, SplitRatio, TransactionId};

/// Something that was recorded of a stock. All that a position holds follows from its entries, in
/// the order of [`Entry::order`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The transaction, or the split.
    pub id: TransactionId,
    /// The day.
    pub date: Day,
    /// Its place in the order of recording: its event's, or the one of the transaction that it
    /// replaces on the same day.
    pub place: Sequence,
    /// What happened.
    pub kind: EntryKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// Shares were bought.
    Purchase {
        /// The portfolio.
        portfolio: PortfolioId,
        /// How many.
        quantity: Quantity,
        /// What they cost, the fee included.
        cost_basis: Money,
    },
    /// Shares were sold.
    Sale {
        /// The portfolio.
        portfolio: PortfolioId,
        /// How many.
        quantity: Quantity,
        /// What they brought, less the fee.
        proceeds: Money,
        /// The lots that the caller picked; none for the portfolio's own rule.
        picked: Vec<PickedLot>,
    },
    /// Shares left for another portfolio, with their lots.
    TransferOut {
        /// The portfolio that they left.
        portfolio: PortfolioId,
        /// How many.
        quantity: Quantity,
        /// The lots that the caller picked; none for the portfolio's own rule.
        picked: Vec<PickedLot>,
    },
    /// The shares that left under the same id arrived.
    TransferIn {
        /// The portfolio that they came to.
        portfolio: PortfolioId,
    },
    /// Cash was paid on shares.
    Dividend {
        /// The portfolio.
        portfolio: PortfolioId,
        /// The gross amount.
        amount: Money,
        /// What was received of it.
        net: Money,
    },
    /// Every share of the stock became several, or a part of one.
    Split(SplitRatio),
}

impl Entry {
    /// The order of entries: by day, a split before all else of its day, then by recording.
    #[must_use]
    pub fn order(&self) -> (Day, bool, Sequence) {
        (self.date, !matches!(self.kind, EntryKind::Split(_)), self.place)
    }

    /// The portfolio that it is about; none for a split, which is about all.
    #[must_use]
    pub fn portfolio(&self) -> Option<PortfolioId> {
        match &self.kind {
            EntryKind::Purchase { portfolio, .. }
            | EntryKind::Sale { portfolio, .. }
            | EntryKind::TransferOut { portfolio, .. }
            | EntryKind::TransferIn { portfolio }
            | EntryKind::Dividend { portfolio, .. } => Some(*portfolio),
            EntryKind::Split(_) => None,
        }
    }
}
