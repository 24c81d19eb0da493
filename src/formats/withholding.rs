//! Joins taxes in rows of their own with the dividends from which they were withheld.

use std::cmp::Reverse;

use super::activity::{Action, Activity, DividendDetails};
use crate::domain::Figure;

/// Adds taxes to the dividends of their stock, account and day; returns those that belong to none of them.
///
/// A stock may pay several dividends on a day, and reverse one. Each tax, the largest first, belongs to the
/// largest dividend into which it fits: one of its sign without a tax so far, or else one of its sign, or
/// else one whose tax it refunds. A tax that fits none is added to the last dividend, whose row is then
/// refused, so that the tax is not lost.
pub(super) fn withhold_all(dividends: &mut [Activity], mut taxes: Vec<Activity>) -> Vec<Activity> {
    taxes.sort_by_key(|tax| {
        let Action::Withholding { amount, .. } = &tax.action else { return None };
        Some(Reverse(Figure::from(*amount).abs()))
    });
    // A refund may make room for a tax that did not fit before.
    while let Some(at) = taxes.iter().position(|tax| withhold_from_best(dividends, tax)) {
        taxes.remove(at);
    }
    taxes.retain(|tax| !dividends.iter_mut().rev().any(|dividend| !is_taken_back(dividend) && withhold(dividend, tax)));
    taxes
}

fn withhold_from_best(dividends: &mut [Activity], tax: &Activity) -> bool {
    let fitting = dividends.iter_mut().filter_map(|dividend| Some((fit(dividend, tax)?, dividend)));
    // The first of equal ones.
    let best = fitting.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.is_some_and(|(_, dividend)| withhold(dividend, tax))
}

/// How well a tax fits into a dividend: what is withheld from it stays between nothing and the whole of it.
fn fit(dividend: &Activity, tax: &Activity) -> Option<(bool, bool, Figure)> {
    let (Action::Dividend(details), Action::Withholding { amount: taken, .. }) = (&dividend.action, &tax.action) else {
        return None;
    };
    let size = Figure::from(details.amount).abs();
    let withheld = Figure::from(details.withholding).plus(Figure::from(*taken)).ok()?;
    let is_part = withheld == Figure::ZERO || withheld.is_negative() == details.amount.is_negative();
    let is_of_its_sign = taken.is_negative() == details.amount.is_negative();
    let has_none = Figure::from(details.withholding) == Figure::ZERO;
    let fits = dividend.currency == tax.currency && is_part && withheld.abs() <= size;
    fits.then_some((is_of_its_sign, is_of_its_sign == has_none, size))
}

fn is_taken_back(dividend: &Activity) -> bool {
    matches!(&dividend.action, Action::Dividend(details) if details.amount.is_negative())
}

/// Adds a tax to the tax withheld from a dividend; returns false if it does not belong to it.
fn withhold(dividend: &mut Activity, tax: &Activity) -> bool {
    let (Action::Dividend(details), Action::Withholding { amount, settled: withheld }) =
        (&mut dividend.action, &tax.action)
    else {
        return false;
    };
    if dividend.currency != tax.currency {
        return false;
    }
    let DividendDetails { withholding, settled, .. } = details;
    let Ok(sum) = withholding.plus(*amount) else { return false };
    *withholding = sum;
    *settled = settled.zip(*withheld).and_then(|(gross, withheld)| gross.less(withheld));
    dividend.other_line.get_or_insert(tax.line);
    true
}
