//! What a book contains, as lists: stocks, portfolios, transactions and prices.

use crate::app::lookup::{known_portfolios, known_stock, listed_symbol};
use crate::app::{AppError, ListedStock, TransactionFilter, TransactionRow};
use crate::domain::{Day, Portfolio, Price, PriceInForce, Stock, Symbol};
use crate::store::Reader;

/// A recorded price, and what it and the one before it are in shares of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPrice {
    /// The price as it was recorded.
    pub recorded: PriceInForce,
    /// The price in shares of today; unknown where it has more digits than a book can hold.
    pub current: Option<Price>,
    /// The price before, in shares of today.
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

/// Hands over the transactions that pass a filter, by day and order of recording.
///
/// # Errors
/// If the portfolio or the stock is not known, if the book cannot be read, or as `take` fails.
pub fn for_each_transaction(
    reader: Reader<'_>,
    mut filter: TransactionFilter,
    take: &mut dyn FnMut(TransactionRow) -> Result<(), AppError>,
) -> Result<(), AppError> {
    known_portfolios(reader, &filter.portfolios)?;
    if let Some(symbol) = &mut filter.symbol {
        *symbol = listed_symbol(reader, symbol)?;
    }
    reader.transactions().for_each(&filter, take)
}

/// A stock and its recorded prices from one day to another, by day.
///
/// # Errors
/// If the stock is not known, or if the book cannot be read.
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
