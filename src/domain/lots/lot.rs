//! What is left of a purchase.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Moment, Money, Quantity, Sequence, Shares, SplitRatio, TooLarge, TransactionId};

/// The place of a lot among the lots of its stock, in the order of their purchases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LotKey {
    /// The day of the purchase.
    pub acquired_on: Day,
    /// When on that day.
    pub moment: Moment,
    /// The purchase's place in the order of recording.
    pub place: Sequence,
}

/// What one portfolio still holds of a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Its place among the others. A transfer does not change it.
    pub key: LotKey,
    /// The purchase.
    pub lot_id: TransactionId,
    /// The remaining shares or, for a part that leaves, the shares of that part.
    pub quantity: Shares,
    /// The cost of these shares, the purchase's fee included.
    pub cost_basis: Money,
    /// The whole lot as it was bought.
    pub bought: Bought,
}

/// A lot as it was bought. Sales, splits and transfers do not change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// The shares, counted as of the day of the purchase.
    pub shares: Shares,
    /// Their cost, the fee included.
    pub cost: Money,
}

impl Bought {
    /// The same lot with another cost per share: the cost stays the same, and the shares are multiplied by an
    /// exact ratio. With no ratio there are no shares.
    pub(in crate::domain) fn scaled(&self, shares: Option<&SplitRatio>) -> Result<Self, TooLarge> {
        Ok(match shares {
            Some(ratio) => Self { shares: self.shares.split(ratio)?, cost: self.cost },
            None => Self { shares: self.shares.clone(), cost: Money::ZERO },
        })
    }
}

/// A split that lots include: its id, its day and its ratio.
pub type SeenSplit = (TransactionId, Day, SplitRatio);

/// A lot that the user picked for a sale, and how many shares of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedLot {
    /// The lot, by its purchase.
    pub lot_id: TransactionId,
    /// Shares to take from it.
    pub quantity: Quantity,
}
