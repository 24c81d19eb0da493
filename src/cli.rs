//! The command line: everything that a user can type, and everything that is shown.

mod args;
mod color;
mod commands;
mod complete;
mod context;
mod dates;
mod failure;
mod fate;
mod html;
mod manual;
mod offer;
pub mod output;
mod page;
mod pager;
mod receipt;
mod say;
mod settings;
mod suggestion;
mod views;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches as _};

pub use context::Environment;

use args::{Cli, TypedOptions};
use context::Context;
use failure::{ErrorStyle, Failure};
use fate::Fate;
use offer::Offers;
use pager::{Outlet, Pager, PagerChoice};
use settings::{Origins, Settings};

use crate::app::AppError;

/// The definition of the command line, from which help, man pages and completions are generated.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Parses the arguments and runs the command. Returns an exit code from the table in the README.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let fate = Fate::watched();
    let memory = has_memory();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let paged = if arguments.iter().any(|it| it == "--no-pager") { PagerChoice::Never } else { PagerChoice::Settings };
    let arguments = match manual::help_words(&arguments) {
        Some(words) => match manual::page(&words, page::screen(None)) {
            Some(page) => return print_help(&page, paged),
            None => words,
        },
        None => arguments,
    };
    let parsed = args::matches(&arguments).and_then(|mut matches| {
        let origins = Origins::of(&matches);
        Ok((Cli::from_arg_matches_mut(&mut matches)?, origins))
    });
    let (mut cli, origins) = match parsed {
        Ok(parsed) => parsed,
        Err(error) if !error.use_stderr() => {
            let help = if std::io::IsTerminal::is_terminal(&std::io::stdout()) {
                error.render().ansi().to_string()
            } else {
                error.render().to_string()
            };
            return print_help(&help, paged);
        }
        Err(error) => {
            let command = args::typed_command(&arguments);
            let meant = suggestion::suggestion(&error, &arguments);
            let style = if args::wants_json(&arguments) { ErrorStyle::Json } else { ErrorStyle::of(None, None) };
            return Failure::of_usage(&error, command.as_deref(), meant).report(style);
        }
    };
    let paging = args::paging(cli.command.as_ref());
    let typed = TypedOptions { portfolio: origins.of_option("portfolio"), numbers: origins.of_option("numbers") };
    let offers = Offers::of(cli.globals.book.as_deref(), origins.of_option("book"));
    let settings = Settings::read(origins);
    if let Ok(settings) = &settings {
        settings.fill(&mut cli.globals);
    }
    let relevant = args::refuse_what_cannot_matter(&cli, typed);
    let named = args::named_in_passing(&cli, typed);
    let style = ErrorStyle::of(cli.globals.output_format, cli.globals.color);
    let done = relevant
        .and(memory)
        .and_then(|()| Context::new(&cli.globals, settings?, environment, fate, paging, named, &offers))
        .and_then(|context| {
            let done = commands::run(cli, &context);
            let shown = context.page.end();
            done.and(shown)
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => Failure::of(&error).with_its_option(&arguments).naming(&offers).report(style),
    }
}

/// Prints help; a reader that stops early is not an error.
fn print_help(help: &str, paged: PagerChoice) -> ExitCode {
    // Help must be available even if the settings cannot be read.
    let settings = Settings::read(Origins::default()).unwrap_or_default();
    let mut out = Outlet::paged(Pager::of(paged, settings.pager.as_deref()));
    let shown =
        out.write_all(help.as_bytes()).and_then(|()| out.flush()).and_then(|()| out.end()).map_err(AppError::Output);
    shown.map_or_else(|error| Failure::of(&error).report(ErrorStyle::of(None, None)), |()| ExitCode::SUCCESS)
}

/// Refuses to start with less memory than most commands need, because running out of it later might leave no
/// way to report that.
fn has_memory() -> Result<(), AppError> {
    const BYTES: usize = 64 << 20;
    let mut room = Vec::<u8>::new();
    let reserved = room.try_reserve_exact(BYTES);
    // The memory is not used, but must not be optimized away.
    std::hint::black_box(&room);
    reserved.map_err(|_| AppError::out_of_memory())
}
