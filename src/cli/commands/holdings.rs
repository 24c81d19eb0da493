//! `holdings`.

use std::collections::BTreeMap;

use crate::app::{self, AppError, Conversion, HoldingIn, HoldingsFilter};
use crate::cli::args::HoldingsArgs;
use crate::cli::context::Context;
use crate::cli::dates::{past_day, past_moment};
use crate::cli::output::{Listing, Record, Value};
use crate::cli::views::{holdings_in_table, holdings_table, say_too_long};
use crate::domain::{Day, Percentage};
use crate::store::SummaryRow;

pub(in crate::cli) fn holdings(args: &HoldingsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let filter = HoldingsFilter {
        portfolio: context.portfolio.clone(),
        with_closed: args.all,
        as_of: past_day(args.as_of, context.today)?,
        known_on: past_moment(args.known_on, context.today, context.now())?,
    };
    let seen_on = filter.as_of.or_else(|| args.known_on.map(|moment| moment.day(context.today)));
    if let Some(conversion) = args.conversion.conversion() {
        return in_currency(conversion, &filter, seen_on.unwrap_or(context.today), context);
    }
    let rows = context.read(|reader| app::holdings(reader, &filter))?;
    for row in rows.iter().filter(|row| row.valuation.market_value.is_none()) {
        let figure = if row.valuation.price.is_none() { "price" } else { "value" };
        row.valuation.price_date.iter().for_each(|date| say_too_long(figure, &row.symbol, *date));
    }
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| records(&rows, seen_on.unwrap_or(context.today)),
        table: &|| holdings_table(&rows),
        nothing: Some("nothing is held; `stockbook buy` records a purchase"),
    })
}

/// The holdings in one currency, with what the price and the currency made of their gains.
fn in_currency(
    conversion: Conversion,
    filter: &HoldingsFilter,
    on: Day,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let held = context.read(|reader| app::holdings_in(reader, filter, conversion, on))?;
    let members: Vec<&'static str> = MEMBERS.iter().chain(FOREIGN_MEMBERS).copied().collect();
    let rows: Vec<SummaryRow> = held.iter().map(|holding| holding.row.clone()).collect();
    context.page.list(&Listing {
        members: &members,
        records: &|| records(&rows, on).into_iter().zip(&held).map(|(record, held)| foreign(record, held)).collect(),
        table: &|| holdings_in_table(&held),
        nothing: Some("nothing is held; `stockbook buy` records a purchase"),
    })?;
    let rates: BTreeMap<_, _> = held.iter().map(|it| (it.original_currency, it.rate_date)).collect();
    let foreign = rates.into_iter().filter(|(currency, _)| *currency != conversion.into);
    let told: Vec<_> = foreign.map(|(currency, day)| format!("{currency} of {day}")).collect();
    if told.is_empty() {
        return Ok(());
    }
    context.page.note_below_table(&format!(
        "values at the rates of {on}: {}; costs at those of the purchases' days",
        told.join(", ")
    ))
}

/// The members that a report in one currency adds.
const FOREIGN_MEMBERS: &[&str] = &["original_currency", "price_gain", "currency_gain", "rate", "rate_date"];

/// What sales realized and dividends paid takes a rate for each of their days, and is told elsewhere.
fn foreign(mut record: Record, held: &HoldingIn) -> Record {
    for (name, value) in &mut record.0 {
        if matches!(*name, "realized_gain" | "dividends") {
            *value = Value::Null;
        }
    }
    let values = [
        Value::text(&held.original_currency),
        Value::optional(held.price_gain.as_ref()),
        Value::exact(&held.currency_gain),
        Value::optional(held.rate.as_ref()),
        Value::exact(&held.rate_date),
    ];
    record.0.extend(FOREIGN_MEMBERS.iter().copied().zip(values));
    record
}

const MEMBERS: &[&str] = &[
    "portfolio",
    "symbol",
    "company_name",
    "sector",
    "industry",
    "currency",
    "quantity",
    "average_cost",
    "cost_basis",
    "price",
    "price_date",
    "market_value",
    "unrealized_gain",
    "unrealized_gain_percentage",
    "realized_gain",
    "dividends",
    "weight_percentage",
    "price_age_days",
];

/// The holdings as records, with the age of their prices on a day.
fn records(rows: &[SummaryRow], on: Day) -> Vec<Record> {
    let weighed = rows.iter().zip(app::holding_weights(rows));
    weighed
        .map(|(row, weight)| {
            record(row, weight, row.valuation.price_date.map_or(Value::Null, |date| Value::days(date, on)))
        })
        .collect()
}

fn record(row: &SummaryRow, weight: Option<Percentage>, price_age: Value) -> Record {
    let values = [
        Value::text(&row.portfolio),
        Value::text(&row.symbol),
        Value::text(&row.company_name),
        Value::optional_text(row.sector.as_ref()),
        Value::optional_text(row.industry.as_ref()),
        Value::text(&row.currency),
        Value::exact(&row.quantity),
        Value::optional(row.valuation.average_cost.as_ref()),
        Value::exact(&row.cost_basis),
        Value::optional(row.valuation.price.as_ref()),
        Value::optional(row.valuation.price_date.as_ref()),
        Value::optional(row.valuation.market_value.as_ref()),
        Value::optional(row.valuation.unrealized_gain.as_ref()),
        Value::optional(row.valuation.unrealized_gain_percentage.as_ref()),
        Value::exact(&row.realized_gain),
        Value::exact(&row.dividends),
        Value::optional(weight.as_ref()),
        price_age,
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}
