//! Records that a company's action makes in every portfolio that holds its shares, or in the one that the
//! user names.

use super::held_shares::{held_in_the_end, held_on, holders, known_holder, nothing_held};
use super::record::BookRecord;
use super::same_record::{self, Asked};
use super::{AppError, known_portfolio};
use crate::domain::{Day, DomainError, ExternalId, Portfolio, PortfolioName, RematchedSale, Shares, Stock};
use crate::store::{TransactionRow, UnitOfWork};

/// What determines the portfolios in which the same thing is recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct EachHolder<'a> {
    /// The stock.
    pub(super) stock: &'a Stock,
    /// The only portfolio; all that hold the stock unless given.
    pub(super) only: Option<&'a PortfolioName>,
    /// The day.
    pub(super) date: Day,
    /// The user's own id.
    pub(super) id: Option<&'a ExternalId>,
}

impl EachHolder<'_> {
    /// The portfolios, with the shares that they hold on the day, by name. The one that was named may hold
    /// none.
    ///
    /// # Errors
    /// If the named one is unknown, if none holds any, if shares that move between portfolios on that day
    /// would count twice, or if the book cannot be read.
    pub(super) fn portfolios(self, unit: &mut UnitOfWork<'_>) -> Result<Vec<(Portfolio, Shares)>, AppError> {
        if let Some(name) = self.only {
            let portfolio = known_holder(unit, name, self.stock, self.date)?;
            let held = held_on(unit, &portfolio, self.stock, self.date)?;
            return Ok(vec![(portfolio, held)]);
        }
        let holders = holders(unit, self.stock, self.date)?;
        if holders.is_empty() {
            return Err(nothing_held(unit, self.stock, None, self.date)?.into());
        }
        Ok(holders)
    }

    /// The user's id for the record in each of `portfolios` portfolios. A UUID can be the id of only one
    /// record, so with several portfolios it is treated as a [reference](ExternalId::as_text).
    pub(super) fn id_in(self, portfolios: usize) -> Option<ExternalId> {
        if portfolios > 1 { self.id.map(ExternalId::as_text) } else { self.id.cloned() }
    }

    /// What is recorded under the id, by portfolio. If any portfolio has a record with the id, the command
    /// has already been carried out: a retry records nothing, even if other portfolios hold the stock by now.
    ///
    /// # Errors
    /// [`DomainError::IdConflict`] if the id belongs to something else, or is not in all portfolios that held
    /// the stock when it was recorded; if the named portfolio is unknown, or if the book cannot be read.
    pub(super) fn recorded(
        self,
        unit: &mut UnitOfWork<'_>,
        asked: &Asked<'_>,
    ) -> Result<Vec<(Portfolio, TransactionRow)>, AppError> {
        let Some(given) = self.id else { return Ok(Vec::new()) };
        let portfolios = match self.only {
            Some(name) => vec![known_holder(unit, name, self.stock, self.date)?],
            None => unit.reader().portfolios().all()?,
        };
        let mut rows: Vec<(Portfolio, TransactionRow)> = Vec::new();
        for portfolio in portfolios {
            let Some(record) = same_record::find::<AppError>(unit, given, portfolio.id())? else { continue };
            asked.check::<AppError>(unit, given, &record)?;
            let BookRecord::Transaction(row) = record else { continue };
            if rows.iter().all(|(_, known)| known.transaction_id != row.transaction_id) {
                rows.push((known_portfolio(unit.reader(), &row.portfolio)?, row));
            }
        }
        rows.sort_by(|(one, _), (other, _)| one.name().cmp(other.name()));
        if self.only.is_none() {
            self.check_all_are_there(unit, given, &rows)?;
        }
        Ok(rows)
    }

    /// Refuses records that are missing in a portfolio that held the stock when they were made, because they
    /// then belong to a command for a single portfolio.
    fn check_all_are_there(
        self,
        unit: &mut UnitOfWork<'_>,
        given: &ExternalId,
        rows: &[(Portfolio, TransactionRow)],
    ) -> Result<(), AppError> {
        let Some((_, first)) = rows.iter().min_by_key(|(_, row)| row.sequence) else { return Ok(()) };
        for portfolio in unit.reader().portfolios().holding(self.stock)? {
            let is_there = rows.iter().any(|(of_row, _)| of_row.id() == portfolio.id());
            let then = unit.flushed()?.as_known_before(first.sequence);
            if !is_there && !held_in_the_end(then, &portfolio, self.stock, first.trade_date)?.is_zero() {
                return Err(DomainError::IdConflict { id: given.clone(), differs: "portfolio" }.into());
            }
        }
        Ok(())
    }
}

/// Combines changes that several records made one after the other: the sales whose gain is different in the
/// end.
pub(super) fn together(changes: impl IntoIterator<Item = RematchedSale>) -> Vec<RematchedSale> {
    let mut sales: Vec<RematchedSale> = Vec::new();
    for change in changes {
        match sales.iter_mut().find(|sale| sale.sale_id == change.sale_id) {
            Some(sale) => sale.gain_after = change.gain_after,
            None => sales.push(change),
        }
    }
    sales.retain(|sale| sale.gain_before != sale.gain_after);
    sales
}
