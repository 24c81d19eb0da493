//! The market value of shares, and the unrealized gain of a position.

use crate::domain::{Day, Money, Percentage, PositionTotals, Price, PriceInForce, Shares, SplitRatio, TooLarge};

/// A recorded price, and the splits that took effect between its basis date and the day of the valuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The price as it was recorded.
    pub recorded: PriceInForce,
    /// The splits since its basis date.
    pub splits: SplitRatio,
}

impl Quote {
    /// The price per share after the splits, rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn price(&self) -> Result<Price, TooLarge> {
        self.recorded.price.adjusted(&self.splits)
    }

    /// The market value of shares as counted after the splits: exact if it fits, otherwise rounded half to
    /// even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn market_value(&self, shares: &Shares) -> Result<Money, TooLarge> {
        self.recorded.price.value(shares, &self.splits)
    }
}

/// A position valued at a price. A figure is `None` if there is no price, or if it has more digits than a
/// book can hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Valuation {
    /// Cost basis per share held, rounded half to even at ten places; `None` without shares.
    pub average_cost: Option<Money>,
    /// The latest price, per share as held.
    pub price: Option<Price>,
    /// The day of the latest price.
    pub price_date: Option<Day>,
    /// The value of the shares held at that price.
    pub market_value: Option<Money>,
    /// Market value less cost basis.
    pub unrealized_gain: Option<Money>,
    /// The unrealized gain in percent of the cost basis, rounded half to even at six places; `None` for
    /// a cost basis of 0.
    pub unrealized_gain_percentage: Option<Percentage>,
}

impl Valuation {
    /// Values a position in its own currency, at the latest price if there is one.
    #[must_use]
    pub fn of(totals: &PositionTotals, quote: Option<&Quote>) -> Self {
        let market_value = quote.and_then(|quote| quote.market_value(&totals.quantity).ok());
        let unrealized_gain = market_value.and_then(|value| value.minus(totals.cost_basis).ok());
        let percentage = unrealized_gain.and_then(|gain| gain.percentage_of(totals.cost_basis));
        Self {
            average_cost: totals.cost_basis.per_share(&totals.quantity).and_then(Result::ok),
            price: quote.and_then(|quote| quote.price().ok()),
            price_date: quote.map(|quote| quote.recorded.date),
            market_value,
            unrealized_gain,
            unrealized_gain_percentage: percentage.and_then(Result::ok),
        }
    }
}

/// The percentage that each value is of their sum. The results add up to exactly 100: each is the difference
/// of two running percentages, both rounded half to even at six places.
///
/// `None` if the sum is 0 or has too many digits.
#[must_use]
pub fn weights(values: &[Money]) -> Option<Vec<Percentage>> {
    let total = values.iter().try_fold(Money::ZERO, |sum, value| sum.plus(*value)).ok()?;
    let (mut sum, mut before) = (Money::ZERO, Percentage::ZERO);
    let mut weigh = |value: &Money| {
        sum = sum.plus(*value).ok()?;
        let after = sum.percentage_of(total)?.ok()?;
        let weight = after.minus(before).ok()?;
        before = after;
        Some(weight)
    };
    values.iter().map(&mut weigh).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_to_the_whole() {
        let weighed = |values: &[&str]| {
            let values: Vec<_> = values.iter().map(|value| value.parse().unwrap()).collect();
            weights(&values).map(|weights| weights.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(weighed(&["30", "0", "10"]).unwrap(), "75 0 25");
        assert_eq!(weighed(&["5", "5", "5"]).unwrap(), "33.333333 33.333334 33.333333");
        assert_eq!(weighed(&["0", "0"]), None);
        assert_eq!(weighed(&[]).unwrap(), "");
    }

    fn totals(quantity: &str, cost_basis: &str) -> PositionTotals {
        PositionTotals {
            quantity: quantity.parse().unwrap(),
            cost_basis: cost_basis.parse().unwrap(),
            ..PositionTotals::default()
        }
    }

    fn quote(price: &str, splits: SplitRatio) -> Quote {
        let day = "2024-01-31".parse().unwrap();
        let recorded = PriceInForce { date: day, basis_date: day, price: price.parse().unwrap() };
        Quote { recorded, splits }
    }

    #[test]
    fn a_position_is_worth_its_shares_at_the_price() {
        let valuation = Valuation::of(&totals("3", "100"), Some(&quote("40", SplitRatio::NONE)));
        assert_eq!(valuation.average_cost.unwrap().to_string(), "33.3333333333");
        assert_eq!(valuation.price.unwrap().to_string(), "40");
        assert_eq!(valuation.price_date.unwrap().to_string(), "2024-01-31");
        assert_eq!(valuation.market_value.unwrap().to_string(), "120");
        assert_eq!(valuation.unrealized_gain.unwrap().to_string(), "20");
        assert_eq!(valuation.unrealized_gain_percentage.unwrap().to_string(), "20");
    }

    #[test]
    fn a_price_of_a_day_before_a_split_is_worth_what_it_was() {
        let ratio = "3:1".parse::<crate::domain::SplitTerms>().unwrap().ratio();
        let valuation = Valuation::of(&totals("30", "900"), Some(&quote("100", ratio)));
        assert_eq!(valuation.market_value.unwrap().to_string(), "1000"); // 30 × 100 ÷ 3, not 30 × 33.3333333333
        assert_eq!(valuation.price.unwrap().to_string(), "33.3333333333");
    }

    #[test]
    fn what_is_not_known_is_none() {
        assert_eq!(Valuation::of(&totals("3", "100"), None).market_value, None);
        let closed = Valuation::of(&totals("0", "0"), Some(&quote("40", SplitRatio::NONE)));
        assert_eq!((closed.average_cost, closed.unrealized_gain_percentage), (None, None));
    }
}
