//! Events of imports.

use serde::{Deserialize, Serialize};

use super::{BatchId, TransactionId};

/// Files were imported. The last event of an import; one that recorded nothing has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCompletedEvent {
    /// The import.
    pub batch_id: BatchId,
    /// The format of the files.
    pub format: String,
    /// The files.
    pub files: Vec<ImportedFile>,
    /// The number of rows in them.
    pub rows: u64,
    /// Rows that were recorded, as transactions, splits, prices or rates.
    pub recorded: u64,
    /// Of these, rows that were recorded as prices.
    pub prices: u64,
    /// Stocks added by the import.
    pub stocks_added: u64,
    /// Portfolios added by the import.
    pub portfolios_added: u64,
    /// Of the recorded rows, those that are exchange rates; absent if there are none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rates: u64,
    /// Identities of rows that matched similar transactions, which they identify from now on; absent if
    /// there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<KnownIdentity>,
    /// The rows that earlier imports had recorded already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<DuplicateRows>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Rows of an import that was undone no longer identify transactions, except where a later import relied on
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentitiesReleasedEvent {
    /// The import.
    pub batch_id: BatchId,
    /// The identities of its rows, and the transactions that they identified.
    pub identities: Vec<KnownIdentity>,
}

/// Rows that were skipped because an earlier import had recorded them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateRows {
    /// The earlier import.
    pub batch_id: BatchId,
    /// The number of rows with transactions and splits.
    pub rows: u64,
}

/// An identity that refers to a transaction with another id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownIdentity {
    /// The identity of a row.
    pub identity: TransactionId,
    /// The transaction.
    pub transaction_id: TransactionId,
}

/// A file as it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Its path as given.
    pub name: String,
    /// The SHA-256 of its bytes, in 64 lower-case hexadecimal digits.
    pub sha256: String,
}
