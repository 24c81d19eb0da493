//! `returns`.

mod table;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::app::Reader;
use crate::app::{
    AppError, FlowKind, Flows, PriceAge, Rate, ReturnFlow, Returns, ReturnsBy, ReturnsFilter, Scope, UsedRates,
    for_each_return, weigh_returns,
};
use crate::cli::args::{Range, ReturnsArgs, ReturnsLine};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Digits, Format, JsonArray, Listing, Record, Row, Rows, Table, Value, figure};
use crate::cli::views::{
    FOREIGN_RETURN, ReportingTotal, foreign_return, note_rates, oldest_price, what_prices_lack, with_foreign,
};
use crate::domain::{Currency, Day, PortfolioName, Symbol};

pub(in crate::cli) fn returns(args: &ReturnsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(AppError::Value)?;
    let flows = if args.flows { Flows::Listed } else { Flows::Omitted };
    if args.flows && args.versus.is_some() {
        return Err(AppError::Usage {
            code: "usage",
            message: "--versus has no effect here: --flows shows what moved, and no rates".to_owned(),
            hint: "leave one of them out".to_owned(),
        });
    }
    let by = match args.by {
        None => ReturnsBy::Everything,
        Some(ReturnsLine::Position) => ReturnsBy::Position,
        Some(ReturnsLine::Symbol) => ReturnsBy::Symbol,
        Some(ReturnsLine::Portfolio) => ReturnsBy::Portfolio,
        Some(ReturnsLine::Total) => ReturnsBy::Total,
    };
    let (portfolios, symbol, versus) = (context.portfolios.clone(), args.symbol.clone(), args.versus.clone());
    let conversion = args.conversion.conversion();
    let filter = ReturnsFilter { portfolios, symbol, from, to, by, versus, flows, conversion };
    context.read(|reader| match flows {
        Flows::Omitted => plainly(reader, &filter, context),
        Flows::Listed => with_flows(reader, &filter, context),
    })
}

fn plainly(reader: Reader<'_>, filter: &ReturnsFilter, context: &Context<'_>) -> Result<(), AppError> {
    let mut all = Vec::new();
    let used = for_each_return(reader, filter, &mut |returns| {
        all.push(returns.clone());
        Ok(())
    })?;
    weigh_returns(&mut all);
    let currencies = all.iter().map(|returns| returns.currency);
    let total = ReportingTotal::of(context.total_in(filter.conversion), currencies, |conversion| {
        let filter = ReturnsFilter { by: ReturnsBy::Total, conversion: Some(conversion), ..filter.clone() };
        let mut total = Vec::new();
        let used = for_each_return(reader, &filter, &mut |returns| {
            total.push(Returns { foreign: None, ..returns.clone() });
            Ok(())
        })?;
        Ok((total, used))
    })?;
    let in_one = total.known().map(|(_, total)| total.as_slice()).unwrap_or_default();
    let members = with_foreign(MEMBERS, FOREIGN_RETURN, filter.conversion);
    let is_asked_for = |returns: &&Returns| returns.scope != Scope::Total || !is_total_extra(filter.by);
    let versus = filter.versus.as_ref();
    context.page.list(&Listing {
        members: &members,
        records: &|| all.iter().filter(is_asked_for).map(|returns| record(returns, versus)).collect(),
        table: &|| table::table(&said_once(&all), in_one, versus),
        nothing: Some(NOTHING),
    })?;
    let below = [
        Some(table::reasons(&said_once(&all), context.today)),
        versus.and_then(|symbol| table::no_benchmark(symbol, &said_once(&all), context.today)),
        what_prices_lack(ages(&all, versus).into_iter(), context.another_day(filter.to)),
        of_all_together(&all, context.another_day(filter.to)),
    ];
    let below = below.into_iter().flatten().collect::<String>();
    if !below.is_empty() {
        context.page.add_below(&below)?;
    }
    total.note(&context.page)?;
    note_rates(&context.page, filter.conversion, &used)
}

/// Whether the total, which is shown under a table's rows, was not requested for programs.
fn is_total_extra(by: ReturnsBy) -> bool {
    match by {
        ReturnsBy::Position | ReturnsBy::Symbol | ReturnsBy::Portfolio => true,
        ReturnsBy::Everything | ReturnsBy::Total => false,
    }
}

/// The rows of a table: of several rows that cover everything in a currency, only one is shown.
fn said_once(all: &[Returns]) -> Vec<&Returns> {
    let count = |currency: Currency, is_of: fn(&Scope) -> bool| {
        all.iter().filter(|returns| returns.currency == currency && is_of(&returns.scope)).count()
    };
    let is_said = |returns: &&Returns| match &returns.scope {
        Scope::Position(..) | Scope::Symbol(_) => true,
        // With one portfolio, the total is the same.
        Scope::Portfolio(_) => {
            count(returns.currency, |scope| matches!(scope, Scope::Portfolio(_))) > 1
                || count(returns.currency, |scope| *scope == Scope::Total) == 0
        }
        Scope::Total => {
            let others = |scope: &Scope| matches!(scope, Scope::Position(..) | Scope::Symbol(_));
            count(returns.currency, others) != 1
        }
    };
    all.iter().filter(is_said).collect()
}

/// The ages of the prices behind the values of positions, and of the price of the stock to compare with.
fn ages<'r>(all: &'r [Returns], versus: Option<&'r Symbol>) -> Vec<(&'r Symbol, PriceAge)> {
    let own = all.iter().filter_map(|returns| named(&returns.scope).2.map(|symbol| (symbol, returns.price_age())));
    let is_up_to_date = |returns: &&Returns| returns.held.is_some_and(|(_, last)| last == returns.to);
    let compared = all.iter().filter(is_up_to_date).filter_map(|returns| {
        let age = PriceAge::of_price(returns.versus_price_date?, None, returns.to);
        versus.filter(|_| returns.versus.is_some()).map(|symbol| (symbol, age))
    });
    own.chain(compared).collect()
}

/// A note about old prices, if no row is about a single stock that could be named.
fn of_all_together(all: &[Returns], day: Option<Day>) -> Option<String> {
    if all.iter().any(|returns| named(&returns.scope).2.is_some()) {
        return None;
    }
    oldest_price(all.iter(), day)
}

/// Flows are printed while they are computed: there are three for each transaction.
fn with_flows(reader: Reader<'_>, filter: &ReturnsFilter, context: &Context<'_>) -> Result<(), AppError> {
    let for_each_flow = |take: &mut dyn FnMut(&Returns, &ReturnFlow) -> Result<(), AppError>| {
        for_each_return(reader, filter, &mut |returns| returns.flows.iter().try_for_each(|flow| take(returns, flow)))
    };
    let note = |used: &[UsedRates]| note_rates(&context.page, filter.conversion, used);
    match context.page.format() {
        Format::Table => {
            let mut rows = Rows::default();
            let used = for_each_flow(&mut |returns, flow| {
                rows.push(&flow_row(returns, flow));
                Ok(())
            })?;
            context.page.print(&context.page.draw_or_note(&Table { columns: flow_columns(), rows }, NOTHING))?;
            note(&used)
        }
        Format::Json => context.page.stream(|out| {
            let mut array = JsonArray::new(out);
            for_each_return(reader, filter, &mut |returns| Ok(array.push(&WithFlows(returns, context.page.digits))?))?;
            Ok(array.finish()?)
        }),
        Format::Csv => context.page.stream_records(FLOW_MEMBERS, |take| {
            for_each_flow(&mut |returns, flow| take(&flow_record(returns, flow))).map(|_| ())
        }),
    }
}

/// Returns with their cash flows, as JSON.
struct WithFlows<'r>(&'r Returns, Digits);

impl Serialize for WithFlows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in self.1.of_record(record(self.0, None)).0 {
            members.serialize_entry(name, &value)?;
        }
        members.serialize_entry("flows", &Flowing(self.0, self.1))?;
        members.end()
    }
}

/// The cash flows of returns, as JSON.
struct Flowing<'r>(&'r Returns, Digits);

impl Serialize for Flowing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.flows.iter().map(|flow| self.1.of_record(flow_record(self.0, flow))))
    }
}

const NOTHING: &str = "no money moved in this period";

const MEMBERS: &[&str] = &[
    "scope",
    "portfolio",
    "symbol",
    "currency",
    "from",
    "to",
    "invested",
    "withdrawn",
    "dividends",
    "market_value",
    "gain",
    "money_weighted_return_percentage",
    "time_weighted_return_percentage",
    "time_weighted_return_annualized_percentage",
    "reason",
    "price_date",
    "price_age_days",
    "left_out",
    "versus",
    "versus_return_percentage",
    "excess_return_percentage",
    "weight_percentage",
];

const FLOW_MEMBERS: &[&str] =
    &["scope", "portfolio", "symbol", "currency", "date", "type", "transaction_id", "flow_symbol", "amount"];

/// The scope of a return: the word, the portfolio and the stock.
fn named(scope: &Scope) -> (&'static str, Option<&PortfolioName>, Option<&Symbol>) {
    match scope {
        Scope::Position(portfolio, symbol) => ("position", Some(portfolio), Some(symbol)),
        Scope::Symbol(symbol) => ("symbol", None, Some(symbol)),
        Scope::Portfolio(portfolio) => ("portfolio", Some(portfolio), None),
        Scope::Total => ("total", None, None),
    }
}

fn record(returns: &Returns, versus: Option<&Symbol>) -> Record {
    let (word, portfolio, symbol) = named(&returns.scope);
    let rate = |rate: &Rate| Value::optional(rate.as_ref().ok());
    let values = [
        Value::text(&word),
        Value::optional_text(portfolio),
        Value::optional_text(symbol),
        Value::text(&returns.currency),
        Value::exact(&returns.from),
        Value::exact(&returns.to),
        Value::optional(returns.invested.as_ref()),
        Value::optional(returns.withdrawn.as_ref()),
        Value::exact(&returns.dividends),
        Value::optional(returns.market_value.as_ref()),
        Value::optional(returns.gain.as_ref()),
        rate(&returns.money_weighted),
        rate(&returns.time_weighted),
        rate(&returns.time_weighted_annualized),
        Value::optional_text(reason(returns, versus).as_ref()),
        Value::optional(returns.price_date.as_ref()),
        returns.price_date.map_or(Value::Null, |date| Value::days(date, returns.to)),
        Value::Words(returns.left_out.iter().map(|(symbol, _)| symbol.to_string()).collect()),
        Value::optional_text(versus),
        Value::optional(returns.versus.as_ref()),
        Value::optional(returns.excess().as_ref()),
        Value::optional(returns.weight.as_ref()),
    ];
    foreign_return(Record(MEMBERS.iter().copied().zip(values).collect()), returns)
}

/// Why rates are unknown, including the change of the stock to compare with.
fn reason(returns: &Returns, versus: Option<&Symbol>) -> Option<String> {
    let of_versus = returns.versus_unknown.zip(versus).map(|(on, symbol)| {
        format!("the price of {symbol} on {on} is not known: record a price of that day or before")
    });
    let reasons: Vec<String> = returns.reason().into_iter().chain(of_versus).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn flow_record(returns: &Returns, flow: &ReturnFlow) -> Record {
    let (word, portfolio, symbol) = named(&returns.scope);
    let values = [
        Value::text(&word),
        Value::optional_text(portfolio),
        Value::optional_text(symbol),
        Value::text(&returns.currency),
        Value::exact(&flow.flow.on),
        Value::text(&type_of(flow.kind)),
        Value::optional(flow.transaction_id.as_ref()),
        Value::text(&flow.symbol),
        Value::exact(&flow.flow.amount),
    ];
    Record(FLOW_MEMBERS.iter().copied().zip(values).collect())
}

fn type_of(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::OpeningValue => "OPENING_VALUE",
        FlowKind::Buy => "BUY",
        FlowKind::Sell => "SELL",
        FlowKind::Dividend => "DIVIDEND",
        FlowKind::ReturnOfCapital => "RETURN_CAPITAL",
        FlowKind::Conversion => "CONVERSION",
        FlowKind::TransferIn => "TRANSFER_IN",
        FlowKind::TransferOut => "TRANSFER_OUT",
        FlowKind::ClosingValue => "CLOSING_VALUE",
    }
}

fn flow_columns() -> Vec<Column> {
    vec![
        Column::key("of", 100),
        Column::distinguishing("date", 95),
        Column::distinguishing("type", 90),
        Column::distinguishing("symbol", 85),
        Column::number("amount", 98),
        Column::distinguishing("currency", 60),
        Column::key("id", 70),
    ]
}

fn flow_row(returns: &Returns, flow: &ReturnFlow) -> Row {
    let currency = returns.currency;
    let id = flow.transaction_id.map(|id| id.to_string()).unwrap_or_default();
    Row::Data(vec![
        Cell::plain(table::title(&returns.scope)),
        Cell::plain(flow.flow.on.to_string()),
        Cell::plain(type_of(flow.kind).to_lowercase().replace('_', " ")),
        Cell::plain(flow.symbol.as_str()),
        Cell::plain(figure::signed_money(flow.flow.amount, currency)),
        Cell::plain(currency.code()),
        Cell::plain(id.get(..8).unwrap_or(&id)),
    ])
}
