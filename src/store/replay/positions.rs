//! The second part of a replay: what follows from the rows that the events say.

use std::collections::{BTreeMap, HashMap};

use super::super::events::StreamKey;
use super::super::values::{optional, text};
use super::super::{StoreError, Summaries};
use super::Replayed;
use crate::domain::TransactionId;
use crate::domain::{
    AggregateRoot, Day, Entry, PortfolioName, Position, Sequence, StreamNumber, Symbol, count_openings, rebuild,
};

/// The portfolios of every stock that was traded, each with the last day of its position.
type Traded = BTreeMap<Symbol, Vec<(PortfolioName, Option<Day>)>>;

impl Replayed<'_> {
    /// Computes lots, totals, what sales realized, and the summaries.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if what the events say cannot have been; or if the book cannot be
    /// read.
    pub fn recompute(&mut self) -> Result<(), StoreError> {
        let summaries = Summaries::on(self.unit.connection);
        for (symbol, portfolios) in self.traded()? {
            for (portfolio, stock) in self.recompute_stock(&symbol, &portfolios)? {
                summaries.refresh(StreamNumber { portfolio, stock })?;
            }
        }
        self.unit.write_gains()
    }

    /// The portfolios that every stock was traded in, and the last day on which anything was
    /// recorded of its lots there, voided or not.
    fn traded(&self) -> Result<Traded, StoreError> {
        let sql = "SELECT s.symbol, f.name, max(CASE t.type WHEN 'DIVIDEND' THEN NULL ELSE max(t.trade_date, coalesce(t.as_of, '')) END),
                (SELECT max(effective_date) FROM main.splits WHERE splits.stock = t.stock)
            FROM main.transactions t JOIN main.portfolios f ON f.portfolio = t.portfolio
            JOIN main.stocks s ON s.stock = t.stock GROUP BY t.stock, t.portfolio";
        let mut statement = self.unit.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut traded = Traded::new();
        while let Some(row) = rows.next()? {
            let last: Option<Day> = optional(row, 2)?;
            traded.entry(text(row, 0)?).or_default().push((text(row, 1)?, last.max(optional(row, 3)?)));
        }
        Ok(traded)
    }

    /// Makes all positions of a stock anew, since transfers may have moved lots between any of them.
    fn recompute_stock(
        &mut self,
        symbol: &Symbol,
        portfolios: &[(PortfolioName, Option<Day>)],
    ) -> Result<Vec<StreamKey>, StoreError> {
        let damaged =
            |why: String| StoreError::Damaged(format!("what was recorded of {symbol} cannot have been: {why}"));
        let stock = self.unit.stock(symbol)?.ok_or_else(|| damaged("the stock is not there".to_owned()))?;
        let facts = self.unit.facts()?;
        let mut entries: Vec<Entry> = Vec::new();
        for split in facts.splits(&stock)? {
            entries.push(split.entry()?);
        }
        let mut sequences: HashMap<TransactionId, Sequence> = HashMap::new();
        let mut positions = Vec::new();
        let mut last_days = Vec::new();
        for (name, last_day) in portfolios {
            let Some(portfolio) = self.unit.portfolio(name)? else { continue };
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
