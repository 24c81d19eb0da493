//! The position of the cursor in a command line that is being typed.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, Command};

/// What the word at the cursor may be.
pub(super) enum Candidates<'c> {
    /// The name of a command.
    Command,
    /// The name of an option.
    Option,
    /// The value of an argument, and the part of the word that precedes it: `--type=`.
    Value(&'c Arg, String),
}

/// A command line as far as it is typed.
pub(super) struct TypedLine<'c> {
    root: &'c Command,
    /// The command named so far.
    pub(super) command: &'c Command,
    /// Whether it comes after `help`, where nothing but commands can be named.
    is_helped: bool,
    /// Values, by the names of their arguments.
    pub(super) values: BTreeMap<&'c str, String>,
    /// What the last word may be; several if it is still empty.
    pub(super) places: Vec<Candidates<'c>>,
    /// The last word, without the part that precedes a value in [`Candidates::Value`].
    pub(super) beginning: String,
    /// The names of the options that were given.
    given: Vec<&'c str>,
    positionals: usize,
    /// Whether `--` was given: no options follow.
    is_past_options: bool,
}

impl<'c> TypedLine<'c> {
    /// Parses the words after the program's name; the last one is at the cursor. The command must be
    /// built.
    pub(super) fn read(root: &'c Command, words: &[String]) -> Self {
        let mut line = Self {
            root,
            command: root,
            is_helped: false,
            values: BTreeMap::new(),
            places: Vec::new(),
            beginning: String::new(),
            given: Vec::new(),
            positionals: 0,
            is_past_options: false,
        };
        let Some((last, before)) = words.split_last() else { return line };
        let mut awaiting = None;
        for word in before {
            awaiting = match awaiting {
                Some(arg) => {
                    line.note(arg, word);
                    None
                }
                None => line.take(word),
            };
        }
        line.end_at(awaiting, last);
        line
    }

    /// Whether an option can still be given.
    pub(super) fn can_have(&self, arg: &Arg) -> bool {
        let is_repeatable = matches!(arg.get_action(), ArgAction::Append | ArgAction::Count);
        is_repeatable || !self.given.contains(&arg.get_id().as_str())
    }

    fn note(&mut self, arg: &'c Arg, value: &str) {
        self.values.insert(arg.get_id().as_str(), value.to_owned());
    }

    /// Processes a complete word; returns the option whose value comes next.
    fn take(&mut self, word: &str) -> Option<&'c Arg> {
        if self.is_past_options || !word.starts_with('-') || word == "-" {
            return self.take_plain(word);
        }
        if word == "--" {
            self.is_past_options = true;
            return None;
        }
        let Some((arg, value)) = self.option(word) else { return self.take_plain(word) };
        self.given.push(arg.get_id().as_str());
        match value {
            Some(value) => self.note(arg, &value),
            None if needs_value(arg) => return Some(arg),
            None => {}
        }
        None
    }

    fn take_plain(&mut self, word: &str) -> Option<&'c Arg> {
        // clap defines the commands once more below `help`, but without their subcommands.
        let is_help = self.command.get_name() == "help" && word != "help";
        let within = if is_help { self.root } else { self.command };
        let inner = within.find_subcommand(word).filter(|_| self.positionals == 0 && !self.is_past_options);
        if let Some(inner) = inner {
            self.is_helped |= is_help;
            self.command = inner;
        } else {
            if let Some(arg) = self.positional() {
                self.note(arg, word);
            }
            self.positionals = self.positionals.saturating_add(1);
        }
        None
    }

    /// The option that a word gives (the last one of several letters), and the value in the same word.
    fn option(&self, word: &str) -> Option<(&'c Arg, Option<String>)> {
        if let Some(long) = word.strip_prefix("--") {
            let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let is_it = |arg: &&Arg| arg.get_long_and_visible_aliases().is_some_and(|names| names.contains(&name));
            return self.command.get_arguments().find(is_it).map(|arg| (arg, value.map(str::to_owned)));
        }
        let mut letters = word.strip_prefix('-')?.chars();
        let mut found = None;
        while let Some(letter) = letters.next() {
            let arg = self.command.get_arguments().find(|arg| arg.get_short() == Some(letter))?;
            if takes_value(arg) {
                let rest = letters.as_str();
                return Some((arg, (!rest.is_empty()).then(|| rest.to_owned())));
            }
            found = Some((arg, None));
        }
        found
    }

    /// The argument that the next plain word is for.
    fn positional(&self) -> Option<&'c Arg> {
        if self.is_past_options
            && let Some(last) = self.command.get_positionals().find(|arg| arg.is_last_set())
        {
            return Some(last);
        }
        let plain = || self.command.get_positionals().filter(|arg| !arg.is_last_set());
        let takes_all = |arg: &&Arg| {
            arg.get_num_args().is_some_and(|count| count.max_values() > 1)
                || matches!(arg.get_action(), ArgAction::Append)
        };
        plain().nth(self.positionals).or_else(|| plain().last().filter(takes_all))
    }

    fn end_at(&mut self, awaiting: Option<&'c Arg>, word: &str) {
        word.clone_into(&mut self.beginning);
        if let Some(arg) = awaiting {
            self.places.push(Candidates::Value(arg, String::new()));
        } else if !self.is_past_options && word.starts_with('-') && word != "-" {
            match self.option(word) {
                Some((arg, Some(value))) => {
                    let before = word.strip_suffix(value.as_str()).unwrap_or_default().to_owned();
                    self.places.push(Candidates::Value(arg, before));
                    self.beginning = value;
                }
                Some((_, None)) | None => self.places.push(Candidates::Option),
            }
        } else {
            if self.positionals == 0 && !self.is_past_options && self.command.has_subcommands() {
                self.places.push(Candidates::Command);
            }
            match self.positional() {
                _ if self.is_helped => {}
                Some(arg) => self.places.push(Candidates::Value(arg, String::new())),
                // Nothing else can follow.
                None if self.places.is_empty() && !self.is_past_options => self.places.push(Candidates::Option),
                None => {}
            }
        }
    }
}

fn takes_value(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
}

/// Whether the next word is its value.
fn needs_value(arg: &Arg) -> bool {
    takes_value(arg) && !arg.is_require_equals_set()
}
