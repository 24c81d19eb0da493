//! A record: a transaction or a split, found by its id.

use super::AppError;
use crate::domain::{Day, Sequence, Symbol, TransactionId};
use crate::store::{Reader, SplitRow, TransactionRow};

/// Something that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "few are there at a time, and most are transactions")]
pub enum Record {
    /// A trade, dividend or transfer.
    Transaction(TransactionRow),
    /// A split.
    Split(SplitRow),
}

impl Record {
    /// The record with this id.
    pub(super) fn find(reader: Reader<'_>, id: TransactionId) -> Result<Self, AppError> {
        if let Some(transaction) = reader.transactions().find(id)? {
            return Ok(Self::Transaction(transaction));
        }
        let split = reader.splits().find(id)?.map(Self::Split);
        split.ok_or_else(|| AppError::damaged(&format!("{id} is neither a transaction nor a split")))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TransactionId {
        match self {
            Self::Transaction(transaction) => transaction.transaction_id,
            Self::Split(split) => split.split_id,
        }
    }

    /// Its day.
    #[must_use]
    pub fn date(&self) -> Day {
        match self {
            Self::Transaction(transaction) => transaction.trade_date,
            Self::Split(split) => split.effective_date,
        }
    }

    /// Its stock.
    #[must_use]
    pub fn symbol(&self) -> &Symbol {
        match self {
            Self::Transaction(transaction) => &transaction.symbol,
            Self::Split(split) => &split.symbol,
        }
    }

    /// The event that recorded it.
    pub(super) fn sequence(&self) -> Sequence {
        match self {
            Self::Transaction(transaction) => transaction.sequence,
            Self::Split(split) => split.sequence,
        }
    }

    pub(super) fn is_voided(&self) -> bool {
        self.voided_at().is_some()
    }

    /// The event that voided it.
    pub(super) fn voided_at(&self) -> Option<Sequence> {
        match self {
            Self::Transaction(transaction) => transaction.voided_at,
            Self::Split(split) => split.voided_at,
        }
    }
}
