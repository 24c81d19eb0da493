//! The rows of an order: its fills are one trade, which bears the fees of separate rows.

use super::CurrencyMark;
use super::activity::{Action, Activity, TradeDetails};
use crate::domain::{Consideration, ExternalId, Fee, Figure, Money};

/// A fee in a row of its own.
#[derive(Debug)]
pub(crate) struct OrderFee {
    pub(crate) line: u64,
    /// The order's id.
    pub(crate) id: ExternalId,
    pub(crate) amount: Figure,
    pub(crate) currency: Option<CurrencyMark>,
}

/// Joins a fill with another of its order; false if the orders differ, or if the fills cannot be one trade.
pub(crate) fn join(known: &mut Activity, fill: &Activity) -> bool {
    let day = |it: &Activity| it.when.map(|when| when.day);
    let are_of_one = id(known).is_some_and(|own| id(fill) == Some(own))
        && (&known.security, known.currency, &known.portfolio) == (&fill.security, fill.currency, &fill.portfolio)
        && day(known) == day(fill);
    let (Action::Trade(trade), Action::Trade(other)) = (&known.action, &fill.action) else { return false };
    let joined = if are_of_one { both(trade, other) } else { None };
    let Some(joined) = joined else { return false };
    known.action = Action::Trade(joined);
    known.other_line.get_or_insert(fill.line);
    true
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

/// Adds a fee to a trade of its order; false if the order or the currency differs.
pub(crate) fn charge(known: &mut Activity, fee: &OrderFee) -> bool {
    let is_of_it = id(known) == Some(&fee.id) && known.currency == fee.currency;
    let Action::Trade(trade) = &mut known.action else { return false };
    let sum = if is_of_it { added(trade.fee.unwrap_or(Fee::ZERO), fee.amount) } else { None };
    let Some(sum) = sum else { return false };
    trade.fee = Some(sum);
    known.other_line.get_or_insert(fee.line);
    true
}

fn id(activity: &Activity) -> Option<&ExternalId> {
    activity.id.as_ref().map(|reference| &reference.id)
}
