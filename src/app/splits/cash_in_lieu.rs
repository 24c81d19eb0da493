//! Sales of the fractions of shares that a split leaves and for which a broker pays cash.

use std::collections::BTreeSet;

use crate::app::linked_entries::LinkedEntries;
use crate::app::{AppError, known_portfolio};
use crate::domain::{
    Consideration, Day, Disposal, DomainError, EntryKind, ExternalId, Fee, LotsNeeded, Moment, Money, PortfolioName,
    PositionTotals, Quantity, Side, Stock, Trade, TransactionId,
};
use crate::store::{TransactionRow, UnitOfWork};

/// What a broker paid for the fraction of a share that a split left.
#[derive(Debug, Clone)]
pub struct CashInLieu {
    /// The amount.
    pub amount: Money,
    /// The portfolio; the only one with a fraction unless given.
    pub portfolio: Option<PortfolioName>,
    /// The id that the sale gets.
    pub fresh_id: TransactionId,
}

/// The sale of a fraction.
#[derive(Debug, Clone)]
pub struct FractionSale {
    /// The sale.
    pub transaction: TransactionRow,
    /// What it realized, lot by lot.
    pub disposals: Vec<Disposal>,
    /// The totals of the position now.
    pub position: PositionTotals,
}

impl FractionSale {
    /// The sale with this id.
    pub(super) fn of(unit: &mut UnitOfWork<'_>, stock: &Stock, id: TransactionId) -> Result<Self, AppError> {
        let transaction =
            unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the sale is not there"))?;
        let portfolio = known_portfolio(unit.reader(), &transaction.portfolio)?;
        let (disposals, position) =
            (unit.reader().transactions().disposals(id)?, unit.current_totals(&portfolio, stock)?);
        Ok(Self { transaction, disposals, position })
    }
}

/// Sells the fraction that the split of a day left in a portfolio, right after the split and before all
/// trades of the day, unless that sale has already been recorded. Returns its id. The position may be stale
/// afterwards.
///
/// # Errors
/// If there is no such fraction, if several portfolios have one and none is named, if it was sold for
/// another amount, or if the book cannot be read or written.
pub(in crate::app) fn sell_fraction(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    date: Day,
    paid: &CashInLieu,
) -> Result<TransactionId, AppError> {
    let symbol = stock.profile().symbol.clone();
    let sold = fractions_sold(unit, stock, date)?;
    let left = fractions(unit, stock, date)?;
    let given = paid.portfolio.as_ref().map(|name| known_portfolio(unit.reader(), name)).transpose()?;
    let names: BTreeSet<&PortfolioName> =
        sold.iter().map(|sale| &sale.portfolio).chain(left.iter().map(|(name, _)| name)).collect();
    let portfolio = match (given, names.into_iter().collect::<Vec<_>>().as_slice()) {
        (Some(portfolio), _) => portfolio,
        (None, [only]) => known_portfolio(unit.reader(), only)?,
        (None, []) => return Err(DomainError::NoFraction { symbol, portfolio: None, date }.into()),
        (None, several) => {
            let portfolios = several.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(DomainError::SeveralFractions { symbol, portfolios, date }.into());
        }
    };
    let name = portfolio.name();
    if let Some(sale) = sold.iter().find(|sale| sale.portfolio == *name) {
        if sale.gross_amount() == Some(paid.amount) {
            return Ok(sale.transaction_id);
        }
        let id: ExternalId = sale.transaction_id.to_string().parse()?;
        return Err(DomainError::IdConflict { id, differs: "cash in lieu" }.into());
    }
    let Some((_, quantity)) = left.into_iter().find(|(of, _)| of == name) else {
        return Err(DomainError::NoFraction { symbol, portfolio: Some(name.clone()), date }.into());
    };
    let trade = sale_of(quantity, date, paid);
    unit.with_position(&portfolio, stock, LotsNeeded::All, |position, place| {
        position.execute(&trade, place).map_err(AppError::from)
    })?;
    Ok(trade.id)
}

fn sale_of(quantity: Quantity, date: Day, paid: &CashInLieu) -> Trade {
    Trade {
        id: paid.fresh_id,
        identity: None,
        side: Side::Sell,
        date,
        time: None,
        quantity,
        consideration: Consideration::Amount(paid.amount),
        fee: Fee::ZERO,
        note: None,
        picked: Vec::new(),
        replaces: None,
        as_of: Some(date),
        settled: None,
        charged: None,
    }
}

/// The sales of fractions that the split of a day left, if they count.
pub(in crate::app) fn fractions_sold(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    date: Day,
) -> Result<Vec<TransactionRow>, AppError> {
    let mut sold = Vec::new();
    for portfolio in unit.reader().portfolios().holding(stock)? {
        for stored in unit.flushed()?.entries().of_position(portfolio.id(), stock)? {
            if matches!(stored.entry.kind, EntryKind::Sale { as_of: Some(day), .. } if day == date) {
                sold.extend(unit.reader().transactions().find(stored.entry.id)?);
            }
        }
    }
    Ok(sold)
}

/// The fractions of shares in the portfolios of a stock right after the splits of a day, and what was
/// already sold of them.
pub(in crate::app) fn fractions(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    date: Day,
) -> Result<Vec<(PortfolioName, Quantity)>, AppError> {
    let portfolios = unit.reader().portfolios().holding(stock)?;
    let gathered = LinkedEntries::gather(unit.flushed()?, stock, &portfolios)?;
    let is_before = |moment: (Day, Moment)| moment <= (date, Moment::Split);
    let mut positions = gathered.replay(|entry| is_before((entry.date, entry.moment)))?;
    positions.retain(|position| position.key().stock_id == stock.id());
    let fraction = |totals: &PositionTotals| Quantity::shown(&totals.quantity.fractional_part());
    let left = positions.iter().filter_map(|it| Some((it.key().portfolio.clone(), fraction(it.totals())?)));
    Ok(left.collect())
}
