//! What shares were worth on a day, and while money moved.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::domain::{Day, Moment, Money, PriceInForce, Sequence, Shares, SplitHistory, SplitRatio};

/// Where something stands in the order of entries.
pub(super) type Order = (Day, Moment, Sequence);

/// Shares that changed hands, and what for, before fees: a price to the last digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deal {
    pub(super) amount: Money,
    pub(super) shares: Shares,
}

impl Deal {
    /// What other shares are worth at its price, as it is after splits.
    pub(super) fn value(&self, shares: &Shares, splits: &SplitRatio) -> Option<Money> {
        self.amount.share(shares, &self.shares.split(splits).ok()?).ok()
    }
}

/// Such a trade, and when it was.
type Dealt = (Order, Deal);

/// From when on something may be another: from a day on, from a moment of it on, or after that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    day: Day,
    /// None from the beginning of the day on.
    moment: Option<Order>,
    is_after: bool,
}

impl Change {
    /// Before everything.
    pub(super) const FIRST: Self = Self::on(Day::FIRST);

    const fn on(day: Day) -> Self {
        Self { day, moment: None, is_after: false }
    }

    pub(super) fn at(moment: Order) -> Self {
        Self { day: moment.0, moment: Some(moment), is_after: false }
    }

    fn after(moment: Order) -> Self {
        Self { is_after: true, ..Self::at(moment) }
    }
}

/// What tells a stock's price.
#[derive(Debug, Clone, Copy)]
enum Quote<'w> {
    Recorded(PriceInForce),
    Dealt(&'w Deal),
}

/// The prices, trades and splits of a stock.
#[derive(Debug, Clone, Default)]
pub(super) struct Worth {
    recorded: BTreeMap<Day, PriceInForce>,
    /// In order.
    deals: Vec<Dealt>,
    splits: SplitHistory,
}

impl Worth {
    /// From the prices that were recorded, the trades and the splits.
    pub(super) fn new(
        recorded: &[PriceInForce],
        deals: impl Iterator<Item = (Order, Deal)>,
        splits: SplitHistory,
    ) -> Self {
        let recorded = recorded.iter().map(|price| (price.date, *price)).collect();
        let mut deals: Vec<Dealt> = deals.collect();
        deals.sort_unstable_by_key(|(order, _)| *order);
        Self { recorded, deals, splits }
    }

    /// The value of shares at the end of a day, at the latest recorded price up to it, after the
    /// splits in between; `None` if there is none. No shares are worth nothing.
    pub(super) fn of(&self, shares: &Shares, day: Day) -> Option<Money> {
        let quote = self.price_of(day).map(|price| (price.date, Quote::Recorded(price)));
        self.at(quote, shares, day)
    }

    /// The latest recorded price up to a day.
    pub(super) fn price_of(&self, day: Day) -> Option<PriceInForce> {
        self.recorded.range(..=day).next_back().map(|(_, price)| *price)
    }

    /// The value of shares while money moves: at the price of the trade that moves it, whatever else
    /// is known of the day; if none of this stock does, at the price that was recorded for the day,
    /// else at the day's nearest trade, the one before first, else at the latest price before.
    pub(super) fn when_traded(&self, shares: &Shares, moment: Order) -> Option<Money> {
        let (day, ..) = moment;
        let (before, from) = self.deals_around(moment);
        let own = from.first().filter(|(of, _)| *of == moment).map(|(_, deal)| (day, Quote::Dealt(deal)));
        let is_of_day = |(of, _): &(Day, Quote<'_>)| *of == day;
        let recorded = self.price_of(day).map(|price| (price.date, Quote::Recorded(price)));
        let before = before.last().map(|(of, deal)| (of.0, Quote::Dealt(deal)));
        let after = from.first().map(|(of, deal)| (of.0, Quote::Dealt(deal)));
        let of_day = [own, recorded, before, after].into_iter().flatten().find(is_of_day);
        let latest = [before, recorded].into_iter().flatten().max_by_key(|(of, _)| *of);
        self.at(of_day.or(latest), shares, day)
    }

    /// The trades before a moment, and those from then on.
    fn deals_around(&self, moment: Order) -> (&[Dealt], &[Dealt]) {
        self.deals.split_at_checked(self.deals.partition_point(|(of, _)| *of < moment)).unwrap_or_default()
    }

    /// From when on [`Self::when_traded`] may say something else than at a moment.
    pub(super) fn next_change(&self, moment: Order) -> Option<Change> {
        let deal = self.deals_around(moment).1.first();
        if deal.is_some_and(|(of, _)| *of == moment) {
            return Some(Change::after(moment));
        }
        let (day, ..) = moment;
        // Before the first trade of a day its price is that of the day already.
        let deal = deal.map(|(next, _)| if next.0 == day { Change::at(*next) } else { Change::on(next.0) });
        let recorded = self.recorded.range((Bound::Excluded(day), Bound::Unbounded)).next();
        let days = [recorded.map(|(next, _)| *next), self.splits.first_after(day)];
        days.into_iter().flatten().map(Change::on).chain(deal).min()
    }

    fn at(&self, quote: Option<(Day, Quote<'_>)>, shares: &Shares, day: Day) -> Option<Money> {
        if shares.is_zero() {
            return Some(Money::ZERO);
        }
        let (of, quote) = quote?;
        match quote {
            Quote::Recorded(price) => price.price.value(shares, &self.splits.between(price.basis_date, day)).ok(),
            Quote::Dealt(deal) => deal.value(shares, &self.splits.between(of, day)),
        }
    }
}
