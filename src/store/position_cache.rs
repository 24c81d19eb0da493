//! The positions that a unit of work has loaded.

use hashbrown::HashMap;
use rusqlite::Connection;

use super::StoreError;
use super::events::StreamKey;
use super::gain_totals::GainCache;
use super::statements::Statements;
use super::stored_positions::{StoredPositions, write_position};
use crate::domain::Position;

/// The positions, each loaded once, and the gains of their sales; written at the commit.
pub(super) struct PositionCache<'b> {
    pub(super) stored: StoredPositions<'b>,
    pub(super) gains: GainCache,
    /// Boxed, because every decision moves one out and back in.
    positions: HashMap<StreamKey, Box<Position>>,
}

impl<'b> PositionCache<'b> {
    pub(super) fn on(connection: &'b Connection) -> Self {
        Self { stored: StoredPositions { connection }, gains: GainCache::default(), positions: HashMap::new() }
    }

    pub(super) fn get(&self, key: StreamKey) -> Option<&Position> {
        self.positions.get(&key).map(Box::as_ref)
    }

    /// Takes a position out, to be [put back](Self::put).
    pub(super) fn take(&mut self, key: StreamKey) -> Option<Box<Position>> {
        self.positions.remove(&key)
    }

    pub(super) fn put(&mut self, key: StreamKey, position: Box<Position>) {
        self.positions.insert(key, position);
    }

    /// Writes the totals and lots of the positions that have changed, and their gains.
    pub(super) fn write(&mut self, statements: &mut Statements<'_>) -> Result<(), StoreError> {
        for (key, position) in std::mem::take(&mut self.positions) {
            write_position(statements, key, &position)?;
        }
        self.gains.write(statements)
    }
}
