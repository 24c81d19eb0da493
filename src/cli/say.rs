//! What is said to the user beside the result.

use std::io::{self, Write as _};

use super::output::printable;

/// Says a sentence to the user, on standard error.
pub(super) fn say(sentence: &str) {
    // Where standard error is closed there is nobody left to report to.
    let _ = writeln!(io::stderr(), "{}", printable(sentence));
}
