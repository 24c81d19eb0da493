//! Recording rows that are exchange rates.

use super::bad_rows::{BadRows, FileFault};
use super::{ImportReceipt, ImportRequest, Observer};
use crate::app::AppError;
use crate::domain::{Currency, CurrencyPair, DayRate, Figure, excerpt};
use crate::formats::{Fault, RowFault, When};
use crate::store::UnitOfWork;

/// A rate and the row that states it. Files of rates are long but a row is small, so all are kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateRow {
    pub(super) pair: CurrencyPair,
    pub(super) rate: DayRate,
    /// The index of the file.
    pub(super) file: u64,
    pub(super) line: u64,
}

/// The currency pair and rate of a row. A rate may have any number of places and is rounded half to even at ten.
///
/// # Errors
/// If both currencies are the same, or the rate is not positive.
pub(super) fn to_rate(
    [base, quote]: [Currency; 2],
    rate: Figure,
    when: When,
) -> Result<(CurrencyPair, DayRate), Fault> {
    let pair = CurrencyPair::new(base, quote)?;
    Ok((pair, DayRate { date: when.day, rate: rate.rounded(10).try_into()? }))
}

/// Records the rates by pair and day unless the book has them; returns how many were recorded.
///
/// # Errors
/// If the book cannot be read or written, or if the user interrupts.
pub(super) fn record(
    unit: &mut UnitOfWork<'_>,
    request: &ImportRequest<'_>,
    (rates, total): (&[RateRow], u64),
    observer: &dyn Observer,
    faults: &mut BadRows,
) -> Result<ImportReceipt, AppError> {
    let mut receipt = ImportReceipt::default();
    let mut rows = rates.to_vec();
    rows.sort_unstable_by_key(|row| (row.pair, row.rate.date, row.file, row.line));
    let mut done = 0;
    for of_pair in rows.chunk_by(|one, next| one.pair == next.pair) {
        let [Some(first), Some(last)] = [of_pair.first(), of_pair.last()] else { continue };
        let recorded = unit.reader().rates().recorded(first.pair, first.rate.date, last.rate.date)?;
        let mut recorded = recorded.into_iter().peekable();
        let mut rates = unit.reader().rates().all()?;
        for of_day in of_pair.chunk_by(|one, next| one.rate.date == next.rate.date) {
            observer.advance(done, Some(total));
            done = done.saturating_add(1);
            if observer.is_interrupted() {
                return Err(AppError::Interrupted);
            }
            let Some((row, others)) = of_day.split_first() else { continue };
            for other in others {
                if other.rate == row.rate {
                    receipt.skip_duplicate();
                } else {
                    faults.add(conflicting(request, other, row));
                }
            }
            while recorded.next_if(|known| known.date < row.rate.date).is_some() {}
            let old = recorded.next_if(|known| known.date == row.rate.date).map(|known| known.rate);
            if old == Some(row.rate.rate) {
                receipt.skip_duplicate();
                continue;
            }
            rates.update(row.pair, row.rate, old);
            receipt.rates = receipt.rates.saturating_add(1);
            receipt.rates_replaced = receipt.rates_replaced.saturating_add(u64::from(old.is_some()));
        }
        unit.save(&mut rates)?;
    }
    if !rows.is_empty() {
        receipt.kinds.insert("rate", u64::try_from(rows.len()).unwrap_or(u64::MAX));
    }
    Ok(receipt)
}

fn conflicting(request: &ImportRequest<'_>, row: &RateRow, earlier: &RateRow) -> FileFault {
    let RateRow { pair, rate: DayRate { date, rate }, file: index, line } = *row;
    let (other, place) = (earlier.rate.rate, request.file_name(earlier.file));
    let message = format!("the rate of {pair} on {date} is {rate} here and {other} at {place}:{}", earlier.line);
    let hint = Some("keep one of the two".to_owned());
    let file = excerpt(&request.file_name(index));
    FileFault { index, file, fault: RowFault { line, code: "conflicting_rate", message, hint } }
}
