//! The book as reports see it: what was known at an instant, as of the end of a day.

use std::collections::HashSet;

use crate::app::linked_entries::LinkedEntries;
use crate::app::{AppError, known_portfolio, known_portfolios, known_stock};
use crate::domain::{
    Day, DomainError, Entry, EntryOrder, Fee, Instant, Portfolio, PortfolioFilter, PortfolioId, PortfolioName,
    Position, PositionKey, PriceHistory, Quote, Stock, StockId, Symbol, TradePrice, TransactionId, rebuild_watched,
};
use crate::store::Reader;

/// The book as a report sees it.
#[derive(Clone, Copy)]
pub(super) struct ReadModel<'b> {
    reader: Reader<'b>,
    /// The last day that counts.
    as_of: Day,
}

impl<'b> ReadModel<'b> {
    /// As of the end of a day, with what was known at an instant; `None` for now.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn new(reader: Reader<'b>, as_of: Option<Day>, known_on: Option<Instant>) -> Result<Self, AppError> {
        let reader = known_on.map_or(Ok(reader), |instant| reader.as_known_on(instant))?;
        Ok(Self { reader, as_of: as_of.unwrap_or(Day::LAST) })
    }

    /// Everything that the reader knows.
    pub(super) fn of(reader: Reader<'b>) -> Self {
        Self { reader, as_of: Day::LAST }
    }

    /// The stocks at the time, or the one that a symbol referred to.
    ///
    /// # Errors
    /// If there was no such stock, or if the book cannot be read.
    pub(super) fn stocks(self, only: Option<&Symbol>) -> Result<Vec<Stock>, AppError> {
        match only {
            Some(symbol) => Ok(vec![self.stock(symbol)?]),
            None => Ok(self.reader.stocks().all()?),
        }
    }

    /// The stock that a symbol referred to.
    ///
    /// # Errors
    /// As [`Self::stocks`].
    pub(super) fn stock(self, symbol: &Symbol) -> Result<Stock, AppError> {
        known_stock(self.reader, symbol)
    }

    /// The portfolio that had this name.
    ///
    /// # Errors
    /// If there was none, or if the book cannot be read.
    pub(super) fn portfolio(self, name: &PortfolioName) -> Result<Portfolio, AppError> {
        known_portfolio(self.reader, name)
    }

    /// Refuses a filter that names a portfolio which did not exist.
    ///
    /// # Errors
    /// As [`Self::portfolio`].
    pub(super) fn know(self, filter: &PortfolioFilter) -> Result<(), AppError> {
        known_portfolios(self.reader, filter)
    }

    /// The entries of a stock in the portfolios of a filter.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn entries(self, stock: &Stock, filter: &PortfolioFilter) -> Result<StockEntries, AppError> {
        let mut portfolios = self.reader.portfolios().holding(stock)?;
        portfolios.retain(|portfolio| filter.includes(portfolio.name()));
        let gathered = LinkedEntries::gather(self.reader, stock, &portfolios)?;
        let blanks = gathered.blanks();
        let mut entries = gathered.entries;
        entries.retain(|entry| entry.date <= self.as_of);
        Ok(StockEntries { stock: stock.id(), portfolios, blanks, entries })
    }

    /// The fees of a position's purchases and sales, where they are not zero.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn fees(self, portfolio: PortfolioId, stock: &Stock) -> Result<Vec<(TransactionId, Fee)>, AppError> {
        Ok(self.reader.entries().fees(portfolio, stock)?)
    }

    /// The latest price of a stock, per share as counted on the day.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn quote(self, stock: &Stock) -> Result<Option<Quote>, AppError> {
        let Some(recorded) = self.reader.prices().on(stock, self.as_of)? else { return Ok(None) };
        let splits = self.reader.splits().history(stock)?.between(recorded.basis_date, self.as_of);
        Ok(Some(Quote { recorded, splits }))
    }

    /// All prices of a stock, without those of its trades.
    ///
    /// # Errors
    /// If there is no such stock, or if the book cannot be read.
    pub(super) fn price_history_of(self, stock: StockId) -> Result<PriceHistory, AppError> {
        match self.reader.stocks().by_id(stock)? {
            Some(stock) => self.price_history(&stock, Vec::new()),
            None => Err(AppError::damaged("a stock is not there")),
        }
    }

    /// All prices of a stock, with those of its trades.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn price_history(
        self,
        stock: &Stock,
        trades: Vec<(EntryOrder, TradePrice)>,
    ) -> Result<PriceHistory, AppError> {
        Ok(PriceHistory::new(
            self.reader.prices().recorded(stock, None, None)?,
            trades,
            self.reader.splits().history(stock)?,
        ))
    }
}

/// The entries of a stock, and the positions that follow from them.
#[derive(Clone)]
pub(super) struct StockEntries {
    stock: StockId,
    /// The requested portfolios.
    pub(super) portfolios: Vec<Portfolio>,
    /// The positions before their first entries: in these portfolios, and those that gave lots to them
    /// or received lots from them, including other stocks.
    pub(super) blanks: Vec<Position>,
    /// The entries of all of these, with the splits and conversions of their stocks.
    pub(super) entries: Vec<Entry>,
}

impl StockEntries {
    /// Whether a position was requested; others may have given it lots.
    pub(super) fn asked_for(&self) -> impl Fn(&PositionKey) -> bool + use<> {
        let (stock, asked): (_, HashSet<PortfolioId>) =
            (self.stock, self.portfolios.iter().map(Portfolio::id).collect());
        move |position| position.stock_id == stock && asked.contains(&position.portfolio_id)
    }

    /// The requested positions.
    ///
    /// # Errors
    /// As in [`Self::positions_watched`].
    pub(super) fn positions(self) -> Result<Vec<Position>, DomainError> {
        let is_asked_for = self.asked_for();
        let mut positions = self.positions_watched(&mut |_, _| {})?;
        positions.retain(|position| is_asked_for(position.key()));
        Ok(positions)
    }

    /// All positions. `watch` is called after every entry, with the positions as it left them.
    ///
    /// # Errors
    /// If an entry cannot be applied, which happens only in a damaged book.
    pub(super) fn positions_watched(
        self,
        watch: &mut dyn FnMut(&Entry, &[Position]),
    ) -> Result<Vec<Position>, DomainError> {
        let mut positions = self.blanks;
        rebuild_watched(&mut positions, self.entries, watch)?;
        Ok(positions)
    }
}
