//! Why figures of returns are missing, and what the displayed ones exclude.

use std::collections::HashMap;

use super::price_command::{about_prices, named_with_more, price_command};
use crate::app::Returns;
use crate::domain::{Day, Symbol};

/// A row of a table of returns: its title, its returns, and why a figure is missing.
pub(in crate::cli) struct RowOfReturns<'r> {
    pub(in crate::cli) title: String,
    pub(in crate::cli) returns: &'r Returns,
    pub(in crate::cli) reason: Option<String>,
}

/// Each reason for a gap once, with all the rows to which it applies; then the stocks that sums exclude; then
/// the stocks whose price is missing, with the command that records one.
pub(in crate::cli) fn gaps(rows: &[RowOfReturns<'_>], today: Day) -> String {
    let unpriced = unpriced(rows.iter().map(|row| row.returns));
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows {
        let title = titled(row, rows);
        let reason = row.reason.clone().filter(|_| row.returns.unknown.is_empty());
        let without = without(row.returns, &unpriced, today);
        for reason in [reason, without].into_iter().flatten() {
            match reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, titles)) if titles.contains(&title) => {}
                Some((_, titles)) => titles.push(title.clone()),
                None => reasons.push((reason, vec![title.clone()])),
            }
        }
    }
    let lines = reasons.into_iter().map(|(reason, titles)| format!("{}: {reason}\n", titles.join(", ")));
    lines.chain(about_unpriced(&unpriced, today)).collect()
}

/// The title of a row, with its currency if another one has the same.
fn titled(row: &RowOfReturns<'_>, rows: &[RowOfReturns<'_>]) -> String {
    let is_twin = |other: &RowOfReturns<'_>| other.title == row.title && other.returns.currency != row.returns.currency;
    if rows.iter().any(is_twin) { format!("{} {}", row.title, row.returns.currency) } else { row.title.clone() }
}

/// The stocks because of which rows are empty, each with the first day on which its value is unknown.
pub(in crate::cli) fn unpriced<'r>(all: impl Iterator<Item = &'r Returns>) -> Vec<(&'r Symbol, Day)> {
    let (mut found, mut places): (Vec<(&Symbol, Day)>, HashMap<&Symbol, usize>) = Default::default();
    for (symbol, day) in all.flat_map(|returns| &returns.unknown) {
        let place = *places.entry(symbol).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, first)) => *first = (*first).min(*day),
            None => found.push((symbol, *day)),
        }
    }
    found
}

fn about_unpriced(unpriced: &[(&Symbol, Day)], today: Day) -> Option<String> {
    let (_, day) = *unpriced.first()?;
    let when = if unpriced.iter().any(|(_, other)| *other != day) {
        "no price on some of these days".to_owned()
    } else if day == today {
        "no price".to_owned()
    } else {
        format!("no price on {day} or before")
    };
    let symbols: Vec<&Symbol> = unpriced.iter().map(|(symbol, _)| *symbol).collect();
    about_prices(&format!("{when}, so no value"), &symbols, Some(day).filter(|day| *day != today))
}

/// The stocks that the sums of a row exclude because a value is unknown, with the command that records a
/// price unless they are among `unpriced`.
fn without(returns: &Returns, unpriced: &[(&Symbol, Day)], today: Day) -> Option<String> {
    let (first, day) = returns.left_out.first()?;
    let symbols: Vec<&Symbol> = returns.left_out.iter().map(|(symbol, _)| symbol).collect();
    let said = format!("without {}, whose value is not known", named_with_more(&symbols));
    if unpriced.iter().any(|(symbol, of)| *symbol == first && of == day) {
        return Some(said);
    }
    let command = price_command(first, Some(*day).filter(|day| *day != today));
    Some(format!("{said}; record a price: {command}"))
}
