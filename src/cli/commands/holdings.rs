//! `holdings`.

use crate::app::{self, AppError, HoldingsFilter};
use crate::cli::args::HoldingsArgs;
use crate::cli::context::Context;
use crate::cli::dates::{past_day, past_moment};
use crate::cli::output::{Listing, Record, Value};
use crate::cli::views::{holdings_table, say_too_long};
use crate::domain::{Day, Percentage};
use crate::store::SummaryRow;

pub(in crate::cli) fn holdings(args: &HoldingsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let filter = HoldingsFilter {
        portfolio: context.portfolio.clone(),
        with_closed: args.all,
        as_of: past_day(args.as_of, context.today)?,
        known_on: past_moment(args.known_on, context.today, context.now())?,
    };
    let rows = context.read(|reader| app::holdings(reader, &filter))?;
    for row in rows.iter().filter(|row| row.valuation.market_value.is_none()) {
        let figure = if row.valuation.price.is_none() { "price" } else { "value" };
        row.valuation.price_date.iter().for_each(|date| say_too_long(figure, &row.symbol, *date));
    }
    let seen_on = filter.as_of.or_else(|| args.known_on.map(|moment| moment.day(context.today)));
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| records(&rows, seen_on.unwrap_or(context.today)),
        table: &|| holdings_table(&rows),
        nothing: Some("nothing is held; `stockbook buy` records a purchase"),
    })
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
