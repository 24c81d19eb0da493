//! The second part of a replay: what follows from the rows that the events say.

use std::collections::{BTreeMap, HashMap};

use super::super::events::StreamKey;
use super::super::values::optional;
use super::super::{StoreError, Summaries, portfolios, stocks};
use super::Replayed;
use crate::domain::TransactionId;
use crate::domain::{AggregateRoot, Day, Entry, Position, Sequence, StreamNumber, count_openings, rebuild};

/// The portfolios of every stock that was traded, each with the last day of its position.
type Traded = BTreeMap<i64, Vec<(i64, Option<Day>)>>;

impl Replayed<'_> {
    /// Computes lots, totals, what sales realized, and the summaries.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if what the events say cannot have been; or if the book cannot be
    /// read.
    pub fn recompute(&mut self) -> Result<(), StoreError> {
        let summaries = Summaries::on(self.unit.connection);
        for (stock, traded_in) in self.traded()? {
            for (portfolio, stock) in self.recompute_stock(stock, &traded_in)? {
                summaries.refresh(StreamNumber { portfolio, stock })?;
            }
        }
        self.unit.write_gains()
    }

    /// The portfolios that every stock was traded in, and the last day on which anything was
    /// recorded of its lots there, voided or not.
    fn traded(&self) -> Result<Traded, StoreError> {
        let sql = "SELECT t.stock, t.portfolio, max(CASE t.type WHEN 'DIVIDEND' THEN NULL ELSE max(t.trade_date, coalesce(t.as_of, '')) END),
                (SELECT max(effective_date) FROM main.splits WHERE splits.stock = t.stock)
            FROM main.transactions t GROUP BY t.stock, t.portfolio";
        let mut statement = self.unit.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut traded = Traded::new();
        while let Some(row) = rows.next()? {
            let last: Option<Day> = optional(row, 2)?;
            traded.entry(row.get(0)?).or_default().push((row.get(1)?, last.max(optional(row, 3)?)));
        }
        Ok(traded)
    }

    /// Makes all positions of a stock anew, since transfers may have moved lots between any of them.
    fn recompute_stock(&mut self, number: i64, traded_in: &[(i64, Option<Day>)]) -> Result<Vec<StreamKey>, StoreError> {
        let version = |key| self.unit.version(key);
        let stock = stocks::at(self.unit.connection, number, version)?;
        let stock = stock.ok_or_else(|| StoreError::Damaged(format!("there is no stock {number}")))?;
        let symbol = stock.profile().symbol.clone();
        let damaged =
            |why: String| StoreError::Damaged(format!("what was recorded of {symbol} cannot have been: {why}"));
        let facts = self.unit.facts()?;
        let mut entries: Vec<Entry> = Vec::new();
        for split in facts.splits(&stock)? {
            entries.push(split.entry()?);
        }
        let mut sequences: HashMap<TransactionId, Sequence> = HashMap::new();
        let mut positions = Vec::new();
        let mut last_days = Vec::new();
        for (number, last_day) in traded_in {
            let version = |key| self.unit.version(key);
            let Some(portfolio) = portfolios::at(self.unit.connection, *number, version)? else { continue };
            last_days.push(*last_day);
            positions.push(self.unit.blank_position(&portfolio, &stock)?);
            for stored in facts.entries(portfolio.id(), &stock)? {
                sequences.insert(stored.entry.id, stored.sequence);
                entries.push(stored.entry);
            }
        }
        count_openings(&mut entries)?;
        if let Some(refusal) = rebuild(&mut positions, entries).into_iter().next() {
            return Err(damaged(refusal.error.to_string()));
        }
        let mut keys = Vec::new();
        for (mut position, last_day) in positions.into_iter().zip(last_days) {
            position.remember_day(last_day);
            keys.push(self.write_anew(position, &sequences)?);
        }
        Ok(keys)
    }

    fn write_anew(
        &mut self,
        mut position: Position,
        sequences: &HashMap<TransactionId, Sequence>,
    ) -> Result<StreamKey, StoreError> {
        let key = self.unit.stream_key(position.stream())?;
        let disposals = position.pull_disposals();
        for sale in disposals.chunk_by(|one, next| one.sale_id == next.sale_id) {
            if let Some(sequence) = sale.first().and_then(|first| sequences.get(&first.sale_id)) {
                self.unit.write_disposals(*sequence, sale)?;
            }
        }
        self.unit.add_gains(key, &disposals)?;
        self.unit.write_position(key, &position)?;
        Ok(key)
    }
}
