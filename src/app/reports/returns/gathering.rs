//! The money that moved and the shares that were held, position by position.

use std::collections::HashMap;
use std::sync::Arc;

use super::figures::{FlowKind, ReturnsFilter};
use crate::app::AppError;
use crate::app::reports::read_model::ReadModel;
use crate::domain::{
    Currency, Day, Entry, EntryKind, EntryOrder, Fee, Money, Portfolio, PortfolioId, PortfolioName, Position,
    PriceHistory, Shares, Stock, Symbol, TradePrice, TransactionId,
};
use crate::store::Reader;

/// A position over a period.
pub(super) struct Holding {
    pub(super) portfolio: PortfolioName,
    pub(super) symbol: Symbol,
    pub(super) currency: Currency,
    pub(super) prices: Arc<PriceHistory>,
    /// Whether it was asked for; another may have given it lots.
    pub(super) is_wanted: bool,
    /// Shares held before the period.
    pub(super) opening: Shares,
    /// What happened in the period, in order.
    pub(super) steps: Vec<Step>,
}

/// Something that happened to a position.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) id: TransactionId,
    pub(super) order: EntryOrder,
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
pub(super) fn gather(reader: Reader<'_>, filter: &ReturnsFilter) -> Result<Vec<Holding>, AppError> {
    let model = ReadModel::new(reader, Some(filter.to), None)?;
    let portfolio = filter.portfolio.as_ref().map(|name| model.portfolio(name)).transpose()?;
    let mut holdings = Vec::new();
    for stock in model.stocks(filter.symbol.as_ref())? {
        holdings.extend(gather_stock(model, &stock, portfolio.as_ref(), filter.from)?);
    }
    Ok(holdings)
}

fn gather_stock(
    model: ReadModel<'_>,
    stock: &Stock,
    portfolio: Option<&Portfolio>,
    from: Option<Day>,
) -> Result<Vec<Holding>, AppError> {
    let entries = model.entries(stock, portfolio)?;
    let is_wanted = entries.asked_for();
    let mut fees = HashMap::new();
    for position in &entries.blanks {
        fees.extend(model.fees(position.key().portfolio_id, stock)?);
    }
    let mut trades = Vec::new();
    let mut holdings: Vec<Holding> = Vec::with_capacity(entries.blanks.len());
    let mut places: HashMap<PortfolioId, usize> = HashMap::new();
    for key in entries.blanks.iter().map(Position::key) {
        places.insert(key.portfolio_id, holdings.len());
        holdings.push(Holding {
            portfolio: key.portfolio.clone(),
            symbol: key.symbol.clone(),
            currency: key.currency,
            prices: Arc::default(),
            is_wanted: is_wanted(key.portfolio_id),
            opening: Shares::ZERO,
            steps: Vec::new(),
        });
    }
    entries.positions_watched(&mut |entry, positions| {
        trades.extend(trade_price(entry, &fees).map(|price| (entry.order(), price)));
        let mut follow = |at: usize| {
            if let Some((holding, position)) = holdings.get_mut(at).zip(positions.get(at)) {
                holding.follow(entry, position.totals().quantity.clone(), from);
            }
        };
        match entry.portfolio() {
            Some(portfolio) => places.get(&portfolio).copied().into_iter().for_each(follow),
            None => (0..positions.len()).for_each(&mut follow),
        }
    })?;
    let prices = Arc::new(model.price_history(stock, trades)?);
    for holding in &mut holdings {
        holding.prices = Arc::clone(&prices);
    }
    Ok(holdings)
}

/// What an entry tells of the stock's price: nothing unless shares changed hands for something.
fn trade_price(entry: &Entry, fees: &HashMap<TransactionId, Fee>) -> Option<TradePrice> {
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
    Some(TradePrice { amount, shares })
}

impl Holding {
    /// The position over the days from one to another.
    pub(super) fn during(&self, from: Day, to: Day) -> Self {
        let before = self.steps.partition_point(|step| step.order.0 < from);
        let until = self.steps.partition_point(|step| step.order.0 <= to);
        let opening = before.checked_sub(1).and_then(|last| self.steps.get(last)).map(|step| &step.after);
        Self {
            portfolio: self.portfolio.clone(),
            symbol: self.symbol.clone(),
            currency: self.currency,
            prices: Arc::clone(&self.prices),
            is_wanted: self.is_wanted,
            opening: opening.unwrap_or(&self.opening).clone(),
            steps: self.steps.get(before..until).unwrap_or_default().to_vec(),
        }
    }

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
