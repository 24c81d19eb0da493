//! The combined return of some holdings.

use std::collections::{BTreeMap, HashMap};

use super::figures::{FlowKind, Flows, ForeignReturn, ReturnFlow, Returns, ReturnsFilter, Scope};
use super::gathering::{Holding, ReceivedShares, Span, Step, StepKind};
use super::market_value::MarketValue;
use crate::app::AppError;
use crate::app::reports::report_currency::ReportCurrency;
use crate::domain::returns::{CashFlow, NoRate, TimeWeightedReturn, ValuedFlow, money_weighted, time_weighted};
use crate::domain::{Currency, Day, EntryOrder, Money, PortfolioName, PriceChange, Shares, TooLarge, TransactionId};

/// The return of some holdings in one currency, or converted to one; `None` if no money moved and
/// nothing was held.
pub(super) fn of_scope(
    scope: Scope,
    holdings: &[Span<'_>],
    filter: &ReturnsFilter,
    money: &ReportCurrency<'_>,
) -> Result<Option<Returns>, AppError> {
    let Some(first) = holdings.first() else { return Ok(None) };
    let mut scoped = Scoped::new(holdings, filter, money)?;
    let mut ends: HashMap<Ends<'_>, usize> = HashMap::new();
    for holding in holdings {
        for step in holding.steps.iter().filter(|step| step.kind.is_transfer()) {
            let ends = ends.entry(ends_of(holding, step)).or_default();
            *ends = ends.saturating_add(1);
        }
    }
    let mut steps: Vec<(usize, &Step)> = Vec::new();
    for (at, holding) in holdings.iter().enumerate() {
        steps.extend(holding.steps.iter().map(|step| (at, step)));
    }
    // The shares that a conversion yields come after those that it takes.
    steps.sort_by_key(|(_, step)| (step.order, step.kind == StepKind::ConvertIn));
    for (at, step) in steps {
        let ends = holdings.get(at).map(|holding| ends_of(holding, step)).and_then(|step| ends.get(&step));
        let is_moved_inside = step.kind.is_transfer() && ends == Some(&2);
        scoped.take(at, step, is_moved_inside)?;
    }
    scoped.close()?;
    // Holdings of unknown value may have no flow of a known amount, but are reported.
    if scoped.cash.is_empty() && scoped.unknown.is_none() {
        return Ok(None);
    }
    let foreign = scoped.foreign()?;
    Ok(Some(Returns { foreign, ..scoped.conclude(scope, money.of(first.holding.currency)) }))
}

/// What both ends of a transfer have in common: its id. A conversion has both ends in one portfolio.
type Ends<'h> = (TransactionId, Option<&'h PortfolioName>);

fn ends_of<'h>(span: &Span<'h>, step: &Step) -> Ends<'h> {
    (step.id, step.converted.as_ref().map(|_| &span.holding.portfolio))
}

/// The state of the calculation.
struct Scoped<'h> {
    holdings: &'h [Span<'h>],
    filter: &'h ReturnsFilter,
    money: &'h ReportCurrency<'h>,
    held_value: MarketValue<'h>,
    cash: Vec<CashFlow>,
    flows: Vec<ReturnFlow>,
    valued: Vec<ValuedFlow>,
    /// The first day on which a required value is unknown.
    unknown: Option<Day>,
    /// The sums that lack such a value.
    incomplete: Vec<Sum>,
    opening: Money,
    invested: Money,
    withdrawn: Money,
    dividends: Money,
    market_value: Money,
    /// The flows and holdings in the currencies of the stocks.
    own: BTreeMap<Currency, Money>,
    /// The day of the oldest price behind the value.
    price_date: Option<Day>,
    /// The day of the last trade.
    last_traded: Option<Day>,
    /// The first and the last day on which something was held.
    held: Option<(Day, Day)>,
}

/// A sum that may lack a value that is unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sum {
    Opening,
    /// What was paid in besides the opening value.
    PaidIn,
    Withdrawn,
    MarketValue,
}

impl<'h> Scoped<'h> {
    fn new(
        holdings: &'h [Span<'h>],
        filter: &'h ReturnsFilter,
        money: &'h ReportCurrency<'h>,
    ) -> Result<Self, AppError> {
        let mut scoped = Self {
            holdings,
            filter,
            money,
            held_value: MarketValue::new(holdings, money)?,
            cash: Vec::new(),
            flows: Vec::new(),
            valued: Vec::new(),
            unknown: None,
            incomplete: Vec::new(),
            opening: Money::ZERO,
            invested: Money::ZERO,
            withdrawn: Money::ZERO,
            dividends: Money::ZERO,
            market_value: Money::ZERO,
            own: BTreeMap::new(),
            price_date: None,
            last_traded: None,
            held: None,
        };
        if let Some(from) = filter.from {
            scoped.open(from)?;
        }
        Ok(scoped)
    }

    /// Holdings before the period count as paid in on its first day, at their value.
    fn open(&mut self, from: Day) -> Result<(), AppError> {
        self.note_held(from);
        let before = from.previous().unwrap_or(from);
        let (mut value, mut others) = (Money::ZERO, Vec::new());
        for Span { holding, opening, .. } in self.holdings.iter().filter(|span| !span.opening.is_zero()) {
            let Some(own) = holding.prices.market_value(opening, before) else {
                self.note_unknown(before, Sum::Opening);
                continue;
            };
            let counted = self.money.on(own, holding.currency, before)?;
            value = value.plus(counted)?;
            self.count_own(Money::ZERO.minus(own)?, holding.currency)?;
            others.push((counted, holding.symbol.clone()));
        }
        for (own, symbol) in others {
            let flow = CashFlow { on: from, amount: Money::ZERO.minus(own)? };
            self.report(ReturnFlow { flow, kind: FlowKind::OpeningValue, transaction_id: None, symbol });
        }
        (self.opening, self.invested) = (value, value);
        let flow = CashFlow { on: from, amount: Money::ZERO.minus(value)? };
        self.valued.push(ValuedFlow { flow, kept: Some(Money::ZERO) });
        Ok(())
    }

    fn take(&mut self, at: usize, step: &Step, is_moved_inside: bool) -> Result<(), AppError> {
        let Some(Span { holding, .. }) = self.holdings.get(at) else { return Ok(()) };
        let day = step.order.0;
        self.note_held(day);
        let before = self.held_value.shares(at);
        // The shares that were held both before and after, and the larger number of the two.
        let (kept, most) = if before < step.after { (&before, &step.after) } else { (&step.after, &before) };
        let shares = most.minus(kept)?;
        if let Some(converted) = &step.converted {
            return self.convert((at, holding), step, converted, is_moved_inside);
        }
        let moved = match step.kind {
            StepKind::Split | StepKind::AdjustCost | StepKind::ConvertIn | StepKind::ConvertOut => None,
            StepKind::Buy | StepKind::Sell | StepKind::Dividend | StepKind::ReturnOfCapital => Some(step.cash),
            StepKind::TransferIn | StepKind::TransferOut if is_moved_inside => None,
            StepKind::TransferIn | StepKind::TransferOut => {
                let value = holding.prices.value_when_traded(&shares, step.order);
                let is_in = step.kind == StepKind::TransferIn;
                if value.is_none() {
                    self.note_unknown(day, if is_in { Sum::PaidIn } else { Sum::Withdrawn });
                }
                value.map(|value| if is_in { Money::ZERO.minus(value) } else { Ok(value) }).transpose()?
            }
        };
        if let Some(own) = moved {
            self.count_own(own, holding.currency)?;
            let amount = self.money.moved(own, holding.currency, (step.id, day))?;
            self.count(step, amount)?;
            let kept = self.value_with(at, kept, step.order)?;
            let flow = CashFlow { on: day, amount };
            self.valued.push(ValuedFlow { flow, kept });
            let (kind, symbol) = (step.kind.flow(), holding.symbol.clone());
            self.report(ReturnFlow { flow, kind, transaction_id: Some(step.id), symbol });
        }
        self.held_value.hold(at, step.after.clone(), PriceChange::at(step.order))?;
        self.note_held(day);
        Ok(())
    }

    /// Adds one side of a conversion. Between two positions of the scope only cash moves, once both have
    /// their shares; otherwise the value of the new shares moves too.
    fn convert(
        &mut self,
        (at, holding): (usize, &Holding),
        step: &Step,
        converted: &ReceivedShares,
        is_moved_inside: bool,
    ) -> Result<(), AppError> {
        let day = step.order.0;
        let own = match (step.kind, is_moved_inside) {
            (StepKind::ConvertIn, true) => converted.cash.plus(step.cash)?,
            (_, true) => Money::ZERO,
            (StepKind::ConvertIn, false) => match converted.value {
                Some(value) => step.cash.minus(value)?,
                None => self.not_known_which_way(day),
            },
            (_, false) => match converted.value {
                Some(value) => step.cash.plus(value)?,
                None => self.not_known_which_way(day),
            },
        };
        self.held_value.hold(at, step.after.clone(), PriceChange::at(step.order))?;
        if !own.is_zero() {
            self.count_own(own, holding.currency)?;
            let amount = self.money.on(own, holding.currency, day)?;
            self.count(step, amount)?;
            // Shares that arrived were not there before.
            let kept = self.value_with(at, &step.after, step.order)?;
            let kept = kept.map(|kept| kept.plus(amount.min(Money::ZERO))).transpose()?;
            let flow = CashFlow { on: day, amount };
            self.valued.push(ValuedFlow { flow, kept });
            let (kind, symbol) = (step.kind.flow(), holding.symbol.clone());
            self.report(ReturnFlow { flow, kind, transaction_id: Some(step.id), symbol });
        }
        self.note_held(day);
        Ok(())
    }

    /// The value of all holdings, if one of them had `shares`. Once a value is unknown there is no
    /// time-weighted return, so no other value is computed.
    fn value_with(&mut self, at: usize, shares: &Shares, moment: EntryOrder) -> Result<Option<Money>, AppError> {
        if self.unknown.is_some() { Ok(None) } else { self.held_value.with(at, shares, moment) }
    }

    /// Extends the period in which something was held by a day, if anything is held.
    fn note_held(&mut self, day: Day) {
        if !self.held_value.is_empty() {
            self.held = Some((self.held.map_or(day, |(first, _)| first), day));
        }
    }

    fn note_unknown(&mut self, day: Day, of: Sum) {
        self.unknown = self.unknown.or(Some(day));
        if !self.incomplete.contains(&of) {
            self.incomplete.push(of);
        }
    }

    /// Shares of unknown value moved together with cash, so it is unknown whether more was paid in or out.
    fn not_known_which_way(&mut self, day: Day) -> Money {
        self.note_unknown(day, Sum::PaidIn);
        self.note_unknown(day, Sum::Withdrawn);
        Money::ZERO
    }

    fn count(&mut self, step: &Step, amount: Money) -> Result<(), TooLarge> {
        if matches!(step.kind, StepKind::Buy | StepKind::Sell) {
            self.last_traded = Some(step.order.0);
        }
        match step.kind {
            StepKind::Buy | StepKind::TransferIn => self.invested = self.invested.minus(amount)?,
            StepKind::ConvertIn | StepKind::ConvertOut if amount.is_negative() => {
                self.invested = self.invested.minus(amount)?;
            }
            StepKind::Sell
            | StepKind::TransferOut
            | StepKind::ReturnOfCapital
            | StepKind::ConvertIn
            | StepKind::ConvertOut => self.withdrawn = self.withdrawn.plus(amount)?,
            StepKind::Dividend => self.dividends = self.dividends.plus(amount)?,
            StepKind::Split | StepKind::AdjustCost => {}
        }
        Ok(())
    }

    fn report(&mut self, flow: ReturnFlow) {
        self.cash.push(flow.flow);
        if self.filter.flows == Flows::Listed {
            self.flows.push(flow);
        }
    }

    /// Holdings at the end count as paid out on the last day.
    fn close(&mut self) -> Result<(), AppError> {
        let to = self.filter.to;
        self.note_held(to);
        for span @ Span { holding, .. } in self.holdings {
            let shares = span.closing();
            if shares.is_zero() {
                continue;
            }
            let Some(value) = holding.prices.market_value(shares, to) else {
                self.note_unknown(to, Sum::MarketValue);
                continue;
            };
            self.count_own(value, holding.currency)?;
            let value = self.money.on(value, holding.currency, to)?;
            self.market_value = self.market_value.plus(value)?;
            let dates = [self.price_date, holding.prices.quote(to).map(|quote| quote.recorded.date)];
            self.price_date = dates.into_iter().flatten().min();
            let (flow, symbol) = (CashFlow { on: to, amount: value }, holding.symbol.clone());
            self.report(ReturnFlow { flow, kind: FlowKind::ClosingValue, transaction_id: None, symbol });
        }
        let flow = CashFlow { on: to, amount: self.market_value };
        self.valued.push(ValuedFlow { flow, kept: Some(Money::ZERO) });
        Ok(())
    }

    fn count_own(&mut self, amount: Money, currency: Currency) -> Result<(), TooLarge> {
        let own = self.own.entry(currency).or_default();
        *own = own.plus(amount)?;
        Ok(())
    }

    /// The parts of the gain due to the price and to the currency, in a report in one currency.
    fn foreign(&self) -> Result<Option<ForeignReturn>, AppError> {
        let Some(rates) = self.money.rates() else { return Ok(None) };
        let (mut price_gain, mut currencies) = (Money::ZERO, self.holdings.iter().map(|span| span.holding.currency));
        let is_known = self.unknown.is_none();
        for (currency, gain) in self.own.iter().filter(|_| is_known) {
            price_gain = price_gain.plus(self.money.on(*gain, *currency, self.filter.to)?)?;
        }
        let original_currency = currencies.next().filter(|first| currencies.all(|other| other == *first));
        let mut currency_return = None;
        if let Some((currency, (first, last))) = original_currency.zip(self.held) {
            let is_opening = self.filter.from == Some(first);
            let begin = if is_opening { first.previous().unwrap_or(first) } else { first };
            let found = rates.find(currency, begin)?.zip(rates.find(currency, last)?);
            currency_return = found.and_then(|(begin, end)| end.change_from(&begin));
        }
        let price_gain = is_known.then_some(price_gain);
        Ok(Some(ForeignReturn { original_currency, price_gain, currency_return }))
    }

    fn conclude(self, scope: Scope, currency: Currency) -> Returns {
        let from = self.filter.from.or_else(|| self.cash.iter().map(|flow| flow.on).min()).unwrap_or(self.filter.to);
        let (first, last) = self.held.unwrap_or((self.filter.to, self.filter.to));
        let (money_weighted, time_weighted) = match self.unknown {
            Some(on) => (Err(NoRate::UnknownValue { on }), Err(NoRate::UnknownValue { on })),
            None => (money_weighted(&self.cash), time_weighted(&self.valued, first..=last)),
        };
        let is_known = self.unknown.is_none();
        let has = |sum: Sum| !self.incomplete.contains(&sum);
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
            opening_value: has(Sum::Opening).then_some(self.opening),
            paid_in: self.invested.minus(self.opening).ok().filter(|_| has(Sum::PaidIn)),
            invested: (has(Sum::Opening) && has(Sum::PaidIn)).then_some(self.invested),
            withdrawn: has(Sum::Withdrawn).then_some(self.withdrawn),
            dividends: self.dividends,
            market_value: has(Sum::MarketValue).then_some(self.market_value),
            weight: None,
            price_date: self.price_date.filter(|_| has(Sum::MarketValue)),
            gain,
            money_weighted,
            time_weighted: total,
            time_weighted_annualized: annualized,
            last_traded: self.last_traded,
            held: self.held,
            left_out: Vec::new(),
            unknown: Vec::new(),
            versus: None,
            versus_unknown: None,
            versus_price_date: None,
            foreign: None,
            flows: self.flows,
        }
    }
}
