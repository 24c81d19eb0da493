//! The command that records a price.

use crate::app::{PriceAge, Returns};
use crate::domain::{Day, Symbol, shell_word};

/// The command that records a price of a stock, for today or for another day; the user replaces the word
/// `PRICE`.
pub(in crate::cli) fn price_command(symbol: &Symbol, day: Option<Day>) -> String {
    let day = day.map(|day| format!(" --date {day}")).unwrap_or_default();
    format!("stockbook update-price {} PRICE{day}", shell_word(symbol.as_str()))
}

/// How many symbols are listed individually.
const NAMED: usize = 5;

/// A sentence about the prices of stocks, with the command that records one for a day; `None` without stocks.
pub(in crate::cli) fn about_prices(what: &str, symbols: &[&Symbol], day: Option<Day>) -> Option<String> {
    let first = symbols.first()?;
    Some(format!("{what}: {}\n  record one: {}\n", named_with_more(symbols), price_command(first, day)))
}

/// The first symbols of a list, and how many more there are.
pub(super) fn named_with_more(symbols: &[&Symbol]) -> String {
    let named: Vec<&str> = symbols.iter().take(NAMED).map(|symbol| symbol.as_str()).collect();
    match symbols.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        rest => format!("{} and {rest} more", named.join(", ")),
    }
}

/// The words for stocks without a price.
pub(in crate::cli) const NOT_COUNTED: &str = "no price, so not counted";

/// A note about the prices of positions: those that are missing, and old ones.
pub(in crate::cli) fn what_prices_lack<'s>(
    ages: impl Iterator<Item = (&'s Symbol, PriceAge)>,
    day: Option<Day>,
) -> Option<String> {
    let (mut missing, mut old, mut oldest) = (Vec::new(), Vec::new(), None);
    for (symbol, age) in ages {
        let (list, date) = match age {
            PriceAge::Fresh => continue,
            PriceAge::Missing => (&mut missing, None),
            PriceAge::Old { date } | PriceAge::BeforeLastTrade { date, .. } => (&mut old, Some(date)),
        };
        if !list.contains(&symbol) {
            list.push(symbol);
        }
        oldest = oldest.into_iter().chain(date).min();
    }
    let warning = old.first().zip(oldest).map(|(first, oldest)| {
        let (named, command) = (named_with_more(&old), price_command(first, day));
        format!("warning: old prices, the oldest of {oldest}: {named}; record one: {command}\n")
    });
    let said: Vec<String> = about_prices(NOT_COUNTED, &missing, day).into_iter().chain(warning).collect();
    (!said.is_empty()).then(|| said.concat())
}

/// A note about old prices behind the last of some returns, if no stock can be named.
pub(in crate::cli) fn oldest_price<'r>(all: impl Iterator<Item = &'r Returns>, day: Option<Day>) -> Option<String> {
    let oldest = all.filter_map(|returns| match returns.price_age() {
        PriceAge::Old { date } | PriceAge::BeforeLastTrade { date, .. } => Some(date),
        PriceAge::Fresh | PriceAge::Missing => None,
    });
    let oldest = oldest.min()?;
    let day = day.map(|day| format!(" --as-of {day}")).unwrap_or_default();
    Some(format!("warning: old prices, the oldest of {oldest}: `stockbook holdings{day}` shows which\n"))
}
