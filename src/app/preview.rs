//! What a sale would realize under each cost basis method.

use super::linked_entries::LinkedEntries;
use crate::app::AppError;
use crate::domain::{CostBasisMethod, Disposal, DomainError, GainTotals, LotsNeeded, Portfolio, Stock, Trade};
use crate::store::UnitOfWork;

/// A sale under one method, from the lots that are open on its day.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The method.
    pub method: CostBasisMethod,
    /// The totals of the sale.
    pub totals: GainTotals,
    /// The lots that it would take.
    pub disposals: Vec<Disposal>,
}

/// The sale under every method; empty if it could not be carried out.
pub(super) fn previews(
    unit: &mut UnitOfWork<'_>,
    portfolio: &Portfolio,
    stock: &Stock,
    sale: &Trade,
) -> Result<Vec<Preview>, AppError> {
    let position =
        unit.with_position(portfolio, stock, LotsNeeded::All, |position, _| Ok::<_, AppError>(position.clone()))?;
    let moment = (sale.date, sale.moment());
    let position = if position.totals().comes_late(moment) {
        let gathered = LinkedEntries::gather(unit.flushed()?, stock, std::slice::from_ref(portfolio))?;
        gathered.replay_until(stock, portfolio, moment)?
    } else {
        Some(position)
    };
    let Some(position) = position else { return Ok(Vec::new()) };
    let place = unit.last_sequence().saturating_add(1);
    let mut previews = Vec::new();
    for method in CostBasisMethod::ALL {
        let mut position = position.clone().with_method(method);
        match position.execute(&Trade { picked: Vec::new(), ..sale.clone() }, place) {
            Ok(()) => {}
            // The sale itself reports this.
            Err(DomainError::InsufficientQuantity { .. } | DomainError::TooLarge { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        }
        let disposals = position.pull_disposals();
        previews.push(Preview { method, totals: GainTotals::sum(&disposals)?, disposals });
    }
    Ok(previews)
}
