//! `audit`: its subcommands, and printing the log's lines.

mod repair;
mod verify;

use std::cell::RefCell;
use std::thread;
use std::time::Duration;

use serde_json::value::RawValue;

use crate::app::{AppError, AuditFilter, AuditTrail};
use crate::cli::args::{AuditArgs, AuditCommand, AuditLinesArgs};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Csv, Field, Format, Row, Rows, Table, Tone};
use crate::log::EventLine;
use repair::repair;
use verify::{head, verify};

pub(in crate::cli) fn audit(args: &AuditArgs, context: &Context<'_>) -> Result<(), AppError> {
    // clap could refuse this too, but with these options it would refuse the global ones.
    if args.command.is_some() && args.lines != AuditLinesArgs::default() {
        return Err(AppError::Usage {
            code: "usage",
            message: "options that choose lines cannot be used with a subcommand of audit".to_owned(),
            hint: "see `stockbook audit --help`".to_owned(),
        });
    }
    match &args.command {
        None => lines(&args.lines, context),
        Some(AuditCommand::Verify(args)) => verify(args, context),
        Some(AuditCommand::Head) => head(context),
        Some(AuditCommand::Repair) => repair(context),
    }
}

fn lines(args: &AuditLinesArgs, context: &Context<'_>) -> Result<(), AppError> {
    let format = context.asked_format.unwrap_or(Format::Json);
    if args.follow && format == Format::Table {
        return Err(AppError::Usage {
            code: "usage",
            message: "--follow cannot be drawn as a table".to_owned(),
            hint: "leave -O table out, or use -O csv".to_owned(),
        });
    }
    let filter = AuditFilter {
        event_type: args.r#type.clone(),
        portfolios: context.portfolios.clone(),
        symbol: args.symbol.clone(),
        since: args.since.map(|moment| moment.beginning(context.today)),
        until: args.until.map(|moment| moment.end(context.today)),
        since_sequence: args.since_sequence,
    };
    // The book is closed before anything is printed, so that a slow reader blocks no one.
    let mut trail = context.read_sound(|book| AuditTrail::open(book, filter, args.tail))?;
    match format {
        Format::Table => table(&mut trail, args, context),
        Format::Json => context.page.stream(|out| {
            let out = RefCell::new(out);
            let mut take = |line: &[u8]| out.borrow_mut().write_all(line).map_err(AppError::Output);
            each(&mut trail, args, &mut take, &mut || out.borrow_mut().flush().map_err(AppError::Output))
        }),
        Format::Csv => csv(&mut trail, args, context),
    }
}

/// Passes the existing lines on and, with --follow, new ones as they come. `pause` is called whenever there
/// are no more for now.
fn each(
    trail: &mut AuditTrail,
    args: &AuditLinesArgs,
    take: &mut dyn FnMut(&[u8]) -> Result<(), AppError>,
    pause: &mut dyn FnMut() -> Result<(), AppError>,
) -> Result<(), AppError> {
    const PAUSE: Duration = Duration::from_millis(200);
    match args.tail {
        Some(count) => trail.read_tail(count)?.iter().try_for_each(|line| take(line))?,
        None => trail.read(take)?,
    }
    if !args.follow {
        return Ok(());
    }
    loop {
        pause()?;
        thread::sleep(PAUSE);
        trail.poll(take)?;
    }
}

fn csv(trail: &mut AuditTrail, args: &AuditLinesArgs, context: &Context<'_>) -> Result<(), AppError> {
    context.page.stream(|out| {
        let header = ["sequence", "event_id", "event_type", "occurred_at", "data", "previous_hash"];
        let csv = RefCell::new(Csv::new(out, &header).map_err(AppError::Output)?);
        let mut take = |line: &[u8]| {
            let line: EventLine<'_> = serde_json::from_slice(line).map_err(AppError::unreadable_line)?;
            let record = csv.borrow_mut().record(&[
                Field::Number(line.sequence.to_string().into()),
                Field::Number(line.event_id),
                Field::Text(&line.event_type),
                Field::Number(line.occurred_at),
                Field::Text(line.data.get()),
                Field::Number(line.previous_hash),
            ]);
            record.map_err(AppError::Output)
        };
        each(trail, args, &mut take, &mut || csv.borrow_mut().flush().map_err(AppError::Output))?;
        csv.into_inner().finish().map_err(AppError::Output)
    })
}

fn table(trail: &mut AuditTrail, args: &AuditLinesArgs, context: &Context<'_>) -> Result<(), AppError> {
    let mut rows = Rows::default();
    // What another program wrote into the log is shown as it is.
    let minute = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |instant| context.clock.minute(instant));
    let mut take = |line: &[u8]| {
        let line: EventLine<'_> = serde_json::from_slice(line).map_err(AppError::unreadable_line)?;
        rows.push(&Row::Data(vec![
            Cell::plain(line.sequence.to_string()),
            Cell::new(minute(&line.occurred_at), Tone::Faint),
            Cell::plain(line.event_type.trim_end_matches("Event")),
            Cell::plain(details(line.data)?),
        ]));
        Ok(())
    };
    each(trail, args, &mut take, &mut || Ok(()))?;
    let columns = vec![
        Column::number("sequence", 100),
        Column::key("recorded", 60),
        Column::key("event", 90),
        Column::prose("what", 80),
    ];
    context.page.print(&context.page.draw(&Table { columns, rows }))
}

/// The content of an event, without ids and empty members.
fn details(data: &RawValue) -> Result<String, AppError> {
    let members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(data.get()).map_err(AppError::unreadable_line)?;
    let is_shown = |(name, value): &(&String, &serde_json::Value)| !name.ends_with("_id") && !value.is_null();
    let shown = |(name, value): (&String, &serde_json::Value)| match value.as_str() {
        Some(text) => format!("{name} {text}"),
        None => format!("{name} {value}"),
    };
    Ok(members.iter().filter(is_shown).map(shown).collect::<Vec<_>>().join(", "))
}
