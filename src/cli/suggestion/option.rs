//! Suggests what an unknown option, or an excess word, may have been meant for.

use std::ffi::{OsStr, OsString};

use clap::error::{ContextKind, ErrorKind};

use super::command_line::{pasted, texts};
use crate::cli::args;

/// Options that people try, by the options that do the same here; if there are several, a command has one of
/// them.
const TRIED: [(&str, &[&str]); 21] = [
    ("--as-of", &["--date", "--on", "--at", "--when", "-d"]),
    ("--date", &["--on", "--at", "--when", "--day", "--trade-date", "-d"]),
    ("--from", &["--since", "--start", "--after"]),
    ("--to", &["--until", "--before", "--through"]),
    ("--period", &["--year", "--tax-year", "--month", "--quarter"]),
    ("--in", &["--currency", "--convert", "--convert-to", "-X"]),
    ("--symbol", &["--stock", "--ticker"]),
    ("--portfolio", &["--account", "--depot"]),
    ("--fee", &["--commission", "--costs", "--charge"]),
    ("--note", &["--comment", "--memo", "--description", "--message", "-m"]),
    ("--amount", &["--total", "--value"]),
    ("--output", &["--file", "-f"]),
    ("--book", &["--db", "--database", "--ledger", "-f", "-b"]),
    ("--dry-run", &["--preview", "--simulate", "--pretend"]),
    ("--quiet", &["--silent", "-s"]),
    ("--output-format", &["--format", "--output", "-o"]),
    ("--output-format=json", &["--json", "-j"]),
    ("--output-format=csv", &["--csv"]),
    ("--by=month", &["--monthly", "-M"]),
    ("--by=quarter", &["--quarterly", "-Q"]),
    ("--by=year", &["--yearly", "--annual", "-Y"]),
];

/// The arguments that often have several words.
const OF_WORDS: [&str; 7] = ["company_name", "name", "portfolio", "sector", "industry", "note", "price"];

/// The most options of one command line that are replaced.
const REPLACED: usize = 4;

/// The command line, or the option, that was meant.
pub(super) fn meant(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    put_right(error, arguments).or_else(|| {
        let invalid = error.get(ContextKind::InvalidArg).map(texts)?.pop()?;
        let similar = error.get(ContextKind::SuggestedArg).map(texts)?.pop()?;
        let is_near = strsim::osa_distance(&similar, &invalid) <= invalid.len() / 4;
        (is_near && invalid.starts_with('-')).then_some(similar)
    })
}

/// A command line as it can be pasted, with words and options corrected if necessary.
pub(super) fn whole(arguments: &[OsString]) -> Option<String> {
    pasted(arguments).or_else(|| put_right(&args::definition().try_get_matches_from(arguments).err()?, arguments))
}

/// The command line with the argument that was not understood corrected.
fn put_right(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let invalid = error.get(ContextKind::InvalidArg).map(texts)?.pop()?;
    if invalid.starts_with('-') {
        replaced(error, arguments, REPLACED)
    } else {
        with_the_word_in_place(&invalid, arguments)
    }
}

/// The command line with options that people try replaced by those that do the same here.
fn replaced(error: &clap::Error, arguments: &[OsString], most: usize) -> Option<String> {
    let invalid = error.get(ContextKind::InvalidArg).map(texts)?.pop()?;
    let at = arguments.iter().position(|argument| is_option(argument, &invalid))?;
    let mut instead = TRIED.iter().filter(|(_, tried)| tried.contains(&invalid.as_str()));
    instead.find_map(|(option, _)| {
        let mut words = arguments.to_vec();
        let word = words.get_mut(at)?;
        let value = word.to_str()?.strip_prefix(&invalid)?.to_owned();
        *word = format!("{option}{value}").into();
        match args::definition().try_get_matches_from(&words) {
            Err(error) if error.kind() == ErrorKind::UnknownArgument => replaced(&error, &words, most.checked_sub(1)?),
            Ok(_) | Err(_) => pasted(&words),
        }
    })
}

/// Whether a word is this option, with its value or without.
fn is_option(word: &OsStr, option: &str) -> bool {
    let rest = word.to_str().and_then(|word| word.strip_prefix(option));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

/// The command with an excess word made part of the value before it, for `add-stock ACME Acme Inc.`, or the
/// value of an option that was left out, for `gains 2024`.
fn with_the_word_in_place(word: &str, arguments: &[OsString]) -> Option<String> {
    let at = arguments.iter().position(|argument| **argument == *word)?;
    let with = |option: &&str| {
        let mut words = arguments.to_vec();
        words.insert(at, option.into());
        pasted(&words)
    };
    let found = quoted(arguments, at, REPLACED)
        .or_else(|| with_a_colon(arguments, at))
        .or_else(|| without_small_words(arguments))
        .or_else(|| ["--period", "--symbol", "--date", "--as-of"].iter().find_map(with));
    // A portfolio can have any name.
    let is_name = word.starts_with(char::is_alphabetic);
    let is_trade = arguments.iter().any(|it| ["buy", "sell", "dividend"].iter().any(|trade| it == trade));
    found
        .or_else(|| ["--to"].iter().filter(|_| is_name).find_map(with))
        .or_else(|| ["--portfolio"].iter().filter(|_| is_name && is_trade).find_map(with))
}

/// The command with a ratio as one word, for `split AAPL 4 1` and `split AAPL 4 for 1`.
fn with_a_colon(arguments: &[OsString], at: usize) -> Option<String> {
    arguments.iter().find(|it| ["split", "spin-off", "exchange"].iter().any(|command| *it == command))?;
    let is_for = arguments.get(at)? == "for";
    let last = if is_for { at.checked_add(1)? } else { at };
    let first = at.checked_sub(1)?;
    let ratio = [arguments.get(first)?, arguments.get(last)?].map(OsString::as_os_str).join(":".as_ref());
    let mut words = arguments.to_vec();
    words.splice(first..=last, [ratio]);
    pasted(&words)
}

/// Prepositions and the like, and the options that they stand for, if any: `buy AAPL 10 at 150`, `transfer
/// AAPL 5 to ira`.
const SMALL_WORDS: [(&str, Option<&str>); 7] = [
    ("at", None),
    ("@", None),
    ("for", None),
    ("to", Some("--to")),
    ("into", Some("--to")),
    ("on", Some("--date")),
    ("in", Some("--portfolio")),
];

/// The command without such words.
pub(super) fn without_small_words(arguments: &[OsString]) -> Option<String> {
    let option = |word: &OsString| {
        let found = SMALL_WORDS.iter().find(|(small, _)| word == small);
        found.map_or(Some(word.clone()), |(_, option)| option.map(OsString::from))
    };
    let words: Vec<OsString> = arguments.iter().filter_map(option).collect();
    if words == arguments { None } else { pasted(&words) }
}

/// The command with the words around `at`, from the one before it to the next option, made one value. If
/// there are excess words elsewhere, these too, up to `most` times.
fn quoted(arguments: &[OsString], at: usize, most: usize) -> Option<String> {
    let (before, from) = arguments.split_at_checked(at.checked_sub(1)?)?;
    let is_option = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
    let end = from.iter().position(is_option).unwrap_or(from.len());
    let (value, after) = from.split_at_checked(end)?;
    let value = value.join(OsStr::new(" "));
    let words: Vec<OsString> = before.iter().cloned().chain([value.clone()]).chain(after.iter().cloned()).collect();
    let matches = match args::definition().try_get_matches_from(&words) {
        Ok(matches) => matches,
        Err(error) if error.kind() == ErrorKind::UnknownArgument => {
            let next = error.get(ContextKind::InvalidArg).map(texts)?.pop()?;
            let at = words.iter().position(|word| **word == *next)?;
            return quoted(&words, at, most.checked_sub(1)?);
        }
        Err(_) => return None,
    };
    let (_, command) = matches.subcommand()?;
    let is_value_of = |id: &str| {
        let values = command.try_get_raw(id).ok().flatten();
        values.is_some_and(|mut values| values.any(|of| of == value))
    };
    let is_of_words = OF_WORDS.iter().any(|id| is_value_of(id));
    pasted(&words).filter(|_| is_of_words)
}

#[test]
fn what_stands_for_an_option_that_people_try_is_one() {
    let mut definition = args::definition();
    definition.build();
    let arguments = || definition.get_subcommands().chain([&definition]).flat_map(clap::Command::get_arguments);
    for (option, _) in TRIED {
        let name = option.trim_start_matches("--").split('=').next();
        assert!(arguments().any(|argument| argument.get_long() == name), "{option}");
    }
}
