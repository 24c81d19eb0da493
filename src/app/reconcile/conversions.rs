//! Stocks of which shares of others may have come.

use std::collections::BTreeMap;

use super::Key;
use super::causes::{Explanation, MissingEntry, Sides, added, nearly};
use super::request::ReconcileRequest;
use crate::domain::{ConversionRatio, CostShare, Figure, Quantity, Symbol, shell_word};

/// The exchanges and spin-offs that explain the numbers of shares on both sides, and what they cost, for each stock
/// that they would touch.
pub(super) fn conversions(sides: &BTreeMap<Key, Sides>, request: &ReconcileRequest<'_>) -> BTreeMap<Key, Explanation> {
    let is_gone = |sides: &Sides| sides.file_quantity.is_zero() && is_positive(sides.book_quantity);
    let came = |sides: &Sides| sides.difference().ok().filter(|more| is_positive(*more) && *more > request.tolerance);
    let mut found = BTreeMap::new();
    for (new_key, new) in sides {
        let Some(more) = came(new) else { continue };
        let beside = |key: &Key, old: &Sides| {
            key != new_key
                && key.0 == new_key.0
                && is_positive(old.book_quantity)
                && (new.currency.is_none() || new.currency == old.currency)
        };
        let old = sides.iter().filter(|(key, old)| beside(key, old));
        let gone: Vec<_> = old.clone().filter(|(_, old)| is_gone(old)).collect();
        let is_alone = gone.len() == 1 && sides.values().filter(|sides| came(sides).is_some()).count() == 1;
        let exchange = gone.into_iter().find_map(|(key, old)| {
            let (ratio, is_short) = ratio(more, old.book_quantity)?;
            let fits = match new.more_cost() {
                Some(cost) => nearly(cost, old.book_cost),
                None => is_alone && is_short,
            };
            let (symbol, new_symbol) = (key.1.clone(), new_key.1.clone());
            fits.then_some((key, old, MissingEntry::Exchange { symbol, new_symbol, ratio }))
        });
        let spin_off = || {
            old.clone().filter(|(_, old)| !is_gone(old)).find_map(|(key, old)| {
                let (ratio, is_short) = ratio(more, old.book_quantity)?;
                let agrees = old.difference().ok()?.abs() <= request.tolerance;
                let (cost, less) = (new.more_cost()?, old.book_cost.minus(old.file_cost?).ok()?);
                if !agrees || !is_short || !is_positive(Figure::from(less)) || !nearly(cost, less) {
                    return None;
                }
                let share = Figure::from(cost).times(Figure::HUNDRED).ok()?.over(old.book_cost.into())?.ok()?;
                let cost_share: CostShare = share.to_string().parse().ok()?;
                let (symbol, new_symbol) = (key.1.clone(), new_key.1.clone());
                Some((key, old, MissingEntry::SpinOff { symbol, new_symbol, ratio, cost_share }))
            })
        };
        if let Some((old_key, old, entry)) = exchange.or_else(spin_off) {
            let commands = commands(&entry, (new, &new_key.1), old, request);
            let explanation = Explanation { entries: vec![entry], commands };
            if is_gone(old) {
                found.insert(old_key.clone(), explanation.clone());
            }
            found.insert(new_key.clone(), explanation);
        }
    }
    found
}

fn commands(
    entry: &MissingEntry,
    (new, new_symbol): (&Sides, &Symbol),
    old: &Sides,
    request: &ReconcileRequest<'_>,
) -> Vec<String> {
    let word = |symbol: &Symbol| shell_word(symbol.as_str());
    let what = match entry {
        MissingEntry::Exchange { symbol, new_symbol, ratio } => {
            format!("exchange {} {} {ratio}", word(symbol), word(new_symbol))
        }
        MissingEntry::SpinOff { symbol, new_symbol, ratio, cost_share } => {
            format!("spin-off {} {} {ratio} --cost-share {cost_share}", word(symbol), word(new_symbol))
        }
        MissingEntry::Split { .. }
        | MissingEntry::Reinvestment(_)
        | MissingEntry::Purchase(_)
        | MissingEntry::Sale(_)
        | MissingEntry::Fraction(_) => return Vec::new(),
    };
    let holder = old.holders.first().map_or(String::new(), |name| format!(" -p {}", shell_word(name.as_str())));
    let mut commands: Vec<String> = added(new, new_symbol, old.currency).into_iter().collect();
    commands.push(format!("stockbook {what} --date {}{holder}", request.date));
    commands
}

/// In lowest terms, and whether these are few.
fn ratio(new: Figure, old: Figure) -> Option<(ConversionRatio, bool)> {
    let (new_shares, old_shares) = (Quantity::try_from(new).ok()?, Quantity::try_from(old).ok()?);
    let told = ConversionRatio { new_shares, old_shares };
    let lowest: ConversionRatio = told.ratio().to_string().parse().unwrap_or(told);
    // A company would name such a one.
    let is_short = [lowest.new_shares, lowest.old_shares].into_iter().all(|term| Figure::from(term) <= Figure::HUNDRED);
    Some((lowest, is_short))
}

fn is_positive(figure: Figure) -> bool {
    !figure.is_negative() && !figure.is_zero()
}
