//! Whether colours are used.

use std::io::IsTerminal;

use super::args::ColorChoice;

/// Whether escape sequences may be written to a stream: by the user's choice, or else judged by the
/// environment and the stream.
pub(super) fn shows_color(choice: Option<ColorChoice>, stream: &impl IsTerminal) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|set| set == value);
    match choice.unwrap_or(ColorChoice::Auto) {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if is_set("NO_COLOR") => false,
        ColorChoice::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        ColorChoice::Auto => stream.is_terminal() && !is("TERM", "dumb"),
    }
}
