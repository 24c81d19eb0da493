//! What a transaction did.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::ValueError;
use super::text::deserialize_by_text;

/// What a transaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransactionType {
    /// Shares were bought.
    Buy,
    /// Shares were sold.
    Sell,
    /// Cash was paid on shares.
    Dividend,
    /// Every share became several, or a part of one.
    Split,
    /// Shares came from another portfolio.
    TransferIn,
    /// Shares left for another portfolio.
    TransferOut,
    /// Shares yielded shares of another stock, and were kept.
    SpinOff,
    /// Shares were exchanged for shares of another stock.
    Exchange,
    /// Capital was paid back, which reduced the cost of the shares.
    ReturnCapital,
    /// The cost of the shares was increased.
    AdjustCost,
}

impl TransactionType {
    /// All types.
    pub const ALL: [Self; 10] = [
        Self::Buy,
        Self::Sell,
        Self::Dividend,
        Self::Split,
        Self::TransferIn,
        Self::TransferOut,
        Self::SpinOff,
        Self::Exchange,
        Self::ReturnCapital,
        Self::AdjustCost,
    ];

    /// The word that events and tables use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Buy => "BUY",
            Self::Sell => "SELL",
            Self::Dividend => "DIVIDEND",
            Self::Split => "SPLIT",
            Self::TransferIn => "TRANSFER_IN",
            Self::TransferOut => "TRANSFER_OUT",
            Self::SpinOff => "SPIN_OFF",
            Self::Exchange => "EXCHANGE",
            Self::ReturnCapital => "RETURN_CAPITAL",
            Self::AdjustCost => "ADJUST_COST",
        }
    }
}

impl fmt::Display for TransactionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for TransactionType {
    type Err = ValueError;

    /// Parsed in any case, with hyphens or underscores.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let named = |word: &str| Self::ALL.into_iter().find(|it| it.as_str() == word);
        // What is stored needs no other spelling.
        named(text).or_else(|| named(&text.to_ascii_uppercase().replace('-', "_"))).ok_or_else(|| {
            let rule = "is not one of buy, sell, dividend, split, transfer_in, transfer_out, spin_off, exchange, \
                        return_capital, adjust_cost";
            ValueError::new("transaction type", "invalid_type", text, rule)
        })
    }
}

impl Serialize for TransactionType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

deserialize_by_text!(TransactionType);
