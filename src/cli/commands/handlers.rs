//! `handlers`, `handlers replay` and `handlers forget`.

use crate::app::{self, AppError, FollowerName, Mode};
use crate::cli::args::{HandlersArgs, HandlersCommand, ReplayArgs};
use crate::cli::context::Context;
use crate::cli::dates::Clock;
use crate::cli::output::{Cell, Column, Format, Listing, Record, Row, Table, Tone, Value, csv, figure, json_line};
use crate::domain::{Instant, Sequence};

pub(in crate::cli) fn handlers(args: &HandlersArgs, context: &Context<'_>) -> Result<(), AppError> {
    match &args.command {
        None => list(context),
        Some(_) if context.mode == Mode::DryRun => Err(AppError::Usage {
            code: "usage",
            message: "handlers has no dry run".to_owned(),
            hint: "list them with `stockbook handlers`".to_owned(),
        }),
        Some(HandlersCommand::Replay(args)) => replay(args, context),
        Some(HandlersCommand::Forget(args)) => {
            app::forget_follower(context.book(), &args.name, context.patience)?;
            let name = args.name.to_string();
            print_position(&name, None, &format!("forgot the follower {name}"), context)
        }
    }
}

fn replay(args: &ReplayArgs, context: &Context<'_>) -> Result<(), AppError> {
    let ReplayArgs { name, from } = args;
    if context.replay(name, *from)? {
        let sentence = format!("delivered the events after {from} to {name} again");
        return print_position(name, Some(*from), &sentence, context);
    }
    let follower: FollowerName = name.parse()?;
    let patience = context.patience;
    context.read(|reader| Ok(app::replay_follower(context.book(), reader, &follower, *from, patience)?))?;
    print_position(
        name,
        Some(*from),
        &format!("{name} gets the events after {from} again when it is run next"),
        context,
    )
}

/// Prints what was done: as a sentence, or for programs.
fn print_position(
    name: &str,
    position: Option<Sequence>,
    sentence: &str,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let record = Record(vec![("name", Value::text(&name)), ("position", position.map_or(Value::Null, Value::Count))]);
    let text = match context.page.format() {
        Format::Table if context.is_quiet => String::new(),
        Format::Table => format!("{sentence}\n"),
        Format::Json => json_line(&record)?,
        Format::Csv => csv(&[record], &["name", "position"])?,
    };
    context.page.print(&text)
}

/// A handler or follower.
struct Consumer {
    name: String,
    kind: &'static str,
    position: Sequence,
    lag: u64,
    last_delivery: Option<Instant>,
    last_error: Option<String>,
    is_running: bool,
}

fn list(context: &Context<'_>) -> Result<(), AppError> {
    let head = context.read(|reader| Ok(reader.events().head()?.map_or(0, |event| event.sequence)))?;
    let handlers = context.statuses()?.into_iter().map(|status| Consumer {
        name: status.name.to_owned(),
        kind: "handler",
        position: status.reached.as_ref().map_or(0, |event| event.sequence),
        lag: status.lag,
        // A handler processes an event as soon as it is recorded.
        last_delivery: status.reached.and_then(|event| Some(event.read().ok()?.occurred_at)),
        last_error: status.last_error,
        is_running: false,
    });
    let followers = app::followers(context.book())?.into_iter().map(|status| Consumer {
        name: status.name.to_string(),
        kind: "follower",
        position: status.position,
        lag: head.saturating_sub(status.position),
        last_delivery: status.last_delivery,
        last_error: status.last_error,
        is_running: status.is_running,
    });
    let consumers: Vec<_> = handlers.chain(followers).collect();
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| consumers.iter().map(record).collect(),
        table: &|| table(&consumers, context.clock),
        nothing: None,
    })
}

const MEMBERS: &[&str] = &["name", "kind", "position", "lag", "last_delivery", "last_error", "running"];

fn record(consumer: &Consumer) -> Record {
    let values = [
        Value::text(&consumer.name),
        Value::text(&consumer.kind),
        Value::Count(consumer.position),
        Value::Count(consumer.lag),
        Value::optional(consumer.last_delivery.as_ref()),
        Value::optional_text(consumer.last_error.as_ref()),
        Value::Truth(consumer.is_running),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

fn table(consumers: &[Consumer], clock: Clock) -> Table {
    let columns = vec![
        Column::key("name", 100),
        Column::text("kind", 60),
        Column::number("position", 80),
        Column::number("lag", 90),
        Column::text("last delivery", 50),
        Column::text("running", 70),
        Column::prose("last error", 85),
    ];
    let cells = |consumer: &Consumer| {
        Row::Data(vec![
            Cell::plain(&consumer.name),
            Cell::plain(consumer.kind),
            Cell::plain(figure::count(consumer.position)),
            Cell::plain(figure::count(consumer.lag)),
            Cell::new(consumer.last_delivery.map_or_else(String::new, |instant| clock.minute(instant)), Tone::Faint),
            Cell::plain(if consumer.is_running { "yes" } else { "" }),
            Cell::plain(consumer.last_error.as_deref().unwrap_or_default()),
        ])
    };
    Table { columns, rows: consumers.iter().map(cells).collect() }
}
