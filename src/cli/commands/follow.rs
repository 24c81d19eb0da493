//! `follow`.

use std::time::Duration;

use crate::app::{AppError, Follow, FollowError, Mode, Program, Recipient, Runner, Surroundings, Until};
use crate::cli::args::FollowArgs;
use crate::cli::context::Context;
use crate::cli::say::say;
use crate::domain::EventType;

pub(in crate::cli) fn follow(args: FollowArgs, context: &Context<'_>) -> Result<(), AppError> {
    if context.mode == Mode::DryRun {
        return Err(AppError::Usage {
            code: "usage",
            message: "follow has no dry run: what a program does with events cannot be undone".to_owned(),
            hint: "see the events with `stockbook audit`".to_owned(),
        });
    }
    let is_named =
        |event_type: &EventType| args.r#type.iter().any(|name| name.eq_ignore_ascii_case(event_type.as_str()));
    let mut command = args.command.into_iter();
    let mut recipient = Recipient::Program(Program {
        program: command.next().unwrap_or_default(),
        arguments: command.collect(),
        book: context.book().to_owned(),
        timeout: Duration::from_secs(args.timeout),
    });
    let follow = Follow {
        name: args.name,
        book: context.book().to_owned(),
        types: EventType::ALL.into_iter().filter(is_named).collect(),
        from: args.from.0,
        batch: usize::try_from(args.batch).unwrap_or(usize::MAX),
        until: if args.once { Until::Head } else { Until::Stopped },
    };
    run(&follow, &mut recipient, context)
}

/// Runs a follower until it ends or is stopped.
pub(in crate::cli) fn run(follow: &Follow, recipient: &mut Recipient, context: &Context<'_>) -> Result<(), AppError> {
    let mut runner = Runner::claim(follow, context.patience)?;
    context.read_sound(|book| Ok(runner.begin(book.reader())?))?;
    context.hold_signals()?;
    let surroundings =
        Surroundings { now: &|| context.now(), is_stopped: &|| context.is_interrupted(), report: &say_refused };
    Ok(runner.run(recipient, &surroundings)?)
}

fn say_refused(error: &FollowError, pause: Duration) {
    say(&format!("warning: {error}; trying again in {} s", pause.as_secs()));
}
