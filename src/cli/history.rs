//! `history`.

use super::args::{Format, HistoryArgs};
use super::context::{Context, json_array};
use super::correction::told;
use super::holdings::csv;
use super::render::{Cell, Column, Record, Row, Table, Tone, Value, figure};
use super::trade::with_currency;
use crate::app::{self, Cause, Happening, History, What};
use crate::domain::{
    DividendReceivedEvent, DomainEvent, Money, StockSplitEvent, TransactionExecutedEvent, TransactionId,
    TransactionType,
};

pub(super) fn history(args: &HistoryArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let history = context.read(|book| app::history(book, &args.id, context.portfolio.as_ref()))?;
    let records = || history.happenings.iter().map(|happening| record(happening, &history)).collect::<Vec<_>>();
    let text = match context.format() {
        Format::Table => context.draw(&table(&history)),
        Format::Json => json_array(&records())?,
        Format::Csv => csv(&records(), MEMBERS)?,
    };
    context.print(&text)
}

const MEMBERS: &[&str] = &[
    "sequence",
    "occurred_at",
    "event_type",
    "transaction_id",
    "what",
    "portfolio",
    "symbol",
    "currency",
    "reason",
    "replaces",
    "replaced_by",
    "cause",
    "sale_id",
    "gain_before",
    "gain_after",
];

fn record(happening: &Happening, history: &History) -> Record {
    let Happening { sequence, occurred_at, event_type, id, portfolio, what } = happening;
    let mut reason = Value::Null;
    let (mut replaces, mut replaced_by, mut cause) = (Value::Null, Value::Null, Value::Null);
    let (mut sale_id, mut gain_before, mut gain_after) = (Value::Null, Value::Null, Value::Null);
    match what {
        What::Recorded { event, realized_gain } => {
            replaces = Value::optional(event.replaces().as_ref());
            sale_id = Value::optional(realized_gain.map(|_| id).as_ref());
            gain_after = Value::optional(realized_gain.as_ref());
        }
        What::Voided { reason: why, replaced_by: next } => {
            reason = Value::optional_text(why.as_ref());
            replaced_by = Value::optional(next.as_ref());
        }
        What::Rematched { cause_id, sale, .. } => {
            cause = Value::exact(cause_id);
            sale_id = Value::optional(sale.as_ref().map(|sale| sale.sale_id).as_ref());
            gain_before = Value::optional(sale.as_ref().map(|sale| sale.gain_before).as_ref());
            gain_after = Value::optional(sale.as_ref().map(|sale| sale.gain_after).as_ref());
        }
    }
    let values = [
        Value::Count(*sequence),
        Value::exact(occurred_at),
        Value::text(&event_type.as_str()),
        Value::exact(id),
        Value::text(&sentence(happening, history)),
        Value::optional_text(portfolio.as_ref()),
        Value::text(&history.symbol),
        Value::text(&history.currency),
        reason,
        replaces,
        replaced_by,
        cause,
        sale_id,
        gain_before,
        gain_after,
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

fn table(history: &History) -> Table {
    let columns = vec![
        Column::number("sequence", 80),
        Column::key("recorded", 70),
        Column::key("id", 90),
        Column::text("what", 100),
    ];
    let cells = |happening: &Happening| {
        Row::Data(vec![
            Cell::plain(happening.sequence.to_string()),
            Cell::new(happening.occurred_at.to_string(), Tone::Faint),
            Cell::plain(short(happening.id)),
            Cell::plain(sentence(happening, history)),
        ])
    };
    Table { columns, rows: history.happenings.iter().map(cells).collect() }
}

fn sentence(happening: &Happening, history: &History) -> String {
    let signed = |gain: Money| figure::signed_money(gain, history.currency);
    match &happening.what {
        What::Recorded { event, realized_gain } => {
            let place = event.replaces().map(|old| format!(", in place of {}", short(old))).unwrap_or_default();
            let gain = realized_gain.map(|gain| format!(", realized {}", signed(gain))).unwrap_or_default();
            format!("{}{gain}{place}", recorded(event))
        }
        What::Voided { reason, replaced_by } => {
            let next = replaced_by.map(|next| format!(", {} took its place", short(next))).unwrap_or_default();
            let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("voided{next}{reason}")
        }
        What::Rematched { cause, from_date, sale: None, .. } => {
            let why = because(cause);
            format!("sales of {} from {from_date} on take other lots for the same gains{why}", history.symbol)
        }
        What::Rematched { cause, sale: Some(sale), .. } => {
            let who = match cause {
                Cause::Itself => format!("the sale of {} on {} ({}) ", sale.symbol, sale.sold_on, short(sale.sale_id)),
                Cause::Record(_) | Cause::Portfolio(_) => String::new(),
            };
            let [before, after] = figure::told_apart([sale.gain_before, sale.gain_after], sale.currency);
            format!("{who}realizes {after}, not {before}{}", because(cause))
        }
    }
}

fn because(cause: &Cause) -> String {
    match cause {
        Cause::Itself => String::new(),
        Cause::Record(record) => format!(", because of {}", told(record)),
        Cause::Portfolio(name) => format!(", because portfolio {name} was given another cost basis method"),
    }
}

/// What an event recorded.
fn recorded(event: &DomainEvent) -> String {
    if let DomainEvent::TransactionExecuted(executed) = event {
        return traded(executed);
    }
    if let DomainEvent::DividendReceived(received) = event {
        let DividendReceivedEvent { symbol, pay_date, amount, withholding, currency, portfolio, ex_date, .. } =
            received;
        let withheld = if withholding.is_zero() {
            String::new()
        } else {
            format!(", {} withheld", figure::money(*withholding, *currency))
        };
        let amount = with_currency(&figure::money(*amount, *currency), *currency);
        let ex_date = ex_date.map(|day| format!(", ex-date {day}")).unwrap_or_default();
        return format!("dividend of {amount} on {symbol} on {pay_date} in portfolio {portfolio}{ex_date}{withheld}");
    }
    if let DomainEvent::StockSplit(StockSplitEvent { symbol, effective_date, terms, .. }) = event {
        return format!("split {symbol} {terms} on {effective_date}, before that day's trades");
    }
    event.event_type().as_str().to_owned()
}

fn traded(executed: &TransactionExecutedEvent) -> String {
    let TransactionExecutedEvent { symbol, trade_date, quantity, price, currency, portfolio, .. } = executed;
    let quantity = figure::shares((*quantity).into());
    let verb = match executed.transaction_type {
        TransactionType::TransferOut => {
            return format!("moved {quantity} {symbol} out of portfolio {portfolio} on {trade_date}");
        }
        TransactionType::TransferIn => {
            return format!("moved {quantity} {symbol} to portfolio {portfolio} on {trade_date}");
        }
        TransactionType::Sell => "sold",
        TransactionType::Buy | TransactionType::Dividend | TransactionType::Split => "bought",
    };
    let money = |amount: Money| figure::money(amount, *currency);
    let fee: Money = executed.fee.into();
    let fee = if fee.is_zero() { String::new() } else { format!(", fee {}", money(fee)) };
    let price = figure::price(*price, *currency);
    let total = with_currency(&money(executed.total_amount), *currency);
    format!("{verb} {quantity} {symbol} at {price} on {trade_date} in portfolio {portfolio}{fee}: {total}")
}

fn short(id: TransactionId) -> String {
    id.to_string().chars().take(8).collect()
}
