//! The command that records a price.

use crate::app::{PriceAge, Returns};
use crate::domain::{Day, Symbol, shell_word};

/// The command that records a price of a stock, of today or of another day; the word `PRICE` is to be replaced.
pub(in crate::cli) fn price_command(symbol: &Symbol, day: Option<Day>) -> String {
    let day = day.map(|day| format!(" --date {day}")).unwrap_or_default();
    format!("stockbook update-price {} PRICE{day}", shell_word(symbol.as_str()))
}

/// How many symbols are listed individually.
const NAMED: usize = 5;

/// A sentence about the prices of stocks, with the command that records one of a day; none without stocks.
pub(in crate::cli) fn about_prices(what: &str, symbols: &[&Symbol], day: Option<Day>) -> Option<String> {
    let first = symbols.first()?;
    let named: Vec<&str> = symbols.iter().take(NAMED).map(|symbol| symbol.as_str()).collect();
    let rest = symbols.len().saturating_sub(NAMED);
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    Some(format!("{what}: {}{more}\n  record one: {}\n", named.join(", "), price_command(first, day)))
}

/// What is said about stocks without a price.
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
        let named: Vec<&str> = old.iter().take(NAMED).map(|symbol| symbol.as_str()).collect();
        let rest = old.len().saturating_sub(NAMED);
        let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
        let command = price_command(first, day);
        format!("warning: old prices, the oldest of {oldest}: {}{more}; record one: {command}\n", named.join(", "))
    });
    let said: Vec<String> = about_prices(NOT_COUNTED, &missing, day).into_iter().chain(warning).collect();
    (!said.is_empty()).then(|| said.concat())
}

/// Which stocks are not in the sums of a return, since a value of theirs is not known, with the command that records
/// it; none if there are none.
pub(in crate::cli) fn without(returns: &Returns, today: Day) -> Option<String> {
    let (first, day) = returns.left_out.first()?;
    let names: Vec<&str> = returns.left_out.iter().map(|(symbol, _)| symbol.as_str()).collect();
    let command = price_command(first, Some(*day).filter(|day| *day != today));
    Some(format!("without {}, whose value is not known; record a price: {command}", names.join(", ")))
}
