//! Mergers that a file tells in several rows: shares that left, shares that came, cash that was paid.

use super::activity::{Action, Activity, ConversionDetails, CorporateActionDetails, RatioIs, Security, TradeDetails};
use crate::domain::{
    Consideration, ConversionKind, ConversionRatio, ConversionTerms, ExchangeRule, Figure, Isin, Money, Quantity, Side,
    Symbol,
};

/// What the shares of a row are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// They were given for those of another company, or for cash.
    Merger,
    /// Where as many came as left, they have another name now.
    NameChange,
}

/// What one row tells of it.
#[derive(Debug, Clone)]
pub(crate) struct Reorganized {
    pub(crate) way: Way,
    /// Shares that came; less than 0 where they left.
    pub(crate) shares: Figure,
    /// The size of the cash.
    pub(crate) cash: Figure,
    /// What the row says of the whole of it: its name, or a text that all of its rows have or that names the other
    /// stock.
    pub(crate) event: Option<String>,
}

/// A row of it.
pub(crate) type Part = (Box<Activity>, Reorganized);

/// What of two rows says that they are of one merger. Rows of one stock always are.
#[derive(Debug, Clone, Copy)]
enum Evidence {
    /// What they say of the whole of it, or that one of them names the stock of the other.
    Event,
    /// The same time.
    Time,
    /// The same word for it.
    Action,
    /// The same day and account.
    Day,
}

impl Evidence {
    /// All of them, the surest first.
    const ALL: [Self; 4] = [Self::Event, Self::Time, Self::Action, Self::Day];

    fn links(self, (one, part): &Part, (other, of_other): &Part) -> bool {
        match self {
            Self::Event => {
                let is_same = part.event.is_some() && part.event == of_other.event;
                is_same || names(part.event.as_deref(), other) || names(of_other.event.as_deref(), one)
            }
            Self::Time => {
                let time = |activity: &Activity| activity.when.and_then(|when| when.time);
                time(one).is_some() && time(one) == time(other)
            }
            Self::Action => match (&one.action, &other.action) {
                (Action::CorporateAction(one), Action::CorporateAction(other)) => one.action == other.action,
                _ => false,
            },
            Self::Day => true,
        }
    }
}

/// Whether a text names the stock of a row, by its ISIN or, as a word that is no common one, its symbol.
fn names(text: Option<&str>, activity: &Activity) -> bool {
    let Some(text) = text else { return false };
    let is_part = |c: char| !(c.is_alphanumeric() || c == '.');
    let has = |name: &str| text.split(is_part).any(|word| word == name);
    let Security { symbol, isin, .. } = &activity.security;
    symbol.as_ref().is_some_and(|it| it.as_str().len() > 2 && has(it.as_str()))
        || isin.is_some_and(|it| has(it.as_str()))
}

/// What rows of mergers tell together: those of one day and account that belong together, where one stock left and
/// at most one came. Others are handed over as they are. Rows that come to no change are `None`.
pub(crate) fn told_by(mut parts: Vec<Part>) -> Vec<Option<Box<Activity>>> {
    let key = |activity: &Activity| {
        let portfolio = activity.portfolio.as_ref().map(ToString::to_string);
        (activity.when.map(|when| when.day), portfolio)
    };
    parts.sort_by_key(|(activity, _)| key(activity));
    parts.chunk_by(|(one, _), (other, _)| key(one) == key(other)).flat_map(of_one_day).collect()
}

fn of_one_day(parts: &[Part]) -> Vec<Option<Box<Activity>>> {
    let told_by = |evidence| {
        let told: Option<Vec<_>> = mergers(parts, evidence).iter().map(|merger| of_one_merger(merger)).collect();
        told.map(|told| told.into_iter().flatten().collect())
    };
    let told = Evidence::ALL.into_iter().find_map(told_by);
    told.unwrap_or_else(|| parts.iter().map(|(activity, _)| Some(activity.clone())).collect())
}

/// The rows of a day, merger by merger, as far as some evidence goes.
fn mergers(parts: &[Part], evidence: Evidence) -> Vec<Vec<&Part>> {
    let mut mergers: Vec<Vec<&Part>> = Vec::new();
    for part in parts {
        let is_linked = |merger: &Vec<&Part>| {
            merger.iter().any(|known| name(&known.0) == name(&part.0) || evidence.links(known, part))
        };
        // It may be what shows that others belong together.
        let (linked, apart): (Vec<_>, Vec<_>) = mergers.into_iter().partition(is_linked);
        mergers = apart;
        mergers.push(linked.into_iter().flatten().chain([part]).collect());
    }
    mergers
}

fn name(activity: &Activity) -> (Option<&Symbol>, Option<Isin>) {
    (activity.security.symbol.as_ref(), activity.security.isin)
}

/// `None` if it is not told what left for what.
fn of_one_merger(parts: &[&Part]) -> Option<Vec<Option<Box<Activity>>>> {
    let mut joined: Vec<Part> = Vec::new();
    for (activity, part) in parts {
        let known = joined.iter_mut().find(|(known, _)| name(known) == name(activity));
        let sum = known.as_ref().and_then(|(_, known)| known.shares.plus(part.shares).ok());
        match (known, sum) {
            (Some((known, of_known)), Some(shares)) => {
                known.other_line = Some(activity.line);
                of_known.shares = shares;
            }
            (Some(_) | None, _) => joined.push((activity.clone(), part.clone())),
        }
    }
    let (left, came): (Vec<Part>, Vec<Part>) =
        joined.into_iter().filter(|(_, part)| !part.shares.is_zero()).partition(|(_, part)| part.shares.is_negative());
    // Cash may stand beside either name.
    let cash = parts.iter().try_fold(Figure::ZERO, |sum, (_, part)| sum.plus(part.cash)).ok()?;
    match (left.as_slice(), came.as_slice()) {
        ([(old, part)], []) if !cash.is_zero() => Some(vec![Some(sold(old, part, cash)?)]),
        ([(old, part)], [(new, of_new)]) => Some(vec![Some(exchanged((old, part), (new, of_new), cash)?)]),
        ([], []) if cash.is_zero() => Some(vec![None; parts.len()]),
        _ => None,
    }
}

/// All shares went for cash: a sale.
fn sold(old: &Activity, part: &Reorganized, cash: Figure) -> Option<Box<Activity>> {
    let quantity = Quantity::try_from(part.shares.abs()).ok()?;
    let trade = TradeDetails {
        side: Side::Sell,
        reinvested: false,
        quantity,
        consideration: Consideration::Amount(Money::from(cash)),
        price: None,
        fee: None,
        settled: None,
        charged: None,
        lots: None,
        as_of: None,
    };
    Some(Box::new(Activity { action: Action::Trade(trade), ..old.clone() }))
}

/// Shares for shares; with cash, what is realized is not told.
fn exchanged(
    (old, left): (&Activity, &Reorganized),
    (new, came): (&Activity, &Reorganized),
    cash: Figure,
) -> Option<Box<Activity>> {
    let [old_shares, new_shares] = [left.shares, came.shares].map(|shares| Quantity::try_from(shares.abs()).ok());
    let (old_shares, new_shares) = (old_shares?, new_shares?);
    let is_renamed = left.way == Way::NameChange && old_shares == new_shares;
    let mut told = Activity { other_line: Some(new.line), ..old.clone() };
    if !cash.is_zero() {
        let Action::CorporateAction(of_old) = &old.action else { return None };
        let (new, cash) = (Some((new.security.clone(), new_shares)), Some(Money::from(cash)));
        let shares = Some(left.shares);
        told.action =
            Action::CorporateAction(Box::new(CorporateActionDetails { shares, new, cash, ..(**of_old).clone() }));
    } else if is_renamed {
        told.security = new.security.clone();
        told.action = Action::Renamed { from: old.security.clone(), quantity: old_shares };
    } else {
        let terms = ConversionTerms {
            ratio: ConversionRatio { new_shares, old_shares },
            cost_share: None,
            new_value: None,
            old_value: None,
            cash: None,
            pay: None,
            rule: Some(ExchangeRule::CarryOver),
            cash_in_lieu: None,
        };
        let (kind, new) = (ConversionKind::Exchange, new.security.clone());
        told.action = Action::Conversion(Box::new(ConversionDetails { kind, new, terms, ratio_is: RatioIs::OfShares }));
    }
    Some(Box::new(told))
}
