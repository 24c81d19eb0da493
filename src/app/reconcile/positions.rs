//! The positions that a file reports.

use super::request::ReconcileRequest;
use crate::app::AppError;
use crate::app::import::{BadRows, FileFault, ImportError};
use crate::domain::{Figure, Money, PortfolioName, Price, Symbol};
use crate::formats::{Action, Activities, CurrencyMark, Fault, OpenError, RowFault, Wanted};

/// A position as the file reports it.
#[derive(Debug, Clone)]
pub(super) struct StatedPosition {
    pub(super) portfolio: Option<PortfolioName>,
    pub(super) symbol: Symbol,
    pub(super) quantity: Figure,
    pub(super) cost: Option<Money>,
    pub(super) price: Option<Price>,
    pub(super) currency: Option<CurrencyMark>,
}

/// Reads a file of positions, or the positions in a statement.
pub(super) fn read(request: &ReconcileRequest<'_>) -> Result<Vec<StatedPosition>, AppError> {
    let file = request.source.name();
    let failed = |cause| ImportError::Input { file: file.clone(), cause };
    let mut faults = BadRows::default();
    let mut refuse = |fault: RowFault| faults.add(FileFault { index: 0, file: file.clone(), fault });
    let (mut stated, mut rows) = (Vec::new(), 0);
    let input = request.source.open().map_err(failed)?;
    match Activities::open(input, &Wanted::Any(request.library), request.options) {
        Ok(mut activities) => {
            for activity in &mut activities {
                rows = 1_u64.saturating_add(rows);
                let activity = match activity.map_err(failed)? {
                    Ok(activity) => activity,
                    // Anything else in a statement is not a holding.
                    Err(_) if !stated.is_empty() => continue,
                    Err(fault) => {
                        refuse(fault);
                        continue;
                    }
                };
                if let (Action::Position { quantity, cost, price }, Some(symbol)) =
                    (activity.action, activity.security.symbol)
                {
                    let (portfolio, currency) = (activity.portfolio, activity.currency);
                    stated.push(StatedPosition { portfolio, symbol, quantity, cost, price, currency });
                }
            }
        }
        Err(OpenError::Input(cause)) => return Err(failed(cause).into()),
        Err(OpenError::Refused(fault)) => refuse(fault),
    }
    if stated.is_empty() && faults.count() == 0 {
        let fault = Fault::new("no_positions", "the file has no positions");
        let hint = "it needs the columns symbol and quantity, and may have cost_basis, portfolio and currency";
        faults.add(FileFault { index: 0, file, fault: fault.with_hint(hint).at(1) });
    }
    if stated.is_empty() { Err(ImportError::Refused { rows, faults }.into()) } else { Ok(stated) }
}
