//! The splits of a stock, and how they affect prices.

use super::{Day, Price, SplitRatio, TooLarge};

/// A price and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceInForce {
    /// The day.
    pub date: Day,
    /// The day as of which it counts shares: its own, unless it was adjusted for later splits.
    pub basis_date: Day,
    /// The price per share.
    pub price: Price,
}

/// The splits of a stock that count, sorted by day. Each takes effect at the beginning of its day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitHistory(Vec<(Day, SplitRatio)>);

impl SplitHistory {
    /// Creates a history from splits in any order.
    #[must_use]
    pub fn new(splits: impl IntoIterator<Item = (Day, SplitRatio)>) -> Self {
        let mut splits: Vec<_> = splits.into_iter().collect();
        splits.sort_by_key(|(effective, _)| *effective);
        Self(splits)
    }

    /// How many splits have taken effect by a day.
    fn until(&self, day: Day) -> usize {
        self.0.partition_point(|(effective, _)| *effective <= day)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ratio of shares as counted on `day` to shares as counted on `basis`, which may be earlier or
    /// later: the splits in between, each in effect before the trades of its day.
    #[must_use]
    pub fn between(&self, basis: Day, day: Day) -> SplitRatio {
        let between = self.0.get(self.until(basis.min(day))..self.until(basis.max(day))).unwrap_or_default();
        let ratio: SplitRatio = between.iter().map(|(_, ratio)| ratio).collect();
        if basis <= day { ratio } else { ratio.inverse() }
    }

    /// The day of the first split after a day.
    #[must_use]
    pub fn first_after(&self, day: Day) -> Option<Day> {
        self.0.get(self.until(day)).map(|(effective, _)| *effective)
    }

    /// A price per share as counted on a day, rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn price_on(&self, recorded: PriceInForce, day: Day) -> Result<PriceInForce, TooLarge> {
        let price = recorded.price.adjusted(&self.between(recorded.basis_date, day))?;
        Ok(PriceInForce { price, basis_date: day, ..recorded })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn ratio(text: &str) -> SplitRatio {
        text.parse::<crate::domain::SplitTerms>().unwrap().ratio()
    }

    fn history() -> SplitHistory {
        SplitHistory::new([(day("2014-06-09"), ratio("7:1")), (day("2020-08-31"), ratio("4:1"))])
    }

    #[test]
    fn a_split_counts_from_the_beginning_of_its_day() {
        let between = |basis: &str, on: &str| history().between(day(basis), day(on));
        assert_eq!(between("2020-08-30", "2020-08-31"), ratio("4:1"));
        assert_eq!(between("2020-08-31", "2024-01-01"), SplitRatio::NONE);
        assert_eq!(between("2010-01-01", "2024-01-01"), ratio("28:1"));
        assert_eq!(between("2024-01-01", "2010-01-01"), ratio("1:28"));
    }

    #[test]
    fn a_history_is_empty_without_splits() {
        assert!(SplitHistory::default().is_empty() && !history().is_empty());
    }

    #[test]
    fn a_price_is_what_it_was_worth_in_shares_of_another_day() {
        let recorded = |date: &str, basis: &str, price: &str| PriceInForce {
            date: day(date),
            basis_date: day(basis),
            price: price.parse().unwrap(),
        };
        let raw = recorded("2020-06-30", "2020-06-30", "364.8");
        let adjusted = recorded("2020-06-30", "2024-01-01", "91.2"); // 364.80 ÷ 4
        for price in [raw, adjusted] {
            let on = |date: &str| history().price_on(price, day(date)).unwrap().price.to_string();
            assert_eq!((on("2020-06-30").as_str(), on("2021-01-01").as_str()), ("364.8", "91.2"));
            assert_eq!(on("2014-01-01"), "2553.6"); // 364.80 × 7
        }
    }
}
