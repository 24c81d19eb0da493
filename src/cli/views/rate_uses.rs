//! The rates behind figures, and how each was found.

use crate::app::RateUse;
use crate::cli::output::{Cell, Column, Record, Row, Table, Value, figure};
use crate::domain::{CurrencyPair, DayRate, RateWay};

/// The rates for programs.
pub(in crate::cli) fn rate_records(uses: &[RateUse]) -> Value {
    Value::List(uses.iter().map(record).collect())
}

fn record(used: &RateUse) -> Record {
    let (way, through) = match used.rate.way {
        RateWay::Same => ("same", None),
        RateWay::Settled => ("settled", None),
        RateWay::Direct => ("direct", None),
        RateWay::Inverse => ("inverse", None),
        RateWay::Through(currency) => ("through", Some(currency)),
    };
    let recorded = |(pair, rate): &(CurrencyPair, DayRate)| {
        Record(vec![
            ("base_currency", Value::text(&pair.base())),
            ("quote_currency", Value::text(&pair.quote())),
            ("date", Value::exact(&rate.date)),
            ("rate", Value::exact(&rate.rate)),
        ])
    };
    Record(vec![
        ("currency", Value::text(&used.currency)),
        ("date", Value::exact(&used.day)),
        ("rate", Value::optional(used.rate.shown().ok().as_ref())),
        ("rate_date", Value::exact(&used.rate.date)),
        ("way", Value::text(&way)),
        ("through", Value::optional_text(through.as_ref())),
        ("transaction_id", Value::optional(used.transaction_id.as_ref())),
        ("recorded", Value::List(used.rate.recorded.iter().map(recorded).collect())),
    ])
}

/// The rates for reading.
pub(in crate::cli) fn rates_table(uses: &[RateUse]) -> Table {
    let columns = vec![
        Column::key("rate for", 100),
        Column::key("of", 90),
        Column::distinguishing("currency", 95),
        Column::number("rate", 98),
        Column::prose("found", 97),
    ];
    let row = |used: &RateUse| {
        Row::Data(vec![
            Cell::plain(used.day.to_string()),
            Cell::plain(used.rate.date.to_string()),
            Cell::plain(used.currency.code()),
            used.rate.shown().map_or_else(|_| Cell::empty(), |rate| Cell::plain(rate.to_string())),
            Cell::plain(found(used)),
        ])
    };
    Table { columns, rows: uses.iter().map(row).collect() }
}

/// How a rate was found, with the days of those recorded rates whose day differs from its own.
fn found(used: &RateUse) -> String {
    let recorded = |(pair, DayRate { date, rate }): &(CurrencyPair, DayRate)| {
        if *date == used.rate.date { format!("{pair} {rate}") } else { format!("{pair} {rate} of {date}") }
    };
    let recorded = used.rate.recorded.iter().map(recorded).collect::<Vec<_>>().join(", ");
    match used.rate.way {
        RateWay::Same => "the same currency".to_owned(),
        RateWay::Settled => {
            format!("settled: {}", used.transaction_id.map(figure::short_id).unwrap_or_default())
        }
        RateWay::Direct => format!("direct: {recorded}"),
        RateWay::Inverse => format!("inverse: {recorded}"),
        RateWay::Through(currency) => format!("through {currency}: {recorded}"),
    }
}
