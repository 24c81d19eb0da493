//! Finds records by their ids, or by the beginning of one.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::Reader;
use crate::domain::{PortfolioName, Sequence, Symbol, TransactionId};
use crate::log::RecordedEvent;
use crate::store::StoreError;
use crate::store::values::{halves, id, integer, natural, shown, text};

/// The transactions, splits and conversions of a book by their ids.
#[derive(Clone, Copy)]
pub struct Records<'b> {
    pub(super) reader: Reader<'b>,
}

impl<'b> Records<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader }
    }

    /// The id of the record that an id identifies: the id itself, or that of the record that was entered in
    /// place of one that was undone.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn known_under(self, id: TransactionId) -> Result<TransactionId, StoreError> {
        let sql = "SELECT known_high, known_low FROM identities WHERE id_high = ?1 AND id_low = ?2";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let known = statement.query_row(halves(id), |row| self::id(row, [0, 1])).optional()?;
        Ok(known.unwrap_or(id))
    }

    /// The status of an id.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn id_status(self, id: TransactionId) -> Result<IdStatus, StoreError> {
        Ok(match self.events_of(self.known_under(id)?)? {
            Some((_, voided_at)) if self.reader.commands().is_undone(voided_at)? => IdStatus::Undone,
            Some((sequence, _)) => IdStatus::Recorded(sequence),
            None => IdStatus::Free,
        })
    }

    /// Whether a transaction or split exists and counts.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn counts(self, id: TransactionId) -> Result<bool, StoreError> {
        Ok(self.events_of(id)?.is_some_and(|(_, voided_at)| voided_at.is_none()))
    }

    /// The events that recorded and that voided a transaction or split.
    pub(super) fn events_of(self, id: TransactionId) -> Result<Option<(Sequence, Option<Sequence>)>, StoreError> {
        let sql = "SELECT sequence, voided_at FROM transactions WHERE id_high = ?1 AND id_low = ?2";
        self.reader.index_transactions()?;
        let events = |row: &Row<'_>| Ok((natural(row, 0)?, row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs)));
        match self.reader.connection.prepare_cached(sql)?.query_row(halves(id), events).optional()? {
            Some(events) => Ok(Some(events)),
            None => self.fact_events(id),
        }
    }

    /// Like [`Self::events_of`], for a split or a conversion.
    fn fact_events(self, id: TransactionId) -> Result<Option<(Sequence, Option<Sequence>)>, StoreError> {
        if let Some(split) = self.reader.splits().find(id)? {
            return Ok(Some((split.sequence, split.voided_at)));
        }
        let conversion = self.reader.conversions().find(id)?;
        Ok(conversion.map(|conversion| (conversion.sequence, conversion.voided_at)))
    }

    /// The events that recorded a transaction, split or conversion (for a transfer, both events); empty if
    /// nothing has the id.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn recording_events(self, id: TransactionId) -> Result<Vec<RecordedEvent>, StoreError> {
        let (high, low) = halves(id);
        let transactions = "SELECT e.line FROM transactions t CROSS JOIN events e ON e.sequence = t.sequence
            WHERE t.id_high = ?1 AND t.id_low = ?2 ORDER BY t.sequence";
        self.reader.index_transactions()?;
        let found = self.reader.commands().read_each(transactions, (high, low))?;
        if !found.is_empty() {
            return Ok(found);
        }
        let facts = "SELECT line FROM splits CROSS JOIN events USING (sequence) WHERE split_id = ?1
            UNION ALL
            SELECT line FROM conversions CROSS JOIN events USING (sequence) WHERE conversion_id = ?1";
        self.reader.commands().read_each(facts, [id.plain()])
    }

    /// The ids of transactions, splits and conversions within a range of UUIDs.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn ids_between(self, first: Uuid, last: Uuid) -> Result<IdsFound, StoreError> {
        self.reader.index_transactions()?;
        let connection = self.reader.connection;
        let (first, last) = (TransactionId::new(first), TransactionId::new(last));
        let mut transactions = connection.prepare_cached(
            "SELECT DISTINCT id_high, id_low FROM transactions
             WHERE (id_high, id_low) >= (?1, ?2) AND (id_high, id_low) <= (?3, ?4)",
        )?;
        let mut splits = connection.prepare_cached(
            "SELECT split_id FROM splits WHERE split_id BETWEEN ?1 AND ?2
             UNION ALL SELECT conversion_id FROM conversions WHERE conversion_id BETWEEN ?1 AND ?2",
        )?;
        let mut identities = connection.prepare_cached(
            "SELECT id_high, id_low, known_high, known_low FROM identities
             WHERE (id_high, id_low) >= (?1, ?2) AND (id_high, id_low) <= (?3, ?4)",
        )?;
        let ((high, low), (last_high, last_low)) = (halves(first), halves(last));
        let between = (high, low, last_high, last_low);
        let transactions = transactions.query_map(between, |row| id(row, [0, 1]))?;
        let splits = splits.query_map((first.plain(), last.plain()), |row| text(row, 0))?;
        let mut found = transactions.chain(splits).collect::<Result<BTreeSet<TransactionId>, _>>()?;
        // The id refers to what was entered again, not to what was undone.
        for pair in identities.query_map(between, |row| Ok((id(row, [0, 1])?, id(row, [2, 3])?)))? {
            let (identity, known) = pair?;
            found.remove(&identity);
            found.insert(known);
        }
        Ok(IdsFound::few(found))
    }

    /// The events after `known` that voided something, optionally only in this stock or these portfolios. A
    /// split is in no portfolio.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub fn voids_since(
        self,
        known: Sequence,
        symbol: Option<&Symbol>,
        portfolio: Option<&PortfolioName>,
    ) -> Result<Vec<Sequence>, StoreError> {
        let sql = "SELECT voided_at FROM transactions WHERE voided_at > ?1
                AND (?2 IS NULL OR stock = (SELECT stock FROM stocks WHERE listed_as = ?2))
                AND (?3 IS NULL OR portfolio = (SELECT portfolio FROM portfolios WHERE listed_as = ?3))
            UNION ALL
            SELECT voided_at FROM splits WHERE voided_at > ?1 AND ?3 IS NULL
                AND (?2 IS NULL OR stock = (SELECT stock FROM stocks WHERE listed_as = ?2))
            UNION ALL
            SELECT voided_at FROM conversions WHERE voided_at > ?1 AND ?3 IS NULL
                AND (?2 IS NULL OR (SELECT stock FROM stocks WHERE listed_as = ?2) IN (stock, new_stock))";
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let of = (integer(known), shown(symbol), shown(portfolio));
        let voids = statement.query_map(of, |row| natural(row, 0))?;
        Ok(voids.collect::<Result<_, _>>()?)
    }
}

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdStatus {
    /// Nothing has it.
    Free,
    /// Something recorded by this event has it, voided or not.
    Recorded(Sequence),
    /// Something had it that was undone.
    Undone,
}

/// Ids that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdsFound {
    /// The first of them, as many as fit in a message.
    pub ids: Vec<TransactionId>,
    /// How many were found.
    pub count: u64,
}

impl IdsFound {
    const LISTED: usize = 5;

    /// The result for these ids.
    #[must_use]
    pub fn few(ids: BTreeSet<TransactionId>) -> Self {
        let count = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        Self { ids: ids.into_iter().take(Self::LISTED).collect(), count }
    }
}
