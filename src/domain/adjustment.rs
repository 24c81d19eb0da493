//! Whether a price history is adjusted for a split, judged by the prices themselves.
//!
//! A price from before a split is either the one that was paid then, in which case the prices jump by the
//! ratio at the split, or it was divided by the ratio later, in which case there is no jump. Many sources do
//! the latter without saying so. Mistaking one kind for the other makes values wrong by the ratio.

use std::collections::BTreeMap;
use std::fmt;

use super::{Day, Price, PriceInForce, SplitHistory, SplitRatio};

/// Prices that seem to have a basis date other than the book assumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentDoubt {
    /// The day of the split for which the prices seem to be adjusted, or not to be.
    pub split_date: Day,
    /// Its ratio; if several splits lie between the two prices, the product of their ratios.
    pub ratio: SplitRatio,
    /// A price as it was recorded.
    pub price: PriceInForce,
    /// What it was compared with.
    pub evidence: AdjustmentEvidence,
}

/// What a price was compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdjustmentEvidence {
    /// The next price of the series, to which there is no jump.
    NextPrice(PriceInForce),
    /// The price of a trade on that day, which differs by the ratio.
    Trade(PriceInForce),
}

impl fmt::Display for AdjustmentDoubt {
    /// The evidence against the assumption.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { split_date, ratio, price: PriceInForce { date, price, .. }, evidence } = self;
        match evidence {
            AdjustmentEvidence::NextPrice(next) => {
                write!(f, "{price} on {date} and {} on {} show no jump for", next.price, next.date)?;
            }
            AdjustmentEvidence::Trade(trade) => {
                write!(f, "{price} on {date}, when shares were traded at {}, differs by", trade.price)?;
            }
        }
        write!(f, " the split {ratio} on {split_date}")
    }
}

/// The first doubt about the prices of a stock within a period, if there is one. Prices and trades are sorted
/// by day; the prices include the ones just before and after the period.
///
/// Splits smaller than 3:2, in either direction, cannot be distinguished from ordinary price changes. With a
/// larger one, a price change is taken for a jump if it is nearer to the ratio than to 1, on a logarithmic
/// scale.
#[must_use]
pub fn adjustment_doubt(
    splits: &SplitHistory,
    prices: &[PriceInForce],
    trades: &[PriceInForce],
    [from, to]: [Day; 2],
) -> Option<AdjustmentDoubt> {
    let is_nothing = |price: &PriceInForce| price.price == Price::ZERO;
    let is_asked = |price: &PriceInForce| (from..=to).contains(&price.date) && !is_nothing(price);
    let doubt = |price: PriceInForce, ratio, evidence| {
        let split_date = splits.first_after(price.date).unwrap_or(price.date);
        Some(AdjustmentDoubt { split_date, ratio, price, evidence })
    };
    for (price, next) in prices.iter().zip(prices.iter().skip(1)) {
        let ratio = splits.between(price.basis_date, next.basis_date);
        let has_evidence = !is_nothing(price) && !is_nothing(next) && (is_asked(price) || is_asked(next));
        // r = next ÷ price is nearer to 1 than to 1 ÷ ratio if r² × ratio lies on the ratio's side of 1.
        if has_evidence && ratio.is_on_its_side([next.price, next.price], [price.price, price.price]) {
            return doubt(*price, ratio, AdjustmentEvidence::NextPrice(*next));
        }
    }
    let by_day: BTreeMap<Day, &PriceInForce> =
        prices.iter().filter(|price| is_asked(price)).map(|price| (price.date, price)).collect();
    for trade in trades.iter().filter(|trade| !is_nothing(trade)) {
        let Some(price) = by_day.get(&trade.date).filter(|price| price.basis_date == price.date) else { continue };
        let ratio = splits.between(trade.date, Day::LAST);
        // r = trade ÷ price is nearer to the ratio than to 1 if the ratio ÷ r² lies on the other side of 1.
        if ratio.is_large() && !ratio.is_on_its_side([price.price, price.price], [trade.price, trade.price]) {
            return doubt(**price, ratio, AdjustmentEvidence::Trade(*trade));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn price(date: &str, basis: &str, price: &str) -> PriceInForce {
        PriceInForce { date: day(date), basis_date: day(basis), price: price.parse().unwrap() }
    }

    fn raw(date: &str, amount: &str) -> PriceInForce {
        price(date, date, amount)
    }

    fn doubts(ratio: &str, prices: &[PriceInForce], trades: &[PriceInForce]) -> bool {
        let ratio = ratio.parse::<crate::domain::SplitTerms>().unwrap().ratio();
        let splits = SplitHistory::new([(day("2020-08-31"), ratio)]);
        adjustment_doubt(&splits, prices, trades, [Day::FIRST, Day::LAST]).is_some()
    }

    #[test]
    fn a_series_without_a_jump_over_a_split_is_in_doubt() {
        // 132.69 ÷ 91.20 = 1.45: nearer to 1 than to 1 ÷ 4.
        assert!(doubts("4:1", &[raw("2020-06-30", "91.2"), raw("2020-12-31", "132.69")], &[]));
        // 132.69 ÷ 364.80 = 0.36: nearer to 1 ÷ 4, as 0.36² × 4 = 0.53.
        assert!(!doubts("4:1", &[raw("2020-06-30", "364.8"), raw("2020-12-31", "132.69")], &[]));
        // One for ten: 30 after 3 is the jump, 3.1 after 3 is none.
        assert!(!doubts("1:10", &[raw("2020-06-30", "3"), raw("2020-12-31", "30")], &[]));
        assert!(doubts("1:10", &[raw("2020-06-30", "3"), raw("2020-12-31", "3.1")], &[]));
    }

    #[test]
    fn what_is_said_to_be_adjusted_and_what_is_too_small_to_tell_is_not() {
        let said = price("2020-06-30", "2021-01-01", "91.2");
        assert!(!doubts("4:1", &[said, price("2020-12-31", "2021-01-01", "132.69")], &[]));
        assert!(!doubts("4:3", &[raw("2020-06-30", "100"), raw("2020-12-31", "100")], &[]));
        assert!(doubts("3:2", &[raw("2020-06-30", "100"), raw("2020-12-31", "100")], &[]));
    }

    #[test]
    fn an_adjusted_price_after_which_a_raw_one_follows_shows_the_jump_the_wrong_way() {
        let said = price("2020-06-30", "2021-01-01", "91.2");
        assert!(doubts("4:1", &[said, raw("2020-07-01", "92")], &[]));
        assert!(!doubts("4:1", &[said, raw("2020-07-01", "365")], &[]));
    }

    #[test]
    fn a_price_of_zero_is_no_evidence() {
        assert!(!doubts("4:1", &[raw("2020-06-30", "0"), raw("2020-12-31", "132.69")], &[]));
        assert!(!doubts("1:10", &[raw("2020-06-30", "3"), raw("2020-12-31", "0")], &[]));
        assert!(!doubts("4:1", &[raw("2020-03-31", "0")], &[raw("2020-03-31", "254.29")]));
        assert!(!doubts("1:10", &[raw("2020-03-31", "63.57")], &[raw("2020-03-31", "0")]));
    }

    #[test]
    fn only_prices_of_the_period_are_doubted() {
        let splits =
            SplitHistory::new([(day("2020-08-31"), "4:1".parse::<crate::domain::SplitTerms>().unwrap().ratio())]);
        let (series, trades) = ([raw("2020-06-30", "91.2"), raw("2020-12-31", "92")], [raw("2020-06-30", "364.8")]);
        for (prices, trades) in [(&series[..], &[][..]), (&series[..1], &trades[..])] {
            let is_doubted = |from, to| adjustment_doubt(&splits, prices, trades, [day(from), day(to)]).is_some();
            assert!(is_doubted("2020-06-30", "2020-06-30"));
            assert!(!is_doubted("2020-07-01", "2020-12-30") && !is_doubted("2020-01-01", "2020-06-29"));
        }
    }

    #[test]
    fn a_trade_at_another_price_by_the_ratio_is_evidence() {
        assert!(doubts("4:1", &[raw("2020-03-31", "63.57")], &[raw("2020-03-31", "254.29")]));
        assert!(!doubts("4:1", &[raw("2020-03-31", "254")], &[raw("2020-03-31", "254.29")]));
        assert!(!doubts("4:1", &[raw("2020-09-30", "63.57")], &[raw("2020-09-30", "254.29")]));
    }
}
