//! Recording prices, taking them back, and saying which shares they count.

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

/// A stock with the price that was in force before.
#[derive(Debug, Clone)]
pub struct UpdatedPrice {
    /// The stock.
    pub stock: Stock,
    /// The price in force on the day until now.
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

/// Whether a price is ten times the last one or more, or a tenth of it or less: more often a slip of the decimal
/// point than what happened. Nothing is that far from a price of 0, nor 0 from it.
#[must_use]
pub fn is_far_from_last(price: Price, last: Price) -> bool {
    let times = |one: Price, other: Price| Figure::from(one).over(other.into()).and_then(Result::ok);
    let ten = Figure::of_digits(10, 0).ok();
    let is_tenfold = |one, other| times(one, other).is_some_and(|times| ten.is_some_and(|ten| times >= ten));
    is_tenfold(price, last) || is_tenfold(last, price)
}

/// The recorded prices of a stock from one day to another.
#[derive(Debug, Clone)]
pub struct PricePeriod {
    /// The stock.
    pub symbol: Symbol,
    /// The first day; `None` for the first that has a price.
    pub from: Option<Day>,
    /// The last day; `None` for the last that has a price.
    pub to: Option<Day>,
}

/// Prices of a stock, as they were recorded until now.
#[derive(Debug, Clone)]
pub struct ChangedPrices {
    /// The stock.
    pub stock: Stock,
    /// The prices that are no more, or count other shares now.
    pub prices: Vec<PriceInForce>,
}

/// Takes recorded prices back. Where there are none in the period, nothing is recorded.
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

/// Says that recorded prices count shares as of a day; of each later one, as of its own.
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

/// Whether the prices of a stock from one day to another seem to count shares as of other days than
/// the book takes them to.
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

/// What a user can do about prices that a split puts in doubt, in a sentence.
#[must_use]
pub(super) fn rebase_advice(symbol: &Symbol, doubt: &AdjustmentDoubt) -> String {
    let word = shell_word(symbol.as_str());
    format!("prices of {symbol}: {doubt}; if they are adjusted for it, `stockbook rebase-prices {word}` says so")
}
