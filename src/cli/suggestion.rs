//! What somebody may have meant who typed what cannot be understood.

use std::ffi::OsString;

use clap::FromArgMatches as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::{self, Cli, Command, PriceOf, UpdatePriceArgs};
use crate::domain::{Symbol, shell_word};

/// Words that people try, by the command that does what they want; the overview is shown without one.
const TRIED: [(&str, &[&str]); 21] = [
    ("holdings", &["list", "ls", "show", "status", "bal", "balance", "positions", "view", "portfolio"]),
    ("", &["overview", "dashboard", "value", "worth", "networth", "total", "today"]),
    ("transactions", &["tx", "txs", "trades", "register", "reg", "activity", "print", "search", "find"]),
    ("portfolios", &["accounts", "account"]),
    ("explain holding", &["lots", "lot", "cost", "basis"]),
    ("audit", &["log", "events", "journal"]),
    ("void", &["delete", "del", "rm", "remove", "cancel"]),
    ("amend", &["edit", "change", "modify", "correct", "fix"]),
    ("undo", &["revert", "rollback"]),
    ("update-price", &["price", "quote", "set-price", "update"]),
    ("add-stock", &["add", "new", "create", "init"]),
    ("edit-stock", &["rename"]),
    ("buy", &["purchase", "bought"]),
    ("sell", &["sale", "sold"]),
    ("transfer", &["move", "mv"]),
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
    let suggested = kinds.into_iter().find_map(|kind| error.get(kind)).map(texts);
    let suggested = suggested.and_then(|mut known| known.pop()).or_else(|| without_its_option(error, arguments))?;
    Some(format!("did you mean `{suggested}`?"))
}

/// What was meant by a word that is no command: one in other letters, or of two words, or one that does what people
/// try with this word, or one that is similar to it.
fn command(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let typed = error.get(ContextKind::InvalidSubcommand).map(texts)?.pop()?;
    let at = arguments.iter().position(|argument| *argument == *typed)?;
    let instead = |words: usize, command: &str| {
        let (before, after) = (arguments.get(..at)?, arguments.get(at.checked_add(words)?..)?);
        let command = command.split(' ').filter(|word| !word.is_empty()).map(OsString::from);
        pasted(&before.iter().cloned().chain(command).chain(after.iter().cloned()).collect::<Vec<_>>())
    };
    let typed = typed.to_ascii_lowercase();
    let definition = args::definition();
    let is_offered = |name: &str| definition.find_subcommand(name).is_some_and(|command| !command.is_hide_set());
    let next = arguments.get(at.saturating_add(1)).and_then(|word| word.to_str()).unwrap_or_default();
    let of_two = [format!("{typed}-{next}"), format!("{next}-{typed}")].into_iter().find(|name| is_offered(name));
    if let Some(name) = of_two {
        let whole = instead(2, &name).unwrap_or_else(|| format!("stockbook {name}"));
        return Some(format!("did you mean `{whole}`?"));
    }
    let tried = TRIED.iter().find(|(_, words)| words.contains(&typed.as_str())).map(|(command, _)| *command);
    let similar = error.get(ContextKind::SuggestedSubcommand).map(texts).unwrap_or_default();
    let is_near = |name: &&String| name.starts_with(&typed) || distance(name, &typed) <= (typed.len() / 4).max(1);
    let similar = similar.iter().filter(|name| is_offered(name)).filter(is_near);
    let similar = similar.min_by_key(|name| distance(name, &typed)).map(String::as_str);
    // What is known to be tried for one command is no slip for another, unless it only lacks an end: `price AAPL`.
    let similar = similar.filter(|similar| tried.is_none() || similar.starts_with(&typed));
    let same = Some(typed.as_str()).filter(|name| is_offered(name));
    let meant: Vec<&str> = same.into_iter().chain(tried).chain(similar).collect();
    let whole = meant.iter().find_map(|command| instead(1, command));
    let first = || Some(format!("stockbook {}", meant.first()?));
    Some(format!("did you mean `{}`?", whole.or_else(first)?.trim_end()))
}

fn distance(name: &str, typed: &str) -> usize {
    strsim::osa_distance(name, typed)
}

/// The command in which a word that stands alone comes after the option that it is for: `gains AAPL`, `gains 2024`.
fn without_its_option(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let word = error.get(ContextKind::InvalidArg).map(texts)?.pop()?;
    let at = arguments.iter().position(|argument| *argument == *word)?;
    ["--period", "--symbol"].iter().find_map(|option| {
        let mut words = arguments.to_vec();
        words.insert(at, option.into());
        pasted(&words)
    })
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
        let mut path = command.split(' ').filter(|word| !word.is_empty());
        let end = path.try_fold(&definition, |within, word| within.find_subcommand(word));
        assert!(end.is_some(), "{command}");
        for word in words {
            assert!(definition.find_subcommand(word).is_none(), "{word}");
        }
    }
}
