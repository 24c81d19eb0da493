//! Totals of holdings.

use std::collections::BTreeMap;

use crate::app::SummaryRow;
use crate::domain::{Currency, Money, Percentage};

/// The totals of the rows in one currency. Value and gain exclude holdings without a price.
#[derive(Clone, Default)]
pub(in crate::cli) struct Total {
    pub(in crate::cli) cost_basis: Sum,
    pub(in crate::cli) market_value: Sum,
    pub(in crate::cli) unrealized_gain: Sum,
    pub(in crate::cli) realized_gain: Sum,
    pub(in crate::cli) dividends: Sum,
    /// The cost of the shares whose value is known.
    valued_cost: Sum,
}

/// A sum of money; unknown if it has no terms, or more digits than a book can hold.
#[derive(Clone, Default)]
pub(in crate::cli) enum Sum {
    #[default]
    OfNothing,
    Of(Money),
    TooLarge,
}

impl Sum {
    fn add(&mut self, amount: Money) {
        *self = match *self {
            Self::OfNothing => Self::Of(amount),
            Self::Of(sum) => sum.plus(amount).map_or(Self::TooLarge, Self::Of),
            Self::TooLarge => Self::TooLarge,
        };
    }

    /// The sum, if it is known.
    pub(in crate::cli) fn known(&self) -> Option<Money> {
        match self {
            Self::Of(sum) => Some(*sum),
            Self::OfNothing | Self::TooLarge => None,
        }
    }
}

impl Total {
    fn add(&mut self, row: &SummaryRow) {
        let is_held = !row.quantity.is_zero();
        // A closed position has a value of 0, whether it has a price or not.
        let value = if is_held { row.valuation.market_value } else { Some(Money::ZERO) };
        let gained = if is_held { row.valuation.unrealized_gain } else { Some(Money::ZERO) };
        self.cost_basis.add(row.cost_basis);
        self.realized_gain.add(row.realized_gain);
        self.dividends.add(row.dividends);
        if let Some((value, gained)) = value.zip(gained) {
            self.market_value.add(value);
            self.unrealized_gain.add(gained);
            self.valued_cost.add(row.cost_basis);
        }
    }

    /// The unrealized gain in percent of the cost of the shares whose value is known.
    pub(in crate::cli) fn gain_percentage(&self) -> Option<Percentage> {
        let (gain, cost) = self.unrealized_gain.known().zip(self.valued_cost.known())?;
        gain.percentage_of(cost).and_then(Result::ok)
    }
}

/// The totals of holdings by currency.
pub(in crate::cli) fn totals(rows: &[SummaryRow]) -> BTreeMap<Currency, Total> {
    let mut totals: BTreeMap<Currency, Total> = BTreeMap::new();
    for row in rows {
        totals.entry(row.currency).or_default().add(row);
    }
    totals
}
