//! Explanations in another currency.

use crate::app::{AppError, ExplainedIn, GainIn, HoldingIn};
use crate::cli::context::Context;
use crate::cli::output::{Record, Value, figure};
use crate::cli::views::{rate_records, rates_table};
use crate::domain::{Currency, Money};

/// Adds to each lot its gain in the other currency.
///
/// Returns the members of the whole.
pub(super) fn add_gains(
    lots: &mut [Record],
    converted: &ExplainedIn<GainIn>,
) -> Result<[(&'static str, Value); 2], AppError> {
    for (lot, figures) in lots.iter_mut().zip(&converted.figures) {
        lot.0.push(("in_currency", gain_record(figures, converted.currency)));
    }
    let total = converted.total()?.map_or(Value::Null, |total| gain_record(&total, converted.currency));
    Ok([("in_currency", total), ("rates", rate_records(&converted.rates))])
}

/// The gain on one lot, or in total.
fn gain_record(GainIn { totals, foreign }: &GainIn, currency: Currency) -> Value {
    Value::Object(Record(vec![
        ("currency", Value::text(&currency)),
        ("proceeds", Value::exact(&totals.proceeds)),
        ("cost_basis", Value::exact(&totals.cost_basis)),
        ("gain", Value::exact(&totals.gain)),
        ("price_gain", Value::exact(&foreign.price_gain)),
        ("currency_gain", Value::exact(&foreign.currency_gain)),
    ]))
}

/// The same as text.
pub(super) fn gain_lines(GainIn { totals, foreign }: &GainIn, currency: Currency) -> Vec<String> {
    let money = |amount: Money| figure::exact_money(amount, currency);
    vec![
        format!(
            "  in {currency}     {} - {} = {}",
            money(totals.proceeds),
            money(totals.cost_basis),
            money(totals.gain)
        ),
        of_which(foreign.price_gain, foreign.currency_gain, currency),
    ]
}

/// The figures of a holding.
pub(super) fn holding_record(held: &HoldingIn) -> Record {
    Record(vec![
        ("portfolio", Value::text(&held.row.portfolio)),
        ("currency", Value::text(&held.row.currency)),
        ("cost_basis", Value::exact(&held.row.cost_basis)),
        ("market_value", Value::optional(held.row.valuation.market_value.as_ref())),
        ("unrealized_gain", Value::optional(held.row.valuation.unrealized_gain.as_ref())),
        ("price_gain", Value::optional(held.price_gain.as_ref())),
        ("currency_gain", Value::exact(&held.currency_gain)),
    ])
}

/// The same as text.
pub(super) fn holding_lines(held: &HoldingIn) -> Vec<String> {
    let (row, currency) = (&held.row, held.row.currency);
    let money = |amount: Money| figure::exact_money(amount, currency);
    let mut lines = vec![format!("in {currency}       cost {}", money(row.cost_basis))];
    let valued = row.valuation.market_value.zip(row.valuation.unrealized_gain).zip(held.price_gain);
    if let Some(((value, gain), price_gain)) = valued {
        lines.push(format!("  gain       {} - {} = {}", money(value), money(row.cost_basis), money(gain)));
        lines.push(of_which(price_gain, held.currency_gain, currency));
    }
    lines
}

fn of_which(price_gain: Money, currency_gain: Money, currency: Currency) -> String {
    let [price, by_currency] = [price_gain, currency_gain].map(|gain| figure::exact_money(gain, currency));
    format!("  of which   {price} by the price, {by_currency} by the currency")
}

/// The rates as a table, under everything else.
pub(super) fn rates_below<T>(explained: &ExplainedIn<T>, context: &Context<'_>) -> String {
    if explained.rates.is_empty() {
        return String::new();
    }
    format!("\nrates to {}\n\n{}", explained.currency, context.page.draw(&rates_table(&explained.rates)))
}
