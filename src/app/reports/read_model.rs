//! The book as reports see it: with what was recorded up to an instant, as it stood at the end of a day.

use std::collections::HashSet;

use crate::app::ledger::Ledger;
use crate::app::lookup::{unknown_portfolio, unknown_symbol};
use crate::domain::{
    Day, DomainError, Entry, EntryOrder, Fee, Instant, Portfolio, PortfolioId, PortfolioName, Position, PriceHistory,
    Quote, Sequence, Stock, Symbol, TradePrice, TransactionId, rebuild_watched,
};
use crate::store::{Book, Facts};

/// A look at a book.
#[derive(Clone, Copy)]
pub(super) struct ReadModel<'b> {
    book: &'b Book,
    facts: Facts<'b>,
    /// The last event that is known.
    known: Sequence,
    /// The last day that counts.
    as_of: Day,
}

impl<'b> ReadModel<'b> {
    /// At the end of a day, with what was recorded up to an instant; `None` stands for now.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn new(book: &'b Book, as_of: Option<Day>, known_on: Option<Instant>) -> anyhow::Result<Self> {
        let known = known_on.map(|instant| book.known_on(instant)).transpose()?.unwrap_or(Sequence::MAX);
        Ok(Self { as_of: as_of.unwrap_or(Day::LAST), ..Self::after(book, known) })
    }

    /// All that is recorded.
    pub(super) fn now(book: &'b Book) -> Self {
        Self::after(book, Sequence::MAX)
    }

    /// With what was recorded up to an event.
    pub(super) fn after(book: &'b Book, known: Sequence) -> Self {
        Self { book, facts: book.facts(known), known, as_of: Day::LAST }
    }

    /// The stocks that there were, or the one that was found by a symbol.
    ///
    /// # Errors
    /// If there was no such stock, or if the book cannot be read.
    pub(super) fn stocks(self, only: Option<&Symbol>) -> anyhow::Result<Vec<Stock>> {
        match only {
            Some(symbol) => Ok(vec![self.stock(symbol)?]),
            None => Ok(self.facts.stocks()?),
        }
    }

    /// The stock that was found by a symbol.
    ///
    /// # Errors
    /// As [`Self::stocks`].
    pub(super) fn stock(self, symbol: &Symbol) -> anyhow::Result<Stock> {
        match self.facts.stock(symbol)? {
            Some(stock) => Ok(stock),
            None => Err(unknown_symbol(self.book, symbol)?.into()),
        }
    }

    /// The portfolio that had this name.
    ///
    /// # Errors
    /// If there was none, or if the book cannot be read.
    pub(super) fn portfolio(self, name: &PortfolioName) -> anyhow::Result<Portfolio> {
        match self.facts.portfolio(name)? {
            Some(portfolio) => Ok(portfolio),
            None => Err(unknown_portfolio(self.book, name)?.into()),
        }
    }

    /// What was recorded of a stock, in one portfolio or in all that have it.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn entries(self, stock: &Stock, only: Option<&Portfolio>) -> anyhow::Result<StockEntries> {
        let portfolios = match only {
            Some(portfolio) => vec![portfolio.clone()],
            None => self.facts.portfolios_with(stock)?,
        };
        let mut ledger = Ledger::gather(self.facts, stock, &portfolios)?;
        ledger.entries.retain(|entry| entry.date <= self.as_of);
        let blanks = ledger.portfolios.iter().map(|portfolio| self.blank_position(portfolio, stock));
        Ok(StockEntries { portfolios, blanks: blanks.collect::<anyhow::Result<_>>()?, entries: ledger.entries })
    }

    fn blank_position(self, portfolio: &Portfolio, stock: &Stock) -> anyhow::Result<Position> {
        if self.known == Sequence::MAX {
            return Ok(Position::new(stock.position_in(portfolio), portfolio.cost_basis_method()));
        }
        Ok(self.facts.blank_position(portfolio, stock)?)
    }

    /// The fees of a position's purchases and sales, where there were any.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn fees(self, portfolio: PortfolioId, stock: &Stock) -> anyhow::Result<Vec<(TransactionId, Fee)>> {
        Ok(self.facts.fees(portfolio, stock)?)
    }

    /// The latest price of a stock, for its shares as they were counted on the day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn quote(self, stock: &Stock) -> anyhow::Result<Option<Quote>> {
        let Some(recorded) = self.facts.recorded_price(stock, self.as_of)? else { return Ok(None) };
        let splits = self.facts.split_history(stock)?.between(recorded.basis_date, self.as_of);
        Ok(Some(Quote { recorded, splits }))
    }

    /// The prices of a stock of all days, with those of its trades.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn price_history(
        self,
        stock: &Stock,
        trades: Vec<(EntryOrder, TradePrice)>,
    ) -> anyhow::Result<PriceHistory> {
        Ok(PriceHistory::new(&self.book.recorded_prices(stock)?, trades, self.facts.split_history(stock)?))
    }
}

/// What was recorded of a stock, and the positions that follow from it.
#[derive(Clone)]
pub(super) struct StockEntries {
    /// The portfolios that were asked for.
    pub(super) portfolios: Vec<Portfolio>,
    /// The positions before their first entries: in these portfolios, and in those that gave lots to
    /// them or got lots from them.
    pub(super) blanks: Vec<Position>,
    /// The entries of all of these, and the stock's splits.
    pub(super) entries: Vec<Entry>,
}

impl StockEntries {
    /// Whether a position was asked for; another may have given it lots.
    pub(super) fn asked_for(&self) -> impl Fn(PortfolioId) -> bool + use<> {
        let asked: HashSet<PortfolioId> = self.portfolios.iter().map(Portfolio::id).collect();
        move |portfolio| asked.contains(&portfolio)
    }

    /// The positions that were asked for.
    ///
    /// # Errors
    /// As [`Self::positions_watched`].
    pub(super) fn positions(self) -> Result<Vec<Position>, DomainError> {
        let is_asked_for = self.asked_for();
        let mut positions = self.positions_watched(&mut |_, _| {})?;
        positions.retain(|position| is_asked_for(position.key().portfolio_id));
        Ok(positions)
    }

    /// All positions, with every entry and the positions right after it shown to `watch`.
    ///
    /// # Errors
    /// If an entry cannot be carried out, as only in a damaged book.
    pub(super) fn positions_watched(
        self,
        watch: &mut dyn FnMut(&Entry, &[Position]),
    ) -> Result<Vec<Position>, DomainError> {
        let mut positions = self.blanks;
        rebuild_watched(&mut positions, self.entries, watch)?;
        Ok(positions)
    }
}
