//! Transactions and splits.

use super::settlement;
use crate::app;
use crate::cli::output::{Record, Value, figure};
use crate::domain::{Cash, Figure, TransactionType};
use crate::store::TransactionRow;

/// A transaction's members, as `buy` and `sell` show it.
pub(in crate::cli) fn transaction(row: &TransactionRow) -> Record {
    Record(shared_members(row).into_iter().chain(later_members(row)).collect())
}

/// The members that every list of transactions has.
pub(in crate::cli) fn shared_members(row: &TransactionRow) -> Vec<(&'static str, Value)> {
    vec![
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
    ]
}

/// Members that were added later, which stand after those of a command's own.
pub(in crate::cli) fn later_members(row: &TransactionRow) -> Vec<(&'static str, Value)> {
    let time = ("trade_time", Value::optional_text(row.trade_time.as_ref()));
    std::iter::once(time).chain(settlement(row.settled)).collect()
}

/// What a transaction was settled with, and the rate that this makes, in a sentence.
pub(in crate::cli) fn settled(row: &TransactionRow) -> Option<String> {
    let total = Cash { amount: row.total_amount, currency: row.currency };
    row.settled.map(|settled| format!("settled with {}", told_with_rate(settled, settled, total)))
}

/// What a dividend in another currency was paid with, and the rate, in a sentence.
pub(in crate::cli) fn paid(row: &TransactionRow) -> Option<String> {
    let (paid, amount) = row.paid.zip(row.gross_amount())?;
    let gross = Cash { amount, currency: row.currency };
    Some(format!("paid as {}", told_with_rate(paid, gross, paid)))
}

/// An amount, and how much of a currency one of another is worth where so much of it is so much of that.
fn told_with_rate(cash: Cash, quote: Cash, base: Cash) -> String {
    /// Decimal places of a rate for the eye.
    const PLACES: u32 = 6;
    let rate = Figure::from(quote.amount).over(base.amount.into()).and_then(Result::ok);
    let rate = rate.filter(|_| quote.currency != base.currency).map(|rate| {
        let (rate, quote, base) = (rate.rounded(PLACES), quote.currency, base.currency);
        format!(", {rate} {quote} for 1 {base}")
    });
    format!("{}{}", figure::amount(cash.amount, cash.currency), rate.unwrap_or_default())
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
