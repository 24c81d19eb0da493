//! Splits.

mod cash_in_lieu;

use chrono::Days;

use super::conversions::split_advice;
use super::lookup::owner_of_references;
use super::prices::{price_doubt, rebase_advice};
use super::record::BookRecord;
use super::rematch::{Cause, rematch_stale};
use super::same_record::{Asked, NewId};
use super::{AppError, known_stock};
use crate::domain::{
    Day, DomainError, ExternalId, LotsNeeded, Money, PortfolioName, RematchedSale, SplitTerms, Stock, Symbol,
    TransactionId, TransactionType,
};
use crate::store::{SplitRow, StoreError, UnitOfWork};
pub use cash_in_lieu::{CashInLieu, FractionSale};
pub(super) use cash_in_lieu::{fractions, fractions_sold, sell_fraction};

/// What to do about a split within a few days of another by the same ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearby {
    /// It is refused.
    Refuse,
    /// It is recorded as a second split.
    Record,
}

/// A split that a user records.
#[derive(Debug, Clone)]
pub struct SplitRequest {
    /// The stock.
    pub symbol: Symbol,
    /// The ratio of new shares to old ones.
    pub terms: SplitTerms,
    /// The day; it counts before that day's trades; today unless given.
    pub date: Option<Day>,
    /// Whether it may be recorded within a few days of another by the same ratio.
    pub nearby: Nearby,
    /// The cash paid for the fraction that it leaves in a portfolio, if the shares are rounded down.
    pub cash_in_lieu: Option<CashInLieu>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The portfolio within which a [reference](ExternalId::Reference) is resolved to an id, if one is named.
    pub portfolio: Option<PortfolioName>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A split as it was recorded.
#[derive(Debug, Clone)]
pub struct SplitReceipt {
    /// The split.
    pub split: SplitRow,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
    /// The sale of the fraction, if requested.
    pub fraction: Option<FractionSale>,
    /// A note about recorded prices that it puts in doubt.
    pub price_advice: Option<String>,
    /// A note about a conversion on the same day.
    pub conversion_advice: Option<String>,
}

/// Records a split and applies it to all positions of the stock; if it has already been recorded, returns
/// that record. A split is a fact of the stock, whoever reports it.
///
/// # Errors
/// If the symbol is unknown, if its id belongs to something else, if another split is recorded on that
/// day or [nearby](Nearby), if a later entry would no longer be possible, or if the book cannot be read
/// or written.
pub fn split_stock(unit: &mut UnitOfWork<'_>, request: &SplitRequest) -> Result<SplitReceipt, AppError> {
    let mut stock = known_stock(unit.reader(), &request.symbol)?;
    let (split, is_new) = record_split(unit, &mut stock, request)?;
    let paid = request.cash_in_lieu.as_ref().filter(|_| split.voided_at.is_none());
    let sale = paid.map(|paid| sell_fraction(unit, &stock, split.effective_date, paid)).transpose()?;
    let cause = sale.filter(|_| !is_new).unwrap_or(split.split_id);
    let rematched = rematch_stale(unit, &stock, Cause::transaction(cause, split.effective_date))?.sales;
    let doubt = if is_new { price_doubt(unit, &stock, [Day::FIRST, Day::LAST])? } else { None };
    let price_advice = doubt.map(|doubt| rebase_advice(&request.symbol, &doubt));
    let fraction = sale.map(|sale| FractionSale::of(unit, &stock, sale)).transpose()?;
    let conversion_advice = split_advice(unit.reader(), &stock, split.effective_date)?;
    Ok(SplitReceipt { split, rematched, fraction, price_advice, conversion_advice })
}

/// Records the split unless it has already been recorded. Returns it and whether it is new; if so, some
/// positions may be stale.
fn record_split(
    unit: &mut UnitOfWork<'_>,
    stock: &mut Stock,
    request: &SplitRequest,
) -> Result<(SplitRow, bool), AppError> {
    let owner = owner_of_references(unit.reader(), request.portfolio.as_ref())?;
    let asked =
        Asked { ratio: Some(request.terms), date: request.date, ..Asked::new(TransactionType::Split, &request.symbol) };
    if let Some(given) = &request.id
        && let Some(BookRecord::Split(split)) = asked.recorded::<AppError>(unit, given, owner.id())?
    {
        return Ok((split, false));
    }
    let new = NewId::given::<AppError>(unit, request.id.as_ref(), owner.id(), request.fresh_id)?;
    let id = new.id;
    let date = request.date.unwrap_or(request.today);
    match similar_split::<AppError>(unit, stock, date, request.terms)? {
        Some(SimilarSplit::Same(split)) => return Ok((split, false)),
        Some(SimilarSplit::Nearby(known)) if request.nearby == Nearby::Refuse => {
            let SplitRow { symbol, terms: known, effective_date, .. } = known;
            return Err(DomainError::SplitNearby { symbol, date: effective_date, known, asked_date: date }.into());
        }
        Some(SimilarSplit::Nearby(_)) | None => {}
    }
    let paid = request.cash_in_lieu.as_ref().map(|paid| paid.amount);
    apply_split::<AppError>(unit, stock, new, date, (request.terms, paid))?;
    let split = unit.reader().splits().find(id)?.ok_or_else(|| AppError::damaged("the split is not there"))?;
    Ok((split, true))
}

/// How a reported split resembles a recorded one.
pub(super) enum SimilarSplit {
    /// It is the same split.
    Same(SplitRow),
    /// The ratio is the same, and the days are close.
    Nearby(SplitRow),
}

/// The number of days between two reports of one split: a record date here, an ex-date there.
const NEARBY: Days = Days::new(7);

/// The recorded split that a reported one resembles, if there is one.
///
/// # Errors
/// If the stock was split on that day by another ratio, or if the book cannot be read.
pub(super) fn similar_split<E: From<StoreError> + From<DomainError>>(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    date: Day,
    terms: SplitTerms,
) -> Result<Option<SimilarSplit>, E> {
    let around = [date.calendar().checked_sub_days(NEARBY), date.calendar().checked_add_days(NEARBY)];
    let known = unit.reader().splits().between(stock, around.map(|day| day.map_or(date, Day::nearest)))?;
    let is_alike = |split: &&SplitRow| split.terms.ratio() == terms.ratio();
    let of_day = |split: &&SplitRow| split.effective_date == date;
    let mut live = known.iter().filter(|split| split.voided_at.is_none());
    if let Some(same) = live.clone().filter(of_day).find(is_alike) {
        return Ok(Some(SimilarSplit::Same(same.clone())));
    }
    if let Some(other) = live.clone().find(of_day) {
        let SplitRow { symbol, terms: known, split_id: id, .. } = other.clone();
        return Err(DomainError::SplitExists { symbol, date, known, asked: terms, id }.into());
    }
    Ok(live.find(is_alike).cloned().map(SimilarSplit::Nearby))
}

/// Whether such a split was recorded and voided. (After an `undo`, it may be recorded again.)
///
/// # Errors
/// If the book cannot be read.
pub(super) fn was_voided(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    date: Day,
    terms: SplitTerms,
) -> Result<bool, StoreError> {
    let is_alike = |split: &SplitRow| split.terms.ratio() == terms.ratio();
    let mut was_voided = false;
    for split in unit.reader().splits().between(stock, [date; 2])?.iter().filter(|split| is_alike(split)) {
        was_voided = match split.voided_at {
            None => return Ok(false),
            voided => was_voided || !unit.reader().commands().is_undone(voided)?,
        };
    }
    Ok(was_voided)
}

/// Records a split and applies it to the positions of the stock; some may be stale afterwards.
///
/// # Errors
/// If a quantity gets too large or too fine, or if the book cannot be read or written.
pub(super) fn apply_split<E: From<StoreError> + From<DomainError>>(
    unit: &mut UnitOfWork<'_>,
    stock: &mut Stock,
    NewId { id, identity }: NewId,
    date: Day,
    (terms, cash_in_lieu): (SplitTerms, Option<Money>),
) -> Result<(), E> {
    let ratio = terms.ratio();
    stock.split(id, identity, date, terms, cash_in_lieu);
    unit.save(stock)?;
    let place = unit.last_sequence();
    for portfolio in unit.reader().portfolios().holding(stock)? {
        unit.with_position(&portfolio, stock, LotsNeeded::All, |position, _| {
            position.split(id, date, ratio.clone(), place).map_err(E::from)
        })?;
    }
    Ok(())
}
