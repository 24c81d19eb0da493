//! Suggests the command that an unknown one may have been meant for.

use std::ffi::OsString;

use clap::error::ContextKind;

use super::command_line::texts;
use super::option;
use crate::cli::{args, manual};
use crate::domain::{Symbol, shell_word};

/// Words that people try, by the command that does what they want; an empty name stands for the overview,
/// which is shown without a command.
const TRIED: [(&str, &[&str]); 25] = [
    (
        "holdings",
        &["list", "ls", "show", "status", "stat", "stats", "bal", "balance", "positions", "view", "portfolio"],
    ),
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
    ("rates", &["fx", "forex", "currency", "currencies"]),
    ("exchange", &["merge", "merger", "convert", "swap", "takeover"]),
    ("spin-off", &["spinoff", "demerger", "demerge"]),
    ("write-off", &["writeoff", "delist", "bankrupt"]),
    ("import", &["load"]),
    ("export", &["dump", "save"]),
    ("config", &["settings", "configure"]),
    ("check", &["verify", "fsck", "doctor"]),
];

/// Words that people try for something that is not a command here.
const ASKED: [(&str, &[&str]); 2] =
    [("--version", &["version", "ver"]), ("help", &["man", "manual", "docs", "usage", "commands", "?"])];

/// Verbs before the name of what is to be shown, which by itself is a command.
const SHOWING: [&str; 7] = ["list", "ls", "show", "view", "print", "get", "display"];

/// The first words of commands with two words, by the verbs that people use instead.
const VERBS: [(&[&str], &[&str]); 3] = [
    (&["remove"], &["rm", "delete", "del", "remove"]),
    (&["add", "update"], &["add", "new", "create", "set", "record"]),
    (&["edit"], &["rename", "change", "modify", "edit"]),
];

/// Verbs for removing something from the book.
const REMOVING: [&str; 7] = ["rm", "delete", "del", "remove", "cancel", "close", "drop"];

/// Words for what `void` takes by an id, and for what `undo` takes.
const RECORDS: [(&str, &[&str]); 2] = [
    ("void", &["transaction", "trade", "purchase", "buy", "sale", "sell", "dividend", "split", "transfer", "record"]),
    ("undo", &["import", "batch"]),
];

/// The answer for stocks and portfolios, for which there is no command to remove them.
const STAYING: [(&[&str], &str); 2] = [
    (
        &["stock", "stocks"],
        "a stock stays, with what was recorded for it: `stockbook undo` takes it back if the last command added \
         it, `stockbook edit-stock` corrects it, and `stockbook void` takes back a transaction; what is no longer \
         held is not shown",
    ),
    (
        &["portfolio", "portfolios", "account", "accounts"],
        "a portfolio stays, with what was recorded in it: `stockbook undo` takes it back if the last command \
         added it, `stockbook edit-portfolio` renames it, and `stockbook transfer` moves its shares to another",
    ),
];

/// The command meant by an unknown word: the same in another case, one of two words, one that does what
/// people try with this word, or a similar one.
pub(super) fn meant(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let typed = error.get(ContextKind::InvalidSubcommand).map(texts)?.pop()?;
    let at = arguments.iter().position(|argument| *argument == *typed)?;
    let instead = |words: usize, command: &str| {
        let (before, after) = (arguments.get(..at)?, arguments.get(at.checked_add(words)?..)?);
        let command = command.split(' ').filter(|word| !word.is_empty()).map(OsString::from);
        option::whole(&before.iter().cloned().chain(command).chain(after.iter().cloned()).collect::<Vec<_>>())
    };
    if let Some(whole) = explained(arguments, at) {
        return Some(format!("did you mean `{whole}`?"));
    }
    let typed = typed.to_ascii_lowercase();
    let definition = args::definition();
    let is_offered = |name: &str| definition.find_subcommand(name).is_some_and(|command| !command.is_hide_set());
    let next = arguments.get(at.saturating_add(1)).and_then(|word| word.to_str()).unwrap_or_default();
    if let Some((asked, _)) = ASKED.iter().find(|(_, words)| words.contains(&typed.as_str())) {
        return Some(format!("did you mean `stockbook {asked}`?"));
    }
    // `list stocks` is `stocks`.
    if SHOWING.contains(&typed.as_str()) && is_offered(next) {
        return Some(instead(1, "").map_or_else(|| where_to_look(next), |whole| format!("did you mean `{whole}`?")));
    }
    if let Some(said) = staying(&typed, next) {
        return Some(said.to_owned());
    }
    if let Some((command, _)) =
        RECORDS.iter().find(|(_, records)| REMOVING.contains(&typed.as_str()) && records.contains(&next))
        && let Some(whole) = instead(2, command)
    {
        return Some(format!("did you mean `{whole}`?"));
    }
    let verbs = VERBS.iter().find(|(_, tried)| tried.contains(&typed.as_str())).map_or(&[][..], |(verbs, _)| *verbs);
    let names = [format!("{typed}-{next}"), format!("{next}-{typed}")].into_iter();
    let names = names.chain(verbs.iter().map(|verb| format!("{verb}-{next}")));
    let of_two = names.into_iter().find(|name| is_offered(name));
    if let Some(name) = of_two {
        return Some(
            instead(2, &name).map_or_else(|| where_to_look(&name), |whole| format!("did you mean `{whole}`?")),
        );
    }
    let tried = TRIED.iter().find(|(_, words)| words.contains(&typed.as_str())).map(|(command, _)| *command);
    let similar = error.get(ContextKind::SuggestedSubcommand).map(texts).unwrap_or_default();
    let is_near = |name: &&String| name.starts_with(&typed) || distance(name, &typed) <= (typed.len() / 4).max(1);
    let similar = similar.iter().filter(|name| is_offered(name)).filter(is_near);
    let similar = similar.min_by_key(|name| distance(name, &typed)).map(String::as_str);
    // A word known to be tried for one command is not a typing error for another, unless it is the beginning
    // of that one: `price AAPL`.
    let similar = similar.filter(|similar| tried.is_none() || similar.starts_with(&typed));
    let same = Some(typed.as_str()).filter(|name| is_offered(name));
    let topic = topic(&typed);
    if let (Some(page), None, None, None) = (&topic, same, tried, similar) {
        return Some(format!("did you mean {page}?"));
    }
    let candidates: Vec<&str> = same.into_iter().chain(tried).chain(similar).collect();
    let found = candidates.iter().find_map(|command| Some((*command, instead(1, command)?)));
    let said = match found {
        Some((command, whole)) => {
            by_its_id(command, next).unwrap_or_else(|| format!("did you mean `{}`?", whole.trim_end()))
        }
        None => candidates.first().map(|command| where_to_look(command))?,
    };
    let and = if said.ends_with('?') { " The" } else { "; the" };
    Some(topic.map_or_else(|| said.clone(), |page| format!("{said}{and} manual has {page}")))
}

/// The answer for something that cannot be removed, typed as two words or as one with a hyphen.
fn staying(typed: &str, next: &str) -> Option<&'static str> {
    let (verb, what) = typed.split_once('-').unwrap_or((typed, next));
    let (_, said) = STAYING.iter().find(|(names, _)| names.contains(&what.to_ascii_lowercase().as_str()))?;
    REMOVING.contains(&verb).then_some(*said)
}

/// The command that prints the page of the manual that a word names exactly or nearly.
fn topic(typed: &str) -> Option<String> {
    let near = |name: &&str| *name == typed || distance(name, typed) <= typed.len() / 4;
    let page = manual::topics().map(|(name, _)| name).filter(near).min_by_key(|name| distance(name, typed))?;
    Some(format!("`stockbook help {page}`"))
}

/// How to find the id that a command takes, if a symbol was typed.
fn by_its_id(command: &str, word: &str) -> Option<String> {
    let is_symbol = word.parse::<Symbol>().is_ok() && !word.contains(|c: char| c.is_ascii_digit());
    let also = match command {
        "void" => "`stockbook undo` takes back what the last command recorded",
        "amend" => "`stockbook edit-stock --help` is about the stock itself",
        _ => return None,
    };
    let listed = format!("stockbook transactions --symbol {}", shell_word(word));
    is_symbol.then(|| format!("did you mean {command}? it takes the id of a record: `{listed}` lists them; {also}"))
}

/// For `explain` with an id or symbol, but without `gain` or `holding`.
fn explained(arguments: &[OsString], at: usize) -> Option<String> {
    arguments.get(at.checked_sub(1)?).filter(|before| *before == "explain")?;
    let typed = arguments.get(at)?.to_str()?;
    let (word, is_kind) = match typed.to_ascii_lowercase().as_str() {
        "gains" | "sale" => ("gain", true),
        "holdings" | "position" => ("holding", true),
        _ if args::definition().find_subcommand(typed).is_some() => return None,
        _ if is_id(typed) => ("gain", false),
        _ => ("holding", false),
    };
    let mut words = arguments.to_vec();
    if is_kind {
        words.remove(at);
    }
    words.insert(at, word.into());
    option::whole(&words)
}

/// Whether a word looks like the beginning of an id.
fn is_id(word: &str) -> bool {
    word.len() >= 6
        && word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// The answer for a command that needs more than was typed.
fn where_to_look(command: &str) -> String {
    format!("did you mean {command}? see `stockbook {command} --help`")
}

fn distance(name: &str, typed: &str) -> usize {
    strsim::osa_distance(name, typed)
}

#[test]
fn words_that_people_try_are_no_commands_and_stand_for_one() {
    let mut definition = args::definition();
    definition.build();
    for (command, words) in TRIED {
        let mut path = command.split(' ').filter(|word| !word.is_empty());
        let end = path.try_fold(&definition, |within, word| within.find_subcommand(word));
        assert!(end.is_some(), "{command}");
        for word in words {
            assert!(definition.find_subcommand(word).is_none(), "{word}");
        }
    }
}
