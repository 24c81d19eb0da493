//! Dividends.

use super::corrections::Record;
use super::ledger::Ledger;
use super::same_record::{self, Asked};
use super::{known_portfolio, known_stock};
use crate::domain::{
    Consideration, Day, Dividend, DomainError, ExternalId, LotsNeeded, Money, Note, Portfolio, PortfolioName,
    PositionTotals, Price, Shares, SplitRatio, Stock, Symbol, TransactionId, TransactionType,
};
use crate::store::{TransactionRow, UnitOfWork};

/// What was paid, before taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    /// So much in all.
    Total(Money),
    /// So much on each share that was held at the end of the day.
    PerShare(Price),
}

/// A dividend that a user records. What is `None` was not given.
#[derive(Debug, Clone)]
pub struct DividendRequest {
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// What was paid.
    pub payment: Payment,
    /// The tax that was withheld; none unless given.
    pub withholding: Option<Money>,
    /// The day on which it was paid; today unless given.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A dividend as it was recorded.
#[derive(Debug, Clone)]
pub struct DividendReceipt {
    /// The transaction.
    pub transaction: TransactionRow,
    /// What the position comes to now.
    pub position: PositionTotals,
}

/// Records a dividend, or, if it was recorded before under the same id, finds it.
///
/// # Errors
/// If the symbol or portfolio is unknown, if it is per share and none was held, if its id stands
/// for something else, or if the book cannot be read or written.
pub fn receive_dividend(unit: &mut UnitOfWork<'_>, request: &DividendRequest) -> anyhow::Result<DividendReceipt> {
    let portfolio = known_portfolio(unit, &request.portfolio)?;
    let stock = known_stock(unit, &request.symbol)?;
    if let Some(given) = &request.id
        && let Some(transaction) = recorded(unit, request, given, (&portfolio, &stock))?
    {
        return Ok(DividendReceipt { transaction, position: unit.current_totals(&portfolio, &stock)? });
    }
    let id = request.id.as_ref().map_or(request.fresh_id, |given| given.resolve(portfolio.id()));
    let date = request.date.unwrap_or(request.today);
    let dividend = Dividend {
        id,
        date,
        amount: amount(unit, request.payment, (&portfolio, &stock), date)?,
        withholding: request.withholding.unwrap_or_default(),
        note: request.note.clone(),
        replaces: None,
    };
    unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, place| {
        position.receive_dividend(&dividend, place).map_err(anyhow::Error::from)
    })?;
    let transaction = unit.transaction(id)?.ok_or_else(|| anyhow::anyhow!("the dividend is not there"))?;
    Ok(DividendReceipt { transaction, position: unit.current_totals(&portfolio, &stock)? })
}

fn recorded(
    unit: &mut UnitOfWork<'_>,
    request: &DividendRequest,
    given: &ExternalId,
    position: (&Portfolio, &Stock),
) -> anyhow::Result<Option<TransactionRow>> {
    let Some(record) = same_record::find::<anyhow::Error>(unit, given, position.0.id())? else { return Ok(None) };
    let said = Asked {
        portfolio: Some(&request.portfolio),
        withholding: request.withholding,
        date: request.date,
        note: request.note.as_ref(),
        ..Asked::new(TransactionType::Dividend, &request.symbol)
    };
    said.check::<anyhow::Error>(unit, given, &record)?;
    let Record::Transaction(row) = &record else { return Ok(None) };
    let amount = amount(unit, request.payment, position, row.trade_date)?;
    let said = Asked { consideration: Some(Consideration::Amount(amount)), ..said };
    said.check::<anyhow::Error>(unit, given, &record)?;
    Ok(Some(row.clone()))
}

fn amount(
    unit: &mut UnitOfWork<'_>,
    payment: Payment,
    (portfolio, stock): (&Portfolio, &Stock),
    date: Day,
) -> anyhow::Result<Money> {
    let per_share = match payment {
        Payment::Total(amount) => return Ok(amount),
        Payment::PerShare(per_share) => per_share,
    };
    let held = held_on(unit, portfolio, stock, date)?;
    if held.is_zero() {
        let (symbol, portfolio) = (stock.profile().symbol.clone(), portfolio.name().clone());
        return Err(DomainError::NothingHeld { symbol, portfolio, date }.into());
    }
    Ok(per_share
        .value(held, SplitRatio::NONE)
        .map_err(|_| DomainError::TooLarge { figure: "the dividend", symbol: stock.profile().symbol.clone() })?)
}

/// Shares held at the end of a day.
fn held_on(unit: &mut UnitOfWork<'_>, portfolio: &Portfolio, stock: &Stock, day: Day) -> anyhow::Result<Shares> {
    let totals = unit.current_totals(portfolio, stock)?;
    if totals.last_trade_date <= Some(day) {
        return Ok(totals.quantity);
    }
    let ledger = Ledger::gather(unit.facts()?, stock, std::slice::from_ref(portfolio))?;
    let position = ledger.position_on(unit, portfolio, stock, day)?;
    Ok(position.map_or(Shares::ZERO, |position| position.totals().quantity))
}
