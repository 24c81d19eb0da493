//! `history`.

mod sentence;

use crate::app::{self, AppError, Happening, HappeningKind, History};
use crate::cli::args::HistoryArgs;
use crate::cli::context::Context;
use crate::cli::dates::Clock;
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Tone, Value, figure};
use crate::domain::DomainEvent;
use sentence::sentence;

pub(in crate::cli) fn history(args: &HistoryArgs, context: &Context<'_>) -> Result<(), AppError> {
    let history = context.read(|reader| app::history(reader, &args.name, context.portfolios.only()))?;
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| history.happenings.iter().map(|happening| record(happening, &history)).collect(),
        table: &|| table(&history, context.clock),
        nothing: None,
    })
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
    let Happening { sequence, occurred_at, event_type, id, portfolio, kind } = happening;
    let mut reason = Value::Null;
    let (mut replaces, mut replaced_by, mut cause) = (Value::Null, Value::Null, Value::Null);
    let (mut sale_id, mut gain_before, mut gain_after) = (Value::Null, Value::Null, Value::Null);
    match kind {
        HappeningKind::Recorded { event, realized_gain } => {
            replaces = Value::optional(event.replaces().as_ref());
            sale_id = Value::optional(id.filter(|_| realized_gain.is_some()).as_ref());
            gain_after = Value::optional(realized_gain.as_ref());
        }
        HappeningKind::Voided { reason: why, replaced_by: next } => {
            reason = Value::optional_text(why.as_ref());
            replaced_by = Value::optional(next.as_ref());
        }
        HappeningKind::Other(event) => {
            if let DomainEvent::LotsRematched(rematched) = &**event {
                cause = Value::exact(&rematched.cause);
            }
        }
        HappeningKind::Edited { .. } | HappeningKind::Prices { .. } => {}
        HappeningKind::Rematched { cause_id, sale, .. } => {
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
        Value::optional(id.as_ref()),
        Value::text(&sentence(happening, history)),
        Value::optional_text(portfolio.as_ref()),
        Value::optional_text(history.symbol.as_ref()),
        Value::optional_text(history.currency.as_ref()),
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

fn table(history: &History, clock: Clock) -> Table {
    let columns = vec![
        Column::number("sequence", 80),
        Column::key("recorded", 70),
        Column::key("id", 90),
        Column::prose("what", 100),
    ];
    let cells = |happening: &Happening| {
        Row::Data(vec![
            Cell::plain(happening.sequence.to_string()),
            Cell::new(clock.minute(happening.occurred_at), Tone::Faint),
            Cell::plain(happening.id.map(figure::short_id).unwrap_or_default()),
            Cell::plain(sentence(happening, history)),
        ])
    };
    Table { columns, rows: history.happenings.iter().map(cells).collect() }
}
