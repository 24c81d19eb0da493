//! Exchanges of currencies for dividends, from which the value of a dividend in the account's currency
//! follows.

use std::collections::VecDeque;

use super::CurrencyMark;
use super::activity::{Action, Activity};
use super::dates::When;
use crate::domain::{Cash, Currency, Day, Figure, Money, TimeOfDay};

/// How many amounts are remembered. Those that belong together are close to each other in the file.
const REMEMBERED: usize = 4_096;
/// The number of days within which a dividend is exchanged.
const DAYS: i64 = 7;

/// An amount in a currency at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    pub(crate) when: When,
    /// Negative if it was given.
    pub(crate) amount: Figure,
    pub(crate) currency: Currency,
}

impl Moved {
    fn at(&self) -> (Day, Option<TimeOfDay>) {
        (self.when.day, self.when.time)
    }
}

/// The sides of exchanges, and what dividends brought in.
#[derive(Debug, Default)]
pub(crate) struct Exchanges {
    sides: VecDeque<Moved>,
    paid: VecDeque<Moved>,
}

impl Exchanges {
    /// Adds one side of an exchange.
    pub(crate) fn note_side(&mut self, side: Moved) {
        remember(&mut self.sides, side);
    }

    /// Adds what a dividend, or the tax on one, brought in.
    pub(crate) fn note_paid(&mut self, activity: &Activity) {
        let Some(CurrencyMark::Code(currency)) = activity.currency else { return };
        let amount = if let Action::Dividend(dividend) = &activity.action {
            Figure::from(dividend.amount).minus(dividend.withholding.into()).ok()
        } else if let Action::Withholding { amount, .. } = &activity.action {
            Some(Figure::from(*amount).negated())
        } else {
            None
        };
        if let (Some(when), Some(amount)) = (activity.when, amount) {
            remember(&mut self.paid, Moved { when, amount, currency });
        }
    }

    /// Adds to a dividend what it was exchanged for, if the exchange was of exactly the dividends since the
    /// previous exchange.
    pub(crate) fn complete(&self, activity: &mut Activity) {
        let (Action::Dividend(dividend), Some(when), Some(CurrencyMark::Code(currency))) =
            (&mut activity.action, activity.when, activity.currency)
        else {
            return;
        };
        dividend.exchanged = self.exchange_of(when, currency);
    }

    fn exchange_of(&self, when: When, currency: Currency) -> Option<[Cash; 2]> {
        let is_given = |side: &&Moved| side.currency == currency && side.amount.is_negative();
        let given = self.sides.iter().filter(is_given);
        let at = given.clone().map(Moved::at).filter(|at| *at >= (when.day, when.time)).min()?;
        if at.0.days_since(when.day) > DAYS {
            return None;
        }
        let before = given.map(Moved::at).filter(|other| *other < at).max();
        let mut own = Figure::ZERO;
        let mut received: Option<(Figure, Currency)> = None;
        for side in self.sides.iter().filter(|side| side.at() == at) {
            if side.currency == currency {
                own = own.plus(side.amount).ok()?;
            } else {
                let (sum, of) = received.unwrap_or((Figure::ZERO, side.currency));
                received = Some((sum.plus(side.amount).ok()?, side.currency)).filter(|_| of == side.currency);
                received?;
            }
        }
        let mut paid = Figure::ZERO;
        for moved in self.paid.iter().filter(|paid| paid.currency == currency) {
            if moved.at() <= at && before.is_none_or(|before| moved.at() > before) {
                paid = paid.plus(moved.amount).ok()?;
            }
        }
        let (received, account) = received.filter(|(received, _)| *received > Figure::ZERO)?;
        let given = Cash { amount: Money::from(paid), currency };
        (paid == own.negated()).then_some([given, Cash { amount: Money::from(received), currency: account }])
    }
}

fn remember(amounts: &mut VecDeque<Moved>, moved: Moved) {
    amounts.push_back(moved);
    if amounts.len() > REMEMBERED {
        amounts.pop_front();
    }
}
