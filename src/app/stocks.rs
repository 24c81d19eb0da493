//! Adding stocks.

use crate::domain::{CompanyName, Currency, Industry, Sector, Stock, StockId, StockProfile, Symbol};
use crate::store::UnitOfWork;

/// A stock to be added. What is `None` was not given.
#[derive(Debug, Clone)]
pub struct AddStock {
    /// The id that it gets if it is new.
    pub fresh_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// Its company.
    pub company_name: CompanyName,
    /// The company's sector.
    pub sector: Option<Sector>,
    /// The company's industry.
    pub industry: Option<Industry>,
    /// The currency of its prices; US dollars unless given.
    pub currency: Option<Currency>,
}

/// Adds a stock, or confirms that it is there.
///
/// # Errors
/// If there is another one with this symbol, or if the book cannot be read or written.
pub fn add_stock(unit: &mut UnitOfWork<'_>, request: &AddStock) -> anyhow::Result<Stock> {
    let AddStock { fresh_id, symbol, company_name, sector, industry, currency } = request.clone();
    if let Some(stock) = unit.stock(&symbol)? {
        // Only what was given is compared.
        let known = stock.profile().clone();
        let sector = sector.or(known.sector);
        let industry = industry.or(known.industry);
        let currency = currency.unwrap_or(known.currency);
        stock.confirm(&StockProfile { symbol, company_name, sector, industry, currency })?;
        return Ok(stock);
    }
    let currency = currency.unwrap_or(Currency::USD);
    let mut stock = Stock::create(fresh_id, StockProfile { symbol, company_name, sector, industry, currency });
    unit.save(&mut stock)?;
    Ok(stock)
}
