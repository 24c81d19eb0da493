//! What somebody may have meant who typed what cannot be understood.

use std::ffi::OsString;

use clap::FromArgMatches as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::{self, Cli, Command, PriceOf, UpdatePriceArgs};
use crate::domain::{Symbol, shell_word};

/// Words that people try, by the command that does what they want.
const TRIED: [(&str, &[&str]); 16] = [
    ("holdings", &["list", "ls", "show", "status", "bal", "balance", "positions", "view", "portfolio"]),
    ("transactions", &["tx", "txs", "trades", "register", "reg", "activity"]),
    ("audit", &["log", "events", "journal"]),
    ("void", &["delete", "del", "rm", "remove", "cancel"]),
    ("amend", &["edit", "change", "modify", "correct", "fix"]),
    ("undo", &["revert", "rollback"]),
    ("update-price", &["price", "quote", "set-price", "update"]),
    ("add-stock", &["add", "new", "create", "init"]),
    ("buy", &["purchase", "bought"]),
    ("sell", &["sale", "sold"]),
    ("gains", &["gain", "profit", "pnl", "tax", "taxes", "realized"]),
    ("returns", &["return", "xirr", "irr", "roi"]),
    ("import", &["load"]),
    ("export", &["dump", "save"]),
    ("config", &["settings", "configure"]),
    ("check", &["verify", "fsck", "doctor"]),
];

/// The way out of a usage error, where it shows what was meant: a command that can be pasted, or a word.
pub(super) fn suggestion(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    if error.kind() == ErrorKind::InvalidSubcommand {
        return command(error, arguments);
    }
    if error.kind() == ErrorKind::ValueValidation {
        return symbol_first(arguments);
    }
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let suggested = kinds.into_iter().find_map(|kind| error.get(kind)).map(texts)?;
    Some(format!("did you mean `{}`?", suggested.last()?))
}

/// What was meant by a word that is no command: of the words that people try, or similar to it.
fn command(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let typed = error.get(ContextKind::InvalidSubcommand).map(texts)?.pop()?;
    let tried = TRIED.iter().find(|(_, words)| words.contains(&typed.to_ascii_lowercase().as_str()));
    let similar = error.get(ContextKind::SuggestedSubcommand).map(texts).unwrap_or_default();
    // The most similar comes last. What is known to be tried for one command is no slip for another, unless it only
    // lacks an end: `price AAPL`.
    let similar = similar.last().filter(|similar| tried.is_none() || similar.starts_with(&typed)).cloned();
    let meant: Vec<String> = tried.map(|(command, _)| (*command).to_owned()).into_iter().chain(similar).collect();
    let at = arguments.iter().position(|argument| *argument == *typed)?;
    let instead = |command: &String| {
        let mut words = arguments.to_vec();
        *words.get_mut(at)? = command.into();
        pasted(&words)
    };
    let whole = meant.iter().find_map(instead);
    let first = || Some(format!("stockbook {}", meant.first()?));
    Some(format!("did you mean `{}`?", whole.or_else(first)?))
}

/// The command in which the symbol comes first, if that is all that is wrong.
fn symbol_first(arguments: &[OsString]) -> Option<String> {
    // A symbol can be a number, but is not meant to be one where a word could be it.
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
        pasted(&words)
    });
    Some(format!("the symbol comes first: `{}`", swapped.next()?))
}

/// A command line as it can be pasted, if it is one that is understood.
fn pasted(arguments: &[OsString]) -> Option<String> {
    let matches = args::definition().try_get_matches_from(arguments).ok()?;
    let command = Cli::from_arg_matches(&matches).ok()?.command;
    // What only the command itself looks at.
    if let Some(Command::UpdatePrice(UpdatePriceArgs { of: PriceOf::Stock(_), price: None, .. })) = command {
        return None;
    }
    let words: Option<Vec<String>> = arguments.iter().skip(1).map(|word| Some(shell_word(word.to_str()?))).collect();
    Some(["stockbook".to_owned()].into_iter().chain(words?).collect::<Vec<_>>().join(" "))
}

/// The texts of what clap suggests.
fn texts(value: &ContextValue) -> Vec<String> {
    if let ContextValue::String(text) = value {
        return vec![text.clone()];
    }
    if let ContextValue::Strings(texts) = value { texts.clone() } else { Vec::new() }
}

#[test]
fn words_that_people_try_are_no_commands_and_stand_for_one() {
    let definition = args::definition();
    for (command, words) in TRIED {
        assert!(definition.find_subcommand(command).is_some(), "{command}");
        for word in words {
            assert!(definition.find_subcommand(word).is_none(), "{word}");
        }
    }
}
