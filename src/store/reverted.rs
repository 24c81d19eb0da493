//! Reverts entries at the end of a position, without rebuilding it.

use std::iter;

use rusqlite::OptionalExtension;

use super::events::StreamKey;
use super::stored_positions::StoredPositions;
use super::values::{MOMENT, halves, integer, natural, text};
use super::{Reader, RealizedBy, StoreError, StoredEntry, UnitOfWork, disposals};
use crate::domain::{
    Bought, Day, Disposal, EntryKind, Lot, LotKey, LotsNeeded, Portfolio, Sequence, Stock, Stream, TransactionId,
};

/// How many transactions are searched for a later one that counts. If more of them are voided or belong to
/// other positions, the position is rebuilt instead.
const LOOKED_AT: usize = 1000;

impl UnitOfWork<'_> {
    /// Reverts transactions of a position that are about to be voided, if nothing that counts comes after
    /// them: see [`Position::revert`](crate::domain::Position::revert). Otherwise marks the position as
    /// stale. `needed` are the lots that their replacements can affect.
    ///
    /// # Errors
    /// If the book cannot be read or written.
    pub fn revert(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        ids: &[TransactionId],
        needed: LotsNeeded,
    ) -> Result<(), StoreError> {
        let key = self.appender.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        let stored = self.positions.stored;
        let reader = self.flushed()?;
        // If there are more, some are not checked for being the last.
        let looked_up = ids.get(..LOOKED_AT.saturating_add(1)).unwrap_or(ids);
        let entries = looked_up.iter().filter_map(|id| reader.entries().find(portfolio.id(), stock, *id).transpose());
        let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(|stored| stored.entry.order());
        let splits = reader.splits().of_stock(stock)?.into_iter().map(|split| split.effective_date);
        let conversions = reader.conversions().of_stock(stock)?;
        let last_fact = splits.chain(conversions.iter().map(|conversion| conversion.effective_date)).max();
        // A position that is loaded may lack lots that they affected. And if a day's purchases were put
        // first, a transaction does not say where its lot was.
        let cannot_tell = self.positions.get(key).is_some() || stored.was_reordered(key)?;
        if cannot_tell || !stored.come_last(key, &entries, last_fact)? {
            return self.with_position(portfolio, stock, LotsNeeded::None, |position, _| {
                position.mark_stale();
                Ok(())
            });
        }
        let mut lots = stored.lots(key, needed)?;
        let mut realized = Vec::with_capacity(entries.len());
        let changed_on = stored.totals(key)?.lots_changed_on;
        for StoredEntry { entry, .. } in &entries {
            let parts = realized_parts(self.reader(), entry.id, changed_on)?;
            for touched in parts.iter().map(|(lot, _)| lot.key).chain(iter::once(entry.lot_key())) {
                lots.extend(stored.lot_at(key, touched)?);
            }
            realized.push(parts);
        }
        let mut position = self.load_position(portfolio, stock, key, lots)?;
        for (stored, parts) in entries.iter().zip(&realized).rev() {
            position.revert(&stored.entry, parts);
        }
        if !position.is_stale() {
            for (entry, parts) in entries.iter().zip(&realized) {
                disposals::delete(&mut self.statements, key, RealizedBy::Transaction(entry.sequence))?;
                let parts = parts.iter().map(|(_, disposal)| disposal);
                self.positions.gains.take_out(&mut self.statements, key, parts)?;
            }
        }
        self.positions.put(key, position.into());
        Ok(())
    }
}

impl StoredPositions<'_> {
    /// Whether no transaction that counts, other than these, affected the lots of a position from the first
    /// of these on, in the order of date and recording; `false` if a few reads cannot show that.
    fn come_last(
        self,
        (portfolio, stock): StreamKey,
        entries: &[StoredEntry],
        last_fact: Option<Day>,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "WITH later AS (
                SELECT * FROM transactions WHERE trade_date = ?3 AND sequence >= ?7
                UNION ALL SELECT * FROM transactions WHERE trade_date > ?3 AND trade_date <= ?5)
            SELECT t.sequence, t.portfolio = ?1 AND t.stock = ?2 AND t.voided_at IS NULL AND t.type <> 'DIVIDEND'
                AND (t.trade_date > ?3 OR ({MOMENT}, coalesce(t.place, t.sequence)) > (?6, ?4)) FROM later t"
        );
        let mut touching = entries.iter().filter(|stored| !matches!(stored.entry.kind, EntryKind::Dividend { .. }));
        let Some(StoredEntry { entry: first, .. }) = touching.next() else { return Ok(true) };
        if entries.len() > LOOKED_AT || last_fact.is_some_and(|day| day > first.date) {
            return Ok(false);
        }
        // Nothing was ever recorded after that day and moment.
        let totals = self.totals((portfolio, stock))?;
        let last = totals.last_entry.unwrap_or((first.date, first.moment));
        // Anything recorded earlier can come later only if its moment is later.
        let is_last_moment = last == (first.date, first.moment);
        let recorded_from = if is_last_moment { first.place.saturating_add(1) } else { 0 };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let (date, place) = (first.date.plain(), integer(first.place));
        let from = (portfolio, stock, date, place, last.0.plain(), first.moment, integer(recorded_from));
        let later = statement.query_map(from, |row| Ok((natural(row, 0)?, row.get(1)?)))?;
        for (looks, row) in later.enumerate() {
            let (sequence, counts): (Sequence, bool) = row?;
            if looks == LOOKED_AT || (counts && !entries.iter().any(|stored| stored.sequence == sequence)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What a sale realized on each lot, with the part of the lot that it took. Empty if only a rebuild can
/// determine such a part, because the lot counts shares as of a day later than its own, or because it may
/// have changed up to `changed_on` and its part is not stored.
fn realized_parts(
    reader: Reader<'_>,
    sale: TransactionId,
    changed_on: Option<Day>,
) -> Result<Vec<(Lot, Disposal)>, StoreError> {
    let sql = format!(
        "SELECT coalesce(t.place, t.sequence), {MOMENT}, t.quantity, t.total_amount FROM transactions t
         WHERE t.id_high = ?1 AND t.id_low = ?2 AND t.type = 'BUY'
            AND coalesce(t.as_of, t.trade_date) = t.trade_date"
    );
    let disposals = reader.transactions().disposals(sale)?;
    let mut statement = reader.connection.prepare_cached(&sql)?;
    let mut placed = |disposal: Disposal| {
        if let Some(part) = &disposal.part {
            return Ok(Some((Lot::clone(part), disposal)));
        }
        let Disposal { acquired_on, lot_id, quantity, cost_basis, .. } = disposal.clone();
        if Some(acquired_on) <= changed_on {
            return Ok(None);
        }
        let lot = statement.query_row(halves(lot_id), |row| {
            let key = LotKey { acquired_on, moment: text(row, 1)?, place: natural(row, 0)? };
            let bought = Bought { shares: text(row, 2)?, cost: text(row, 3)? };
            Ok(Lot { key, lot_id, quantity, cost_basis, bought })
        });
        Ok(lot.optional()?.map(|lot| (lot, disposal)))
    };
    let parts = disposals.into_iter().map(&mut placed).collect::<Result<Option<Vec<_>>, StoreError>>()?;
    Ok(parts.unwrap_or_default())
}
