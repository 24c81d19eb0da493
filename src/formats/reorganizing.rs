//! Mergers that a file tells in several rows: shares that left, shares that came, cash that was paid.

use super::activity::{Activity, ConversionTold, CorporateActionTold, Deed, RatioIs, TradeTold};
use crate::domain::{
    Consideration, ConversionKind, ConversionRatio, ConversionTerms, ExchangeRule, Figure, Money, Quantity, Side,
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
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reorganized {
    pub(crate) way: Way,
    /// Shares that came; less than 0 where they left.
    pub(crate) shares: Figure,
    /// The size of the cash.
    pub(crate) cash: Figure,
}

/// A row of it.
pub(crate) type Part = (Box<Activity>, Reorganized);

/// What rows of mergers tell together: those of one day and account, if one stock left and at most one came.
/// Others are handed over as they are. Rows that come to no change are `None`.
pub(crate) fn told_by(mut parts: Vec<Part>) -> Vec<Option<Box<Activity>>> {
    let key = |activity: &Activity| {
        let portfolio = activity.portfolio.as_ref().map(ToString::to_string);
        (activity.when.map(|when| when.day), portfolio)
    };
    parts.sort_by_key(|(activity, _)| key(activity));
    parts.chunk_by(|(one, _), (other, _)| key(one) == key(other)).flat_map(of_one_day).collect()
}

fn of_one_day(parts: &[Part]) -> Vec<Option<Box<Activity>>> {
    let mut joined: Vec<Part> = Vec::new();
    for (activity, part) in parts {
        let name = |it: &Activity| (it.security.symbol.clone(), it.security.isin);
        let known = joined.iter_mut().find(|(known, _)| name(known) == name(activity));
        let sum = known.as_ref().and_then(|(_, known)| known.shares.plus(part.shares).ok());
        match (known, sum) {
            (Some((known, of_known)), Some(shares)) => {
                known.other_line = Some(activity.line);
                of_known.shares = shares;
            }
            (Some(_) | None, _) => joined.push((activity.clone(), *part)),
        }
    }
    let (left, came): (Vec<Part>, Vec<Part>) =
        joined.into_iter().filter(|(_, part)| !part.shares.is_zero()).partition(|(_, part)| part.shares.is_negative());
    // Cash may stand beside either name.
    let cash = parts.iter().try_fold(Figure::ZERO, |sum, (_, part)| sum.plus(part.cash));
    let told = match (left.as_slice(), came.as_slice(), cash) {
        ([(old, part)], [], Ok(cash)) if !cash.is_zero() => sold(old, *part, cash),
        ([(old, part)], [(new, of_new)], Ok(cash)) => exchanged((old, *part), (new, *of_new), cash),
        ([], [], Ok(cash)) if cash.is_zero() => return vec![None; parts.len()],
        _ => None,
    };
    told.map_or_else(|| parts.iter().map(|(activity, _)| Some(activity.clone())).collect(), |told| vec![Some(told)])
}

/// All shares went for cash: a sale.
fn sold(old: &Activity, part: Reorganized, cash: Figure) -> Option<Box<Activity>> {
    let quantity = Quantity::try_from(part.shares.abs()).ok()?;
    let trade = TradeTold {
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
    Some(Box::new(Activity { deed: Deed::Trade(trade), ..old.clone() }))
}

/// Shares for shares; with cash, what is realized is not told.
fn exchanged(
    (old, left): (&Activity, Reorganized),
    (new, came): (&Activity, Reorganized),
    cash: Figure,
) -> Option<Box<Activity>> {
    let [old_shares, new_shares] = [left.shares, came.shares].map(|shares| Quantity::try_from(shares.abs()).ok());
    let (old_shares, new_shares) = (old_shares?, new_shares?);
    let is_renamed = left.way == Way::NameChange && old_shares == new_shares;
    let mut told = Activity { other_line: Some(new.line), ..old.clone() };
    if !cash.is_zero() {
        let Deed::CorporateAction(of_old) = &old.deed else { return None };
        let (new, cash) = (Some((new.security.clone(), new_shares)), Some(Money::from(cash)));
        let shares = Some(left.shares);
        told.deed = Deed::CorporateAction(Box::new(CorporateActionTold { shares, new, cash, ..(**of_old).clone() }));
    } else if is_renamed {
        told.security = new.security.clone();
        told.deed = Deed::Renamed { from: old.security.clone(), quantity: old_shares };
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
        told.deed = Deed::Conversion(Box::new(ConversionTold { kind, new, terms, ratio_is: RatioIs::OfShares }));
    }
    Some(Box::new(told))
}
