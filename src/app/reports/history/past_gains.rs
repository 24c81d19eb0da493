//! What the sales of a stock realized, as known at earlier points in the history.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::app::AppError;
use crate::app::reports::read_model::ReadModel;
use crate::domain::{
    AggregateRoot, GainTotals, Portfolio, PortfolioId, PositionKey, RematchedSale, Sequence, Stock, Stream,
    TransactionId,
};
use crate::store::Reader;

/// Sales of a portfolio; `gain_before` and `gain_after` are the same.
pub(super) type Gains = HashMap<TransactionId, RematchedSale>;

/// What the sales of a stock realized, at any point in the history.
pub(super) struct PastGains<'b> {
    reader: Reader<'b>,
    stock: Stock,
    /// The aggregates whose events determine the gains.
    streams: Vec<Stream>,
    /// The last result, with the last event on which it depends. The state after one re-match is the state
    /// before the next, so half of the requests come twice in a row.
    last: RefCell<Option<(PortfolioId, Sequence, Rc<Gains>)>>,
}

impl<'b> PastGains<'b> {
    /// Covers all portfolios that have or had the stock.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn of(reader: Reader<'b>, stock: &Stock) -> Result<Self, AppError> {
        // The sequence before any removal.
        const BEFORE_ALL: Sequence = 0;
        let mut streams = Vec::new();
        // Conversions may have created lots of it.
        for linked in reader.as_known_after(BEFORE_ALL).conversions().linked_stocks(stock)? {
            streams.push(linked.stream());
            for portfolio in reader.as_known_after(BEFORE_ALL).portfolios().holding(&linked)? {
                streams.extend([portfolio.stream(), Stream::Position(portfolio.id(), linked.id())]);
            }
        }
        Ok(Self { reader, stock: stock.clone(), streams, last: RefCell::default() })
    }

    /// What the sales of a portfolio realized, as known after the event `known`.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn known_after(&self, known: Sequence, portfolio: &Portfolio) -> Result<Rc<Gains>, AppError> {
        let mut rests_on = 0;
        for stream in &self.streams {
            rests_on = rests_on.max(self.reader.events().last_of(*stream, known)?);
        }
        if let Some((of, last, gains)) = &*self.last.borrow()
            && (*of, *last) == (portfolio.id(), rests_on)
        {
            return Ok(Rc::clone(gains));
        }
        let gains = Rc::new(self.made_anew(known, portfolio)?);
        self.last.replace(Some((portfolio.id(), rests_on, Rc::clone(&gains))));
        Ok(gains)
    }

    fn made_anew(&self, known: Sequence, portfolio: &Portfolio) -> Result<Gains, AppError> {
        let reader = self.reader.as_known_after(known);
        // Its cost basis method may have been a different one then.
        let Some(portfolio) = reader.portfolios().by_id(portfolio.id())? else { return Ok(Gains::new()) };
        let entries = ReadModel::of(reader).entries(&self.stock, &portfolio.name().into())?;
        let Some(mut position) = entries.positions()?.into_iter().next() else { return Ok(Gains::new()) };
        let disposals = position.pull_disposals();
        let mut gains = Gains::new();
        for sale in disposals.chunk_by(|one, next| one.sale_id == next.sale_id) {
            let Some(part) = sale.first() else { continue };
            let gain = GainTotals::sum(sale)?.gain;
            let PositionKey { symbol, currency, .. } = position.key().clone();
            let (sale_id, sold_on) = (part.sale_id, part.sold_on);
            let sale = RematchedSale { sale_id, symbol, currency, sold_on, gain_before: gain, gain_after: gain };
            gains.insert(sale_id, sale);
        }
        Ok(gains)
    }
}
