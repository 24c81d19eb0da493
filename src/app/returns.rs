//! What the money put in has earned.

mod gathering;
mod worth;

use std::collections::BTreeMap;

use crate::domain::returns::{CashFlow, NoRate, TimeWeightedReturn, ValuedFlow, money_weighted, time_weighted};
use crate::domain::{Currency, Day, Money, Percentage, PortfolioName, Symbol, TooLarge, TransactionId};
use crate::store::Book;

use gathering::{Holding, Order, Step, StepKind, gather};

/// Which returns to show.
#[derive(Debug, Clone)]
pub struct ReturnsFilter {
    /// Only of this portfolio.
    pub portfolio: Option<PortfolioName>,
    /// Only of this stock.
    pub symbol: Option<Symbol>,
    /// The first day of the period; that of the first money that moved unless given.
    pub from: Option<Day>,
    /// The last day of the period.
    pub to: Day,
}

/// What a return is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A stock in a portfolio.
    Position(PortfolioName, Symbol),
    /// All positions of a portfolio in one currency.
    Portfolio(PortfolioName),
    /// All positions in one currency.
    Total,
}

/// Money that moved, as a return counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFlow {
    /// The day and the amount: paid in if negative.
    pub flow: CashFlow,
    /// What moved it.
    pub kind: FlowKind,
    /// The transaction; none of a value at an end of the period.
    pub transaction_id: Option<TransactionId>,
    /// The stock.
    pub symbol: Symbol,
}

/// What moved money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowKind {
    /// What was held before the period counts as bought on its first day.
    OpeningValue,
    /// A purchase.
    Buy,
    /// A sale.
    Sell,
    /// A dividend, less what was withheld.
    Dividend,
    /// Shares came from another portfolio, at their value.
    TransferIn,
    /// Shares left for another portfolio, at their value.
    TransferOut,
    /// What is held at the end of the period counts as sold on its last day.
    ClosingValue,
}

/// A rate, or why there is none.
pub type Rate = Result<Percentage, NoRate>;

/// What the money put into something has earned over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    /// What it is of.
    pub scope: Scope,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The first day of the period.
    pub from: Day,
    /// The last day of the period.
    pub to: Day,
    /// What was held at the beginning, purchases and shares that came from elsewhere.
    pub invested: Option<Money>,
    /// Sales and shares that went elsewhere.
    pub withdrawn: Option<Money>,
    /// Dividends, less what was withheld.
    pub dividends: Money,
    /// The value at the end.
    pub market_value: Option<Money>,
    /// The day of the oldest price that it rests on; none where nothing is held.
    pub price_date: Option<Day>,
    /// Market value, withdrawn and dividends less invested.
    pub gain: Option<Money>,
    /// The annual rate at which the cash flows are worth nothing today.
    pub money_weighted: Rate,
    /// What the holding itself earned over the period.
    pub time_weighted: Rate,
    /// The same as an annual rate, over the time from the first day on which something was held to
    /// the last, gaps included.
    pub time_weighted_annualized: Rate,
    /// The cash flows.
    pub flows: Vec<ReturnFlow>,
}

impl Returns {
    /// Why rates are not known, each reason once; none if all are.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let mut reasons: Vec<String> = Vec::new();
        for rate in [&self.money_weighted, &self.time_weighted, &self.time_weighted_annualized] {
            if let Err(why) = rate
                && !reasons.contains(&why.to_string())
            {
                reasons.push(why.to_string());
            }
        }
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }
}

/// The returns of positions, of portfolios and in total, each in one currency; in this order.
///
/// # Errors
/// If the stock or portfolio is unknown, if a sum gets too large, or if the book cannot be read.
pub fn returns(book: &Book, filter: &ReturnsFilter) -> anyhow::Result<Vec<Returns>> {
    let holdings = gather(book, filter)?;
    let mut scopes: BTreeMap<(Scope, &str), Vec<&Holding>> = BTreeMap::new();
    for holding in holdings.iter().filter(|holding| holding.is_wanted) {
        let portfolio = holding.portfolio.clone();
        for scope in
            [Scope::Position(portfolio.clone(), holding.symbol.clone()), Scope::Portfolio(portfolio), Scope::Total]
        {
            scopes.entry((scope, holding.currency.code())).or_default().push(holding);
        }
    }
    let mut all = Vec::new();
    for ((scope, _), holdings) in scopes {
        all.extend(of_scope(scope, &holdings, filter)?);
    }
    Ok(all)
}

fn of_scope(scope: Scope, holdings: &[&Holding], filter: &ReturnsFilter) -> Result<Option<Returns>, TooLarge> {
    let Some(first) = holdings.first() else { return Ok(None) };
    let mut scoped = Scoped::new(holdings, filter)?;
    let is_inside = |id: TransactionId| {
        let ends = holdings.iter().flat_map(|holding| &holding.steps);
        ends.filter(|step| step.id == id && step.kind.is_transfer()).count() == 2
    };
    let mut steps: Vec<(usize, &Step)> = Vec::new();
    for (at, holding) in holdings.iter().enumerate() {
        steps.extend(holding.steps.iter().map(|step| (at, step)));
    }
    steps.sort_by_key(|(_, step)| step.order);
    for (at, step) in steps {
        let is_moved_inside = step.kind.is_transfer() && is_inside(step.id);
        scoped.take(at, step, is_moved_inside)?;
    }
    scoped.close()?;
    if scoped.flows.is_empty() {
        return Ok(None);
    }
    Ok(Some(scoped.conclude(scope, first.currency)))
}

/// A scope while its steps are taken.
struct Scoped<'h> {
    holdings: &'h [&'h Holding],
    filter: &'h ReturnsFilter,
    shares: Vec<crate::domain::Shares>,
    flows: Vec<ReturnFlow>,
    valued: Vec<ValuedFlow>,
    /// The first day on which a value that is needed is not known.
    unknown: Option<Day>,
    invested: Money,
    withdrawn: Money,
    dividends: Money,
    market_value: Money,
    /// The day of the oldest price of that value.
    price_date: Option<Day>,
    /// The first and the last day on which something was held.
    held: Option<(Day, Day)>,
}

impl<'h> Scoped<'h> {
    fn new(holdings: &'h [&'h Holding], filter: &'h ReturnsFilter) -> Result<Self, TooLarge> {
        let shares = holdings.iter().map(|holding| holding.opening).collect();
        let mut scoped = Self {
            holdings,
            filter,
            shares,
            flows: Vec::new(),
            valued: Vec::new(),
            unknown: None,
            invested: Money::ZERO,
            withdrawn: Money::ZERO,
            dividends: Money::ZERO,
            market_value: Money::ZERO,
            price_date: None,
            held: None,
        };
        if let Some(from) = filter.from {
            scoped.open(from)?;
        }
        Ok(scoped)
    }

    /// What was held before the period counts as paid in on its first day, at the value that it had.
    fn open(&mut self, from: Day) -> Result<(), TooLarge> {
        self.note_held(from);
        let before = from.previous().unwrap_or(from);
        let (mut value, mut others) = (Money::ZERO, Vec::new());
        for holding in self.holdings.iter().filter(|holding| !holding.opening.is_zero()) {
            match holding.worth.of(holding.opening, before) {
                Some(worth) => {
                    value = value.plus(worth)?;
                    others.push((worth, holding.symbol.clone()));
                }
                None => self.unknown = self.unknown.or(Some(before)),
            }
        }
        for (worth, symbol) in others {
            let flow = CashFlow { on: from, amount: Money::ZERO.minus(worth)? };
            self.flows.push(ReturnFlow { flow, kind: FlowKind::OpeningValue, transaction_id: None, symbol });
        }
        self.invested = value;
        let flow = CashFlow { on: from, amount: Money::ZERO.minus(value)? };
        self.valued.push(ValuedFlow { flow, kept: Some(Money::ZERO) });
        Ok(())
    }

    fn take(&mut self, at: usize, step: &Step, is_moved_inside: bool) -> Result<(), TooLarge> {
        let Some(holding) = self.holdings.get(at) else { return Ok(()) };
        let day = step.order.0;
        self.note_held(day);
        let moved = match step.kind {
            StepKind::Split => None,
            StepKind::Buy | StepKind::Sell | StepKind::Dividend => Some(step.cash),
            StepKind::TransferIn | StepKind::TransferOut if is_moved_inside => None,
            StepKind::TransferIn => match holding.worth.when_traded(step.moved, step.order) {
                Some(worth) => Some(Money::ZERO.minus(worth)?),
                None => self.not_known(day),
            },
            StepKind::TransferOut => match holding.worth.when_traded(step.moved, step.order) {
                Some(worth) => Some(worth),
                None => self.not_known(day),
            },
        };
        if let Some(amount) = moved {
            self.count(step, amount)?;
            let kept = self.value_beside(at, step.order)?;
            let own = holding.worth.when_traded(step.kept, step.order);
            let kept = kept.zip(own).map(|(others, own)| others.plus(own)).transpose()?;
            let flow = CashFlow { on: day, amount };
            self.valued.push(ValuedFlow { flow, kept });
            let (kind, symbol) = (step.kind.flow(), holding.symbol.clone());
            self.flows.push(ReturnFlow { flow, kind, transaction_id: Some(step.id), symbol });
        }
        if let Some(shares) = self.shares.get_mut(at) {
            *shares = step.after;
        }
        self.note_held(day);
        Ok(())
    }

    /// Takes note that a day is one on which something is held, if something is.
    fn note_held(&mut self, day: Day) {
        if self.shares.iter().any(|shares| !shares.is_zero()) {
            self.held = Some((self.held.map_or(day, |(first, _)| first), day));
        }
    }

    fn not_known(&mut self, day: Day) -> Option<Money> {
        self.unknown = self.unknown.or(Some(day));
        None
    }

    fn count(&mut self, step: &Step, amount: Money) -> Result<(), TooLarge> {
        match step.kind {
            StepKind::Buy | StepKind::TransferIn => self.invested = self.invested.minus(amount)?,
            StepKind::Sell | StepKind::TransferOut => self.withdrawn = self.withdrawn.plus(amount)?,
            StepKind::Dividend => self.dividends = self.dividends.plus(amount)?,
            StepKind::Split => {}
        }
        Ok(())
    }

    /// What the other holdings are worth at a moment.
    fn value_beside(&self, at: usize, moment: Order) -> Result<Option<Money>, TooLarge> {
        let mut sum = Money::ZERO;
        for (n, (holding, shares)) in self.holdings.iter().zip(&self.shares).enumerate() {
            if n == at || shares.is_zero() {
                continue;
            }
            let Some(worth) = holding.worth.when_traded(*shares, moment) else { return Ok(None) };
            sum = sum.plus(worth)?;
        }
        Ok(Some(sum))
    }

    /// What is held at the end counts as taken out on the last day.
    fn close(&mut self) -> Result<(), TooLarge> {
        let to = self.filter.to;
        self.note_held(to);
        for (holding, shares) in self.holdings.iter().zip(&self.shares) {
            if shares.is_zero() {
                continue;
            }
            let Some(worth) = holding.worth.of(*shares, to) else {
                self.unknown = self.unknown.or(Some(to));
                continue;
            };
            self.market_value = self.market_value.plus(worth)?;
            let dates = [self.price_date, holding.worth.price_of(to).map(|price| price.date)];
            self.price_date = dates.into_iter().flatten().min();
            let (flow, symbol) = (CashFlow { on: to, amount: worth }, holding.symbol.clone());
            self.flows.push(ReturnFlow { flow, kind: FlowKind::ClosingValue, transaction_id: None, symbol });
        }
        let flow = CashFlow { on: to, amount: self.market_value };
        self.valued.push(ValuedFlow { flow, kept: Some(Money::ZERO) });
        Ok(())
    }

    fn conclude(self, scope: Scope, currency: Currency) -> Returns {
        let cash: Vec<CashFlow> = self.flows.iter().map(|flow| flow.flow).collect();
        let from = self.filter.from.or_else(|| cash.iter().map(|flow| flow.on).min()).unwrap_or(self.filter.to);
        let (first, last) = self.held.unwrap_or((self.filter.to, self.filter.to));
        let (money_weighted, time_weighted) = match self.unknown {
            Some(on) => (Err(NoRate::UnknownValue { on }), Err(NoRate::UnknownValue { on })),
            None => (money_weighted(&cash), time_weighted(&self.valued, first..=last)),
        };
        let is_known = self.unknown.is_none();
        let gain = self.market_value.plus(self.withdrawn).and_then(|sum| sum.plus(self.dividends));
        let gain = gain.and_then(|sum| sum.minus(self.invested)).ok().filter(|_| is_known);
        let (total, annualized) = match time_weighted {
            Ok(TimeWeightedReturn { total, annualized }) => (Ok(total), annualized),
            Err(why) => (Err(why.clone()), Err(why)),
        };
        Returns {
            scope,
            currency,
            from,
            to: self.filter.to,
            invested: is_known.then_some(self.invested),
            withdrawn: is_known.then_some(self.withdrawn),
            dividends: self.dividends,
            market_value: is_known.then_some(self.market_value),
            price_date: self.price_date.filter(|_| is_known),
            gain,
            money_weighted,
            time_weighted: total,
            time_weighted_annualized: annualized,
            flows: self.flows,
        }
    }
}
