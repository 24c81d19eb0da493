//! Collects the money that moved and the shares that were held, position by position.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;
use std::sync::Arc;

use super::figures::{FlowKind, ReturnsFilter};
use crate::app::AppError;
use crate::app::reports::read_model::ReadModel;
use crate::domain::{
    Conversion, CostAdjustmentKind, Currency, Day, Entry, EntryKind, EntryOrder, Fee, Money, PortfolioName, Position,
    PositionKey, Price, PriceHistory, Shares, SplitRatio, Stock, StockId, Symbol, TradePrice, TransactionId,
};
use crate::store::Reader;

/// A position over a period.
pub(super) struct Holding {
    pub(super) portfolio: PortfolioName,
    stock: StockId,
    pub(super) symbol: Symbol,
    pub(super) currency: Currency,
    pub(super) prices: Arc<PriceHistory>,
    /// Whether it was requested; others may have given it lots.
    pub(super) is_wanted: bool,
    /// Shares held before the period.
    pub(super) opening: Shares,
    /// What happened in the period, in order.
    pub(super) steps: Vec<Step>,
}

/// A position in a part of that period, if something was held or happened in it.
#[derive(Clone, Copy)]
pub(super) struct Span<'h> {
    pub(super) holding: &'h Holding,
    /// Shares held before.
    pub(super) opening: &'h Shares,
    /// What happened, in order.
    pub(super) steps: &'h [Step],
}

/// Something that happened to a position.
pub(super) struct Step {
    pub(super) id: TransactionId,
    pub(super) order: EntryOrder,
    pub(super) kind: StepKind,
    /// Cash that moved: negative if paid in.
    pub(super) cash: Money,
    /// The shares of another stock, for an exchange or a spin-off.
    pub(super) converted: Option<Box<ReceivedShares>>,
    /// Shares held after it.
    pub(super) after: Shares,
}

/// Shares of another stock that lots yielded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReceivedShares {
    new_stock: StockId,
    shares: Shares,
    /// Their value less what was paid for them; set once the prices of all stocks are known.
    pub(super) value: Option<Money>,
    /// The amount paid for them, as when rights are exercised.
    paid: Money,
    /// The cash received with them for the old shares.
    pub(super) cash: Money,
}

impl Step {
    /// Whether the value of everything that it moves from or to elsewhere is known, given the shares held
    /// before it.
    fn is_valued(&self, held: &Shares, prices: &PriceHistory) -> bool {
        if let Some(converted) = &self.converted {
            return converted.value.is_some();
        }
        let [less, more] = if *held < self.after { [held, &self.after] } else { [&self.after, held] };
        let is_known = |moved: &Shares| prices.value_when_traded(moved, self.order).is_some();
        !self.kind.is_transfer() || more.minus(less).is_ok_and(|moved| is_known(&moved))
    }
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
    ReturnOfCapital,
    ConvertOut,
    ConvertIn,
    AdjustCost,
}

impl StepKind {
    /// Whether it may move something between this position and another.
    pub(super) fn is_transfer(self) -> bool {
        matches!(self, Self::TransferIn | Self::TransferOut | Self::ConvertIn | Self::ConvertOut)
    }

    pub(super) fn flow(self) -> FlowKind {
        match self {
            Self::Buy => FlowKind::Buy,
            Self::Sell => FlowKind::Sell,
            Self::Dividend => FlowKind::Dividend,
            Self::TransferIn => FlowKind::TransferIn,
            Self::TransferOut | Self::Split | Self::AdjustCost => FlowKind::TransferOut,
            Self::ReturnOfCapital => FlowKind::ReturnOfCapital,
            Self::ConvertOut | Self::ConvertIn => FlowKind::Conversion,
        }
    }
}

/// The positions that match a filter, and those linked with them.
pub(super) fn gather(reader: Reader<'_>, filter: &ReturnsFilter) -> Result<Vec<Holding>, AppError> {
    let model = ReadModel::new(reader, Some(filter.to), None)?;
    model.know(&filter.portfolios)?;
    let mut holdings = Vec::new();
    for stock in model.stocks(filter.symbol.as_ref())? {
        holdings.extend(gather_stock(model, &stock, filter)?);
    }
    value_converted(model, &mut holdings)?;
    Ok(holdings)
}

/// Values the shares that conversions yielded, at the prices of their stock.
fn value_converted(model: ReadModel<'_>, holdings: &mut [Holding]) -> Result<(), AppError> {
    let mut prices: HashMap<StockId, Arc<PriceHistory>> =
        holdings.iter().map(|holding| (holding.stock, Arc::clone(&holding.prices))).collect();
    for step in holdings.iter_mut().flat_map(|holding| &mut holding.steps) {
        let Some(converted) = step.converted.as_mut().filter(|it| it.value.is_none()) else { continue };
        let prices = match prices.entry(converted.new_stock) {
            MapEntry::Occupied(known) => known.into_mut(),
            MapEntry::Vacant(open) => open.insert(Arc::new(model.price_history_of(converted.new_stock)?)),
        };
        let value = prices.value_when_traded(&converted.shares, step.order);
        converted.value = value.map(|value| value.minus(converted.paid)).transpose()?;
    }
    Ok(())
}

fn gather_stock(
    model: ReadModel<'_>,
    stock: &Stock,
    &ReturnsFilter { ref portfolios, from, .. }: &ReturnsFilter,
) -> Result<Vec<Holding>, AppError> {
    let entries = model.entries(stock, portfolios)?;
    let is_wanted = entries.asked_for();
    let mut fees = HashMap::new();
    for position in entries.blanks.iter().filter(|position| position.key().stock_id == stock.id()) {
        fees.extend(model.fees(position.key().portfolio_id, stock)?);
    }
    let mut trades = Vec::new();
    let mut holdings: Vec<Option<Holding>> = Vec::with_capacity(entries.blanks.len());
    for key in entries.blanks.iter().map(Position::key) {
        holdings.push((key.stock_id == stock.id()).then(|| Holding {
            portfolio: key.portfolio.clone(),
            stock: key.stock_id,
            symbol: key.symbol.clone(),
            currency: key.currency,
            prices: Arc::default(),
            is_wanted: is_wanted(key),
            opening: Shares::ZERO,
            steps: Vec::new(),
        }));
    }
    let mut before: HashMap<PositionKey, Shares> = HashMap::new();
    entries.positions_watched(&mut |entry, positions| {
        if entry.stock == stock.id() {
            trades.extend(trade_price(entry, &fees).map(|price| (entry.order(), price)));
        }
        for (holding, position) in holdings.iter_mut().zip(positions).filter(|(_, it)| it.key().is_changed_by(entry)) {
            let Some(holding) = holding else { continue };
            let after = position.totals().quantity.clone();
            if let EntryKind::Conversion(conversion) = &entry.kind {
                let portfolio = holding.portfolio.clone();
                let is_old = |key: &&PositionKey| key.portfolio == portfolio && key.stock_id == entry.stock;
                let old = before.keys().find(is_old).and_then(|key| before.get(key)).cloned().unwrap_or_default();
                let prices = conversion_prices(conversion, &old, (entry, stock.id()));
                trades.extend(prices.map(|price| (entry.order(), price)));
                holding.convert(entry, conversion, &old, (after, from));
            } else {
                holding.follow(entry, after, from);
            }
        }
        for position in positions.iter().filter(|position| position.key().is_changed_by(entry)) {
            before.insert(position.key().clone(), position.totals().quantity.clone());
        }
    })?;
    // Of what was taken back, or had ended before the period, there is nothing to report.
    let is_any = |holding: &Holding| !holding.opening.is_zero() || !holding.steps.is_empty();
    let mut holdings: Vec<Holding> = holdings.into_iter().flatten().filter(is_any).collect();
    let prices = Arc::new(model.price_history(stock, trades)?);
    for holding in &mut holdings {
        holding.prices = Arc::clone(&prices);
        holding.steps.shrink_to_fit();
    }
    Ok(holdings)
}

/// The price of the stock according to an entry; `None` unless shares changed hands for something.
fn trade_price(entry: &Entry, fees: &HashMap<TransactionId, Fee>) -> Option<TradePrice> {
    let fee = fees.get(&entry.id).copied().unwrap_or(Fee::ZERO).into();
    let (amount, shares): (_, Shares) = match &entry.kind {
        EntryKind::Purchase { cost_basis, shares, .. } => (cost_basis.minus(fee), shares.clone()),
        EntryKind::Sale { proceeds, quantity, .. } => (proceeds.plus(fee), (*quantity).into()),
        EntryKind::Dividend { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::TransferOut { .. }
        | EntryKind::Split(_)
        | EntryKind::Conversion(_)
        | EntryKind::CostAdjustment { .. } => return None,
    };
    let amount = amount.ok().filter(|amount| !amount.is_zero())?;
    Some(TradePrice { amount, shares })
}

/// The price of a stock according to a conversion that states the value of its shares.
fn conversion_prices(conversion: &Conversion, old: &Shares, (entry, of): (&Entry, StockId)) -> Option<TradePrice> {
    let terms = &conversion.terms;
    let (price, shares) = if of == entry.stock {
        (terms.old_value?, old.clone())
    } else {
        (terms.new_value?, old.split(&terms.ratio.ratio()).ok()?)
    };
    let amount = price.value(&shares, &SplitRatio::NONE).ok().filter(|amount| !amount.is_zero())?;
    Some(TradePrice { amount, shares })
}

impl Span<'_> {
    /// The shares held at the end.
    pub(super) fn closing(&self) -> &Shares {
        self.steps.last().map_or(self.opening, |step| &step.after)
    }

    /// The first day on which a value is unknown that the return of this position alone would need.
    pub(super) fn unknown_on(&self, filter: &ReturnsFilter) -> Option<Day> {
        let prices = &self.holding.prices;
        let is_unknown = |shares: &Shares, day: &Day| prices.market_value(shares, *day).is_none();
        let before = filter.from.map(|from| from.previous().unwrap_or(from));
        let opening = before.filter(|before| is_unknown(self.opening, before));
        let held = std::iter::once(self.opening).chain(self.steps.iter().map(|step| &step.after));
        let mut moved = held.zip(self.steps).filter(|(held, step)| !step.is_valued(held, prices));
        let moved = || moved.next().map(|(_, step)| step.order.0);
        opening.or_else(moved).or_else(|| Some(filter.to).filter(|to| is_unknown(self.closing(), to)))
    }
}

impl Holding {
    /// The position over the whole period.
    pub(super) fn whole(&self) -> Span<'_> {
        Span { holding: self, opening: &self.opening, steps: &self.steps }
    }

    /// The position during a part of the period.
    pub(super) fn during(&self, from: Day, to: Day) -> Option<Span<'_>> {
        let before = self.steps.partition_point(|step| step.order.0 < from);
        let until = self.steps.partition_point(|step| step.order.0 <= to);
        let opening = before.checked_sub(1).and_then(|last| self.steps.get(last)).map(|step| &step.after);
        let opening = opening.unwrap_or(&self.opening);
        if opening.is_zero() && before == until {
            return None;
        }
        let steps = self.steps.get(before..until).unwrap_or_default();
        Some(Span { holding: self, opening, steps })
    }

    /// Adds a conversion of `old` shares.
    fn convert(&mut self, entry: &Entry, conversion: &Conversion, old: &Shares, (after, from): (Shares, Option<Day>)) {
        if from.is_some_and(|from| entry.date < from) {
            self.opening = after;
            return;
        }
        if old.is_zero() {
            return;
        }
        let terms = &conversion.terms;
        let amount = |price: Option<Price>, shares: &Shares| {
            price.map(|price| price.value(shares, &SplitRatio::NONE).unwrap_or_default()).unwrap_or_default()
        };
        let shares = old.split(&terms.ratio.ratio()).unwrap_or_default();
        let given = amount(terms.cash, old);
        let paid = amount(terms.pay, &shares);
        let (kind, cash) = if self.stock == entry.stock {
            (StepKind::ConvertOut, given)
        } else {
            (StepKind::ConvertIn, terms.cash_in_lieu.unwrap_or_default().minus(paid).unwrap_or_default())
        };
        let value = terms.new_value.map(|value| amount(Some(value), &shares).minus(paid).unwrap_or_default());
        let received = ReceivedShares { new_stock: conversion.new_stock, shares, value, paid, cash: given };
        let converted = Some(Box::new(received));
        self.steps.push(Step { id: entry.id, order: entry.order(), kind, cash, converted, after });
    }

    fn follow(&mut self, entry: &Entry, after: Shares, from: Option<Day>) {
        if from.is_some_and(|from| entry.date < from) {
            self.opening = after;
            return;
        }
        // A split of no shares is nothing to begin with.
        if matches!(entry.kind, EntryKind::Split(_)) && after.is_zero() {
            return;
        }
        let negated = |amount: Money| Money::ZERO.minus(amount).unwrap_or_default();
        let (kind, cash) = match &entry.kind {
            EntryKind::Purchase { cost_basis, .. } => (StepKind::Buy, negated(*cost_basis)),
            EntryKind::Sale { proceeds, .. } => (StepKind::Sell, *proceeds),
            EntryKind::Dividend { net, .. } => (StepKind::Dividend, *net),
            EntryKind::TransferIn { .. } => (StepKind::TransferIn, Money::ZERO),
            EntryKind::TransferOut { .. } => (StepKind::TransferOut, Money::ZERO),
            EntryKind::Split(_) | EntryKind::Conversion(_) => (StepKind::Split, Money::ZERO),
            EntryKind::CostAdjustment { kind: CostAdjustmentKind::ReturnOfCapital, amount, .. } => {
                (StepKind::ReturnOfCapital, *amount)
            }
            // An adjustment of the cost moves no cash.
            EntryKind::CostAdjustment { kind: CostAdjustmentKind::Addition, .. } => (StepKind::AdjustCost, Money::ZERO),
        };
        self.steps.push(Step { id: entry.id, order: entry.order(), kind, cash, converted: None, after });
    }
}
