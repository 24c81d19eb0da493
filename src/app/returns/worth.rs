//! What shares were worth on a day.

use std::collections::BTreeMap;

use crate::domain::{Day, Money, Price, PriceInForce, Shares, SplitRatio};

/// The prices and splits of a stock, by day.
#[derive(Debug, Clone, Default)]
pub(super) struct Worth {
    recorded: BTreeMap<Day, Price>,
    /// The recorded prices and, for days that have none, those of the day's trades.
    seen: BTreeMap<Day, Price>,
    splits: Vec<(Day, SplitRatio)>,
}

impl Worth {
    /// From the prices that were recorded and those at which the stock was traded. Shares that were
    /// given away say nothing of their price.
    pub(super) fn new(recorded: &[PriceInForce], traded: &[PriceInForce], splits: Vec<(Day, SplitRatio)>) -> Self {
        let by_day = |prices: &[PriceInForce]| prices.iter().map(|price| (price.date, price.price)).collect();
        let recorded: BTreeMap<Day, Price> = by_day(recorded);
        let mut seen: BTreeMap<Day, Price> = by_day(traded);
        seen.retain(|_, price| *price != Price::ZERO);
        seen.extend(recorded.iter());
        Self { recorded, seen, splits }
    }

    /// The value of shares at the end of a day, at the latest recorded price up to it, after the
    /// splits in between; `None` if there is none. No shares are worth nothing.
    pub(super) fn of(&self, shares: Shares, day: Day) -> Option<Money> {
        self.at(&self.recorded, shares, day)
    }

    /// The value of shares when money moves on a day: where no price of that day was recorded, what
    /// the stock was traded at tells it.
    pub(super) fn when_traded(&self, shares: Shares, day: Day) -> Option<Money> {
        self.at(&self.seen, shares, day)
    }

    fn at(&self, prices: &BTreeMap<Day, Price>, shares: Shares, day: Day) -> Option<Money> {
        if shares.is_zero() {
            return Some(Money::ZERO);
        }
        let (of, price) = prices.range(..=day).next_back()?;
        let since = self.splits.iter().filter(|(split, _)| of < split && *split <= day);
        let ratio = since.map(|(_, ratio)| *ratio).try_fold(SplitRatio::NONE, SplitRatio::then).ok()?;
        price.value(shares, ratio).ok()
    }
}
