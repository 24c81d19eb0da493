//! Completes commands that are offered to the user, so that they work when they are pasted.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use clap::Subcommand as _;

use super::args::{self, Typed};
use crate::domain::shell_word;

/// What an offered command must name to refer to the same book: the book, if it was typed. One from the
/// environment or the configuration file need not be named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offers {
    option: Option<String>,
}

/// Commands that use no book.
const WITHOUT_A_BOOK: [&str; 2] = ["formats", "help"];

impl Offers {
    pub(super) fn of(book: Option<&Path>, typed: Typed) -> Self {
        let book = book.filter(|_| typed == Typed::Here).and_then(Path::to_str);
        Self { option: book.map(|book| format!(" --book {}", shell_word(book))) }
    }

    /// A text whose commands, if there are any, name the book. A mention of a command without its required
    /// arguments is left alone.
    pub(super) fn named<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(option) = self.option.as_ref().filter(|_| text.contains(PROGRAM)) else { return Cow::Borrowed(text) };
        let mut named = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(PROGRAM) {
            let (before, from) = rest.split_at(at);
            let (program, after) = from.split_at(PROGRAM.len());
            named.push_str(before);
            named.push_str(program);
            let end = after.find([' ', '\n', '`', ';', ',']).unwrap_or(after.len());
            let (word, then) = after.split_at(end);
            let is_whole = !then.starts_with('`') || !NEEDING_MORE.contains(word);
            let is_offered = is_whole
                && args::Command::has_subcommand(word)
                && !WITHOUT_A_BOOK.contains(&word)
                && !then.starts_with(" --help");
            // Within another word it is not the program's name.
            let is_word = named.strip_suffix(PROGRAM).is_some_and(|it| it.is_empty() || it.ends_with([' ', '`', '\n']));
            if is_offered && is_word {
                named.pop();
                named.push_str(option);
                named.push(' ');
            }
            rest = after;
        }
        named.push_str(rest);
        Cow::Owned(named)
    }
}

/// The names of the commands that require arguments; collected once, because a report offers a command for
/// each stock.
static NEEDING_MORE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut definition = args::definition();
    definition.build();
    let needing = definition.get_subcommands().filter(|it| it.get_arguments().any(clap::Arg::is_required_set));
    needing.map(|command| command.get_name().to_owned()).collect()
});

/// The program's name, followed by a command.
const PROGRAM: &str = "stockbook ";

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> String {
        Offers::of(Some(Path::new("my books/b.db")), Typed::Here).named(text).into_owned()
    }

    #[test]
    fn commands_name_the_book_that_was_typed() {
        for (text, same) in [
            ("`stockbook check` shows more", "`stockbook --book 'my books/b.db' check` shows more"),
            (
                "  record one: stockbook update-price A PRICE; or `stockbook import`\n",
                "  record one: stockbook --book 'my books/b.db' update-price A PRICE; or `stockbook import`\n",
            ),
            ("stockbook add-stock A B", "stockbook --book 'my books/b.db' add-stock A B"),
        ] {
            assert_eq!(named(text), same);
        }
        for text in [
            "see `stockbook buy --help`",
            "see `stockbook --help`",
            "`stockbook formats` lists them",
            "the stockbook is a file",
            "my-stockbook buy",
            "`stockbook --book x.db check`",
            "",
        ] {
            assert_eq!(named(text), text);
        }
    }

    #[test]
    fn a_book_that_is_found_again_is_not_named() {
        let text = "`stockbook check` shows more";
        assert_eq!(Offers::of(Some(Path::new("b.db")), Typed::Elsewhere).named(text), text);
        assert_eq!(Offers::of(None, Typed::Here).named(text), text);
    }
}
