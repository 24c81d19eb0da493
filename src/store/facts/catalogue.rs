//! The rows of the book, its portfolios and its stocks.

use crate::domain::{
    BookId, CostBasisMethod, Industry, PortfolioCreatedEvent, PortfolioName, Sector, StockCreatedEvent,
    StockEditedEvent,
};
use crate::store::StoreError;
use crate::store::statements::Statements;
use crate::store::values::shown;

/// The row of the book itself.
pub(super) fn begin_book(statements: &mut Statements<'_>, book: BookId) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO book (id, book_id) VALUES (1, ?1)";
    statements.get(SQL)?.execute([book.uuid().as_bytes()])?;
    Ok(())
}

pub(super) fn create_portfolio(
    statements: &mut Statements<'_>,
    number: i64,
    created: &PortfolioCreatedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "INSERT INTO portfolios (portfolio, portfolio_id, listed_as, name, cost_basis_method)
               VALUES (?1, ?2, ?3, ?3, ?4)";
    statements.get(SQL)?.execute((
        number,
        created.portfolio_id.uuid().as_bytes(),
        created.name.as_str(),
        created.cost_basis_method.as_str(),
    ))?;
    Ok(())
}

pub(super) fn rename_portfolio(
    statements: &mut Statements<'_>,
    portfolio: i64,
    name: &PortfolioName,
) -> Result<(), StoreError> {
    static SQL: &str = "UPDATE portfolios SET listed_as = ?2, name = ?2 WHERE portfolio = ?1";
    statements.get(SQL)?.execute((portfolio, name.as_str()))?;
    Ok(())
}

pub(super) fn set_method(
    statements: &mut Statements<'_>,
    portfolio: i64,
    method: CostBasisMethod,
) -> Result<(), StoreError> {
    static SQL: &str = "UPDATE portfolios SET cost_basis_method = ?2 WHERE portfolio = ?1";
    statements.get(SQL)?.execute((portfolio, method.as_str()))?;
    Ok(())
}

pub(super) fn remove_portfolio(statements: &mut Statements<'_>, number: i64, portfolio: i64) -> Result<(), StoreError> {
    // No name contains a control character.
    static SQL: &str = "UPDATE portfolios SET removed_at = ?2, listed_as = name || char(10) || portfolio
               WHERE portfolio = ?1";
    statements.get(SQL)?.execute((portfolio, number))?;
    Ok(())
}

pub(super) fn create_stock(
    statements: &mut Statements<'_>,
    number: i64,
    created: &StockCreatedEvent,
) -> Result<(), StoreError> {
    static SQL: &str =
        "INSERT INTO stocks (stock, stock_id, listed_as, symbol, company_name, sector, industry, currency, isin)
               VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8)";
    statements.get(SQL)?.execute((
        number,
        created.stock_id.uuid().as_bytes(),
        created.symbol.as_str(),
        created.company_name.as_str(),
        created.sector.as_ref().map(Sector::as_str),
        created.industry.as_ref().map(Industry::as_str),
        created.currency.code(),
        shown(created.isin.as_ref()),
    ))?;
    Ok(())
}

pub(super) fn edit_stock(
    statements: &mut Statements<'_>,
    number: i64,
    stock: i64,
    edited: &StockEditedEvent,
) -> Result<(), StoreError> {
    static SQL: &str = "UPDATE stocks SET listed_as = ?2, symbol = ?2, company_name = ?3, sector = ?4, industry = ?5,
               currency = ?6, isin = ?7 WHERE stock = ?1";
    static ALIAS: &str = "INSERT INTO aliases (symbol, since, stock) VALUES (?1, ?2, ?3)";
    // Returning to a former symbol removes it from the stock's aliases.
    static GO_BACK: &str = "DELETE FROM aliases WHERE symbol = ?2 AND stock = ?1
               AND since = (SELECT max(since) FROM aliases WHERE symbol = ?2 AND stock = ?1)
               AND (SELECT symbol FROM stocks WHERE stock = ?1) <> ?2";
    if edited.old_symbol.is_none() {
        statements.get(GO_BACK)?.execute((stock, edited.symbol.as_str()))?;
    }
    statements.get(SQL)?.execute((
        stock,
        edited.symbol.as_str(),
        edited.company_name.as_str(),
        edited.sector.as_ref().map(Sector::as_str),
        edited.industry.as_ref().map(Industry::as_str),
        edited.currency.code(),
        shown(edited.isin.as_ref()),
    ))?;
    if let Some(old) = &edited.old_symbol {
        statements.get(ALIAS)?.execute((old.as_str(), number, stock))?;
    }
    Ok(())
}

pub(super) fn remove_stock(statements: &mut Statements<'_>, number: i64, stock: i64) -> Result<(), StoreError> {
    // No symbol contains a #.
    static SQL: &str = "UPDATE stocks SET removed_at = ?2, listed_as = symbol || ' #' || stock WHERE stock = ?1";
    static ALIASES: &str = "DELETE FROM aliases WHERE stock = ?1";
    statements.get(SQL)?.execute((stock, number))?;
    statements.get(ALIASES)?.execute([stock])?;
    Ok(())
}
