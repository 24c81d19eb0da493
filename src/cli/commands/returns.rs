//! `returns`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::app::{AppError, FlowKind, Flows, Rate, ReturnFlow, Returns, ReturnsFilter, Scope, for_each_return};
use crate::cli::args::{Range, ReturnsArgs};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Format, JsonArray, Listing, Record, Row, Rows, Table, Value, figure};
use crate::domain::{Money, PortfolioName, Symbol};
use crate::store::Reader;

pub(in crate::cli) fn returns(args: &ReturnsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(AppError::Value)?;
    let flows = if args.flows { Flows::Told } else { Flows::Untold };
    let filter = ReturnsFilter { portfolio: context.portfolio.clone(), symbol: args.symbol.clone(), from, to, flows };
    context.read(|reader| match flows {
        Flows::Untold => plainly(reader, &filter, context),
        Flows::Told => with_flows(reader, &filter, context),
    })
}

fn plainly(reader: Reader<'_>, filter: &ReturnsFilter, context: &Context<'_>) -> Result<(), AppError> {
    let mut all = Vec::new();
    for_each_return(reader, filter, &mut |returns| {
        all.push(returns.clone());
        Ok(())
    })?;
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| all.iter().map(record).collect(),
        table: &|| table(&all),
        nothing: Some(NOTHING),
    })?;
    if context.page.format() == Format::Table { context.page.print(&reasons(&all)) } else { Ok(()) }
}

/// Flows are printed while they are computed: there are three for each transaction.
fn with_flows(reader: Reader<'_>, filter: &ReturnsFilter, context: &Context<'_>) -> Result<(), AppError> {
    let for_each_flow = |take: &mut dyn FnMut(&Returns, &ReturnFlow) -> Result<(), AppError>| {
        for_each_return(reader, filter, &mut |returns| returns.flows.iter().try_for_each(|flow| take(returns, flow)))
    };
    match context.page.format() {
        Format::Table => {
            let mut rows = Rows::default();
            for_each_flow(&mut |returns, flow| {
                rows.push(&flow_row(returns, flow));
                Ok(())
            })?;
            context.page.print(&context.page.draw_or_note(&Table { columns: flow_columns(), rows }, NOTHING))
        }
        Format::Json => context.page.stream(|out| {
            let mut array = JsonArray::new(out);
            for_each_return(reader, filter, &mut |returns| Ok(array.push(&WithFlows(returns))?))?;
            Ok(array.finish()?)
        }),
        Format::Csv => context
            .page
            .stream_records(FLOW_MEMBERS, |take| for_each_flow(&mut |returns, flow| take(&flow_record(returns, flow)))),
    }
}

/// Returns with their cash flows.
struct WithFlows<'r>(&'r Returns);

impl Serialize for WithFlows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in &record(self.0).0 {
            members.serialize_entry(name, value)?;
        }
        members.serialize_entry("flows", &Flowing(self.0))?;
        members.end()
    }
}

/// The cash flows of returns.
struct Flowing<'r>(&'r Returns);

impl Serialize for Flowing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.flows.iter().map(|flow| flow_record(self.0, flow)))
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
];

const FLOW_MEMBERS: &[&str] =
    &["scope", "portfolio", "symbol", "currency", "date", "type", "transaction_id", "flow_symbol", "amount"];

/// What a return is of: the word, the portfolio and the stock.
fn named(scope: &Scope) -> (&'static str, Option<&PortfolioName>, Option<&Symbol>) {
    match scope {
        Scope::Position(portfolio, symbol) => ("position", Some(portfolio), Some(symbol)),
        Scope::Portfolio(portfolio) => ("portfolio", Some(portfolio), None),
        Scope::Total => ("total", None, None),
    }
}

fn record(returns: &Returns) -> Record {
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
        Value::optional_text(returns.reason().as_ref()),
        Value::optional(returns.price_date.as_ref()),
        returns.price_date.map_or(Value::Null, |date| Value::days(date, returns.to)),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
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
        FlowKind::TransferIn => "TRANSFER_IN",
        FlowKind::TransferOut => "TRANSFER_OUT",
        FlowKind::ClosingValue => "CLOSING_VALUE",
    }
}

fn table(all: &[Returns]) -> Table {
    let columns = vec![
        Column::key("of", 100),
        Column::key("from", 60),
        Column::number("invested", 70),
        Column::number("withdrawn", 55),
        Column::number("dividends", 50),
        Column::number("value", 75),
        Column::number("gain", 85),
        Column::number("annual, by money", 98),
        Column::number("by time", 95),
        Column::number("annual, by time", 90),
        Column::telling("currency", 65),
    ];
    let cells = |returns: &Returns| {
        let currency = returns.currency;
        let money = |amount: Option<Money>| {
            amount.map_or_else(Cell::empty, |amount| Cell::plain(figure::money(amount, currency)))
        };
        let gain = returns
            .gain
            .map_or_else(Cell::empty, |gain| Cell::new(figure::signed_money(gain, currency), figure::tone(gain)));
        let cells = vec![
            Cell::plain(title(&returns.scope)),
            Cell::plain(returns.from.to_string()),
            money(returns.invested),
            money(returns.withdrawn),
            money(Some(returns.dividends)),
            money(returns.market_value),
            gain,
            rate(&returns.money_weighted),
            rate(&returns.time_weighted),
            rate(&returns.time_weighted_annualized),
            Cell::plain(currency.code()),
        ];
        if returns.scope == Scope::Total { Row::Total(cells) } else { Row::Data(cells) }
    };
    Table { columns, rows: all.iter().map(cells).collect() }
}

fn title(scope: &Scope) -> String {
    match scope {
        Scope::Position(portfolio, symbol) => format!("{symbol} in {portfolio}"),
        Scope::Portfolio(portfolio) => format!("portfolio {portfolio}"),
        Scope::Total => "total".to_owned(),
    }
}

fn rate(rate: &Rate) -> Cell {
    rate.as_ref().map_or_else(|_| Cell::empty(), |it| Cell::new(figure::percentage(*it), figure::percentage_tone(*it)))
}

/// Why there are gaps in the table.
fn reasons(all: &[Returns]) -> String {
    let reason = |returns: &Returns| Some(format!("{}: {}\n", title(&returns.scope), returns.reason()?));
    let lines: String = all.iter().filter_map(reason).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

fn flow_columns() -> Vec<Column> {
    vec![
        Column::key("of", 100),
        Column::telling("date", 95),
        Column::telling("type", 90),
        Column::telling("symbol", 85),
        Column::number("amount", 98),
        Column::telling("currency", 60),
        Column::key("id", 70),
    ]
}

fn flow_row(returns: &Returns, flow: &ReturnFlow) -> Row {
    let currency = returns.currency;
    let id = flow.transaction_id.map(|id| id.to_string()).unwrap_or_default();
    Row::Data(vec![
        Cell::plain(title(&returns.scope)),
        Cell::plain(flow.flow.on.to_string()),
        Cell::plain(type_of(flow.kind).to_lowercase().replace('_', " ")),
        Cell::plain(flow.symbol.as_str()),
        Cell::plain(figure::signed_money(flow.flow.amount, currency)),
        Cell::plain(currency.code()),
        Cell::plain(id.get(..8).unwrap_or(&id)),
    ])
}
