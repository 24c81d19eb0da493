//! Reads the file of final positions (`--opening`). Shares that the rows do not account for become opening
//! lots.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::broker_rows::symbol;
use super::counted::{Counted, Digest};
use super::sorted_rows::{HeldRow, SortedRows};
use super::{FileFault, ImportError, ImportRequest};
use crate::app::AppError;
use crate::domain::{Quantity, Shares};
use crate::formats::{Action, Activities, Activity, Fault, OpenError, ReadOptions, RowFault, Wanted};

/// Reads the file of positions, if the user gives one.
///
/// # Errors
/// If the file cannot be read. Faults of its rows, or of the file as a whole, are added to the bad rows.
pub(super) fn read(request: &ImportRequest<'_>, sorted: &mut SortedRows) -> Result<(), AppError> {
    let Some(source) = request.opening else { return Ok(()) };
    let (index, file) = (request.opening_index(), source.name());
    let failed = |cause| ImportError::Input { file: file.clone(), cause };
    let digest = Digest::default();
    let input = source.open().map_err(failed)?;
    let input = Counted { input, read: Arc::new(AtomicU64::new(0)), digest: digest.clone() };
    // Mappings of columns and actions are meant for the files of rows.
    let options =
        ReadOptions { symbol: None, columns: Vec::new(), actions: Vec::new(), ..request.formats.options.clone() };
    let mut activities = match Activities::open(input, &Wanted::Any(&request.formats.library), &options) {
        Ok(activities) => activities,
        Err(OpenError::Input(cause)) => return Err(failed(cause).into()),
        Err(OpenError::Refused(fault)) => {
            sorted.faults.add(FileFault { index, file, fault });
            return Ok(());
        }
    };
    let mut held = Vec::new();
    for activity in &mut activities {
        match activity.map_err(failed)?.and_then(held_row) {
            Ok(None) => {}
            Ok(Some((row, activity))) => {
                sorted.stocks.note(&row.symbol, &activity.security, true);
                if let Some(mark) = row.currency {
                    sorted.stocks.note_listing(&row.symbol, mark);
                }
                held.push(row);
            }
            Err(fault) => sorted.faults.add(FileFault { index, file: file.clone(), fault }),
        }
    }
    if held.is_empty() && sorted.faults.is_empty() {
        let fault = Fault::new("no_positions", "the file has no positions")
            .with_hint("it needs the columns symbol and quantity, and may have cost_basis, portfolio and currency");
        sorted.faults.add(FileFault { index, file, fault: fault.at(1) });
    }
    sorted.files.add_file(source, &digest);
    sorted.held = Some(held);
    Ok(())
}

/// The position that a row states; `None` if the row is about something else.
fn held_row(activity: Activity) -> Result<Option<(HeldRow, Activity)>, RowFault> {
    let Action::Position { quantity, cost, .. } = activity.action else { return Ok(None) };
    let line = activity.line;
    let read = || {
        let symbol = symbol(&activity.security)?;
        if quantity.is_negative() {
            let fault = Fault::new("short_position", format!("{quantity} {symbol} is a short position"));
            return Err(fault.with_hint("take the row out of the file: what is owed cannot be recorded"));
        }
        let quantity = if quantity.is_zero() { Shares::ZERO } else { Quantity::try_from(quantity)?.into() };
        let (portfolio, currency) = (activity.portfolio.clone(), activity.currency);
        Ok(HeldRow { line, portfolio, symbol, quantity, cost, currency })
    };
    let row = read().map_err(|fault: Fault| fault.at(line))?;
    Ok(Some((row, activity)))
}
