//! Lists of what a book contains: stocks, portfolios, transactions and prices.

use crate::app::conversions::converted;
use crate::app::lookup::{known_portfolios, known_stock, listed_symbol};
use crate::app::{AppError, ConversionRow, ListedStock, TransactionFilter, TransactionRow};
use crate::domain::{
    Day, DomainError, Money, Portfolio, PortfolioName, Price, PriceInForce, Shares, Stock, Symbol, TooLarge,
    TransactionId,
};
use crate::store::Reader;

/// A recorded price, with this one and the previous one per share as counted today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPrice {
    /// The price as it was recorded.
    pub recorded: PriceInForce,
    /// The price per share as counted today; `None` if it has too many digits.
    pub current: Option<Price>,
    /// The previous price, per share as counted today.
    pub previous: Option<Price>,
}

/// All stocks with their latest prices, by symbol.
///
/// # Errors
/// If the book cannot be read.
pub fn stocks(reader: Reader<'_>) -> Result<Vec<ListedStock>, AppError> {
    Ok(reader.stocks().listed()?)
}

/// All portfolios, by name.
///
/// # Errors
/// If the book cannot be read.
pub fn portfolios(reader: Reader<'_>) -> Result<Vec<Portfolio>, AppError> {
    Ok(reader.portfolios().all()?)
}

/// Passes the transactions that match a filter to `take`, by day and order of recording.
///
/// # Errors
/// If the portfolio or the stock is unknown, if the book cannot be read, or whatever error `take`
/// returns.
pub fn for_each_transaction(
    reader: Reader<'_>,
    mut filter: TransactionFilter,
    take: &mut dyn FnMut(TransactionRow) -> Result<(), AppError>,
) -> Result<(), AppError> {
    known_portfolios(reader, &filter.portfolios)?;
    if let Some(symbol) = &mut filter.symbol {
        *symbol = listed_symbol(reader, symbol)?;
    }
    let mut cash = ConversionCash { reader, last: None };
    reader.transactions().for_each(&filter, &mut |mut row| {
        if let Some(conversion) = &row.conversion {
            row.total_amount = cash.moved(conversion, &row.portfolio)?;
        }
        take(row)
    })
}

/// The cash of conversions, each of which is listed once for each portfolio.
struct ConversionCash<'b> {
    reader: Reader<'b>,
    last: Option<(TransactionId, Vec<(PortfolioName, Shares)>)>,
}

impl ConversionCash<'_> {
    /// The cash received in a portfolio; negative if it was paid.
    fn moved(&mut self, row: &ConversionRow, portfolio: &PortfolioName) -> Result<Money, AppError> {
        let terms = &row.terms;
        if (terms.cash, terms.pay, terms.cash_in_lieu) == (None, None, None) {
            return Ok(Money::ZERO);
        }
        let converted = match self.last.take() {
            Some((id, converted)) if id == row.conversion_id => converted,
            Some(_) | None => converted(self.reader, row)?,
        };
        let (_, converted) = self.last.insert((row.conversion_id, converted));
        let Some((_, shares)) = converted.iter().find(|(name, _)| name == portfolio) else { return Ok(Money::ZERO) };
        let too_large = |TooLarge| DomainError::TooLarge { figure: "the cash", symbol: row.stock.1.clone() };
        Ok(terms.cash_moved(shares).map_err(too_large)?)
    }
}

/// A stock and its recorded prices in a period, by day.
///
/// # Errors
/// If the stock is unknown, or if the book cannot be read.
pub fn prices(
    reader: Reader<'_>,
    symbol: &Symbol,
    [from, to]: [Option<Day>; 2],
) -> Result<(Stock, Vec<DayPrice>), AppError> {
    let stock = known_stock(reader, symbol)?;
    let splits = reader.splits().history(&stock)?;
    let mut prices = Vec::new();
    let mut previous = None;
    for recorded in reader.prices().recorded(&stock, None, to)? {
        let current = splits.price_on(recorded, Day::LAST).ok().map(|current| current.price);
        if from.is_none_or(|from| from <= recorded.date) {
            prices.push(DayPrice { recorded, current, previous });
        }
        previous = current;
    }
    Ok((stock, prices))
}
