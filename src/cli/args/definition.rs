//! The definition of the command line as clap has it, and what is derived from it.

use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use super::Cli;

/// The definition in this environment. An empty variable counts as not set.
pub(in crate::cli) fn definition() -> clap::Command {
    let is_empty = |arg: &clap::Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    let command = Cli::command();
    let empty: Vec<_> = command.get_arguments().filter(|arg| is_empty(arg)).map(|arg| arg.get_id().clone()).collect();
    empty.into_iter().fold(command, |command, id| command.mut_arg(id, |arg| arg.env(None::<&'static str>)))
}

/// Parses the arguments. At first, only the commands that they name are defined, because clap copies the
/// global options to every command, which would take a tenth of the time of a short one.
///
/// # Errors
/// If they cannot be parsed, or ask for help; the error is that of the whole definition.
pub(in crate::cli) fn matches(arguments: &[OsString]) -> Result<clap::ArgMatches, clap::Error> {
    let mut whole = definition();
    let is_named = |command: &&clap::Command| {
        let mut names = command.get_all_aliases().chain([command.get_name()]);
        names.any(|name| arguments.iter().any(|argument| argument == name))
    };
    let named = clap::Command::new("stockbook")
        .version(env!("CARGO_PKG_VERSION"))
        .args(whole.get_arguments().cloned())
        .groups(whole.get_groups().cloned())
        .subcommands(whole.get_subcommands().filter(is_named).cloned());
    match named.try_get_matches_from(arguments) {
        Err(error) if error.kind() != ErrorKind::DisplayVersion => whole.try_get_matches_from_mut(arguments),
        parsed => parsed,
    }
}

/// Whether the arguments ask for JSON, for errors that occur before they are parsed.
pub(in crate::cli) fn wants_json(arguments: &[OsString]) -> bool {
    let mut asked = std::env::var("STOCKBOOK_OUTPUT_FORMAT").unwrap_or_default();
    let mut rest = arguments.iter().map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = rest.next() {
        let value = match argument.as_str() {
            "--" => break,
            "--output-format" => Some(String::new()),
            long if long.starts_with("--") => long.strip_prefix("--output-format=").map(str::to_owned),
            short => short.strip_prefix('-').and_then(|letters| {
                // -O may follow other letters: -nO json, -qOjson.
                let value = letters.trim_start_matches(['n', 'q']).strip_prefix('O')?;
                Some(value.trim_start_matches('=').to_owned())
            }),
        };
        asked = match value {
            Some(empty) if empty.is_empty() => rest.next().unwrap_or_default(),
            Some(value) => value,
            None => asked,
        };
    }
    asked == "json"
}

/// The subcommand among the arguments, for errors that occur before they are parsed.
pub(in crate::cli) fn typed_command(arguments: &[OsString]) -> Option<String> {
    let known = Cli::command();
    let name = |argument: &OsString| known.find_subcommand(argument).map(|command| command.get_name().to_owned());
    arguments.iter().skip(1).find_map(name)
}
