//! Amounts that come with a currency.

use super::{AppError, known_stock};
use crate::domain::{DomainError, Stock, Symbol};
use crate::formats::CurrencyMark;
use crate::store::Reader;

/// Refuses amounts that are marked with a currency other than the stock's.
///
/// # Errors
/// [`DomainError::CurrencyMismatch`]; if the symbol of marked amounts is unknown, or if the book cannot be read.
pub fn check_marks(reader: Reader<'_>, symbol: &Symbol, marks: &[CurrencyMark]) -> Result<(), AppError> {
    if marks.is_empty() {
        return Ok(());
    }
    let stock = known_stock(reader, symbol)?;
    Ok(marks.iter().try_for_each(|mark| check_mark(&stock, *mark))?)
}

/// Refuses the mark of a currency other than the stock's.
pub(super) fn check_mark(stock: &Stock, mark: CurrencyMark) -> Result<(), DomainError> {
    let (symbol, expected) = (&stock.profile().symbol, stock.profile().currency);
    if mark.stands_for(expected) {
        return Ok(());
    }
    Err(DomainError::CurrencyMismatch { symbol: symbol.clone(), expected, found: mark.to_string() })
}
