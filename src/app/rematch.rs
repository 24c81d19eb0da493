//! Rebuilding positions after something was recorded before their last entry.

use std::collections::HashMap;
use std::fmt;

use uuid::Uuid;

use super::linked_entries::LinkedEntries;
use crate::app::AppError;
use crate::domain::{
    AggregateRoot, Day, DomainError, LaterEntries, LaterEntry, LotsNeeded, Portfolio, PortfolioName, Position,
    PositionKey, RefusedEntry, RematchedSale, Stock, Symbol, TransactionId, rebuild,
};
use crate::store::{Difference, RealizedBy, StoreError, UnitOfWork};

/// Why positions are rebuilt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cause {
    /// The transaction or split, or the portfolio whose method was changed.
    pub(super) id: Uuid,
    /// The day from which sales are matched anew; `None` for all.
    pub(super) from_date: Option<Day>,
}

impl Cause {
    pub(super) fn transaction(id: TransactionId, from_date: Day) -> Self {
        Self { id: id.uuid(), from_date: Some(from_date) }
    }
}

/// The result of rebuilding positions.
#[derive(Debug, Default)]
pub(super) struct Rematched {
    /// Sales whose realized gain changed, by day.
    pub(super) sales: Vec<RematchedSale>,
    /// All days on which purchases were put before the sales that need them.
    pub(super) reordered: Vec<ReorderedDay>,
}

impl Rematched {
    /// The reordered days that are this day.
    pub(super) fn reordered_on(self, day: Day) -> Vec<ReorderedDay> {
        self.reordered.into_iter().filter(|reordered| reordered.day == day).collect()
    }
}

/// A day on which purchases without a time were put before the sales that need them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReorderedDay {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// The day.
    pub day: Day,
}

impl fmt::Display for ReorderedDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { portfolio, symbol, day } = self;
        write!(
            f,
            "on {day} the purchases of {symbol} in portfolio {portfolio} that have no time go before its sales, "
        )?;
        f.write_str("which need them")
    }
}

/// Rebuilds the stale positions of a stock from all of their entries, together with those that gave lots
/// to them or received lots from them, and returns the sales whose realized gain changed.
///
/// # Errors
/// If an entry is no longer possible, such as a sale of more shares than are held then; or if the book cannot
/// be read or written.
pub(super) fn rematch_stale(unit: &mut UnitOfWork<'_>, stock: &Stock, cause: Cause) -> Result<Rematched, AppError> {
    let stale = stale_positions(unit, std::slice::from_ref(stock))?;
    rematch(unit, &stale, cause)
}

/// The positions in some stocks that this unit of work has made stale.
pub(super) fn stale_positions(unit: &mut UnitOfWork<'_>, stocks: &[Stock]) -> Result<Vec<PortfolioStock>, StoreError> {
    let mut stale = Vec::new();
    for stock in stocks {
        let portfolios = unit.stale_portfolios(stock)?;
        stale.extend(portfolios.into_iter().map(|portfolio| (portfolio, stock.clone())));
    }
    Ok(stale)
}

/// A position, by its portfolio and stock.
pub(super) type PortfolioStock = (Portfolio, Stock);

/// Like [`rematch_stale`], for the given positions.
pub(super) fn rematch(
    unit: &mut UnitOfWork<'_>,
    places: &[PortfolioStock],
    cause: Cause,
) -> Result<Rematched, AppError> {
    match try_rematch(unit, places, cause)? {
        Ok(rematched) => Ok(rematched),
        Err(refused) => Err(explained(*refused.first, &refused.others, cause).into()),
    }
}

/// Entries that are no longer possible.
pub(super) struct ImpossibleEntries {
    /// The first one.
    pub(super) first: Box<RefusedEntry>,
    /// Others that would not be possible even without the first.
    pub(super) others: Vec<RefusedEntry>,
}

/// Like [`rematch`], returning all entries that are no longer possible.
pub(super) fn try_rematch(
    unit: &mut UnitOfWork<'_>,
    places: &[PortfolioStock],
    cause: Cause,
) -> Result<Result<Rematched, ImpossibleEntries>, AppError> {
    if places.is_empty() {
        return Ok(Ok(Rematched::default()));
    }
    let gathered = LinkedEntries::gather_all(unit.flushed()?, places.to_vec())?;
    let blank = |(portfolio, stock): &PortfolioStock| unit.blank_position(portfolio, stock);
    let mut positions = gathered.places.iter().map(blank).collect::<Result<Vec<_>, _>>()?;
    let from_date = cause.from_date.or(gathered.first_day()).unwrap_or(Day::LAST);
    let sales = gathered.realizing;
    let rebuilt = rebuild(&mut positions, gathered.entries);
    let mut refusals = rebuilt.refusals.into_iter();
    if let Some(first) = refusals.next() {
        return Ok(Err(ImpossibleEntries { first: Box::new(first), others: refusals.collect() }));
    }
    // A new method of a portfolio has no event in its positions, so all of them get one that says that their
    // lots changed.
    let notified = if cause.from_date.is_some() { places } else { &[] };
    let reordered = rebuilt.reordered.into_iter().map(|(key, day)| {
        let PositionKey { portfolio, symbol, .. } = key;
        ReorderedDay { portfolio, symbol, day }
    });
    let reordered = reordered.collect();
    let sales = replace(unit, positions, &sales, notified, (cause.id, from_date))?;
    Ok(Ok(Rematched { sales, reordered }))
}

fn replace(
    unit: &mut UnitOfWork<'_>,
    positions: Vec<Position>,
    sales: &HashMap<TransactionId, RealizedBy>,
    notified: &[PortfolioStock],
    (cause, from_date): (Uuid, Day),
) -> Result<Vec<RematchedSale>, AppError> {
    let mut changed = Vec::new();
    let mut rematched = Vec::new();
    for position in positions {
        let (stream, key) = (position.stream(), position.key().clone());
        let difference = unit.replace_position(position, sales)?;
        let Difference { totals_before, totals_after, is_rematched, sales } = difference;
        let is_notified = notified.iter().any(|(portfolio, stock)| stock.position_in(portfolio) == key);
        if is_rematched || (!is_notified && totals_before != totals_after) {
            changed.push((stream, totals_before.realized_gain));
        }
        rematched.extend(sales);
    }
    for (stream, gain_before) in changed {
        unit.record_rematch(stream, |position| position.rematched(from_date, cause, gain_before))?;
    }
    rematched.sort_by_key(|sale: &RematchedSale| sale.sold_on);
    Ok(rematched)
}

/// The refusal of the change that the user requested, given the entries that it would make impossible.
pub(super) fn explained(first: RefusedEntry, others: &[RefusedEntry], cause: Cause) -> DomainError {
    let RefusedEntry { entry, error } = first;
    if entry.id.uuid() == cause.id || matches!(error, DomainError::LotsMissing { .. }) {
        return error;
    }
    let others = LaterEntries(others.iter().map(|other| LaterEntry::from(&other.entry)).collect());
    DomainError::LeavesUncovered { first: LaterEntry::from(&entry), cause: Box::new(error), others }
}

/// Marks the positions of a stock as stale, because a split or a conversion was added or voided.
pub(super) fn mark_stale(unit: &mut UnitOfWork<'_>, stock: &Stock) -> Result<(), StoreError> {
    for portfolio in unit.reader().portfolios().holding(stock)? {
        mark_stale_in(unit, &portfolio, stock)?;
    }
    Ok(())
}

/// Like [`mark_stale`], in one portfolio.
pub(super) fn mark_stale_in(unit: &mut UnitOfWork<'_>, portfolio: &Portfolio, stock: &Stock) -> Result<(), StoreError> {
    unit.with_position(portfolio, stock, LotsNeeded::None, |position, _| {
        position.mark_stale();
        Ok(())
    })
}
