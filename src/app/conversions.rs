//! Spin-offs and exchanges, in which lots of one stock yield shares of another.

use super::held_shares::known_holder;
use super::linked_entries::LinkedEntries;
use super::lookup::owner_of_references;
use super::record::BookRecord;
use super::rematch::{Cause, mark_stale, mark_stale_in, rematch, stale_positions};
use super::same_record::{Asked, NewId};
use super::{AppError, known_stock};
use crate::domain::{
    ConversionKind, ConversionTerms, Day, DomainError, EntryOrder, ExternalId, Moment, Money, PortfolioName, Position,
    PositionTotals, RematchedSale, Sequence, Shares, Stock, StockConvertedEvent, Symbol, TooLarge, TransactionId,
    shell_word,
};
use crate::store::{ConversionRow, LotGain, Reader, StoreError, UnitOfWork};

/// A spin-off or an exchange that a user records.
#[derive(Debug, Clone)]
pub struct ConversionRequest {
    /// Whether the old shares are kept.
    pub kind: ConversionKind,
    /// The stock.
    pub symbol: Symbol,
    /// The stock of the new shares.
    pub new_symbol: Symbol,
    /// What it does to each lot.
    pub terms: ConversionTerms,
    /// The only portfolio that it concerns; all unless given.
    pub only: Option<PortfolioName>,
    /// The day; it counts before that day's trades; today unless given.
    pub date: Option<Day>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A conversion as it was recorded.
#[derive(Debug, Clone)]
pub struct ConversionReceipt {
    /// The conversion.
    pub conversion: ConversionRow,
    /// The totals of both stocks now, by portfolio.
    pub holdings: Vec<(PortfolioName, [PositionTotals; 2])>,
    /// The old shares that it took, by portfolio.
    pub converted: Vec<(PortfolioName, Shares)>,
    /// The cash received; negative if it was paid.
    pub cash: Money,
    /// What the user should know: that nothing was held, that the book has another one like it, or that the
    /// stock is split on that day.
    pub notes: Vec<String>,
    /// What it realized, lot by lot.
    pub realized: Vec<LotGain>,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Records a spin-off or an exchange in all portfolios or in one; if it has been recorded already, returns
/// that record.
///
/// # Errors
/// If a symbol or the portfolio is unknown, if the stocks have different currencies, if its id belongs
/// to something else, if another conversion between the same stocks is recorded on that day, if a later
/// entry would no longer be possible, or if the book cannot be read or written.
pub fn convert_stock(unit: &mut UnitOfWork<'_>, request: &ConversionRequest) -> Result<ConversionReceipt, AppError> {
    request.terms.check()?;
    let mut stock = known_stock(unit.reader(), &request.symbol)?;
    let new_stock = known_stock(unit.reader(), &request.new_symbol)?;
    check_stocks(request.kind, &stock, &new_stock)?;
    let date = request.date.unwrap_or(request.today);
    if let Some(only) = &request.only {
        known_holder(unit, only, &stock, date)?;
    }
    if let Some(known) = recorded(unit, request, [&stock, &new_stock])? {
        return receipt(unit, known, [&stock, &new_stock], Vec::new());
    }
    let owner = owner_of_references(unit.reader(), request.only.as_ref())?;
    let new = NewId::given::<AppError>(unit, request.id.as_ref(), owner.id(), request.fresh_id)?;
    let only = match (&request.only, request.terms.cash_in_lieu) {
        (Some(only), _) => Some(only.clone()),
        (None, Some(_)) => Some(only_holder(unit, &stock, date)?),
        (None, None) => None,
    };
    enter_conversion(unit, &mut stock, &new_stock, new, date, (request.kind, &request.terms, only))?;
    let stale = stale_positions(unit, &[stock.clone(), new_stock.clone()])?;
    let rematched = rematch(unit, &stale, Cause::transaction(new.id, date))?.sales;
    let row = unit.reader().conversions().find(new.id)?;
    let row = row.ok_or_else(|| AppError::damaged("the conversion is not there"))?;
    receipt(unit, row, [&stock, &new_stock], rematched)
}

/// Records a conversion, which leaves the positions of both stocks stale.
pub(super) fn enter_conversion(
    unit: &mut UnitOfWork<'_>,
    stock: &mut Stock,
    new_stock: &Stock,
    NewId { id, identity }: NewId,
    date: Day,
    (kind, terms, only): (ConversionKind, &ConversionTerms, Option<PortfolioName>),
) -> Result<(), StoreError> {
    stock.convert(StockConvertedEvent {
        conversion_id: id,
        kind,
        stock_id: stock.id(),
        symbol: stock.profile().symbol.clone(),
        new_stock_id: new_stock.id(),
        new_symbol: new_stock.profile().symbol.clone(),
        effective_date: date,
        terms: terms.clone(),
        portfolio: only.clone(),
        replaces: None,
        identity,
    });
    unit.save(stock)?;
    mark_stale(unit, stock)?;
    mark_stale(unit, new_stock)?;
    for portfolio in unit.reader().portfolios().holding(stock)? {
        if only.as_ref().is_none_or(|only| only == portfolio.name()) {
            mark_stale_in(unit, &portfolio, new_stock)?;
        }
    }
    Ok(())
}

/// Refuses two stocks if one cannot be converted into the other.
pub(super) fn check_stocks(kind: ConversionKind, stock: &Stock, new_stock: &Stock) -> Result<(), DomainError> {
    let (symbol, new_symbol) = (&stock.profile().symbol, &new_stock.profile().symbol);
    if stock.id() == new_stock.id() {
        return Err(DomainError::NotConvertible {
            what: format!(
                "{symbol} cannot yield shares of itself by {}",
                match kind {
                    ConversionKind::SpinOff => "a spin-off",
                    ConversionKind::Exchange => "an exchange",
                }
            ),
            hint:
                "a stock dividend, a bonus issue or a consolidation is a `split`; another symbol for the same shares \
                   is `edit-stock --symbol`"
                    .to_owned(),
        });
    }
    let (currency, new_currency) = (stock.profile().currency, new_stock.profile().currency);
    if currency != new_currency {
        return Err(DomainError::NotConvertible {
            what: format!(
                "{symbol} is traded in {currency} and {new_symbol} in {new_currency}: the cost cannot carry over to another currency"
            ),
            hint: "add the new shares as a stock in the currency of the old ones".to_owned(),
        });
    }
    Ok(())
}

/// The conversion if it has been recorded already: under its id, or between the same stocks on that day.
fn recorded(
    unit: &mut UnitOfWork<'_>,
    request: &ConversionRequest,
    [stock, new_stock]: [&Stock; 2],
) -> Result<Option<ConversionRow>, AppError> {
    let asked = Asked {
        portfolio: request.only.as_ref(),
        date: request.date,
        conversion: Some((&new_stock.profile().symbol, &request.terms)),
        ..Asked::new(request.kind.into(), &request.symbol)
    };
    let owner = owner_of_references(unit.reader(), request.only.as_ref())?;
    if let Some(given) = &request.id
        && let Some(BookRecord::Conversion(row)) = asked.recorded::<AppError>(unit, given, owner.id())?
    {
        return Ok(Some(*row));
    }
    like(unit, [stock, new_stock], request.date.unwrap_or(request.today), &asked)
}

/// The conversion between the same stocks on the same day that counts, if it has the same terms.
///
/// # Errors
/// [`DomainError::ConversionExists`] if it is another one; or if the book cannot be read.
pub(super) fn like(
    unit: &mut UnitOfWork<'_>,
    [stock, new_stock]: [&Stock; 2],
    date: Day,
    asked: &Asked<'_>,
) -> Result<Option<ConversionRow>, AppError> {
    let of_day = unit.reader().conversions().between([stock, new_stock], date)?;
    for row in of_day.into_iter().filter(|row| row.voided_at.is_none()) {
        let touches = asked.portfolio.is_none() || row.portfolio.is_none() || asked.portfolio == row.portfolio_name();
        if !touches {
            continue;
        }
        let id = row.conversion_id.to_string().parse()?;
        if asked.check::<AppError>(unit, &id, &BookRecord::Conversion(Box::new(row.clone()))).is_ok() {
            return Ok(Some(row));
        }
        let (only, id, kind) = (row.portfolio_name().cloned(), row.conversion_id, row.kind.noun());
        let (symbol, new_symbol) = (row.stock.1, row.new_stock.1);
        return Err(DomainError::ConversionExists { kind, symbol, new_symbol, date, id, only }.into());
    }
    Ok(None)
}

/// What each portfolio holds of a stock right before a place in the order of entries, such as a
/// conversion; only portfolios that hold any, by name.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn held_before(
    reader: Reader<'_>,
    stock: &Stock,
    before: EntryOrder,
) -> Result<Vec<(PortfolioName, Shares)>, AppError> {
    let portfolios = reader.portfolios().holding(stock)?;
    let positions = LinkedEntries::gather(reader, stock, &portfolios)?.replay(|entry| entry.order() < before)?;
    let is_held = |position: &&Position| position.key().stock_id == stock.id() && !position.totals().quantity.is_zero();
    let mut held: Vec<_> = positions
        .iter()
        .filter(is_held)
        .map(|position| (position.key().portfolio.clone(), position.totals().quantity.clone()))
        .collect();
    held.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    Ok(held)
}

/// The old shares that a conversion took, by portfolio.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn converted(reader: Reader<'_>, row: &ConversionRow) -> Result<Vec<(PortfolioName, Shares)>, AppError> {
    let Some(stock) = reader.stocks().by_id(row.stock.0)? else { return Ok(Vec::new()) };
    let mut held = held_before(reader, &stock, row.entry().order())?;
    held.retain(|(portfolio, _)| row.portfolio_name().is_none_or(|only| only == portfolio));
    Ok(held)
}

/// The only portfolio that holds a stock before the trades of a day, which must be the one that received cash
/// in lieu of a fraction.
pub(super) fn only_holder(unit: &mut UnitOfWork<'_>, stock: &Stock, date: Day) -> Result<PortfolioName, AppError> {
    let holders = held_before(unit.flushed()?, stock, (date, Moment::Conversion, Sequence::MAX))?;
    let symbol = stock.profile().symbol.clone();
    match holders.as_slice() {
        [(only, _)] => Ok(only.clone()),
        [] => Err(DomainError::NotConvertible {
            what: format!("no {symbol} is held before {date}, so that no fraction was paid for"),
            hint: format!(
                "is the purchase recorded? see `stockbook transactions --symbol {}`",
                shell_word(symbol.as_str())
            ),
        }
        .into()),
        several => {
            let portfolios = several.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            Err(DomainError::NotConvertible {
                what: format!("{symbol} is held in several portfolios, each with a fraction of its own: {portfolios}"),
                hint: "enter it for each portfolio, with --portfolio and what was paid there".to_owned(),
            }
            .into())
        }
    }
}

/// The note for a conversion in whose portfolios nothing was held.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn nothing_converted(reader: Reader<'_>, row: &ConversionRow) -> Result<String, AppError> {
    let there = row.portfolio_name().map(|name| format!(" in portfolio {name}")).unwrap_or_default();
    let (symbol, day) = (&row.stock.1, row.effective_date);
    let stock = reader.stocks().by_id(row.stock.0)?.filter(|_| row.portfolio.is_some());
    let others = stock.map(|stock| held_before(reader, &stock, row.entry().order())).transpose()?.unwrap_or_default();
    let others: Vec<_> = others.iter().map(|(portfolio, _)| portfolio.as_str()).collect();
    let elsewhere = match others.as_slice() {
        [] => String::new(),
        [only] => format!("; portfolio {only} holds some"),
        several => format!("; the portfolios {} hold some", several.join(", ")),
    };
    Ok(format!("no {symbol} is held{there} before the trades of {day}, so nothing is converted{elsewhere}"))
}

/// How many days two reports of the same conversion may be apart: a record date here, an ex-date there.
const NEARBY: i64 = 7;

/// The note for a conversion like another one within a few days.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn repeated(reader: Reader<'_>, row: &ConversionRow) -> Result<Option<String>, StoreError> {
    let Some(stock) = reader.stocks().by_id(row.stock.0)? else { return Ok(None) };
    let is_like = |other: &ConversionRow| {
        let what = |row: &ConversionRow| (row.kind, row.stock.0, row.new_stock.0, row.terms.ratio.ratio());
        let is_elsewhere = matches!((&other.portfolio, &row.portfolio), (Some(one), Some(other)) if one.0 != other.0);
        let days = other.effective_date.days_since(row.effective_date).abs();
        other.conversion_id != row.conversion_id && what(other) == what(row) && !is_elsewhere && days <= NEARBY
    };
    let other = reader.conversions().of_stock(&stock)?.into_iter().find(is_like);
    Ok(other.map(|ConversionRow { kind, stock, new_stock, terms, effective_date, conversion_id, .. }| {
        let (kind, old, new, ratio) = (kind.noun(), &stock.1, &new_stock.1, terms.ratio);
        format!(
            "the {kind} of {old} into {new} {ratio} on {effective_date} is recorded, too; if this is the same one, void \
             one of them, as with `stockbook void {conversion_id}`"
        )
    }))
}

/// The note for a conversion of a stock that is split on the same day, if it is.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn split_advice(reader: Reader<'_>, stock: &Stock, day: Day) -> Result<Option<String>, AppError> {
    let splits = reader.splits().between(stock, [day, day])?;
    let split = splits.into_iter().find(|split| split.voided_at.is_none());
    let of_stock = |row: &ConversionRow| row.stock.0 == stock.id() && row.effective_date == day;
    let conversion = reader.conversions().of_stock(stock)?.into_iter().find(of_stock);
    Ok(split.zip(conversion).map(|(split, row)| {
        let (noun, ratio) = (row.kind.noun(), row.terms.ratio);
        format!(
            "{} is split {} on {day}, too, before the {noun}: its ratio {ratio} is one for shares after the split; if it \
             is for those before, void it and enter it with the day before as its date",
            split.symbol, split.terms
        )
    }))
}

fn receipt(
    unit: &mut UnitOfWork<'_>,
    conversion: ConversionRow,
    stocks: [&Stock; 2],
    rematched: Vec<RematchedSale>,
) -> Result<ConversionReceipt, AppError> {
    let [stock, new_stock] = stocks;
    let mut holdings = Vec::new();
    for portfolio in unit.reader().portfolios().holding(stock)? {
        let totals = [unit.current_totals(&portfolio, stock)?, unit.current_totals(&portfolio, new_stock)?];
        let is_covered = conversion.portfolio.as_ref().is_none_or(|(only, _)| *only == portfolio.id());
        if is_covered && totals.iter().any(|it| !it.quantity.is_zero()) {
            holdings.push((portfolio.name().clone(), totals));
        }
    }
    let realized = unit.reader().transactions().realized_by_conversion(conversion.conversion_id)?;
    let converted = converted(unit.flushed()?, &conversion)?;
    let cash = converted.iter().try_fold(Money::ZERO, |sum, (_, old)| sum.plus(conversion.terms.cash_moved(old)?));
    let too_large = |TooLarge| DomainError::TooLarge { figure: "the cash", symbol: conversion.stock.1.clone() };
    let cash = cash.map_err(too_large)?;
    let mut notes = Vec::new();
    if converted.is_empty() {
        notes.push(nothing_converted(unit.flushed()?, &conversion)?);
    }
    notes.extend(repeated(unit.reader(), &conversion)?);
    notes.extend(split_advice(unit.reader(), stock, conversion.effective_date)?);
    Ok(ConversionReceipt { conversion, holdings, converted, cash, notes, realized, rematched })
}
