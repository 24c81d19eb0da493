//! The settlement amounts of transactions.

use crate::cli::output::Value;
use crate::domain::Cash;

/// The members of a settlement amount.
pub(in crate::cli) fn settlement(settled: Option<Cash>) -> [(&'static str, Value); 2] {
    cash(["settlement_amount", "settlement_currency"], settled)
}

/// The members of a fee as it was charged.
pub(in crate::cli) fn charged_fee(charged: Option<Cash>) -> [(&'static str, Value); 2] {
    cash(["charged_fee", "charged_currency"], charged)
}

/// An amount and its currency, as two members.
pub(in crate::cli) fn cash([amount, currency]: [&'static str; 2], cash: Option<Cash>) -> [(&'static str, Value); 2] {
    [
        (amount, Value::optional(cash.map(|it| it.amount).as_ref())),
        (currency, Value::optional_text(cash.map(|it| it.currency).as_ref())),
    ]
}
