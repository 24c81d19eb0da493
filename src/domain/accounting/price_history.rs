//! The value of a stock's shares on a day, or at the moment of a trade.

use super::Quote;
use crate::domain::{Day, Moment, Money, Percentage, PriceInForce, Sequence, Shares, SplitHistory, SplitRatio};

/// A place in the order of entries.
pub type EntryOrder = (Day, Moment, Sequence);

/// The exact price of a trade: the amount before fees, and the shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradePrice {
    /// The amount, without fees.
    pub amount: Money,
    /// The shares, as counted on the day of the trade.
    pub shares: Shares,
}

/// The price of a trade, and when it was paid.
type Traded = (EntryOrder, TradePrice);

impl TradePrice {
    /// The market value of other shares at this price, after splits since the trade; `None` if it has
    /// more digits than a book can hold.
    fn market_value(&self, shares: &Shares, splits: &SplitRatio) -> Option<Money> {
        self.amount.share(shares, &self.shares.split(splits).ok()?).ok()
    }
}

/// When a value may change: from the beginning of a day, or from a moment of it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceChange {
    day: Day,
    /// `None` for the beginning of the day.
    moment: Option<EntryOrder>,
    is_after: bool,
}

impl PriceChange {
    /// Before everything.
    pub const FIRST: Self = Self::on(Day::FIRST);

    const fn on(day: Day) -> Self {
        Self { day, moment: None, is_after: false }
    }

    /// From a moment on.
    #[must_use]
    pub fn at(moment: EntryOrder) -> Self {
        Self { day: moment.0, moment: Some(moment), is_after: false }
    }

    fn after(moment: EntryOrder) -> Self {
        Self { is_after: true, ..Self::at(moment) }
    }
}

/// Where a stock's price comes from.
#[derive(Debug, Clone, Copy)]
enum PriceSource<'h> {
    Recorded(PriceInForce),
    Traded(&'h TradePrice),
}

/// The prices, trades and splits of a stock.
#[derive(Debug, Clone, Default)]
pub struct PriceHistory {
    /// Sorted by day.
    recorded: Vec<PriceInForce>,
    /// Sorted by time.
    trades: Vec<Traded>,
    splits: SplitHistory,
}

impl PriceHistory {
    /// Creates a history from recorded prices and trades, in any order, and splits.
    #[must_use]
    pub fn new(mut recorded: Vec<PriceInForce>, mut trades: Vec<Traded>, splits: SplitHistory) -> Self {
        recorded.sort_by_key(|price| price.date);
        trades.sort_unstable_by_key(|(order, _)| *order);
        Self { recorded, trades, splits }
    }

    /// The latest recorded price on or before a day, with the splits between its basis date and that day.
    #[must_use]
    pub fn quote(&self, day: Day) -> Option<Quote> {
        self.latest(day).map(|price| self.quoted(price, day))
    }

    /// The market value of shares at the end of a day, at the latest recorded price; `None` if there is
    /// none or if the value has more digits than a book can hold. Zero shares have a value of 0.
    #[must_use]
    pub fn market_value(&self, shares: &Shares, day: Day) -> Option<Money> {
        let price = self.latest(day).map(|price| (price.date, PriceSource::Recorded(price)));
        self.value_at(price, shares, day)
    }

    /// The change of the price from one day to another, adjusted for splits; `None` if there is no price
    /// on or before the first.
    #[must_use]
    pub fn change(&self, from: Day, to: Day) -> Option<Percentage> {
        let before = self.quoted(self.latest(from)?, to).price().ok()?;
        self.quote(to)?.price().ok()?.change_from(before)
    }

    fn latest(&self, day: Day) -> Option<PriceInForce> {
        self.recorded_until(day).0.last().copied()
    }

    /// The prices recorded up to a day, and the later ones.
    fn recorded_until(&self, day: Day) -> (&[PriceInForce], &[PriceInForce]) {
        let until = self.recorded.partition_point(|price| price.date <= day);
        self.recorded.split_at_checked(until).unwrap_or_default()
    }

    fn quoted(&self, recorded: PriceInForce, day: Day) -> Quote {
        Quote { recorded, splits: self.splits.between(recorded.basis_date, day) }
    }

    /// The market value of shares at a moment at which money moves. The price is, in order of preference:
    /// that of the trade of this stock that moves the money; the one recorded for the day; that of the last
    /// trade before the moment on the same day, or else of the next one after it; the latest price before the
    /// day.
    #[must_use]
    pub fn value_when_traded(&self, shares: &Shares, moment: EntryOrder) -> Option<Money> {
        let (day, ..) = moment;
        let (before, from) = self.trades_around(moment);
        let own = from.first().filter(|(of, _)| *of == moment).map(|(_, trade)| (day, PriceSource::Traded(trade)));
        let is_of_day = |(of, _): &(Day, PriceSource<'_>)| *of == day;
        let recorded = self.latest(day).map(|price| (price.date, PriceSource::Recorded(price)));
        let before = before.last().map(|(of, trade)| (of.0, PriceSource::Traded(trade)));
        let after = from.first().map(|(of, trade)| (of.0, PriceSource::Traded(trade)));
        let of_day = [own, recorded, before, after].into_iter().flatten().find(is_of_day);
        let latest = [before, recorded].into_iter().flatten().max_by_key(|(of, _)| *of);
        self.value_at(of_day.or(latest), shares, day)
    }

    /// The trades before a moment, and those from then on.
    fn trades_around(&self, moment: EntryOrder) -> (&[Traded], &[Traded]) {
        self.trades.split_at_checked(self.trades.partition_point(|(of, _)| *of < moment)).unwrap_or_default()
    }

    /// When the result of [`Self::value_when_traded`] may next differ from that at a moment.
    #[must_use]
    pub fn next_change(&self, moment: EntryOrder) -> Option<PriceChange> {
        let trade = self.trades_around(moment).1.first();
        if trade.is_some_and(|(of, _)| *of == moment) {
            return Some(PriceChange::after(moment));
        }
        let (day, ..) = moment;
        // Before the first trade of a day, its price already applies.
        let trade = trade.map(|(next, _)| if next.0 == day { PriceChange::at(*next) } else { PriceChange::on(next.0) });
        let recorded = self.recorded_until(day).1.first();
        let days = [recorded.map(|next| next.date), self.splits.first_after(day)];
        days.into_iter().flatten().map(PriceChange::on).chain(trade).min()
    }

    fn value_at(&self, price: Option<(Day, PriceSource<'_>)>, shares: &Shares, day: Day) -> Option<Money> {
        if shares.is_zero() {
            return Some(Money::ZERO);
        }
        let (of, source) = price?;
        match source {
            PriceSource::Recorded(price) => self.quoted(price, day).market_value(shares).ok(),
            PriceSource::Traded(trade) => trade.market_value(shares, &self.splits.between(of, day)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::SplitTerms;

    fn day(day: u32) -> Day {
        format!("2024-01-{day:02}").parse().unwrap()
    }

    proptest! {
        #[test]
        fn a_value_stays_the_same_until_its_next_change(
            recorded in prop::collection::btree_map(1_u32..=8, 1_u32..9, 0..3),
            trades in prop::collection::btree_map((1_u32..=8, 1_i64..=3), 1_u32..9, 0..5),
            splits in prop::collection::btree_set(1_u32..=8, 0..2),
        ) {
            let order = |(on, place): (u32, i64)| (day(on), Moment::After, Sequence::try_from(place).unwrap());
            let recorded = recorded.iter().map(|(on, price)| {
                PriceInForce { date: day(*on), basis_date: day(*on), price: price.to_string().parse().unwrap() }
            });
            let trades = trades.iter().map(|(at, price)| {
                (order(*at), TradePrice { amount: price.to_string().parse().unwrap(), shares: Shares::ONE })
            });
            let ratio = "2:1".parse::<SplitTerms>().unwrap().ratio();
            let splits = SplitHistory::new(splits.iter().map(|on| (day(*on), ratio.clone())));
            let history = PriceHistory::new(recorded.collect(), trades.collect(), splits);
            let moments: Vec<_> = (1..=9).flat_map(|on| (0..=4).map(move |place| order((on, place)))).collect();
            for (n, moment) in moments.iter().enumerate() {
                let next = history.next_change(*moment);
                let value = history.value_when_traded(&Shares::ONE, *moment);
                let is_before = |later: &&EntryOrder| next.is_none_or(|next| PriceChange::at(**later) < next);
                for later in moments.iter().skip(n).take_while(is_before) {
                    prop_assert_eq!(history.value_when_traded(&Shares::ONE, *later), value, "{:?} to {:?}", moment, later);
                }
            }
        }
    }
}
