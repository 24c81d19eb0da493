//! Finds the replacements of records, and what they replaced.

use rusqlite::OptionalExtension;

use super::Records;
use crate::domain::{Day, PickedLot, Portfolio, Sequence, TransactionId};
use crate::store::StoreError;
use crate::store::values::{halves, id, integer, natural};

/// Selects the transaction with the id in ?1 and ?2, and those that it replaced one after the other, as
/// `version` in `versions`, the last one first.
pub(in crate::store) const VERSIONS: &str = "WITH RECURSIVE versions(version) AS (
        SELECT sequence FROM transactions WHERE id_high = ?1 AND id_low = ?2 AND portfolio = ?3
        UNION ALL
        SELECT replaces FROM versions CROSS JOIN transactions ON sequence = version WHERE replaces < version)
    ";

/// Selects the place of the transaction `t` in the order of recording: its own, or that of the first version on
/// its day that it replaced. What replaces a dividend does not have it stored, so it is found here.
macro_rules! place {
    () => {
        "coalesce(t.place, CASE WHEN t.type = 'DIVIDEND' AND t.replaces IS NOT NULL THEN (
            WITH RECURSIVE versions(version) AS (
                SELECT replaces FROM transactions WHERE sequence = t.sequence
                UNION ALL
                SELECT replaces FROM versions CROSS JOIN transactions ON sequence = version WHERE replaces < version)
            SELECT min(version) FROM versions CROSS JOIN transactions v ON v.sequence = version
            WHERE v.trade_date = t.trade_date) END, t.sequence)"
    };
}
pub(super) use place;

impl Records<'_> {
    /// The place in the order of recording that a replacement of a transaction on `day` gets: that of its
    /// latest version on that day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn place_among_versions(
        self,
        portfolio: &Portfolio,
        replaced: TransactionId,
        day: Day,
    ) -> Result<Option<Sequence>, StoreError> {
        let sql = "SELECT coalesce(t.place, t.sequence) FROM versions CROSS JOIN transactions t ON t.sequence = version
            WHERE t.trade_date = ?4 ORDER BY version DESC LIMIT 1";
        let Some((owner, _)) = self.reader.key(crate::domain::AggregateRoot::stream(portfolio))? else {
            return Ok(None);
        };
        let (high, low) = halves(replaced);
        let mut statement = self.reader.connection.prepare_cached(&[VERSIONS, sql].concat())?;
        Ok(statement.query_row((high, low, owner, day.plain()), |row| natural(row, 0)).optional()?)
    }

    /// The transaction itself or, if it was replaced, its latest replacement.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn current(self, given: TransactionId) -> Result<TransactionId, StoreError> {
        // A replacement is recorded right after the void.
        let sql = "SELECT n.id_high, n.id_low
            FROM transactions t CROSS JOIN transactions n ON n.sequence = t.voided_at + 1
            WHERE t.id_high = ?1 AND t.id_low = ?2 AND t.voided_at < ?3 AND n.replaces = t.sequence";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let mut current = given;
        loop {
            let (high, low) = halves(current);
            let known = integer(self.reader.known);
            match statement.query_row((high, low, known), |row| id(row, [0, 1])).optional()? {
                // Each was recorded after the one before, so there is no cycle.
                Some(next) => current = next,
                None => return Ok(current),
            }
        }
    }

    /// Picked lots, with purchases that have been amended mapped to their replacements.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn current_lots(self, picked: &[PickedLot]) -> Result<Vec<PickedLot>, StoreError> {
        picked.iter().map(|pick| Ok(PickedLot { lot_id: self.current(pick.lot_id)?, ..*pick })).collect()
    }
}
