//! A cost in the currency of a report.

use std::rc::Rc;

use crate::app::reports::conversion::Converter;
use crate::domain::{Currency, Day, FineAmount, FoundRate, Money};

/// A cost in the currency of a report.
#[derive(Debug, Clone, Default)]
pub(in crate::app::reports) struct Cost {
    pub(super) amount: FineAmount,
    /// The first day for which a rate is missing that the amount would need.
    pub(super) lacks: Option<Day>,
}

impl Cost {
    pub(super) fn plus(&self, other: &Self) -> Self {
        let lacks = self.lacks.into_iter().chain(other.lacks).min();
        Self { amount: self.amount.plus(&other.amount), lacks }
    }

    /// A part of it, which lacks the same rate.
    pub(super) fn of(&self, amount: FineAmount) -> Self {
        Self { amount, lacks: self.lacks }
    }

    /// Keeps a part of it, and returns the rest.
    pub(super) fn keep(&mut self, kept: FineAmount) -> Self {
        let kept = self.of(kept);
        let whole = std::mem::replace(self, kept);
        whole.of(whole.amount.minus(&self.amount))
    }

    /// The amount; if it lacks a rate, that is noted.
    pub(in crate::app::reports) fn known(&self, currency: Currency, rates: &Converter<'_>) -> FineAmount {
        if let Some(day) = self.lacks {
            rates.note_missing(currency, day);
        }
        self.amount.clone()
    }
}

/// The rate of an entry, if there is one, and its day.
pub(super) struct Pricing {
    pub(super) rate: Option<Rc<FoundRate>>,
    pub(super) day: Day,
}

impl Pricing {
    pub(super) fn of(&self, amount: Money) -> Cost {
        match &self.rate {
            _ if amount.is_zero() => Cost::default(),
            Some(rate) => Cost { amount: FineAmount::at(amount, rate), lacks: None },
            None => Cost { amount: FineAmount::default(), lacks: Some(self.day) },
        }
    }
}
