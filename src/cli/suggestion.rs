//! Suggests what the user may have meant by arguments that cannot be parsed.

mod command;
mod command_line;
mod option;

use std::ffi::OsString;

use clap::error::{ContextKind, ErrorKind};

use self::command_line::{pasted, texts};
use super::args;
use crate::domain::{Currency, Symbol};

/// The hint for a usage error, if it shows what was meant: a command that can be pasted, or a word.
pub(super) fn suggestion(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    if error.kind() == ErrorKind::InvalidSubcommand {
        return command::meant(error, arguments);
    }
    if error.kind() == ErrorKind::ValueValidation {
        return symbol_first(arguments).or_else(|| two_currencies(arguments));
    }
    if error.kind() == ErrorKind::MissingRequiredArgument {
        return possible_values(error, arguments).or_else(|| example(error, arguments));
    }
    let value = error.get(ContextKind::SuggestedValue).map(texts).and_then(|mut known| known.pop());
    Some(format!("did you mean `{}`?", value.or_else(|| option::meant(error, arguments))?))
}

/// A hint about an option that an import lacks, with the command line that has it.
pub(super) fn with_its_option(hint: &str, arguments: &[OsString]) -> Option<String> {
    let at = arguments.iter().position(|word| word == "import")?;
    let lacks =
        |option: &&str| hint.contains(&format!("{option} adds the ")) && arguments.iter().all(|it| *it != **option);
    let option = ["--add-stocks", "--add-portfolios"].into_iter().find(lacks)?;
    let mut words = arguments.to_vec();
    words.insert(at.checked_add(1)?, option.into());
    let offered = format!("`{}` adds the ", pasted(&words)?);
    let (place, what) = hint.split_once(&format!("{option} adds the "))?;
    // The hint is about all rows, not only about the one that it names.
    let before = if place.ends_with(": ") && !place.contains(['?', '`']) { "" } else { place };
    Some([before, &offered, what].concat())
}

/// The possible values of the first missing argument, if they are a few words.
fn possible_values(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let missing = error.get(ContextKind::InvalidArg).map(texts)?.into_iter().next()?;
    let mut definition = args::definition();
    definition.build();
    let command = arguments.iter().find_map(|word| definition.find_subcommand(word))?;
    let argument = command.get_arguments().find(|argument| argument.to_string() == missing)?;
    let words: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let (last, others) = words.split_last().filter(|(_, others)| !others.is_empty())?;
    Some(format!("{} or {last}", others.join(", ")))
}

/// An example of the command, if more than its last word is missing.
fn example(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let missing = error.get(ContextKind::InvalidArg).map(texts)?;
    if missing.len() < 2 && missing.first().is_some_and(|it| it == "<PRICE>") {
        return None;
    }
    let definition = args::definition();
    let command = arguments.iter().find_map(|word| definition.find_subcommand(word))?;
    let help = command.get_after_help()?.to_string();
    let first = help.lines().map(str::trim).find(|line| line.starts_with("stockbook "))?;
    let name = command.get_name();
    Some(format!("for example `{first}`; see `stockbook {name} --help`"))
}

/// The command with the symbol first, if that is all that is wrong.
fn symbol_first(arguments: &[OsString]) -> Option<String> {
    // A symbol can be a number, but is not meant to be one if a word could be the symbol.
    let is_number = |word: &OsString| {
        let word = word.to_str().unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| !c.is_alphabetic() && !c.is_whitespace())
    };
    let is_symbol = |word: &OsString| {
        let word = word.to_str().unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.parse::<Symbol>().is_ok()
    };
    let places = (1..arguments.len()).filter(|at| arguments.get(*at).is_some_and(is_symbol));
    let mut swapped = places.filter_map(|at| {
        let before = at.checked_sub(1).filter(|before| arguments.get(*before).is_some_and(is_number))?;
        let mut words = arguments.to_vec();
        words.swap(before, at);
        pasted(&words).or_else(|| option::without_small_words(&words))
    });
    Some(format!("the symbol comes first: `{}`", swapped.next()?))
}

/// The command with a pair of currencies, written as in reports, as two words: for `update-rate EUR/USD
/// 1.08`.
fn two_currencies(arguments: &[OsString]) -> Option<String> {
    let currencies = arguments.iter().enumerate().find_map(|(at, word)| {
        let (base, quote) = word.to_str()?.split_once('/')?;
        let are_known = [base, quote].iter().all(|code| code.parse::<Currency>().is_ok());
        are_known.then(|| (at, [base.into(), quote.into()]))
    });
    let (at, pair) = currencies?;
    let mut words = arguments.to_vec();
    words.splice(at..=at, pair);
    Some(format!("a pair is two words: `{}`", pasted(&words)?))
}
