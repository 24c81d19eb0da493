//! Rows that belong together.
//!
//! Examples are a dividend and the tax withheld from it, the two halves of a split, and shares that leave and
//! return under another ISIN. A row that another may complete is held back, within bounds, until it is
//! complete or the file ends.

use std::collections::{BTreeSet, VecDeque};

use super::activity::{Action, Activity, CorporateActionDetails, OpeningDetails, SplitDetails};
use super::exchanges::Exchanges;
use super::fault::{Fault, RowFault};
use super::orders::{Order, OrderCash, Purpose, join};
use super::reorganizing;
use super::row::{Half, Meaning};
use super::rule::Preferred;
use super::table::NotRecorded;
use super::withholding::withhold_all;
use crate::domain::{Consideration, Figure, Quantity, SplitTerms};

/// How many rows are held back at the same time. Rows that belong together are close to each other.
const WAITING: usize = 1_024;
/// The number of days between shares leaving and the same shares coming back.
const DAYS: i64 = 7;
/// How many rows that may yield to others are held back until these are found.
const YIELDING: usize = 65_536;

/// A completed item of a file.
#[derive(Debug)]
pub(crate) enum Whole {
    Activity(Box<Activity>),
    Fault(RowFault),
    NotRecorded(NotRecorded),
}

/// Rows that are held back, and items that are complete.
#[derive(Debug, Default)]
pub(crate) struct Grouping {
    waiting: VecDeque<Waiting>,
    whole: VecDeque<Whole>,
    /// Rows of mergers, which may be anywhere among those of their day.
    reorganized: Vec<reorganizing::Part>,
    /// Rows that count only if the file lacks others, which have not been found so far.
    yielding: Vec<(Preferred, Result<Meaning, RowFault>)>,
    /// The sets of rows found that take precedence over others.
    preferred: BTreeSet<Preferred>,
    exchanges: Exchanges,
}

#[derive(Debug)]
enum Waiting {
    Dividend(Box<Activity>),
    Withholding(Box<Activity>),
    Split(Box<Activity>, SplitDetails, Half),
    Transfer(Box<Activity>, Figure, Option<Consideration>),
    Order(Order),
    OrderCash(Box<OrderCash>),
}

impl Grouping {
    /// Complete items in the order of their completion.
    pub(crate) fn next(&mut self) -> Option<Whole> {
        self.whole.pop_front()
    }

    /// Adds a row. `taxes` tells whether the taxes of dividends may have rows of their own.
    pub(crate) fn take(&mut self, meaning: Meaning, taxes: Taxes) {
        meaning.activity().into_iter().for_each(|activity| self.exchanges.note_paid(activity));
        match meaning {
            Meaning::Whole(activity) => self.whole.push_back(Whole::Activity(activity)),
            Meaning::Dividend(activity) => match taxes {
                Taxes::InTheRow => self.whole.push_back(Whole::Activity(activity)),
                Taxes::InRows => self.waiting.push_back(Waiting::Dividend(activity)),
            },
            Meaning::Withholding(activity) => self.waiting.push_back(Waiting::Withholding(activity)),
            Meaning::Fill(activity) => self.fill(activity),
            Meaning::OrderCash(cash) => self.order_cash(cash),
            Meaning::Split(activity, half) => self.split(activity, half),
            Meaning::Exchanged(side) => {
                self.exchanges.note_side(side);
                self.counted(Purpose::Exchange);
            }
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
                self.give_up(oldest);
            }
        }
    }

    /// Adds a row that counts only if the file lacks others.
    pub(crate) fn take_unless(&mut self, preferred: Preferred, line: u64, meaning: Result<Meaning, Fault>) {
        if self.preferred.contains(&preferred) {
            self.whole.push_back(Whole::NotRecorded(repeats(preferred)));
        } else if self.yielding.len() < YIELDING {
            self.yielding.push((preferred, meaning.map_err(|fault| fault.at(line))));
        } else {
            let fault = Fault::new(
                "too_many_rows",
                "other rows may state the same as this one, and the file is too long to wait for them",
            )
            .with_hint("split the file by dates, and import the parts one after the other");
            self.whole.push_back(Whole::Fault(fault.at(line)));
        }
    }

    /// Notes that the file has rows that take precedence over others.
    pub(crate) fn prefer(&mut self, preferred: Preferred) {
        if !self.preferred.insert(preferred) {
            return;
        }
        let yielded = self.yielding.extract_if(.., |(other, _)| *other == preferred).count();
        for _ in 0..yielded {
            self.whole.push_back(Whole::NotRecorded(repeats(preferred)));
        }
    }

    /// Completes what is held back at the end of the file.
    pub(crate) fn end(&mut self) {
        for (_, meaning) in std::mem::take(&mut self.yielding) {
            match meaning {
                Ok(meaning) => self.take(meaning, Taxes::InTheRow),
                Err(fault) => self.whole.push_back(Whole::Fault(fault)),
            }
        }
        while let Some(waiting) = self.waiting.pop_front() {
            self.give_up(waiting);
        }
        self.reorganize();
    }

    fn reorganize(&mut self) {
        let joined = reorganizing::joined(std::mem::take(&mut self.reorganized));
        let whole = |joined: Option<_>| joined.map_or(Whole::NotRecorded(NotRecorded::SHARE_TRANSFER), Whole::Activity);
        self.whole.extend(joined.into_iter().map(whole));
    }

    fn give_up(&mut self, waiting: Waiting) {
        match waiting {
            Waiting::Dividend(dividend) => self.dividends(vec![*dividend], Vec::new()),
            Waiting::Withholding(tax) => self.dividends(Vec::new(), vec![*tax]),
            Waiting::Split(activity, _, Half::Both) => self.hand_on(activity),
            Waiting::Order(order) => {
                let line = order.trade.line;
                let completed = order.complete().map_or_else(|fault| Whole::Fault(fault.at(line)), Whole::Activity);
                self.whole.push_back(completed);
            }
            // The file does not have its trade.
            Waiting::OrderCash(cash) => self.counted(cash.purpose),
            Waiting::Split(activity, _, Half::Old(shares)) => self.half(activity, Figure::from(shares).negated()),
            Waiting::Split(activity, _, Half::New(shares)) => self.half(activity, shares.into()),
            Waiting::Transfer(activity, shares, cost) => self.moved(activity, shares, cost),
        }
    }

    /// Half of a split, whose other half the file does not have.
    fn half(&mut self, mut activity: Box<Activity>, shares: Figure) {
        let (action, shares) = ("half of a split".to_owned(), Some(shares));
        let details = CorporateActionDetails { action, kind: None, shares, new: None, cash: None, spun_off: None };
        activity.action = Action::CorporateAction(Box::new(details));
        self.hand_on(activity);
    }

    fn hand_on(&mut self, activity: Box<Activity>) {
        self.whole.push_back(Whole::Activity(activity));
    }

    /// Completes the dividends of the stock, account and day of one row with the taxes withheld from them. A tax that is
    /// joined is counted as a row here; any other is passed on, and counted by the receiver.
    fn dividends(&mut self, mut dividends: Vec<Activity>, mut taxes: Vec<Activity>) {
        let Some(one) = dividends.first().or(taxes.first()).cloned() else { return };
        let is_of_one = |waiting: &Waiting| matches!(waiting, Waiting::Dividend(row) | Waiting::Withholding(row) if are_of_one(&one, row));
        if self.waiting.iter().any(is_of_one) {
            for waiting in std::mem::take(&mut self.waiting) {
                match waiting {
                    Waiting::Dividend(dividend) if are_of_one(&one, &dividend) => dividends.push(*dividend),
                    Waiting::Withholding(tax) if are_of_one(&one, &tax) => taxes.push(*tax),
                    other @ (Waiting::Dividend(_)
                    | Waiting::Withholding(_)
                    | Waiting::Split(..)
                    | Waiting::Transfer(..)
                    | Waiting::Order(_)
                    | Waiting::OrderCash(_)) => self.waiting.push_back(other),
                }
            }
        }
        let all = taxes.len();
        let alone = withhold_all(&mut dividends, taxes);
        for dividend in &mut dividends {
            self.exchanges.complete(dividend);
        }
        for _ in alone.len()..all {
            self.whole.push_back(Whole::NotRecorded(NotRecorded::WITHHOLDING));
        }
        self.whole.extend(dividends.into_iter().chain(alone).map(|row| Whole::Activity(Box::new(row))));
    }

    /// Joins the fills of an order into one trade, and adds the amounts of rows before it.
    fn fill(&mut self, fill: Box<Activity>) {
        for waiting in &mut self.waiting {
            if let Waiting::Order(known) = waiting
                && join(&mut known.trade, &fill)
            {
                return;
            }
        }
        let mut order = Order::new(fill);
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|waiting| {
            let Waiting::OrderCash(cash) = waiting else { return true };
            let is_taken = order.take(cash);
            if is_taken {
                self.counted(cash.purpose);
            }
            !is_taken
        });
        self.waiting = waiting;
        self.waiting.push_back(Waiting::Order(order));
    }

    fn order_cash(&mut self, cash: Box<OrderCash>) {
        let mut orders = self
            .waiting
            .iter_mut()
            .filter_map(|waiting| if let Waiting::Order(order) = waiting { Some(order) } else { None });
        if orders.any(|order| order.take(&cash)) {
            self.counted(cash.purpose);
        } else {
            self.waiting.push_back(Waiting::OrderCash(cash));
        }
    }

    /// Counts an amount of an order as a row, like the tax of a dividend.
    fn counted(&mut self, purpose: Purpose) {
        let kind = match purpose {
            Purpose::Fee => NotRecorded::FEE,
            Purpose::Exchange => NotRecorded::FX,
        };
        self.whole.push_back(Whole::NotRecorded(kind));
    }

    /// Joins two rows of one split of an account: the shares added are summed up, and two halves give the ratio.
    fn split(&mut self, activity: Box<Activity>, half: Half) {
        let Action::Split(details) = activity.action else { return };
        let place = self.waiting.iter().position(|waiting| {
            let Waiting::Split(known, _, other) = waiting else { return false };
            half.completes(*other) && are_of_one(known, &activity)
        });
        let Some(Waiting::Split(mut known, before, other)) = place.and_then(|place| self.waiting.remove(place)) else {
            self.waiting.push_back(Waiting::Split(activity, details, half));
            return;
        };
        let added = match (before.added, details.added) {
            (Some(one), Some(other)) => one.plus(other).ok(),
            (one, other) => one.or(other),
        };
        let mut joined = SplitDetails { terms: before.terms.or(details.terms), added };
        if let (Half::Old(old), Half::New(new)) | (Half::New(new), Half::Old(old)) = (other, half) {
            joined = between(old, new);
        }
        known.action = Action::Split(joined);
        known.other_line = Some(activity.line);
        self.waiting.push_back(Waiting::Split(known, joined, Half::Both));
    }

    /// Pairs shares that leave and come back: no change if nothing else differs, a rename under another ISIN, a
    /// transfer in another account.
    fn transfer(&mut self, activity: Box<Activity>, shares: Figure, cost: Option<Consideration>) {
        let place = self.waiting.iter().position(|waiting| {
            let Waiting::Transfer(other, others, _) = waiting else { return false };
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

    /// Shares that left for good, or that came from elsewhere.
    fn moved(&mut self, mut activity: Box<Activity>, shares: Figure, cost: Option<Consideration>) {
        let Action::TransferOut { quantity, .. } = activity.action else { return };
        if shares.is_negative() {
            return self.hand_on(activity);
        }
        let as_of = activity.when.map(|when| when.day);
        if let Some(cost) = cost {
            let (fee, settled, charged) = (None, None, None);
            let opening = OpeningDetails { quantity, cost, fee, as_of, settled, charged, is_transferred: true };
            activity.action = Action::Opening(opening);
            return self.hand_on(activity);
        }
        let message = format!("{quantity} shares arrive without a price: their cost has to be given");
        let hint = "record them with `stockbook buy` at what they cost, and leave the row out with --skip-unknown";
        let fault = Fault::new("cost_unknown", message).with_hint(hint);
        self.whole.push_back(Whole::Fault(fault.at(activity.line)));
    }
}

/// The kind under which a row is counted if others state the same.
fn repeats(preferred: Preferred) -> NotRecorded {
    match preferred {
        Preferred::Table(_) => NotRecorded::DUPLICATE,
        Preferred::Rows(..) => NotRecorded::DETAIL,
    }
}

/// Where the taxes of dividends may be stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taxes {
    InTheRow,
    /// Possibly in rows of their own.
    InRows,
}

fn is_same_stock(one: &Activity, other: &Activity) -> bool {
    let (one, other) = (&one.security, &other.security);
    let same_isin = one.isin.is_some() && one.isin == other.isin;
    same_isin || (one.symbol.is_some() && one.symbol == other.symbol && one.isin.is_none() == other.isin.is_none())
}

/// Whether two rows have the same stock, account and day.
fn are_of_one(one: &Activity, other: &Activity) -> bool {
    let day = |it: &Activity| it.when.map(|when| when.day);
    let same_stock = one.security == other.security || is_same_stock(one, other);
    same_stock && day(one) == day(other) && one.portfolio == other.portfolio
}

/// Whether shares that left may be those that came: the same stock within some days, or the same number of another
/// stock on the same day.
fn are_near(one: &Activity, other: &Activity) -> bool {
    let (Some(first), Some(second)) = (one.when, other.when) else { return false };
    let days = first.day.days_since(second.day).abs();
    if one.security == other.security || is_same_stock(one, other) {
        days <= DAYS
    } else {
        days == 0 && one.portfolio == other.portfolio
    }
}

/// The split given by the shares before and after it.
fn between(old: Quantity, new: Quantity) -> SplitDetails {
    let added = Figure::from(new).minus(Figure::from(old)).ok();
    let terms = SplitTerms { new_shares: new, old_shares: old };
    // In lowest terms if possible.
    let terms = terms.ratio().to_string().parse().ok();
    SplitDetails { terms, added }
}
