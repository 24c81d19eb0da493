//! Changes of what shares have cost: capital that is returned, or added.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::TransactionType;

/// Which way the cost changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostAdjustmentKind {
    /// Capital was paid back: the cost of each lot becomes less, down to nothing, and what is more is a gain of the
    /// day. IRS Publication 550, "Nondividend Distributions".
    ReturnOfCapital,
    /// The cost becomes more: income that was accumulated and taxed, or a capital call.
    Addition,
}

impl CostAdjustmentKind {
    /// The word for a sentence.
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
