//! Converts amounts of one currency to another.
#![expect(clippy::arithmetic_side_effects, reason = "whole numbers of any length never overflow; no divisor is 0")]

use std::sync::LazyLock;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;

use crate::domain::fraction::Fraction;
use crate::domain::{Currency, CurrencyPair, Day, DayRate, Figure, Money, Percentage, Shares, TooLarge};

/// A rate found for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRate {
    /// What one unit is worth, as an integer scaled by 10^[`PLACES`](Self::PLACES).
    factor: BigInt,
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
    /// Decimal places of the factor. An amount that a book can hold, converted by it, is accurate to sixty
    /// places.
    const PLACES: u32 = 80;

    /// The rate of a currency to itself.
    #[must_use]
    pub fn same(day: Day) -> Self {
        Self { factor: UNIT.clone(), date: day, way: RateWay::Same, recorded: Vec::new() }
    }

    /// Combines recorded rates; `None` if one of them is 0.
    fn of(legs: Vec<Leg>, way: RateWay) -> Option<Self> {
        let terms = |(up, down): (BigInt, BigInt), leg: &Leg| {
            let [above, below] = leg.terms();
            (up * above, down * below)
        };
        let (up, down) = legs.iter().fold((UNIT.clone(), BigInt::from(1)), terms);
        let date = legs.iter().map(|leg| leg.rate.date).min()?;
        let recorded = legs.into_iter().map(|leg| (leg.of, leg.rate)).collect();
        Some(Self { factor: quotient(&up, &down), date, way, recorded })
    }

    /// The rate between a settlement amount and a total in the stock's currency; `None` for a total of
    /// 0.
    #[must_use]
    pub fn settled(settled: Money, total: Money, day: Day) -> Option<Self> {
        let [settled, whole] = [settled, total].map(|amount| Fraction::of_decimal(amount.decimal()));
        let factor = settled.over(&whole);
        let factor = quotient(&(factor.numerator() * &*UNIT), factor.denominator());
        (!total.is_zero()).then_some(Self { factor, date: day, way: RateWay::Settled, recorded: Vec::new() })
    }

    /// The change since another rate of the currency, in percent; `None` if that has too many digits.
    #[must_use]
    pub fn change_from(&self, old: &Self) -> Option<Percentage> {
        if old.factor.sign() == Sign::NoSign {
            return None;
        }
        let one = Money::from(Figure::ONE);
        let factor = quotient(&(&self.factor * &*UNIT), &old.factor);
        let gained =
            FineAmount::at(one, &Self { factor, ..self.clone() }).minus(&FineAmount::of(one)).rounded().ok()?;
        gained.percentage_of(one)?.ok()
    }

    /// The rate for display, rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn shown(&self) -> Result<Figure, TooLarge> {
        FineAmount::at(Money::from(Figure::ONE), self).rounded().map(Figure::from)
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
    let direct = leg(pair, latest)?;
    let mut date = direct.as_ref().map(|leg| leg.rate.date);
    let mut through = None;
    for common in commons {
        let legs = CurrencyPair::new(pair.base(), *common).and_then(|one| {
            let other = CurrencyPair::new(*common, pair.quote())?;
            Ok((one, other))
        });
        let Ok((one, other)) = legs else { continue };
        let Some(one) = leg(one, latest)?.filter(|one| date.is_none_or(|best| best < one.rate.date)) else { continue };
        let Some(other) = leg(other, latest)? else { continue };
        let older = one.rate.date.min(other.rate.date);
        if date.is_none_or(|best| best < older) {
            (date, through) = (Some(older), Some((*common, one, other)));
        }
    }
    Ok(match (through, direct) {
        (Some((common, one, other)), _) => FoundRate::of(vec![one, other], RateWay::Through(common)),
        (None, Some(leg)) => {
            let way = leg.way;
            FoundRate::of(vec![leg], way)
        }
        (None, None) => None,
    })
}

/// A recorded rate, as it stands or the other way round.
struct Leg {
    way: RateWay,
    of: CurrencyPair,
    rate: DayRate,
}

impl Leg {
    /// What one unit is worth, as a fraction.
    fn terms(&self) -> [BigInt; 2] {
        let rate = self.rate.rate.decimal();
        let [digits, unit] = [BigInt::from(rate.mantissa()), power_of_ten(rate.scale())];
        if self.way == RateWay::Inverse { [unit, digits] } else { [digits, unit] }
    }
}

/// The more recent of the direct rate and the inverse.
fn leg<E>(
    pair: CurrencyPair,
    latest: &mut dyn FnMut(CurrencyPair) -> Result<Option<DayRate>, E>,
) -> Result<Option<Leg>, E> {
    let (direct, inverse) = (latest(pair)?, latest(pair.inverse())?);
    let direct = direct.map(|rate| Leg { way: RateWay::Direct, of: pair, rate });
    let inverse = inverse.map(|rate| Leg { way: RateWay::Inverse, of: pair.inverse(), rate });
    Ok(match (direct, inverse) {
        (Some(direct), Some(inverse)) if inverse.rate.date > direct.rate.date => Some(inverse),
        (Some(direct), _) => Some(direct),
        (None, inverse) => inverse,
    })
}

/// An unrounded amount: exact, or accurate to sixty places, so that sums of any length are accurate to
/// ten. Fractions would grow with every rate that a sum contains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FineAmount(BigInt);

impl FineAmount {
    /// The most places that a decimal can have.
    const OF_DECIMALS: u32 = 28;
    /// Places that are kept: those of a product of a decimal and a rate.
    const PLACES: u32 = Self::OF_DECIMALS + FoundRate::PLACES;
    /// The decimal place below which digits may be rounding errors: an amount that lies within a unit of this
    /// place of the middle between two displayed amounts is taken to be exactly in the middle.
    const SURE: u32 = 50;
    /// Decimal places of the rounded amount.
    const SHOWN: u32 = 10;

    /// An exact amount.
    #[must_use]
    pub fn of(amount: Money) -> Self {
        Self(Self::digits(amount) * &*UNIT)
    }

    /// An amount converted by a rate.
    #[must_use]
    pub fn at(amount: Money, rate: &FoundRate) -> Self {
        Self(Self::digits(amount) * &rate.factor)
    }

    /// An amount with all places that decimals can have.
    fn digits(amount: Money) -> BigInt {
        let decimal = amount.decimal();
        let more = Self::OF_DECIMALS.saturating_sub(decimal.scale());
        let short = 10_i128.checked_pow(more).and_then(|unit| decimal.mantissa().checked_mul(unit));
        short.map_or_else(|| BigInt::from(decimal.mantissa()) * power_of_ten(more), BigInt::from)
    }

    /// Adds another.
    pub fn add(&mut self, other: &Self) {
        self.0 += &other.0;
    }

    /// All of them together.
    #[must_use]
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        parts.into_iter().fold(Self::default(), |mut sum, part| {
            sum.add(part);
            sum
        })
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

    /// This amount times `shares ÷ of`; all of it if `of` is zero.
    #[must_use]
    pub fn part(&self, shares: &Shares, of: &Shares) -> Self {
        if of.is_zero() {
            return self.clone();
        }
        let [part, whole] = [shares, of].map(Shares::fraction);
        let (above, below) = (part.numerator() * whole.denominator(), part.denominator() * whole.numerator());
        Self(quotient(&(&self.0 * above), &below))
    }

    /// This amount times `part ÷ of`; zero if `of` is 0.
    #[must_use]
    pub fn share(&self, part: Money, of: Money) -> Self {
        if of.is_zero() {
            return Self::default();
        }
        let (above, below) = (Self::digits(part), Self::digits(of));
        Self(quotient(&(&self.0 * above), &below))
    }

    /// Rounded half to even at ten places.
    ///
    /// # Errors
    /// If it has more digits than a book can hold.
    pub fn rounded(&self) -> Result<Money, TooLarge> {
        static SHOWN: LazyLock<BigUint> = LazyLock::new(|| places(FineAmount::PLACES - FineAmount::SHOWN));
        static UNSURE: LazyLock<BigUint> = LazyLock::new(|| places(FineAmount::PLACES - FineAmount::SURE));
        // Adding this rounds up everything that is, within the tolerance, at least half a unit; ties are then
        // taken back to the even digit.
        static HALF: LazyLock<BigUint> = LazyLock::new(|| (&*SHOWN + &*UNSURE) / 2_u32);
        fn places(exponent: u32) -> BigUint {
            BigUint::from(10_u32).pow(exponent)
        }
        let (mut shown, rest) = (self.0.magnitude() + &*HALF).div_rem(&SHOWN);
        if rest <= *UNSURE && shown.bit(0) {
            shown -= 1_u32;
        }
        let digits = i128::try_from(BigInt::from_biguint(self.0.sign(), shown)).map_err(|_| TooLarge)?;
        Figure::of_digits(digits, Self::SHOWN).map(Money::from)
    }
}

/// A rate of 1.
static UNIT: LazyLock<BigInt> = LazyLock::new(|| power_of_ten(FoundRate::PLACES));

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

/// The quotient by a divisor other than 0, rounded half to even.
fn quotient(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let whole = numerator / denominator;
    let rest = numerator - &whole * denominator;
    if rest.sign() == Sign::NoSign {
        return whole;
    }
    let twice = rest.magnitude() * 2_u32;
    let is_away = match twice.cmp(denominator.magnitude()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole.bit(0),
        std::cmp::Ordering::Greater => true,
    };
    match (is_away, numerator.sign() == denominator.sign()) {
        (false, _) => whole,
        (true, true) => whole + 1,
        (true, false) => whole - 1,
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
            FineAmount::at(amount.parse().unwrap(), &settled)
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

    #[test]
    fn what_is_a_half_at_fifty_places_is_one() {
        let [unit, unsure] =
            [FineAmount::SHOWN, FineAmount::SURE].map(|places| power_of_ten(FineAmount::PLACES - places));
        let beyond = &unsure / 2_u32 + 1_u32;
        for whole in [0_u32, 1, 6, 7] {
            let to_even = i128::from(whole + whole % 2);
            for (off, shown) in [
                (-&beyond, whole.into()),
                (1_u32 - &beyond, to_even),
                (BigInt::ZERO, to_even),
                (&beyond - 1_u32, to_even),
                (beyond.clone(), i128::from(whole + 1)),
            ] {
                let shown = Figure::of_digits(shown, FineAmount::SHOWN).map(Money::from);
                let amount = &unit * whole + &unit / 2_u32 + &off;
                assert_eq!(FineAmount(amount.clone()).rounded(), shown, "{whole}.5 + {off}");
                assert_eq!(FineAmount(-amount).rounded(), shown.map(Money::negated), "-{whole}.5 - {off}");
            }
        }
    }
}
