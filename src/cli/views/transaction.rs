//! Transactions, splits and conversions.

use super::settlement;
use crate::app;
use crate::app::{ConversionRow, TransactionRow};
use crate::cli::output::{Record, Value, figure};
use crate::domain::{Cash, ConversionTerms, Figure, TransactionType};

/// A transaction's members, as `buy` and `sell` show it.
pub(in crate::cli) fn transaction(row: &TransactionRow) -> Record {
    Record(shared_members(row).into_iter().chain(later_members(row)).collect())
}

/// The members that every list of transactions has.
pub(in crate::cli) fn shared_members(row: &TransactionRow) -> [(&'static str, Value); 10] {
    [
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

/// Members that were added later, and come after those of the command itself.
pub(in crate::cli) fn later_members(row: &TransactionRow) -> [(&'static str, Value); 3] {
    let [amount, currency] = settlement(row.settled);
    [("trade_time", Value::optional_text(row.trade_time.as_ref())), amount, currency]
}

/// The settlement amount of a transaction and the resulting rate, in a sentence.
pub(in crate::cli) fn settled(row: &TransactionRow) -> Option<String> {
    let total = Cash { amount: row.total_amount, currency: row.currency };
    row.settled.map(|settled| format!("settled with {}", told_with_rate(settled, settled, total)))
}

/// The fee as charged in another currency and the resulting rate, in a sentence.
pub(in crate::cli) fn charged(row: &TransactionRow) -> Option<String> {
    let charged = row.charged?;
    let fee = Cash { amount: row.fee.into(), currency: row.currency };
    Some(format!("fee charged as {}", told_with_rate(charged, fee, charged)))
}

/// The payment of a dividend in another currency and the resulting rate, in a sentence.
pub(in crate::cli) fn paid(row: &TransactionRow) -> Option<String> {
    let (paid, amount) = row.paid.zip(row.gross_amount())?;
    let gross = Cash { amount, currency: row.currency };
    Some(format!("paid as {}", told_with_rate(paid, gross, paid)))
}

/// An amount, and the rate that follows if `base` is worth `quote`.
fn told_with_rate(cash: Cash, quote: Cash, base: Cash) -> String {
    /// Decimal places of a displayed rate.
    const PLACES: u32 = 6;
    let rate = Figure::from(quote.amount).over(base.amount.into()).and_then(Result::ok);
    let rate = rate.filter(|_| quote.currency != base.currency).map(|rate| {
        let (rate, quote, base) = (rate.rounded(PLACES), quote.currency, base.currency);
        format!(", {rate} {quote} for 1 {base}")
    });
    format!("{}{}", figure::amount(cash.amount, cash.currency), rate.unwrap_or_default())
}

/// The additional members of a conversion, all empty for anything else.
pub(in crate::cli) fn conversion_members(row: Option<&ConversionRow>) -> Record {
    let terms = row.map(|row| &row.terms);
    Record(vec![
        ("new_symbol", Value::optional_text(row.map(|row| &row.new_stock.1))),
        ("cost_share", Value::optional(terms.and_then(|terms| terms.cost_share).as_ref())),
        ("new_value", Value::optional(terms.and_then(|terms| terms.new_value).as_ref())),
        ("old_value", Value::optional(terms.and_then(|terms| terms.old_value).as_ref())),
        ("cash", Value::optional(terms.and_then(|terms| terms.cash).as_ref())),
        ("pay", Value::optional(terms.and_then(|terms| terms.pay).as_ref())),
        ("rule", Value::optional_text(terms.and_then(|terms| terms.rule).as_ref())),
        ("cash_in_lieu", Value::optional(terms.and_then(|terms| terms.cash_in_lieu).as_ref())),
    ])
}

/// A record in a few words, with its id.
pub(in crate::cli) fn described(record: &app::BookRecord) -> String {
    format!("the {} ({})", summary(record), figure::short_id(record.id()))
}

/// A record in a few words: `sale of 4 AAPL on 2024-03-28 in portfolio main`.
pub(in crate::cli) fn summary(record: &app::BookRecord) -> String {
    match record {
        app::BookRecord::Transaction(row) => {
            let word = match row.transaction_type {
                TransactionType::Buy => "purchase",
                TransactionType::Sell => "sale",
                TransactionType::Dividend => "dividend",
                TransactionType::Split => "split",
                TransactionType::TransferIn | TransactionType::TransferOut => "transfer",
                TransactionType::SpinOff => "spin-off",
                TransactionType::Exchange => "exchange",
                TransactionType::ReturnCapital => "return of capital",
                TransactionType::AdjustCost => "addition to the cost",
            };
            let quantity =
                row.quantity.map(|quantity| format!("{} ", figure::shares(&quantity.into()))).unwrap_or_default();
            format!("{word} of {quantity}{} on {} in portfolio {}", row.symbol, row.trade_date, row.portfolio)
        }
        app::BookRecord::Conversion(row) => format!(
            "{} of {} into {} {} on {}",
            row.kind.noun(),
            row.stock.1,
            row.new_stock.1,
            row.terms.ratio,
            row.effective_date
        ),
        app::BookRecord::Split(split) => {
            format!("{} split of {} on {}", split.terms, split.symbol, split.effective_date)
        }
    }
}

/// What a conversion does to each lot: `1:5, 4.18% of the cost`.
pub(in crate::cli) fn terms(terms: &ConversionTerms) -> String {
    let ConversionTerms { ratio, cost_share, new_value, old_value, cash, pay, rule, cash_in_lieu } = terms;
    let mut said = vec![ratio.to_string()];
    said.extend(cost_share.map(|share| format!("{share}% of the cost")));
    said.extend(match (new_value, old_value) {
        (Some(new), Some(old)) => Some(format!("cost by values {new}:{old}")),
        (Some(new), None) => Some(format!("new shares worth {new}")),
        (None, _) => None,
    });
    said.extend(cash.map(|cash| format!("cash {cash} for each old share")));
    said.extend(pay.map(|pay| format!("{pay} paid for each new share")));
    said.extend(rule.map(|rule| rule.to_string()));
    said.extend(cash_in_lieu.map(|paid| format!("a fraction paid for with {paid}")));
    said.join(", ")
}
