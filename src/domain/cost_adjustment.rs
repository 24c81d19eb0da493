//! Adjustments of the cost of shares: capital that is returned or added.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::TransactionType;

/// The direction of the adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostAdjustmentKind {
    /// Capital was paid back: it reduces the cost of each lot down to zero, and any excess is a gain of
    /// that day. IRS Publication 550, "Nondividend Distributions".
    ReturnOfCapital,
    /// The cost increases: accumulated income that was taxed, or a capital call.
    Addition,
}

impl CostAdjustmentKind {
    /// The word in sentences.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::ReturnOfCapital => "return of capital",
            Self::Addition => "addition to the cost",
        }
    }
}

impl fmt::Display for CostAdjustmentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.noun())
    }
}

impl From<CostAdjustmentKind> for TransactionType {
    fn from(kind: CostAdjustmentKind) -> Self {
        match kind {
            CostAdjustmentKind::ReturnOfCapital => Self::ReturnCapital,
            CostAdjustmentKind::Addition => Self::AdjustCost,
        }
    }
}
