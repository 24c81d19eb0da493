//! Records and removes prices, and sets their basis dates.

mod lines;

use super::{AppError, known_stock};
use crate::domain::{AdjustmentDoubt, Day, Figure, Price, PriceInForce, Stock, Symbol, adjustment_doubt, shell_word};
use crate::store::UnitOfWork;
pub use lines::{PriceLines, read_price_lines, update_prices};

/// A price to be recorded.
#[derive(Debug, Clone)]
pub struct UpdatePrice {
    /// The stock.
    pub symbol: Symbol,
    /// The day of the price.
    pub date: Day,
    /// The price per share, in the stock's currency.
    pub price: Price,
}

/// A stock whose price was recorded, with the price in force before.
#[derive(Debug, Clone)]
pub struct UpdatedPrice {
    /// The stock.
    pub stock: Stock,
    /// The price that was in force on that day before.
    pub old: Option<PriceInForce>,
}

/// Records the price of a day.
///
/// # Errors
/// If the symbol is unknown, or if the book cannot be read or written.
pub fn update_price(unit: &mut UnitOfWork<'_>, request: &UpdatePrice) -> Result<UpdatedPrice, AppError> {
    let mut stock = known_stock(unit.reader(), &request.symbol)?;
    let UpdatePrice { date, price, .. } = *request;
    let old = unit.reader().prices().in_force(&stock, date, date)?;
    stock.update_price(PriceInForce { date, basis_date: date, price }, old);
    unit.save(&mut stock)?;
    Ok(UpdatedPrice { stock, old })
}

/// Whether a price is at least ten times the last one, or at most a tenth of it, which is usually a misplaced
/// decimal point. `false` if either is 0.
#[must_use]
pub fn is_far_from_last(price: Price, last: Price) -> bool {
    let times = |one: Price, other: Price| Figure::from(one).over(other.into()).and_then(Result::ok);
    let ten = Figure::of_digits(10, 0).ok();
    let is_tenfold = |one, other| times(one, other).is_some_and(|times| ten.is_some_and(|ten| times >= ten));
    is_tenfold(price, last) || is_tenfold(last, price)
}

/// The recorded prices of a stock in a period.
#[derive(Debug, Clone)]
pub struct PricePeriod {
    /// The stock.
    pub symbol: Symbol,
    /// The first day; `None` from the first price on.
    pub from: Option<Day>,
    /// The last day; `None` up to the last price.
    pub to: Option<Day>,
}

/// Former prices of a stock.
#[derive(Debug, Clone)]
pub struct ChangedPrices {
    /// The stock.
    pub stock: Stock,
    /// The prices that were removed, or whose basis date changed.
    pub prices: Vec<PriceInForce>,
}

/// Removes recorded prices. If there are none in the period, nothing is recorded.
///
/// # Errors
/// If the symbol is unknown, or if the book cannot be read or written.
pub fn remove_prices(unit: &mut UnitOfWork<'_>, period: &PricePeriod) -> Result<ChangedPrices, AppError> {
    let mut stock = known_stock(unit.reader(), &period.symbol)?;
    let prices = unit.reader().prices().recorded(&stock, period.from, period.to)?;
    for price in &prices {
        stock.remove_price(*price, None);
        unit.save(&mut stock)?;
    }
    Ok(ChangedPrices { stock, prices })
}

/// Sets the day as of which recorded prices count shares. For a price of a later day, that is its own day.
///
/// # Errors
/// If the symbol is unknown, or if the book cannot be read or written.
pub fn rebase_prices(unit: &mut UnitOfWork<'_>, period: &PricePeriod, as_of: Day) -> Result<ChangedPrices, AppError> {
    let mut stock = known_stock(unit.reader(), &period.symbol)?;
    let mut prices = unit.reader().prices().recorded(&stock, period.from, period.to)?;
    prices.retain(|price| price.basis_date != as_of.max(price.date));
    for price in &prices {
        let basis = as_of.max(price.date);
        let in_force = unit.reader().prices().in_force(&stock, price.date, basis)?;
        stock.rebase_price(*price, basis, in_force);
        unit.save(&mut stock)?;
    }
    Ok(ChangedPrices { stock, prices })
}

/// A doubt about the basis dates of the prices of a stock in a period, if there is one.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn price_doubt(
    unit: &mut UnitOfWork<'_>,
    stock: &Stock,
    period: [Day; 2],
) -> Result<Option<AdjustmentDoubt>, AppError> {
    let splits = unit.reader().splits().history(stock)?;
    if splits.is_empty() {
        return Ok(None);
    }
    let prices = unit.reader().prices().recorded(stock, None, None)?;
    let reader = unit.flushed()?;
    let mut trades = Vec::new();
    for portfolio in reader.portfolios().holding(stock)? {
        trades.extend(reader.entries().traded_prices(portfolio.id(), stock)?);
    }
    trades.sort_by_key(|trade| trade.date);
    Ok(adjustment_doubt(&splits, &prices, &trades, period))
}

/// What a user can do about prices that a split puts in doubt, as a sentence.
#[must_use]
pub(super) fn rebase_advice(symbol: &Symbol, doubt: &AdjustmentDoubt) -> String {
    let word = shell_word(symbol.as_str());
    format!("prices of {symbol}: {doubt}; if they are adjusted for it, `stockbook rebase-prices {word}` says so")
}
