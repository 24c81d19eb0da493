//! How holdings are divided among stocks, sectors, industries, currencies or portfolios.

use std::collections::{BTreeMap, BTreeSet};

use super::conversion::{Conversion, UsedRates};
use super::holdings::{HoldingsFilter, holdings};
use super::price_age::PriceAge;
use super::report_currency::ReportCurrency;
use crate::app::AppError;
use crate::domain::{Currency, Day, Figure, Money, Percentage, Symbol, TooLarge, weights};
use crate::store::{Reader, SummaryRow};

/// What the parts are.
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

/// The percentage that a part should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The part's name.
    pub name: String,
    /// Percent of the whole.
    pub percentage: Percentage,
}

/// How holdings are divided among stocks, sectors, industries, currencies or portfolios.
#[derive(Debug, Clone, Default)]
pub struct Allocation {
    /// The parts: by currency, the largest first.
    pub parts: Vec<AllocationPart>,
    /// The prices of all holdings, by symbol; those without a price are in no part.
    pub price_ages: Vec<(Symbol, PriceAge)>,
}

/// A part of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationPart {
    /// Its name; `None` for stocks without a known sector or industry.
    pub name: Option<String>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The currency of its stocks; `None` if they differ.
    pub original_currency: Option<Currency>,
    /// Its value.
    pub market_value: Money,
    /// Its percentage of the sum in this currency; `None` if the parts are currencies and there are several,
    /// or if the sum is 0.
    pub percentage: Option<Percentage>,
    /// The deviation from its target; `None` without a target.
    pub drift: Option<Drift>,
}

/// The deviation of a part from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift {
    /// The target percentage.
    pub target: Percentage,
    /// The actual percentage less the target, in percentage points.
    pub percentage: Percentage,
    /// The value less the target value.
    pub amount: Money,
}

/// Divides the holdings, and compares the parts with targets. A target that matches no part adds a part with
/// a value of 0.
///
/// With a conversion, all amounts are converted to one currency at the rates of a day; the days of the rates
/// are returned.
///
/// # Errors
/// If targets are given and there are several currencies, if two are of the same part, if a sum has more digits than a
/// book can hold, if a rate is
/// missing, or as [`holdings`].
pub fn allocation(
    reader: Reader<'_>,
    filter: &HoldingsFilter,
    by: AllocationBy,
    targets: &[Target],
    (conversion, day): (Option<Conversion>, Day),
) -> Result<(Allocation, Vec<UsedRates>), AppError> {
    let money = ReportCurrency::new(reader, conversion)?;
    let rows = holdings(reader, filter)?;
    let mut sums: BTreeMap<Currency, Sums> = BTreeMap::new();
    let mut price_ages = Vec::new();
    for row in rows.iter().filter(|row| !row.quantity.is_zero()) {
        price_ages.push((row.symbol.clone(), PriceAge::of(row, day)));
        let Some(value) = row.valuation.market_value else { continue };
        let value = money.on(value, row.currency, day)?;
        let parts = sums.entry(money.of(row.currency)).or_default();
        let (sum, original) = parts.entry(name(row, by)).or_insert((Money::ZERO, Some(row.currency)));
        (*sum, *original) = (sum.plus(value)?, original.filter(|known| *known == row.currency));
    }
    price_ages.sort_by(|(one, _), (other, _)| one.cmp(other));
    let used = money.conclude()?;
    if !targets.is_empty() && sums.len() > 1 {
        let codes: Vec<&str> = sums.keys().map(|currency| currency.code()).collect();
        return Err(AppError::SeveralCurrencies(codes.join(", ")));
    }
    let targets = targets.iter().map(|target| known_by(reader, target, &sums, by)).collect::<Result<Vec<_>, _>>()?;
    let mut named = BTreeSet::new();
    if let Some(Target { name, .. }) = targets.iter().find(|target| !named.insert(&target.name)) {
        return Err(AppError::TargetTwice(name.clone()));
    }
    let is_comparable = by != AllocationBy::Currency || sums.len() == 1;
    let mut parts = Vec::new();
    for (currency, mut sums) in sums {
        for target in &targets {
            sums.entry(Some(target.name.clone())).or_default();
        }
        parts.extend(divided(currency, sums, &targets, is_comparable)?);
    }
    Ok((Allocation { parts, price_ages }, used))
}

/// The target under the name that its part has, which may differ in case, or be the present symbol of a stock.
fn known_by(
    reader: Reader<'_>,
    target: &Target,
    sums: &BTreeMap<Currency, Sums>,
    by: AllocationBy,
) -> Result<Target, AppError> {
    let names = sums.values().flat_map(BTreeMap::keys).flatten();
    let same = names.filter(|name| name.to_lowercase() == target.name.to_lowercase());
    let known = same.min_by_key(|name| **name != target.name).cloned();
    let name = match (known, by) {
        (Some(known), _) => known,
        (None, AllocationBy::Stock) => {
            let typed = target.name.to_uppercase();
            let stock = typed.parse().ok().map(|symbol| reader.stocks().find(&symbol)).transpose()?.flatten();
            stock.map_or(typed, |stock| stock.profile().symbol.to_string())
        }
        (None, AllocationBy::Currency) => target.name.to_uppercase(),
        (None, AllocationBy::Sector | AllocationBy::Industry | AllocationBy::Portfolio) => target.name.clone(),
    };
    Ok(Target { name, ..target.clone() })
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

/// The values of parts by name, and the currency of their stocks.
type Sums = BTreeMap<Option<String>, (Money, Option<Currency>)>;

/// The parts of one currency.
fn divided(
    currency: Currency,
    sums: Sums,
    targets: &[Target],
    is_comparable: bool,
) -> Result<Vec<AllocationPart>, TooLarge> {
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, (value, _))| std::cmp::Reverse(*value));
    let values: Vec<Money> = sums.iter().map(|(_, (value, _))| *value).collect();
    let shares = weights(&values).filter(|_| is_comparable);
    let whole = sums.iter().try_fold(Money::ZERO, |sum, (_, (value, _))| sum.plus(*value))?;
    let mut parts = Vec::with_capacity(sums.len());
    for (at, (name, (market_value, original_currency))) in sums.into_iter().enumerate() {
        let percentage = shares.as_ref().and_then(|shares| shares.get(at)).copied();
        let target = targets.iter().find(|target| name.as_ref() == Some(&target.name));
        let drift = target.zip(percentage).map(|(target, percentage)| drift(target, percentage, market_value, whole));
        let drift = drift.transpose()?;
        parts.push(AllocationPart { name, currency, original_currency, market_value, percentage, drift });
    }
    Ok(parts)
}

fn drift(target: &Target, percentage: Percentage, value: Money, whole: Money) -> Result<Drift, TooLarge> {
    let share = Figure::from(target.percentage).over(Figure::HUNDRED).unwrap_or(Err(TooLarge))?;
    let due = Money::from(Figure::from(whole).times(share)?);
    Ok(Drift { target: target.percentage, percentage: percentage.minus(target.percentage)?, amount: value.minus(due)? })
}
