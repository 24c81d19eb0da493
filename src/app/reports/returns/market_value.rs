//! The combined market value of several holdings at the moments at which money moves.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::gathering::Span;
use crate::app::AppError;
use crate::app::reports::report_currency::ReportCurrency;
use crate::domain::{Currency, EntryOrder, Money, PriceChange, PriceHistory, Shares, TooLarge};

/// The shares of some holdings and their value. A stock is revalued only when its shares or its price may
/// have changed, and not for each flow of money in other stocks.
pub(super) struct MarketValue<'h> {
    money: &'h ReportCurrency<'h>,
    holdings: Vec<Held>,
    stocks: Vec<StockHeld<'h>>,
    /// When stocks must be revalued, the next one on top; entries that are no longer due are skipped.
    due: BinaryHeap<Reverse<(PriceChange, usize)>>,
    /// The value of the stocks with a known value, by currency.
    sums: BTreeMap<Currency, Money>,
    /// The number of stocks whose value is unknown.
    unknown: usize,
    /// The number of holdings with shares.
    open: usize,
}

/// A holding: its shares, and the index of its stock.
struct Held {
    shares: Shares,
    stock: usize,
}

/// A stock, with the shares of all its holdings.
struct StockHeld<'h> {
    prices: &'h PriceHistory,
    currency: Currency,
    shares: Shares,
    value: Option<Money>,
    due: Option<PriceChange>,
}

impl<'h> MarketValue<'h> {
    /// Creates the holdings as they are before their first step; those of a stock must be adjacent.
    pub(super) fn new(holdings: &[Span<'h>], money: &'h ReportCurrency<'h>) -> Result<Self, TooLarge> {
        let nothing = Some(Money::ZERO);
        let mut value = Self {
            money,
            holdings: Vec::with_capacity(holdings.len()),
            stocks: Vec::new(),
            due: BinaryHeap::new(),
            sums: BTreeMap::new(),
            unknown: 0,
            open: 0,
        };
        for (at, Span { holding, opening, .. }) in holdings.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| holdings.get(before));
            if before.is_none_or(|before| before.holding.symbol != holding.symbol) {
                let (prices, currency) = (holding.prices.as_ref(), holding.currency);
                value.stocks.push(StockHeld { prices, currency, shares: Shares::ZERO, value: nothing, due: None });
            }
            let stock = value.stocks.len().saturating_sub(1);
            value.holdings.push(Held { shares: Shares::ZERO, stock });
            value.hold(at, Shares::clone(opening), PriceChange::FIRST)?;
        }
        Ok(value)
    }

    /// Whether nothing is held.
    pub(super) fn is_empty(&self) -> bool {
        self.open == 0
    }

    /// The shares of a holding.
    pub(super) fn shares(&self, at: usize) -> Shares {
        self.holdings.get(at).map(|held| held.shares.clone()).unwrap_or_default()
    }

    /// Sets the shares of a holding from a moment on.
    pub(super) fn hold(&mut self, at: usize, shares: Shares, from: PriceChange) -> Result<(), TooLarge> {
        let Some(held) = self.holdings.get_mut(at) else { return Ok(()) };
        let Some(stock) = self.stocks.get_mut(held.stock) else { return Ok(()) };
        stock.shares = stock.shares.minus(&held.shares)?.plus(&shares)?;
        match (held.shares.is_zero(), shares.is_zero()) {
            (true, false) => self.open = self.open.saturating_add(1),
            (false, true) => self.open = self.open.saturating_sub(1),
            (true, true) | (false, false) => {}
        }
        held.shares = shares;
        stock.due = Some(from);
        self.due.push(Reverse((from, held.stock)));
        Ok(())
    }

    /// The market value of all holdings at a moment, if one of them had `shares` instead of its own, in the
    /// currency of the report at the rates of the day; `None` if unknown.
    pub(super) fn with(&mut self, at: usize, shares: &Shares, moment: EntryOrder) -> Result<Option<Money>, AppError> {
        self.revalue(moment)?;
        let Some(held) = self.holdings.get(at) else { return Ok(None) };
        let Some(stock) = self.stocks.get(held.stock) else { return Ok(None) };
        let shares = stock.shares.minus(&held.shares)?.plus(shares)?;
        let Some(own) = stock.prices.value_when_traded(&shares, moment) else { return Ok(None) };
        if self.unknown > usize::from(stock.value.is_none()) {
            return Ok(None);
        }
        let others = self.sums.entry(stock.currency).or_default().minus(stock.value.unwrap_or_default())?;
        let mut whole = Money::ZERO;
        for (currency, sum) in &self.sums {
            let sum = if *currency == stock.currency { others.plus(own)? } else { *sum };
            whole = whole.plus(self.money.on(sum, *currency, moment.0)?)?;
        }
        Ok(Some(whole))
    }

    /// Revalues the stocks whose value may have changed by now.
    fn revalue(&mut self, moment: EntryOrder) -> Result<(), TooLarge> {
        while let Some(Reverse((change, at))) =
            self.due.peek().copied().filter(|Reverse((change, _))| *change <= PriceChange::at(moment))
        {
            self.due.pop();
            let Some(stock) = self.stocks.get_mut(at).filter(|stock| stock.due == Some(change)) else { continue };
            let sum = self.sums.entry(stock.currency).or_default();
            match stock.value {
                Some(value) => *sum = sum.minus(value)?,
                None => self.unknown = self.unknown.saturating_sub(1),
            }
            stock.value = stock.prices.value_when_traded(&stock.shares, moment);
            match stock.value {
                Some(value) => *sum = sum.plus(value)?,
                None => self.unknown = self.unknown.saturating_add(1),
            }
            stock.due = if stock.shares.is_zero() { None } else { stock.prices.next_change(moment) };
            self.due.extend(stock.due.map(|due| Reverse((due, at))));
        }
        Ok(())
    }
}
