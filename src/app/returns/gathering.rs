//! The money that moved and the shares that were held, position by position.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::ReturnsFilter;
use super::worth::{Deal, Order, Worth};
use crate::app::ledger::Ledger;
use crate::app::{known_portfolio, known_stock};
use crate::domain::{
    Currency, Day, Entry, EntryKind, Fee, Money, Portfolio, PortfolioId, PortfolioName, Sequence, Shares, Stock,
    Symbol, TransactionId, rebuild_watched,
};
use crate::store::Book;

use super::FlowKind;

/// A position over a period.
pub(super) struct Holding {
    pub(super) portfolio: PortfolioName,
    pub(super) symbol: Symbol,
    pub(super) currency: Currency,
    pub(super) worth: Arc<Worth>,
    /// Whether it was asked for; another may have given it lots.
    pub(super) is_wanted: bool,
    /// Shares held before the period.
    pub(super) opening: Shares,
    /// What happened in the period, in order.
    pub(super) steps: Vec<Step>,
}

/// Something that happened to a position.
pub(super) struct Step {
    pub(super) id: TransactionId,
    pub(super) order: Order,
    pub(super) kind: StepKind,
    /// Cash that moved: paid in if negative.
    pub(super) cash: Money,
    /// Shares held after it.
    pub(super) after: Shares,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKind {
    Buy,
    Sell,
    Dividend,
    TransferIn,
    TransferOut,
    Split,
}

impl StepKind {
    pub(super) fn is_transfer(self) -> bool {
        matches!(self, Self::TransferIn | Self::TransferOut)
    }

    pub(super) fn flow(self) -> FlowKind {
        match self {
            Self::Buy => FlowKind::Buy,
            Self::Sell => FlowKind::Sell,
            Self::Dividend => FlowKind::Dividend,
            Self::TransferIn => FlowKind::TransferIn,
            Self::TransferOut | Self::Split => FlowKind::TransferOut,
        }
    }
}

/// The positions that a filter asks for.
pub(super) fn gather(book: &Book, filter: &ReturnsFilter) -> anyhow::Result<Vec<Holding>> {
    let wanted = filter.portfolio.as_ref().map(|name| known_portfolio(book, name)).transpose()?;
    let stocks = match &filter.symbol {
        Some(symbol) => vec![known_stock(book, symbol)?],
        None => book.facts(Sequence::MAX).stocks()?,
    };
    let mut holdings = Vec::new();
    for stock in stocks {
        let mut seeds = book.portfolios_with(&stock)?;
        seeds.retain(|portfolio| wanted.as_ref().is_none_or(|only| only.id() == portfolio.id()));
        holdings.extend(gather_stock(book, &stock, &seeds, filter)?);
    }
    Ok(holdings)
}

fn gather_stock(
    book: &Book,
    stock: &Stock,
    seeds: &[Portfolio],
    filter: &ReturnsFilter,
) -> anyhow::Result<Vec<Holding>> {
    let facts = book.facts(Sequence::MAX);
    let ledger = Ledger::gather(facts, stock, seeds)?;
    let mut fees = HashMap::new();
    for portfolio in &ledger.portfolios {
        fees.extend(facts.fees(portfolio.id(), stock)?);
    }
    let wanted: HashSet<PortfolioId> = seeds.iter().map(Portfolio::id).collect();
    let mut deals = Vec::new();
    let mut positions = ledger.blanks(stock);
    let mut holdings: Vec<Holding> = ledger
        .portfolios
        .iter()
        .map(|portfolio| Holding {
            portfolio: portfolio.name().clone(),
            symbol: stock.profile().symbol.clone(),
            currency: stock.profile().currency,
            worth: Arc::default(),
            is_wanted: wanted.contains(&portfolio.id()),
            opening: Shares::ZERO,
            steps: Vec::new(),
        })
        .collect();
    let places: HashMap<PortfolioId, usize> =
        ledger.portfolios.iter().enumerate().map(|(at, portfolio)| (portfolio.id(), at)).collect();
    let entries = ledger.entries.into_iter().filter(|entry| entry.date <= filter.to).collect();
    rebuild_watched(&mut positions, entries, &mut |entry, positions| {
        deals.extend(deal(entry, &fees).map(|deal| (entry.order(), deal)));
        let mut follow = |at: usize| {
            if let Some((holding, position)) = holdings.get_mut(at).zip(positions.get(at)) {
                holding.follow(entry, position.totals().quantity.clone(), filter.from);
            }
        };
        match entry.portfolio() {
            Some(portfolio) => places.get(&portfolio).copied().into_iter().for_each(follow),
            None => (0..positions.len()).for_each(&mut follow),
        }
    })?;
    let worth = Worth::new(&book.recorded_prices(stock)?, deals.into_iter(), facts.split_history(stock)?);
    let worth = Arc::new(worth);
    for holding in &mut holdings {
        holding.worth = Arc::clone(&worth);
    }
    Ok(holdings)
}

/// What an entry tells of the stock's price: nothing unless shares changed hands for something.
fn deal(entry: &Entry, fees: &HashMap<TransactionId, Fee>) -> Option<Deal> {
    let fee = fees.get(&entry.id).copied().unwrap_or(Fee::ZERO).into();
    let (amount, shares): (_, Shares) = match &entry.kind {
        EntryKind::Purchase { cost_basis, shares, .. } => (cost_basis.minus(fee), shares.clone()),
        EntryKind::Sale { proceeds, quantity, .. } => (proceeds.plus(fee), (*quantity).into()),
        EntryKind::Dividend { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::TransferOut { .. }
        | EntryKind::Split(_) => return None,
    };
    let amount = amount.ok().filter(|amount| !amount.is_zero())?;
    Some(Deal { amount, shares })
}

impl Holding {
    fn follow(&mut self, entry: &Entry, after: Shares, from: Option<Day>) {
        if from.is_some_and(|from| entry.date < from) {
            self.opening = after;
            return;
        }
        let negated = |amount: Money| Money::ZERO.minus(amount).unwrap_or_default();
        let (kind, cash) = match &entry.kind {
            EntryKind::Purchase { cost_basis, .. } => (StepKind::Buy, negated(*cost_basis)),
            EntryKind::Sale { proceeds, .. } => (StepKind::Sell, *proceeds),
            EntryKind::Dividend { net, .. } => (StepKind::Dividend, *net),
            EntryKind::TransferIn { .. } => (StepKind::TransferIn, Money::ZERO),
            EntryKind::TransferOut { .. } => (StepKind::TransferOut, Money::ZERO),
            EntryKind::Split(_) => (StepKind::Split, Money::ZERO),
        };
        self.steps.push(Step { id: entry.id, order: entry.order(), kind, cash, after });
    }
}
