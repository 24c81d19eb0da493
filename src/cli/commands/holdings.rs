//! `holdings`.

mod sorting;

use std::collections::BTreeMap;

use crate::app::{
    self, AppError, Conversion, HoldingIn, HoldingsBy, HoldingsFilter, PriceAge, Realized, SummaryRow,
    holdings_by_symbol, holdings_in_by_symbol,
};
use crate::cli::args::{HoldingsArgs, HoldingsColumn, HoldingsLine};
use crate::cli::context::Context;
use crate::cli::dates::{past_day, past_moment};
use crate::cli::output::{Format, Listing, Record, Value};
use crate::cli::views::{
    HoldingsTotal, ReportingTotal, holdings_in_table, holdings_table, holdings_totals, parts_of_gain, say_too_long,
    what_prices_lack,
};
use crate::domain::{Currency, Day, Percentage};

pub(in crate::cli) fn holdings(args: &HoldingsArgs, context: &Context<'_>) -> Result<(), AppError> {
    refuse_what_cannot_matter(args, context.page.format())?;
    let filter = HoldingsFilter {
        portfolios: context.portfolios.clone(),
        symbols: args.symbols.clone(),
        with_closed: args.all,
        as_of: past_day(args.as_of, context.today)?,
        known_on: past_moment(args.known_on, context.today, context.now())?,
    };
    let seen_on = filter.as_of.or_else(|| args.known_on.map(|moment| moment.day(context.today)));
    let on = seen_on.unwrap_or(context.today);
    if let Some(conversion) = args.conversion.conversion() {
        return in_currency(args, (conversion, on), &filter, context);
    }
    let (mut rows, total) = context.read(|reader| {
        let rows = app::holdings(reader, &filter)?;
        let total = ReportingTotal::of(context.total_in(None), rows.iter().map(|row| row.currency), |conversion| {
            let (held, used) = app::holdings_in(reader, &filter, (conversion, on), realized(args, Realized::Included))?;
            let rows: Vec<SummaryRow> = held.into_iter().map(|held| held.row).collect();
            Ok((holdings_totals(&rows).remove(&conversion.into), used))
        })?;
        Ok((rows, total))
    })?;
    for row in rows.iter().filter(|row| row.valuation.market_value.is_none()) {
        let figure = if row.valuation.price.is_none() { "price" } else { "value" };
        row.valuation.price_date.iter().for_each(|date| say_too_long(figure, &row.symbol, *date));
    }
    let by = by(args);
    if by == HoldingsBy::Symbol {
        rows = holdings_by_symbol(rows)?;
    }
    if let Some(column) = args.sort {
        sorting::sort(&mut rows, |row| row, column);
    }
    let members = members(args, &[]);
    let records = || {
        let totals = if args.totals { holdings_totals(&rows) } else { BTreeMap::default() };
        let all = records(&rows, by, on).into_iter().chain(totals.iter().map(|(of, total)| total_record(*of, total)));
        all.map(|record| chosen(record, &members)).collect()
    };
    context.page.list(&Listing {
        members: &members,
        records: &records,
        table: &|| holdings_table(&rows, by, &args.columns, total.known()),
        nothing: Some("nothing is held; `stockbook buy` records a purchase"),
    })?;
    total.note(&context.page)?;
    let ages = rows.iter().map(|row| (&row.symbol, PriceAge::of(row, on)));
    what_prices_lack(ages, context.another_day(on)).map_or(Ok(()), |text| context.page.add_below(&text))
}

fn by(args: &HoldingsArgs) -> HoldingsBy {
    match args.by {
        HoldingsLine::Position => HoldingsBy::Position,
        HoldingsLine::Symbol => HoldingsBy::Symbol,
    }
}

/// Whether realized gains and dividends are needed: if a column of them is requested or, if no columns are,
/// what is usual.
fn realized(args: &HoldingsArgs, usual: Realized) -> Realized {
    let is_realized = |column: &HoldingsColumn| matches!(column, HoldingsColumn::Realized | HoldingsColumn::Dividends);
    if args.columns.iter().chain(&args.sort).any(is_realized) {
        return Realized::Included;
    }
    if args.columns.is_empty() { usual } else { Realized::Omitted }
}

/// The members of a record: those of the requested columns, or all, with some more.
fn members(args: &HoldingsArgs, more: &[&'static str]) -> Vec<&'static str> {
    if args.columns.is_empty() {
        return MEMBERS.iter().chain(more).copied().collect();
    }
    args.columns.iter().map(|column| member(*column)).collect()
}

fn refuse_what_cannot_matter(args: &HoldingsArgs, format: Format) -> Result<(), AppError> {
    if format == Format::Json && !args.columns.is_empty() {
        return Err(no_matter("--columns", "JSON has every member", "pick members with jq, or use -O csv"));
    }
    if by(args) == HoldingsBy::Symbol {
        let of_one = |column: &HoldingsColumn| *column == HoldingsColumn::Portfolio;
        let options = [
            ("--columns portfolio", args.columns.iter().any(of_one)),
            ("--sort portfolio", args.sort.iter().any(of_one)),
        ];
        if let Some((option, _)) = options.into_iter().find(|(_, is_given)| *is_given) {
            return Err(no_matter(option, "a row is of all portfolios", "leave it out, or use --by position"));
        }
    }
    if format == Format::Table && args.totals {
        return Err(no_matter("--totals", "a table has totals", "leave it out, or use -O json or -O csv"));
    }
    Ok(())
}

fn no_matter(option: &str, why: &str, hint: &str) -> AppError {
    AppError::Usage { code: "usage", message: format!("{option} has no effect here: {why}"), hint: hint.to_owned() }
}

/// The requested members of a record, in that order.
fn chosen(record: Record, members: &[&'static str]) -> Record {
    if members.starts_with(MEMBERS) {
        return record;
    }
    let value = |name: &'static str| Some((name, record.0.iter().find(|(known, _)| *known == name)?.1.clone()));
    Record(members.iter().filter_map(|name| value(name)).collect())
}

/// The holdings in one currency, with the parts of their gains due to the price and to the currency.
fn in_currency(
    args: &HoldingsArgs,
    (conversion, on): (Conversion, Day),
    filter: &HoldingsFilter,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let usual = if context.page.format() == Format::Table { Realized::Omitted } else { Realized::Included };
    let realized = realized(args, usual);
    let (mut held, _) = context.read(|reader| app::holdings_in(reader, filter, (conversion, on), realized))?;
    let by = by(args);
    if by == HoldingsBy::Symbol {
        held = holdings_in_by_symbol(held)?;
    }
    if let Some(column) = args.sort {
        sorting::sort(&mut held, |held| &held.row, column);
    }
    let members = members(args, FOREIGN_MEMBERS);
    let rows: Vec<SummaryRow> = held.iter().map(|holding| holding.row.clone()).collect();
    context.page.list(&Listing {
        members: &members,
        records: &|| {
            let own = records(&rows, by, on).into_iter().zip(&held).map(|(record, held)| foreign(record, held));
            let totals = if args.totals { holdings_totals(&rows) } else { BTreeMap::default() };
            let all = own.chain(totals.iter().map(|(of, total)| foreign_total(total_record(*of, total), &held)));
            all.map(|record| chosen(record, &members)).collect()
        },
        table: &|| {
            if args.columns.is_empty() {
                holdings_in_table(&held, by)
            } else {
                holdings_table(&rows, by, &args.columns, None)
            }
        },
        nothing: Some("nothing is held; `stockbook buy` records a purchase"),
    })?;
    let ages = rows.iter().map(|row| (&row.symbol, PriceAge::of(row, on)));
    what_prices_lack(ages, context.another_day(on)).map_or(Ok(()), |text| context.page.add_below(&text))?;
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

fn foreign(mut record: Record, held: &HoldingIn) -> Record {
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

/// The total of holdings in one currency. The parts of the gain are those of holdings with a price.
fn foreign_total(mut record: Record, held: &[HoldingIn]) -> Record {
    let [price_gain, currency_gain] = parts_of_gain(held);
    let values = [
        Value::Null,
        Value::optional(price_gain.as_ref()),
        Value::optional(currency_gain.as_ref()),
        Value::Null,
        Value::Null,
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

fn member(column: HoldingsColumn) -> &'static str {
    match column {
        HoldingsColumn::Symbol => "symbol",
        HoldingsColumn::Portfolio => "portfolio",
        HoldingsColumn::Company => "company_name",
        HoldingsColumn::Sector => "sector",
        HoldingsColumn::Industry => "industry",
        HoldingsColumn::Quantity => "quantity",
        HoldingsColumn::AverageCost => "average_cost",
        HoldingsColumn::CostBasis => "cost_basis",
        HoldingsColumn::Price => "price",
        HoldingsColumn::Priced => "price_date",
        HoldingsColumn::Value => "market_value",
        HoldingsColumn::Gain => "unrealized_gain",
        HoldingsColumn::GainPercentage => "unrealized_gain_percentage",
        HoldingsColumn::Weight => "weight_percentage",
        HoldingsColumn::Realized => "realized_gain",
        HoldingsColumn::Dividends => "dividends",
        HoldingsColumn::Currency => "currency",
    }
}

/// The holdings as records, with the age of their prices on a day.
fn records(rows: &[SummaryRow], by: HoldingsBy, on: Day) -> Vec<Record> {
    let weighed = rows.iter().zip(app::holding_weights(rows));
    weighed.map(|(row, weight)| record(row, by, weight, on)).collect()
}

fn record(row: &SummaryRow, by: HoldingsBy, weight: Option<Percentage>, on: Day) -> Record {
    let price_age = row.valuation.price_date.map_or(Value::Null, |date| Value::days(date, on));
    let portfolio = match by {
        HoldingsBy::Position => Value::text(&row.portfolio),
        HoldingsBy::Symbol => Value::Null,
    };
    let values = [
        portfolio,
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

/// The totals of the rows in a currency; they have neither portfolio nor symbol.
fn total_record(currency: Currency, total: &HoldingsTotal) -> Record {
    let value = |name: &&'static str| match *name {
        "currency" => Value::text(&currency),
        "cost_basis" => Value::optional(total.cost_basis.known().as_ref()),
        "market_value" => Value::optional(total.market_value.known().as_ref()),
        "unrealized_gain" => Value::optional(total.unrealized_gain.known().as_ref()),
        "unrealized_gain_percentage" => Value::optional(total.gain_percentage().as_ref()),
        "realized_gain" => Value::optional(total.realized_gain.known().as_ref()),
        "dividends" => Value::optional(total.dividends.known().as_ref()),
        _ => Value::Null,
    };
    Record(MEMBERS.iter().map(|name| (*name, value(name))).collect())
}
