//! Positions.

use crate::app::TransactionRow;
use crate::cli::output::{Record, Value, figure};
use crate::domain::{PositionTotals, Valuation};

/// A position, as receipts show it.
pub(in crate::cli) fn position(totals: &PositionTotals) -> Record {
    Record(vec![
        ("quantity", Value::exact(&totals.quantity)),
        ("cost_basis", Value::exact(&totals.cost_basis)),
        ("average_cost", Value::optional(Valuation::of(totals, None).average_cost.as_ref())),
    ])
}

/// What a position holds, as a sentence.
pub(in crate::cli) fn holds(totals: &PositionTotals, row: &TransactionRow) -> String {
    let TransactionRow { symbol, portfolio, currency, .. } = row;
    if totals.quantity.is_zero() {
        return format!("no {symbol} left in portfolio {portfolio}");
    }
    let basis = figure::amount(totals.cost_basis, *currency);
    format!("portfolio {portfolio} holds {} {symbol}, cost basis {basis}", figure::shares(&totals.quantity))
}
