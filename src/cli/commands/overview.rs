//! The overview, shown if no command is typed.

mod table;

use crate::app::{self, AppError, CurrencyOverview, Overview, OverviewFilter, PriceAge, StockGain, UsedRates};
use crate::cli::args::ConversionArgs;
use crate::cli::context::Context;
use crate::cli::offer::Offers;
use crate::cli::output::{Format, Record, Value, csv, json_document};
use crate::cli::views::{ReportingTotal, note_rates, price_command, with_foreign};
use crate::domain::Symbol;

pub(in crate::cli) fn overview(conversion: ConversionArgs, context: &Context<'_>) -> Result<(), AppError> {
    let (portfolios, conversion) = (context.portfolios.clone(), conversion.conversion());
    let filter = OverviewFilter { portfolios, as_of: None, today: context.today, conversion };
    let read = context.read(|reader| {
        let overview = app::overview(reader, &filter)?;
        let currencies = overview.currencies.iter().map(|of| of.currency);
        let total = ReportingTotal::of(context.total_in(conversion), currencies, |conversion| {
            let filter = OverviewFilter { conversion: Some(conversion), ..filter.clone() };
            let Overview { mut currencies, rates, .. } = app::overview(reader, &filter)?;
            // The table has no column for these.
            for of in &mut currencies {
                of.foreign = None;
            }
            Ok((currencies, rates))
        })?;
        Ok((overview, total))
    });
    let mut total = ReportingTotal::None;
    let overview = match read {
        Ok((overview, in_one)) => {
            total = in_one;
            Some(overview)
        }
        Err(error) if error.code() == NO_BOOK => None,
        Err(error) => return Err(error),
    };
    match (context.page.format(), overview) {
        (Format::Table, None) => context.page.print(&context.page.wrapped_sentences(&table::welcome(context.book()))),
        (Format::Table, Some(overview)) => {
            let in_one = total.known().map(|(_, currencies)| currencies.as_slice()).unwrap_or_default();
            context.page.print(&table::overview(&overview, in_one, context))?;
            total.note(&context.page)?;
            note_rates(&context.page, conversion, &overview.rates)
        }
        (Format::Json, overview) => {
            let record = record(&overview.unwrap_or_default(), context);
            context.page.print(&json_document(&context.page.digits.of_record(record))?)
        }
        (Format::Csv, overview) => {
            let overview = overview.unwrap_or_default();
            let records: Vec<_> = overview.currencies.iter().map(currency).collect();
            let members = with_foreign(MEMBERS, FOREIGN_MEMBERS, conversion);
            context.page.print(&csv(&context.page.digits.of_records(records), &members)?)
        }
    }
}

/// The code of the error for a missing book.
const NO_BOOK: &str = "no_book";

const MEMBERS: &[&str] = &[
    "currency",
    "positions",
    "unpriced",
    "cost_basis",
    "market_value",
    "unrealized_gain",
    "unrealized_gain_percentage",
    "realized_gain",
    "dividends",
    "dividends_twelve_months",
    "total_return",
    "day",
    "day_change",
    "day_change_percentage",
    "day_change_since",
    "unpriced_cost_basis",
];

fn record(overview: &Overview, context: &Context<'_>) -> Record {
    let stock = |gain: Option<&StockGain>| gain.map_or(Value::Null, |gain| Value::Object(stock(gain)));
    Record(vec![
        ("as_of", Value::exact(&context.today)),
        ("currencies", Value::List(overview.currencies.iter().map(currency).collect())),
        ("best", stock(overview.stocks.first())),
        ("worst", stock(overview.stocks.last())),
        ("outdated", Value::List(overview.outdated.iter().map(|it| outdated(it, &context.page.offers)).collect())),
        ("rates", Value::List(overview.rates.iter().map(rates).collect())),
    ])
}

fn currency(of: &CurrencyOverview) -> Record {
    let change = of.day_change.as_ref();
    let values = [
        Value::text(&of.currency),
        Value::Count(of.positions),
        Value::Count(of.unpriced),
        Value::exact(&of.cost_basis),
        Value::optional(of.market_value.as_ref()),
        Value::optional(of.unrealized_gain.as_ref()),
        Value::optional(of.unrealized_gain_percentage.as_ref()),
        Value::exact(&of.realized_gain),
        Value::exact(&of.dividends),
        Value::exact(&of.dividends_twelve_months),
        Value::optional(of.total_return.as_ref()),
        Value::optional(of.day.as_ref()),
        Value::optional(change.map(|change| &change.amount)),
        Value::optional(change.and_then(|change| change.percentage.as_ref())),
        Value::optional(change.map(|change| &change.since)),
        Value::exact(&of.unpriced_cost_basis),
    ];
    let mut record = Record(MEMBERS.iter().copied().zip(values).collect());
    if let Some(foreign) = &of.foreign {
        let values = [Value::exact(&foreign.price_gain), Value::exact(&foreign.currency_gain)];
        record.0.extend(FOREIGN_MEMBERS.iter().copied().zip(values));
    }
    record
}

/// The members that a report in one currency adds.
const FOREIGN_MEMBERS: &[&str] = &["price_gain", "currency_gain"];

fn rates(used: &UsedRates) -> Record {
    Record(vec![
        ("currency", Value::text(&used.currency)),
        ("first", Value::exact(&used.first)),
        ("last", Value::exact(&used.last)),
    ])
}

fn stock(gain: &StockGain) -> Record {
    Record(vec![
        ("symbol", Value::text(&gain.symbol)),
        ("company_name", Value::text(&gain.company_name)),
        ("currency", Value::text(&gain.currency)),
        ("market_value", Value::exact(&gain.market_value)),
        ("unrealized_gain", Value::exact(&gain.unrealized_gain)),
        ("unrealized_gain_percentage", Value::exact(&gain.unrealized_gain_percentage)),
        ("weight_percentage", Value::optional(gain.weight.as_ref())),
    ])
}

fn outdated((symbol, age): &(Symbol, PriceAge), offers: &Offers) -> Record {
    let (reason, date) = match age {
        PriceAge::Fresh => ("fresh", None),
        PriceAge::Missing => ("missing", None),
        PriceAge::Old { date } => ("old", Some(date)),
        PriceAge::BeforeLastTrade { date, .. } => ("before_last_trade", Some(date)),
    };
    Record(vec![
        ("symbol", Value::text(symbol)),
        ("reason", Value::text(&reason)),
        ("price_date", Value::optional(date)),
        ("command", Value::text(&offers.named(&price_command(symbol, None)))),
    ])
}
