//! Transactions and splits.

use crate::app;
use crate::cli::output::{Record, Value, figure};
use crate::domain::TransactionType;
use crate::store::TransactionRow;

/// A transaction's members without `note` and `voided`, as `buy`, `sell` and `transactions` share them.
pub(in crate::cli) fn transaction(row: &TransactionRow) -> Record {
    Record(vec![
        ("transaction_id", Value::exact(&row.transaction_id)),
        ("portfolio", Value::text(&row.portfolio)),
        ("symbol", Value::text(&row.symbol)),
        ("type", Value::text(&row.transaction_type)),
        ("trade_date", Value::exact(&row.trade_date)),
        ("quantity", Value::optional(row.quantity.as_ref())),
        ("price", Value::optional(row.price.as_ref())),
        ("fee", Value::exact(&row.fee)),
        ("total_amount", Value::exact(&row.total_amount)),
        ("currency", Value::text(&row.currency)),
        ("trade_time", Value::optional_text(row.trade_time.as_ref())),
    ])
}

/// A record in a few words, with its id.
pub(in crate::cli) fn described(record: &app::Record) -> String {
    format!("the {} ({})", summary(record), figure::short_id(record.id()))
}

/// A record in a few words: `sale of 4 AAPL on 2024-03-28 in portfolio main`.
pub(in crate::cli) fn summary(record: &app::Record) -> String {
    match record {
        app::Record::Transaction(row) => {
            let word = match row.transaction_type {
                TransactionType::Buy => "purchase",
                TransactionType::Sell => "sale",
                TransactionType::Dividend => "dividend",
                TransactionType::Split => "split",
                TransactionType::TransferIn | TransactionType::TransferOut => "transfer",
            };
            let quantity =
                row.quantity.map(|quantity| format!("{} ", figure::shares(&quantity.into()))).unwrap_or_default();
            format!("{word} of {quantity}{} on {} in portfolio {}", row.symbol, row.trade_date, row.portfolio)
        }
        app::Record::Split(split) => {
            format!("{} split of {} on {}", split.terms, split.symbol, split.effective_date)
        }
    }
}
