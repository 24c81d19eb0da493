//! Finds the replacements of records, and what they replaced.

use rusqlite::{OptionalExtension, Row};

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

    /// The transaction itself or, if it was replaced or entered again, its latest replacement.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn current(self, given: TransactionId) -> Result<TransactionId, StoreError> {
        let (mut current, mut last) = (given, 0);
        while let Some((recorded, next)) = self.replacement(current)? {
            // Each is recorded after the one before; in a book that somebody altered there may be a cycle.
            if recorded <= last {
                break;
            }
            (current, last) = (next, recorded);
        }
        Ok(current)
    }

    /// The event that recorded something that was voided, and what was entered in its place.
    fn replacement(self, voided: TransactionId) -> Result<Option<(Sequence, TransactionId)>, StoreError> {
        // What an amendment enters is recorded right after the void.
        let sql = "SELECT t.sequence, t.voided_at, n.id_high, n.id_low
            FROM transactions t LEFT JOIN transactions n ON n.sequence = t.voided_at + 1 AND n.replaces = t.sequence
            WHERE t.id_high = ?1 AND t.id_low = ?2";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let row = |row: &Row<'_>| {
            let amended = row.get::<_, Option<i64>>(2)?.map(|_| id(row, [2, 3]));
            Ok((natural(row, 0)?, row.get::<_, Option<i64>>(1)?, amended.transpose()?))
        };
        let known = integer(self.reader.known);
        match statement.query_row(halves(voided), row).optional()? {
            Some((recorded, Some(at), Some(amended))) if at < known => Ok(Some((recorded, amended))),
            Some((_, at, _)) if at.is_none_or(|at| at >= known) => Ok(None),
            Some(_) | None => self.entered_again(voided),
        }
    }

    /// What an `undo` entered in place of something voided, however many commands later.
    fn entered_again(self, voided: TransactionId) -> Result<Option<(Sequence, TransactionId)>, StoreError> {
        let Some((recorded, Some(voided_at))) = self.events_of(voided)? else { return Ok(None) };
        let recording = self.recording_events(voided)?;
        let identity = recording.first().and_then(|event| event.data.identity()).unwrap_or(voided);
        let known = self.known_under(identity)?;
        let again = self.events_of(known)?.map(|(sequence, _)| sequence);
        Ok(again.filter(|at| (voided_at..=self.reader.known).contains(at)).map(|_| (recorded, known)))
    }

    /// Picked lots, with purchases that have been amended mapped to their replacements.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn current_lots(self, picked: &[PickedLot]) -> Result<Vec<PickedLot>, StoreError> {
        picked.iter().map(|pick| Ok(PickedLot { lot_id: self.current(pick.lot_id)?, ..*pick })).collect()
    }
}
