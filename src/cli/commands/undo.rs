//! `undo` and `imports`.

use crate::app::{self, AppError, CommandState, ImportRow, Outcome, UndoReceipt};
use crate::cli::args::UndoArgs;
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::Clock;
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Tone, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::described;
use crate::domain::ImportCompletedEvent;

pub(in crate::cli) fn undo(args: &UndoArgs, context: &Context<'_>) -> Result<(), AppError> {
    let recorded = context.write(|unit| match &args.batch {
        Some(batch) => app::undo_import(unit, batch),
        None => app::undo(unit),
    })?;
    let undone = &recorded.value;
    let sentences = match (&undone.import, recorded.outcome) {
        (Some(import), Outcome::Unchanged) => {
            vec![format!("nothing is left of import {} to undo", import.completed.batch_id)]
        }
        (_, Outcome::New | Outcome::Unchanged) => sentences(undone),
    };
    let receipt = Receipt::new(sentences, members(undone)).rematched(&undone.rematched);
    show_recorded(|| receipt.print_as_told(&recorded, context));
    Ok(())
}

fn sentences(undone: &UndoReceipt) -> Vec<String> {
    const SHOWN: usize = 10;
    let mut told_of: Vec<String> =
        undone.voided.iter().take(SHOWN).map(|record| format!("voided {}", described(record))).collect();
    let more = undone.voided_count.saturating_sub(u64::try_from(told_of.len()).unwrap_or(u64::MAX));
    if more > 0 {
        told_of.push(format!("voided {more} more"));
    }
    told_of.extend(undone.entered.iter().take(SHOWN).map(|record| format!("entered {} again", described(record))));
    match undone.prices {
        0 => {}
        1 => told_of.push("1 price is back to what it was".to_owned()),
        many => told_of.push(format!("{many} prices are back to what they were")),
    }
    match undone.rates {
        0 => {}
        1 => told_of.push("1 rate is back to what it was".to_owned()),
        many => told_of.push(format!("{many} rates are back to what they were")),
    }
    match undone.released {
        0 => {}
        1 => told_of.push("1 row no longer identifies a transaction".to_owned()),
        many => told_of.push(format!("{many} rows no longer identify transactions")),
    }
    told_of.extend(undone.stocks_edited.iter().map(|symbol| format!("stock {symbol} is back to its old description")));
    told_of.extend(undone.portfolios_edited.iter().map(|name| format!("portfolio {name} is as it was")));
    told_of.extend(undone.stocks_removed.iter().take(SHOWN).map(|symbol| format!("removed stock {symbol}")));
    told_of.extend(undone.portfolios_removed.iter().map(|name| format!("removed portfolio {name}")));
    told_of.extend(undone.skipped_later.iter().map(|(later, rows)| {
        let files: Vec<_> = later.completed.files.iter().map(|file| file.name.as_str()).collect();
        let rows = if *rows == 1 { "1 row".to_owned() } else { format!("{} rows", figure::count(*rows)) };
        let id: String = later.completed.batch_id.to_string().chars().take(8).collect();
        format!(
            "note: import {id} ({}) had skipped {rows} as duplicates of these; import it again to record them",
            files.join(", ")
        )
    }));
    told_of.extend(undone.kept.iter().map(|what| format!("left {what}")));
    told_of
}

fn members(undone: &UndoReceipt) -> Record {
    let ids = |records: &[app::BookRecord]| {
        let id = |record: &app::BookRecord| Record(vec![("transaction_id", Value::exact(&record.id()))]);
        Value::List(records.iter().map(id).collect())
    };
    let words = |words: Vec<String>| Value::Words(words);
    let names = |names: &[crate::domain::PortfolioName]| words(names.iter().map(ToString::to_string).collect());
    let symbols = |symbols: &[crate::domain::Symbol]| words(symbols.iter().map(ToString::to_string).collect());
    let first = undone.voided.first().map(app::BookRecord::id);
    let entered = undone.entered.first().map(app::BookRecord::id);
    let batch = undone.import.as_ref().map(|import| import.completed.batch_id);
    Record(vec![
        ("transaction_id", Value::optional(first.as_ref())),
        ("voided", ids(&undone.voided)),
        ("entered_id", Value::optional(entered.as_ref())),
        ("batch_id", Value::optional(batch.as_ref())),
        ("voided_count", Value::Count(undone.voided_count)),
        ("entered", ids(&undone.entered)),
        ("prices", Value::Count(undone.prices)),
        ("identities_released", Value::Count(undone.released)),
        ("stocks_edited", symbols(&undone.stocks_edited)),
        ("portfolios_edited", names(&undone.portfolios_edited)),
        ("stocks_removed", symbols(&undone.stocks_removed)),
        ("portfolios_removed", names(&undone.portfolios_removed)),
        ("kept", words(undone.kept.clone())),
        ("skipped_later", Value::List(undone.skipped_later.iter().map(skipped).collect())),
        ("rates", Value::Count(undone.rates)),
    ])
}

/// A later import, and how many rows it had skipped.
fn skipped((later, rows): &(ImportRow, u64)) -> Record {
    Record(vec![("batch_id", Value::exact(&later.completed.batch_id)), ("rows", Value::Count(*rows))])
}

const MEMBERS: &[&str] = &[
    "batch_id",
    "recorded_at",
    "format",
    "files",
    "rows",
    "imported",
    "prices",
    "stocks_added",
    "portfolios_added",
    "undone",
    "rates",
];

pub(in crate::cli) fn imports(context: &Context<'_>) -> Result<(), AppError> {
    let imports = context.read(app::imports)?;
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| imports.iter().map(record).collect(),
        table: &|| table(&imports, context.clock),
        nothing: Some("nothing was imported; `stockbook import` reads a file"),
    })
}

fn record(import: &ImportRow) -> Record {
    let completed = &import.completed;
    let file = |file: &crate::domain::ImportedFile| {
        Record(vec![("name", Value::text(&file.name)), ("sha256", Value::exact(&file.sha256))])
    };
    let values = [
        Value::exact(&completed.batch_id),
        Value::exact(&import.recorded_at),
        Value::text(&completed.format),
        Value::List(completed.files.iter().map(file).collect()),
        Value::Count(completed.rows),
        Value::Count(transactions(completed)),
        Value::Count(completed.prices),
        Value::Count(completed.stocks_added),
        Value::Count(completed.portfolios_added),
        Value::Truth(import.state == CommandState::Undone),
        Value::Count(completed.rates),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

/// How many transactions an import recorded, excluding prices and rates.
fn transactions(completed: &ImportCompletedEvent) -> u64 {
    completed.recorded.saturating_sub(completed.prices).saturating_sub(completed.rates)
}

fn table(imports: &[ImportRow], clock: Clock) -> Table {
    let columns = vec![
        Column::key("import", 100),
        Column::key("recorded", 70),
        Column::prose("files", 80),
        Column::number("rows", 90),
        Column::number("imported", 90),
        Column::number("prices", 90),
        Column::number("rates", 90),
        Column::text("", 95),
    ];
    let cells = |import: &ImportRow| {
        let completed = &import.completed;
        let names: Vec<_> = completed.files.iter().map(|file| file.name.as_str()).collect();
        let fate = if import.state == CommandState::Undone { "taken back" } else { "" };
        Row::Data(vec![
            Cell::plain(completed.batch_id.to_string().chars().take(8).collect::<String>()),
            Cell::new(clock.minute(import.recorded_at), Tone::Faint),
            Cell::plain(names.join(", ")),
            Cell::plain(figure::count(completed.rows)),
            Cell::plain(figure::count(transactions(completed))),
            Cell::plain(figure::count(completed.prices)),
            Cell::plain(figure::count(completed.rates)),
            Cell::plain(fate),
        ])
    };
    Table { columns, rows: imports.iter().map(cells).collect() }
}
