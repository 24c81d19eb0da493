//! What a report in one currency adds to the output.

use crate::app::{AppError, Conversion, ForeignReturn, Returns, UsedRates};
use crate::cli::output::{Record, Value};
use crate::cli::page::Page;

/// Members, with those that a report in one currency adds.
pub(in crate::cli) fn with_foreign(
    members: &[&'static str],
    foreign: &[&'static str],
    conversion: Option<Conversion>,
) -> Vec<&'static str> {
    let foreign = foreign.iter().filter(|_| conversion.is_some());
    members.iter().chain(foreign).copied().collect()
}

/// The members that returns in one currency add.
pub(in crate::cli) const FOREIGN_RETURN: &[&str] =
    &["original_currency", "price_gain", "currency_gain", "currency_return_percentage"];

/// Adds them to a record.
pub(in crate::cli) fn foreign_return(mut record: Record, returns: &Returns) -> Record {
    let Some(ForeignReturn { original_currency, price_gain, currency_return }) = &returns.foreign else {
        return record;
    };
    let values = [
        Value::optional_text(original_currency.as_ref()),
        Value::optional(price_gain.as_ref()),
        Value::optional(returns.currency_gain().as_ref()),
        Value::optional(currency_return.as_ref()),
    ];
    record.0.extend(FOREIGN_RETURN.iter().copied().zip(values));
    record
}

/// Prints the days of the rates that were used below a table.
pub(in crate::cli) fn note_rates(
    page: &Page,
    conversion: Option<Conversion>,
    used: &[UsedRates],
) -> Result<(), AppError> {
    let Some(conversion) = conversion.filter(|_| !used.is_empty()) else { return Ok(()) };
    page.note_below_table(&rates_words(conversion, used))
}

/// The days of the rates that were used, in words.
pub(super) fn rates_words(conversion: Conversion, used: &[UsedRates]) -> String {
    format!("in {}, at the rates of {}", conversion.into, rate_days(used))
}

/// The days of the rates of each currency.
pub(in crate::cli) fn rate_days(used: &[UsedRates]) -> String {
    let days = |UsedRates { currency, first, last }: &UsedRates| {
        if first == last { format!("{first} ({currency})") } else { format!("{first} to {last} ({currency})") }
    };
    used.iter().map(days).collect::<Vec<_>>().join(", ")
}
