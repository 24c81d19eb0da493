//! What a sale realized on a lot.

use crate::cli::output::{Record, Value};
use crate::domain::{Currency, Disposal, PortfolioName, Symbol};

/// The members of a disposal.
pub(in crate::cli) const DISPOSAL_MEMBERS: &[&str] = &[
    "portfolio",
    "symbol",
    "currency",
    "sale_id",
    "lot_id",
    "acquired_on",
    "sold_on",
    "days_held",
    "term",
    "quantity",
    "proceeds",
    "cost_basis",
    "gain",
];

/// A disposal, as `gains --by lot` and the receipt of a sale show it.
pub(in crate::cli) fn disposal(
    part: &Disposal,
    portfolio: &PortfolioName,
    symbol: &Symbol,
    currency: Currency,
) -> Record {
    let values = [
        Value::text(portfolio),
        Value::text(symbol),
        Value::text(&currency),
        Value::exact(&part.sale_id),
        Value::exact(&part.lot_id),
        Value::exact(&part.acquired_on),
        Value::exact(&part.sold_on),
        Value::Count(u64::try_from(part.holding_period().days()).unwrap_or_default()),
        Value::text(&part.term()),
        Value::exact(&part.quantity),
        Value::exact(&part.proceeds),
        Value::exact(&part.cost_basis),
        Value::exact(&part.gain),
    ];
    Record(DISPOSAL_MEMBERS.iter().copied().zip(values).collect())
}
