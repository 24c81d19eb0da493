//! The output of `sell --dry-run`: the lots that would be taken, and the gain under every method.

use crate::app::{Preview, TradeReceipt};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Record, Row, Table, Value, figure};
use crate::cli::views::disposal;
use crate::domain::{Currency, Disposal, Money, Term};

/// The member `previews` of a sale in a dry run.
pub(in crate::cli) fn member(receipt: &TradeReceipt) -> Value {
    let row = &receipt.transaction;
    let record = |preview: &Preview| {
        let disposals = preview.disposals.iter().map(|it| disposal(it, &row.portfolio, &row.symbol, row.currency));
        Record(vec![
            ("method", Value::text(&preview.method)),
            ("realized_gain", Value::exact(&preview.totals.gain)),
            ("short_term_gain", Value::exact(&preview.totals.short_term_gain)),
            ("long_term_gain", Value::exact(&preview.totals.long_term_gain)),
            ("disposals", Value::List(disposals.collect())),
        ])
    };
    Value::List(receipt.previews.iter().map(record).collect())
}

/// The same as tables.
pub(in crate::cli) fn tables(receipt: &TradeReceipt, context: &Context<'_>) -> Vec<String> {
    let currency = receipt.transaction.currency;
    let lots = context.page.draw(&lots(&receipt.disposals, currency));
    let methods = context.page.draw(&methods(&receipt.previews, currency));
    ["", lots.trim_end(), "", methods.trim_end()].map(str::to_owned).to_vec()
}

fn lots(disposals: &[Disposal], currency: Currency) -> Table {
    let columns = vec![
        Column::key("lot", 70),
        Column::key("acquired", 90),
        Column::number("days held", 80),
        Column::key("term", 85),
        Column::number("quantity", 95),
        Column::number("cost basis", 75),
        Column::number("proceeds", 60),
        Column::number("gain", 100),
    ];
    let cells = |part: &Disposal| {
        let id = part.lot_id.to_string();
        let period = part.holding_period();
        let term = match (part.term(), period.days_until_long_term()) {
            (Term::Short, Some(days)) => format!("short, long in {days} d"),
            (term, _) => term.to_string(),
        };
        Row::Data(vec![
            Cell::plain(id.get(..8).unwrap_or(&id)),
            Cell::plain(part.acquired_on.to_string()),
            Cell::plain(period.days().to_string()),
            Cell::plain(term),
            Cell::plain(figure::shares(&part.quantity)),
            Cell::plain(figure::money(part.cost_basis, currency)),
            Cell::plain(figure::money(part.proceeds, currency)),
            gain(part.gain, currency),
        ])
    };
    Table { columns, rows: disposals.iter().map(cells).collect() }
}

fn methods(previews: &[Preview], currency: Currency) -> Table {
    let columns = vec![
        Column::key("method", 100),
        Column::number("cost basis", 70),
        Column::number("gain", 95),
        Column::number("short-term", 80),
        Column::number("long-term", 80),
    ];
    let cells = |preview: &Preview| {
        Row::Data(vec![
            Cell::plain(preview.method.as_str()),
            Cell::plain(figure::money(preview.totals.cost_basis, currency)),
            gain(preview.totals.gain, currency),
            gain(preview.totals.short_term_gain, currency),
            gain(preview.totals.long_term_gain, currency),
        ])
    };
    Table { columns, rows: previews.iter().map(cells).collect() }
}

fn gain(gain: Money, currency: Currency) -> Cell {
    Cell::new(figure::signed_money(gain, currency), figure::tone(gain))
}
