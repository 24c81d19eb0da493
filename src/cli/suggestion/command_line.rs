//! Command lines as they were typed, and as they can be pasted.

use std::ffi::OsString;

use clap::FromArgMatches as _;
use clap::error::ContextValue;

use crate::cli::args::{self, Cli, Command, PriceOf, UpdatePriceArgs};
use crate::domain::shell_word;

/// A command line as it can be pasted, if it can be parsed.
pub(super) fn pasted(arguments: &[OsString]) -> Option<String> {
    let matches = args::definition().try_get_matches_from(arguments).ok()?;
    let command = Cli::from_arg_matches(&matches).ok()?.command;
    // A condition that only the command itself checks.
    if let Some(Command::UpdatePrice(UpdatePriceArgs { of: PriceOf::Stock(_), price: None, .. })) = command {
        return None;
    }
    let words: Option<Vec<String>> = arguments.iter().skip(1).map(|word| Some(shell_word(word.to_str()?))).collect();
    Some(["stockbook".to_owned()].into_iter().chain(words?).collect::<Vec<_>>().join(" "))
}

/// The texts of what clap suggests.
pub(super) fn texts(value: &ContextValue) -> Vec<String> {
    if let ContextValue::String(text) = value {
        return vec![text.clone()];
    }
    if let ContextValue::Strings(texts) = value { texts.clone() } else { Vec::new() }
}
