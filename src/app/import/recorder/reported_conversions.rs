//! Recognizes rows that report a recorded conversion, by their shares and cash.

use chrono::Days;

use super::Recorder;
use crate::app::held_shares::held_as_known;
use crate::app::import::file::{CorporateActionRow, Direction};
use crate::app::import::refusal::Refusal;
use crate::app::known_stock;
use crate::domain::{
    ConversionKind, ConversionRatio, Day, Figure, Moment, Money, Portfolio, Shares, Stock, StockId, Symbol,
};
use crate::store::{ConversionRow, StoreError, UnitOfWork};

/// The number of days between two reports of the same event, such as the record date and the booking.
const NEAR: u64 = 7;

/// The days within which the same event may be reported.
pub(super) fn days_near(day: Day) -> [Day; 2] {
    days_around(day, NEAR)
}

/// The first and last day within `days` of a day.
pub(super) fn days_around(day: Day, days: u64) -> [Day; 2] {
    let days = Days::new(days);
    let ends = [day.calendar().checked_sub_days(days), day.calendar().checked_add_days(days)];
    ends.map(|end| end.map_or(day, Day::nearest))
}

/// The conversions of a stock around a day that concern a portfolio.
pub(super) fn conversions_near(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    portfolio: &Portfolio,
    day: Day,
) -> Result<Vec<ConversionRow>, StoreError> {
    let [from, to] = days_near(day);
    let mut near = unit.reader().conversions().of_stock(stock)?;
    near.retain(|row| (from..=to).contains(&row.effective_date) && concerns(row, portfolio));
    Ok(near)
}

/// Whether shares of a portfolio are converted.
pub(super) fn concerns(row: &ConversionRow, portfolio: &Portfolio) -> bool {
    row.portfolio.as_ref().is_none_or(|(only, _)| *only == portfolio.id())
}

/// The recorded conversion, for the refusal of a row that differs from it.
pub(super) fn otherwise(conversion: &ConversionRow) -> String {
    let ConversionRow { kind, stock, new_stock, effective_date, terms, .. } = conversion;
    let (old, new, ratio) = (&stock.1, &new_stock.1, terms.ratio);
    format!(
        "by the {} of {old} into {new} {ratio} on {effective_date} that the book has, it would be other shares or cash",
        kind.noun()
    )
}

/// Whether the shares and the cash of a row are those of a recorded conversion from or into `stock`.
pub(super) fn reports_conversion(
    recorder: &mut Recorder<'_, '_>,
    row: &CorporateActionRow,
    (stock, portfolio): (&Stock, &Portfolio),
    conversion: &ConversionRow,
) -> Result<bool, Refusal> {
    let (kind, terms) = (conversion.kind, &conversion.terms);
    if row.kind.is_some_and(|told| told != kind) {
        return Ok(false);
    }
    if let Some((parent, ratio)) = &row.spun_off
        && (kind != ConversionKind::SpinOff
            || ratio.ratio() != terms.ratio.ratio()
            || !is_stock(recorder, parent, conversion.stock.0)?)
    {
        return Ok(false);
    }
    let (old, new) = shares_converted(recorder, conversion, portfolio)?;
    let are_told = match row.shares {
        None => true,
        Some((told, Direction::Came)) => are_about(told.into(), &new),
        Some((told, Direction::Left)) => {
            kind == ConversionKind::Exchange && conversion.stock.0 == stock.id() && are_about(told.into(), &old)
        }
    };
    if !are_told {
        return Ok(false);
    }
    if let Some((symbol, told)) = &row.new
        && (!are_about((*told).into(), &new) || !is_stock(recorder, symbol, conversion.new_stock.0)?)
    {
        return Ok(false);
    }
    let Some(told) = row.cash else { return Ok(true) };
    let Ok(cash) = terms.cash_moved(&old) else { return Ok(false) };
    let in_lieu = terms.cash_in_lieu.unwrap_or(Money::ZERO);
    // The cash for the fraction may have a row of its own.
    Ok(is_within_a_cent(told, cash) || cash.minus(in_lieu).is_ok_and(|cash| is_within_a_cent(told, cash)))
}

/// Whether a conversion takes from a portfolio the old shares of a ratio, and gives it the new ones.
pub(super) fn has_these_shares(
    recorder: &mut Recorder<'_, '_>,
    conversion: &ConversionRow,
    portfolio: &Portfolio,
    told: ConversionRatio,
) -> Result<bool, Refusal> {
    let (old, new) = shares_converted(recorder, conversion, portfolio)?;
    Ok(are_about(told.old_shares.into(), &old) && are_about(told.new_shares.into(), &new))
}

/// The old shares that a conversion takes from a portfolio, and the new shares that they become.
fn shares_converted(
    recorder: &mut Recorder<'_, '_>,
    conversion: &ConversionRow,
    portfolio: &Portfolio,
) -> Result<(Shares, Shares), Refusal> {
    let moment = (conversion.effective_date, Moment::Split);
    // From the entries, because positions with rows of this file may not have been rebuilt yet.
    let reader = recorder.unit.flushed()?;
    let stock = known_stock(reader, &conversion.stock.1).map_err(Refusal::from_any)?;
    let old = held_as_known(reader, portfolio, &stock, moment).map_err(Refusal::from_any)?;
    let new = old.split(&conversion.terms.ratio.ratio()).map_err(|error| Refusal::from_any(error.into()))?;
    Ok((old, new))
}

fn is_stock(recorder: &mut Recorder<'_, '_>, symbol: &Symbol, id: StockId) -> Result<bool, StoreError> {
    Ok(recorder.directory.find_stock(recorder.unit, symbol)?.is_some_and(|stock| stock.id() == id))
}

/// Whether the shares of a row are those in the book. A fraction may have been rounded, or paid for in cash.
fn are_about(told: Figure, shares: &Shares) -> bool {
    let shares = Figure::from(shares);
    let room = if shares == shares.rounded(0) { Figure::half_a_unit(4) } else { Figure::ONE };
    told.minus(shares).is_ok_and(|gap| gap.abs() < room)
}

fn is_within_a_cent(told: Money, cash: Money) -> bool {
    let cent = Figure::HALF_A_CENT.plus(Figure::HALF_A_CENT);
    let gap = Figure::from(told).minus(Figure::from(cash));
    gap.is_ok_and(|gap| cent.is_ok_and(|cent| gap.abs() <= cent))
}
