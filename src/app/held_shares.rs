//! The shares that a portfolio held at a moment.

use super::linked_entries::LinkedEntries;
use super::record::BookRecord;
use super::{AppError, known_portfolio, known_stock, same_record};
use crate::domain::{
    Day, DomainError, ExternalId, Moment, Portfolio, PortfolioName, Quantity, Shares, Stock, Symbol, TimeOfDay,
};
use crate::store::{Reader, TransactionRow, UnitOfWork};

/// Everything that a portfolio holds of a stock, as the quantity of a sale or a transfer.
#[derive(Debug, Clone, Copy)]
pub struct AllShares<'a> {
    /// The stock.
    pub symbol: &'a Symbol,
    /// The portfolio.
    pub portfolio: &'a PortfolioName,
    /// The day.
    pub date: Day,
    /// The time of day; the end of the day unless given.
    pub time: Option<TimeOfDay>,
    /// The user's own id.
    pub id: Option<&'a ExternalId>,
}

impl AllShares<'_> {
    /// The quantity. If the id is that of a record, the quantity of the record: a retry repeats it.
    ///
    /// # Errors
    /// If the symbol or portfolio is unknown, if nothing is held, or if the book cannot be read.
    pub fn quantity(&self, unit: &mut UnitOfWork<'_>) -> Result<Quantity, AppError> {
        let portfolio = known_portfolio(unit.reader(), self.portfolio)?;
        let stock = known_stock(unit.reader(), self.symbol)?;
        if let Some(given) = self.id
            && let Some(BookRecord::Transaction(TransactionRow { quantity: Some(quantity), .. })) =
                same_record::find::<AppError>(unit, given, portfolio.id())?
        {
            return Ok(quantity);
        }
        let held = match self.time {
            None => held_on(unit, &portfolio, &stock, self.date)?,
            Some(time) => held_at(unit.flushed()?, &portfolio, &stock, (self.date, Moment::At(time)))?,
        };
        Quantity::of_all(&held).ok_or_else(|| {
            let (symbol, portfolio) = (self.symbol.clone(), self.portfolio.clone());
            DomainError::NothingToAdjust { symbol, portfolio, date: self.date }.into()
        })
    }
}

/// Shares held on a day, after everything recorded for it so far.
pub(super) fn held_on(
    unit: &mut UnitOfWork<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    day: Day,
) -> Result<Shares, AppError> {
    let totals = unit.current_totals(portfolio, stock)?;
    if totals.last_entry.is_none_or(|last| last <= (day, Moment::After)) {
        return Ok(totals.quantity);
    }
    held_as_known(unit.flushed()?, portfolio, stock, day)
}

pub(super) fn held_as_known(
    reader: Reader<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    day: Day,
) -> Result<Shares, AppError> {
    held_at(reader, portfolio, stock, (day, Moment::After))
}

/// Shares held at the end of a day, given everything recorded for it so far.
pub(super) fn held_in_the_end(
    reader: Reader<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    day: Day,
) -> Result<Shares, AppError> {
    held_at(reader, portfolio, stock, (day, Moment::Last))
}

fn held_at(reader: Reader<'_>, portfolio: &Portfolio, stock: &Stock, last: (Day, Moment)) -> Result<Shares, AppError> {
    let gathered = LinkedEntries::gather(reader, stock, std::slice::from_ref(portfolio))?;
    let position = gathered.replay_until(stock, portfolio, last)?;
    Ok(position.map_or(Shares::ZERO, |position| position.totals().quantity.clone()))
}
