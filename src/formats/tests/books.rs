//! A book of the simplest kind: shares in lots, first in, first out, as an importer would keep it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::samples::{Read, stock};
use crate::domain::{Consideration, Day, Figure, Side};
use crate::formats::{Action, Activity, SplitDetails};

/// Lots of shares and what they cost, by portfolio and stock.
#[derive(Default)]
pub(super) struct Books {
    lots: BTreeMap<(String, String), Vec<(Figure, Figure)>>,
    /// Shares that came without a cost, by their day.
    given: Vec<(Day, String, Figure)>,
    /// Lines of sales of more than is held.
    pub(super) oversold: Vec<u64>,
}

impl Books {
    /// Shares without a cost, whose rows are refused: they count, and cost nothing.
    pub(super) fn given(&mut self, transfers: &[Value], refused: &[u64]) {
        let without_cost = transfers.iter().filter(|entry| entry["cost"].is_null() && !refused.is_empty());
        for transfer in without_cost {
            let text = |member: &str| transfer[member].as_str().unwrap().to_owned();
            self.given.push((text("date").parse().unwrap(), text("symbol"), text("quantity").parse().unwrap()));
        }
    }

    pub(super) fn enter(&mut self, read: &Read) {
        for activity in &read.activities {
            let day = activity.when.map(|when| when.day);
            let (due, later) = std::mem::take(&mut self.given)
                .into_iter()
                .partition(|(given, ..)| day.is_some_and(|day| *given < day));
            self.given = later;
            for (_, symbol, quantity) in due {
                self.lots.entry((String::new(), symbol)).or_default().push((quantity, Figure::ZERO));
            }
            self.activity(activity);
        }
    }

    fn activity(&mut self, activity: &Activity) {
        let portfolio = activity.portfolio.as_ref().map_or(String::new(), ToString::to_string);
        let stock = stock(activity);
        let key = (portfolio.clone(), stock.clone());
        match &activity.action {
            Action::Trade(trade) => {
                let quantity = Figure::from(trade.quantity);
                match trade.side {
                    Side::Buy => {
                        let fee = trade.fee.map_or(Figure::ZERO, Figure::from);
                        let cost = value_of(trade.consideration, quantity).plus(fee).unwrap();
                        self.lots.entry(key).or_default().push((quantity, cost));
                    }
                    Side::Sell => {
                        if self.take(&key, quantity).is_none() {
                            self.oversold.push(activity.line);
                        }
                    }
                }
            }
            Action::Opening(opening) => {
                let quantity = Figure::from(opening.quantity);
                self.lots.entry(key).or_default().push((quantity, value_of(opening.cost, quantity)));
            }
            Action::TransferOut { quantity, .. } => {
                self.take(&key, Figure::from(*quantity));
            }
            Action::Renamed { from, quantity } => {
                let old = Activity { security: from.clone(), ..activity.clone() };
                let taken = self.take(&(portfolio, super::samples::stock(&old)), Figure::from(*quantity));
                self.lots.entry(key).or_default().extend(taken.unwrap());
            }
            Action::Split(split) => self.split(&stock, &key, *split),
            Action::Cancelled(_)
            | Action::Dividend(_)
            | Action::Withholding { .. }
            | Action::Conversion(_)
            | Action::CostChange { .. }
            | Action::WriteOff(_)
            | Action::CorporateAction(_)
            | Action::CashInLieu(_)
            | Action::Price(_)
            | Action::Rate { .. }
            | Action::Position { .. } => {}
        }
    }

    fn split(&mut self, stock: &str, key: &(String, String), split: SplitDetails) {
        let held = |lots: &Vec<(Figure, Figure)>| lots.iter().fold(Figure::ZERO, |sum, lot| sum.plus(lot.0).unwrap());
        let own = self.lots.get(key).map(held).unwrap_or_default();
        let (new, old) = match (split.terms, split.added) {
            (Some(terms), _) => (Figure::from(terms.new_shares), Figure::from(terms.old_shares)),
            (None, Some(added)) => (own.plus(added).unwrap(), own),
            (None, None) => panic!("a split of nothing"),
        };
        for (_, lots) in self.lots.iter_mut().filter(|((_, known), _)| known == stock) {
            for (quantity, _) in lots {
                *quantity = quantity.times(new).unwrap().over(old).unwrap().unwrap();
            }
        }
    }

    /// Takes shares from the oldest lots; `None` where there are not as many, which are owed then.
    fn take(&mut self, key: &(String, String), quantity: Figure) -> Option<Vec<(Figure, Figure)>> {
        let lots = self.lots.entry(key.clone()).or_default();
        let (mut left, mut taken) = (quantity, Vec::new());
        while !left.is_zero() {
            let Some((held, cost)) = lots.first_mut() else {
                lots.push((left.negated(), Figure::ZERO));
                return None;
            };
            if *held <= left {
                left = left.minus(*held).unwrap();
                taken.push(lots.remove(0));
            } else {
                let part = cost.times(left).unwrap().over(*held).unwrap().unwrap();
                (*held, *cost) = (held.minus(left).unwrap(), cost.minus(part).unwrap());
                taken.push((left, part));
                left = Figure::ZERO;
            }
        }
        Some(taken)
    }

    fn sums(&self, of: impl Fn(&(Figure, Figure)) -> Figure) -> BTreeMap<String, String> {
        let mut sums: BTreeMap<String, Figure> = BTreeMap::new();
        for ((_, stock), lots) in &self.lots {
            let sum = sums.entry(stock.clone()).or_default();
            *sum = lots.iter().fold(*sum, |sum, lot| sum.plus(of(lot)).unwrap());
        }
        sums.into_iter()
            .filter(|(_, sum)| !sum.is_zero())
            .map(|(stock, sum)| (stock, sum.rounded(8).to_string()))
            .collect()
    }

    pub(super) fn quantities(&self) -> BTreeMap<String, String> {
        self.sums(|lot| lot.0)
    }

    pub(super) fn costs(&self) -> BTreeMap<String, String> {
        self.sums(|lot| lot.1)
    }
}

fn value_of(consideration: Consideration, quantity: Figure) -> Figure {
    match consideration {
        Consideration::Price(price) => Figure::from(price).times(quantity).unwrap(),
        Consideration::Amount(amount) => amount.into(),
    }
}
