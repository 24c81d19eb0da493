//! Joins the rows of an order: its fills are one trade, which bears the fees in separate rows. If these are
//! in another currency, the rows of the order's exchange of currencies give the rate.

use super::CurrencyMark;
use super::activity::{Action, Activity, TradeDetails};
use super::fault::Fault;
use crate::domain::{Cash, Consideration, Currency, ExternalId, Fee, Figure, Money, Side};

/// The length of an id that is enough to recognize it: of a UUID, the first two groups.
const MOST_OF_AN_ID: usize = 12;

/// An amount of an order in a row of its own.
#[derive(Debug)]
pub(crate) struct OrderCash {
    pub(crate) line: u64,
    /// The order's id.
    pub(crate) id: ExternalId,
    pub(crate) purpose: Purpose,
    /// Positive for a fee that was charged.
    pub(crate) amount: Figure,
    pub(crate) currency: Option<CurrencyMark>,
}

/// What an amount of an order is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A fee.
    Fee,
    /// One side of an exchange of currencies.
    Exchange,
}

/// A trade of an order, with amounts in other currencies.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) trade: Box<Activity>,
    fees: Vec<(Figure, Currency)>,
    exchanged: Vec<(Figure, Currency)>,
}

/// Joins a fill with another of its order; false if the orders differ, or if the fills cannot be one trade.
pub(crate) fn join(known: &mut Activity, fill: &Activity) -> bool {
    let day = |it: &Activity| it.when.map(|when| when.day);
    let are_of_one = id(known).zip(id(fill)).is_some_and(|(own, other)| are_of_one_order(own, other))
        && (&known.security, known.currency, &known.portfolio) == (&fill.security, fill.currency, &fill.portfolio)
        && day(known) == day(fill);
    let (Action::Trade(trade), Action::Trade(other)) = (&known.action, &fill.action) else { return false };
    let joined = if are_of_one { both(trade, other) } else { None };
    let Some(joined) = joined else { return false };
    known.action = Action::Trade(joined);
    known.other_line.get_or_insert(fill.line);
    true
}

/// Whether two ids name the same order: they are equal, or one was cut off after a hyphen because its cell
/// continues on the next line of the file.
fn are_of_one_order(one: &ExternalId, other: &ExternalId) -> bool {
    let is_cut = |part: &ExternalId, whole: &ExternalId| {
        let ExternalId::Reference(part) = part else { return false };
        part.len() > MOST_OF_AN_ID && part.ends_with('-') && whole.to_string().starts_with(part.as_str())
    };
    one == other || is_cut(one, other) || is_cut(other, one)
}

/// Two fills as one trade. If their prices differ, their total counts.
fn both(one: &TradeDetails, other: &TradeDetails) -> Option<TradeDetails> {
    let is_alike = (one.side, one.reinvested, &one.lots, one.as_of)
        == (other.side, other.reinvested, &other.lots, other.as_of)
        && one.settled.is_some() == other.settled.is_some();
    if !is_alike {
        return None;
    }
    let quantity = Figure::from(one.quantity).plus(other.quantity.into()).ok()?.try_into().ok()?;
    let price = one.price.filter(|price| Some(*price) == other.price);
    let consideration = match (one.consideration, other.consideration) {
        (Consideration::Price(own), Consideration::Price(price)) if own == price => Consideration::Price(price),
        _ => Consideration::Amount(total(one)?.plus(total(other)?).ok()?),
    };
    let settled = match one.settled.zip(other.settled) {
        Some((own, cash)) => Some(own.plus(cash)?),
        None => None,
    };
    let charged = match (one.charged, other.charged) {
        (Some(own), Some(cash)) => Some(own.plus(cash)?),
        (own, cash) => own.or(cash),
    };
    let fee = match (one.fee, other.fee) {
        (Some(own), Some(fee)) => Some(added(own, fee.into())?),
        (own, fee) => own.or(fee),
    };
    Some(TradeDetails { quantity, consideration, price, fee, settled, charged, ..one.clone() })
}

fn total(trade: &TradeDetails) -> Option<Money> {
    match trade.consideration {
        Consideration::Amount(amount) => Some(amount),
        Consideration::Price(price) => price.times(trade.quantity).ok(),
    }
}

fn added(fee: Fee, more: Figure) -> Option<Fee> {
    Figure::from(fee).plus(more).ok()?.try_into().ok()
}

impl Order {
    pub(crate) fn new(trade: Box<Activity>) -> Self {
        Self { trade, fees: Vec::new(), exchanged: Vec::new() }
    }

    /// Adds an amount in a row of its own; false if it belongs to another order, or if its currency is unknown.
    pub(crate) fn take(&mut self, cash: &OrderCash) -> bool {
        if !id(&self.trade).is_some_and(|own| are_of_one_order(own, &cash.id)) {
            return false;
        }
        let is_in_own = self.trade.currency == cash.currency;
        match (cash.purpose, cash.currency) {
            (Purpose::Fee, _) if is_in_own => {
                let Action::Trade(trade) = &mut self.trade.action else { return false };
                let Some(sum) = added(trade.fee.unwrap_or(Fee::ZERO), cash.amount) else { return false };
                trade.fee = Some(sum);
                self.trade.other_line.get_or_insert(cash.line);
            }
            (Purpose::Fee, Some(CurrencyMark::Code(currency))) => {
                self.fees.push((cash.amount, currency));
                self.trade.other_line.get_or_insert(cash.line);
            }
            (Purpose::Exchange, Some(CurrencyMark::Code(currency))) => self.exchanged.push((cash.amount, currency)),
            (Purpose::Fee | Purpose::Exchange, _) => return false,
        }
        true
    }

    /// The trade with all of its fees. Fees in another currency are converted at the rate of the order's
    /// exchange; without one they stay as they were charged.
    ///
    /// # Errors
    /// If its fees are in several currencies that no exchange connects, or if a figure gets too large.
    pub(crate) fn complete(mut self) -> Result<Box<Activity>, Fault> {
        let Some((_, charged_in)) = self.fees.first().copied() else { return Ok(self.trade) };
        let own = self.trade.currency;
        let Action::Trade(trade) = &mut self.trade.action else { return Ok(self.trade) };
        let own_fee = trade.fee.filter(|fee| *fee != Fee::ZERO);
        let mut charged = Figure::ZERO;
        for (amount, currency) in &self.fees {
            if *currency != charged_in {
                return Err(in_several_currencies());
            }
            charged = charged.plus(*amount)?;
        }
        let fee = Cash { amount: Money::from(charged), currency: charged_in };
        let mut sides = [Figure::ZERO; 2];
        for (amount, currency) in &self.exchanged {
            let [own_side, other_side] = &mut sides;
            if *currency == charged_in {
                *other_side = other_side.plus(*amount)?;
            } else if own == Some(CurrencyMark::Code(*currency)) {
                *own_side = own_side.plus(*amount)?;
            }
        }
        let [own_side, other_side] = sides.map(Figure::abs);
        let converted = charged.times(own_side)?.over(other_side).transpose()?.filter(|_| !own_side.is_zero());
        let Some(converted) = converted else {
            if own_fee.is_some() || charged.is_negative() {
                return Err(in_several_currencies());
            }
            (trade.fee, trade.charged) = (None, Some(fee));
            return Ok(self.trade);
        };
        trade.fee = Some(added(own_fee.unwrap_or(Fee::ZERO), converted).ok_or_else(in_several_currencies)?);
        if own_fee.is_none() {
            trade.charged = Some(fee).filter(|_| !charged.is_zero());
            if total(trade).is_some_and(|total| Figure::from(total) == own_side) {
                let cash = match trade.side {
                    Side::Buy => other_side.plus(charged)?,
                    Side::Sell => other_side.minus(charged)?,
                };
                trade.settled = Some(Cash { amount: Money::from(cash), ..fee }).filter(|_| cash > Figure::ZERO);
            }
        }
        Ok(self.trade)
    }
}

fn in_several_currencies() -> Fault {
    Fault::new(
        "fees_in_currencies",
        "the fees of this order are in several currencies, and the file has no rate for them",
    )
    .with_hint("enter the trade by hand, with the fee in one currency")
}

fn id(activity: &Activity) -> Option<&ExternalId> {
    activity.id.as_ref().map(|reference| &reference.id)
}
