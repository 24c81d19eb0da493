//! Reports in one currency.

mod settlements;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use hashbrown::HashMap;

use crate::app::rate_finder::RateFinder;
use crate::app::{AppError, MissingRate, MissingRates};
use crate::domain::{Currency, CurrencyPair, Day, FineAmount, FoundRate, Money, RateWay, TooLarge, TransactionId};
use crate::store::Reader;
use settlements::Settlements;

/// The currency of a report, and the maximum age of rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    /// The currency.
    pub into: Currency,
    /// The number of days by which a rate may be older than the day for which it is used.
    pub max_rate_age: u16,
}

impl Conversion {
    /// The default of [`max_rate_age`](Self::max_rate_age).
    pub const MAX_RATE_AGE: u16 = 7;
}

/// How a converted gain divides into the effects of price and currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignGain {
    /// The currency in which the shares were traded; `None` if there are several.
    pub original_currency: Option<Currency>,
    /// The part of the gain due to the price.
    pub price_gain: Money,
    /// The part due to the currency: the original cost at the final rate, less the converted cost.
    pub currency_gain: Money,
}

impl ForeignGain {
    /// Divides a gain into its parts.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub(super) fn new(
        original_currency: Option<Currency>,
        gain: Money,
        currency_gain: Money,
    ) -> Result<Self, TooLarge> {
        Ok(Self { original_currency, price_gain: gain.minus(currency_gain)?, currency_gain })
    }

    /// The sum of both.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        Ok(Self {
            original_currency: self.original_currency.filter(|it| Some(*it) == other.original_currency),
            price_gain: self.price_gain.plus(other.price_gain)?,
            currency_gain: self.currency_gain.plus(other.currency_gain)?,
        })
    }
}

/// The days of the recorded rates with which a currency was converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedRates {
    /// The currency.
    pub currency: Currency,
    /// The earliest.
    pub first: Day,
    /// The latest.
    pub last: Day,
}

/// A rate as a report used it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateUse {
    /// The currency that was converted.
    pub currency: Currency,
    /// The day for which the rate was used.
    pub day: Day,
    /// The transaction, if the rate is that of its settlement.
    pub transaction_id: Option<TransactionId>,
    /// The rate.
    pub rate: FoundRate,
}

impl UsedRates {
    /// Combines those of several parts of a report.
    pub(super) fn merged(parts: impl IntoIterator<Item = Vec<Self>>) -> Vec<Self> {
        let mut all: BTreeMap<Currency, Self> = BTreeMap::new();
        for used in parts.into_iter().flatten() {
            let of = all.entry(used.currency).or_insert(used);
            (of.first, of.last) = (of.first.min(used.first), of.last.max(used.last));
        }
        all.into_values().collect()
    }
}

/// The rates that have been looked up, by currency and day; `None` if there is none.
type KnownRates = HashMap<(Currency, Day), Option<Rc<FoundRate>>>;

/// Finds the rates that a report needs, each once. Missing ones are noted, and the report continues with a
/// substitute, so that [`Self::conclude`] can refuse it with a list of all the rates that it needs.
pub(super) struct Converter<'b> {
    conversion: Conversion,
    finder: RateFinder<'b>,
    settlements: Settlements<'b>,
    rates: RefCell<KnownRates>,
    /// For each currency, the first day without a rate, and how many figures need one.
    missing: RefCell<BTreeMap<Currency, (Day, u64)>>,
    used: RefCell<BTreeMap<Currency, UsedRates>>,
    /// The rates of settlements in the currency of the report, by transaction.
    settled: RefCell<HashMap<TransactionId, RateUse>>,
}

impl<'b> Converter<'b> {
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn new(reader: Reader<'b>, conversion: Conversion) -> Result<Self, AppError> {
        let (finder, settlements) = (RateFinder::new(reader)?, Settlements::new(reader, conversion.into));
        let (rates, missing) = (RefCell::default(), RefCell::default());
        let (used, settled) = (RefCell::default(), RefCell::default());
        Ok(Self { conversion, finder, settlements, rates, missing, used, settled })
    }

    /// The currency of the report.
    pub(super) fn currency(&self) -> Currency {
        self.conversion.into
    }

    /// Announces that the rates of this many transactions will be needed.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn expect(&self, transactions: usize) -> Result<(), AppError> {
        Ok(self.settlements.expect(transactions)?)
    }

    /// Whether a transaction was settled in the currency of the report.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn is_settled(&self, id: TransactionId) -> Result<bool, AppError> {
        Ok(self.settlements.of(id)?.is_some())
    }

    /// The rate of a currency on a day. If there is none, notes that and returns a substitute.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn rate(&self, from: Currency, day: Day) -> Result<Rc<FoundRate>, AppError> {
        let found = self.find(from, day)?;
        Ok(self.or_noted(found, from, day))
    }

    /// Notes that a figure needs a rate that is missing.
    pub(super) fn note_missing(&self, from: Currency, day: Day) {
        let mut missing = self.missing.borrow_mut();
        let (first, figures) = missing.entry(from).or_insert((day, 0));
        (*first, *figures) = (day.min(*first), figures.saturating_add(1));
    }

    fn or_noted(&self, found: Option<Rc<FoundRate>>, from: Currency, day: Day) -> Rc<FoundRate> {
        found.unwrap_or_else(|| {
            self.note_missing(from, day);
            Rc::new(FoundRate::same(day))
        })
    }

    /// The rate of a currency on a day, if there is one.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn find(&self, from: Currency, day: Day) -> Result<Option<Rc<FoundRate>>, AppError> {
        if let Some(known) = self.rates.borrow().get(&(from, day)) {
            return Ok(known.clone());
        }
        let found = match CurrencyPair::new(from, self.conversion.into) {
            // The rate of a currency to itself is 1.
            Err(_) => Some(FoundRate::same(day)),
            Ok(pair) => self.finder.find(pair, day, self.conversion.max_rate_age)?,
        };
        let found = found.map(Rc::new);
        if let Some(rate) = found.as_ref().filter(|rate| rate.way != RateWay::Same) {
            let mut used = self.used.borrow_mut();
            let of = used.entry(from).or_insert(UsedRates { currency: from, first: rate.date, last: rate.date });
            (of.first, of.last) = (of.first.min(rate.date), of.last.max(rate.date));
        }
        self.rates.borrow_mut().insert((from, day), found.clone());
        Ok(found)
    }

    /// The rate of a transaction: that of its settlement, if it was settled in the report's currency, or else
    /// that of its day. If there is none, notes that and returns a substitute.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn rate_of(&self, id: TransactionId, from: Currency, day: Day) -> Result<Rc<FoundRate>, AppError> {
        let found = self.find_of(id, from, day)?;
        Ok(self.or_noted(found, from, day))
    }

    /// Like [`Self::rate_of`]; `None` if there is no rate.
    ///
    /// # Errors
    /// If the book cannot be read.
    pub(super) fn find_of(
        &self,
        id: TransactionId,
        from: Currency,
        day: Day,
    ) -> Result<Option<Rc<FoundRate>>, AppError> {
        let settlement = self.settlements.of(id)?;
        match settlement.and_then(|it| FoundRate::settled(it.cash, it.amount, day)) {
            Some(rate) => {
                let used = RateUse { currency: from, day, transaction_id: Some(id), rate: rate.clone() };
                self.settled.borrow_mut().insert(id, used);
                Ok(Some(Rc::new(rate)))
            }
            None => self.find(from, day),
        }
    }

    /// The rates that were used, by day.
    pub(super) fn trail(&self) -> Vec<RateUse> {
        let rates = self.rates.borrow();
        let found = rates.iter().filter_map(|((currency, day), rate)| {
            let rate = FoundRate::clone(rate.as_ref()?);
            Some(RateUse { currency: *currency, day: *day, transaction_id: None, rate })
        });
        let mut uses: Vec<RateUse> = self.settled.borrow().values().cloned().chain(found).collect();
        uses.retain(|used| used.rate.way != RateWay::Same);
        uses.sort_by_key(|used| (used.day, used.currency, used.transaction_id));
        uses
    }

    /// The days of the rates that were used, by currency.
    ///
    /// # Errors
    /// [`AppError::NoRate`] if a rate was missing, with the pair, the first day and how many figures need it.
    pub(super) fn conclude(self) -> Result<Vec<UsedRates>, AppError> {
        let missing = self.missing.into_inner().into_iter();
        let mut missing = missing.map(|(from, (day, figures))| MissingRate { from, day, figures });
        let Some(first) = missing.next() else { return Ok(self.used.into_inner().into_values().collect()) };
        let Conversion { into, max_rate_age } = self.conversion;
        let latest = match CurrencyPair::new(first.from, into) {
            Ok(pair) => self.finder.find(pair, first.day, u16::MAX)?.map(|rate| rate.date),
            Err(_) => None,
        };
        let others = missing.collect();
        Err(AppError::NoRate(Box::new(MissingRates { into, max_rate_age, first, others, latest })))
    }
}

/// Rounds the parts of a whole so that they add up to the rounded whole: the last part gets the rest.
///
/// # Errors
/// If a figure has more digits than a book can hold.
pub(super) fn shown_parts(parts: &[FineAmount]) -> Result<Vec<Money>, TooLarge> {
    let Some((_, others)) = parts.split_last() else { return Ok(Vec::new()) };
    let mut shown = others.iter().map(FineAmount::rounded).collect::<Result<Vec<_>, _>>()?;
    let rest = shown.iter().try_fold(FineAmount::sum(parts).rounded()?, |left, part| left.minus(*part))?;
    shown.push(rest);
    Ok(shown)
}
