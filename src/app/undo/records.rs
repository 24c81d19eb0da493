//! Undoes transactions, splits and conversions: what was recorded is voided, and what was voided is entered
//! again.

use std::collections::{BTreeMap, BTreeSet};

use super::effects::{Effects, RecordedEntry};
use super::{UNDONE, UndoReceipt};
use crate::app::AppError;
use crate::app::corrections::{VoidReceipt, bring_back};
use crate::app::record::BookRecord;
use crate::app::rematch::{Cause, mark_stale, rematch, stale_positions};
use crate::domain::{
    CostAdjustedEvent, Day, DividendReceivedEvent, DomainEvent, LotsNeeded, PickedLot, Portfolio, PortfolioId,
    Position, Sequence, Stock, StockConvertedEvent, StockId, StockSplitEvent, TransactionExecutedEvent, TransactionId,
    TransactionVoidedEvent,
};
use crate::store::{CommandState, StoreError, UnitOfWork};

/// Why the positions of stocks are rebuilt, and from which day on.
type Causes = BTreeMap<StockId, Cause>;

fn note(causes: &mut Causes, stock: StockId, id: TransactionId, day: Day) {
    let cause = causes.entry(stock).or_insert(Cause::transaction(id, day));
    cause.from_date = cause.from_date.min(Some(day));
}

impl Effects {
    /// Voids what the command recorded, and enters again what it voided.
    pub(super) fn take_records_back(
        &self,
        unit: &mut UnitOfWork<'_>,
        receipt: &mut UndoReceipt,
    ) -> Result<(), AppError> {
        if let Some((before, entered)) = self.amended() {
            return take_amendment_back(unit, before, &entered, receipt);
        }
        let mut causes = Causes::new();
        self.void_transactions(unit, &mut causes, receipt)?;
        for (stock, recorded) in &self.facts {
            void_fact(unit, *stock, recorded, &mut causes, receipt)?;
        }
        for id in &self.voided {
            enter_again(unit, *id, &mut causes, receipt)?;
        }
        // The stocks of a conversion are rebuilt together.
        let mut groups: Vec<(Cause, Vec<Stock>)> = Vec::new();
        for (id, cause) in causes {
            let Some(stock) = unit.reader().stocks().by_id(id)? else { continue };
            match groups.iter_mut().find(|(known, _)| known.id == cause.id) {
                Some((known, stocks)) => {
                    known.from_date = known.from_date.min(cause.from_date);
                    stocks.push(stock);
                }
                None => groups.push((cause, vec![stock])),
            }
        }
        for (cause, stocks) in groups {
            let places = stale_positions(unit, &stocks)?;
            receipt.rematched.extend(rematch(unit, &places, cause)?.sales);
        }
        Ok(())
    }

    fn void_transactions(
        &self,
        unit: &mut UnitOfWork<'_>,
        causes: &mut Causes,
        receipt: &mut UndoReceipt,
    ) -> Result<(), AppError> {
        // Both sides of a transfer count until the first of them is voided.
        let mut positions = Vec::with_capacity(self.transactions.len());
        let mut noted = BTreeSet::new();
        for ((owner, of), entries) in &self.transactions {
            let mut ids = Vec::with_capacity(entries.len());
            for recorded in entries {
                let Some(id) = standing(unit, recorded)? else { continue };
                note(causes, *of, id, recorded.day);
                if noted.insert(id) {
                    receipt.note_voided(|| BookRecord::find(unit.reader(), id))?;
                }
                ids.push(id);
            }
            positions.push((*owner, *of, ids));
        }
        for (owner, of, ids) in positions {
            let Some((portfolio, stock)) = position_of(unit, owner, of)?.filter(|_| !ids.is_empty()) else { continue };
            unit.revert(&portfolio, &stock, &ids, LotsNeeded::None)?;
            let reason = Some(UNDONE.parse()?);
            unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, _| {
                for transaction_id in ids {
                    position.void(TransactionVoidedEvent { transaction_id, reason: reason.clone() });
                }
                Ok::<_, StoreError>(())
            })?;
        }
        Ok(())
    }
}

/// The present id of a record: its own, or that of the record that an earlier `undo` entered again in its
/// place. `None` if it has been voided or amended since.
fn standing(unit: &mut UnitOfWork<'_>, recorded: &RecordedEntry) -> Result<Option<TransactionId>, AppError> {
    if unit.reader().records().counts(recorded.id)? {
        return Ok(Some(recorded.id));
    }
    let known = unit.reader().records().known_under(recorded.identity.unwrap_or(recorded.id))?;
    Ok(if known != recorded.id && unit.reader().records().counts(known)? { Some(known) } else { None })
}

fn take_amendment_back(
    unit: &mut UnitOfWork<'_>,
    before: TransactionId,
    replacement: &RecordedEntry,
    receipt: &mut UndoReceipt,
) -> Result<(), AppError> {
    let Some(id) = standing(unit, replacement)? else { return Ok(()) };
    let Some(row) = unit.reader().transactions().find(id)? else { return Ok(()) };
    let recorded = unit.flushed()?.records().recording_events(before)?;
    let identity = recorded.first().and_then(|event| event.data.identity()).unwrap_or(before);
    let fresh = unit.fresh_id();
    let VoidReceipt { records, entered, rematched, .. } = bring_back(unit, &row, before, (fresh, identity))?;
    for record in records {
        receipt.note_voided(|| Ok(record))?;
    }
    receipt.entered.extend(entered.map(BookRecord::Transaction));
    receipt.rematched.extend(rematched);
    Ok(())
}

fn void_fact(
    unit: &mut UnitOfWork<'_>,
    of: StockId,
    recorded: &RecordedEntry,
    causes: &mut Causes,
    receipt: &mut UndoReceipt,
) -> Result<(), AppError> {
    let Some((id, mut stock)) = standing(unit, recorded)?.zip(unit.reader().stocks().by_id(of)?) else { return Ok(()) };
    receipt.note_voided(|| BookRecord::find(unit.reader(), id))?;
    stock.void(TransactionVoidedEvent { transaction_id: id, reason: Some(UNDONE.parse()?) });
    unit.save(&mut stock)?;
    note(causes, of, id, recorded.day);
    let converted = unit.reader().conversions().find(id)?;
    for of in std::iter::once(of).chain(converted.map(|row| row.new_stock.0)) {
        let Some(stock) = unit.reader().stocks().by_id(of)? else { continue };
        note(causes, of, id, recorded.day);
        mark_stale(unit, &stock)?;
    }
    Ok(())
}

/// Enters again what was voided, in its former place, unless the command that had recorded it has been undone
/// in the meantime.
fn enter_again(
    unit: &mut UnitOfWork<'_>,
    voided: TransactionId,
    causes: &mut Causes,
    receipt: &mut UndoReceipt,
) -> Result<(), AppError> {
    if !is_wanted(unit, voided)? {
        return Ok(());
    }
    let id = unit.fresh_id();
    for event in unit.flushed()?.records().recording_events(voided)? {
        let again = ReentryIds { id, voided, identity: event.data.identity().unwrap_or(voided) };
        if let DomainEvent::TransactionExecuted(executed) = event.data {
            again.execute(unit, executed, causes)?;
        } else if let DomainEvent::DividendReceived(received) = event.data {
            again.receive(unit, received)?;
        } else if let DomainEvent::StockSplit(split) = event.data {
            again.split(unit, split, causes)?;
        } else if let DomainEvent::CostAdjusted(adjusted) = event.data {
            again.adjust(unit, adjusted, causes)?;
        } else if let DomainEvent::StockConverted(converted) = event.data {
            again.convert(unit, converted, causes)?;
        }
    }
    receipt.entered.push(BookRecord::find(unit.reader(), id)?);
    Ok(())
}

/// The ids under which something is entered again. Nothing is entered if its stock or portfolio has been
/// removed.
#[derive(Clone, Copy)]
struct ReentryIds {
    id: TransactionId,
    /// What it replaces.
    voided: TransactionId,
    /// The id that identifies it.
    identity: TransactionId,
}

impl ReentryIds {
    /// The id of the new record, the id that it replaces, and the id that identifies it.
    fn ids(self) -> (TransactionId, Option<TransactionId>, Option<TransactionId>) {
        (self.id, Some(self.voided), Some(self.identity))
    }

    /// Enters something again in its position. If it moves shares or cost, adds a cause to rebuild the
    /// position from its day on.
    fn in_position(
        self,
        unit: &mut UnitOfWork<'_>,
        (owner, of): (PortfolioId, StockId),
        rebuilt: Option<(&mut Causes, Day)>,
        enter: impl FnOnce(&mut Position, Sequence) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let Some((portfolio, stock)) = position_of(unit, owner, of)? else { return Ok(()) };
        if let Some((causes, day)) = rebuilt {
            note(causes, of, self.id, day);
        }
        unit.with_position(&portfolio, &stock, LotsNeeded::None, enter)
    }

    fn execute(
        self,
        unit: &mut UnitOfWork<'_>,
        executed: TransactionExecutedEvent,
        causes: &mut Causes,
    ) -> Result<(), AppError> {
        let lots = current_lots(unit, &executed.lots)?;
        let (transaction_id, replaces, identity) = self.ids();
        let again = TransactionExecutedEvent { transaction_id, lots, replaces, identity, ..executed };
        let key = (again.portfolio_id, again.stock_id);
        self.in_position(unit, key, Some((causes, again.trade_date)), |position, _| {
            position.execute_again(again);
            Ok(())
        })
    }

    fn receive(self, unit: &mut UnitOfWork<'_>, received: DividendReceivedEvent) -> Result<(), AppError> {
        let (transaction_id, replaces, identity) = self.ids();
        let again = DividendReceivedEvent { transaction_id, replaces, identity, ..received };
        let key = (again.portfolio_id, again.stock_id);
        self.in_position(unit, key, None, |position, place| Ok(position.receive_dividend_again(again, place)?))
    }

    fn adjust(
        self,
        unit: &mut UnitOfWork<'_>,
        adjusted: CostAdjustedEvent,
        causes: &mut Causes,
    ) -> Result<(), AppError> {
        let (transaction_id, replaces, identity) = self.ids();
        let again = CostAdjustedEvent { transaction_id, replaces, identity, ..adjusted };
        let key = (again.portfolio_id, again.stock_id);
        self.in_position(unit, key, Some((causes, again.adjust_date)), |position, _| {
            position.adjust_cost_again(again);
            Ok(())
        })
    }

    fn split(self, unit: &mut UnitOfWork<'_>, split: StockSplitEvent, causes: &mut Causes) -> Result<(), AppError> {
        let Some(mut stock) = unit.reader().stocks().by_id(split.stock_id)? else { return Ok(()) };
        note(causes, split.stock_id, self.id, split.effective_date);
        let (split_id, replaces, identity) = self.ids();
        stock.split_again(&StockSplitEvent { split_id, replaces, identity, ..split });
        unit.save(&mut stock)?;
        Ok(mark_stale(unit, &stock)?)
    }

    fn convert(
        self,
        unit: &mut UnitOfWork<'_>,
        converted: StockConvertedEvent,
        causes: &mut Causes,
    ) -> Result<(), AppError> {
        let day = converted.effective_date;
        let stocks = unit.reader().stocks();
        let ends = stocks.by_id(converted.stock_id)?.zip(stocks.by_id(converted.new_stock_id)?);
        let Some((mut stock, new_stock)) = ends else { return Ok(()) };
        // The portfolio and the new stock may have other names by now.
        let row = unit.reader().conversions().find(self.voided)?;
        let portfolio = row.and_then(|row| row.portfolio_name().cloned());
        let new_symbol = new_stock.profile().symbol.clone();
        let (conversion_id, replaces, identity) = self.ids();
        stock.convert(StockConvertedEvent { conversion_id, new_symbol, portfolio, replaces, identity, ..converted });
        unit.save(&mut stock)?;
        for end in [&stock, &new_stock] {
            note(causes, end.id(), self.id, day);
            mark_stale(unit, end)?;
        }
        Ok(())
    }
}

/// A portfolio and a stock, if neither was removed.
fn position_of(unit: &UnitOfWork<'_>, owner: PortfolioId, of: StockId) -> Result<Option<(Portfolio, Stock)>, AppError> {
    Ok(unit.reader().portfolios().by_id(owner)?.zip(unit.reader().stocks().by_id(of)?))
}

/// Whether what was voided was recorded by a command that has not been undone, or stands for something that was: an
/// `undo` enters it again in place of itself, or of its amendment.
fn is_wanted(unit: &mut UnitOfWork<'_>, voided: TransactionId) -> Result<bool, AppError> {
    let mut id = voided;
    while let Some(event) = unit.flushed()?.records().recording_events(id)?.into_iter().next() {
        match (unit.reader().commands().state_of(event.sequence)?, event.data.replaces()) {
            (CommandState::Stands, _) => return Ok(true),
            (CommandState::Undone | CommandState::Undo, Some(before)) if before != id => id = before,
            (CommandState::Undone | CommandState::Undo, _) => return Ok(false),
        }
    }
    Ok(false)
}

/// Picked lots, each with the present id of its purchase.
fn current_lots(unit: &mut UnitOfWork<'_>, picked: &[PickedLot]) -> Result<Vec<PickedLot>, AppError> {
    let mut lots = unit.reader().records().current_lots(picked)?;
    for lot in &mut lots {
        lot.lot_id = unit.reader().records().known_under(lot.lot_id)?;
    }
    Ok(lots)
}
