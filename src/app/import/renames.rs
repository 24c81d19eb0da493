//! Changes of a stock's ISIN or symbol that a file states.

use super::ImportRequest;
use crate::app::{AppError, edit_stock};
use crate::domain::{Isin, Stock, StockEdit, Symbol};
use crate::store::UnitOfWork;

/// A change of a stock's name, and where it is stated.
#[derive(Debug, Clone)]
pub(super) struct Rename {
    pub(super) file: u64,
    pub(super) line: u64,
    pub(super) from: Name,
    pub(super) to: Name,
}

/// A stock's names in a file.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) symbol: Symbol,
    pub(super) isin: Option<Isin>,
}

/// The result of applying renames.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    /// The stocks of the book that were renamed.
    pub(super) stocks: u64,
    /// Notes for the user, in sentences.
    pub(super) notes: Vec<String>,
    /// Warnings for the user, in sentences.
    pub(super) warnings: Vec<String>,
}

/// Renames the stocks of the book, as `edit-stock` does. A stock that the book does not have yet is added under its
/// last name.
///
/// # Errors
/// If the book cannot be read or written.
pub(super) fn rename(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    renames: &[Rename],
) -> Result<Renamed, AppError> {
    let mut outcome = Renamed::default();
    for Rename { file, line, from, to } in renames {
        let place = request.place((*file, *line));
        let note = format!("{place}: {} has become {}", from.symbol, to.symbol);
        let (old, new) = (find(unit, from)?, find(unit, to)?);
        match (old, new) {
            (None, _) => outcome.notes.push(note),
            (Some(old), Some(new)) if old.id() == new.id() => {}
            (Some(old), Some(new)) => outcome.warnings.push(format!(
                "{note}, and the book has both: {} and {} stay two stocks; to make them one, take the imports back with \
                 `stockbook undo` and import their files together",
                old.profile().symbol,
                new.profile().symbol
            )),
            (Some(old), None) => {
                let known = old.profile().symbol.clone();
                // A ticker chosen by the user stays.
                let symbol = (known == from.symbol).then(|| to.symbol.clone());
                edit_stock(unit, &known, &StockEdit { symbol, isin: to.isin, ..StockEdit::default() })?;
                outcome.stocks = outcome.stocks.saturating_add(1);
                outcome.notes.push(format!("{note}: so has the stock of the book"));
            }
        }
    }
    Ok(outcome)
}

fn find(unit: &UnitOfWork<'_>, name: &Name) -> Result<Option<Stock>, AppError> {
    if let Some(stock) = unit.reader().stocks().find(&name.symbol)? {
        return Ok(Some(stock));
    }
    let Some(isin) = name.isin else { return Ok(None) };
    let symbol =
        unit.reader().stocks().isins()?.into_iter().find_map(|(known, symbol)| (known == isin).then_some(symbol));
    Ok(symbol.map(|symbol| unit.reader().stocks().find(&symbol)).transpose()?.flatten())
}
