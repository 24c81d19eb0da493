//! Rows that say one thing together.
//!
//! A dividend and the tax that was withheld from it, the two halves of a split, shares that leave
//! and come back under another number: what may be completed by another row waits for it, within
//! bounds, and is handed over when it is whole or when the file ends.

use std::collections::VecDeque;

use super::activity::{Action, Activity, DividendDetails, OpeningDetails, SplitDetails};
use super::fault::{Fault, RowFault};
use super::orders::{OrderFee, charge, join};
use super::reorganizing;
use super::row::{Half, Meaning};
use super::table::NotRecorded;
use crate::domain::{Consideration, Figure, Quantity, SplitTerms};

/// What waits at the same time. Rows that belong together stand near each other.
const WAITING: usize = 512;
/// Days that may lie between shares that leave and the same that come back.
const DAYS: i64 = 7;

/// What a file says in the end.
#[derive(Debug)]
pub(crate) enum Whole {
    Activity(Box<Activity>),
    Fault(RowFault),
    NotRecorded(NotRecorded),
}

/// What waits for another row, and what is whole.
#[derive(Debug, Default)]
pub(crate) struct Grouping {
    waiting: VecDeque<Waiting>,
    whole: VecDeque<Whole>,
    /// Rows of mergers, which stand anywhere in their day.
    reorganized: Vec<reorganizing::Part>,
}

#[derive(Debug)]
enum Waiting {
    Dividend(Box<Activity>),
    Withholding(Box<Activity>),
    Split(Box<Activity>, SplitDetails, Half),
    Transfer(Box<Activity>, Figure, Option<Consideration>),
    Fill(Box<Activity>),
    Fee(Box<OrderFee>),
    /// What counts only where the file lacks another table.
    Unless(usize, Meaning),
}

impl Grouping {
    /// What is whole, in the order in which it became so.
    pub(crate) fn next(&mut self) -> Option<Whole> {
        self.whole.pop_front()
    }

    /// Takes what a row says. `waits` tells whether dividends can have taxes in rows of their own.
    pub(crate) fn take(&mut self, told: Meaning, taxes: Taxes) {
        match told {
            Meaning::Whole(activity) => self.whole.push_back(Whole::Activity(activity)),
            Meaning::Dividend(activity) => match taxes {
                Taxes::InTheRow => self.whole.push_back(Whole::Activity(activity)),
                Taxes::InRows => self.dividend(activity),
            },
            Meaning::Withholding(activity) => self.withholding(activity),
            Meaning::Fill(activity) => self.fill(activity),
            Meaning::Fee(fee) => self.fee(fee),
            Meaning::Split(activity, half) => self.split(activity, half),
            Meaning::Transfer(activity, shares, cost) => self.transfer(activity, shares, cost),
            Meaning::Reorganized(activity, part) => {
                self.reorganized.push((activity, part));
                if self.reorganized.len() > WAITING {
                    self.reorganize();
                }
            }
        }
        while self.waiting.len() > WAITING {
            if let Some(oldest) = self.waiting.pop_front() {
                self.give_up(oldest, &[]);
            }
        }
    }

    /// Takes what counts only where the file lacks another table.
    pub(crate) fn take_unless(&mut self, other: usize, told: Meaning) {
        self.waiting.push_back(Waiting::Unless(other, told));
    }

    /// The file has ended: what waits will not be completed. `tables` are those that it had.
    pub(crate) fn end(&mut self, tables: &[usize]) {
        while let Some(waiting) = self.waiting.pop_front() {
            self.give_up(waiting, tables);
        }
        self.reorganize();
    }

    fn reorganize(&mut self) {
        let told = reorganizing::told_by(std::mem::take(&mut self.reorganized));
        let whole = |told: Option<_>| told.map_or(Whole::NotRecorded(NotRecorded::SHARE_TRANSFER), Whole::Activity);
        self.whole.extend(told.into_iter().map(whole));
    }

    fn give_up(&mut self, waiting: Waiting, tables: &[usize]) {
        match waiting {
            Waiting::Dividend(activity)
            | Waiting::Withholding(activity)
            | Waiting::Fill(activity)
            | Waiting::Split(activity, _, Half::Both) => self.hand_on(activity),
            // Of no trade in the file, or in another currency than its trade.
            Waiting::Fee(_) => self.whole.push_back(Whole::NotRecorded(NotRecorded::FEE)),
            Waiting::Split(activity, ..) => {
                let message = "the other half of this split is not in the file";
                let fault = Fault::new("half_a_split", message)
                    .with_hint("enter the split with `stockbook split`, and leave the row out with --skip-unknown");
                self.whole.push_back(Whole::Fault(fault.at(activity.line)));
            }
            Waiting::Transfer(activity, shares, cost) => self.moved(activity, shares, cost),
            Waiting::Unless(other, _) if tables.contains(&other) => {
                self.whole.push_back(Whole::NotRecorded(NotRecorded::DUPLICATE));
            }
            Waiting::Unless(_, told) => self.take(told, Taxes::InTheRow),
        }
    }

    fn hand_on(&mut self, activity: Box<Activity>) {
        self.whole.push_back(Whole::Activity(activity));
    }

    fn dividend(&mut self, mut dividend: Box<Activity>) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|it| {
            let tax = if let Waiting::Withholding(tax) = it { Some(tax) } else { None };
            let is_joined = tax.is_some_and(|tax| are_of_one(&dividend, tax) && withhold(&mut dividend, tax));
            if is_joined {
                self.whole.push_back(Whole::NotRecorded(NotRecorded::WITHHOLDING));
            }
            !is_joined
        });
        self.waiting = waiting;
        self.waiting.push_back(Waiting::Dividend(dividend));
    }

    /// A tax that is joined with its dividend is counted as a row here; one that has none is told, and
    /// counted where it is heard.
    fn withholding(&mut self, tax: Box<Activity>) {
        let mut dividends = self
            .waiting
            .iter_mut()
            .filter_map(|it| if let Waiting::Dividend(dividend) = it { Some(dividend) } else { None });
        let dividend = dividends.find(|dividend| are_of_one(dividend, &tax));
        if dividend.is_some_and(|dividend| withhold(dividend, &tax)) {
            self.whole.push_back(Whole::NotRecorded(NotRecorded::WITHHOLDING));
        } else {
            self.waiting.push_back(Waiting::Withholding(tax));
        }
    }

    /// The fills of an order are one trade, which bears the fees that were told before it.
    fn fill(&mut self, mut fill: Box<Activity>) {
        for it in &mut self.waiting {
            if let Waiting::Fill(known) = it
                && join(known, &fill)
            {
                return;
            }
        }
        let waiting = self.waiting.len();
        self.waiting.retain(|it| if let Waiting::Fee(fee) = it { !charge(&mut fill, fee) } else { true });
        self.counted_fees(waiting.saturating_sub(self.waiting.len()));
        self.waiting.push_back(Waiting::Fill(fill));
    }

    fn fee(&mut self, fee: Box<OrderFee>) {
        let mut fills =
            self.waiting.iter_mut().filter_map(|it| if let Waiting::Fill(fill) = it { Some(fill) } else { None });
        if fills.any(|fill| charge(fill, &fee)) {
            self.counted_fees(1);
        } else {
            self.waiting.push_back(Waiting::Fee(fee));
        }
    }

    /// A fee that a trade bears is counted as a row, as the tax of a dividend is.
    fn counted_fees(&mut self, rows: usize) {
        for _ in 0..rows {
            self.whole.push_back(Whole::NotRecorded(NotRecorded::FEE));
        }
    }

    /// Two rows of one split of an account are one split: the shares that they add are added up, and two
    /// halves make its ratio.
    fn split(&mut self, activity: Box<Activity>, half: Half) {
        let Action::Split(told) = activity.action else { return };
        let place = self.waiting.iter().position(|it| {
            let Waiting::Split(known, _, other) = it else { return false };
            half.completes(*other) && are_of_one(known, &activity)
        });
        let Some(Waiting::Split(mut known, before, other)) = place.and_then(|place| self.waiting.remove(place)) else {
            self.waiting.push_back(Waiting::Split(activity, told, half));
            return;
        };
        let added = match (before.added, told.added) {
            (Some(one), Some(other)) => one.plus(other).ok(),
            (one, other) => one.or(other),
        };
        let mut joined = SplitDetails { terms: before.terms.or(told.terms), added };
        if let (Half::Old(old), Half::New(new)) | (Half::New(new), Half::Old(old)) = (other, half) {
            joined = between(old, new);
        }
        known.action = Action::Split(joined);
        known.other_line = Some(activity.line);
        self.waiting.push_back(Waiting::Split(known, joined, Half::Both));
    }

    /// Shares that leave and come back are no change; under another number they are the same company's
    /// under a new one; in another account they moved there.
    fn transfer(&mut self, activity: Box<Activity>, shares: Figure, cost: Option<Consideration>) {
        let place = self.waiting.iter().position(|it| {
            let Waiting::Transfer(other, others, _) = it else { return false };
            *others == shares.negated() && are_near(other, &activity)
        });
        let Some(Waiting::Transfer(other, ..)) = place.and_then(|place| self.waiting.remove(place)) else {
            self.waiting.push_back(Waiting::Transfer(activity, shares, cost));
            return;
        };
        let (mut left, came) = if shares.is_negative() { (activity, other) } else { (other, activity) };
        let Action::TransferOut { quantity, .. } = left.action else { return };
        left.other_line = Some(came.line);
        if left.security != came.security && !is_same_stock(&left, &came) {
            let renamed = Action::Renamed { from: left.security.clone(), quantity };
            (left.security, left.action) = (came.security, renamed);
            self.hand_on(left);
        } else if left.portfolio == came.portfolio {
            for _ in 0..2 {
                self.whole.push_back(Whole::NotRecorded(NotRecorded::SHARE_TRANSFER));
            }
        } else {
            left.action = Action::TransferOut { quantity, to: came.portfolio, lots: None };
            self.hand_on(left);
        }
    }

    /// Shares that left for good, or came from elsewhere.
    fn moved(&mut self, mut activity: Box<Activity>, shares: Figure, cost: Option<Consideration>) {
        let Action::TransferOut { quantity, .. } = activity.action else { return };
        if shares.is_negative() {
            return self.hand_on(activity);
        }
        let as_of = activity.when.map(|when| when.day);
        if let Some(cost) = cost {
            let opening = OpeningDetails { quantity, cost, fee: None, as_of, settled: None, charged: None };
            activity.action = Action::Opening(opening);
            return self.hand_on(activity);
        }
        let message = format!("{quantity} shares arrive without a price: their cost has to be given");
        let hint = "record them with `stockbook buy` at what they cost, and leave the row out with --skip-unknown";
        let fault = Fault::new("cost_unknown", message).with_hint(hint);
        self.whole.push_back(Whole::Fault(fault.at(activity.line)));
    }
}

/// Where the taxes of dividends stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taxes {
    InTheRow,
    /// Perhaps in rows of their own.
    InRows,
}

fn is_same_stock(one: &Activity, other: &Activity) -> bool {
    let (one, other) = (&one.security, &other.security);
    let same_isin = one.isin.is_some() && one.isin == other.isin;
    same_isin || (one.symbol.is_some() && one.symbol == other.symbol && one.isin.is_none() == other.isin.is_none())
}

/// Whether two rows are of one stock, account and day.
fn are_of_one(one: &Activity, other: &Activity) -> bool {
    let day = |it: &Activity| it.when.map(|when| when.day);
    let same_stock = one.security == other.security || is_same_stock(one, other);
    same_stock && day(one) == day(other) && one.portfolio == other.portfolio
}

/// Whether shares that left can be those that came: the same stock within days, or as many of another
/// on the same day.
fn are_near(one: &Activity, other: &Activity) -> bool {
    let (Some(first), Some(second)) = (one.when, other.when) else { return false };
    let days = first.day.days_since(second.day).abs();
    if one.security == other.security || is_same_stock(one, other) {
        days <= DAYS
    } else {
        days == 0 && one.portfolio == other.portfolio
    }
}

/// Adds a tax to what was withheld from a dividend; false where it cannot be of it.
fn withhold(dividend: &mut Activity, tax: &Activity) -> bool {
    let (Action::Dividend(told), Action::Withholding { amount, settled: withheld }) =
        (&mut dividend.action, &tax.action)
    else {
        return false;
    };
    if dividend.currency != tax.currency {
        return false;
    }
    let DividendDetails { withholding, settled, .. } = told;
    let Ok(sum) = withholding.plus(*amount) else { return false };
    *withholding = sum;
    *settled = settled.zip(*withheld).and_then(|(gross, withheld)| gross.less(withheld));
    dividend.other_line.get_or_insert(tax.line);
    true
}

/// The split between the shares before and after it.
fn between(old: Quantity, new: Quantity) -> SplitDetails {
    let added = Figure::from(new).minus(Figure::from(old)).ok();
    let terms = SplitTerms { new_shares: new, old_shares: old };
    // In lowest terms where it has such.
    let terms = terms.ratio().to_string().parse().ok();
    SplitDetails { terms, added }
}
