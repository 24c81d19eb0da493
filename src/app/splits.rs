//! Splits.

use super::corrections::Record;
use super::prices::{price_doubt, rebase_advice};
use super::rematch::{Cause, rematch_stale};
use super::same_record::Asked;
use super::{known_portfolio, known_stock};
use crate::domain::{
    Day, DomainError, ExternalId, LotsNeeded, PortfolioName, SplitTerms, Stock, Symbol, TransactionId, TransactionType,
};
use crate::store::{RematchedSale, SplitRow, StoreError, UnitOfWork};

/// A split that a user records.
#[derive(Debug, Clone)]
pub struct SplitRequest {
    /// The stock.
    pub symbol: Symbol,
    /// So many new shares for so many old ones.
    pub terms: SplitTerms,
    /// The day, before whose trades it counts; today unless given.
    pub date: Option<Day>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The portfolio with which a reference makes an id.
    pub portfolio: PortfolioName,
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
    /// Sales that realize another gain because of it.
    pub rematched: Vec<RematchedSale>,
    /// What the user should know of recorded prices that it puts in doubt.
    pub price_advice: Option<String>,
}

/// Records a split and applies it to all positions of the stock, or, if it was recorded before
/// under the same id, finds it.
///
/// # Errors
/// If the symbol is unknown, if its id stands for something else, if a later entry could not stand
/// any more, or if the book cannot be read or written.
pub fn split_stock(unit: &mut UnitOfWork<'_>, request: &SplitRequest) -> anyhow::Result<SplitReceipt> {
    let mut stock = known_stock(unit, &request.symbol)?;
    let owner = known_portfolio(unit, &request.portfolio)?;
    let asked =
        Asked { ratio: Some(request.terms), date: request.date, ..Asked::new(TransactionType::Split, &request.symbol) };
    if let Some(given) = &request.id
        && let Some(Record::Split(split)) = asked.recorded::<anyhow::Error>(unit, given, owner.id())?
    {
        return Ok(SplitReceipt { split, rematched: Vec::new(), price_advice: None });
    }
    let id = request.id.as_ref().map_or(request.fresh_id, |given| given.resolve(owner.id()));
    let date = request.date.unwrap_or(request.today);
    apply_split::<anyhow::Error>(unit, &mut stock, id, date, request.terms)?;
    let rematched = rematch_stale(unit, &stock, Cause::transaction(id, date))?;
    let split = unit.split(id)?.ok_or_else(|| anyhow::anyhow!("the split is not there"))?;
    let doubt = price_doubt(unit, &stock, [Day::FIRST, Day::LAST])?;
    let price_advice = doubt.map(|doubt| rebase_advice(&request.symbol, &doubt));
    Ok(SplitReceipt { split, rematched, price_advice })
}

/// Records a split and applies it to the positions of the stock, of which some may be stale then.
///
/// # Errors
/// If a quantity gets too large or too fine, or if the book cannot be read or written.
pub(super) fn apply_split<E: From<StoreError> + From<DomainError>>(
    unit: &mut UnitOfWork<'_>,
    stock: &mut Stock,
    id: TransactionId,
    date: Day,
    terms: SplitTerms,
) -> Result<(), E> {
    let symbol = stock.profile().symbol.clone();
    let ratio = terms.ratio().map_err(|_| DomainError::TooLarge { figure: "the ratio", symbol })?;
    stock.split(id, date, terms);
    unit.save(stock)?;
    let place = unit.last_sequence();
    for portfolio in unit.portfolios_with(stock)? {
        unit.with_position(&portfolio, stock, LotsNeeded::All, |position, _| {
            position.split(id, date, ratio, place).map_err(E::from)
        })?;
    }
    Ok(())
}
