//! Adding stocks, and correcting their profiles.

use super::{AppError, known_stock};
use crate::domain::{
    CompanyName, Currency, DomainError, Industry, Isin, Sector, Stock, StockEdit, StockId, StockProfile, Symbol,
};
use crate::store::UnitOfWork;

/// A request to add a stock. `None` means not given.
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
    /// The currency of its prices, if given.
    pub currency: Option<Currency>,
    /// The currency of a new stock if none is given.
    pub usual_currency: Currency,
    /// Its ISIN.
    pub isin: Option<Isin>,
}

/// Adds a stock, or confirms that it exists.
///
/// # Errors
/// If another one has this symbol, or if the book cannot be read or written.
pub fn add_stock(unit: &mut UnitOfWork<'_>, request: &AddStock) -> Result<Stock, AppError> {
    let AddStock { fresh_id, symbol, company_name, sector, industry, currency, usual_currency, isin } = request.clone();
    // A stock that had the symbol formerly loses it.
    if let Some(stock) = unit.reader().stocks().find(&symbol)?.filter(|stock| stock.profile().symbol == symbol) {
        // Only what was given is compared.
        let known = stock.profile().clone();
        let sector = sector.or(known.sector);
        let industry = industry.or(known.industry);
        let currency = currency.unwrap_or(known.currency);
        let isin = isin.or(known.isin);
        stock.confirm(&StockProfile { symbol, company_name, sector, industry, currency, isin })?;
        return Ok(stock);
    }
    let currency = currency.unwrap_or(usual_currency);
    let mut stock = Stock::create(fresh_id, StockProfile { symbol, company_name, sector, industry, currency, isin });
    unit.save(&mut stock)?;
    Ok(stock)
}

/// Corrects the profile of a stock.
///
/// # Errors
/// If the symbol is unknown, if another stock has the new one, if something that counts is recorded in
/// the old currency, if there would be an industry without a sector, or if the book cannot be read or
/// written.
pub fn edit_stock(unit: &mut UnitOfWork<'_>, symbol: &Symbol, edit: &StockEdit) -> Result<Stock, AppError> {
    let mut stock = known_stock(unit.reader(), symbol)?;
    if let Some(wanted) = &edit.symbol
        && let Some(other) = unit.reader().stocks().find(wanted)?
        && other.id() != stock.id()
        && other.profile().symbol == *wanted
    {
        return Err(DomainError::SymbolExists { symbol: wanted.clone(), differs: "history" }.into());
    }
    let currency = stock.profile().currency;
    if edit.currency.is_some_and(|wanted| wanted != currency)
        && let Some(what) = unit.reader().stocks().recorded_in_currency(&stock)?
    {
        return Err(DomainError::CurrencyInUse { symbol: stock.profile().symbol.clone(), what, currency }.into());
    }
    stock.edit(edit.clone())?;
    unit.save(&mut stock)?;
    Ok(stock)
}
