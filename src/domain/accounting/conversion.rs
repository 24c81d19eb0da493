//! Converts amounts of one currency to another.
#![expect(clippy::arithmetic_side_effects, reason = "whole numbers of any length never overflow; no divisor is 0")]

use num_bigint::{BigInt, Sign};

use crate::domain::fraction::Fraction;
use crate::domain::{Currency, CurrencyPair, Day, DayRate, Figure, Money, Percentage, Shares, TooLarge};

/// A rate found for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRate {
    factor: Fraction,
    /// The day of the recorded rate; for a cross rate, that of the older one.
    pub date: Day,
    /// How it was found.
    pub way: RateWay,
    /// The recorded rates that it is computed from: none, one, or two.
    pub recorded: Vec<(CurrencyPair, DayRate)>,
}

/// How a rate was found. Among rates of the same day, the first of these wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateWay {
    /// Both are the same currency.
    Same,
    /// The transaction has a settlement amount in the other currency.
    Settled,
    /// As it was recorded.
    Direct,
    /// The rate of the other direction was recorded.
    Inverse,
    /// Both currencies have a rate to this one.
    Through(Currency),
}

impl FoundRate {
    /// The rate of a currency to itself.
    #[must_use]
    pub fn same(day: Day) -> Self {
        Self { factor: Fraction::from(1), date: day, way: RateWay::Same, recorded: Vec::new() }
    }

    /// The rate between a settlement amount and a total in the stock's currency; `None` for a total of
    /// 0.
    #[must_use]
    pub fn settled(settled: Money, total: Money, day: Day) -> Option<Self> {
        let [settled, whole] = [settled, total].map(|amount| Fraction::of_decimal(amount.decimal()));
        let factor = settled.over(&whole);
        (!total.is_zero()).then_some(Self { factor, date: day, way: RateWay::Settled, recorded: Vec::new() })
    }

    /// The change since another rate of the currency, in percent; `None` if that has too many digits.
    #[must_use]
    pub fn change_from(&self, old: &Self) -> Option<Percentage> {
        let (one, factor) = (Money::from(Figure::ONE), self.factor.over(&old.factor));
        let ratio = Self { factor, ..self.clone() };
        let gained = FineAmount::of(one).times(&ratio).minus(&FineAmount::of(one)).rounded().ok()?;
        gained.percentage_of(one)?.ok()
    }

    /// The rate for display, rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn shown(&self) -> Result<Figure, TooLarge> {
        FineAmount::of(Money::from(Figure::ONE)).times(self).rounded().map(Figure::from)
    }
}

/// The rate of a pair: the most recent of the direct one, the inverse, and cross rates through one of
/// the currencies in `commons`; on the same day, the first in this order. `latest` returns the latest
/// recorded rate of a pair.
///
/// # Errors
/// Whatever error `latest` returns.
pub fn find_rate<E>(
    pair: CurrencyPair,
    commons: &[Currency],
    latest: &mut dyn FnMut(CurrencyPair) -> Result<Option<DayRate>, E>,
) -> Result<Option<FoundRate>, E> {
    let mut best = leg(pair, latest)?;
    for common in commons {
        let legs = CurrencyPair::new(pair.base(), *common).and_then(|one| {
            let other = CurrencyPair::new(*common, pair.quote())?;
            Ok((one, other))
        });
        let Ok((one, other)) = legs else { continue };
        let Some(one) = leg(one, latest)? else { continue };
        let date = one.date;
        if best.as_ref().is_some_and(|best| best.date >= date) {
            continue;
        }
        let Some(other) = leg(other, latest)? else { continue };
        let date = date.min(other.date);
        if best.as_ref().is_none_or(|best| best.date < date) {
            let factor = one.factor.times(&other.factor);
            let recorded = one.recorded.into_iter().chain(other.recorded).collect();
            best = Some(FoundRate { factor, date, way: RateWay::Through(*common), recorded });
        }
    }
    Ok(best)
}

/// The more recent of the direct rate and the inverse.
fn leg<E>(
    pair: CurrencyPair,
    latest: &mut dyn FnMut(CurrencyPair) -> Result<Option<DayRate>, E>,
) -> Result<Option<FoundRate>, E> {
    let (direct, inverse) = (latest(pair)?, latest(pair.inverse())?);
    let found = |way, factor, of: CurrencyPair, rate: DayRate| FoundRate {
        factor,
        date: rate.date,
        way,
        recorded: vec![(of, rate)],
    };
    let number = |rate: DayRate| Fraction::of_decimal(rate.rate.decimal());
    let direct = direct.map(|rate| found(RateWay::Direct, number(rate), pair, rate));
    let inverse =
        inverse.map(|rate| found(RateWay::Inverse, Fraction::from(1).over(&number(rate)), pair.inverse(), rate));
    Ok(match (direct, inverse) {
        (Some(direct), Some(inverse)) if inverse.date > direct.date => Some(inverse),
        (Some(direct), _) => Some(direct),
        (None, inverse) => inverse,
    })
}

/// An unrounded amount: exact, or accurate to sixty places, so that sums of any length are accurate to
/// ten. Fractions would grow with every rate that a sum contains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FineAmount(BigInt);

impl FineAmount {
    /// Decimal places that are kept.
    const PLACES: u32 = 60;
    /// An amount that is exact at fewer than this many places is exact again after any number of
    /// roundings.
    const SURE: u32 = 50;
    /// Decimal places of the rounded amount.
    const SHOWN: u32 = 10;

    /// An exact amount.
    #[must_use]
    pub fn of(amount: Money) -> Self {
        let decimal = amount.decimal();
        // A decimal has at most 28 places.
        let more = Self::PLACES.saturating_sub(decimal.scale());
        Self(BigInt::from(decimal.mantissa()) * power_of_ten(more))
    }

    /// Converts the amount by a rate.
    #[must_use]
    pub fn times(&self, rate: &FoundRate) -> Self {
        Self(quotient(&(&self.0 * rate.factor.numerator()), rate.factor.denominator()))
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// The part of it that `shares` have of the shares `of`; all of it if those are zero.
    #[must_use]
    pub fn part(&self, shares: &Shares, of: &Shares) -> Self {
        if of.is_zero() {
            return self.clone();
        }
        let part = shares.fraction().over(&of.fraction());
        Self(quotient(&(&self.0 * part.numerator()), part.denominator()))
    }

    /// The fraction `part ÷ of` of it; zero if `of` is 0.
    #[must_use]
    pub fn share(&self, part: Money, of: Money) -> Self {
        let share = Fraction::of_decimal(part.decimal()).over(&Fraction::of_decimal(of.decimal()));
        Self(quotient(&(&self.0 * share.numerator()), share.denominator()))
    }

    /// Rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn rounded(&self) -> Result<Money, TooLarge> {
        let sure = quotient(&self.0, &power_of_ten(Self::PLACES.saturating_sub(Self::SURE)));
        let shown = quotient(&sure, &power_of_ten(Self::SURE.saturating_sub(Self::SHOWN)));
        let digits = i128::try_from(shown).map_err(|_| TooLarge)?;
        Figure::of_digits(digits, Self::SHOWN).map(Money::from)
    }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// The quotient by a divisor greater than 0, rounded half to even.
fn quotient(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    let twice = rest.magnitude() * 2_u32;
    let is_away = match twice.cmp(denominator.magnitude()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole.bit(0),
        std::cmp::Ordering::Greater => true,
    };
    match (is_away, numerator.sign()) {
        (false, _) | (true, Sign::NoSign) => whole,
        (true, Sign::Plus) => whole + 1,
        (true, Sign::Minus) => whole - 1,
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    /// The rate from dollars to pounds that is found among recorded ones, with its day and way.
    fn found(recorded: &[(&str, &str, &str, &str)], commons: &[&str]) -> Option<(String, String, RateWay)> {
        let pair = |base, quote| CurrencyPair::new(currency(base), currency(quote)).unwrap();
        let mut latest = |wanted: CurrencyPair| {
            let of_pair = recorded.iter().filter(|(base, quote, ..)| pair(base, quote) == wanted);
            let rates =
                of_pair.map(|(_, _, day, rate)| DayRate { date: day.parse().unwrap(), rate: rate.parse().unwrap() });
            Ok::<_, Infallible>(rates.max_by_key(|rate| rate.date))
        };
        let commons: Vec<_> = commons.iter().map(|code| currency(code)).collect();
        let Ok(found) = find_rate(pair("USD", "GBP"), &commons, &mut latest);
        found.map(|found| (found.shown().unwrap().to_string(), found.date.to_string(), found.way))
    }

    fn is(rate: &str, day: &str, way: RateWay) -> (String, String, RateWay) {
        (rate.to_owned(), day.to_owned(), way)
    }

    #[test]
    fn the_freshest_way_is_taken_and_of_one_day_the_first() {
        let (direct, inverse) = (("USD", "GBP", "2024-01-02", "0.8"), ("GBP", "USD", "2024-01-02", "1.28"));
        assert_eq!(found(&[direct, inverse], &[]).unwrap(), is("0.8", "2024-01-02", RateWay::Direct));
        // 1 ÷ 1.28
        assert_eq!(found(&[inverse], &[]).unwrap(), is("0.78125", "2024-01-02", RateWay::Inverse));
        let later = ("GBP", "USD", "2024-01-03", "1.25");
        assert_eq!(found(&[direct, later], &[]).unwrap(), is("0.8", "2024-01-03", RateWay::Inverse));
        assert_eq!(found(&[], &["EUR"]), None);
    }

    #[test]
    fn a_rate_through_a_common_currency_is_as_old_as_the_older_of_the_two() {
        let (dollar, pound) = (("EUR", "USD", "2024-01-04", "1.25"), ("EUR", "GBP", "2024-01-03", "0.85"));
        let franc = [("USD", "CHF", "2024-01-03", "0.9"), ("GBP", "CHF", "2024-01-03", "1.125")];
        // 0.85 ÷ 1.25, and 0.9 ÷ 1.125
        let (euro, swiss) = (RateWay::Through(currency("EUR")), RateWay::Through(currency("CHF")));
        assert_eq!(found(&[dollar, pound], &["EUR"]).unwrap(), is("0.68", "2024-01-03", euro));
        assert_eq!(
            found(&[dollar, pound, franc[0], franc[1]], &["EUR", "CHF"]).unwrap(),
            is("0.68", "2024-01-03", euro)
        );
        assert_eq!(found(&[dollar, franc[0], franc[1]], &["EUR", "CHF"]).unwrap(), is("0.8", "2024-01-03", swiss));
        let direct = ("USD", "GBP", "2024-01-03", "0.7");
        assert_eq!(found(&[dollar, pound, direct], &["EUR"]).unwrap(), is("0.7", "2024-01-03", RateWay::Direct));
    }

    #[test]
    fn thirds_that_add_up_to_a_whole_do_so_when_they_are_shown() {
        let third = |amount: &str| {
            let settled = FoundRate::settled("1".parse().unwrap(), "3".parse().unwrap(), Day::FIRST).unwrap();
            FineAmount::of(amount.parse().unwrap()).times(&settled)
        };
        // ⅓ + ⅔; and three thirds of half a unit of the last place, which go to the even 0.
        assert_eq!(third("1").plus(&third("2")).rounded().unwrap().to_string(), "1");
        let sum = third("0.00000000005").plus(&third("0.00000000005")).plus(&third("0.00000000005"));
        assert_eq!(sum.rounded().unwrap().to_string(), "0");
        let [two, three] = ["2", "3"].map(|shares| shares.parse::<Shares>().unwrap());
        let whole = FineAmount::of("-1".parse().unwrap());
        assert_eq!(whole.part(&two, &three).rounded().unwrap().to_string(), "-0.6666666667");
        assert_eq!(whole.minus(&whole.part(&two, &three)).rounded().unwrap().to_string(), "-0.3333333333");
    }
}
