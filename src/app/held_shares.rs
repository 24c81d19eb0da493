//! The shares that a portfolio holds at a moment.

use super::linked_entries::LinkedEntries;
use super::lookup::unknown_holder;
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
        let moment = self.time.map_or(Moment::After, Moment::At);
        let held = held_at(unit, &portfolio, &stock, (self.date, moment))?;
        match Quantity::of_all(&held) {
            Some(quantity) => Ok(quantity),
            None => Err(nothing_held(unit, &stock, Some(self.portfolio), self.date)?.into()),
        }
    }
}

/// The portfolios that hold a stock at the end of a day, by name, with their shares.
///
/// # Errors
/// [`DomainError::HoldersChange`] if there are several, and shares that leave one of them at the end of that
/// day would count in two; or if the book cannot be read.
pub(super) fn holders(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    day: Day,
) -> Result<Vec<(Portfolio, Shares)>, AppError> {
    let (mut holders, mut is_changing) = (Vec::new(), None);
    for portfolio in unit.reader().portfolios().holding(stock)? {
        let totals = unit.current_totals(&portfolio, stock)?;
        let (held, in_the_end) = match totals.last_entry {
            Some(last) if last > (day, Moment::After) => {
                let reader = unit.flushed()?;
                let held = held_as_known(reader, &portfolio, stock, (day, Moment::After))?;
                (held, held_in_the_end(reader, &portfolio, stock, day)?)
            }
            _ => (totals.quantity.clone(), totals.quantity),
        };
        if !in_the_end.is_zero() {
            is_changing = is_changing.or_else(|| (held != in_the_end).then(|| portfolio.name().clone()));
            holders.push((portfolio, held));
        }
    }
    match is_changing.filter(|_| holders.len() > 1) {
        Some(portfolio) => {
            Err(DomainError::HoldersChange { symbol: stock.profile().symbol.clone(), portfolio, date: day }.into())
        }
        None => Ok(holders),
    }
}

/// The refusal of a request for a stock of which a portfolio, or all of them, hold nothing on a day.
pub(super) fn nothing_held(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    portfolio: Option<&PortfolioName>,
    date: Day,
) -> Result<DomainError, AppError> {
    let (symbol, portfolio) = (stock.profile().symbol.clone(), portfolio.cloned());
    let elsewhere = names_of_holders(unit, stock, date)?;
    Ok(DomainError::NothingToAdjust { symbol, portfolio, date, elsewhere })
}

/// The portfolio of this name.
///
/// # Errors
/// As [`known_portfolio`], which names the portfolios that hold the stock on a day.
pub(super) fn known_holder(
    unit: &mut UnitOfWork<'_>,
    name: &PortfolioName,
    stock: &Stock,
    day: Day,
) -> Result<Portfolio, AppError> {
    if let Some(portfolio) = unit.reader().portfolios().find(name)? {
        return Ok(portfolio);
    }
    let holders = names_of_holders(unit, stock, day)?;
    Err(unknown_holder(unit.reader(), name, holders)?.into())
}

fn names_of_holders(unit: &mut UnitOfWork<'_>, stock: &Stock, day: Day) -> Result<Vec<PortfolioName>, AppError> {
    let mut names = Vec::new();
    for portfolio in unit.reader().portfolios().holding(stock)? {
        if !held_on(unit, &portfolio, stock, day)?.is_zero() {
            names.push(portfolio.name().clone());
        }
    }
    Ok(names)
}

/// The shares on which a dividend with this ex-date is paid: those held before the day, as counted after its
/// splits and conversions, without a fraction that was paid out.
pub(super) fn held_before(
    unit: &mut UnitOfWork<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    day: Day,
) -> Result<Shares, AppError> {
    held_at(unit, portfolio, stock, (day, Moment::Conversion))
}

/// Shares held on a day, after everything recorded for it so far.
pub(super) fn held_on(
    unit: &mut UnitOfWork<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    day: Day,
) -> Result<Shares, AppError> {
    held_at(unit, portfolio, stock, (day, Moment::After))
}

fn held_at(
    unit: &mut UnitOfWork<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    moment: (Day, Moment),
) -> Result<Shares, AppError> {
    let totals = unit.current_totals(portfolio, stock)?;
    if totals.last_entry.is_none_or(|last| last <= moment) {
        return Ok(totals.quantity);
    }
    held_as_known(unit.flushed()?, portfolio, stock, moment)
}

/// Shares held at the end of a day, given everything recorded for it so far.
pub(super) fn held_in_the_end(
    reader: Reader<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    day: Day,
) -> Result<Shares, AppError> {
    held_as_known(reader, portfolio, stock, (day, Moment::Last))
}

/// Shares held at a moment of a day, by the entries that a reader knows.
pub(super) fn held_as_known(
    reader: Reader<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    moment: (Day, Moment),
) -> Result<Shares, AppError> {
    let gathered = LinkedEntries::gather(reader, stock, std::slice::from_ref(portfolio))?;
    let position = gathered.replay_until(stock, portfolio, moment)?;
    Ok(position.map_or(Shares::ZERO, |position| position.totals().quantity.clone()))
}
