//! Every word that a user can type, and everything that is shown.

mod args;
mod audit;
mod backup;
mod check;
mod context;
mod corporate_action;
mod correction;
mod dates;
mod explain;
mod failure;
mod fate;
mod gains;
mod history;
mod holdings;
mod import;
mod listings;
mod portfolio;
mod preview;
mod price;
mod receipt;
pub mod render;
mod returns;
mod stock;
mod trade;
mod undo;

use std::ffi::OsString;
use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{CommandFactory, FromArgMatches as _};

pub use context::Environment;

use args::{Cli, Command};
use context::{CANNOT_PRINT, Context};
use failure::Failure;
use fate::Fate;

use crate::store::StoreError;

/// The command line's definition, from which help, man pages and completions are made.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Parses the arguments and carries out the command. What it returns is in the README's table of
/// exit codes.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let fate = Fate::watched();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Never freed: that would take a twentieth of what `buy` computes, and the process ends soon.
    let mut definition = ManuallyDrop::new(args::definition());
    let matches = definition.try_get_matches_from_mut(&arguments);
    let cli = match matches.and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches)) {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            let help = if std::io::IsTerminal::is_terminal(&std::io::stdout()) {
                error.render().ansi().to_string()
            } else {
                error.render().to_string()
            };
            let mut out = std::io::stdout();
            let shown = out.write_all(help.as_bytes()).and_then(|()| out.flush()).context(CANNOT_PRINT);
            return shown.map_or_else(|error| Failure::of(&error).report(false), |()| ExitCode::SUCCESS);
        }
        Err(error) => {
            let command = args::typed_command(&arguments);
            return Failure::of_usage(&error, command.as_deref()).report(args::wants_json(&arguments));
        }
    };
    let is_json = cli.globals.output_format == Some(args::Format::Json);
    let done = has_memory()
        .and_then(|()| Context::new(&cli.globals, environment, fate))
        .and_then(|context| dispatch(cli.command, &context));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => Failure::of(&error).report(is_json),
    }
}

/// Refuses to begin where there is not as much memory as most commands need: later the lack of it may
/// leave no way to say so.
fn has_memory() -> anyhow::Result<()> {
    const BYTES: usize = 64 << 20;
    let mut room = Vec::<u8>::new();
    let reserved = room.try_reserve_exact(BYTES);
    // Nobody uses it, and it must be asked for all the same.
    std::hint::black_box(&room);
    reserved.map_err(|_| StoreError::OutOfMemory.into())
}

fn dispatch(command: Command, context: &Context<'_>) -> anyhow::Result<()> {
    match command {
        Command::AddStock(args) => stock::add(args, context),
        Command::EditStock(args) => stock::edit(args, context),
        Command::UpdatePrice(args) => price::update(args, context),
        Command::RemovePrice(args) => price::remove(&args, context),
        Command::RebasePrices(args) => price::rebase(&args, context),
        Command::Buy(args) => trade::buy(args, context),
        Command::Sell(args) => trade::sell(args, context),
        Command::Dividend(args) => corporate_action::dividend(args, context),
        Command::Split(args) => corporate_action::split(args, context),
        Command::Transfer(args) => corporate_action::transfer(args, context),
        Command::Void(args) => correction::void(&args, context),
        Command::Amend(args) => correction::amend(args, context),
        Command::Undo(args) => undo::undo(&args, context),
        Command::Imports => undo::imports(context),
        Command::AddPortfolio(args) => portfolio::add(args, context),
        Command::EditPortfolio(args) => portfolio::edit(&args, context),
        Command::Portfolios => portfolio::list(context),
        Command::SetCostBasis(args) => portfolio::set_cost_basis(&args, context),
        Command::Import(args) => import::import(args, context),
        Command::Holdings(args) => holdings::holdings(&args, context),
        Command::Gains(args) => gains::gains(args, context),
        Command::Returns(args) => returns::returns(&args, context),
        Command::Stocks => listings::stocks(context),
        Command::Transactions(args) => listings::transactions(args, context),
        Command::Explain(args) => explain::explain(&args, context),
        Command::History(args) => history::history(&args, context),
        Command::Prices(args) => listings::prices(&args, context),
        Command::Audit(args) => audit::audit(&args, context),
        Command::Backup(args) => backup::backup(&args, context),
        Command::Check(args) => check::check(&args, context),
    }
}
