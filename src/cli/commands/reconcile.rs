//! `reconcile`.

use std::path::Path;

use super::formats::library;
use crate::app::import::Source;
use crate::app::{
    AppError, Explanation, MissingEntry, Mode, MovedCost, ReconcileRequest, Reconciled, reconcile as reconciled,
    record_closing_prices,
};
use crate::cli::args::ReconcileArgs;
use crate::cli::context::Context;
use crate::cli::dates::past_day;
use crate::cli::offer::Offers;
use crate::cli::output::{Cell, Column, Format, Listing, Record, Row, Table, Tone, Value, figure, printable};
use crate::cli::say::say;
use crate::domain::Figure;
use crate::formats::ReadOptions;

pub(in crate::cli) fn reconcile(args: &ReconcileArgs, context: &Context<'_>) -> Result<(), AppError> {
    let source = if args.file == Path::new("-") { Source::StandardInput } else { Source::File(args.file.clone()) };
    let request = ReconcileRequest {
        source: &source,
        library: &library(context)?,
        options: &ReadOptions { symbols: args.map_symbol.clone(), ..ReadOptions::new(context.today) },
        portfolio: context.portfolios.only().cloned(),
        date: past_day(args.date, context.today)?.unwrap_or(context.today),
        tolerance: args.tolerance,
    };
    let rows = context.read(|reader| reconciled(reader, &request))?;
    if args.prices {
        let recorded = context.write(|unit| record_closing_prices(unit, &rows, request.date))?.value;
        if !context.is_quiet {
            let prices = if recorded == 1 { "price" } else { "prices" };
            let done = if context.mode == Mode::DryRun { "would record" } else { "recorded" };
            say(&format!("{done} {recorded} {prices} of {}", request.date));
        }
    }
    let offers = &context.page.offers;
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| rows.iter().map(|row| record(row, offers)).collect(),
        table: &|| table(&rows),
        nothing: Some("nothing is held on either side"),
    })?;
    let differing: Vec<&Reconciled> = rows.iter().filter(|row| !row.agrees).collect();
    if context.page.format() == Format::Table {
        let causes = differing.iter().flat_map(|row| row.causes.iter().map(|cause| explained(row, cause, offers)));
        context.page.print(&causes.collect::<String>())?;
    }
    match differing.len() {
        0 => Ok(()),
        number => Err(AppError::Found {
            code: "positions_differ",
            message: format!("{number} of {} positions differ", rows.len()),
            hint: None,
        }),
    }
}

const MEMBERS: &[&str] = &[
    "portfolio",
    "symbol",
    "currency",
    "book_quantity",
    "file_quantity",
    "difference",
    "book_cost_basis",
    "file_cost_basis",
    "agrees",
    "suggestions",
];

fn record(row: &Reconciled, offers: &Offers) -> Record {
    let suggestion = |cause: &Explanation| {
        Record(vec![
            ("cause", Value::text(&codes(cause))),
            ("text", Value::text(&sentences(cause))),
            (
                "commands",
                Value::Words(cause.commands.iter().map(|command| offers.named(command).into_owned()).collect()),
            ),
        ])
    };
    let values = [
        Value::optional_text(row.portfolio.as_ref()),
        Value::text(&row.symbol),
        Value::optional_text(row.currency.as_ref()),
        Value::exact(&row.book_quantity),
        Value::exact(&row.file_quantity),
        Value::exact(&row.difference),
        Value::exact(&row.book_cost),
        Value::optional(row.file_cost.as_ref()),
        Value::Truth(row.agrees),
        Value::List(row.causes.iter().map(suggestion).collect()),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

fn table(rows: &[Reconciled]) -> Table {
    let columns = vec![
        Column::key("symbol", 100),
        Column::key_if_any("portfolio", 98),
        Column::number("book", 95),
        Column::number("file", 95),
        Column::number("difference", 95),
        Column::number("book cost", 70),
        Column::number("file cost", 70),
        Column::text("perhaps", 90),
    ];
    let cells = |row: &Reconciled| {
        let money = |amount| match row.currency {
            Some(currency) => Cell::plain(figure::money(amount, currency)),
            None => Cell::plain(amount.to_string()),
        };
        let perhaps = row.causes.first().map(sentences).unwrap_or_default();
        let difference = if row.agrees { Cell::empty() } else { Cell::new(row.difference.to_string(), Tone::Strong) };
        Row::Data(vec![
            Cell::plain(row.symbol.as_str()),
            row.portfolio.as_ref().map_or_else(Cell::empty, |name| Cell::plain(name.as_str())),
            Cell::plain(row.book_quantity.to_string()),
            Cell::plain(row.file_quantity.to_string()),
            difference,
            money(row.book_cost),
            row.file_cost.map_or_else(Cell::empty, money),
            Cell::plain(perhaps),
        ])
    };
    Table { columns, rows: rows.iter().map(cells).collect() }
}

/// The stable codes for scripts.
fn codes(cause: &Explanation) -> String {
    cause.entries.iter().map(MissingEntry::code).collect::<Vec<_>>().join("+")
}

fn sentences(cause: &Explanation) -> String {
    cause.entries.iter().map(sentence).collect::<Vec<_>>().join(", and ")
}

fn sentence(entry: &MissingEntry) -> String {
    let shares = |quantity: &Figure| quantity.to_string();
    match entry {
        MissingEntry::Split { new, old, fraction } => {
            format!("a split {new}:{old}{}", paid_out(fraction.as_ref()))
        }
        MissingEntry::Reinvestment(quantity) => format!("a dividend reinvested in {}", shares(quantity)),
        MissingEntry::Purchase(quantity) => format!("a purchase of {}", shares(quantity)),
        MissingEntry::Sale(quantity) => format!("a sale of {}", shares(quantity)),
        MissingEntry::Fraction(quantity) => format!("a fraction of {} paid out", shares(quantity)),
        MissingEntry::Exchange { symbol, new_symbol, ratio, fraction, cash } => {
            let cash = if cash.is_some() { " and cash" } else { "" };
            format!("an exchange of {symbol} for {new_symbol} {ratio}{cash}{}", paid_out(fraction.as_ref()))
        }
        MissingEntry::SpinOff { symbol, new_symbol, ratio, moved, fraction } => {
            let moved = match moved {
                MovedCost::Share(_) | MovedCost::Values(_) => "",
                MovedCost::Unknown => " that takes no cost over",
            };
            format!("a spin-off of {symbol} into {new_symbol} {ratio}{}{moved}", paid_out(fraction.as_ref()))
        }
    }
}

fn paid_out(fraction: Option<&Figure>) -> String {
    fraction.map(|fraction| format!(" whose fraction of {fraction} was paid out")).unwrap_or_default()
}

/// An explanation with its commands, to be shown below the table.
fn explained(row: &Reconciled, cause: &Explanation, offers: &Offers) -> String {
    let mut lines = vec![format!("\n{}: {}", row.symbol, sentences(cause))];
    lines.extend(cause.commands.iter().map(|command| format!("  {}", printable(&offers.named(command)))));
    lines.push(String::new());
    lines.join("\n")
}
