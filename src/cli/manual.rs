//! `stockbook help <PAGE>`: the pages of the manual, which are built into the program.

use std::ffi::OsString;

use super::args;
use super::output::{Screen, wrapped};

/// The pages by their names, in the Markdown from which the manual pages are made.
const PAGES: [(&str, &str); 8] = [
    ("tutorial", include_str!("../../man/stockbook-tutorial.7.md")),
    ("concepts", include_str!("../../man/stockbook-concepts.7.md")),
    ("import", include_str!("../../man/stockbook-import.5.md")),
    ("formats", include_str!("../../man/stockbook-formats.5.md")),
    ("export", include_str!("../../man/stockbook-export.5.md")),
    ("output", include_str!("../../man/stockbook-output.5.md")),
    ("events", include_str!("../../man/stockbook-events.5.md")),
    ("followers", include_str!("../../man/stockbook-followers.7.md")),
];

/// The pages that are not about a command, each with its subject.
pub(super) fn topics() -> impl Iterator<Item = (&'static str, &'static str)> {
    let about = |source: &'static str| source.lines().next()?.split_once(": ").map(|(_, about)| about);
    let all = PAGES.into_iter().filter_map(move |(name, source)| Some((name, about(source)?)));
    let definition = args::definition();
    all.filter(move |(name, _)| definition.find_subcommand(name).is_none())
}

/// The words after `stockbook help`, without global options, which may come before or after it; `None` if
/// something else was typed.
pub(super) fn help_words(arguments: &[OsString]) -> Option<Vec<OsString>> {
    if !arguments.iter().any(|word| word == "help") {
        return None;
    }
    let definition = args::definition();
    let mut words: Vec<OsString> = arguments.first().cloned().into_iter().collect();
    let mut rest = arguments.iter().skip(1);
    while let Some(word) = rest.next() {
        match global_option(&definition, word) {
            Some(Value::Here) => {}
            Some(Value::Next) => {
                rest.next();
            }
            None if words.len() == 1 && word != "help" => return None,
            None => words.push(word.clone()),
        }
    }
    (words.len() > 1).then_some(words)
}

/// Where the value of an option is.
enum Value {
    /// Within the same word, if there is one.
    Here,
    /// In the next word.
    Next,
}

/// Whether a word is a global option, or several of one letter.
fn global_option(definition: &clap::Command, word: &OsString) -> Option<Value> {
    let word = word.to_str()?;
    let takes_next = |option: &clap::Arg| option.get_action().takes_values() && !option.is_require_equals_set();
    let mut globals = definition.get_arguments().filter(|option| option.is_global_set());
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
        let option = globals.find(|option| option.get_long() == Some(name))?;
        return Some(if value.is_none() && takes_next(option) { Value::Next } else { Value::Here });
    }
    let mut letters = word.strip_prefix('-')?.chars();
    loop {
        let letter = letters.next()?;
        let option = definition.get_arguments().find(|it| it.is_global_set() && it.get_short() == Some(letter))?;
        match (takes_next(option), letters.as_str().is_empty()) {
            (true, true) => return Some(Value::Next),
            (true, false) | (false, true) => return Some(Value::Here),
            (false, false) => {}
        }
    }
}

/// The text of a requested page, after the help of the command with the same name if there is one.
pub(super) fn page(help_words: &[OsString], screen: Screen) -> Option<String> {
    let [_, _, topic] = help_words else { return None };
    let asked = topic.to_str()?;
    let name = asked.trim_end_matches(|c: char| "(57)".contains(c)).trim_start_matches("stockbook-");
    let (_, source) = PAGES.iter().find(|(page, _)| *page == name)?;
    let mut definition = args::definition();
    definition.build();
    let help = definition.find_subcommand_mut(name).map(clap::Command::render_long_help);
    let help = help.map(|help| if screen.color { help.ansi().to_string() } else { help.to_string() });
    Some([help.map(|help| help + "\n\n").unwrap_or_default(), rendered(source, room(screen))].concat())
}

/// The width of a line that is easy to read.
const WIDEST: usize = 100;

fn room(screen: Screen) -> usize {
    screen.width.map_or(80, usize::from).clamp(20, WIDEST)
}

/// A page as shown on a terminal: text other than code and tables is wrapped, and links are replaced by their
/// text.
fn rendered(source: &str, room: usize) -> String {
    let mut text = String::new();
    let (mut is_literal, mut is_table) = (false, false);
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            is_literal = !is_literal;
            continue;
        }
        if is_literal {
            text.extend(["    ", line, "\n"]);
            continue;
        }
        let is_row = line.starts_with('|');
        if is_row && !is_table {
            // The heading of a table, and the line under it.
            lines.next();
        } else if is_row {
            let (term, meaning) = line.trim_matches('|').trim().split_once(" | ").unwrap_or((line, ""));
            add(&mut text, &plain(term), room);
            add(&mut text, &format!("      {}", plain(&meaning.replace(" | ", "  "))), room);
        } else if let Some(heading) = line.strip_prefix("## ") {
            add(&mut text, &heading.to_uppercase(), room);
        } else {
            add(&mut text, &plain(line.trim_start_matches('#').trim_start()), room);
        }
        is_table = is_row;
    }
    text
}

/// Adds a line, wrapped.
fn add(text: &mut String, line: &str, room: usize) {
    // Continuation lines are indented like the first one.
    let indent = line.len().saturating_sub(line.trim_start().len()).saturating_sub(2);
    let lead = " ".repeat(indent);
    let line = line.get(indent..).unwrap_or(line);
    for part in wrapped(line, room.saturating_sub(indent)) {
        let part = if line.starts_with([' ', '-']) { &*part } else { part.trim_start() };
        text.extend([lead.as_str(), part, "\n"]);
    }
}

/// A line without the marks of links and of strong words.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, from)) = rest.split_once('[') {
        let found = from.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1)));
        let (words, after) = found.filter(|(words, _)| !words.contains(['[', '`'])).unwrap_or(("[", from));
        text.extend([before, words]);
        rest = after;
    }
    (text + rest).replace("**", "")
}

#[test]
fn pages_are_wrapped_and_what_is_typed_stands_as_it_is() {
    let source = "# stockbook-x(7): a page\n\n## A heading\n\nSome **strong** words with a [link](https://a.b) and `[code]`.\n\n\
                  - an item that is longer than a line\n\n| A | B |\n|---|---|\n| `a` | what it means, at length |\n\n\
                  ```console\n$ stockbook holdings --all --as-of 2024-12-31\n```\n";
    let wanted = "stockbook-x(7): a page\n\nA HEADING\n\nSome strong words with a link\nand `[code]`.\n\n\
                  - an item that is longer than\n  a line\n\n`a`\n      what it means, at length\n\n    $ stockbook holdings --all --as-of 2024-12-31\n";
    assert_eq!(rendered(source, 30), wanted);
}

#[test]
fn options_of_all_commands_stand_anywhere_around_help() {
    let words = |line: &str| {
        let typed: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let words = help_words(&typed)?;
        Some(words.iter().filter_map(|word| word.to_str()).collect::<Vec<_>>().join(" "))
    };
    for line in [
        "s help tutorial",
        "s --no-pager help tutorial",
        "s help tutorial --no-pager",
        "s -qO json help --book=b.db tutorial -p main",
        "s --numbers help --color always tutorial",
    ] {
        assert_eq!(words(line).as_deref(), Some("s help tutorial"), "{line}");
    }
    assert_eq!(words("s help buy --nope").as_deref(), Some("s help buy --nope"));
    for line in ["s", "s buy help", "s --nope help", "s --no-pager", "s --book help buy"] {
        assert_eq!(words(line), None, "{line}");
    }
}
