//! Numbers for reading. What scripts read is never rounded or grouped.

use std::collections::BTreeMap;
use std::iter;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Tone;
use crate::domain::{Currency, Money, Percentage, Plain, Price, Shares, TransactionId};

/// Decimal places of a percentage in a table.
const PERCENTAGE_PLACES: u32 = 2;

/// An amount, rounded half to even at the currency's digits: `-1,234.00`.
#[must_use]
pub fn money(amount: Money, currency: Currency) -> String {
    let places = currency.decimal_places();
    spell(rounded(amount.decimal(), places), places)
}

/// An amount as a change, with its sign: `+1,503.50`. One that rounds to zero has no sign.
#[must_use]
pub fn signed_money(amount: Money, currency: Currency) -> String {
    let places = currency.decimal_places();
    signed(rounded(amount.decimal(), places), places)
}

/// Two amounts, before and after a change, each formatted like [`signed_money`] if that distinguishes
/// them, otherwise with all their digits.
#[must_use]
pub fn distinguishable(amounts: [Money; 2], currency: Currency) -> [String; 2] {
    let places = currency.decimal_places();
    let [before, after] = amounts.map(|amount| rounded(amount.decimal(), places));
    let digits = if before == after { amounts.map(Money::decimal) } else { [before, after] };
    digits.map(|amount| signed(amount, places))
}

/// An amount with its currency: `1,234.50 USD`.
#[must_use]
pub fn amount(amount: Money, currency: Currency) -> String {
    format!("{} {currency}", money(amount, currency))
}

/// A change with its currency: `+1,234.50 USD`.
#[must_use]
pub fn signed_amount(amount: Money, currency: Currency) -> String {
    format!("{} {currency}", signed_money(amount, currency))
}

/// The beginning of an id, which suffices to name it.
#[must_use]
pub fn short_id(id: TransactionId) -> String {
    id.plain().as_str().chars().take(8).collect()
}

/// A count: `1,234`.
#[must_use]
pub fn count(count: u64) -> String {
    thousands(&count.to_string())
}

/// A number of shares: `1,250.125`.
#[must_use]
pub fn shares(shares: &Shares) -> String {
    spell(shares.shown(), 0)
}

/// A price, with at least the currency's digits: `150.50`, `0.00012`.
#[must_use]
pub fn price(price: Price, currency: Currency) -> String {
    spell(price.decimal(), currency.decimal_places())
}

/// A cost per share, rounded half to even at the currency's digits, or at as many as its price has: next
/// to a price of `0.00012` a cost of `0.00` would be useless.
#[must_use]
pub fn average_cost(cost: Money, price: Option<Price>, currency: Currency) -> String {
    let places = price.map_or(0, |price| price.decimal().normalize().scale()).max(currency.decimal_places());
    spell(rounded(cost.decimal(), places), places)
}

/// A percentage as a change, rounded half to even at two places: `+12.34%`.
#[must_use]
pub fn percentage(percentage: Percentage) -> String {
    let mut text = signed(rounded(percentage.decimal(), PERCENTAGE_PLACES), PERCENTAGE_PLACES);
    text.push('%');
    text
}

/// A share of a whole, rounded half to even at two places: `12.34%`.
#[must_use]
pub fn share(percentage: Percentage) -> String {
    let mut text = spell(rounded(percentage.decimal(), PERCENTAGE_PLACES), PERCENTAGE_PLACES);
    text.push('%');
    text
}

/// Formats parts of wholes, each whole identified by its key, like [`share`], but such that the rounded
/// parts of a whole add up: three thirds are `33.33%`, `33.34%` and `33.33%`.
#[derive(Debug)]
pub struct RoundedParts<K>(BTreeMap<K, Decimal>);

impl<K> Default for RoundedParts<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> RoundedParts<K> {
    /// The next part of a whole.
    pub fn next(&mut self, whole: K, percentage: Percentage) -> String {
        let sum = self.0.entry(whole).or_default();
        let before = rounded(*sum, PERCENTAGE_PLACES);
        *sum = sum.saturating_add(percentage.decimal());
        let mut text = spell(rounded(*sum, PERCENTAGE_PLACES).saturating_sub(before), PERCENTAGE_PLACES);
        text.push('%');
        text
    }
}

/// The tone of a gain: of the exact amount, so that a loss of half a cent counts as one.
#[must_use]
pub fn tone(gain: Money) -> Tone {
    if gain.is_zero() {
        Tone::Plain
    } else if gain.is_negative() {
        Tone::Loss
    } else {
        Tone::Gain
    }
}

/// The tone of a rate.
#[must_use]
pub fn percentage_tone(rate: Percentage) -> Tone {
    match rate {
        zero if zero.is_zero() => Tone::Plain,
        loss if loss.is_negative() => Tone::Loss,
        _ => Tone::Gain,
    }
}

fn rounded(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
}

fn signed(value: Decimal, places: u32) -> String {
    let plus = if value > Decimal::ZERO { "+" } else { "" };
    format!("{plus}{}", spell(value, places))
}

/// An exact amount, with at least the currency's digits: `1,503.505`.
#[must_use]
pub fn exact_money(amount: Money, currency: Currency) -> String {
    spell(amount.decimal(), currency.decimal_places())
}

/// The same as a change: `+1,503.505`.
#[must_use]
pub fn exact_signed_money(amount: Money, currency: Currency) -> String {
    signed(amount.decimal(), currency.decimal_places())
}

/// All digits of `value`, padded with zeros up to `places`.
///
/// Uses the decimal's own digits: rescaling a decimal that is full would silently drop some.
fn spell(value: Decimal, places: u32) -> String {
    let digits = Plain::of_decimal(value.normalize());
    let (whole, fraction) = digits.as_str().split_once('.').unwrap_or((digits.as_str(), ""));
    let mut text = thousands(whole);
    let width = usize::try_from(places).unwrap_or(0);
    if !fraction.is_empty() || width > 0 {
        text.push('.');
        text.push_str(fraction);
        text.extend(iter::repeat_n('0', width.saturating_sub(fraction.len())));
    }
    text
}

/// `-1234567` as `-1,234,567`, with room for a fraction.
fn thousands(number: &str) -> String {
    let mut grouped = String::with_capacity(number.len().saturating_mul(2).saturating_add(8));
    let digits = number.trim_start_matches('-');
    grouped.push_str(number.strip_suffix(digits).unwrap_or_default());
    for (at, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(at);
        if at > 0 && left.is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn money_is_rounded_half_to_even_at_the_digits_of_its_currency() {
        for (exact, code, shown) in [
            ("1503.5", "USD", "1,503.50"),
            ("-1234", "USD", "-1,234.00"),
            ("0.125", "USD", "0.12"),
            ("0.135", "USD", "0.14"),
            ("-0.125", "USD", "-0.12"),
            ("999.995", "USD", "1,000.00"),
            ("1234567.5", "JPY", "1,234,568"),
            ("2.5", "JPY", "2"),
            ("1.2345", "KWD", "1.234"),
            ("999999999999999999.9999999999", "USD", "1,000,000,000,000,000,000.00"),
        ] {
            assert_eq!(money(amount(exact), currency(code)), shown);
        }
    }

    #[test]
    fn nothing_has_no_sign_even_if_it_was_a_little_less() {
        for little in ["0", "-0.004", "0.004", "-0.005"] {
            assert_eq!(money(amount(little), Currency::USD), "0.00");
            assert_eq!(signed_money(amount(little), Currency::USD), "0.00");
        }
        assert_eq!(share("12.345".parse().unwrap()), "12.34%");
        assert_eq!(percentage("-0.004".parse().unwrap()), "0.00%");
        assert_eq!(money(amount("-0.4"), currency("JPY")), "0");
    }

    #[test]
    fn shares_of_a_whole_add_up_as_they_are_shown() {
        let mut parts = RoundedParts::default();
        let third = "33.333333".parse().unwrap();
        let shown = [third, third, "33.333334".parse().unwrap()].map(|it| parts.next(Currency::USD, it));
        assert_eq!(shown, ["33.33%", "33.34%", "33.33%"]);
        assert_eq!(parts.next(currency("EUR"), third), "33.33%");
    }

    #[test]
    fn a_change_shows_which_way_it_goes() {
        assert_eq!(signed_money(amount("1503.5"), Currency::USD), "+1,503.50");
        assert_eq!(signed_money(amount("-0.006"), Currency::USD), "-0.01");
        assert_eq!(percentage("12.344999".parse().unwrap()), "+12.34%");
        assert_eq!(percentage("-100".parse().unwrap()), "-100.00%");
        assert_eq!(percentage("123456.785".parse().unwrap()), "+123,456.78%");
    }

    #[test]
    fn amounts_that_round_to_the_same_are_told_apart_by_all_their_digits() {
        let shown = |one, other| distinguishable([amount(one), amount(other)], Currency::USD);
        assert_eq!(shown("1503.5", "-0.006"), ["+1,503.50", "-0.01"]);
        assert_eq!(shown("745978.569", "745978.571"), ["+745,978.569", "+745,978.571"]);
        assert_eq!(shown("0.001", "0"), ["+0.001", "0.00"]);
    }

    #[test]
    fn shares_are_exact() {
        for (exact, shown) in [
            ("10", "10"),
            ("1250.125", "1,250.125"),
            ("0.0000000001", "0.0000000001"),
            ("1000000", "1,000,000"),
            ("999999999999999999.9999999999", "999,999,999,999,999,999.9999999999"),
        ] {
            assert_eq!(super::shares(&exact.parse().unwrap()), shown);
        }
    }

    #[test]
    fn a_price_loses_no_digit() {
        for (exact, code, shown) in [
            ("150.5", "USD", "150.50"),
            ("0.00012", "USD", "0.00012"),
            ("0", "USD", "0.00"),
            ("2500", "JPY", "2,500"),
            ("2500.5", "JPY", "2,500.5"),
            ("1234.5678", "EUR", "1,234.5678"),
        ] {
            assert_eq!(super::price(exact.parse().unwrap(), currency(code)), shown);
        }
    }

    #[test]
    fn a_gain_is_green_a_loss_red_and_nothing_plain() {
        assert_eq!(tone(amount("0.001")), Tone::Gain);
        assert_eq!(tone(amount("-0.001")), Tone::Loss);
        assert_eq!(tone(Money::ZERO), Tone::Plain);
    }
}
