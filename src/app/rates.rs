//! Recording and removing exchange rates.

use super::AppError;
use crate::domain::{CurrencyPair, Day, DayRate, ExchangeRate};
use crate::store::{Reader, UnitOfWork};

/// Records the rate of a day; returns the former rate of that day.
///
/// # Errors
/// If the book cannot be read or written.
pub fn update_rate(
    unit: &mut UnitOfWork<'_>,
    pair: CurrencyPair,
    new: DayRate,
) -> Result<Option<ExchangeRate>, AppError> {
    let old = unit.reader().rates().latest(pair, new.date, new.date)?.map(|old| old.rate);
    let mut rates = unit.reader().rates().all()?;
    rates.update(pair, new, old);
    unit.save(&mut rates)?;
    Ok(old)
}

/// Removes the recorded rates of a pair in a period. If there are none, nothing is recorded.
///
/// # Errors
/// If the book cannot be read or written.
pub fn remove_rates(unit: &mut UnitOfWork<'_>, pair: CurrencyPair, days: [Day; 2]) -> Result<Vec<DayRate>, AppError> {
    let [from, to] = days;
    let recorded = unit.reader().rates().recorded(pair, from, to)?;
    let mut rates = unit.reader().rates().all()?;
    for rate in &recorded {
        rates.remove(pair, *rate);
    }
    unit.save(&mut rates)?;
    Ok(recorded)
}

/// A rate in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedRate {
    /// The pair.
    pub pair: CurrencyPair,
    /// The rate and its day.
    pub rate: DayRate,
    /// The rate before it.
    pub previous: Option<ExchangeRate>,
}

/// The rates of a pair in a period, by day; without a pair, the last rate of each pair in that period.
///
/// # Errors
/// If the book cannot be read.
pub fn rates(
    reader: Reader<'_>,
    pair: Option<CurrencyPair>,
    [from, to]: [Day; 2],
) -> Result<Vec<ListedRate>, AppError> {
    let mut listed = Vec::new();
    if let Some(pair) = pair {
        let before =
            from.previous().map(|before| reader.rates().latest(pair, Day::FIRST, before)).transpose()?.flatten();
        let mut previous = before.map(|before| before.rate);
        for rate in reader.rates().recorded(pair, from, to)? {
            listed.push(ListedRate { pair, rate, previous });
            previous = Some(rate.rate);
        }
        return Ok(listed);
    }
    for pair in reader.rates().pairs()? {
        let Some(rate) = reader.rates().latest(pair, from, to)? else { continue };
        let before = rate.date.previous().map(|before| reader.rates().latest(pair, Day::FIRST, before));
        let previous = before.transpose()?.flatten().map(|before| before.rate);
        listed.push(ListedRate { pair, rate, previous });
    }
    Ok(listed)
}
