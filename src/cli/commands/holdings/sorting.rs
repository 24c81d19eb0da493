//! Sorting holdings by a column.

use std::cmp::{Ordering, Reverse};

use crate::app::{SummaryRow, holding_weights};
use crate::cli::args::HoldingsColumn;
use crate::domain::{Money, Percentage};

/// Sorts what has rows by a column of them: words from A to Z, figures from the largest, unknown ones last,
/// prices from the oldest. Amounts are compared within their currency.
pub(super) fn sort<T>(all: &mut Vec<T>, row: fn(&T) -> &SummaryRow, column: HoldingsColumn) {
    if column == HoldingsColumn::Weight {
        let rows: Vec<SummaryRow> = all.iter().map(|it| row(it).clone()).collect();
        let mut weighed: Vec<_> = holding_weights(&rows).into_iter().zip(all.drain(..)).collect();
        weighed.sort_by(|(one, _), (other, _)| largest_first(*one, *other));
        all.extend(weighed.into_iter().map(|(_, it)| it));
        return;
    }
    all.sort_by(|one, other| compared(column, row(one), row(other)));
}

fn compared(column: HoldingsColumn, one: &SummaryRow, other: &SummaryRow) -> Ordering {
    let amounts = |amount: fn(&SummaryRow) -> Option<Money>| {
        let of_currency = one.currency.code().cmp(other.currency.code());
        of_currency.then_with(|| largest_first(amount(one), amount(other)))
    };
    let percentages = |of: fn(&SummaryRow) -> Option<Percentage>| largest_first(of(one), of(other));
    match column {
        HoldingsColumn::Symbol => one.symbol.cmp(&other.symbol),
        HoldingsColumn::Portfolio => one.portfolio.as_str().cmp(other.portfolio.as_str()),
        HoldingsColumn::Company => one.company_name.as_str().cmp(other.company_name.as_str()),
        HoldingsColumn::Sector => known_first(one.sector.as_ref(), other.sector.as_ref(), |it| it.as_str()),
        HoldingsColumn::Industry => known_first(one.industry.as_ref(), other.industry.as_ref(), |it| it.as_str()),
        HoldingsColumn::Quantity => other.quantity.cmp(&one.quantity),
        HoldingsColumn::AverageCost => amounts(|row| row.valuation.average_cost),
        HoldingsColumn::CostBasis => amounts(|row| Some(row.cost_basis)),
        HoldingsColumn::Price => amounts(|row| row.valuation.price.map(Money::from)),
        HoldingsColumn::Priced => one.valuation.price_date.cmp(&other.valuation.price_date),
        HoldingsColumn::Value => amounts(|row| row.valuation.market_value),
        HoldingsColumn::Gain => amounts(|row| row.valuation.unrealized_gain),
        HoldingsColumn::GainPercentage => percentages(|row| row.valuation.unrealized_gain_percentage),
        HoldingsColumn::Weight => Ordering::Equal,
        HoldingsColumn::Realized => amounts(|row| Some(row.realized_gain)),
        HoldingsColumn::Dividends => amounts(|row| Some(row.dividends)),
        HoldingsColumn::Currency => one.currency.code().cmp(other.currency.code()),
    }
}

fn largest_first<T: Ord>(one: Option<T>, other: Option<T>) -> Ordering {
    Reverse(one).cmp(&Reverse(other))
}

fn known_first<'r, T>(one: Option<&'r T>, other: Option<&'r T>, text: fn(&'r T) -> &'r str) -> Ordering {
    (one.is_none(), one.map(text)).cmp(&(other.is_none(), other.map(text)))
}
