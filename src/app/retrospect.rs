//! How things stood on a day, and what the book knew at an instant.

use std::collections::{HashMap, HashSet};

use super::ledger::Ledger;
use super::lookup::{unknown_portfolio, unknown_symbol};
use crate::domain::{
    Day, EntryKind, Instant, Portfolio, PortfolioId, PortfolioName, Position, PriceInForce, Sequence, SplitRatio,
    Stock, Symbol, TransactionId,
};
use crate::store::{Book, Facts};

/// A look back.
#[derive(Clone, Copy)]
pub(super) struct Retrospect<'b> {
    facts: Facts<'b>,
    day: Day,
}

/// Positions of a stock, made anew from what had happened and was known.
pub(super) struct PastPositions {
    /// The positions, with what their sales realized.
    pub(super) positions: Vec<Position>,
    /// The places of their sales in the order of recording.
    pub(super) places: HashMap<TransactionId, Sequence>,
}

impl<'b> Retrospect<'b> {
    /// At the end of a day, with what was recorded up to an instant; `None` stands for now.
    pub(super) fn new(book: &'b Book, day: Option<Day>, known_on: Option<Instant>) -> anyhow::Result<Self> {
        let known = known_on.map(|instant| book.known_on(instant)).transpose()?;
        Ok(Self { facts: book.facts(known.unwrap_or(Sequence::MAX)), day: day.unwrap_or(Day::LAST) })
    }

    /// The stocks that there were, or the one that was found by a symbol.
    ///
    /// # Errors
    /// If there was no such stock.
    pub(super) fn stocks(self, book: &Book, only: Option<&Symbol>) -> anyhow::Result<Vec<Stock>> {
        let Some(symbol) = only else { return Ok(self.facts.stocks()?) };
        match self.facts.stock(symbol)? {
            Some(stock) => Ok(vec![stock]),
            None => Err(unknown_symbol(book, symbol)?.into()),
        }
    }

    /// The portfolio that had this name.
    ///
    /// # Errors
    /// If there was none.
    pub(super) fn portfolio(self, book: &Book, name: &PortfolioName) -> anyhow::Result<Portfolio> {
        match self.facts.portfolio(name)? {
            Some(portfolio) => Ok(portfolio),
            None => Err(unknown_portfolio(book, name)?.into()),
        }
    }

    /// The positions of a stock, in one portfolio or in all.
    pub(super) fn positions(self, stock: &Stock, only: Option<&Portfolio>) -> anyhow::Result<PastPositions> {
        let wanted = match only {
            Some(portfolio) => vec![portfolio.clone()],
            None => self.facts.portfolios_with(stock)?,
        };
        let ledger = Ledger::gather(self.facts, stock, &wanted)?;
        let blank = |portfolio| self.facts.blank_position(portfolio, stock);
        let blanks = ledger.portfolios.iter().map(blank).collect::<Result<Vec<_>, _>>()?;
        let sales = ledger.entries.iter().filter(|entry| matches!(entry.kind, EntryKind::Sale { .. }));
        let places = sales.map(|entry| (entry.id, entry.place)).collect();
        let mut positions = ledger.replay(blanks, |entry| entry.date <= self.day)?;
        let wanted: HashSet<PortfolioId> = wanted.iter().map(Portfolio::id).collect();
        positions.retain(|position| wanted.contains(&position.key().portfolio_id));
        Ok(PastPositions { positions, places })
    }

    /// The latest price of a stock, and the splits from the shares that it counts to those of the day.
    pub(super) fn price(self, stock: &Stock) -> anyhow::Result<Option<(PriceInForce, SplitRatio)>> {
        let Some(price) = self.facts.recorded_price(stock, self.day)? else { return Ok(None) };
        let ratio = self.facts.split_history(stock)?.between(price.basis_date, self.day);
        Ok(Some((price, ratio)))
    }
}
