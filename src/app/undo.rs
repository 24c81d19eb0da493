//! `undo` reverses whatever a command recorded. No event is deleted: records are voided or entered again;
//! prices, names and methods are recorded as they were before; and stocks and portfolios to which nothing
//! refers any more are removed, each by an event of its own.

mod effects;
mod rates;
mod records;
mod settings;

use super::AppError;
use super::record::BookRecord;
use crate::domain::{DomainError, DomainEvent, PortfolioName, RematchedSale, Sequence, Symbol};
use crate::store::{Command, CommandState, ImportRow, Reader, UnitOfWork};
use effects::Effects;

/// The reason recorded with a void.
pub(super) const UNDONE: &str = "undo";

/// What was undone.
#[derive(Debug, Clone, Default)]
pub struct UndoReceipt {
    /// The import, if one was named.
    pub import: Option<ImportRow>,
    /// Later imports that had skipped rows because this one had recorded them, and how many.
    pub skipped_later: Vec<(ImportRow, u64)>,
    /// Records that were voided, as they were; only the first if there are very many.
    pub voided: Vec<BookRecord>,
    /// How many were voided.
    pub voided_count: u64,
    /// Records that were entered again as they were.
    pub entered: Vec<BookRecord>,
    /// How many prices were restored.
    pub prices: u64,
    /// How many rates were restored.
    pub rates: u64,
    /// Stocks whose profile was restored.
    pub stocks_edited: Vec<Symbol>,
    /// Portfolios whose name or method was restored.
    pub portfolios_edited: Vec<PortfolioName>,
    /// Stocks that were removed.
    pub stocks_removed: Vec<Symbol>,
    /// Portfolios that were removed.
    pub portfolios_removed: Vec<PortfolioName>,
    /// How many rows of an import no longer identify transactions.
    pub released: u64,
    /// What stays although the command recorded it, in sentences.
    pub kept: Vec<String>,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
}

/// Undoes the last command that has not been undone.
///
/// # Errors
/// If there is none, if a later entry would no longer be possible, or if the book cannot be read or
/// written.
pub fn undo(unit: &mut UnitOfWork<'_>) -> Result<UndoReceipt, AppError> {
    let mut before = Sequence::MAX;
    // Everything that a command recorded may have been changed since; then the one before it is undone.
    while let Some(command) = unit.reader().commands().before(before)? {
        let receipt = undo_command(unit, command)?;
        if !unit.is_empty() {
            return Ok(receipt);
        }
        before = command.first;
    }
    Err(DomainError::NotAmendable {
        what: "there is no command left to undo".to_owned(),
        hint: "`stockbook audit --tail 3 -O table` shows what the last ones did".to_owned(),
    }
    .into())
}

/// Undoes an import, given by its id or by at least six characters with which no other import's id begins. If
/// it has already been undone, nothing is recorded.
///
/// # Errors
/// If there is no such import, if a later entry would no longer be possible, or if the book cannot be
/// read or written.
pub fn undo_import(unit: &mut UnitOfWork<'_>, batch: &str) -> Result<UndoReceipt, AppError> {
    let digits = |text: &str| text.replace('-', "").to_ascii_lowercase();
    let wanted = digits(batch);
    let imports = unit.reader().commands().imports()?;
    let is_meant = |row: &&ImportRow| digits(&row.completed.batch_id.to_string()).starts_with(&wanted);
    let mut found = imports.iter().filter(is_meant);
    let (Some(import), None) = (found.next().filter(|_| wanted.len() >= 6), found.next()) else {
        let count = imports.iter().filter(is_meant).count();
        return Err(DomainError::NotAmendable {
            what: match count {
                0 => format!("there is no import {batch}"),
                _ if wanted.len() < 6 => format!("{batch} is too short for an import: six characters will do"),
                many => format!("{many} imports begin with {batch}"),
            },
            hint: "`stockbook imports` lists them".to_owned(),
        }
        .into());
    };
    let mut receipt = match import.state {
        CommandState::Stands => undo_command(unit, import.command)?,
        CommandState::Undone | CommandState::Undo => UndoReceipt::default(),
    };
    let batch_id = import.completed.batch_id;
    let rows =
        |later: &ImportRow| later.completed.duplicates.iter().find(|it| it.batch_id == batch_id).map(|it| it.rows);
    let later = imports.iter().filter(|later| later.state == CommandState::Stands);
    receipt.skipped_later = later.filter_map(|later| Some((later.clone(), rows(later)?))).collect();
    receipt.import = Some(import.clone());
    Ok(receipt)
}

/// The imports of a book, oldest first.
///
/// # Errors
/// If the book cannot be read.
pub fn imports(reader: Reader<'_>) -> Result<Vec<ImportRow>, AppError> {
    Ok(reader.commands().imports()?)
}

fn undo_command(unit: &mut UnitOfWork<'_>, command: Command) -> Result<UndoReceipt, AppError> {
    let mut receipt = UndoReceipt::default();
    let effects = Effects::of(unit, command)?;
    effects.take_prices_back(unit, command, &mut receipt)?;
    effects.take_rates_back(unit, command, &mut receipt)?;
    effects.take_records_back(unit, &mut receipt)?;
    effects.take_settings_back(unit, command, &mut receipt)?;
    effects.remove_what_was_added(unit, &mut receipt)?;
    if let Some(released) = effects.identities {
        receipt.released = u64::try_from(released.identities.len()).unwrap_or(u64::MAX);
        unit.record(DomainEvent::IdentitiesReleased(released))?;
    }
    unit.undoes(command);
    Ok(receipt)
}

impl UndoReceipt {
    const LISTED: usize = 100;

    fn note_voided(&mut self, record: impl FnOnce() -> Result<BookRecord, AppError>) -> Result<(), AppError> {
        self.voided_count = self.voided_count.saturating_add(1);
        if self.voided.len() < Self::LISTED {
            self.voided.push(record()?);
        }
        Ok(())
    }
}
