//! Decisions that are put off.
//!
//! While rows are read in order, nobody waits for what becomes of one: its decision gets its place in
//! the history and is made beside what SQLite does, in the thread that writes lines. That thread has
//! the position until the unit of work asks for it back.

use std::iter;

use hashbrown::HashSet;

use super::decider::{Decider, PutOff};
use super::events::StreamKey;
use super::line_writer::{LineWriter, Step, Worker, Written};
use super::{StoreError, UnitOfWork, facts};
use crate::domain::{
    Day, Dividend, DomainError, GainTotals, LotsNeeded, Moment, Portfolio, Position, Sequence, Stock, Stream, Trade,
    TransactionId,
};
use crate::log::LogCopy;

/// A decision about a position whose outcome nobody waits for.
#[derive(Debug, Clone)]
pub enum Decision {
    /// A purchase or a sale.
    Trade(Trade),
    /// A dividend.
    Dividend(Dividend),
}

impl Decision {
    /// The ids under which it can be found.
    fn ids(&self) -> impl Iterator<Item = TransactionId> {
        let (id, identity) = match self {
            Self::Trade(trade) => (trade.id, trade.identity),
            Self::Dividend(dividend) => (dividend.id, dividend.identity),
        };
        iter::once(id).chain(identity)
    }

    /// The day and moment.
    fn moment(&self) -> (Day, Moment) {
        match self {
            Self::Trade(trade) => (trade.date, trade.moment()),
            // It comes after whatever has no time, and before nothing that matters to it.
            Self::Dividend(dividend) => (dividend.date, dividend.time.map_or(Moment::After, Moment::At)),
        }
    }

    /// Whether it counts shares as of a later day: what comes until then is not merely added.
    fn looks_ahead(&self) -> bool {
        match self {
            Self::Trade(trade) => trade.as_of > Some(trade.date),
            Self::Dividend(_) => false,
        }
    }

    /// Makes it, at its place in the order of recording.
    ///
    /// # Errors
    /// As [`Position::execute`] and [`Position::receive_dividend`].
    pub fn carry_out(&self, position: &mut Position, place: Sequence) -> Result<(), DomainError> {
        match self {
            Self::Trade(trade) => position.execute(trade, place),
            Self::Dividend(dividend) => position.receive_dividend(dividend, place),
        }
    }
}

/// What a unit of work has put off.
#[derive(Default)]
pub(super) struct Pending {
    /// Positions that the thread has.
    positions: HashSet<StreamKey>,
    /// Transactions that are not written.
    transactions: HashSet<TransactionId>,
    /// Whether something was asked for back. The next rows would ask again.
    is_over: bool,
    /// Whether something that was put off failed, so that the history has a hole.
    is_lost: bool,
}

impl Pending {
    pub(super) fn has_position(&self, key: StreamKey) -> bool {
        self.positions.contains(&key)
    }

    /// Notes if something failed.
    fn noting<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        self.is_lost |= done.is_err();
        done
    }
}

impl UnitOfWork<'_> {
    /// Records a decision about a position, to be made later; those about one position come in the
    /// order of their days. Hands it back where it is better made at once: in a small unit of work,
    /// or if it comes before what the position had already.
    ///
    /// The position and the transaction are there for whoever asks for them by their key or id.
    /// What looks for transactions or events otherwise must [settle](Self::settle) first.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if a decision that was put off is refused: this unit of work cannot be
    /// committed any more. Or if the book cannot be read or written.
    pub fn put_off(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        decision: Decision,
    ) -> Result<Option<Decision>, StoreError> {
        if self.lines.is_none() || self.pending.is_over || decision.looks_ahead() {
            return Ok(Some(decision));
        }
        let key = self.row_numbers(Stream::Position(portfolio.id(), stock.id()))?;
        if !self.pending.has_position(key) && !self.hand_over(portfolio, stock, key, decision.moment())? {
            return Ok(Some(decision));
        }
        self.pending.transactions.extend(decision.ids());
        let (sequence, event_id, occurred_at) = self.next_event();
        self.do_later(Step::Decision(PutOff { key, sequence, event_id, occurred_at, decision }))?;
        Ok(None)
    }

    /// Hands a position over to the thread, unless what is recorded at this moment makes it stale.
    fn hand_over(
        &mut self,
        portfolio: &Portfolio,
        stock: &Stock,
        key: StreamKey,
        moment: (Day, Moment),
    ) -> Result<bool, StoreError> {
        let position = match self.positions.remove(&key) {
            Some(position) => position,
            None => self.load_position(portfolio, stock, key, self.open_lots(key, LotsNeeded::All)?)?,
        };
        if position.is_stale() || position.comes_late(moment) {
            self.positions.insert(key, position);
            return Ok(false);
        }
        self.pending.positions.insert(key);
        self.do_later(Step::Position(key, Box::new(position)))?;
        Ok(true)
    }

    pub(super) fn do_later(&mut self, step: Step) -> Result<(), StoreError> {
        let written = self.lines.as_mut().map_or(Ok(None), |lines| lines.push(step));
        let written = self.pending.noting(written)?;
        self.write_all(written)
    }

    /// Makes sure that a transaction can be found by its id.
    pub(super) fn await_transaction(&mut self, id: TransactionId) -> Result<(), StoreError> {
        if self.pending.transactions.contains(&id) { self.catch_up() } else { Ok(()) }
    }

    fn catch_up(&mut self) -> Result<(), StoreError> {
        let written = self.lines.as_mut().map_or(Ok(Vec::new()), LineWriter::catch_up);
        let written = self.pending.noting(written)?;
        self.write_all(written)
    }

    /// Waits for all that is on its way, so that it can be read, events too.
    ///
    /// # Errors
    /// As [`Self::put_off`].
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.recall_positions()?;
        self.catch_up()
    }

    /// Waits for all that was put off. From then on decisions are made at once.
    ///
    /// # Errors
    /// As [`Self::put_off`].
    pub fn recall_positions(&mut self) -> Result<(), StoreError> {
        if !self.pending.positions.is_empty() {
            self.pending.is_over = true;
            let copy = self.end_lines()?;
            self.lines = LineWriter::start(self.tail, copy);
        }
        Ok(())
    }

    /// Ends the thread and takes back what it has; where it copied lines to, if it did.
    ///
    /// # Errors
    /// As [`Self::put_off`], now or before.
    pub(super) fn end_lines(&mut self) -> Result<Option<LogCopy>, StoreError> {
        if self.pending.is_lost {
            return Err(StoreError::Io("a part of the work was lost".to_owned()));
        }
        self.catch_up()?;
        let Some(lines) = self.lines.take() else { return Ok(None) };
        let finished = self.pending.noting(lines.finish());
        let Worker { tail, copy, decider: Decider { positions, gains } } = finished?;
        self.tail = tail;
        for (key, position) in positions {
            self.pending.positions.remove(&key);
            self.versions.insert(key, position.version());
            self.positions.insert(key, position);
        }
        for (year, realized) in gains {
            self.change_year(year, &realized, GainTotals::plus)?;
        }
        Ok(copy)
    }

    fn write_all(&mut self, batches: impl IntoIterator<Item = Written>) -> Result<(), StoreError> {
        for batch in batches {
            for (row, line, parts) in batch.each() {
                let event = &row.new.event;
                if row.is_decided {
                    facts::write(&mut self.statements, event.sequence, row.new.key, &event.data)?;
                    if !parts.is_empty() {
                        self.write_parts(event.sequence, parts)?;
                    }
                    for id in event.data.recorded_id().into_iter().chain(event.data.identity()) {
                        self.pending.transactions.remove(&id);
                    }
                }
                row.new.insert(line, row.end_offset, &mut self.statements)?;
            }
        }
        Ok(())
    }
}
