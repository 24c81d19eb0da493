//! The output of a command that records the same thing in each portfolio that holds a stock.

use crate::app::AppError;
use crate::cli::output::{Record, Value};
use crate::cli::receipt::Receipt;
use crate::cli::views::position;
use crate::domain::{PositionTotals, RematchedSale};

/// What was recorded in one portfolio.
pub(super) struct Part {
    /// The result as sentences.
    pub(super) sentences: Vec<String>,
    /// The result as members.
    pub(super) members: Record,
    /// Members that follow the events.
    pub(super) last: Record,
}

/// What was recorded in all portfolios combined.
pub(super) struct Combined {
    /// A sentence that replaces those of the parts.
    pub(super) sentence: Option<String>,
    /// Members whose values differ from those of the parts.
    pub(super) members: Record,
}

/// The receipt of the only part, or of all parts combined. A member of the combined receipt is `null` if the
/// parts differ and `combined` does not replace it.
pub(super) fn receipt(
    parts: Vec<Part>,
    combined: impl FnOnce() -> Result<Combined, AppError>,
    rematched: &[RematchedSale],
) -> Result<Receipt, AppError> {
    let with_last = |part: &Part| Record(part.members.0.iter().chain(&part.last.0).cloned().collect());
    let transactions = Value::List(parts.iter().map(with_last).collect());
    let receipt = match <[Part; 1]>::try_from(parts) {
        Ok([Part { sentences, members, last }]) => {
            let receipt = Receipt::new(sentences, members).rematched(rematched);
            last.0.into_iter().fold(receipt, |receipt, (name, value)| receipt.ending(name, value))
        }
        Err(parts) => combine(parts, combined()?, rematched),
    };
    Ok(receipt.ending("transactions", transactions))
}

fn combine(parts: Vec<Part>, combined: Combined, rematched: &[RematchedSale]) -> Receipt {
    let (mut sentences, mut rows) = (Vec::new(), Vec::new());
    let mut common: Option<Record> = None;
    let last = parts.first().map_or(Record(Vec::new()), |part| part.last.clone());
    for part in parts {
        if !rows.is_empty() {
            sentences.push(String::new());
        }
        sentences.extend(part.sentences);
        match &mut common {
            None => common = Some(part.members.clone()),
            Some(common) => {
                for ((_, value), (_, other)) in common.0.iter_mut().zip(&part.members.0) {
                    if value != other {
                        *value = Value::Null;
                    }
                }
            }
        }
        rows.push(part.members);
    }
    sentences.extend(combined.sentence.into_iter().flat_map(|sentence| [String::new(), sentence]));
    let mut members = common.unwrap_or(Record(Vec::new()));
    for (name, value) in &mut members.0 {
        if let Some((_, replacement)) = combined.members.0.iter().find(|(replaced, _)| replaced == name) {
            *value = replacement.clone();
        }
    }
    let receipt = Receipt::new(sentences, members).rows(rows).rematched(rematched);
    last.0.into_iter().fold(receipt, |receipt, (name, _)| receipt.ending(name, Value::Null))
}

/// Positions of one stock combined, as receipts show a position.
pub(super) fn positions<'p>(parts: impl Iterator<Item = &'p PositionTotals>) -> Result<Value, AppError> {
    let mut sum = PositionTotals::default();
    for totals in parts {
        sum.quantity = sum.quantity.plus(&totals.quantity)?;
        sum.cost_basis = sum.cost_basis.plus(totals.cost_basis)?;
    }
    Ok(Value::Object(position(&sum)))
}
