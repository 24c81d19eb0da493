//! How what one has is divided.

use std::collections::BTreeMap;

use super::holdings::{HoldingsFilter, holdings};
use crate::app::AppError;
use crate::domain::{Currency, Figure, Money, Percentage, Symbol, TooLarge, weights};
use crate::store::{Reader, SummaryRow};

/// What a part of the whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllocationBy {
    /// A stock, in all portfolios.
    Stock,
    /// The stocks of a sector.
    Sector,
    /// The stocks of an industry.
    Industry,
    /// The stocks of a currency.
    Currency,
    /// A portfolio.
    Portfolio,
}

/// What share of the whole a part should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The part's name.
    pub name: String,
    /// Percent of the whole.
    pub percentage: Percentage,
}

/// How what one has is divided.
#[derive(Debug, Clone, Default)]
pub struct Allocation {
    /// The parts: by currency, the largest first.
    pub parts: Vec<AllocationPart>,
    /// What is held and has no value that is known.
    pub left_out: Vec<Symbol>,
}

/// A part of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationPart {
    /// Its name; `None` for stocks of which no sector or industry is known.
    pub name: Option<String>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What it is worth.
    pub market_value: Money,
    /// The same in percent of all that has this currency; `None` if parts are the currencies and there are several,
    /// or if all is worth nothing.
    pub percentage: Option<Percentage>,
    /// What it should be, and how far it is from there; `None` if no target was given for it.
    pub drift: Option<Drift>,
}

/// How far a part is from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift {
    /// The percentage that it should have.
    pub target: Percentage,
    /// What it has more, in percentage points.
    pub percentage: Percentage,
    /// What it is worth more than it should.
    pub amount: Money,
}

/// How what one has is divided, and how far that is from targets. Targets of names that nothing has are parts
/// that are worth nothing.
///
/// # Errors
/// If targets are given and there are several currencies, if a sum has more digits than a book can hold, or as
/// [`holdings`].
pub fn allocation(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    by: AllocationBy,
    targets: &[Target],
) -> Result<Allocation, AppError> {
    let rows = holdings(reader, filter)?;
    let mut sums: BTreeMap<Currency, BTreeMap<Option<String>, Money>> = BTreeMap::new();
    let mut left_out = Vec::new();
    for row in rows.iter().filter(|row| !row.quantity.is_zero()) {
        let Some(value) = row.valuation.market_value else {
            left_out.push(row.symbol.clone());
            continue;
        };
        let sum = sums.entry(row.currency).or_default().entry(name(row, by)).or_default();
        *sum = sum.plus(value)?;
    }
    left_out.sort_unstable();
    left_out.dedup();
    if !targets.is_empty() && sums.len() > 1 {
        let codes: Vec<&str> = sums.keys().map(|currency| currency.code()).collect();
        return Err(AppError::SeveralCurrencies(codes.join(", ")));
    }
    let is_comparable = by != AllocationBy::Currency || sums.len() == 1;
    let mut parts = Vec::new();
    for (currency, mut sums) in sums {
        for target in targets {
            sums.entry(Some(target.name.clone())).or_default();
        }
        parts.extend(divided(currency, sums, targets, is_comparable)?);
    }
    Ok(Allocation { parts, left_out })
}

/// The part that a position belongs to.
fn name(row: &SummaryRow, by: AllocationBy) -> Option<String> {
    match by {
        AllocationBy::Stock => Some(row.symbol.to_string()),
        AllocationBy::Sector => row.sector.as_ref().map(ToString::to_string),
        AllocationBy::Industry => row.industry.as_ref().map(ToString::to_string),
        AllocationBy::Currency => Some(row.currency.to_string()),
        AllocationBy::Portfolio => Some(row.portfolio.to_string()),
    }
}

/// The parts of one currency.
fn divided(
    currency: Currency,
    sums: BTreeMap<Option<String>, Money>,
    targets: &[Target],
    is_comparable: bool,
) -> Result<Vec<AllocationPart>, TooLarge> {
    let mut sums: Vec<(Option<String>, Money)> = sums.into_iter().collect();
    sums.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
    let values: Vec<Option<Money>> = sums.iter().map(|(_, value)| Some(*value)).collect();
    let shares = weights(&values).filter(|_| is_comparable);
    let whole = sums.iter().try_fold(Money::ZERO, |sum, (_, value)| sum.plus(*value))?;
    let mut parts = Vec::with_capacity(sums.len());
    for (at, (name, market_value)) in sums.into_iter().enumerate() {
        let percentage = shares.as_ref().and_then(|shares| shares.get(at)).copied();
        let target = targets.iter().find(|target| name.as_ref() == Some(&target.name));
        let drift = target.zip(percentage).map(|(target, percentage)| drift(target, percentage, market_value, whole));
        parts.push(AllocationPart { name, currency, market_value, percentage, drift: drift.transpose()? });
    }
    Ok(parts)
}

fn drift(target: &Target, percentage: Percentage, value: Money, whole: Money) -> Result<Drift, TooLarge> {
    let share = Figure::from(target.percentage).over(Figure::HUNDRED).unwrap_or(Err(TooLarge))?;
    let due = Money::from(Figure::from(whole).times(share)?);
    Ok(Drift { target: target.percentage, percentage: percentage.minus(target.percentage)?, amount: value.minus(due)? })
}
