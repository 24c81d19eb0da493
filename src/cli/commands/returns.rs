//! `returns`.

use crate::app::{self, FlowKind, Flows, Rate, ReturnFlow, Returns, ReturnsFilter, Scope};
use crate::cli::args::ReturnsArgs;
use crate::cli::context::Context;
use crate::cli::dates::Range;
use crate::cli::failure::Usage;
use crate::cli::output::{Cell, Column, Format, Record, Row, Table, Tone, Value, csv, figure, json_array};
use crate::domain::{Currency, Money, Percentage, PortfolioName, Symbol};

pub(in crate::cli) fn returns(args: &ReturnsArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let Range { from, to } = Range::new(args.from, args.to, context.today)?;
    let to = to.unwrap_or(context.today).not_after(context.today).map_err(Usage::Value)?;
    let flows = if args.flows { Flows::Told } else { Flows::Untold };
    let filter = ReturnsFilter { portfolio: context.portfolio.clone(), symbol: args.symbol.clone(), from, to, flows };
    let all = context.read(|book| app::returns(book, &filter))?;
    let text = match (context.format(), args.flows) {
        (Format::Table, false) => context.draw_or_note(&table(&all), NOTHING) + &reasons(&all),
        (Format::Table, true) => context.draw_or_note(&flow_table(&all), NOTHING),
        (Format::Json, has_flows) => json_array(&all.iter().map(|it| record(it, has_flows)).collect::<Vec<_>>())?,
        (Format::Csv, false) => csv(&all.iter().map(|it| record(it, false)).collect::<Vec<_>>(), MEMBERS)?,
        (Format::Csv, true) => csv(&flow_records(&all), FLOW_MEMBERS)?,
    };
    context.print(&text)
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

fn record(returns: &Returns, has_flows: bool) -> Record {
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
    let mut record = Record(MEMBERS.iter().copied().zip(values).collect());
    if has_flows {
        let flows = returns.flows.iter().map(|flow| flow_record(returns, flow)).collect();
        record.0.push(("flows", Value::List(flows)));
    }
    record
}

fn flow_records(all: &[Returns]) -> Vec<Record> {
    all.iter().flat_map(|returns| returns.flows.iter().map(|flow| flow_record(returns, flow))).collect()
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
        Column::key("currency", 65),
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
    rate.as_ref().map_or_else(|_| Cell::empty(), |it| Cell::new(figure::percentage(*it), tone(*it)))
}

fn tone(percentage: Percentage) -> Tone {
    match percentage {
        zero if zero.is_zero() => Tone::Plain,
        loss if loss.is_negative() => Tone::Loss,
        _ => Tone::Gain,
    }
}

/// Why there are gaps in the table.
fn reasons(all: &[Returns]) -> String {
    let reason = |returns: &Returns| Some(format!("{}: {}\n", title(&returns.scope), returns.reason()?));
    let lines: String = all.iter().filter_map(reason).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

fn flow_table(all: &[Returns]) -> Table {
    let columns = vec![
        Column::key("of", 100),
        Column::key("date", 95),
        Column::key("type", 90),
        Column::key("symbol", 85),
        Column::number("amount", 98),
        Column::key("currency", 60),
        Column::key("id", 70),
    ];
    let cells = |(returns, flow): (&Returns, &ReturnFlow)| {
        let currency: Currency = returns.currency;
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
    };
    let flows = all.iter().flat_map(|returns| returns.flows.iter().map(move |flow| (returns, flow)));
    Table { columns, rows: flows.map(cells).collect() }
}
