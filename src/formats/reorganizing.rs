//! Mergers stated in several rows: shares that left, shares received, cash received.

use super::activity::{
    Action, Activity, ConversionDetails, CorporateActionDetails, RatioIs, Security, SplitDetails, TradeDetails,
};
use crate::domain::{
    Consideration, ConversionKind, ConversionRatio, ConversionTerms, ExchangeRule, Figure, Isin, Money, Quantity,
    Shares, Side, SplitTerms, Symbol,
};

/// The event that the shares of a row are part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// They were given up for shares of another company, or for cash.
    Merger,
    /// If as many were received as left, the stock was renamed.
    NameChange,
    /// They were given up for fewer of the same stock.
    ReverseSplit,
}

/// The part of the event that one row states.
#[derive(Debug, Clone)]
pub(crate) struct Reorganized {
    pub(crate) way: Way,
    /// The number of shares received; negative if they left.
    pub(crate) shares: Figure,
    /// The cash received; negative if it was paid, as a fee is.
    pub(crate) cash: Figure,
    /// What the row says about the event: its name, a text that all its rows share, or one that names the other stock.
    pub(crate) event: Option<String>,
}

/// A row of an event.
pub(crate) type Part = (Box<Activity>, Reorganized);

/// Evidence that two rows belong to one event. Rows of the same stock always do.
#[derive(Debug, Clone, Copy)]
enum Evidence {
    /// The same text about the event, or a text that names the other row's stock.
    Event,
    /// The same time.
    Time,
    /// Names of companies that begin with the same word.
    Company,
    /// The same action word.
    Action,
    /// The same day and account.
    Day,
}

impl Evidence {
    /// All of them, the strongest first.
    const ALL: [Self; 5] = [Self::Event, Self::Time, Self::Company, Self::Action, Self::Day];

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
            Self::Company => company(one).is_some() && company(one) == company(other),
            Self::Action => match (&one.action, &other.action) {
                (Action::CorporateAction(one), Action::CorporateAction(other)) => one.action == other.action,
                _ => false,
            },
            Self::Day => true,
        }
    }
}

/// Whether a text names the stock of a row: by its ISIN or by its symbol, unless that is a short word.
fn names(text: Option<&str>, activity: &Activity) -> bool {
    let Some(text) = text else { return false };
    let is_part = |c: char| !(c.is_alphanumeric() || c == '.');
    let has = |name: &str| text.split(is_part).any(|word| word == name);
    let Security { symbol, isin, .. } = &activity.security;
    symbol.as_ref().is_some_and(|symbol| symbol.as_str().len() > 2 && has(symbol.as_str()))
        || isin.is_some_and(|isin| has(isin.as_str()))
}

/// The first word of the name of a row's stock, unless it is short.
fn company(activity: &Activity) -> Option<&str> {
    let word = activity.security.name.as_ref()?.as_str().split_whitespace().next()?;
    Some(word).filter(|word| word.len() > 2)
}

/// Joins the rows of a day and account that belong to one event in which one stock left and at most one was received.
/// Other rows are returned unchanged; rows without any effect are `None`.
pub(crate) fn joined(mut parts: Vec<Part>) -> Vec<Option<Box<Activity>>> {
    let key = |activity: &Activity| {
        let portfolio = activity.portfolio.as_ref().map(ToString::to_string);
        (activity.when.map(|when| when.day), portfolio)
    };
    parts.sort_by_key(|(activity, _)| key(activity));
    parts.chunk_by(|(one, _), (other, _)| key(one) == key(other)).flat_map(of_one_day).collect()
}

fn of_one_day(parts: &[Part]) -> Vec<Option<Box<Activity>>> {
    let joined_by = |evidence| {
        let joined: Option<Vec<_>> = mergers(parts, evidence).iter().map(|merger| of_one_merger(merger)).collect();
        joined.map(|joined| joined.into_iter().flatten().collect())
    };
    let joined = Evidence::ALL.into_iter().find_map(joined_by);
    joined.unwrap_or_else(|| parts.iter().map(|(activity, _)| Some(activity.clone())).collect())
}

/// Groups the rows of a day into events by the given evidence.
fn mergers(parts: &[Part], evidence: Evidence) -> Vec<Vec<&Part>> {
    let mut mergers: Vec<Vec<&Part>> = Vec::new();
    for part in parts {
        let is_linked = |merger: &Vec<&Part>| {
            merger.iter().any(|known| name(&known.0) == name(&part.0) || evidence.links(known, part))
        };
        // The new row may connect groups found so far.
        let (linked, apart): (Vec<_>, Vec<_>) = mergers.into_iter().partition(is_linked);
        mergers = apart;
        mergers.push(linked.into_iter().flatten().chain([part]).collect());
    }
    mergers
}

fn name(activity: &Activity) -> (Option<&Symbol>, Option<Isin>) {
    (activity.security.symbol.as_ref(), activity.security.isin)
}

/// `None` if it is not clear what was given for what.
fn of_one_merger(parts: &[&Part]) -> Option<Vec<Option<Box<Activity>>>> {
    if let Some(split) = split(parts) {
        return Some(vec![Some(split)]);
    }
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
    // The cash may be booked under either stock.
    let cash = parts.iter().try_fold(Figure::ZERO, |sum, (_, part)| sum.plus(part.cash)).ok()?;
    if parts.iter().any(|(_, part)| part.cash.is_negative()) {
        return None;
    }
    match (left.as_slice(), came.as_slice()) {
        ([(old, part)], []) if !cash.is_zero() => Some(vec![Some(sold(old, part, cash)?)]),
        ([(old, part)], [(new, of_new)]) => Some(vec![Some(exchanged((old, part), (new, of_new), cash)?)]),
        ([], []) if cash.is_zero() => Some(vec![None; parts.len()]),
        _ => None,
    }
}

/// The split for which the rows state the shares before and after. During a split, a broker may list either
/// under the security's number or a temporary name.
fn split(parts: &[&Part]) -> Option<Box<Activity>> {
    let is_split = parts.iter().all(|(_, part)| part.way == Way::ReverseSplit && part.cash.is_zero());
    let (left, came): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|(_, part)| part.shares.is_negative());
    let ((old, _), (new, _)) = (left.first()?, came.first()?);
    let [is_one_old, is_one_new] = [(&left, old), (&came, new)]
        .map(|(parts, first)| parts.iter().all(|(activity, _)| name(activity) == name(first)));
    if !(is_split && is_one_old && is_one_new) {
        return None;
    }
    let security = of_one_stock(&old.security, &new.security)?.clone();
    let sum = |parts: &[&Part]| parts.iter().try_fold(Figure::ZERO, |sum, (_, part)| sum.plus(part.shares)).ok();
    let (before, added) = (sum(&left)?.abs(), sum(&left)?.plus(sum(&came)?).ok()?);
    let terms = SplitTerms::of_added(&Shares::from(Quantity::try_from(before).ok()?), added);
    let action = Action::Split(SplitDetails { terms, added: Some(added) });
    Some(Box::new(Activity { other_line: Some(new.line), security, action, ..(**old).clone() }))
}

/// The names of a stock that has two in the rows of a split; `None` if they belong to two stocks.
fn of_one_stock<'a>(old: &'a Security, new: &'a Security) -> Option<&'a Security> {
    let [old_symbol, new_symbol] = [old, new].map(|security| security.symbol.as_ref().map(Symbol::as_str));
    let is_number = |symbol: &str| symbol.len() == 9 && symbol.starts_with(|c: char| c.is_ascii_digit());
    match (old_symbol, new_symbol) {
        (Some(before), Some(after)) if before.strip_suffix(".OLD").unwrap_or(before) == after => Some(new),
        (Some(before), Some(after)) => match [is_number(before), is_number(after)] {
            [true, false] => Some(new),
            [false, true] => Some(old),
            [true, true] | [false, false] => None,
        },
        (None, None) if old.isin == new.isin => Some(new),
        (Some(_) | None, _) => None,
    }
}

/// The sale, if all shares were given up for cash.
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

/// The exchange of shares for shares; if there is cash too, the realized part is unknown.
fn exchanged(
    (old, left): (&Activity, &Reorganized),
    (new, came): (&Activity, &Reorganized),
    cash: Figure,
) -> Option<Box<Activity>> {
    let [old_shares, new_shares] = [left.shares, came.shares].map(|shares| Quantity::try_from(shares.abs()).ok());
    let (old_shares, new_shares) = (old_shares?, new_shares?);
    let is_renamed = left.way == Way::NameChange && old_shares == new_shares;
    let mut activity = Activity { other_line: Some(new.line), ..old.clone() };
    if !cash.is_zero() {
        let Action::CorporateAction(of_old) = &old.action else { return None };
        let (new, cash) = (Some((new.security.clone(), new_shares)), Some(Money::from(cash)));
        let shares = Some(left.shares);
        activity.action =
            Action::CorporateAction(Box::new(CorporateActionDetails { shares, new, cash, ..(**of_old).clone() }));
    } else if is_renamed {
        activity.security = new.security.clone();
        activity.action = Action::Renamed { from: old.security.clone(), quantity: old_shares };
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
        activity.action =
            Action::Conversion(Box::new(ConversionDetails { kind, new, terms, ratio_is: RatioIs::OfShares }));
    }
    Some(Box::new(activity))
}
