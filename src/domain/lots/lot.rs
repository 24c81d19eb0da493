//! What is left of a purchase.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Moment, Money, Quantity, Sequence, Shares, SplitRatio, TooLarge, TransactionId};

/// Where a lot stands among the lots of its stock: by day, and within a day as its purchase did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LotKey {
    /// The day of the purchase.
    pub acquired_on: Day,
    /// When on that day.
    pub moment: Moment,
    /// The purchase's place in the order of recording.
    pub place: Sequence,
}

/// What is left of one purchase, in one portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Where it stands among the others. A transfer leaves it as it is.
    pub key: LotKey,
    /// The purchase.
    pub lot_id: TransactionId,
    /// Shares left; of a part that leaves, its shares.
    pub quantity: Shares,
    /// The cost of these shares, the purchase's fee included.
    pub cost_basis: Money,
    /// The whole of it, as it was bought.
    pub bought: Bought,
}

/// A lot as it was bought. Sales, splits and transfers leave that as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// The shares, counted as of the day of the purchase.
    pub shares: Shares,
    /// What they cost, the fee included.
    pub cost: Money,
}

impl Bought {
    /// As if it had cost another amount, by a ratio to the last digit: so many more or fewer shares for the same
    /// amount cost another one each. Nothing, where there is no ratio.
    pub(in crate::domain) fn scaled(&self, shares: Option<&SplitRatio>) -> Result<Self, TooLarge> {
        Ok(match shares {
            Some(ratio) => Self { shares: self.shares.split(ratio)?, cost: self.cost },
            None => Self { shares: self.shares.clone(), cost: Money::ZERO },
        })
    }
}

/// A split, by its id: on which day it came, and what it made of a share.
pub type SeenSplit = (TransactionId, Day, SplitRatio);

/// A lot that a caller picked for a sale, and how many shares of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedLot {
    /// The lot, by its purchase.
    pub lot_id: TransactionId,
    /// Shares to take from it.
    pub quantity: Quantity,
}
