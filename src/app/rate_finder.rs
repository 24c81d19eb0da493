//! Finds the rate for a day, by one rule for everything that needs a rate.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::AppError;
use crate::domain::{CalendarPeriod, CalendarUnit, Currency, CurrencyPair, Day, DayRate, FoundRate, find_rate};
use crate::store::Reader;

/// Finds rates among those that are recorded. The rates of a pair are read a year at a time, because adjacent
/// days are usually needed soon after.
pub(super) struct RateFinder<'b> {
    reader: Reader<'b>,
    /// The currencies to which each currency has a rate.
    neighbours: BTreeMap<Currency, BTreeSet<Currency>>,
    years: RefCell<HashMap<(CurrencyPair, i32), Vec<DayRate>>>,
}

impl<'b> RateFinder<'b> {
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn new(reader: Reader<'b>) -> Result<Self, AppError> {
        let mut neighbours: BTreeMap<Currency, BTreeSet<Currency>> = BTreeMap::new();
        for pair in reader.rates().pairs()? {
            neighbours.entry(pair.base()).or_default().insert(pair.quote());
            neighbours.entry(pair.quote()).or_default().insert(pair.base());
        }
        Ok(Self { reader, neighbours, years: RefCell::default() })
    }

    /// The rate of a pair on a day, from recorded ones that are at most `max_age` days old.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn find(&self, pair: CurrencyPair, day: Day, max_age: u16) -> Result<Option<FoundRate>, AppError> {
        let oldest = day.days_before(max_age);
        find_rate(pair, &self.commons(pair), &mut |pair| self.latest(pair, oldest, day))
    }

    /// The currencies to which both currencies of a pair have a rate, the euro first.
    fn commons(&self, pair: CurrencyPair) -> Vec<Currency> {
        let of = |currency| self.neighbours.get(&currency);
        let Some((one, other)) = of(pair.base()).zip(of(pair.quote())) else { return Vec::new() };
        let mut commons: Vec<Currency> = one.intersection(other).copied().collect();
        commons.sort_by_key(|currency| (*currency != Currency::EUR, *currency));
        commons
    }

    fn latest(&self, pair: CurrencyPair, oldest: Day, day: Day) -> Result<Option<DayRate>, AppError> {
        if !self.neighbours.get(&pair.base()).is_some_and(|others| others.contains(&pair.quote())) {
            return Ok(None);
        }
        let mut until = day;
        loop {
            let year = CalendarPeriod::of(until, CalendarUnit::Year);
            let mut years = self.years.borrow_mut();
            let rates = match years.entry((pair, until.year())) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(open) => {
                    open.insert(self.reader.rates().recorded(pair, year.first(), year.last())?)
                }
            };
            let past = rates.partition_point(|rate| rate.date <= day);
            if let Some(rate) = past.checked_sub(1).and_then(|at| rates.get(at)) {
                return Ok(Some(*rate).filter(|rate| rate.date >= oldest));
            }
            match year.first().previous() {
                Some(before) if before >= oldest => until = before,
                Some(_) | None => return Ok(None),
            }
        }
    }
}
