//! The changes of a unit of work that are not in the tables yet.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use crate::domain::Version;
use crate::store::events::StreamKey;
use crate::store::{StoreError, schema};

/// What readers need before it is written at the commit.
pub(in crate::store) struct Unwritten {
    /// The versions of streams that have grown.
    pub(in crate::store) versions: HashMap<StreamKey, Version>,
    /// The portfolios of the positions that were loaded, by stock.
    pub(in crate::store) positions: HashMap<i64, BTreeSet<i64>>,
    has_transaction_index: Cell<bool>,
    has_stream_index: Cell<bool>,
}

impl Unwritten {
    /// Creates it empty. A new book has none of the indexes until a look-up needs them.
    pub(in crate::store) fn begin(has_indexes: bool) -> Self {
        Self {
            versions: HashMap::new(),
            positions: HashMap::new(),
            has_transaction_index: Cell::new(has_indexes),
            has_stream_index: Cell::new(has_indexes),
        }
    }

    /// Makes sure that transactions can be found by their ids.
    pub(in crate::store) fn index_transactions(&self, connection: &Connection) -> Result<(), StoreError> {
        if !self.has_transaction_index.replace(true) {
            schema::index_transactions(connection)?;
            // Ids come in no order: most of the index must be in memory.
            connection.pragma_update(None, "cache_size", -32000)?;
        }
        Ok(())
    }

    /// Makes sure that the entries of a position can be found.
    pub(in crate::store) fn index_streams(&self, connection: &Connection) -> Result<(), StoreError> {
        if self.has_stream_index.replace(true) { Ok(()) } else { schema::index_streams(connection) }
    }
}
