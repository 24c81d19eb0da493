//! Taxes in rows of their own, and the dividends that they were withheld from.

use super::activity::{Action, Activity, DividendDetails};
use crate::domain::Figure;

/// Whether a tax may have been withheld from a dividend of its day: it is not more than what is left of it. A stock may
/// pay several dividends on a day.
pub(super) fn covers(dividend: &Activity, tax: &Activity) -> bool {
    let (Action::Dividend(details), Action::Withholding { amount, .. }) = (&dividend.action, &tax.action) else {
        return false;
    };
    let withheld = Figure::from(details.withholding).plus(Figure::from(*amount));
    withheld.is_ok_and(|withheld| withheld.abs() <= Figure::from(details.amount).abs())
}

/// Adds a tax to the tax withheld from a dividend; returns false if it does not belong to it.
pub(super) fn withhold(dividend: &mut Activity, tax: &Activity) -> bool {
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
