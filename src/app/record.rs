//! A record: a transaction, a split or a conversion, found by its id.

use super::AppError;
use crate::domain::{ConversionKind, Day, Sequence, Symbol, TransactionId};
use crate::store::{ConversionRow, Reader, SplitRow, StoreError, TransactionRow};

/// Something that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "few are there at a time, and most are transactions")]
pub enum BookRecord {
    /// A trade, dividend or transfer.
    Transaction(TransactionRow),
    /// A split.
    Split(SplitRow),
    /// A conversion of one stock into another.
    Conversion(Box<ConversionRow>),
}

impl BookRecord {
    /// The record with this id.
    pub(super) fn find(reader: Reader<'_>, id: TransactionId) -> Result<Self, AppError> {
        let found = Self::look_up(reader, id)?;
        found.ok_or_else(|| AppError::damaged(&format!("{id} is not a transaction, split or conversion")))
    }

    /// The record with this id, if there is one.
    pub(super) fn look_up(reader: Reader<'_>, id: TransactionId) -> Result<Option<Self>, StoreError> {
        if let Some(transaction) = reader.transactions().find(id)? {
            return Ok(Some(Self::Transaction(transaction)));
        }
        if let Some(split) = reader.splits().find(id)? {
            return Ok(Some(Self::Split(split)));
        }
        Ok(reader.conversions().find(id)?.map(Box::new).map(Self::Conversion))
    }

    /// The kind of record, for a split or a conversion.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Transaction(_) => "a transaction",
            Self::Split(_) => "a split",
            Self::Conversion(row) => match row.kind {
                ConversionKind::SpinOff => "a spin-off",
                ConversionKind::Exchange => "an exchange",
            },
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TransactionId {
        match self {
            Self::Transaction(transaction) => transaction.transaction_id,
            Self::Split(split) => split.split_id,
            Self::Conversion(row) => row.conversion_id,
        }
    }

    /// Its day.
    #[must_use]
    pub fn date(&self) -> Day {
        match self {
            Self::Transaction(transaction) => transaction.trade_date,
            Self::Split(split) => split.effective_date,
            Self::Conversion(row) => row.effective_date,
        }
    }

    /// Its stock.
    #[must_use]
    pub fn symbol(&self) -> &Symbol {
        match self {
            Self::Transaction(transaction) => &transaction.symbol,
            Self::Split(split) => &split.symbol,
            Self::Conversion(row) => &row.stock.1,
        }
    }

    /// The event that recorded it.
    pub(super) fn sequence(&self) -> Sequence {
        match self {
            Self::Transaction(transaction) => transaction.sequence,
            Self::Split(split) => split.sequence,
            Self::Conversion(row) => row.sequence,
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
            Self::Conversion(row) => row.voided_at,
        }
    }
}
