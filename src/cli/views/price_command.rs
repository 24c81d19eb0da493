//! The command that records a price.

use crate::domain::{Symbol, shell_word};

/// The command that records a price of a stock; the word at its end is to be replaced.
pub(in crate::cli) fn price_command(symbol: &Symbol) -> String {
    format!("stockbook update-price {} PRICE", shell_word(symbol.as_str()))
}

/// Symbols that are named one by one.
const NAMED: usize = 5;

/// A sentence about the prices of stocks, with the command that records one; none without stocks.
pub(in crate::cli) fn about_prices(what: &str, symbols: &[&Symbol]) -> Option<String> {
    let first = symbols.first()?;
    let named: Vec<&str> = symbols.iter().take(NAMED).map(|symbol| symbol.as_str()).collect();
    let rest = symbols.len().saturating_sub(NAMED);
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    Some(format!("{what}: {}{more}\n  record one: {}\n", named.join(", "), price_command(first)))
}

/// What is said of stocks that have no price.
pub(in crate::cli) const NOT_COUNTED: &str = "no price, so not counted";
