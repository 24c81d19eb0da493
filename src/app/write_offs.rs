//! Writes off shares that have become worthless.

use super::each_holder::{EachHolder, together};
use super::held_shares::nothing_held;
use super::same_record::Asked;
use super::session::Mode;
use super::{AppError, TradeReceipt, TradeRequest, TradeTerms, execute_trade, known_stock};
use crate::domain::{
    Consideration, Day, ExternalId, Money, Note, PortfolioName, Quantity, RematchedSale, Side, Symbol, TransactionType,
};
use crate::store::UnitOfWork;

/// A request to write off shares that have become worthless.
#[derive(Debug, Clone)]
pub struct WriteOffRequest {
    /// The stock.
    pub symbol: Symbol,
    /// The only portfolio that it concerns; all that hold the stock unless given.
    pub only: Option<PortfolioName>,
    /// The day; today unless given.
    pub date: Option<Day>,
    /// The user's note.
    pub note: Option<Note>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// Today.
    pub today: Day,
    /// Whether to record it.
    pub mode: Mode,
}

/// What was written off.
#[derive(Debug, Clone)]
pub struct WriteOffReceipt {
    /// The sales, one for each portfolio.
    pub sales: Vec<TradeReceipt>,
    /// Other sales whose realized gain changes because of them.
    pub rematched: Vec<RematchedSale>,
}

/// Sells all shares of a stock for nothing, in all portfolios that hold it or in one. If these sales have
/// already been recorded under the same id, returns them.
///
/// # Errors
/// As [`execute_trade`]; and if nothing is held.
pub fn write_off(unit: &mut UnitOfWork<'_>, request: &WriteOffRequest) -> Result<WriteOffReceipt, AppError> {
    let stock = known_stock(unit.reader(), &request.symbol)?;
    let date = request.date.unwrap_or(request.today);
    let each = EachHolder { stock: &stock, only: request.only.as_ref(), date, id: request.id.as_ref() };
    let asked = Asked {
        portfolio: request.only.as_ref(),
        consideration: Some(Consideration::Amount(Money::ZERO)),
        date: request.date,
        note: request.note.as_ref(),
        ..Asked::new(TransactionType::Sell, &request.symbol)
    };
    let mut sales = Vec::new();
    for (portfolio, row) in each.recorded(unit, &asked)? {
        sales.push(TradeReceipt::of_recorded(unit, row, (&portfolio, &stock))?);
    }
    if !sales.is_empty() {
        return Ok(WriteOffReceipt { sales, rematched: Vec::new() });
    }
    let portfolios = each.portfolios(unit)?;
    let given = each.id_in(portfolios.len());
    let mut rematched = Vec::new();
    for (portfolio, held) in &portfolios {
        let Some(quantity) = Quantity::of_all(held) else {
            return Err(nothing_held(unit, &stock, Some(portfolio.name()), date)?.into());
        };
        let terms = TradeTerms {
            side: Side::Sell,
            symbol: request.symbol.clone(),
            portfolio: portfolio.name().clone(),
            quantity,
            consideration: Consideration::Amount(Money::ZERO),
            fee: None,
            date: request.date,
            time: None,
            note: request.note.clone(),
            lots: Vec::new(),
            as_of: None,
            settled: None,
            charged: None,
        };
        let (id, fresh_id) = (given.clone(), unit.fresh_id());
        let trade = TradeRequest { terms, id, fresh_id, today: request.today, mode: request.mode };
        let mut sale = execute_trade(unit, &trade)?;
        rematched.append(&mut sale.rematched);
        sales.push(sale);
    }
    // A later transfer may link the portfolios.
    for (sale, (portfolio, _)) in sales.iter_mut().zip(&portfolios) {
        sale.disposals = unit.reader().transactions().disposals(sale.transaction.transaction_id)?;
        sale.position = unit.current_totals(portfolio, &stock)?;
    }
    Ok(WriteOffReceipt { sales, rematched: together(rematched) })
}
