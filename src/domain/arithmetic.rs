//! Exact decimal arithmetic.
//!
//! `rust_decimal` silently rounds a product or a sum that needs more than 28 digits. A book must not:
//! every operation here is exact, rounds where its name says so, or fails.

use std::cmp::Ordering;
use std::num::{NonZeroU64, NonZeroU128};

use ethnum::I256;
use num_bigint::BigInt;
use rust_decimal::Decimal;

/// Decimal places at which derived figures are rounded, half to even.
pub(super) const DERIVED_PLACES: u32 = 10;

/// A result needs more digits than numbers of the book can have (28 in all, 18 before the point).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the result has more digits than a book can hold")]
pub struct TooLarge;

/// The most digits before the point that a number of the book can have.
const INTEGER_DIGITS: u32 = 18;

/// A mantissa below this has at most that many digits before the point, whatever its scale.
const EIGHTEEN_DIGITS: u64 = 10_u64.pow(INTEGER_DIGITS);

/// `a + b`, exactly.
pub(super) fn add(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    if let Some((a, b, scale)) = aligned(a, b)
        && let Some(sum) = a.checked_add(b)
    {
        return narrow_short(sum, scale);
    }
    let scale = a.scale().max(b.scale());
    exact(scaled(a, scale)?.checked_add(scaled(b, scale)?).ok_or(TooLarge)?, scale)
}

/// `a − b`, exactly.
pub(super) fn sub(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    if let Some((a, b, scale)) = aligned(a, b)
        && let Some(difference) = a.checked_sub(b)
    {
        return narrow_short(difference, scale);
    }
    let scale = a.scale().max(b.scale());
    exact(scaled(a, scale)?.checked_sub(scaled(b, scale)?).ok_or(TooLarge)?, scale)
}

/// `a × b`, exactly.
pub(super) fn mul(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    if let Some(product) = times(a.mantissa(), b.mantissa()) {
        return narrow(product, a.scale().checked_add(b.scale()).ok_or(TooLarge)?);
    }
    let (product, scale) = product(a, b)?;
    exact(product, scale)
}

/// `a × b`, exact if it fits, otherwise rounded half to even at ten places.
pub(super) fn mul_to_fit(a: Decimal, b: Decimal) -> Result<Decimal, TooLarge> {
    let (product, scale) = product(a, b)?;
    exact(product, scale).or_else(|TooLarge| rounded(product, I256::ONE, scale, DERIVED_PLACES))
}

/// `a × b ÷ c`, rounded half to even at `places`, without intermediate rounding; `None` for `c` = 0.
pub(super) fn mul_div(a: Decimal, b: Decimal, c: Decimal, places: u32) -> Option<Result<Decimal, TooLarge>> {
    if c.is_zero() {
        return None;
    }
    let short = || {
        let numerator = times(a.mantissa(), b.mantissa())?;
        let (up, down) = (places.checked_add(c.scale())?, a.scale().checked_add(b.scale())?);
        let numerator = times(numerator, short_power_of_ten(up.saturating_sub(down))?)?;
        let denominator = times(c.mantissa(), short_power_of_ten(down.saturating_sub(up))?)?;
        short_quotient(numerator, denominator)
    };
    if let Some(quotient) = short() {
        return Some(narrow(quotient, places));
    }
    let quotient = || {
        let (numerator, scale) = product(a, b)?;
        let numerator = numerator.checked_mul(power_of_ten(c.scale())?).ok_or(TooLarge)?;
        rounded(numerator, I256::new(c.mantissa()), scale, places)
    };
    Some(quotient())
}

/// `a × b × up ÷ (c × down)`, rounded half to even at `places`; `None` for `c` = 0.
pub(super) fn mul_div_by(
    a: Decimal,
    b: Decimal,
    c: Decimal,
    (up, down): (NonZeroU64, NonZeroU64),
    places: u32,
) -> Option<Result<Decimal, TooLarge>> {
    if c.is_zero() {
        return None;
    }
    let common = common_divisor(up.get(), down);
    let quotient = || {
        let (numerator, scale) = product(a, b)?;
        let numerator = numerator.checked_mul(power_of_ten(c.scale())?).ok_or(TooLarge)?;
        let numerator = numerator.checked_mul(I256::from(up.get() / common)).ok_or(TooLarge)?;
        let denominator = I256::new(c.mantissa()).checked_mul(I256::from(down.get() / common)).ok_or(TooLarge)?;
        rounded(numerator, denominator, scale, places)
    };
    Some(quotient())
}

/// The largest whole number that divides both a decimal's digits and `divisor`.
pub(super) fn common_factor(amount: Decimal, divisor: NonZeroU64) -> NonZeroU64 {
    let rest = amount.mantissa().unsigned_abs() % NonZeroU128::from(divisor);
    // Modulo a 64-bit divisor, at most 64 bits are left.
    common_divisor(u64::try_from(rest).unwrap_or_default(), divisor)
}

/// The largest number that divides both.
pub(super) fn common_divisor(a: u64, b: NonZeroU64) -> NonZeroU64 {
    let (mut rest, mut common) = (a % b, b);
    while let Some(smaller) = NonZeroU64::new(rest) {
        (rest, common) = (common.get() % smaller, smaller);
    }
    common
}

/// A decimal divided by a whole number that divides its digits.
pub(super) fn div_exact(amount: Decimal, factor: NonZeroU64) -> Result<Decimal, TooLarge> {
    let mantissa = amount.mantissa().checked_div(factor.get().into()).ok_or(TooLarge)?;
    narrow(mantissa, amount.scale())
}

/// Compares two products, exactly.
pub(super) fn compare_products<const N: usize>(left: [Decimal; N], right: [Decimal; N]) -> Ordering {
    let scale_of = |factors: &[Decimal]| factors.iter().map(Decimal::scale).fold(0, u32::saturating_add);
    let (left_scale, right_scale) = (scale_of(&left), scale_of(&right));
    let scale = left_scale.max(right_scale);
    let at_scale = |factors: &[Decimal], own: u32| {
        let start = power_of_ten(scale.saturating_sub(own)).ok()?;
        factors.iter().try_fold(start, |product, factor| product.checked_mul(I256::new(factor.mantissa())))
    };
    if let (Some(left), Some(right)) = (at_scale(&left, left_scale), at_scale(&right, right_scale)) {
        return left.cmp(&right);
    }
    let at_length = |factors: &[Decimal], own: u32| {
        let start = BigInt::from(10).pow(scale.saturating_sub(own));
        let factors = factors.iter().map(|factor| BigInt::from(factor.mantissa()));
        factors.chain([start]).product::<BigInt>()
    };
    at_length(&left, left_scale).cmp(&at_length(&right, right_scale))
}

/// Both mantissas at one scale, if they fit 64 bits, which they nearly always do.
fn aligned(a: Decimal, b: Decimal) -> Option<(i64, i64, u32)> {
    let (left, right) = (i64::try_from(a.mantissa()).ok()?, i64::try_from(b.mantissa()).ok()?);
    let more = |places: u32| i64::try_from(short_power_of_ten(places)?).ok();
    match (a.scale(), b.scale()) {
        (scale, other) if scale == other => Some((left, right, scale)),
        (less, scale) if less < scale => Some((left.checked_mul(more(scale.saturating_sub(less))?)?, right, scale)),
        (scale, less) => Some((left, right.checked_mul(more(scale.saturating_sub(less))?)?, scale)),
    }
}

/// `a × b`, if it fits the widest integers.
fn times(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        // A product of two 64-bit numbers always fits, and takes one instruction.
        (Ok(a), Ok(b)) => Some(i128::from(a).wrapping_mul(b.into())),
        _ => a.checked_mul(b),
    }
}

/// `mantissa ÷ 10^scale` as a decimal without trailing zeros, if it fits one.
pub(super) fn narrow(mut mantissa: i128, mut scale: u32) -> Result<Decimal, TooLarge> {
    loop {
        match i64::try_from(mantissa) {
            Ok(short) => return narrow_short(short, scale),
            Err(_) if scale > 0 && mantissa % 10 == 0 => mantissa /= 10,
            Err(_) => return long(mantissa, scale),
        }
        scale = scale.saturating_sub(1);
    }
}

/// Like [`narrow`], for nearly all numbers: they fit 64 bits, where division is much faster.
pub(super) fn narrow_short(mut short: i64, mut scale: u32) -> Result<Decimal, TooLarge> {
    while scale > 0 && short % 10 == 0 {
        short /= 10;
        scale = scale.saturating_sub(1);
    }
    if short.unsigned_abs() < EIGHTEEN_DIGITS {
        return Decimal::try_new(short, scale).map_err(|_| TooLarge);
    }
    long(short.into(), scale)
}

/// `mantissa ÷ 10^scale`, if it is not too large.
fn long(mantissa: i128, scale: u32) -> Result<Decimal, TooLarge> {
    let limit = short_power_of_ten(scale.saturating_add(INTEGER_DIGITS));
    if limit.is_some_and(|limit| mantissa.unsigned_abs() >= limit.unsigned_abs()) {
        return Err(TooLarge);
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| TooLarge)
}

fn short_power_of_ten(exponent: u32) -> Option<i128> {
    usize::try_from(exponent).ok().and_then(|exponent| POWERS_OF_TEN.get(exponent)).copied()
}

/// All powers of ten that fit the widest integers.
const POWERS_OF_TEN: [i128; 39] = {
    let mut powers = [1; 39];
    let (mut power, mut rest): (i128, &mut [i128]) = (1, &mut powers);
    while let Some((place, after)) = rest.split_first_mut() {
        *place = power;
        power = power.saturating_mul(10);
        rest = after;
    }
    powers
};

fn product(a: Decimal, b: Decimal) -> Result<(I256, u32), TooLarge> {
    let product = I256::new(a.mantissa()).checked_mul(I256::new(b.mantissa())).ok_or(TooLarge)?;
    Ok((product, a.scale().checked_add(b.scale()).ok_or(TooLarge)?))
}

fn power_of_ten(exponent: u32) -> Result<I256, TooLarge> {
    I256::new(10).checked_pow(exponent).ok_or(TooLarge)
}

/// The mantissa of `value` at a scale that is not smaller than its own.
fn scaled(value: Decimal, scale: u32) -> Result<I256, TooLarge> {
    let mantissa = I256::new(value.mantissa());
    match scale.saturating_sub(value.scale()) {
        0 => Ok(mantissa),
        more => mantissa.checked_mul(power_of_ten(more)?).ok_or(TooLarge),
    }
}

/// `mantissa ÷ 10^scale` as a decimal without trailing zeros, if it fits one.
fn exact(mut mantissa: I256, mut scale: u32) -> Result<Decimal, TooLarge> {
    let ten = I256::new(10);
    loop {
        if let Ok(short) = i128::try_from(mantissa) {
            return narrow(short, scale);
        }
        if scale == 0 || mantissa.checked_rem(ten) != Some(I256::ZERO) {
            return Err(TooLarge);
        }
        mantissa = mantissa.checked_div(ten).ok_or(TooLarge)?;
        scale = scale.saturating_sub(1);
    }
}

/// `numerator ÷ denominator`, rounded half to even, if everything fits the widest integers.
fn short_quotient(numerator: i128, denominator: i128) -> Option<i128> {
    let quotient = numerator.checked_div(denominator)?;
    // Exact, and half as expensive as a second division.
    let remainder = numerator.wrapping_sub(quotient.wrapping_mul(denominator)).unsigned_abs();
    let twice = remainder.checked_mul(2)?;
    let is_odd = quotient & 1 == 1;
    let away = twice > denominator.unsigned_abs() || (twice == denominator.unsigned_abs() && is_odd);
    match (away, (numerator < 0) == (denominator < 0)) {
        (false, _) => Some(quotient),
        (true, true) => quotient.checked_add(1),
        (true, false) => quotient.checked_sub(1),
    }
}

/// `numerator ÷ 10^scale ÷ denominator`, rounded half to even at `places`.
fn rounded(numerator: I256, denominator: I256, scale: u32, places: u32) -> Result<Decimal, TooLarge> {
    let (numerator, denominator) = if places >= scale {
        let more = power_of_ten(places.saturating_sub(scale))?;
        (numerator.checked_mul(more).ok_or(TooLarge)?, denominator)
    } else {
        let less = power_of_ten(scale.saturating_sub(places))?;
        (numerator, denominator.checked_mul(less).ok_or(TooLarge)?)
    };
    let quotient = numerator.checked_div(denominator).ok_or(TooLarge)?;
    let remainder = numerator.checked_rem(denominator).ok_or(TooLarge)?.abs();
    let twice = remainder.checked_mul(I256::new(2)).ok_or(TooLarge)?;
    let is_odd = quotient.checked_rem(I256::new(2)) != Some(I256::ZERO);
    let away = twice > denominator.abs() || (twice == denominator.abs() && is_odd);
    let step = match (away, (numerator < 0) == (denominator < 0)) {
        (false, _) => I256::ZERO,
        (true, true) => I256::ONE,
        (true, false) => I256::MINUS_ONE,
    };
    exact(quotient.checked_add(step).ok_or(TooLarge)?, places)
}

#[cfg(test)]
mod tests;
