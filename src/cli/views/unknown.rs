//! Figures that are not shown, and why.

use crate::cli::say::say;
use crate::domain::{Day, Symbol};

/// Says why a figure that follows from a recorded price is missing.
pub(in crate::cli) fn say_too_long(figure: &str, symbol: &Symbol, price_date: Day) {
    let reason = "with the splits since counted, it has more than 18 digits before the point";
    say(&format!("warning: the {figure} of {symbol}, recorded on {price_date}, is not shown: {reason}"));
}
