//! Entries that are taken back from the end of a position, which is not made anew for that.

use std::iter;

use rusqlite::OptionalExtension;

use super::entries::StoredEntry;
use super::events::StreamKey;
use super::positions::{LOT, lot};
use super::splits::SplitRow;
use super::values::{halves, integer, natural, text};
use super::{StoreError, UnitOfWork};
use crate::domain::{
    Bought, Disposal, EntryKind, Lot, LotKey, LotsNeeded, Portfolio, Sequence, Stock, Stream, TransactionId,
};

/// Transactions that are looked at for one that comes later and counts. Where so many are in
/// between, voided ones or those of other positions, a rebuild is to tell.
const LOOKED_AT: usize = 1000;

impl UnitOfWork<'_> {
    /// Takes transactions that are about to be voided out of a position, if nothing that counts
    /// comes after them: see [`Position::take_back`](crate::domain::Position::take_back). Else it
    /// leaves the position stale. `needed` are the lots that can be touched by what is entered in
    /// their place.
    ///
    /// # Errors
    /// If the book cannot be read or written.
    pub fn take_back(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        ids: &[TransactionId],
        needed: LotsNeeded,
    ) -> Result<(), StoreError> {
        let key = self.stream_key(Stream::Position(portfolio.id(), stock.id()))?;
        let facts = self.facts()?;
        let entries = ids.iter().filter_map(|id| facts.entry(portfolio.id(), *id).transpose());
        let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(|stored| stored.entry.order());
        let splits = facts.splits(stock)?;
        // Of a position that is loaded, not all lots may be there that they had touched.
        if self.positions.contains_key(&key) || !self.come_last(key, &entries, &splits)? {
            return self.with_position(portfolio, stock, LotsNeeded::None, |position, _| {
                position.mark_stale();
                Ok(())
            });
        }
        let mut lots = self.open_lots(key, needed)?;
        let mut realized = Vec::with_capacity(entries.len());
        for StoredEntry { entry, .. } in &entries {
            let parts = self.realized(entry.id)?;
            let own = LotKey { acquired_on: entry.date, place: entry.place };
            for touched in parts.iter().map(|(lot, _)| lot.key).chain(iter::once(own)) {
                lots.extend(self.open_lot(key, touched)?);
            }
            realized.push(parts);
        }
        let mut position = self.load_position(portfolio, stock, key, lots)?;
        let ratios = splits.iter().map(SplitRow::ratio).collect::<Result<Vec<_>, _>>()?;
        for (stored, parts) in entries.iter().zip(&realized).rev() {
            position.take_back(&stored.entry, parts, &ratios);
        }
        if !position.is_stale() {
            for (stored, parts) in entries.iter().zip(&realized) {
                self.delete_disposals(stored.sequence)?;
                self.take_gains(key, parts.iter().map(|(_, disposal)| disposal))?;
            }
        }
        self.positions.insert(key, position);
        Ok(())
    }

    /// Whether none but these touched the lots of a position from the first of them on, by date and
    /// order of recording, and counts; as far as that can be told by few looks.
    fn come_last(
        &self,
        (portfolio, stock): StreamKey,
        entries: &[StoredEntry],
        splits: &[SplitRow],
    ) -> Result<bool, StoreError> {
        let sql = "WITH later AS (
                SELECT * FROM transactions WHERE trade_date = ?3 AND sequence > ?4
                UNION ALL SELECT * FROM transactions WHERE trade_date > ?3 AND trade_date <= ?5)
            SELECT sequence, portfolio = ?1 AND stock = ?2 AND voided_at IS NULL AND type <> 'DIVIDEND'
                AND (trade_date > ?3 OR coalesce(place, sequence) > ?4) FROM later";
        let mut touching = entries.iter().filter(|stored| !matches!(stored.entry.kind, EntryKind::Dividend { .. }));
        let Some(StoredEntry { entry: first, .. }) = touching.next() else { return Ok(true) };
        if entries.len() > LOOKED_AT || splits.iter().any(|split| split.effective_date > first.date) {
            return Ok(false);
        }
        // Nothing was ever recorded after that day.
        let last = self.stored_totals((portfolio, stock))?.last_trade_date.unwrap_or(first.date);
        let mut statement = self.connection.prepare_cached(sql)?;
        let from = (portfolio, stock, first.date.plain(), integer(first.place), last.plain());
        let later = statement.query_map(from, |row| Ok((natural(row, 0)?, row.get(1)?)))?;
        for (looks, row) in later.enumerate() {
            let (sequence, counts): (Sequence, bool) = row?;
            if looks == LOOKED_AT || (counts && !entries.iter().any(|stored| stored.sequence == sequence)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What a sale realized of each lot, with the part of the lot that it took. Nothing where one of the
    /// lots counts shares as of a later day than its own: a rebuild knows how many they had been.
    fn realized(&mut self, sale: TransactionId) -> Result<Vec<(Lot, Disposal)>, StoreError> {
        const SQL: &str = "SELECT coalesce(place, sequence), quantity, total_amount FROM transactions WHERE id_high = ?1 AND id_low = ?2 AND type = 'BUY'
            AND coalesce(as_of, trade_date) = trade_date";
        let disposals = self.disposals(sale)?;
        let mut statement = self.connection.prepare_cached(SQL)?;
        let mut placed = |disposal: Disposal| {
            let Disposal { acquired_on, lot_id, quantity, cost_basis, .. } = disposal;
            let purchase =
                statement.query_row(halves(lot_id), |row| Ok((natural(row, 0)?, text(row, 1)?, text(row, 2)?)));
            let Some((place, shares, cost)) = purchase.optional()? else { return Ok(None) };
            let (key, bought) = (LotKey { acquired_on, place }, Bought { shares, cost });
            Ok(Some((Lot { key, lot_id, quantity, cost_basis, bought }, disposal)))
        };
        let parts = disposals.into_iter().map(&mut placed).collect::<Result<Option<Vec<_>>, StoreError>>()?;
        Ok(parts.unwrap_or_default())
    }

    /// The lot that stands in this place, if it is open.
    fn open_lot(&self, (portfolio, stock): StreamKey, at: LotKey) -> Result<Option<Lot>, StoreError> {
        let sql = format!("{LOT} WHERE portfolio = ?1 AND stock = ?2 AND acquired_on = ?3 AND place = ?4");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query_map((portfolio, stock, at.acquired_on.plain(), integer(at.place)), lot)?;
        Ok(rows.next().transpose()?)
    }
}
